"""The edits in a manuscript: letters in a row that one author changed, paragraphs that are new or
gone, moved, split or joined.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from reportcard.manuscript.binding import Binding
from reportcard.manuscript.dispatch import Dispatch
from reportcard.manuscript.edits import (
    IGNORED,
    Edit,
    EditedBlock,
    EditedLetter,
    EditedLine,
    EditKind,
    Edits,
)
from reportcard.manuscript.letters import Letters, words_of, written
from reportcard.manuscript.returned import BoundBlock, Trace, TrackedLetter
from reportcard.manuscript.rows import rows_added, rows_sent

#: The kinds of paragraphs that a person may make of one another, with the signs that they have in
#: the content.
KINDS: Final = {
    "paragraph": "",
    "heading": "### ",
    "bullet": "- ",
    "number": "1. ",
    "inner-bullet": "  - ",
    "inner-number": "   1. ",
}
#: So many words beside an edit are shown.
_CONTEXT: Final = 4


def found_edits(binding: Binding, dispatch: Dispatch, saved: Trace) -> Edits:
    """The edits in a manuscript, in the order of its text; `saved` is who saved it last."""
    finder = _EditFinder(dispatch, saved)
    for block in binding.blocks:
        finder.block(block)
    finder.rows()
    finder.joins()
    finder.moves()
    return finder.finished()


@dataclass(slots=True)
class _Draft:
    """An edit before it has its number."""

    kind: EditKind
    trace: Trace
    block: EditedBlock
    before: str = ""
    after: str = ""
    #: The number of the edit that it is one with.
    same_as: int = 0


@dataclass(slots=True)
class _EditFinder:
    dispatch: Dispatch
    saved: Trace
    drafts: list[_Draft] = field(default_factory=list)
    blocks: list[EditedBlock] = field(default_factory=list)

    def _add(self, draft: _Draft) -> int:
        self.drafts.append(draft)
        return len(self.drafts)

    def block(self, bound: BoundBlock) -> None:
        """Takes a block's edits, and keeps it if it has a field."""
        lines = [EditedLine([*map(_edited, one.letters)], one) for one in bound.lines]
        block = EditedBlock(bound.index, bound.path, lines, bound.is_certain)
        if bound.index is None and not any(line.source.finals for line in lines):
            return
        self.blocks.append(block)
        if trace := self._remover(block):
            number = self._add(
                _Draft(EditKind.REMOVED, trace, block, before=_text(block, is_after=False))
            )
            for line in lines:
                line.deleted = number if line.source.deleted and not line.source.is_cell else 0
                line.inserted = IGNORED if line.source.inserted else 0
                for one in line.letters:
                    one.deleted = number
            return
        for line in lines:
            if line.source.originals:
                self._runs(block, line)
            elif line.source.finals:
                self._new(block, line)
        self._splits(block)
        self._retyped(block)

    def _retyped(self, block: EditedBlock) -> None:
        """A paragraph that came back as another kind of one."""
        line = next((one.source for one in block.lines if one.source.originals), None)
        if block.index is None or line is None or line.is_cell:
            return
        above = self.blocks[-2].lines[-1].source if len(self.blocks) > 1 else None
        if above and above.deleted and above.kind == line.kind and line.restyled is None:
            return  # LibreOffice gives what follows a deleted paragraph the style of that
        was = self.dispatch.blocks[block.index].kind
        if was in KINDS and line.kind in KINDS and was != line.kind:
            text = written(_head(line.finals or line.originals))
            trace = line.restyled or self.saved
            before, after = (f"{KINDS[kind]}{text}" for kind in (was, line.kind))
            block.kind = line.kind
            block.retyped = self._add(_Draft(EditKind.KIND, trace, block, before, after))

    def _remover(self, block: EditedBlock) -> Trace | None:
        """Who deleted all of a block; None if it is still there, or several did."""
        letters = [one for line in block.lines for one in line.source.letters]
        if block.index is None or not letters or any(one.inserted for one in letters):
            return None
        traces = {one.deleted.author if one.deleted else None for one in letters}
        return letters[0].deleted if len(traces) == 1 else None

    def _new(self, block: EditedBlock, line: EditedLine) -> None:
        """A line that is new as a whole."""
        traces = (one.inserted for one in line.source.letters)
        trace = next((one for one in traces if one), Trace())
        draft = _Draft(EditKind.NEW, trace, block, after=written(line.source.finals))
        number = self._add(draft)
        for one in line.letters:
            one.inserted = number
        if line.source.deleted and line.source.inserted:
            line.deleted = 0

    def _splits(self, block: EditedBlock) -> None:
        """The ends of lines that were inserted: they come with a new line on either side, or part a
        block.
        """
        for line, following in pairwise(block.lines):
            new = next(
                (
                    one.letters[0].inserted
                    for one in (following, line)
                    if one.letters and not one.source.originals
                ),
                0,
            )
            if new:
                line.inserted = new
            elif line.source.originals and following.source.originals:
                ends = line.source.originals, following.source.originals
                before = written((*_tail(ends[0]), *_head(ends[1])))
                after = f"{written(_tail(ends[0])).strip()} ¶ {written(_head(ends[1])).strip()}"
                trace = line.source.inserted or Trace()
                line.inserted = self._add(_Draft(EditKind.SPLIT, trace, block, before, after))
            else:
                line.inserted = IGNORED
        if block.lines[-1].source.inserted:
            block.lines[-1].inserted = 0

    # Within a line.

    def _runs(self, block: EditedBlock, line: EditedLine) -> None:
        """Letters in a row that one author changed are one edit."""

        def text(one: TrackedLetter) -> Trace | None:
            return one.inserted or one.deleted

        def deleted_again(one: TrackedLetter) -> Trace | None:
            return one.deleted if one.inserted else None

        def formatted(one: TrackedLetter) -> Trace | None:
            is_kept = one.inserted is None and one.deleted is None
            return one.formatted if is_kept and one.original != one.letter else None

        for kind, trace_of in (
            (EditKind.TEXT, text),
            (EditKind.TEXT, deleted_again),
            (EditKind.FORMAT, formatted),
        ):
            for start, end in _stretches(line.source.letters, trace_of):
                trace = trace_of(line.source.letters[start]) or Trace()
                number = self._add(_Draft(kind, trace, block, *_shown(line, start, end, kind)))
                for one, source in zip(
                    line.letters[start:end], line.source.letters[start:end], strict=True
                ):
                    if kind is EditKind.FORMAT:
                        one.formatted = number
                    elif trace_of is deleted_again:
                        one.deleted = number
                    elif source.inserted:
                        one.inserted = number
                    else:
                        one.deleted = number

    # Between blocks.

    def rows(self) -> None:
        """Cells that are new or gone together with all others of their row are one edit."""
        for blocks in rows_sent(self.blocks, self.dispatch):
            self._as_one(EditKind.REMOVED_ROW, [self._removal(one) for one in blocks])
        for lines in rows_added(self.blocks):
            self._as_one(EditKind.NEW_ROW, [one.letters[0].inserted for one in lines])

    def _as_one(self, kind: EditKind, numbers: Sequence[int]) -> None:
        drafts = [self.drafts[number - 1] for number in numbers if number]
        if len(drafts) < len(numbers) or len({one.trace.author for one in drafts}) > 1:
            return
        first = drafts[0]
        first.before, first.after = (
            " | ".join(texts).strip(" |")
            for texts in ([one.before for one in drafts], [one.after for one in drafts])
        )
        for draft in drafts:
            draft.kind = kind
            draft.same_as = 0 if draft is first else numbers[0]

    def joins(self) -> None:
        """Ends of blocks that were deleted: with a block that was, or to make one of two."""
        for block, following in pairwise(self.blocks):
            line = block.lines[-1]
            trace = line.source.deleted
            if not trace or block.path != following.path or line.source.is_cell or line.deleted:
                continue
            removed = next(
                (self._removal(one) for one in (block, following) if self._removal(one)), 0
            )
            if removed:
                line.deleted = removed
                continue
            if block.index is None or following.index is None:
                continue
            head = _head(following.lines[0].source.originals)
            tail = _tail(line.source.originals)
            draft = _Draft(EditKind.JOINED, trace, block)
            draft.before = f"{written(tail)} ¶ {written(head)}"
            draft.after = f"{written(tail)} {written(head)}"
            line.deleted = self._add(draft)

    def _removal(self, block: EditedBlock) -> int:
        """The edit that removes a block; 0 if none does."""
        number = block.lines[0].letters[0].deleted if block.lines[0].letters else 0
        return number if number and self.drafts[number - 1].kind is EditKind.REMOVED else 0

    def moves(self) -> None:
        """A new line with the words of a block that was removed is that block."""
        gone = {
            (block.path, _plain(self.dispatch.letters(block.index))): block
            for block in self.blocks
            if block.index is not None and self._removal(block) and not block.is_cell
        }
        for block in self.blocks:
            for line in block.lines:
                number = line.letters[0].inserted if line.letters else 0
                is_new = number and self.drafts[number - 1].kind is EditKind.NEW
                is_new = is_new and not line.source.is_cell
                origin = (
                    gone.pop((block.path, _plain(line.source.finals)), None) if is_new else None
                )
                if origin is None or origin.index is None:
                    continue
                removal = self._removal(origin)
                self.drafts[removal - 1].same_as = number
                self.drafts[number - 1].kind = EditKind.MOVED
                line.origin = origin.index
                line.letters = [
                    EditedLetter(one, one, inserted=number)
                    for one in self.dispatch.letters(origin.index)
                ]

    def finished(self) -> Edits:
        """The edits with their numbers in order."""
        numbers: dict[int, int] = {0: 0, IGNORED: IGNORED}
        kept = [at for at, draft in enumerate(self.drafts, start=1) if not draft.same_as]
        places = {id(block): place for place, block in enumerate(self.blocks)}
        kept.sort(key=lambda at: places[id(self.drafts[at - 1].block)])
        numbers |= {at: number for number, at in enumerate(kept, start=1)}
        for at, draft in enumerate(self.drafts, start=1):
            if draft.same_as:
                numbers[at] = numbers[draft.same_as]
        for block in self.blocks:
            block.retyped = numbers[block.retyped]
            for line in block.lines:
                line.inserted, line.deleted = numbers[line.inserted], numbers[line.deleted]
                for one in line.letters:
                    one.inserted, one.deleted = numbers[one.inserted], numbers[one.deleted]
                    one.formatted = numbers[one.formatted]
        made = tuple(
            self._edit(number, self.drafts[at - 1]) for number, at in enumerate(kept, start=1)
        )
        return Edits(made, tuple(self.blocks))

    def _edit(self, number: int, draft: _Draft) -> Edit:
        block = draft.block
        indices = self.dispatch.indices(block.path)
        place = indices.index(block.index) + 1 if block.index in indices else 0
        if not place:
            before = self.blocks[: self.blocks.index(block)]
            known = [
                one.index for one in before if one.path == block.path and one.index is not None
            ]
            place = indices.index(known[-1]) + 1 if known and known[-1] in indices else 0
        return Edit(
            number,
            draft.kind,
            block.path,
            place,
            draft.trace,
            draft.before,
            draft.after,
            None if draft.kind in (EditKind.NEW, EditKind.NEW_ROW) else block.index,
            block.is_certain,
        )


def _edited(one: TrackedLetter) -> EditedLetter:
    return EditedLetter(one.letter, one.original)


def _stretches(
    letters: Sequence[TrackedLetter], trace_of: Callable[[TrackedLetter], Trace | None]
) -> Iterator[tuple[int, int]]:
    """Where letters in a row have the trace of one author."""
    start = 0
    while start < len(letters):
        trace = trace_of(letters[start])
        end = start + 1
        while end < len(letters) and trace:
            following = trace_of(letters[end])
            if following is None or following.author != trace.author:
                break
            end += 1
        if trace:
            yield start, end
        start = end


def _shown(line: EditedLine, start: int, end: int, kind: EditKind) -> tuple[str, str]:
    """The words before and after an edit of some letters, with those beside them."""
    letters = line.source.letters
    head = [one.letter for one in letters[:start] if one.deleted is None]
    tail = [one.letter for one in letters[end:] if one.deleted is None]
    run = letters[start:end]
    old = [one.original for one in run if one.inserted is None or kind is EditKind.FORMAT]
    new = [one.letter for one in run if one.deleted is None or kind is EditKind.FORMAT]
    if not old and not new:
        old = [one.letter for one in run]
    beside = _tail(tuple(head)), _head(tuple(tail))
    before, after = (written((*beside[0], *middle, *beside[1])) for middle in (old, new))
    return before.strip(), after.strip()


def _tail(letters: Letters) -> Letters:
    """The last words of letters."""
    count = 0
    for at in range(len(letters) - 1, -1, -1):
        count += letters[at].text == " "
        if count > _CONTEXT:
            return letters[at + 1 :]
    return letters


def _head(letters: Letters) -> Letters:
    """The first words of letters."""
    count = 0
    for at, letter in enumerate(letters):
        count += letter.text == " "
        if count > _CONTEXT:
            return letters[:at]
    return letters


def _text(block: EditedBlock, *, is_after: bool) -> str:
    lines = (line.source.finals if is_after else line.source.originals for line in block.lines)
    return written(tuple(one for line in lines for one in line))


def _plain(letters: Letters) -> str:
    return " ".join(words_of(letters).split())
