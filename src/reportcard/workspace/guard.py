"""Where a command writes what a person asked for: the one place that judges a file they named,
before any work is done.

A slip of the hand may name what is read, a file of the content, a folder or a device: none of these
is ever overwritten.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import Final

from reportcard.errors import ExitCode, ReportCardError
from reportcard.messages.message import Message, message
from reportcard.workspace.system import reason
from reportcard.workspace.workspace import MARK

#: Folders of a workspace that hold what people made.
_MADE_BY_PEOPLE: Final = frozenset({"content", "styles", "figures"})


def destinations(named: Sequence[Path], inputs: Iterable[Path] = ()) -> tuple[Path, ...]:
    """The files to write where a person named these, absolute; a link is followed to the file that
    it leads to.

    Raises ReportCardError (USAGE) if one is a folder, a device or below a file, is one of the
    inputs, lies among the files that people write in a workspace, or if two would overwrite each
    other; (OUTPUT) if its folder may not be read.
    """
    known = tuple(inputs)
    found = tuple(_destination(path, known) for path in named)
    for one, other in combinations(found, 2):
        if _is_same(one, other) or one in other.parents or other in one.parents:
            raise ReportCardError(
                message(
                    "the output paths {one} and {other} conflict.", one=str(one), other=str(other)
                ),
                code=ExitCode.USAGE,
                advice=message("Choose a different file for each."),
            )
    return found


def output_folder(named: Path) -> Path:
    """The folder that a command writes to, absolute; it may still have to be made. Raises
    ReportCardError (OUTPUT), before any work is done, if a file or a link to nowhere is in its
    place, or a file is above it.
    """
    path = named.absolute()
    try:
        there = next(one for one in (path, *path.parents) if one.exists() or one.is_symlink())
        is_folder = there.is_dir()
    except OSError:
        return path  # what writes into it says why it cannot
    if not is_folder:
        raise ReportCardError(
            message(
                "cannot write to {path}: {reason}.",
                path=str(path),
                reason=message("a file or folder with this name already exists")
                if there == path
                else message("there is a file where a folder is needed"),
            ),
            code=ExitCode.OUTPUT,
            advice=message(
                (
                    "Free up space, grant write permission, move whatever is in the way, or choose "
                    "another folder with --output. {state}"
                ),
                state=message("Nothing was changed."),
            ),
        )
    return path


def _destination(named: Path, inputs: Sequence[Path]) -> Path:
    try:
        path = named.resolve()
        fault = next(_faults(named, path, inputs), None)
    except (OSError, RuntimeError) as error:
        raise ReportCardError(
            message("cannot write {file}: {reason}.", file=str(named), reason=reason(error)),
            code=ExitCode.OUTPUT,
            advice=message("Choose another file."),
        ) from error
    if fault:
        words, advice = fault
        raise ReportCardError(words, code=ExitCode.USAGE, advice=advice)
    return path


def _faults(named: Path, path: Path, inputs: Sequence[Path]) -> Iterator[tuple[Message, Message]]:
    """Why the file that a person named, at a path, must not be written, and what to do."""
    file = str(named)
    if not path.name or path.is_dir():
        yield (
            message("{file} is a folder, not a file.", file=file),
            message("Specify a file inside it."),
        )
    if path.exists() and not path.is_file():
        yield (
            message("{file} is a device or a pipe, not a file.", file=file),
            message("Specify a file, or omit the output option to print to the terminal."),
        )
    there = next((parent for parent in path.parents if parent.exists()), path)
    if there.is_file():
        yield (
            message(
                "{file} cannot be inside {other}, which is a file.", file=file, other=str(there)
            ),
            message("Specify a path inside a folder, not inside a file."),
        )
    if any(_is_same(path, one) for one in inputs):
        yield (
            message("{file} is also an input file.", file=file),
            message("Write to another file, so that this one is not overwritten."),
        )
    if workspace := _workspace_of_content(path):
        yield (
            message(
                "{file} is part of the content in workspace {workspace}.",
                file=file,
                workspace=str(workspace),
            ),
            message("Write to another folder, like output/."),
        )


def _is_same(one: Path, other: Path) -> bool:
    """Whether two paths are one file, also by names that this file system does not distinguish."""
    if one == other.resolve():
        return True
    return one.exists() and other.exists() and one.samefile(other)


def _workspace_of_content(path: Path) -> Path | None:
    """The workspace in whose content, styles or figures a file lies, if it lies there."""
    folders = (folder for folder in path.parents if folder.name.casefold() in _MADE_BY_PEOPLE)
    return next((folder.parent for folder in folders if (folder.parent / MARK).is_file()), None)
