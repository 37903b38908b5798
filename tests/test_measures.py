"""What is measured on small pages: the room of lines, and what only looks divided."""

from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

from reportcard.page.proof.breaks import widows
from reportcard.page.typeset.patches.geometry import lines

from .test_weasyprint import html

if TYPE_CHECKING:
    from reportcard.page.compose.composed import Composed
    from reportcard.page.typeset.layout import LaidOut


def test_the_room_of_a_line_ends_where_a_float_begins() -> None:
    style = "@page { size: 200mm 90mm; margin: 10mm } p { font: 12pt Serif } p, body { margin: 0 }"
    style += " .beside { float: right; width: 60mm; height: 12pt; margin: 0 0 0 14mm }"
    text = f"<style>{style}</style><p class=beside>A quote<p>Some words<br>and more"
    found = {one.text: one for one in lines(html(text).render().pages[0], 1)}
    beside, below = found["Some words"], found["and more"]
    assert beside.room == pytest.approx(180 - 74 - beside.box.width, abs=0.1)
    assert below.room == pytest.approx(180 - below.box.width, abs=0.1)
    assert found["A quote"].room == pytest.approx(60 - found["A quote"].box.width, abs=0.1)


def test_the_head_of_a_table_that_is_printed_again_is_not_a_lone_line() -> None:
    style = "@page { size: 90mm 40mm; margin: 5mm } p { font: 12pt/1 Serif; margin: 0 }"
    rows = "".join(f"<tr><td>Row {number}" for number in range(9))
    table = f"<table><thead><tr><th><p>Head</p><tbody>{rows}</table>"
    document = html(f"<style>{style}</style>{table}").render()
    assert len(document.pages) > 1
    every = [one for number, page in enumerate(document.pages, 1) for one in lines(page, number)]
    laid = cast("LaidOut", SimpleNamespace(lines=every))
    assert [one.text for one in every].count("Head") == len(document.pages)
    assert list(widows(cast("Composed", None), laid)) == []
