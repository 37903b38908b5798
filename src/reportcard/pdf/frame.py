"""A trimmed page in its PDF's coordinates, and the way from these to the mm of areas and back."""

from dataclasses import dataclass
from decimal import Decimal

import pikepdf
from pikepdf import Array

from reportcard.pdf.area import Area
from reportcard.pdf.paper import MM_PER_PT
from reportcard.pdf.preflight import ODD


@dataclass(frozen=True, slots=True)
class Frame:
    """A trimmed page in its PDF's coordinates (points): its edges, and by how many degrees readers
    turn it, clockwise.

    It leads from these to mm from the top left corner as seen when turned, which words and changes
    are in, and back.
    """

    left: float
    bottom: float
    right: float
    top: float
    turned: int

    @classmethod
    def of(cls, page: pikepdf.Page) -> "Frame":
        """The frame of a page: its TrimBox, else its CropBox, else its MediaBox, else US Letter, as
        readers take it.
        """
        rotation = page.obj.get("/Rotate")
        turned = rotation % 360 if isinstance(rotation, int) and rotation % 90 == 0 else 0
        for name in ("trimbox", "cropbox", "mediabox"):
            try:
                x0, y0, x1, y1 = corners(getattr(page, name))
            except ODD:
                continue
            if x1 > x0 and y1 > y0:
                return cls(x0, y0, x1, y1, turned)
        return cls(0, 0, 612, 792, turned)

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in mm, as seen."""
        size = ((self.right - self.left) * MM_PER_PT, (self.top - self.bottom) * MM_PER_PT)
        return size if self.turned in (0, 180) else size[::-1]

    def area(self, number: int, left: float, low: float, right: float, high: float) -> Area:
        """A rectangle of PDF coordinates as an area of page `number`."""
        match self.turned:
            case 90:
                sides = (low - self.bottom, left - self.left, high - low, right - left)
            case 180:
                sides = (self.right - right, low - self.bottom, right - left, high - low)
            case 270:
                sides = (self.top - high, self.right - right, high - low, right - left)
            case _:
                sides = (left - self.left, self.top - high, right - left, high - low)
        x, y, width, height = (round(side * MM_PER_PT, 2) for side in sides)
        return number, x, y, width, height

    def rectangle(self, area: Area) -> tuple[float, float, float, float]:
        """An area as left, bottom, right and top in PDF coordinates."""
        x, y, width, height = (side / MM_PER_PT for side in area[1:])
        match self.turned:
            case 90:
                return (
                    self.left + y,
                    self.bottom + x,
                    self.left + y + height,
                    self.bottom + x + width,
                )
            case 180:
                return (
                    self.right - x - width,
                    self.bottom + y,
                    self.right - x,
                    self.bottom + y + height,
                )
            case 270:
                return self.right - y - height, self.top - x - width, self.right - y, self.top - x
            case _:
                return self.left + x, self.top - y - height, self.left + x + width, self.top - y


def corners(box: object) -> tuple[float, float, float, float]:
    """A rectangle's left, bottom, right and top, whichever corners it names. Raises ValueError or
    TypeError if it is not one.
    """
    if not isinstance(box, Array):
        raise TypeError("no rectangle")
    x0, y0, x1, y1 = (coordinate(value) for value in box)
    if x0 is None or y0 is None or x1 is None or y1 is None:
        raise ValueError("no rectangle of numbers")
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def coordinate(value: object) -> float | None:
    """A coordinate on a page; None if the value is not one."""
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        return None
    number = float(value)
    return number if abs(number) < 1e7 else None
