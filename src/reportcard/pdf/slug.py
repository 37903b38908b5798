"""What a print shop reads outside the trim: a line that names file, date and page, and patches of
the inks.
"""

import io
from collections.abc import Mapping
from decimal import Decimal
from typing import Final

import pikepdf
from pikepdf import Dictionary, Name

from reportcard.pdf.sheet import MARK_FROM_MM, MARK_TO_MM, PT_PER_MM

#: Between the crop marks of two corners, at a distance from both.
_ASIDE_MM: Final = 4
#: The height of the line, as long as crop marks are.
SLUG_HEIGHT_PT: Final = float((MARK_TO_MM - MARK_FROM_MM) * PT_PER_MM)
_PATCH_MM: Final = 5
#: Cyan, magenta, yellow and black in percent: solids, halves, overprints of two, and a grey of
#: three inks, which shows a cast (as the control strips of ISO 12647-2 have them).
PATCHES: Final = (
    (100, 0, 0, 0),
    (0, 100, 0, 0),
    (0, 0, 100, 0),
    (0, 0, 0, 100),
    (50, 0, 0, 0),
    (0, 50, 0, 0),
    (0, 0, 50, 0),
    (0, 0, 0, 50),
    (0, 100, 100, 0),
    (100, 0, 100, 0),
    (100, 100, 0, 0),
    (50, 40, 40, 0),
)


def slug_width(trim_pt: float) -> float:
    """The room for the line below a page whose trim is so wide, both in pt."""
    return trim_pt - float(2 * _ASIDE_MM * PT_PER_MM)


def place_slugs(pdf: pikepdf.Pdf, slugs: bytes) -> Mapping[tuple[int, int], bytes]:
    """Puts the pages of another PDF, a line each, into those of a print edition; by the number of a
    page's object, the operators that show its line below the trim.
    """
    shown = {}
    with pikepdf.open(io.BytesIO(slugs)) as lines:
        for number, (page, line) in enumerate(zip(pdf.pages, lines.pages, strict=True), start=1):
            form = pdf.copy_foreign(line.as_form_xobject())
            # Pages share their resources, and a name that is made up is another in each build.
            name = page.add_resource(form, Name.XObject, Name(f"/Slug{number}"))
            left, bottom = (Decimal(str(side)) for side in list(page.trimbox)[:2])
            x, y = left + _ASIDE_MM * PT_PER_MM, bottom - MARK_TO_MM * PT_PER_MM
            shown[page.obj.objgen] = f"q 1 0 0 1 {x:.4f} {y:.4f} cm {name} Do Q\n".encode()
    return shown


def colour_bar(page: Dictionary) -> bytes:
    """Operators that paint patches of the inks above the trim, in its middle."""
    left, _, right, top = (Decimal(str(side)) for side in page.TrimBox)
    patch = _PATCH_MM * PT_PER_MM
    x = (left + right - len(PATCHES) * patch) / 2
    y = top + MARK_FROM_MM * PT_PER_MM
    height = (MARK_TO_MM - MARK_FROM_MM) * PT_PER_MM
    painted = []
    for number, inks in enumerate(PATCHES):
        shares = " ".join(f"{ink / 100:g}" for ink in inks)
        box = f"{x + number * patch:.4f} {y:.4f} {patch:.4f} {height:.4f}"
        painted.append(f"{shares} k {box} re f")
    return ("q\n" + "\n".join(painted) + "\nQ\n").encode()
