"""What a build is asked for, and what it came to."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from reportcard.errors import ExitCode
from reportcard.problems.problem import Problem
from reportcard.workspace.media import Medium


@dataclass(frozen=True, slots=True)
class Order:
    """What to build: no countries means every country with a card, no languages means all of the
    edition.

    `cache` allows work done before to be reused; without it all is made from nothing, and what the
    cache has is compared. `inspect` has the files of such work inspected
    again, `jobs` is how many tasks run side by side (0: one for each processor).
    """

    output: Path
    countries: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    media: tuple[str, ...] = (Medium.SCREEN,)
    bilingual: bool = False
    all_or_nothing: bool = False
    cache: bool = True
    inspect: bool = False
    jobs: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of a build: the PDFs written, the countries not published, every problem found,
    and the exit code.
    """

    written: tuple[Path, ...]
    withheld: tuple[str, ...]
    problems: tuple[Problem, ...]
    code: ExitCode


Tell = Callable[[str, int, int], None]
"""Called as work goes on: the file being made, how many are done, how many there will be."""
