"""Commands for translations: how they stand, and a person's word on them."""

import getpass
import json
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reportcard.cli.app import (
    Languages,
    WorkspaceOption,
    app,
    nearest,
    read_file,
    say_error,
    say_problems,
    short,
    workspace_at,
)
from reportcard.cli.commands import Commands
from reportcard.cli.standings import record, tell_standing
from reportcard.errors import ExitCode, ReportCardError
from reportcard.workspace.media import Medium

if TYPE_CHECKING:
    from reportcard.build.inventory import ReadWorkspace
    from reportcard.problems.problem import Problem
    from reportcard.translation.confirmation import Standing


class StatusFormat(StrEnum):
    """How the status is told."""

    TEXT = "text"
    JSON = "json"


class ExchangeFormat(StrEnum):
    """The kinds of files that translators work in."""

    XLIFF = "xliff"
    PO = "po"
    XLSX = "xlsx"


translations = Commands(
    "translations",
    help=(
        "What is translated and what is not, files for translators and back: status, confirm, keep,"
        " export, import."
    ),
    no_args_is_help=True,
)
app.add_typer(translations)

Scopes = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="COUNTRY",
        help="Folders of content/, and wording for what all cards share; none means all.",
    ),
]
Fields = Annotated[
    list[str] | None,
    typer.Option(
        "--field", metavar="NAME", help="Only this field, as status names it; may be repeated."
    ),
]
By = Annotated[
    str | None,
    typer.Option(
        "--by", metavar="NAME", help="Who says so; without it, your name on this computer."
    ),
]


@translations.command(
    examples=(
        "reportcard translations status",
        "reportcard translations status peru --language es",
    ),
    help=(
        "Say what is missing, stale or orphaned, and how many words there are to do. Exit code 1 if"
        " anything is."
    ),
)
def status(
    countries: Scopes = None,
    language: Languages = None,
    format: Annotated[
        StatusFormat, typer.Option(help="For people, or every block for programs.")
    ] = StatusFormat.TEXT,
    every: Annotated[
        bool, typer.Option("--all", help="List blocks with nothing to do too.")
    ] = False,
    workspace: WorkspaceOption = None,
) -> None:
    _, found = _standings(workspace, countries, language)
    if format is StatusFormat.JSON:
        typer.echo(
            json.dumps(
                [record(one, block) for one in found for block in one.blocks],
                indent=1,
                ensure_ascii=False,
            )
        )
    else:
        for standing in found:
            tell_standing(standing, every=every)
    done = all(block.state.is_done for one in found for block in one.blocks)
    raise typer.Exit(ExitCode.OK if done else ExitCode.DIFFERENT)


@translations.command(
    examples=(
        "reportcard translations confirm peru --language es",
        "reportcard translations confirm peru --field context --by Ana",
    ),
    help="Say that a translation fits its source as it is now.",
)
def confirm(
    countries: Scopes = None,
    language: Languages = None,
    field: Fields = None,
    by: By = None,
    workspace: WorkspaceOption = None,
) -> None:
    _say(workspace, countries, language, field, by, kept=False)


@translations.command(
    examples=("reportcard translations keep peru --language es --field context",),
    help="Say that the source's change needs no new translation: a typo was mended, say.",
)
def keep(
    countries: Scopes = None,
    language: Languages = None,
    field: Fields = None,
    by: By = None,
    workspace: WorkspaceOption = None,
) -> None:
    _say(workspace, countries, language, field, by, kept=True)


@translations.command(
    examples=(
        "reportcard translations export peru --language es --format xlsx --output peru-es.xlsx",
    ),
    help=(
        "Write a file for a translator: every block with its source, what is translated, and notes."
    ),
)
def export(
    country: Annotated[
        str, typer.Argument(help="A folder of content/, or wording for what all cards share.")
    ],
    language: Annotated[str, typer.Option(metavar="CODE", help="The language to translate into.")],
    output: Annotated[Path, typer.Option("--output", metavar="FILE", help="The file to write.")],
    format: Annotated[
        ExchangeFormat, typer.Option(help="The kind of file.")
    ] = ExchangeFormat.XLIFF,
    bundle: Annotated[
        bool,
        typer.Option(
            "--bundle", help="One zip: XLIFF, translation memory, glossary, PDF of the pages."
        ),
    ] = False,
    workspace: WorkspaceOption = None,
) -> None:
    from reportcard.build.publish import replace_files
    from reportcard.translation import export as exporting
    from reportcard.translation.parcel import parcel
    from reportcard.workspace.guard import destinations

    (target,) = destinations([output])
    read, found = _standings(workspace, [country], [language])
    if not found:
        raise ReportCardError(
            f"{country} is written in {language} first.",
            code=ExitCode.USAGE,
            advice="Name a language to translate into.",
        )
    made = parcel(found[0], read.content)
    if bundle:
        data = exporting.bundle(made, read.content, _pages(read, country, language))
    else:
        data = exporting.written(made, exporting.Exchange(format.value))
    (path,) = replace_files(target.parent, {target.name: data})
    todo = sum(not item.state.is_done for item in made.items)
    typer.echo(f"{short(path)}: {len(made.items)} blocks, {todo} to translate")


@translations.command(
    name="import",
    examples=("reportcard translations import peru-es.xlsx --by Ana",),
    help=(
        "Take what a translator sent back. Only blocks that came back changed are written; what"
        " cannot be is kept in FILE.rejected."
    ),
)
def import_(
    file: Annotated[
        Path, typer.Argument(help="A file that export wrote and a translator filled in.")
    ],
    by: By = None,
    workspace: WorkspaceOption = None,
) -> None:
    from reportcard.build.publish import replace_files
    from reportcard.translation import export as exporting
    from reportcard.translation import merge as merging
    from reportcard.translation.confirmation import Confirmation

    data = read_file(file, "Name a file that is there.", exporting.MAXIMUM_SIZE)
    try:
        returned = exporting.read_back(data)
    except ValueError as error:
        raise ReportCardError(
            f"{file}: {error}.",
            code=ExitCode.UNREADABLE,
            advice="Send the file that reportcard translations export wrote, filled in.",
        ) from error
    read, found = _standings(workspace or nearest(file), [returned.scope], [returned.language])
    if not found or found[0].pair.source_language != returned.source_language:
        raise ReportCardError(
            f"{file} is for {returned.scope} from {returned.source_language} into"
            f" {returned.language}, which this workspace does not have.",
            code=ExitCode.USAGE,
            advice="Name the workspace with --workspace.",
        )
    word = Confirmation(kept=False, by=by or getpass.getuser(), on=date.today().isoformat())
    merged = merging.merged(read.workspace, read.content, found[0], returned, word)
    if merged.rejected:
        replace_files(
            file.absolute().parent, {f"{file.name}.rejected": merging.told(merged.rejected)}
        )
    for path in replace_files(read.workspace.root, merged.files):
        typer.echo(short(path))
    for one in merged.taken:
        typer.echo(f"  taken: {one}")
    typer.echo(
        f"{len(merged.taken)} blocks taken, {merged.untouched} as they were, {len(merged.rejected)}"
        " rejected"
    )
    for rejected in merged.rejected:
        say_error(
            f"{rejected.id.partition('#')[0]}: not taken, since {rejected.why}.",
            f"It is kept in {file.name}.rejected.",
        )
    raise typer.Exit(ExitCode.DIFFERENT if merged.rejected else ExitCode.OK)


def _pages(read: "ReadWorkspace", country: str, language: str) -> dict[str, bytes]:
    """The card's PDF in both languages as far as it can be built; nothing for the shared
    wording.
    """
    from reportcard.build.card import make_card
    from reportcard.build.editions import Kit
    from reportcard.build.inventory import SoundWorkspace
    from reportcard.page.gauges import Gallery
    from reportcard.problems.problem import has_errors
    from reportcard.workspace.store import Store

    if country not in read.content.cards or not isinstance(read, SoundWorkspace):
        return {}
    kit = Kit.of(read, (Medium.SCREEN,))
    languages = tuple(
        one
        for one in (read.content.source_language(country), language)
        if one in read.content.cards[country]
    )
    made = make_card(kit, country, languages, Gallery(Store(read.workspace.cache)))
    return {} if has_errors(made.problems) else made.files


def _say(
    workspace: Path | None,
    countries: list[str] | None,
    language: list[str] | None,
    field: list[str] | None,
    by: str | None,
    *,
    kept: bool,
) -> None:
    from reportcard.build.publish import replace_files
    from reportcard.problems.rule import Stage
    from reportcard.problems.waivers import judged
    from reportcard.translation.confirmation import Confirmation, said

    read, found = _standings(workspace, countries, language)
    word = Confirmation(kept, by or getpass.getuser(), date.today().isoformat(), tuple(field or ()))
    problems: list[Problem] = []
    files: dict[str, bytes] = {}
    for standing in found:
        changed, taken, faults = said(standing, word)
        problems.extend(faults)
        files |= changed
        for name in taken:
            typer.echo(f"{standing.pair.scope} {standing.pair.language}: {name}")
    told = judged(problems, {}, Stage.CONTENT)
    say_problems(told, read.workspace)
    if told and field:
        raise typer.Exit(ExitCode.CONTENT)
    for path in replace_files(read.workspace.root, files):
        typer.echo(short(path))
    if not files:
        typer.echo("nothing to say: everything is as it was told before")
    raise typer.Exit(ExitCode.CONTENT if told else ExitCode.OK)


def _standings(
    workspace: Path | None, countries: list[str] | None, languages: list[str] | None
) -> "tuple[ReadWorkspace, tuple[Standing, ...]]":
    from reportcard.build.inventory import ReadWorkspace, ordered, read_workspace
    from reportcard.problems.rule import Stage
    from reportcard.problems.waivers import judged
    from reportcard.translation.confirmation import standings
    from reportcard.translation.units import WORDING

    read = read_workspace(workspace_at(workspace))
    if not isinstance(read, ReadWorkspace):
        say_problems(read.problems, read.workspace)
        say_error("the content cannot be read.", "Mend the problems above.")
        raise typer.Exit(ExitCode.CONTENT)
    scopes = tuple(dict.fromkeys(countries or ()))
    ordered(
        read.content, tuple(scope for scope in scopes if scope != WORDING), tuple(languages or ())
    )
    found, problems = standings(
        read.workspace, read.content, scopes, tuple(dict.fromkeys(languages or ()))
    )
    if problems:
        say_problems(judged(problems, {}, Stage.CONTENT), read.workspace)
        sidecar_alone = all(problem.place.file.endswith(".status.yaml") for problem in problems)
        advice = (
            "Undo its last change, or delete it and confirm the translation again."
            if sidecar_alone
            else "Mend the problems above, or undo the last change there."
        )
        raise ReportCardError(
            "a file of these translations cannot be read. Nothing was written.",
            code=ExitCode.CONTENT,
            advice=advice,
        )
    return read, found
