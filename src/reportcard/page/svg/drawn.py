"""What of an SVG is drawn, and how often: elements reached from the root, by way of copies too."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from reportcard.page.svg.document import SvgElement
from reportcard.page.svg.styles import SvgStyles

#: Elements that are drawn only where something refers to them, or never.
_ASIDE: Final = frozenset(
    {"clipPath", "defs", "desc", "filter", "linearGradient", "marker", "mask"}
    | {"metadata", "pattern", "radialGradient", "style", "symbol", "title"}
)
#: Properties that refer to an element.
REFERENCES: Final = (
    "fill",
    "stroke",
    "clip-path",
    "mask",
    "marker",
    "marker-start",
    "marker-mid",
    "marker-end",
)
_MARKERS: Final = REFERENCES[4:]
_INHERITED: Final = ("font-family", "visibility", "font")
_URL: Final = re.compile(r"\s*url\(\s*[\"']?([^\"')]*)[\"']?\s*\)")
#: Elements that can be seen, and the attributes without which they have no form.
_FORMED: Final[Mapping[str, tuple[str, ...]]] = {
    "circle": ("r",),
    "ellipse": ("rx", "ry"),
    "line": (),
    "path": ("d",),
    "polygon": ("points",),
    "polyline": ("points",),
    "rect": ("width", "height"),
    **dict.fromkeys(("a", "foreignObject", "image", "text", "textPath", "tref", "tspan"), ()),
}
_WORDED: Final = frozenset({"a", "text", "textPath", "tref", "tspan"})
#: Inherited properties by which something is seen or not.
_PAINTED: Final = ("fill", "fill-opacity", "stroke", "stroke-opacity", "stroke-width", "visibility")
#: Values that leave nothing to see: no paint, zero, or a color whose alpha is zero.
_CLEAR: Final = re.compile(
    r"(?i)\s*(?:none|transparent|0+(?:\.0*)?(?:px|%)?|\.0+|rgba\(.*,\s*0(?:\.0*)?\s*\))\s*"
)
#: The deepest that copies in copies may be: the engine draws each level with calls of its own.
_DEEPEST: Final = 200


@dataclass(frozen=True, slots=True)
class Drawn:
    """An element that is drawn, and its styles, those inherited included."""

    element: SvgElement
    styles: Mapping[str, str]


class Bulk(NamedTuple):
    """How much is drawn: elements, and the letters of their paths."""

    elements: int
    letters: int


@dataclass(slots=True)
class SvgDrawing:
    """A drawing with its styles and the elements by their ids."""

    root: SvgElement
    styles: SvgStyles = field(init=False)
    by_id: dict[str, SvgElement] = field(init=False)
    _counts: dict[int, Bulk] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.styles = SvgStyles.of(self.root)
        self.by_id = {}
        for element in self.root.walk():
            if id_ := element.attributes.get("id"):
                self.by_id.setdefault(id_, element)

    def drawn(self) -> Iterator[Drawn]:
        """Every element that is drawn, once, and those that others refer to."""
        seen: set[int] = set()
        waiting: list[tuple[SvgElement, Mapping[str, str]]] = [(self.root, {})]
        while waiting:
            element, inherited = waiting.pop()
            styles = {**inherited, **self.styles.own(element)}
            if id(element) in seen or styles.get("display") == "none":
                continue
            seen.add(id(element))
            yield Drawn(element, styles)
            passed_on: Mapping[str, str] = {
                name: styles[name] for name in _INHERITED if name in styles
            }
            inside = [child for child in element.children if child.tag not in _ASIDE]
            referred = [target for target, _ in self._targets(element, styles)]
            waiting.extend((one, passed_on) for one in reversed((*inside, *referred)))

    def copies(self) -> Bulk | None:
        """How much is drawn beyond what is in the file, because elements refer to others; None if
        copies are in copies without end, or too deep.
        """
        total = self._count(self.root, 0, set())
        own = list(self.root.walk())
        return total and Bulk(
            total.elements - len(own), total.letters - sum(len(_points(one)) for one in own)
        )

    def is_visible(self) -> bool:
        """Whether anything of it can be seen: a shape or words with a color."""
        seen: set[tuple[int, frozenset[tuple[str, str]]]] = set()
        waiting: list[tuple[SvgElement, Mapping[str, str]]] = [(self.root, {})]
        while waiting:
            element, inherited = waiting.pop()
            styles = {**inherited, **self.styles.own(element)}
            passed_on: Mapping[str, str] = {
                name: styles[name] for name in _PAINTED if name in styles
            }
            key = id(element), frozenset(passed_on.items())
            if key in seen or styles.get("display") == "none" or _is_clear(styles, "opacity"):
                continue
            seen.add(key)
            if _is_seen(element, styles):
                return True
            inside = [child for child in element.children if child.tag not in _ASIDE]
            if element.tag == "use":
                inside += [target for target, _ in self._targets(element, styles)]
            waiting.extend((one, passed_on) for one in reversed(inside))
        return False

    def _count(self, element: SvgElement, depth: int, around: set[int]) -> Bulk | None:
        """How much is drawn with an element."""
        key = id(element)
        if key in self._counts:
            return self._counts[key]
        if key in around or depth > _DEEPEST:
            return None
        around.add(key)
        elements, letters = 1, len(_points(element))
        inside = [(child, 1) for child in element.children if child.tag not in _ASIDE]
        for one, times in (*inside, *self._targets(element, self.styles.own(element))):
            found = self._count(one, depth + 1, around)
            if found is None:
                return None
            elements += times * found.elements
            letters += times * found.letters
        around.discard(key)
        self._counts[key] = Bulk(elements, letters)
        return self._counts[key]

    def _targets(
        self, element: SvgElement, styles: Mapping[str, str]
    ) -> Iterator[tuple[SvgElement, int]]:
        """The elements that one refers to, and how often each is drawn for it."""
        if element.tag == "use":
            target = self.by_id.get(styles.get("href", "").removeprefix("#"))
            if target:
                yield target, 1
        for name in REFERENCES:
            target = self.by_id.get(target_of(styles.get(name, "")).removeprefix("#"))
            if target:
                yield target, _vertices(element) if name in _MARKERS else 1


def target_of(value: str) -> str:
    """What a property refers to: `#arrow` of `url(#arrow)`; empty if it refers to nothing."""
    match = _URL.match(value)
    return match[1].strip() if match else ""


def _is_seen(element: SvgElement, styles: Mapping[str, str]) -> bool:
    """Whether an element by itself has a form and a color."""
    if element.tag not in _FORMED or styles.get("visibility") in ("hidden", "collapse"):
        return False
    if element.tag in _WORDED:
        has_form = bool(element.text.strip())
    elif element.tag == "image":
        return True
    else:
        has_form = all(styles.get(name, "0").strip("0. ") for name in _FORMED[element.tag])
    is_filled = not (_is_clear(styles, "fill") or _is_clear(styles, "fill-opacity"))
    has_line = not (
        _is_clear(styles, "stroke", "none")
        or _is_clear(styles, "stroke-opacity")
        or _is_clear(styles, "stroke-width")
    )
    return has_form and (has_line or (is_filled and element.tag != "line"))


def _is_clear(styles: Mapping[str, str], name: str, otherwise: str = "1") -> bool:
    """Whether a property leaves nothing to see."""
    return bool(_CLEAR.fullmatch(styles.get(name, otherwise)))


def _points(element: SvgElement) -> str:
    return element.attributes.get("d", "") + element.attributes.get("points", "")


def _vertices(element: SvgElement) -> int:
    """About how many points a shape has, each of which bears a marker."""
    return max(len(re.findall(r"[-+]?[\d.]+", _points(element))) // 2, 2)
