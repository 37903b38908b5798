"""The cells of a workbook or a .csv file, each as the text that a person sees, with its place. A
number is never a float here.
"""

import csv
import io
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import islice
from typing import Final

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from reportcard.intake.package import opened, unreadable
from reportcard.messages.message import Message, message
from reportcard.problems.problem import Place
from reportcard.workspace.bounds import taken

#: A table of scores has a row a country and a column a category, or is as long as both together.
MAXIMUM_ROWS: Final = 3_000
MAXIMUM_COLUMNS: Final = 300
_MAXIMUM_CSV: Final = 2_000_000
#: The digits of a number that a spreadsheet keeps; a binary float has more, which nobody typed.
_DIGITS: Final = 15
#: The first section of a number's format (ECMA-376, part 1, 18.8.31): digits, and those after the
#: point.
_FORMAT: Final = re.compile(r"[#,]*[0#?]+(?:\.([0#?]+))?")
_SAVE: Final = message("Save the table as .xlsx, or as .csv in UTF-8.")


@dataclass(frozen=True, slots=True)
class Cell:
    """What a person sees in a cell. `fault` is the case of INTAKE-NUMBER that it is, whatever it
    looks like; `holds` is the number where less of it is shown.
    """

    text: str
    place: Place
    fault: str = ""
    holds: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet's rows of cells; `name` is the sheet's, empty for a .csv file; `separator` is the
    character between cells of a .csv file, empty for a sheet.
    """

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    separator: str = ""


def read_grids(data: bytes, name: str) -> tuple[tuple[Grid, ...], tuple[Message, ...]]:
    """A grid for each sheet of a workbook, or for each separator that a .csv file may have; and
    remarks on what was not read.

    A workbook is read in a process of its own. Raises ReportCardError (UNREADABLE).
    """
    if name.lower().endswith((".csv", ".tsv", ".txt")) and not data.startswith(
        (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
    ):
        return tuple(_separated(data, name)), ()
    return taken(name, _workbook, data, name)


def _workbook(data: bytes, name: str) -> tuple[tuple[Grid, ...], tuple[Message, ...]]:
    if opened(data, name).is_word:
        raise unreadable(
            name,
            message("the file is a manuscript, not a table."),
            message("Add --country NAME --language CODE to import it."),
        )
    return _sheets(data, name)


def _sheets(data: bytes, name: str) -> tuple[tuple[Grid, ...], tuple[Message, ...]]:
    grids, remarks = [], []
    try:
        with warnings.catch_warnings():
            warnings.simplefilter(
                "ignore"
            )  # what openpyxl cannot keep of a workbook is not read here
            results = load_workbook(
                io.BytesIO(data), read_only=True, data_only=True, keep_links=False
            )
            formulas = load_workbook(
                io.BytesIO(data), read_only=True, data_only=False, keep_links=False
            )
            for sheet, typed in zip(results.worksheets, formulas.worksheets, strict=True):
                if sheet.sheet_state != "visible":
                    remarks.append(
                        message('the hidden sheet "{name}" was skipped.', name=sheet.title)
                    )
                    continue
                for one in (sheet, typed):
                    one.reset_dimensions()  # the size given in the file is not trusted
                pairs = zip(sheet.iter_rows(), typed.iter_rows(values_only=True), strict=False)
                rows = [
                    tuple(
                        _cell(
                            cell,
                            raw,
                            Place(f"{name}, {sheet.title}!{get_column_letter(column)}{row}"),
                        )
                        for column, (cell, raw) in enumerate(
                            zip(cells, raws, strict=False), start=1
                        )
                    )
                    for row, (cells, raws) in enumerate(islice(pairs, MAXIMUM_ROWS + 1), start=1)
                ]
                _bounded(rows, f"{name}, {sheet.title}")
                grids.append(Grid(sheet.title, tuple(rows)))
    except (
        OSError,
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
        EOFError,
        IndexError,
        SyntaxError,
    ) as error:
        raise unreadable(
            name,
            message("the file is damaged."),
            message("Open it in a spreadsheet program and save it again as .xlsx."),
        ) from error
    return tuple(grids), tuple(remarks)


def _bounded(rows: list[tuple[Cell, ...]], name: str) -> None:
    if len(rows) > MAXIMUM_ROWS or any(cell.text for row in rows for cell in row[MAXIMUM_COLUMNS:]):
        raise unreadable(
            name,
            message(
                "the sheet has more than {rows} rows or {columns} columns.",
                rows=f"{MAXIMUM_ROWS:,}",
                columns=MAXIMUM_COLUMNS,
            ),
            message("Copy the table of scores to a separate sheet."),
        )


def _cell(cell: object, raw: object, place: Place) -> Cell:
    """A cell of a sheet; `raw` is what was typed, a formula where there is one."""
    value = getattr(cell, "value", None)
    if value is None:
        has_formula = isinstance(raw, str) and raw.startswith("=")
        return Cell("", place, "unsaved" if has_formula else "")
    if isinstance(value, bool):
        return Cell(str(value), place, "boolean")
    if isinstance(value, int | float):
        return _number(value, str(getattr(cell, "number_format", "General")), place)
    if isinstance(value, date | datetime | time | timedelta):
        return Cell(str(value), place, "date")
    text = " ".join(str(value).split())
    return Cell(text, place, "failed" if getattr(cell, "data_type", "") == "e" else "")


def _number(value: float, format_: str, place: Place) -> Cell:
    """A number as its format shows it, rounded half up like a spreadsheet does."""
    exact = Decimal(repr(value))
    if exact.adjusted() >= _DIGITS:  # no format has room for its digits
        return Cell(f"{exact.normalize():f}", place)
    held = round(Decimal(f"{exact:.{_DIGITS}g}"), _DIGITS)
    section = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]|_.', "", format_.partition(";")[0])
    text = f"{held.normalize():f}"
    if "%" in section:
        return Cell(f"{(held * 100).normalize():f} %", place, "percentage")
    match = _FORMAT.search(section)
    if match is None or "E" in section.upper().replace("GENERAL", "") or "/" in section:
        return Cell(text, place)
    shown = held.quantize(Decimal(1).scaleb(-len(match[1] or "")), ROUND_HALF_UP)
    return Cell(f"{shown:f}", place, holds="" if shown == held else text)


# --- .csv -----------------------------------------------------------------------------------------


def _separated(data: bytes, name: str) -> Iterator[Grid]:
    """The file by each separator that occurs in it."""
    if len(data) > _MAXIMUM_CSV:
        raise unreadable(
            name,
            message(
                "the file is {size} bytes. The maximum is {maximum}.",
                size=f"{len(data):,}",
                maximum=f"{_MAXIMUM_CSV:,}",
            ),
            message("Save the table of scores in a separate file."),
        )
    if b"\0" in data:
        raise unreadable(name, message("the file is not a plain text file."), _SAVE)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    for separator in "\t;,":
        if separator in text:
            try:
                rows = list(_rows(text, separator, name))
            except csv.Error as error:
                raise unreadable(
                    name,
                    message("the file is not a table."),
                    _SAVE,
                ) from error
            _bounded(rows, name)
            yield Grid("", tuple(rows), separator)


def _rows(text: str, separator: str, name: str) -> Iterator[tuple[Cell, ...]]:
    lines = text.splitlines()
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    first = 1
    for row in islice(reader, MAXIMUM_ROWS + 1):
        # Columns are known where a record is on one line.
        line = lines[first - 1] if first <= len(lines) and reader.line_num == first else ""
        starts = [
            match.start() + 1
            for match in re.finditer(
                rf'(?:^|(?<={re.escape(separator)}))(?:"(?:[^"]|"")*"|[^{re.escape(separator)}])*',
                line,
            )
        ]
        yield tuple(
            Cell(
                " ".join(value.split()),
                Place(name, first, starts[at] if len(starts) == len(row) else 0),
            )
            for at, value in enumerate(row)
        )
        first = reader.line_num + 1
