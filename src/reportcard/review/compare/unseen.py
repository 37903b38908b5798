"""What a comparison cannot see, or a reader cannot: pages without text, hidden words, locks and
seals.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from reportcard.pdf.glyphs import Glyphs, Pixels, Word
from reportcard.pdf.obstacles import Obstacles
from reportcard.review.changes import DESIGN, MISSING, Change, Kind, Obscurity, Unseen
from reportcard.review.compare.pairs import PagePairs
from reportcard.review.compare.pixels import DrawnPages
from reportcard.review.read.reader import PageWords

#: Colors of a word that is there differ by so much of 255 at least.
_CONTRAST: Final = 10
#: The part of a word's height, from its top, in which all its letters have ink.
_INK: Final = (0.35, 0.75)
#: Digits narrower than so many pixels are not looked at one by one.
_NARROW: Final = 5
#: Marks in a number are about so wide as a share of a digit.
_MARK: Final = 0.5


def unread(side: str, read: PageWords, glyphs: Glyphs, found: Obstacles) -> Iterator[Unseen]:
    """What a file keeps from being read, by page; `side` is "old" or "new"."""
    written = {number for number, words in enumerate(read.pages, start=1) if words}
    silent = set(range(1, len(read.pages) + 1)) - written
    for what, pages in (
        (Obscurity.DAMAGED, found.damaged),
        (Obscurity.GARBLED, glyphs.garbled),
        (Obscurity.SCAN, (silent & found.pictured) - found.damaged),
        (Obscurity.OUTLINES, (silent & _drawn(found)) - found.damaged),
        (Obscurity.OUTSIDE, {page for page, count in glyphs.outside.items() if count}),
    ):
        if pages:
            yield Unseen(side, what, tuple(sorted(pages)))
    if found.is_encrypted:
        yield Unseen(side, Obscurity.ENCRYPTED, text=", ".join(found.denied))
    if found.signatures:
        yield Unseen(side, Obscurity.SIGNED, text=", ".join(filter(None, found.signatures)))


def _drawn(found: Obstacles) -> frozenset[int]:
    """Pages on which something is painted, but no picture: letters may be outlines."""
    return found.painted - found.pictured


def hidden(read: Sequence[PageWords], pages: DrawnPages) -> Iterator[Unseen]:
    """Words of two pages that cannot be seen on them, and numbers of which a digit cannot."""
    sides = (("old", pages.old_page, pages.old), ("new", pages.new_page, pages.new))
    for (side, number, pixels), file in zip(sides, read, strict=True):
        if number is None or pixels is None:
            continue
        lost, covered = _hidden(file.pages[number - 1], pixels)
        if lost:
            yield Unseen(side, Obscurity.INVISIBLE, (number,), " ".join(lost))
        if covered:
            yield Unseen(side, Obscurity.COVERED, (number,), " ".join(covered))


def without_alike(found: Iterable[Unseen], pages: DrawnPages) -> Iterator[Unseen]:
    """What is not seen, but for the pictures of two pages that are the same to the pixel."""
    own = {("old", pages.old_page), ("new", pages.new_page)} if pages.is_same else set()
    for one in found:
        if one.what not in (Obscurity.SCAN, Obscurity.OUTLINES):
            yield one
        elif rest := tuple(page for page in one.pages if (one.side, page) not in own):
            yield replace(one, pages=rest)


def without_unread(
    changes: Iterable[Change], pages: PagePairs, unseen: Iterable[Unseen]
) -> Iterator[Change]:
    """The changes without text that is only missing since the page across has none: whether it came
    or went is not known.
    """
    missing = {(one.side, page) for one in unseen if one.what in MISSING for page in one.pages}
    across = {
        *((0, old) for old, new in pages if ("new", new) in missing),
        *((1, new) for old, new in pages if ("old", old) in missing),
    }
    for change in changes:
        places = [
            (side, area[0])
            for side, areas in ((0, change.old_areas), (1, change.new_areas))
            for area in areas
        ]
        is_text = change.kind not in DESIGN and change.kind is not Kind.LINK
        if not (is_text and places and across.issuperset(places)):
            yield change


def gathered(found: Iterable[Unseen]) -> tuple[Unseen, ...]:
    """The same of several pages as one, with all that is hidden on them."""
    kinds: dict[tuple[str, Obscurity], list[Unseen]] = {}
    for one in found:
        kinds.setdefault((one.side, one.what), []).append(one)
    return tuple(
        Unseen(
            side,
            what,
            tuple(sorted({page for one in ones for page in one.pages})),
            " … ".join(dict.fromkeys(one.text for one in ones if one.text)),
        )
        for (side, what), ones in kinds.items()
    )


def _hidden(words: Iterable[Word], pixels: Pixels) -> tuple[list[str], list[str]]:
    """The words without any ink, and the numbers of which a digit has none."""
    lost: list[str] = []
    covered: list[str] = []
    for word in words:
        if word.slant or not any(sign.isalnum() for sign in word.text):
            continue
        box = _crop(word, pixels)
        if not box.size:
            continue
        if not _has_ink(box):
            lost.append(word.text)
        elif any(sign.isdigit() for sign in word.text) and not all(_digits_with_ink(word, box)):
            covered.append(word.text)
    return lost, covered


def _crop(word: Word, pixels: Pixels) -> Pixels:
    per_mm = DrawnPages.per_mm()
    top, low = (round((word.y + word.height * part) * per_mm) for part in _INK)
    left, right = (round(edge * per_mm) for edge in (word.x, word.right))
    return pixels[max(top, 0) : max(low, top + 1, 0), max(left, 0) : max(right, 0)]


def _has_ink(box: Pixels) -> bool:
    return int((box.max(axis=(0, 1)) - box.min(axis=(0, 1))).max()) > _CONTRAST


def _digits_with_ink(word: Word, box: Pixels) -> Iterator[bool]:
    """Whether each digit of a number can be seen, if these are wide enough to tell."""
    if not all(sign.isdigit() or sign in ".,%" for sign in word.text):
        return
    widths = [1.0 if sign.isalnum() else _MARK for sign in word.text]
    ends = np.cumsum(widths) / sum(widths) * box.shape[1]
    start = 0.0
    for sign, end in zip(word.text, ends, strict=True):
        if sign.isdigit() and end - start >= _NARROW:
            # The edges of its neighbors reach over by a pixel
            yield _has_ink(box[:, round(start) + 1 : round(end) - 1])
        start = float(end)
