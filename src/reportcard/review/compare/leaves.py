"""Pages before and after: which belong together."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

import numpy as np

from reportcard.review.compare.pairs import PagePair, PassagePair

#: Pages with so many words in common are one page.
_MANY: Final = 20


def leaves(
    pairs: Sequence[PassagePair], old: int, new: int
) -> tuple[list[PagePair], list[tuple[int, int]]]:
    """The pages (from 1) of two files of `old` and `new` pages in pairs: those that share most
    words belong together. And those of them that are in another order.
    """
    votes = _votes(pairs)
    found = list(_in_order(votes, old, new))
    moved = list(_elsewhere(votes, found))
    gone, came = {i for i, _ in moved}, {j: i for i, j in moved}
    kept: list[PagePair] = [
        (came[j], j) if i is None and j in came else (i, j)
        for i, j in found
        if not (j is None and i in gone)
    ]
    return kept, sorted(moved, key=lambda one: one[1])


def _votes(pairs: Sequence[PassagePair]) -> Counter[tuple[int, int]]:
    """How many words two pages have in common."""
    votes: Counter[tuple[int, int]] = Counter()
    for pair in pairs:
        if pair.both:
            for one, other in zip(pair.both[0].words, pair.both[1].words, strict=False):
                votes[one.page, other.page] += 1
    return votes


def _in_order(votes: Counter[tuple[int, int]], old: int, new: int) -> Iterator[PagePair]:
    """All pages in order. Those between two pairs are pairs too, if they are as many and none of
    them belongs elsewhere.
    """
    chosen = _rising(votes, old, new)
    for (i, j), (next_i, next_j) in pairwise([(0, 0), *chosen, (old + 1, new + 1)]):
        between_old, between_new = range(i + 1, next_i), range(j + 1, next_j)
        if len(between_old) == len(between_new) and not any(
            _strays(votes, between_old, between_new)
        ):
            yield from zip(between_old, between_new, strict=True)
        else:
            yield from ((page, None) for page in between_old)
            yield from ((None, page) for page in between_new)
        if next_i <= old:
            yield next_i, next_j


def _elsewhere(
    votes: Counter[tuple[int, int]], found: Sequence[PagePair]
) -> Iterator[tuple[int, int]]:
    """The pages without another that have most words in common."""
    loose_old = {i for i, j in found if i and j is None}
    loose_new = {j for i, j in found if j and i is None}
    for (i, j), count in votes.most_common():
        if count >= _MANY and i in loose_old and j in loose_new:
            loose_old.discard(i)
            loose_new.discard(j)
            yield i, j


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
