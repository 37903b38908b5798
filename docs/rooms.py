"""The rooms of the package: their picture, and the way of one card through them.

    python docs/rooms.py            writes docs/rooms.svg from the code
    python docs/rooms.py --check    fails if docs/rooms.svg does not match the code
    python docs/rooms.py --way      builds the Peru card and lists the rooms that it enters

A room is a package right under `reportcard`; their order is that of the import contract "rooms" in
pyproject.toml. The picture counts imports by modules: one for each module of a room and each module
of another room that it names in an import, once, wherever in the module the import is.

The way is counted as follows. The real Peru card is built in a temporary copy of the workspace, in
every language and the default editions, in this process (`jobs=1`) and without the cache, under
`sys.setprofile`. Each function of the package counts at its first call and never again. Functions
without a name (comprehensions, lambdas), bodies of classes and modules, and methods that a
dataclass writes do not count. Read in the order of these first calls, neighbors in the same room
count once: that is the sequence of rooms. A return is an entry into a room that was entered before.
Threads inspect finished files beside the build, so their functions are counted after its own. What
the build imports is imported before the count begins.
"""

import argparse
import ast
import sys
import tempfile
import threading
import tomllib
from collections import Counter
from dataclasses import dataclass
from inspect import CO_OPTIMIZED
from itertools import groupby
from pathlib import Path
from shutil import copytree
from types import CodeType, FrameType
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parent.parent
PACKAGE: Final = ROOT / "src/reportcard"
PICTURE: Final = ROOT / "docs/rooms.svg"

#: What each room does, as the picture shows it. A room without a caption fails.
CAPTIONS: Final = {
    "cli": "commands, and what they print",
    "release": "what blocks it, what it holds",
    "preview": "pages while you edit them",
    "manuscript": "a card in Word, and back",
    "review": "what changed, and where",
    "corrections": "what has one right answer",
    "translation": "status, export, import",
    "intake": "Word files, score tables",
    "web": "the web edition",
    "outputs": "gauges and social pictures",
    "build": "from files to published PDFs",
    "checks": "rules on content",
    "pdf": "editions and preflight",
    "page": "compose, lay out, proof, fit",
    "scores": "sums, ranks, values in words",
    "language": "numbers, dates, spelling",
    "content": "from files to typed values",
    "problems": "rules, and what is wrong",
    "workspace": "folders, store, fingerprint",
    "messages": "texts in every language",
}


@dataclass(frozen=True, slots=True)
class Room:
    """A room: its layer counted from the top, its modules and its lines."""

    name: str
    layer: int
    modules: int
    lines: int


def rooms() -> list[Room]:
    """The rooms in the order of the import contract, top first."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    layers = next(one["layers"] for one in contracts if one["id"] == "rooms")
    found = []
    for layer, names in enumerate(layers):
        for name in names.split(" | "):
            if (PACKAGE / name).is_dir():
                texts = [
                    path.read_text(encoding="utf-8") for path in (PACKAGE / name).rglob("*.py")
                ]
                lines = sum(len(text.splitlines()) for text in texts)
                found.append(Room(name, layer, len(texts), lines))
    return found


def imports() -> Counter[tuple[str, str]]:
    """How many modules of one room name how many of another, by the pair of rooms."""
    found: set[tuple[str, str]] = set()
    for path in PACKAGE.rglob("*.py"):
        importer = path.relative_to(PACKAGE).with_suffix("").as_posix().replace("/", ".")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                found |= {(importer, name) for name in _named(node)}
            elif isinstance(node, ast.Import):
                found |= {(importer, alias.name) for alias in node.names}
    pairs = (
        (importer.split(".")[0], name.split(".")[1])
        for importer, name in found
        if name.startswith("reportcard.")
    )
    return Counter(pair for pair in pairs if pair[0] != pair[1])


def _named(node: ast.ImportFrom) -> set[str]:
    """The modules that `from … import …` names: a package's modules, or the module itself."""
    module = node.module or ""
    folder = PACKAGE.parent / module.replace(".", "/")
    inside = {
        f"{module}.{alias.name}"
        for alias in node.names
        if (folder / f"{alias.name}.py").exists() or (folder / alias.name).is_dir()
    }
    return inside or {module}


# Measures of the picture, in pixels.
_WIDTH: Final = 800
_CELL: Final = 22
_TOP: Final = 150
_LEFT: Final = 374
_STYLE: Final = """<style>
text { font-family: Helvetica, Arial, sans-serif; font-size: 11.5px; fill: #6b7785 }
.ink { fill: #1f2933; font-size: 12px }
.title { fill: #1f2933; font-size: 21px; font-weight: bold }
.lead { font-size: 13px }
.name { font-size: 13px; font-weight: bold }
.column { font-weight: bold }
.end { text-anchor: end }
.count { fill: #1f2933; font-size: 9.5px; text-anchor: middle }
.around { fill: #2f6690 }
.making { fill: #a8741a }
.rule { stroke: #e6e9ed }
.drop { stroke: #e6e9ed; stroke-dasharray: 1 3 }
.band { fill: #f3f6f9 }
</style>"""


def picture() -> str:
    """The SVG: a row a room, and in it a dot for each room that it imports."""
    every, counts = rooms(), imports()
    foot = _TOP + _CELL * len(every) + 28
    height = foot + 34
    build = next(room.layer for room in every if room.name == "build")
    most = max(counts.values())
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{height}"'
        f' viewBox="0 0 {_WIDTH} {height}" role="img" aria-labelledby="title description">',
        '<title id="title">The rooms of Report Card</title>',
        '<desc id="description">A matrix: each row is a room, each dot in it a room further'
        " down that it imports. No dot is left of the diagonal.</desc>",
        _STYLE,
        f'<rect width="{_WIDTH}" height="{height}" rx="8" fill="#fff"/>',
        _text(24, 42, "The rooms of Report Card", "title"),
        _text(24, 66, "Imports go down the list, never up.", "lead"),
        '<rect x="24" y="82" width="11" height="11" rx="2" class="around"/>',
        _text(42, 92, "work around a card", "ink"),
        '<rect x="24" y="102" width="11" height="11" rx="2" class="making"/>',
        _text(42, 112, "make a card, from files to PDFs", "ink"),
        _text(318, _TOP - 12, "modules", "end"),
        _text(_LEFT - 14, _TOP - 12, "lines", "end"),
        *_bands(every),
    ]
    for row, room in enumerate(every):
        side = "around" if room.layer < build else "making"
        parts += _row(room, row, len(every), side)
        for column, other in enumerate(every):
            if count := counts[room.name, other.name]:
                parts += _dot(row, column, count, count / most, side)
    loose = ", ".join(sorted(p.stem for p in PACKAGE.glob("*.py") if p.stem != "__init__"))
    rounded = f"Lines are rounded to hundreds. Outside all rooms: {loose}."
    parts += [
        _text(24, foot, "The number in a dot: imports between modules of the two rooms.", "note"),
        _text(24, foot + 17, rounded, "note"),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _bands(every: list[Room]) -> list[str]:
    """A tint behind rooms that share a layer and may not import each other."""
    parts, row, width = [], 0, _LEFT + _CELL * len(every) - 4
    for _, members in groupby(every, key=lambda room: room.layer):
        count = len(list(members))
        if count > 1:
            parts.append(
                f'<rect x="12" y="{_TOP + _CELL * row}" width="{width}"'
                f' height="{_CELL * count}" rx="4" class="band"/>'
            )
        row += count
    return parts


def _row(room: Room, row: int, rows: int, side: str) -> list[str]:
    """A room's name, caption and figures, its square on the diagonal and its column's name."""
    top, x = _TOP + _CELL * row, _LEFT + _CELL * row
    base, middle = top + 15, x + _CELL // 2
    return [
        f'<path d="M24 {top + _CELL}H{_LEFT + _CELL * rows}" class="rule"/>',
        f'<path d="M{middle} {_TOP}V{top}" class="drop"/>',
        _text(24, base, room.name, f"name {side}"),
        _text(112, base, CAPTIONS[room.name], "ink"),
        _text(318, base, str(room.modules), "end"),
        _text(_LEFT - 14, base, f"{max(round(room.lines, -2), 100):,}", "end"),
        f'<rect x="{x + 4}" y="{top + 4}" width="14" height="14" rx="3" class="{side}"/>',
        f'<g transform="translate({middle + 4} {_TOP - 8}) rotate(-55)">'
        f"{_text(0, 0, room.name, f'column {side}')}</g>",
    ]


def _dot(row: int, column: int, count: int, share: float, side: str) -> list[str]:
    """A dot that grows with its number; `share` is that of the largest."""
    x, y = _LEFT + _CELL * column + _CELL // 2, _TOP + _CELL * row + _CELL // 2
    radius, strength = round(6.2 + 4.2 * share**0.5, 1), round(0.16 + 0.5 * share**0.5, 2)
    return [
        f'<circle cx="{x}" cy="{y}" r="{radius}" fill-opacity="{strength}" class="{side}"/>',
        _text(x, y + 3.3, str(count), "count"),
    ]


def _text(x: float, y: float, words: str, look: str) -> str:
    """A line of text; `look` names classes of the style sheet."""
    return f'<text x="{x}" y="{y}" class="{look}">{words}</text>'


def way() -> list[str]:
    """The rooms that a build of the Peru card enters, one after the other."""
    import reportcard.build.preload
    from reportcard.build.pipeline import build
    from reportcard.build.request import Order
    from reportcard.workspace.workspace import Workspace

    package = Path(reportcard.__file__).parent
    own: dict[CodeType, str] = {}
    beside: dict[CodeType, str] = {}

    def watch(calls: dict[CodeType, str], frame: FrameType, event: str) -> None:
        code = frame.f_code
        if event != "call" or code in calls or not code.co_flags & CO_OPTIMIZED:
            return
        path = Path(code.co_filename)
        if not code.co_name.startswith("<") and path.is_relative_to(package):
            calls[code] = path.relative_to(package).with_suffix("").parts[0]

    def on_build(frame: FrameType, event: str, _: Any) -> None:
        watch(own, frame, event)

    def on_inspector(frame: FrameType, event: str, _: Any) -> None:
        watch(beside, frame, event)

    with tempfile.TemporaryDirectory() as folder:
        for name in ("content", "styles", "figures"):
            copytree(ROOT / name, Path(folder) / name)
        workspace = Workspace.find(Path(folder))
        order = Order(output=workspace.output, countries=("peru",), jobs=1, cache=False)
        threading.setprofile(on_inspector)
        sys.setprofile(on_build)
        try:
            outcome = build(workspace, order)
        finally:
            sys.setprofile(None)
            threading.setprofile(None)
    if not outcome.written:
        sys.exit("The Peru card was not built. Find out why with: reportcard check")
    calls = [*own.values(), *(room for code, room in beside.items() if code not in own)]
    return [room for room, _ in groupby(calls)]


def main() -> None:
    """Writes the picture, checks it, or lists the way."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    choice = parser.add_mutually_exclusive_group()
    choice.add_argument("--check", action="store_true", help="fail if the picture is out of date")
    choice.add_argument("--way", action="store_true", help="list the rooms of the Peru card")
    chosen = parser.parse_args()
    if chosen.way:
        sequence = way()
        print(" → ".join(sequence))
        visited = len(set(sequence))
        print(f"{visited} rooms, {len(sequence) - visited} returns")
    elif not chosen.check:
        PICTURE.write_text(picture(), encoding="utf-8")
    elif PICTURE.read_text(encoding="utf-8") != picture():
        sys.exit("docs/rooms.svg is out of date. Run: python docs/rooms.py")


if __name__ == "__main__":
    main()
