"""The command that takes in what people send: manuscripts and tables of scores."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from reportcard.cli.app import (
    WorkspaceOption,
    app,
    say_error,
    say_problems,
    short,
    workspace_at,
)
from reportcard.errors import ExitCode, ReportCardError

if TYPE_CHECKING:
    from reportcard.content.loading import Content
    from reportcard.intake.entry import Posted
    from reportcard.intake.receipt import Received
    from reportcard.workspace.workspace import Workspace

#: What tables of scores are saved as, with those that are refused later.
_TABLES: Final = (".csv", ".tsv", ".xlsx", ".xlsm", ".xls", ".ods")
#: No more paragraphs without a field than these are told one by one.
_TOLD: Final = 12


_FileArgument = Annotated[
    Path,
    typer.Argument(
        metavar="FILE", help="A manuscript (.docx), or a table of scores (.xlsx, .csv)."
    ),
]
_CountryOption = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="The folder of content/ that a manuscript is for."),
]
_LanguageOption = Annotated[
    str | None, typer.Option(metavar="CODE", help="The language that it is written in.")
]
_OutputOption = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="FILE", help="Write the card elsewhere."),
]
_ReplaceOption = Annotated[
    bool,
    typer.Option(
        "--replace",
        help="Put the card in the place of the one there, which is kept as CODE.before.yaml.",
    ),
]
_FinalOption = Annotated[
    bool,
    typer.Option(
        "--final", help="The scores are no placeholders any more: take `provisional` away."
    ),
]
_DryRunOption = Annotated[bool, typer.Option("--dry-run", help="Only say what would be written.")]


@app.command(
    examples=(
        "reportcard intake ecuador.docx --country ecuador --language es",
        "reportcard intake scores.xlsx --dry-run",
    ),
    help=(
        "Take in a Word manuscript as a card, or a table of scores. Nothing is lost: text without a"
        " field is kept, marked."
    ),
)
def intake(
    file: _FileArgument,
    country: _CountryOption = None,
    language: _LanguageOption = None,
    output: _OutputOption = None,
    replace: _ReplaceOption = False,
    final: _FinalOption = False,
    dry_run: _DryRunOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    from reportcard.build.inventory import ReadWorkspace, read_workspace
    from reportcard.pdf.inspection import UnreadableError
    from reportcard.pdf.inspection import read as read_file
    from reportcard.workspace.guard import destinations

    given = {
        "--country": country,
        "--language": language,
        "--output": output,
        "--replace": replace,
    }
    if file.suffix.lower() in _TABLES:
        _refuse_for_tables([option for option, value in given.items() if value])
    found = workspace_at(workspace)
    destinations([output] if output else [], [file])
    try:
        data = read_file(file)
    except UnreadableError as error:
        raise ReportCardError(
            f"{file} cannot be read: {error}.",
            code=ExitCode.UNREADABLE,
            advice="Name a manuscript or a table that is there.",
        ) from error
    read = read_workspace(found)
    if not isinstance(read, ReadWorkspace):
        say_problems(read.problems, found)
        say_error("the content cannot be read.", "Mend the problems above. Nothing was written.")
        raise typer.Exit(ExitCode.CONTENT)
    if country or language or file.suffix.lower() in (".docx", ".docm", ".doc", ".odt", ".rtf"):
        if not (country and language):
            raise ReportCardError(
                "a manuscript is for a country and in a language.",
                code=ExitCode.USAGE,
                advice="Add --country NAME --language CODE.",
            )
        _take_manuscript(
            found,
            read.content,
            data,
            file.name,
            (country, language),
            output,
            replace=replace,
            dry_run=dry_run,
        )
    else:
        _take_scores(found, read.content, data, file.name, final=final, dry_run=dry_run)


def _refuse_for_tables(given: list[str]) -> None:
    """Raises ReportCardError (USAGE) for options that say nothing of a table of scores."""
    if given:
        raise ReportCardError(
            f"a table of scores takes no {', '.join(given)}.",
            code=ExitCode.USAGE,
            advice=(
                "Leave that out: the table itself names its countries, and its scores go into their"
                " scores.yaml."
            ),
        )


# --- manuscripts ----------------------------------------------------------------------------------


def _take_manuscript(
    workspace: "Workspace",
    content: "Content",
    data: bytes,
    name: str,
    card: tuple[str, str],
    output: Path | None,
    *,
    replace: bool,
    dry_run: bool,
) -> None:
    from reportcard.build.publish import replace_files
    from reportcard.intake.receipt import Submission, receive

    country, language = card
    file = f"content/{country}/{language}.yaml"
    if workspace.exists(file) and not (replace or output or dry_run):
        raise ReportCardError(
            f"{file} is there already.",
            code=ExitCode.USAGE,
            advice=(
                "Write elsewhere with --output FILE, or put the new one in its place with"
                f" --replace, which keeps the earlier one as {language}.before.yaml. Nothing was"
                " written."
            ),
        )
    if output and output.exists() and not replace:
        raise ReportCardError(
            f"{output} is there already.",
            code=ExitCode.USAGE,
            advice="Name another file, or add --replace. Nothing was written.",
        )
    submission = Submission(data, name, country, language)
    received = receive(workspace, content, submission, spelling=True)
    _tell_manuscript(received)
    if not received.files:
        say_problems(received.problems, workspace)
        say_error(
            f"{name} was not taken in.",
            "What it would say cannot be read as content: mend the manuscript where the problems"
            " above say. Nothing was written.",
        )
        raise typer.Exit(ExitCode.CONTENT)
    if dry_run:
        typer.echo("nothing was written (--dry-run)")
        return
    if output:
        written = replace_files(output.absolute().parent, {output.name: received.files[file]})
    else:
        written = replace_files(
            workspace.root, {**_kept(workspace, country, language), **received.files}
        )
    for path in written:
        typer.echo(short(path))
    _tell_next(received, content, country, language, at_place=output is None)


def _kept(workspace: "Workspace", country: str, language: str) -> dict[str, bytes]:
    """The earlier card under a name that is no language and that nothing has yet."""
    if not workspace.exists(f"content/{country}/{language}.yaml"):
        return {}
    number = 1
    while workspace.exists(
        kept := f"content/{country}/{language}.before{'' if number == 1 else f'-{number}'}.yaml"
    ):
        number += 1
    return {kept: workspace.read(f"content/{country}/{language}.yaml")}


def _tell_manuscript(received: "Received") -> None:
    typer.echo("what went where:")
    for field, paragraphs, notes in received.rows:
        if paragraphs:
            typer.echo(f"  {field:36} {paragraphs}{f' ({notes} note calls)' if notes else ''}")
    from collections import Counter

    shared = Counter(".".join(where.split(".")[:2]) for where, _ in received.shared)
    if shared:
        typer.echo("left out, since all cards share it or the program sets it:")
        for where, count in shared.items():
            typer.echo(f"  {where:36} {count}")
    if received.unplaced:
        typer.echo("not placed (under `unplaced`):")
        for text in received.unplaced[:_TOLD]:
            typer.echo(f"  “{_short(text)}”")
        if len(received.unplaced) > _TOLD:
            typer.echo(f"  … and {len(received.unplaced) - _TOLD} more")
    if received.told:
        typer.echo("to look at:")
        for one in received.told:
            typer.echo(f"  {one}")


def _tell_next(
    received: "Received", content: "Content", country: str, language: str, *, at_place: bool
) -> None:
    typer.echo("next:")
    if received.unplaced:
        typer.echo(
            "  Move what stands under `unplaced` to its field, or delete it: it is not printed."
        )
    if received.values:
        typer.echo(
            f"  {received.values} scores or ranks are typed: put their values, like {{{{"
            " score.total }}. The check names each."
        )
    if received.problems:
        from reportcard.problems.problem import has_errors

        errors = sum(has_errors([problem]) for problem in received.problems)
        typer.echo(
            f"  reportcard check {country} will tell {errors} errors and"
            f" {len(received.problems) - errors} warnings of this file."
        )
    if not at_place:
        return
    missing = [
        one
        for one in content.wordings
        if one != language and one not in content.cards.get(country, {})
    ]
    if missing:
        typer.echo(
            f"  The card is not there in {', '.join(missing)}: take its manuscript in, or translate"
            f" it (fallback: true in content/edition.yaml prints {language} meanwhile)."
        )
    if content.source_language(country) != language and not content.cards.get(country, {}):
        typer.echo(
            f"  It is written in {language} first: say so in content/edition.yaml,"
            f" source_languages: {{{country}: {language}}}."
        )
    typer.echo(
        f"  See its pages: reportcard preview, or reportcard build {country} --language {language}"
    )


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 90 else f"{words[:89].rstrip()}…"


# --- scores ---------------------------------------------------------------------------------------


def _take_scores(
    workspace: "Workspace",
    content: "Content",
    data: bytes,
    name: str,
    *,
    final: bool,
    dry_run: bool,
) -> None:
    from reportcard.build.publish import replace_files
    from reportcard.intake.entry import post
    from reportcard.problems.problem import has_errors

    posted = post(content, data, name, final=final)
    say_problems(posted.problems, workspace)
    if has_errors(posted.problems):
        say_error(
            f"{name} was not taken in.",
            "Mend the cells above and run it again. Nothing was written.",
        )
        raise typer.Exit(ExitCode.CONTENT)
    _tell_scores(posted)
    if dry_run or not posted.files:
        typer.echo(
            "nothing was written" + (" (--dry-run)" if dry_run else ": every score is as it was")
        )
        return
    for path in replace_files(workspace.root, posted.files):
        typer.echo(short(path))


def _tell_scores(posted: "Posted") -> None:
    for country, changes in posted.changes.items():
        typer.echo(f"{country}: {len(changes)} changed, {posted.same[country]} as they were")
        for change in changes:
            typer.echo(f"  {change.name:36} {change.before or '–'} → {change.now}")
    for one in posted.told:
        typer.echo(f"  {one}")
    for problem in posted.after:
        typer.echo(f"the check will say: {problem}")
