"""A card out to Word and back: the command that writes a manuscript, and what `intake --update`
prints and writes.
"""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from reportcard.cli.app import WorkspaceOption, app, say_error, say_problems, short, workspace_at
from reportcard.errors import ExitCode, ReportCardError
from reportcard.messages.message import Message, message

if TYPE_CHECKING:
    from reportcard.build.inventory import ReadWorkspace
    from reportcard.manuscript.merge import JudgedEdit
    from reportcard.manuscript.update import Update, Updated
    from reportcard.workspace.workspace import Workspace

#: What an edit is called that is not one of words.
_KINDS: Final = {
    "format": message("formatting"),
    "new": message("new paragraph"),
    "removed": message("paragraph deleted"),
    "moved": message("paragraph moved here"),
    "split": message("paragraph split"),
    "joined": message("paragraphs joined"),
    "new-row": message("new table row"),
    "removed-row": message("table row deleted"),
    "kind": message("text, list item or heading"),
}
_NUMBERS: Final = re.compile(r"\d{1,5}(?:-\d{1,5})?(?:,\d{1,5}(?:-\d{1,5})?)*")


@app.command(
    examples=(
        "reportcard manuscript peru --language es",
        "reportcard manuscript peru --language es --output peru-autores.docx",
    ),
    help=(
        "Changes are tracked from the start. Import the edited file with `reportcard intake FILE "
        "--update`."
    ),
)
def manuscript(
    country: Annotated[str, typer.Argument(help="A folder in content/.")],
    language: Annotated[str, typer.Option(metavar="CODE", help="The language of the card.")],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help="The file to write. Default: COUNTRY-CODE.docx."
        ),
    ] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Replace the file if it exists.")
    ] = False,
    workspace: WorkspaceOption = None,
) -> None:
    from reportcard.manuscript.card import dispatched
    from reportcard.manuscript.document import document
    from reportcard.problems.problem import has_errors
    from reportcard.workspace.guard import destinations
    from reportcard.workspace.replacement import replace_files

    (target,) = destinations([output or Path(f"{country}-{language}.docx")])
    read = read_content(workspace_at(workspace))
    _card(read, country, language)
    if target.exists() and not replace:
        raise ReportCardError(
            message("{file} already exists.", file=short(target)),
            code=ExitCode.USAGE,
            advice=message(
                "Choose another file with --output, or add --replace. With --replace, edits in "
                "the existing file are lost."
            ),
        )
    made = dispatched(read.content, country, language, has_values=not has_errors(read.shared))
    code = read.content.scores[country].model.country if country in read.content.scores else ""
    locale = language if "-" in language or not code else f"{language}-{code}"
    (path,) = replace_files(target.parent, {target.name: document(made, locale)})
    blocks = sum(bool(one.path) for one in made.blocks)
    typer.echo(f"{short(path)}: {message('{n} paragraph', '{n} paragraphs', n=blocks)}")
    typer.echo(
        message(
            "When the file comes back, run: reportcard intake {file} --update",
            file=short(path),
        )
    )


def read_content(workspace: "Workspace") -> "ReadWorkspace":
    """The content of a workspace. Raises Exit (CONTENT) if it cannot be read, after its problems
    are printed.
    """
    from reportcard.build.inventory import ReadWorkspace, read_workspace

    read = read_workspace(workspace)
    if not isinstance(read, ReadWorkspace):
        say_problems(read.problems, workspace)
        say_error(
            message("the content cannot be read."),
            message("Correct the problems above. Nothing was written."),
        )
        raise typer.Exit(ExitCode.CONTENT)
    return read


def _card(read: "ReadWorkspace", country: str, language: str) -> None:
    """Raises ReportCardError (USAGE) for a card that does not exist; Exit (CONTENT) for one that
    cannot be read.
    """
    from reportcard.build.inventory import ordered

    ordered(read.content, (country,), (language,))
    if language in read.content.cards[country]:
        return
    file = f"content/{country}/{language}.yaml"
    if problems := read.content.unread.get(file, ()):
        say_problems(problems, read.workspace)
        say_error(
            message("{file} cannot be read.", file=file),
            message("Correct the problems above. Nothing was written."),
        )
        raise typer.Exit(ExitCode.CONTENT)
    raise ReportCardError(
        message("{file} does not exist.", file=file),
        code=ExitCode.USAGE,
        advice=message("Choose a language that the card is written in."),
    )


# --- and back -------------------------------------------------------------------------------------


def take_update(
    workspace: "Workspace",
    file: Path,
    data: bytes,
    card: tuple[str | None, str | None],
    choice: tuple[str | None, str | None],
) -> None:
    """Lists the edits in a manuscript that came back, and makes those that are accepted. `card` is
    its country and language if a person named them, `choice` what they accept and refuse.
    """
    from reportcard.intake.receipt import Submission
    from reportcard.manuscript.comments import comments_of
    from reportcard.manuscript.update import addressee, compared, updated
    from reportcard.problems.problem import has_errors
    from reportcard.review.tell.comments import as_text

    read = read_content(workspace)
    known = addressee(data, file.name)
    country, language = (given or own for given, own in zip(card, known or ("", ""), strict=True))
    if not (country and language):
        raise ReportCardError(
            message("cannot determine which card {file} belongs to.", file=file.name),
            code=ExitCode.USAGE,
            advice=message("Add --country NAME --language CODE."),
        )
    _card(read, country, language)
    submission = Submission(data, file.name, country, language)
    update = compared(read.content, submission, has_values=not has_errors(read.shared))
    accepted = _accepted(update, *choice)
    _print_edits(update)
    if comments := comments_of(update.manuscript, read.content):
        typer.echo(message("Comments:"))
        typer.echo(as_text(comments), nl=False)
    if not accepted:
        _print_choice(update, file)
        return
    quotes = read.content.edition.model.languages[language].quotes
    _write(workspace, update, updated(update, accepted, quotes))


def _accepted(update: "Update", accept: str | None, refuse: str | None) -> frozenset[int]:
    """The edits that a person accepts. Raises ReportCardError (USAGE) for numbers of no edit."""
    from reportcard.manuscript.update import acceptable

    if not accept:
        if refuse:
            raise ReportCardError(
                message("--refuse requires --accept."),
                code=ExitCode.USAGE,
                advice=message("For example, add: --accept all --refuse {numbers}", numbers=refuse),
            )
        return frozenset()
    taken = acceptable(update) if accept.strip() == "all" else _numbers(accept, "--accept", update)
    return taken - (_numbers(refuse, "--refuse", update) if refuse else frozenset())


def _numbers(typed: str, option: str, update: "Update") -> frozenset[int]:
    known = {one.edit.number for one in update.edits}
    plain = typed.replace(" ", "")
    found: set[int] = set()
    if _NUMBERS.fullmatch(plain):
        for part in plain.split(","):
            first, _, last = part.partition("-")
            found |= set(range(int(first), int(last or first) + 1))
    if not found or not found <= known:
        raise ReportCardError(
            message('invalid value "{value}" for {name}.', name=option, value=typed[:80]),
            code=ExitCode.USAGE,
            advice=message(
                "Use numbers from the list of changes (1 to {n}), such as 1,3 or 2-5, or "
                "--accept all.",
                n=len(known),
            ),
        )
    return frozenset(found)


def _print_edits(update: "Update") -> None:
    count = message("{n} change", "{n} changes", n=len(update.edits))
    typer.echo(f"{update.country}/{update.language}: {count}")
    for one in update.edits:
        for line in _lines(one):
            typer.echo(line)
    for remark in update.remarks:
        typer.echo(f"  {remark}")


def _lines(judged: "JudgedEdit") -> list[str]:
    """An edit as it is listed."""
    edit = judged.edit
    place = message("{field}, block {number}", field=edit.field, number=max(edit.block, 1))
    where: Message | str = place if edit.field else message("outside the card's fields")
    date = edit.trace.date.replace("T", " ").removesuffix("Z")[:16]
    by = ", ".join(filter(None, (edit.trace.author, date)))
    kind = _KINDS.get(edit.kind)
    head = " · ".join(str(part) for part in (where, kind, by) if part)
    lines = [f"{edit.number:3}  {head}"]
    if edit.before:
        lines.append(f"     - {edit.before}")
    if edit.after:
        lines.append(f"     + {edit.after}")
    if not edit.is_certain:
        doubt = message("Located only by similar text: check that this is the right place.")
        lines.append(f"     {doubt}")
    match judged.state:
        case "taken":
            lines.append(f"     {message('Already in the content.')}")
        case "conflict":
            lines.append(f"     {message('Conflict: {why}', why=judged.why or '')}")
            if judged.now:
                lines.append(f"     {message('The content now reads: {text}', text=judged.now)}")
        case "outside":
            lines.append(f"     {message('Not imported: {why}', why=judged.why or '')}")
    return lines


def _print_choice(update: "Update", file: Path) -> None:
    """What a person can do with the edits. Raises Exit (DIFFERENT) if there are any to decide."""
    from reportcard.manuscript.merge import EditState
    from reportcard.manuscript.update import acceptable

    todo = [one for one in update.edits if one.state in (EditState.OPEN, EditState.CONFLICT)]
    if not todo:
        typer.echo(message("Nothing to import."))
        return
    numbers = f"{todo[0].edit.number}"
    command = f"reportcard intake {short(file.absolute())} --update --accept"
    typer.echo(message("Nothing was written. Accept all changes, or some of them by number:"))
    if acceptable(update):
        typer.echo(f"  {command} all")
    typer.echo(f"  {command} {numbers}")
    raise typer.Exit(ExitCode.DIFFERENT)


def _write(workspace: "Workspace", update: "Update", made: "Updated") -> None:
    from reportcard.cli.manuscripts import kept
    from reportcard.workspace.replacement import replace_files

    say_problems(made.problems, workspace)
    for number, why in made.refused.items():
        say_error(message("change {number} was not made: {why}", number=number, why=why))
    if made.data != update.card.data:
        if workspace.read(update.file) != update.card.data:
            raise ReportCardError(
                message("{file} was changed while it was being read.", file=update.file),
                code=ExitCode.OUTPUT,
                advice=message("Run the command again. Nothing was written."),
            )
        before = kept(workspace, update.country, update.language, made.data)
        for path in replace_files(workspace.root, {**before, update.file: made.data}):
            typer.echo(short(path))
    for note in made.added:
        typer.echo(f"  {message('note added: {note}', note=note)}")
    for note in made.removed:
        typer.echo(f"  {message('note removed, because nothing references it: {note}', note=note)}")
    left = len(update.edits) - len(made.made)
    counts = (
        message("{n} change made", "{n} changes made", n=len(made.made)),
        message("{n} left as it was", "{n} left as they were", n=left),
    )
    typer.echo(", ".join(map(str, counts)))
    if made.refused:
        raise typer.Exit(ExitCode.DIFFERENT)
