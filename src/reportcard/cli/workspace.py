"""Commands for what cards are written in: a workspace, a card to begin, schemas for editors."""

import json
from typing import Annotated, Any

import typer

from reportcard.cli.app import WorkspaceOption, app, say_problems, short, workspace_at
from reportcard.errors import ExitCode, ReportCardError
from reportcard.messages.message import message


@app.command(
    examples=(
        "reportcard new ecuador",
        "reportcard new guyana --code GY",
        'reportcard new "South Basin" --scores-only',
    ),
    help=(
        "Creates the card's files in every language of the edition, with comments to guide you. "
        "The card can be built without changing them. With --scores-only, creates only a scores "
        "file, without a card; its scores count in ranks and on the scoreboard."
    ),
)
def new(
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME",
            help="A country, or whatever you assess. Also used as the name of its folder in "
            "content/.",
        ),
    ],
    code: Annotated[
        str | None,
        typer.Option(metavar="XX", help="ISO 3166 code, needed if the name is not recognized."),
    ] = None,
    scores_only: Annotated[
        bool, typer.Option("--scores-only", help="Create only a scores file, without a card.")
    ] = False,
    workspace: WorkspaceOption = None,
) -> None:
    from reportcard.build.starter import begin_card

    found = workspace_at(workspace)
    written, problems = begin_card(found, name, code, scores_only=scores_only)
    say_problems(problems, found)
    for file in written:
        typer.echo(file)
    if not written:
        raise typer.Exit(ExitCode.CONTENT)


@app.command(
    examples=("reportcard schema", "reportcard schema card"),
    help=(
        "Text editors use the JSON Schemas in schema/ to suggest keys and check the content as "
        "you type."
    ),
)
def schema(
    kind: Annotated[
        str | None,
        typer.Argument(
            metavar="KIND",
            help=(
                "Print one schema instead of writing all of them.\n\nChoose edition, scoreboard, "
                "wording, scores or card."
            ),
        ),
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
            message('unknown kind of content file "{kind}".', kind=kind),
            code=ExitCode.USAGE,
            advice=message("Use one of: {values}.", values=tuple(SCHEMAS)),
        )


def _schema_text(schema: dict[str, Any]) -> str:
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
