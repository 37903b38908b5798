"""Sound files with odd structures: what unpacks, parses and has its sums right, and is nested,
crowded, knotted or numbered as no program writes it. `damage` breaks the outside of a file; these
reach the readers within.
"""

import io
import json
import random
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from copy import deepcopy
from typing import Any, Final

import pikepdf
from lxml import etree

#: Numbers where a count, an index, a size or a score is expected.
NUMBERS: Final = (
    *("0", "1", "-1", "2", "9", "16384", "16385", "1048576", "2147483647", "-2147483648"),
    *("4294967296", "99999999999999999999", "1e308", "1e-320", "0.1", "NaN", "1_000", "٣", "½"),
)
#: Texts that are allowed everywhere and expected nowhere.
TEXTS: Final = (
    *("", " ", "\u00a0", "\u202e", "\u2066a", "\u200b", "\u0301" * 60, "a" * 70_000, "a " * 30_000),
    *("{{ score.total }}", "[^a]: [^a]", "**" * 900, "|" * 900, "- " * 900, "[" * 900, "((" * 900),
    *("\U0001f469\u200d\U0001f469\u200d\U0001f467", "\ufffe", "\x7f", "\x85", "A1:XFD1048576"),
    *("true", "#NAME?", "2026-13-40", "../x", "#", "peru/es/title", "\n" * 3000, "1,5.2,3"),
)
DEEP: Final = (2, 10, 90, 240)
MANY: Final = (2, 30, 1500)
MOST: Final = 6_000_000
CROWDED: Final = 20_000


def odd_xml(data: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    """XML of the same words in another order: nested in itself, crowded, with the attributes and
    branches of other places and of other files of the kind.
    """
    root = _xml(data)
    if root is None:
        return data
    other = _xml(chance.choice(others)) if others and chance.random() < 0.3 else None
    for _ in range(chance.choice((1, 1, 2, 4, 12))):
        every = _elements(root)
        if len(every) > CROWDED:  # what doubles twelve times fills the memory of the machine
            break
        one, two = chance.choice(every), chance.choice(every)
        # A knot, a letter that XML does not have, or a second root
        with suppress(ValueError, TypeError):
            _XML[chance.randrange(len(_XML))](one, two, chance)
        if other is not None and one.getparent() is not None:
            one.addprevious(deepcopy(chance.choice(_elements(other))))
    made = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return made if len(made) < MOST else data


def _xml(data: bytes) -> "etree._Element | None":
    try:
        return etree.fromstring(data, etree.XMLParser(resolve_entities=False))
    except (etree.XMLSyntaxError, ValueError):
        return None


def _elements(root: "etree._Element") -> "list[etree._Element]":
    return [one for one in root.iter() if isinstance(one.tag, str)]


def _nest(one: "etree._Element", _: "etree._Element", chance: random.Random) -> None:
    shell = one
    for _ in range(chance.choice(DEEP)):
        inner = etree.SubElement(shell, one.tag, dict(one.attrib))
        inner.text, shell = one.text, inner


def _crowd(one: "etree._Element", two: "etree._Element", chance: random.Random) -> None:
    if len(etree.tostring(one)) < 3000:
        two.extend([deepcopy(one) for _ in range(chance.choice(MANY))])  # as it is now


def _follow(one: "etree._Element", two: "etree._Element", _: random.Random) -> None:
    two.addnext(deepcopy(one))


def _enter(one: "etree._Element", two: "etree._Element", _: random.Random) -> None:
    two.insert(0, one)


def _hollow(one: "etree._Element", _: "etree._Element", __: random.Random) -> None:
    for child in list(one):
        one.remove(child)


def _unwrap(one: "etree._Element", _: "etree._Element", __: random.Random) -> None:
    parent = one.getparent()
    if parent is not None:
        parent[parent.index(one) : parent.index(one) + 1] = list(one)


def _renamed(one: "etree._Element", two: "etree._Element", _: random.Random) -> None:
    one.tag = two.tag


def _attributes(one: "etree._Element", two: "etree._Element", _: random.Random) -> None:
    """Those of another: two have one id, or a style is based on itself."""
    one.attrib.update(dict(two.attrib))


def _unattributed(one: "etree._Element", _: "etree._Element", __: random.Random) -> None:
    one.attrib.clear()


def _number(one: "etree._Element", _: "etree._Element", chance: random.Random) -> None:
    names = [name for name, value in one.attrib.items() if re.fullmatch(r"-?[\d.]+", str(value))]
    if names:
        one.set(chance.choice(names), chance.choice(NUMBERS))
    elif one.text and re.search(r"\d", one.text):
        one.text = re.sub(r"\d+", chance.choice(NUMBERS), one.text, count=1)


def _text(one: "etree._Element", two: "etree._Element", chance: random.Random) -> None:
    one.text = chance.choice((*TEXTS, two.text))
    if one.getparent() is not None:
        one.tail = chance.choice((None, None, *TEXTS))


def _valued(one: "etree._Element", _: "etree._Element", chance: random.Random) -> None:
    if one.attrib:
        name = chance.choice(sorted(map(str, one.attrib)))
        one.set(name, chance.choice((*TEXTS, *NUMBERS)))


_XML: Final = (
    *(_nest, _crowd, _follow, _enter, _hollow, _unwrap, _renamed, _attributes, _attributes),
    *(_unattributed, _number, _number, _text, _valued),
)


# --- JSON -----------------------------------------------------------------------------------------


def odd_json(data: bytes, _: Sequence[bytes], chance: random.Random) -> bytes:
    """JSON whose values have changed places, kinds and depth."""
    try:
        tree = rearranged(json.loads(data), chance)
        made = json.dumps(tree, ensure_ascii=chance.random() < 0.5).encode("utf-8", "replace")
    except (ValueError, RecursionError):
        return data
    return made if len(made) < MOST else data


def rearranged(tree: Any, chance: random.Random) -> Any:
    for _ in range(chance.choice((1, 1, 2, 4, 12))):
        holders = list(_holders(tree))
        if not 0 < len(holders) < CROWDED:
            break
        holder, value = chance.choice(holders), deepcopy(_value(chance.choice(holders), chance))
        key = _key(holder, chance)
        held = holder[key]
        odd: tuple[Any, ...] = (None, True, -1, 1e308, 10**400, "", [], {}, *TEXTS, value, value)
        match chance.randrange(5):
            case 0:
                for _ in range(chance.choice(DEEP)):
                    held = {key: held} if isinstance(holder, dict) else [held]
                holder[key] = held
            case 1 if isinstance(holder, list) and len(json.dumps(held)) < 2000:
                holder.extend(deepcopy(held) for _ in range(chance.choice(MANY)))
            case 2:
                del holder[key]
            case _:
                holder[key] = chance.choice(odd)
    return tree


def _holders(tree: Any) -> Iterator[Any]:
    if isinstance(tree, dict | list) and tree:
        yield tree
        for value in tree.values() if isinstance(tree, dict) else tree:
            yield from _holders(value)


def _key(holder: Any, chance: random.Random) -> Any:
    return chance.choice(list(holder) if isinstance(holder, dict) else range(len(holder)))


def _value(holder: Any, chance: random.Random) -> Any:
    return holder[_key(holder, chance)]


# --- PDF ------------------------------------------------------------------------------------------

_OPERATORS: Final = (
    *(b"q", b"Q", b"BT", b"ET", b"EMC", b"W n", b"f", b"S", b"h", b"T*", b"/x Do", b"/x gs"),
    *(b"1e9 0 0 1e9 0 0 cm", b"0 0 0 0 0 0 cm", b"1 0 0 1 1e30 0 cm", b"0 Tz", b"/x 0 Tf"),
    *(b"/P BMC", b"/P <</MCID -1>> BDC", b"/P <</MCID 99999999>> BDC", b"/Span <</ActualText"),
    *(b"<feff>>> BDC", b"(\\377\\000) Tj", b"[(a) 1e9 (b) -1e9] TJ", b"7 Tr", b"99 Tr", b"/P sh"),
    *(b"BI /W 1 /H 1 ID x EI", b"-1 w", b"[0 0] 0 d", b"0 0 1e9 1e9 re", b"/Pattern cs /x scn"),
)
_TOKEN: Final = re.compile(rb"(?<=\s)-?\d+(?:\.\d+)?(?=\s)")


def odd_pdf(data: bytes, _: Sequence[bytes], chance: random.Random) -> bytes:
    """A PDF whose objects refer to others than before, also to themselves, and whose pages are
    drawn by other operators. It is packed and listed as it should be.
    """
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            for _ in range(chance.choice((1, 1, 2, 4, 12))):
                every = [one for one in pdf.objects if isinstance(one, _HOLDERS)]
                streams = [one for one in every if isinstance(one, pikepdf.Stream)]
                with suppress(pikepdf.PdfError, ValueError, TypeError, KeyError, IndexError):
                    if streams and chance.random() < 0.4:
                        _drawn(chance.choice(streams), chance)
                    else:
                        _knotted(pdf, chance.choice(every), chance.choice(every), chance)
            target = io.BytesIO()
            pdf.save(target, compress_streams=chance.random() < 0.5, static_id=True)
    except (pikepdf.PdfError, RuntimeError, ValueError, TypeError, RecursionError):
        return data
    return target.getvalue()


_HOLDERS: Final = (pikepdf.Dictionary, pikepdf.Array, pikepdf.Stream)


def _drawn(stream: Any, chance: random.Random) -> None:
    content = stream.read_bytes()
    lines = content.split(b"\n")
    for _ in range(chance.choice((1, 3, 20))):
        if len(lines) > CROWDED:
            break
        at = chance.randrange(len(lines))
        match chance.randrange(5):
            case 0:
                lines.insert(at, b" ".join([chance.choice(_OPERATORS)] * chance.choice(MANY)))
            case 1:
                other = chance.randrange(len(lines))
                lines[at], lines[other] = lines[other], lines[at]
            case 2:
                lines[at] = b""
            case 3:
                lines[at : at + 1] = [lines[at][:200]] * chance.choice(MANY)
            case _:
                number = chance.choice(NUMBERS[:14]).encode()
                lines[at] = _TOKEN.sub(lambda _, new=number: new, lines[at], count=1)
    made = b"\n".join(lines)
    if len(made) < MOST:
        stream.write(made)


def _knotted(pdf: pikepdf.Pdf, one: Any, two: Any, chance: random.Random) -> None:
    if isinstance(one, pikepdf.Array):
        keys: list[Any] = list(range(len(one)))
    else:
        keys = sorted(one.keys())
    key = chance.choice(keys)
    match chance.randrange(8):
        case 0:
            one[key] = one  # of itself
        case 1:
            one[key] = two
        case 2:
            del one[key]
        case 3 if isinstance(one, pikepdf.Array):
            one.extend([one[key]] * chance.choice(MANY))
        case 4:
            nested: Any = one[key]
            for _ in range(chance.choice(DEEP)):
                nested = pikepdf.Array([nested])
            one[key] = nested
        case 5:
            one[key] = chance.choice((0, -1, 2**31 - 1, 10**12, True, b"", b"\xfe\xff\xd8\x00"))
        case 6:
            one[key] = pikepdf.String(chance.choice(TEXTS))
        case _:
            other = one if isinstance(two, pikepdf.Array) else two
            names = sorted(other.keys()) if not isinstance(other, pikepdf.Array) else []
            one[key] = other[chance.choice(names)] if names else pdf.Root


def structure(data: bytes) -> Callable[[bytes, Sequence[bytes], random.Random], bytes] | None:
    """What makes odd structures of a file of this kind; None if nothing here knows it."""
    start = data.lstrip()[:1]
    if data.startswith(b"%PDF-"):
        return odd_pdf
    return {b"<": odd_xml, b"{": odd_json, b"[": odd_json}.get(start)
