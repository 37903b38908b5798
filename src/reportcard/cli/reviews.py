"""The command that compares."""

import tempfile
from collections.abc import Iterable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reportcard.cli.app import (
    WorkspaceOption,
    app,
    nearest,
    progress,
    say_error,
    say_problems,
    short,
)
from reportcard.cli.terminal import as_file
from reportcard.errors import ExitCode, ReportCardError
from reportcard.messages.catalogue import reader
from reportcard.messages.message import message
from reportcard.workspace.media import Medium
from reportcard.workspace.system import reason

if TYPE_CHECKING:
    from reportcard.pdf.area import Area
    from reportcard.review.changes import Kind
    from reportcard.review.compare.regard import Regard
    from reportcard.review.review import Review
    from reportcard.review.sides import Couple
    from reportcard.workspace.workspace import Workspace


class ComparisonFormat(StrEnum):
    """The forms of a comparison."""

    HTML = "html"
    TEXT = "text"
    JSON = "json"
    JUNIT = "junit"


class ReportLanguage(StrEnum):
    """The languages of the report."""

    EN = "en"
    ES = "es"


_OldArgument = Annotated[
    str | None,
    typer.Argument(metavar="OLD", help="A PDF, a folder of PDFs, or a git revision."),
]
_NewArgument = Annotated[
    str | None,
    typer.Argument(metavar="NEW", help="Same choices as OLD. Default: the current content."),
]
_AgainstOption = Annotated[
    str | None,
    typer.Option(metavar="RELEASE", help="Compare with this release, or `last`, instead of OLD."),
]
_FormatOption = Annotated[
    ComparisonFormat, typer.Option(help="Output format: HTML report, text, JSON or JUnit.")
]
_OutputOption = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Output file. Default for reports: comparison.html.",
    ),
]
_PdfOption = Annotated[
    Path | None,
    typer.Option(
        "--pdf",
        metavar="FILE",
        help=(
            "Also save a copy of the new PDF with a comment for each change.\n\nIf several PDFs "
            "are compared, a folder of copies is saved."
        ),
    ),
]
_SummaryOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--summary",
        metavar="FILE",
        help="Also save a summary by kind of change: Markdown (.md) or JUnit (.xml). Can be "
        "repeated.",
    ),
]
_ReportLanguageOption = Annotated[
    ReportLanguage | None,
    typer.Option(help="Initial language of the report. Readers can switch."),
]
_FailOnOption = Annotated[
    str | None,
    typer.Option(
        metavar="KINDS", help="Exit with code 1 only for these kinds of change, e.g. score,number."
    ),
]
_IgnoreOption = Annotated[
    str | None,
    typer.Option(metavar="KINDS", help="Ignore changes of these kinds, e.g. layout,metadata."),
]
_IgnoreAreaOption = Annotated[
    list[str] | None,
    typer.Option(
        metavar="AREA",
        help=(
            "Ignore an area. Can be repeated.\n\nUse PAGE:LEFT,TOP,WIDTH,HEIGHT in mm; page "
            "0 means every page."
        ),
    ),
]
_EditionOption = Annotated[Medium, typer.Option(help="Edition to build when comparing revisions.")]


@app.command(
    examples=(
        "reportcard compare old.pdf new.pdf",
        "reportcard compare v1.0 v1.1",
        "reportcard compare --against last",
    ),
    help="Compares words, numbers, scores, notes, links and appearance.",
)
def compare(
    old: _OldArgument = None,
    new: _NewArgument = None,
    against: _AgainstOption = None,
    format: _FormatOption = ComparisonFormat.HTML,
    output: _OutputOption = None,
    pdf: _PdfOption = None,
    summary: _SummaryOption = None,
    report_language: _ReportLanguageOption = None,
    fail_on: _FailOnOption = None,
    ignore: _IgnoreOption = None,
    ignore_area: _IgnoreAreaOption = None,
    edition: _EditionOption = Medium.SCREEN,
    workspace: WorkspaceOption = None,
) -> None:
    from reportcard.review.places import content_of
    from reportcard.review.review import review
    from reportcard.review.sides import Bench, couples
    from reportcard.workspace.guard import destinations

    if (old is None) == (against is None):
        raise ReportCardError(
            message("compare requires either OLD or --against RELEASE, but not both."),
            code=ExitCode.USAGE,
            advice=message("For example, run: reportcard compare old.pdf new.pdf"),
        )
    report_file = output or (Path("comparison.html") if format is ComparisonFormat.HTML else None)
    sides = [Path(side) for side in (old, new) if side]
    summaries = _summaries(summary or ())
    marked = None if pdf and pdf.is_dir() else pdf
    destinations([path for path in (report_file, marked, *summaries) if path], sides)
    here = workspace_near(workspace, new or old)
    failing = _kinds(fail_on, "--fail-on")
    regard = regard_of(here, ignore, ignore_area, draws=format is ComparisonFormat.HTML)
    with tempfile.TemporaryDirectory(prefix="reportcard-") as folder:
        bench = Bench(here, Path(folder), (edition,))
        old_side = bench.release(against) if against else bench.side(old or "", 1)
        new_side = bench.side(new, 2) if new else bench.as_it_is(old_side)
        found = couples(old_side(), new_side(), None if new else edition)
        target, copies = _aims(report_file, pdf, found)
        with progress() as tell:
            reviewed = review(found, regard, content_of(here), tell)
        _write(reviewed, format, target, report_language or reader())
        _summarize(reviewed, summaries)
        _mark(reviewed, found, copies)
    _warn(reviewed)
    raise typer.Exit(_code(reviewed, failing))


def _warn(reviewed: "Review") -> None:
    """Says that something was not compared."""
    if any(one.failed for one in reviewed.comparisons):
        say_error(
            message("some files could not be compared."),
            message("Save them again in the program that created them, or choose other files."),
        )
    elif any(one.misses_text for one in reviewed.comparisons):
        say_error(
            message("some pages have no text that can be compared."),
            message("Compare these pages by eye, or use files with text on all pages."),
        )


def _aims(
    report_file: Path | None, pdf: Path | None, found: "tuple[Couple, ...]"
) -> "tuple[Path | None, Mapping[Couple, Path]]":
    """The file of the report, and where each couple's copy with remarks goes: a file of one, of
    several a folder's files.

    Raises ReportCardError (USAGE) if one of them must not be written.
    """
    from reportcard.workspace.guard import destinations

    marked = [couple for couple in found if pdf and couple.old and couple.new]
    copies = [pdf / couple.name if len(found) > 1 else pdf for couple in marked if pdf]
    inputs = [path for couple in found for path in (couple.old, couple.new) if path]
    aims = destinations([*([report_file] if report_file else []), *copies], inputs)
    return (aims[0] if report_file else None), dict(
        zip(marked, aims[bool(report_file) :], strict=True)
    )


def _code(reviewed: "Review", failing: "frozenset[Kind]") -> ExitCode:
    if any(one.failed or one.misses_text for one in reviewed.comparisons):
        return ExitCode.UNREADABLE
    alone = any(one.old is None or one.new is None for one in reviewed.comparisons) and not failing
    differs = alone or any(not failing or change.kind in failing for change in reviewed.changes)
    return ExitCode.DIFFERENT if differs else ExitCode.OK


def workspace_near(given: Path | None, side: str | None) -> "Workspace | None":
    """The workspace named, or the one that a side or the current folder is in; None if there is
    none.
    """
    from reportcard.workspace.workspace import Workspace

    if given:
        return Workspace.find(given)
    try:
        return Workspace.find(nearest(Path(side)) if side and Path(side).exists() else Path.cwd())
    except ReportCardError:
        return None


def _kinds(listed: str | None, option: str) -> "frozenset[Kind]":
    from reportcard.review.changes import Kind

    names = [name.strip() for name in (listed or "").split(",") if name.strip()]
    unknown = [name for name in names if name not in set(Kind)]
    if unknown:
        raise ReportCardError(
            message('{option}: unknown kind "{kind}".', option=option, kind=unknown[0]),
            code=ExitCode.USAGE,
            advice=message("Choose from: {names}.", names=tuple(Kind)),
        )
    return frozenset(map(Kind, names))


def regard_of(
    workspace: "Workspace | None", ignore: str | None, areas: list[str] | None, *, draws: bool
) -> "Regard":
    """What is ignored: by the workspace's edition.yaml, and by options."""
    from reportcard.content.loading import read_edition
    from reportcard.problems.rule import Stage
    from reportcard.problems.waivers import judged
    from reportcard.review.changes import Kind
    from reportcard.review.compare.regard import Regard

    edition, problems = read_edition(workspace) if workspace else (None, ())
    if problems and workspace:
        say_problems(judged(problems, {}, Stage.CONTENT), workspace)
        say_error(
            message(
                "edition.yaml cannot be read, so changes that should be ignored are also shown."
            ),
            message("Fix the file and compare again."),
        )
    kept = edition.model.ignored_changes if edition else None
    agreed = [area.box for area in (kept.areas if kept else ())]
    return Regard(
        _kinds(ignore, "--ignore"),
        tuple(map(_area, areas or ())),
        frozenset(map(Kind, kept.kinds if kept else ())),
        tuple(agreed),
        draws,
    )


def _area(typed: str) -> "Area":
    """An area as edition.yaml would have it, from PAGE:LEFT,TOP,WIDTH,HEIGHT."""
    from reportcard.content.model import IgnoredArea

    page, _, sides = typed.replace(" ", "").partition(":")
    try:
        left, top, width, height = sides.split(",")
        return IgnoredArea(page=page, left=left, top=top, width=width, height=height).box
    except ValueError:
        raise ReportCardError(
            message('--ignore-area: "{area}" is not a valid area.', area=typed[:80]),
            code=ExitCode.USAGE,
            advice=message(
                "Specify the page, then left, top, width and height in mm, such as 2:20,30,100,15."
            ),
        ) from None


def _write(reviewed: "Review", form: ComparisonFormat, target: Path | None, language: str) -> None:
    """The comparison, to a file or the terminal."""
    from reportcard.review.tell.report import report
    from reportcard.review.tell.summary import as_json, as_junit, as_text, summary
    from reportcard.workspace.replacement import replace_files

    if form is ComparisonFormat.HTML:
        assert target
        replace_files(
            target.parent, {target.name: report(reviewed.comparisons, reviewed.pictures, language)}
        )
        typer.echo(summary(reviewed.comparisons), nl=False)
        typer.echo(short(target))
        return
    text = {
        ComparisonFormat.TEXT: as_text,
        ComparisonFormat.JSON: as_json,
        ComparisonFormat.JUNIT: as_junit,
    }[form](reviewed.comparisons)
    if target:
        replace_files(target.parent, {target.name: as_file(text)})
    else:
        typer.echo(text, nl=False)


def _summaries(named: "Iterable[Path]") -> tuple[Path, ...]:
    """The files of summaries. Raises ReportCardError (USAGE) if one is of another kind."""
    for path in named:
        if path.suffix.lower() not in (".md", ".xml"):
            raise ReportCardError(
                message("--summary: {file} is neither Markdown nor JUnit.", file=str(path)),
                code=ExitCode.USAGE,
                advice=message("Choose a name that ends in .md or .xml."),
            )
    return tuple(path.absolute() for path in named)


def _summarize(reviewed: "Review", files: tuple[Path, ...]) -> None:
    from reportcard.review.tell.job_summary import as_markdown
    from reportcard.review.tell.summary import as_junit
    from reportcard.workspace.replacement import replace_files

    for file in files:
        made = as_markdown if file.suffix.lower() == ".md" else as_junit
        replace_files(file.parent, {file.name: as_file(made(reviewed.comparisons))})
        typer.echo(short(file))


def _mark(reviewed: "Review", found: "tuple[Couple, ...]", copies: "Mapping[Couple, Path]") -> None:
    """The copies with remarks."""
    from reportcard.review.review import mark
    from reportcard.workspace.bounds import UnreadableError
    from reportcard.workspace.replacement import replace_files

    for couple, comparison in zip(found, reviewed.comparisons, strict=True):
        file = copies.get(couple)
        if file is None or comparison.failed:
            continue
        try:
            replace_files(file.parent, {file.name: mark(couple, comparison)})
        except UnreadableError as error:
            say_error(
                message(
                    "cannot add comments to a copy of {file}: {reason}.",
                    file=str(couple.new),
                    reason=reason(error),
                ),
                message("See the changes in the report instead."),
            )
            continue
        typer.echo(short(file))
