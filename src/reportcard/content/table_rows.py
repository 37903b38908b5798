"""Rows of tables in prose: new ones, rows that are gone, cells that are filled or emptied."""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Final, NamedTuple

from reportcard.content.rewrites import SpliceError
from reportcard.content.segments import Segment, segments
from reportcard.content.tree import BLOCK, Text
from reportcard.messages.message import message

_BAR: Final = re.compile(r"(?<!\\)\|")
_DASHES: Final = re.compile(r"[\s|:-]*-[\s|:-]*")


class CellPlace(NamedTuple):
    """A cell by the row of the field's text that it is in, or below which a new row is: `below` is
    0, or the number of the new row there. Columns count from 0.
    """

    row: int
    below: int
    column: int


def column_of(row: str, block: Segment) -> int:
    """The column of the table that a cell in a row of text is in."""
    before = row[: block.column]
    return len(_BAR.findall(before)) - before.lstrip().startswith("|")


def with_cells(
    rows: Sequence[str],
    there: Sequence[Segment],
    gone: Collection[int],
    new: Mapping[CellPlace, str],
) -> list[str]:
    """A field's text by rows without some cells of those that were `there`, by number, and with new
    ones, whose rows are those of `there`. A row without cells is left out.

    Raises SpliceError if a table cannot be so.
    """
    made = list(rows)
    cells = [one for one in segments(Text("\n".join(rows), "", BLOCK)) if one.kind == "cell"]
    numbers = [number for number, one in enumerate(there) if one.kind == "cell"]
    if len(cells) != len(numbers):
        raise SpliceError(message("the table cannot be found again"))
    by_row: dict[int, list[tuple[int, Segment]]] = {}
    for number, cell in zip(numbers, cells, strict=True):
        by_row.setdefault(there[number].rows[0], []).append((number, cell))
    for row in sorted(by_row, reverse=True):
        its = {place: text for place, text in new.items() if place.row == row}
        lost = [cell for number, cell in by_row[row] if number in gone]
        if its or lost:
            is_empty = len(lost) == len(by_row[row]) and all(place.below for place in its)
            _change(made, by_row[row][0][1].rows[0], lost, its, is_gone=is_empty)
    return made


def _change(
    rows: list[str],
    at: int,
    lost: Sequence[Segment],
    new: Mapping[CellPlace, str],
    *,
    is_gone: bool,
) -> None:
    """Changes the row of a table that is at a place, and those below it that are new."""
    line = rows[at]
    columns = len(_spans(line))
    if any(place.column >= columns for place in new):
        raise SpliceError(message("the table has only {n} columns", n=columns))
    is_head = _is_head(rows, at)
    if is_gone and is_head:
        raise SpliceError(message("the heading row of a table cannot be removed"))
    below: dict[int, dict[int, str]] = {}
    for place, text in new.items():
        below.setdefault(place.below, {})[place.column] = text
    filled = below.pop(0, {})
    margin = line[: len(line) - len(line.lstrip())]
    first = at + 1 + is_head
    rows[first:first] = [
        f"{margin}| {' | '.join(cells.get(column, '') for column in range(columns))} |"
        for _, cells in sorted(below.items())
    ]
    if is_gone:
        del rows[at]
        return
    emptied = dict.fromkeys((column_of(line, cell) for cell in lost), "")
    for column, text in sorted({**emptied, **filled}.items(), reverse=True):
        start, end = _spans(line)[column]
        line = f"{line[:start]} {text} {line[end:]}".rstrip()
    rows[at] = line


def _is_head(rows: Sequence[str], at: int) -> bool:
    """Whether a row of a table is its first."""
    is_first = not at or "|" not in rows[at - 1]
    return is_first and at + 1 < len(rows) and bool(_DASHES.fullmatch(rows[at + 1]))


def _spans(line: str) -> list[tuple[int, int]]:
    """Where the cells of a row begin and end, between its bars."""
    start = len(line) - len(line.lstrip())
    start += line.startswith("|", start)
    ends = [match.start() for match in _BAR.finditer(line) if match.start() >= start]
    if not ends or ends[-1] != len(line.rstrip()) - 1:
        ends.append(len(line))
    return list(zip([start, *(end + 1 for end in ends[:-1])], ends, strict=True))
