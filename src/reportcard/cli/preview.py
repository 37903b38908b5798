"""The command that shows cards in a browser while their files are edited."""

import gc
import sys
from typing import Annotated, Final

import typer

from reportcard.cli.app import WorkspaceOption, app, workspace_at
from reportcard.errors import ExitCode
from reportcard.messages.message import message

PORT: Final = 8765
EDITOR: Final = "vscode://file{path}:{line}:{column}"


@app.command(
    examples=("reportcard preview --editor 'idea://open?file={path}&line={line}'",),
    help=(
        "The pages look as they will in print, and update each time you save a file. Press Ctrl-C "
        "to stop the preview."
    ),
)
def preview(
    port: Annotated[
        int | None,
        typer.Option(
            metavar="N", help="Port to use. Default: 8765, or another free port.", min=1, max=65535
        ),
    ] = None,
    no_open: Annotated[
        bool, typer.Option("--no-open", help="Print the address without opening a browser.")
    ] = False,
    editor: Annotated[
        str,
        typer.Option(
            metavar="TEMPLATE",
            help=(
                "Open files in this editor.\n\nUse an address that contains {path}, {line} and "
                "{column}."
            ),
        ),
    ] = EDITOR,
    workspace: WorkspaceOption = None,
) -> None:
    import webbrowser

    from reportcard.preview.server import Preview, Server, editor_template, listener

    found = workspace_at(workspace)
    template = editor_template(editor)
    bound = listener(port or PORT, is_fixed=port is not None)
    shown = Preview(found, bound.getsockname()[1], template)
    typer.echo(shown.address)
    typer.echo(message("The preview can be opened only on this computer. Press Ctrl-C to stop it."))
    sys.stdout.flush()
    # The worker collects garbage when nothing is to be done, and pages have to reach the browser
    # while it works.
    gc.disable()
    sys.setswitchinterval(0.001)
    server = Server(shown)
    if not no_open:
        webbrowser.open(shown.address)
    server.run(sockets=[bound])
    # It ends by a signal alone, which the server hands on, but for one that came as it ended.
    raise typer.Exit(ExitCode.INTERRUPTED)
