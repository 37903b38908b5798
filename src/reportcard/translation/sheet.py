"""XLSX, for translators who work in a spreadsheet: out and in. Cells are text, never formulas."""

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
from reportcard.messages.catalogue import languages
from reportcard.messages.message import Message, message
from reportcard.translation.parcel import Parcel, Returned, ReturnedFileError

#: The columns, in the language of whoever exports: the translator writes into one of them, the
#: others are locked. They are found again by their headings in any language, in any order.
_HEADINGS: Final = (
    message("id"),
    message("source"),
    message("translation"),
    message("state"),
    message("notes"),
)
_WIDTHS: Final = (14, 70, 70, 14, 50)
_MAXIMUM_ROWS: Final = 20_000


def dumped(parcel: Parcel) -> bytes:
    """The parcel as a workbook of one sheet, protected but for the column of the translation."""
    book = Workbook()
    book.properties.title = f"{parcel.scope}/{parcel.language}"
    book.properties.subject = parcel.source_language
    book.properties.creator = "reportcard"
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = str(_HEADINGS[2])
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = f"A1:E{len(parcel.items) + 1}"
    sheet.protection.sheet = True
    for allowed in ("sort", "autoFilter", "formatColumns", "formatRows"):
        setattr(sheet.protection, allowed, False)  # what is not protected is allowed
    for column, (heading, width) in enumerate(zip(_HEADINGS, _WIDTHS, strict=True), start=1):
        text_cell(sheet, 1, column, str(heading)).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = width
    for row, item in enumerate(parcel.items, start=2):
        for column, value in enumerate(
            (
                item.id,
                item.source,
                item.target,
                str(item.state.label),
                "\n".join(map(str, item.notes)),
            ),
            start=1,
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
    what was typed. Raises ReturnedFileError.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter(
                "ignore"
            )  # what openpyxl cannot keep of a workbook is not read here
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
        raise ReturnedFileError(message("the file is not a readable XLSX file.")) from error
    for sheet in book.worksheets:
        row = [str(cell.value or "").strip().lower() for cell in sheet[1]] if sheet.max_row else []
        columns = [column for heading in _HEADINGS[:3] for column in _columns(row, heading)]
        if len(columns) == 3:
            title, subject = book.properties.title or "", book.properties.subject or ""
            return _read(sheet, columns, str(title), str(subject))
    raise ReturnedFileError(
        message(
            "no sheet in this workbook has the columns {columns}.", columns=tuple(_HEADINGS[:3])
        )
    )


def _columns(row: list[str], heading: Message) -> list[int]:
    """The first column with a heading, in whatever language; none if no column has it."""
    names = {heading.written(language).lower() for language in languages()}
    return [index for index, value in enumerate(row) if value in names][:1]


def _read(sheet: Worksheet, columns: list[int], title: str, source_language: str) -> Returned:
    if sheet.max_row > _MAXIMUM_ROWS:
        raise ReturnedFileError(
            message("the sheet has more than {maximum} rows.", maximum=f"{_MAXIMUM_ROWS:,}")
        )
    items = []
    for row in sheet.iter_rows(min_row=2, values_only=True):
        values = [folded(str(row[index] if row[index] is not None else "")) for index in columns]
        if values[0]:
            items.append((values[0], values[1], values[2]))
    scope, _, language = title.partition("/")
    if not language:
        raise ReturnedFileError(
            message(
                "this workbook was not exported by reportcard: its title does not name a "
                "country and language."
            )
        )
    return Returned(scope, source_language, language, tuple(items))
