"""The blocks of a manuscript with some of its edits accepted and the others refused."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from reportcard.manuscript.edits import EditedBlock, EditedLine
from reportcard.manuscript.letters import Letter, Letters


@dataclass(frozen=True, slots=True)
class Resolved:
    """A block as it will be: the one that it was (None: it is new), the field that it is in, its
    letters, and what it is in the file. `like` is the block that it was parted from, `cell` the row
    and column of the file's tables.
    """

    origin: int | None
    path: tuple[str, ...]
    letters: Letters
    kind: str
    like: int | None = None
    cell: tuple[int, int] | None = None


def resolved(blocks: Sequence[EditedBlock], accepted: frozenset[int]) -> Iterator[Resolved]:
    """The blocks with some edits accepted and the others refused, in order. Of a block that was
    split, the first part is the block.
    """
    seen: set[int] = set()
    for one in _lines_joined(blocks, accepted):
        if one.origin in seen:
            yield replace(one, origin=None, like=one.origin)
            continue
        if one.origin is not None:
            seen.add(one.origin)
        yield one


def _lines_joined(blocks: Sequence[EditedBlock], accepted: frozenset[int]) -> Iterator[Resolved]:
    parts: list[Resolved] = []
    for number, block in enumerate(blocks):
        for at, line in enumerate(block.lines):
            parts.append(_part(block, line, accepted))
            is_last = at + 1 == len(block.lines)
            following = blocks[number + 1] if is_last and number + 1 < len(blocks) else block
            is_open = bool(line.inserted) and line.inserted not in accepted and not is_last
            is_open |= line.deleted in accepted and following.path == block.path
            if is_open and not (is_last and following is block):
                continue
            if joined := _joined(parts):
                yield joined
            parts = []
    if joined := _joined(parts):
        yield joined


def _part(block: EditedBlock, line: EditedLine, accepted: frozenset[int]) -> Resolved:
    letters = tuple(
        one.original if one.formatted and one.formatted not in accepted else one.letter
        for one in line.letters
        if (not one.inserted or one.inserted in accepted)
        and not (one.deleted and one.deleted in accepted)
    )
    is_own = any(not one.inserted for one in line.letters)
    origin = line.origin if line.origin is not None else block.index if is_own else None
    like = block.index if is_own else None
    cell = (line.source.row, line.source.column) if line.source.is_cell else None
    return Resolved(origin, block.path, letters, line.source.kind, like, cell)


def _joined(parts: Sequence[Resolved]) -> Resolved | None:
    """Lines that are one block; None if nothing is in it."""
    filled = [part for part in parts if part.letters]
    if not filled:
        return None
    letters: list[Letter] = []
    for part in filled:
        is_apart = letters and not letters[-1].text.isspace() and not part.letters[0].text.isspace()
        if is_apart and part.origin is not None and part.origin != filled[0].origin:
            letters.append(Letter(" "))
        letters.extend(part.letters)
    first = next((part for part in filled if part.origin is not None), filled[0])
    while letters and letters[-1].text.isspace():
        letters.pop()
    while letters and letters[0].text.isspace():
        letters.pop(0)
    return replace(first, letters=tuple(letters)) if letters else None
