"""The new text of a field as lines of a content file: its blocks alone, or within the lines that
they are in.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportcard.content.edits import EditedLines
from reportcard.content.segments import PLAIN_KINDS, Segment, segments
from reportcard.content.tree import Text
from reportcard.messages.message import Message, message


class SpliceError(Exception):
    """Why a file cannot be changed as asked, for the person who wrote the text. The message has no
    full stop: it goes into another one.
    """

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True, slots=True)
class Rewrite:
    """The new text of a field: its blocks in order, each with its kind as `segments` names it.

    `model` is the field in the other language. Where a field with a table, a box or a chart is
    written anew, its lines are taken with the new texts in them.
    """

    path: tuple[str, ...]
    blocks: tuple[tuple[str, str], ...]
    model: Text | None = None

    @property
    def is_plain(self) -> bool:
        """Whether all its blocks are lines of their own."""
        return all(kind in PLAIN_KINDS for kind, _ in self.blocks)


def put_within(lines: EditedLines, text: Text, changed: Sequence[tuple[Segment, str]]) -> None:
    """Replaces texts within their lines: those of cells and items, after the sign of a block."""
    by_row: dict[int, list[tuple[Segment, str]]] = {}
    for block, new in changed:
        by_row.setdefault(block.rows[0], []).append((block, new))
    for blocks in by_row.values():
        first, last = span(text, blocks[0][0])
        made, tail = lines.text(first), lines.text(last - 1)
        for block, new in reversed(blocks):
            start = block.column + text.scalar.rows[block.rows[0]][1] - 1
            end = block.end + text.scalar.rows[block.rows[1] - 1][1] - 1
            made = f"{made[:start]}{new}{(made if last == first + 1 else tail)[end:]}"
        lines.put(first, last, [made])


def span(text: Text, block: Segment) -> tuple[int, int]:
    """The lines of a block in the file, from the first to before the last; blank ones at its end
    are not its own.
    """
    rows = str(text).split("\n")
    first, last = block.rows
    while last > first + 1 and not rows[last - 1].strip():
        last -= 1
    return text.scalar.rows[first][0], text.scalar.rows[last - 1][0] + 1


def written(rewrite: Rewrite, indent: str) -> Iterator[str]:
    """A whole field as lines of a block scalar. Raises SpliceError if its blocks are not lines of
    their own, and the other language has others.
    """
    if rewrite.is_plain:
        yield from as_lines(rewrite.blocks, indent)
        return
    there = segments(rewrite.model) if rewrite.model is not None else ()
    kinds = [kind for kind, _ in rewrite.blocks]
    if rewrite.model is None or [block.kind for block in there] != kinds:
        raise SpliceError(
            message(
                "its tables, boxes, charts or lists differ from those of the other language, so "
                "the whole field must be translated at once"
            )
        )
    rows = str(rewrite.model).rstrip().split("\n")
    for block, (_, new) in reversed(list(zip(there, rewrite.blocks, strict=True))):
        first = block.rows[0]
        last = min(block.rows[1], len(rows)) - 1
        while last > first and not rows[last].strip():
            last -= 1
        rows[first : last + 1] = [f"{rows[first][: block.column]}{new}{rows[last][block.end :]}"]
    yield from (f"{indent}{row}" if row.strip() else "" for row in rows)


def as_lines(blocks: Sequence[tuple[str, str]], indent: str) -> Iterator[str]:
    """Blocks as lines of a block scalar: one line a block, an empty one between, none between
    bullets.
    """
    before = ""
    for kind, text in blocks:
        if before and not (kind == before == "bullet"):
            yield ""
        yield f"{indent}{'- ' if kind == 'bullet' else ''}{text}"
        before = kind
