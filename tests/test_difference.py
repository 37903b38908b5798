"""Where two files differ in what they paint, whatever object of theirs it is in."""

import io
from collections.abc import Callable

import pikepdf
import pytest
from pikepdf import Dictionary, Name

from reportcard.pdf.difference import PaintedDifference, painted_difference
from reportcard.pdf.faults import InvalidFileError

Change = Callable[[pikepdf.Pdf], None]


def file(*changes: Change, **save: object) -> bytes:
    """Two pages; the second has a form with a picture in it, and a font."""
    target = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(100, 100))
        page = pdf.add_blank_page(page_size=(100, 100))
        picture = pdf.make_stream(bytes(range(48)))
        picture.Type, picture.Subtype = Name.XObject, Name.Image
        picture.Width, picture.Height, picture.BitsPerComponent = 4, 4, 8
        picture.ColorSpace = Name.DeviceRGB
        form = pdf.make_stream(b"0 g 10 10 20 20 re f /Im Do")
        form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, [0, 0, 100, 100]
        form.Resources = Dictionary(XObject=Dictionary(Im=picture))
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        font.FontDescriptor = Dictionary(FontFile=pdf.make_stream(b"outlines"))
        page.add_resource(form, Name.XObject, Name.Gauge)
        page.add_resource(pdf.make_indirect(font), Name.Font, Name.F)
        page.contents_add(b"/Gauge Do BT /F 9 Tf 10 50 Td (11.7) Tj ET")
        for change in changes:
            change(pdf)
        pdf.save(target, **save)  # type: ignore[arg-type]
    return target.getvalue()


def form_of(pdf: pikepdf.Pdf) -> pikepdf.Object:
    return pdf.pages[1].obj.Resources.XObject.Gauge


def painted_over(pdf: pikepdf.Pdf) -> None:
    form_of(pdf).write(b"1 0 0 rg 10 10 20 20 re f /Im Do")


def other_picture(pdf: pikepdf.Pdf) -> None:
    form_of(pdf).Resources.XObject.Im.write(bytes(48))


def other_place(pdf: pikepdf.Pdf) -> None:
    form_of(pdf).Matrix = [1, 0, 0, 1, 5, 0]


def other_text(pdf: pikepdf.Pdf) -> None:
    pdf.pages[1].obj.Contents = pdf.make_stream(b"/Gauge Do BT /F 9 Tf 10 50 Td (11.9) Tj ET")


def other_state(pdf: pikepdf.Pdf) -> None:
    pdf.pages[1].obj.Resources.ExtGState = Dictionary(G=Dictionary(ca=0.5))


def page_more(pdf: pikepdf.Pdf) -> None:
    pdf.add_blank_page(page_size=(100, 100))


def other_font(pdf: pikepdf.Pdf) -> None:
    pdf.pages[1].obj.Resources.Font.F.FontDescriptor.FontFile.write(b"other outlines")


def other_title(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo["/Title"] = "Other"


@pytest.mark.parametrize(
    ("change", "pages", "fonts"),
    [
        (painted_over, (2,), ()),
        (other_picture, (2,), ()),
        (other_place, (2,), ()),
        (other_text, (2,), ()),
        (other_state, (2,), ()),
        (page_more, (3,), ()),
        (other_font, (), (2,)),
        (other_title, (), ()),
    ],
    ids=lambda one: getattr(one, "__name__", ""),
)
def test_what_is_painted_is_compared_with_all_that_it_is_painted_with(
    change: Change, pages: tuple[int, ...], fonts: tuple[int, ...]
) -> None:
    assert painted_difference(file(), file(change)) == PaintedDifference(pages, fonts)


def test_how_a_file_is_saved_makes_no_difference() -> None:
    packed = file(linearize=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    bare = file(compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.all)
    assert painted_difference(packed, bare) == PaintedDifference((), ())


def test_objects_that_refer_to_each_other_are_looked_at_once() -> None:
    def round_and_round(pdf: pikepdf.Pdf) -> None:
        form = form_of(pdf)
        form.Resources.XObject.Self = form

    assert painted_difference(file(round_and_round), file(round_and_round)).pages == ()
    assert painted_difference(file(round_and_round), file()).pages == (2,)


def test_a_file_that_is_none_is_refused() -> None:
    with pytest.raises(InvalidFileError, match="damaged or not a PDF"):
        painted_difference(file(), b"no file")


def test_a_page_whose_operators_cannot_be_read_is_refused() -> None:
    def unreadable(pdf: pikepdf.Pdf) -> None:
        pdf.pages[1].obj.Contents = pdf.make_stream(b"/P <</a 1 0 R>> BDC")

    with pytest.raises(InvalidFileError, match="damaged or not a PDF"):
        painted_difference(file(), file(unreadable))
