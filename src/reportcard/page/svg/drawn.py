"""What of an SVG is drawn, and how often: elements reached from the root, by way of copies too."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

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
#: The deepest that copies in copies may be: the engine draws each level with calls of its own.
_DEEPEST: Final = 200


@dataclass(frozen=True, slots=True)
class Drawn:
    """An element that is drawn, and its styles, those inherited included."""

    element: SvgElement
    styles: Mapping[str, str]


@dataclass(slots=True)
class SvgDrawing:
    """A drawing with its styles and the elements by their ids."""

    root: SvgElement
    styles: SvgStyles = field(init=False)
    by_id: dict[str, SvgElement] = field(init=False)
    _counts: dict[int, int] = field(default_factory=dict)

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

    def copies(self) -> int | None:
        """How many elements are drawn beyond those in the file, because others refer to them; None
        if copies are in copies without end, or too deep.
        """
        total = self._count(self.root, 0, set())
        return None if total is None else total - sum(1 for _ in self.root.walk())

    def _count(self, element: SvgElement, depth: int, around: set[int]) -> int | None:
        """How many elements are drawn with one."""
        key = id(element)
        if key in self._counts:
            return self._counts[key]
        if key in around or depth > _DEEPEST:
            return None
        around.add(key)
        total = 1
        inside = [(child, 1) for child in element.children if child.tag not in _ASIDE]
        for one, times in (*inside, *self._targets(element, self.styles.own(element))):
            found = self._count(one, depth + 1, around)
            if found is None:
                return None
            total += times * found
        around.discard(key)
        self._counts[key] = total
        return total

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


def _vertices(element: SvgElement) -> int:
    """About how many points a shape has, each of which bears a marker."""
    points = element.attributes.get("d", "") + element.attributes.get("points", "")
    return max(len(re.findall(r"[-+]?[\d.]+", points)) // 2, 2)
