"""The data of a chart: a CSV file beside a card, bounded, with what is wrong at each line.

A head with the names of columns, and rows: a label, and a number in each other column. Numbers have
a point, whatever the language of the card, or a comma where semicolons part the cells, as
spreadsheets in Spanish write them; an empty cell is no data.
"""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from io import StringIO
from typing import Final

from reportcard.messages.message import Hole

#: So many bytes has a file at most, so many rows and columns of numbers, letters of a word, and
#: digits of a number: what is more cannot be read off a chart.
MOST_BYTES: Final = 50_000
MOST_ROWS: Final = 40
MOST_SERIES: Final = 5
MOST_LETTERS: Final = 60
_NUMBER: Final = re.compile(r"[-\u2212]?\d{1,12}(?:\.\d{1,6})?")
_COMMA: Final = re.compile(r"[-\u2212]?\d{1,12},\d{1,6}")

Fault = tuple[int, str, dict[str, Hole]]
"""What is wrong with a file: its line, a case of CHART-DATA, and what fills the holes."""


@dataclass(frozen=True, slots=True)
class ChartData:
    """A table of numbers: the name of the labels, those of the columns of numbers, and the rows: a
    label and its numbers (None: no data).
    """

    labels: str
    series: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Decimal | None, ...]], ...]

    @property
    def words(self) -> frozenset[str]:
        """All words in it."""
        return frozenset((self.labels, *self.series, *(label for label, _ in self.rows)))


def data_path(country: str, file: str) -> str:
    """Where a chart's file is in the workspace."""
    return f"content/{country}/data/{file}"


def read_chart_data(data: bytes) -> tuple[ChartData | None, tuple[Fault, ...]]:
    """The table of a CSV file, with commas or semicolons; None and all that is wrong with it."""
    rows, has_commas, fault = _rows(data)
    if fault:
        return None, (fault,)
    filled = [(line, row) for line, row in rows if any(row)]
    if len(filled) < 2:
        return None, ((1, "empty", {}),)
    names = filled[0][1]
    if faults := (*_of_head(*filled[0]), *_of_rows(names, filled[1:], has_commas)):
        return None, faults
    numbers = tuple((row[0], tuple(map(_number, row[1:]))) for _, row in filled[1:])
    return ChartData(names[0], tuple(names[1:]), numbers), ()


def _rows(data: bytes) -> tuple[list[tuple[int, list[str]]], bool, Fault | None]:
    """The rows of a file with their lines; whether its decimals have commas; or why it cannot be
    read.
    """
    if len(data) > MOST_BYTES:
        return [], False, (1, "large", {"most": MOST_BYTES})
    text = data.decode("utf-8-sig", "replace")
    if "\0" in text or "\ufffd" in text:
        return [], False, (1, "encoding", {})
    head = text.split("\n", 1)[0]
    mark = ";" if head.count(";") > head.count(",") else ","
    rows: list[tuple[int, list[str]]] = []
    reader = csv.reader(StringIO(text, newline=""), delimiter=mark, strict=True)
    try:
        for row in reader:
            rows.append((reader.line_num, [" ".join(cell.split()) for cell in row]))
            if len(rows) > MOST_ROWS + 1 and any(rows[-1][1]):
                return [], False, (reader.line_num, "rows", {"most": MOST_ROWS})
    except csv.Error:
        return [], False, (reader.line_num, "quotes", {})
    has_commas = mark == ";" and any(_COMMA.fullmatch(cell) for _, row in rows for cell in row[1:])
    return rows, has_commas, None


def _of_head(line: int, names: Sequence[str]) -> Iterator[Fault]:
    if not 2 <= len(names) <= MOST_SERIES + 1:
        yield line, "columns", {"found": len(names), "most": MOST_SERIES + 1}
    for name in names:
        if not name:
            yield line, "unnamed", {}
            return
    yield from _of_words(line, names)
    if twice := next((name for name in names if names.count(name) > 1), ""):
        yield line, "twice", {"word": twice}


def _of_rows(
    names: Sequence[str], rows: Sequence[tuple[int, list[str]]], has_commas: bool
) -> Iterator[Fault]:
    seen: set[str] = set()
    for line, row in rows:
        if len(row) != len(names):
            yield line, "cells", {"found": len(row), "expected": len(names)}
            continue
        if not row[0]:
            yield line, "unlabelled", {}
        elif row[0] in seen:
            yield line, "twice", {"word": row[0]}
        seen.add(row[0])
        yield from _of_words(line, row[:1])
        for name, cell in zip(names[1:], row[1:], strict=True):
            if cell and not _is_number(cell, has_commas):
                yield line, "number", {"typed": cell[:30], "column": name, "row": row[0] or "?"}
    if len(names) > 1 and not any(cell for _, row in rows for cell in row[1:]):
        yield rows[0][0], "blank", {}


def _of_words(line: int, words: Sequence[str]) -> Iterator[Fault]:
    if long := next((word for word in words if len(word) > MOST_LETTERS), ""):
        yield line, "long", {"word": f"{long[:20]}…", "most": MOST_LETTERS}


def _is_number(cell: str, has_commas: bool) -> bool:
    """Whether a cell is a number; where decimals have commas, a point may part thousands."""
    return bool(_NUMBER.fullmatch(cell) and not (has_commas and "." in cell)) or (
        has_commas and bool(_COMMA.fullmatch(cell))
    )


def _number(cell: str) -> Decimal | None:
    return Decimal(cell.replace("\u2212", "-").replace(",", ".")) if cell else None
