"""A PDF's pages as a reader sees them: words with their places and looks, and pixels; the only
importer of pypdfium2.
"""

import ctypes
import io
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from math import atan2, degrees
from threading import Lock
from typing import Any, Final

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium
from numpy.typing import NDArray
from PIL import Image

from reportcard.messages.message import message
from reportcard.pdf.faults import InvalidFileError
from reportcard.pdf.paper import Sheet, placed

Pixels = NDArray[np.uint8]
"""Rows, columns, and red, green and blue."""
#: What pdfium puts for a hyphen at the end of a line, beside the signs that a file itself may have
#: there.
SOFT_HYPHEN: Final = "\u00ad"
_LINE_HYPHENS: Final = ("\x02", "\ufffe", "\u00ad")
_SPACES: Final = frozenset(" \r\n\t\x00\u2028\u2029\x0b\x0c")
_BOLD: Final = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)
_STYLE: Final = re.compile(
    r"(bold|black|heavy|semi|demi|extra|light|regular|italic|oblique|roman|book|medium|-It$|PS|MT)+",
    re.IGNORECASE,
)
_ITALIC: Final = re.compile(r"italic|oblique|\bIt\b|-It$", re.IGNORECASE)
#: More signs than a page of print can hold; a page of a novel has 2,000.
_MOST_SIGNS: Final = 200_000
#: So many signs of a page show how its text lies.
_SAMPLE: Final = 200
#: With a larger share of signs that are not known, words are not what they seem.
_GARBLED: Final = 0.1
#: A sign whose foot is higher or lower by this share of the size is raised, or set low.
_RAISED: Final = 0.2
#: pdfium is not made for several threads at once.
_PAINTING: Final = Lock()


@dataclass(frozen=True, slots=True)
class Style:
    """How a word looks: the family's name without its style, size in pt, colour as `#rrggbb`."""

    font: str
    size: float
    bold: bool
    italic: bool
    colour: str


@dataclass(frozen=True, slots=True)
class Word:
    """A word with its box in mm from the trimmed page's top left corner. `glued` means that no
    space precedes it; `mcid` is its marked content (-1: none), `link` where it leads, `place`
    the name of the place it is in; `slant` is the angle of its line in degrees, 0 for text as it is
    read.
    """

    text: str
    page: int
    x: float
    y: float
    width: float
    height: float
    style: Style
    mcid: int
    glued: bool = False
    is_call: bool = False
    link: str = ""
    place: str = ""
    slant: int = 0

    @property
    def bottom(self) -> float:
        """Its lower edge, in mm."""
        return self.y + self.height

    @property
    def right(self) -> float:
        """Its right edge, in mm."""
        return self.x + self.width


_Run = tuple[Style, int, int]
"""How the signs of a text object look, the marked content that it is, and the angle of its line in
degrees, counterclockwise on the page as it is not turned.
"""
_Box = tuple[float, float, float, float]
"""Left, low, right and high, in pt."""


class Glyphs:
    """An open PDF. Raises ValueError if pdfium cannot open it or a page of it."""

    def __init__(self, document: pypdfium2.PdfDocument, sheets: tuple[Sheet, ...]) -> None:
        self.document = document
        #: Of a page that was read, this tells how its text is read, too.
        self.sheets = list(sheets)
        #: How many words of a page are not on its paper.
        self.outside: Counter[int] = Counter()
        #: Pages whose fonts do not tell which letters their signs are.
        self.garbled: set[int] = set()

    @classmethod
    @contextmanager
    def opened(cls, data: bytes, sheets: tuple[Sheet, ...]) -> "Iterator[Glyphs]":
        """The PDF while it is needed; `sheets` are its pages as its skeleton has them."""
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            raise InvalidFileError(message("it is damaged or not a PDF")) from error
        try:
            yield cls(document, sheets)
        finally:
            document.close()

    def words(self, number: int) -> list[Word]:
        """The words of a trimmed page (from 1), in the order in which they are painted. What a
        print shop reads outside the trim is none of its text.
        """
        page = self._page(number)
        text = page.get_textpage()
        sheet = replace(self.sheets[number - 1], upright=_upright(text.raw))
        self.sheets[number - 1] = sheet
        if sheet.reading != sheet.turned:
            text.close()
            page.set_rotation(sheet.reading)
            text = page.get_textpage()
        _, _, width, height = placed(sheet.trim, sheet)
        try:
            found = list(_WordReader(text.raw, number, sheet).read())
            if _is_garbled(text.raw):
                self.garbled.add(number)
            paper = placed(page.get_mediabox(), sheet)
            self.outside[number] = sum(not _is_on(word, *paper) for word in found)
            return [word for word in found if _is_on(word, 0, 0, width, height)]
        finally:
            text.close()
            page.close()

    def pixels(self, number: int, dpi: float) -> Pixels:
        """The trimmed page (from 1) at a resolution, without annotations."""
        page = self._page(number)
        try:
            # Drawn from the corner of the trim whatever the other boxes are: pixels fall on one
            # grid before and after.
            sheet = self.sheets[number - 1]
            page.set_cropbox(*sheet.trim)
            page.set_rotation(sheet.reading)
            drawn = page.render(
                scale=dpi / 72,
                may_draw_forms=False,
                draw_annots=False,
                rev_byteorder=True,
                prefer_bgrx=False,
            )
            return np.ascontiguousarray(drawn.to_numpy()[:, :, :3])
        finally:
            page.close()

    def _page(self, number: int) -> pypdfium2.PdfPage:
        try:
            return self.document[number - 1]
        except pypdfium2.PdfiumError as error:
            raise InvalidFileError(message("page {number} is damaged", number=number)) from error


class _WordReader:
    """Reads the signs of a page one by one and joins them to words."""

    def __init__(self, text: Any, number: int, sheet: Sheet) -> None:
        self.text = text
        self.number = number
        self.sheet = sheet
        self.runs: dict[int, _Run] = {}
        self.styles: dict[Style, Style] = {}
        # The word that is begun: its signs, the sides of its box with the foot of its last sign,
        # and how it looks.
        self.letters: list[str] = []
        self.edges: list[float] = []
        self.run: _Run = (Style("", 0.0, False, False, ""), -1, 0)
        self.is_spaced, self.is_hyphened = True, False
        # One rectangle, which pdfium fills for every sign.
        self.sides = pdfium.FS_RECTF()
        self.reference = ctypes.byref(self.sides)

    def read(self) -> Iterator[Word]:
        """The words of the page, in the order in which they are painted."""
        unicode = pdfium.FPDFText_GetUnicode
        for index in range(min(pdfium.FPDFText_CountChars(self.text), _MOST_SIGNS)):
            code = unicode(self.text, index)
            sign = chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
            if sign in _SPACES or sign.isspace():
                if self.letters and self.edges:
                    yield self._word()
                    self.is_spaced = not self.is_hyphened
                continue
            run = self._run(index)
            if sign in _LINE_HYPHENS:
                self.letters.append(SOFT_HYPHEN)
                self.is_hyphened = True
                continue
            box = self._box(index)
            if self.letters and self.edges:
                parted = self._is_apart(box)
                if parted or run != self.run or self._is_raised(box):
                    yield self._word()
                    self.is_spaced = parted and not self.is_hyphened
            self._add(sign, box, run)
        if self.letters and self.edges:
            yield self._word()

    def _is_apart(self, box: _Box) -> bool:
        """Whether a sign is so far from the one before it that another word begins. Boxes lie along
        the page: of text that does not, a space alone ends a word.
        """
        if self._slant():
            return False
        gap, em = box[0] - self.edges[2], max(self.run[0].size, 1.0)
        return gap > 0.2 * em or gap < -2 * em or abs(box[1] - self.edges[4]) > 0.9 * em

    def _is_raised(self, box: _Box) -> bool:
        """Whether a sign is higher or lower than the one before it, as a note's number is."""
        size = max(self.run[0].size, 1.0)
        return not self._slant() and abs(box[1] - self.edges[4]) > _RAISED * size

    def _add(self, sign: str, box: _Box, run: _Run) -> None:
        left, low, right, high = box
        if self.edges:
            edges = self.edges
            left, high = min(edges[0], left), max(edges[3], high)
            self.edges = [left, min(edges[1], low), right, high, low]
        else:
            self.edges = [left, low, right, high, low]
        self.letters.append(sign)
        self.run, self.is_hyphened = run, False

    def _word(self) -> Word:
        """The word that was begun; another begins."""
        left, low, right, high, _ = self.edges
        x, y, width, height = placed((left, low, right, high), self.sheet)
        text, (style, mcid, _) = "".join(self.letters), self.run
        slant = self._slant()
        self.letters, self.edges = [], []
        glued = not self.is_spaced
        return Word(text, self.number, x, y, width, height, style, mcid, glued=glued, slant=slant)

    def _slant(self) -> int:
        """The angle of the line of the word that was begun, as the page is read."""
        return (self.run[2] - self.sheet.reading) % 360

    def _box(self, index: int) -> _Box:
        sides = self.sides
        pdfium.FPDFText_GetLooseCharBox(self.text, index, self.reference)
        return sides.left, sides.bottom, sides.right, sides.top

    def _run(self, index: int) -> _Run:
        """The style and marked content of the run that a sign is in."""
        handle = pdfium.FPDFText_GetTextObject(self.text, index)
        address = ctypes.addressof(handle.contents) if handle else 0
        return self.runs.get(address) or self._look_at(handle, address, index)

    def _look_at(self, handle: Any, address: int, index: int) -> _Run:
        matrix = pdfium.FS_MATRIX()
        scale = 1.0
        if pdfium.FPDFText_GetMatrix(self.text, index, ctypes.byref(matrix)):
            scale = (matrix.c**2 + matrix.d**2) ** 0.5 or 1.0
        size = round(pdfium.FPDFText_GetFontSize(self.text, index) * scale, 1)
        red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
        pdfium.FPDFText_GetFillColor(
            self.text, index, *map(ctypes.byref, (red, green, blue, alpha))
        )
        name = self._font(index)
        style = Style(
            _STYLE.sub("", name).strip("-, "),
            size,
            bool(_BOLD.search(name)),
            bool(_ITALIC.search(name)),
            f"#{red.value & 255:02x}{green.value & 255:02x}{blue.value & 255:02x}",
        )
        found = (
            self.styles.setdefault(style, style),
            pdfium.FPDFPageObj_GetMarkedContentID(handle) if handle else -1,
            _angle(matrix),
        )
        self.runs[address] = found
        return found

    def _font(self, index: int) -> str:
        flags = ctypes.c_int()
        length = pdfium.FPDFText_GetFontInfo(self.text, index, None, 0, ctypes.byref(flags))
        if not 1 < length < 500:
            return ""
        buffer = ctypes.create_string_buffer(length)
        pdfium.FPDFText_GetFontInfo(self.text, index, buffer, length, ctypes.byref(flags))
        return re.sub(r"^[A-Z]{6}\+", "", buffer.value.decode("utf-8", "replace"))


def _is_garbled(text: Any) -> bool:
    """Whether many signs of a page are no letters that its fonts know."""
    count = min(pdfium.FPDFText_CountChars(text), _MOST_SIGNS)
    indexes = range(0, count, max(count // _SAMPLE, 1))
    faults = sum(pdfium.FPDFText_HasUnicodeMapError(text, index) == 1 for index in indexes)
    return bool(faults > _GARBLED * len(indexes))


def _is_on(word: Word, left: float, top: float, width: float, height: float) -> bool:
    return (
        left < word.right and word.x < left + width and top < word.bottom and word.y < top + height
    )


def _angle(matrix: Any) -> int:
    """The angle of a text's line in degrees."""
    return round(degrees(atan2(matrix.b, matrix.a))) % 360


def _upright(text: Any) -> int | None:
    """How a page has to be turned for most of its text to lie along it; None without text."""
    count = min(pdfium.FPDFText_CountChars(text), _MOST_SIGNS)
    angles: Counter[int] = Counter()
    matrix = pdfium.FS_MATRIX()
    for index in range(0, count, max(count // _SAMPLE, 1)):
        if pdfium.FPDFText_GetMatrix(text, index, ctypes.byref(matrix)):
            angles[_angle(matrix)] += 1
    for angle, votes in angles.most_common(1):
        if angle % 90 == 0 and 2 * votes > angles.total():
            return angle
    return None


def encoded(pixels: Pixels) -> bytes:
    """Pixels as a WebP file, as small as text stays sharp in it."""
    target = io.BytesIO()
    Image.fromarray(pixels).save(target, "WEBP", quality=55, method=2)
    return target.getvalue()


def painted(data: bytes, number: int, width: int) -> Pixels:
    """A page (from 1) of a PDF that this program wrote, so many pixels wide. No annotations."""
    with _PAINTING:
        document = pypdfium2.PdfDocument(data)
        try:
            page = document[number - 1]
            drawn = page.render(
                scale=width / page.get_width(),
                may_draw_forms=False,
                draw_annots=False,
                rev_byteorder=True,
                prefer_bgrx=False,
            )
            return np.ascontiguousarray(drawn.to_numpy()[:, :width, :3])
        finally:
            document.close()
