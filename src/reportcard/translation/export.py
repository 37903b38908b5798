"""Files for a translator, and one zip with all that an outside one needs; and which kind of file
came back.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from reportcard import __version__
from reportcard.content.loading import Content
from reportcard.errors import ExitCode, ReportCardError
from reportcard.messages.message import Message, message
from reportcard.translation import catalog, markup, memory, omegat, sheet, xliff, xliff2
from reportcard.translation.parcel import Parcel, Returned, ReturnedFileError, ReturnedItem
from reportcard.workspace.bounds import SENT, UnreadableError, apart
from reportcard.workspace.packages import Group, additions, calling


@dataclass(frozen=True, slots=True)
class ExchangeFormat:
    """A kind of file that translators work in.

    `write` makes a file of a parcel. `recognizes` says whether the bytes of a file that came back
    are of this kind, and `read` gives what is in it, of one scope or of several; it raises
    ReturnedFileError if it cannot. A file may come back under any name, so only its bytes count.
    """

    write: Callable[[Parcel], bytes]
    read: Callable[[bytes], Returned | tuple[Returned, ...]]
    recognizes: Callable[[bytes], bool]


#: The name of a folder in content/, with which ids begin.
_SCOPE: Final = re.compile(r"[a-z][a-z0-9-]*")
_OPEN_DOCUMENT: Final = b"opendocument"
#: What a zip of files for translators has in it.
_INSIDE: Final = (".xlf", "xliff", ".txlf", ".po", ".xlsx", ".tmx")
_OLD_WORKBOOK: Final = b"\xd0\xcf\x11\xe0"
#: A zip's files bear a date; the earliest there can be means none.
_NO_DATE: Final = (1980, 1, 1, 0, 0, 0)
#: The most bytes of a file that comes back: a card's has 200,000.
MAXIMUM_SIZE: Final = 20_000_000


def _is_xml(data: bytes) -> bool:
    """Whether a file begins as XML does, in UTF-8 or UTF-16, with a byte order mark or without."""
    start = data[:200].lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \r\n\t")
    return start.startswith(b"<")


def _read_xliff(data: bytes) -> tuple[Returned, ...]:
    root = markup.parsed(data.lstrip(b" \r\n\t"))
    if markup.local(root) != "xliff":
        raise ReturnedFileError(message("this XML file is not XLIFF."))
    if markup.named(root, "version").startswith("2"):
        return xliff2.read(root)
    return xliff.read(root)


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
            names = archive.namelist()
            is_document = _OPEN_DOCUMENT in (
                archive.read("mimetype") if "mimetype" in names else b""
            )
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError) as error:
        raise ReturnedFileError(message("the file is not a readable XLSX file.")) from error
    if is_document:
        raise ReturnedFileError(
            message("the file is an OpenDocument file. Save it as XLSX and import it again.")
        )
    if any(name.startswith("word/") for name in names):
        raise ReturnedFileError(message("the file is a Word document, not a workbook."))
    if "xl/workbook.xml" not in names and any(name.endswith(_INSIDE) for name in names):
        raise ReturnedFileError(message("the file is a ZIP. Import the file inside it."))
    return data


def _is_po(data: bytes) -> bool:
    """Whether a file has an entry of PO, in UTF-8 or UTF-16."""
    return b"msgid" in data.replace(b"\0", b"")


#: The program's own, by the name that is typed.
_FORMATS: Final[Mapping[str, ExchangeFormat]] = {
    "xliff": ExchangeFormat(xliff.dumped, _read_xliff, _is_xml),
    "xliff2": ExchangeFormat(xliff2.dumped, _read_xliff, _is_xml),
    "xlsx": ExchangeFormat(
        sheet.dumped, lambda data: sheet.read(_unfolding(data)), lambda data: data[:2] == b"PK"
    ),
    "po": ExchangeFormat(catalog.dumped, catalog.read, _is_po),
}


def exchange_formats() -> Mapping[str, ExchangeFormat]:
    """The kinds of files by name: those of packages, and the program's own."""
    return {**additions(Group.EXCHANGE), **_FORMATS}


def written(parcel: Parcel, name: str) -> bytes:
    """A parcel as a file of some kind. Raises ReportCardError (USAGE) if there is no such kind."""
    known_format(name)
    with calling(name):
        return exchange_formats()[name].write(parcel)


def known_format(name: str) -> None:
    """Raises ReportCardError (USAGE) if there is no kind of file of a name."""
    formats = exchange_formats()
    if name not in formats:
        raise ReportCardError(
            message('there is no exchange format "{name}".', name=name),
            code=ExitCode.USAGE,
            advice=message("Available formats: {formats}.", formats=tuple(sorted(formats))),
        )


def read_back(data: bytes) -> tuple[Returned, ...]:
    """What came back in a file, whatever its name, scope by scope, read in a process of its own.
    Raises ReturnedFileError.
    """
    if len(data) > MAXIMUM_SIZE:
        raise ReturnedFileError(
            message("the file is larger than {size} MB.", size=MAXIMUM_SIZE // 1_000_000)
        )
    try:
        read, fault = apart(_read_or_refused, data, limits=SENT)
    except UnreadableError as error:
        raise ReturnedFileError(
            message("the file cannot be read: {reason}.", reason=error.message)
        ) from error
    if fault:
        raise ReturnedFileError(fault)
    return read


def _read_or_refused(data: bytes) -> tuple[tuple[Returned, ...], Message | None]:
    """What is in a file, or why it is refused."""
    try:
        return returned_in(data), None
    except ReturnedFileError as error:
        return (), error.message


def returned_in(data: bytes) -> tuple[Returned, ...]:
    """What is in a file, scope by scope. Raises ReturnedFileError."""
    for name, kind in additions(Group.EXCHANGE).items():
        with calling(name, ReturnedFileError):
            if kind.recognizes(data):
                read: Returned | tuple[Returned, ...] = kind.read(data)
                return _scopes(read)
    for kind in _FORMATS.values():
        if kind.recognizes(data):
            return _scopes(kind.read(data))
    if data.startswith(_OLD_WORKBOOK):
        raise ReturnedFileError(
            message("the file is in an old format of Excel. Save it as XLSX and import it again.")
        )
    raise ReturnedFileError(message("the file is not a readable XLIFF, PO or XLSX file."))


def _scopes(read: Returned | tuple[Returned, ...]) -> tuple[Returned, ...]:
    found = completed((read,) if isinstance(read, Returned) else read)
    if not found or not all(one.scope for one in found):
        raise ReturnedFileError(
            message(
                "this file was not exported by reportcard: neither its header nor its IDs name a "
                "country."
            )
        )
    return found


def completed(returned: Iterable[Returned]) -> tuple[Returned, ...]:
    """What came back, one for each scope and pair of languages: by its ids, since tools lose the
    name of the scope or put files together.
    """
    items: dict[tuple[str, str, str], list[ReturnedItem]] = {}
    exported: dict[tuple[str, str, str], int] = {}
    for one in returned:
        exported[one.scope, one.source_language, one.language] = one.exported
        for item in one.items:
            named, slash, _ = item.id.partition("/")
            scope = named if slash and _SCOPE.fullmatch(named) else one.scope
            items.setdefault((scope, one.source_language, one.language), []).append(item)
        if not one.items and one.scope:
            items.setdefault((one.scope, one.source_language, one.language), [])
    nameless = [key for key in items if not key[0]]
    for key in nameless:  # items without an id go with those beside them
        others = [other for other in items if other[0] and other[1:] == key[1:]]
        if others:
            items[others[0]].extend(items.pop(key))
    return tuple(Returned(*key, tuple(found), exported.get(key, 0)) for key, found in items.items())


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
    return _zipped(files)


def project(parcel: Parcel, content: Content, tool: str) -> bytes:
    """A project of a translator's tool, as a zip. Raises ReportCardError (USAGE) if there is none
    for that tool.
    """
    if tool != "omegat":
        raise ReportCardError(
            message('there is no project for "{tool}".', tool=tool),
            code=ExitCode.USAGE,
            advice=message("Use `--for omegat`, or choose a file format with --format."),
        )
    return _zipped(omegat.project(parcel, content, __version__))


def _zipped(files: Mapping[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, _NO_DATE), data, zipfile.ZIP_DEFLATED)
    return target.getvalue()
