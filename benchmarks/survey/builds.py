"""Generated cards built by the program's own pipeline, and what geometry finds on their pages."""

import shutil
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path
from typing import Final

from benchmarks.survey.faults import REPORTED_BY, WHOLE_CARD, Fault
from benchmarks.survey.pages import Margins, read_book
from benchmarks.survey.plans import Plan
from benchmarks.survey.prose import words
from benchmarks.survey.space import fullness, space_faults
from benchmarks.survey.type import Habits, full_lines, type_faults
from benchmarks.survey.workspaces import write_workspace

from reportcard.build.inventory import SoundWorkspace, read_workspace
from reportcard.build.pipeline import assemble
from reportcard.build.request import Order
from reportcard.problems.problem import Problem, Severity, has_errors
from reportcard.workspace.workspace import Workspace

#: Rules on laid-out pages.
_LAYOUT: Final = "PAGE-"
#: Cards after which a worker gives way to a new one: for each line set the engine keeps memory.
_CARDS_OF_A_WORKER: Final = 25


@dataclass(frozen=True, slots=True)
class Surveyed:
    """A card that was built: its PDF, its pages with the inner ones' fullness by number, the
    letters of its full lines, each fault with whether the proof reported it, the errors that
    withhold it for its layout, and the problems that geometry does not confirm.
    """

    plan: Plan
    pdf: Path
    pages: int
    fullness: dict[int, float]
    letters: tuple[int, ...]
    faults: tuple[tuple[Fault, bool], ...]
    withheld: tuple[str, ...]
    unconfirmed: tuple[str, ...]


class UnsoundCardError(Exception):
    """The content of a generated card has an error: the survey is wrong, not the card."""


def surveyed_cards(plans: list[Plan], folder: Path, source: Path, jobs: int) -> Iterator[Surveyed]:
    """The cards as they are done, by so many processes; one works in this process. PDFs and
    workspaces are written to the folder.

    Raises UnsoundCardError if the content of a card has an error.
    """
    if jobs == 1:
        for one in plans:
            yield surveyed(one, folder, source)
        return
    with ProcessPoolExecutor(
        jobs, mp_context=get_context("spawn"), max_tasks_per_child=_CARDS_OF_A_WORKER
    ) as pool:
        for future in as_completed([pool.submit(surveyed, one, folder, source) for one in plans]):
            yield future.result()


def surveyed(plan: Plan, folder: Path, source: Path) -> Surveyed:
    """One card, built for the screen in this process. Its PDF is written even if it is withheld.

    Raises UnsoundCardError if its content has an error.
    """
    root = folder / "workspaces" / plan.name
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir(parents=True)
    card = write_workspace(plan, root, source)
    read = read_workspace(Workspace(root))
    if not isinstance(read, SoundWorkspace):
        raise UnsoundCardError(f"{plan.name}: {'; '.join(map(str, read.problems))}")
    order = Order(folder, (card,), (plan.language,), cache=False, jobs=1)
    made = assemble(read, order, lambda *_: None)[card]
    shutil.rmtree(root / ".cache", ignore_errors=True)
    if not made.files:
        raise UnsoundCardError(f"{plan.name}: {'; '.join(map(str, made.problems))}")
    pdf = folder / f"{plan.name}.pdf"
    pdf.write_bytes(next(iter(made.files.values())))
    return replace(
        _inspected(plan, pdf, Margins.of(read.styles.css), made.problems),
        withheld=tuple(_errors(made.problems)),
    )


def _inspected(plan: Plan, pdf: Path, margins: Margins, problems: tuple[Problem, ...]) -> Surveyed:
    book = read_book(pdf.read_bytes(), margins)
    known = words(plan.language)
    habits = Habits(frozenset(known.units), frozenset(known.before_numbers))
    faults = sorted({*space_faults(book), *type_faults(book, habits)})
    return Surveyed(
        plan,
        pdf,
        len(book.leaves),
        {leaf.number: fullness(leaf) for leaf in book.inner},
        tuple(full_lines(book)),
        tuple((fault, is_reported(fault, problems)) for fault in faults),
        (),
        tuple(map(str, unconfirmed(problems, faults))),
    )


def _errors(problems: tuple[Problem, ...]) -> Iterator[str]:
    """The codes of the layout's errors; those of content come before, and of the file after."""
    if has_errors(problems):
        yield from sorted(
            problem.code
            for problem in problems
            if problem.severity is Severity.ERROR and problem.code.startswith(_LAYOUT)
        )


def is_reported(fault: Fault, problems: tuple[Problem, ...]) -> bool:
    """Whether a problem of the build reports a fault: of a rule for its kind, on its page or on
    none. A note of what was changed reports nothing.
    """
    return any(
        problem.code in REPORTED_BY[fault.kind]
        and problem.severity is not Severity.NOTE
        and (fault.kind in WHOLE_CARD or problem.place.page in (0, fault.page))
        for problem in problems
    )


def unconfirmed(problems: Iterable[Problem], faults: Iterable[Fault]) -> Iterator[Problem]:
    """The problems of rules for a kind of fault that geometry does not find on their page: false
    alarms, or more than it looks for.
    """
    found = [(code, fault.page) for fault in faults for code in REPORTED_BY[fault.kind]]
    known = {code for codes in REPORTED_BY.values() for code in codes}
    for problem in problems:
        if problem.code in known and problem.severity is not Severity.NOTE:
            pages = {page for code, page in found if code == problem.code}
            if not pages or problem.place.page not in {0, *pages}:
                yield problem
