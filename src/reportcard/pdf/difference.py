"""On which pages two PDFs differ in what they paint: a quick look, for files that should be one and
the same.
"""

import io
from itertools import zip_longest

import pikepdf

from reportcard.messages.message import message
from reportcard.pdf.faults import InvalidFileError


def different_pages(one: bytes, other: bytes) -> tuple[int, ...]:
    """The pages (from 1) whose drawing operators differ, including those that only one file has.

    Raises InvalidFileError if one of the two cannot be read.
    """
    try:
        with pikepdf.open(io.BytesIO(one)) as first, pikepdf.open(io.BytesIO(other)) as second:
            pairs = zip_longest(map(_content, first.pages), map(_content, second.pages))
            return tuple(number for number, (a, b) in enumerate(pairs, start=1) if a != b)
    except (pikepdf.PdfError, pikepdf.PasswordError) as error:
        raise InvalidFileError(message("it is damaged or not a PDF")) from error


def _content(page: pikepdf.Page) -> bytes:
    return pikepdf.unparse_content_stream(pikepdf.parse_content_stream(page))
