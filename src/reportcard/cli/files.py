"""Commands that take PDFs: preflight and verify."""

import gc
from typing import TYPE_CHECKING, Annotated

import typer

from reportcard.cli.app import (
    EPILOG,
    Files,
    ReportFormat,
    WorkspaceOption,
    app,
    nearest,
    say,
    say_error,
    say_problems,
    workspace_at,
)
from reportcard.errors import ExitCode, ReportCardError
from reportcard.workspace.media import Medium

if TYPE_CHECKING:
    from reportcard.pdf.preflight import Inspection


_EditionOption = Annotated[
    list[Medium] | None,
    typer.Option(
        "--edition",
        help=(
            "Ask for this edition's rules; without it, for those of the editions that the file"
            " says it is."
        ),
    ),
]
_FormatOption = Annotated[ReportFormat, typer.Option(help="For people or for programs.")]


@app.command(
    epilog=(
        "Examples:  reportcard preflight output/*.pdf · reportcard preflight card.pdf --edition"
        f" print\n\n{EPILOG}"
    ),
    help=(
        "Say of any PDF which edition's rules it meets: screen (PDF/UA-1), print (PDF/X-4), archive"
        " (PDF/A)."
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
    inspections = [inspect(file, tuple(dict.fromkeys(edition or Medium))) for file in files]
    for inspection in inspections:
        any_claimed = any(verdict.claimed for verdict in inspection.verdicts)
        problems.extend([inspection.unreadable] if inspection.unreadable else [])
        for verdict in inspection.verdicts:
            if edition or verdict.claimed or not any_claimed:
                problems.extend(verdict.problems)
        if format is ReportFormat.TEXT and not inspection.unreadable:
            _tell_verdicts(inspection)
    (say if format is ReportFormat.TEXT else typer.echo)(
        report(problems, Format(format.value), None), nl=False
    )
    if any(inspection.unreadable for inspection in inspections):
        raise typer.Exit(ExitCode.UNREADABLE)
    met = (
        all(one.is_met for one in each.verdicts) if edition else each.passes for each in inspections
    )
    raise typer.Exit(ExitCode.OK if all(met) else ExitCode.PREFLIGHT)


def _tell_verdicts(inspection: "Inspection") -> None:
    from reportcard.problems.problem import has_errors

    typer.echo(f"{inspection.name}: {inspection.pages} pages")
    for verdict in inspection.verdicts:
        faults = sum(has_errors([problem]) for problem in verdict.problems)
        said = "met" if verdict.is_met else f"not met, {faults} fault{'s' if faults > 1 else ''}"
        claim = " (as it says)" if verdict.claimed else ""
        typer.echo(f"  {verdict.medium:8} {verdict.standard:9} {said}{claim}")


@app.command(
    epilog=f"Example:  reportcard verify output/*.pdf\n\n{EPILOG}",
    help=(
        "Say whether a file is what the content makes, or what differs. The card is made again,"
        " apart."
    ),
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
            say_error(f"{file} cannot be made again.", "Mend the problems above.")
            code = max(code, result.code)
        elif result.differences:
            typer.echo(f"{file}: differs from what this content makes")
            for difference in result.differences:
                typer.echo(f"  {difference}")
            code = max(code, ExitCode.DIFFERENT)
        else:
            typer.echo(f"{file}: is what this content makes")
    raise typer.Exit(code)
