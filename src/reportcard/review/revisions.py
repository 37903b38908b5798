"""A revision of the workspace in git, taken out and built in a temporary place.

Faults that show in a second are found before the build, which takes many.
"""

import io
import subprocess
import tarfile
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from shutil import which
from typing import Final

from reportcard.build.inventory import read_workspace
from reportcard.build.pipeline import build
from reportcard.build.request import Order
from reportcard.errors import ExitCode, ReportCardError
from reportcard.messages.message import Message, message
from reportcard.problems.problem import Problem, has_errors
from reportcard.workspace.media import Medium
from reportcard.workspace.workspace import SCOREBOARD, Workspace

_FOLDERS: Final = ("content", "styles", "figures")
_SECONDS: Final = 120

Build = Callable[[], Path]
"""Makes the PDFs of a side of a comparison, and gives their folder."""


def is_revision(workspace: Workspace, name: str) -> bool:
    """Whether git knows a commit by that name."""
    return bool(
        _git(
            workspace, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}"
        )
    )


def revision(workspace: Workspace, name: str, target: Path, media: tuple[Medium, ...]) -> Build:
    """How the PDFs of a revision are made, which is checked out into `target`.

    Raises ReportCardError (CONTENT) if the revision has no such workspace, or its content has
    errors.
    """
    commit = (
        (
            _git(
                workspace,
                "rev-parse",
                "--verify",
                "--quiet",
                "--end-of-options",
                f"{name}^{{commit}}",
            )
            or b""
        )
        .decode()
        .strip()
    )
    known = (_git(workspace, "ls-tree", "--name-only", commit) or b"").decode().split("\n")
    folders = [folder for folder in _FOLDERS if folder in known]
    archive = (
        _git(workspace, "archive", "--format=tar", commit, "--", *folders) if folders else None
    )
    if not archive:
        raise ReportCardError(
            message("revision {name} has no workspace in this folder.", name=name),
            code=ExitCode.CONTENT,
            advice=message(
                "Choose a revision that has content/ in the same location as the current one."
            ),
        )
    try:
        with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
            tar.extractall(target, filter="data")
    except tarfile.TarError as error:
        raise ReportCardError(
            message("revision {name} has a link that leads out of the workspace.", name=name),
            code=ExitCode.CONTENT,
            advice=message("Remove it, commit the change, and compare with that commit."),
        ) from error
    made = content(
        Workspace.find(target),
        target / "output",
        media,
        message("revision {name}", name=name),
        message("Check out that revision, and run `reportcard check` on it."),
    )
    return cache(lambda: made(False))


def content(
    workspace: Workspace, output: Path, media: tuple[Medium, ...], name: Message, advice: Message
) -> Callable[[bool], Path]:
    """How the PDFs of a workspace are made, with the scoreboard's or without; `name` is what errors
    call it. Raises
    ReportCardError (CONTENT) if its content has errors; so does the build.
    """
    _refuse(read_workspace(workspace).problems, name, advice)

    def made(regional: bool) -> Path:
        for cards in ((), (SCOREBOARD,)) if regional else ((),):
            outcome = build(workspace, Order(output, cards, media=media))
            if outcome.withheld or not outcome.written:
                _refuse(outcome.problems, name, advice)
                raise ReportCardError(
                    message("cannot build {name}: it has no cards.", name=name),
                    code=ExitCode.CONTENT,
                    advice=advice,
                )
        return output

    return made


def _refuse(problems: Iterable[Problem], name: Message, advice: Message) -> None:
    faults = [problem for problem in problems if has_errors([problem])]
    if faults:
        first = faults[0]
        raise ReportCardError(
            message(
                "cannot build {name}: {place}: {fault} [{code}]",
                name=name,
                place=str(first.place),
                fault=first.message,
                code=first.code,
            ),
            code=ExitCode.CONTENT,
            advice=message(
                "{n} error. {advice}", "{n} errors. {advice}", n=len(faults), advice=advice
            ),
        )


def _git(workspace: Workspace, *arguments: str) -> bytes | None:
    """What git prints, in the workspace; None if there is no git, no repository or no such
    thing.
    """
    program = which("git")
    if program is None:
        return None
    try:
        done = subprocess.run(
            [program, "-C", str(workspace.root), *arguments],
            capture_output=True,
            check=False,
            timeout=_SECONDS,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None
