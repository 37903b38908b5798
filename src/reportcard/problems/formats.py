"""Problems told to people (by file, with the line and a caret) and to programs: JSON, SARIF 2.1.0,
GitHub annotations.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from itertools import groupby
from typing import Any, Final

from reportcard.problems.problem import Problem, Severity
from reportcard.problems.rules import RULES
from reportcard.workspace.workspace import Workspace

_WIDTH: Final = 110


class Format(StrEnum):
    """How problems are told."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"
    GITHUB = "github"


def told(problems: Sequence[Problem], form: Format, workspace: Workspace | None) -> str:
    """All problems in a format, ready to be printed; nothing if there are none and the format is
    for people.

    With a workspace, the lines of content that they concern are quoted, and SARIF and GitHub
    annotations name files by their path from the root of the repository that the workspace is in,
    as those who read them expect.
    """
    if workspace and form in (Format.SARIF, Format.GITHUB):
        problems = [_in_repository(problem, workspace) for problem in problems]
    tell: Mapping[Format, Callable[[], str]] = {
        Format.TEXT: lambda: "".join(_text(problems, workspace)),
        Format.JSON: lambda: _dump([_record(problem) for problem in problems]),
        Format.SARIF: lambda: _dump(_sarif(problems)),
        Format.GITHUB: lambda: "".join(_github(problem) for problem in problems),
    }
    return tell[form]()


def _in_repository(problem: Problem, workspace: Workspace) -> Problem:
    folder = workspace.root.relative_to(workspace.repository).as_posix()
    place = problem.place
    is_file = place.file and folder != "."
    return (
        replace(problem, place=replace(place, file=f"{folder}/{place.file}"))
        if is_file
        else problem
    )


def _text(problems: Sequence[Problem], workspace: Workspace | None) -> Iterator[str]:
    for file, of_file in groupby(
        sorted(problems, key=lambda one: one.place), key=lambda one: one.place.file
    ):
        try:
            lines = (
                workspace.read(file).decode("utf-8", "replace").splitlines() if workspace else []
            )
        except (OSError, ValueError):
            lines = []
        yield f"{file}\n"
        for problem in of_file:
            place = problem.place
            where = ":".join(str(part) for part in (place.line, place.column) if part)
            gravity = "" if problem.severity is Severity.ERROR else f"{problem.severity}: "
            yield f"  {where + ' ' if where else ''}{gravity}{problem.message} [{problem.code}]\n"
            if 0 < place.line <= len(lines):
                yield from _quoted(lines[place.line - 1], place.column)
            if problem.hint:
                yield f"      {problem.hint}\n"
        yield "\n"


def _quoted(line: str, column: int) -> Iterator[str]:
    """The source line, a window of it if it is long, and a caret under the place."""
    start = max(min(column - 1 - _WIDTH // 2, len(line) - _WIDTH), 0)
    shown = line[start : start + _WIDTH].replace("\t", " ")
    indent = len(shown) - len(shown.lstrip()) if not start else 0
    lead = "…" if start else ""
    tail = "…" if start + _WIDTH < len(line) else ""
    yield f"      {lead}{shown[indent:]}{tail}\n"
    if column:
        yield f"      {' ' * (len(lead) + max(column - 1 - start - indent, 0))}^\n"


def _record(problem: Problem) -> dict[str, Any]:
    return {
        "code": problem.code,
        "severity": str(problem.severity),
        "file": problem.place.file,
        "line": problem.place.line,
        "column": problem.place.column,
        "field": problem.field,
        "message": problem.message,
        "hint": problem.hint,
    }


def _sarif(problems: Sequence[Problem]) -> dict[str, Any]:
    """OASIS SARIF 2.1.0, clauses 3.13 (log), 3.27 (result), 3.30 (region)."""
    levels = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}
    codes = sorted({problem.code for problem in problems})
    rules = [{"id": code, "shortDescription": {"text": RULES[code].why}} for code in codes]
    results = [
        {
            "ruleId": problem.code,
            "level": levels[problem.severity],
            "message": {"text": f"{problem.message} {problem.hint}".strip()},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": problem.place.file},
                        "region": {
                            "startLine": max(problem.place.line, 1),
                            "startColumn": max(problem.place.column, 1),
                        },
                    }
                }
            ],
        }
        for problem in problems
    ]
    driver = {"name": "reportcard", "rules": rules}
    return {
        "$schema": (
            "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"
        ),
        "version": "2.1.0",
        "runs": [
            {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
        ],
    }


def _github(problem: Problem) -> str:
    """A workflow command: its values escape %, line ends, and in properties : and , too."""
    kind = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}[
        problem.severity
    ]
    place = problem.place
    properties = {
        "file": place.file,
        "line": str(max(place.line, 1)),
        "col": str(max(place.column, 1)),
        "title": problem.code,
    }
    listed = ",".join(
        f"{name}={_escaped(value).replace(':', '%3A').replace(',', '%2C')}"
        for name, value in properties.items()
    )
    return f"::{kind} {listed}::{_escaped(f'{problem.message} {problem.hint}'.strip())}\n"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _dump(value: Any) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"
