"""A problem is a value: what is wrong, where, and what to do. Every stage returns what it found;
the build decides.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Severity(StrEnum):
    """An error withholds the card; a warning is told and does not; a note says what the program
    did.
    """

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A character in a content file: path relative to the workspace, with `/`; line and column
    count from 1, 0 is none.
    """

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return ":".join(str(part) for part in (self.file, self.line, self.column) if part)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: a stable code, what it is (`message`), what to do (`hint`), and the
    place in the source.
    """

    code: str
    message: str
    hint: str
    place: Place
    severity: Severity = Severity.ERROR
    field: str = ""

    def __str__(self) -> str:
        gravity = "" if self.severity is Severity.ERROR else f"{self.severity}: "
        told = f"{self.place}: {gravity}{self.message}"
        return f"{told} {self.hint} [{self.code}]" if self.hint else f"{told} [{self.code}]"


def problem_from(told: Mapping[str, Any]) -> Problem:
    """The problem that `dataclasses.asdict` told. Raises KeyError, TypeError or ValueError if it is
    none.
    """
    return Problem(
        **{**told, "place": Place(**told["place"]), "severity": Severity(told["severity"])}
    )


def in_reading_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Each problem once, by file, line and column."""
    return tuple(
        sorted(
            dict.fromkeys(problems),
            key=lambda problem: (problem.place, problem.code, problem.message),
        )
    )


def has_errors(problems: Iterable[Problem]) -> bool:
    """Whether one of them withholds the card."""
    return any(problem.severity is Severity.ERROR for problem in problems)
