"""The parallel edition: both languages side by side, with what a reviewer needs to find each
block.
"""

import re
from collections.abc import Callable

import page
import pypdfium2
import pytest

from reportcard.errors import ExitCode

from .conftest import Copy

pytestmark = pytest.mark.slow

Run = Callable[..., tuple[int, str, str]]


def text_of(copy: Copy) -> str:
    pages = pypdfium2.PdfDocument(copy.root / "output/peru-parallel-en-es.pdf")
    return " ".join(" ".join(one.get_textpage().get_text_range().split()) for one in pages)


def test_every_field_stands_there_with_its_id_and_pages(copy: Copy, run: Run) -> None:
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
