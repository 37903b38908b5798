"""The command that begins a workspace: it asks on a terminal for what its options leave out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from reportcard.cli.app import app, read_file, say, say_error, say_problems
from reportcard.errors import ExitCode, ReportCardError
from reportcard.messages.message import message
from reportcard.workspace.starter import STARTER_THEME
from reportcard.workspace.workspace import Workspace

if TYPE_CHECKING:
    from reportcard.build.plan import Framework, NamedDimension
    from reportcard.cli.interview import Answers

#: The bytes that a table of dimensions and categories may have.
_LARGEST_TABLE = 4 * 1024 * 1024


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
        help='A language of the cards, such as "en"; the first is the source language. Can be '
        "repeated.",
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
            'A dimension and its categories: "Water: Quality; Access". Give weights after an '
            'asterisk: "Water*2". For other languages: "es=Agua: Calidad; Acceso". Can be '
            "repeated."
        ),
    ),
]
_Framework = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help=(
            'A CSV or XLSX file with the columns "dimension", "category" and "weight". Names in '
            'other languages go in columns like "dimension es" and "category es".'
        ),
    ),
]
_Formula = Annotated[
    Literal["sum", "mean", "weighted"] | None,
    typer.Option(help="How scores are combined. Default: sum, or weighted if there are weights."),
]
_Weights = Annotated[
    list[str] | None,
    typer.Option(
        metavar="NAME=N",
        help=('Weights: "Water=2; Quality=3". Any left out default to 1. Can be repeated.'),
    ),
]
_Maximum = Annotated[
    str,
    typer.Option(metavar="N", help="The highest possible score for a category. Default: 1."),
]
_OutOf = Annotated[
    str,
    typer.Option(metavar="N", help="The highest possible score for dimensions and the total."),
]
_Decimals = Annotated[
    int | None,
    typer.Option(min=0, max=3, help="Number of decimal places to print. Default: 1."),
]
_Suffix = Annotated[str, typer.Option(metavar="TEXT", help="Text printed after scores, such as %.")]
_Lower = Annotated[bool, typer.Option("--lower-is-better", help="A lower score is better.")]
_LowerIn = Annotated[
    list[str] | None,
    typer.Option(
        "--lower",
        metavar="NAME",
        help="A category in which, unlike in the others, a lower score is better. Can be repeated.",
    ),
]
_Band = Annotated[
    list[str] | None,
    typer.Option(
        metavar="NAME=N",
        help='A band of the total score and the score where it ends, such as "low=40"; the last '
        "has no score. Can be repeated.",
    ),
]
_Colour = Annotated[
    str,
    typer.Option("--color", metavar="#RRGGBB", help="The main color, which should be dark."),
]
_Theme = Annotated[
    str,
    typer.Option(
        metavar="NAME",
        help="The look: gold (A4), atlas (US Letter), or a theme from a package. Default: gold.",
    ),
]
_Card = Annotated[
    list[str] | None,
    typer.Option(metavar="NAME", help="The name of a card to create. Can be repeated."),
]
_Scored = Annotated[
    list[str] | None,
    typer.Option(
        metavar="NAME",
        help="The name of a country or unit with scores but no card. Can be repeated.",
    ),
]
_Job = Annotated[
    Literal["github", "gitlab"] | None,
    typer.Option(help="Add a CI job that checks, builds and compares the cards for reviewers."),
]
_Example = Annotated[
    Literal["peru"] | None,
    typer.Option(help="Copy the demonstration instead of starting from scratch."),
]


@app.command(
    examples=(
        "reportcard init my-cards",
        'reportcard init basins --programme "River Review" --unit basin/basins --dimension "Water:'
        ' Quality; Access" --card "North Basin"',
        "reportcard init demonstration --example peru --ci github",
    ),
    help=(
        "Asks for the names of your index and of its dimensions and categories. Every answer can "
        "be given as an option instead."
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
    formula: _Formula = None,
    weights: _Weights = None,
    maximum: _Maximum = "",
    out_of: _OutOf = "",
    decimals: _Decimals = None,
    suffix: _Suffix = "",
    lower: _Lower = False,
    lower_in: _LowerIn = None,
    band: _Band = None,
    colour: _Colour = "",
    theme: _Theme = "",
    card: _Card = None,
    scored: _Scored = None,
    ci: _Job = None,
    example: _Example = None,
) -> None:
    from reportcard.build import plan, starter
    from reportcard.cli.interview import Answers, ask

    if example:
        _copy_demonstration(directory, ci)
        return
    starter.refuse_full(directory)
    dimensions = plan.named_dimensions(dimension or ())
    if framework:
        dimensions += _of_table(framework)
    answers = Answers(
        programme=programme,
        organisations=organisation or [],
        languages=language or [],
        units=unit or [],
        dimensions=plan.with_lower(plan.with_weights(dimensions, weights or ()), lower_in or ()),
        formula=formula or "",
        maximum=maximum,
        out_of=out_of,
        decimals=decimals,
        is_lower_better=lower,
        colour=colour,
        theme=theme,
        cards=card or [],
        scored=scored or [],
    )
    ask(answers)
    look = _Look(suffix, tuple(map(_band, band or ())))
    asked = _framework(answers, look)
    for name in (*answers.cards, *answers.scored):
        starter.refuse_unnamed(name, asked.languages, of_country=asked.is_of_countries)
    _begin(directory, asked, ci)
    raise typer.Exit(_begin_cards(directory, answers.cards, answers.scored))


@dataclass(frozen=True, slots=True)
class _Look:
    """How scores and pages look, as options alone say it."""

    suffix: str
    bands: tuple[tuple[str, str], ...]


def _framework(answers: "Answers", look: _Look) -> "Framework":
    from reportcard.build.plan import Framework

    languages = tuple(dict.fromkeys(answers.languages)) or ("en",)
    return Framework(
        programme=answers.programme,
        languages=languages,
        dimensions=tuple(answers.dimensions),
        organisations=tuple(answers.organisations),
        unit=_units(answers.units, languages[0]),
        formula=answers.formula,
        maximum=answers.maximum or "1",
        out_of=answers.out_of,
        decimals=1 if answers.decimals is None else answers.decimals,
        suffix=look.suffix,
        is_lower_better=answers.is_lower_better,
        bands=look.bands,
        colour=answers.colour,
        theme=answers.theme or STARTER_THEME,
    )


def _begin(
    directory: Path, asked: "Framework", service: Literal["github", "gitlab"] | None
) -> None:
    from reportcard.build import beginning, starter
    from reportcard.build.repository import repository_files

    units = {one: asked.units(one)[1] for one in (*asked.languages, "en")}
    beside = repository_files(asked.programme, asked.languages, units, service)
    texts = (*beginning.begun(asked, starter.tokens(asked.theme)), *beside)
    starter.init(directory, starter.shell(asked.theme), texts)
    for one in asked.unworded_languages:
        say(
            message(
                "The shared words are in English, because there are none in the language "
                '"{language}": translate them in {file}.',
                language=one,
                file=str(directory / "content" / "wording" / f"{one}.yaml"),
            )
        )
    for one in asked.unnamed_languages:
        say(
            message(
                'Dimensions and categories have no names in the language "{language}" yet: '
                "translate them in {file}.",
                language=one,
                file=str(directory / "content" / "wording" / f"{one}.yaml"),
            )
        )


def _begin_cards(directory: Path, cards: Sequence[str], scored: Sequence[str]) -> ExitCode:
    """Begins cards, and files for scores alone; names those that there is no card of, and the
    commands that make them. Gives how the command ends.
    """
    from reportcard.build.inventory import read_workspace
    from reportcard.build.starter import begin_card
    from reportcard.problems.problem import Severity

    workspace = Workspace.find(directory)
    wrong = [one for one in read_workspace(workspace).shared if one.severity is Severity.ERROR]
    say_problems(wrong, workspace)
    code = ExitCode.WITHHELD if wrong else ExitCode.OK
    made: list[str] = []
    missing: list[str] = []
    for name, scores_only in (*((one, False) for one in cards), *((one, True) for one in scored)):
        try:
            written, _ = begin_card(workspace, name, None, scores_only=scores_only)
        except ReportCardError as error:
            say_error(error.message, error.advice)
            # The workspace is written all the same
            code, written = ExitCode.WITHHELD, ()
        if scores_only or not written:
            missing.append(name)
        else:
            made.append(name)
    _say_ready(directory, "reportcard build" if made else "reportcard new NAME")
    if missing:
        say(message("No card yet: {names}. Create one with:", names=tuple(missing)))
    for name in missing:
        say(f"  reportcard new {_quoted(name)}")
    return code


def _quoted(name: str) -> str:
    """A name as it is typed after a command."""
    return name if re.fullmatch(r"[\w.-]+", name) else '"' + name.replace('"', '\\"') + '"'


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


def _units(typed: list[str], source: str) -> dict[str, tuple[str, str]]:
    """What is assessed by language: `es=cuenca/cuencas`; `basin/basins` in the source language.
    Raises ReportCardError (USAGE) for one without its plural, which the words of all cards need.
    """
    found: dict[str, tuple[str, str]] = {}
    for one in typed:
        language, _, names = one.rpartition("=")
        first, _, many = (part.strip() for part in names.partition("/"))
        if not (first and many):
            raise ReportCardError(
                message('the option --unit has no plural: "{text}".', text=one),
                code=ExitCode.USAGE,
                advice=message("Enter one and many with a slash between them: basin/basins."),
            )
        found[language or source] = (first, many)
    return found


def _band(typed: str) -> tuple[str, str]:
    name, _, end = typed.partition("=")
    return name.strip(), end.strip()
