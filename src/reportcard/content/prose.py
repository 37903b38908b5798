"""Prose as typed blocks: a field's text, apart from how it is typed. Every inline knows its place
in the file, every block has a key that outlives a new order of blocks.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from reportcard.problems.problem import Place


@dataclass(frozen=True, slots=True)
class Marks:
    """What lies over a run of text. `href` is an address or `edition:name`; `cites` a note; `lang`
    a language tag.
    """

    bold: bool = False
    italic: bool = False
    href: str = ""
    lang: str = ""
    cites: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """Words set alike."""

    text: str
    marks: Marks
    place: Place


@dataclass(frozen=True, slots=True)
class Call:
    """A note call, `[^note]`."""

    note: str
    marks: Marks
    place: Place


@dataclass(frozen=True, slots=True)
class Value:
    """A value of the data, `{{ name | filter('argument') }}`, or `filter('argument', short)`."""

    name: str
    filter: str
    argument: str
    marks: Marks
    place: Place
    is_short: bool = False


Inline = Run | Call | Value


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, or a bullet's text."""

    inlines: tuple[Inline, ...]
    key: str
    place: Place


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of one level."""

    items: tuple[Paragraph, ...]

    @property
    def place(self) -> Place:
        """The place of its first bullet."""
        return self.items[0].place


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture by its path under `figures/`, with its alternative text and a caption
    (may be empty).
    """

    file: str
    alt: str
    caption: str
    key: str
    place: Place


Block = Paragraph | Bullets | Picture


@dataclass(frozen=True, slots=True)
class Prose:
    """One field's text: its field id (`peru/context`) and its blocks in order."""

    field: str
    blocks: tuple[Block, ...]

    def paragraphs(self) -> Iterator[Paragraph]:
        """Every paragraph and bullet, in order."""
        for block in self.blocks:
            if isinstance(block, Bullets):
                yield from block.items
            elif isinstance(block, Paragraph):
                yield block

    def inlines(self) -> Iterator[Inline]:
        """Every inline, in order."""
        for paragraph in self.paragraphs():
            yield from paragraph.inlines

    @property
    def letters(self) -> int:
        """How many letters and other signs it prints, values and note calls aside."""
        return sum(len(inline.text) for inline in self.inlines() if isinstance(inline, Run))

    @property
    def line(self) -> tuple[Inline, ...]:
        """The inlines of a field that is one line (a title, a name)."""
        return tuple(self.inlines())
