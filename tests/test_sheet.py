"""What a print shop gets beside the pages: a slug line, patches of the inks, and pages that fill up
a booklet.
"""

import io

import pikepdf
import pypdfium2
import pytest

from reportcard.build import editions
from reportcard.build.cards import card_named
from reportcard.build.editions import Kit
from reportcard.build.inventory import read_workspace
from reportcard.build.pipeline import build
from reportcard.build.request import Order, Outcome
from reportcard.page.gauges import Gallery
from reportcard.pdf.glyphs import Glyphs
from reportcard.pdf.preflight import preflight
from reportcard.pdf.skeleton import skeleton
from reportcard.pdf.slug import PATCHES
from reportcard.workspace.media import Medium
from reportcard.workspace.store import Store

from .conftest import Copy, is_note

pytestmark = pytest.mark.slow

FILE = "peru-report-card-en-print.pdf"


def printed(copy: Copy) -> Outcome:
    order = Order(copy.root / "output", ("peru",), ("en",), media=(Medium.PRINT,))
    return build(copy.workspace, order)


def inside_and_outside(copy: Copy) -> list[tuple[str, str]]:
    """The text of each page of the print edition: within the trim, and below it."""
    found = []
    for page in pypdfium2.PdfDocument(copy.root / "output" / FILE):
        left, bottom, right, top = page.get_trimbox()
        text = page.get_textpage()
        found.append(
            (
                " ".join(text.get_text_bounded(left, bottom, right, top).split()),
                " ".join(text.get_text_bounded(top=bottom).split()),
            )
        )
    return found


def colours_above_the_trim(copy: Copy) -> int:
    """How many colours are printed above the trim of the first page, beside black and white."""
    page = pypdfium2.PdfDocument(copy.root / "output" / FILE)[0]
    _, _, _, top = page.get_trimbox()
    _, _, _, edge = page.get_mediabox()
    image = page.render(scale=4).to_pil().convert("RGB")
    # The bleed is 3 mm of these ten.
    strip = image.crop((0, 0, image.width, int((edge - top) * 4 * 0.55)))
    counts = strip.getcolors(1 << 20) or []
    return sum(
        count > 2000 and max(colour) - min(colour) > 30  # type: ignore[misc,arg-type]
        for count, colour in counts
    )


def test_each_page_names_its_file_and_number_outside_the_trim(brief: Copy) -> None:
    assert [str(one) for one in printed(brief).problems if not is_note(one)] == []
    pages = inside_and_outside(brief)
    for number, (inside, outside) in enumerate(pages, start=1):
        assert outside == (
            f"{FILE} · 2026-11-24 · {number} / {len(pages)} · Amazon Gold Governance Review"
            " · Version 0.1"
        )
        assert FILE not in inside
    data = (brief.root / "output" / FILE).read_bytes()
    with Glyphs.opened(data, skeleton(data).sheets) as glyphs:
        words = [word.text for number in range(1, len(pages) + 1) for word in glyphs.words(number)]
    assert "Legal" in words
    assert FILE not in words, "a comparison does not read it"


def test_patches_of_the_inks_are_printed_if_asked_and_meet_the_standard(brief: Copy) -> None:
    assert [str(one) for one in printed(brief).problems if not is_note(one)] == []
    assert colours_above_the_trim(brief) == 0
    brief.edit("content/edition.yaml", "  colour_bar: false", "  colour_bar: true")
    assert [str(one) for one in printed(brief).problems if not is_note(one)] == []
    # All but the two of black, and the grey of three inks, which is nearly one.
    assert len(PATCHES) - 3 <= colours_above_the_trim(brief) <= len(PATCHES) - 2
    data = (brief.root / "output" / FILE).read_bytes()
    assert preflight(data, FILE, (Medium.PRINT,)).problems == ()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            assert page.Contents.read_bytes().count(b" k") >= len(PATCHES)


def test_a_booklet_is_filled_up_with_the_pages_that_are_asked_for(brief: Copy) -> None:
    with (brief.root / "content/edition.yaml").open("a", encoding="utf-8") as file:
        file.write("\nparts: published\n")
    assert [str(one) for one in printed(brief).problems if not is_note(one)] == []
    before = len(inside_and_outside(brief))
    assert before % 4 == 2
    brief.edit("content/edition.yaml", "  padding: []", "  padding: [about]")
    assert [str(one) for one in printed(brief).problems if not is_note(one)] == []
    pages = inside_and_outside(brief)
    assert len(pages) == before + 2
    about, blank, back = pages[-3:]
    assert about[0].startswith("The Amazon Gold Governance Review publishes report cards")
    assert blank[0] == ""
    assert "How to cite" in back[0]
    assert str(before) in about[0], "it is numbered like any page"

    brief.edit("content/edition.yaml", "  padding: [about]", "  padding: [notes, notes, blank]")
    assert [str(one) for one in printed(brief).problems if not is_note(one)] == []
    first, second, _ = (inside for inside, _ in inside_and_outside(brief)[-3:])
    assert "Notes" in first
    assert "Notes" in second
    data = (brief.root / "output" / FILE).read_bytes()
    assert preflight(data, FILE, (Medium.PRINT,)).problems == ()


def test_the_lines_for_notes_fill_their_page_and_no_more(brief: Copy) -> None:
    brief.edit("content/edition.yaml", "  padding: []", "  padding: [notes]")
    assert [str(one) for one in printed(brief).problems if not is_note(one)] == []
    document = pypdfium2.PdfDocument(brief.root / "output" / FILE)
    page = document[len(document) - 3]
    page.set_cropbox(*page.get_trimbox())
    image = page.render(scale=2).to_pil().convert("L")
    # To the right of the heading, and left of the page's number
    column = [image.getpixel((image.width * 2 // 3, y)) for y in range(image.height)]
    lines = [y for y, grey in enumerate(column) if grey < 245]
    assert len(lines) > 20
    assert max(lines) < image.height * 0.94, "none is in the foot"


def test_a_page_about_the_publication_needs_words_that_fit_one_page(brief: Copy) -> None:
    brief.edit("content/edition.yaml", "  padding: []", "  padding: [about]")
    path = brief.root / "content/wording/en.yaml"
    text = path.read_text(encoding="utf-8")
    at = text.index("  about_text: |\n") + len("  about_text: |\n")
    path.write_text(text[:at] + "    A paragraph.\n\n" * 80 + text[at:], encoding="utf-8")
    (brief.root / "content/wording/es.status.yaml").unlink()
    errors = [problem for problem in printed(brief).problems if problem.severity == "error"]
    assert [problem.code for problem in errors] == ["PAGE-FULL"]
    start, end = text.index("# Pages that fill"), text.index("# Pictures for social")
    path.write_text(text[:start] + text[end:], encoding="utf-8")
    codes = [str(problem) for problem in printed(brief).problems if problem.severity == "error"]
    assert any('the group "booklet" is missing' in one for one in codes)


def test_sections_that_were_fitted_keep_their_rules(brief: Copy) -> None:
    brief.edit("content/edition.yaml", "  padding: []", "  padding: [notes]")
    read = read_workspace(brief.workspace)
    kit = Kit.of(read, (Medium.PRINT,))
    card = card_named("peru").compose(read, "en")
    gallery = Gallery(Store(brief.workspace.cache))
    drawings = dict(zip(card.gauges, gallery.draw(card.gauges.values()), strict=True))
    rules = {"legal": "p { color: #1d2a26; }"}
    laid = read.typesetter.lay_out(card, drawings, rules)
    _, laid, found = editions._for_press(kit, card, drawings, laid)
    assert found == ()
    assert "padding-1" in laid.sections
    assert laid.set_from["legal"][2] == rules["legal"]
