"""Commands that make cards and what is drawn of them: build, gauges, pictures."""

import gc
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from reportcard.build.request import Order
from reportcard.cli.app import (
    Countries,
    Editions,
    EveryProblem,
    Languages,
    WorkspaceOption,
    app,
    editions_named,
    progress,
    read_file,
    say,
    say_error,
    say_problems,
    say_tally,
    short,
    workspace_at,
)
from reportcard.errors import ExitCode, ReportCardError
from reportcard.messages.message import message
from reportcard.workspace.guard import output_folder
from reportcard.workspace.media import Medium
from reportcard.workspace.system import reason

if TYPE_CHECKING:
    from reportcard.build.request import Outcome
    from reportcard.workspace.workspace import Workspace


class GaugeFormat(StrEnum):
    """The kinds of files that a gauge can be written as."""

    SVG = "svg"
    PNG = "png"
    PDF = "pdf"


#: The bytes that a file of outlines may have: Natural Earth's most detailed one has 25 MB.
_LARGEST_OUTLINES: Final = 64 * 1024 * 1024

_OutputOption = Annotated[
    Path | None,
    typer.Option(metavar="DIR", help="Folder for the PDFs. Default: output/ in the workspace."),
]
_BilingualOption = Annotated[
    bool,
    typer.Option("--bilingual", help="Also build one PDF per card with all its languages."),
]
_ParallelOption = Annotated[
    bool,
    typer.Option("--parallel", help="Build only PDFs for review, with two languages side by side."),
]
_WordingOption = Annotated[
    bool,
    typer.Option(
        "--wording/--no-wording",
        help="With --parallel: append the shared wording, or leave it out.",
    ),
]
_AllOrNothingOption = Annotated[
    bool, typer.Option("--all-or-nothing", help="Write nothing if any card has an error.")
]
_CacheOption = Annotated[
    bool,
    typer.Option("--cache/--no-cache", help="Reuse unchanged cards, or rebuild all of them."),
]
_JobsOption = Annotated[
    int,
    typer.Option(
        metavar="N", min=0, max=64, help="Number of cards to build at once. 0: one per processor."
    ),
]
_SchedulerOption = Annotated[
    str | None,
    typer.Option(metavar="ADDRESS", help="Build on a Dask cluster, such as tcp://host:8786."),
]


@app.command(
    examples=(
        "reportcard build",
        "reportcard build peru --language es",
        "reportcard build scoreboard --edition print --edition archive",
    ),
    help=(
        "Builds every card, or only those you specify. Use `scoreboard` for the card that "
        "compares all of them. A card with an error is not published, and its earlier PDFs are "
        "unchanged."
    ),
)
def build(
    countries: Countries = None,
    language: Languages = None,
    edition: Editions = None,
    output: _OutputOption = None,
    workspace: WorkspaceOption = None,
    bilingual: _BilingualOption = False,
    parallel: _ParallelOption = False,
    wording: _WordingOption = True,
    all_or_nothing: _AllOrNothingOption = False,
    cache: _CacheOption = True,
    jobs: _JobsOption = 0,
    scheduler: _SchedulerOption = None,
    every: EveryProblem = False,
) -> None:
    found = workspace_at(workspace)
    if parallel:
        folder = output_folder(output or found.output)
        _build_parallel(found, countries, language, folder, with_wording=wording)
        return
    if not wording:
        raise ReportCardError(
            message("--no-wording has no effect without --parallel."),
            code=ExitCode.USAGE,
            advice=message("Add --parallel, or leave out --no-wording."),
        )
    order = Order(
        output=output_folder(output or found.output),
        countries=tuple(countries or ()),
        languages=tuple(language or ()),
        media=editions_named(edition, "build") or (Medium.SCREEN,),
        bilingual=bilingual,
        all_or_nothing=all_or_nothing,
        cache=cache,
        jobs=jobs,
    )
    outcome = _built(found, order, scheduler)
    say_problems(outcome.problems, found, every=every)
    for path in outcome.written:
        typer.echo(short(path))
    _say_unpublished(outcome)
    say_tally(outcome.problems, found, countries)
    raise typer.Exit(outcome.code)


def _say_unpublished(outcome: "Outcome") -> None:
    """Names the cards that were not published, and why."""
    from reportcard.problems.formats import card_of
    from reportcard.problems.problem import Severity

    errors = [one for one in outcome.problems if one.severity is Severity.ERROR]
    unchanged = message("Earlier PDFs are unchanged.")
    for card in outcome.withheld:
        count = sum(card_of(one.place) == card for one in errors)
        say_error(
            message(
                "{card} was not published: {n} error above.",
                "{card} was not published: {n} errors above.",
                card=card,
                n=count,
            )
            if count
            else message("{card} was not published because of an error above.", card=card),
            unchanged,
        )
    if outcome.withheld:
        return
    if outcome.code is not ExitCode.OK:
        say_error(message("no card was published because of the errors above."), unchanged)
    elif not outcome.written:
        say_error(
            message("this workspace has no cards."),
            message("Create one with: reportcard new NAME"),
        )


def _built(workspace: "Workspace", order: Order, scheduler: str | None) -> "Outcome":
    """What a build comes to: remembered, or made now."""
    from reportcard.build.cluster import check_address, cluster
    from reportcard.build.unchanged import order_key, remember, remembered
    from reportcard.workspace.store import Store

    check_address(scheduler)
    store = Store(workspace.cache)
    key = order_key(workspace, order) if order.cache else ""
    if known := remembered(store, key, order):
        return known
    # A card's objects live until it is written: looking for garbage meanwhile costs 6 % of the time
    # and finds none.
    gc.disable()
    from reportcard.build.pipeline import build

    with cluster(scheduler, workspace) as executor, progress() as tell:
        outcome = build(workspace, order, tell, executor)
    # Only if nobody saved a file meanwhile.
    if key and key == order_key(workspace, order):
        remember(store, key, outcome)
    return outcome


def _build_parallel(
    workspace: "Workspace",
    countries: list[str] | None,
    languages: list[str] | None,
    output: Path,
    *,
    with_wording: bool,
) -> None:
    from reportcard.build.inventory import SoundWorkspace, ordered, read_workspace
    from reportcard.build.publish import publish
    from reportcard.problems.problem import Problem, has_errors
    from reportcard.problems.rule import Stage
    from reportcard.problems.waivers import judged
    from reportcard.translation.confirmation import standings
    from reportcard.translation.parallel import file_name, parallel
    from reportcard.translation.units import WORDING

    read = read_workspace(workspace)
    if not isinstance(read, SoundWorkspace):
        say_problems(read.problems, workspace)
        raise typer.Exit(ExitCode.CONTENT)
    wanted, _ = ordered(read.content, tuple(countries or ()), tuple(languages or ()))
    found, problems = standings(workspace, read.content, (WORDING, *wanted), tuple(languages or ()))
    wordings = {one.pair.language: one for one in found if one.pair.scope == WORDING}
    files: dict[str, bytes] = {}
    if problems:
        say_problems(judged(problems, {}, Stage.CONTENT), workspace)
        raise typer.Exit(ExitCode.CONTENT)
    faults: list[Problem] = []
    for standing in found:
        pair = standing.pair
        if pair.scope != WORDING and pair.language in wordings:
            name = file_name(pair.scope, pair.source_language, pair.language)
            files[name], of_pages = parallel(
                read, standing, wordings[pair.language] if with_wording else None
            )
            faults.extend(judged(of_pages, {}, Stage.LAYOUT))
    say_problems(faults, workspace)
    if has_errors(faults):
        raise typer.Exit(ExitCode.LAYOUT)
    for path in publish(output, files) if files else ():
        typer.echo(short(path))


@app.command(
    examples=(
        "reportcard gauges peru",
        "reportcard gauges peru --format png --language es --output slides",
    ),
    help="Text is converted to outlines so that it looks the same everywhere.",
)
def gauges(
    country: Annotated[
        str, typer.Argument(metavar="CARD", help="A folder in content/ that contains a card.")
    ],
    format: Annotated[GaugeFormat, typer.Option(help="The file format.")] = GaugeFormat.SVG,
    language: Languages = None,
    output: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help="Folder for the gauges. Default: output/ in the workspace."
        ),
    ] = None,
    dpi: Annotated[
        int,
        typer.Option(metavar="N", min=36, max=2400, help="PNG resolution, in pixels per inch."),
    ] = 300,
    workspace: WorkspaceOption = None,
) -> None:
    from reportcard.outputs.gauge_files import GaugeFile, export_gauges

    found = workspace_at(workspace)
    written, problems = export_gauges(
        found,
        country,
        tuple(language or ()),
        GaugeFile(format.value, dpi),
        output_folder(output or found.output),
    )
    say_problems(problems, found)
    for path in written:
        typer.echo(short(path))
    if not written:
        raise typer.Exit(ExitCode.CONTENT)


@app.command(
    "map",
    examples=(
        "reportcard map peru countries.geojson",
        "reportcard map peru world.topojson --name Perú --replace",
    ),
    help=(
        "The country is highlighted among the other countries in the publication, in the colors "
        'set in the styles. Cards show the map on the "At a glance" page.'
    ),
)
def map_(
    country: Annotated[
        str, typer.Argument(metavar="CARD", help="A folder in content/ that contains scores.")
    ],
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", help="A GeoJSON or TopoJSON file of countries (WGS 84).", readable=False
        ),
    ],
    name: Annotated[
        str,
        typer.Option(
            metavar="TEXT",
            help="The country's name or code in FILE, needed if the country is not recognized.",
        ),
    ] = "",
    replace: Annotated[bool, typer.Option("--replace", help="Replace an existing map.")] = False,
    workspace: WorkspaceOption = None,
) -> None:
    from reportcard.outputs.maps import map_of
    from reportcard.workspace.bounds import UnreadableError
    from reportcard.workspace.replacement import replace_files

    found = workspace_at(workspace)
    target = f"figures/maps/{country}.svg"
    if found.exists(target) and not replace:
        raise ReportCardError(
            message("{file} already exists.", file=target),
            code=ExitCode.USAGE,
            advice=message("Add --replace to draw it again. Nothing was written."),
        )
    advice = message("Use a GeoJSON or TopoJSON file of countries.")
    data = read_file(file, advice, _LARGEST_OUTLINES)
    try:
        drawn, problems = map_of(found, country, data, name)
    except UnreadableError as error:
        raise ReportCardError(
            message("{file} cannot be read: {reason}.", file=str(file), reason=reason(error)),
            code=ExitCode.UNREADABLE,
            advice=advice,
        ) from error
    say_problems(problems, found)
    if not drawn:
        raise typer.Exit(ExitCode.CONTENT)
    for path in replace_files(found.root, {target: drawn.encode()}):
        typer.echo(short(path))
    say(
        message(
            "check the license of {file}: many licenses require attribution, for example in the "
            "edition's notice.",
            file=file.name,
        )
    )


@app.command(
    examples=(
        "reportcard pictures",
        "reportcard pictures peru --language es --output ~/Desktop",
    ),
    help=(
        "Each picture comes in four sizes: wide (1200 × 630 pixels), tall (1080 × 1350), square "
        "(1080 × 1080) and story (1080 × 1920). Alternative text is included for you to paste."
    ),
)
def pictures(
    countries: Countries = None,
    language: Languages = None,
    output: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help="Folder for the pictures. Default: output/pictures/.",
        ),
    ] = None,
    workspace: WorkspaceOption = None,
) -> None:
    gc.disable()
    from reportcard.outputs.pictures import export_pictures
    from reportcard.problems.problem import has_errors

    found = workspace_at(workspace)
    target = output_folder(output or found.output / "pictures")
    written, problems = export_pictures(
        found, tuple(countries or ()), tuple(language or ()), target
    )
    say_problems(problems, found)
    for path in written:
        typer.echo(short(path))
    if not written:
        say_error(
            message("no pictures were created."),
            message("Fix the errors above, or start a card with: reportcard new NAME"),
        )
        raise typer.Exit(ExitCode.CONTENT)
    raise typer.Exit(ExitCode.WITHHELD if has_errors(problems) else ExitCode.OK)
