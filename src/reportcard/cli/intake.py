"""The command that imports what people send: manuscripts and tables of scores."""

from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Annotated, Final

import typer

from reportcard.cli.app import (
    WorkspaceOption,
    app,
    read_file,
    say_error,
    say_problems,
    short,
    workspace_at,
)
from reportcard.errors import ExitCode, ReportCardError
from reportcard.messages.message import message

if TYPE_CHECKING:
    from reportcard.build.inventory import ReadWorkspace
    from reportcard.content.loading import Content
    from reportcard.intake.entry import Posted
    from reportcard.intake.receipt import Received
    from reportcard.workspace.workspace import Workspace

#: How files with tables of scores end, with those that are refused later.
_TABLES: Final = (".csv", ".tsv", ".xlsx", ".xlsm", ".xls", ".ods")


_FileArgument = Annotated[
    Path,
    typer.Argument(
        metavar="FILE",
        help="A manuscript (.docx) or a table of scores (.xlsx, .csv).",
        readable=False,
    ),
]
_CountryOption = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="Country folder in content/. Required for manuscripts."),
]
_LanguageOption = Annotated[
    str | None, typer.Option(metavar="CODE", help="The language of the manuscript.")
]
_OutputOption = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="FILE", help="Save the card to this file."),
]
_ReplaceOption = Annotated[
    bool,
    typer.Option(
        "--replace",
        help="Replace a card. The old one is kept as CODE.before.yaml.",
    ),
]
_FinalOption = Annotated[
    bool,
    typer.Option("--final", help="Mark the scores as final by removing `provisional`."),
]
_UpdateOption = Annotated[
    bool,
    typer.Option(
        "--update",
        help="List the changes in a manuscript created by `reportcard manuscript`.",
    ),
]
_AcceptOption = Annotated[
    str | None,
    typer.Option(
        metavar="NUMBERS",
        help="With --update: apply these changes, such as 1,3 or 2-5, or all.",
    ),
]
_RefuseOption = Annotated[
    str | None,
    typer.Option(metavar="NUMBERS", help="With --accept: omit these changes."),
]
_DryRunOption = Annotated[
    bool, typer.Option("--dry-run", help="Show what would be written, without writing anything.")
]


@app.command(
    examples=(
        "reportcard intake ecuador.docx --country ecuador --language es",
        "reportcard intake peru-es.docx --update --accept 1,3",
        "reportcard intake scores.xlsx --dry-run",
    ),
    help=(
        "A manuscript becomes a card. No text is lost: text that does not belong to a field is "
        "kept under `unplaced`. With --update, the command lists the tracked changes in a "
        "manuscript created by `reportcard manuscript` and applies those that you accept."
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
    update: _UpdateOption = False,
    accept: _AcceptOption = None,
    refuse: _RefuseOption = None,
    workspace: WorkspaceOption = None,
) -> None:
    from reportcard.cli.word import read_content, take_update
    from reportcard.workspace.guard import destinations

    aims = {"--output": output, "--replace": replace}
    given = {"--country": country, "--language": language, "--update": update, **aims}
    if file.suffix.lower() in _TABLES:
        _refuse_for_tables([option for option, value in given.items() if value])
    if update:
        _refuse_for_updates({**aims, "--final": final})
    elif accept or refuse:
        raise _without_update()
    found = workspace_at(workspace)
    destinations([output] if output else [], [file])
    data = read_file(file, message("Check the name of the manuscript or table."))
    if update:
        chosen = (None, None) if dry_run else (accept, refuse)
        take_update(found, file, data, (country, language), chosen)
        return
    read = read_content(found)
    if country or language or file.suffix.lower() in (".docx", ".docm", ".doc", ".odt", ".rtf"):
        if not (country and language):
            raise ReportCardError(
                message("a manuscript requires a country and a language."),
                code=ExitCode.USAGE,
                advice=message("Add --country NAME --language CODE."),
            )
        _take_manuscript(
            found,
            read,
            data,
            file.name,
            (country, language),
            output,
            replace=replace,
            dry_run=dry_run,
        )
    else:
        _take_scores(found, read.content, data, file.name, final=final, dry_run=dry_run)


def _without_update() -> ReportCardError:
    return ReportCardError(
        message("--accept and --refuse require --update."),
        code=ExitCode.USAGE,
        advice=message("Add --update, or omit them."),
    )


def _refuse_for_updates(given: dict[str, object]) -> None:
    """Raises ReportCardError (USAGE) for options that are not for --update."""
    if named := tuple(option for option, value in given.items() if value):
        raise ReportCardError(
            message("these options cannot be used with --update: {options}.", options=named),
            code=ExitCode.USAGE,
            advice=message("Omit these options: --update always changes the card's own file."),
        )


def _refuse_for_tables(given: list[str]) -> None:
    """Raises ReportCardError (USAGE) for options that are not for a table of scores."""
    if given:
        raise ReportCardError(
            message(
                "these options cannot be used with a table of scores: {options}.",
                options=tuple(given),
            ),
            code=ExitCode.USAGE,
            advice=message(
                "Omit these options: the table already lists the countries, and each country's "
                "scores go to its own scores.yaml."
            ),
        )


# --- manuscripts ----------------------------------------------------------------------------------


def _take_manuscript(
    workspace: "Workspace",
    read: "ReadWorkspace",
    data: bytes,
    name: str,
    card: tuple[str, str],
    output: Path | None,
    *,
    replace: bool,
    dry_run: bool,
) -> None:
    from reportcard.cli.manuscripts import kept, print_next, print_received
    from reportcard.intake.receipt import Submission, receive
    from reportcard.problems.problem import has_errors
    from reportcard.workspace.replacement import replace_files

    country, language = card
    file = f"content/{country}/{language}.yaml"
    _refuse_existing(workspace, file, output, is_written=not dry_run, replace=replace)
    submission = Submission(data, name, country, language)
    received = receive(
        workspace,
        read.content,
        submission,
        spelling=True,
        has_values=not has_errors(read.shared),
    )
    print_received(received)
    if not received.files:
        say_problems(received.problems, workspace)
        say_error(
            message("{file} was not imported.", file=name),
            message(
                "The text is not valid content. Fix the problems above in the manuscript. "
                "Nothing was written."
            ),
        )
        raise typer.Exit(ExitCode.CONTENT)
    if dry_run:
        typer.echo(message("Nothing was written (--dry-run)."))
        return
    if output:
        written = replace_files(output.absolute().parent, {output.name: received.files[file]})
        _print_unsaved(received)
    else:
        written = replace_files(
            workspace.root,
            {**kept(workspace, country, language, received.files[file]), **received.files},
        )
    for path in written:
        typer.echo(short(path))
    print_next(received, read.content, country, language, at_place=output is None)


def _print_unsaved(received: "Received") -> None:
    """Prints which pictures the card refers to and the workspace does not have."""
    pictures = tuple(name for name in received.files if name.startswith("figures/"))
    if pictures:
        typer.echo(
            message(
                "{n} picture was not saved, because --output writes only the card: {files}.",
                "{n} pictures were not saved, because --output writes only the card: {files}.",
                n=len(pictures),
                files=pictures,
            )
        )


def _refuse_existing(
    workspace: "Workspace", file: str, output: Path | None, *, is_written: bool, replace: bool
) -> None:
    """Raises ReportCardError (USAGE) for a card that is there and is not to be replaced."""
    if workspace.exists(file) and not (replace or output) and is_written:
        raise ReportCardError(
            message("{file} already exists.", file=file),
            code=ExitCode.USAGE,
            advice=message(
                (
                    "Write to another file with --output FILE, or add --replace, which keeps the "
                    "existing card as {kept}. Nothing was written."
                ),
                kept=f"{PurePosixPath(file).stem}.before.yaml",
            ),
        )
    if output and output.exists() and not replace:
        raise ReportCardError(
            message("{file} already exists.", file=str(output)),
            code=ExitCode.USAGE,
            advice=message("Choose another file, or add --replace. Nothing was written."),
        )


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
    from reportcard.intake.entry import post
    from reportcard.problems.problem import has_errors
    from reportcard.workspace.replacement import replace_files

    posted = post(content, data, name, final=final)
    say_problems(posted.problems, workspace)
    if has_errors(posted.problems):
        say_error(
            message("{file} was not imported.", file=name),
            message(
                "Correct the cells listed above and run the command again. Nothing was written."
            ),
        )
        raise typer.Exit(ExitCode.CONTENT)
    _print_scores(posted)
    if dry_run:
        typer.echo(message("Nothing was written (--dry-run)."))
        return
    if not posted.files:
        typer.echo(message("Nothing was written: no scores have changed."))
        return
    for path in replace_files(workspace.root, posted.files):
        typer.echo(short(path))


def _print_scores(posted: "Posted") -> None:
    for country, changes in posted.changes.items():
        changed = message("{n} changed", "{n} changed", n=len(changes))
        same = message("{n} unchanged", "{n} unchanged", n=posted.same[country])
        typer.echo(f"{country}: {changed}, {same}")
        for change in changes:
            typer.echo(f"  {change.name:36} {change.before or '–'} → {change.now}")
    for remark in posted.remarks:
        typer.echo(f"  {remark}")
    for problem in posted.after:
        typer.echo(message("`reportcard check` will report: {problem}", problem=str(problem)))
