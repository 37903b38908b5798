"""The whole way of a build, from files to the PDFs of every edition, on one screen."""

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import replace
from itertools import chain
from typing import Final

from reportcard.build.cache import Job, differing, keep, kept
from reportcard.build.card import CardFiles, Made, Task, finished, inspected, make, make_card
from reportcard.build.cards import ScoreboardCard, card_named
from reportcard.build.editions import Kit
from reportcard.build.inventory import ReadWorkspace, SoundWorkspace, ordered, read_workspace
from reportcard.build.publish import publish
from reportcard.build.request import Order, Outcome, Tell
from reportcard.build.rules import BUILD_LOST
from reportcard.build.workers import ChangedError, Done, LostError, carry_out, cores, gallery
from reportcard.errors import ExitCode, ReportCardError
from reportcard.messages.message import message
from reportcard.page.compose.templates import TemplateFaultError
from reportcard.page.gauges import Gallery
from reportcard.problems.problem import Place, Problem, has_errors, in_reading_order
from reportcard.workspace.media import Medium
from reportcard.workspace.store import Store
from reportcard.workspace.system import is_memory_limited
from reportcard.workspace.workspace import Workspace, text_file

#: Tasks that are composed and set in one go.
_BATCH: Final = 32


def build(
    workspace: Workspace,
    order: Order,
    tell: Tell = lambda *_: None,
    executor: Executor | None = None,
) -> Outcome:
    """Reads everything, makes every edition of every card ordered, and publishes those without a
    fault, all together.

    What was made before from the same is not made again, unless the order says so. More than one
    task is done side by side, by `executor` or by worker processes. Raises ReportCardError if the
    order names what does not exist (USAGE), the content changes meanwhile (CONTENT), or files
    cannot be written (OUTPUT).
    """
    read = read_workspace(workspace)
    if not isinstance(read, SoundWorkspace):
        return Outcome((), (), read.problems, ExitCode.CONTENT)
    names, languages = ordered(
        read.content, order.countries, order.languages, scoreboard=not order.bilingual
    )
    cards = assemble(read, replace(order, countries=names, languages=languages), tell, executor)
    withheld = {name: card.code for name, card in cards.items() if has_errors(card.problems)}
    stops = bool(withheld) and order.all_or_nothing
    good = [card for name, card in cards.items() if name not in withheld and not stops]
    files = dict(chain.from_iterable(card.files.items() for card in good))
    records = dict(chain.from_iterable(card.records.items() for card in good))
    written = publish(order.output, files, records) if files else ()
    code = ExitCode.WITHHELD if withheld and files else max(withheld.values(), default=ExitCode.OK)
    found = (*read.shared, *chain.from_iterable(card.problems for card in cards.values()))
    return Outcome(written, tuple(withheld), in_reading_order(found), code)


def assemble(
    read: SoundWorkspace, order: Order, tell: Tell, executor: Executor | None = None
) -> dict[str, CardFiles]:
    """The files of the cards that an order names, in the languages that it names, not published
    yet: what `build` makes of what was read.
    """
    names = order.countries
    kit = Kit.of(read, order.media, bilingual=order.bilingual)
    sound = [name for name in names if not has_errors(card_named(name).problems(read))]
    tasks = [task for name in sound for task in _tasks(name, order)]
    parts = _parts(kit, tasks, order, tell, executor)
    return {
        name: finished(read, name, [parts[task] for task in tasks if task.card == name])
        for name in names
    }


def _tasks(name: str, order: Order) -> list[Task]:
    """All languages in one go where they share a file; else one by one."""
    if order.bilingual and card_named(name).may_be_bilingual:
        return [Task(name, order.languages, bilingual=True)]
    return [Task(name, (language,)) for language in order.languages]


def _parts(
    kit: Kit, tasks: list[Task], order: Order, tell: Tell, executor: Executor | None
) -> dict[Task, Made]:
    """What comes of every task: kept from before, or made now. So many are composed at a time that
    a thousand cards need no more memory than a few.
    """
    store, parts = Store(kit.read.workspace.cache), dict[Task, Made]()
    total = sum(len(task.names(kit.media)) for task in tasks)
    for start in range(0, len(tasks), _BATCH):
        missing = []
        for task in tasks[start : start + _BATCH]:
            try:
                job = Job.of(kit, task)
            except TemplateFaultError as error:
                parts[task] = Made(found=(error.problem,))
                continue
            if order.cache and (made := kept(kit, store, job)):
                parts[task] = inspected(made) if order.inspect else made
            else:
                missing.append(job)
        for job, result in _made(kit, missing, order, executor):
            name = job.task.names(kit.media)[-1]
            if result is None:
                tell(name, sum(len(task.names(kit.media)) for task in parts), total)
                continue
            parts[job.task] = result if isinstance(result, Made) else _lost(job.task, result)
            if isinstance(result, Made):
                if not order.cache and (distrusted := differing(kit, store, job, result)):
                    parts[job.task] = replace(result, found=(*result.found, distrusted))
                keep(kit, store, job, result)
    return parts


def _made(
    kit: Kit, jobs: list[Job], order: Order, executor: Executor | None
) -> Iterator[tuple[Job, Done | None]]:
    """What comes of every job, after a None when there is progress to report. A single one is
    done in this process, unless a limit of memory may end it.
    """
    count = min(order.jobs or cores(), len(jobs))
    if jobs and (executor is not None or count > 1 or is_memory_limited()):
        for job, done in carry_out(kit, jobs, executor, count, cache=order.cache):
            yield job, None
            yield job, done
        return
    drawings = gallery(kit, cache=order.cache)
    for job in jobs:
        yield job, None
        yield job, make(kit, job.task, job.composed, drawings)


def _lost(task: Task, fault: Exception) -> Made:
    """A task without result, as the fault of its card."""
    if isinstance(fault, ChangedError):
        raise ReportCardError(
            message("the content changed during the build."),
            code=ExitCode.CONTENT,
            advice=message("Nothing was written. Build again."),
        ) from fault
    if not isinstance(fault, LostError):
        raise fault
    return Made(found=(BUILD_LOST.at(Place(text_file(task.card, task.languages[0]))),))


def check(workspace: Workspace, countries: tuple[str, ...], *, layout: bool) -> tuple[Problem, ...]:
    """Every problem of the content and the spelling of some cards (none: of all); with `layout`, of
    their pages too.

    Raises ReportCardError if one does not exist (USAGE).
    """
    read = read_workspace(workspace, spelling=True)
    if not isinstance(read, ReadWorkspace):
        return read.problems
    wanted, languages = ordered(read.content, countries, (), scoreboard=True)
    if not countries:
        # A country that has scores alone, and no card, has problems too.
        board = ScoreboardCard()
        named = (board.name,) if board.is_wanted(read.content) else ()
        wanted = (*wanted, *named)
        countries = (*read.by_country, *named)
    mine = (card_named(name).problems(read) for name in countries)
    found = [*read.shared, *chain.from_iterable(mine)]
    if isinstance(read, SoundWorkspace) and read.styles.templates and not layout:
        found.extend(_template_faults(read, wanted, languages))
    if layout and isinstance(read, SoundWorkspace) and not has_errors(found):
        kit = Kit.of(read, (Medium.SCREEN,))
        gallery = Gallery(Store(workspace.cache))
        for name in wanted:
            found.extend(make_card(kit, name, languages, gallery).problems)
    return in_reading_order(found)


def _template_faults(
    read: SoundWorkspace, names: Iterable[str], languages: Sequence[str]
) -> Iterator[Problem]:
    """What is wrong with the workspace's templates as cards are composed with them: one fault, the
    first of each card.
    """
    for name in names:
        if not has_errors(card_named(name).problems(read)):
            try:
                Task(name, tuple(languages)).compose(read)
            except TemplateFaultError as error:
                yield error.problem
