"""The state of a translation, block by block: computed from the source as it is now and as it was
when it was translated.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import Final

from reportcard.content.likeness import matched
from reportcard.content.segments import Segment
from reportcard.messages.message import Message, message
from reportcard.problems.problem import Place
from reportcard.translation.sidecar import Done, Sidecar
from reportcard.translation.units import Pair, Unit

#: Why a block is stale that is translated and that nobody has confirmed.
NEVER_CONFIRMED: Final = message("never confirmed")
#: Why a block is to be reviewed: an imported file said so.
TO_REVIEW: Final = message("marked for review by the translator's tool")
_UNTRANSLATED: Final = message("not translated")


class State(StrEnum):
    """The state of a block: the first two need nothing, the others need a translator."""

    CURRENT = "current"
    KEPT = "kept"
    REVIEW = "review"
    STALE = "stale"
    MISSING = "missing"
    ORPHAN = "orphan"

    @property
    def is_done(self) -> bool:
        """Nothing is left to do."""
        return self in (State.CURRENT, State.KEPT)

    @property
    def label(self) -> Message:
        """The state as people read it."""
        return _LABELS[self]


_LABELS: Final[Mapping[State, Message]] = {
    State.CURRENT: message("current"),
    State.KEPT: message("kept"),
    State.REVIEW: message("needs review"),
    State.STALE: message("stale"),
    State.MISSING: message("missing"),
    State.ORPHAN: message("orphaned"),
}

#: So few blocks are listed one by one.
_FEW: Final = 3


@dataclass(frozen=True, slots=True)
class BlockState:
    """A block and its state. `source` is what is to be translated now (none: it was deleted),
    `target` its translation.

    `before` is the source text from which that was translated, `why` says what happened; `number`
    counts blocks of the field from 1. `key` names a block that was translated, whatever became of
    its texts since.
    """

    unit: Unit
    number: int
    state: State
    why: Message | str = ""
    source: Segment | None = None
    target: Segment | None = None
    before: str = ""
    key: str = ""

    @property
    def place(self) -> Place:
        """The place of this block's translation, or that of its field."""
        if self.target is not None and self.unit.target is not None:
            row = self.target.rows[0]
            offset = sum(len(line) + 1 for line in str(self.unit.target).split("\n")[:row])
            return self.unit.target.place_at(offset)
        return self.unit.place

    @property
    def section(self) -> str:
        """The part of the file that it is in: `dimensions`."""
        return self.unit.name.partition(".")[0]

    @property
    def words(self) -> int:
        """Words to translate: those of the source, if it is to be translated."""
        is_open = self.state in (State.STALE, State.MISSING)
        return self.source.words if self.source is not None and is_open else 0


def summary(blocks: Sequence[BlockState]) -> tuple[Message, ...]:
    """How many of the blocks are in each state, and how many words are to be translated."""
    counts = Counter(block.state for block in blocks)
    to_review = message("{n} to review", "{n} to review", n=counts[State.REVIEW])
    return (
        message("{n} current", "{n} current", n=counts[State.CURRENT]),
        message("{n} kept", "{n} kept", n=counts[State.KEPT]),
        *((to_review,) if counts[State.REVIEW] else ()),
        message("{n} stale", "{n} stale", n=counts[State.STALE]),
        message("{n} missing", "{n} missing", n=counts[State.MISSING]),
        message("{n} orphaned", "{n} orphaned", n=counts[State.ORPHAN]),
        message(
            "{n} word to translate",
            "{n} words to translate",
            n=sum(block.words for block in blocks),
        ),
    )


def alike(blocks: Sequence[BlockState]) -> Iterator[tuple[BlockState, ...]]:
    """The blocks in order, several as one where there is nothing to say of each: all of a file that
    are in one state for one reason, or else all of a section of it. A block whose source has
    changed is always alone, and so is one of a few.
    """
    if _are_alike(blocks):
        yield tuple(blocks)
        return
    for _, group in groupby(blocks, key=lambda one: (one.place.file, one.section)):
        section = tuple(group)
        yield from [section] if _are_alike(section) else ((one,) for one in section)


def _are_alike(blocks: Sequence[BlockState]) -> bool:
    kinds = {(one.place.file, one.state, one.why) for one in blocks}
    return len(blocks) > _FEW and len(kinds) == 1 and not any(one.before for one in blocks)


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
            why = message("the source does not have this field")
            yield BlockState(unit, number, State.ORPHAN, why, None, block)
    elif unit.target is None:
        for number, block in enumerate(source, start=1):
            yield BlockState(unit, number, State.MISSING, _UNTRANSLATED, block)
    elif done is None:
        for number, block in enumerate(source, start=1):
            there = target[number - 1] if number <= len(target) else None
            state, why = (State.STALE, NEVER_CONFIRMED) if there else (State.MISSING, _UNTRANSLATED)
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
            yield BlockState(unit, number, State.MISSING, message("new in the source"), block)
            continue
        before, translation = done[origin], there[origin]
        why: Message | str = ""
        if translation is None:
            state, why = State.MISSING, message("the translation was deleted")
        elif before.source != block.text:
            state, why = State.STALE, message("the source has changed")
        elif number - 1 in moved:
            state, why = State.STALE, message("the source has been reordered")
        elif before.is_to_review:
            state, why = State.REVIEW, TO_REVIEW
        else:
            state = State.KEPT if before.kept else State.CURRENT
        yield BlockState(unit, number, state, why, block, translation, before.source, before.key)
    for origin in sorted(set(range(len(done))) - {one for one in came_from if one is not None}):
        if there[origin] is not None:
            yield BlockState(
                unit,
                origin + 1,
                State.ORPHAN,
                message("deleted from the source"),
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
