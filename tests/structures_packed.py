"""Pictures, fonts and color profiles with odd structures: their parts are packed, listed and summed
as they should be, and are of the wrong size, order, number or kind.
"""

import io
import random
import struct
import zlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cache
from typing import Any, Final

from fontTools.ttLib import TTFont, TTLibError
from PIL import Image

from .structures import MANY, MOST, TEXTS

_SIZES: Final = (0, 1, 2, 3, 7, 255, 256, 32767, 32768, 65535, 65536, 2**31 - 1, 2**31, 2**32 - 1)


def _short(chance: random.Random) -> int:
    return chance.choice(_SIZES) & 0xFFFF


def _changed(data: bytes, at: int, size: int, order: str, chance: random.Random) -> bytes:
    """A number in a head, of 1, 2 or 4 bytes, becomes another."""
    number = chance.choice(_SIZES) & ((1 << 8 * size) - 1)
    packed = struct.pack(order + {1: "B", 2: "H", 4: "I"}[size], number)
    return data[:at] + packed + data[at + size :]


# --- pictures -------------------------------------------------------------------------------------

_TYPES: Final = (b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP")
_MORE: Final = (b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"acTL", b"fcTL", b"fdAT", b"pHYs", b"sBIT")


def odd_png(data: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    """Chunks of a PNG in another order, size or number, their sums right."""
    chunks, at = [], 8
    while at + 12 <= len(data):
        size = int.from_bytes(data[at : at + 4])
        chunks.append((data[at + 4 : at + 8], data[at + 8 : at + 8 + size]))
        at += 12 + size
    for _ in range(chance.choice((1, 1, 2, 5))):
        if not chunks:
            break
        at = chance.randrange(len(chunks))
        name, held = chunks[at]
        match chance.randrange(7):
            case 0:
                chunks[0] = (b"IHDR", _head(chunks[0][1], chance))
            case 1:
                chunks[at:at] = [(name, held)] * chance.choice((1, 30, 1500))
            case 2:
                chunks.insert(chance.randrange(len(chunks)), chunks.pop(at))
            case 3:
                chunks[at : at + 1] = [(name, held[i : i + 1]) for i in range(min(len(held), 900))]
            case 4:
                kind = chance.choice((*_TYPES, *_MORE))
                chunks.insert(at, (kind, _chunk(held, chance)))
            case 5:
                del chunks[at]
            case _:
                rows = bytes(chance.choice((0, 1, 4, 5, 255)) for _ in range(900)) * 30
                chunks[at] = (b"IDAT", zlib.compress(rows[: chance.choice((0, 9, 3630, 27_000))]))
    made = b"".join(
        struct.pack(">I", len(held)) + name + held + struct.pack(">I", zlib.crc32(name + held))
        for name, held in chunks
    )
    return (data[:8] + made)[:MOST]


def _head(held: bytes, chance: random.Random) -> bytes:
    at, size = chance.choice(((0, 4), (4, 4), (8, 1), (9, 1), (10, 1), (11, 1), (12, 1)))
    return _changed(held, at, size, ">", chance)


@cache
def _bomb() -> bytes:
    return zlib.compress(b"a" * 40_000_000, 1)


def _chunk(held: bytes, chance: random.Random) -> bytes:
    bomb = _bomb()
    return chance.choice(
        (
            *(b"", held, b"a\0\0" + zlib.compress(held), b"icc\0\0" + bomb, b"a\0\0" + bomb),
            *(
                bytes(32),
                b"\xff" * 32,
                b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x09\0\0\0\0\0",
            ),
        )
    )


def odd_jpeg(data: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    """Segments of a JPEG in another order, size or number."""
    parts, at = [], 2
    while at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] != 0xDA:
        size = int.from_bytes(data[at + 2 : at + 4])
        parts.append(data[at : at + 2 + size])
        at += 2 + size
    rest = data[at:]
    for _ in range(chance.choice((1, 1, 2, 5))):
        if not parts:
            break
        one = chance.randrange(len(parts))
        match chance.randrange(6):
            case 0:
                parts[one:one] = [parts[one]] * chance.choice(MANY)
            case 1:
                parts.insert(chance.randrange(len(parts)), parts.pop(one))
            case 2:
                del parts[one]
            case 3 if len(parts[one]) > 6:
                place = chance.randrange(4, len(parts[one]))
                parts[one] = _changed(parts[one], place, 1, ">", chance)
            case 4:
                kind = bytes(
                    [0xFF, chance.choice((0xE1, 0xE2, 0xEE, 0xDD, 0xC2, 0xC3, 0xDB, 0xC4))]
                )
                held = chance.choice(
                    (b"Exif\0\0II*\0", b"ICC_PROFILE\0\x09\x02a", b"Adobe\0d\0\0\0\0\2")
                )
                parts.insert(one, kind + struct.pack(">H", 2 + len(held)) + held)
            case _:
                frames = [at for at, part in enumerate(parts) if part[1] in (0xC0, 0xC2)]
                for at in frames[:1]:
                    place, size = chance.choice(((4, 1), (5, 2), (7, 2), (9, 1), (11, 1), (12, 1)))
                    parts[at] = _changed(parts[at], place, size, ">", chance)
    return (data[:2] + b"".join(parts) + rest)[:MOST]


#: Where heads have numbers, and how they are written: GIF, BMP, TIFF and WebP.
_HEADS: Final[dict[bytes, tuple[str, tuple[tuple[int, int], ...]]]] = {
    b"GIF8": ("<", ((6, 2), (8, 2), (10, 1), (11, 1), (12, 1))),
    b"BM": ("<", ((2, 4), (10, 4), (14, 4), (18, 4), (22, 4), (26, 2), (28, 2), (30, 4), (46, 4))),
    b"RIFF": ("<", ((4, 4), (16, 4), (20, 1), (23, 1), (26, 2), (28, 2))),
    b"II*\0": ("<", ((4, 4),)),
    b"MM\0*": (">", ((4, 4),)),
}


def odd_raster(data: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    """A picture whose head has other numbers, or that has a mode or a size as few have."""
    if chance.random() < 0.5:
        return _redrawn(data, chance)
    order, places = next(
        (how for start, how in _HEADS.items() if data.startswith(start)), (">", ())
    )
    for _ in range(chance.choice((1, 1, 2, 4))):
        if data[:4] in (b"II*\0", b"MM\0*"):
            first = struct.unpack(f"{order}I", data[4:8])[0]
            places = tuple(
                (first + 2 + 12 * entry + at, size)
                for entry in range(12)
                for at, size in ((0, 2), (2, 2), (4, 4), (8, 4))
                if first + 14 + 12 * entry < len(data)
            ) or ((4, 4),)
        if places:
            data = _changed(data, *chance.choice(places), order, chance)
    return data


def _redrawn(data: bytes, chance: random.Random) -> bytes:
    modes = (
        "1",
        "L",
        "LA",
        "P",
        "PA",
        "RGB",
        "RGBA",
        "CMYK",
        "YCbCr",
        "HSV",
        "LAB",
        "I",
        "F",
        "I;16",
    )
    size = chance.choice(((1, 1), (1, 9000), (9000, 1), (40, 30), (900, 900)))
    target = io.BytesIO()
    kind = chance.choice(("PNG", "JPEG", "GIF", "WEBP", "TIFF", "BMP", "ICO", "PPM", "JPEG2000"))
    with suppress(OSError, ValueError, KeyError):
        image = Image.new(chance.choice(modes), size)
        more: dict[str, Any] = {"icc_profile": data} if chance.random() < 0.3 else {}
        if chance.random() < 0.3:
            more |= {"save_all": True, "append_images": [image] * chance.choice((1, 30))}
        image.save(target, kind, **more)
    return target.getvalue() or data


# --- fonts ----------------------------------------------------------------------------------------


def odd_font(data: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    """A font with tables of other fonts, sizes or numbers, or with letters made of each other; its
    sums are right.
    """
    try:
        font = TTFont(io.BytesIO(data), recalcBBoxes=False, recalcTimestamp=False)
        for _ in range(chance.choice((1, 1, 2, 4))):
            chance.choice((_measured, _measured, _composed, _replaced, _mapped, _named))(
                font, chance
            )
        target = io.BytesIO()
        font.save(target, reorderTables=None)
    except (TTLibError, struct.error, ValueError, TypeError, KeyError, AttributeError, IndexError):
        return data
    except (AssertionError, OverflowError, RecursionError):
        return data
    return target.getvalue()


def _measured(font: TTFont, chance: random.Random) -> None:
    fields = {
        "head": ("unitsPerEm", "xMin", "yMax", "indexToLocFormat", "lowestRecPPEM", "flags"),
        "hhea": ("ascent", "descent", "lineGap", "numberOfHMetrics", "advanceWidthMax"),
        "maxp": ("numGlyphs", "maxComponentDepth", "maxPoints", "maxStackElements"),
        "OS/2": ("usWeightClass", "sTypoAscender", "usWinDescent", "sxHeight", "fsType"),
        "post": ("italicAngle", "underlinePosition", "underlineThickness", "isFixedPitch"),
    }
    table = chance.choice(sorted(fields))
    setattr(font[table], chance.choice(fields[table]), chance.choice((0, 1, -1, 16, 32767, -32768)))


def _composed(font: TTFont, chance: random.Random) -> None:
    """Letters made of each other, each of those before it many times, or of themselves."""
    glyphs = font["glyf"]
    names = [one for one in font.getGlyphOrder() if glyphs[one].isComposite()]
    bases = chance.sample(font.getGlyphOrder(), min(20, len(font.getGlyphOrder())))
    for at, name in enumerate(names[: chance.choice((1, 3, 20))]):
        parts = glyphs[name].components
        for part in parts:
            part.glyphName = chance.choice((name, names[at - 1], chance.choice(bases)))
        glyphs[name].components = parts * chance.choice((1, 2, 10))


def _replaced(font: TTFont, chance: random.Random) -> None:
    """Raw tables that change places, are cut, doubled, or have other words in them."""
    names = sorted(font.reader.keys())
    one, two = chance.choice(names), chance.choice(names)
    raw = bytearray(font.reader[one])
    match chance.randrange(4):
        case 0:
            raw = bytearray(font.reader[two])
        case 1:
            del raw[chance.randrange(len(raw) or 1) :]
        case 2:
            raw = raw + raw
        case _:
            for _ in range(chance.choice((1, 4, 40))):
                at = chance.randrange(min(len(raw), chance.choice((40, 400, 40_000))) or 1) & ~1
                raw[at : at + 2] = struct.pack(">H", _short(chance))
    table = font[one] = _Raw(one)
    table.data = bytes(raw)


def _Raw(tag: str) -> Any:  # noqa: N802  (as the library names its tables)
    from fontTools.ttLib.tables.DefaultTable import DefaultTable

    return DefaultTable(tag)


def _mapped(font: TTFont, chance: random.Random) -> None:
    order = font.getGlyphOrder()
    for table in font["cmap"].tables:
        for code in list(table.cmap)[: chance.choice((1, 200, 5000))]:
            table.cmap[code] = chance.choice((order[0], order[-1], chance.choice(order)))
    for name in order[: chance.choice((1, 90, 5000))]:
        font["hmtx"][name] = (
            chance.choice((0, 1, 32767, 65535)),
            chance.choice((0, -32768, 32767)),
        )


def _named(font: TTFont, chance: random.Random) -> None:
    for record in font["name"].names:
        record.string = chance.choice(TEXTS)[:9000]


# --- profiles -------------------------------------------------------------------------------------

_SIGNS: Final = (b"curv", b"para", b"mft1", b"mft2", b"mAB ", b"mBA ", b"XYZ ", b"desc", b"mluc")
_SPACES: Final = (b"RGB ", b"CMYK", b"GRAY", b"Lab ", b"XYZ ", b"2CLR", b"FCLR", b"HSV ", b"    ")


def odd_profile(data: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    """A profile whose tags refer to others, are of another kind, or have other counts; its size is
    right.
    """
    changed = bytearray(data)
    count = min(int.from_bytes(data[128:132]), 60)
    tags = [132 + 12 * one for one in range(count)]
    for _ in range(chance.choice((1, 1, 2, 5))):
        if not tags or len(changed) < 132 + 12 * count:
            break
        one, two = chance.choice(tags), chance.choice(tags)
        held = int.from_bytes(changed[one + 4 : one + 8])
        match chance.randrange(7):
            case 0:
                changed[one + 4 : one + 12] = changed[two + 4 : two + 12]
            case 1:
                changed[one : one + 4], changed[two : two + 4] = (
                    changed[two : two + 4],
                    changed[one : one + 4],
                )
            case 2:
                changed[one + 4 : one + 12] = struct.pack(">II", *chance.choices(_SIZES, k=2))
            case 3:
                changed[held : held + 4] = chance.choice(_SIGNS)
            case 4:
                changed[held + 8 : held + 12] = struct.pack(">I", chance.choice(_SIZES))
            case 5:
                at = chance.choice((12, 16, 20))
                changed[at : at + 4] = chance.choice((*_SPACES, b"prtr", b"link", b"nmcl", b"abst"))
            case _:
                changed[128:132] = struct.pack(">I", chance.choice((0, 1, count + 1, 99, 2**31)))
    changed[:4] = struct.pack(">I", len(changed))
    return bytes(changed)


_KINDS: Final = {
    b"\x89PNG": odd_png,
    b"\xff\xd8\xff": odd_jpeg,
    **dict.fromkeys(_HEADS, odd_raster),
    **dict.fromkeys((b"\x00\x01\x00\x00", b"OTTO", b"true"), odd_font),
}


def packed(data: bytes) -> Callable[[bytes, Sequence[bytes], random.Random], bytes] | None:
    """What makes odd structures of a file of this kind; None if nothing here knows it."""
    if data[36:40] == b"acsp":
        return odd_profile
    return next((make for start, make in _KINDS.items() if data.startswith(start)), None)
