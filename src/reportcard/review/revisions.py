"""A revision of the workspace in git, taken out and built in a temporary place."""

import io
import subprocess
import tarfile
from pathlib import Path
from shutil import which
from typing import Final

from reportcard.building import build
from reportcard.errors import ExitCode, ReportCardError
from reportcard.media import Medium
from reportcard.orders import Order
from reportcard.problems import has_errors
from reportcard.workspace import REGIONAL, Workspace

_FOLDERS: Final = ("content", "styles", "figures")
_SECONDS: Final = 120


def is_revision(workspace: Workspace, name: str) -> bool:
    """Whether git knows a commit by that name."""
    return bool(_git(workspace, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}"))


def build_revision(workspace: Workspace, name: str, target: Path, media: tuple[Medium, ...]) -> Path:
    """The folder of the PDFs that a revision makes, in `target`. The drawings that the workspace keeps are used.

    Raises ReportCardError (CONTENT) if the revision has no such workspace, or cannot be built without a fault.
    """
    commit = (_git(workspace, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}") or b"").decode().strip()  # fmt: skip
    known = (_git(workspace, "ls-tree", "--name-only", commit) or b"").decode().split("\n")
    folders = [folder for folder in _FOLDERS if folder in known]
    archive = _git(workspace, "archive", "--format=tar", commit, "--", *folders) if folders else None
    if not archive:
        raise ReportCardError(f"{name} has no workspace here.", code=ExitCode.CONTENT, advice="Name a revision in which content/ stands where it stands now.")  # fmt: skip
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        tar.extractall(target, filter="data")
    return build_content(Workspace.find(target), target / "output", media, f"revision {name}")


def build_content(
    workspace: Workspace, output: Path, media: tuple[Medium, ...], told: str, *, regional: bool = False
) -> Path:
    """The folder of the PDFs that a workspace makes, with `regional` the scoreboard's too.

    Raises ReportCardError (CONTENT) if a card cannot be built.
    """
    for cards in ((), (REGIONAL,)) if regional else ((),):
        outcome = build(workspace, Order(output, cards, media=media))
        if not outcome.withheld and outcome.written:
            continue
        faults = [problem for problem in outcome.problems if has_errors([problem])]
        raise ReportCardError(f"{told} cannot be built: {faults[0] if faults else 'it has no card'}", code=ExitCode.CONTENT, advice=f"{len(faults)} problems in all: check that revision by itself.")  # fmt: skip
    return output


def _git(workspace: Workspace, *arguments: str) -> bytes | None:
    """What git prints, in the workspace; None if there is no git, no repository or no such thing."""
    program = which("git")
    if program is None:
        return None
    try:
        done = subprocess.run([program, "-C", str(workspace.root), *arguments], capture_output=True, check=False, timeout=_SECONDS)  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None
