"""The command that begins a workspace: it asks on a terminal for what its options leave out."""

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from reportcard.cli.app import app, read_file, say_problems
from reportcard.errors import ExitCode, ReportCardError
from reportcard.messages.message import message
from reportcard.workspace.starter import STARTER_THEME

if TYPE_CHECKING:
    from reportcard.build.plan import Framework, NamedDimension

#: The bytes that a table of dimensions and categories may have.
_LARGEST_TABLE = 4 * 1024 * 1024


@dataclass(slots=True)
class _Answers:
    """What is known of the new workspace: by options, then by questions."""

    programme: str
    organisations: list[str]
    languages: list[str]
    units: list[str]
    dimensions: "list[NamedDimension]"
    cards: list[str]


# The options of init.
_Directory = Annotated[Path, typer.Argument(metavar="DIR", help="A new or empty folder.")]
_Programme = Annotated[
    str, typer.Option(metavar="NAME", help="The name of the index or publication.")
]
_Organisation = Annotated[
    list[str] | None,
    typer.Option(metavar="NAME", help="An organization on the cover. Can be repeated."),
]
_Language = Annotated[
    list[str] | None,
    typer.Option(
        metavar="CODE",
        help="A language of the cards, such as en; the first is the source. Can be repeated.",
    ),
]
_Unit = Annotated[
    list[str] | None,
    typer.Option(
        metavar="ONE/MANY",
        help=(
            "What is assessed, if not countries: basin/basins. For other languages: "
            "es=cuenca/cuencas. Can be repeated."
        ),
    ),
]
_Dimension = Annotated[
    list[str] | None,
    typer.Option(
        metavar="TEXT",
        help=(
            'A dimension and its categories: "Water: Quality; Access". Weights follow a star: '
            '"Water*2". For other languages: "es=Agua: Calidad; Acceso". Can be repeated.'
        ),
    ),
]
_Framework = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help=(
            "A CSV or XLSX file with the columns dimension, category, weight, and names in other "
            "languages: dimension es, category es."
        ),
    ),
]
_Formula = Annotated[
    Literal["sum", "mean", "weighted"], typer.Option(help="How scores are combined.")
]
_Maximum = Annotated[
    str, typer.Option(metavar="N", help="The highest possible score for a category.")
]
_OutOf = Annotated[
    str,
    typer.Option(metavar="N", help="The highest possible score for dimensions and the total."),
]
_Decimals = Annotated[int, typer.Option(min=0, max=3, help="Number of decimal places to print.")]
_Suffix = Annotated[str, typer.Option(metavar="TEXT", help="Printed after scores, like %.")]
_Lower = Annotated[bool, typer.Option("--lower-is-better", help="A lower score is better.")]
_Band = Annotated[
    list[str] | None,
    typer.Option(
        metavar="NAME=N",
        help="A band of totals and the score that ends it; the last has none. Can be repeated.",
    ),
]
_Colour = Annotated[
    str,
    typer.Option("--color", metavar="#RRGGBB", help="The main color, which should be dark."),
]
_Theme = Annotated[
    str, typer.Option(metavar="NAME", help="The look: gold, atlas, or a theme of a package.")
]
_Card = Annotated[
    list[str] | None,
    typer.Option(metavar="NAME", help="A first card to start. Can be repeated."),
]
_Job = Annotated[
    Literal["github", "gitlab"] | None,
    typer.Option(help="Add a job that checks, builds and compares the cards for reviewers."),
]
_Example = Annotated[Literal["peru"] | None, typer.Option(help="Copy the demonstration instead.")]


@app.command(
    examples=(
        "reportcard init my-cards",
        'reportcard init basins --programme "River Review" --unit basin/basins --dimension "Water:'
        ' Quality; Access" --card "North Basin"',
        "reportcard init demonstration --example peru --ci github",
    ),
    help=(
        "Create a new workspace.\n\nAsks for the names of your index and of its "
        "dimensions and categories. Every answer can be given as an option instead."
    ),
)
def init(
    directory: _Directory,
    programme: _Programme = "",
    organisation: _Organisation = None,
    language: _Language = None,
    unit: _Unit = None,
    dimension: _Dimension = None,
    framework: _Framework = None,
    formula: _Formula = "sum",
    maximum: _Maximum = "1",
    out_of: _OutOf = "",
    decimals: _Decimals = 1,
    suffix: _Suffix = "",
    lower: _Lower = False,
    band: _Band = None,
    colour: _Colour = "",
    theme: _Theme = STARTER_THEME,
    card: _Card = None,
    ci: _Job = None,
    example: _Example = None,
) -> None:
    from reportcard.build import plan, starter

    if example:
        _copy_demonstration(directory, ci)
        return
    starter.refuse_full(directory)
    answers = _Answers(
        programme,
        organisation or [],
        language or [],
        unit or [],
        plan.named_dimensions(dimension or ()),
        card or [],
    )
    if framework:
        answers.dimensions += _of_table(framework)
    _ask(answers)
    asked = plan.Framework(
        programme=answers.programme,
        languages=tuple(dict.fromkeys(answers.languages)) or ("en",),
        dimensions=tuple(answers.dimensions),
        organisations=tuple(answers.organisations),
        unit=_units(answers.units, (answers.languages or ["en"])[0]),
        formula=formula,
        maximum=maximum,
        out_of=out_of,
        decimals=decimals,
        suffix=suffix,
        is_lower_better=lower,
        bands=tuple(_band(one) for one in band or ()),
        colour=colour,
        theme=theme,
    )
    _begin(directory, asked, answers.cards, ci)


def _begin(
    directory: Path,
    asked: "Framework",
    cards: list[str],
    service: Literal["github", "gitlab"] | None,
) -> None:
    from reportcard.build import beginning, starter
    from reportcard.build.repository import repository_files
    from reportcard.workspace.workspace import Workspace

    units = {one: asked.units(one)[1] for one in asked.languages}
    beside = repository_files(asked.programme, asked.languages, units, service)
    texts = (*beginning.begun(asked, starter.tokens(asked.theme)), *beside)
    starter.init(directory, starter.shell(asked.theme), texts)
    workspace = Workspace.find(directory)
    for name in cards:
        _, problems = starter.begin_card(workspace, name, None)
        say_problems(problems, workspace)
    _say_ready(directory, "reportcard build" if cards else "reportcard new NAME")


def _of_table(file: Path) -> "list[NamedDimension]":
    from reportcard.build.plan import table_of_dimensions
    from reportcard.intake.grid import read_grids

    data = read_file(file, message("Choose a CSV or XLSX file."), _LARGEST_TABLE)
    grids, _ = read_grids(data, file.name)
    tables = ([[cell.text for cell in row] for row in grid.rows] for grid in grids)
    return table_of_dimensions(tables, file.name)


def _copy_demonstration(directory: Path, service: Literal["github", "gitlab"] | None) -> None:
    from reportcard.build import starter
    from reportcard.build.repository import repository_files

    starter.refuse_full(directory)
    programme, languages = starter.demonstrated()
    units = {"en": "countries", "es": "países"}
    beside = repository_files(programme, languages, units, service)
    starter.init(directory, starter.DEMONSTRATION, beside)
    _say_ready(directory, "reportcard build")


def _say_ready(directory: Path, next_: str) -> None:
    commands = f"cd {directory} && {next_}"
    typer.echo(
        message("{folder} is ready. Next: {commands}", folder=str(directory), commands=commands)
    )


def _ask(answers: _Answers) -> None:
    """Asks for what is missing; without a terminal, what cannot be left out is an error."""
    is_asked = sys.stdin.isatty() and sys.stderr.isatty()
    if not is_asked:
        if not answers.programme or not answers.dimensions:
            raise ReportCardError(
                message("the name of the index and its dimensions are needed."),
                code=ExitCode.USAGE,
                advice=message(
                    "Add --programme and --dimension, or copy the demonstration with "
                    "--example peru."
                ),
            )
        return
    if not answers.programme:
        answers.programme = _asked(message("Name of the index"))
        if not answers.organisations:
            answers.organisations = _several(message("Organizations, separated by commas"))
        if not answers.languages:
            answers.languages = _several(message("Languages, such as en, es"), "en")
        if not answers.units:
            answers.units = _several(
                message("What is assessed, if not countries, such as basin/basins")
            )
    while not answers.dimensions:
        _ask_dimensions(answers.dimensions)
    if not answers.cards:
        answers.cards = _several(message("First cards, separated by commas"))


def _ask_dimensions(dimensions: "list[NamedDimension]") -> None:
    """Asks for dimensions until the answer is empty; a wrong answer is asked for again."""
    from reportcard.build.plan import named_dimension

    while True:
        typed = _asked(
            message('A dimension and its categories, such as "Water: Quality; Access"'), ""
        )
        if not typed:
            return
        try:
            dimensions.append(named_dimension(typed))
        except ReportCardError as error:
            typer.echo(str(error.message), err=True)


def _asked(question: object, default: str | None = None) -> str:
    answer: str = typer.prompt(str(question), default=default, err=True, show_default=bool(default))
    return answer.strip()


def _several(question: object, default: str = "") -> list[str]:
    return [one.strip() for one in _asked(question, default).split(",") if one.strip()]


def _units(typed: list[str], source: str) -> dict[str, tuple[str, str]]:
    """What is assessed by language: `es=cuenca/cuencas`; `basin/basins` in the source language."""
    found: dict[str, tuple[str, str]] = {}
    for one in typed:
        language, _, names = one.rpartition("=")
        first, _, many = names.partition("/")
        found[language or source] = (first.strip(), (many or first).strip())
    return found


def _band(typed: str) -> tuple[str, str]:
    name, _, end = typed.partition("=")
    return name.strip(), end.strip()
