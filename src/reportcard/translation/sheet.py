"""XLSX, for translators who work in a spreadsheet: out and in. Cells are text, never formulas."""

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Final

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from reportcard.content.segments import folded, segment_key
from reportcard.messages.catalogue import languages
from reportcard.messages.message import Message, message
from reportcard.translation.parcel import (
    Parcel,
    Returned,
    ReturnedFileError,
    ReturnedItem,
    ToolMark,
    TranslatorComment,
)
from reportcard.translation.stamps import stamp_in

#: The columns, in the language of whoever exports: the translator writes into one of them, the
#: others are locked. They are found again by their headings in any language, in any order.
_HEADINGS: Final = (
    message("id"),
    message("source"),
    message("translation"),
    message("state"),
    message("notes"),
    message("stamp"),
    message("comment"),
)
_WIDTHS: Final = (14, 70, 70, 14, 50, 4, 40)
_STAMP: Final = 6
_COMMENT: Final = 7
#: Those that a translator writes into.
_OPEN: Final = (3, _COMMENT)
#: The languages, beside the heading of the stamps: programs drop a file's properties.
_LANGUAGES: Final = re.compile(r"(.*?)\s*\((\S+) > (\S+)\)")
_TRUTH: Final = re.compile(r"=(TRUE|FALSE)\(\)")
_MAXIMUM_ROWS: Final = 20_000


def dumped(parcel: Parcel) -> bytes:
    """The parcel as a workbook of one sheet, protected but for the columns of the translation and
    of comments.
    """
    book = Workbook()
    book.properties.title = f"{parcel.scope}/{parcel.language}"
    book.properties.subject = parcel.source_language
    book.properties.creator = "reportcard"
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = str(_HEADINGS[2])
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = f"A1:G{len(parcel.items) + 1}"
    sheet.protection.sheet = True
    for allowed in ("sort", "autoFilter", "formatColumns", "formatRows"):
        setattr(sheet.protection, allowed, False)  # what is not protected is allowed
    for column, (heading, width) in enumerate(zip(_HEADINGS, _WIDTHS, strict=True), start=1):
        name = str(heading)
        if column == _STAMP:
            name = f"{name} ({parcel.source_language} > {parcel.language})"
        text_cell(sheet, 1, column, name).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = width
    for row, item in enumerate(parcel.items, start=2):
        for column, value in enumerate(
            (
                item.id,
                item.source,
                item.target,
                str(item.state.label),
                "\n".join(map(str, item.notes)),
                str(item.stamp),
                "\n".join(one.text for one in item.comments),
            ),
            start=1,
        ):
            cell = text_cell(sheet, row, column, value)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.protection = Protection(locked=column not in _OPEN)
        if not item.state.is_done:
            sheet.cell(row, 3).fill = PatternFill("solid", fgColor="FFF3E7CB")
    sheet.column_dimensions[get_column_letter(_STAMP)].hidden = True
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


def read(data: bytes) -> tuple[Returned, ...]:
    """What came back in a workbook, its rows in any order. Raises ReturnedFileError.

    Of a formula, its result is what was typed if the file has it, or else its text.
    """
    typed, shown = _opened(data, results=False), _opened(data, results=True)
    for sheet in typed.worksheets:
        row = [_words(cell.value).lower() for cell in sheet[1]] if sheet.max_row else []
        columns = [column for heading in _HEADINGS[:3] for column in _columns(row, heading)]
        if len(columns) == 3:
            stamps = _columns(row, _HEADINGS[_STAMP - 1])
            properties = typed.properties
            scope, _, language = str(properties.title or "").partition("/")
            if not language:
                scope = ""
            source_language = str(properties.subject or "") if language else ""
            heading = _words(sheet[1][stamps[0]].value) if stamps else ""
            if match := _LANGUAGES.fullmatch(heading):
                source_language, language = match[2], match[3]
            noted = _columns(row, _HEADINGS[_COMMENT - 1])
            items = tuple(
                replace(item, comments=_comments(sheet[number], noted))
                for number, item in _rows(sheet, shown[sheet.title], [*columns, *stamps])
            )
            return (Returned(scope, source_language, language, items),)
    raise ReturnedFileError(
        message(
            "no sheet in this workbook has the columns {columns}.", columns=tuple(_HEADINGS[:3])
        )
    )


def _opened(data: bytes, *, results: bool) -> Workbook:
    try:
        with warnings.catch_warnings():
            # what openpyxl cannot keep of a workbook is not read here
            warnings.simplefilter("ignore")
            return load_workbook(
                io.BytesIO(data), read_only=False, data_only=results, keep_links=False
            )
    except (
        InvalidFileException,
        zipfile.BadZipFile,
        zlib.error,
        SyntaxError,  # of XML
        OSError,
        LookupError,
        ValueError,
        TypeError,
        AttributeError,
        EOFError,
        NotImplementedError,
    ) as error:
        raise ReturnedFileError(message("the file is not a readable XLSX file.")) from error


def _words(value: object) -> str:
    return str(value if value is not None else "").strip()


def _columns(row: list[str], heading: Message) -> list[int]:
    """The first column with a heading, in whatever language; none if no column has it."""
    names = {heading.written(language).lower() for language in languages()}
    plain = [_LANGUAGES.sub(r"\1", value) for value in row]
    return [index for index, value in enumerate(plain) if value in names][:1]


def _rows(
    sheet: Worksheet, shown: Worksheet, columns: list[int]
) -> Iterator[tuple[int, ReturnedItem]]:
    """The items with the number of their row."""
    if sheet.max_row > _MAXIMUM_ROWS:
        raise ReturnedFileError(
            message("the sheet has more than {maximum} rows.", maximum=f"{_MAXIMUM_ROWS:,}")
        )
    rows = zip(sheet.iter_rows(min_row=2), shown.iter_rows(min_row=2), strict=False)
    for number, (row, results) in enumerate(rows, start=2):
        id_, source = (folded(_words(row[index].value)) for index in columns[:2])
        typed, result = row[columns[2]], results[columns[2]]
        text, mark, fault = _typed(typed, result)
        stamp = stamp_in(_words(row[columns[3]].value)) if len(columns) > 3 else None
        if stamp and stamp.source != segment_key(source):
            stamp = None  # of another row: the column stayed where it was while others were sorted
        if id_ or text:
            where = typed.coordinate
            yield number, ReturnedItem(id_, source, text, stamp, mark, fault, where=where)


def _comments(row: Sequence[Cell | MergedCell], noted: list[int]) -> tuple[TranslatorComment, ...]:
    """What is in the column of comments, and comments on cells, which begin with their author's
    name in most programs.
    """
    found = [TranslatorComment(_words(row[index].value)) for index in noted]
    for cell in row:
        if cell.comment:
            author = _words(cell.comment.author)
            text = _words(cell.comment.text).removeprefix(f"{author}:").strip()
            found.append(TranslatorComment(text, author))
    return tuple(one for one in found if one.text)


def _typed(
    cell: Cell | MergedCell, result: Cell | MergedCell
) -> tuple[str, ToolMark, Message | None]:
    """The text of a cell, whether it needs review, and why it is not a translation."""
    mark = ToolMark.NOTHING
    value = cell.value
    if cell.data_type == "f":
        text = str(getattr(value, "text", value) or "")
        if result.value is None:
            value = text
        else:
            value, mark = result.value, ToolMark.REVIEW  # such as =GOOGLETRANSLATE(…)
            if _TRUTH.fullmatch(text):  # LibreOffice makes formulas of true and false
                value = bool(value)
    if result.data_type == "e" or cell.data_type == "e":
        why = message("cell {cell} holds an error, not a translation.", cell=cell.coordinate)
    elif isinstance(value, bool):
        why = message("cell {cell} holds true or false, not a text.", cell=cell.coordinate)
    elif isinstance(value, date | time | timedelta):
        why = message("cell {cell} holds a date, not a text.", cell=cell.coordinate)
    elif isinstance(value, float):
        why = message(
            "cell {cell} holds a number, whose form is lost. Format it as text.",
            cell=cell.coordinate,
        )
    else:
        return folded(_words(value)), mark, None
    shown = result.value if result.value is not None else value
    return folded(_words(shown)), mark, why
