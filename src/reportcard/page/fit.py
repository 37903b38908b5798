"""A section as it is set while a card is fitted: how full its pages are, and what is wrong on
them.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from logging import LogRecord
from typing import Final

from reportcard.messages.message import Message
from reportcard.page.compose.composed import Composed, Section
from reportcard.page.proof.fill import filled
from reportcard.page.proof.proof import proof
from reportcard.page.typeset.layout import LaidOut
from reportcard.problems.problem import Problem

_OF_THE_PAGE: Final = frozenset({"PAGE-COVER", "PAGE-HEAD", "PAGE-GAP"})
_MENDABLE: Final = frozenset(
    {
        "PAGE-COVER",
        "PAGE-HEAD",
        "PAGE-TAIL",
        "PAGE-GAP",
        "PAGE-NOTE",
        "PAGE-EARLY-LINE",
        "PAGE-WIDOW",
        "PAGE-FULL",
    }
)


@dataclass(frozen=True, slots=True)
class Mend:
    """A change that was made, the fault that it mends, and the HTML id of what that is in: its
    lines may move in the file while the pages stay as they are. Empty if it is in no block.
    """

    change: Message
    fault: Problem
    id: str

    @classmethod
    def of(cls, change: Message, fault: Problem, card: Composed) -> "Mend":
        place = replace(fault.place, page=0)
        ids = (
            id_
            for id_, origin in card.origins.items()
            if (origin.field, origin.place) == (fault.field, place)
        )
        return cls(change, fault, next(ids, ""))


@dataclass(frozen=True, slots=True)
class Fit:
    """A section as it is set: its pages, its style rules, the changes made, the parts shown to fill
    its last page, and what the engine remarked on meanwhile.
    """

    section: Section
    laid: LaidOut
    rules: str = ""
    mends: tuple[Mend, ...] = ()
    shown: tuple[str, ...] = ()
    remarks: tuple[LogRecord, ...] = ()

    @property
    def filled(self) -> float:
        """How much of the last page is filled, 0 to 1."""
        return filled(self.laid, self.section.name)

    @property
    def count(self) -> int:
        """How many pages it has."""
        return self.laid.sections[self.section.name][1]

    def problems(self, card: Composed) -> int:
        """How many problems its pages have, besides a last one that is half empty."""
        alone = replace(card, sections=(self.section,))
        return sum(1 for problem in proof(alone, self.laid) if problem.code != "PAGE-HOLE")


def mendable(problems: Iterable[Problem], laid: LaidOut, section: Section) -> list[Problem]:
    """The problems of one section that a change may fix. Those of words that are on many pages are
    known by the page.
    """
    first, count = laid.sections[section.name]
    return [
        problem
        for problem in problems
        if problem.code in _MENDABLE
        and (
            first <= problem.place.page < first + count
            if problem.code in _OF_THE_PAGE
            else not {*section.names}.isdisjoint(problem.field.partition("/")[2].split(".")[:2])
        )
    ]
