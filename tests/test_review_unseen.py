"""What a comparison cannot see is said: damage, scans, hidden text, covered digits, locks and
seals.
"""

import io
import zlib
from collections.abc import Callable

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from reportcard.review.changes import DESIGN, Comparison, Obscurity
from reportcard.review.compare.comparison import compared
from reportcard.review.compare.regard import Regard
from reportcard.review.tell.summary import as_text

Plant = Callable[[pikepdf.Pdf], None]
LINES = [
    "Peru scored 11.7 of 15 points in the ranking of five countries",
    "Illegal mining destroyed 139,169 hectares of forest in the south",
    "The State controls the trade in gold and mercury since 2012",
]


def plain(*plants: Plant, **save: object) -> bytes:
    """A file of three pages of text, with some changes."""
    target = io.BytesIO()
    with pikepdf.new() as pdf:
        font = pdf.make_indirect(
            Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        )
        for line in LINES:
            page = pdf.add_blank_page(page_size=(400, 200))
            page.add_resource(font, Name.Font, Name.F)
            page.contents_add(f"BT /F 12 Tf 20 100 Td ({line}) Tj ET".encode())
        for plant in plants:
            plant(pdf)
        pdf.save(target, **save)  # type: ignore[arg-type]
    return target.getvalue()


def painted(operators: str, page: int = 1) -> Plant:
    return lambda pdf: pdf.pages[page].contents_add(operators.encode())


def damaged(pdf: pikepdf.Pdf) -> None:
    stream = pdf.make_stream(zlib.compress(b"BT ET " * 400)[:-20] + b"no end of a stream.")
    stream.write(zlib.compress(bytes(range(256)) * 9)[9:60], filter=Name.FlateDecode)
    pdf.pages[1].obj.Contents = stream


def scanned(pdf: pikepdf.Pdf) -> None:
    image = pdf.make_stream(bytes(range(256)) * 3)
    image.Type, image.Subtype = Name.XObject, Name.Image
    image.Width, image.Height, image.BitsPerComponent = 16, 16, 8
    image.ColorSpace = Name.DeviceRGB
    page = pdf.pages[1]
    page.obj.Contents = pdf.make_stream(b"q 400 0 0 200 0 0 cm /Scan Do Q")
    page.add_resource(image, Name.XObject, Name.Scan)


def outlined(pdf: pikepdf.Pdf) -> None:
    pdf.pages[1].obj.Contents = pdf.make_stream(b"20 100 m 30 120 l 40 100 l f")


def layered(pdf: pikepdf.Pdf) -> None:
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="hidden"))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer])))
    page = pdf.pages[1]
    page.add_resource(layer, Name.Properties, Name.L)
    page.contents_add(b"/OC /L BDC BT /F 12 Tf 20 50 Td (secret remark) Tj ET EMC")


def signed(pdf: pikepdf.Pdf) -> None:
    field = Dictionary(FT=Name.Sig, T="seal", V=Dictionary(Type=Name.Sig, Name="A. Notary"))
    pdf.Root.AcroForm = Dictionary(Fields=Array([pdf.make_indirect(field)]))


def compare(new: bytes, old: bytes | None = None) -> Comparison:
    files = ("old.pdf", old or plain()), ("new.pdf", new)
    return compared("card", *files, Regard()).comparison


WHITE = "BT /F 12 Tf 1 g 20 50 Td (secret remark) Tj ET"
MODE_3 = "BT /F 12 Tf 3 Tr 20 50 Td (secret remark) Tj ET"
OFF_PAGE = "BT /F 12 Tf 20 -90 Td (secret remark) Tj ET"
#: Over the last digit of 139,169 in Helvetica, whose digits are 0.556 em wide.
PATCH = "q 1 g 186.3 95 6.6 14 re f Q"

PLANTED: dict[str, tuple[Plant, Obscurity, str]] = {
    "damaged content": (damaged, Obscurity.DAMAGED, ""),
    "a scan among text": (scanned, Obscurity.SCAN, ""),
    "letters as outlines": (outlined, Obscurity.OUTLINES, ""),
    "white text": (painted(WHITE), Obscurity.INVISIBLE, "secret remark"),
    "text of mode 3": (painted(MODE_3), Obscurity.INVISIBLE, "secret remark"),
    "a hidden layer": (layered, Obscurity.INVISIBLE, "secret remark"),
    "text off the page": (painted(OFF_PAGE), Obscurity.OUTSIDE, ""),
    "a covered digit": (painted(PATCH), Obscurity.COVERED, "139,169"),
}


@pytest.mark.parametrize("name", PLANTED)
def test_what_is_not_seen_is_said_with_its_page(name: str) -> None:
    plant, what, text = PLANTED[name]
    comparison = compare(plain(plant))
    assert [(one.side, one.what, one.pages, one.text) for one in comparison.unseen] == [
        ("new", what, (2,), text)
    ]
    assert "new file, page 2: " in as_text([comparison])
    missing = (Obscurity.DAMAGED, Obscurity.SCAN, Obscurity.OUTLINES)
    assert comparison.misses_text is (what in missing)


@pytest.mark.parametrize("plant", [damaged, scanned, outlined])
def test_text_of_a_page_that_cannot_be_read_is_not_said_to_be_gone(plant: Plant) -> None:
    told = [one for one in compare(plain(plant)).changes if one.kind not in DESIGN]
    assert told == []
    told = [one for one in compare(plain(), plain(plant)).changes if one.kind not in DESIGN]
    assert told == []


def test_of_the_old_file_it_is_said_too() -> None:
    comparison = compare(plain(), plain(scanned))
    assert [(one.side, one.pages) for one in comparison.unseen] == [("old", (2,))]
    assert "old file, page 2: " in as_text([comparison])


def test_plain_text_on_a_dark_ground_is_seen() -> None:
    dark = "q 0 g 0 30 400 40 re f Q BT /F 12 Tf 1 g 20 50 Td (a remark for 2026) Tj ET"
    assert compare(plain(painted(dark))).unseen == ()


def test_two_scans_that_look_the_same_hide_no_difference() -> None:
    remark = painted("BT /F 12 Tf 20 50 Td (and more in 2027) Tj ET", page=2)
    comparison = compare(plain(scanned, remark), plain(scanned))
    assert comparison.unseen == ()
    assert [one.new for one in comparison.changes if one.new] != []


def test_one_and_the_same_file_is_the_same_whatever_it_hides() -> None:
    data = plain(scanned)
    comparison = compare(data, data)
    assert comparison.is_same
    assert not comparison.misses_text


def test_encryption_and_what_it_denies_is_said_and_is_no_change() -> None:
    allow = pikepdf.Permissions(extract=False, print_highres=False)
    locked = plain(encryption=pikepdf.Encryption(owner="o", user="", allow=allow))
    comparison = compare(locked)
    assert comparison.changes == ()
    ((side, what, denied),) = ((one.side, one.what, one.text) for one in comparison.unseen)
    assert (side, what) == ("new", Obscurity.ENCRYPTED)
    assert {"extract", "print_highres"} <= set(denied.split(", "))


def test_a_signature_is_said_with_who_signed() -> None:
    unseen = compare(plain(signed)).unseen
    assert [(one.what, one.text) for one in unseen] == [(Obscurity.SIGNED, "A. Notary")]
    assert "digitally signed: A. Notary" in as_text([compare(plain(signed))])


def test_a_clean_file_hides_nothing() -> None:
    changed = plain(painted("BT /F 12 Tf 20 50 Td (and more in 2027) Tj ET"))
    assert compare(changed).unseen == ()
