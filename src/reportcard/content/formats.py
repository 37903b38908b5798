"""The format of a workspace: the number in content/edition.yaml that says what its files are like.

A format is read for one version after the next has come; `reportcard migrate` rewrites its files.
"""

from collections.abc import Iterator
from typing import Final

from reportcard.content.rules import EDITION_EARLIER, EDITION_NEWER
from reportcard.content.tree import Tree
from reportcard.problems.problem import Problem

FORMAT: Final = 2
"""The format that this version writes and reads without a note."""
FIRST: Final = 1
"""The format of a workspace that names none."""


def format_of(edition: Tree) -> int | None:
    """The format that an edition's file names, the first if it names none; None if it names
    something that is not a format.
    """
    if all(key != "format" for key in edition.root.entries):
        return FIRST
    number = str(edition.text("format") or "")
    is_number = number.isascii() and number.isdigit() and len(number) < 5
    return int(number) if is_number and int(number) >= FIRST else None


def format_problems(edition: Tree) -> Iterator[Problem]:
    """What is wrong with the format: it is one that this version does not know yet (an error, and
    nothing else of the workspace can be judged), or an earlier one (a note).
    """
    found = format_of(edition)
    if found is not None and found > FORMAT:
        yield EDITION_NEWER.at(edition.at("format"), found=str(found), known=str(FORMAT))
    elif found is not None and found < FORMAT:
        yield EDITION_EARLIER.at(edition.at("format"), found=str(found), known=str(FORMAT))
