"""A problem is a value: what is wrong, where, and what to do. Every stage returns what it found;
the build decides.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from reportcard.messages.catalogue import SOURCE
from reportcard.messages.message import Message, message_from


class Severity(StrEnum):
    """An error withholds the card; a warning does not; a note reports what the program did."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A place in a file, or a page of it. The path is relative to the workspace, with `/`. Line,
    column and page count from 1; 0 is unknown.

    A place with line and page is in a content file, and is printed on that page.
    """

    file: str
    line: int = 0
    column: int = 0
    page: int = 0

    def __str__(self) -> str:
        return ":".join(str(part) for part in (self.file, self.line, self.column) if part)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: what it is (`message`), what to do (`advice`), and its place. The
    code stays the same from version to version. Plain text is shown as it is.
    """

    code: str
    message: Message | str
    advice: Message | str
    place: Place
    severity: Severity = Severity.ERROR
    field: str = ""

    def __str__(self) -> str:
        page = f" (page {self.place.page})" if self.place.page else ""
        words = f"{self.severity}: {self.place}{page}: {self.message} {self.advice}".rstrip()
        return f"{words} [{self.code}]"


def problem_from(record: Mapping[str, Any]) -> Problem:
    """The problem that `dataclasses.asdict` wrote, also by way of JSON. Raises KeyError, TypeError
    or ValueError if it is none.
    """
    return Problem(
        **{
            **record,
            "message": message_from(record["message"]),
            "advice": message_from(record["advice"]),
            "place": Place(**record["place"]),
            "severity": Severity(record["severity"]),
        }
    )


def in_reading_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Each problem once, by file, line and column."""
    return tuple(
        sorted(
            dict.fromkeys(problems),
            key=lambda problem: (problem.place, problem.code, in_english(problem.message)),
        )
    )


def in_english(words: Message | str) -> str:
    """A message as programs read it, in every reader's terminal alike."""
    return words.written(SOURCE) if isinstance(words, Message) else words


def has_errors(problems: Iterable[Problem]) -> bool:
    """Whether one of them withholds the card."""
    return any(problem.severity is Severity.ERROR for problem in problems)
