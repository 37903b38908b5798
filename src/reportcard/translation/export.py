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
from reportcard.translation import catalog, memory, sheet, xliff
from reportcard.translation.parcel import Parcel, Returned


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
#: A zip's files bear a date; the earliest there is says that none is meant.
_NO_DATE: Final = (1980, 1, 1, 0, 0, 0)
#: A file that comes back has at most so many bytes: a card's has 200,000.
MAXIMUM_SIZE: Final = 20_000_000


def written(parcel: Parcel, kind: Exchange) -> bytes:
    """A parcel as a file of some kind."""
    return _WRITERS[kind](parcel)


def read_back(data: bytes) -> Returned:
    """What came back in a file, whatever its name: a zip is a workbook, XML is XLIFF, text is PO.
    Raises ValueError.
    """
    if len(data) > MAXIMUM_SIZE:
        raise ValueError(f"the file has more than {MAXIMUM_SIZE // 1_000_000} MB")
    if data.startswith(b"PK"):
        return sheet.read(_unfolding(data))
    if data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        return xliff.read(data)
    return catalog.read(data)


def _unfolding(data: bytes) -> bytes:
    """The zip, if what it unfolds to is no more than a file may have ten times over."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > 10 * MAXIMUM_SIZE:
                raise ValueError("the workbook unfolds to more than 200 MB")
    except zipfile.BadZipFile as error:
        raise ValueError(f"this is no XLSX file that can be read: {error}") from error
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
