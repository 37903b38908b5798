"""The ground of the pages: what looks different there, though no text does."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import inf
from typing import Final

from reportcard.pdf.area import Area
from reportcard.review.changes import Act, Change, Fact, Kind
from reportcard.review.compare.layout import shift
from reportcard.review.compare.pairs import DocumentPair, PassagePair, PicturePair
from reportcard.review.compare.pixels import DrawnPages
from reportcard.review.read.document import areas

#: Text nearer than this, in mm, to where it was falls on the same pixels; farther than that, what
#: is around it flowed on.
_EXACT: Final = 0.011
_NEAR: Final = 0.1
#: The rule over notes is within this over the first of them, in mm.
_RULE: Final = 6
#: The letter, bullet or disc before a text is within this, in mm: it moves as the text grows.
_BEFORE: Final = 6


@dataclass(frozen=True, slots=True)
class Ground:
    """The pages but for changes and what is left out anyway: `hidden` are the areas of these by
    side (0 or 1) and page. On pages that are `shifted`, the same text is elsewhere: their look
    cannot be compared.
    """

    hidden: Mapping[tuple[int, int], Sequence[Area]]
    shifted: frozenset[tuple[int, int]]
    ignored: Sequence[Area]

    @classmethod
    def of(
        cls,
        documents: DocumentPair,
        pairs: Sequence[PassagePair],
        pictures: Iterable[PicturePair],
        changes: Iterable[Change],
        ignored: Sequence[Area],
    ) -> "Ground":
        """The ground of two files: beside their passages, pictures, changes and margins."""
        shifts = [_shift(pair) for pair in pairs]
        covered = (
            *_under_text(pairs, shifts),
            *_under_pictures(pictures),
            *_under_changes(changes),
            *((0, area) for area in documents.old.margins),
            *((1, area) for area in documents.new.margins),
        )
        hidden: dict[tuple[int, int], list[Area]] = {}
        for side, area in covered:
            hidden.setdefault((side, area[0]), []).append(area)
        return cls(hidden, frozenset(_shifted(pairs, shifts)), ignored)

    def add_patches(self, changes: list[Change], pages: DrawnPages) -> None:
        """Adds what looks different on two pages to the changes. What is beside a score that
        changed, like its bar, goes with it, as does the rule over a note that came or went.
        """
        rest = []
        for patch in self._patches(pages):
            at = next(
                (
                    number
                    for number, change in enumerate(changes)
                    if any(_goes_with(patch, change, area) for area in change.new_areas)
                ),
                None,
            )
            if at is None:
                rest.append(patch)
            else:
                changes[at] = replace(changes[at], new_areas=(*changes[at].new_areas, patch))
        if rest and pages.old_page:
            changes.append(
                Change(
                    Kind.LAYOUT,
                    Act.CHANGED,
                    facts=(Fact("look", "", ""),),
                    old_areas=tuple((pages.old_page, *area[1:]) for area in rest),
                    new_areas=tuple(rest),
                )
            )

    def _patches(self, pages: DrawnPages) -> tuple[Area, ...]:
        """The areas of the new page that look different; none if the look cannot be compared."""
        old, new = pages.old_page, pages.new_page
        if old is None or new is None or (old, new) in self.shifted:
            return ()
        ignored = (area for area in self.ignored if area[0] in (0, new))
        hidden = (*self.hidden.get((0, old), ()), *self.hidden.get((1, new), ()), *ignored)
        return tuple(pages.differing_areas(hidden))


def _shift(pair: PassagePair) -> float:
    """How far a passage with the same text is from where it was, in mm; infinitely, if the text is
    another.
    """
    if pair.both and pair.both[0].key == pair.both[1].key:
        return shift(pair.both[0].words, pair.both[1].words)
    return inf


def _shifted(pairs: Sequence[PassagePair], shifts: Sequence[float]) -> Iterator[tuple[int, int]]:
    for pair, far in zip(pairs, shifts, strict=True):
        if pair.both and _NEAR < far < inf:
            old, new = pair.both
            for one, other in zip(old.words, new.words, strict=False):
                yield one.page, other.page


def _under_text(
    pairs: Sequence[PassagePair], shifts: Sequence[float]
) -> Iterator[tuple[int, Area]]:
    """The areas of passages that changed, by side, with what is before those of another text; of
    those that are where they were, only the numbers of calls and notes.
    """
    for pair, far in zip(pairs, shifts, strict=True):
        before = _BEFORE if far == inf else 0
        for side, passage in enumerate((pair.old, pair.new)):
            if passage:
                own = () if far <= _EXACT else areas(passage.words)
                widened = ((page, x - before, y, w + before, h) for page, x, y, w, h in own)
                yield from ((side, area) for area in (*passage.figures, *widened))


def _under_pictures(pictures: Iterable[PicturePair]) -> Iterator[tuple[int, Area]]:
    for pair in pictures:
        for side, picture in enumerate(pair):
            if picture and picture.area:
                yield side, picture.area


def _under_changes(changes: Iterable[Change]) -> Iterator[tuple[int, Area]]:
    """The areas of changes; those of a page's boxes are all of it."""
    for change in changes:
        if change.kind is not Kind.BOXES:
            yield from ((0, area) for area in change.old_areas)
            yield from ((1, area) for area in change.new_areas)


def _goes_with(patch: Area, change: Change, area: Area) -> bool:
    """Whether a patch is part of a change that has an area."""
    if change.kind is Kind.NOTE:
        page, x, y, width, height = area
        is_over = y - _RULE <= patch[2] and patch[2] + patch[4] <= y + height
        return patch[0] == page and is_over and patch[1] <= x and patch[3] >= width
    return change.kind in (Kind.SCORE, Kind.NUMBER) and _is_beside(patch, area)


def _is_beside(patch: Area, area: Area) -> bool:
    """Whether a patch is in the row of an area."""
    return patch[0] == area[0] and patch[2] < area[2] + area[4] and area[2] < patch[2] + patch[4]
