"""Reviewers' comments as XLSX, for those who work through them in a spreadsheet. Nothing in it is
ever a formula.

It is apart from the sheet of translators: that one is locked, comes back and is read; this one is
free to be written in, and goes out only.
"""

import io
from collections.abc import Sequence
from typing import Final

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from reportcard.review.tell.comments import Comment
from reportcard.translation.sheet import text_cell

#: The columns and their widths in characters. The last is for those who answer.
_COLUMNS: Final = (
    ("number", 8),
    ("page", 6),
    ("kind", 14),
    ("author", 20),
    ("date", 20),
    ("quoted", 40),
    ("comment", 60),
    ("answers number", 10),
    ("state", 20),
    ("field", 26),
    ("place", 34),
    ("done", 14),
)
#: What a cell can hold.
_LONGEST: Final = 32_767


def dumped(comments: Sequence[Comment]) -> bytes:
    """The comments as a workbook of one sheet, one a row; an answer names the number of what it
    answers.
    """
    book = Workbook()
    book.properties.title = "comments"
    book.properties.creator = "reportcard"
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "comments"
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(_COLUMNS))}{len(comments) + 1}"
    for column, (head, width) in enumerate(_COLUMNS, start=1):
        text_cell(sheet, 1, column, head).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = width
    for row, one in enumerate(comments, start=2):
        remark = one.remark
        answered = "" if remark.reply_to is None else remark.reply_to + 1
        values = (
            row - 1,
            remark.page,
            remark.kind,
            remark.author,
            remark.date,
            one.quoted,
            remark.text,
            answered,
            remark.state,
            one.field,
            one.place,
        )
        for column, value in enumerate(values, start=1):
            if isinstance(value, int):
                sheet.cell(row, column).value = value
            else:
                text_cell(sheet, row, column, _kept(value))
            sheet.cell(row, column).alignment = Alignment(wrap_text=True, vertical="top")
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _kept(value: str) -> str:
    """What a cell can hold of a text."""
    told = ILLEGAL_CHARACTERS_RE.sub("", value)
    return told if len(told) <= _LONGEST else f"{told[: _LONGEST - 1]}…"
