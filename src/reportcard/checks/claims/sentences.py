"""The sentences of a passage with its values in words, each character at its place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from reportcard.checks.passages import PlainPassage
from reportcard.content.prose import Call, Run, Value
from reportcard.messages.message import Hole
from reportcard.problems.problem import Problem
from reportcard.problems.rule import Rule
from reportcard.scores.values import Values

#: A list of countries that is empty, in words.
NOBODY: Final = "∅"
#: Where one sentence ends and the next begins with a capital: not after "No. 27651" or "12.5".
_END: Final = re.compile(r"[.!?][\"'”’»)\]]*\s+(?=[\"'“‘«¿¡(\[]*[A-ZÁÉÍÓÚÂÊÔÃÕÇÑ])")


@dataclass(frozen=True)
class BoundPassage:
    """A passage as it is printed: `text` with words in place of values, and for each character the
    offset in the passage that it comes from.
    """

    passage: PlainPassage
    text: str
    origins: tuple[int, ...]
    values: tuple[tuple[int, int, Value], ...]
    """Where each value begins and ends in `text`."""

    def sentences(self) -> Iterator["Sentence"]:
        """Its sentences, in order."""
        start = 0
        for match in _END.finditer(self.text):
            yield Sentence(self, start, match.end())
            start = match.end()
        yield Sentence(self, start, len(self.text))


@dataclass(frozen=True)
class Sentence:
    """A sentence, from one character of its passage to another."""

    bound: BoundPassage
    start: int
    end: int

    @cached_property
    def text(self) -> str:
        """Its words."""
        return self.bound.text[self.start : self.end]

    def values_in(self, start: int, end: int) -> tuple[Value, ...]:
        """The values between two of its characters."""
        first, last = self.start + start, self.start + end
        return tuple(value for begin, _, value in self.bound.values if first <= begin < last)

    def is_typed(self, start: int, end: int) -> bool:
        """Whether the characters of it are the author's own: no part of a value."""
        first, last = self.start + start, self.start + end
        return not any(begin < last and first < stop for begin, stop, _ in self.bound.values)

    def problem(self, rule: Rule, case: str, /, *, at: int, **holes: Hole) -> Problem:
        """The problem of a rule, in one of its cases, at a character of it."""
        offset = self.bound.origins[self.start + at]
        return self.bound.passage.problem(rule, case, offset=offset, **holes)


def bound(passage: PlainPassage, values: Values) -> BoundPassage:
    """A passage with its values in words; what is not the author's own stays a hole."""
    parts: list[str] = []
    origins: list[int] = []
    found: list[tuple[int, int, Value]] = []
    offset = 0
    for inline in passage.inlines:
        if isinstance(inline, Call):
            continue
        words = (
            passage.own[offset : offset + len(inline.text)]
            if isinstance(inline, Run)
            else values.told(inline) or NOBODY
        )
        if isinstance(inline, Value):
            found.append((len(origins), len(origins) + len(words), inline))
            origins.extend([offset] * len(words))
            offset += 1
        else:
            origins.extend(range(offset, offset + len(words)))
            offset += len(words)
        parts.append(words)
    return BoundPassage(passage, "".join(parts), tuple(origins), tuple(found))
