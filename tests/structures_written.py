"""Texts with odd structures: drawings, lists of translations, tables and YAML that parse, and are
drawn, ordered, quoted or encoded as no program writes them.
"""

import csv
import io
import random
import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any, Final

from lxml import etree
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from .structures import DEEP, MANY, MOST, NUMBERS, TEXTS, odd_xml, rearranged

# --- SVG ------------------------------------------------------------------------------------------

_SVG: Final = "http://www.w3.org/2000/svg"
_PATHS: Final = (
    *("", "M", "M0", "M0 0", "L1 1", "M0 0Z" * 3000, "M0 0" + "L1 1" * 30_000, "M1e308-1e308L.1.1"),
    *("M0 0A0 0 0 1 1 0 0", "M0 0A1e-9 1e9 45 0 1 9 9", "M0 0C1 1 2 2", "M0 0a1,1 0 01.5.5", "ZZ"),
    *("M0 0S1 1 2 2T3 3Q4 4 5 5", "M0 0h1v1H-1e30", "M NaN 0", "M0 0 0 0 0", "M0,0,,1,1", "m-.5.5"),
)
_TRANSFORMS: Final = (
    *("", "none", "scale(0)", "scale(1e308)", "scale(-1 1e-308)", "rotate(1e9 1 1)", "skewX(90)"),
    *("matrix(0 0 0 0 0 0)", "matrix(1 0 0 1)", "translate(1e30)", "scale(2)" * 900, "rotate()"),
)
_LENGTHS: Final = (
    *NUMBERS,
    "1e9mm",
    "-5",
    "100%",
    "1e400%",
    "3em",
    "0.5ex",
    "auto",
    "inherit",
    "1q",
)
_PAINTS: Final = (
    *("none", "currentColor", "var(--ink)", "var(--nothing)", "var(--a, red)", "#12", "#1234", "x"),
    *("rgb(1e9,-1,0)", "hsl(nan 0% 0%)", "color(display-p3 1 2 3)", "url(#)", "url(#nobody)"),
)
_ATTRIBUTES: Final[dict[str, Sequence[str]]] = {
    "d": _PATHS,
    "points": ("", "1", "1,1", "0,0 " * 9000, "1e308,1 a,b"),
    "transform": _TRANSFORMS,
    "gradientTransform": _TRANSFORMS,
    "patternTransform": _TRANSFORMS,
    "viewBox": ("", "0 0 0 0", "0 0 -1 1", "0 0 1e9 1e-9", "a b c d", "0,0,1", "0 0 1e308 1e308"),
    "preserveAspectRatio": ("none", "xMidYMid slice", "defer", ""),
    **dict.fromkeys(("width", "height", "x", "y", "r", "rx", "cx", "x1", "font-size"), _LENGTHS),
    **dict.fromkeys(("stroke-width", "stroke-miterlimit", "opacity", "offset", "dx"), _LENGTHS),
    "stroke-dasharray": ("0 0", "-1", "1e-9", "1 " * 9000, "nan", "none"),
    **dict.fromkeys(("fill", "stroke", "stop-color", "color"), _PAINTS),
    "style": (
        "",
        ";;",
        "fill:url(#a);" * 900,
        "transform:scale(2)",
        "--a:var(--a)",
        "d:path('M0')",
    ),
    "display": ("none", "inline"),
    "spreadMethod": ("reflect", "repeat", "x"),
    **dict.fromkeys(("gradientUnits", "patternUnits", "clipPathUnits"), ("objectBoundingBox", "")),
}
_NAMED: Final = ("fill", "stroke", "clip-path", "mask", "filter", "marker-start", "href")
_SHELLS: Final = (
    *(
        "use",
        "g",
        "symbol",
        "pattern",
        "linearGradient",
        "radialGradient",
        "clipPath",
        "mask",
        "svg",
    ),
    *("marker", "stop", "text", "tspan", "textPath", "a", "switch", "defs", "style", "filter"),
    *("animate", "foreignObject", "image", "rect", "line", "polygon", "path", "circle", "title"),
)


def odd_svg(data: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    """A drawing with odd geometry, and parts that refer to others, also to those they are in."""
    if chance.random() < 0.4:
        data = odd_xml(data, others, chance)
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, huge_tree=True))
    except (etree.XMLSyntaxError, ValueError):
        return data
    for _ in range(chance.choice((1, 2, 4, 12))):
        every = [one for one in root.iter() if isinstance(one.tag, str)]
        one, two = chance.choice(every), chance.choice(every)
        match chance.randrange(6):
            case 0 | 1:
                name = chance.choice(sorted(_ATTRIBUTES))
                one.set(name, chance.choice(_ATTRIBUTES[name]))
            case 2:
                two.set("id", two.get("id") or f"n{len(every)}")
                name = chance.choice(_NAMED)
                one.set(name, f"#{two.get('id')}" if name == "href" else f"url(#{two.get('id')})")
            case 3:
                shell = etree.SubElement(one, f"{{{_SVG}}}{chance.choice(_SHELLS)}")
                shell.set("href", f"#{two.get('id') or 'n'}")
                shell.text = chance.choice(("", "a", "* { fill: red }", "Ñ " * 50))
            case 4:
                _laughs(one, chance)
            case _:
                two.tag = f"{{{_SVG}}}{chance.choice(_SHELLS)}"
    made = etree.tostring(root, encoding="UTF-8")
    return made if len(made) < MOST else data


def _laughs(one: "etree._Element", chance: random.Random) -> None:
    """Groups, each of which shows the one before many times."""
    kind = chance.choice(("g", "symbol", "pattern", "clipPath", "mask", "marker"))
    width = chance.choice((1, 2, 10))
    for level in range(chance.choice((2, 8, 20))):
        group = etree.SubElement(one, f"{{{_SVG}}}{kind}", {"id": f"l{level}"})
        for _ in range(width):
            shape = {"href": f"#l{level - 1}"} if level else {"href": "#l1"}
            etree.SubElement(group, f"{{{_SVG}}}use", shape)
            painted = {"fill": f"url(#l{level - 1})", "width": "9", "height": "9"}
            etree.SubElement(group, f"{{{_SVG}}}rect", painted)


# --- translations ---------------------------------------------------------------------------------

_LINES: Final = (
    *(
        'msgid ""',
        'msgstr ""',
        'msgstr "a\\x"',
        'msgid_plural "b"',
        'msgstr[0] "a"',
        'msgstr[9] "b"',
    ),
    *(
        "#, fuzzy",
        "#, fuzzy, c-format, x",
        '#| msgid "a"',
        '#~ msgid "a"',
        '#~ msgstr "b"',
        "#: a:1",
    ),
    *(
        "#: a b:9999999999999",
        "#. note",
        "# \u202e",
        '"more"',
        '"a\\',
        'msgctxt "x"',
        "msgstr",
        "x",
    ),
    *(
        '"Plural-Forms: nplurals=9; plural=n/0;\\n"',
        '"Plural-Forms: nplurals=x\\n"',
        '"\\u202e\\0"',
    ),
    *('"Content-Type: text/plain; charset=utf-7\\n"', '"POT-Creation-Date: 9999-99-99\\n"'),
    *('"Content-Type: text/plain; charset=\\n"', '"Language: xx_YY@zz\\n"', '"MIME-Version\\n"'),
)


def odd_po(data: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    """A list of translations whose entries are doubled, joined, half or of another kind."""
    entries = data.decode("utf-8", "replace").split("\n\n")
    for _ in range(chance.choice((1, 2, 4, 12))):
        at = chance.randrange(len(entries))
        lines = entries[at].split("\n")
        line = chance.randrange(len(lines))
        match chance.randrange(8):
            case 0:
                entries[at:at] = [entries[at]] * chance.choice(MANY)
            case 1:
                lines.insert(line, chance.choice(_LINES))
            case 2:
                del lines[line]
            case 3:
                entries.insert(chance.randrange(len(entries)), entries.pop(at))
                continue
            case 4:
                lines = [f"#~ {one}" for one in lines]
            case 5:
                lines[line] = re.sub(r'"(.*)"', lambda _: _quoted(chance), lines[line])
            case 6:
                lines.extend(chance.choice(entries).split("\n"))
            case _:
                lines[line] = re.sub(r"^msg\w+", "msgid_plural", lines[line])
        entries[at] = "\n".join(lines)
    text = "\n\n".join(entries)
    return _encoded(text[:MOST], chance)


def _quoted(chance: random.Random) -> str:
    text = chance.choice(TEXTS)
    return f'"{text}"' if chance.random() < 0.5 else f'"{text!r}"'


def _encoded(text: str, chance: random.Random) -> bytes:
    if chance.random() < 0.2:
        text = text.replace("\n", chance.choice(("\r\n", "\r", "\n\r", "\u2028", "\x85")))
    kinds = ("utf-8",) * 8 + ("utf-8-sig", "utf-16", "utf-16-be", "cp1252", "latin-1", "utf-32")
    return text.encode(chance.choice(kinds), "replace")


# --- tables and YAML ------------------------------------------------------------------------------


def odd_csv(data: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    """A table with cells, rows and columns that changed places, and marks of another program."""
    text = data.decode("utf-8", "replace")
    mark = ";" if text.count(";") > text.count(",") else ","
    try:
        rows = [row or [""] for row in csv.reader(io.StringIO(text), delimiter=mark)] or [[""]]
    except csv.Error:
        return data
    for _ in range(chance.choice((1, 2, 4, 12))):
        row, other = chance.choice(rows), chance.choice(rows)
        cell = chance.randrange(len(row))
        match chance.randrange(6):
            case 0:
                row[cell] = chance.choice((*TEXTS, *NUMBERS, "1,5", "1.234,5", "=1+1", "@a", "-"))
            case 1:
                row[cell], at = other[-1], chance.randrange(len(other))
                other[at] = row[0]
            case 2:
                rows.insert(chance.randrange(len(rows)), list(other))
            case 3:
                row.extend(other * chance.choice(MANY))
            case 4:
                del row[cell]
                row or row.append("")
            case _:
                rows.extend([list(row) for _ in range(chance.choice(MANY))])
    target = io.StringIO()
    with suppress(csv.Error):
        csv.writer(
            target,
            delimiter=chance.choice((mark, mark, mark, ",", ";", "\t", "|")),
            quoting=chance.choice((csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC)),
            lineterminator=chance.choice(("\n", "\r\n")),
        ).writerows(rows)
    return _encoded(target.getvalue()[:MOST], chance)


def odd_yaml(data: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    """YAML whose values have changed places, kinds and depth."""
    reader = YAML(typ="safe")
    reader.default_flow_style = chance.random() < 0.3
    reader.width = chance.choice((20, 80, 100_000))
    target = io.StringIO()
    try:
        tree: Any = rearranged(reader.load(data.decode("utf-8")), chance)
        reader.dump(tree, target)
    except (YAMLError, ValueError, RecursionError, OverflowError):
        return data
    text = target.getvalue()
    if chance.random() < 0.2:
        depth = chance.choice(DEEP)
        text += f"more: {'[' * depth}{']' * depth}\n"
    return text.encode("utf-8", "replace") if len(text) < MOST else data


_KINDS: Final[tuple[tuple[re.Pattern[bytes], Callable[..., bytes]], ...]] = (
    (re.compile(rb"\s*<(?:\?xml[^>]*>\s*(?:<!--.*?-->\s*)*<)?svg", re.DOTALL), odd_svg),
    (re.compile(rb"(?:#[^\n]*\n)*msg(?:id|ctxt) "), odd_po),
    (re.compile(rb"(?:#[^\n]*\n)*[\w./-]+:(?: [^\n]*)?\n"), odd_yaml),
    (re.compile(rb"[ -~\x80-\xff]*[;,][ -~\x80-\xff]*\r?\n"), odd_csv),
)


def written(data: bytes) -> Callable[[bytes, Sequence[bytes], random.Random], bytes] | None:
    """What makes odd structures of a text of this kind; None if nothing here knows it."""
    return next((make for start, make in _KINDS if start.match(data)), None)
