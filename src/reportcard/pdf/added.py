"""Editions that packages add: how their files are written, and what an inspection finds."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from reportcard.pdf.metadata import Particulars
from reportcard.problems.problem import Problem
from reportcard.workspace.packages import Group, additions, calling


@dataclass(frozen=True, slots=True)
class AddedEdition:
    """An edition as a package adds it.

    `standard` is the one that its files meet, or what they are for. `write` makes a file from the
    card's pages, a tagged PDF, and its metadata: the same of both give the same bytes. `inspect`
    takes a file and its name, and finds what keeps it from being published.
    """

    standard: str
    write: Callable[[bytes, Particulars], bytes]
    inspect: Callable[[bytes, str], Iterable[Problem]]


def written(name: str, master: bytes, particulars: Particulars) -> bytes:
    """The file of an edition that a package adds.

    Raises ReportCardError (USAGE) if the package fails.
    """
    with calling(name):
        return bytes(_edition(name).write(master, particulars))


def inspected(name: str, data: bytes, file: str) -> tuple[str, tuple[Problem, ...]]:
    """The standard of an edition that a package adds, and what a file lacks of it.

    Raises ReportCardError (USAGE) if the package fails.
    """
    with calling(name):
        return _edition(name).standard, tuple(_edition(name).inspect(data, file))


def _edition(name: str) -> AddedEdition:
    found: AddedEdition = additions(Group.EDITIONS)[name]
    return found
