"""The public API: what the commands do, for programs. Nothing here prints or ends the process.

    from pathlib import Path
    from reportcard import api

    outcome = api.build(Path("my-cards"), ["peru"], editions=["screen", "print"])
    for problem in outcome.problems:
        print(problem)

Names that are not in `__all__`, here or elsewhere in the package, may change in any version.
"""

from collections.abc import Sequence
from pathlib import Path

from reportcard.build import pipeline
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
) -> Outcome:
    """Builds the PDFs of cards (none named: all) in their languages (none: all) and editions.

    `workspace` is the folder or one within it, `output` the folder for the PDFs (else `output/` of
    the workspace), `jobs` how many worker processes (0: one for each processor). A card with an
    error is not written; its earlier PDFs stay. Raises ReportCardError if there is no workspace
    (NO_WORKSPACE), a card, language or edition does not exist (USAGE), the content changes
    meanwhile (CONTENT), or a file cannot be written (OUTPUT).
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
    return pipeline.build(found, order)


def check(
    workspace: Path, cards: Sequence[str] = (), *, layout: bool = False
) -> tuple[Problem, ...]:
    """The problems of the content and spelling of cards (none named: of all), with `layout` those
    of their pages too, in the order of files and lines.

    Raises ReportCardError if there is no workspace (NO_WORKSPACE) or a card does not exist (USAGE).
    """
    return pipeline.check(Workspace.find(workspace), tuple(cards), layout=layout)


def compare(old: Path, new: Path) -> Comparison:
    """What changed from one PDF to another: words, numbers, scores, notes, links, look.

    `failed` of the comparison says why one could not be read; then there are no changes.
    """
    (comparison,) = review(
        [Couple(new.name, old, new)], Regard(), None, lambda *_: None
    ).comparisons
    return comparison


def preflight(file: Path, editions: Sequence[str] = tuple(Medium)) -> Inspection:
    """Whether a PDF, from whatever program, meets the rules of editions, with its faults.

    `unreadable` of the inspection is the problem of a file that is not a readable PDF. Raises
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
    """Makes everything of a release, in `output/releases/<version>` and as a zip beside it, or
    gives the reasons why it was refused.

    Raises ReportCardError if there is no workspace (NO_WORKSPACE), the version cannot be used or
    exists, a card does not exist (USAGE), or a file cannot be written (OUTPUT).
    """
    return bundle.release(
        Workspace.find(workspace),
        Wanted(version, tuple(cards), scoreboard),
        lambda *_: None,
        dry_run=dry_run,
    )
