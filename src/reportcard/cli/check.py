"""Commands for what is wrong: the problems of the content, and what a rule asks."""

import gc
from typing import Annotated

import typer

from reportcard.cli.app import (
    EPILOG,
    Countries,
    ReportFormat,
    WorkspaceOption,
    app,
    say,
    workspace_at,
)
from reportcard.errors import ExitCode, ReportCardError


@app.command(
    epilog=(
        "Examples:  reportcard check · reportcard check peru --layout --strict · reportcard check"
        f" --format github\n\n{EPILOG}"
    ),
    help=(
        "Say what is wrong with the content, without making a PDF: facts, notes, links, languages,"
        " spelling."
    ),
)
def check(
    countries: Countries = None,
    layout: Annotated[
        bool, typer.Option("--layout", help="Lay the pages out and check them too.")
    ] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Fail on warnings too.")] = False,
    format: Annotated[
        ReportFormat, typer.Option(help="For people or for programs.")
    ] = ReportFormat.TEXT,
    workspace: WorkspaceOption = None,
) -> None:
    gc.disable()
    from reportcard.build.pipeline import check
    from reportcard.problems.formats import Format, report
    from reportcard.problems.problem import Severity

    found = workspace_at(workspace)
    problems = check(found, tuple(countries or ()), layout=layout)
    typer.echo(report(problems, Format(format.value), found), nl=False)
    grave = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    counts = [
        sum(problem.severity is one for problem in problems)
        for one in (Severity.ERROR, Severity.WARNING)
    ]
    say(
        ", ".join(
            f"{count} {kind}{'' if count == 1 else 's'}"
            for count, kind in zip(counts, ("error", "warning"), strict=True)
        )
    )
    raise typer.Exit(
        ExitCode.CONTENT if any(problem.severity in grave for problem in problems) else ExitCode.OK
    )


@app.command(
    epilog=f"Examples:  reportcard explain NOTE-UNUSED · reportcard explain --all\n\n{EPILOG}",
    help="Say what a rule asks and why, with a wrong and a right example.",
)
def explain(
    code: Annotated[
        str | None,
        typer.Argument(metavar="[CODE]", help="The code in brackets at the end of a message."),
    ] = None,
    every: Annotated[
        bool, typer.Option("--all", help="All rules, as docs/rules.md has them.")
    ] = False,
) -> None:
    from reportcard.problems.handbook import explain, handbook
    from reportcard.problems.registry import every_rule

    if every:
        typer.echo(handbook(), nl=False)
    elif code and code.upper() in every_rule():
        typer.echo(explain(every_rule()[code.upper()]))
    else:
        import difflib

        near = difflib.get_close_matches((code or "").upper(), every_rule(), n=3)
        advice = (
            f"Did you mean {' or '.join(near)}?" if near else "All rules: reportcard explain --all"
        )
        raise ReportCardError(
            f"there is no rule “{code or ''}”.", code=ExitCode.USAGE, advice=advice
        )
