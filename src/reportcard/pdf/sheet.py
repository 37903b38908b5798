"""The sheet that a print shop gets: page boxes with bleed, and crop marks outside it."""

from decimal import Decimal
from typing import Final

import pikepdf
from pikepdf import Array

PT_PER_MM: Final = Decimal(72) / Decimal("25.4")
#: What is drawn past the trim, so that no white edge shows where the knife slips: 3 mm, as printers
#: ask.
BLEED_MM: Final = 3
#: Marks begin a millimetre outside the bleed, and the sheet ends with them.
MARK_FROM_MM, MARK_TO_MM = 4, 9
_SHEET_MM: Final = 10
_MARK_WIDTH_PT: Final = Decimal("0.25")
_A_HAIR: Final = Decimal("0.01")


def set_boxes(pdf: pikepdf.Pdf) -> None:
    """Trim as laid out, 3 mm of bleed round it, and a sheet with room for the marks (ISO 15930-7:
    boxes nest).

    Coordinates keep their origin at the trim's corner, so that a place on the page is the same in
    every edition.
    """
    for page in pdf.pages:
        left, bottom, right, top = (Decimal(str(side)) for side in page.obj.TrimBox)

        def around(
            millimetres: int, box: tuple[Decimal, ...] = (left, bottom, right, top)
        ) -> Array:
            by = millimetres * PT_PER_MM
            return Array([_pt(box[0] - by), _pt(box[1] - by), _pt(box[2] + by), _pt(box[3] + by)])

        _let_bleed(page, (right - left, top - bottom))
        page.obj.MediaBox = around(_SHEET_MM)
        page.obj.BleedBox = around(BLEED_MM)
        page.obj.TrimBox = around(0)
        for unneeded in ("/CropBox", "/ArtBox"):
            if unneeded in page.obj:
                del page.obj[unneeded]


def _let_bleed(page: pikepdf.Page, trim: tuple[Decimal, Decimal]) -> None:
    """Lets artwork run on to the bleed: WeasyPrint clips it to the page as laid out, which is the
    trim, whatever its own box.

    It is a form whose box is the page's, in px or in points (ISO 32000-1, 8.10: the box clips what
    a form paints).
    """
    for form in page.form_xobjects.values():
        left, bottom, right, top = (Decimal(str(side)) for side in form.BBox)
        scale = right / trim[0]
        if left == bottom == 0 and abs(top - trim[1] * scale) < _A_HAIR:
            by = BLEED_MM * PT_PER_MM * scale
            form.BBox = Array([_pt(-by), _pt(-by), _pt(right + by), _pt(top + by)])


def crop_marks(page: pikepdf.Dictionary) -> bytes:
    """Operators that draw eight hairlines in black, two to a corner, which show where to cut."""
    left, bottom, right, top = (Decimal(str(side)) for side in page.TrimBox)
    near, far = (distance * PT_PER_MM for distance in (MARK_FROM_MM, MARK_TO_MM))
    lines = []
    for x, outward in ((left, -1), (right, 1)):
        for y, upward in ((bottom, -1), (top, 1)):
            lines.append((x + outward * near, y, x + outward * far, y))
            lines.append((x, y + upward * near, x, y + upward * far))
    drawn = "\n".join(f"{_pt(a)} {_pt(b)} m {_pt(c)} {_pt(d)} l S" for a, b, c, d in lines)
    return f"q\n0 0 0 1 K\n{_MARK_WIDTH_PT} w\n{drawn}\nQ\n".encode()


def _pt(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.0001"))
