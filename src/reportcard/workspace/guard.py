"""Where a command writes what a person asked for: the one place that judges a file they named,
before any work is done.

A slip of the hand may name what is read, a file of the content, a folder or a device: none of these
is ever written over.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import Final

from reportcard.errors import ExitCode, ReportCardError
from reportcard.workspace.workspace import MARK

#: Folders of a workspace that hold what people made.
_MADE_BY_PEOPLE: Final = frozenset({"content", "styles", "figures"})


def destinations(named: Sequence[Path], inputs: Iterable[Path] = ()) -> tuple[Path, ...]:
    """The files to write where a person named these, absolute; a link is followed to the file that
    it leads to.

    Raises ReportCardError (USAGE) if one is a folder, a device or below a file, is one of the
    inputs, lies among the files that people write in a workspace, or if two would be written over
    each other; (OUTPUT) if nobody may look there.
    """
    known = tuple(inputs)
    found = tuple(_destination(path, known) for path in named)
    for one, other in combinations(found, 2):
        if _is_same(one, other) or one in other.parents or other in one.parents:
            raise _refused(
                f"{one} and {other} cannot both be written", "Name a file of its own for each."
            )
    return found


def _destination(named: Path, inputs: Sequence[Path]) -> Path:
    try:
        path = named.resolve()
        fault = next(_faults(path, inputs), None)
    except (
        OSError,
        RuntimeError,
    ) as error:  # no right to look there, a name too long, a link in a circle
        raise ReportCardError(
            f"cannot write {named}: {getattr(error, 'strerror', None) or error}.",
            code=ExitCode.OUTPUT,
            advice="Name another file.",
        ) from error
    if fault:
        what, advice = fault
        raise _refused(f"{named} {what}", advice)
    return path


def _faults(path: Path, inputs: Sequence[Path]) -> Iterator[tuple[str, str]]:
    if not path.name or path.is_dir():
        yield "is a folder, no file", "Name a file in it."
    if path.exists() and not path.is_file():
        yield (
            "is a device or a pipe, no file",
            "Name a file; without an output, what can be printed is printed.",
        )
    there = next((parent for parent in path.parents if parent.exists()), path)
    if there.is_file():
        yield f"lies below {there}, which is a file", "Name a file in a folder."
    if any(_is_same(path, one) for one in inputs):
        yield "is one of the files that are read", "Write to another file: it is not overwritten."
    if workspace := _workspace_of_content(path):
        yield (
            f"lies among the content of the workspace {workspace}",
            "Write to another folder, like output/.",
        )


def _is_same(one: Path, other: Path) -> bool:
    """Whether two paths are one file: also by names that only differ in ways that this file system
    does not tell apart.
    """
    if one == other.resolve():
        return True
    return one.exists() and other.exists() and one.samefile(other)


def _workspace_of_content(path: Path) -> Path | None:
    """The workspace in whose content, styles or figures a file lies, if it lies there."""
    folders = (folder for folder in path.parents if folder.name.casefold() in _MADE_BY_PEOPLE)
    return next((folder.parent for folder in folders if (folder.parent / MARK).is_file()), None)


def _refused(what: str, advice: str) -> ReportCardError:
    return ReportCardError(f"{what}.", code=ExitCode.USAGE, advice=advice)
