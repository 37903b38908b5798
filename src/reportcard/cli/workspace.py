"""Commands for what cards are written in: a workspace, a card to begin, schemas for editors."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from reportcard.cli.app import EPILOG, WorkspaceOption, app, say_problems, short, workspace_at
from reportcard.errors import ExitCode, ReportCardError


@app.command(
    epilog=f"Examples:  reportcard new ecuador · reportcard new guyana --code GY\n\n{EPILOG}",
    help="Begin a card: commented files in every language, which build at once.",
)
def new(
    country: Annotated[
        str, typer.Argument(help="The country's name; its folder in content/ will be called so.")
    ],
    code: Annotated[
        str | None, typer.Option(metavar="XX", help="Its ISO 3166 code, if the name does not tell.")
    ] = None,
    workspace: WorkspaceOption = None,
) -> None:
    from reportcard.build.starter import begin_card

    found = workspace_at(workspace)
    written, problems = begin_card(found, country, code)
    say_problems(problems, found)
    for name in written:
        typer.echo(name)
    if not written:
        raise typer.Exit(ExitCode.CONTENT)


@app.command(
    epilog=f"Example:  reportcard init my-cards\n\n{EPILOG}",
    help="Make a workspace to start from: scoreboard, wording, styles and figures.",
)
def init(
    directory: Annotated[
        Path,
        typer.Argument(metavar="DIR", help="A folder that does not exist yet, or an empty one."),
    ],
) -> None:
    from reportcard.build.starter import init

    init(directory)
    typer.echo(
        f"{directory} is ready. Next: cd {directory} && reportcard new COUNTRY && reportcard build"
    )


@app.command(
    epilog=f"Examples:  reportcard schema · reportcard schema card\n\n{EPILOG}",
    help=(
        "Write the JSON Schemas that help an editor to schema/ of the workspace, or print one of"
        " them."
    ),
)
def schema(
    kind: Annotated[
        str | None,
        typer.Argument(metavar="[KIND]", help="edition, scoreboard, wording, scores or card."),
    ] = None,
    workspace: WorkspaceOption = None,
) -> None:
    from reportcard.build.publish import publish
    from reportcard.content.schema import SCHEMAS, json_schema

    if kind is None:
        files = {f"{name}.json": _schema_text(json_schema(name)).encode() for name in SCHEMAS}
        for path in publish(workspace_at(workspace).root / "schema", files):
            typer.echo(short(path))
    elif kind in SCHEMAS:
        typer.echo(_schema_text(json_schema(kind)), nl=False)
    else:
        raise ReportCardError(
            f"“{kind}” is no kind of content file.",
            code=ExitCode.USAGE,
            advice=f"Kinds are: {', '.join(SCHEMAS)}.",
        )


def _schema_text(schema: dict[str, Any]) -> str:
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
