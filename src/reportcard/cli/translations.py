"""Commands for translations: their state, confirmation, and files for translators."""

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
    say_problems,
    short,
)
from reportcard.cli.commands import Commands
from reportcard.cli.returned import (
    print_comments,
    print_merged,
    returned_in,
    standing_of,
    wanted_languages,
)
from reportcard.cli.standings import (
    print_standing,
    printed_with,
    read_content,
    read_standings,
    record,
    standings_of,
    weights_of,
)
from reportcard.errors import ExitCode, ReportCardError
from reportcard.messages.message import message
from reportcard.workspace.media import Medium
from reportcard.workspace.owner import user_name

if TYPE_CHECKING:
    from reportcard.build.inventory import ReadWorkspace, SoundWorkspace
    from reportcard.problems.problem import Problem
    from reportcard.translation.confirmation import Standing
    from reportcard.translation.pages import Pages


class StatusFormat(StrEnum):
    """How the status is printed."""

    TEXT = "text"
    JSON = "json"


translations = Commands(
    "translations",
    no_args_is_help=True,
)
app.add_typer(translations)

Scopes = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="CARD",
        help="Folders in content/, or `wording`. Default: all.",
    ),
]
Fields = Annotated[
    list[str] | None,
    typer.Option(
        "--field", metavar="NAME", help="Only this field, as listed by status. Can be repeated."
    ),
]
By = Annotated[
    str | None,
    typer.Option(
        "--by", metavar="NAME", help="Name to record. Default: your user name on this computer."
    ),
]


@translations.command(
    examples=(
        "reportcard translations status",
        "reportcard translations status peru --language es --quote",
    ),
    help=(
        "Show what is missing or out of date.\n\nLists each block that is missing, stale or "
        "orphaned, and counts the words to translate. A file or section whose blocks all have "
        "the same status takes a single line. Exits with code 1 if any block is missing, stale "
        "or orphaned."
    ),
)
def status(
    countries: Scopes = None,
    language: Languages = None,
    format: Annotated[
        StatusFormat, typer.Option(help="Output format: text, or JSON with every block.")
    ] = StatusFormat.TEXT,
    every: Annotated[
        bool, typer.Option("--all", help="List every block, including those that need no work.")
    ] = False,
    quote: Annotated[
        bool,
        typer.Option(
            "--quote",
            help="Weight the words to translate by their similarity to existing translations.",
        ),
    ] = False,
    workspace: WorkspaceOption = None,
) -> None:
    read, found = read_standings(workspace, countries, language)
    found = (*found, *printed_with(read, found))
    weighed = list(zip(found, weights_of(read, found), strict=True))
    if format is StatusFormat.JSON:
        typer.echo(
            json.dumps(
                [
                    record(one, block, weights.get(number))
                    for one, weights in weighed
                    for number, block in enumerate(one.blocks)
                ],
                indent=1,
                ensure_ascii=False,
            )
        )
    else:
        counted = [
            print_standing(standing, list(weights.values()), every=every, quote=quote)
            for standing, weights in weighed
        ]
        if any(counted):
            typer.echo(message("To list each block, add --all."))
    done = all(block.state.is_done for one in found for block in one.blocks)
    raise typer.Exit(ExitCode.OK if done else ExitCode.DIFFERENT)


@translations.command(
    examples=(
        "reportcard translations confirm peru --language es",
        "reportcard translations confirm peru --field context --by Ana",
    ),
    help="Confirm that a translation matches its current source.",
)
def confirm(
    countries: Scopes = None,
    language: Languages = None,
    field: Fields = None,
    by: By = None,
    workspace: WorkspaceOption = None,
) -> None:
    _confirm(workspace, countries, language, field, by, kept=False)


@translations.command(
    examples=("reportcard translations keep peru --language es --field context",),
    help=(
        "Keep a translation even though its source has changed.\n\nUse this if the "
        "change, such as a corrected typo, does not affect the translation."
    ),
)
def keep(
    countries: Scopes = None,
    language: Languages = None,
    field: Fields = None,
    by: By = None,
    workspace: WorkspaceOption = None,
) -> None:
    _confirm(workspace, countries, language, field, by, kept=True)


@translations.command(
    examples=(
        "reportcard translations export peru --language es --format xlsx --output peru-es.xlsx",
    ),
    help=(
        "Write a file for a translator.\n\nIt contains every block with its source, its "
        "current translation, and notes."
    ),
)
def export(
    country: Annotated[
        str, typer.Argument(help="A folder in content/, or `wording` for the shared text.")
    ],
    language: Annotated[str, typer.Option(metavar="CODE", help="The language to translate into.")],
    output: Annotated[Path, typer.Option("--output", metavar="FILE", help="The file to write.")],
    format: Annotated[
        str,
        typer.Option(
            metavar="FORMAT", help="xliff, xliff2, po, xlsx, or a format added by a package."
        ),
    ] = "xliff",
    bundle: Annotated[
        bool,
        typer.Option("--bundle", help="Export a ZIP: XLIFF, translation memory, glossary, PDFs."),
    ] = False,
    tool: Annotated[
        str | None,
        typer.Option("--for", metavar="TOOL", help="omegat: export a project as a ZIP file."),
    ] = None,
    workspace: WorkspaceOption = None,
) -> None:
    from reportcard.translation import export as exporting
    from reportcard.translation.parcel import parcel
    from reportcard.workspace.guard import destinations
    from reportcard.workspace.replacement import replace_files

    (target,) = destinations([output])
    read, found = read_standings(workspace, [country], [language], new=True)
    if not found:
        raise ReportCardError(
            message(
                '"{language}" is the source language of {country}.',
                language=language,
                country=country,
            ),
            code=ExitCode.USAGE,
            advice=message("Choose a language to translate into."),
        )
    files, pages = _pages(read, found[0], with_files=bundle and not tool)
    made = parcel(found[0], read.content, pages)
    if tool:
        data = exporting.project(made, read.content, tool)
    elif bundle:
        data = exporting.bundle(made, read.content, files)
    else:
        data = exporting.written(made, format)
    (path,) = replace_files(target.parent, {target.name: data})
    todo = sum(not item.state.is_done for item in made.items)
    blocks = message("{n} block", "{n} blocks", n=len(made.items))
    left = message("{n} to translate", "{n} to translate", n=todo)
    typer.echo(f"{short(path)}: {blocks}, {left}")
    if language not in read.content.edition.model.languages:
        typer.echo(
            message(
                '"{language}" is a new language: the first import adds it to content/edition.yaml.',
                language=language,
            )
        )


@translations.command(
    name="import",
    examples=("reportcard translations import peru-es.xlsx --by Ana",),
    help=(
        "Import a file that a translator has filled in.\n\nWrites only the blocks that "
        "have changed. Blocks that cannot be imported are saved in FILE.rejected."
    ),
)
def import_(
    file: Annotated[
        Path,
        typer.Argument(help="An exported file that a translator has filled in.", readable=False),
    ],
    by: By = None,
    workspace: WorkspaceOption = None,
) -> None:
    from reportcard.translation import export as exporting
    from reportcard.translation import merge as merging
    from reportcard.translation.confirmation import Confirmation
    from reportcard.workspace.replacement import replace_files

    advice = message("Check the file name.")
    returned = returned_in(read_file(file, advice, exporting.MAXIMUM_SIZE), file)
    read = read_content(workspace or nearest(file))
    scopes = [one.scope for one in returned]
    languages = wanted_languages(read.content, returned)
    found = standings_of(read, scopes, languages, new=True)
    word = Confirmation(kept=False, by=user_name(by), on=date.today().isoformat())
    merged = [
        merging.merged(read.workspace, read.content, standing_of(one, found, file), one, word)
        for one in returned
    ]
    rejected = tuple(one for each in merged for one in each.rejected)
    if rejected:
        report = merging.rejection_report(rejected)
        replace_files(file.absolute().parent, {f"{file.name}.rejected": report})
    files = {name: data for each in merged for name, data in each.files.items()}
    for path in replace_files(read.workspace.root, files):
        typer.echo(short(path))
    print_merged(merged, file)
    print_comments(returned, read.workspace)
    raise typer.Exit(ExitCode.DIFFERENT if rejected else ExitCode.OK)


def _pages(
    read: "ReadWorkspace", standing: "Standing", *, with_files: bool
) -> "tuple[dict[str, bytes], Pages]":
    """The card's PDF in both languages as far as it can be built, and both side by side; with the
    pages of its blocks. Without files, and for the shared wording, what the last build says of
    pages.
    """
    from reportcard.build.inventory import SoundWorkspace
    from reportcard.translation.pages import built_pages

    pair = standing.pair
    built = built_pages(read.workspace, pair.scope, pair.source_language)
    if with_files and isinstance(read, SoundWorkspace) and pair.scope in read.content.cards:
        return _bundled(read, standing, built)
    return {}, built


def _bundled(
    read: "SoundWorkspace", standing: "Standing", built: "Pages"
) -> "tuple[dict[str, bytes], Pages]":
    """The files of a bundle that have pages, and the pages of the card's blocks."""
    from reportcard.build.card import make_card
    from reportcard.build.editions import Kit
    from reportcard.page.gauges import Gallery
    from reportcard.problems.problem import has_errors
    from reportcard.translation.pages import recorded_pages
    from reportcard.translation.parallel import file_name, parallel
    from reportcard.workspace.store import Store

    pair = standing.pair
    kit = Kit.of(read, (Medium.SCREEN,))
    languages = (pair.source_language, pair.language)
    there = tuple(one for one in languages if one in read.content.cards[pair.scope])
    made = make_card(kit, pair.scope, there, Gallery(Store(read.workspace.cache)))
    files, pages = (
        ({}, built)
        if has_errors(made.problems)
        else (
            dict(made.files),
            recorded_pages(made.records.values()),
        )
    )
    if pair.language in there:
        beside, found = parallel(read, standing, None, pages or None)
        if not has_errors(found):
            files[file_name(pair.scope, *languages)] = beside
    return files, pages


def _confirm(
    workspace: Path | None,
    countries: list[str] | None,
    language: list[str] | None,
    field: list[str] | None,
    by: str | None,
    *,
    kept: bool,
) -> None:
    from reportcard.problems.rule import Stage
    from reportcard.problems.waivers import judged
    from reportcard.translation.confirmation import Confirmation, confirmed
    from reportcard.workspace.replacement import replace_files

    read, found = read_standings(workspace, countries, language)
    word = Confirmation(kept, user_name(by), date.today().isoformat(), tuple(field or ()))
    problems: list[Problem] = []
    files: dict[str, bytes] = {}
    for standing in found:
        changed, fields, faults = confirmed(standing, word)
        problems.extend(faults)
        files |= changed
        for name in fields:
            typer.echo(f"{standing.pair.scope} {standing.pair.language}: {name}")
    faulty = judged(problems, {}, Stage.CONTENT)
    say_problems(faulty, read.workspace)
    if faulty and field:
        raise typer.Exit(ExitCode.CONTENT)
    for path in replace_files(read.workspace.root, files):
        typer.echo(short(path))
    if not files:
        typer.echo(message("Nothing to confirm: everything is already confirmed."))
    raise typer.Exit(ExitCode.CONTENT if faulty else ExitCode.OK)
