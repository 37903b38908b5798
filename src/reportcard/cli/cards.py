"""Commands that read the content: build, check, gauges, pictures, and what begins a card or a
workspace.
"""

import gc
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reportcard.build.request import Order
from reportcard.cli.app import (
    EPILOG,
    Countries,
    Editions,
    Languages,
    WorkspaceOption,
    app,
    progress,
    say_error,
    say_problems,
    short,
    workspace_at,
)
from reportcard.errors import ExitCode
from reportcard.workspace.media import Medium

if TYPE_CHECKING:
    from reportcard.build.request import Outcome
    from reportcard.workspace.workspace import Workspace


class GaugeFormat(StrEnum):
    """The kinds of files that a gauge can be written as."""

    SVG = "svg"
    PNG = "png"
    PDF = "pdf"


_OutputOption = Annotated[
    Path | None,
    typer.Option(metavar="DIR", help="Where the PDFs go; without it, output/ of the workspace."),
]
_BilingualOption = Annotated[
    bool,
    typer.Option(
        "--bilingual",
        help="One more PDF a country: all its languages between one pair of covers.",
    ),
]
_ParallelOption = Annotated[
    bool,
    typer.Option(
        "--parallel",
        help="Instead: both languages side by side, block against block, for review.",
    ),
]
_AllOrNothingOption = Annotated[
    bool, typer.Option("--all-or-nothing", help="Write nothing if any card has a fault.")
]
_CacheOption = Annotated[
    bool,
    typer.Option(
        "--cache/--no-cache",
        help="Take over what was made before from the same, or make all anew.",
    ),
]
_JobsOption = Annotated[
    int,
    typer.Option(min=0, max=64, help="How many cards are made side by side; 0: one a processor."),
]
_SchedulerOption = Annotated[
    str | None,
    typer.Option(metavar="ADDRESS", help="A Dask cluster that makes the cards: tcp://host:8786"),
]


@app.command(
    epilog=(
        "Examples:  reportcard build · reportcard build peru --language es · reportcard build"
        f" scoreboard --edition print --edition archive\n\n{EPILOG}"
    ),
    help=(
        "Make the cards' PDFs; `scoreboard`, named, is that of all countries. A card with a fault"
        " is withheld whole; its earlier PDFs stay as they are."
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
    all_or_nothing: _AllOrNothingOption = False,
    cache: _CacheOption = True,
    jobs: _JobsOption = 0,
    scheduler: _SchedulerOption = None,
) -> None:
    found = workspace_at(workspace)
    if parallel:
        _build_parallel(found, countries, language, (output or found.output).absolute())
        return
    order = Order(
        output=(output or found.output).absolute(),
        countries=tuple(countries or ()),
        languages=tuple(language or ()),
        media=tuple(dict.fromkeys(edition or (Medium.SCREEN,))),
        bilingual=bilingual,
        all_or_nothing=all_or_nothing,
        cache=cache,
        jobs=jobs,
    )
    outcome = _built(found, order, scheduler)
    say_problems(outcome.problems, found)
    for path in outcome.written:
        typer.echo(short(path))
    if outcome.withheld:
        say_error(
            f"withheld: {', '.join(outcome.withheld)}.",
            "Mend the problems above and build again. Earlier PDFs are unchanged.",
        )
    elif outcome.code is not ExitCode.OK:
        say_error(
            "nothing was built.",
            "Mend the problems above and build again. Earlier PDFs are unchanged.",
        )
    elif not outcome.written:
        say_error("there is no card in this workspace.", "Begin one with: reportcard new COUNTRY")
    raise typer.Exit(outcome.code)


def _built(workspace: "Workspace", order: Order, scheduler: str | None) -> "Outcome":
    """What a build comes to: remembered, or made now."""
    from reportcard.build.cluster import check_address, cluster
    from reportcard.build.unchanged import order_key, remember, remembered
    from reportcard.workspace.store import Store

    check_address(scheduler)
    store = Store(workspace.cache)
    key = order_key(workspace, order) if order.cache else ""
    if known := remembered(store, key, workspace, order):
        return known
    # A card's objects live until it is written: looking for garbage meanwhile costs 6 % of the time
    # and finds none.
    gc.disable()
    from reportcard.build.pipeline import build

    with cluster(scheduler) as executor, progress() as tell:
        outcome = build(workspace, order, tell, executor)
    # Only if nobody saved a file meanwhile.
    if key and key == order_key(workspace, order):
        remember(store, key, workspace, outcome)
    return outcome


def _build_parallel(
    workspace: "Workspace", countries: list[str] | None, languages: list[str] | None, output: Path
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
            files[name], told = parallel(read, standing, wordings[pair.language])
            faults.extend(judged(told, {}, Stage.LAYOUT))
    say_problems(faults, workspace)
    if has_errors(faults):
        raise typer.Exit(ExitCode.LAYOUT)
    for path in publish(output, files) if files else ():
        typer.echo(short(path))


@app.command(
    epilog=(
        "Examples:  reportcard gauges peru · reportcard gauges peru --format png --language es"
        f" --output slides\n\n{EPILOG}"
    ),
    help=(
        "Write a country's gauges for slides and the web. Text in them is outlines: they look the"
        " same everywhere."
    ),
)
def gauges(
    country: Annotated[str, typer.Argument(help="A folder of content/ that has a card.")],
    format: Annotated[GaugeFormat, typer.Option(help="The kind of file.")] = GaugeFormat.SVG,
    language: Languages = None,
    output: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Where they go; without it, output/ of the workspace."),
    ] = None,
    dpi: Annotated[int, typer.Option(min=36, max=2400, help="Pixels per inch of a PNG.")] = 300,
    workspace: WorkspaceOption = None,
) -> None:
    from reportcard.outputs.gauge_files import GaugeFile, export_gauges

    found = workspace_at(workspace)
    written, problems = export_gauges(
        found,
        country,
        tuple(language or ()),
        GaugeFile(format.value, dpi),
        (output or found.output).absolute(),
    )
    say_problems(problems, found)
    for path in written:
        typer.echo(short(path))
    if not written:
        raise typer.Exit(ExitCode.CONTENT)


@app.command(
    epilog=(
        "Examples:  reportcard pictures · reportcard pictures peru --language es --output"
        f" ~/Desktop\n\n{EPILOG}"
    ),
    help=(
        "Draw each card's pictures for social media, 1200 × 630 and 1080 × 1350 pixels, with an"
        " alternative text to paste."
    ),
)
def pictures(
    countries: Countries = None,
    language: Languages = None,
    output: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help="Where they go; without it, output/pictures/ of the workspace."
        ),
    ] = None,
    workspace: WorkspaceOption = None,
) -> None:
    gc.disable()
    from reportcard.outputs.pictures import export_pictures
    from reportcard.problems.problem import has_errors

    found = workspace_at(workspace)
    target = (output or found.output / "pictures").absolute()
    written, problems = export_pictures(
        found, tuple(countries or ()), tuple(language or ()), target
    )
    say_problems(problems, found)
    for path in written:
        typer.echo(short(path))
    if not written:
        say_error(
            "no picture was drawn.",
            "Mend the problems above, or begin a card with: reportcard new COUNTRY",
        )
        raise typer.Exit(ExitCode.CONTENT)
    raise typer.Exit(ExitCode.WITHHELD if has_errors(problems) else ExitCode.OK)
