"""The state of a translation, block by block: computed from what the source says now and what it
said when it was translated.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from reportcard.content.likeness import matched
from reportcard.content.segments import Segment
from reportcard.problems.problem import Place
from reportcard.translation.sidecar import Done, Sidecar
from reportcard.translation.units import Pair, Unit

#: Why a block is stale of which nobody has said that it fits.
NEVER_CONFIRMED: Final = "never confirmed"


class State(StrEnum):
    """How a block stands: nothing to do for the first two, a word of the translator for the
    others.
    """

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
    """A block and how it stands. `source` is what is to be translated now (none: it went), `target`
    what stands there.

    `before` is the source text from which that was translated, `why` says what happened; `number`
    counts blocks of the field from 1.
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
        done = (
            sidecar.fields.get(unit.name)
            if sidecar and sidecar.source_language == pair.source_language
            else None
        )
        yield from _field(unit, done)


def _field(unit: Unit, done: tuple[Done, ...] | None) -> Iterator[BlockState]:
    source, target = unit.source_segments, unit.target_segments
    if unit.source is None:
        for number, block in enumerate(target, start=1):
            yield BlockState(
                unit, number, State.ORPHAN, "the source has no such field", None, block
            )
    elif unit.target is None:
        for number, block in enumerate(source, start=1):
            yield BlockState(unit, number, State.MISSING, "not translated", block)
    elif done is None:
        for number, block in enumerate(source, start=1):
            there = target[number - 1] if number <= len(target) else None
            state, why = (
                (State.STALE, NEVER_CONFIRMED) if there else (State.MISSING, "not translated")
            )
            yield BlockState(unit, number, state, why, block, there)
    else:
        yield from _since(unit, source, target, done)


def _since(
    unit: Unit, source: Sequence[Segment], target: Sequence[Segment], done: tuple[Done, ...]
) -> Iterator[BlockState]:
    there = _targets(target, done)
    came_from, moved = matched([block.text for block in source], [block.source for block in done])
    for number, (block, origin) in enumerate(zip(source, came_from, strict=True), start=1):
        if origin is None:
            yield BlockState(unit, number, State.MISSING, "new in the source", block)
            continue
        before, translation = done[origin], there[origin]
        if translation is None:
            yield BlockState(
                unit, number, State.MISSING, "its translation is gone", block, None, before.source
            )
        elif before.source != block.text:
            yield BlockState(
                unit,
                number,
                State.STALE,
                "the source has changed",
                block,
                translation,
                before.source,
            )
        elif number - 1 in moved:
            yield BlockState(
                unit,
                number,
                State.STALE,
                "the source has another order",
                block,
                translation,
                before.source,
            )
        else:
            state = State.KEPT if before.kept else State.CURRENT
            yield BlockState(unit, number, state, "", block, translation, before.source)
    for origin in sorted(set(range(len(done))) - {one for one in came_from if one is not None}):
        if there[origin] is not None:
            yield BlockState(
                unit,
                origin + 1,
                State.ORPHAN,
                "gone from the source",
                None,
                there[origin],
                done[origin].source,
            )


def _targets(target: Sequence[Segment], done: Sequence[Done]) -> list[Segment | None]:
    """The translation of each block that was done: by its key; those edited since, by their order
    between the others.
    """
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
