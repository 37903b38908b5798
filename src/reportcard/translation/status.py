"""The state of a translation, block by block: computed from what the source says now and what it said when it was translated."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Final

from reportcard.content.segments import Segment
from reportcard.problems import Place
from reportcard.translation.sidecar import Done, Sidecar
from reportcard.translation.units import Pair, Unit

#: Two versions of a block share at least so much of their words; less, and one went while another came.
_ALIKE: Final = 0.4


class State(StrEnum):
    """How a block stands: nothing to do for the first two, a word of the translator for the others."""

    CURRENT = "current"
    KEPT = "kept"
    STALE = "stale"
    MISSING = "missing"
    ORPHAN = "orphan"

    @property
    def is_done(self) -> bool:
        """Nothing is left to do."""
        return self in (State.CURRENT, State.KEPT)


@dataclass(frozen=True, slots=True)
class BlockState:
    """A block and how it stands. `source` is what is to be translated now (none: it went), `target` what stands there.

    `before` is the source text from which that was translated, `why` says what happened; `number` counts blocks of the field from 1.
    """

    unit: Unit
    number: int
    state: State
    why: str = ""
    source: Segment | None = None
    target: Segment | None = None
    before: str = ""

    @property
    def place(self) -> Place:
        """Where the translation of this block stands, or its field's."""
        if self.target is not None and self.unit.target is not None:
            row = self.target.rows[0]
            offset = sum(len(line) + 1 for line in str(self.unit.target).split("\n")[:row])
            return self.unit.target.place_at(offset)
        return self.unit.place

    @property
    def words(self) -> int:
        """Words to do: those of the source, if anything is to be done."""
        return self.source.words if self.source is not None and not self.state.is_done else 0


def states(pair: Pair, sidecar: Sidecar | None) -> Iterator[BlockState]:
    """Every block of a pair with its state, in the order of the source."""
    for unit in pair.units:
        done = sidecar.fields.get(unit.name) if sidecar and sidecar.source_language == pair.source_language else None
        yield from _field(unit, done)


def _field(unit: Unit, done: tuple[Done, ...] | None) -> Iterator[BlockState]:
    source, target = unit.source_segments, unit.target_segments
    if unit.source is None:
        for number, block in enumerate(target, start=1):
            yield BlockState(unit, number, State.ORPHAN, "the source has no such field", None, block)
    elif unit.target is None:
        for number, block in enumerate(source, start=1):
            yield BlockState(unit, number, State.MISSING, "not translated", block)
    elif done is None:
        for number, block in enumerate(source, start=1):
            there = target[number - 1] if number <= len(target) else None
            state, why = (State.STALE, "never confirmed") if there else (State.MISSING, "not translated")
            yield BlockState(unit, number, state, why, block, there)
    else:
        yield from _since(unit, source, target, done)


def _since(unit: Unit, source: Sequence[Segment], target: Sequence[Segment], done: tuple[Done, ...]) -> Iterator[BlockState]:  # fmt: skip
    there = _targets(target, done)
    came_from, moved = _matches([block.text for block in source], [block.source for block in done])
    for number, (block, origin) in enumerate(zip(source, came_from, strict=True), start=1):
        if origin is None:
            yield BlockState(unit, number, State.MISSING, "new in the source", block)
            continue
        before, translation = done[origin], there[origin]
        if translation is None:
            yield BlockState(unit, number, State.MISSING, "its translation is gone", block, None, before.source)
        elif before.source != block.text:
            yield BlockState(unit, number, State.STALE, "the source has changed", block, translation, before.source)
        elif number - 1 in moved:
            yield BlockState(unit, number, State.STALE, "the source has another order", block, translation, before.source)  # fmt: skip
        else:
            state = State.KEPT if before.kept else State.CURRENT
            yield BlockState(unit, number, state, "", block, translation, before.source)
    for origin in sorted(set(range(len(done))) - {one for one in came_from if one is not None}):
        if there[origin] is not None:
            yield BlockState(unit, origin + 1, State.ORPHAN, "gone from the source", None, there[origin], done[origin].source)  # fmt: skip


def _targets(target: Sequence[Segment], done: Sequence[Done]) -> list[Segment | None]:
    """The translation of each block that was done: by its key; those edited since, by their order between the others."""
    by_key = {block.key: index for index, block in enumerate(target)}
    found: list[int | None] = [by_key.get(block.translation) for block in done]
    taken = {index for index in found if index is not None}
    free = [index for index in range(len(target)) if index not in taken]
    for position, index in enumerate(found):
        if index is None:
            after = next((one for one in reversed(found[:position]) if one is not None), -1)
            before = next((one for one in found[position + 1 :] if one is not None), len(target))
            between = [one for one in free if after < one < before]
            if between:
                found[position] = between[0]
                free.remove(between[0])
    return [None if index is None else target[index] for index in found]


def _matches(now: Sequence[str], then: Sequence[str]) -> tuple[list[int | None], set[int]]:
    """For each block now the one it was then, or None if it is new; and those that were moved.

    The same text is the same block, wherever it went. What is left over is paired in order, where two share enough words.
    """
    came_from: list[int | None] = [None] * len(now)
    places: dict[str, list[int]] = {}
    for index, text in enumerate(then):
        places.setdefault(text, []).append(index)
    for index, text in enumerate(now):
        if places.get(text):
            came_from[index] = places[text].pop(0)
    kept_in_order = _longest_rise([one for one in came_from if one is not None])
    moved = {index for index, one in enumerate(came_from) if one is not None and one not in kept_in_order}
    gone = sorted(index for rest in places.values() for index in rest)
    new = [index for index, one in enumerate(came_from) if one is None]
    for index, origin in _pairs([now[one] for one in new], [then[one] for one in gone]):
        came_from[new[index]] = gone[origin]
    return came_from, moved


def _longest_rise(numbers: Sequence[int]) -> set[int]:
    """The most numbers that follow each other upwards (patience sorting): what is left was moved."""
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


def _pairs(now: Sequence[str], then: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Which of the changed blocks was which, best likeness first; a lone one on each side is one block, however it changed."""
    if len(now) == len(then) == 1:
        yield 0, 0
        return
    likeness = sorted(
        ((_likeness(one, other), -abs(i - j), i, j) for i, one in enumerate(now) for j, other in enumerate(then)),
        reverse=True,
    )
    used_now: set[int] = set()
    used_then: set[int] = set()
    for alike, _, index, origin in likeness:
        if alike >= _ALIKE and index not in used_now and origin not in used_then:
            used_now.add(index)
            used_then.add(origin)
            yield index, origin


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, _words(one), _words(other), autojunk=False).ratio()


def word_diff(before: str, now: str) -> tuple[tuple[str, str], ...]:
    """What changed, in runs of words: (“same”, “gone” or “new”, the words)."""
    old, new = _words(before), _words(now)
    parts: list[tuple[str, str]] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            parts.append(("same", "".join(old[i1:i2])))
        else:
            parts.extend((kind, text) for kind, text in (("gone", "".join(old[i1:i2])), ("new", "".join(new[j1:j2]))) if text)  # fmt: skip
    return tuple(parts)


def _words(text: str) -> list[str]:
    """Words, signs and spaces, so that they join to the text again."""
    return re.findall(r"\w+|\s+|[^\w\s]", text)
