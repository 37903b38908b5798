"""Files for a translator, and one zip with all that an outside one needs; and which kind of file
came back.
"""

import io
import zipfile
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Final

from reportcard import __version__
from reportcard.content.loading import Content
from reportcard.messages.message import message
from reportcard.translation import catalog, memory, sheet, xliff
from reportcard.translation.parcel import Parcel, Returned, ReturnedFileError


class Exchange(StrEnum):
    """The kinds of files that translators work in."""

    XLIFF = "xliff"
    PO = "po"
    XLSX = "xlsx"


_WRITERS: Final[Mapping[Exchange, Callable[[Parcel], bytes]]] = {
    Exchange.XLIFF: xliff.dumped,
    Exchange.PO: catalog.dumped,
    Exchange.XLSX: sheet.dumped,
}
#: A zip's files bear a date; the earliest there can be means none.
_NO_DATE: Final = (1980, 1, 1, 0, 0, 0)
#: The most bytes of a file that comes back: a card's has 200,000.
MAXIMUM_SIZE: Final = 20_000_000


def written(parcel: Parcel, kind: Exchange) -> bytes:
    """A parcel as a file of some kind."""
    return _WRITERS[kind](parcel)


def read_back(data: bytes) -> Returned:
    """What came back in a file, whatever its name: a zip is a workbook, XML is XLIFF, text is PO.
    Raises ReturnedFileError.
    """
    if len(data) > MAXIMUM_SIZE:
        raise ReturnedFileError(
            message("the file is larger than {size} MB.", size=MAXIMUM_SIZE // 1_000_000)
        )
    if data.startswith(b"PK"):
        return sheet.read(_unfolding(data))
    if data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        return xliff.read(data)
    return catalog.read(data)


def _unfolding(data: bytes) -> bytes:
    """The zip, if it unpacks to at most ten times the size that a file may have."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > 10 * MAXIMUM_SIZE:
                raise ReturnedFileError(
                    message(
                        "the workbook unpacks to more than {size} MB.",
                        size=10 * MAXIMUM_SIZE // 1_000_000,
                    )
                )
    except zipfile.BadZipFile as error:
        raise ReturnedFileError(
            message("the file is not a readable XLSX file ({detail}).", detail=str(error))
        ) from error
    return data


def bundle(parcel: Parcel, content: Content, pages: Mapping[str, bytes]) -> bytes:
    """One zip for an outside translator: XLIFF, translation memory, glossary, and PDFs of the pages
    as they look, by name.
    """
    stem = f"{parcel.scope}-{parcel.language}"
    files = {
        f"{stem}.xlf": xliff.dumped(parcel),
        f"{stem}.tmx": memory.tmx(parcel, __version__),
        "glossary.tbx": memory.tbx(content),
        **pages,
    }
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, _NO_DATE), data, zipfile.ZIP_DEFLATED)
    return target.getvalue()
