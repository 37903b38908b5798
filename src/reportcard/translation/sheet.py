"""XLSX, for translators who work in a spreadsheet: out and in. Cells are text, never formulas."""

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
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
from reportcard.translation.stamps import Stamp, is_exported_id, stamp_in
from reportcard.translation.status import State

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
#: Signs that XML cannot have, as workbooks write them (ECMA-376, part 1, 22.9.2.19): Excel does so
#: with the returns of texts from elsewhere, Google Sheets with each tab.
_ESCAPED: Final = re.compile(r"_x(00[01][0-9A-Fa-f]|007F)_")
#: A formula that is a text alone.
_QUOTED: Final = re.compile(r'="((?:[^"]|"")*)"')
#: Errors of Excel in any language, Google Sheets and LibreOffice, as text: #N/D, #¡REF!, Err:508.
_ERROR: Final = re.compile(
    r"#(?:N/[ADV]|GETTING_DATA|[¡¿]?[A-ZÁÉÍÓÚÑÇ0-9/_ ]{2,20}[!?])|(?:Err|Error):\d{3}|"
    r"(?:Loading|Cargando)(?:\.{3}|…)"  # Google Sheets, while it translates
)
_MAXIMUM_ROWS: Final = 20_000
#: Where programs put the comments on cells.
_COMMENTS: Final = re.compile(r"xl/(?:comments/)?comments?\d*\.xml")
_MAXIMUM_COLUMNS: Final = 100
#: So far down the headings may be.
_MOST_ABOVE: Final = 10


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
    found = []
    for sheet in typed.worksheets:
        results = shown[sheet.title]
        sheet.reset_dimensions()
        results.reset_dimensions()
        columns = _columns_of(sheet)
        if columns is None:
            continue
        properties = typed.properties
        scope, _, language = str(properties.title or "").partition("/")
        if not language:
            scope = ""
        source_language = str(properties.subject or "") if language else ""
        if match := _LANGUAGES.fullmatch(columns.stamp_heading):
            source_language, language = match[2], match[3]
        items = tuple(
            replace(item, comments=(*item.comments, *beside.get(number, ())))
            for number, item in _rows(sheet, results, columns)
        )
        beside = {}  # they do not say of which sheet they are
        found.append(Returned(scope, source_language, language, items))
    if not found:
        raise ReturnedFileError(
            message(
                "no sheet in this workbook has the columns {columns}.", columns=tuple(_HEADINGS[:3])
            )
        )
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Columns:
    """The row of the headings, and the columns from 0 of what is under them. `state` and `stamp`
    are -1 if they are gone; `own` are those of comments, and any that a person added, by heading.
    """

    row: int
    id: int
    source: int
    translation: int
    state: int
    stamp: int
    stamp_heading: str
    own: tuple[tuple[int, str], ...]


def _columns_of(sheet: Worksheet) -> _Columns | None:
    """Where the columns of a sheet are: somebody may have put a title above them."""
    rows = sheet.iter_rows(max_row=_MOST_ABOVE, max_col=_MAXIMUM_COLUMNS)
    for number, heads in enumerate(rows, start=1):
        names = [_words(cell.value) for cell in heads]
        listed = [_columns([name.lower() for name in names], heading) for heading in _HEADINGS]
        if not all(listed[:3]):
            continue
        if len(listed[2]) > 1:
            raise ReturnedFileError(
                message(
                    'the sheet has several columns "{column}". Keep one of them.',
                    column=names[listed[2][0]],
                )
            )
        known = {column for columns in listed[:-1] for column in columns}
        own = [(column, "") for column in listed[-1]]
        own += [
            (column, name)
            for column, name in enumerate(names)
            if column not in known and column not in listed[-1]
        ]
        id_, source, text, state, _, stamp, _ = (one[0] if one else -1 for one in listed)
        heading = names[stamp] if stamp >= 0 else ""
        return _Columns(number, id_, source, text, state, stamp, heading, tuple(own))
    return None


def _words(value: object) -> str:
    text = str(value if value is not None else "")
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text).strip()


def _columns(row: list[str], heading: Message) -> list[int]:
    """The columns with a heading, in whatever language."""
    names = {heading.written(language).lower() for language in languages()}
    plain = [_LANGUAGES.sub(r"\1", value) for value in row]
    return [index for index, value in enumerate(plain) if value in names]


def _rows(
    sheet: Worksheet, shown: Worksheet, columns: _Columns
) -> Iterator[tuple[int, ReturnedItem]]:
    """The items with the number of their row."""
    start = columns.row + 1
    pairs = zip(
        *(one.iter_rows(min_row=start, max_col=_MAXIMUM_COLUMNS) for one in (sheet, shown)),
        strict=False,
    )
    found: list[tuple[int, ReturnedItem]] = []
    stamps: list[Stamp | None] = []
    for number, (row, results) in enumerate(pairs, start=start):
        if number > _MAXIMUM_ROWS:
            raise ReturnedFileError(
                message("the sheet has more than {maximum} rows.", maximum=f"{_MAXIMUM_ROWS:,}")
            )
        id_, source = (folded(_value(row, column)) for column in (columns.id, columns.source))
        where = f"{get_column_letter(columns.translation + 1)}{number}"
        typed, result = (
            one[columns.translation] if columns.translation < len(one) else None
            for one in (row, results)
        )
        stamp = stamp_in(_value(row, columns.stamp))
        text, mark, fault = _typed(typed, result, where, _Known(source, stamp))
        comments = tuple(_noted(row, columns))
        if id_ or text or comments:
            item = ReturnedItem(id_, source, text, None, mark, fault, where=where)
            found.append((number, replace(item, comments=comments)))
            stamps.append(stamp)
    yield from _stamped(found, stamps)


def _stamped(
    found: Sequence[tuple[int, ReturnedItem]], stamps: Sequence[Stamp | None]
) -> Iterator[tuple[int, ReturnedItem]]:
    """The items with their stamps. One that is of no source is either of another row, since the
    column stayed where it was while others were sorted; or somebody typed over the source.
    """
    keys = {segment_key(item.source) for _, item in found}
    for (number, item), stamp in zip(found, stamps, strict=True):
        if stamp is None or stamp.source == segment_key(item.source):
            yield number, replace(item, stamp=stamp)
        elif stamp.source in keys or not (item.source and is_exported_id(item.id)):
            yield number, item
        else:
            why = message(
                "the source text in the file was changed, so the translation may not match the "
                "current source."
            )
            typed = item.typed if item.source in item.typed else f"{item.source} / {item.typed}"
            kept = replace(item, typed=typed.removesuffix(" / "), fault=item.fault or why)
            yield number, kept


def _value(row: Sequence[object], column: int) -> str:
    return _words(getattr(row[column], "value", None)) if 0 <= column < len(row) else ""


def _noted(row: Sequence[object], columns: _Columns) -> Iterator[TranslatorComment]:
    """What is in the columns of comments, in those that somebody added, and in place of a state."""
    for column, heading in columns.own:
        if text := _value(row, column):
            yield TranslatorComment(f"{heading}: {text}" if heading else text)
    state = _value(row, columns.state)
    labels = {one.label.written(language) for one in State for language in languages()}
    if state and state not in labels:
        yield TranslatorComment(state)


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


@dataclass(frozen=True, slots=True)
class _Known:
    """What a row says besides its translation."""

    source: str
    stamp: Stamp | None

    def has(self, text: str) -> bool:
        """Whether a text is the source, or the translation that was exported."""
        if self.stamp and self.stamp.source == segment_key(self.source):
            return text == self.source or segment_key(text) == self.stamp.target
        return text == self.source


def _typed(
    cell: object, result: object, where: str, known: _Known
) -> tuple[str, ToolMark, Message | None]:
    """The text of a cell, whether it needs review, and why it is not a translation. `where` is its
    address; an empty cell has neither value nor type.

    Programs make numbers of digits: a whole one is taken if it is what is `known`, for then nobody
    can have typed it otherwise.
    """
    mark = ToolMark.NOTHING
    value, outcome = getattr(cell, "value", None), getattr(result, "value", None)
    kinds = [getattr(one, "data_type", "n") for one in (cell, result)]
    if kinds[0] == "f":
        text = str(getattr(value, "text", value) or "")
        if outcome is None:
            value, mark = text, ToolMark.REVIEW
            if match := _QUOTED.fullmatch(text):
                value = match[1].replace('""', '"')
        else:
            value, mark = outcome, ToolMark.REVIEW  # such as =GOOGLETRANSLATE(…)
            if _TRUTH.fullmatch(text):  # LibreOffice makes formulas of true and false
                value = bool(value)
    if "e" in kinds or (isinstance(value, str) and _ERROR.fullmatch(value.strip())):
        why = message("cell {cell} holds an error, not a translation.", cell=where)
    elif isinstance(value, bool):
        why = message("cell {cell} contains a logical value (true or false), not text.", cell=where)
    elif isinstance(value, date | time | timedelta):
        why = message("cell {cell} holds a date, not text.", cell=where)
    elif isinstance(value, int | float):
        whole = str(int(value)) if float(value).is_integer() else ""
        if whole and known.has(whole):
            return whole, mark, None
        why = message(
            "cell {cell} holds a number, so its original form is lost. Format the cell as text "
            "and type the translation again.",
            cell=where,
        )
    else:
        return folded(_words(value)), mark, None
    return folded(_words(value if outcome is None else outcome)), mark, why
