"""Files damaged by chance, as a bad disk, a bad tool or a bad person would do it: bits, chunks,
numbers and nesting; in a zip also inside its parts, and in what it says of them.
"""

import io
import random
import re
import struct
import warnings
import zipfile
import zlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from copy import deepcopy
from functools import cache
from typing import Final

from lxml import etree

from .structures import odd_xml, structure
from .structures_packed import packed
from .structures_written import written

#: What programs trip over, as text.
_PIECES: Final = (
    b"9" * 400,
    b"9" * 5000,
    b"1e400",
    b"-1e400",
    b"1e999999999",
    b"1e-400",
    b"NaN",
    b"Infinity",
    b"-1",
    b"0",
    b"4294967295",
    b"18446744073709551616",
    b"\x00",
    b"\x1b]0;a\x07",
    b"\x1b[2J",
    b"\xff\xfe",
    b"\xed\xa0\x80",
    "\u202e\u2028\ufeff\u0301".encode(),
    "\U0001f600".encode(),
    b"../../../../tmp/x",
    b"/etc/passwd",
    b"file:///etc/passwd",
    b"http://example.org/x",
    b"=cmd|'/c calc'!A1",
    b"%n%s{0}{{ score.total }}",
    b"<!DOCTYPE a [<!ENTITY e 'e'>]>",
    b"<![CDATA[",
    b"&#x0;&lt;&e;",
    b'"',
    b"<",
    b"\n",
    b"\\",
)
#: Numbers of four bytes.
_WORDS: Final = tuple(
    struct.pack(">I", one) for one in (0, 1, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 0x10000)
)
_NUMBER: Final = re.compile(rb"\d+(?:\.\d+)?")
_TAG: Final = re.compile(rb"<([A-Za-z][\w:.-]*)(?:\s[^<>]*)?>")
_VALUE: Final = re.compile(rb'="[^"<]*"')
#: The most bytes that a damaged file has: larger ones are refused by their size alone.
_MOST: Final = 8_000_000


def damaged(data: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    """A file with one to six faults; pieces of other files of the kind are among them."""
    if data.startswith(b"PK\x03\x04") and (which := chance.random()) < 0.9:
        return (_zip_odd if which < 0.5 else _zip_damaged)(data, others, chance)
    odd = packed(data) or written(data) or structure(data)
    if odd is not None and chance.random() < 0.4:
        return odd(data, others, chance)
    is_xml = data.lstrip()[:1] == b"<"
    for _ in range(chance.choice((1, 1, 1, 2, 3, 6))):
        fault = _tree if is_xml and chance.random() < 0.5 else chance.choice(_FAULTS)
        data = fault(data, others, chance)[:_MOST]
    return repaired(data) if chance.random() < 0.6 else data


def _at(data: bytes, chance: random.Random) -> int:
    # Heads say how the rest is read
    return chance.randrange(min(len(data), chance.choice((64, 1024, len(data) or 1))) or 1)


def _flip(data: bytes, __: Sequence[bytes], chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 8, 64))):
        if changed:
            changed[_at(data, chance)] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _cut(data: bytes, _: Sequence[bytes], chance: random.Random) -> bytes:
    return data[: _at(data, chance)]


def _splice(data: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    other = chance.choice(others)
    at, there = _at(data, chance), _at(other, chance)
    size = chance.choice((4, 40, 4000))
    return data[:at] + other[there : there + size] + data[at + chance.choice((0, size)) :]


def _swap(data: bytes, _: Sequence[bytes], chance: random.Random) -> bytes:
    first, second = sorted((_at(data, chance), _at(data, chance)))
    size = min(chance.choice((4, 100, 5000)), second - first)
    there = data[second : second + size]
    return (data[:first] + there + data[first + size : second] + data[first : first + size]) + data[
        second + size :
    ]


def _drop(data: bytes, _: Sequence[bytes], chance: random.Random) -> bytes:
    at = _at(data, chance)
    return data[:at] + data[at + chance.choice((1, 4, 100, 5000)) :]


def _repeat(data: bytes, _: Sequence[bytes], chance: random.Random) -> bytes:
    at, size = _at(data, chance), chance.choice((1, 20, 500))
    return data[:at] + data[at : at + size] * chance.choice((2, 20, 3000)) + data[at:]


def _piece(data: bytes, _: Sequence[bytes], chance: random.Random) -> bytes:
    at = _at(data, chance)
    return data[:at] + chance.choice(_PIECES) + data[at + chance.choice((0, 0, 1, 8)) :]


def _word(data: bytes, _: Sequence[bytes], chance: random.Random) -> bytes:
    at = _at(data, chance)
    word = chance.choice(_WORDS)[: chance.choice((1, 2, 4))]
    return data[:at] + word + data[at + len(word) :]


def _matched(pattern: re.Pattern[bytes], data: bytes, chance: random.Random) -> tuple[int, int]:
    found = pattern.search(data, _at(data, chance)) or pattern.search(data)
    return found.span() if found else (0, 0)


def _number(data: bytes, _: Sequence[bytes], chance: random.Random) -> bytes:
    start, end = _matched(_NUMBER, data, chance)
    return data[:start] + chance.choice(_PIECES) + data[end:]


def _attribute(data: bytes, _: Sequence[bytes], chance: random.Random) -> bytes:
    start, end = _matched(_VALUE, data, chance)
    return data[:start] + b'="' + chance.choice(_PIECES).replace(b'"', b"") + b'"' + data[end:]


def _nest(data: bytes, _: Sequence[bytes], chance: random.Random) -> bytes:
    depth = chance.choice((5, 200, 5000, 100_000))
    if chance.random() < 0.4:
        sign, end = chance.choice(((b"[", b"]"), (b'{"a":', b"}"), (b"(", b")"), (b"<<", b">>")))
        at = _at(data, chance)
        return data[:at] + sign * depth + end * chance.choice((0, depth)) + data[at:]
    start, after = _matched(_TAG, data, chance)
    tag = data[start:after]
    name = _TAG.match(tag)
    close = b"</" + name[1] + b">" if name else b""
    return data[:start] + tag * depth + close * chance.choice((0, depth - 1, depth)) + data[after:]


def _tree(data: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    """XML that is still well-formed: elements dropped, moved, doubled or put into themselves, and
    other words in texts and attributes.
    """
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False))
    except (etree.XMLSyntaxError, ValueError):
        return _piece(data, others, chance)
    for _ in range(chance.choice((1, 2, 5, 20))):
        every = [one for one in root.iter() if isinstance(one.tag, str)]
        one, other = chance.choice(every), chance.choice(every)
        piece = chance.choice(_PIECES).decode("utf-8", "replace")
        with suppress(ValueError):  # letters that XML does not have, or a knot
            match chance.randrange(6):
                case 0 if (parent := one.getparent()) is not None:
                    parent.remove(one)
                case 1:
                    other.append(deepcopy(one))
                case 2 if one is not root:
                    other.insert(0, one)
                case 3 if one.attrib:
                    one.set(chance.choice(list(one.attrib)), piece)
                case 4:
                    one.text = piece
                case _:
                    one.tag = other.tag
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


_FAULTS: Final[tuple[Callable[[bytes, Sequence[bytes], random.Random], bytes], ...]] = (
    *(_flip, _flip, _cut, _splice, _swap, _drop, _repeat, _piece, _piece),
    *(_word, _word, _number, _number, _attribute, _attribute, _nest),
)


# --- zips -----------------------------------------------------------------------------------------


@cache
def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@cache
def _bomb(megabytes: int) -> bytes:
    return b"<a>" + b" " * megabytes * 1_000_000 + b"</a>"


def _zip_damaged(data: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    parts = list(_parts(data).items())
    pool = [part for other in others[:4] if other[:2] == b"PK" for part in _parts(other).values()]
    for _ in range(chance.choice((1, 1, 1, 2, 4))):
        at = chance.randrange(len(parts)) if parts else 0
        if not parts:
            break
        name, part = parts[at]
        match chance.randrange(12):
            case 0:
                del parts[at]
            case 1:
                parts.append((name, chance.choice(pool or [b""])))
            case 2:
                odd = ("../../tmp/x", "/tmp/x", "a\x00b", "\x1b[2J.xml", "x" * 5000, "", name + "/")
                parts[at] = (chance.choice(odd), part)
            case 3:
                parts[at] = (name, _bomb(chance.choice((30, 150))))
            case _:
                for _ in range(chance.choice((1, 1, 2, 4))):
                    fault = _tree if chance.random() < 0.7 else chance.choice(_FAULTS)
                    part = fault(part, pool or [part], chance)[:_MOST]
                parts[at] = (name, part)
    packed = _packed(parts)
    return _lying(packed, chance) if chance.random() < 0.15 else packed


def _zip_odd(data: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    """A sound zip with all its parts; one to three of them, the larger the likelier, have odd
    structures.
    """
    parts = _parts(data)
    texts = [name for name in parts if name.endswith((".xml", ".rels"))]
    if not texts:
        return _zip_damaged(data, others, chance)
    sizes = [len(parts[name]) ** 0.5 for name in texts]
    made = dict(parts)
    for name in chance.choices(texts, sizes, k=chance.choice((1, 1, 2, 3))):
        same = [_parts(one)[name] for one in others[:4] if name in _parts(one)]
        made[name] = odd_xml(made[name], same, chance)
    return _packed(tuple(made.items()))


def _packed(parts: Sequence[tuple[str, bytes]]) -> bytes:
    target = io.BytesIO()
    with (
        warnings.catch_warnings(action="ignore"),  # of two parts of one name
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
    ):
        for name, part in parts:
            archive.writestr(name or "x", part)
    return target.getvalue()


def _lying(data: bytes, chance: random.Random) -> bytes:
    """A zip that says something else of a part in its list: flags, method, sum, sizes, place."""
    heads = [found.start() for found in re.finditer(rb"PK\x01\x02", data)]
    if not heads:
        return data
    changed = bytearray(data)
    place, size = chance.choice(((8, 2), (10, 2), (16, 4), (20, 4), (24, 4), (28, 2), (42, 4)))
    at = chance.choice(heads) + place
    changed[at : at + size] = chance.choice(
        (b"\xff" * size, bytes(size), b"\x01" + bytes(size - 1), chance.randbytes(size))
    )
    return bytes(changed)


# --- sums -----------------------------------------------------------------------------------------


def repaired(data: bytes) -> bytes:
    """The file with its sums right again, so that more than these is looked at."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return _png_repaired(data)
    if data[:4] in (b"\x00\x01\x00\x00", b"OTTO", b"true"):
        return _font_repaired(data)
    if data[36:40] == b"acsp":
        return struct.pack(">I", len(data)) + data[4:]
    return data


def _png_repaired(data: bytes) -> bytes:
    made, at = bytearray(data), 8
    while at + 12 <= len(made):
        size = int.from_bytes(made[at : at + 4])
        if at + 12 + size > len(made):
            break
        end = at + 8 + size
        made[end : end + 4] = struct.pack(">I", zlib.crc32(made[at + 4 : end]))
        at = end + 4
    return bytes(made)


def _font_repaired(data: bytes) -> bytes:
    made = bytearray(data)
    for index in range(min(int.from_bytes(made[4:6]), 64)):
        record = 12 + 16 * index
        at, size = (int.from_bytes(made[record + one : record + one + 4]) for one in (8, 12))
        table = bytes(made[at : at + size])
        if made[record : record + 4] == b"head":
            table = table[:8] + bytes(4) + table[12:]
        table += bytes(-len(table) % 4)
        total = sum(struct.unpack(f">{len(table) // 4}I", table)) & 0xFFFFFFFF
        if record + 8 <= len(made):
            made[record + 4 : record + 8] = struct.pack(">I", total)
    return bytes(made)
