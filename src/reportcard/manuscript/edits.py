"""What was changed in a manuscript, edit by edit: each has a number, a field, and somebody who made
it, and can be accepted or refused alone.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from reportcard.manuscript.letters import Letter
from reportcard.manuscript.returned import ReturnedLine, Trace

#: The end of a line that was inserted and that no edit is about: the line goes on in the next.
IGNORED: Final = -1


class EditKind(StrEnum):
    """What an edit does."""

    TEXT = "text"
    FORMAT = "format"
    NEW = "new"
    """A paragraph that was not there."""
    REMOVED = "removed"
    MOVED = "moved"
    SPLIT = "split"
    JOINED = "joined"
    NEW_ROW = "new-row"
    """A row of a table."""
    REMOVED_ROW = "removed-row"
    KIND = "kind"
    """A paragraph made an item of a list or a heading, or the reverse."""


@dataclass(frozen=True, slots=True)
class Edit:
    """An edit by its number, from 1: the field that it is in and the block there, from 1; who made
    it; the words before and after, with some beside them.

    `is_certain` is false where its block was found by likeness alone.
    """

    number: int
    kind: EditKind
    path: tuple[str, ...]
    block: int
    trace: Trace
    before: str
    after: str
    index: int | None
    is_certain: bool = True

    @property
    def field(self) -> str:
        """The path of its field."""
        return ".".join(self.path)


@dataclass(slots=True)
class EditedLetter:
    """A letter, and the numbers of the edits that insert, delete or format it (0: none does)."""

    letter: Letter
    original: Letter
    inserted: int = 0
    deleted: int = 0
    formatted: int = 0


@dataclass(slots=True)
class EditedLine:
    """A line with the edits of its letters, and those that insert or delete its end. `origin` is
    the block that was moved here.
    """

    letters: list[EditedLetter]
    source: ReturnedLine
    inserted: int = 0
    deleted: int = 0
    origin: int | None = None


@dataclass(slots=True)
class EditedBlock:
    """A block with its edits."""

    index: int | None
    path: tuple[str, ...]
    lines: list[EditedLine]
    is_certain: bool = True
    #: The number of the edit that makes another kind of it, and that kind.
    retyped: int = 0
    kind: str = ""

    @property
    def row(self) -> int:
        """The row of the file's tables that it is in; 0 if it is in none, or not there any more."""
        return self.lines[0].source.row

    @property
    def is_cell(self) -> bool:
        """Whether it is in a table."""
        return bool(self.row)


@dataclass(frozen=True, slots=True)
class Edits:
    """All edits of a manuscript by number, and the blocks that they are in."""

    edits: tuple[Edit, ...]
    blocks: tuple[EditedBlock, ...]
