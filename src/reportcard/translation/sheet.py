"""XLSX, for translators who work in a spreadsheet: out and in. Cells are text, never formulas."""

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any, Final

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.comments.comment_sheet import CommentSheet
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.utils import coordinate_to_tuple, get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.xml.functions import fromstring

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
#: Where programs put the comments on cells.
_COMMENTS: Final = re.compile(r"xl/(?:comments/)?comments?\d*\.xml")
_MAXIMUM_COLUMNS: Final = 100


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

    Of a formula, its result is what was typed if the file has it, or else its text. Cells are read
    row by row: what a sheet says of its size and of merged cells is not believed.
    """
    try:
        with warnings.catch_warnings():
            # what openpyxl cannot keep of a workbook is not read here
            warnings.simplefilter("ignore")
            return _read(data)
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


def _read(data: bytes) -> tuple[Returned, ...]:
    typed, shown = (
        load_workbook(io.BytesIO(data), read_only=True, data_only=results, keep_links=False)
        for results in (False, True)
    )
    beside = _comments(data)
    for sheet in typed.worksheets:
        results = shown[sheet.title]
        sheet.reset_dimensions()
        results.reset_dimensions()
        heads = next(iter(sheet.iter_rows(max_row=1, max_col=_MAXIMUM_COLUMNS)), ())
        row = [_words(cell.value).lower() for cell in heads]
        columns = [column for heading in _HEADINGS[:3] for column in _columns(row, heading)]
        if len(columns) == 3:
            stamps = _columns(row, _HEADINGS[_STAMP - 1])
            properties = typed.properties
            scope, _, language = str(properties.title or "").partition("/")
            if not language:
                scope = ""
            source_language = str(properties.subject or "") if language else ""
            heading = _words(heads[stamps[0]].value) if stamps else ""
            if match := _LANGUAGES.fullmatch(heading):
                source_language, language = match[2], match[3]
            noted = _columns(row, _HEADINGS[_COMMENT - 1])
            items = tuple(
                replace(item, comments=(*item.comments, *beside.get(number, ())))
                for number, item in _rows(sheet, results, [*columns, *stamps], noted)
            )
            return (Returned(scope, source_language, language, items),)
    raise ReturnedFileError(
        message(
            "no sheet in this workbook has the columns {columns}.", columns=tuple(_HEADINGS[:3])
        )
    )


def _words(value: object) -> str:
    return str(value if value is not None else "").strip()


def _columns(row: list[str], heading: Message) -> list[int]:
    """The first column with a heading, in whatever language; none if no column has it."""
    names = {heading.written(language).lower() for language in languages()}
    plain = [_LANGUAGES.sub(r"\1", value) for value in row]
    return [index for index, value in enumerate(plain) if value in names][:1]


def _rows(
    sheet: Worksheet, shown: Worksheet, columns: list[int], noted: list[int]
) -> Iterator[tuple[int, ReturnedItem]]:
    """The items with the number of their row, and what is in the column of comments."""
    pairs = zip(
        *(one.iter_rows(min_row=2, max_col=_MAXIMUM_COLUMNS) for one in (sheet, shown)),
        strict=False,
    )
    for number, (row, results) in enumerate(pairs, start=2):
        if number > _MAXIMUM_ROWS:
            raise ReturnedFileError(
                message("the sheet has more than {maximum} rows.", maximum=f"{_MAXIMUM_ROWS:,}")
            )
        cells = [row[column] if column < len(row) else None for column in columns]
        id_, source = (folded(_words(getattr(cell, "value", None))) for cell in cells[:2])
        where = f"{get_column_letter(columns[2] + 1)}{number}"
        typed, result = cells[2], results[columns[2]] if columns[2] < len(results) else None
        text, mark, fault = _typed(typed, result, where)
        stamp = stamp_in(_words(getattr(cells[3], "value", None))) if len(columns) > 3 else None
        if stamp and stamp.source != segment_key(source):
            stamp = None  # of another row: the column stayed where it was while others were sorted
        if id_ or text:
            values = [getattr(row[column], "value", None) for column in noted if column < len(row)]
            comments = tuple(TranslatorComment(words) for words in map(_words, values) if words)
            item = ReturnedItem(id_, source, text, stamp, mark, fault, where=where)
            yield number, replace(item, comments=comments)


def _comments(data: bytes) -> dict[int, tuple[TranslatorComment, ...]]:
    """The comments on cells by the number of their row. They begin with their author's name in most
    programs.
    """
    found: dict[int, tuple[TranslatorComment, ...]] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in filter(_COMMENTS.fullmatch, archive.namelist()):
            tree: Any = fromstring(archive.read(name))
            sheet: Any = CommentSheet.from_tree(tree)
            for place, comment in sheet.comments:
                author = _words(comment.author)
                text = _words(comment.text).removeprefix(f"{author}:").strip()
                number = coordinate_to_tuple(place)[0]
                if text:
                    found[number] = (*found.get(number, ()), TranslatorComment(text, author))
    return found


def _typed(cell: object, result: object, where: str) -> tuple[str, ToolMark, Message | None]:
    """The text of a cell, whether it needs review, and why it is not a translation. `where` is its
    address; an empty cell has neither value nor type.
    """
    mark = ToolMark.NOTHING
    value, outcome = getattr(cell, "value", None), getattr(result, "value", None)
    kinds = [getattr(one, "data_type", "n") for one in (cell, result)]
    if kinds[0] == "f":
        text = str(getattr(value, "text", value) or "")
        if outcome is None:
            value = text
        else:
            value, mark = outcome, ToolMark.REVIEW  # such as =GOOGLETRANSLATE(…)
            if _TRUTH.fullmatch(text):  # LibreOffice makes formulas of true and false
                value = bool(value)
    if "e" in kinds:
        why = message("cell {cell} holds an error, not a translation.", cell=where)
    elif isinstance(value, bool):
        why = message("cell {cell} contains a logical value (true or false), not text.", cell=where)
    elif isinstance(value, date | time | timedelta):
        why = message("cell {cell} holds a date, not text.", cell=where)
    elif isinstance(value, float):
        why = message(
            "cell {cell} holds a number, so its original form is lost. Format the cell as text "
            "and type the translation again.",
            cell=where,
        )
    else:
        return folded(_words(value)), mark, None
    return folded(_words(value if outcome is None else outcome)), mark, why
