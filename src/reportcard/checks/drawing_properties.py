"""Properties of SVG elements that the typesetting engine does not know, and draws as if they were
not there: each was compared with what a browser draws.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from reportcard.page.svg.document import SvgElement
from reportcard.page.svg.drawn import Drawn, SvgDrawing, target_of

_Is = Callable[[str], bool]

_WORDED: Final = frozenset({"text", "tspan"})
#: Colors that are worked out from others, or from the device.
_WORKED_OUT: Final = re.compile(r"(?i)\b(?:color-mix|env)\s*\(|\(\s*from\s")
_COLOURS: Final = ("fill", "stroke", "stop-color", "color")
_LENGTHS: Final = ("width", "height", "x", "y", "cx", "cy", "r", "rx", "ry", "x1", "x2", "y1", "y2")
_NOTHING: Final = frozenset({"", "none", "normal", "auto", "inherit", "initial", "unset"})
#: What no mask is put on; on a shape without a width and a height, one in its units is not.
_UNMASKED: Final = frozenset({"g", "a", "use", "svg", "switch", "text"})


def _is_set(*harmless: str) -> _Is:
    return lambda value: value.strip().lower() not in _NOTHING.union(harmless)


#: What shows on any element, by property.
_SHAPES: Final[Mapping[str, _Is]] = {
    "clip-path": lambda value: _is_set()(value) and not target_of(value),
    "mask-image": _is_set(),
    "backdrop-filter": _is_set(),
    "mask-type": _is_set("luminance"),
    "visibility": lambda value: value.strip().lower() == "collapse",
    "translate": _is_set(),
    "scale": _is_set("1"),
    "transform-box": _is_set("view-box"),
}
#: What shows on words alone.
_WORDS: Final[Mapping[str, _Is]] = {
    "text-transform": _is_set(),
    "writing-mode": _is_set("horizontal-tb", "lr", "lr-tb", "rl", "rl-tb"),
    "text-decoration": lambda value: bool(re.search(r"underline|overline|line-through", value)),
    "text-decoration-line": _is_set(),
    "font-variant": lambda value: "small-caps" in value or "petite-caps" in value,
    "font-variant-caps": _is_set(),
    "word-spacing": lambda value: _is_set()(value) and not re.fullmatch(r"0\D*", value.strip()),
}


def unknown_properties(drawing: SvgDrawing, one: Drawn) -> Iterator[tuple[str, str]]:
    """The properties of an element that are not drawn, each with its value."""
    element, styles = one.element, one.styles
    yield from _listed(element, styles)
    if element.tag == "flowRoot":
        yield "flowPara", "flowRoot"
    yield from _strokes(styles)
    if mask := drawing.by_id.get(target_of(styles.get("mask", "")).removeprefix("#")):
        is_shape = element.tag == "rect" or (
            element.tag not in _UNMASKED and mask.attributes.get("maskUnits") == "userSpaceOnUse"
        )
        if not is_shape or mask.attributes.get("maskContentUnits") == "objectBoundingBox":
            yield "mask", styles["mask"]
    if element.tag == "ellipse" and ("rx" in styles) is not ("ry" in styles):
        yield "rx" if "ry" in styles else "ry", "auto"
    if element.tag == "clipPath":
        yield from _clipping(element)


def _listed(element: SvgElement, styles: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Properties by their values alone."""
    for name, is_wrong in _SHAPES.items():
        if name in styles and is_wrong(styles[name]):
            yield name, styles[name]
    if any(inner.tag in _WORDED for inner in element.walk()):
        for name, is_wrong in _WORDS.items():
            if name in styles and is_wrong(styles[name]):
                yield name, styles[name]
    for name in _COLOURS:
        if _WORKED_OUT.search(styles.get(name, "")):
            yield name, styles[name]
    for name in _LENGTHS:
        if "calc(" in styles.get(name, ""):
            yield name, styles[name]


def _strokes(styles: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """A halo, and a line that keeps its width: both need a line."""
    if not _is_set()(styles.get("stroke", "none")):
        return
    order = styles.get("paint-order", "").lower().split()
    if "stroke" in order and "fill" not in order[: order.index("stroke")]:
        yield "paint-order", styles["paint-order"]
    if styles.get("vector-effect", "none").strip() == "non-scaling-stroke":
        yield "vector-effect", styles["vector-effect"]


def _clipping(clip: SvgElement) -> Iterator[tuple[str, str]]:
    """What a clip path is made of: words do not clip, and holes of a path are not left out."""
    for inner in clip.walk():
        if inner.tag in _WORDED:
            yield "clip-path", f"<{inner.tag}>"
            return
        has_hole = len(re.findall(r"[Mm]", inner.attributes.get("d", ""))) > 1
        rule = inner.attributes.get("clip-rule", inner.attributes.get("style", ""))
        if has_hole and "evenodd" in rule:
            yield "clip-rule", "evenodd"
            return
