"""Files for a translator, and one zip with all that an outside one needs; and which kind of file
came back.
"""

import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from reportcard import __version__
from reportcard.content.loading import Content
from reportcard.errors import ExitCode, ReportCardError
from reportcard.messages.message import message
from reportcard.translation import catalog, memory, sheet, xliff
from reportcard.translation.parcel import Parcel, Returned, ReturnedFileError
from reportcard.workspace.packages import Group, additions, calling


@dataclass(frozen=True, slots=True)
class ExchangeFormat:
    """A kind of file that translators work in.

    `write` makes a file of a parcel. `recognizes` says whether the bytes of a file that came back
    are of this kind, and `read` gives what is in it; it raises ReturnedFileError if it cannot. A
    file may come back under any name, so only its bytes count.
    """

    write: Callable[[Parcel], bytes]
    read: Callable[[bytes], Returned]
    recognizes: Callable[[bytes], bool]


#: The program's own, by the name that is typed. The last takes whatever no other recognizes.
_FORMATS: Final[Mapping[str, ExchangeFormat]] = {
    "xliff": ExchangeFormat(xliff.dumped, xliff.read, lambda data: _start(data).startswith(b"<")),
    "xlsx": ExchangeFormat(
        sheet.dumped, lambda data: sheet.read(_unfolding(data)), lambda data: data[:2] == b"PK"
    ),
    "po": ExchangeFormat(catalog.dumped, catalog.read, lambda _: True),
}
#: A zip's files bear a date; the earliest there can be means none.
_NO_DATE: Final = (1980, 1, 1, 0, 0, 0)
#: The most bytes of a file that comes back: a card's has 200,000.
MAXIMUM_SIZE: Final = 20_000_000


def exchange_formats() -> Mapping[str, ExchangeFormat]:
    """The kinds of files by name: those of packages, and the program's own."""
    return {**additions(Group.EXCHANGE), **_FORMATS}


def written(parcel: Parcel, name: str) -> bytes:
    """A parcel as a file of some kind. Raises ReportCardError (USAGE) if there is no such kind."""
    formats = exchange_formats()
    if name not in formats:
        raise ReportCardError(
            message('there is no exchange format "{name}".', name=name),
            code=ExitCode.USAGE,
            advice=message("Available formats: {formats}.", formats=tuple(sorted(formats))),
        )
    with calling(name):
        return formats[name].write(parcel)


def read_back(data: bytes) -> Returned:
    """What came back in a file, whatever its name. Raises ReturnedFileError."""
    if len(data) > MAXIMUM_SIZE:
        raise ReturnedFileError(
            message("the file is larger than {size} MB.", size=MAXIMUM_SIZE // 1_000_000)
        )
    for name, kind in additions(Group.EXCHANGE).items():
        with calling(name, ReturnedFileError):
            if kind.recognizes(data):
                return kind.read(data)  # type: ignore[no-any-return]
    return next(kind for kind in _FORMATS.values() if kind.recognizes(data)).read(data)


def _start(data: bytes) -> bytes:
    return data.lstrip(b"\xef\xbb\xbf \r\n\t")


def _unfolding(data: bytes) -> bytes:
    """The zip, if it unpacks to at most ten times the size that a file may have."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > 10 * MAXIMUM_SIZE:
                raise ReturnedFileError(
                    message(
                        "the workbook is larger than {size} MB when unpacked.",
                        size=10 * MAXIMUM_SIZE // 1_000_000,
                    )
                )
    except zipfile.BadZipFile as error:
        raise ReturnedFileError(message("the file is not a readable XLSX file.")) from error
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
