"""A finished PDF as lines of text, figures and rectangles with their places: nothing of the
typesetter, of its boxes or of the proof is asked.

Lengths are in mm from the trimmed page's top left corner, sizes of type in pt.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import pypdfium2
import pypdfium2.raw as pdfium

from reportcard.pdf.glyphs import Glyphs, Word
from reportcard.pdf.paper import Sheet, placed
from reportcard.pdf.skeleton import Marked, Skeleton, skeleton

#: Words of one line that are farther apart, in mm, are in two columns or cells.
_COLUMN_GAP: Final = 5.5
#: The share of a sign's box above its capitals, and below its descenders: a box of Source Sans has
#: 1.257 em, of which .70 em stand above the line and .21 em below it.
_ABOVE, _BELOW = 0.22, 0.05
#: How much wider than a drawing a shape in it may be.
_HATCHED: Final = 1.5
#: A page with one rectangle over so much of it is a full-bleed sheet: cover or back.
_SHEET: Final = 0.95
_MARGIN: Final = re.compile(
    r"@page\s*{[^}]*?\bmargin:\s*([\d.]+)mm\s+([\d.]+)mm(?:\s+([\d.]+)mm)?"
    r"(?:\s+([\d.]+)mm)?"
)


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle."""

    x: float
    y: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.x

    @property
    def height(self) -> float:
        return self.bottom - self.y

    def beside(self, other: "Area") -> float:
        """How much of their width they share; below 0: the distance between them."""
        return min(self.right, other.right) - max(self.x, other.x)

    def level(self, other: "Area") -> float:
        """How much of their height they share; below 0: the distance between them."""
        return min(self.bottom, other.bottom) - max(self.y, other.y)

    def holds(self, other: "Area", slack: float = 0.3) -> bool:
        """Whether another is inside it."""
        return (
            other.x >= self.x - slack
            and other.right <= self.right + slack
            and other.y >= self.y - slack
            and other.bottom <= self.bottom + slack
        )


@dataclass(frozen=True, slots=True)
class Margins:
    """The margins of inner pages."""

    top: float
    right: float
    bottom: float
    left: float

    @classmethod
    def of(cls, css: str) -> "Margins":
        """Those of the first `@page` rule of a style sheet. Raises ValueError if it gives none."""
        found = _MARGIN.search(css)
        if not found:
            raise ValueError("no @page rule gives margins in mm")
        top, right = float(found[1]), float(found[2])
        bottom = float(found[3] or top)
        return cls(top, right, bottom, float(found[4] or right))

    def block(self, width: float, height: float) -> Area:
        """The text block of a page."""
        return Area(self.left, self.top, width - self.right, height - self.bottom)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text. `zone` is body, note, head, foot, or drawing (in a figure); `block` names
    what it belongs to, on all pages alike, `role` its structure type; `order` is its place in the
    reading order; `figure` the figure that it is in or under (-1: none).

    `area` is what its letters take, from capitals to descenders, `base` the lower edge of their
    boxes, which is the same for the same size on one base line.
    """

    page: int
    area: Area
    base: float
    size: float
    text: str
    zone: str
    block: str
    role: str
    order: int
    figure: int
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A figure on a page, by its number in the tags."""

    page: int
    number: int
    area: Area


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page (from 1): its size, whether it is an inner page, its text block, and what is on it.
    `panels` are filled rectangles, but for those of drawings.
    """

    number: int
    width: float
    height: float
    is_inner: bool
    block: Area
    lines: tuple[Line, ...]
    drawings: tuple[Drawing, ...]
    panels: tuple[Area, ...]

    def zone(self, *names: str) -> list[Line]:
        """The lines of some zones."""
        return [line for line in self.lines if line.zone in names]


@dataclass(frozen=True, slots=True)
class Book:
    """All pages of a PDF; `calls` are the page of the first call of each note, by the note's
    name.
    """

    leaves: tuple[Leaf, ...]
    calls: Mapping[str, int]

    @property
    def size(self) -> float:
        """The size that most of the text of inner pages is set in."""
        letters = Counter[float]()
        for leaf in self.inner:
            for line in leaf.zone("body"):
                letters[line.size] += len(line.text)
        return max(letters, key=lambda size: letters[size], default=0.0)

    @property
    def inner(self) -> list[Leaf]:
        """Its pages but for the covers."""
        return [leaf for leaf in self.leaves if leaf.is_inner]

    def blocks(self, *roles: str) -> Iterator[list[Line]]:
        """The lines of each block of some structure types on inner pages, in reading order."""
        found: dict[str, list[Line]] = {}
        for leaf in self.inner:
            for line in leaf.lines:
                if line.role in roles and line.zone in ("body", "note"):
                    found.setdefault(line.block, []).append(line)
        for lines in found.values():
            yield sorted(lines, key=lambda line: (line.page, line.order))


def read_book(data: bytes, margins: Margins) -> Book:
    """The pages of a PDF with tags. Raises `reportcard.pdf.faults.FaultError` if it cannot be
    read.
    """
    bones = skeleton(data)
    under = _captions(bones.marked)
    with Glyphs.opened(data, bones.sheets) as glyphs:
        leaves = tuple(
            _leaf(number, bones, under, glyphs, margins)
            for number in range(1, len(bones.sheets) + 1)
        )
    notes = {line.block for leaf in leaves for line in leaf.lines if line.role == "Note"}
    calls: dict[str, int] = {}
    for link in bones.links:
        if (name := link.target.removeprefix("#")) in notes:
            calls[name] = min(link.page, calls.get(name, link.page))
    return Book(leaves, calls)


def _captions(marked: Iterable[Marked]) -> dict[str, int]:
    """The figure that each caption is of: the one right before it in the reading order."""
    under: dict[str, int] = {}
    figure, caption = -1, ""
    for mark in marked:
        if mark.role == "Caption" and (figure >= 0 or mark.block == caption):
            under.setdefault(mark.block, figure)
            caption = mark.block
        figure = mark.figure
    return under


def _leaf(
    number: int, bones: Skeleton, under: Mapping[str, int], glyphs: Glyphs, margins: Margins
) -> Leaf:
    sheet = bones.sheets[number - 1]
    _, _, width, height = placed(sheet.trim, sheet)
    block = margins.block(width, height)
    drawings = tuple(
        Drawing(number, index, _area(placed(figure.box, sheet)))
        for index, figure in enumerate(bones.figures)
        if figure.page == number and figure.box
    )
    panels = tuple(
        panel
        for panel in _panels(glyphs.document, number, sheet)
        if not any(_is_of(panel, drawing.area) for drawing in drawings)
    )
    is_inner = not any(panel.width * panel.height >= _SHEET * width * height for panel in panels)
    marks = {
        mark.mcid: (order, mark) for order, mark in enumerate(bones.marked) if mark.page == number
    }
    groups: dict[tuple[str, str, str, int], list[tuple[int, Word]]] = {}
    for word in glyphs.words(number):
        order, mark = marks.get(word.mcid, (0, None))
        if mark is None or mark.figure >= 0:
            key = _untagged(word, drawings, block)
        else:
            zone = "note" if mark.role == "Note" else "body"
            key = (zone, mark.block, mark.role, under.get(mark.block, -1))
        groups.setdefault(key, []).append((order, word))
    lines = tuple(line for key, words in groups.items() for line in _lines(number, key, words))
    return Leaf(number, width, height, is_inner, block, lines, drawings, panels)


def _is_of(panel: Area, drawing: Area) -> bool:
    """Whether a shape is of a drawing: its middle is there, and it is not much wider. Hatching is
    painted beyond the edges that it is clipped to.
    """
    x, y = (panel.x + panel.right) / 2, (panel.y + panel.bottom) / 2
    return drawing.holds(Area(x, y, x, y)) and panel.width < drawing.width * _HATCHED


def _untagged(word: Word, drawings: Iterable[Drawing], block: Area) -> tuple[str, str, str, int]:
    """Zone, block, role and figure of a word that no tag has: in a drawing, or in a margin."""
    middle = Area(
        word.x + word.width / 2,
        word.y + word.height / 2,
        word.x + word.width / 2,
        word.y + word.height / 2,
    )
    for drawing in drawings:
        if drawing.area.holds(middle):
            return ("drawing", f"figure {drawing.number}", "", drawing.number)
    zone = "head" if middle.y < block.y else "foot" if middle.y > block.bottom else "loose"
    return (zone, zone, "", -1)


def _lines(
    page: int, key: tuple[str, str, str, int], words: list[tuple[int, Word]]
) -> Iterator[Line]:
    """The lines of a block on a page. A gap as wide as one between columns parts two."""
    zone, block, role, figure = key
    rows: list[list[tuple[int, Word]]] = []
    for order, word in sorted(words, key=lambda pair: (pair[1].bottom, pair[1].x)):
        middle = word.y + word.height / 2
        row = next(
            (
                row
                for row in rows[-3:]
                if row[0][1].y < middle < row[0][1].bottom
                or word.y < row[0][1].y + row[0][1].height / 2 < word.bottom
            ),
            None,
        )
        if row is None:
            rows.append([(order, word)])
        else:
            row.append((order, word))
    for row in rows:
        row.sort(key=lambda pair: pair[1].x)
        part: list[tuple[int, Word]] = []
        for pair in row:
            gap = 2.0 if zone in ("head", "foot") else _COLUMN_GAP
            if part and pair[1].x - part[-1][1].right > gap:
                yield _line(page, zone, block, role, figure, part)
                part = []
            part.append(pair)
        yield _line(page, zone, block, role, figure, part)


def _line(  # noqa: PLR0913
    page: int, zone: str, block: str, role: str, figure: int, pairs: list[tuple[int, Word]]
) -> Line:
    words = tuple(word for _, word in pairs)
    sizes = Counter[float]()
    for word in words:
        sizes[word.style.size] += len(word.text)
    size = max(sizes, key=lambda one: (sizes[one], one))
    main = [word for word in words if word.style.size == size]
    base = max(word.bottom for word in main)
    height = main[0].height
    area = Area(
        words[0].x,
        round(base - height * (1 - _ABOVE), 2),
        max(word.right for word in words),
        round(base - height * _BELOW, 2),
    )
    text = "".join(
        ("" if word.glued or not number else " ") + word.text for number, word in enumerate(words)
    )
    order = min(order for order, _ in pairs)
    return Line(page, area, base, size, text, zone, block, role, order, figure, words)


def _panels(document: pypdfium2.PdfDocument, number: int, sheet: Sheet) -> Iterator[Area]:
    """The filled shapes of a page that are painted directly on it, as their rectangles."""
    page = document[number - 1]
    try:
        for thing in page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_PATH,), max_depth=1):
            area = _area(placed(thing.get_bounds(), sheet))
            if area.width > 2 and area.height > 0.5:
                yield area
    finally:
        page.close()


def _area(box: tuple[float, float, float, float]) -> Area:
    """An area by left, top, width and height."""
    x, y, width, height = box
    return Area(x, y, round(x + width, 2), round(y + height, 2))
