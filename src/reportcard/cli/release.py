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


@app.command(
    examples=(
        "reportcard release 1.0 --dry-run",
        "reportcard release 1.0",
        "reportcard release 2026-11 peru",
    ),
    help=(
        "Make all that goes out, in a folder of output/releases/ and as a zip; refused while"
        " anything stands against it."
    ),
)
def release(
    version: Annotated[
        str,
        typer.Argument(metavar="VERSION", help="Its name, like 1.0 or 2026-11; each is made once."),
    ],
    countries: Countries = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what stands against it; write no release.")
    ] = False,
    scoreboard: Annotated[
        bool,
        typer.Option(
            "--scoreboard/--no-scoreboard",
            help="With or without the card that compares all countries.",
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
        count = len(released.reasons)
        say_error(
            f"release {version} is refused, for {count} reason{'s' if count > 1 else ''}.",
            "Mend what stands above. Nothing was written.",
        )
        raise typer.Exit(ExitCode.WITHHELD)
    if released.folder is None:
        typer.echo(f"nothing stands against release {version}")
        return
    typer.echo(short(released.folder))
    for archive in released.folder.glob("*.zip"):
        typer.echo(short(archive))
