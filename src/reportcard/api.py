"""With these functions you can build, check, compare, inspect and release cards from Python.

They do what the commands do, but print nothing and never end the process: each returns values or
raises `ReportCardError`.

    from pathlib import Path
    from reportcard import api

    outcome = api.build(Path("my-cards"), ["peru"], editions=["screen", "print"])
    for problem in outcome.problems:
        print(problem)

Only the names in `__all__` are public. Any other name in the package may change in any version.
"""

from collections.abc import Sequence
from concurrent.futures import Executor
from pathlib import Path

from reportcard.build import pipeline
from reportcard.build.elsewhere import Elsewhere
from reportcard.build.request import Order, Outcome
from reportcard.errors import ExitCode, ReportCardError
from reportcard.messages.catalogue import speaking
from reportcard.messages.message import Message, message
from reportcard.pdf import inspection
from reportcard.pdf.preflight import Inspection, Verdict
from reportcard.problems.problem import Place, Problem, Severity
from reportcard.problems.rule import Rule, Stage
from reportcard.release import bundle
from reportcard.release.bundle import Released, Wanted
from reportcard.review.changes import Change, Comparison, Kind
from reportcard.review.compare.regard import Regard
from reportcard.review.review import Review, review
from reportcard.review.sides import Couple
from reportcard.workspace.archive import packed
from reportcard.workspace.media import Medium, edition_named
from reportcard.workspace.workspace import Workspace

__all__ = [
    "Change",
    "Comparison",
    "ExitCode",
    "Inspection",
    "Kind",
    "Medium",
    "Message",
    "Outcome",
    "Place",
    "Problem",
    "Released",
    "ReportCardError",
    "Review",
    "Rule",
    "Severity",
    "Stage",
    "Verdict",
    "build",
    "check",
    "compare",
    "message",
    "preflight",
    "release",
    "speaking",
]


def build(
    workspace: Path,
    cards: Sequence[str] = (),
    *,
    languages: Sequence[str] = (),
    editions: Sequence[str] = (Medium.SCREEN,),
    output: Path | None = None,
    bilingual: bool = False,
    jobs: int = 1,
    executor: Executor | None = None,
    shared: bool = True,
) -> Outcome:
    """Builds the PDFs of cards. A card with an error is not published: its earlier PDFs are
    unchanged.

    `workspace` is the folder of a workspace, or any folder in it. Without `cards` or `languages`,
    all of them are built. PDFs go to `output`, by default the workspace's `output/`. `bilingual`
    adds one PDF per card with all its languages. `jobs` is the number of worker processes; 0 means
    one for each processor. An `executor` does the work instead: its workers need this version of
    the program, and the workspace at the same path; if it is not `shared`, they are handed a copy.

    Raises ReportCardError if no workspace is found (NO_WORKSPACE); if a card, language or edition
    does not exist (USAGE); if the content changes during the build (CONTENT); or if a file cannot
    be written (OUTPUT).
    """
    found = Workspace.find(workspace)
    order = Order(
        output=(output or found.output).absolute(),
        countries=tuple(cards),
        languages=tuple(languages),
        media=tuple(dict.fromkeys(map(edition_named, editions))),
        bilingual=bilingual,
        jobs=jobs,
    )
    if executor and not shared:
        executor = Elsewhere(executor, packed(found.root))
    return pipeline.build(found, order, executor=executor)


def check(
    workspace: Path, cards: Sequence[str] = (), *, layout: bool = False
) -> tuple[Problem, ...]:
    """Checks the content and spelling of cards, by default of all; with `layout`, their pages, too.
    Returns the problems in the order of files and lines.

    Raises ReportCardError if no workspace is found (NO_WORKSPACE) or a card does not exist (USAGE).
    """
    return pipeline.check(Workspace.find(workspace), tuple(cards), layout=layout)


def compare(old: Path, new: Path) -> Comparison:
    """Finds what changed from one PDF to another: words, numbers, scores, notes, links and look.

    If one of them cannot be read, the result has no changes, and its `failed` gives the reason.
    """
    (comparison,) = review(
        [Couple(new.name, old, new)], Regard(), None, lambda *_: None
    ).comparisons
    return comparison


def preflight(file: Path, editions: Sequence[str] = tuple(Medium)) -> Inspection:
    """Checks a PDF, made by any program, against the standards of editions.

    If it cannot be read, the result has no verdicts, and its `unreadable` gives the reason. Raises
    ReportCardError (USAGE) if an edition does not exist.
    """
    return inspection.inspect(file, tuple(dict.fromkeys(map(edition_named, editions))))


def release(
    workspace: Path,
    version: str,
    cards: Sequence[str] = (),
    *,
    scoreboard: bool = True,
    dry_run: bool = False,
) -> Released:
    """Makes all files of a release, in `output/releases/<version>` and as a zip beside it. If
    problems block it, nothing is written, and the result lists them as `reasons`.

    With `dry_run`, nothing is written in any case. Raises ReportCardError if no workspace is found
    (NO_WORKSPACE); if the version is invalid or exists, or a card does not exist (USAGE); or if a
    file cannot be written (OUTPUT).
    """
    return bundle.release(
        Workspace.find(workspace),
        Wanted(version, tuple(cards), scoreboard, dry_run),
        lambda *_: None,
    )
