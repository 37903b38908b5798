"""Commands for the content: what is wrong with it, what a rule asks, what begins a card or a
workspace.
"""

import gc
import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from reportcard.cli.app import (
    EPILOG,
    Countries,
    ReportFormat,
    WorkspaceOption,
    app,
    say,
    say_problems,
    short,
    workspace_at,
)
from reportcard.errors import ExitCode, ReportCardError

if TYPE_CHECKING:
    pass


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
    epilog=(
        "Examples:  reportcard check · reportcard check peru --layout --strict · reportcard check"
        f" --format github\n\n{EPILOG}"
    ),
    help=(
        "Say what is wrong with the content, without making a PDF: facts, notes, links, languages,"
        " spelling."
    ),
)
def check(
    countries: Countries = None,
    layout: Annotated[
        bool, typer.Option("--layout", help="Lay the pages out and check them too.")
    ] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Fail on warnings too.")] = False,
    format: Annotated[
        ReportFormat, typer.Option(help="For people or for programs.")
    ] = ReportFormat.TEXT,
    workspace: WorkspaceOption = None,
) -> None:
    gc.disable()
    from reportcard.build.pipeline import check
    from reportcard.problems.formats import Format, told
    from reportcard.problems.problem import Severity

    found = workspace_at(workspace)
    problems = check(found, tuple(countries or ()), layout=layout)
    typer.echo(told(problems, Format(format.value), found), nl=False)
    grave = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    counts = [
        sum(problem.severity is one for problem in problems)
        for one in (Severity.ERROR, Severity.WARNING)
    ]
    say(
        ", ".join(
            f"{count} {kind}{'' if count == 1 else 's'}"
            for count, kind in zip(counts, ("error", "warning"), strict=True)
        )
    )
    raise typer.Exit(
        ExitCode.CONTENT if any(problem.severity in grave for problem in problems) else ExitCode.OK
    )


@app.command(
    epilog=f"Examples:  reportcard explain NOTE-UNUSED · reportcard explain --all\n\n{EPILOG}",
    help="Say what a rule asks and why, with a wrong and a right example.",
)
def explain(
    code: Annotated[
        str | None,
        typer.Argument(metavar="[CODE]", help="The code in brackets at the end of a message."),
    ] = None,
    every: Annotated[
        bool, typer.Option("--all", help="All rules, as docs/rules.md has them.")
    ] = False,
) -> None:
    from reportcard.problems.rules import RULES, document, explain

    if every:
        typer.echo(document(), nl=False)
    elif code and code.upper() in RULES:
        typer.echo(explain(RULES[code.upper()]))
    else:
        import difflib

        near = difflib.get_close_matches((code or "").upper(), RULES, n=3)
        advice = (
            f"Did you mean {' or '.join(near)}?" if near else "All rules: reportcard explain --all"
        )
        raise ReportCardError(
            f"there is no rule “{code or ''}”.", code=ExitCode.USAGE, advice=advice
        )


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
