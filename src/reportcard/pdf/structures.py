"""A PDF under inspection, and its own structures as the rules look at them: boxes, annotations,
drawings, fonts, graphics states.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from reportcard.messages.message import Hole
from reportcard.pdf.paint import Paint
from reportcard.problems.problem import Place, Problem
from reportcard.problems.rule import Rule

#: A tenth of a millimetre, for numbers that were rounded on their way.
SLACK_PT: Final = 0.3

Rectangle = tuple[float, float, float, float]
"""Left, bottom, right and top in pt."""


@dataclass(frozen=True, slots=True)
class Inspected:
    """A PDF under inspection: its name, its bytes, the opened file, its XMP as a flat mapping, and
    what its pages paint.
    """

    name: str
    data: bytes
    pdf: pikepdf.Pdf
    xmp: dict[str, str]
    paints: tuple[Paint, ...]

    def problem(self, rule: Rule, case: str = "", /, page: int = 0, **holes: Hole) -> Problem:
        """A problem of this file, on a page if one is given."""
        return rule.at(Place(self.name, page=page), case, field="", **holes)


def box_of(page: Any, name: str) -> Rectangle | None:
    """A box of a page, its own or its ancestors' (media and crop boxes are inherited)."""
    node, depth = page, 0
    while node is not None and depth < 50:
        if f"/{name}" in node:
            return rectangle(node[f"/{name}"])
        node, depth = (
            (node.get(Name.Parent) if name in ("MediaBox", "CropBox") else None),
            depth + 1,
        )
    return None


def rectangle(box: Any) -> Rectangle | None:
    """A rectangle, whichever corners it names; None if it is not one."""
    if not isinstance(box, Array) or len(box) != 4:
        return None
    try:
        a, b, c, d = (float(side) for side in box)
    except (TypeError, ValueError):
        return None
    return min(a, c), min(b, d), max(a, c), max(b, d)


def is_within(inner: Rectangle, outer: Rectangle) -> bool:
    """Whether a rectangle lies in another, but for rounding."""
    return (
        inner[0] >= outer[0] - SLACK_PT
        and inner[1] >= outer[1] - SLACK_PT
        and inner[2] <= outer[2] + SLACK_PT
        and inner[3] <= outer[3] + SLACK_PT
    )


def annotations_of(page: Any) -> Iterator[Any]:
    """The annotations of a page."""
    notes = page.get(Name.Annots)
    yield from (
        (note for note in notes if isinstance(note, Dictionary)) if isinstance(notes, Array) else ()
    )


def drawings_of(resources: Any, seen: set[tuple[int, int]]) -> Iterator[Any]:
    """The drawings, pictures and tiles of some resources, and of the drawings' own, each once."""
    for kind in (Name.XObject, Name.Pattern):
        table = resources.get(kind) if isinstance(resources, Dictionary) else None
        for thing in table.values() if isinstance(table, Dictionary) else ():
            if isinstance(thing, Stream) and thing.objgen not in seen:
                seen.add(thing.objgen)
                yield thing
                yield from drawings_of(thing.get(Name.Resources), seen)


def forms_of(resources: Any, seen: set[tuple[int, int]]) -> Iterator[Any]:
    """The form drawings of some resources, and of their own, each once."""
    return (thing for thing in drawings_of(resources, seen) if thing.get(Name.Subtype) == Name.Form)


def _everywhere(resources: Any, kind: Name, seen: set[tuple[int, int]]) -> Iterator[Any]:
    for owner in (
        resources,
        *(thing.get(Name.Resources) for thing in drawings_of(resources, seen)),
    ):
        table = owner.get(kind) if isinstance(owner, Dictionary) else None
        yield from (
            (item for item in table.values() if isinstance(item, Dictionary))
            if isinstance(table, Dictionary)
            else ()
        )


def fonts_of(resources: Any, seen: set[tuple[int, int]]) -> Iterator[Any]:
    """The fonts of some resources and of the drawings in them."""
    return _everywhere(resources, Name.Font, seen)


def states_of(resources: Any, seen: set[tuple[int, int]]) -> Iterator[Any]:
    """The graphics states of some resources and of the drawings in them."""
    return _everywhere(resources, Name.ExtGState, seen)


def is_embedded(font: Any) -> bool:
    """Whether a font's glyphs are in the file."""
    if font.get(Name.Subtype) == Name.Type3:
        return True
    inner = font.get(Name.DescendantFonts)
    described = (inner[0] if isinstance(inner, Array) and len(inner) else font).get(
        Name.FontDescriptor, Dictionary()
    )
    return any(name in described for name in ("/FontFile", "/FontFile2", "/FontFile3"))
