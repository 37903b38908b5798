"""Commands for reviewers: compare, sign-off, comments."""

import re
import tempfile
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reportcard.cli.app import (
    EPILOG,
    WorkspaceOption,
    app,
    nearest,
    progress,
    say_error,
    short,
)
from reportcard.errors import ExitCode, ReportCardError
from reportcard.media import Medium

if TYPE_CHECKING:
    from reportcard.review.changes import Area, Kind
    from reportcard.review.comparing import Regard
    from reportcard.review.reviewing import Review
    from reportcard.review.sides import Couple
    from reportcard.workspace import Workspace


class ComparisonFormat(StrEnum):
    """How a comparison is told."""

    HTML = "html"
    TEXT = "text"
    JSON = "json"
    JUNIT = "junit"


class CommentFormat(StrEnum):
    """How comments are told."""

    TEXT = "text"
    JSON = "json"
    XLSX = "xlsx"


class ReportLanguage(StrEnum):
    """The languages of the report."""

    EN = "en"
    ES = "es"


@app.command(
    epilog=f"Examples:  reportcard compare old.pdf new.pdf · reportcard compare v1.0 v1.1 · reportcard compare --against last\n\n{EPILOG}"
)
def compare(
    old: Annotated[str | None, typer.Argument(metavar="OLD", help="A PDF, a folder of PDFs, or a revision in git.")] = None,
    new: Annotated[str | None, typer.Argument(metavar="[NEW]", help="The same; without it, what the content makes now.")] = None,
    against: Annotated[str | None, typer.Option(metavar="RELEASE", help="In place of OLD: a release, or `last`.")] = None,
    format: Annotated[ComparisonFormat, typer.Option(help="A report for a browser, or text, JSON, JUnit.")] = ComparisonFormat.HTML,  # noqa: A002
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Where it is written; the report: comparison.html.")] = None,
    pdf: Annotated[Path | None, typer.Option("--pdf", metavar="FILE", help="And a copy of the new PDF with a remark for each change; of several, a folder.")] = None,
    report_language: Annotated[ReportLanguage, typer.Option(help="The report's language; it can be changed in it.")] = ReportLanguage.EN,
    fail_on: Annotated[str | None, typer.Option(metavar="KINDS", help="End with 1 only for these kinds: score,number")] = None,
    ignore: Annotated[str | None, typer.Option(metavar="KINDS", help="Pass over these kinds: layout,metadata")] = None,
    ignore_area: Annotated[list[str] | None, typer.Option(metavar="AREA", help="Pass over an area: PAGE:LEFT,TOP,WIDTH,HEIGHT in mm; page 0 is every page. May be repeated.")] = None,
    edition: Annotated[Medium, typer.Option(help="The edition that is built of a revision.")] = Medium.SCREEN,
    workspace: WorkspaceOption = None,
) -> None:  # fmt: skip
    """Say what changed between two PDFs, folders of them, or revisions: words, numbers, scores, notes, links, look."""
    from reportcard.review.places import content_of
    from reportcard.review.reviewing import review
    from reportcard.review.sides import Bench, couples

    if (old is None) == (against is None):
        raise ReportCardError("name one old side: OLD, or --against RELEASE.", code=ExitCode.USAGE, advice="For example: reportcard compare old.pdf new.pdf")  # fmt: skip
    here = _workspace_near(workspace, new or old)
    failing = _kinds(fail_on, "--fail-on")
    regard = _regard(here, ignore, ignore_area, draws=format is ComparisonFormat.HTML)
    with tempfile.TemporaryDirectory(prefix="reportcard-") as folder:
        bench = Bench(here, Path(folder), (edition,))
        old_side = bench.release(against) if against else bench.side(old or "", 1)
        found = couples(old_side, bench.side(new, 2) if new else bench.as_it_is(old_side))
        with progress() as tell:
            reviewed = review(found, regard, content_of(here), tell)
        target = output or (Path("comparison.html") if format is ComparisonFormat.HTML else None)
        _refuse_inputs((target, pdf), found)
        _tell(reviewed, format, target, report_language)
        if pdf:
            _mark(reviewed, found, pdf)
    raise typer.Exit(_code(reviewed, failing))


def _code(reviewed: "Review", failing: "frozenset[Kind]") -> ExitCode:
    if any(one.failed for one in reviewed.comparisons):
        return ExitCode.UNREADABLE
    alone = any(one.old is None or one.new is None for one in reviewed.comparisons) and not failing
    differs = alone or any(not failing or change.kind in failing for change in reviewed.changes)
    return ExitCode.DIFFERENT if differs else ExitCode.OK


def _workspace_near(given: Path | None, side: str | None) -> "Workspace | None":
    """The workspace named, or the one that a side or the current folder is in; None if there is none."""
    from reportcard.workspace import Workspace

    if given:
        return Workspace.find(given)
    try:
        return Workspace.find(nearest(Path(side)) if side and Path(side).exists() else Path.cwd())
    except ReportCardError:
        return None


def _kinds(told: str | None, option: str) -> "frozenset[Kind]":
    from reportcard.review.changes import Kind

    names = [name.strip() for name in (told or "").split(",") if name.strip()]
    unknown = [name for name in names if name not in set(Kind)]
    if unknown:
        raise ReportCardError(f"{option} knows no kind “{unknown[0]}”.", code=ExitCode.USAGE, advice=f"Kinds are: {', '.join(Kind)}.")  # fmt: skip
    return frozenset(map(Kind, names))


def _regard(workspace: "Workspace | None", ignore: str | None, areas: list[str] | None, *, draws: bool) -> "Regard":
    """What is passed over: by the workspace's edition.yaml, and by options."""
    from reportcard.review.changes import Kind
    from reportcard.review.comparing import Regard
    from reportcard.review.places import content_of

    content = content_of(workspace)
    kept = content.edition.model.ignored_changes if content else None
    agreed = [(area.page, area.left, area.top, area.width, area.height) for area in (kept.areas if kept else ())]
    return Regard(_kinds(ignore, "--ignore"), tuple(map(_area, areas or ())), frozenset(map(Kind, kept.kinds if kept else ())), tuple(agreed), draws)  # fmt: skip


def _area(told: str) -> "Area":
    match = re.fullmatch(r"(\d+):([\d.]+),([\d.]+),([\d.]+),([\d.]+)", told.replace(" ", ""))
    try:
        page, *sides = match.groups() if match else ()
        left, top, width, height = map(float, sides)
    except ValueError:
        raise ReportCardError(f"--ignore-area “{told}” is no area.", code=ExitCode.USAGE, advice="Write page, then left, top, width and height in mm: 2:20,30,100,15") from None  # fmt: skip
    return (int(page), left, top, width, height)


def _refuse_inputs(targets: "tuple[Path | None, ...]", found: "tuple[Couple, ...]") -> None:
    inputs = {path.resolve() for couple in found for path in (couple.old, couple.new) if path}
    for target in targets:
        if target and target.resolve() in inputs:
            raise ReportCardError(f"{target} is one of the files compared.", code=ExitCode.USAGE, advice="Write to another file: it is not overwritten.")  # fmt: skip


def _tell(reviewed: "Review", form: ComparisonFormat, target: Path | None, language: ReportLanguage) -> None:
    from reportcard.publishing import replace_files
    from reportcard.review.report import report
    from reportcard.review.telling import as_json, as_junit, as_text, summary

    if form is ComparisonFormat.HTML:
        assert target
        replace_files(target.parent, {target.name: report(reviewed.comparisons, reviewed.pictures, language)})
        typer.echo(summary(reviewed.comparisons), nl=False)
        typer.echo(short(target.resolve()))
        return
    told = {ComparisonFormat.TEXT: as_text, ComparisonFormat.JSON: as_json, ComparisonFormat.JUNIT: as_junit}[form](reviewed.comparisons)  # fmt: skip
    if target:
        replace_files(target.parent, {target.name: told.encode("utf-8", "replace")})
    else:
        typer.echo(told, nl=False)


def _mark(reviewed: "Review", found: "tuple[Couple, ...]", target: Path) -> None:
    """The copies with remarks: a file of one comparison, a folder of several."""
    from reportcard.inspecting import UnreadableError
    from reportcard.publishing import replace_files
    from reportcard.review.reviewing import mark

    for couple, comparison in zip(found, reviewed.comparisons, strict=True):
        if couple.new is None or couple.old is None or comparison.failed:
            continue
        file = target if len(found) == 1 else target / couple.name
        try:
            replace_files(file.parent, {file.name: mark(couple, comparison)})
        except UnreadableError as error:
            say_error(f"{couple.new} cannot be marked: {error}.", "The report tells its changes.")
            continue
        typer.echo(short(file.resolve()))


@app.command(
    name="sign-off", epilog=f"Example:  reportcard sign-off review.json output/peru-report-card-es.pdf\n\n{EPILOG}"
)
def sign_off(
    record: Annotated[Path, typer.Argument(metavar="RECORD", help="The JSON file that the report exported.")],
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The PDF that was reviewed.")],
    old: Annotated[Path | None, typer.Option("--old", metavar="FILE", help="The PDF that it was compared with: its changes are found anew, and the record must have them all.")] = None,
) -> None:  # fmt: skip
    """Say whether a reviewer's record signs a file: every change seen, none questioned, the file as it was."""
    from reportcard.review.reviewing import review
    from reportcard.review.sides import Couple
    from reportcard.review.signing import check_record, read_record

    try:
        known = read_record(record.read_bytes())
        data = file.read_bytes()
    except (OSError, ValueError) as error:
        raise ReportCardError(f"{record} cannot be read: {getattr(error, 'strerror', None) or error}.", code=ExitCode.UNREADABLE, advice="Export it again from the report.") from error  # fmt: skip
    comparison = None
    if old:
        regard = _regard(_workspace_near(None, str(file)), None, None, draws=False)
        (comparison,) = review((Couple(file.name, old, file),), regard, None, lambda *_: None).comparisons
        if comparison.failed:
            raise ReportCardError(comparison.failed, code=ExitCode.UNREADABLE)
    result = check_record(known, file.name, data, comparison)
    if result.valid:
        typer.echo(f"{file}: signed off by {result.reviewer}, {result.date}")
        return
    typer.echo(f"{file}: not signed off")
    for reason in result.reasons:
        typer.echo(f"  {reason}")
    raise typer.Exit(ExitCode.DIFFERENT)


@app.command(epilog=f"Example:  reportcard comments reviewed.pdf --format xlsx -o comments.xlsx\n\n{EPILOG}")
def comments(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The PDF with the remarks.")],
    format: Annotated[CommentFormat, typer.Option(help="Text, JSON, or a sheet.")] = CommentFormat.TEXT,  # noqa: A002
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Where it is written; a sheet needs one.")] = None,
    workspace: WorkspaceOption = None,
) -> None:  # fmt: skip
    """List the remarks that reviewers left in a PDF, each with the field, file and line of the content that it is about."""
    from reportcard.inspecting import UnreadableError
    from reportcard.publishing import replace_files
    from reportcard.review import comment_sheet
    from reportcard.review.comments import as_json, as_text
    from reportcard.review.places import content_of
    from reportcard.review.remarked import remarked

    if format is CommentFormat.XLSX and output is None:
        raise ReportCardError("a sheet is no text to print.", code=ExitCode.USAGE, advice="Name a file for it: --output comments.xlsx")  # fmt: skip
    try:
        found = remarked(file, content_of(_workspace_near(workspace, str(file))))
    except (UnreadableError, OSError) as error:
        raise ReportCardError(f"{file} cannot be read: {getattr(error, 'strerror', None) or error}.", code=ExitCode.UNREADABLE, advice="Save it again in the program in which it was reviewed.") from error  # fmt: skip
    data = comment_sheet.dumped(found) if format is CommentFormat.XLSX else (as_json(found) if format is CommentFormat.JSON else as_text(found)).encode()  # fmt: skip
    if output:
        replace_files(output.parent, {output.name: data})
        typer.echo(short(output.resolve()))
    else:
        typer.echo(data.decode(), nl=False)
