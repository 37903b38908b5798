"""Commands for what reviewers answer: sign-off, comments."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reportcard.cli.app import (
    WorkspaceOption,
    app,
    read_file,
    say_error,
    short,
)
from reportcard.cli.reviews import regard_of, workspace_near
from reportcard.errors import ExitCode, ReportCardError

if TYPE_CHECKING:
    pass


class CommentFormat(StrEnum):
    """How comments are told."""

    TEXT = "text"
    JSON = "json"
    XLSX = "xlsx"


@app.command(
    name="sign-off",
    examples=("reportcard sign-off review.json output/peru-report-card-es.pdf",),
    help=(
        "Say whether a reviewer's record signs a file: every change seen, none questioned, the file"
        " as it was."
    ),
)
def sign_off(
    record: Annotated[
        Path, typer.Argument(metavar="RECORD", help="The JSON file that the report exported.")
    ],
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The PDF that was reviewed.")],
    old: Annotated[
        Path | None,
        typer.Option(
            "--old",
            metavar="FILE",
            help=(
                "The PDF that it was compared with: its changes are found anew, and the record must"
                " have them all."
            ),
        ),
    ] = None,
) -> None:
    from reportcard.review.review import review
    from reportcard.review.sides import Couple
    from reportcard.review.tell.sign_off import MAXIMUM_SIZE, check_record, read_record

    written = read_file(record, "Export it again from the report.", MAXIMUM_SIZE)
    data = read_file(file, "Name the PDF that was reviewed.")
    try:
        known = read_record(written)
    except ValueError as error:
        raise ReportCardError(
            f"{record} cannot be read: {error}.",
            code=ExitCode.UNREADABLE,
            advice="Export it again from the report.",
        ) from error
    comparison = None
    if old:
        read_file(old, "Name the PDF that it was compared with.")
        regard = regard_of(workspace_near(None, str(file)), None, None, draws=False)
        (comparison,) = review(
            (Couple(file.name, old, file),), regard, None, lambda *_: None
        ).comparisons
        if comparison.failed:
            raise ReportCardError(
                f"the files cannot be compared: {comparison.failed.rstrip('.')}.",
                code=ExitCode.UNREADABLE,
                advice="Name the PDFs that were compared in the review.",
            )
    result = check_record(known, file.name, data, comparison)
    if result.valid:
        typer.echo(f"{file}: signed off by {result.reviewer}, {result.date}")
        return
    typer.echo(f"{file}: not signed off")
    for reason in result.reasons:
        typer.echo(f"  {reason}")
    raise typer.Exit(ExitCode.DIFFERENT)


@app.command(
    examples=("reportcard comments reviewed.pdf --format xlsx -o comments.xlsx",),
    help=(
        "List the remarks that reviewers left in a PDF, each with the field, file and line of the"
        " content that it is about."
    ),
)
def comments(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The PDF with the remarks.")],
    format: Annotated[
        CommentFormat, typer.Option(help="Text, JSON, or a sheet.")
    ] = CommentFormat.TEXT,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help="Where it is written; a sheet needs one."
        ),
    ] = None,
    workspace: WorkspaceOption = None,
) -> None:
    from reportcard.build.publish import replace_files
    from reportcard.pdf.inspection import UnreadableError
    from reportcard.review.places import content_of
    from reportcard.review.tell import comment_sheet
    from reportcard.review.tell.comments import as_json, as_text
    from reportcard.review.tell.remarks import remarked
    from reportcard.workspace.guard import destinations

    if format is CommentFormat.XLSX and output is None:
        raise ReportCardError(
            "a sheet is no text to print.",
            code=ExitCode.USAGE,
            advice="Name a file for it: --output comments.xlsx",
        )
    target = destinations([output], [file])[0] if output else None
    try:
        found = remarked(file, content_of(workspace_near(workspace, str(file))))
    except UnreadableError as error:
        raise ReportCardError(
            f"{file} cannot be read: {error}.",
            code=ExitCode.UNREADABLE,
            advice="Save it again in the program in which it was reviewed.",
        ) from error
    data = (
        comment_sheet.dumped(found)
        if format is CommentFormat.XLSX
        else (as_json(found) if format is CommentFormat.JSON else as_text(found)).encode()
    )
    if not found:
        say_error(f"{file} has no remarks.", "Was it saved after they were made?")
    if target:
        replace_files(target.parent, {target.name: data})
        typer.echo(short(target))
    else:
        typer.echo(data.decode(), nl=False)
