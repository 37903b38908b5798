"""The program's frame: its options, and how it speaks to people. No command is here."""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, TextIO

import typer

from reportcard.cli.commands import Commands, Program
from reportcard.cli.terminal import shown, terminal
from reportcard.errors import ExitCode, ReportCardError
from reportcard.messages.message import Message, message
from reportcard.workspace.media import Medium, known_editions
from reportcard.workspace.system import reason

if TYPE_CHECKING:
    from reportcard.build.request import Tell
    from reportcard.problems.problem import Problem
    from reportcard.workspace.workspace import Workspace

#: No more letters of what was typed are repeated.
_LONGEST: Final = 80

app = Commands(
    "reportcard",
    cls=Program,
    help=(
        "Create country report cards in every language.\n\nContent files become PDFs "
        "(for screen, print and archiving), web pages, and files for translators."
    ),
)

WorkspaceOption = Annotated[
    Path | None,
    typer.Option(
        "--workspace",
        metavar="DIR",
        help="Workspace folder. Default: this folder or one above it.",
    ),
]
Countries = Annotated[
    list[str] | None,
    typer.Argument(metavar="CARD", help="Folders in content/. Default: all cards."),
]
Languages = Annotated[
    list[str] | None,
    typer.Option("--language", metavar="CODE", help="Only this language. Can be repeated."),
]
# Whether files can be read is found when they are read, and told in the reader's language.
Files = Annotated[list[Path], typer.Argument(metavar="FILE", help="PDF files.", readable=False)]
EveryProblem = Annotated[
    bool, typer.Option("--all", help="List every problem, including similar ones.")
]


class ReportFormat(StrEnum):
    """How problems are written."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"
    GITHUB = "github"


Editions = Annotated[
    list[str] | None,
    typer.Option(
        "--edition",
        metavar="|".join(Medium),
        help="The edition. Default: screen. Can be repeated.",
    ),
]


def editions_named(given: Sequence[str] | None, command: str) -> tuple[str, ...]:
    """The editions that a person named, each once. Raises ReportCardError (USAGE) for one that
    does not exist.
    """
    known = known_editions()
    for name in given or ():
        if name not in known:
            raise ReportCardError(
                message(
                    'invalid value "{value}" for {name}.', name="--edition", value=name[:_LONGEST]
                ),
                code=ExitCode.USAGE,
                advice=message(
                    "Use one of: {values}. See {command}.",
                    values=known,
                    command=f"reportcard {command} --help",
                ),
            )
    return tuple(dict.fromkeys(given or ()))


def workspace_at(given: Path | None) -> "Workspace":
    from reportcard.workspace.workspace import Workspace

    return Workspace.find(given or Path.cwd())


def nearest(file: Path) -> Path:
    """The file's folder if it is in a workspace, else the current one: a file that was sent
    somewhere.
    """
    from reportcard.workspace.workspace import MARK

    folder = file.resolve().parent
    return (
        folder
        if any((place / MARK).is_file() for place in (folder, *folder.parents))
        else Path.cwd()
    )


def short(path: Path) -> str:
    """The path as one would type it here."""
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)


def read_file(file: Path, advice: Message | str, maximum: int | None = None) -> bytes:
    """The bytes of a file that a person named. Raises ReportCardError (UNREADABLE), with advice, if
    it has none or too many.
    """
    from reportcard.workspace.bounds import UnreadableError, read
    from reportcard.workspace.system import MAXIMUM_SIZE

    try:
        return read(file, maximum or MAXIMUM_SIZE)
    except UnreadableError as error:
        raise ReportCardError(
            message("{file} cannot be read: {reason}.", file=str(file), reason=reason(error)),
            code=ExitCode.UNREADABLE,
            advice=advice,
        ) from error


def say(text: Message | str, *, nl: bool = True) -> None:
    """Prints to standard error. If that is full or closed, nobody can be warned, and the work goes
    on.
    """
    try:
        typer.echo(shown(str(text)), nl=nl, err=True)
    except OSError:
        silence(sys.stderr)


def silence(stream: TextIO) -> None:
    """Sends all that is printed to a stream from now on nowhere, and what it still holds back."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def say_problems(
    problems: "Sequence[Problem]", workspace: "Workspace", *, every: bool = True
) -> None:
    from reportcard.problems.formats import Format, report

    say(report(problems, Format.TEXT, workspace, every=every), nl=False)


def say_tally(
    problems: "Sequence[Problem]", workspace: "Workspace", countries: Sequence[str] | None = None
) -> None:
    """The count of problems by card: of the countries named, or of all."""
    from reportcard.problems.formats import tally

    if line := tally(problems, countries or cards_of(workspace)):
        say(line)


def cards_of(workspace: "Workspace") -> tuple[str, ...]:
    """The countries that have a card."""
    return tuple(name for name in workspace.countries() if _has_card(workspace, name))


def _has_card(workspace: "Workspace", country: str) -> bool:
    try:
        return any(workspace.languages(country))
    except OSError:  # whatever cannot be read may be a card
        return True


def say_error(fault: Message | str, advice: Message | str = "") -> None:
    say(f"{message('error')}: {fault} {advice}".rstrip())


@contextmanager
def progress() -> "Iterator[Tell]":
    """A bar on a terminal, plain lines elsewhere."""
    if not sys.stderr.isatty():
        yield lambda name, done, total: say(f"{done + 1}/{total} {name}")
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    # No thread of its own: it would keep workers from being forked from this process.
    with Progress(
        *columns, console=Console(file=terminal(sys.stderr)), transient=True, auto_refresh=False
    ) as bar:
        task = bar.add_task(str(message("reading")), total=None)

        def tell(name: str, done: int, total: int) -> None:
            bar.update(task, description=shown(name), completed=done, total=total, refresh=True)

        yield tell
