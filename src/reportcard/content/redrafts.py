"""Fields of a content file with other blocks: changed, new, moved or gone; all other bytes as they
were, and within a changed block the lines as they are wrapped.

As in splicing, what comes out is read again and compared before anybody gets it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Final

from reportcard.content.edits import EditedLines
from reportcard.content.likeness import longest_rise
from reportcard.content.removal import tree_of
from reportcard.content.rewrites import Rewrite, SpliceError
from reportcard.content.scalars import Line
from reportcard.content.segments import Segment, segments
from reportcard.content.splicing import leaves, spliced
from reportcard.content.table_rows import CellPlace, with_cells
from reportcard.content.tree import BLOCK, Text, Tree
from reportcard.messages.message import message

_SPACE: Final = re.compile(r"[ \t\r\n]+")
#: Blocks that share their lines with others, or are half of something.
_SHARED_KINDS: Final = frozenset({"cell", "caption", "title", "name", "line"})
_SIGNS: Final = {
    "bullet": "- ",
    "inner-bullet": "  - ",
    "number": "1. ",
    "inner-number": "   1. ",
    "heading": "### ",
}
_ITEMS: Final = ("bullet", "number")
Breaks = frozenset[tuple[str, str]]
"""The words between which a line ends."""
_NO_BREAKS: Final[Breaks] = frozenset()


@dataclass(frozen=True, slots=True)
class NewBlock:
    """A block as it will be: the one that it was, by its number from 0 (None: it is new), its kind
    and its text, white space folded; of a table's new cell also its place.
    """

    origin: int | None
    kind: str
    text: str
    cell: CellPlace | None = None


@dataclass(frozen=True, slots=True)
class Redraft:
    """All blocks of a field, in their new order. `text` is the field as it is read now."""

    path: tuple[str, ...]
    text: Text
    blocks: tuple[NewBlock, ...]


def redrafted(data: bytes, file: str, redrafts: Sequence[Redraft]) -> bytes:
    """The file's bytes with other blocks in some of its fields.

    Raises SpliceError if a field cannot be changed so, or the file would not hold just what it
    should.
    """
    tree = tree_of(data, file)
    lines = EditedLines(data)
    others = []
    for redraft in redrafts:
        found = tree.text(*redraft.path)
        if found is None or str(found) != str(redraft.text):
            raise SpliceError(message('the field "{field}" changed', field=".".join(redraft.path)))
        if found.scalar.style == "|" and not isinstance(redraft.text, Line):
            here = found.as_(type(redraft.text))
            _put_rows(lines, here, _rows(replace(redraft, text=here)))
        else:
            blocks = tuple((one.kind, one.text) for one in redraft.blocks)
            others.append(Rewrite(redraft.path, blocks))
    made = spliced(lines.bytes(), file, others)
    _compare(tree, made, file, {one.path: one for one in redrafts})
    return made


# --- the rows of a block scalar -------------------------------------------------------------------


def _rows(redraft: Redraft) -> list[str]:
    """The field's text by rows, with its blocks as they will be: first their words, then their
    order.
    """
    rows = str(redraft.text).split("\n")
    there = segments(redraft.text)
    texts = {one.origin: one.text for one in redraft.blocks if one.origin is not None}
    changed = [one for number, one in enumerate(there) if texts.get(number) != one.text]
    breaks = _breaks(rows, changed)
    made = list(rows)
    for number in range(len(there) - 1, -1, -1):
        block = there[number]
        if (text := texts.get(number, block.text)) != block.text:
            first, last = _extent(rows, block)
            made[first:last] = _with_words(made[first:last], block, text, breaks)
    blocks, gone = _without_changed_rows(redraft.blocks, there)
    if [one.origin for one in blocks] != list(range(len(there))):
        reworded = Text("\n".join(made), redraft.text.file, BLOCK)
        made = _Rearranger(made, segments(reworded)).rows(blocks, breaks)
    cells = {one.cell: one.text for one in redraft.blocks if one.cell is not None}
    return with_cells(made, there, gone, cells) if gone or cells else made


def _without_changed_rows(
    blocks: Sequence[NewBlock], there: Sequence[Segment]
) -> tuple[list[NewBlock], set[int]]:
    """The blocks as if no table had another number of cells, and the cells that are to go."""
    made = [one for one in blocks if one.cell is None]
    if any(one.origin is None and one.kind == "cell" for one in made):
        raise SpliceError(message("the content no longer has this table"))
    kept = {one.origin for one in made}
    gone = [at for at, one in enumerate(there) if one.kind == "cell" and at not in kept]
    for number in gone:
        before = [at for at, one in enumerate(made) if one.origin is not None]
        before = [at for at in before if (made[at].origin or 0) < number]
        made.insert(before[-1] + 1 if before else 0, NewBlock(number, "cell", there[number].text))
    return made, set(gone)


def _extent(rows: Sequence[str], block: Segment) -> tuple[int, int]:
    """The rows of a block, from the first to before the last; blank ones at its end are not its
    own.
    """
    first, last = block.rows
    while last > first + 1 and not rows[last - 1].strip():
        last -= 1
    return first, last


def _with_words(
    rows: Sequence[str], block: Segment, text: str, breaks: Breaks = _NO_BREAKS
) -> list[str]:
    """The rows of a block with another text, wrapped where they are."""
    whole = "\n".join(rows)
    start = block.column
    end = len(whole) - len(rows[-1]) + block.end
    typed = whole[start:end]
    lines = re.search(r"\n[ \t]*", typed)
    wrap = lines[0] if lines else "\n" + " " * (start if block.kind.endswith(_ITEMS) else 0)
    if block.kind in _SHARED_KINDS:
        breaks = _NO_BREAKS
    return f"{whole[:start]}{_rewrapped(typed, text, breaks, wrap)}{whole[end:]}".split("\n")


def _rewrapped(typed: str, text: str, breaks: Breaks, wrap: str) -> str:
    """A text with its words on the lines on which they were typed; other words begin a line where
    they did in another block.
    """
    old, new = _SPACE.split(typed), _SPACE.split(text)
    spaces = [*_SPACE.findall(typed), ""]
    made = [wrap if pair in breaks else " " for pair in pairwise(new)] + [""]
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            made[j1 : j2 - 1] = spaces[i1 : i2 - 1]
            is_kept = i2 < len(old) and j2 < len(new) and old[i2] == new[j2]
            if "\n" in spaces[i2 - 1] and j2 < len(new) and (is_kept or made[j2 - 1] == " "):
                made[j2 - 1] = spaces[i2 - 1]
        elif i2 > i1 and "\n" in spaces[i2 - 1] and 0 < j2 < len(new):
            made[j2 - 1] = spaces[i2 - 1]
    return "".join(part for pair in zip(new, made, strict=True) for part in pair)


def _breaks(rows: Sequence[str], blocks: Sequence[Segment]) -> Breaks:
    """The words between which lines end in some blocks."""
    lines: list[list[str]] = []
    for block in blocks:
        first, last = _extent(rows, block)
        lines += [row.split() for row in rows[first:last]]
    return frozenset((one[-1], other[0]) for one, other in pairwise(lines) if one and other)


def _typed(block: NewBlock, breaks: Breaks) -> list[str]:
    """A new block as rows: one, or as many as its words had in another block."""
    sign = _SIGNS.get(block.kind, "")
    words = block.text.split(" ")
    wrap = " " if block.kind == "heading" else "\n" + " " * len(sign)
    ends = [wrap if pair in breaks else " " for pair in pairwise(words)] + [""]
    return f"{sign}{''.join(map(''.join, zip(words, ends, strict=True)))}".split("\n")


@dataclass(slots=True)
class _Rearranger:
    """Puts the blocks of a field in another order, with new ones, and without some."""

    old: list[str]
    there: Sequence[Segment]
    made: list[str] = field(default_factory=list)
    #: The kind of the block before, empty after a blank row.
    before: str = ""
    #: Whether the block before is another one than it was.
    is_parted: bool = False

    def rows(self, blocks: Sequence[NewBlock], breaks: Breaks) -> list[str]:
        """The rows of blocks; those of no block stay where they are."""
        kept = [one.origin for one in blocks if one.origin is not None]
        staying = longest_rise(kept)
        captions = self._captions_gone(set(kept))
        for gone in set(range(len(self.there))) - staying - captions:
            self._check(gone, captions)
        added = self._added(blocks, staying, breaks)
        starts: dict[int, int] = {block.rows[0]: number for number, block in enumerate(self.there)}
        ends = {
            _extent(self.old, block)[1]: number
            for number, block in enumerate(self.there)
            if self._is_shared(number)
        }
        self._add(added.get(None, ()))
        at = 0
        while at < len(self.old):
            number = starts.get(at)
            if number is None or (self._is_shared(number) and number not in captions):
                self._other(self.old[at])
                at += 1
                self._add(added.get(ends.get(at, -1), ()))
                continue
            first, at = _extent(self.old, self.there[number])
            if number in staying:
                self._put(self.there[number].kind, self.old[first:at])
                self._add(added.get(number, ()))
                continue
            self.is_parted = True
            if at < len(self.old) and not self.old[at].strip() and not "".join(self.made[-1:]):
                at += 1
        return self.made

    def _added(
        self, blocks: Sequence[NewBlock], staying: set[int], breaks: Breaks
    ) -> dict[int | None, list[tuple[str, list[str]]]]:
        """New and moved blocks as rows, by the block that they follow."""
        found: dict[int | None, list[tuple[str, list[str]]]] = {}
        before: int | None = None
        for one in blocks:
            if one.origin is not None and one.origin in staying:
                before = one.origin
                continue
            if before is not None and self._is_shared(before):
                before = self._after_table(before)
            if one.origin is None:
                found.setdefault(before, []).append((one.kind, _typed(one, breaks)))
            else:
                block = self.there[one.origin]
                first, last = _extent(self.old, block)
                found.setdefault(before, []).append((block.kind, self.old[first:last]))
        return found

    def _after_table(self, number: int) -> int:
        """A part of a table, chart or caption, if it is the last. Raises SpliceError if not."""
        if number + 1 < len(self.there) and self._is_shared(number + 1):
            raise SpliceError(
                message("a paragraph cannot be added inside a table, a chart or a box's title")
            )
        return number

    def _is_shared(self, number: int) -> bool:
        return self.there[number].kind in _SHARED_KINDS

    def _captions_gone(self, kept: set[int]) -> set[int]:
        """The captions that are gone together with the picture that they are below."""
        found: set[int] = set()
        for number, block in enumerate(self.there[1:], start=1):
            above = self.there[number - 1].kind == "picture" or number - 1 in found
            is_alone = block.kind == "caption" and above and number - 1 not in kept
            if is_alone and number not in kept:
                found.add(number)
        return found

    def _check(self, number: int, captions: set[int]) -> None:
        following = number + 1
        if (
            self.there[number].kind == "picture"
            and following < len(self.there)
            and self.there[following].kind == "caption"
            and following not in captions
        ):
            raise SpliceError(message("a picture cannot be removed or moved without its caption"))
        if self._is_shared(number):
            raise SpliceError(
                message("parts of tables, charts and captions cannot be removed or moved")
            )

    def _other(self, row: str) -> None:
        """A row of no block, or of a part of one."""
        if row.strip() or "".join(self.made[-1:]).strip():
            self.made.append(row)
        self.before = "other" if row.strip() else ""

    def _add(self, added: Sequence[tuple[str, list[str]]]) -> None:
        for kind, rows in added:
            self.is_parted = True
            self._put(kind, rows)
            self.is_parted = True

    def _put(self, kind: str, rows: Sequence[str]) -> None:
        """A block, after a blank row if it needs one."""
        is_list = self.before.endswith(_ITEMS) and kind.endswith(_ITEMS)
        if self.is_parted and self.made and self.made[-1].strip() and not is_list:
            self.made.append("")
        self.made += rows
        self.before = kind
        self.is_parted = False


def _put_rows(lines: EditedLines, text: Text, rows: Sequence[str]) -> None:
    """Replaces the lines of the rows that differ; blank ones at the end stay."""
    old, new_rows = _filled(str(text).split("\n")), _filled(rows)
    indent = _indent(lines, text)
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new_rows, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        places = text.scalar.rows
        first = places[i1][0] if i1 < len(old) else places[len(old) - 1][0] + 1
        new = [f"{indent}{row}" if row.strip() else "" for row in new_rows[j1:j2]]
        lines.put(first, first + i2 - i1, new)


def _filled(rows: Sequence[str]) -> list[str]:
    """Rows without blank ones at the end."""
    last = max((at for at, row in enumerate(rows) if row.strip()), default=-1)
    return list(rows[: last + 1])


def _indent(lines: EditedLines, text: Text) -> str:
    filled = next(at for at, row in enumerate(str(text).split("\n")) if row.strip())
    line, column = text.scalar.rows[filled]
    return lines.text(line)[: column - 1]


def _compare(
    before: Tree, data: bytes, file: str, redrafts: dict[tuple[str, ...], Redraft]
) -> None:
    after = tree_of(data, file)
    old, new = dict(leaves(before.root)), dict(leaves(after.root))
    if list(old) != list(new):
        raise SpliceError(message("another part of the file would change too"))
    for path, text in new.items():
        redraft = redrafts.get(path)
        if redraft is None:
            if str(text) != str(old[path]):
                raise SpliceError(message('"{key}" would also change', key=".".join(path)))
            continue
        kind = type(redraft.text)
        found = [(one.kind, one.text) for one in segments(text.as_(kind))]
        if found != [(one.kind, one.text) for one in redraft.blocks]:
            raise SpliceError(
                message(
                    "the text would not be read as typed: look for a character such as - or # at "
                    "the beginning"
                )
            )
