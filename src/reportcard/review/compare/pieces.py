"""Texts without common blocks: divided differently, in another order, as other programs set
them.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, starmap
from typing import Final

from reportcard.review.compare.pairs import PassagePair
from reportcard.review.read.document import Passage
from reportcard.review.read.tokens import tokens

#: So many words in a row that occur once in either text are the same words.
_RUN: Final = 4
#: Two texts of so many words that were written anew have some in common.
_LONG: Final = 8
#: Words of the neighbourhood that are shown with a change.
_CONTEXT: Final = 6


def pieces(old: Sequence[Passage], new: Sequence[Passage]) -> Iterator[PassagePair]:
    """Texts that are divided, joined or ordered differently, in pieces that are the same and
    pieces that differ.

    Runs of words that occur once in either text are the same piece, wherever they are. What lies
    between two runs that follow each other in both texts was changed; so was the rest of a passage
    after a run, or before it. Anything else came or went, but for what went here and came there in
    the same words.
    """
    then, now = _Stream(old), _Stream(new)
    runs = sorted(starmap(_Run, _runs(then.keys, now.keys)), key=lambda run: run.old)
    edges = [_Run(0, 0, 0), *runs, _Run(len(then.keys), len(now.keys), 0)]
    in_new = sorted(edges, key=lambda run: (run.new, run.new_end))
    after = dict(pairwise(in_new))
    before = {following: run for run, following in after.items()}
    covered = bytearray(len(now.keys))
    gone: list[Passage] = []
    for run in runs:
        covered[run.new : run.new_end] = b"\1" * run.count
        yield PassagePair(then.piece(run.old, run.old_end), now.piece(run.new, run.new_end))
    for run, following in pairwise(edges):
        seam = _Seam(run, following, after.get(run), before.get(following))
        for gap in seam.gaps(then, now):
            lengths = gap.old[1] - gap.old[0], gap.new[1] - gap.new[0]
            if max(lengths) <= 0 or any(covered[gap.new[0] : gap.new[1]]):
                continue
            within = (
                gap.before and gap.after and then.is_within(*gap.old) and now.is_within(*gap.new)
            )
            if within or (min(lengths) > 0 and not _are_unlike(then, now, gap)):
                covered[gap.new[0] : gap.new[1]] = b"\1" * max(lengths[1], 0)
                yield PassagePair(
                    then.around(gap.old, gap.before, gap.after),
                    now.around(gap.new, gap.before, gap.after),
                )
            elif lengths[0] > 0:
                gone.extend(then.pieces(*gap.old))
    came = [piece for start, end in _gaps(covered) for piece in now.pieces(start, end)]
    yield from _cancelled(_unsaid(gone, then, now), _unsaid(came, now, then))


def _are_unlike(then: "_Stream", now: "_Stream", gap: "_Gap") -> bool:
    """Whether a longer text of a gap has no word of the other: it came from elsewhere, or went
    there, as a heading before other columns.
    """
    old, new = then.keys[slice(*gap.old)], now.keys[slice(*gap.new)]
    return max(len(old), len(new)) > _LONG and not set(old) & set(new)


@dataclass(frozen=True, slots=True)
class _Run:
    """A run of words: where it begins in the old text and in the new one, and its length."""

    old: int
    new: int
    count: int

    @property
    def old_end(self) -> int:
        return self.old + self.count

    @property
    def new_end(self) -> int:
        return self.new + self.count


@dataclass(frozen=True, slots=True)
class _Gap:
    """What lies between two runs of the old text, and what it became; so many words before it and
    after it are the same.
    """

    old: tuple[int, int]
    new: tuple[int, int]
    before: int = 0
    after: int = 0


@dataclass(frozen=True, slots=True)
class _Seam:
    """Two runs that follow each other in the old text; in the new one, the first is followed by
    `after`, and the second follows `before`.
    """

    first: _Run
    second: _Run
    after: _Run | None
    before: _Run | None

    def gaps(self, then: "_Stream", now: "_Stream") -> Iterator[_Gap]:
        """What lies between the two in the old text, and what it became."""
        first, second = self.first, self.second
        start, end = first.old_end, second.old
        if self.after == second:
            yield _Gap((start, end), (first.new_end, second.new), first.count, second.count)
            return
        tail = min(end, then.passage_end(start))
        head = max(tail, then.passage_start(end))
        new_tail = min(
            self.after.new if self.after else first.new_end, now.passage_end(first.new_end)
        )
        new_head = max(
            self.before.new_end if self.before else second.new, now.passage_start(second.new)
        )
        yield _Gap((start, tail), (first.new_end, new_tail), before=first.count)
        yield _Gap((tail, head), (0, 0))
        yield _Gap((head, end), (new_head, second.new), after=second.count)


def _gaps(covered: bytearray) -> Iterator[tuple[int, int]]:
    start = 0
    for end in range(len(covered) + 1):
        if end == len(covered) or covered[end]:
            if end > start:
                yield start, end
            start = end + 1


def _unsaid(pieces: Sequence[Passage], here: "_Stream", there: "_Stream") -> list[Passage]:
    """The pieces without labels, and without whole passages that the other text has within another:
    a title repeated.
    """
    whole = {passage.key for passage in here.passages}
    text = "".join(there.keys)
    return [
        piece
        for piece in pieces
        if not piece.is_label and not (piece.key in whole and piece.key in text)
    ]


def _cancelled(gone: list[Passage], came: list[Passage]) -> Iterator[PassagePair]:
    places: dict[str, list[Passage]] = {}
    for passage in gone:
        places.setdefault(passage.key, []).append(passage)
    for passage in came:
        there = places.get(passage.key)
        yield PassagePair(there.pop(0) if there else None, passage)
    yield from (PassagePair(passage, None) for rest in places.values() for passage in rest)


class _Stream:
    """The tokens of many passages as one text, and pieces of it as passages. What a line's end
    parted is joined, though a new passage seemed to begin there.
    """

    def __init__(self, passages: Sequence[Passage]) -> None:
        self.passages = passages
        self.words = [word for passage in passages for word in passage.words]
        owners = [number for number, passage in enumerate(passages) for _ in passage.words]
        self.tokens = tokens(self.words)
        self.owners = [owners[token.words[0]] for token in self.tokens]
        self.keys = [token.key for token in self.tokens]

    def pieces(self, start: int, end: int) -> Iterator[Passage]:
        """The passages, or parts of them, that a range of tokens covers."""
        while start < end:
            stop = min(end, self.passage_end(start + 1))
            yield self.piece(start, stop)
            start = stop

    def passage_end(self, at: int) -> int:
        """The end of the passage that the token before a place is in."""
        return bisect_right(self.owners, self.owners[at - 1]) if 0 < at <= len(self.owners) else at

    def passage_start(self, at: int) -> int:
        """The start of the passage that the token at a place is in."""
        return bisect_left(self.owners, self.owners[at]) if at < len(self.owners) else at

    def is_within(self, start: int, end: int) -> bool:
        """Whether a range of tokens is part of one passage, and not all of it."""
        return start == end or (
            end <= self.passage_end(start + 1)
            and end - start < self.passage_end(start + 1) - self.passage_start(start)
        )

    def around(self, gap: tuple[int, int], before: int, after: int) -> Passage:
        """A range of tokens with some of those before and after it that are the same in both
        texts.
        """
        return self.piece(gap[0] - min(before, _CONTEXT), gap[1] + min(after, _CONTEXT))

    def piece(self, start: int, end: int) -> Passage:
        """A range of tokens as one passage, though it may go over several."""
        numbers = [number for token in self.tokens[start:end] for number in token.words]
        begin = min(numbers)
        held = tuple(
            replace(token, words=tuple(number - begin for number in token.words))
            for token in self.tokens[start:end]
        )
        words = tuple(self.words[begin : max(numbers) + 1])
        return replace(
            self.passages[self.owners[start]],
            words=words,
            held=held,
            calls=(),
            foreign=(),
            figures=(),
            targets=(),
        )


def _runs(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """The runs that both texts have once: long ones first."""
    free_old, free_new = [True] * len(old), [True] * len(new)
    for length in (2 * _RUN, _RUN):
        yield from _unique_runs(old, new, free_old, free_new, length)


def _unique_runs(
    old: Sequence[str], new: Sequence[str], free_old: list[bool], free_new: list[bool], length: int
) -> Iterator[tuple[int, int, int]]:
    there = _unique(new, free_new, length)
    for words, i in sorted(_unique(old, free_old, length).items(), key=lambda one: one[1]):
        j = there.get(words)
        if j is None or not (free_old[i] and free_new[j]):
            continue
        start, count = 0, length
        while (
            i + start > 0
            and j + start > 0
            and free_old[i + start - 1]
            and free_new[j + start - 1]
            and old[i + start - 1] == new[j + start - 1]
        ):
            start -= 1
        while (
            i + count < len(old)
            and j + count < len(new)
            and free_old[i + count]
            and free_new[j + count]
            and old[i + count] == new[j + count]
        ):
            count += 1
        for step in range(start, count):
            free_old[i + step] = free_new[j + step] = False
        yield i + start, j + start, count - start


def _unique(words: Sequence[str], free: Sequence[bool], length: int) -> dict[tuple[str, ...], int]:
    """The runs of free words of a length that occur once, and where."""
    found: dict[tuple[str, ...], int] = {}
    twice: set[tuple[str, ...]] = set()
    for start in range(len(words) - length + 1):
        if all(free[start : start + length]):
            run = tuple(words[start : start + length])
            if run in found:
                twice.add(run)
            found[run] = start
    return {run: start for run, start in found.items() if run not in twice}
