"""A manuscript as it came back: its lines letter by letter, with who inserted or deleted each.

The lines are those of the file, not yet those of the card: which block each is follows from its
bookmarks (`binding`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from reportcard.manuscript.letters import Letter, Letters


@dataclass(frozen=True, slots=True)
class Trace:
    """Who made a change, and when (ISO 8601); each empty if the file does not say."""

    author: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class TrackedLetter:
    """A letter as it is set now, and what was done to it. `before` is how it was set before it was
    `formatted`.
    """

    letter: Letter
    inserted: Trace | None = None
    deleted: Trace | None = None
    before: Letter | None = None
    formatted: Trace | None = None

    @property
    def original(self) -> Letter:
        """The letter as it was set before the changes."""
        return self.before or self.letter


@dataclass(frozen=True, slots=True)
class ReturnedLine:
    """A paragraph of the file. `names` are the bookmarks that begin in it; `inserted` and `deleted`
    are about its end.

    `kind` is paragraph, heading, bullet, number, inner-bullet or inner-number, and `restyled` says
    who changed how the paragraph is set, if that was tracked; `row` counts rows
    of all tables of the file from 1, `column` those of the row from 0 (0: it is in no table).
    """

    letters: tuple[TrackedLetter, ...]
    kind: str = "paragraph"
    names: tuple[str, ...] = ()
    inserted: Trace | None = None
    deleted: Trace | None = None
    row: int = 0
    column: int = 0
    restyled: Trace | None = None

    @property
    def is_cell(self) -> bool:
        """Whether it is in a table."""
        return bool(self.row)

    @property
    def originals(self) -> Letters:
        """The letters before the changes."""
        return tuple(one.original for one in self.letters if one.inserted is None)

    @property
    def finals(self) -> Letters:
        """The letters after the changes."""
        return tuple(one.letter for one in self.letters if one.deleted is None)

    def with_letters(self, letters: tuple[TrackedLetter, ...]) -> "ReturnedLine":
        """The same line with others."""
        return replace(self, letters=letters)


@dataclass(frozen=True, slots=True)
class BoundBlock:
    """Lines that were one paragraph before the changes, and the block that it was: None if it is
    new. `path` is the field that it is in (none: it is in no field).

    `is_certain` is false where it was found by likeness alone.
    """

    index: int | None
    path: tuple[str, ...]
    lines: tuple[ReturnedLine, ...]
    is_certain: bool = True


@dataclass(frozen=True, slots=True)
class WordComment:
    """A comment: what was written, the words that it is on, and the line that it begins in: its
    number in the text, or in a footnote (`note`, by its key). `reply_to` is the id of the comment
    that it answers.
    """

    id: str
    text: str
    trace: Trace
    quoted: str = ""
    note: str = ""
    line: int = -1
    reply_to: str = ""
    is_done: bool = False


@dataclass(frozen=True, slots=True)
class Unread:
    """Something that no card takes, by its kind: the line that it is in, by its number in the text
    or in a footnote (`note`, by its key), and its words: of a picture the alternative text.
    """

    kind: str
    line: int
    note: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class ReturnedManuscript:
    """All of a file: its lines, those of footnotes by key, and by the same key the bookmark at each
    call (empty: none); its comments and custom properties, who saved it last, and what of it no
    card takes.
    """

    name: str
    lines: tuple[ReturnedLine, ...]
    footnotes: Mapping[str, tuple[ReturnedLine, ...]] = field(
        default_factory=lambda: MappingProxyType({})
    )
    calls: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    comments: tuple[WordComment, ...] = ()
    properties: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    saved: Trace = Trace()
    unread: tuple[Unread, ...] = ()
