"""The fact sheet as XLSX, for those who check facts in a spreadsheet: out and in. Cells are text,
never formulas.
"""

import io
import re
import unicodedata
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any, Final

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from reportcard.intake.package import opened, unreadable
from reportcard.messages.catalogue import languages
from reportcard.messages.message import Message, message
from reportcard.review.facts.pages import FactPages
from reportcard.review.facts.record import VERDICTS, FactState
from reportcard.review.facts.standing import JudgedFact, JudgedSheet
from reportcard.translation.sheet import text_cell
from reportcard.workspace.bounds import taken

#: The first column, by which a row is known, and those that a checker writes in; the others are
#: for reading. All are found again by their headings in any language, in any order.
_ID: Final = message("id")
_WRITTEN: Final = (
    message("verdict"),
    message("by"),
    message("when"),
    message("remark"),
    message("copy of the evidence"),
)
_MOST_ROWS: Final = 20_000
_MOST_COLUMNS: Final = 100
#: What a cell can hold.
_LONGEST: Final = 32_767
_OPEN: Final = PatternFill("solid", fgColor="FFF3E7CB")


@dataclass(frozen=True, slots=True)
class ReturnedFact:
    """A row that came back: the fact's id, and what was written, as typed; `on` is a date in ISO
    8601 where the cell holds one. `row` counts from 1.
    """

    row: int
    id: str
    verdict: str
    by: str
    on: str
    remark: str
    evidence: str
    has_formula: bool = False


@dataclass(frozen=True, slots=True)
class ReturnedSheet:
    """What came back in a workbook: the country that it is of, and its rows."""

    country: str
    rows: tuple[ReturnedFact, ...]


def dumped(judged: JudgedSheet, facts: Sequence[JudgedFact], pages: FactPages) -> bytes:
    """Some facts of a sheet as a workbook, one a row, in the reader's language: protected but for
    what a checker writes.
    """
    book = Workbook()
    book.properties.title = f"{judged.sheet.country}/facts"
    book.properties.creator = "reportcard"
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = str(message("Fact sheet"))[:31]
    columns = _columns(judged.sheet.languages)
    first = len(columns) - len(_WRITTEN) + 1
    last = get_column_letter(len(columns))
    sheet.freeze_panes = "D2"
    sheet.auto_filter.ref = f"A1:{last}{len(facts) + 1}"
    sheet.protection.sheet = True
    for allowed in ("sort", "autoFilter", "formatColumns", "formatRows"):
        setattr(sheet.protection, allowed, False)  # what is not protected is allowed
    for column, (heading, width) in enumerate(columns, start=1):
        text_cell(sheet, 1, column, heading).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = width
    for row, one in enumerate(facts, start=2):
        for column, value in enumerate(_values(judged, one, pages), start=1):
            cell = text_cell(sheet, row, column, _kept(value))
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.protection = Protection(locked=column < first)
        if one.record is None:
            sheet.cell(row, first).fill = _OPEN
    words = ",".join(str(state.label) for state in (*VERDICTS, FactState.OPEN))
    choice = DataValidation(type="list", formula1=f'"{words}"', allow_blank=True)
    sheet.add_data_validation(choice)
    letter = get_column_letter(first)
    choice.add(f"{letter}2:{letter}{max(len(facts), 1) + 1}")
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _columns(spoken: Sequence[str]) -> list[tuple[str, int]]:
    """The headings and the widths in characters."""
    return [
        (str(_ID), 15),
        (str(message("kind")), 11),
        (str(message("claim")), 26),
        *((str(message("sentence ({language})", language=code)), 60) for code in spoken),
        (str(message("page")), 9),
        (str(message("field")), 24),
        (str(message("note")), 40),
        (str(message("source address")), 40),
        (str(message("state")), 14),
        (str(message("earlier")), 30),
        *(
            (str(heading), width)
            for heading, width in zip(_WRITTEN, (13, 20, 13, 40, 40), strict=True)
        ),
    ]


def _values(judged: JudgedSheet, one: JudgedFact, pages: FactPages) -> list[str]:
    fact, record = one.fact, one.record
    spoken = judged.sheet.languages
    claim = [fact.words[code].words for code in spoken if code in fact.words]
    found = [f"{code} {page}" for code in spoken if (page := pages.page(fact, code))]
    missing = [str(message("only in {language}", language=code)) for code in fact.words]
    texts = [next(iter(source.texts.values()), "") for source in fact.sources]
    written = (
        (str(record.verdict.label), record.by, record.on, record.remark, record.evidence)
        if record
        else ("",) * len(_WRITTEN)
    )
    return [
        fact.id,
        str(fact.kind.label),
        "\n".join(dict.fromkeys(claim)),
        *(fact.words[code].sentence if code in fact.words else "" for code in spoken),
        "\n".join(found),
        "\n".join((fact.field, *fact.also)),
        "\n".join(texts),
        "\n".join(fact.addresses),
        "\n".join((str(one.state.label), *(missing if fact.missing else ()))),
        earlier(one),
        *written,
    ]


def earlier(one: JudgedFact) -> str:
    """What was found of a fact before an edit opened it again; empty if nothing was."""
    if one.before is None:
        return ""
    words = message(
        '{verdict}, according to {by} ({date}), when the sentence was: "{sentence}"',
        verdict=one.before.verdict.label,
        by=one.before.by,
        date=one.before.on,
        sentence=one.before.sentence,
    )
    return str(words)


def _kept(value: str) -> str:
    """What a cell can hold of a text."""
    legal = ILLEGAL_CHARACTERS_RE.sub("", value)
    return legal if len(legal) <= _LONGEST else f"{legal[: _LONGEST - 1]}…"


# --- and in ---------------------------------------------------------------------------------------


def read(data: bytes, name: str) -> ReturnedSheet:
    """What came back in a workbook, its rows in any order, read in a process of its own. Raises
    ReportCardError (UNREADABLE) if it is not a workbook, or not one of a fact sheet.
    """
    return taken(name, read_workbook, data, name)


def read_workbook(data: bytes, name: str) -> ReturnedSheet:
    """What is in a workbook. Raises ReportCardError (UNREADABLE)."""
    if opened(data, name).is_word:
        raise _refused(name, message("it is a Word document, not a workbook."))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what openpyxl cannot keep is not read here
            book = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
            country, _, part = str(book.properties.title or "").partition("/")
            if part != "facts":
                raise _refused(name, message("it is not a reportcard fact sheet."))
            for sheet in book.worksheets:
                sheet.reset_dimensions()  # the size given in the file is not trusted
                rows = list(islice(sheet.iter_rows(max_col=_MOST_COLUMNS), _MOST_ROWS + 1))
                heads = [_text(cell.value).casefold() for cell in rows[0]] if rows else []
                found = [_column(heads, heading) for heading in (_ID, *_WRITTEN)]
                if all(column >= 0 for column in found):
                    return ReturnedSheet(country, _returned(rows, found, name))
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
        raise _refused(name, message("the file is damaged.")) from error
    raise _refused(
        name,
        message("no sheet in this workbook has the columns {columns}.", columns=(_ID, *_WRITTEN)),
    )


def _refused(name: str, why: Message) -> Exception:
    return unreadable(
        name, why, message("Use a workbook from `reportcard facts COUNTRY --format xlsx`.")
    )


def _column(heads: Sequence[str], heading: Message) -> int:
    """The column with a heading, in whatever language; -1 if none has it."""
    names = {heading.written(language).casefold() for language in languages()}
    return next((at for at, head in enumerate(heads) if head in names), -1)


def _returned(rows: Sequence[Any], columns: Sequence[int], name: str) -> tuple[ReturnedFact, ...]:
    if len(rows) > _MOST_ROWS:
        raise _refused(
            name, message("the sheet has more than {maximum} rows.", maximum=f"{_MOST_ROWS:,}")
        )
    found = []
    for number, row in enumerate(rows[1:], start=2):
        cells = [row[at] if at < len(row) else None for at in columns]
        texts = [_text(getattr(cell, "value", None)) for cell in cells]
        has_formula = any(
            getattr(cell, "data_type", "") == "f" or text.startswith("=")
            for cell, text in zip(cells, texts, strict=True)
        )
        if any(texts):
            id_, verdict, by, on, remark, evidence = texts
            found.append(ReturnedFact(number, id_, verdict, by, on, remark, evidence, has_formula))
    return tuple(found)


def _text(value: object) -> str:
    """What is written in a cell; a date as ISO 8601."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value).strip()


def verdict_of(word: str) -> FactState | None:
    """The verdict that a word is in any language, in either gender; None if it is none."""
    wanted = _folded(word)
    for state in (*VERDICTS, FactState.OPEN):
        names = {_folded(state.label.written(language)) for language in languages()}
        if wanted in names or (wanted[-1:] in "ao" and f"{wanted[:-1]}a" in names):
            return state
    return None


def _folded(word: str) -> str:
    plain = unicodedata.normalize("NFKD", word.casefold())
    return re.sub(r"[^a-z]", "", plain)
