"""`reportcard` alone: where the reader is, what to do next, where help is."""

from pathlib import Path
from typing import Annotated

import typer

from reportcard import __version__
from reportcard.cli.app import app, cards_of
from reportcard.cli.help import listed, summary
from reportcard.errors import ReportCardError
from reportcard.messages.message import Message, message


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
            "--version", callback=_version, is_eager=True, help="Print the version and exit."
        ),
    ] = False,
    # Taken off the command line before it is parsed, so that it may be anywhere (`cli.language`)
    __: Annotated[
        str | None,
        typer.Option(
            "--messages",
            metavar="CODE",
            help="Language of messages and help: en or es.\n\nCan also be used after a command.",
        ),
    ] = None,
) -> None:
    if context.invoked_subcommand is None:
        typer.echo(_first_page())


def _first_page() -> str:
    place, arguments = _whereabouts()
    rows = [
        (f"reportcard {name} {argument}".rstrip(), summary(name))
        for name, argument in arguments.items()
    ]
    help_pages = [
        ("reportcard --help", str(message("List all commands"))),
        ("reportcard build --help", str(message("Show help for one command, such as build"))),
    ]
    return "\n\n".join(
        (
            f"reportcard {__version__}\n{place}",
            listed(message("Next"), rows, max(len(line) for line, _ in rows)),
            listed(message("Help"), help_pages),
        )
    )


def _whereabouts() -> tuple[Message, dict[str, str]]:
    """Where the current folder is, and the commands that help there, with an argument."""
    from reportcard.workspace.workspace import Workspace

    try:
        workspace = Workspace.find(Path.cwd())
    except ReportCardError:
        return (
            message("There is no workspace in this folder or above it."),
            {"init": "my-cards", "compare": "old.pdf new.pdf", "preflight": "card.pdf"},
        )
    folder = str(workspace.root)
    if cards := cards_of(workspace):
        return (
            message("Workspace: {folder}\nCards: {cards}", folder=folder, cards=cards),
            {"preview": "", "check": "", "build": "", "translations": "status"},
        )
    return (
        message("Workspace: {folder} (no cards yet)", folder=folder),
        {"new": "peru", "intake": "peru.docx", "explain": "--all"},
    )
