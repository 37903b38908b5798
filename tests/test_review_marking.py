"""The annotated copy: every change is marked where it stands, seen in a reader, and the copy claims
no standard.
"""

import io
import time
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import numpy as np
import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name

from reportcard.pdf.annotations import remarks
from reportcard.pdf.area import Area
from reportcard.pdf.preflight import preflight
from reportcard.review.changes import Act, Change, Comparison, Fact, Kind, Leaf, Side
from reportcard.review.tell.marked_copy import marked_copy
from reportcard.workspace.media import Medium

from .conftest import Built

MM = 25.4 / 72
#: Objects of a file that is closed are empty.
OPEN: list[pikepdf.Pdf] = []
AREA: Area = (1, 10, 20, 40, 10)
NUMBER = Change(
    Kind.NUMBER,
    Act.CHANGED,
    "peru/context",
    "content/cards/peru.yaml:12:5",
    "es",
    "30 %",
    "35 %",
    facts=(Fact("size", "10 pt", "11 pt"),),
    new_areas=(AREA,),
    only_in="es",
)
GONE = Change(
    Kind.WORDING, Act.REMOVED, "peru/overall", old="It was said.", old_areas=((1, 5, 5, 9, 9),)
)
TITLE = Change(Kind.METADATA, Act.CHANGED, facts=(Fact("title", "", "Perú"),))


def compared(*changes: Change, leaves: tuple[Leaf, ...] = (Leaf(1, 1, True),)) -> Comparison:
    return Comparison(
        "card", Side("old.pdf", "", ()), Side("new.pdf", "", ()), "es", leaves, changes
    )


def blank(pages: int = 1, turned: int = 0, **options: object) -> bytes:
    """White pages, 200 mm by 100 mm, trimmed by 10 mm at the left and top, with a black square
    inside the area.
    """
    pdf = pikepdf.new()
    for _ in range(pages):
        page = pdf.add_blank_page(page_size=(200 / MM, 100 / MM))
        page.trimbox = [10 / MM, 0, 200 / MM, 90 / MM]
        page.obj.Rotate = turned
        page.contents_add(f"{25 / MM} {62 / MM} {10 / MM} {6 / MM} re f".encode())
    target = io.BytesIO()
    pdf.save(target, **options)
    return target.getvalue()


def annotations(data: bytes, page: int = 1) -> list[Dictionary]:
    OPEN.append(pikepdf.open(io.BytesIO(data)))
    return list(OPEN[-1].pages[page - 1].obj.get(Name.Annots, []))


def pixels(data: bytes, page: int = 1) -> np.ndarray:
    """A page as a reader shows it, with what is outside the trim, ten pixels a mm."""
    return (
        pypdfium2.PdfDocument(data)[page - 1]
        .render(scale=10 * MM, rev_byteorder=True)
        .to_numpy()[:, :, :3]
    )


def test_a_change_is_a_highlight_that_tells_it() -> None:
    (found,) = annotations(marked_copy(blank(), compared(NUMBER)))
    x0, y0, x1, y1 = (side / MM for side in (20, 60, 60, 70))
    assert found.Subtype == Name.Highlight
    assert [float(value) for value in found.QuadPoints] == pytest.approx(
        [x0, y1, x1, y1, x0, y0, x1, y0], abs=0.01
    )
    assert (
        str(found.Contents) == 'number: changed\n"30 %" → "35 %"\n'
        "size: 10 pt → 11 pt\nchanged only in es\nfield:"
        " peru/context\nlocation: content/cards/peru.yaml:12:5"
    )
    assert (str(found["/T"]), str(found.Subj), found.F) == ("reportcard compare", "number", 4)
    assert NUMBER.id in str(found.NM)
    assert b"/Multiply gs" in found.AP.N.read_bytes()
    assert str(found.AP.N.Resources.ExtGState.Multiply.BM) == "/Multiply"


def test_a_copy_is_marked_in_the_language_of_its_reader() -> None:
    (found,) = annotations(marked_copy(blank(), compared(NUMBER), "es"))
    assert str(found.Subj) == "número"
    assert str(found.Contents).startswith('número: modificación\n"30 %" → "35 %"\ntamaño: 10 pt')


def test_kinds_have_colours_of_their_own() -> None:
    kinds = (
        Kind.WORDING,
        Kind.NUMBER,
        Kind.SCORE,
        Kind.NOTE,
        Kind.LINK,
        Kind.MOVED,
        Kind.LAYOUT,
        Kind.PICTURE,
    )
    found = annotations(
        marked_copy(blank(), compared(*(replace(NUMBER, kind=kind) for kind in kinds)))
    )
    assert len({tuple(map(float, one.C)) for one in found}) == len(kinds)


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_a_highlight_is_read_back_where_the_change_is(turned: int) -> None:
    areas: tuple[Area, ...] = ((1, 10, 20, 40, 10), (1, 10, 32, 20, 10), (2, 3, 4, 5, 6))
    found = remarks(marked_copy(blank(2, turned), compared(replace(NUMBER, new_areas=areas))))
    assert [(one.kind, one.page, one.areas) for one in found] == [
        ("highlight", 1, areas[:2]),
        ("highlight", 2, areas[2:]),
    ]


def test_a_reader_shows_the_highlight_and_the_words_through_it() -> None:
    before, after = pixels(blank()), pixels(marked_copy(blank(), compared(NUMBER)))
    inside = (
        350,
        220,
    )  # 35 mm down from the sheet's top edge, 22 mm from its left: in the area, beside the square
    assert tuple(before[inside]) == (255, 255, 255)
    red, green, blue = map(int, after[inside])
    assert red > 240 > green > blue + 40
    assert tuple(after[350, 300]) == tuple(before[350, 300]) == (0, 0, 0)
    changed = np.argwhere((before != after).any(axis=2))
    assert (changed.min(axis=0) > (292, 192)).all()
    assert (changed.max(axis=0) < (408, 608)).all()


def test_a_highlight_is_seen_on_a_dark_page() -> None:
    with pikepdf.open(io.BytesIO(blank())) as pdf:
        pdf.pages[0].contents_add(b"0 0 999 999 re f")
        target = io.BytesIO()
        pdf.save(target)
    after = pixels(marked_copy(target.getvalue(), compared(NUMBER)))
    assert after.max() > 150


def test_what_was_removed_is_a_note_on_the_page_that_stands_for_its_old_one() -> None:
    leaves = (Leaf(1, 1, False), Leaf(None, 2, True), Leaf(2, 3, True), Leaf(3, None, True))
    second, third = (replace(GONE, old_areas=((page, 5, 5, 9, 9),)) for page in (2, 3))
    data = marked_copy(blank(3), compared(second, third, leaves=leaves))
    assert [len(annotations(data, page)) for page in (1, 2, 3)] == [0, 0, 2]
    note, _ = annotations(data, 3)
    assert note.Subtype == Name.Text
    assert str(note.Contents) == 'wording: removed\nremoved: "It was said."\nfield: peru/overall'
    one, other = remarks(data)
    _, x, y, width, height = one.areas[0]
    assert (x + width, y) == pytest.approx((188.5, 1.5), abs=0.02)
    assert other.areas[0][2] >= y + height


def test_what_has_no_place_is_a_note_on_page_1() -> None:
    nowhere = replace(NUMBER, new_areas=((99, 1, 1, 1, 1),))
    data = marked_copy(blank(2), compared(TITLE, replace(TITLE, kind=Kind.BOOKMARKS), nowhere))
    assert [len(annotations(data, page)) for page in (1, 2)] == [3, 0]
    assert str(annotations(data)[0].Contents) == "metadata: changed\ntitle: none → Perú"


@pytest.mark.long
@pytest.mark.parametrize("turned", [0, 90])
def test_notes_stand_beside_one_another_on_the_page(turned: int) -> None:
    found = remarks(marked_copy(blank(1, turned), compared(*[GONE] * 100)))
    boxes = [one.areas[0][1:] for one in found]
    wide, high = (190, 90) if turned == 0 else (90, 190)
    assert len(boxes) == 100
    for index, (x, y, width, height) in enumerate(boxes):
        assert x >= 0
        assert y >= 0
        assert x + width <= wide
        assert y + height <= high
        for left, top, _, _ in boxes[:index]:
            assert abs(left - x) >= width or abs(top - y) >= height
    assert remarks(marked_copy(blank(), compared(*[GONE] * 1000)))[-1].areas[0][1] >= 0


def test_a_note_is_seen_without_the_readers_own_sign() -> None:
    before, after = pixels(blank()), pixels(marked_copy(blank(), compared(GONE)))
    assert (before != after).any(axis=2)[110:180, 1900:2000].any()


@pytest.mark.parametrize("medium", list(Medium))
def test_a_copy_of_a_card_keeps_its_particulars_and_claims_no_standard(
    brief_built: Built, medium: Medium
) -> None:
    data = brief_built.pdf("es", medium).read_bytes()
    copy = marked_copy(data, compared(NUMBER, GONE, TITLE))
    assert [verdict.medium for verdict in preflight(data, "x").verdicts if verdict.claimed]
    assert not [verdict.medium for verdict in preflight(copy, "x").verdicts if verdict.claimed]
    with pikepdf.open(io.BytesIO(data)) as old, pikepdf.open(io.BytesIO(copy)) as new:
        before, after = dict(old.open_metadata()), dict(new.open_metadata())
        assert new.Root.Metadata.read_bytes().count(b"GTS_PDFXVersion") == 0
        assert len(new.pages) == len(old.pages)
        for one, other in zip(old.pages, new.pages, strict=True):
            links = [annotation.Rect for annotation in one.obj.get(Name.Annots, [])]
            assert [annotation.Rect for annotation in other.obj.get(Name.Annots, [])][
                : len(links)
            ] == links
    claims = ("/pdfa/ns/id/}", "/pdfua/ns/id/}", "/pdfx/ns/id/}")
    assert after == {
        key: value for key, value in before.items() if not any(claim in key for claim in claims)
    }
    assert after != before


def test_an_old_claim_of_pdf_x_goes_too() -> None:
    with pikepdf.open(io.BytesIO(blank())) as pdf:
        pdf.docinfo["/GTS_PDFXVersion"], pdf.docinfo["/Title"] = "PDF/X-1:2001", "Card"
        target = io.BytesIO()
        pdf.save(target)
    with pikepdf.open(io.BytesIO(marked_copy(target.getvalue(), compared(NUMBER)))) as copy:
        assert set(copy.docinfo.keys()) == {"/Title"}


def test_the_same_file_and_comparison_give_the_same_bytes(brief_built: Built) -> None:
    data = brief_built.pdf("es").read_bytes()
    once = marked_copy(data, compared(NUMBER, GONE))
    time.sleep(1.1)  # identifiers are otherwise made from the second
    assert marked_copy(data, compared(NUMBER, GONE)) == once


def test_pages_that_share_their_annotations_do_not_share_the_marks() -> None:
    with pikepdf.open(io.BytesIO(blank(2))) as pdf:
        shared = pdf.make_indirect(
            Array([Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 1, 1])])
        )
        for page in pdf.pages:
            page.obj.Annots = shared
        target = io.BytesIO()
        pdf.save(target)
    copy = marked_copy(target.getvalue(), compared(NUMBER))
    assert [len(annotations(copy, page)) for page in (1, 2)] == [2, 1]


def test_odd_boxes_and_annotations_do_not_keep_a_copy_from_being_made() -> None:
    with pikepdf.open(io.BytesIO(blank())) as pdf:
        pdf.pages[0].obj.TrimBox = Array([Name.A, Decimal("1"), 3])
        pdf.pages[0].obj.Annots = Name.A
        pdf.Root.Metadata = pdf.make_stream(b"<x", Type=Name.Metadata, Subtype=Name.XML)
        target = io.BytesIO()
        pdf.save(target)
    assert len(annotations(marked_copy(target.getvalue(), compared(NUMBER)))) == 1


@pytest.mark.parametrize("user", ["", "secret"])
def test_an_encrypted_file_is_refused(user: str) -> None:
    data = blank(encryption=pikepdf.Encryption(owner="owner", user=user))
    with pytest.raises(ValueError, match="needs a password" if user else "the file is encrypted"):
        marked_copy(data, compared(NUMBER))


@pytest.mark.parametrize("part", ["nothing", "half", "none", "mended by others"])
def test_a_damaged_file_is_refused(built: Built, part: str) -> None:
    data = built.pdf("es").read_bytes()
    damaged = {
        "nothing": b"",
        "half": data[: len(data) // 2],
        "none": Path(__file__).read_bytes(),
        "mended by others": blank().replace(b"startxref\n", b"startxref\n9"),
    }[part]
    with pytest.raises(ValueError, match=r"^it is damaged or not a PDF$"):
        marked_copy(damaged, compared(NUMBER))
