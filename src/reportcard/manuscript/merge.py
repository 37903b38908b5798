"""Edits of a manuscript beside the content as it is now: which can be made, which are made already,
and which would undo what was changed meanwhile. By block: one that both sides changed is a
conflict, and both texts are kept.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from itertools import combinations
from typing import Final, Self

from reportcard.content.fields import kind_of
from reportcard.content.likeness import longest_rise, matched
from reportcard.content.redrafts import NewBlock
from reportcard.content.segments import Segment, folded, segments
from reportcard.content.tree import Text
from reportcard.manuscript.dispatch import Dispatch, SentBlock
from reportcard.manuscript.edits import Edit, EditedBlock, EditKind, Edits
from reportcard.manuscript.resolution import Resolved, resolved
from reportcard.messages.message import Message, message

#: So many edits of one block are tried in every combination.
_MOST_TRIED: Final = 8


class EditState(StrEnum):
    """Whether an edit can be made."""

    OPEN = "open"
    TAKEN = "taken"
    """It is in the content already."""
    CONFLICT = "conflict"
    """The content was changed at the same place."""
    OUTSIDE = "outside"
    """It is in no field of the card's file, or in one that cannot have it."""


@dataclass(frozen=True, slots=True)
class JudgedEdit:
    """An edit, whether it can be made, and why not; of a conflict also the text that the content
    has now.
    """

    edit: Edit
    state: EditState
    why: Message | None = None
    now: str = ""


Texts = Mapping[tuple[str, ...], Text]


@dataclass(frozen=True)
class FieldEdits:
    """The edits of one field: the blocks that were written out, those that came back, and those
    that the content has now (None: it does not have the field).
    """

    path: tuple[str, ...]
    dispatch: Dispatch
    blocks: tuple[EditedBlock, ...]
    edits: tuple[Edit, ...]
    text: Text | None

    @cached_property
    def now(self) -> tuple[Segment, ...]:
        """The blocks that the content has now."""
        return segments(self.text) if self.text is not None else ()

    @cached_property
    def sent(self) -> Mapping[int, SentBlock]:
        """The blocks that were written out, by their index."""
        return {index: self.dispatch.blocks[index] for index in self.dispatch.indices(self.path)}

    @cached_property
    def counterparts(self) -> Mapping[int, int]:
        """For each block that was written out the one that it is now, by its number."""
        if not self.now or not self.sent:
            return {}
        indices = list(self.sent)
        came_from, _ = matched(
            [one.text for one in self.now], [one.text for one in self.sent.values()]
        )
        return {
            indices[origin]: number for number, origin in enumerate(came_from) if origin is not None
        }

    def resolved(self, accepted: frozenset[int]) -> list[Resolved]:
        """The field's blocks with some edits accepted."""
        return list(resolved(self.blocks, accepted))

    def text_of(self, one: Resolved) -> str:
        """The text of a block with its new letters, typed as it was as far as it can be."""
        if one.origin is None:
            kind = one.kind if one.like is None else self.sent[one.like].kind
            return folded(SentBlock(self.path, kind, "").rewritten(one.letters))
        if one.letters == self.dispatch.letters(one.origin):
            return self.sent[one.origin].text
        return folded(self.sent[one.origin].rewritten(one.letters))

    # Which edits can be made.

    def judged(self) -> Iterator[JudgedEdit]:
        """Each edit with its state."""
        for edit in self.edits:
            yield self._judged(edit)

    def _judged(self, edit: Edit) -> JudgedEdit:
        if why := self._outside(edit):
            return JudgedEdit(edit, EditState.OUTSIDE, why)
        if self.text is None:
            why = message("the content no longer has this field.")
            return JudgedEdit(edit, EditState.CONFLICT, why)
        if edit.number in self.taken:
            return JudgedEdit(edit, EditState.TAKEN)
        if edit.index is None or edit.kind is EditKind.MOVED:
            return JudgedEdit(edit, EditState.OPEN)
        return self._beside(edit, edit.index)

    def _beside(self, edit: Edit, index: int) -> JudgedEdit:
        """An edit of a block, by what became of the block in the content."""
        number = self.counterparts.get(index)
        if number is None:
            why = message("the content no longer has this paragraph.")
            return JudgedEdit(edit, EditState.CONFLICT, why)
        now, sent = self.now[number].text, self.sent[index].text
        if now == sent or any(one in self.taken for one in self._numbers(index)):
            return JudgedEdit(edit, EditState.OPEN)
        why = message("the content was also changed here after the file was written.")
        return JudgedEdit(edit, EditState.CONFLICT, why, now)

    def _outside(self, edit: Edit) -> Message | None:
        if not self.path:
            return (
                message("this new paragraph does not belong to any field of the card.")
                if edit.index is None
                else message("this line is not part of the card's file.")
            )
        kinds = {one.kind for one in self.sent.values()}
        is_new = edit.kind in (EditKind.NEW, EditKind.SPLIT)
        if is_new and kinds == {"line"}:
            return message("this field can have only one line.")
        block = next((one for one in self.blocks if one.index == edit.index), None)
        in_cell = block is not None and any(line.source.is_cell for line in block.lines)
        if is_new and (in_cell or self._is_cell(edit)):
            return message("a table cell can have only one line. Add rows in the content file.")
        return None

    def _is_cell(self, edit: Edit) -> bool:
        lines = (line for block in self.blocks for line in block.lines)
        own = (line for line in lines if line.letters and line.letters[0].inserted == edit.number)
        return any(line.source.is_cell for line in own)

    def _numbers(self, index: int) -> list[int]:
        """The edits within a block's text."""
        kinds = (EditKind.TEXT, EditKind.FORMAT)
        return [one.number for one in self.edits if one.index == index and one.kind in kinds]

    @cached_property
    def taken(self) -> frozenset[int]:
        """The edits that are in the content already."""
        if self.text is None:
            return frozenset()
        found: set[int] = set()
        for index, block in self.sent.items():
            number = self.counterparts.get(index)
            if number is not None and self.now[number].text != block.text:
                found |= self._made(index, self.now[number].text)
        before = Counter(one.text for one in self.sent.values())
        now = Counter(one.text for one in self.now)
        for edit in self.edits:
            if edit.kind not in (EditKind.TEXT, EditKind.FORMAT) and self._is_made(
                edit, before, now
            ):
                found.add(edit.number)
        return frozenset(found)

    def _made(self, index: int, now: str) -> set[int]:
        """The edits of a block that make of it what the content has."""
        numbers = self._numbers(index)[:_MOST_TRIED]
        block = tuple(one for one in self.blocks if one.index == index)
        for count in range(1, len(numbers) + 1):
            for some in combinations(numbers, count):
                made = list(resolved(block, frozenset(some)))
                if len(made) == 1 and self.text_of(made[0]) == now:
                    return set(some)
        return set()

    def _is_made(self, edit: Edit, before: Counter[str], now: Counter[str]) -> bool:
        """Whether blocks that an edit makes are in the content, and those that it takes away are
        not.
        """
        made = self.resolved(frozenset((edit.number,)))
        after = Counter(map(self.text_of, made))
        new, gone = after - before, before - after
        if new or gone:
            return not new - (now - before) and all(now[text] < before[text] for text in gone)
        order = [self.counterparts.get(one.origin) for one in made if one.origin is not None]
        kept = [one for one in order if one is not None]
        return kept == sorted(kept)

    # The field with some of them made.

    def redraft(self, accepted: frozenset[int]) -> tuple[NewBlock, ...]:
        """The blocks of the field with some edits made; what else was changed in the content
        stays.
        """
        there = [(one.origin, self.text_of(one)) for one in self.resolved(self.taken)]
        base = {origin: text for origin, text in there if origin is not None}
        made = self.resolved(accepted | self.taken)
        origins = [one.origin for one in made if one.origin is not None]
        draft = _FieldDraft.of(self.now, self.counterparts)
        draft.added = Counter(text for origin, text in there if origin is None)
        draft.remove(base.keys() - set(origins))
        kept = longest_rise(origins)
        for one in made:
            text = self.text_of(one)
            if one.origin is None:
                draft.add(self._kind(one), text)
            elif text != base.get(one.origin) or one.origin in draft.places:
                is_new = text != base.get(one.origin)
                draft.put(one.origin, self._kind(one), text if is_new else None)
                if one.origin not in kept:
                    draft.move()
        return tuple(NewBlock(one.number, one.kind, one.text) for one in draft.listed)

    def _kind(self, one: Resolved) -> str:
        """What a new block is, of those that its field can have."""
        if one.like is not None:
            return self.sent[one.like].kind
        kind = kind_of(".".join(self.path))
        if one.kind == "heading":
            return "heading" if kind.has_blocks else "paragraph"
        return one.kind if kind.has_lists else "paragraph"


@dataclass(eq=False, slots=True)
class _Place:
    """A block in a field that is being put together."""

    number: int | None
    kind: str
    text: str


@dataclass(slots=True)
class _FieldDraft:
    """A field that is being put together: its blocks in order, those that were written out by
    their index, the one that was put last, and the one before it.
    """

    listed: list[_Place]
    places: dict[int, _Place]
    last: _Place | None = None
    before: _Place | None = None
    #: New blocks that are there already.
    added: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, now: Sequence[Segment], counterparts: Mapping[int, int]) -> Self:
        """The field as the content has it."""
        listed = [_Place(number, one.kind, one.text) for number, one in enumerate(now)]
        return cls(listed, {index: listed[number] for index, number in counterparts.items()})

    def remove(self, gone: Iterable[int]) -> None:
        """Takes blocks out, those that are there."""
        for index in gone:
            if index in self.places:
                self.listed.remove(self.places.pop(index))

    def add(self, kind: str, text: str) -> None:
        """Puts a new block after the last, unless it is there already."""
        if self.added[text]:
            self.added[text] -= 1
            self.last = next((one for one in self.listed if one.text == text), self.last)
            return
        self._insert(_Place(None, kind, text))

    def put(self, index: int, kind: str, text: str | None) -> None:
        """Goes on to a block that was written out, with another text if one is given; one that is
        gone is put in again.
        """
        place = self.places.get(index)
        if place is None:
            self._insert(_Place(None, kind, text or ""))
            return
        place.text = place.text if text is None else text
        self.before, self.last = self.last, place

    def move(self) -> None:
        """Puts the last block after the one before it."""
        place, self.last = self.last, self.before
        if place is not None:
            self.listed.remove(place)
            self._insert(place)

    def _insert(self, place: _Place) -> None:
        at = self.listed.index(self.last) + 1 if self.last else 0
        self.listed.insert(at, place)
        self.before, self.last = self.last, place


def by_field(edits: Edits, dispatch: Dispatch, texts: Texts) -> tuple[FieldEdits, ...]:
    """The edits by their field."""
    blocks: dict[tuple[str, ...], list[EditedBlock]] = {}
    for block in edits.blocks:
        blocks.setdefault(block.path, []).append(block)
    listed: dict[tuple[str, ...], list[Edit]] = {}
    for edit in edits.edits:
        listed.setdefault(edit.path, []).append(edit)
    return tuple(
        FieldEdits(path, dispatch, tuple(blocks[path]), tuple(own), texts.get(path))
        for path, own in listed.items()
    )


def judged(fields: Sequence[FieldEdits]) -> tuple[JudgedEdit, ...]:
    """All edits with their state, by number."""
    found = (one for field in fields for one in field.judged())
    return tuple(sorted(found, key=lambda one: one.edit.number))
