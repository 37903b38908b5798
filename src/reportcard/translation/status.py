"""The state of a translation, block by block: computed from the source as it is now and as it was
when it was translated.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby, pairwise
from typing import Final

from reportcard.content.likeness import longest_rise, matched
from reportcard.content.segments import Segment
from reportcard.messages.message import Message, message
from reportcard.problems.problem import Place
from reportcard.translation.sidecar import Done, Sidecar
from reportcard.translation.units import Pair, Unit

#: Why a block is stale that is translated and that nobody has confirmed.
NEVER_CONFIRMED: Final = message("never confirmed")
#: Why a block is to be reviewed: an imported file said so.
TO_REVIEW: Final = message("flagged for review in the translator's tool")
#: Why a block is stale whose words are the same.
REORDERED: Final = message("the source has been reordered")
_UNTRANSLATED: Final = message("not translated")
_ADDED: Final = message("the source does not have this block")


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
    its texts since. `gap` keeps the place of a translation that is not written; `record` is the
    number of its record among those of the field, from 0, and `is_edited` whether the translation
    was changed since that was written.
    """

    unit: Unit
    number: int
    state: State
    why: Message | str = ""
    source: Segment | None = None
    target: Segment | None = None
    before: str = ""
    key: str = ""
    gap: Segment | None = None
    record: int | None = None
    is_edited: bool = False

    @property
    def place(self) -> Place:
        """The place of this block's translation, or that of its field."""
        there = self.target or self.gap
        if there is not None and self.unit.target is not None:
            row = there.rows[0]
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
            yield _unconfirmed(unit, number, block, there)
        yield from _added(unit, target, range(len(source), len(target)))
    else:
        yield from _since(unit, source, target, done)


def _unconfirmed(
    unit: Unit, number: int, block: Segment, there: Segment | None, why: Message = _UNTRANSLATED
) -> BlockState:
    """A block of which nothing is recorded, with what is in its place in the translation. `why` it
    is missing, if nothing is.
    """
    if there is None or there.is_open:
        return BlockState(
            unit, number, State.MISSING, _UNTRANSLATED if there else why, block, gap=there
        )
    return BlockState(unit, number, State.STALE, NEVER_CONFIRMED, block, there)


def _added(unit: Unit, target: Sequence[Segment], numbers: Iterable[int]) -> Iterator[BlockState]:
    """Blocks of the translation that are of no block of the source, and never were."""
    for at in numbers:
        yield BlockState(unit, at + 1, State.ORPHAN, _ADDED, None, target[at])


def _since(
    unit: Unit, source: Sequence[Segment], target: Sequence[Segment], done: tuple[Done, ...]
) -> Iterator[BlockState]:
    came_from, moved = _origins(source, done)
    as_then = {
        origin
        for block, origin in zip(source, came_from, strict=True)
        if origin is not None and done[origin].source == block.text
    }
    there = _targets(target, done, came_from, as_then)
    placed = [None if origin is None else there[origin] for origin in came_from]
    free = [at for at in range(len(target)) if at not in there]
    beside = dict(_in_step(placed, free, len(target)))
    for number, (block, origin, at) in enumerate(
        zip(source, came_from, placed, strict=True), start=1
    ):
        if origin is None or at is None:
            why = message("the translation was deleted")
            if origin is None:
                why = message("new in the source")
            found = beside.get(number - 1)
            filled = None if found is None else target[found]
            found_now = _unconfirmed(unit, number, block, filled, why)
            yield found_now if origin is None else _recorded(found_now, origin, done[origin])
            continue
        is_edited = _plain_key(done[origin].translation) != _plain_key(target[at].key)
        state, because = _compared(done[origin], block, is_moved=number - 1 in moved)
        there_now = BlockState(unit, number, state, because, block, target[at], is_edited=is_edited)
        yield _recorded(there_now, origin, done[origin])
    for origin in sorted(set(range(len(done))) - {one for one in came_from if one is not None}):
        spot = there[origin]
        if spot is not None:
            why = message("deleted from the source")
            yield BlockState(
                unit,
                origin + 1,
                State.ORPHAN,
                why,
                None,
                target[spot],
                done[origin].source,
                record=origin,
            )
    yield from _added(unit, target, (at for at in free if at not in beside.values()))


def _recorded(block: BlockState, number: int, before: Done) -> BlockState:
    """A block with what its record says of it; `number` is that of the record."""
    return replace(block, before=before.source, key=before.key, record=number)


def _compared(before: Done, block: Segment, *, is_moved: bool) -> tuple[State, Message | str]:
    """The state of a block that is translated, and why."""
    if before.source != block.text:
        return State.STALE, message("the source has changed")
    if is_moved:
        return State.STALE, REORDERED
    if before.is_to_review:
        return State.REVIEW, TO_REVIEW
    return (State.KEPT if before.kept else State.CURRENT), ""


def _origins(source: Sequence[Segment], done: Sequence[Done]) -> tuple[list[int | None], set[int]]:
    """For each block of the source, which of those done it was, and those that were moved. One that
    had gone comes back with its own words alone.
    """
    texts = [block.text for block in source]
    there = [at for at, one in enumerate(done) if not one.gone or one.source in texts]
    came_from, moved = matched(texts, [done[at].source for at in there])
    return [None if one is None else there[one] for one in came_from], moved


def _targets(
    target: Sequence[Segment],
    done: Sequence[Done],
    came_from: Sequence[int | None],
    as_then: set[int],
) -> list[int | None]:
    """The translation of each block that was done, by its number from 0: by its key; those edited
    since, in step with the source, or else by their order between the others. `as_then` are those
    whose source is as it was.
    """
    found = _by_words(target, done)
    free = [at for at in range(len(target)) if at not in found]
    placed = [None if origin is None else found[origin] for origin in came_from]
    beside = dict(_in_step(placed, free, len(target)))
    for number, at in beside.items():
        origin = came_from[number]
        if origin is not None and not target[at].is_open:
            found[origin] = at
    settled = {came_from[number] for number in beside}
    free = [at for at in free if at not in beside.values() and not target[at].is_open]
    # Where the source changed or is gone, the translation may be gone, too: these come last
    for position in sorted(
        range(len(done)), key=lambda at: (at not in as_then, at not in came_from)
    ):
        if found[position] is None and position not in settled:
            found[position] = _between(found, position, free)
            free = [at for at in free if at != found[position]]
    return found


def _by_words(target: Sequence[Segment], done: Sequence[Done]) -> list[int | None]:
    """The translation of each block that was done, as far as its words are the same."""
    places: dict[str, list[int]] = {}
    for index, block in enumerate(target):
        places.setdefault(_plain_key(block.key), []).append(index)
    return [
        there.pop(0) if (there := places.get(_plain_key(one.translation))) else None for one in done
    ]


def _between(found: Sequence[int | None], position: int, free: Sequence[int]) -> int | None:
    """The first that is free between those that are known beside a position."""
    after = next((one for one in reversed(found[:position]) if one is not None), -1)
    before = next((one for one in found[position + 1 :] if one is not None), None)
    return next((one for one in free if after < one and (before is None or one < before)), None)


def _plain_key(key: str) -> str:
    """That of the same words where they are for the first time."""
    return key.partition("-")[0]


def _in_step(
    placed: Sequence[int | None], free: Sequence[int], count: int
) -> Iterator[tuple[int, int]]:
    """Blocks of the source without a translation, with those of the translation that are between
    the same neighbors, where there are as many.
    """
    rising = longest_rise([at for at in placed if at is not None])
    ends = [(-1, -1)]
    ends += [(number, at) for number, at in enumerate(placed) if at is not None and at in rising]
    for (number, at), (next_number, next_at) in pairwise([*ends, (len(placed), count)]):
        waiting = [one for one in range(number + 1, next_number) if placed[one] is None]
        between = [one for one in free if at < one < next_at]
        if len(waiting) == len(between):
            yield from zip(waiting, between, strict=True)
