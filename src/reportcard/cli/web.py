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


@app.command(
    examples=(
        "reportcard web",
        "reportcard web peru --language es",
        "reportcard web --output site",
    ),
    help=(
        "Make the cards' web pages and the list of them. Each page is one file that loads nothing,"
        " for any server or mail."
    ),
)
def web(
    countries: Countries = None,
    language: Languages = None,
    output: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help="Where the pages go; without it, output/web of the workspace."
        ),
    ] = None,
    workspace: WorkspaceOption = None,
) -> None:
    gc.disable()
    from reportcard.web.publication import publish_web

    found = workspace_at(workspace)
    folder = (output or found.output / "web").absolute()
    outcome = publish_web(found, tuple(countries or ()), tuple(language or ()), folder)
    say_problems(outcome.problems, found)
    for path in outcome.written:
        typer.echo(short(path))
    if outcome.withheld:
        say_error(
            f"withheld: {', '.join(outcome.withheld)}.",
            "Mend the problems above. Earlier pages are unchanged.",
        )
    elif outcome.code is not ExitCode.OK:
        say_error("nothing was made.", "Mend the problems above. Earlier pages are unchanged.")
    elif not outcome.written:
        say_error("there is no card in this workspace.", "Begin one with: reportcard new COUNTRY")
    raise typer.Exit(outcome.code)
