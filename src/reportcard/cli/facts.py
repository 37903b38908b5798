"""The command for facts: what a card claims, and what was found of it."""

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reportcard.cli.app import (
    WorkspaceOption,
    app,
    nearest,
    read_file,
    say_error,
    say_problems,
    short,
    workspace_at,
)
from reportcard.cli.terminal import as_file
from reportcard.errors import ExitCode, ReportCardError
from reportcard.messages.catalogue import reader
from reportcard.messages.message import message
from reportcard.workspace.owner import user_name

if TYPE_CHECKING:
    from reportcard.content.loading import Content
    from reportcard.review.facts.desk import FactDesk
    from reportcard.review.facts.verdicts import TakenSheet
    from reportcard.workspace.workspace import Workspace


class FactsFormat(StrEnum):
    """The forms of a fact sheet."""

    TEXT = "text"
    HTML = "html"
    XLSX = "xlsx"
    JSON = "json"


#: The most bytes of a workbook that comes back: the real card's has 30,000.
_MAXIMUM_SIZE = 20_000_000


_FormatOption = Annotated[
    FactsFormat, typer.Option(help="Output format: text, web page, spreadsheet or JSON.")
]
_OutputOption = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Output file. Required for a web page or a spreadsheet.",
    ),
]
_UnverifiedOption = Annotated[
    bool, typer.Option("--unverified", help="Only claims that are not verified.")
]
_TakeOption = Annotated[
    Path | None,
    typer.Option(
        "--take",
        metavar="FILE",
        help=(
            'Save the verdicts in a completed spreadsheet.\n\nThe verdicts are "verified", '
            '"doubtful" and "wrong"; "open" withdraws one. Rows that cannot be saved are listed.'
        ),
    ),
]
_ByOption = Annotated[
    str | None,
    typer.Option(
        "--by",
        metavar="NAME",
        help="Name for rows without one. Default: your user name on this computer.",
    ),
]


@app.command(
    examples=(
        "reportcard facts peru",
        "reportcard facts peru --format html --output peru-facts.html",
        "reportcard facts peru --format xlsx --output peru-facts.xlsx",
        "reportcard facts peru --take peru-facts.xlsx --by Ana",
    ),
    help=(
        "Each figure, date, law, name, score, rank and quotation is listed once, with its "
        "sentence in each language, its page, its note and the source address. Verdicts are "
        "entered in the spreadsheet and saved in content/COUNTRY/facts.status.yaml. Editing a "
        "claim reopens it."
    ),
)
def facts(
    country: Annotated[str, typer.Argument(help="A folder in content/.")],
    format: _FormatOption = FactsFormat.TEXT,
    output: _OutputOption = None,
    unverified: _UnverifiedOption = False,
    take: _TakeOption = None,
    by: _ByOption = None,
    workspace: WorkspaceOption = None,
) -> None:
    from reportcard.workspace.guard import destinations

    if take and (output or unverified or format is not FactsFormat.TEXT):
        raise ReportCardError(
            message("--take cannot be combined with output options."),
            code=ExitCode.USAGE,
            advice=message("Save the verdicts first, then run the command again without --take."),
        )
    if output is None and format in (FactsFormat.HTML, FactsFormat.XLSX):
        raise ReportCardError(
            message("a web page or spreadsheet cannot be printed to the terminal."),
            code=ExitCode.USAGE,
            advice=message(
                "Specify an output file, for example: --output {file}",
                file=f"{country}-facts.{format}",
            ),
        )
    if take:
        advice = message("Check the file name.")
        data = read_file(take, advice, _MAXIMUM_SIZE)
        found = workspace_at(workspace or nearest(take))
        content, desk = _desk(found, country)
        _take(found, desk, take, data, by)
        return
    target = destinations([output])[0] if output else None
    found = workspace_at(workspace)
    content, desk = _desk(found, country)
    _write(content, desk, format, target, unverified=unverified)


def _desk(workspace: "Workspace", country: str) -> "tuple[Content, FactDesk]":
    """The facts of a card, if all that they depend on can be read."""
    from reportcard.build.inventory import ordered
    from reportcard.content.loading import load
    from reportcard.problems.rule import Stage
    from reportcard.problems.waivers import judged
    from reportcard.review.facts.desk import fact_desk, unread

    loaded = load(workspace)
    if loaded.content is None:
        say_problems(judged(loaded.shared, {}, Stage.CONTENT), workspace)
        say_error(message("the content cannot be read."), message("Correct the problems above."))
        raise typer.Exit(ExitCode.CONTENT)
    ordered(loaded.content, (country,), ())
    problems = unread(loaded.content, country)
    if not problems:
        desk = fact_desk(workspace, loaded.content, country)
        problems = desk.problems
    if problems:
        say_problems(judged(problems, {}, Stage.CONTENT), workspace)
        raise ReportCardError(
            message("a file needed for this fact sheet cannot be read. Nothing was written."),
            code=ExitCode.CONTENT,
            advice=message("Correct the problems above, or undo your last change to that file."),
        )
    return loaded.content, desk


def _write(
    content: "Content",
    desk: "FactDesk",
    format: FactsFormat,
    target: Path | None,
    *,
    unverified: bool,
) -> None:
    from reportcard.review.facts import export, webpage, workbook
    from reportcard.review.facts.standing import tally
    from reportcard.workspace.replacement import replace_files

    judged = desk.judged
    country = judged.sheet.country
    chosen = judged.unverified if unverified else judged.facts
    match format:
        case FactsFormat.XLSX:
            data = workbook.dumped(judged, chosen, desk.pages)
        case FactsFormat.HTML:
            spoken = content.cards[country]
            language = reader() if reader() in spoken else judged.sheet.languages[0]
            title = (str(spoken[language].model.title), language)
            wording = content.wordings[language].model
            data = webpage.as_html(judged, chosen, desk.pages, title, wording)
        case FactsFormat.JSON:
            data = as_file(export.as_json(judged, chosen, desk.pages))
        case FactsFormat.TEXT:
            data = as_file(export.as_text(judged, chosen, desk.pages))
    if target is None:
        typer.echo(data.decode(), nl=False)
        return
    replace_files(target.parent, {target.name: data})
    typer.echo(short(target))
    typer.echo(tally(judged))


def _take(
    workspace: "Workspace", desk: "FactDesk", file: Path, data: bytes, by: str | None
) -> None:
    from reportcard.review.facts import record, workbook
    from reportcard.review.facts.standing import judged_sheet, tally
    from reportcard.review.facts.verdicts import Signature, taken_sheet
    from reportcard.workspace.replacement import replace_files

    sheet = desk.judged.sheet
    returned = workbook.read(data, file.name)
    if returned.country != sheet.country:
        raise ReportCardError(
            message(
                "{file} is the fact sheet for {other}, not for {country}.",
                file=str(file),
                other=returned.country[:40],
                country=sheet.country,
            ),
            code=ExitCode.USAGE,
            advice=message(
                "Specify the country that the spreadsheet is for, or choose another file."
            ),
        )
    today = date.today()
    signature = Signature(by and user_name(by), user_name(), today)
    result = taken_sheet(sheet, desk.records, returned.rows, signature)
    if result.taken:
        path = record.records_file(sheet.country)
        for written in replace_files(workspace.root, {path: record.dumped(result.records)}):
            typer.echo(short(written))
    _print_taken(result)
    typer.echo(tally(judged_sheet(sheet, result.records)))
    raise typer.Exit(ExitCode.DIFFERENT if result.rejected else ExitCode.OK)


def _print_taken(result: "TakenSheet") -> None:
    for fact, state in result.taken:
        typer.echo(f"  {state.label}: {fact.kind.label} {fact.first.words} ({fact.first.place})")
    counts = (
        message("{n} verdict saved", "{n} verdicts saved", n=len(result.taken)),
        message("{n} unchanged", "{n} unchanged", n=result.untouched),
        message("{n} rejected", "{n} rejected", n=len(result.rejected)),
    )
    typer.echo(", ".join(map(str, counts)))
    for one in result.rejected:
        say_error(
            message("row {row} was not saved: {why}", row=one.row.row, why=one.why),
            message("Correct that row in a new spreadsheet from `reportcard facts`."),
        )
