"""What WeasyPrint 70 does otherwise than one expects, row by row of docs/weasyprint.md: plain
WeasyPrint, a few lines of HTML, and the fault is still there.

Where a test here fails, a new version makes what is done about it needless. Faults that anyone
would meet are in docs/upstream/ instead, and tests/test_upstream.py runs those.
"""

import io
import logging
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import page
import pikepdf
import pypdfium2
import pytest

from .conftest import ROOT

SQUARE = (
    "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='60' height='60'>"
    "<path d='M0 0h60v60z'/></svg>"
)
ENGLISH = "<!doctype html><html lang=en><title>Example</title>"


def html(text: str) -> Any:
    from weasyprint import HTML

    return HTML(string=text, base_url="https://example.org/")


def written(text: str, **options: Any) -> bytes:
    data: bytes = html(ENGLISH + text).write_pdf(**options)
    return data


@contextmanager
def opened(text: str, **options: Any) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(written(text, **options))) as pdf:
        yield pdf


def copied(text: str) -> str:
    """The text of the first page, as a reader built on pdfium copies it."""
    (first, *_) = pypdfium2.PdfDocument(written(text))
    return str(first.get_textpage().get_text_bounded())


def failures(text: str) -> set[str]:
    data = written(text, pdf_variant="pdf/ua-1")
    return {found.rule_id for found in page.validate_pdf_bytes(data, profile="ua1").failures}


def in_python(program: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    return done.stdout.split()


def test_a_row_without_a_header_fails() -> None:
    headed = "<table><tr><th scope=row>Peru<td>11.9</table>"
    assert "<td>11.9" in headed
    assert failures(headed) == set()
    assert failures(headed.replace("</table>", "<tr><td><td>15</table>")) != set()


def test_a_link_that_begins_with_a_break_leaves_an_empty_one() -> None:
    links = html("<p>See<a href='https://example.org/'><br>there</a>").render().pages[0].links
    widths = [right - left for _, _, (left, _, right, _), box in links if box.element_tag == "a"]
    assert [width < 0.01 for width in widths] == [True, False]


def test_wide_tracking_is_copied_as_spaces() -> None:
    assert copied("<p style='letter-spacing: .09em'>PERU").strip() == "PERU"
    assert copied("<p style='letter-spacing: .3em'>PERU").strip() != "PERU"


def test_a_hyphen_at_the_end_of_a_line_is_not_copied() -> None:
    text = copied("<p style='width: 4em; font: 20px monospace'>gold-mining")
    assert "gold-" not in text
    assert "gold" in text


def test_pdf_x_keeps_links_and_colours_of_the_screen() -> None:
    with opened(
        "<p style='color: #060'><a href='https://example.org/'>Text</a>",
        pdf_variant="pdf/x-4",
        uncompressed_pdf=True,
    ) as pdf:
        first = pdf.pages[0]
        assert [str(one.Subtype) for one in first.Annots] == ["/Link"]
        painted = [str(one.operator) for one in pikepdf.parse_content_stream(first)]
        assert "rg" in painted
        assert "k" not in painted


def test_marks_stand_inside_the_bleed() -> None:
    with opened("<style>@page { bleed: 3mm; marks: crop }</style><p>Text") as pdf:
        first = pdf.pages[0]
        assert list(first.MediaBox) == list(first.BleedBox)


def test_artwork_is_clipped_to_the_page_as_laid_out() -> None:
    art = (
        "<style>@page { size: 75pt; margin: 0 } div { position: absolute; left: -10px; width: 60px;"
        f' height: 60px; background: no-repeat url("{SQUARE}") }}</style><div></div>'
    )
    with opened(art) as pdf:
        (form,) = pdf.pages[0].form_xobjects.values()
        assert [round(float(side)) for side in form.BBox] == [0, 0, 100, 100]


def test_one_variant_at_a_time_can_be_asked_for() -> None:
    for variant, other in (("pdf/a-3a", b"pdfuaid"), ("pdf/ua-1", b"pdfaid")):
        assert other not in written("<p>Text", pdf_variant=variant, uncompressed_pdf=True)


def test_no_page_labels_and_no_dates_are_written() -> None:
    with opened("<p>Text", pdf_variant="pdf/ua-1") as pdf:
        assert "/PageLabels" not in pdf.Root
        assert "/CreationDate" not in pdf.docinfo


def test_the_page_s_counter_is_not_set_on_the_root() -> None:
    foot = "@page { @bottom-left { content: 'page ' counter(page) } }"
    assert "page 7" in copied(f"<style>{foot} @page :first {{ counter-set: page 7 }}</style><p>A")
    assert "page 7" not in copied(f"<style>{foot} html {{ counter-reset: page 7 }}</style><p>A")
    assert "page 8" not in copied(f"<style>{foot} html {{ counter-reset: page 7 }}</style><p>A")


@pytest.mark.plants_a_warning
def test_a_fault_is_logged_and_a_file_is_written(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, "weasyprint"):
        assert written("<img src='data:,' alt=none>").startswith(b"%PDF")
    assert [record.levelname for record in caplog.records] == ["ERROR"]


@pytest.mark.slow
def test_font_tools_are_imported_though_harfbuzz_subsets() -> None:
    program = (
        "import sys, weasyprint; from weasyprint.text.ffi import harfbuzz_subset;"
        "print(harfbuzz_subset is not None, 'fontTools.subset' in sys.modules)"
    )
    assert in_python(program) == ["True", "True"]


def test_each_path_of_a_clipped_drawing_is_clipped_anew() -> None:
    drawing = (
        "<svg xmlns='http://www.w3.org/2000/svg' width='60' height='60'><defs><clipPath id='c'>"
        "<rect width='30' height='30'/></clipPath></defs>"
        + "<path clip-path='url(#c)' d='M0 0 60 60'/>" * 5
        + "</svg>"
    )
    data = written(drawing, uncompressed_pdf=True)
    assert len(re.findall(rb"\nW\*?\n", data)) >= 5


def test_a_page_tells_in_public_of_no_line_and_no_size() -> None:
    first = html("<p>Text").render().pages[0]
    told = {name for name in dir(first) if not name.startswith("_")}
    assert told == {
        "anchors",
        "bleed",
        "bookmarks",
        "forms",
        "height",
        "links",
        "paint",
        "width",
    }


@pytest.mark.parametrize("place", ["outside", "inside"])
def test_content_of_a_list_s_marker_ends_the_layout(place: str) -> None:
    styled = f"<style>li {{ list-style-position: {place} }} ::marker {{ content: '-' }}</style>"
    if place == "inside":
        assert written(f"{styled}<ul><li>Text</ul>")
    else:
        with pytest.raises(TypeError, match="TextBox"):
            written(f"{styled}<ul><li>Text</ul>")


def test_every_row_names_what_shows_it() -> None:
    """A report, or a test of this folder, by their names."""
    table = (ROOT / "docs/weasyprint.md").read_text(encoding="utf-8")
    rows = [line.split(" | ") for line in table.splitlines() if line.startswith("| ")][1:]
    assert len(rows) > 25
    tests = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").glob("test_*.py"))
    for row in rows:
        reports = re.findall(r"\]\(upstream/([\w-]+\.md)\)", row[-1])
        named = re.findall(r"`(test_\w+)`", row[-1])
        assert reports or named, row[0]
        assert all((ROOT / "docs/upstream" / report).exists() for report in reports), row[0]
        assert all(f"def {name}(" in tests for name in named), row[0]
