"""Commands for the machine that cards are made on, and for what is kept there."""

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from reportcard.cli.app import WorkspaceOption, app, workspace_at
from reportcard.cli.commands import Commands
from reportcard.errors import ExitCode, ReportCardError
from reportcard.messages.message import message

if TYPE_CHECKING:
    from reportcard.workspace.workspace import Workspace

cache = Commands(
    "cache",
    help="The cache is the .cache folder in a workspace. It only saves time.",
    no_args_is_help=True,
)
app.add_typer(cache)


@app.command(
    examples=("reportcard doctor", "reportcard doctor --workspace ~/cards"),
    help=(
        "Lists versions, libraries, fonts, profiles, dictionaries, disk space, the cache and "
        "files left by interrupted commands, with a fix for each problem. Exits with code 1 if "
        "cards cannot be built."
    ),
)
def doctor(workspace: WorkspaceOption = None) -> None:
    from reportcard.build.machine import Health, parts

    found = tuple(parts(_workspace(workspace)))
    labels = [str(part.health.value) for part in found]
    names = [str(part.name) for part in found]
    wide, long = (max(map(len, words)) for words in (labels, names))
    for part, label, name in zip(found, labels, names, strict=True):
        remedy = f" {part.remedy}" if part.remedy else ""
        end = "." if remedy else ""
        typer.echo(f"{label:{wide}}  {name:{long}}  {part.found}{end}{remedy}")
    if any(part.health is Health.BROKEN for part in found):
        raise typer.Exit(ExitCode.WITHHELD)


def _workspace(given: Path | None) -> "Workspace | None":
    """The workspace that was named, or the one here, if there is one."""
    try:
        return workspace_at(given)
    except ReportCardError:
        if given is not None:
            raise
        return None


@cache.command(
    examples=("reportcard cache clear",),
    help="Delete the cache of this workspace.\n\nThe next build creates every card from scratch.",
)
def clear(workspace: WorkspaceOption = None) -> None:
    from reportcard.workspace.store import Store

    store = Store(workspace_at(workspace).cache)
    freed = store.clear()
    typer.echo(message("{size} MB freed", size=f"{freed / 1_000_000:.0f}"))
    if left := store.left():
        raise ReportCardError(
            message("cannot delete {path}.", path=str(left[0])),
            code=ExitCode.OUTPUT,
            advice=message("Grant write permission to its folder, then run the command again."),
        )
