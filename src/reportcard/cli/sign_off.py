"""Commands for the answers of reviewers: sign-off, comments."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from reportcard.cli.app import (
    WorkspaceOption,
    app,
    read_file,
    say,
    short,
)
from reportcard.cli.returned import returned_in
from reportcard.cli.reviews import regard_of, workspace_near
from reportcard.cli.terminal import as_file
from reportcard.errors import ExitCode, ReportCardError
from reportcard.messages.message import message
from reportcard.workspace.system import reason

if TYPE_CHECKING:
    from reportcard.review.tell.comments import Comment
    from reportcard.review.tell.sign_off import SignOff
    from reportcard.workspace.workspace import Workspace

#: The endings of translators' files.
_TRANSLATIONS: Final = (".xlf", ".xliff", ".sdlxliff", ".mqxliff", ".mxliff", ".po", ".xlsx")


class CommentFormat(StrEnum):
    """The forms of comments."""

    TEXT = "text"
    JSON = "json"
    XLSX = "xlsx"


_RecordArgument = Annotated[
    Path,
    typer.Argument(
        metavar="RECORD", help="The JSON file exported from the report.", readable=False
    ),
]
_FileArgument = Annotated[
    Path, typer.Argument(metavar="FILE", help="The PDF that was reviewed.", readable=False)
]
_OldOption = Annotated[
    Path | None,
    typer.Option(
        "--old",
        metavar="FILE",
        readable=False,
        help=(
            "Repeat the comparison with this old PDF.\n\nThe record must list every change "
            "that is found."
        ),
    ),
]


@app.command(
    name="sign-off",
    examples=("reportcard sign-off review.json output/peru-report-card-es.pdf",),
    help=(
        "A file is signed off if it is the file that was reviewed, every change has been marked "
        "as seen, and no change has been questioned."
    ),
)
def sign_off(record: _RecordArgument, file: _FileArgument, old: _OldOption = None) -> None:
    from reportcard.review.review import review
    from reportcard.review.sides import Couple
    from reportcard.review.tell.review_record import MAXIMUM_SIZE, read_record
    from reportcard.review.tell.sign_off import check_record

    written = read_file(record, message("Export it again from the report."), MAXIMUM_SIZE)
    data = read_file(file, message("Specify the PDF that was reviewed."))
    try:
        known = read_record(written)
    except ValueError as error:
        raise ReportCardError(
            message("{file} cannot be read: {reason}.", file=str(record), reason=reason(error)),
            code=ExitCode.UNREADABLE,
            advice=message("Export it again from the report."),
        ) from error
    comparison = None
    if old:
        read_file(old, message("Specify the PDF that the reviewed file was compared with."))
        regard = regard_of(workspace_near(None, str(file)), None, None, draws=False)
        (comparison,) = review(
            (Couple(file.name, old, file),), regard, None, lambda *_: None
        ).comparisons
        if comparison.failed:
            raise ReportCardError(
                message("the files cannot be compared: {reason}.", reason=comparison.failed),
                code=ExitCode.UNREADABLE,
                advice=message("Specify the PDFs that were compared in the review."),
            )
    result = check_record(known, file.name, data, comparison)
    if result.valid:
        typer.echo(
            message(
                "{file}: signed off by {reviewer}, {date}",
                file=str(file),
                reviewer=result.reviewer,
                date=result.date,
            )
        )
        _say_remarks(result)
        return
    typer.echo(message("{file}: not signed off", file=str(file)))
    _say_remarks(result)
    raise typer.Exit(ExitCode.DIFFERENT)


def _say_remarks(result: "SignOff") -> None:
    """Why a file is not signed off, and what was remarked on its changes."""
    for fault in result.reasons:
        typer.echo(f"  {fault}")
    for change in result.remarked:
        where = change.field or change.place or change.kind
        said = [(one.reviewer, one.remark) for one in change.thread]
        for reviewer, remark in (*said, (result.reviewer, change.remark)):
            if remark:
                text = " ".join(remark.split())
                typer.echo(f"  {where}: {reviewer}: {text}")


@app.command(
    examples=("reportcard comments reviewed.pdf --format xlsx -o comments.xlsx",),
    help=(
        "The location is the field, file and line in the content. Also reads Word documents "
        "created by `reportcard manuscript`, and translators' files."
    ),
)
def comments(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="The PDF, .docx or translator's file with comments.",
            readable=False,
        ),
    ],
    format: Annotated[
        CommentFormat, typer.Option(help="Output format: text, JSON or a spreadsheet.")
    ] = CommentFormat.TEXT,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help="Output file. Required for a spreadsheet."
        ),
    ] = None,
    workspace: WorkspaceOption = None,
) -> None:
    from reportcard.review.tell import comment_sheet
    from reportcard.review.tell.comments import as_json, as_text
    from reportcard.workspace.bounds import UnreadableError
    from reportcard.workspace.guard import destinations
    from reportcard.workspace.replacement import replace_files

    if format is CommentFormat.XLSX and output is None:
        raise ReportCardError(
            message("a spreadsheet cannot be printed to the terminal."),
            code=ExitCode.USAGE,
            advice=message("Specify an output file, for example: --output comments.xlsx"),
        )
    target = destinations([output], [file])[0] if output else None
    try:
        found = _comments_in(file, workspace_near(workspace, str(file)))
    except UnreadableError as error:
        raise ReportCardError(
            message("{file} cannot be read: {reason}.", file=str(file), reason=reason(error)),
            code=ExitCode.UNREADABLE,
            advice=message("Save it again in the program that was used to review it."),
        ) from error
    data = (
        comment_sheet.dumped(found)
        if format is CommentFormat.XLSX
        else as_file(as_json(found) if format is CommentFormat.JSON else as_text(found))
    )
    if not found:
        none = message("{file} has no comments.", file=str(file))
        advice = message(
            "If you expected comments, check that the file was saved after they were added."
        )
        say(f"{message('note')}: {none} {advice}")
    if target:
        replace_files(target.parent, {target.name: data})
        typer.echo(short(target))
    else:
        typer.echo(data.decode(), nl=False)


def _comments_in(file: Path, workspace: "Workspace | None") -> "tuple[Comment, ...]":
    """The comments in a PDF, a Word document or a translator's file, by its ending."""
    from reportcard.manuscript.comments import commented
    from reportcard.review.places import content_of
    from reportcard.review.tell.remarks import remarked
    from reportcard.review.tell.translator_comments import comments_in
    from reportcard.translation.export import MAXIMUM_SIZE

    content, ending = content_of(workspace), file.suffix.lower()
    advice = message("Check the file name.")
    if ending == ".docx":
        return commented(read_file(file, advice), file.name, content)
    if ending in _TRANSLATIONS:
        returned = returned_in(read_file(file, advice, MAXIMUM_SIZE), file)
        return comments_in(returned, workspace, content)
    return remarked(file, content)
