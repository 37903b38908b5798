"""Which block of text was which, between two versions of a text, and what changed in its words."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Final

#: Two versions of a block share at least so much of their words; less, and one went while another
#: came.
_ALIKE: Final = 0.4


def matched(now: Sequence[str], then: Sequence[str]) -> tuple[list[int | None], set[int]]:
    """For each block now the one it was then, or None if it is new; and those that were moved.

    The same text is the same block, wherever it went. What is left over is paired where two share
    enough words, and where one alone took the place of one between the same others.
    """
    came_from: list[int | None] = [None] * len(now)
    places: dict[str, list[int]] = {}
    for index, text in enumerate(then):
        places.setdefault(text, []).append(index)
    for index, text in enumerate(now):
        if places.get(text):
            came_from[index] = places[text].pop(0)
    kept_in_order = longest_rise([one for one in came_from if one is not None])
    moved = {
        index for index, one in enumerate(came_from) if one is not None and one not in kept_in_order
    }
    gone = sorted(index for rest in places.values() for index in rest)
    new = [index for index, one in enumerate(came_from) if one is None]
    for index, origin in _most_alike(
        [now[one] for one in new], [then[one] for one in gone], _tokens
    ):
        came_from[new[index]] = gone[origin]
    for index, origin in _in_place_of(came_from, len(then), moved):
        came_from[index] = origin
    return came_from, moved


def _in_place_of(
    came_from: Sequence[int | None], count: int, moved: set[int]
) -> Iterator[tuple[int, int]]:
    """The blocks that are alone, now and then, between two that were neither changed nor moved."""
    fixed = [
        (index, one)
        for index, one in enumerate(came_from)
        if one is not None and index not in moved
    ]
    taken = {one for one in came_from if one is not None}
    rising = longest_rise([one for _, one in fixed])
    ends = [(-1, -1), *(one for one in fixed if one[1] in rising), (len(came_from), count)]
    for (index, origin), (next_index, next_origin) in pairwise(ends):
        new = [at for at in range(index + 1, next_index) if came_from[at] is None]
        gone = [at for at in range(origin + 1, next_origin) if at not in taken]
        if len(new) == len(gone) == 1:
            yield new[0], gone[0]


def longest_rise(numbers: Sequence[int]) -> set[int]:
    """The most numbers that follow each other upwards (patience sorting): what is left was
    moved.
    """
    tails: list[int] = []
    piles: list[int] = []
    back: dict[int, int | None] = {}
    for number in numbers:
        at = bisect_left(tails, number)
        back[number] = piles[at - 1] if at else None
        tails[at : at + 1] = [number]
        piles[at : at + 1] = [number]
    found: set[int] = set()
    last = piles[-1] if piles else None
    while last is not None:
        found.add(last)
        last = back[last]
    return found


def alike(now: Sequence[str], then: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Which of the changed blocks was which, best likeness first; a lone one on each side is one
    block, however it changed.
    """
    if len(now) == len(then) == 1:
        yield 0, 0
    else:
        yield from _most_alike(now, then, _words)


def _most_alike(
    now: Sequence[str], then: Sequence[str], parts: Callable[[str], list[str]]
) -> Iterator[tuple[int, int]]:
    """Those that share enough parts, best likeness first."""
    likeness = sorted(
        (
            (_likeness(parts(one), parts(other)), -abs(i - j), i, j)
            for i, one in enumerate(now)
            for j, other in enumerate(then)
        ),
        reverse=True,
    )
    used_now: set[int] = set()
    used_then: set[int] = set()
    for share, _, index, origin in likeness:
        if share >= _ALIKE and index not in used_now and origin not in used_then:
            used_now.add(index)
            used_then.add(origin)
            yield index, origin


def _likeness(one: Sequence[str], other: Sequence[str]) -> float:
    """The share of words in common, in order; where even out of order there are too few, that
    share.
    """
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    bound = matcher.quick_ratio()
    return bound if bound < _ALIKE else matcher.ratio()


def word_diff(before: str, now: str) -> tuple[tuple[str, str], ...]:
    """What changed, in runs of words: (“same”, “gone” or “new”, the words)."""
    old, new = _words(before), _words(now)
    parts: list[tuple[str, str]] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            parts.append(("same", "".join(old[i1:i2])))
        else:
            parts.extend(
                (kind, text)
                for kind, text in (("gone", "".join(old[i1:i2])), ("new", "".join(new[j1:j2])))
                if text
            )
    return tuple(parts)


def _tokens(text: str) -> list[str]:
    """Words and signs. Any two long texts share their spaces: half of all that they have."""
    return [one for one in _words(text) if not one.isspace()]


def _words(text: str) -> list[str]:
    """Words, numbers with their marks, signs and spaces, so that they join to the text again."""
    return re.findall(r"\d+(?:[.,]\d+)+|\w+|\s+|[^\w\s]", text)
