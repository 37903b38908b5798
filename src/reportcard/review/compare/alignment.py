"""Which passage of the old file is which of the new one: by the place's name, by the text, and at
last by runs of words.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from typing import Final

from reportcard.content.likeness import alike, longest_rise
from reportcard.review.compare.pairs import DocumentPair, PassagePair
from reportcard.review.compare.pieces import pieces
from reportcard.review.compare.rows import CELLS
from reportcard.review.read.document import Passage

#: A text of so many words is more than a label.
_MORE_THAN_LABEL: Final = 4
#: More passages than these are not compared each with each.
_MOST_ALIKE: Final = 60


def align(documents: DocumentPair) -> tuple[PassagePair, ...]:
    """All passages of both files, each once, in the order of the new one; what is gone comes where
    it was.
    """
    old, new, by_name = documents.old, documents.new, documents.by_name
    sides = (old.passages, new.passages) if by_name else _said_in_both(old.blocks, new.blocks)
    aligner = _Aligner(sides[0], sides[1], by_name)
    aligner.match_in_order()
    if by_name:
        aligner.match_by_field()
    aligner.match_elsewhere()
    aligner.match_between(by_name=by_name)
    if by_name:
        aligner.match_replaced()
    whole = list(aligner.pairs())
    loose_old = [pair.old for pair in whole if pair.old and not pair.new]
    loose_new = [pair.new for pair in whole if pair.new and not pair.old]
    if by_name or not (loose_old and loose_new):
        return tuple(whole)
    kept = [pair for pair in whole if pair.old and pair.new]
    return (*kept, *pieces(loose_old, loose_new))


def _said_in_both(
    old: Sequence[Passage], new: Sequence[Passage]
) -> tuple[list[Passage], list[Passage]]:
    """The blocks of two programs without what is their design: mere numbers, and what one says more
    often than the other, as a kicker says the title again.
    """
    kept = [[one for one in side if not one.is_label] for side in (old, new)]
    counts = [Counter(one.key for one in side) for side in kept]
    found: tuple[list[Passage], list[Passage]] = ([], [])
    for side, passages in enumerate(kept):
        for one in passages:
            there = counts[1 - side][one.key]
            if not there or sum(other.key == one.key for other in found[side]) < there:
                found[side].append(one)
    return found


class _Aligner:
    def __init__(self, old: Sequence[Passage], new: Sequence[Passage], by_name: bool) -> None:
        self.old, self.new = old, new
        self.by_name = by_name
        self.origin: dict[int, int] = {}
        #: Passages of a field that are more or fewer than they were: parted or joined, it may be.
        self.parted: list[tuple[list[int], list[int]]] = []

    def _identity(self, passage: Passage) -> Hashable:
        place = (passage.name.field, passage.name.language) if self.by_name else ()
        return (*place, passage.is_note, passage.key)

    def _free(self) -> tuple[list[int], list[int]]:
        taken = set(self.origin.values()) | {one for then, _ in self.parted for one in then}
        placed = set(self.origin) | {one for _, now in self.parted for one in now}
        return [one for one in range(len(self.old)) if one not in taken], [
            one for one in range(len(self.new)) if one not in placed
        ]

    def match_in_order(self) -> None:
        """What says the same at the same place in the order."""
        old, new = ([self._identity(passage) for passage in side] for side in (self.old, self.new))
        for i, j, count in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks():
            self.origin.update((j + step, i + step) for step in range(count))

    def match_by_field(self) -> None:
        """Within a field: the same text elsewhere; the same place with another text; then what
        shares most words.
        """
        for key in (self._identity, lambda passage: passage.name.id or None):
            self._match(key)
        old, new = self._free()
        fields: dict[tuple[str, str], tuple[list[int], list[int]]] = {}
        for side, numbers, passages in ((0, old, self.old), (1, new, self.new)):
            for number in numbers:
                name = passages[number].name
                if name.field:
                    fields.setdefault((name.field, name.language), ([], []))[side].append(number)
        for group in fields.values():
            then, now = self._without_same_roles(*group)
            if len(then) == len(now):
                self._pair(then, now)
            elif then and now:
                self.parted.append((then, now))

    def _without_same_roles(self, then: list[int], now: list[int]) -> tuple[list[int], list[int]]:
        """Of passages of a field that are more or fewer, those of a role that has as many as it had
        are matched, as a cell is with a cell beside a bullet that came; gives the others.
        """
        if len(then) == len(now):
            return then, now
        roles: dict[str, tuple[list[int], list[int]]] = {}
        for side, numbers, passages in ((0, then, self.old), (1, now, self.new)):
            for number in numbers:
                roles.setdefault(passages[number].role, ([], []))[side].append(number)
        for one, other in roles.values():
            if len(one) == len(other):
                self._pair(one, other)
        taken = set(self.origin.values())
        return (
            [one for one in then if one not in taken],
            [one for one in now if one not in self.origin],
        )

    def match_elsewhere(self) -> None:
        """The same text in any place, if it is more than a label."""
        self._match(
            lambda passage: (
                (passage.is_note, passage.key) if len(passage.tokens) >= _MORE_THAN_LABEL else None
            )
        )

    def match_between(self, *, by_name: bool) -> None:
        """Between two neighbours that are matched: what shares most words. With names, only what
        has none.
        """
        for then, now in self._between(lambda one: None if by_name and one.name.field else ""):
            if by_name or len(then) == len(now):
                self._pair(then, now)

    def match_replaced(self) -> None:
        """Between two neighbours that are matched: what took the place of another of its kind, as a
        status of a status, an institution of an institution, or a cell of a cell. Of a note, its
        call says so.
        """
        for then, now in self._between(_kind):
            if len(then) == len(now):
                self.origin.update(zip(now, then, strict=True))

    def _between(
        self, group: Callable[[Passage], str | None]
    ) -> Iterator[tuple[list[int], list[int]]]:
        """What is not matched after each passage that is, by groups (None: left out)."""
        found: dict[tuple[int | None, str], tuple[list[int], list[int]]] = {}
        ends = {origin: number for number, origin in self.origin.items()}
        parted = [{one for both in self.parted for one in both[side]} for side in (0, 1)]
        for side, passages, matched in ((0, self.old, ends), (1, self.new, self.origin)):
            last: int | None = None
            for number, passage in enumerate(passages):
                if number in matched:
                    last = matched[number] if side == 0 else number
                elif number not in parted[side] and (key := group(passage)) is not None:
                    found.setdefault((last, key), ([], []))[side].append(number)
        return iter(list(found.values()))

    def _match(self, key: Callable[[Passage], Hashable]) -> None:
        old, new = self._free()
        places: dict[Hashable, list[int]] = {}
        for number in old:
            if (own := key(self.old[number])) is not None:
                places.setdefault(own, []).append(number)
        for number in new:
            if there := places.get(key(self.new[number])):
                self.origin[number] = there.pop(0)

    def _pair(self, then: list[int], now: list[int]) -> None:
        if then and now and len(then) * len(now) <= _MOST_ALIKE**2:
            for i, j in alike(
                [self.new[one].text for one in now], [self.old[one].text for one in then]
            ):
                self.origin[now[i]] = then[j]

    def pairs(self) -> Iterator[PassagePair]:
        """What was matched and what was not."""
        taken, placed = ({one for group in self.parted for one in group[side]} for side in (0, 1))
        gone = sorted(set(range(len(self.old))) - set(self.origin.values()) - taken)
        rising = self._rising()
        yield from self._parted()
        for number, passage in enumerate(self.new):
            if number in placed:
                continue
            origin = self.origin.get(number)
            if origin is None:
                yield PassagePair(None, passage)
                continue
            if origin in rising:
                while gone and gone[0] < origin:
                    yield PassagePair(self.old[gone.pop(0)], None)
            yield PassagePair(self.old[origin], passage, origin not in rising)
        yield from (PassagePair(self.old[one], None) for one in gone)

    def _rising(self) -> set[int]:
        """The old passages that have not moved.

        Notes are between the paragraphs of two pages: where these flow on, the notes stay, and
        neither has moved.
        """
        numbers = sorted(self.origin)
        return {
            origin
            for is_note in (False, True)
            for origin in longest_rise(
                [self.origin[one] for one in numbers if self.new[one].is_note is is_note]
            )
        }

    def _parted(self) -> Iterator[PassagePair]:
        """The pieces of passages that were parted or joined."""
        for then, now in self.parted:
            old, new = [self.old[one] for one in then], [self.new[one] for one in now]
            found = list(pieces(old, new))
            if "".join(one.key for one in old) == "".join(one.key for one in new):
                found[0] = replace(found[0], parted=(len(old), len(new)))
            yield from found


def _kind(passage: Passage) -> str | None:
    """What can take the place of a passage; None if nothing can that is not like it."""
    name = passage.name
    if name.is_note:
        return None
    kind = name.field.rpartition(".")[0]
    return kind or (name.field if passage.role in CELLS else None)
