"""Where a fault of the page is reported: at the text that can be changed."""

import pytest

from reportcard.page.compose.blocks import Origin
from reportcard.page.compose.composed import Composed, Section
from reportcard.page.origins import text_origin
from reportcard.page.typeset.measures import Box, TextLine
from reportcard.problems.problem import Place

SCORES = "content/north/scores.yaml"
OWN = "content/north/es.yaml"
WORDING = "content/wording/es.yaml"
ORIGINS = {
    "gauge": Origin("north/scores.quality", Place(SCORES, 3, 3)),
    "name": Origin("wording/dimensions.water.name", Place(WORDING, 9, 5)),
    "title": Origin("north/title", Place(OWN, 1, 8)),
    "findings": Origin("north/dimensions.water.findings", Place(OWN, 12, 7)),
}
HTML = (
    '<h2 id="name">Agua</h2><figure id="gauge"><b>agua</b> 72</figure>'
    '<p id="findings">Los ríos tienen agua.</p>'
)


def card(html: str = HTML) -> Composed:
    section = Section("water", html)
    return Composed("north", "es", "Norte", (section,), ORIGINS, (), {}, {}, (), "", None)


def line(id_: str, text: str = "") -> TextLine:
    return TextLine(Box(5, 0, 0, 10, 4), "text", "p", 1, id_, text, 0, 0, False, (), ())


@pytest.mark.parametrize(
    ("lines", "right"),
    [
        # The card's own text, wherever on the page it is
        ([line("gauge"), line("name"), line("findings")], (OWN, 12)),
        ([line("gauge"), line("name")], (WORDING, 9)),
        # Not the title above the heading
        ([line("title"), line("gauge"), line("findings")], (OWN, 12)),
        ([line("title"), line("gauge"), line("name")], (WORDING, 9)),
        # Nothing but scores: the section
        ([line("gauge", "72")], (WORDING, 9)),
        # By its words, which a label has, too
        ([line("", "Los ríos tienen agua.")], (OWN, 12)),
        ([line("", "something else")], (WORDING, 9)),
    ],
)
def test_too_little_text_is_reported_at_text(lines: list[TextLine], right: tuple[str, int]) -> None:
    found = text_origin(card(), lines, "water")
    assert (found.place.file, found.place.line, found.place.page) == (*right, 5)


def test_a_section_without_text_is_reported_at_the_file_of_its_language() -> None:
    html = '<figure id="gauge">72</figure>'
    found = text_origin(card(html), [line("gauge")], "water")
    assert found.place == Place(OWN, page=5)
