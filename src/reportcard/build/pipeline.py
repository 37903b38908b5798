"""The whole way of a build, from files to the PDFs of every edition, on one screen."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from itertools import chain

from reportcard.build.cache import keep, kept, task_key
from reportcard.build.card import CardFiles, Made, Task, finished, inspected, make, make_card
from reportcard.build.editions import Kit
from reportcard.build.inventory import Read, ordered, read_workspace
from reportcard.build.publish import publish
from reportcard.build.request import Order, Outcome, Tell
from reportcard.build.workers import ChangedError, Done, LostError, carry_out, cores
from reportcard.errors import ExitCode, ReportCardError
from reportcard.page.gauges import Gallery
from reportcard.problems.problem import Place, Problem, has_errors, in_reading_order
from reportcard.workspace.media import Medium
from reportcard.workspace.store import Store
from reportcard.workspace.workspace import REGIONAL, Workspace, text_file


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
    if read.content is None or read.styles is None or has_errors(read.shared):
        return Outcome((), (), read.problems, ExitCode.CONTENT)
    countries, languages = ordered(
        read.content, order.countries, order.languages, regional=not order.bilingual
    )
    cards = assemble(read, order, countries, languages, tell, executor)
    withheld = {country: card.code for country, card in cards.items() if has_errors(card.problems)}
    good = [
        card
        for country, card in cards.items()
        if country not in withheld and not (withheld and order.all_or_nothing)
    ]
    files = dict(chain.from_iterable(card.files.items() for card in good))
    written = (
        publish(
            order.output, files, dict(chain.from_iterable(card.records.items() for card in good))
        )
        if files
        else ()
    )
    code = ExitCode.WITHHELD if withheld and files else max(withheld.values(), default=ExitCode.OK)
    found = (*read.shared, *chain.from_iterable(card.problems for card in cards.values()))
    return Outcome(written, tuple(withheld), in_reading_order(found), code)


def assemble(
    read: Read,
    order: Order,
    countries: Sequence[str],
    languages: tuple[str, ...],
    tell: Tell,
    executor: Executor | None = None,
) -> dict[str, CardFiles]:
    """The cards of some countries, or of all (`scoreboard`), in some languages, not published yet:
    what `build` makes of what was read.
    """
    kit = Kit.of(read, order.media, bilingual=order.bilingual)
    sound = [country for country in countries if not has_errors(read.problems_of(country))]
    tasks = [
        task for country in sound for task in _tasks(country, languages, bilingual=order.bilingual)
    ]
    parts = _parts(kit, tasks, order, tell, executor)
    return {
        country: finished(read, country, [parts[task] for task in tasks if task.country == country])
        for country in countries
    }


def _tasks(country: str, languages: tuple[str, ...], *, bilingual: bool) -> list[Task]:
    """All languages in one go where they share a file, which the card of all countries has none of;
    else one by one.
    """
    if bilingual and country != REGIONAL:
        return [Task(country, languages, bilingual=True)]
    return [Task(country, (language,)) for language in languages]


def _parts(
    kit: Kit, tasks: list[Task], order: Order, tell: Tell, executor: Executor | None
) -> dict[Task, Made]:
    """What comes of every task: kept from before, or made now; a single one is made in this
    process.
    """
    store, keys = Store(kit.read.workspace.builds), {task: task_key(kit, task) for task in tasks}
    parts = {
        task: inspected(made) if order.inspect else made
        for task in tasks
        if order.cache and (made := kept(kit, store, keys[task]))
    }
    missing = [task for task in tasks if task not in parts]
    total = sum(len(task.names(kit.media)) for task in missing)

    def done(task: Task) -> None:
        tell(
            task.names(kit.media)[-1],
            sum(len(one.names(kit.media)) for one in parts if one in missing),
            total,
        )

    for task, key, result in _made(
        kit, [(task, keys[task]) for task in missing], order, done, executor
    ):
        parts[task] = result if isinstance(result, Made) else _lost(task, result)
        if order.cache and isinstance(result, Made):
            keep(kit, store, key, task, result)
    return parts


def _made(
    kit: Kit,
    tasks: list[tuple[Task, str]],
    order: Order,
    done: Callable[[Task], None],
    executor: Executor | None,
) -> Iterator[tuple[Task, str, Done]]:
    jobs = min(order.jobs or cores(), len(tasks))
    if executor is not None or jobs > 1:
        yield from carry_out(kit, tasks, executor, jobs, done)
        return
    gallery = Gallery(kit.read.workspace.cache)
    for task, key in tasks:
        done(task)
        yield task, key, make(kit, task, gallery)


def _lost(task: Task, fault: Exception) -> Made:
    """A task without result, as the fault of its card."""
    if isinstance(fault, ChangedError):
        raise ReportCardError(
            "the content changed while it was being built.",
            code=ExitCode.CONTENT,
            advice="Nothing was written. Build again.",
        ) from fault
    if not isinstance(fault, LostError):
        raise fault
    place = Place(text_file(task.country, task.languages[0]), 1, 1)
    return Made(
        found=(
            Problem(
                "BUILD-LOST",
                f"{fault}.",
                "Build again, with fewer --jobs if memory is short.",
                place,
            ),
        )
    )


def check(workspace: Workspace, countries: tuple[str, ...], *, layout: bool) -> tuple[Problem, ...]:
    """Every problem of the content and the spelling of some countries' cards (none: of all); with
    `layout`, of their pages too.

    Raises ReportCardError if a country has no card (USAGE).
    """
    read = read_workspace(workspace, spelling=True)
    if read.content is None:
        return read.problems
    wanted, languages = ordered(read.content, countries, (), regional=True)
    has_regional = any(wording.model.regional for wording in read.content.wordings.values())
    scoreboard = (REGIONAL,) if has_regional and read.content.scores else ()
    cards = wanted if countries else (*read.by_country, *scoreboard)
    found = [*read.shared, *chain.from_iterable(read.problems_of(card) for card in cards)]
    kit = (
        Kit.of(read, (Medium.SCREEN,)) if layout and read.styles and not has_errors(found) else None
    )
    for country in (wanted if countries else (*wanted, *scoreboard)) if kit else ():
        assert kit
        found.extend(make_card(kit, country, languages, Gallery(workspace.cache)).problems)
    return in_reading_order(found)
