"""The parallel edition: both languages side by side, with what a reviewer needs to find each
block.
"""

import re
from collections.abc import Callable
from typing import Any

import page
import pypdfium2
import pytest

from reportcard.errors import ExitCode
from reportcard.page.compose.templates import render
from reportcard.page.styles import Styles

from .conftest import Copy

pytestmark = pytest.mark.slow

Run = Callable[..., tuple[int, str, str]]
#: The margin at the foot of a page, 16 mm in pt.
FOOT = 16 * 72 / 25.4


def text_of(copy: Copy) -> str:
    pages = pypdfium2.PdfDocument(copy.root / "output/peru-parallel-en-es.pdf")
    return " ".join(" ".join(one.get_textpage().get_text_range().split()) for one in pages)


def headings_at_the_foot(copy: Copy) -> list[tuple[int, str]]:
    """Pages whose last line, over the foot of the page, is the heading of a field or of the
    table.
    """
    found = []
    pages = pypdfium2.PdfDocument(copy.root / "output/peru-parallel-en-es.pdf")
    for number, one in enumerate(pages, start=1):
        text = one.get_textpage()
        boxes = [text.get_rect(index) for index in range(text.count_rects())]
        inside = [box for box in boxes if box[1] > FOOT]
        low = min(bottom for _, bottom, _, _ in inside)
        last = " ".join(text.get_text_bounded(*box) for box in inside if box[1] < low + 3)
        if "content/" in last or last.startswith("Block"):
            found.append((number, last))
    return found


def test_every_field_and_the_wording_stand_there_and_no_heading_without_its_text(
    copy: Copy, run: Run
) -> None:
    code, out, err = run("build", "--parallel", "--workspace", str(copy.root))
    assert (code, err) == (0, "")
    assert out.strip().endswith("peru-parallel-en-es.pdf")
    text = text_of(copy)
    assert re.search(r"\d{3} current · 0 kept · 0 stale · 0 missing", text)
    for field in (
        "peru/context",
        "peru/notes.maap-233",
        "peru/recommendations.fixed-term.title",
        "wording/edition.notice",
    ):
        assert field in text
    assert "content/peru/es.yaml:2:8" in text
    assert "en 9 · es 9" in text
    assert "it scores 11.7 of 15 points" in text, "values are filled in"
    assert "{{" not in text
    assert headings_at_the_foot(copy) == []
    pages = [
        one.get_textpage().get_text_range().strip()
        for one in pypdfium2.PdfDocument(copy.root / "output/peru-parallel-en-es.pdf")
    ]
    (appendix,) = [
        number
        for number, text in enumerate(pages)
        if text.startswith("Appendix: wording that all cards share")
    ]
    assert not [text for text in pages[:appendix] if "content/wording/" in text]
    assert not [text for text in pages[appendix:] if "content/peru/" in text]
    report = page.validate_pdf(copy.root / "output/peru-parallel-en-es.pdf", profile="ua1")
    assert [f"{failure.rule_id} {failure.message}" for failure in report.failures] == []


def test_stale_and_missing_blocks_are_marked(copy: Copy, run: Run) -> None:
    copy.edit("content/peru/en.yaml", "deforested some 139,169", "deforested about 139,169")
    copy.edit("content/peru/en.yaml", "context: |\n", "context: |\n  A first new paragraph.\n\n")
    assert run("build", "peru", "--parallel", "--workspace", str(copy.root))[0] == 0
    text = text_of(copy)
    assert re.search(r"\d+ current · 0 kept · 1 stale · 1 missing", text)
    assert "1 missing A first new paragraph. not translated" in text
    assert "deforested someabout 139,169" in text


def test_a_card_that_cannot_be_laid_out_is_compared_without_pages(copy: Copy, run: Run) -> None:
    copy.edit("content/peru/es.yaml", "  dl-1100: Perú. Decreto Legislativo N.º 1100.\n", "")
    code, _, _ = run("build", "peru", "--parallel", "--workspace", str(copy.root))
    assert code == 0
    assert "not translated" in text_of(copy)


def test_content_that_cannot_be_read_is_told(copy: Copy, run: Run) -> None:
    copy.edit("content/edition.yaml", "source_language: en", "source_language: xx")
    code, _, err = run("build", "--parallel", "--workspace", str(copy.root))
    assert code == ExitCode.CONTENT
    assert "[EDITION-LANGUAGE]" in err


def test_the_wording_can_be_left_out(copy: Copy, run: Run) -> None:
    command = ("build", "peru", "--parallel", "--no-wording", "--workspace", str(copy.root))
    assert run(*command)[0] == 0
    text = text_of(copy)
    assert "peru/notes.maap-233" in text
    assert "wording" not in text
    assert run("build", "peru", "--no-wording", "--workspace", str(copy.root))[0] == ExitCode.USAGE


def test_without_the_rule_of_its_row_headings_are_stranded(
    copy: Copy, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The engine heeds `break-after` of a row alone: on the row's cell, it does nothing."""

    def on_the_cell(styles: Styles, name: str, **view: Any) -> str:
        text = render(styles, name, **view)
        return text.replace(".field { break-after: avoid; }", ".field th { break-after: avoid; }")

    monkeypatch.setattr("reportcard.translation.parallel.render", on_the_cell)
    assert run("build", "peru", "--parallel", "--no-wording", "--workspace", str(copy.root))[0] == 0
    assert headings_at_the_foot(copy) != []
