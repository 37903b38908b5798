"""A correction, and what is left for a person to decide."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from reportcard.content.replacements import Replacement
from reportcard.problems.problem import Place


@dataclass(frozen=True, slots=True, order=True)
class Correction:
    """Characters of a text that are replaced, from where they begin in their file: `before` by
    `after`, as the rule of that code asks.

    `path` are the keys that lead to the text, `start` counts its characters; `head` and `tail` are
    the words beside them, for people to see.
    """

    place: Place
    path: tuple[str, ...]
    start: int
    before: str
    after: str
    rule: str
    head: str = ""
    tail: str = ""

    @property
    def end(self) -> int:
        """The character after the last one replaced."""
        return self.start + len(self.before)

    @property
    def replacement(self) -> Replacement:
        """The correction as a change of its file."""
        return Replacement(self.path, self.start, self.end, self.after)

    def __str__(self) -> str:
        before, after = (
            " ".join(f"{self.head}{words}{self.tail}".split("\n"))
            for words in (self.before, self.after)
        )
        return f"{self.place}  {before} → {after}  [{self.rule}]"


@dataclass(frozen=True, slots=True, order=True)
class Undecided:
    """A score or rank that is typed, and may be one of several values or another quantity: its
    place, and the values that are printed like it, as they are typed.
    """

    place: Place
    typed: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Corrected:
    """What is corrected, and what is not.

    `undecided` are scores and ranks left to a person; `untouched` the files that have errors;
    `files` the new bytes by path, in the order that they are to be written, and `before` the bytes
    that they were made from.
    """

    corrections: tuple[Correction, ...] = ()
    undecided: tuple[Undecided, ...] = ()
    untouched: tuple[str, ...] = ()
    files: Mapping[str, bytes] = field(default_factory=lambda: MappingProxyType({}))
    before: Mapping[str, bytes] = field(default_factory=lambda: MappingProxyType({}))


def apart(corrections: Iterable[Correction]) -> Iterator[Correction]:
    """The corrections in the order of their files, each once, without those that overlap one
    before them.
    """
    end: dict[tuple[str, tuple[str, ...]], int] = {}
    for one in sorted(set(corrections)):
        key = (one.place.file, one.path)
        if one.start >= end.get(key, 0):
            end[key] = one.end
            yield one
