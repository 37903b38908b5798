"""What the card of all countries needs besides their scores: words of its own in each language, and
the colors of its heat map.
"""

from collections.abc import Iterator

from reportcard.content.loading import Content
from reportcard.content.rules import CONTENT_MISSING, FILE_MISSING
from reportcard.content.shelf import Sourced
from reportcard.content.wording import RegionalWording, Wording
from reportcard.page.style_rules import STYLE_TOKEN
from reportcard.page.styles import TOKENS, Styles
from reportcard.problems.problem import Place, Problem
from reportcard.scores.values import scoreboard_values

#: The parts of the wording that are printed on it.
_SHOWN = ("edition.", "regional.", "labels.", "dimensions.", "countries.")
#: Of those, what is printed only on the cards of countries.
_NOT_SHOWN = (".definition", ".assesses")
#: The steps of the heat map's scale, see page/compose/scoreboard.
_COLOURS = tuple(f"heat-{step}" for step in range(1, 6))


def check(content: Content, styles: Styles) -> Iterator[Problem]:
    """All that keeps the card of all countries from being composed."""
    if not content.scores:
        yield FILE_MISSING.at(Place("content"), "countries")
        return
    for colour in _COLOURS:
        if colour not in styles.tokens:
            yield STYLE_TOKEN.at(Place(styles.theme.path(TOKENS)), "heat", name=colour)
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
    """The problem of a wording file that lacks a group which only some workspaces need."""
    place = Place(wording.tree.file)
    return CONTENT_MISSING.at(place, "wording", key=group, fields=tuple(fields))
