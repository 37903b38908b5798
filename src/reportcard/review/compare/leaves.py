"""Pages before and after: which belong together, and what differs in their look beside the text."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from reportcard.pdf.area import Area
from reportcard.pdf.glyphs import Pixels
from reportcard.review.compare.pieces import PassagePair

#: Pages with so many words in common are one page.
_MANY: Final = 20
#: A pixel differs if a colour of it does by more than so much of 255; on another grid, the mean of
#: some, by so much.
_VISIBLE: Final = 6
_VISIBLE_MEAN: Final = 60
#: A difference is told if so many pixels of a square of 4 mm differ.
_SQUARE_MM: Final = 4.0
_ENOUGH: Final = 6


def leaves(
    pairs: Sequence[PassagePair], old: int, new: int
) -> tuple[list[tuple[int | None, int | None]], list[tuple[int, int]]]:
    """The pages (from 1) of two files of `old` and `new` pages in pairs: those that share most
    words belong together. And those of them that stand in another order.
    """
    votes: Counter[tuple[int, int]] = Counter()
    for pair in pairs:
        if pair.old and pair.new:
            for one, other in zip(pair.old.words, pair.new.words, strict=False):
                votes[one.page, other.page] += 1
    chosen = _rising(votes, old, new)
    found: list[tuple[int | None, int | None]] = []
    for (i, j), (next_i, next_j) in pairwise([(0, 0), *chosen, (old + 1, new + 1)]):
        between_old, between_new = list(range(i + 1, next_i)), list(range(j + 1, next_j))
        if len(between_old) == len(between_new) and not any(
            _strays(votes, between_old, between_new)
        ):
            found.extend(zip(between_old, between_new, strict=True))
        else:
            found.extend((page, None) for page in between_old)
            found.extend((None, page) for page in between_new)
        if next_i <= old:
            found.append((next_i, next_j))
    loose_old = {i for i, j in found if i and j is None}
    loose_new = {j for i, j in found if j and i is None}
    moved: list[tuple[int, int]] = []
    for (i, j), count in votes.most_common():
        if count >= _MANY and i in loose_old and j in loose_new:
            loose_old.discard(i)
            loose_new.discard(j)
            moved.append((i, j))
    gone, came = {i for i, _ in moved}, {j: i for i, j in moved}
    kept = [
        (came[j], j) if i is None and j in came else (i, j)
        for i, j in found
        if not (j is None and i in gone)
    ]
    return kept, sorted(moved, key=lambda one: one[1])


def _strays(
    votes: Counter[tuple[int, int]], old: Sequence[int], new: Sequence[int]
) -> Iterator[bool]:
    """Whether pages between two pairs have most words in common with others than those across."""
    for i, j in zip(old, new, strict=True):
        yield any(
            count >= _MANY
            for (one, other), count in votes.items()
            if (one == i) != (other == j) and votes[i, j] < count
        )


def _rising(votes: Counter[tuple[int, int]], old: int, new: int) -> list[tuple[int, int]]:
    """The pairs of pages, both upwards, with the most words in common."""
    best = np.zeros((old + 1, new + 1), dtype=np.int64)
    for i in range(1, old + 1):
        row = np.maximum(best[i - 1], 0)
        for j in range(1, new + 1):
            count = votes.get((i, j), 0)
            row[j] = max(row[j], best[i - 1, j - 1] + count if count else 0, row[j - 1])
        best[i] = row
    found = []
    i, j = old, new
    while i and j:
        if best[i, j] == best[i - 1, j]:
            i -= 1
        elif best[i, j] == best[i, j - 1]:
            j -= 1
        else:
            found.append((i, j))
            i, j = i - 1, j - 1
    return found[::-1]


def differing_areas(
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


def cropped(pixels: Pixels, dpi: float, area: Area) -> Pixels:
    """The part of a page's pixels that an area covers."""
    left, top, right, bottom = (
        round(side * dpi / 25.4)
        for side in (area[1], area[2], area[1] + area[3], area[2] + area[4])
    )
    return pixels[max(top, 0) : max(bottom, 0), max(left, 0) : max(right, 0)]


def differ(old: Pixels, new: Pixels, same_spot: bool) -> bool:
    """Whether two pictures look otherwise. Where they do not stand at the same spot, their pixels
    fall otherwise on the grid: then squares of four pixels' mean are compared, and thin edges do
    not count.
    """
    if same_spot:
        return any(differing_areas(old, new, 25.4, 0, ()))
    height, width = (min(old.shape[side], new.shape[side]) // 4 * 4 for side in (0, 1))
    if not height or not width:
        return old.shape != new.shape
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
