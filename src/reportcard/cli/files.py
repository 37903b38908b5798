"""Commands that take PDFs: preflight and verify."""

import gc
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reportcard.cli.app import (
    Files,
    ReportFormat,
    WorkspaceOption,
    app,
    editions_named,
    nearest,
    say,
    say_error,
    say_problems,
    workspace_at,
)
from reportcard.errors import ExitCode, ReportCardError
from reportcard.messages.message import message
from reportcard.workspace.card_files import card_file
from reportcard.workspace.media import Medium

if TYPE_CHECKING:
    from reportcard.pdf.preflight import Inspection


_EditionOption = Annotated[
    list[str] | None,
    typer.Option(
        "--edition",
        metavar="|".join(Medium),
        help="Edition to check against. Default: as declared in the file.",
    ),
]
_FormatOption = Annotated[
    ReportFormat, typer.Option(help="Output format: text, or a format for other programs.")
]


@app.command(
    examples=(
        "reportcard preflight output/*.pdf",
        "reportcard preflight card.pdf --edition print",
    ),
    help=(
        "The standards are PDF/UA-1 for screen, PDF/X-4 for print, and PDF/A-3a for archiving. "
        "The files can come from any program."
    ),
)
def preflight(
    files: Files,
    edition: _EditionOption = None,
    format: _FormatOption = ReportFormat.TEXT,
) -> None:
    from reportcard.pdf.inspection import inspect
    from reportcard.problems.formats import Format, report
    from reportcard.problems.problem import Problem

    problems: list[Problem] = []
    asked = editions_named(edition, "preflight")
    inspections = [inspect(file, asked or _editions_of(file)) for file in files]
    for inspection in inspections:
        any_claimed = any(verdict.claimed for verdict in inspection.verdicts)
        problems.extend([inspection.unreadable] if inspection.unreadable else [])
        for verdict in inspection.verdicts:
            if edition or verdict.claimed or not any_claimed:
                problems.extend(verdict.problems)
        if format is ReportFormat.TEXT and not inspection.unreadable:
            _print_verdicts(inspection)
    (say if format is ReportFormat.TEXT else typer.echo)(
        report(problems, Format(format.value), None), nl=False
    )
    if any(inspection.unreadable for inspection in inspections):
        raise typer.Exit(ExitCode.UNREADABLE)
    met = (
        all(one.is_met for one in each.verdicts) if edition else each.passes for each in inspections
    )
    raise typer.Exit(ExitCode.OK if all(met) else ExitCode.PREFLIGHT)


def _editions_of(file: Path) -> tuple[str, ...]:
    """The program's own editions, and that of a package if the file is named like one."""
    found = card_file(file.stem)
    return tuple(dict.fromkeys((*Medium, found.medium if found else Medium.SCREEN)))


def _print_verdicts(inspection: "Inspection") -> None:
    from reportcard.problems.problem import has_errors

    pages = message("{n} page", "{n} pages", n=inspection.pages)
    typer.echo(f"{inspection.name}: {pages}")
    for verdict in inspection.verdicts:
        errors = sum(has_errors([problem]) for problem in verdict.problems)
        result = (
            message("met")
            if verdict.is_met
            else message("not met: {n} error", "not met: {n} errors", n=errors)
        )
        claim = f" {message('(according to the file)')}" if verdict.claimed else ""
        typer.echo(f"  {verdict.medium:8} {verdict.standard:9} {result}{claim}")


@app.command(
    examples=("reportcard verify output/*.pdf",),
    help="Rebuilds each card in a temporary folder and lists the differences.",
)
def verify(files: Files, workspace: WorkspaceOption = None) -> None:
    gc.disable()
    from reportcard.build.verify import verify

    found = workspace_at(workspace or nearest(files[0]))
    code = ExitCode.OK
    for file in files:
        try:
            result = verify(found, file)
        except ReportCardError as error:
            say_error(error.message, error.advice)
            code = max(code, error.code)
            continue
        if result.problems:
            say_problems(result.problems, found)
            say_error(
                message("{file} cannot be rebuilt.", file=str(file)),
                message("Fix the errors above."),
            )
            code = max(code, result.code)
        elif result.differences:
            typer.echo(message("{file}: differs from the content", file=str(file)))
            for difference in result.differences:
                typer.echo(f"  {difference}")
            code = max(code, ExitCode.DIFFERENT)
        else:
            typer.echo(message("{file}: matches the content", file=str(file)))
    raise typer.Exit(code)
