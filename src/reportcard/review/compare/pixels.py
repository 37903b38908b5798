"""Pages and pictures as pixels, and where two drawings of one differ."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from reportcard.pdf.area import Area
from reportcard.pdf.glyphs import Glyphs, Pixels, encoded
from reportcard.review.compare.pairs import PagePair

#: Pages are drawn at this resolution, for comparing their look and for the report.
_DPI: Final = 96
#: A pixel differs if a colour of it does by more than so much of 255; on another grid, the mean of
#: some, by so much.
_VISIBLE: Final = 6
_VISIBLE_MEAN: Final = 60
#: A difference counts if so many pixels of a square of 4 mm differ.
_SQUARE_MM: Final = 4.0
_ENOUGH: Final = 6


@dataclass(frozen=True, slots=True)
class DrawnPages:
    """Two pages that belong together, drawn; number and pixels are None where there is none."""

    old_page: int | None
    new_page: int | None
    old: Pixels | None
    new: Pixels | None

    @classmethod
    def of(cls, old: Glyphs, new: Glyphs, pages: PagePair) -> "DrawnPages":
        """Draws two pages of two files, each named by its number from 1."""
        i, j = pages
        return cls(i, j, old.pixels(i, _DPI) if i else None, new.pixels(j, _DPI) if j else None)

    @staticmethod
    def per_mm() -> float:
        """Pixels of a mm."""
        return _DPI / 25.4

    @property
    def is_same(self) -> bool:
        """Whether both pages look the same to the pixel."""
        return self.old is not None and self.new is not None and np.array_equal(self.old, self.new)

    def crop(self, side: int, area: Area) -> Pixels | None:
        """The pixels of an area of the old page (`side` 0) or of the new one (1); None if it is on
        another page.
        """
        page, pixels = ((self.old_page, self.old), (self.new_page, self.new))[side]
        if pixels is None or page != area[0]:
            return None
        left, top, right, bottom = (
            round(edge * _DPI / 25.4)
            for edge in (area[1], area[2], area[1] + area[3], area[2] + area[4])
        )
        return pixels[max(top, 0) : max(bottom, 0), max(left, 0) : max(right, 0)].copy()

    def differing_areas(self, hidden: Iterable[Area]) -> Iterator[Area]:
        """The areas of the new page in mm where the two differ, but for hidden ones."""
        if self.old is not None and self.new is not None and self.new_page:
            yield from _differing_areas(self.old, self.new, _DPI, self.new_page, hidden)

    def encoded(self) -> dict[tuple[str, int], bytes]:
        """The drawings as WebP files by side (`old`, `new`) and number; of pages that are the same,
        one file twice.
        """
        files: dict[tuple[str, int], bytes] = {}
        if self.new is not None and self.new_page:
            files["new", self.new_page] = encoded(self.new)
        if self.old is not None and self.old_page:
            is_same = self.new is not None and np.array_equal(self.old, self.new)
            files["old", self.old_page] = (
                files["new", self.new_page] if is_same and self.new_page else encoded(self.old)
            )
        return files


def _differing_areas(
    old: Pixels, new: Pixels, dpi: float, page: int, hidden: Iterable[Area]
) -> Iterator[Area]:
    """The areas of a page where two drawings of it differ, but for hidden ones; areas in mm,
    neighbours as one.

    Pages of different sizes are compared where they overlap.
    """
    height, width = min(old.shape[0], new.shape[0]), min(old.shape[1], new.shape[1])
    one, other = old[:height, :width], new[:height, :width]
    if np.array_equal(one, other):
        return
    apart = (np.abs(one.astype(np.int16) - other) > _VISIBLE).any(axis=2)
    per_mm = dpi / 25.4
    for _, x, y, wide, high in hidden:
        left, top = max(0, int((x - 0.8) * per_mm)), max(0, int((y - 0.8) * per_mm))
        apart[
            top : int((y + high + 0.8) * per_mm) + 1, left : int((x + wide + 0.8) * per_mm) + 1
        ] = False
    square = max(1, round(_SQUARE_MM * per_mm))
    for top, left, bottom, right in _patches(_squares(apart, square) >= _ENOUGH):
        box = (
            left * square / per_mm,
            top * square / per_mm,
            (right - left) * square / per_mm,
            (bottom - top) * square / per_mm,
        )
        yield (page, *(round(side, 1) for side in box))  # type: ignore[misc]


def differ(old: Pixels, new: Pixels, same_spot: bool) -> bool:
    """Whether two pictures look different. Where they are not at the same spot, their pixels fall
    differently on the grid: then squares of four pixels' mean are compared, thin edges do not
    count, and either may be cut a pixel further on.
    """
    if same_spot:
        return any(_differing_areas(old, new, 25.4, 0, ()))
    height, width = (min(old.shape[side], new.shape[side]) // 4 * 4 for side in (0, 1))
    if not height or not width:
        return old.shape != new.shape
    steps = [(down, along) for down in (0, 1) for along in (0, 1)]
    starts = [(one, (0, 0)) for one in steps] + [((0, 0), other) for other in steps]
    starts += [((0, 1), (1, 0)), ((1, 0), (0, 1))]
    return all(_means_differ(old[y:, x:], new[v:, u:]) for (y, x), (v, u) in dict.fromkeys(starts))


def _means_differ(old: Pixels, new: Pixels) -> bool:
    """Whether a square of four pixels differs in its mean."""
    height, width = (min(old.shape[side], new.shape[side]) // 4 * 4 for side in (0, 1))
    means = [
        one[:height, :width].reshape(height // 4, 4, width // 4, 4, 3).mean(axis=(1, 3))
        for one in (old, new)
    ]
    return bool((np.abs(means[0] - means[1]) > _VISIBLE_MEAN).any())


def _squares(apart: NDArray[np.bool_], square: int) -> NDArray[np.int64]:
    """How many pixels differ in each square."""
    rows, columns = (-(-side // square) for side in apart.shape)
    padded = np.zeros((rows * square, columns * square), dtype=np.int64)
    padded[: apart.shape[0], : apart.shape[1]] = apart
    return np.asarray(padded.reshape(rows, square, columns, square).sum(axis=(1, 3)))


def _patches(marked: NDArray[np.bool_]) -> Iterator[tuple[int, int, int, int]]:
    """Marked squares that touch, as rectangles: top, left, bottom, right."""
    free = {(int(row), int(column)) for row, column in np.argwhere(marked)}
    while free:
        waiting, patch = [free.pop()], []
        while waiting:
            row, column = waiting.pop()
            patch.append((row, column))
            near = {
                (row + down, column + along) for down in (-1, 0, 1) for along in (-1, 0, 1)
            } & free
            free -= near
            waiting.extend(near)
        rows, columns = [row for row, _ in patch], [column for _, column in patch]
        yield min(rows), min(columns), max(rows) + 1, max(columns) + 1
