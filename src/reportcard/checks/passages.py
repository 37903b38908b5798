"""Paragraphs, bullets and lines as plain text that knows the place of each character: what the
rules on words read.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, Final

from reportcard.content.fields import kind_of
from reportcard.content.kinds import FieldKind
from reportcard.content.prose import Call, Inline, Run
from reportcard.content.shelf import Sourced
from reportcard.messages.message import Hole
from reportcard.problems.problem import Place, Problem
from reportcard.problems.rule import Rule

#: In place of a value, and of each character that is not the author's own in this language (an
#: address, a passage in another one).
HOLE: Final = "\ufffc"
#: What the program fills in, in a label: {name}.
_PLACEHOLDER: Final = re.compile(r"\{\w+\}")


@dataclass(frozen=True, slots=True)
class PassagePart:
    """The characters of a passage from `start` to before `end`, in a language."""

    language: str
    start: int
    end: int


@dataclass(frozen=True)
class PlainPassage:
    """One paragraph, bullet or line. `path` is its field within the file, `language` that of the
    file; of a cell, `table` is the key of its table.
    """

    field: str
    path: str
    language: str
    inlines: tuple[Inline, ...]
    table: str = ""

    @cached_property
    def text(self) -> str:
        """All words; a value is one `HOLE`, a note call nothing."""
        return "".join(self._word(inline) for inline in self.inlines)

    @cached_property
    def own(self) -> str:
        """The same length, but addresses and passages marked as another language are holes."""
        parts = []
        for inline in self.inlines:
            word = self._word(inline)
            foreign = bool(inline.marks.lang) and inline.marks.lang != self.language
            parts.append(HOLE * len(word) if foreign or self._is_address(inline) else word)
        return _PLACEHOLDER.sub(lambda match: HOLE * len(match[0]), "".join(parts))

    def parts(self) -> Iterator[PassagePart]:
        """The parts of `text` that are not addresses, by their language."""
        start = 0
        for inline in self.inlines:
            end = start + self.length(inline)
            if not self._is_address(inline):
                yield PassagePart(inline.marks.lang or self.language, start, end)
            start = end

    @property
    def kind(self) -> FieldKind:
        """What is done with the text of its field."""
        return kind_of(self.path)

    @property
    def is_note(self) -> bool:
        """Whether this is a note's text."""
        return self.kind.is_note

    def place(self, offset: int) -> Place:
        """The place in the file of the character at `offset` of `text`."""
        start = 0
        last = self.inlines[0].place
        for inline in self.inlines:
            length = len(self._word(inline))
            if offset < start + length or (offset == start and length == 0):
                into = offset - start if isinstance(inline, Run) else 0
                return Place(inline.place.file, inline.place.line, inline.place.column + into)
            start += length
            last = Place(inline.place.file, inline.place.line, inline.place.column + length)
        return last

    def problem(self, rule: Rule, case: str = "", /, *, offset: int = 0, **holes: Hole) -> Problem:
        """The problem of a rule, in one of its cases, at a character of this passage."""
        return rule.at(self.place(offset), case, field=self.field, **holes)

    @classmethod
    def length(cls, inline: Inline) -> int:
        """How many characters of `text` an inline is."""
        return len(cls._word(inline))

    @staticmethod
    def _is_address(inline: Inline) -> bool:
        return (
            isinstance(inline, Run) and bool(inline.marks.href) and inline.text in inline.marks.href
        )

    @staticmethod
    def _word(inline: Inline) -> str:
        return inline.text if isinstance(inline, Run) else "" if isinstance(inline, Call) else HOLE


@lru_cache(maxsize=64)
def passages(sourced: Sourced[Any], language: str) -> tuple[PlainPassage, ...]:
    """Every passage of a file, in the order of its fields. A passage taken from another language is
    checked in that language, unplaced text in the field that it goes to. A dozen rules read them,
    and the preview after every save: those of the files read last are kept.
    """
    return tuple(_passages(sourced, language))


def _passages(sourced: Sourced[Any], language: str) -> Iterator[PlainPassage]:
    for path, prose in sourced.prose.items():
        if path in sourced.fallen or path == "unplaced":
            continue
        tables = {id(cell): table.key for table in prose.tables() for cell in table.cells()}
        for paragraph in prose.paragraphs():
            if paragraph.inlines:
                table = tables.get(id(paragraph), "")
                yield PlainPassage(prose.field, path, language, paragraph.inlines, table)
