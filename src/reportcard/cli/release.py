"""The command that makes a release."""

import gc
from typing import Annotated

import typer

from reportcard.cli.app import (
    Countries,
    EveryProblem,
    WorkspaceOption,
    app,
    progress,
    say_error,
    say_problems,
    say_tally,
    short,
    workspace_at,
)
from reportcard.errors import ExitCode
from reportcard.messages.message import message


@app.command(
    examples=(
        "reportcard release 1.0 --dry-run",
        "reportcard release 1.0",
        "reportcard release 2026-11 peru",
    ),
    help=(
        "Make a release: all files, in a folder and as a zip.\n\nIt goes to output/releases/. While"
        " a problem blocks it, nothing is written."
    ),
)
def release(
    version: Annotated[
        str,
        typer.Argument(
            metavar="VERSION", help="Name the release, e.g. 1.0 or 2026-11. Each is made once."
        ),
    ],
    countries: Countries = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what blocks the release, and write nothing.")
    ] = False,
    scoreboard: Annotated[
        bool,
        typer.Option(
            "--scoreboard/--no-scoreboard",
            help="Include the scoreboard that compares all countries.",
        ),
    ] = True,
    workspace: WorkspaceOption = None,
    every: EveryProblem = False,
) -> None:
    gc.disable()
    from reportcard.release.bundle import Wanted, release

    found = workspace_at(workspace)
    with progress() as tell:
        released = release(
            found, Wanted(version, tuple(countries or ()), scoreboard), tell, dry_run=dry_run
        )
    problems = (*released.reasons, *released.notes)
    say_problems(problems, found, every=every)
    say_tally(problems, found, countries)
    if released.reasons:
        say_error(
            message(
                "release {version} was not made: {n} error above.",
                "release {version} was not made: {n} errors above.",
                n=len(released.reasons),
                version=version,
            ),
            message("Fix them and try again. Nothing was written."),
        )
        raise typer.Exit(ExitCode.WITHHELD)
    if released.folder is None:
        typer.echo(message("nothing blocks release {version}", version=version))
        return
    typer.echo(short(released.folder))
    for archive in released.folder.glob("*.zip"):
        typer.echo(short(archive))
