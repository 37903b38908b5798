"""The command that rewrites a workspace of an earlier format."""

import sys
from typing import Annotated

import typer

from reportcard.cli.app import (
    WorkspaceOption,
    app,
    say,
    say_error,
    say_problems,
    workspace_at,
)
from reportcard.errors import ExitCode, ReportCardError
from reportcard.messages.message import message


@app.command(
    examples=("reportcard migrate --dry-run", "reportcard migrate"),
    help="Shows all changes first, and asks before it writes them. Comments and layout are kept.",
)
def migrate(
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show the changes, without writing anything.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Write the changes without asking.")] = False,
    workspace: WorkspaceOption = None,
) -> None:
    from reportcard.build.migration import migrate, migration

    found = workspace_at(workspace)
    made, problems = migration(found)
    if made is None:
        say_problems(problems, found)
        say_error(message("the workspace was not changed."), message("Fix the problem above."))
        raise typer.Exit(ExitCode.CONTENT)
    if not made.after:
        typer.echo(
            message("This workspace is already in format {format}.", format=str(made.format))
        )
        return
    for line in made.diff():
        typer.echo(line)
    if dry_run:
        say(message("Nothing was written: this is a dry run."))
        return
    if not yes:
        _ask()
    for file in migrate(found, made):
        typer.echo(file)
    typer.echo(
        message(
            "Migrated from format {old} to {new}. Run `reportcard check` next.",
            old=str(made.found),
            new=str(made.format),
        )
    )


def _ask() -> None:
    """Ends the command unless a person at a terminal says yes."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise ReportCardError(
            message("the changes above were not written."),
            code=ExitCode.USAGE,
            advice=message("Add --yes to write them."),
        )
    if not typer.confirm(str(message("Write these changes?")), err=True):
        say(message("Nothing was written."))
        raise typer.Exit
