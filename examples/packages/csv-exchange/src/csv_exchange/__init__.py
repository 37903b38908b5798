"""Translations as CSV: a head with the scope and the languages, then a row for each block."""

import csv
import io
from typing import Final

from reportcard.messages.message import message
from reportcard.translation.export import ExchangeFormat
from reportcard.translation.parcel import Parcel, Returned, ReturnedFileError, ReturnedItem

_HEAD: Final = "reportcard"


def write(parcel: Parcel) -> bytes:
    """A parcel as CSV in UTF-8."""
    target = io.StringIO()
    rows = csv.writer(target)
    rows.writerow([_HEAD, parcel.scope, parcel.source_language, parcel.language])
    rows.writerows([item.id, item.source, item.target] for item in parcel.items)
    return target.getvalue().encode()


def read(data: bytes) -> Returned:
    """What came back. Raises ReturnedFileError if a row has lost a cell."""
    rows = list(csv.reader(io.StringIO(data.decode("utf-8"))))
    (_, scope, source_language, language), *items = rows
    for number, row in enumerate(items, 2):
        if len(row) != 3:
            raise ReturnedFileError(message("row {number} needs three cells.", number=number))
    return Returned(
        scope,
        source_language,
        language,
        tuple(ReturnedItem(*row) for row in items),
    )


FORMAT: Final = ExchangeFormat(write, read, lambda data: data.startswith(_HEAD.encode()))
