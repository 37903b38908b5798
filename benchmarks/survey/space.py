"""Faults of space: pages that are not full, text over text or out of its place, rows of gauges."""

from collections.abc import Iterator
from itertools import combinations, pairwise
from typing import Final

from benchmarks.survey.faults import Fault, Kind
from benchmarks.survey.pages import Area, Book, Drawing, Leaf, Line

_HALF, _QUARTER = 0.5, 0.25
#: Boxes of different blocks that share more than this, in mm, collide.
_SHARED_WIDTH, _SHARED_HEIGHT = 0.8, 1.2
#: What is nearer than this touches: words of a line are some .7 mm apart, lines set solid .3 mm.
_TOUCH_WIDTH, _TOUCH_HEIGHT = 0.5, -0.05
#: Names are so much farther apart than the lines of one of them.
_PARTED: Final = 1.1
#: Roundings, in mm.
_HAIR: Final = 0.4
#: Numerals of one row on one base line differ by less, in mm.
_CROOKED: Final = 0.2
#: A rectangle so narrow, in mm, that holds a word is its ground: a disc behind a number.
_DISC: Final = 8.0
#: A rectangle at least so wide and high, in mm, is a box for text, not a bar or a rule.
_BOX: Final = (12.0, 5.0)


def space_faults(book: Book) -> Iterator[Fault]:
    """All faults of space of a card."""
    for leaf in book.leaves:
        yield from _meetings(leaf)
        yield from _over_drawings(leaf)
        yield from _outside(leaf)
        yield from _clipped(leaf)
        for row in _rows(leaf):
            yield from _crooked(leaf, row)
        yield from _run_together(leaf)
        if leaf.is_inner:
            yield from _hole(leaf)
            yield from _heads(leaf)
            yield from _lonely(leaf)


def fullness(leaf: Leaf) -> float:
    """How much of an inner page's height is used, 0 to 1: all but the gap between the end of its
    text or pictures and its notes, or the foot of the text block.
    """
    used = [line.area.bottom for line in leaf.zone("body")]
    used += [drawing.area.bottom for drawing in leaf.drawings]
    notes = [line.area.y for line in leaf.zone("note")]
    end = min(max(used, default=leaf.block.y), leaf.block.bottom)
    gap = max(0.0, min([leaf.block.bottom, *notes]) - end)
    return 1 - gap / leaf.block.height


def _hole(leaf: Leaf) -> Iterator[Fault]:
    share = fullness(leaf)
    for kind, least in ((Kind.QUARTER, _QUARTER), (Kind.HALF, _HALF)):
        if share < least:
            yield Fault(leaf.number, kind, f"{share:.0%} full")


def _meetings(leaf: Leaf) -> Iterator[Fault]:
    """Lines of different blocks that lie over each other, or touch."""
    grounds = [_with_ground(leaf, line) for line in leaf.lines]
    for (one, here), (other, there) in combinations(zip(leaf.lines, grounds, strict=True), 2):
        if one.block == other.block and one.zone not in ("head", "foot"):
            continue
        beside, level = here.beside(there), here.level(there)
        what = f'"{_short(one)}" and "{_short(other)}"'
        if beside > _SHARED_WIDTH and level > _SHARED_HEIGHT:
            yield Fault(leaf.number, Kind.COLLISION, what)
        elif one.zone == other.zone == "body" and not _apart(here, there):
            yield Fault(leaf.number, Kind.TOUCHING, what)


def _run_together(leaf: Leaf) -> Iterator[Fault]:
    """A name of several lines in a table, of which the last is as near to the next name as to the
    line above it.
    """
    names = sorted(
        (line for line in leaf.zone("body") if line.role == "TH"),
        key=lambda line: (round(line.area.x), line.base),
    )
    for above, last, below in zip(names, names[1:], names[2:], strict=False):
        if above.block == last.block != below.block and abs(last.area.x - below.area.x) < _HAIR:
            pitch = last.base - above.base
            if below.size == last.size and 0 < below.base - last.base < pitch * _PARTED:
                what = f'"{_short(last)}" and "{_short(below)}"'
                yield Fault(leaf.number, Kind.TOUCHING, what)


def _with_ground(leaf: Leaf, line: Line) -> Area:
    """A line's area with the discs behind words of a label."""
    if line.figure < 0:
        return line.area
    areas = [line.area] + [
        panel
        for panel in leaf.panels
        if panel.width < _DISC and panel.beside(line.area) > 0 and panel.level(line.area) > 0
    ]
    # A disc is as high as its line: its height says nothing of what is above and below.
    x, right = min(area.x for area in areas), max(area.right for area in areas)
    return Area(x, line.area.y, right, line.area.bottom)


def _over_drawings(leaf: Leaf) -> Iterator[Fault]:
    """Text over a gauge or picture that it does not belong to, or touching it."""
    for line in leaf.zone("body", "note"):
        for drawing in leaf.drawings:
            beside, level = line.area.beside(drawing.area), line.area.level(drawing.area)
            if line.figure != drawing.number and beside > _SHARED_WIDTH and level > _HAIR:
                kind = Kind.COLLISION if level > _SHARED_HEIGHT else Kind.TOUCHING
                yield Fault(leaf.number, kind, f'"{_short(line)}" and a drawing')


def _apart(one: Area, other: Area) -> bool:
    """Whether two lines have space between them, beside or below each other."""
    beside, level = one.beside(other), one.level(other)
    if level > min(one.height, other.height) / 2:
        return beside < -_TOUCH_WIDTH
    return not (beside > _SHARED_WIDTH and level > -_TOUCH_HEIGHT)


def _outside(leaf: Leaf) -> Iterator[Fault]:
    """Text beyond the text block; on a cover, beyond the trim."""
    page = Area(0, 0, leaf.width, leaf.height)
    for line in leaf.lines:
        if line.zone in ("body", "note"):
            allowed = leaf.block if leaf.is_inner else page
        elif line.zone in ("head", "foot", "loose"):
            allowed = page
        else:
            continue
        if not allowed.holds(line.area, _HAIR):
            yield Fault(leaf.number, Kind.OUTSIDE, f'"{_short(line)}"')


def _clipped(leaf: Leaf) -> Iterator[Fault]:
    """Labels that leave the column of their gauge, and text that an edge of a box cuts."""
    by_number = {drawing.number: drawing for drawing in leaf.drawings}
    for line in leaf.zone("body"):
        drawing = by_number.get(line.figure)
        if drawing and _leaves(line.area, _column(leaf, drawing)):
            yield Fault(leaf.number, Kind.CLIPPED, f'"{_short(line)}" leaves its column')
        elif any(_cuts(panel, line.area) for panel in _boxes(leaf)):
            yield Fault(leaf.number, Kind.CLIPPED, f'"{_short(line)}" is cut by an edge')


def _column(leaf: Leaf, drawing: Drawing) -> tuple[float, float]:
    """The left and right limit of a gauge's label: half way to the gauges beside it, or the edge of
    its box.
    """
    around = [panel for panel in _boxes(leaf) if panel.holds(drawing.area)]
    box = min(around, key=lambda panel: panel.width, default=leaf.block)
    left, right = box.x, box.right
    for other in leaf.drawings:
        if other is drawing or other.area.level(drawing.area) <= 0:
            continue
        if other.area.right <= drawing.area.x + _HAIR:
            left = max(left, (other.area.right + drawing.area.x) / 2)
        elif other.area.x >= drawing.area.right - _HAIR:
            right = min(right, (other.area.x + drawing.area.right) / 2)
    return left, right


def _leaves(area: Area, column: tuple[float, float]) -> bool:
    return area.x < column[0] - _HAIR or area.right > column[1] + _HAIR


def _boxes(leaf: Leaf) -> list[Area]:
    """The rectangles that are boxes for text; not the ground of the whole page."""
    return [
        panel
        for panel in leaf.panels
        if panel.width > _BOX[0] and panel.height > _BOX[1] and panel.height < leaf.height * 0.9
    ]


def _cuts(panel: Area, area: Area) -> bool:
    """Whether an edge of a rectangle runs through some text: part of it lies beyond."""
    beside, level = panel.beside(area), panel.level(area)
    if beside <= _SHARED_WIDTH or level <= _SHARED_WIDTH:
        return False
    return area.width - beside > _SHARED_WIDTH or area.height - level > _SHARED_WIDTH


def _heads(leaf: Leaf) -> Iterator[Fault]:
    """A head or foot of which one run is set below another."""
    for zone in ("head", "foot"):
        for one, other in combinations(leaf.zone(zone), 2):
            if one.area.beside(other.area) > 0 and abs(one.base - other.base) > 1:
                yield Fault(leaf.number, Kind.HEAD, f'"{_short(one)}" and "{_short(other)}"')
                break


def _rows(leaf: Leaf) -> list[list[Drawing]]:
    """Drawings of one width side by side, from top to bottom."""
    rows: list[list[Drawing]] = []
    for drawing in sorted(leaf.drawings, key=lambda one: (round(one.area.y), one.area.x)):
        for row in rows:
            first = row[0].area
            if (
                abs(first.width - drawing.area.width) < first.width / 10
                and first.level(drawing.area) > first.height / 2
            ):
                row.append(drawing)
                break
        else:
            rows.append([drawing])
    return rows


def _crooked(leaf: Leaf, row: list[Drawing]) -> Iterator[Fault]:
    """The score of each gauge is its largest type."""
    bases: list[tuple[float, str]] = []
    for drawing in row:
        inside = [line for line in leaf.zone("drawing") if line.figure == drawing.number]
        words = [word for line in inside for word in line.words]
        if words:
            score = max(words, key=lambda word: word.style.size)
            bases.append((score.bottom, score.text))
    if bases and max(bases)[0] - min(bases)[0] > _CROOKED:
        gap = max(bases)[0] - min(bases)[0]
        what = f"{min(bases)[1]} and {max(bases)[1]} are {gap:.1f} mm apart"
        yield Fault(leaf.number, Kind.CROOKED, what)


def _lonely(leaf: Leaf) -> Iterator[Fault]:
    """A row of one gauge below rows of more."""
    rows = _rows(leaf)
    for above, below in pairwise(rows):
        alike = abs(above[0].area.width - below[0].area.width) < above[0].area.width / 10
        gap = below[0].area.y - above[0].area.bottom
        if len(below) == 1 and len(above) > 2 and alike and gap < above[0].area.height * 1.5:
            yield Fault(leaf.number, Kind.LONELY, f"one gauge below {len(above)}")


def _short(line: Line) -> str:
    return line.text if len(line.text) <= 40 else f"{line.text[:38].rstrip()}…"
