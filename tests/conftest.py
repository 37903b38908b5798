"""Fixtures: the real workspace, copies of it to break, and the real cards, built once."""

import atexit
import gc
import logging
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from reportcard.build.cards import card_named
from reportcard.build.inventory import read_workspace
from reportcard.build.pipeline import build
from reportcard.build.request import Order, Outcome
from reportcard.page.gauges import Gallery
from reportcard.workspace.card_files import file_name
from reportcard.workspace.media import Medium
from reportcard.workspace.store import Store
from reportcard.workspace.workspace import Workspace

ROOT = Path(__file__).parents[1]
LANGUAGES = ("en", "es")
#: Seconds after which something that should have come never will, on a slow and busy machine too.
#: Nothing is measured by it.
PATIENCE = 180

# A shared machine stalls now and then; how long an example takes says nothing here.
settings.register_profile("steady", deadline=None)
settings.load_profile("steady")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write the golden text anew from the cards as they are",
    )
    parser.addoption(
        "--thorough",
        action="store_true",
        help="every combination of what one of each kind stands for otherwise",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Combinations are left out, not skipped, unless asked for: CI has minutes, a release has
    hours.
    """
    if not config.getoption("--thorough"):
        items[:] = [item for item in items if "thorough" not in item.keywords]


@dataclass(frozen=True)
class Copy:
    """A copy of the workspace that a test may break."""

    root: Path

    def edit(self, file: str, old: str, new: str) -> tuple[int, int]:
        """Replaces the only occurrence of a text; gives its line and column."""
        path = self.root / file
        text = path.read_bytes().decode()
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        at = text.index(old)
        path.write_bytes(text.replace(old, new).encode())
        return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)

    @property
    def workspace(self) -> Workspace:
        return Workspace.find(self.root)


@cache
def drawings() -> Path:
    """A cache with the real cards' gauges, outside the checkout: to draw them again for each of hundreds
    of copies is a minute of CI.
    """
    folder = Path(tempfile.mkdtemp(prefix="reportcard-tests-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    read = read_workspace(Workspace(ROOT))
    for language in LANGUAGES:
        card = card_named("peru").compose(read, language)
        Gallery(Store(folder)).draw(card.gauges.values())
    return folder


def copy_workspace(target: Path) -> Copy:
    for name in ("content", "styles", "figures"):
        shutil.copytree(ROOT / name, target / name)
    shutil.copytree(drawings(), target / ".cache", ignore=shutil.ignore_patterns("*.part"))
    return Copy(target)


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    return copy_workspace(tmp_path / "workspace")


@dataclass(frozen=True)
class Built:
    copy: Copy
    outcome: Outcome

    def pdf(self, language: str, medium: Medium = Medium.SCREEN) -> Path:
        return self.copy.root / "output" / file_name("peru", language, medium)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The Peru card in both languages and all editions, from a copy of the real workspace."""
    copy = copy_workspace(tmp_path_factory.mktemp("built") / "workspace")
    outcome = build(copy.workspace, Order(copy.root / "output", media=tuple(Medium)))
    assert [str(problem) for problem in outcome.problems] == []
    return Built(copy, outcome)


class UnreadLog(logging.Handler):
    """Keeps what the libraries log when nobody listens."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.name.partition(".")[0] in ("weasyprint", "matplotlib", "fontTools"):
            self.records.append(f"{record.name}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def no_warning_unread(request: pytest.FixtureRequest) -> Iterator[UnreadLog]:
    """Fails a test in which WeasyPrint, matplotlib or fontTools warned and the program did not take
    notice.
    """
    unread = UnreadLog()
    root = logging.getLogger()
    root.addHandler(unread)
    yield unread
    root.removeHandler(unread)
    if "plants_a_warning" not in request.keywords:
        assert unread.records == []


@pytest.fixture
def run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str, str]]:
    """Runs the command line in this process: exit code, what it printed, what it said on the error
    channel.
    """
    from reportcard import cli

    def run(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["reportcard", *arguments])
        capsys.readouterr()
        try:
            cli.main()
            code = 0
        except SystemExit as stop:
            code = int(stop.code or 0)
        finally:
            # A command switches it off for its short life, and a session of tests is long
            gc.enable()
        out, err = capsys.readouterr()
        return code, out, err

    return run


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from .browsing import CHROMIUM, OPTIONS, playwright

    with playwright.sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        yield started
        started.close()
