"""The new text of a field as lines of a content file: its blocks alone, or within the lines that
they are in.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from reportcard.content.edits import EditedLines
from reportcard.content.line_breaks import UNBROKEN, LineBreaks
from reportcard.content.segments import PLAIN_KINDS, Segment, segments
from reportcard.content.tree import Text
from reportcard.messages.message import Message, message

#: Blocks that are one line.
_WHOLE: Final = ("line", "picture")


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
    written anew, its lines are taken with the new texts in them. `breaks` say how its lines break.
    """

    path: tuple[str, ...]
    blocks: tuple[tuple[str, str], ...]
    model: Text | None = None
    breaks: LineBreaks = UNBROKEN

    @property
    def is_plain(self) -> bool:
        """Whether all its blocks are lines of their own."""
        return all(kind in PLAIN_KINDS for kind, _ in self.blocks)


def put_within(
    lines: EditedLines, text: Text, changed: Sequence[tuple[Segment, str]], breaks: LineBreaks
) -> None:
    """Replaces texts within their lines: those of cells and items, after the sign of a block."""
    by_row: dict[int, list[tuple[Segment, str]]] = {}
    for block, new in changed:
        by_row.setdefault(block.rows[0], []).append((block, new))
    for blocks in by_row.values():
        first, last = span(text, blocks[0][0])
        there = [lines.text(line) for line in range(first, last)]
        made, tail = there[0], there[-1]
        for block, new in reversed(blocks):
            start = block.column + text.scalar.rows[block.rows[0]][1] - 1
            end = block.end + text.scalar.rows[block.rows[1] - 1][1] - 1
            made = f"{made[:start]}{new}{(made if len(there) == 1 else tail)[end:]}"
        if len(there) > 1:
            ((block, new),) = blocks
            before = [there[0][start:], *there[1:-1], tail[:end]]
            first_line, *more = breaks.lines(new, before)
            more = [f"{_margin(there[1])}{line}" for line in more]
            texts = [f"{there[0][:start]}{first_line}", *more]
            texts[-1] += tail[end:]
            lines.put(first, last, texts)
        else:
            lines.put(first, last, [made])


def _margin(line: str) -> str:
    """The spaces that a line begins with."""
    return line[: len(line) - len(line.lstrip())]


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
        yield from as_lines(rewrite.blocks, indent, rewrite.breaks)
        return
    there = segments(rewrite.model) if rewrite.model is not None else ()
    kinds = [kind for kind, _ in rewrite.blocks]
    if rewrite.model is None or [block.kind for block in there] != kinds:
        raise SpliceError(
            message(
                "its tables, boxes, charts or lists differ from those of the other language, so "
                "the field must be translated as a whole"
            )
        )
    rows = str(rewrite.model).rstrip().split("\n")
    for block, (_, new) in reversed(list(zip(there, rewrite.blocks, strict=True))):
        first = block.rows[0]
        last = min(block.rows[1], len(rows)) - 1
        while last > first and not rows[last].strip():
            last -= 1
        head, tail = rows[first][: block.column], rows[last][block.end :]
        if last > first:
            first_line, *more = rewrite.breaks.lines(new)
            texts = [f"{head}{first_line}", *(f"{_margin(rows[first + 1])}{one}" for one in more)]
            rows[first : last + 1] = [*texts[:-1], f"{texts[-1]}{tail}"]
        else:
            rows[first] = f"{head}{new}{tail}"
    yield from (f"{indent}{row}" if row.strip() else "" for row in rows)


def as_lines(blocks: Sequence[tuple[str, str]], indent: str, breaks: LineBreaks) -> Iterator[str]:
    """Blocks as lines of a block scalar, an empty one between, none between bullets."""
    last = ""
    for kind, text in blocks:
        if last and not (kind == last == "bullet"):
            yield ""
        yield from block_lines(kind, text, indent, breaks)
        last = kind


def block_lines(
    kind: str, text: str, indent: str, breaks: LineBreaks, before: Sequence[str] = ()
) -> Iterator[str]:
    """A block as lines of the file, broken as `before`, the lines of the file in whose place they
    go.
    """
    sign = "- " if kind == "bullet" else ""
    there = [line.strip() for line in before]
    if sign and there:
        there[0] = there[0].removeprefix("-")
    margin = _margin(before[1]) if len(before) > 1 else indent + " " * len(sign)
    first, *more = [text] if kind in _WHOLE else breaks.lines(text, there)
    yield f"{indent}{sign}{first}"
    yield from (f"{margin}{line}" for line in more)
