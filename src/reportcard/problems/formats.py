"""Problems as people read them (a line for each, with the source line and a caret) and as programs
read them: JSON, SARIF 2.1.0, GitHub annotations.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from functools import cache
from typing import Any, Final

from reportcard.messages.message import message
from reportcard.problems.problem import Place, Problem, Severity, in_english
from reportcard.problems.registry import every_rule
from reportcard.workspace.card_files import card_file
from reportcard.workspace.workspace import RESERVED, Workspace

_WIDTH: Final = 110
#: So many problems of one rule are shown before the others are only counted.
_SHOWN: Final = 8
#: How they are listed: errors after warnings, since the last stays in sight on a terminal, and then
#: what the program did, which asks for nothing.
_ORDER: Final = (Severity.WARNING, Severity.ERROR, Severity.NOTE)
#: The card of what concerns all of them.
_SHARED: Final = ""


class Format(StrEnum):
    """How problems are written."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"
    GITHUB = "github"


def report(
    problems: Sequence[Problem], form: Format, workspace: Workspace | None, *, every: bool = True
) -> str:
    """All problems in a format, ready to be printed; nothing if there are none and the format is
    for people. Without `every`, people get a long list of one rule shortened.

    With a workspace, the lines of content that they concern are quoted, and SARIF and GitHub
    annotations name files by their path from the root of the repository that the workspace is in,
    as those who read them expect.
    """
    if workspace and form in (Format.SARIF, Format.GITHUB):
        problems = [_in_repository(problem, workspace) for problem in problems]
    write: Mapping[Format, Callable[[], str]] = {
        Format.TEXT: lambda: "".join(_text(problems, workspace, every=every)),
        Format.JSON: lambda: _dump([_record(problem) for problem in problems]),
        Format.SARIF: lambda: _dump(_sarif(problems)),
        Format.GITHUB: lambda: "".join(_github(problem) for problem in problems),
    }
    return write[form]()


def tally(problems: Sequence[Problem], cards: Sequence[str]) -> str:
    """One line that counts problems by card, `peru: 1 error, 3 warnings · bolivia: clean`: what
    concerns all cards first, then the cards named and any other that has problems.
    """
    counts: dict[str, Counter[Severity]] = defaultdict(Counter)
    for name in (_SHARED, *cards):
        counts[name] = Counter()
    for problem in problems:
        counts[card_of(problem.place)][problem.severity] += 1
    if not counts[_SHARED]:
        del counts[_SHARED]
    names = {_SHARED: str(message("shared files"))}
    return " · ".join(
        f"{names.get(name, name)}: {_counted(count)}" for name, count in counts.items()
    )


def card_of(place: Place) -> str:
    """The card that a place belongs to; empty if it is in what all cards share."""
    folder, _, rest = place.file.partition("/")
    if folder == "content" and "/" in rest:
        country = rest.partition("/")[0]
        return _SHARED if country in RESERVED else country
    file = card_file(place.file.removesuffix(".pdf"))
    return file.card if file else _SHARED


def _counted(count: Counter[Severity]) -> str:
    errors, warnings, notes = (
        count[one] for one in (Severity.ERROR, Severity.WARNING, Severity.NOTE)
    )
    parts = (
        (errors, message("{n} error", "{n} errors", n=errors)),
        (warnings, message("{n} warning", "{n} warnings", n=warnings)),
        (notes, message("{n} note", "{n} notes", n=notes)),
    )
    shown = [str(part) for number, part in parts if number]
    return ", ".join(shown) or str(message("clean"))


def _in_repository(problem: Problem, workspace: Workspace) -> Problem:
    folder = workspace.root.relative_to(workspace.repository).as_posix()
    place = problem.place
    is_file = place.file and folder != "."
    return (
        replace(problem, place=replace(place, file=f"{folder}/{place.file}"))
        if is_file
        else problem
    )


def _text(
    problems: Sequence[Problem], workspace: Workspace | None, *, every: bool
) -> Iterator[str]:
    ordered = sorted(problems, key=lambda one: (_ORDER.index(one.severity), one.place))
    lines = cache(lambda file: _lines(workspace, file))
    totals = Counter(problem.code for problem in ordered)
    shown: Counter[str] = Counter()
    for problem in ordered:
        total = totals[problem.code]
        limit = total if every or total == _SHOWN + 1 else _SHOWN
        shown[problem.code] += 1
        if shown[problem.code] <= limit:
            yield from _one(problem, lines(problem.place.file))
        elif shown[problem.code] == total:
            more = message("and {n} more like this; list them with --all", n=total - limit)
            yield f"    {more} [{problem.code}]\n"


def _one(problem: Problem, lines: Sequence[str]) -> Iterator[str]:
    place = problem.place
    page = f" ({message('page {n}', n=place.page)})" if place.page else ""
    yield f"{_word(problem.severity)}: {place}{page}: {problem.message} [{problem.code}]\n"
    if 0 < place.line <= len(lines):
        yield from _quoted(lines[place.line - 1], place.column)
    if advice := str(problem.advice):
        yield f"    {advice}\n"


def _word(severity: Severity) -> str:
    words = {
        Severity.ERROR: message("error"),
        Severity.WARNING: message("warning"),
        Severity.NOTE: message("note"),
    }
    return str(words[severity])


def _lines(workspace: Workspace | None, file: str) -> Sequence[str]:
    try:
        return workspace.read(file).decode("utf-8", "replace").splitlines() if workspace else []
    except (OSError, ValueError):
        return []


def _quoted(line: str, column: int) -> Iterator[str]:
    """The source line, a window of it if it is long, and a caret under the place."""
    start = max(min(column - 1 - _WIDTH // 2, len(line) - _WIDTH), 0)
    shown = line[start : start + _WIDTH].replace("\t", " ")
    indent = len(shown) - len(shown.lstrip()) if not start else 0
    lead = "…" if start else ""
    tail = "…" if start + _WIDTH < len(line) else ""
    yield f"    {lead}{shown[indent:]}{tail}\n"
    if column:
        yield f"    {' ' * (len(lead) + max(column - 1 - start - indent, 0))}^\n"


def _record(problem: Problem) -> dict[str, Any]:
    return {
        "code": problem.code,
        "severity": str(problem.severity),
        "file": problem.place.file,
        "line": problem.place.line,
        "column": problem.place.column,
        "page": problem.place.page,
        "field": problem.field,
        "message": in_english(problem.message),
        "hint": in_english(problem.advice),
    }


def _sarif(problems: Sequence[Problem]) -> dict[str, Any]:
    """OASIS SARIF 2.1.0, clauses 3.13 (log), 3.27 (result), 3.30 (region)."""
    levels = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}
    codes = sorted({problem.code for problem in problems})
    rules = [{"id": code, "shortDescription": {"text": every_rule()[code].why}} for code in codes]
    results = [
        {
            "ruleId": problem.code,
            "level": levels[problem.severity],
            "message": {"text": _english(problem)},
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


def _english(problem: Problem) -> str:
    return f"{in_english(problem.message)} {in_english(problem.advice)}".strip()


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
    return f"::{kind} {listed}::{_escaped(_english(problem))}\n"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _dump(value: Any) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"
