"""What is measured on laid-out pages, as values: boxes, lines of text, pictures, a page's own
measures. In mm and pt.
"""

from dataclasses import dataclass
from typing import Final

#: CSS: 1 in is 96 px, 25.4 mm and 72 pt.
MM_PER_PX: Final = 25.4 / 96
PT_PER_PX: Final = 0.75

Colour = tuple[float, float, float]
"""sRGB, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page (from 1), in mm from the page's top left corner."""

    page: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class TypeSize:
    """How the text of an element is set by default: its size in pt, and the pitch
    of its lines, in pt or (`unit` is empty) in sizes of type; 0: as the font has it.
    """

    element: str
    size: float
    leading: float
    unit: str = ""

    def scaled(self, size: float, leading: float) -> str:
        """A style rule that sets the element by these factors larger or wider than the theme
        does.
        """
        rules = []
        if size != 1:
            rules.append(f"font-size: {round(self.size * size, 3):g}pt")
        if leading != 1 and self.leading:
            rules.append(f"line-height: {round(self.leading * leading, 4):g}{self.unit}")
        return f"{self.element} {{ {'; '.join(rules)} }}" if rules else ""


@dataclass(frozen=True, slots=True)
class PageArea:
    """A page's own measures: the trimmed sheet's width and height in mm, its text block, and the
    type that the theme sets on the whole page, on `html` first, then on `body` if that is another.
    """

    width: float
    height: float
    block: Box
    types: tuple[TypeSize, ...]


@dataclass(frozen=True, slots=True)
class Ink:
    """Text set alike: size in pt, whether bold, its colour and that behind it, its family."""

    size: float
    bold: bool
    colour: Colour
    background: Colour
    family: str


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of text. `kind` is text, note or margin; `block` names its paragraph, on all its pages
    alike; `id` the nearest HTML id.

    `room` is the width left to the edge of its block in mm (below 0: it reaches out), `first_word`
    the width of its first word. `forced` is whether a line break ends it. `reach` are the stretches
    that type takes, from left to right, in mm: between them there is something else. A line that is
    turned has none.
    """

    box: Box
    kind: str
    tag: str
    block: int
    id: str
    text: str
    room: float
    first_word: float
    forced: bool
    inks: tuple[Ink, ...]
    reach: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Raster:
    """A picture made of pixels: its box, its pixels per inch, and how its colours are
    given: RGB, RGBA, L or LA can be set.
    """

    box: Box
    source: str
    ppi: float
    mode: str


@dataclass(frozen=True, slots=True)
class Shape:
    """A drawn thing that means something (marked `data-graphic` in the HTML): its name, its colour
    and that behind it.
    """

    box: Box
    name: str
    colour: Colour
    background: Colour
