"""A file of an office program, opened with care: somebody sent it, and nothing in it is trusted.

It is a zip of XML parts. Parts are read by name into memory, never unpacked; what is larger than
any manuscript, has a password, brings a document type (and with it entities), or names that lead
out of a folder, is refused.
"""

import io
import posixpath
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Final

from lxml import etree

from reportcard.errors import ExitCode, ReportCardError
from reportcard.messages.message import Message, message

Element = etree._Element

#: The parts of text that a package can have, in bytes unpacked. The Peru card as a manuscript has
#: 0.14 MB; this many take about 2 s to read.
MAXIMUM_XML: Final = 12_000_000
#: The file itself, pictures and all.
MAXIMUM_FILE: Final = 100_000_000
#: A picture: twice what a page of A4 needs at 300 dpi without compression.
MAXIMUM_PICTURE: Final = 50_000_000
_MAXIMUM_PARTS: Final = 5_000
#: What reading a zip that is not whole raises.
_DAMAGE: Final = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
)
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: The first bytes of files of other kinds.
_OTHERS: Final = (
    (b"%PDF-", message("the file is a PDF.")),
    (b"{\\rtf", message("the file is in RTF format.")),
    (b"\x89PNG", message("the file is a picture.")),
    (b"\xff\xd8\xff", message("the file is a picture.")),
    (b"<", message("the file is a web page or XML file.")),
)
_COPY: Final = message("Copy its text into a new document.")
_NO_PASSWORD: Final = message("Save it without a password.")
_LOCKED: Final = message("the file is password-protected.")


@dataclass(frozen=True, slots=True)
class Package:
    """The XML parts of a file by their name in it; `main` is that of the document or workbook, and
    `data` are the bytes of the file.
    """

    name: str
    parts: Mapping[str, bytes]
    main: str
    data: bytes = field(default=b"", repr=False)

    @property
    def is_word(self) -> bool:
        """Whether it is a manuscript; else it is a workbook."""
        return not self.main.startswith("xl/")

    def root(self, part: str) -> Element | None:
        """A part's root element, or None if there is no such part."""
        data = self.parts.get(part)
        return None if data is None else _parsed(data, f"{self.name}, {part}")

    def related(self, part: str) -> dict[str, tuple[str, str]]:
        """What a part refers to: by id the last word of the relation's type (`footnotes`), and the
        part or address.
        """
        folder, _, file = part.rpartition("/")
        root = self.root(f"{folder}/_rels/{file}.rels".lstrip("/"))
        found = {}
        for one in root if root is not None else ():
            target = one.get("Target", "")
            if one.get("TargetMode") != "External":
                target = (
                    target.lstrip("/")
                    if target.startswith("/")
                    else f"{folder}/{target}".lstrip("/")
                )
            found[one.get("Id", "")] = (one.get("Type", "").rpartition("/")[2], target)
        return found

    def picture(self, part: str) -> bytes | None:
        """The bytes of a picture; None if there is no such part, or it cannot be read or is larger
        than `MAXIMUM_PICTURE`.
        """
        try:
            with zipfile.ZipFile(io.BytesIO(self.data)) as archive:
                info = archive.getinfo(posixpath.normpath(part))
                return archive.read(info) if info.file_size <= MAXIMUM_PICTURE else None
        except (KeyError, *_DAMAGE):
            return None


def opened(data: bytes, name: str) -> Package:
    """The package of a .docx or .xlsx, recognized by its content and not by its name. Raises
    ReportCardError (UNREADABLE).
    """
    if len(data) > MAXIMUM_FILE:
        raise unreadable(
            name,
            message(
                "the file is {size} bytes. The maximum is {maximum}.",
                size=f"{len(data):,}",
                maximum=f"{MAXIMUM_FILE:,}",
            ),
            message("Compress its pictures."),
        )
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise unreadable(name, _LOCKED, _NO_PASSWORD)
        raise unreadable(
            name,
            message("the file is in an old Word or Excel format, regardless of its extension."),
            message("Open it in Word or Excel and save it as .docx or .xlsx."),
        )
    for start, why in _OTHERS:
        if data.startswith(start):
            raise unreadable(
                name,
                why,
                message("Save a manuscript as .docx, or a table of scores as .xlsx or .csv."),
            )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = _parts(archive, name)
    except _DAMAGE as error:
        raise unreadable(
            name,
            message("the file is damaged, or is not a Word or Excel file."),
            message("Open it in Word or Excel and save it as .docx or .xlsx."),
        ) from error
    package = Package(name, MappingProxyType(parts), "", data)
    for kind, target in package.related("").values():
        if kind == "officeDocument" and target in parts:
            return replace(package, main=target)
    for main in ("word/document.xml", "xl/workbook.xml"):
        if main in parts:
            return replace(package, main=main)
    raise unreadable(
        name,
        message("the file is neither a Word document nor an Excel workbook."),
        message("Save it as .docx or .xlsx."),
    )


def unreadable(name: str, why: Message, advice: Message) -> ReportCardError:
    """The error for a file that is refused; `why` and `advice` are sentences."""
    return ReportCardError(
        message("cannot import {file}: {why}", file=name, why=why),
        code=ExitCode.UNREADABLE,
        advice=message("{advice} Nothing was written.", advice=advice),
    )


def _parts(archive: zipfile.ZipFile, name: str) -> dict[str, bytes]:
    infos = archive.infolist()
    names = [info.filename for info in infos]
    texts = [info for info in infos if info.filename.lower().endswith((".xml", ".rels"))]
    if len(infos) > _MAXIMUM_PARTS or sum(info.file_size for info in texts) > MAXIMUM_XML:
        raise unreadable(name, message("the file is too large when unpacked."), _COPY)
    if len(set(names)) < len(names) or any(
        part.startswith("/") or "\\" in part or ".." in part.split("/") for part in names
    ):
        raise unreadable(
            name,
            message("the file contains internal file names that Word and Excel never use."),
            _COPY,
        )
    if any(info.flag_bits & 1 for info in infos):
        raise unreadable(name, _LOCKED, _NO_PASSWORD)
    parts = {info.filename: archive.read(info) for info in texts}
    for part, data in parts.items():
        # UTF-16 has a zero in every letter of it.
        if b"<!doctype" in data.replace(b"\0", b"").lower():
            raise _has_entities(f"{name}, {part}")
    return parts


def _parsed(data: bytes, name: str) -> Element:
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise unreadable(
            name,
            message("the file is damaged."),
            message("Open it in Word and save it again."),
        ) from error
    if root.getroottree().docinfo.doctype:
        raise _has_entities(name)
    return root


def _has_entities(name: str) -> ReportCardError:
    return unreadable(
        name,
        message("the file defines XML entities, which Word and Excel files never contain."),
        _COPY,
    )
