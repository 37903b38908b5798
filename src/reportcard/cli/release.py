"""The command that makes a release."""

import gc
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from reportcard.cli.app import (
    Countries,
    EveryProblem,
    WorkspaceOption,
    app,
    progress,
    say,
    say_error,
    say_problems,
    say_tally,
    short,
    workspace_at,
)
from reportcard.errors import ExitCode
from reportcard.messages.message import message

if TYPE_CHECKING:
    from reportcard.workspace.workspace import Workspace


@app.command(
    examples=(
        "reportcard release 1.0 --dry-run",
        "reportcard release 1.0",
        "reportcard release 1.0.1 --set-version",
        "reportcard release 2026-11 peru",
    ),
    help="Saves it in output/releases/. If a problem blocks it, nothing is written.",
)
def release(
    version: Annotated[
        str,
        typer.Argument(
            metavar="VERSION", help="Release name, e.g. 1.0 or 2026-11. Cannot be reused."
        ),
    ],
    countries: Countries = None,
    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", help="Show what blocks the release, without writing anything."),
    ] = False,
    scoreboard: Annotated[
        bool,
        typer.Option(
            "--scoreboard/--no-scoreboard",
            help="Include the scoreboard.",
        ),
    ] = True,
    set_version: Annotated[
        bool,
        typer.Option(
            "--set-version",
            help="Write the version and today's date to content/edition.yaml first.",
        ),
    ] = False,
    workspace: WorkspaceOption = None,
    every: EveryProblem = False,
) -> None:
    gc.disable()
    from reportcard.release.bundle import Wanted, release

    found = workspace_at(workspace)
    _offer_imprint(found, version, set_version=set_version, dry_run=dry_run)
    with progress() as tell:
        released = release(
            found, Wanted(version, tuple(countries or ()), scoreboard, dry_run), tell
        )
    problems = (*released.reasons, *released.notes)
    say_problems(problems, found, every=every)
    say_tally(problems, found, countries)
    if released.reasons:
        say_error(
            message(
                "release {version} was not created: {n} error above.",
                "release {version} was not created: {n} errors above.",
                n=len(released.reasons),
                version=version,
            ),
            message("Fix the errors above and try again. Nothing was written."),
        )
        raise typer.Exit(ExitCode.WITHHELD)
    if released.folder is None:
        typer.echo(message("nothing blocks release {version}", version=version))
        return
    typer.echo(short(released.folder))
    for archive in released.folder.glob("*.zip"):
        typer.echo(short(archive))


def _offer_imprint(
    workspace: "Workspace", version: str, *, set_version: bool, dry_run: bool
) -> None:
    """Shows which lines of the edition have another version or date than the release, and writes
    them if that is wanted, or if a person at a terminal says yes.
    """
    from reportcard.release.folder import check_version
    from reportcard.release.imprint import imprint
    from reportcard.versions import RELEASES

    is_asked = sys.stdin.isatty() and sys.stderr.isatty() and not dry_run
    if not (set_version or is_asked):
        return
    check_version(workspace.output / RELEASES, version)
    found = imprint(workspace, version, datetime.now(UTC).astimezone().date())
    if found is None:
        return
    for line in found.lines:
        say(f"{line.place}: {line.old} → {line.new}")
    if dry_run:
        say(message("Nothing was written: this is a dry run."))
    elif set_version or typer.confirm(
        str(message("Set this version and date on the cards?")), err=True
    ):
        found.write(workspace)
