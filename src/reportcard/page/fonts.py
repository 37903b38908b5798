"""The fonts that a theme declares: TrueType files of its folder, or of packages."""

import re
import sys
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from reportcard.errors import ExitCode, ReportCardError
from reportcard.messages.message import Message, message
from reportcard.workspace.packages import font_folders
from reportcard.workspace.theme import Theme

#: Packages that carry the files of the themes that ship. TrueType, not OpenType-CFF: validators
#: report missing glyphs in CFF subsets.
_PACKAGES: Final = ("font_source_sans_pro", "font_source_serif_pro")
_FACE: Final = re.compile(r"@font-face\s*{([^}]*)}")
_NAME: Final = re.compile(r"font-family:\s*[\"']?([^\"';}]+)")
_WEIGHT: Final = re.compile(r"font-weight:\s*(\w+)")
_SLANTED: Final = re.compile(r"font-style:\s*(?:italic|oblique)")
_FILE: Final = re.compile(r"url\(\s*[\"']?fonts/([^\"')]+)[\"']?\s*\)")
_WEIGHTS: Final = {"normal": 400, "bold": 700}
_REGULAR, _BOLD = 400, 700
#: How files of one font begin (OpenType 1.9, sfntVersion), and those of several or compressed ones.
_FONTS: Final = (b"\0\1\0\0", b"OTTO", b"true")
_PACKED: Final = (b"ttcf", b"wOFF", b"wOF2")
#: The tables without which nothing can be set.
_NEEDED: Final = ("cmap", "head", "hhea", "hmtx", "maxp")


@dataclass(frozen=True, slots=True)
class FontFace:
    """A font as a style sheet declares it: its family, weight and form, the name of its file in
    fonts/ (empty if it is elsewhere), and where in the sheet it is declared.
    """

    family: str
    weight: int
    slanted: bool
    file: str
    offset: int


@dataclass(frozen=True, slots=True)
class Typeface:
    """The family that drawings are lettered in, and the files of its upright regular and bold."""

    family: str
    regular: Path
    bold: Path

    @property
    def key(self) -> str:
        """Names its files by what is in them: they lie elsewhere on another computer."""
        data = (self.family.encode(), self.regular.read_bytes(), self.bold.read_bytes())
        return sha256(b"\0".join(data)).hexdigest()


def font_faces(sheet: str) -> Iterator[FontFace]:
    """The fonts that a style sheet declares, in order."""
    for match in _FACE.finditer(sheet):
        rule = match[1]
        name, weight, file = _NAME.search(rule), _WEIGHT.search(rule), _FILE.search(rule)
        given = weight[1] if weight else "normal"
        yield FontFace(
            name[1].strip() if name else "",
            _WEIGHTS.get(given) or (int(given) if given.isdecimal() else _REGULAR),
            bool(_SLANTED.search(rule)),
            file[1] if file else "",
            match.start(),
        )


def typeface(theme: Theme, family: str, faces: tuple[FontFace, ...]) -> Typeface:
    """The typeface of a family: of its upright faces, those nearest to regular and to bold.

    Raises ReportCardError if one of them has no file.
    """
    own = [one for one in faces if one.family == family]
    upright = [one for one in own if not one.slanted] or own
    regular, bold = (
        min(upright, key=lambda one: abs(one.weight - wanted)).file for wanted in (_REGULAR, _BOLD)
    )
    return Typeface(family, font_file(theme, regular), font_file(theme, bold))


def font_file(theme: Theme | None, name: str) -> Path:
    """The file of a font by its file name, `SourceSansPro-Bold.ttf`: the theme's own before those
    of packages.

    Raises ReportCardError if neither has it.
    """
    if theme and not theme.is_missing(path := theme.path(f"fonts/{name}")):
        return theme.file(path)
    for folder in (*_folders(), *font_folders()):
        if (path_ := folder / Path(name).name).is_file():
            return path_
    raise ReportCardError(
        message("cannot find the font file {name}.", name=name),
        code=ExitCode.LAYOUT,
        advice=message(
            "Put it in the theme's fonts/ folder, or install the package that contains it."
        ),
    )


@cache
def _folders() -> tuple[Path, ...]:
    """Where packages of fonts have their files: of each package that is installed."""
    specs = (spec for package in _PACKAGES if (spec := find_spec(package)))
    return tuple(
        Path(folder, "files") for spec in specs for folder in spec.submodule_search_locations or ()
    )


@lru_cache(maxsize=64)
def font_fault(data: bytes) -> Message | None:
    """Why a font file is damaged: it is none, is cut off, or one of its tables is not what its
    checksum says (OpenType 1.9, "Organization of an OpenType font"); None if it is whole. Packed
    fonts are not looked into.
    """
    if data.startswith(_PACKED):
        return None
    if not data.startswith(_FONTS):
        return message("it is not a TrueType or OpenType font")
    found = set()
    for index in range(int.from_bytes(data[4:6])):
        record = data[12 + 16 * index : 28 + 16 * index]
        at, length = int.from_bytes(record[8:12]), int.from_bytes(record[12:16])
        table = data[at : at + length]
        if len(record) < 16 or len(table) < length:
            return message("it is incomplete")
        name = record[:4].decode("latin-1")
        found.add(name)
        if name == "head":  # its own place for the checksum of the file counts as empty
            table = table[:8] + bytes(4) + table[12:]
        # A tag has four letters of ASCII: the engine reads it as text
        if not name.isascii() or _checksum(table) != int.from_bytes(record[4:8]):
            return message('its table "{name}" was changed', name=name)
    missing = next((name for name in _NEEDED if name not in found), None)
    return message('its table "{name}" is missing', name=missing) if missing else None


def _checksum(table: bytes) -> int:
    """The sum of a table's numbers of four bytes."""
    numbers = array("I", table + bytes(-len(table) % 4))
    if sys.byteorder == "little":
        numbers.byteswap()
    return sum(numbers) & 0xFFFFFFFF


def font_version(data: bytes) -> str:
    """The version that a TrueType or OpenType font states (OpenType 1.9, table `head`,
    fontRevision: 16.16 fixed).
    """
    for index in range(int.from_bytes(data[4:6])):
        record = data[12 + 16 * index : 28 + 16 * index]
        if record[:4] == b"head":
            at = int.from_bytes(record[8:12])
            return f"{int.from_bytes(data[at + 4 : at + 8]) / 65536:.3f}"
    return ""
