"""A PDF's pages as a reader sees them: words with their places and looks, and pixels; the only
importer of pypdfium2.
"""

import ctypes
import io
import re
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock
from typing import Any, Final

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium
from numpy.typing import NDArray
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from reportcard.pdf.skeleton import MM_PER_PT, Sheet

Pixels = NDArray[np.uint8]
"""Rows, columns, and red, green and blue."""
#: What pdfium puts for a hyphen at the end of a line, beside the signs that a file itself may have
#: there.
SOFT_HYPHEN: Final = "\u00ad"
_LINE_HYPHENS: Final = ("\x02", "\ufffe", "\u00ad")
_BOLD: Final = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)
_STYLE: Final = re.compile(
    r"(bold|black|heavy|semi|demi|extra|light|regular|italic|oblique|roman|book|medium|-It$|PS|MT)+",
    re.IGNORECASE,
)
_ITALIC: Final = re.compile(r"italic|oblique|\bIt\b|-It$", re.IGNORECASE)
#: More signs than a page of print can hold; a page of a novel has 2,000.
_MOST_SIGNS: Final = 200_000
#: The rendering intent of PNG's sRGB chunk (PNG, third edition, 11.3.2.5).
_PERCEPTUAL: Final = b"\x00"
#: pdfium is no library for several threads at once.
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
    space stands before it; `mcid` is its marked content (-1: none), `link` where it leads, `place`
    the name of the place it is in.
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

    @property
    def bottom(self) -> float:
        """Its lower edge, in mm."""
        return self.y + self.height

    @property
    def right(self) -> float:
        """Its right edge, in mm."""
        return self.x + self.width


class Glyphs:
    """An open PDF. Raises ValueError if pdfium cannot open it or a page of it."""

    def __init__(self, document: pypdfium2.PdfDocument, sheets: tuple[Sheet, ...]) -> None:
        self.document = document
        self.sheets = sheets

    @classmethod
    @contextmanager
    def opened(cls, data: bytes, sheets: tuple[Sheet, ...]) -> "Iterator[Glyphs]":
        """The PDF while it is needed; `sheets` are its pages as its skeleton tells them."""
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            raise ValueError(str(error)) from error
        try:
            yield cls(document, sheets)
        finally:
            document.close()

    def words(self, number: int) -> list[Word]:
        """The words of a page (from 1), in the order in which they are painted."""
        page = self._page(number)
        text = page.get_textpage()
        try:
            return list(_WordReader(text.raw, number, self.sheets[number - 1]).read())
        finally:
            text.close()
            page.close()

    def pixels(self, number: int, dpi: float) -> Pixels:
        """The trimmed page (from 1) at a resolution, without annotations."""
        page = self._page(number)
        try:
            # Drawn from the corner of the trim whatever the other boxes are: pixels fall on one
            # grid before and after.
            page.set_cropbox(*self.sheets[number - 1].trim)
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
            raise ValueError(f"page {number} is damaged") from error


class _WordReader:
    """Reads the signs of a page one by one and joins them to words."""

    def __init__(self, text: Any, number: int, sheet: Sheet) -> None:
        self.text = text
        self.number = number
        self.sheet = sheet
        self.runs: dict[int, tuple[Style, int]] = {}
        self.styles: dict[Style, Style] = {}

    def read(self) -> Iterator[Word]:
        unicode, box, source = (
            pdfium.FPDFText_GetUnicode,
            pdfium.FPDFText_GetLooseCharBox,
            pdfium.FPDFText_GetTextObject,
        )
        sides = pdfium.FS_RECTF()
        reference = ctypes.byref(sides)
        letters: list[str] = []
        edges: list[float] = []
        run: tuple[Style, int] | None = None
        spaced, hyphened = True, False
        for index in range(min(pdfium.FPDFText_CountChars(self.text), _MOST_SIGNS)):
            code = unicode(self.text, index)
            sign = chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
            if sign in " \r\n\t\x00\u2028\u2029\x0b\x0c" or sign.isspace():
                if letters and edges and run:
                    yield self._word(letters, edges, run, glued=not spaced)
                    letters, edges = [], []
                    spaced = not hyphened
                continue
            handle = source(self.text, index)
            address = ctypes.addressof(handle.contents) if handle else 0
            here = self.runs.get(address) or self._look_at(handle, address, index)
            if sign in _LINE_HYPHENS:
                letters.append(SOFT_HYPHEN)
                hyphened = True
                continue
            box(self.text, index, reference)
            x0, x1, y0, y1 = sides.left, sides.right, sides.bottom, sides.top
            if letters and edges and run:
                gap, em = x0 - edges[2], max(run[0].size, 1.0)
                parted = gap > 0.2 * em or gap < -2 * em or abs(y0 - edges[4]) > 0.9 * em
                if here != run or parted:
                    yield self._word(letters, edges, run, glued=not spaced)
                    spaced = parted and not hyphened
                    letters, edges = [], []
            edges = (
                [min(edges[0], x0), min(edges[1], y0), x1, max(edges[3], y1), y0]
                if edges
                else [x0, y0, x1, y1, y0]
            )
            letters.append(sign)
            run, hyphened = here, False
        if letters and edges and run:
            yield self._word(letters, edges, run, glued=not spaced)

    def _look_at(self, handle: Any, address: int, index: int) -> tuple[Style, int]:
        """The style and marked content of the run that a sign stands in."""
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

    def _word(
        self, letters: list[str], edges: list[float], run: tuple[Style, int], *, glued: bool
    ) -> Word:
        x, y, width, height = placed((edges[0], edges[1], edges[2], edges[3]), self.sheet)
        return Word("".join(letters), self.number, x, y, width, height, run[0], run[1], glued)


def placed(
    box: tuple[float, float, float, float], sheet: Sheet
) -> tuple[float, float, float, float]:
    """A box in points of the page as left, top, width and height in mm from the trim's top left
    corner, as seen when turned.
    """
    x0, y0, x1, y1 = sheet.trim
    left, low, right, high = box
    match sheet.turned:
        case 90:
            sides = (low - y0, left - x0, high - low, right - left)
        case 180:
            sides = (x1 - right, low - y0, right - left, high - low)
        case 270:
            sides = (y1 - high, x1 - right, high - low, right - left)
        case _:
            sides = (left - x0, y1 - high, right - left, high - low)
    return tuple(round(side * MM_PER_PT, 2) for side in sides)  # type: ignore[return-value]


def encoded(pixels: Pixels) -> bytes:
    """Pixels as a WebP file, as small as text stays sharp in it."""
    target = io.BytesIO()
    Image.fromarray(pixels).save(target, "WEBP", quality=55, method=2)
    return target.getvalue()


def picture(data: bytes, number: int, width: int) -> bytes:
    """A page (from 1) of a PDF that this program wrote, as a PNG so many pixels wide. Without
    annotations.

    It is for this machine and this moment: its rows are not filtered, each in five ways, to find
    the smallest (PNG, third edition, 9). A page of 1,083 pixels takes 15 ms so, and Chromium shows
    it in 20; with filters it takes 31 ms, and without compression Chromium takes 50.
    """
    pixels = _painted(data, number, width)
    height = len(pixels)
    rows = np.zeros((height, 1 + 3 * width), np.uint8)
    rows[:, 1:] = pixels.reshape(height, 3 * width)
    head = struct.pack(">2I5B", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows.data, 1)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(told)) + kind + told + struct.pack(">I", zlib.crc32(kind + told))
        for kind, told in chunks
    )


def published_picture(data: bytes, width: int, height: int) -> bytes:
    """The only page of a PDF that this program wrote, as a small PNG of just so many pixels, which
    says that its colours are sRGB.

    Of the thousands of shades at the edges of letters the 256 nearest are kept, which halves the
    file; flat colours stay what they are.
    """
    target, marks = io.BytesIO(), PngInfo()
    marks.add(b"sRGB", _PERCEPTUAL)
    shades = Image.fromarray(_painted(data, 1, width)[:height]).quantize(
        256, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE
    )
    shades.save(target, "PNG", optimize=True, pnginfo=marks)
    return target.getvalue()


def _painted(data: bytes, number: int, width: int) -> Pixels:
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
