"""The card after other programs had it: without its tags, two pages on a sheet, turned, stamped. No
number, score or note is invented, and what was edited is found.
"""

import io
from collections.abc import Callable
from dataclasses import replace

import pikepdf
import pypdfium2
import pytest
from pikepdf import Dictionary, Name

from reportcard.pdf.glyphs import Style, Word
from reportcard.pdf.skeleton import Skeleton, skeleton
from reportcard.review.changes import DESIGN, Comparison, Kind, counted
from reportcard.review.compare.comparison import compared
from reportcard.review.compare.regard import Regard
from reportcard.review.read.fused import parted
from reportcard.review.read.reader import PageWords, in_order, read_document
from reportcard.review.tell.summary import state_of

from .conftest import Built

Change = Callable[[pikepdf.Pdf], None]


def compare(old: bytes, new: bytes) -> Comparison:
    return compared("card", ("old.pdf", old), ("new.pdf", new), Regard()).comparison


def edited(data: bytes, *changes: Change) -> bytes:
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for change in changes:
            change(pdf)
        pdf.save(target)
    return target.getvalue()


def untagged(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.StructTreeRoot
    del pdf.Root.MarkInfo


def turned(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        page.rotate(90, relative=True)


def upside_down(pdf: pikepdf.Pdf) -> None:
    pdf.pages[4].rotate(180, relative=True)


def swapped(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[4]
    del pdf.pages[4]
    pdf.pages.insert(5, page)


def painted(pdf: pikepdf.Pdf, page: pikepdf.Page, operators: str) -> None:
    """Adds operators to a page, with Helvetica as /Stamp."""
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    page.add_resource(pdf.make_indirect(font), Name.Font, Name.Stamp)
    page.contents_add(b"q", prepend=True)
    page.contents_add(f"Q q {operators} Q".encode())


def watermarked(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        painted(pdf, page, "BT .9 g .7 .7 -.7 .7 150 250 Tm /Stamp 90 Tf (CONFIDENCIAL) Tj ET")


def stamped(pdf: pikepdf.Pdf) -> None:
    for number, page in enumerate(pdf.pages, start=1):
        line = f"card.pdf   {number} de {len(pdf.pages)}   27/11/2026 15:40"
        painted(pdf, page, f"BT 0 g 1 0 0 1 200 12 Tm /Stamp 7 Tf ({line}) Tj ET")


def two_up(data: bytes) -> bytes:
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf, pikepdf.new() as made:
        for first in range(0, len(pdf.pages), 2):
            made.add_blank_page(page_size=(842, 595))
            sheet = pikepdf.Page(made.pages[-1].obj)
            for number, page in enumerate(pdf.pages[first : first + 2]):
                left = 421 * number
                sheet.add_overlay(page, pikepdf.Rectangle(left, 0, left + 421, 595))
        made.save(target)
    return target.getvalue()


def imported(data: bytes) -> bytes:
    """As Chromium prints a PDF: its pages in a file of their own."""
    target = io.BytesIO()
    source, made = pypdfium2.PdfDocument(data), pypdfium2.PdfDocument.new()
    made.import_pages(source)
    made.save(target)
    return target.getvalue()


ELSEWHERE: dict[str, Callable[[bytes], bytes]] = {
    "without tags": lambda data: edited(data, untagged),
    "in a file of their own": imported,
    "two up": two_up,
    "turned": lambda data: edited(data, turned),
    "one page upside down": lambda data: edited(data, upside_down),
    "turned, without tags": lambda data: edited(data, turned, untagged),
    "watermarked, without tags": lambda data: edited(data, watermarked, untagged),
    "stamped, without tags": lambda data: edited(data, stamped, untagged),
    "swapped, without tags": lambda data: edited(data, swapped, untagged),
}


@pytest.mark.slow
@pytest.mark.parametrize("program", ELSEWHERE)
def test_the_same_card_says_the_same_after_another_program(program: str, built: Built) -> None:
    data = built.pdf("es").read_bytes()
    comparison = compare(data, ELSEWHERE[program](data))
    assert not comparison.failed
    assert counted(comparison.of_content) == {}
    if "tags" in program:
        assert comparison.is_foreign
        assert str(state_of(comparison)).startswith("the content is the same; ")


def only(comparison: Comparison) -> list[tuple[Kind, str, tuple[tuple[str, str, str], ...]]]:
    return [
        (one.kind, str(one.act), tuple((fact.name, fact.old, fact.new) for fact in one.facts))
        for one in comparison.changes
    ]


@pytest.mark.slow
def test_turned_and_swapped_pages_are_said_as_such(built: Built) -> None:
    data = built.pdf("es").read_bytes()
    facts = [facts for _, _, facts in only(compare(data, edited(data, upside_down)))]
    assert (("turned", "0°", "180°"), ("pages", "", "5")) in facts
    found = only(compare(data, edited(data, swapped, untagged)))
    assert (Kind.BOXES, "moved", (("page", "5", "6"),)) in found


@pytest.mark.slow
def test_a_watermark_or_a_stamp_on_every_page_is_one_change(built: Built) -> None:
    data = built.pdf("es").read_bytes()
    for change, words in ((watermarked, "CONFIDENCIAL"), (stamped, "card.pdf")):
        heads = [
            one
            for one in compare(data, edited(data, change)).changes
            if one.facts and one.facts[0].name == "running head"
        ]
        assert [one.new.split()[0] for one in heads] == [words]


def word(text: str, number: int, size: float = 10.0, y: float = 20.0) -> Word:
    style = Style("Serif", size, False, False, "#000000")
    return Word(text, 1, 12.0 * number, y, 11.0, size * 0.4, style, -1)


def page(*words: Word) -> PageWords:
    return PageWords(bare(), (words,), has_tags=False)


def bare() -> Skeleton:
    pdf, target = pikepdf.new(), io.BytesIO()
    pdf.add_blank_page()
    pdf.save(target)
    return skeleton(target.getvalue())


def test_a_call_that_was_fused_with_its_word_is_parted_again() -> None:
    raised = replace(word("9", 2, size=6.0, y=19.0), x=23.1)
    ours = read_document(page(word("hasta", 0), word("2030", 1), raised), by_tags=False)
    assert [one.calls for one in ours.passages] == [((2, "9"),)]
    fused = page(word("hasta", 0), word("20309", 1))
    (passage,) = read_document(parted(fused, ours), by_tags=False).passages
    assert (passage.text, passage.calls) == ("hasta 2030", ((2, "9"),))


def test_a_number_that_only_looks_so_is_left_alone() -> None:
    plain = read_document(page(word("hasta", 0), word("20309", 1)), by_tags=False)
    fused = page(word("hasta", 0), word("20309", 1))
    assert parted(fused, plain) is fused


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("o\u6600\u6600ice", "office"),
        ("Dra\u6600\u7400", "Draft"),
        ("\u6600\u7400", "\u6600\u7400"),
    ],
)
def test_letters_of_a_ligature_with_their_bytes_exchanged_are_put_right(
    written: str, read: str
) -> None:
    assert in_order(written) == read


def test_the_report_leaves_the_same_kinds_out_as_design() -> None:
    from importlib.resources import files

    script = files("reportcard.review.tell").joinpath("page/data.js").read_text("utf-8")
    listed = script.split("const DESIGN = [")[1].split("]")[0]
    assert {name.strip(' "') for name in listed.split(",")} == {str(kind) for kind in DESIGN}
