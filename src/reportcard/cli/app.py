"""The program's frame: its options, and how it speaks to people. No command is here."""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, TextIO

import typer

from reportcard import __version__
from reportcard.errors import ExitCode, ReportCardError
from reportcard.messages.message import Message
from reportcard.workspace.media import Medium

if TYPE_CHECKING:
    from reportcard.build.request import Tell
    from reportcard.messages.message import Message
    from reportcard.problems.problem import Problem
    from reportcard.workspace.workspace import Workspace

EPILOG: Final = (
    "Exit codes: 0 done · 1 withheld or different · 2 wrong usage · 3 no workspace · 4 content · 5"
    " layout · 6 output · 7 preflight · 8 unreadable."
)

app = typer.Typer(
    name="reportcard",
    help="Country report cards: from content files to print-ready PDF, in every language.",
    epilog=EPILOG,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

WorkspaceOption = Annotated[
    Path | None,
    typer.Option(
        "--workspace",
        metavar="DIR",
        help="The workspace; without it, the nearest at or above the current folder.",
    ),
]
Countries = Annotated[
    list[str] | None,
    typer.Argument(metavar="[COUNTRY]…", help="Folders of content/; none means all cards."),
]
Languages = Annotated[
    list[str] | None,
    typer.Option("--language", metavar="CODE", help="Only this language; may be repeated."),
]
Files = Annotated[list[Path], typer.Argument(metavar="FILE…", help="PDF files.")]


class ReportFormat(StrEnum):
    """How problems are told."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"
    GITHUB = "github"


Editions = Annotated[
    list[Medium] | None,
    typer.Option("--edition", help="screen (without it), print or archive; may be repeated."),
]


def _version(value: bool) -> None:
    if value:
        typer.echo(f"reportcard {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def _root(
    context: typer.Context,
    _: Annotated[
        bool,
        typer.Option(
            "--version", callback=_version, is_eager=True, help="Print the version and stop."
        ),
    ] = False,
) -> None:
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


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
    from reportcard.pdf.inspection import MAXIMUM_SIZE, UnreadableError, read

    try:
        return read(file, maximum or MAXIMUM_SIZE)
    except UnreadableError as error:
        raise ReportCardError(
            f"{file} cannot be read: {error}.", code=ExitCode.UNREADABLE, advice=advice
        ) from error


def say(text: Message | str, *, nl: bool = True) -> None:
    """Says something on the error channel. If that is full or closed, there is nobody to tell, and
    the work goes on.
    """
    try:
        typer.echo(text, nl=nl, err=True)
    except OSError:
        silence(sys.stderr)


def silence(stream: TextIO) -> None:
    """Lets all that is still said on a stream go nowhere, what it has kept back too."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def say_problems(problems: "Sequence[Problem]", workspace: "Workspace") -> None:
    from reportcard.problems.formats import Format, report

    say(report(problems, Format.TEXT, workspace), nl=False)


def say_error(message: Message | str, advice: Message | str = "") -> None:
    say(f"reportcard: {message} {advice}".rstrip())


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
        *columns, console=Console(stderr=True), transient=True, auto_refresh=False
    ) as bar:
        task = bar.add_task("reading", total=None)

        def tell(name: str, done: int, total: int) -> None:
            bar.update(task, description=name, completed=done, total=total, refresh=True)

        yield tell
