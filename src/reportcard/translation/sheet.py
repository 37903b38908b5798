"""XLSX, for translators who work in a spreadsheet: out and in. All cells are text; nothing in them
is ever a formula.
"""

import io
import warnings
from typing import Final

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from reportcard.content.segments import folded
from reportcard.translation.parcel import Parcel, Returned

#: The columns: the translator writes into one of them, the others are locked. Their heads are
#: looked for, not their order.
_HEADS: Final = ("id", "source", "translation", "state", "notes")
_WIDTHS: Final = (14, 70, 70, 10, 50)
_SHEET: Final = "translation"
_MAXIMUM_ROWS: Final = 20_000


def dumped(parcel: Parcel) -> bytes:
    """The parcel as a workbook of one sheet, protected but for the column of the translation."""
    book = Workbook()
    book.properties.title = f"{parcel.scope}/{parcel.language}"
    book.properties.subject = parcel.source_language
    book.properties.creator = "reportcard"
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = _SHEET
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = f"A1:E{len(parcel.items) + 1}"
    sheet.protection.sheet = True
    for allowed in ("sort", "autoFilter", "formatColumns", "formatRows"):
        setattr(sheet.protection, allowed, False)  # what is not protected is allowed
    for column, (head, width) in enumerate(zip(_HEADS, _WIDTHS, strict=True), start=1):
        text_cell(sheet, 1, column, head).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = width
    for row, item in enumerate(parcel.items, start=2):
        for column, value in enumerate(
            (item.id, item.source, item.target, str(item.state), "\n".join(item.notes)), start=1
        ):
            cell = text_cell(sheet, row, column, value)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.protection = Protection(locked=column != 3)
        if not item.state.is_done:
            sheet.cell(row, 3).fill = PatternFill("solid", fgColor="FFF3E7CB")
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def text_cell(sheet: Worksheet, row: int, column: int, value: str) -> Cell:
    """A cell with a value that is text whatever it begins with: Excel would compute one that begins
    with = + - or @.
    """
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)
    cell.value = value
    cell.data_type = "s"
    cell.number_format = "@"
    cell.quotePrefix = value[:1] in ("=", "+", "-", "@")
    return cell


def read(data: bytes) -> Returned:
    """What came back in a workbook, its rows in any order. Formulas are not computed: their text is
    what was typed. Raises ValueError.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter(
                "ignore"
            )  # what openpyxl cannot keep of a workbook is nothing that is read here
            book = load_workbook(
                io.BytesIO(data), read_only=False, data_only=False, keep_links=False
            )
    except (
        InvalidFileException,
        OSError,
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
        EOFError,
    ) as error:
        raise ValueError(f"this is no XLSX file that can be read: {error}") from error
    for sheet in book.worksheets:
        heads = (
            [str(cell.value or "").strip().lower() for cell in sheet[1]] if sheet.max_row else []
        )
        if {"id", "source", "translation"} <= set(heads):
            return _read(
                sheet, heads, str(book.properties.title or ""), str(book.properties.subject or "")
            )
    raise ValueError("this workbook has no sheet with the columns id, source and translation")


def _read(sheet: Worksheet, heads: list[str], title: str, source_language: str) -> Returned:
    if sheet.max_row > _MAXIMUM_ROWS:
        raise ValueError(f"the sheet has more than {_MAXIMUM_ROWS:,} rows")
    at = [heads.index(name) for name in _HEADS[:3]]
    items = []
    for row in sheet.iter_rows(min_row=2, values_only=True):
        values = [folded(str(row[index] if row[index] is not None else "")) for index in at]
        if values[0]:
            items.append((values[0], values[1], values[2]))
    scope, _, language = title.partition("/")
    if not language:
        raise ValueError(
            "this workbook was not made by this program: its title names no country and language"
        )
    return Returned(scope, source_language, language, tuple(items))
