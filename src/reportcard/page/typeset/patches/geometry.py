"""What is where on laid-out pages, read off the boxes of WeasyPrint 70: places of ids, lines of
text, pictures.

Private: `Page._page_box` and the tree of boxes below it (`all_children`, `position_x`, `element`,
`style`, the names of their classes, a picture's `replacement`). Of a page, WeasyPrint's public
interface has its anchors, links and bookmarks alone; no line, size or colour of a text.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from reportcard.page.typeset.measures import (
    MM_PER_PX,
    PT_PER_PX,
    Box,
    Colour,
    Ink,
    PageArea,
    Raster,
    Shape,
    TextLine,
    TypeSize,
)

#: Pieces of text that are nearer than this, in mm, are one stretch.
_JOINED_MM = 0.3


def area(page: Any, number: int) -> PageArea:
    """The page's own measures."""
    box = page._page_box
    block = _box(number, box.content_box_x(), box.content_box_y(), box.width, box.height)
    types: list[TypeSize] = []
    for inner in _everything(box):
        if inner.element_tag in ("html", "body"):
            found = _type_size(inner)
            if not types or replace(found, element=types[0].element) != types[0]:
                types.append(found)
            if inner.element_tag == "body":
                break
    width, height = box.margin_width() * MM_PER_PX, box.margin_height() * MM_PER_PX
    return PageArea(width, height, block, tuple(types))


def _type_size(box: Any) -> TypeSize:
    size, leading = box.style["font_size"] * PT_PER_PX, box.style["line_height"]
    if isinstance(leading, int | float):
        return TypeSize(box.element_tag, size, leading)
    pitch = 0.0 if leading == "normal" else leading.value * PT_PER_PX
    return TypeSize(box.element_tag, size, pitch, "pt")


def places(page: Any, number: int) -> Iterator[tuple[str, Box]]:
    """Every HTML id on a page with its box; of a block that goes on over pages, the part on this
    one.
    """
    for name, (left, top, right, bottom) in page.anchors.items():
        yield name, _box(number, left, top, right - left, bottom - top)


def lines(page: Any, number: int) -> Iterator[TextLine]:
    """Every line of text on a page."""
    floats = [_frame(box) for box in _everything(page._page_box) if box.is_floated()]
    start = _Context("text", "", (1.0, 1.0, 1.0), 0.0, 0.0)
    for line in _walk(page._page_box, number, start):
        yield _beside(line, floats) if floats else line


def _frame(box: Any) -> Box:
    """A box with its margins, which text beside it keeps clear of."""
    return _box(0, box.position_x, box.position_y, box.margin_width(), box.margin_height())


def _beside(line: TextLine, floats: list[Box]) -> TextLine:
    """A line with the room up to the first float at its right, which is not that of its block."""
    own, end = line.box, line.box.x + line.box.width
    clear = [
        other.x - end
        for other in floats
        if other.x >= end - _JOINED_MM
        and other.y < own.y + own.height - _JOINED_MM
        and own.y < other.y + other.height - _JOINED_MM
    ]
    return replace(line, room=min(line.room, *clear)) if clear else line


def rasters(page: Any, number: int) -> Iterator[Raster]:
    """Every picture of pixels on a page."""
    for box in _everything(page._page_box):
        picture = getattr(box, "replacement", None)
        pixels = (
            getattr(picture, "width", None) if type(picture).__name__ == "RasterImage" else None
        )
        if pixels and box.width:
            where = _box(number, box.content_box_x(), box.content_box_y(), box.width, box.height)
            yield Raster(
                where,
                str(box.element.get("src", "")),
                pixels / (box.width / 96),
                str(getattr(picture, "mode", "")),
            )


def _everything(box: Any) -> Iterator[Any]:
    yield box
    for child in box.all_children() if hasattr(box, "all_children") else ():
        yield from _everything(child)


def shapes(
    page: Any, number: int, box: Any = None, behind: Colour = (1.0, 1.0, 1.0)
) -> Iterator[Shape]:
    """Every box on a page that is marked as a graphic."""
    box = page._page_box if box is None else box
    colour = box.style["background_color"]
    name = box.element.get("data-graphic") if hasattr(box.element, "get") else None
    if name and colour.alpha and box.width:
        yield Shape(
            _box(number, box.position_x, box.position_y, box.width, box.height),
            name,
            _colour(colour),
            behind,
        )
    for child in box.all_children() if hasattr(box, "all_children") else ():
        yield from shapes(page, number, child, _colour(colour) if colour.alpha else behind)


@dataclass(frozen=True, slots=True)
class _Context:
    kind: str
    id: str
    background: Colour
    left: float
    width: float
    is_turned: bool = False


def _walk(box: Any, page: int, context: _Context) -> Iterator[TextLine]:
    name = type(box).__name__
    element = box.element
    id_ = (
        element.get("id")
        if element is not None and hasattr(element, "get") and not box.element_tag.count("::")
        else None
    )
    behind = box.style["background_color"]
    kind = (
        "margin" if name == "MarginBox" else "note" if name == "FootnoteAreaBox" else context.kind
    )
    background = _colour(behind) if behind.alpha else context.background
    is_turned = context.is_turned or bool(box.style["transform"])
    here = _Context(kind, id_ or context.id, background, context.left, context.width, is_turned)
    if name == "LineBox":
        found = _line(box, page, here)
        if found:
            yield found
    elif hasattr(box, "content_box_x") and isinstance(box.width, int | float) and name != "TextBox":
        here = replace(here, left=box.content_box_x(), width=box.width)
    if hasattr(box, "all_children"):
        for child in box.all_children():
            yield from _walk(child, page, here)


def _line(box: Any, page: int, context: _Context) -> TextLine | None:
    texts = list(_texts(box))
    if not any(text.text.strip() for text, _ in texts):
        return None
    left = min(text.position_x for text, _ in texts)
    right = max(text.position_x + text.width for text, _ in texts)
    inks = dict.fromkeys(
        Ink(
            round(text.style["font_size"] * PT_PER_PX, 2),
            text.style["font_weight"] >= 600,
            _colour(text.style["color"]),
            background or context.background,
            text.style["font_family"][0],
        )
        for text, background in texts
        if text.text.strip()
    )
    return TextLine(
        _box(page, left, box.position_y, right - left, box.height),
        context.kind,
        str(box.element_tag),
        id(box.element),
        context.id,
        "".join(text.text for text, _ in texts),
        (context.left + context.width - right) * MM_PER_PX
        if box.style["text_align_all"] != "center"
        else (context.width - right + left) * MM_PER_PX,
        _first_word([text for text, _ in texts]) * MM_PER_PX,
        any(str(child.element_tag).startswith("br") for child in box.descendants()),
        tuple(inks),
        () if context.is_turned else _reach([text for text, _ in texts]),
    )


def _reach(texts: list[Any]) -> tuple[tuple[float, float], ...]:
    """The stretches of a line that its pieces of text take, in mm."""
    found: list[tuple[float, float]] = []
    for text in sorted(texts, key=lambda one: one.position_x):
        left, right = text.position_x * MM_PER_PX, (text.position_x + text.width) * MM_PER_PX
        if found and left - found[-1][1] < _JOINED_MM:
            found[-1] = (found[-1][0], max(right, found[-1][1]))
        else:
            found.append((left, right))
    return tuple(found)


def _first_word(texts: list[Any]) -> float:
    """The width in px of what may not be parted at the head of a line: up to the first space, over
    changes of style and calls.
    """
    width = 0.0
    for text in texts:
        word = text.text.split(" ")[0]
        if len(word) < len(text.text) and text.style["white_space"] != "nowrap":
            return float(width + text.width * len(word) / len(text.text))
        width += text.width
    return float(width)


def _texts(box: Any, background: Colour | None = None) -> Iterator[tuple[Any, Colour | None]]:
    """The pieces of text of one line, with the colour behind those that have their own; not those
    of lines inside it.
    """
    for child in box.all_children() if hasattr(box, "all_children") else ():
        name = type(child).__name__
        if name == "TextBox":
            yield child, background
        elif name == "InlineBox":
            behind = child.style["background_color"]
            yield from _texts(child, _colour(behind) if behind.alpha else background)


def _colour(colour: Any) -> Colour:
    """A colour as the engine knows it, in sRGB; one of a space that it cannot convert (lab, oklch)
    counts as black.
    """
    try:
        red, green, blue = colour.to("srgb").coordinates
    except NotImplementedError:
        return (0.0, 0.0, 0.0)
    return (float(red), float(green), float(blue))


def _box(page: int, x: float, y: float, width: float, height: float) -> Box:
    return Box(page, *(round(px * MM_PER_PX, 3) for px in (x, y, width, height)))
