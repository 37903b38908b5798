"""Reviewers' comments as XLSX, for those who work through them in a spreadsheet. Nothing in it is
ever a formula.

It is separate from the sheet of translators: that one is locked and read when it comes back; this
one can be written in freely and only goes out.
"""

import io
from collections.abc import Sequence
from typing import Final

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from reportcard.messages.message import message
from reportcard.review.tell.comments import Comment, kind_name
from reportcard.translation.sheet import text_cell

#: The columns and their widths in characters. The last is for those who answer.
_COLUMNS: Final = (
    (message("number"), 8),
    (message("page"), 6),
    (message("kind"), 14),
    (message("author"), 20),
    (message("date"), 20),
    (message("quoted text"), 40),
    (message("comment"), 60),
    (message("in reply to"), 10),
    (message("state"), 20),
    (message("field"), 26),
    (message("location"), 34),
    (message("done"), 14),
)
#: What a cell can hold.
_LONGEST: Final = 32_767


def dumped(comments: Sequence[Comment]) -> bytes:
    """The comments as a workbook of one sheet, one a row, in the reader's language; an answer has
    the number of what it answers.
    """
    book = Workbook()
    book.properties.title = str(message("comments"))
    book.properties.creator = "reportcard"
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = str(message("comments"))
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(_COLUMNS))}{len(comments) + 1}"
    for column, (head, width) in enumerate(_COLUMNS, start=1):
        text_cell(sheet, 1, column, str(head)).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = width
    for row, one in enumerate(comments, start=2):
        remark = one.remark
        answered = "" if remark.reply_to is None else remark.reply_to + 1
        values = (
            row - 1,
            remark.page or "",
            str(kind_name(remark.kind)),
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
    legal = ILLEGAL_CHARACTERS_RE.sub("", value)
    return legal if len(legal) <= _LONGEST else f"{legal[: _LONGEST - 1]}…"
