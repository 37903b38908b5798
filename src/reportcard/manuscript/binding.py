"""Which block each line of a manuscript is that came back: by its bookmark, and where that is lost
by order and likeness.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from reportcard.content.likeness import matched
from reportcard.manuscript.alignment import aligned
from reportcard.manuscript.dispatch import FIXED, Dispatch
from reportcard.manuscript.letters import Letter, words_of
from reportcard.manuscript.moves import with_moves
from reportcard.manuscript.returned import (
    BoundBlock,
    ReturnedLine,
    ReturnedManuscript,
    TrackedLetter,
)

NEW_NOTE: Final = "new:"
"""What begins the name of a note that the card does not have yet."""


@dataclass(frozen=True, slots=True)
class Binding:
    """A manuscript by blocks: those of the text in its order, those of each note; and new notes by
    name, with their lines. `divided` are notes of which two copies were changed in different ways.
    """

    blocks: tuple[BoundBlock, ...]
    new_notes: Mapping[str, tuple[ReturnedLine, ...]]
    divided: tuple[str, ...] = ()


def bound(manuscript: ReturnedManuscript, dispatch: Dispatch) -> Binding:
    """Binds the lines of a manuscript to the blocks that were written out."""
    notes = _notes(manuscript, dispatch)
    body = [_renamed(line, notes) for line in manuscript.lines]
    of_text = [
        index for index, one in enumerate(dispatch.blocks) if one.note not in dispatch.called
    ]
    groups = list(_groups(body))
    indices, certain = _indices(groups, dispatch, of_text, has_names=True)
    blocks = [
        _aligned(BoundBlock(index, (), tuple(group), sure), dispatch, manuscript)
        for group, index, sure in zip(groups, indices, certain, strict=True)
    ]
    blocks = list(with_moves(blocks, dispatch, manuscript.saved))
    found = {block.index for block in blocks}
    placed = list(_placed(blocks, dispatch))
    divided: list[str] = []
    for note in dispatch.notes:
        copies = [key for key, name in notes.items() if name == note]
        its, is_divided = _note_blocks(note, copies, manuscript, dispatch)
        placed += its
        found |= {one.index for one in its}
        divided += [note] * is_divided
        if not copies:
            found |= set(dispatch.indices(("notes", note)))
    for index, one in enumerate(dispatch.blocks):
        if one.path and index not in found:
            _put_back(placed, index, dispatch, manuscript)
    new = {
        name: manuscript.footnotes.get(key, ())
        for key, name in notes.items()
        if name.startswith(NEW_NOTE)
    }
    return Binding(tuple(placed), MappingProxyType(new), tuple(divided))


def _put_back(
    placed: list[BoundBlock], index: int, dispatch: Dispatch, manuscript: ReturnedManuscript
) -> None:
    """A block that is gone without a trace, as deleted, where it was."""
    path = dispatch.blocks[index].path
    line = ReturnedLine(
        tuple(TrackedLetter(one, deleted=manuscript.saved) for one in dispatch.letters(index))
    )
    after = [
        at
        for at, one in enumerate(placed)
        if one.path == path and one.index is not None and one.index < index
    ]
    before = [at for at, one in enumerate(placed) if one.index is not None and one.index > index]
    at = after[-1] + 1 if after else before[0] if before else len(placed)
    placed.insert(at, BoundBlock(index, path, (line,)))


def block_at(
    note: str, line: int, manuscript: ReturnedManuscript, dispatch: Dispatch
) -> int | None:
    """The block that a line is in, of the text or of a footnote (`note`, by its key): that of the
    nearest bookmark at or before it; None if there is none.
    """
    if note:
        indices = dispatch.indices(("notes", dispatch.note_of(manuscript.calls.get(note, ""))))
        return indices[max(min(line, len(indices) - 1), 0)] if indices else None
    for one in reversed(manuscript.lines[: line + 1]):
        for name in one.names:
            if found := dispatch.index_of(name):
                return found[0]
    return None


# --- notes ----------------------------------------------------------------------------------------


def _notes(manuscript: ReturnedManuscript, dispatch: Dispatch) -> dict[str, str]:
    """The note of each footnote by its key: by the bookmark at its call, else by its words."""
    known: dict[str, list[str]] = {}
    for note in dispatch.notes:
        words = " ".join(
            words_of(dispatch.letters(one)) for one in dispatch.indices(("notes", note))
        )
        known.setdefault(" ".join(words.split()), []).append(note)
    found: dict[str, str] = {}
    unbound = []
    for key, name in manuscript.calls.items():
        note = dispatch.note_of(name)
        if note:
            found[key] = note
        else:
            unbound.append(key)
    for key in unbound:
        words = " ".join(_before(manuscript.footnotes.get(key, ())).split())
        found[key] = known[words][0] if words and words in known else ""
    _match_rest(found, [key for key in unbound if not found[key]], manuscript, dispatch)
    return {key: found[key] for key in manuscript.calls}


def _match_rest(
    found: dict[str, str],
    keys: Sequence[str],
    manuscript: ReturnedManuscript,
    dispatch: Dispatch,
) -> None:
    """Footnotes whose words changed and whose bookmark is lost, by likeness; the others are new."""
    free = [note for note in dispatch.notes if note not in found.values()]
    old = [
        " ".join(words_of(dispatch.letters(one)) for one in dispatch.indices(("notes", note)))
        for note in free
    ]
    candidates = [key for key in keys if _before(manuscript.footnotes.get(key, ())).strip()]
    now = [_before(manuscript.footnotes[key]) for key in candidates]
    origins = _origins(now, old)
    for key, origin in zip(candidates, origins, strict=True):
        if origin is not None:
            found[key] = free[origin]
    for key in keys:
        found[key] = found[key] or f"{NEW_NOTE}{key}"


def _before(lines: Sequence[ReturnedLine]) -> str:
    return " ".join(words_of(line.originals) for line in lines)


def _after(lines: Sequence[ReturnedLine]) -> str:
    return " ".join(words_of(line.finals) for line in lines)


def _note_blocks(
    note: str, copies: Sequence[str], manuscript: ReturnedManuscript, dispatch: Dispatch
) -> tuple[list[BoundBlock], bool]:
    """The blocks of a note, from the copy of it that was changed; and whether two were, in
    different ways.
    """
    if not copies:
        return [], False
    path = ("notes", note)
    texts = " ".join(words_of(dispatch.letters(one)) for one in dispatch.indices(path))
    changed = [
        key
        for key in copies
        if " ".join(_after(manuscript.footnotes.get(key, ())).split()) != " ".join(texts.split())
        and manuscript.footnotes.get(key)
    ]
    key = changed[0] if changed else copies[0]
    is_divided = len({_after(manuscript.footnotes[one]) for one in changed}) > 1
    groups = list(_groups(manuscript.footnotes.get(key, ())))
    indices, certain = _indices(groups, dispatch, list(dispatch.indices(path)), has_names=False)
    return [
        _aligned(BoundBlock(index, path, tuple(group), sure), dispatch, manuscript)
        for group, index, sure in zip(groups, indices, certain, strict=True)
    ], is_divided


def _renamed(line: ReturnedLine, notes: Mapping[str, str]) -> ReturnedLine:
    """A line with the names of notes at its calls."""

    def of(letter: Letter) -> Letter:
        return replace(letter, note=notes.get(letter.note, letter.note)) if letter.note else letter

    return line.with_letters(
        tuple(
            replace(one, letter=of(one.letter), before=of(one.before) if one.before else None)
            if one.letter.note
            else one
            for one in line.letters
        )
    )


# --- lines ----------------------------------------------------------------------------------------


def _groups(lines: Sequence[ReturnedLine]) -> Iterator[list[ReturnedLine]]:
    """The lines that were one paragraph: those with an end that was inserted go with the next."""
    group: list[ReturnedLine] = []
    for line in lines:
        group.append(line)
        if line.inserted is None or line.is_cell:
            yield group
            group = []
    if group:
        yield group


def _indices(
    groups: Sequence[Sequence[ReturnedLine]],
    dispatch: Dispatch,
    wanted: Sequence[int],
    *,
    has_names: bool,
) -> tuple[list[int | None], list[bool]]:
    """The block of each group, and whether that is certain."""
    texts = [" ".join(_before(group).split()) for group in groups]
    certain = [True] * len(groups)
    if not has_names and len(groups) == len(wanted) and all(texts):
        return list(wanted), certain
    found: list[int | None] = [None] * len(groups)
    taken: set[int] = set()
    for number, group in enumerate(groups if has_names else ()):
        named = (one for one in _named(group, dispatch) if one not in taken and texts[number])
        if (index := next(named, None)) is not None:
            found[number] = index
            taken.add(index)
    rest = [number for number, text in enumerate(texts) if text and found[number] is None]
    free = [index for index in wanted if index not in taken]
    then = [" ".join(words_of(dispatch.letters(index)).split()) for index in free]
    for number, origin in zip(rest, _origins([texts[one] for one in rest], then), strict=True):
        if origin is not None:
            found[number] = free[origin]
            certain[number] = texts[number] == then[origin]
    return found, certain


def _named(group: Sequence[ReturnedLine], dispatch: Dispatch) -> Iterator[int]:
    """The blocks with bookmarks that begin in some lines, copies left out."""
    for line in group:
        for name in line.names:
            known = dispatch.index_of(name)
            if known and not known[1]:
                yield known[0]


def _origins(now: Sequence[str], then: Sequence[str]) -> list[int | None]:
    """Which text was which, if it is at least like it: a lone one on each side, too."""
    return matched([*now, "\0"], [*then, "\1"])[0][:-1] if now and then else [None] * len(now)


def _aligned(block: BoundBlock, dispatch: Dispatch, manuscript: ReturnedManuscript) -> BoundBlock:
    """A block with its letters beside those that were written out; all letters of a new one are
    inserted.
    """
    if block.index is not None:
        sent = dispatch.letters(block.index)
        return replace(block, lines=aligned(block.lines, sent, manuscript.saved))
    lines = tuple(
        line.with_letters(
            tuple(
                one if one.inserted else TrackedLetter(one.letter, manuscript.saved)
                for one in line.letters
                if one.inserted or not one.deleted
            )
        )
        for line in block.lines
    )
    return replace(block, lines=lines)


def _placed(blocks: Sequence[BoundBlock], dispatch: Dispatch) -> Iterator[BoundBlock]:
    """The blocks with the field that each is in, unless that is known: a new one in that of the
    block before it, or of the block after it where no field ends in between.
    """
    for number, block in enumerate(blocks):
        if block.index is not None:
            yield replace(block, path=dispatch.blocks[block.index].path)
            continue
        if block.path:
            yield block
            continue
        before = _neighbour(reversed(blocks[:number]), dispatch)
        after = _neighbour(blocks[number + 1 :], dispatch)
        yield replace(block, path=before or after)


def _neighbour(
    blocks: "Iterator[BoundBlock] | Sequence[BoundBlock]", dispatch: Dispatch
) -> tuple[str, ...]:
    """The field of the first block of these that is one, if it can have another paragraph."""
    for block in blocks:
        if block.index is None:
            continue
        sent = dispatch.blocks[block.index]
        return () if sent.kind in (*FIXED, "line") else sent.path
    return ()
