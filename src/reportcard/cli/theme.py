"""Commands for the look of cards."""

from typing import Annotated

import typer

from reportcard.cli.app import WorkspaceOption, app, say_problems, workspace_at
from reportcard.cli.commands import Commands
from reportcard.errors import ExitCode
from reportcard.messages.message import message

theme = Commands(
    "theme",
    help="A theme is a folder in styles/: colors, fonts, measurements and templates.",
    no_args_is_help=True,
)
app.add_typer(theme)


@theme.command(
    examples=("reportcard theme new river-blue",),
    help=(
        "Copy the theme in use to a new one.\n\nThe copy is a folder in styles/ for you to edit. "
        "The command also sets `theme` in content/edition.yaml to the name of the copy."
    ),
)
def new(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The name of the new theme.")],
    workspace: WorkspaceOption = None,
) -> None:
    from reportcard.build.inventory import ReadWorkspace, read_workspace
    from reportcard.build.theme import begin_theme

    found = workspace_at(workspace)
    read = read_workspace(found)
    if not isinstance(read, ReadWorkspace) or read.styles is None:
        say_problems(read.problems, found)
        raise typer.Exit(ExitCode.CONTENT)
    for path in begin_theme(found, read.content, read.styles.theme, name):
        typer.echo(path)
    typer.echo(
        message("Next: edit styles/{name}/tokens.yaml, then run `reportcard preview`.", name=name),
        err=True,
    )
