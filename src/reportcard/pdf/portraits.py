"""Pictures of pages of a PDF that this program wrote, as PNG files."""

import io
import struct
import zlib
from typing import Final

import numpy as np
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from reportcard.pdf.glyphs import painted

#: The rendering intent of PNG's sRGB chunk (PNG, third edition, 11.3.2.5).
_PERCEPTUAL: Final = b"\x00"


def picture(data: bytes, number: int, width: int) -> bytes:
    """A page (from 1) of a PDF that this program wrote, as a PNG so many pixels wide. Without
    annotations.

    It is for this machine and this moment: its rows are not filtered, each in five ways, to find
    the smallest (PNG, third edition, 9). A page of 1,083 pixels takes 15 ms so, and Chromium shows
    it in 20; with filters it takes 31 ms, and without compression Chromium takes 50.
    """
    pixels = painted(data, number, width)
    height = len(pixels)
    rows = np.zeros((height, 1 + 3 * width), np.uint8)
    rows[:, 1:] = pixels.reshape(height, 3 * width)
    head = struct.pack(">2I5B", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows.data, 1)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in chunks
    )


def published_picture(data: bytes, width: int, height: int) -> bytes:
    """The only page of a PDF that this program wrote, as a small PNG of just so many pixels, marked
    as sRGB.

    Of the thousands of shades at the edges of letters the 256 nearest are kept, which halves the
    file; flat colours stay what they are.
    """
    target, marks = io.BytesIO(), PngInfo()
    marks.add(b"sRGB", _PERCEPTUAL)
    shades = Image.fromarray(painted(data, 1, width)[:height]).quantize(
        256, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE
    )
    shades.save(target, "PNG", optimize=True, pnginfo=marks)
    return target.getvalue()
