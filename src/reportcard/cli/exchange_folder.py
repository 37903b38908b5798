"""The command for translation servers: `translations sync`."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reportcard.cli.app import Languages, WorkspaceOption, nearest, read_file, short
from reportcard.cli.returned import print_comments, print_merged, returned_in, standing_of
from reportcard.cli.standings import read_content, standings_of
from reportcard.cli.translations import By, translations
from reportcard.errors import ExitCode
from reportcard.messages.message import message
from reportcard.workspace.owner import user_name

if TYPE_CHECKING:
    from reportcard.build.inventory import ReadWorkspace
    from reportcard.translation.confirmation import Confirmation
    from reportcard.translation.exchange_folder import ExchangeFile
    from reportcard.translation.judgement import Rejected
    from reportcard.translation.merge import Merged
    from reportcard.translation.parcel import Returned


@translations.command(
    examples=(
        "reportcard translations sync l10n",
        "reportcard translations sync l10n --format xliff --by Weblate",
    ),
    help=(
        "Exchange a folder of files with a translation server.\n\nImports the files in it, such "
        "as peru.es.po, and writes one for each card and language. If anything cannot be "
        "imported, it stays in its file, marked for review, with the reason, and the command "
        "exits with code 1."
    ),
)
def sync(
    folder: Annotated[
        Path,
        typer.Argument(metavar="FOLDER", help="Folder with the files to exchange.", readable=False),
    ],
    format: Annotated[
        str,
        typer.Option(metavar="FORMAT", help="po, xliff, xliff2, or a format added by a package."),
    ] = "po",
    language: Languages = None,
    by: By = None,
    workspace: WorkspaceOption = None,
) -> None:
    from reportcard.translation.confirmation import Confirmation
    from reportcard.translation.exchange_folder import carried_on, file_name, files_in
    from reportcard.translation.export import MAXIMUM_SIZE, known_format, written
    from reportcard.translation.parcel import parcel

    known_format(format)
    at = workspace or nearest(folder / "any")
    read = read_content(at)
    advice = message("Check the file name.")
    # Nothing is written if one of them cannot be read
    came = {
        file: returned_in(read_file(file.path, advice, MAXIMUM_SIZE), file.path)
        for file in files_in(folder, format)
        if _language_of(read, file)
    }
    word = Confirmation(kept=False, by=user_name(by), on=date.today().isoformat())
    refused: dict[ExchangeFile, tuple[Rejected, ...]] = {}
    for file, returned in came.items():
        merged = _imported(read, file, returned, word)
        refused[file] = merged.rejected
        if merged.files:
            read = read_content(at)
    print_comments([one for returned in came.values() for one in returned], read.workspace)
    known = (*read.content.edition.model.languages, *(language or ()))
    languages = tuple(dict.fromkeys((*known, *(_language_of(read, file) for file in came))))
    for standing in standings_of(read, None, languages, new=True):
        pair = standing.pair
        made = parcel(standing, read.content)
        its = [
            file
            for file in came
            if (file.scope, _language_of(read, file)) == (pair.scope, pair.language)
        ]
        for file in its:
            carried = carried_on(made, came[file], refused[file])
            _write(file.path, written(carried, format))
        if not its:
            name = file_name(pair.scope, pair.language, format)
            _write(folder / name, written(made, format))
    raise typer.Exit(ExitCode.DIFFERENT if any(refused.values()) else ExitCode.OK)


def _language_of(read: "ReadWorkspace", file: "ExchangeFile") -> str:
    """The language of the translation that a file is of, by its name; none for other files."""
    from reportcard.language.locales import is_language, nearest_tag
    from reportcard.translation.units import WORDING

    if file.scope not in (*read.content.cards, WORDING):
        return ""
    known = nearest_tag(file.language, read.content.edition.model.languages)
    found = known or (file.language if is_language(file.language) else "")
    return "" if found == read.content.source_language(file.scope) else found


def _imported(
    read: "ReadWorkspace",
    file: "ExchangeFile",
    returned: "Sequence[Returned]",
    word: "Confirmation",
) -> "Merged":
    """Imports what came back in a file."""
    from reportcard.translation.exchange_folder import with_added
    from reportcard.translation.merge import Merged, merged, rejection_report
    from reportcard.workspace.replacement import replace_files

    found = standings_of(read, [file.scope], [_language_of(read, file)], new=True)
    parts = [
        merged(read.workspace, read.content, standing_of(one, found, file.path), one, word)
        for one in returned
    ]
    files = {name: data for part in parts for name, data in part.files.items()}
    rejected = tuple(one for part in parts for one in part.rejected)
    if rejected:
        path = file.path.with_name(f"{file.path.name}.rejected")
        before = path.read_bytes() if path.exists() else b""
        report = with_added(rejection_report(rejected), before)
        if report != before:
            replace_files(path.absolute().parent, {path.name: report})
    typer.echo(f"{short(file.path)}:")
    for path in replace_files(read.workspace.root, files):
        typer.echo(short(path))
    print_merged(parts, file.path)
    imported = tuple(one for part in parts for one in part.imported)
    return Merged(files, imported, 0, rejected)


def _write(named: Path, data: bytes) -> None:
    """Writes a file, if it says something else than the one that is there."""
    from reportcard.translation.exchange_folder import is_as_written
    from reportcard.workspace.guard import destinations
    from reportcard.workspace.replacement import replace_files

    (path,) = destinations([named])
    if not (path.exists() and is_as_written(data, path.read_bytes())):
        replace_files(path.parent, {path.name: data})
        typer.echo(short(path))
