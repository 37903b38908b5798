"""Ten cards by one process and by two workers, a build with nothing to do, and what cards cost as
they become many.

    python benchmarks/parallel.py [ROUNDS] [MANY]

The Peru card stands for ten: five times in two languages, each set anew. With MANY, so many cards
are made in one process, and the processor's time and the memory of the first and the last tenth are
told. The bare engine is measured by `build.py`.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from build import seconds

_SETTING = """
import sys, time, resource
from pathlib import Path
from reportcard.build.workers import carry_out
from reportcard.build.editions import Kit
from reportcard.page.gauges import Gallery
from reportcard.build.cache import Job
from reportcard.build.card import Task, make
from reportcard.workspace.media import Medium
from reportcard.build.inventory import read_workspace
from reportcard.workspace.store import Store
from reportcard.workspace.workspace import Workspace
import gc
gc.disable()
space, jobs = Workspace.find(Path(sys.argv[1])), int(sys.argv[2])
kit = Kit.of(read_workspace(space), (Medium.SCREEN,))
tasks = [Task("peru", (language,)) for _ in range(5) for language in ("en", "es")]
if jobs:
    for _, made in carry_out(kit, [Job.of(kit, task) for task in tasks], None, jobs):
        assert not isinstance(made, Exception), made
else:
    for task in tasks:
        make(kit, task, task.compose(kit.read), Gallery(Store(space.cache)))
        gc.collect()
"""

_MANY = """
import sys, time, resource, gc
from pathlib import Path
from reportcard.build.editions import Kit
from reportcard.page.gauges import Gallery
from reportcard.build.card import Task, make
from reportcard.workspace.media import Medium
from reportcard.build.inventory import read_workspace
from reportcard.workspace.store import Store
from reportcard.workspace.workspace import Workspace
space, many = Workspace.find(Path(sys.argv[1])), int(sys.argv[2])
kit = Kit.of(read_workspace(space), (Medium.SCREEN,))
def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() // \
1_000_000
times, sizes = [], []
for number in range(many):
    start = time.process_time()
    task = Task("peru", (("en", "es")[number % 2],))
    make(kit, task, task.compose(kit.read), Gallery(Store(space.cache)))
    gc.collect()
    times.append(time.process_time() - start)
    sizes.append(resident())
tenth = max(2, many // 10)
import statistics
print(f"{statistics.median(times[1:tenth + 1]):.3f} {statistics.median(times[-tenth:]):.3f} \
{sizes[tenth]} {sizes[-1]}")
"""


def largest_worker(command: tuple[str, ...]) -> int:
    """The most memory in MB that a process of a command, or one that it starts, is seen with
    (Linux).
    """
    peaks: dict[int, int] = {}
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    while process.poll() is None:
        for status in Path("/proc").glob("[0-9]*/status"):
            with suppress(OSError, KeyError):
                told = dict(line.split(":", 1) for line in status.read_text().splitlines())
                if int(told["PPid"]) in {process.pid, *peaks}:
                    peaks[int(told["Pid"])] = int(told["VmHWM"].split()[0]) // 1024
        time.sleep(0.1)
    return max(peaks.values(), default=0)


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    many = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    root = Path(__file__).parents[1]
    command = str(Path(sys.executable).with_name("reportcard"))
    with tempfile.TemporaryDirectory() as name:
        out = Path(name) / "output"
        seconds(command, "build", "--workspace", str(root), "--output", str(out))
        calls = {
            "ten cards, one process": (sys.executable, "-c", _SETTING, str(root), "0"),
            "ten cards, two workers": (sys.executable, "-c", _SETTING, str(root), "2"),
            "nothing to do": (command, "build", "--workspace", str(root), "--output", str(out)),
            "the interpreter alone": (sys.executable, "-c", "pass"),
        }
        times: dict[str, list[float]] = {kind: [] for kind in calls}
        peaks: dict[str, list[int]] = {kind: [] for kind in calls}
        for _ in range(rounds):
            for kind, call in calls.items():
                times[kind].append(seconds(*call, peak=peaks[kind]))
        print(
            f"{os.cpu_count()} cores, {rounds} rounds in turns; medians; memory is that of the"
            " largest process"
        )
        for kind, measured in times.items():
            print(
                f"{kind:24} {statistics.median(measured):6.2f} s "
                f" {statistics.median(peaks[kind]) / 1024:4.0f} MB"
            )
        ratio = statistics.median(
            two / one
            for one, two in zip(
                times["ten cards, one process"], times["ten cards, two workers"], strict=True
            )
        )
        print(
            f"two workers to one process: × {ratio:.2f}; the largest worker"
            f" {largest_worker(calls['ten cards, two workers'])} MB"
        )
        if many:
            start = time.perf_counter()
            told = subprocess.run(
                [sys.executable, "-c", _MANY, str(root), str(many)],
                capture_output=True,
                text=True,
                check=True,
            )
            first, last, before, after = told.stdout.split()
            print(
                f"{many} cards in {time.perf_counter() - start:.0f} s: a card of the first tenth"
                f" {first} s, of the last {last} s (× {float(last) / float(first):.2f}); memory"
                f" {before} and {after} MB"
            )


if __name__ == "__main__":
    main()
