"""Commands on rules: the problems of the content, and what a rule asks for."""

import gc
from typing import Annotated

import typer

from reportcard.cli.app import (
    Countries,
    EveryProblem,
    ReportFormat,
    WorkspaceOption,
    app,
    say,
    say_tally,
    workspace_at,
)
from reportcard.cli.corrections import correct
from reportcard.errors import ExitCode, ReportCardError
from reportcard.messages.message import message


@app.command(
    examples=(
        "reportcard check",
        "reportcard check peru --layout --strict",
        "reportcard check --format github",
        "reportcard check --fix --dry-run",
        "reportcard check --messages es",
    ),
    help=(
        "Checks facts, notes, links, languages and spelling; with --layout, the pages, too.\n\n"
        "With --fix, corrects every problem that has only one right answer, in all languages at "
        "once, and shows each change. Typed scores and ranks are replaced with values; spaces, "
        "quotation marks and abbreviations are corrected."
    ),
)
def check(
    countries: Countries = None,
    layout: Annotated[
        bool, typer.Option("--layout", help="Also check the laid-out pages.")
    ] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Fail on warnings, too.")] = False,
    fix: Annotated[
        bool,
        typer.Option("--fix", help="Correct problems that have only one right answer, then check."),
    ] = False,
    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", help="Show what --fix would change, without writing anything."),
    ] = False,
    format: Annotated[
        ReportFormat, typer.Option(help="Output format: text, or a format for other programs.")
    ] = ReportFormat.TEXT,
    workspace: WorkspaceOption = None,
    every: EveryProblem = False,
) -> None:
    gc.disable()
    from reportcard.build.pipeline import check
    from reportcard.problems.formats import Format, report
    from reportcard.problems.problem import Severity

    found = workspace_at(workspace)
    if fix or dry_run:
        # Programs read the problems alone
        tell = typer.echo if format is ReportFormat.TEXT else say
        correct(found, tuple(countries or ()), tell, dry_run=dry_run)
    problems = check(found, tuple(countries or ()), layout=layout)
    typer.echo(report(problems, Format(format.value), found, every=every), nl=False)
    say_tally(problems, found, countries)
    grave = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    raise typer.Exit(
        ExitCode.CONTENT if any(problem.severity in grave for problem in problems) else ExitCode.OK
    )


@app.command(
    examples=(
        "reportcard explain NOTE-UNUSED",
        "reportcard explain NOTE-UNUSED --messages es",
        "reportcard explain --all",
    ),
)
def explain(
    code: Annotated[
        str | None,
        typer.Argument(metavar="CODE", help="The code in brackets on the first line of a problem."),
    ] = None,
    every: Annotated[
        bool, typer.Option("--all", help="Print all rules, as in docs/rules.md and docs/reglas.md.")
    ] = False,
) -> None:
    from reportcard.problems.handbook import explain, handbook
    from reportcard.problems.registry import every_rule

    if every:
        typer.echo(handbook(), nl=False)
    elif code and code.upper() in every_rule():
        typer.echo(explain(every_rule()[code.upper()]))
    else:
        raise _unknown_rule(code, tuple(every_rule()))


def _unknown_rule(code: str | None, known: tuple[str, ...]) -> ReportCardError:
    import difflib

    near = tuple(difflib.get_close_matches((code or "").upper(), known))
    return ReportCardError(
        message('unknown rule "{code}".', code=code) if code else message("CODE is missing."),
        code=ExitCode.USAGE,
        advice=message("Did you mean {near}?", near=near)
        if near
        else message("List all rules with: reportcard explain --all"),
    )
