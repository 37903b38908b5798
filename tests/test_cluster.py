"""Builds on other machines: what they have otherwise is said, what they lack is handed over, and
none of them is waited for without end.
"""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from distributed import Client, LocalCluster

from reportcard import api
from reportcard.build import cluster as clusters
from reportcard.build.cluster import cluster
from reportcard.build.elsewhere import differences, made_with
from reportcard.build.pipeline import build
from reportcard.build.request import Order
from reportcard.errors import ExitCode, ReportCardError
from reportcard.workspace import archive

from .conftest import PATIENCE, ROOT, Built, Copy

EN = "peru-report-card-en.pdf"
#: Has a worker see an empty folder in the place of one.
ALONE = ("unshare", "--user", "--map-root-user", "--mount", "sh", "-c")


# --- a workspace as one file ----------------------------------------------------------------------


def test_the_same_files_are_the_same_archive_wherever_they_are(copy: Copy, tmp_path: Path) -> None:
    data = archive.packed(copy.root)
    other = archive.unpacked(data)
    assert archive.packed(other) == data
    assert archive.unpacked(data) == other
    assert archive.address(other) == archive.address(copy.root) != ""
    copy.edit("content/peru/en.yaml", "title: Peru", "title: The Peru")
    assert archive.address(copy.root) != archive.address(other)
    assert archive.address(tmp_path / "nowhere") == ""


def test_what_leads_out_of_the_workspace_is_not_handed_over(copy: Copy, tmp_path: Path) -> None:
    (tmp_path / "secret.svg").write_text("secret", encoding="utf-8")
    before = archive.address(copy.root)
    (copy.root / "figures/secret.svg").symlink_to(tmp_path / "secret.svg")
    (copy.root / "content/.hidden").write_text("secret", encoding="utf-8")
    (copy.root / "output").mkdir(exist_ok=True)
    (copy.root / "output/secret.pdf").write_text("secret", encoding="utf-8")
    assert archive.address(copy.root) == before


# --- any executor ---------------------------------------------------------------------------------


class Observed(ThreadPoolExecutor):
    """Keeps the words that are among the arguments."""

    def __init__(self) -> None:
        super().__init__(1)
        self.words: list[str] = []

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **named: Any) -> Future[Any]:
        self.words += [one for one in arguments if isinstance(one, str)]
        return super().submit(function, *arguments, **named)


@pytest.mark.parametrize("shared", [True, False])
def test_an_executor_builds_with_the_folder_or_a_copy_of_it(
    brief: Copy, brief_built: Built, *, shared: bool
) -> None:
    (brief.root / ".cache").rename(brief.root / "cache")
    with Observed() as pool:
        outcome = api.build(brief.root, languages=["en"], executor=pool, shared=shared)
    assert outcome.code is ExitCode.OK
    assert (str(brief.root) in pool.words) is shared
    assert (brief.root / "output" / EN).read_bytes() == brief_built.pdf("en").read_bytes()


@pytest.mark.slow
@pytest.mark.parametrize("page", ["communications.md", "comunicaciones.md"])
def test_the_program_of_the_documentation_builds(brief: Copy, page: str) -> None:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    (code,) = re.findall(r"```python\n(.*?)```", text, re.S)
    (brief.root / "mine.py").write_text(code.replace("shared=", 'languages=["en"], shared='))
    done = subprocess.run(
        [sys.executable, "mine.py"],
        cwd=brief.root,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stdout) == (0, f"{brief.root / 'output' / EN}\n"), done.stderr


# --- Dask -----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    here = LocalCluster(n_workers=0, processes=False, dashboard_address=None, protocol="tcp://")
    with here as one:
        yield one.scheduler_address


@pytest.fixture
def worker(scheduler: str, tmp_path: Path) -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """Starts a worker, without what would start it again."""
    started: list[subprocess.Popen[bytes]] = []

    def start(hidden: Path | None = None, patched: str = "") -> subprocess.Popen[bytes]:
        (tmp_path / "sitecustomize.py").write_text(patched, encoding="utf-8")
        call = [sys.executable, "-m", "distributed.cli.dask_worker", scheduler, "--no-nanny"]
        call += ["--nthreads", "1", "--no-dashboard", "--local-directory", str(tmp_path)]
        if hidden:
            mount = f'mount -t tmpfs none "{hidden}" && exec "$0" "$@"'
            call = [*ALONE, mount, *call]
        around = {**os.environ, "PYTHONPATH": f"{tmp_path}:{ROOT / 'src'}"}
        started.append(
            subprocess.Popen(call, env=around, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        )
        with Client(scheduler) as client:
            client.wait_for_workers(1, timeout=PATIENCE)
        return started[-1]

    yield start
    for one in started:
        one.kill()
        one.wait()
    with Client(scheduler) as client:
        while client.scheduler_info()["workers"]:
            client.run_on_scheduler(lambda: None)


@pytest.mark.slow
def test_a_worker_that_does_not_see_the_workspace_is_handed_a_copy(
    brief: Copy,
    brief_built: Built,
    scheduler: str,
    worker: Callable[..., subprocess.Popen[bytes]],
) -> None:
    if subprocess.run([*ALONE, "mount -t tmpfs none /mnt"], check=False).returncode:
        pytest.skip("this machine hides no folder from a process")
    worker(hidden=brief.root)
    order = Order(brief.root / "far", languages=("en",), cache=False)
    with cluster(scheduler, brief.workspace) as pool:
        outcome = build(brief.workspace, order, executor=pool)
    assert outcome.code is ExitCode.OK
    assert (brief.root / "far" / EN).read_bytes() == brief_built.pdf("en").read_bytes()


@pytest.mark.slow
def test_a_worker_of_another_version_is_named_with_what_differs(
    brief: Copy, scheduler: str, worker: Callable[..., subprocess.Popen[bytes]]
) -> None:
    worker(
        patched="import importlib.metadata as known\n"
        "real = known.version\n"
        "known.version = lambda name: '69.0' if name == 'weasyprint' else real(name)\n"
    )
    with pytest.raises(ReportCardError) as refused, cluster(scheduler, brief.workspace):
        pass
    assert refused.value.code is ExitCode.USAGE
    assert str(refused.value.message).endswith(" has different versions: weasyprint 69.0.")


@pytest.mark.slow
def test_without_a_worker_a_build_ends_with_what_to_do(
    brief: Copy, scheduler: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clusters, "_PATIENCE", 0.2)
    with pytest.raises(ReportCardError) as refused, cluster(scheduler, brief.workspace):
        pass
    assert str(refused.value.message) == f"the scheduler at {scheduler} has no workers."


@pytest.mark.slow
def test_when_the_last_worker_is_lost_its_cards_fail_and_the_build_ends(
    brief: Copy,
    scheduler: str,
    worker: Callable[..., subprocess.Popen[bytes]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one = worker()
    order = Order(brief.root / "far", languages=("en",), cache=False)
    with cluster(scheduler, brief.workspace) as pool:
        monkeypatch.setattr(clusters, "_PATIENCE", 1)
        one.kill()
        outcome = build(brief.workspace, order, executor=pool)
    lost = [problem for problem in outcome.problems if problem.code == "BUILD-LOST"]
    assert [problem.place.file for problem in lost] == ["content/peru/en.yaml"]
    assert outcome.written == ()


def test_what_differs_is_named_and_digests_are_not_shown() -> None:
    mine = made_with()
    assert differences(mine, mine) == ()
    theirs = {**mine, "weasyprint": "69.0", "reportcard (code)": "0" * 64}
    del theirs["python"]
    assert set(differences(mine, theirs)) == {"weasyprint 69.0", "reportcard (code)", "python –"}
