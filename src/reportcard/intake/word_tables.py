"""Tables of a Word document (ECMA-376, part 1, 17.4) as tables of a card: a head, rows of as many
cells, one text in each.

A table that only arranges text or pictures on the page is taken apart, in its order; one of a
single cell is a box.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from reportcard.content.segments import NOTHING
from reportcard.intake.blocks import ManuscriptBlock, ManuscriptTable
from reportcard.intake.boxes import boxed
from reportcard.intake.captions import is_label, is_source
from reportcard.intake.elements import child, get, is_deleted_row, name_of, value, whole
from reportcard.intake.manuscript import (
    Inline,
    ManuscriptCall,
    ManuscriptParagraph,
    ManuscriptRun,
    Marginalia,
    ParagraphKind,
    plain,
    stripped,
)
from reportcard.intake.package import Element

#: Word allows as many columns.
_MOST_COLUMNS: Final = 63
_EMPTY: Final = ManuscriptParagraph(ParagraphKind.TEXT, ())
#: How cells of Word are aligned, as a card says it.
_SIDES: Final = {"right": "right", "end": "right", "center": "center"}

#: A number with its sign and unit, and what people write where there is none.
_NUMBER: Final = re.compile(r"[^\w\s]{0,3}\s*\d[\d.,\s]*(?:%|[^\W\d]{1,3}\.?)?\s*")
_NO_NUMBER: Final = re.compile(r"[–—−.…-]*|n\.?\s?[/.]?\s?[ad]\.?", re.IGNORECASE)

Reader = Callable[[Element], tuple[ManuscriptBlock, ...]]


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell: what is in it, how many columns it takes, whether it goes on with the one above
    (`continues`) or has one below that does (`begins`), and how its first paragraph is aligned.
    """

    blocks: tuple[ManuscriptBlock, ...]
    span: int
    begins: bool = False
    continues: bool = False
    side: str = ""

    @property
    def text(self) -> ManuscriptParagraph:
        """Its paragraphs as one, those of lists parted by semicolons."""
        inlines: list[Inline] = []
        asides: list[Marginalia] = []
        for one in (block for block in self.blocks if isinstance(block, ManuscriptParagraph)):
            if inlines:
                is_new = one.is_listed and not _last(inlines).endswith((".", ";", ":", ","))
                inlines.append(ManuscriptRun("; " if is_new else " "))
            inlines += (_on_one_line(part) for part in one.inlines)
            asides += one.asides
        return replace(_EMPTY, inlines=stripped(inlines), asides=tuple(asides))

    @property
    def others(self) -> tuple[ManuscriptBlock, ...]:
        """What is in it besides paragraphs."""
        return tuple(one for one in self.blocks if not isinstance(one, ManuscriptParagraph))


def read_table(element: Element, read: Reader, counts: Counter[str]) -> Iterator[ManuscriptBlock]:
    """The blocks that a table is; `read` gives those of a cell, and `counts` what there is to
    remark.
    """
    rows = [row for row in _rows(element, read) if any(map(_is_filled, row))]
    width = max((_width(row) for row in rows), default=0)
    if not rows:
        return
    if all(len(row) == 1 and row[0].span == width for row in rows):
        yield from _framed([row[0].blocks for row in rows])
        return
    above, rows, below = _legends(rows, width)
    if _is_layout(rows) or width > _MOST_COLUMNS:
        counts["layout"] += 1
        yield from (*above, *_apart(rows), *below)
        return
    counts["merged"] += sum(_is_divided(cell, row) for row in rows for cell in row)
    others = [one for row in rows for cell in row for one in cell.others]
    counts["in-cell"] += len(others)
    yield from (*above, _table(rows, width, counts), *below, *others)


def _is_filled(cell: _Cell) -> bool:
    return bool(cell.blocks) or cell.continues


def _width(row: Sequence[_Cell]) -> int:
    return sum(cell.span for cell in row)


def _rows(element: Element, read: Reader) -> Iterator[list[_Cell]]:
    """The rows of a table with their cells."""
    for one in element:
        if name_of(one) == "tr":
            if is_deleted_row(one):
                continue
            properties = child(one, "trPr")
            before, after = (
                min(whole(value(properties, name)), _MOST_COLUMNS)
                for name in ("gridBefore", "gridAfter")
            )
            row = [*_cells(one, read)]
            if row and (before or after):
                row = [*[_Cell((), 1)] * before, *row, *[_Cell((), 1)] * after]
            yield row
        elif name_of(one) not in ("tblPr", "tblGrid", "del", "moveFrom"):
            yield from _rows(one, read)


def _cells(row: Element, read: Reader) -> Iterator[_Cell]:
    for one in row:
        if name_of(one) == "tc":
            properties = child(one, "tcPr")
            merged = child(properties, "vMerge")
            joint = "" if merged is None else get(merged, "val") or "continue"
            paragraph = next((part for part in one if name_of(part) == "p"), None)
            side = value(child(paragraph, "pPr"), "jc")
            yield _Cell(
                read(one),
                max(1, min(whole(value(properties, "gridSpan"), 1), _MOST_COLUMNS + 1)),
                joint == "restart",
                joint == "continue",
                _SIDES.get(side, ""),
            )
        elif name_of(one) not in ("trPr", "tblPrEx", "del", "moveFrom"):
            yield from _cells(one, read)


# --- tables that are none -------------------------------------------------------------------------


def _framed(rows: Sequence[tuple[ManuscriptBlock, ...]]) -> Iterator[ManuscriptBlock]:
    """A table of one column: a box if it is one cell, or a line and a cell below; else text."""
    filled = [row for row in rows if row]
    is_titled = len(filled) == 2 and len(filled[0]) == 1
    if len(filled) == 1:
        yield from boxed(filled[0])
        return
    if is_titled:
        found = [*boxed((*filled[0], *filled[1]), has_title=True)]
        if getattr(found[0], "title", None) is not None:
            yield from found
            return
    for row in filled:
        yield from row


def _is_layout(rows: Sequence[Sequence[_Cell]]) -> bool:
    """Whether a table has no rows of data: fewer than two have text in two cells, captions aside,
    and there is a picture, or one row alone.
    """
    told = [sum(_has_text(cell) or cell.continues for cell in row) > 1 for row in rows]
    has_pictures = any(cell.others for row in rows for cell in row)
    is_empty = not any(_has_text(cell) for row in rows[1:] for cell in row)
    return len(rows) < 2 or is_empty or (has_pictures and sum(told) < 2)


def _has_words(text: ManuscriptParagraph) -> bool:
    return bool(text.text.strip())


def _has_text(cell: _Cell) -> bool:
    return _has_words(cell.text) and not any(
        isinstance(one, ManuscriptParagraph) and one.kind is ParagraphKind.CAPTION
        for one in cell.blocks
    )


def _apart(rows: Sequence[Sequence[_Cell]]) -> Iterator[ManuscriptBlock]:
    """What is in the cells, row by row; column by column if the second row has the captions of
    pictures in the first.
    """
    is_grid = len(rows) == 2 and len(rows[0]) == len(rows[1])
    if is_grid and all(cell.others and not cell.text.inlines for cell in rows[0]):
        rows = list(zip(*rows, strict=True))
    for row in rows:
        for cell in row:
            yield from cell.blocks


# --- tables ---------------------------------------------------------------------------------------


def _legends(
    rows: list[list[_Cell]], width: int
) -> tuple[list[ManuscriptBlock], list[list[_Cell]], list[ManuscriptBlock]]:
    """Rows without a first one across the table, which is its caption, and without last ones
    across it that are its source.
    """
    above: list[ManuscriptBlock] = []
    below: list[ManuscriptBlock] = []
    if len(rows) > 2 and _is_across(rows[0], width) and not rows[0][0].others:
        above = [replace(rows[0][0].text, kind=ParagraphKind.CAPTION)]
        rows = rows[1:]
    while len(rows) > 2 and _is_across(rows[-1], width):
        text = rows[-1][0].text
        if not (is_source(text.text) or is_label(text.text)):
            break
        kind = ParagraphKind.CAPTION if is_label(text.text) else ParagraphKind.TEXT
        below.insert(0, replace(text, kind=kind))
        rows = rows[:-1]
    return above, rows, below


def _is_across(row: Sequence[_Cell], width: int) -> bool:
    return len(row) == 1 and row[0].span == width and width > 1 and bool(row[0].text.inlines)


def _is_divided(cell: _Cell, row: Sequence[_Cell]) -> bool:
    """Whether a merged cell has its text repeated: one that is a whole row has not."""
    return cell.continues or (cell.span > 1 and len(row) > 1)


def _table(rows: Sequence[Sequence[_Cell]], width: int, counts: Counter[str]) -> ManuscriptTable:
    grid = _grid(rows, width)
    count = _head_rows(rows)
    counts["heads"] += count > 1
    texts = [[cell.text for cell in row] for row in grid]
    head = [_head([row[column] for row in texts[:count]]) for column in range(width)]
    columns = [
        column
        for column in range(width)
        if _has_words(head[column]) or any(_has_words(row[column]) for row in texts[count:])
    ]
    for column in columns[1:]:
        if not _has_words(head[column]):
            counts["headless"] += 1
            head[column] = replace(
                head[column], inlines=(ManuscriptRun(NOTHING), *head[column].inlines)
            )
    return ManuscriptTable(
        tuple(tuple(row[column] for column in columns) for row in (head, *texts[count:])),
        tuple(_side([row[column] for row in grid[count:]]) for column in columns),
    )


def _grid(rows: Sequence[Sequence[_Cell]], width: int) -> list[list[_Cell]]:
    """Rows with a cell in each column; one that goes on with the one above has its words."""
    grid = [_spread(row, width) for row in rows]
    for above, here in pairwise(grid):
        for column, cell in enumerate(here):
            if cell.continues and not cell.blocks and above[column].blocks:
                here[column] = replace(cell, blocks=_again(above[column].blocks))
    return grid


def _spread(row: Sequence[_Cell], width: int) -> list[_Cell]:
    """A row with a cell in each column: a cell across some of them is repeated, one that is the
    whole row has its text once.
    """
    made: list[_Cell] = []
    for cell in row:
        again = () if len(row) == 1 else _again(cell.blocks)
        made += [cell, *[replace(cell, blocks=again)] * (cell.span - 1)]
    return [*made, *[_Cell((), 1)] * (width - len(made))]


def _again(blocks: Sequence[ManuscriptBlock]) -> tuple[ManuscriptBlock, ...]:
    """The words of a cell once more, without what is there once: notes, asides, pictures."""
    return tuple(
        replace(
            one,
            asides=(),
            inlines=tuple(part for part in one.inlines if not isinstance(part, ManuscriptCall)),
        )
        for one in blocks
        if isinstance(one, ManuscriptParagraph)
    )


def _head_rows(rows: Sequence[Sequence[_Cell]]) -> int:
    """How many rows are the head: as many as the cells of the first go on for, or one more if one
    of them is across columns that the next row names.
    """
    count = 1
    first = rows[0]
    if any(cell.begins for cell in first):
        while count < len(rows) - 1 and any(cell.continues for cell in rows[count]):
            if not any(cell.continues for cell in rows[count][:1]) and not any(
                cell.span > 1 for cell in first
            ):
                break
            count += 1
    if count == 1 and len(rows) > 2 and len(first) > 1 and any(cell.span > 1 for cell in first):
        named = [cell for cell in rows[1] if cell.text.inlines]
        count += bool(named) and not any(_NUMBER.fullmatch(cell.text.text) for cell in named[1:])
    return count


def _head(parts: Sequence[ManuscriptParagraph]) -> ManuscriptParagraph:
    """The heading of a column from those of several rows, each once."""
    inlines: list[Inline] = []
    asides: list[Marginalia] = []
    seen: set[str] = set()
    for one in parts:
        asides += one.asides
        if plain(one.text) in seen or not one.inlines:
            continue
        seen.add(plain(one.text))
        inlines += [ManuscriptRun(": "), *one.inlines] if inlines else one.inlines
    # A head is bold as it is
    plainly = (
        replace(one, bold=False) if isinstance(one, ManuscriptRun) else one for one in inlines
    )
    return replace(_EMPTY, inlines=stripped(plainly), asides=tuple(asides))


def _side(cells: Sequence[_Cell]) -> str:
    """How a column is aligned: numbers on the right."""
    filled = {cell.text.text.strip(): cell.side for cell in cells if cell.text.inlines}
    if any(map(_NUMBER.fullmatch, filled)) and all(
        _NUMBER.fullmatch(text) or _NO_NUMBER.fullmatch(text) for text in filled
    ):
        return "right"
    sides = set(filled.values())
    return sides.pop() if len(sides) == 1 else ""


def _last(inlines: Sequence[Inline]) -> str:
    return "".join(one.text for one in inlines if isinstance(one, ManuscriptRun)).rstrip()


def _on_one_line(one: Inline) -> Inline:
    return replace(one, text=one.text.replace("\n", " ")) if isinstance(one, ManuscriptRun) else one
