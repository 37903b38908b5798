"""The paper of a PDF's page: its boxes, how it is turned, and where something lies on it in mm."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

MM_PER_PT: Final = 25.4 / 72


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page's boxes in mm (left, bottom, width, height), its trim's place in points, and how it is
    turned; `upright` is how it has to be turned for its text to be read, where that is known.
    """

    boxes: Mapping[str, tuple[float, float, float, float]]
    trim: tuple[float, float, float, float]
    turned: int
    upright: int | None = None

    @property
    def reading(self) -> int:
        """How it is turned to be read."""
        return self.turned if self.upright is None else self.upright


def placed(
    box: tuple[float, float, float, float], sheet: Sheet
) -> tuple[float, float, float, float]:
    """A box in points of the page as left, top, width and height in mm from the trim's top left
    corner, as seen when turned to be read.
    """
    x0, y0, x1, y1 = sheet.trim
    left, low, right, high = box
    match sheet.reading:
        case 90:
            sides = (low - y0, left - x0, high - low, right - left)
        case 180:
            sides = (x1 - right, low - y0, right - left, high - low)
        case 270:
            sides = (y1 - high, x1 - right, high - low, right - left)
        case _:
            sides = (left - x0, y1 - high, right - left, high - low)
    return tuple(round(side * MM_PER_PT, 2) for side in sides)  # type: ignore[return-value]
