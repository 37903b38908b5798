"""What a YAML file holds, as a tree in which every scalar is the literal that a person typed and
knows its line and column.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Self, TypeVar

from reportcard.problems.problem import Place

T = TypeVar("T", bound="Text")


@dataclass(frozen=True, slots=True)
class Scalar:
    """How a text is typed in its file. Lines and columns count from 1."""

    rows: tuple[tuple[int, int], ...] = ((0, 0),)
    """Line and column of each line of the text; of a folded one (`>`) of the first alone."""
    style: str = ""
    """"" for plain, or the YAML indicator: ' " | >"""
    tail: str = ""
    """What follows a plain scalar on its line (a comment, if any)."""
    end: tuple[int, int] = (0, 0)
    """Line and column of the character after the scalar, its closing quote included."""


#: Of a text that is in no file.
_NOWHERE: Final = Scalar()
BLOCK: Final = Scalar(((1, 1),), "|")
"""How a text that comes from elsewhere is typed: in a block of its own."""


class Text(str):
    """A scalar as typed: a string that knows the place of each of its lines."""

    __slots__ = ("file", "scalar")

    def __new__(cls, value: str, file: str, scalar: Scalar = _NOWHERE) -> Self:
        text = super().__new__(cls, value)
        text.file = file
        text.scalar = scalar
        return text

    file: str
    scalar: Scalar

    def __reduce__(self) -> tuple[type[Self], tuple[str, str, Scalar]]:
        """What a copy is made of: a text may be a hole of a message, and messages are copied into
        the manifest and sent from process to process.
        """
        return type(self), (str(self), self.file, self.scalar)

    def as_(self, kind: type[T]) -> T:
        """The same scalar as another kind of text."""
        return kind(str(self), self.file, self.scalar)

    @property
    def place(self) -> Place:
        """Where the scalar's own text begins."""
        return self.place_at(0)

    def place_at(self, offset: int) -> Place:
        """The place of the character at `offset` of this text."""
        before = str.__getitem__(self, slice(0, offset))
        row = before.count("\n")
        rows = self.scalar.rows
        line, column = rows[min(row, len(rows) - 1)]
        if row >= len(rows):
            return Place(self.file, line, column)
        return Place(self.file, line, column + offset - (before.rfind("\n") + 1))


@dataclass(frozen=True, slots=True)
class Branch:
    """A mapping: its entries in the order typed, where it begins and, written in braces, after
    which character it ends.
    """

    entries: Mapping[Text, "Node"]
    place: Place
    end: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """A sequence of nodes, where it begins and, written in brackets, after which character it
    ends.
    """

    items: tuple["Node", ...]
    place: Place
    end: tuple[int, int] | None = None


Node = Text | Branch | Series


@dataclass(frozen=True, slots=True)
class MendedSigns:
    """What is printed otherwise than it is typed: invisible signs left out, by code point
    (`U+00AD`), how many accents are composed, and where the first of all is.
    """

    invisible: tuple[str, ...]
    composed: int
    place: Place

    def __add__(self, other: "MendedSigns") -> "MendedSigns":
        """Those of two texts of a file."""
        return MendedSigns(
            tuple(sorted({*self.invisible, *other.invisible})),
            self.composed + other.composed,
            min(self.place, other.place),
        )


@dataclass(frozen=True, slots=True)
class Tree:
    """A whole file: its root, the way from a path of keys to a place, and what is printed otherwise
    than it is typed.
    """

    file: str
    root: Branch
    mended: MendedSigns | None = None

    def at(self, *path: str | int) -> Place:
        """The place of the value at `path`, or of the nearest thing above it that exists."""
        node: Node = self.root
        place = Place(self.file, 1, 1)
        for step in path:
            found = _step(node, step)
            if found is None:
                return place
            node, place = found, found.place
        return place

    def key(self, *path: str | int) -> Place:
        """The place of the last key of `path`, or of the nearest thing above it."""
        node: Node = self.root
        for step in path[:-1]:
            found = _step(node, step)
            if found is None:
                return self.at(*path[:-1])
            node = found
        if isinstance(node, Branch):
            for name in node.entries:
                if name == path[-1]:
                    return name.place
        return self.at(*path)

    def text(self, *path: str | int) -> Text | None:
        """The scalar at `path`, if there is one."""
        node: Node | None = self.root
        for step in path:
            node = _step(node, step) if node is not None else None
        return node if isinstance(node, Text) else None


def _step(node: Node, step: str | int) -> Node | None:
    if isinstance(node, Branch):
        return next((value for name, value in node.entries.items() if name == str(step)), None)
    if isinstance(node, Series) and isinstance(step, int) and step < len(node.items):
        return node.items[step]
    return None
