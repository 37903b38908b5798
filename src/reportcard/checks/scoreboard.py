"""What the card of all countries needs beside their scores: words of its own in each language, and
the colours of its heat map.
"""

from collections.abc import Iterator

from reportcard.content.loading import Content
from reportcard.content.shelf import Sourced
from reportcard.content.wording import RegionalWording, Wording
from reportcard.page.styles import TOKENS, Styles
from reportcard.problems.problem import Place, Problem
from reportcard.scores.values import scoreboard_values

#: The parts of the wording that stand on it.
_SHOWN = ("edition.", "regional.", "labels.", "dimensions.", "countries.")
#: Of those, what only countries' cards show.
_NOT_SHOWN = (".definition", ".assesses")
#: The steps of the heat map's scale, see page/compose/scoreboard.
_COLOURS = tuple(f"heat-{step}" for step in range(1, 6))


def check(content: Content, styles: Styles) -> Iterator[Problem]:
    """All that keeps the card of all countries from being composed."""
    if not content.scores:
        yield Problem(
            "FILE-MISSING",
            "there is no country to compare.",
            "Begin one with: reportcard new COUNTRY",
            Place("content"),
        )
        return
    for colour in _COLOURS:
        if colour not in styles.tokens:
            yield Problem(
                "STYLE-TOKEN",
                f"there is no colour “{colour}”, which the scoreboard's heat map needs.",
                "Copy the colours heat-1 to heat-5, styles/5-scoreboard.css and figures/hatch.svg"
                " from a new workspace (reportcard init).",
                Place(TOKENS, 1, 1),
            )
    for language, wording in content.wordings.items():
        if wording.model.regional is None:
            yield lacking(
                wording,
                "regional",
                [
                    name
                    for name, field in RegionalWording.model_fields.items()
                    if field.is_required()
                ],
            )
            continue
        values = scoreboard_values(content, language)
        for name, prose in wording.prose.items():
            if name.startswith(_SHOWN) and not name.endswith(_NOT_SHOWN):
                yield from values.bind(prose)[1]


def lacking(wording: Sourced[Wording], group: str, fields: list[str]) -> Problem:
    """The problem of a wording file that does not have a group that not every workspace has."""
    told = ", ".join(fields)
    return Problem(
        "CONTENT-MISSING",
        f"“{group}” is missing.",
        f"Add `{group}:` with {told} below it (docs/content-format.md).",
        Place(wording.tree.file, 1, 1),
    )
