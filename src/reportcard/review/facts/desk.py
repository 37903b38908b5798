"""A card's fact sheet with what was found of it, from a workspace: what the command line and the
gate of a release start from.
"""

from dataclasses import dataclass

from reportcard.content.loading import Content
from reportcard.problems.problem import Problem
from reportcard.review.facts.pages import FactPages, fact_pages
from reportcard.review.facts.record import FactRecords, read_records
from reportcard.review.facts.sheet import fact_sheet
from reportcard.review.facts.standing import JudgedSheet, judged_sheet
from reportcard.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class FactDesk:
    """A card's facts with their states, the records that these are from, and the pages. With
    `problems`, a file of the card or of the records cannot be read: then states are not known, and
    nothing may be written.
    """

    judged: JudgedSheet
    records: FactRecords
    pages: FactPages
    problems: tuple[Problem, ...]


def unread(content: Content, country: str) -> tuple[Problem, ...]:
    """Why files of a country's card cannot be read. If none of its text can be, it has no facts."""
    return tuple(
        problem
        for file, problems in content.unread.items()
        if file.startswith(f"content/{country}/")
        for problem in problems
    )


def fact_desk(workspace: Workspace, content: Content, country: str) -> FactDesk:
    """The facts of a country's card."""
    sheet = fact_sheet(content, country)
    records, faults = read_records(workspace, country)
    return FactDesk(
        judged_sheet(sheet, records),
        records,
        fact_pages(workspace, country, sheet.languages),
        (*unread(content, country), *faults),
    )
