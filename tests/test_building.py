"""Builds that do only what changed, side by side, and whatever happens to the cache, the workers or
the process.
"""

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from multiprocessing import forkserver
from pathlib import Path
from typing import Any

import pytest
from distributed import LocalCluster

from reportcard.build.cache import Job, kept
from reportcard.build.card import Task
from reportcard.build.editions import Kit
from reportcard.build.inventory import read_workspace
from reportcard.build.manifest import digest, read_manifest
from reportcard.build.pipeline import build
from reportcard.build.request import Order
from reportcard.build.unchanged import order_key, remember, remembered
from reportcard.build.workers import ChangedError, work
from reportcard.errors import ExitCode
from reportcard.page.fonts import font_file
from reportcard.workspace.media import Medium
from reportcard.workspace.store import Store

from .conftest import PATIENCE, ROOT, Copy, brief_workspace, once

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="the processes are looked up in /proc")
SCREEN = (Medium.SCREEN,)
#: Where one language proves as much as two
SPANISH, ES = ("es",), "peru-report-card-es.pdf"


def order(copy: Copy, **more: object) -> Order:
    return Order(copy.root / "output", **more)  # type: ignore[arg-type]


def sums(copy: Copy, folder: str = "output") -> dict[str, str]:
    return {
        path.name: digest(path.read_bytes())
        for path in (copy.root / folder).glob("*.*")
        if path.name[0] != "."
    }


def moments(copy: Copy) -> dict[str, int]:
    return {path.name: path.stat().st_mtime_ns for path in (copy.root / "output").glob("*.pdf")}


@pytest.fixture(scope="session")
def made_once() -> Copy:
    """A copy of the workspace in which everything was built."""

    def make(folder: Path) -> Copy:
        copy = brief_workspace(folder / "workspace")
        assert build(copy.workspace, order(copy)).code is ExitCode.OK
        return copy

    return once("made", make)


@pytest.fixture
def made(made_once: Copy, tmp_path: Path) -> Copy:
    """The same, to break: its cache, its files and their moments too."""
    return Copy(Path(shutil.copytree(made_once.root, tmp_path / "workspace")))


def command(
    copy: Copy, *arguments: str, flags: tuple[str, ...] = ()
) -> subprocess.CompletedProcess[str]:
    call = [
        sys.executable,
        *flags,
        "-m",
        "reportcard",
        "build",
        "--workspace",
        str(copy.root),
        *arguments,
    ]
    return subprocess.run(
        call,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    )


# --- only what changed ----------------------------------------------------------------------------


@pytest.mark.slow
def test_a_build_with_nothing_to_do_imports_nothing_heavy_and_tells_the_same(brief: Copy) -> None:
    first = command(brief)
    before = moments(brief), sums(brief)
    second = command(brief, flags=("-X", "importtime"))
    assert (second.returncode, second.stdout) == (0, first.stdout)
    imported = {
        line.rpartition("|")[2].strip()
        for line in second.stderr.splitlines()
        if line.startswith("import time:")
    }
    assert "reportcard.build.unchanged" in imported
    # Typer loads pydantic by itself.
    heavy = {
        "weasyprint",
        "jinja2",
        "pikepdf",
        "numpy",
        "matplotlib",
        "ruamel.yaml",
        "reportcard.build.pipeline",
        "reportcard.content.model",
    }
    assert imported & heavy == set()
    assert (moments(brief), sums(brief)) == before


def test_a_change_of_one_language_touches_that_file_alone(made: Copy) -> None:
    before = moments(made)
    made.edit("content/peru/es.yaml", "El Perú alcanza", "El Perú obtiene")
    told: list[str] = []
    build(made.workspace, order(made), lambda name, *_: told.append(name))
    assert told == [ES]
    assert {name for name, moment in moments(made).items() if moment != before[name]} == {ES}


def test_without_the_cache_and_side_by_side_the_bytes_are_the_same(made: Copy) -> None:
    build(made.workspace, Order(made.root / "anew", cache=False, jobs=2))
    assert sums(made, "anew") == sums(made)
    build(made.workspace, Order(made.root / "alone", languages=SPANISH, cache=False, jobs=1))
    assert sums(made, "alone")[ES] == sums(made)[ES]


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (
            "styles/gold/3-text.css",
            "h2 { bookmark-level: 1; font-size: 22pt",
            "h2 { bookmark-level: 1; font-size: 21pt",
        ),
        ("styles/gold/tokens.yaml", "#74857b", "#74857c"),
        ("content/wording/es.yaml", "panel: Puntaje general", "panel: Puntaje global"),
        ("content/edition.yaml", 'version: "0.1"', 'version: "0.2"'),
    ],
)
def test_styles_wording_and_edition_are_inputs(made: Copy, file: str, old: str, new: str) -> None:
    before = sums(made)
    made.edit(file, old, new)
    build(made.workspace, order(made, languages=SPANISH))
    assert sums(made)[ES] != before[ES]


def test_figures_fonts_and_logos_are_inputs(made: Copy) -> None:
    seen = [sums(made)[ES]]

    def changes() -> bool:
        build(made.workspace, order(made, languages=SPANISH))
        seen.append(sums(made)[ES])
        return seen[-1] != seen[-2]

    figure = made.root / "figures/cover.svg"
    figure.write_text(
        figure.read_text(encoding="utf-8").replace(
            "</svg>", '<circle cx="50" cy="50" r="5"/></svg>'
        ),
        encoding="utf-8",
    )
    assert changes()
    (made.root / "styles/gold/fonts").mkdir(exist_ok=True)
    shutil.copy(
        font_file(None, "SourceSansPro-Semibold.ttf"),
        made.root / "styles/gold/fonts/SourceSansPro-Bold.ttf",
    )
    assert changes()
    (made.root / "figures/organisations").mkdir(exist_ok=True)
    (made.root / "figures/organisations/earth-genome.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40"'
        ' height="20"/></svg>',
        encoding="utf-8",
    )
    assert changes()


def test_tools_and_the_program_are_inputs(made: Copy, monkeypatch: pytest.MonkeyPatch) -> None:
    kit = Kit.of(read_workspace(made.workspace), SCREEN)
    task = Task("peru", ("es",))
    keys = [Job.of(kit, task).key]
    monkeypatch.setattr("reportcard.build.cache.tools", lambda: {"weasyprint": "71"})
    keys.append(Job.of(kit, task).key)
    monkeypatch.setattr("reportcard.build.cache.program", lambda: "another")
    keys.append(Job.of(kit, task).key)
    assert len(set(keys)) == 3
    known = [
        order_key(made.workspace, order(made)),
        order_key(made.workspace, order(made, languages=("es",))),
    ]
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    known.append(order_key(made.workspace, order(made)))
    assert len(set(known)) == 3
    assert all(known)


def test_a_build_is_remembered_only_while_its_files_are_there_as_they_were(made: Copy) -> None:
    store, wanted = Store(made.workspace.cache), order(made)
    key = order_key(made.workspace, wanted)
    outcome = build(made.workspace, wanted)
    remember(store, key, outcome)
    assert remembered(store, key, wanted) == outcome
    (made.root / "output/.staging").mkdir()
    (made.root / "output/.staging/journal.json").write_text("[]", encoding="utf-8")
    assert remembered(store, key, wanted) is None, "a publication waits to be finished"
    shutil.rmtree(made.root / "output/.staging")
    path = made.root / "output/peru-report-card-es.pdf"
    path.write_bytes(path.read_bytes() + b"\n")
    assert remembered(store, key, wanted) is None
    assert build(made.workspace, wanted).written == outcome.written
    assert remembered(store, key, wanted) == outcome


# --- the cache attacked ---------------------------------------------------------------------------


def truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def flipped(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def exchanged(path: Path) -> None:
    """A sound entry under another's name."""
    other = next((one for one in sorted(path.parent.glob("*.kept")) if one != path), path)
    path.write_bytes(other.read_bytes())


@pytest.mark.parametrize("attack", [truncated, flipped, emptied, exchanged, Path.unlink])
def test_a_damaged_entry_is_made_again_with_the_same_bytes(
    made: Copy, attack: Callable[[Path], None]
) -> None:
    before = sums(made)
    for path in sorted(made.workspace.cache.glob("*.kept")):
        attack(path)
    shutil.rmtree(made.root / "output")
    assert build(made.workspace, order(made, languages=SPANISH)).code is ExitCode.OK
    assert sums(made)[ES] == before[ES]


@pytest.mark.slow
def test_entries_may_vanish_while_they_are_used(brief: Copy) -> None:
    stop = threading.Event()

    def destroy() -> None:
        while not stop.is_set():
            shutil.rmtree(brief.root / ".cache", ignore_errors=True)
            time.sleep(0.01)

    destroyer = threading.Thread(target=destroy)
    destroyer.start()
    try:
        spanish = order(brief, languages=SPANISH)
        outcomes = [build(brief.workspace, spanish).code for _ in range(2)]
    finally:
        stop.set()
        destroyer.join()
    assert outcomes == [ExitCode.OK, ExitCode.OK]


def test_a_store_stays_within_its_bounds_and_drops_what_was_not_used(tmp_path: Path) -> None:
    store = Store(tmp_path, limit=10_000)
    for number in range(8):
        store.put(f"{number}", {"n": number}, bytes(1_000))
        os.utime(tmp_path / f"{number}.kept", (number, number))
    assert store.get("0") == ({"n": 0}, bytes(1_000))  # used: the others are older now
    for number in range(8, 12):
        store.put(f"{number}", {"n": number}, bytes(1_000))
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) <= 10_000
    assert store.get("0")
    assert store.get("1") is None
    assert Store(Path("/proc/no/such"), 1).put("a", {}) is None


# --- workers --------------------------------------------------------------------------------------


def workers(parent: int | None) -> list[int]:
    """The processes that a process has forked and that still run."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, forked_by, *_ = path.read_text(encoding="utf-8").rpartition(")")[2].split()
        except OSError:
            continue
        if parent and int(forked_by) == parent and state != "Z":
            found.append(int(path.parent.name))
    return found


def kill(processes: list[int]) -> None:
    for process in processes:
        try:
            os.kill(process, signal.SIGKILL)
        except ProcessLookupError:
            continue


def until(condition: Callable[[], Any], seconds: float = PATIENCE) -> Any:
    end = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < end
        time.sleep(0.02)
    return found


def is_asleep(process: int) -> bool:
    """Whether a process has waited for a second, and used no processor (proc(5), stat: state is the
    third field, utime the fourteenth).
    """

    def told() -> tuple[str, str]:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(") ")[2].split()
        return fields[0], fields[11]

    before = told()
    time.sleep(1)
    return before[0] == "S" and told() == before


@contextmanager
def building(copy: Copy) -> Iterator[tuple[subprocess.Popen[str], list[int]]]:
    """A build of its own with two workers at work, which it forked from itself."""
    call = [
        sys.executable,
        "-m",
        "reportcard",
        "build",
        "--workspace",
        str(copy.root),
        "--no-cache",
        "--jobs",
        "2",
    ]
    with subprocess.Popen(
        call,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    ) as process:
        found = until(lambda: len(now := workers(process.pid)) == 2 and now)
        assert {Path(f"/proc/{one}/cmdline").read_bytes() for one in (process.pid, *found)} == {
            "\0".join([*call, ""]).encode()
        }
        time.sleep(0.3)
        try:
            yield process, found
        finally:
            kill([process.pid, *found])


#: What begins a script that carries out tasks of its own in a workspace.
_WORKERS = """
import os, sys, time
from pathlib import Path
from reportcard.build import workers
from reportcard.build.cache import Job
from reportcard.build.card import Made, Task
from reportcard.build.editions import Kit
from reportcard.build.inventory import read_workspace
from reportcard.workspace.workspace import Workspace

kit = Kit.of(read_workspace(Workspace(Path(sys.argv[1]))), ("screen",))
"""
#: Prints which process does each task.
_WHO_DOES_WHAT = """

def make(*_):
    time.sleep(0.5)
    return Made(pages={"process": os.getpid()})

workers.make = make
for names in (("peru",), ("peru", "scoreboard")):
    jobs = [Job.of(kit, Task(name, (language,))) for name in names for language in ("en", "es")]
    done = workers.carry_out(kit, jobs, None, 2)
    print(len({made.pages["process"] for job, made in done if job.task.card == "peru"}))
"""


def printed_by(script: str, copy: Copy) -> list[str]:
    """The lines that a script prints whose tasks are carried out in processes of its own."""
    call = [sys.executable, "-c", _WORKERS + script, str(copy.root)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    found = subprocess.run(call, capture_output=True, text=True, check=True, env=environment)
    return found.stdout.splitlines()


@LINUX
@pytest.mark.slow
def test_the_languages_of_a_card_go_to_one_worker_if_each_has_a_card(made: Copy) -> None:
    assert printed_by(_WHO_DOES_WHAT, made) == ["2", "1"]


#: Prints what comes of a task that keeps the processor busy for seconds, in Python or beside it.
_BUSY = """
import itertools, resource

def make(kit, task, *_):
    if task.languages == ("es",):
        sum(itertools.repeat(0, 10**15))
    end = time.process_time() + 4
    while time.process_time() < end:
        pass
    return Made()

workers.make, workers._STUCK = make, 1.5
resource.setrlimit(resource.RLIMIT_AS, (8 << 30, 8 << 30))
jobs = [Job.of(kit, Task("peru", (language,))) for language in ("en", "es")]
for job, done in workers.carry_out(kit, jobs, None, 2):
    print(job.task.languages[0], type(done).__name__)
"""


@LINUX
@pytest.mark.slow
def test_a_worker_that_is_stuck_for_want_of_memory_is_ended(made: Copy) -> None:
    """Where memory is limited; one that only takes its time goes on."""
    assert sorted(printed_by(_BUSY, made)) == ["en Made", "es LostError"]


@LINUX
@pytest.mark.slow
def test_a_worker_that_is_killed_is_tried_again(brief: Copy) -> None:
    with building(brief) as (process, found):
        kill(found[:1])
        process.communicate()
    assert process.returncode == 0
    assert set(sums(brief)) == {
        "manifest.json",
        "peru-report-card-en.pdf",
        ES,
    }


@LINUX
@pytest.mark.parametrize(
    ("stop", "code"), [(signal.SIGINT, ExitCode.INTERRUPTED), (signal.SIGKILL, -signal.SIGKILL)]
)
@pytest.mark.slow
def test_workers_end_with_the_build_that_is_stopped_and_nothing_is_written(
    brief: Copy, stop: int, code: int
) -> None:
    with building(brief) as (process, found):
        if stop == signal.SIGINT:
            for worker in found:
                os.kill(worker, signal.SIGSTOP)  # the card would never be done: nobody waits for it
        process.send_signal(stop)
        _, told = process.communicate(timeout=PATIENCE)
        until(lambda: not set(found) & {*workers(1), *workers(process.pid)})
    assert process.returncode == code
    assert told == (
        "" if stop == signal.SIGKILL else "Stopped by Ctrl-C. Earlier files are unchanged.\n"
    )
    assert sums(brief) == {}


#: Ctrl-C as soon as a worker is forked, and that worker stopped: a busy machine does both.
INTERRUPTED = """
import os, signal
from multiprocessing.process import BaseProcess
start = BaseProcess.start
def stopped(self):
    start(self)
    os.kill(self.pid, signal.SIGSTOP)
    signal.raise_signal(signal.SIGINT)
BaseProcess.start = stopped
from reportcard.__main__ import main
main()
"""


@LINUX
@pytest.mark.slow
def test_a_worker_that_is_just_forked_when_the_build_is_stopped_ends_with_it(brief: Copy) -> None:
    call = [sys.executable, "-c", INTERRUPTED, "build", "--no-cache", "--jobs", "2"]
    done = subprocess.run(
        [*call, "--workspace", str(brief.root)],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    )
    assert (done.returncode, done.stdout) == (ExitCode.INTERRUPTED, ""), done.stderr
    assert sums(brief) == {}


@LINUX
@pytest.mark.slow
def test_workers_killed_while_they_hand_over_what_they_made_are_not_waited_for(
    brief: Copy,
) -> None:
    """Nobody reads while the build itself is stopped: a result of megabytes would fill the pipe,
    and its worker would be killed in the middle of it.
    """
    with building(brief) as (process, found):
        os.kill(process.pid, signal.SIGSTOP)
        until(lambda: all(is_asleep(worker) for worker in found))
        kill(found)
        os.kill(process.pid, signal.SIGCONT)
        process.communicate(timeout=PATIENCE)
    assert process.returncode == 0
    assert ES in sums(brief)


@LINUX
@pytest.mark.slow
def test_a_card_whose_workers_are_always_killed_is_a_failure_of_that_card(brief: Copy) -> None:
    """Here workers come from a server of processes: this one has threads and does not fork
    itself.
    """
    over = threading.Event()

    def kill_all() -> None:
        while not over.wait(0.02):
            # Nothing public tells it
            kill(workers(forkserver._forkserver._forkserver_pid))  # type: ignore[attr-defined]

    killer = threading.Thread(target=kill_all)
    killer.start()
    try:
        outcome = build(brief.workspace, order(brief, jobs=2))
    finally:
        over.set()
        killer.join()
    assert outcome.code is ExitCode.LAYOUT
    assert [problem.code for problem in outcome.problems] == ["BUILD-LOST"] * 2
    assert outcome.written == ()
    assert not list(Path(tempfile.gettempdir()).glob(f"reportcard-workers-{os.getpid()}-*"))


@pytest.mark.skipif(sys.platform == "win32", reason="workers are never forked there")
@pytest.mark.slow
def test_a_program_may_build_again_though_libraries_have_begun_threads(brief: Copy) -> None:
    """A process with threads forks no workers from itself: they would wait for ever for those
    threads.
    """
    again = (
        "from pathlib import Path; from reportcard.build.pipeline import build; from"
        " reportcard.build.request import Order; from reportcard.workspace.workspace import"
        f" Workspace; space = Workspace.find(Path({str(brief.root)!r})); [print(int(build(space,"
        " Order(space.output, languages=languages, cache=False, jobs=2)).code)) for languages in"
        " (('es',), ())]"
    )
    done = subprocess.run(
        [sys.executable, "-c", again],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    )
    assert (done.stdout, done.stderr) == ("0\n0\n", "")


@LINUX
@pytest.mark.slow
def test_what_a_killed_build_left_in_temporary_folders_goes_with_the_next(brief: Copy) -> None:
    left = Path(tempfile.mkdtemp(prefix="reportcard-workers-4194303-"))
    (left / "weasyprint-x").mkdir()
    build(brief.workspace, order(brief, jobs=2))
    assert not left.exists()


def test_any_executor_carries_the_work(made: Copy) -> None:
    with ThreadPoolExecutor(1) as pool:
        lent = Order(made.root / "lent", languages=SPANISH, cache=False)
        build(made.workspace, lent, executor=pool)
    assert sums(made, "lent")[ES] == sums(made)[ES]


def test_a_worker_finds_other_content_than_was_ordered(made: Copy) -> None:
    with pytest.raises(ChangedError):
        work(str(made.root), SCREEN, Task("peru", ("es",)), "a key of other content")


def test_a_cluster_carries_the_work_though_a_worker_is_killed(made: Copy) -> None:
    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
    ) as cluster:

        def kill() -> None:
            time.sleep(1.5)
            os.kill(next(iter(cluster.workers.values())).pid, signal.SIGKILL)

        killer = threading.Thread(target=kill)
        killer.start()
        done = command(
            made,
            "--no-cache",
            "--output",
            str(made.root / "far"),
            "--scheduler",
            cluster.scheduler_address,
        )
        killer.join()
    assert done.returncode == 0, done.stderr
    assert sums(made, "far") == sums(made)


def test_a_cluster_that_does_not_answer_is_told(made: Copy) -> None:
    done = command(made, "--no-cache", "--scheduler", "tcp://127.0.0.1:9")
    assert done.returncode == ExitCode.USAGE
    assert "no scheduler is responding at tcp://127.0.0.1:9" in done.stderr


# --- kills ----------------------------------------------------------------------------------------


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
@pytest.mark.slow
def test_a_build_killed_at_any_moment_leaves_files_of_one_build(brief: Copy) -> None:
    """Two states of the content take turns; both are kept, so that a build is short and most
    moments are those of writing.
    """
    states = [(brief.root / "content/peru/es.yaml").read_bytes()]
    states.append(states[0].replace(b"Por la solidez", b"Por la firmeza"))
    known = []
    for state in states:
        (brief.root / "content/peru/es.yaml").write_bytes(state)
        start = time.monotonic()
        assert command(brief).returncode == 0
        known.append(sums(brief))
    whole = time.monotonic() - start
    kills = random.Random(7)
    for number in range(5):
        (brief.root / "content/peru/es.yaml").write_bytes(states[number % 2])
        call = [sys.executable, "-m", "reportcard", "build", "--workspace", str(brief.root)]
        process = subprocess.Popen(
            call,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        )
        time.sleep(kills.uniform(0.1, 0.9) * min(whole, 1.2))
        process.send_signal(signal.SIGKILL)
        process.wait()
        # Whoever comes next finishes what was committed.
        english = order(brief, languages=("en",))
        assert build(brief.workspace, english).code is ExitCode.OK
        found = sums(brief)
        records = read_manifest((brief.root / "output/manifest.json").read_bytes())
        assert {name: one for name, one in found.items() if name.endswith(".pdf")} in [
            {name: one for name, one in state.items() if name.endswith(".pdf")} for state in known
        ]
        assert {name: record.sha256 for name, record in records.items()} == {
            name: one for name, one in found.items() if name.endswith(".pdf")
        }


def test_kept_work_is_not_taken_from_another_country(made: Copy) -> None:
    kit = Kit.of(read_workspace(made.workspace), SCREEN)
    store = Store(made.workspace.cache)
    jobs = [Job.of(kit, Task("peru", (language,))) for language in ("en", "es")]
    assert all(kept(kit, store, job) for job in jobs)
    together = Job.of(kit, Task("peru", ("en", "es"), bilingual=True))
    assert kept(replace(kit, media=(Medium.PRINT,)), store, together) is None
