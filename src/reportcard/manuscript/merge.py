"""Edits of a manuscript beside the content as it is now: which can be made, which are made already,
and which would undo what was changed meanwhile. By block: one that both sides changed is a
conflict, and both texts are kept.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import combinations
from typing import Final

from reportcard.content.fields import kind_of
from reportcard.content.likeness import longest_rise, matched
from reportcard.content.redrafts import NewBlock
from reportcard.content.segments import Segment, folded, segments
from reportcard.content.tree import Text
from reportcard.manuscript.dispatch import Dispatch, SentBlock
from reportcard.manuscript.edits import Edit, EditedBlock, EditKind, Edits
from reportcard.manuscript.field_draft import FieldDraft
from reportcard.manuscript.resolution import Resolved, resolved
from reportcard.manuscript.rows import as_rows, is_below_a_row, is_in_a_gap, rows_made
from reportcard.messages.message import Message, message

#: So many edits of one block are tried in every combination.
_MOST_TRIED: Final = 8


_WITHIN: Final = (EditKind.TEXT, EditKind.FORMAT)
_OF_ROWS: Final = (EditKind.NEW_ROW, EditKind.REMOVED_ROW)
#: Edits that are known otherwise to be in the content already than by its texts.
_KNOWN_OTHERWISE: Final = (*_WITHIN, *_OF_ROWS, EditKind.KIND)


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
            kind = "cell" if one.cell else one.kind
            kind = kind if one.like is None else self.sent[one.like].kind
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
        resembled = self._rows[1] if edit.kind is EditKind.NEW_ROW else self.resembled
        if edit.number in resembled:
            why = message("something similar was added to the content here.")
            return JudgedEdit(edit, EditState.CONFLICT, why, resembled[edit.number])
        if edit.index is None or edit.kind is EditKind.MOVED:
            return JudgedEdit(edit, EditState.OPEN)
        found = [self._beside(edit, one.index) for one in self._own(edit) if one.index is not None]
        return next((one for one in found if one.state is not EditState.OPEN), found[0])

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
        if edit.kind is EditKind.NEW_ROW and not is_below_a_row(self._own(edit)[0], self.blocks):
            return message("a row can be added only below the heading row of a table of the card.")
        if edit.kind is EditKind.KIND and not self._can_be(self._own(edit)[0].kind):
            return message("this field cannot have lists or headings.")
        own = self._own(edit) if is_new else []
        if any(one.is_cell and not is_in_a_gap(one, self.blocks) for one in own):
            return message("a table cell can have only one paragraph.")
        return None

    def _can_be(self, kind: str) -> bool:
        """Whether the field can have a paragraph of a kind."""
        known = kind_of(".".join(self.path))
        is_text = kind == "paragraph"
        return is_text or (known.has_blocks if kind == "heading" else known.has_lists)

    @cached_property
    def _retyped(self) -> Mapping[int, tuple[int, str]]:
        """The blocks that are to be of another kind, with that, by the number of the edit."""
        return {
            one.retyped: (one.index, one.kind)
            for one in self.blocks
            if one.retyped and one.index is not None and one.index in self.counterparts
        }

    def _own(self, edit: Edit) -> list[EditedBlock]:
        """The blocks that an edit is in."""
        if edit.kind in (EditKind.NEW, EditKind.NEW_ROW):
            lines = ((block, line) for block in self.blocks for line in block.lines)
            its = [
                block
                for block, line in lines
                if line.letters and line.letters[0].inserted == edit.number
            ]
            return [one for at, one in enumerate(its) if one not in its[:at]]
        if edit.kind is EditKind.REMOVED_ROW:
            letters = ((block, one.letters) for block in self.blocks for one in block.lines)
            return [block for block, one in letters if one and one[0].deleted == edit.number]
        return [one for one in self.blocks if one.index == edit.index]

    def _numbers(self, index: int) -> list[int]:
        """The edits within a block's text."""
        return [one.number for one in self.edits if one.index == index and one.kind in _WITHIN]

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
            if edit.kind not in _KNOWN_OTHERWISE and self._is_made(edit, before, now):
                found.add(edit.number)
        for edit_number, (index, kind) in self._retyped.items():
            if self.now[self.counterparts[index]].kind == kind:
                found.add(edit_number)
        return frozenset(found) | self._rows[0]

    @cached_property
    def _rows(self) -> tuple[frozenset[int], Mapping[int, str]]:
        """Which rows of tables were added or are gone already, and which resemble others."""
        new, gone = (
            {one.number: self._row(one) for one in self.edits if one.kind is kind}
            for kind in (EditKind.NEW_ROW, EditKind.REMOVED_ROW)
        )
        sent = as_rows((one.cell[0], one.text) for one in self.sent.values() if one.cell)
        now = as_rows((one.rows[0], one.text) for one in self.now if one.kind == "cell")
        if not new and not gone:
            return frozenset(), {}
        made = self.resolved(frozenset((*new, *gone)))
        wanted = as_rows((one.cell[0], self.text_of(one)) for one in made if one.cell)
        return rows_made(new, gone, sent, now, wanted)

    def _row(self, edit: Edit) -> str:
        """The row that an edit adds or takes away."""
        if edit.kind is EditKind.REMOVED_ROW:
            its = (one.index for one in self._own(edit) if one.index is not None)
            return " | ".join(self.sent[index].text for index in its)
        made = self.resolved(frozenset((edit.number,)))
        return " | ".join(self.text_of(one) for one in made if one.origin is None)

    @cached_property
    def resembled(self) -> Mapping[int, str]:
        """The new paragraphs that the content has with other words already, as if one had been
        accepted and then improved there: these words by the number of the edit.
        """
        known = {
            one.number: self._text_made(one.number)
            for one in self.edits
            if one.kind is EditKind.NEW
        }
        taken = [known[number] for number in known if number in self.taken]
        own = set(self.counterparts.values())
        there = [one.text for number, one in enumerate(self.now) if number not in own]
        there = [text for text in there if text not in taken]
        new = {number: text for number, text in known.items() if number not in self.taken}
        came_from, _ = matched([*new.values(), "\0"], [*there, "\1"])
        return {
            number: there[origin]
            for number, origin in zip(new, came_from, strict=False)
            if origin is not None
        }

    def _text_made(self, number: int) -> str:
        """The text of the new block that an edit makes."""
        made = self.resolved(frozenset((number,)))
        return next((self.text_of(one) for one in made if one.origin is None), "")

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
        draft = FieldDraft.of(self.now, self.counterparts)
        draft.added = Counter(text for origin, text in there if origin is None)
        draft.places = {at: place for at, place in draft.places.items() if at in base}
        draft.remove(base.keys() - set(origins))
        kept = longest_rise(origins)
        for one in made:
            text = self.text_of(one)
            if one.origin is None and one.cell is not None:
                draft.add_cell(text, *one.cell, self._row_now(one.cell[0]))
            elif one.origin is None:
                draft.add(self._kind(one), text)
            elif text != base.get(one.origin) or one.origin in draft.places:
                is_new = text != base.get(one.origin)
                draft.put(one.origin, self._kind(one), text if is_new else None)
                if one.origin not in kept:
                    draft.move()
        for number in (accepted - self.taken) & self._retyped.keys():
            draft.retype(*self._retyped[number])
        return tuple(draft.blocks())

    def _row_now(self, row: int) -> int | None:
        """The row of the content's text that a row of the file was written out from."""
        own = (
            self.counterparts.get(one.index) for one in self.blocks if one.row == row and one.index
        )
        return next((self.now[number].rows[0] for number in own if number is not None), None)

    def _kind(self, one: Resolved) -> str:
        """What a new block is, of those that its field can have."""
        if one.like is not None:
            return self.sent[one.like].kind
        kind = kind_of(".".join(self.path))
        if one.kind == "heading":
            return "heading" if kind.has_blocks else "paragraph"
        return one.kind if kind.has_lists else "paragraph"


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
