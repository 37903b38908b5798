"""Tasks carried out side by side: by worker processes of this machine, or by any executor that
takes functions.
"""

import gc
import os
import pickle
import shutil
import signal
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import (
    CancelledError,
    Executor,
    Future,
    ProcessPoolExecutor,
    as_completed,
)
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import lru_cache
from multiprocessing import parent_process
from pathlib import Path
from typing import Any, Final

from reportcard.build.cache import Job
from reportcard.build.card import Made, Task, make
from reportcard.build.editions import Kit
from reportcard.build.inventory import SoundWorkspace, read_workspace
from reportcard.page.gauges import Gallery
from reportcard.workspace.processes import PRELOADED, start_context
from reportcard.workspace.store import Scratch, Store
from reportcard.workspace.system import is_memory_limited, is_memory_short
from reportcard.workspace.workspace import Workspace

_FOLDERS: Final = "reportcard-workers-"
#: What executors raise of a task whose worker was lost.
_LOST: Final = ("KilledWorker", "FutureCancelledError", "CommClosedError")

#: Seconds of processor time after which a worker is stuck if no Python ran meanwhile. A section
#: with 40 notes takes the engine 6 s, and Python runs between its lines.
_STUCK: Final = 30.0


class ChangedError(Exception):
    """The content is not what it was when the build began."""


class LostError(Exception):
    """The worker of a task ended before it: killed, or out of memory."""


#: What was read and composed by the process that this one is forked from.
_inherited: tuple[Kit, Mapping[str, Job]] | None = None

Done = Made | Exception
"""What came of a task: what was made, or what kept it from being made."""


def carry_out(
    kit: Kit, jobs: Sequence[Job], executor: Executor | None, count: int, *, cache: bool = True
) -> Iterator[tuple[Job, Done]]:
    """Every job as it is done, in any order. `executor` carries them, or else so many worker
    processes. Without `cache`, gauges are drawn anew too.

    A worker that ends abruptly takes those beside it along: their jobs are tried again, one by one,
    each in a worker of its own.
    """
    root, media = str(kit.read.workspace.root), kit.media
    again: list[Job] = []
    if executor is None and is_memory_short():
        raise MemoryError  # a pool whose threads cannot start waits for ever

    def send(pool: Executor, jobs: Sequence[Job]) -> Future[Any]:
        if executor:
            return pool.submit(work, root, media, jobs[0].task, jobs[0].key, cache)
        work_of = [(job.task, job.key) for job in jobs]
        return pool.submit(_work_in_turn, root, media, work_of, cache)

    batches = [[job] for job in jobs] if executor else _by_card(jobs, count)
    with _lent(executor) if executor else _workers(kit, jobs, count) as pool:
        with _uninterrupted():
            running = {send(pool, batch): batch for batch in batches}
        for future in as_completed(running):
            batch = running[future]
            if isinstance(_ended(future), BrokenProcessPool) and executor is None:
                again.extend(batch)
            else:
                yield from _results(batch, future)
    for job in again:
        with _workers(kit, [job], 1) as pool:
            with _uninterrupted():
                alone = send(pool, [job])
            yield from _results([job], alone)


def _by_card(jobs: Sequence[Job], count: int) -> list[list[Job]]:
    """The languages of a card go to one worker one after the other, if every worker has a card: a
    card's pages are filled alike in all languages, and what was set of one to know that is set
    once. For Peru's two languages, that saves two fifths of the time.
    """
    cards: dict[str, list[Job]] = {}
    for job in jobs:
        cards.setdefault(job.task.card, []).append(job)
    return [[job] for job in jobs] if len(cards) < count else list(cards.values())


def _results(jobs: Sequence[Job], future: "Future[Any]") -> Iterator[tuple[Job, Done]]:
    """What came of jobs that a worker did; what it made it may have left in files."""
    fault = _ended(future)
    if fault is not None:
        yield from ((job, _fault(fault)) for job in jobs)
        return
    found = future.result()
    for job, one in zip(jobs, found if isinstance(found, list) else [found], strict=True):
        yield job, pickle.loads(one.read_bytes()) if isinstance(one, Path) else one


def _ended(future: "Future[Any]") -> BaseException | None:
    try:
        return future.exception()
    except CancelledError:
        return LostError()


def _fault(fault: BaseException) -> Exception:
    if isinstance(fault, BrokenProcessPool) or type(fault).__name__ in _LOST:
        return LostError()
    if isinstance(fault, Exception):
        return fault
    raise fault


def work(root: str, media: tuple[str, ...], task: Task, key: str, cache: bool = True) -> Made:
    """A task in a process that reads the content itself. Raises ChangedError if it is another there
    than that of the key.
    """
    for read_again in (False, True):
        if read_again:
            _kit.cache_clear()  # read before somebody saved
        kit = _kit(root, media, task.bilingual)
        job = Job.of(kit, task)
        if job.key == key:
            return make(kit, task, job.composed, gallery(kit, cache=cache))
    raise ChangedError


def gallery(kit: Kit, *, cache: bool) -> Gallery:
    """Where a build takes its gauges from: the workspace's cache, or nowhere."""
    return Gallery(Store(kit.read.workspace.cache) if cache else Scratch())


def _work_in_turn(
    root: str, media: tuple[str, ...], tasks: Sequence[tuple[Task, str]], cache: bool
) -> list[Done | Path]:
    """Tasks, each with its key, in a worker of our own, which does one after the other."""
    return [_one_in_turn(root, media, task, key, cache) for task, key in tasks]


def _one_in_turn(
    root: str, media: tuple[str, ...], task: Task, key: str, cache: bool
) -> Done | Path:
    """A task after others: what they left is cleared away first.

    What it made is left in a file, if the disk has room. Of a worker that is killed while it writes
    megabytes into the pool's pipe, the pool would wait for the rest for ever; a path goes through
    in one piece (POSIX, write: up to PIPE_BUF bytes are not split).
    """
    gc.collect()
    try:
        if _inherited is None:
            made = work(root, media, task, key, cache)
        else:
            kit, jobs = _inherited
            made = make(kit, task, jobs[key].composed, gallery(kit, cache=cache))
    except Exception as error:
        # Asked here, not in the process that hears of it
        return MemoryError() if is_memory_short() else error
    try:
        with tempfile.NamedTemporaryFile(delete=False) as file:
            file.write(pickle.dumps(made))
    except OSError:
        return made
    return Path(file.name)


@lru_cache(maxsize=1)
def _kit(root: str, media: tuple[str, ...], bilingual: bool) -> Kit:
    read = read_workspace(Workspace(Path(root)))
    if not isinstance(read, SoundWorkspace):
        raise ChangedError
    return Kit.of(read, media, bilingual=bilingual)


@contextmanager
def _lent(executor: Executor) -> Iterator[Executor]:
    yield executor


@contextmanager
def _workers(kit: Kit, jobs: Sequence[Job], count: int) -> Iterator[Executor]:
    """Worker processes. What they leave behind in temporary folders goes.

    One that is forked from this process has what it has read; else each reads the content itself.
    """
    global _inherited  # noqa: PLW0603  what a process forked from this one finds
    _sweep()
    folder = tempfile.mkdtemp(prefix=f"{_FOLDERS}{os.getpid()}-")
    context = start_context(PRELOADED)
    is_forked = context.get_start_method() == "fork"
    if is_forked:
        _inherited = kit, {job.key: job for job in jobs}
        gc.freeze()  # looking for garbage would copy the pages of memory that are shared
    pool = ProcessPoolExecutor(count, context, _begin, (folder,))
    try:
        yield pool
    finally:
        # Killed first, then waited for: a pool that is left alone closes its pipes at the end of
        # this process, in a thread of its own, while the interpreter writes to them ("Bad file
        # descriptor").
        for process in list((getattr(pool, "_processes", None) or {}).values()):
            process.kill()
        pool.shutdown(wait=True, cancel_futures=True)
        shutil.rmtree(folder, ignore_errors=True)
        if is_forked:
            _inherited = None
            gc.unfreeze()


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Has Ctrl-C wait until the workers are there. Of one that is forked and not yet known to the
    pool, the pool would not take care, and the end of this process would wait for it.
    """
    if threading.current_thread() is not threading.main_thread():
        yield  # signals are handled in the main thread alone
        return
    came: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: came.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.SIG_DFL if before is None else before)
    for number in came:
        signal.raise_signal(number)


def _sweep() -> None:
    """Deletes what workers of builds left behind that were killed themselves."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_FOLDERS}*-*"):
        process = folder.name.removeprefix(_FOLDERS).partition("-")[0]
        if process.isdecimal() and not _is_alive(int(process)):
            shutil.rmtree(folder, ignore_errors=True)


def _is_alive(process: int) -> bool:
    if sys.platform == "win32":
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _begin(folder: str) -> None:
    """Where a worker puts what is temporary. It looks for garbage between cards alone, and ends
    with the process that it works for, which answers Ctrl-C.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    tempfile.tempdir = folder
    gc.disable()
    if is_memory_limited():
        _end_if_stuck()
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_if_stuck() -> None:
    """Has the system end this process where the interpreter no longer runs. Without memory, Python
    3.11 asks for room for an exception again and again, and fontconfig for that of its cache.

    The timer that ends the process is set anew by Python itself, as long as it handles signals.
    """

    def go_on(_number: int, _frame: object) -> None:
        signal.setitimer(signal.ITIMER_VIRTUAL, _STUCK)

    signal.signal(signal.SIGPROF, go_on)
    signal.siginterrupt(signal.SIGPROF, False)  # reads of libraries go on
    signal.setitimer(signal.ITIMER_PROF, _STUCK / 10, _STUCK / 10)
    signal.setitimer(signal.ITIMER_VIRTUAL, _STUCK)


def _end_with_parent() -> None:
    if parent := parent_process():
        parent.join()
        os._exit(1)


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
