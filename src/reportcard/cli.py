"""The commands: parse, call, print, exit. The only place that does any of these.

Nothing heavy is imported before a command needs it: `reportcard --help` answers at once.
"""

import gc
import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from reportcard import __version__
from reportcard.errors import ExitCode, ReportCardError

if TYPE_CHECKING:
    from reportcard.building import Tell
    from reportcard.problems import Problem
    from reportcard.workspace import Workspace

_EPILOG = (
    "Exit codes: 0 done · 1 withheld or different · 2 wrong usage · 3 no workspace · 4 content · 5 layout · 6 output · 7 preflight · 8 unreadable."
)

app = typer.Typer(
    name="reportcard",
    help="Country report cards: from content files to print-ready PDF, in every language.",
    epilog=_EPILOG,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

WorkspaceOption = Annotated[
    Path | None,
    typer.Option(
        "--workspace", metavar="DIR", help="The workspace; without it, the nearest at or above the current folder."
    ),
]
Countries = Annotated[
    list[str] | None, typer.Argument(metavar="[COUNTRY]…", help="Folders of content/; none means all cards.")
]
Languages = Annotated[
    list[str] | None, typer.Option("--language", metavar="CODE", help="Only this language; may be repeated.")
]


Files = Annotated[list[Path], typer.Argument(metavar="FILE…", help="PDF files.")]


class ReportFormat(StrEnum):
    """How problems are told."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"
    GITHUB = "github"


class EditionName(StrEnum):
    """The editions of a card."""

    SCREEN = "screen"
    PRINT = "print"
    ARCHIVE = "archive"


class GaugeFormat(StrEnum):
    """The kinds of files that a gauge can be written as."""

    SVG = "svg"
    PNG = "png"
    PDF = "pdf"


Editions = Annotated[
    list[EditionName] | None,
    typer.Option("--edition", help="screen (without it), print or archive; may be repeated."),
]


def main() -> None:
    """Runs the command line; whatever happens ends in an exit code and a message, never in a traceback."""
    try:
        sys.exit(app(standalone_mode=False) or ExitCode.OK)
    except ReportCardError as error:
        _say_error(error.message, error.advice)
        sys.exit(error.code)
    except (KeyboardInterrupt, typer.Abort):
        _say_error("stopped.", ExitCode.INTERRUPTED.meaning)
        sys.exit(ExitCode.INTERRUPTED)
    except BrokenPipeError:
        # The reader of a pipe went away (… | head): there is nobody to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(ExitCode.OK)
    except Exception as error:
        if hasattr(error, "format_message"):  # how click tells wrong usage
            _say_error(f"{error.format_message()}".rstrip("."), "See reportcard --help.")
            sys.exit(ExitCode.USAGE)
        if os.environ.get("REPORTCARD_DEBUG"):
            raise
        _say_error(
            f"a fault of the program itself: {type(error).__name__}: {error}",
            "Nothing was changed. Please report it; REPORTCARD_DEBUG=1 shows where it happened.",
        )
        sys.exit(ExitCode.INTERNAL)


def _version(value: bool) -> None:
    if value:
        typer.echo(f"reportcard {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def _root(
    context: typer.Context,
    _: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


@app.command(
    epilog=f"Examples:  reportcard build · reportcard build peru --language es · reportcard build --edition print --edition archive\n\n{_EPILOG}"
)
def build(
    countries: Countries = None,
    language: Languages = None,
    edition: Editions = None,
    output: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Where the PDFs go; without it, output/ of the workspace.")
    ] = None,
    workspace: WorkspaceOption = None,
    all_or_nothing: Annotated[
        bool, typer.Option("--all-or-nothing", help="Write nothing if any card has a fault.")
    ] = False,
) -> None:
    """Make the cards' PDFs. A card with a fault is withheld whole; its earlier PDFs stay as they are."""
    # A card's objects live until it is written: looking for garbage meanwhile costs 6 % of the time and finds none.
    gc.disable()
    from reportcard.building import Order, build
    from reportcard.pdf.editions import Medium

    found = _workspace(workspace)
    order = Order(
        output=(output or found.output).absolute(),
        countries=tuple(countries or ()),
        languages=tuple(language or ()),
        media=tuple(Medium(name) for name in dict.fromkeys(edition or (EditionName.SCREEN,))),
        all_or_nothing=all_or_nothing,
    )
    with _progress() as tell:
        outcome = build(found, order, tell)
    _say_problems(outcome.problems, found)
    for path in outcome.written:
        typer.echo(_short(path))
    if outcome.withheld:
        _say_error(
            f"withheld: {', '.join(outcome.withheld)}.",
            "Mend the problems above and build again. Earlier PDFs are unchanged.",
        )
    elif outcome.code is not ExitCode.OK:
        _say_error("nothing was built.", "Mend the problems above and build again. Earlier PDFs are unchanged.")
    elif not outcome.written:
        _say_error("there is no card in this workspace.", "Begin one with: reportcard new COUNTRY")
    raise typer.Exit(outcome.code)


@app.command(
    epilog=f"Examples:  reportcard gauges peru · reportcard gauges peru --format png --language es --output slides\n\n{_EPILOG}"
)
def gauges(
    country: Annotated[str, typer.Argument(help="A folder of content/ that has a card.")],
    format: Annotated[GaugeFormat, typer.Option(help="The kind of file.")] = GaugeFormat.SVG,  # noqa: A002
    language: Languages = None,
    output: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Where they go; without it, output/ of the workspace.")
    ] = None,
    dpi: Annotated[int, typer.Option(min=36, max=2400, help="Pixels per inch of a PNG.")] = 300,
    workspace: WorkspaceOption = None,
) -> None:
    """Write a country's gauges for slides and the web. Text in them is outlines: they look the same everywhere."""
    from reportcard.exporting import export_gauges

    found = _workspace(workspace)
    written, problems = export_gauges(
        found, country, tuple(language or ()), format.value, dpi, (output or found.output).absolute()
    )
    _say_problems(problems, found)
    for path in written:
        typer.echo(_short(path))
    if not written:
        raise typer.Exit(ExitCode.CONTENT)


@app.command(epilog=f"Examples:  reportcard new ecuador · reportcard new guyana --code GY\n\n{_EPILOG}")
def new(
    country: Annotated[str, typer.Argument(help="The country's name; its folder in content/ will be called so.")],
    code: Annotated[
        str | None, typer.Option(metavar="XX", help="Its ISO 3166 code, if the name does not tell.")
    ] = None,
    workspace: WorkspaceOption = None,
) -> None:
    """Begin a card: commented files in every language, which build at once."""
    from reportcard.starter import begin_card

    found = _workspace(workspace)
    written, problems = begin_card(found, country, code)
    _say_problems(problems, found)
    for name in written:
        typer.echo(name)
    if not written:
        raise typer.Exit(ExitCode.CONTENT)


@app.command(
    epilog=f"Examples:  reportcard check · reportcard check peru --layout --strict · reportcard check --format github\n\n{_EPILOG}"
)
def check(
    countries: Countries = None,
    layout: Annotated[bool, typer.Option("--layout", help="Lay the pages out and check them too.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Fail on warnings too.")] = False,
    format: Annotated[ReportFormat, typer.Option(help="For people or for programs.")] = ReportFormat.TEXT,  # noqa: A002
    workspace: WorkspaceOption = None,
) -> None:
    """Say what is wrong with the content, without making a PDF: facts, notes, links, languages, spelling."""
    gc.disable()
    from reportcard.building import check
    from reportcard.problems import Severity
    from reportcard.reporting import Format, told

    found = _workspace(workspace)
    problems = check(found, tuple(countries or ()), layout=layout)
    typer.echo(told(problems, Format(format.value), found), nl=False)
    grave = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    counts = [sum(problem.severity is one for problem in problems) for one in (Severity.ERROR, Severity.WARNING)]
    typer.echo(f"{counts[0]} errors, {counts[1]} warnings", err=True)
    raise typer.Exit(ExitCode.CONTENT if any(problem.severity in grave for problem in problems) else ExitCode.OK)


@app.command(
    epilog=f"Examples:  reportcard preflight output/*.pdf · reportcard preflight card.pdf --edition print\n\n{_EPILOG}"
)
def preflight(
    files: Files,
    edition: Annotated[
        list[EditionName] | None,
        typer.Option("--edition", help="Ask for this edition's rules; without it, for those of the editions that the file says it is."),
    ] = None,
    format: Annotated[ReportFormat, typer.Option(help="For people or for programs.")] = ReportFormat.TEXT,  # noqa: A002
) -> None:
    """Say of any PDF which edition's rules it meets: screen (PDF/UA-1), print (PDF/X-4), archive (PDF/A)."""
    from reportcard.inspecting import inspect
    from reportcard.pdf.editions import Medium
    from reportcard.problems import Problem, has_errors
    from reportcard.reporting import Format, told

    problems: list[Problem] = []
    passes = True
    for file in files:
        inspection = inspect(file, tuple(Medium(name) for name in dict.fromkeys(edition or EditionName)))
        passes &= all(one.is_met for one in inspection.verdicts) if edition else inspection.passes
        claimed = edition or any(one.claimed for one in inspection.verdicts)
        for verdict in inspection.verdicts:
            if edition or verdict.claimed or not claimed:
                problems.extend(verdict.problems)
        if format is ReportFormat.TEXT:
            typer.echo(f"{file}: {inspection.pages} pages")
            for verdict in inspection.verdicts:
                count = sum(has_errors([problem]) for problem in verdict.problems)
                said = "" if not verdict.claimed else " (as it says)"
                typer.echo(f"  {verdict.medium:8} {verdict.standard:9} {'met' if verdict.is_met else f'not met, {count} faults'}{said}")  # fmt: skip
    typer.echo(told(problems, Format(format.value), None), nl=False, err=format is ReportFormat.TEXT)
    if any(problem.code == "PDF-UNREADABLE" for problem in problems):
        raise typer.Exit(ExitCode.UNREADABLE)
    raise typer.Exit(ExitCode.OK if passes else ExitCode.PREFLIGHT)


@app.command(epilog=f"Example:  reportcard verify output/*.pdf\n\n{_EPILOG}")
def verify(files: Files, workspace: WorkspaceOption = None) -> None:
    """Say whether a file is what the content makes, or what differs. The card is made again, apart."""
    gc.disable()
    from reportcard.verifying import verify

    found = _workspace(workspace or files[0].absolute().parent)
    code = ExitCode.OK
    for file in files:
        result = verify(found, file)
        if result.problems:
            _say_problems(result.problems, found)
            _say_error(f"{file} cannot be made again.", "Mend the problems above.")
            code = max(code, ExitCode.CONTENT)
        elif result.differences:
            typer.echo(f"{file}: differs from what this content makes")
            for difference in result.differences:
                typer.echo(f"  {difference}")
            code = max(code, ExitCode.DIFFERENT)
        else:
            typer.echo(f"{file}: is what this content makes")
    raise typer.Exit(code)


@app.command(epilog=f"Examples:  reportcard explain NOTE-UNUSED · reportcard explain --all\n\n{_EPILOG}")
def explain(
    code: Annotated[
        str | None, typer.Argument(metavar="[CODE]", help="The code in brackets at the end of a message.")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="All rules, as docs/rules.md has them.")] = False,
) -> None:
    """Say what a rule asks and why, with a wrong and a right example."""
    from reportcard.rules import RULES, document, explain

    if every:
        typer.echo(document(), nl=False)
    elif code and code.upper() in RULES:
        typer.echo(explain(RULES[code.upper()]))
    else:
        import difflib

        near = difflib.get_close_matches((code or "").upper(), RULES, n=3)
        advice = f"Did you mean {' or '.join(near)}?" if near else "All rules: reportcard explain --all"
        raise ReportCardError(f"there is no rule “{code or ''}”.", code=ExitCode.USAGE, advice=advice)


@app.command(epilog=f"Example:  reportcard init my-cards\n\n{_EPILOG}")
def init(
    directory: Annotated[
        Path, typer.Argument(metavar="DIR", help="A folder that does not exist yet, or an empty one.")
    ],
) -> None:
    """Make a workspace to start from: scoreboard, wording, styles and figures."""
    from reportcard.starter import init

    init(directory)
    typer.echo(f"{directory} is ready. Next: cd {directory} && reportcard new COUNTRY && reportcard build")


@app.command(epilog=f"Examples:  reportcard schema · reportcard schema card\n\n{_EPILOG}")
def schema(
    kind: Annotated[
        str | None, typer.Argument(metavar="[KIND]", help="edition, scoreboard, wording, scores or card.")
    ] = None,
    workspace: WorkspaceOption = None,
) -> None:
    """Write the JSON Schemas that help an editor to schema/ of the workspace, or print one of them."""
    from reportcard.content.schema import SCHEMAS, json_schema
    from reportcard.publishing import publish

    if kind is None:
        files = {f"{name}.json": _schema_text(json_schema(name)).encode() for name in SCHEMAS}
        for path in publish(_workspace(workspace).root / "schema", files):
            typer.echo(_short(path))
    elif kind in SCHEMAS:
        typer.echo(_schema_text(json_schema(kind)), nl=False)
    else:
        raise ReportCardError(
            f"“{kind}” is no kind of content file.", code=ExitCode.USAGE, advice=f"Kinds are: {', '.join(SCHEMAS)}."
        )


def _schema_text(schema: dict[str, Any]) -> str:
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _workspace(given: Path | None) -> "Workspace":
    from reportcard.workspace import Workspace

    return Workspace.find(given or Path.cwd())


def _short(path: Path) -> str:
    """The path as one would type it here."""
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)


def _say_problems(problems: "Sequence[Problem]", workspace: "Workspace") -> None:
    from reportcard.reporting import Format, told

    typer.echo(told(problems, Format.TEXT, workspace), nl=False, err=True)


def _say_error(message: str, advice: str) -> None:
    typer.echo(f"reportcard: {message} {advice}".rstrip(), err=True)


@contextmanager
def _progress() -> "Iterator[Tell]":
    """A bar on a terminal, plain lines elsewhere."""
    if not sys.stderr.isatty():
        yield lambda name, done, total: typer.echo(f"{done + 1}/{total} {name}", err=True)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading", total=None)

        def tell(name: str, done: int, total: int) -> None:
            bar.update(task, description=name, completed=done, total=total)

        yield tell
