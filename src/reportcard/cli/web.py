"""The command that makes the web edition."""

import gc
from pathlib import Path
from typing import Annotated

import typer

from reportcard.cli.app import (
    Countries,
    Languages,
    WorkspaceOption,
    app,
    say_error,
    say_problems,
    short,
    workspace_at,
)
from reportcard.errors import ExitCode
from reportcard.messages.message import message
from reportcard.workspace.guard import output_folder


@app.command(
    examples=(
        "reportcard web",
        "reportcard web peru --language es",
        "reportcard web --output site",
    ),
    help=(
        "Each page is a single file that loads nothing else. Put it on any server, or send it by "
        "email."
    ),
)
def web(
    countries: Countries = None,
    language: Languages = None,
    output: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help="Folder for the pages. Default: output/web in the workspace."
        ),
    ] = None,
    workspace: WorkspaceOption = None,
) -> None:
    gc.disable()
    from reportcard.problems.problem import has_errors
    from reportcard.web.publication import publish_web

    found = workspace_at(workspace)
    folder = output_folder(output or found.output / "web")
    outcome = publish_web(found, tuple(countries or ()), tuple(language or ()), folder)
    say_problems(outcome.problems, found)
    for path in outcome.written:
        typer.echo(short(path))
    if outcome.withheld:
        errors = sum(has_errors([problem]) for problem in outcome.problems)
        say_error(
            message(
                "{cards} was not published: {errors} above.",
                "{cards} were not published: {errors} above.",
                n=len(outcome.withheld),
                cards=outcome.withheld,
                errors=message("{n} error", "{n} errors", n=errors),
            ),
            message("Earlier pages are unchanged."),
        )
    elif outcome.code is not ExitCode.OK:
        say_error(
            message("no pages were built."),
            message("Fix the errors above. Previously built pages are unchanged."),
        )
    elif not outcome.written:
        say_error(
            message("there are no cards in this workspace."),
            message("Start one with: reportcard new NAME"),
        )
    raise typer.Exit(outcome.code)
