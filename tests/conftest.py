"""Fixtures: the real workspace, copies of it to break, and the real cards, built once."""

import atexit
import fcntl
import gc
import logging
import os
import pickle
import shutil
import signal
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import settings

from reportcard.build import pipeline
from reportcard.build.cards import card_named
from reportcard.build.inventory import ReadWorkspace, SoundWorkspace, read_workspace
from reportcard.build.pipeline import build
from reportcard.build.request import Order, Outcome
from reportcard.content import loading
from reportcard.content.shelf import Shelf
from reportcard.messages import catalogue
from reportcard.page.gauges import Gallery
from reportcard.page.typeset.layout import LaidOut, Typesetter
from reportcard.problems.problem import Problem, Severity
from reportcard.review.compare.comparison import compared
from reportcard.workspace.bounds import apart
from reportcard.workspace.card_files import file_name
from reportcard.workspace.media import Medium
from reportcard.workspace.store import Store
from reportcard.workspace.workspace import Workspace

from . import galleys

ROOT = Path(__file__).parents[1]
LANGUAGES = ("en", "es")
#: Seconds after which something that should have come never will, on a slow and busy machine too.
#: Nothing is measured by it.
PATIENCE = 180
#: Fixtures for which pages are laid out, a browser is opened, or the program is started: a test
#: that asks for one of them is slow.
SLOW_FIXTURES = frozenset(
    {
        "brief",
        "brief_built",
        "browser",
        "built",
        "drawn",
        "edited",
        "first",
        "installed",
        "made",
        "served",
        "shown",
    }
    | {"shown", "site"}
)

T = TypeVar("T")

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
    parser.addoption(
        "--acceptance", action="store_true", help="with translators' own tools, where installed"
    )


def pytest_configure(config: pytest.Config) -> None:
    """All processes of one run of the tests share what `once` makes, and write in English."""
    os.environ[catalogue.VARIABLE] = catalogue.SOURCE
    # A shell has its background jobs ignore Ctrl-C, and all that they start
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if hasattr(config, "workerinput"):  # a worker of pytest-xdist
        _SHARED.append(Path(config.option.basetemp).parent)
    # The key of the cache: of this run alone, for its processes and the programs that they start
    os.environ["XDG_STATE_HOME"] = str(shared())


# Before the selection by markers, which is pytest's own
@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Combinations are left out, not skipped, unless asked for: CI has minutes, a release has
    hours. Tests are slow by what they ask for.
    """
    if not config.getoption("--thorough"):
        items[:] = [item for item in items if "thorough" not in item.keywords]
    if not config.getoption("--acceptance"):
        items[:] = [item for item in items if "acceptance" not in item.keywords]
    for item in items:
        if SLOW_FIXTURES.intersection(getattr(item, "fixturenames", ())):
            item.add_marker("slow")


def pytest_collection_finish() -> None:
    """Garbage is collected between tests alone, once there is much of it, and never looked for in
    what all of them have imported: that was a fifth of a build's time. Commands switch it off too.
    """
    gc.collect()
    gc.freeze()
    gc.disable()


#: Objects made and not freed after which a test's garbage is collected: ten builds leave as many,
#: in some 500 MB.
MUCH = 4_000_000
_SWEPT = count(1)


@pytest.fixture(autouse=True)
def swept() -> Iterator[None]:
    """Collects the garbage that a test left, if it is much. What is kept, the sections that were
    set above all, is looked through every fourth time alone: it takes two seconds.
    """
    yield
    if gc.get_count()[0] > MUCH:
        if next(_SWEPT) % 4 == 0:
            gc.unfreeze()
        gc.collect()
        gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def one_core() -> Iterator[None]:
    """Tests already run side by side: what one of them builds in this process, it builds here, and
    no worker reads the workspace again. An order that names its number of workers gets them.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pipeline, "cores", lambda: 1)
        yield


@pytest.fixture(scope="session", autouse=True)
def set_once() -> Iterator[None]:
    """What a test before has set is not set again, except in a test marked `set_anew`."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Typesetter, "lay_out", galleys.lay_out)
        patch.setattr(LaidOut.pdf, "func", galleys.write)
        yield


_SHARED: list[Path] = []


def shared() -> Path:
    """The folder that all processes of one run of the tests share."""
    if not _SHARED:
        _SHARED.append(Path(tempfile.mkdtemp(prefix="reportcard-tests-")))
        atexit.register(shutil.rmtree, _SHARED[0], ignore_errors=True)
    return _SHARED[0]


def once(name: str, make: Callable[[Path], T]) -> T:
    """What `make` puts into a folder of that name and gives back; one process of a run does so,
    the others wait for it and take it over.
    """
    folder, told = shared() / name, shared() / f"{name}.pickle"
    with (shared() / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not told.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            told.write_bytes(pickle.dumps(make(folder)))
        made: T = pickle.loads(told.read_bytes())
        return made


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
    """A cache with the real cards' gauges, outside the checkout: to draw them again for each of
    hundreds of copies is a minute of CI.
    """

    def draw(folder: Path) -> Path:
        read = read_workspace(Workspace(ROOT))
        for language in LANGUAGES:
            card = card_named("peru").compose(read, language)
            Gallery(Store(folder)).draw(card.gauges.values())
        return folder

    return once("gauges", draw)


def copy_content(target: Path) -> Copy:
    """A copy for what lays out no page: its gauges are not drawn."""
    for name in ("content", "styles", "figures"):
        shutil.copytree(ROOT / name, target / name)
    return Copy(target)


def copy_workspace(target: Path) -> Copy:
    """A copy with its gauges."""
    copy = copy_content(target)
    shutil.copytree(drawings(), target / ".cache", ignore=shutil.ignore_patterns("*.part"))
    return copy


#: A card that passes the checks in two languages with a sentence a section: it is laid out and
#: written in half the time of the real one.
#: As much text as fills half a page of a dimension together with its gauges.
_MORE = {
    "en": (
        " In practice, however, the offices in charge of permits seldom have the staff, the maps, "
        "or the time that the rules assume. Files travel between the capital and the provinces, "
        "and miners wait for an answer that often comes after the season has ended. Some give up; "
        "others go on without papers. Buyers in the towns ask few questions, and the inspectors "
        "who should ask them have no boats and no fuel. The rivers carry the mud away, and with it "
        "the traces of what was done. People in the villages downstream know this well. They have "
        "written letters and gone to meetings, and they keep asking for clean water and for a "
        "registry that anyone can read. So far, they have been given promises, and now and then a "
        "visit from the capital, but no timetable and no one to turn to when a dredge comes back."
    ),
    "es": (
        " En la práctica, sin embargo, las oficinas que otorgan los permisos rara vez cuentan con "
        "el personal, los mapas o el tiempo que las normas suponen. Los expedientes viajan entre "
        "la capital y las provincias, y los mineros esperan una respuesta que suele llegar cuando "
        "la temporada ya terminó. Algunos desisten; otros siguen sin papeles. Los compradores de "
        "los pueblos hacen pocas preguntas, y los inspectores que deberían hacerlas no tienen "
        "botes ni combustible. Los ríos se llevan el lodo y, con él, las huellas de lo que se hizo."
        " En las comunidades de río abajo lo saben bien: han escrito cartas, han ido a reuniones y "
        "siguen pidiendo agua limpia y un registro que cualquiera pueda leer. Hasta ahora han "
        "recibido promesas y, de vez en cuando, una visita de la capital, pero ni plazos ni "
        "alguien a quien acudir cuando vuelve una draga."
    ),
}
BRIEF = {
    "en": f"""\
title: Peru Report Card
status: draft
authors: [An Author]
overall:
  result: |
    Peru scores {{{{ score.total }}}}.[^first]
dimensions:
  legal:
    findings: |
      The laws are sound.[^second]{_MORE["en"]}
  policies:
    findings: |
      The policies lag behind.{_MORE["en"]}
  enforcement:
    findings: |
      Few are fined.{_MORE["en"]}
notes:
  first: The first note.
  second: The second note.
""",
    "es": f"""\
title: Ficha del Perú
status: draft
authors: [An Author]
overall:
  result: |
    El Perú alcanza {{{{ score.total }}}}.[^first]
dimensions:
  legal:
    findings: |
      Por la solidez de las leyes.[^second]{_MORE["es"]}
  policies:
    findings: |
      Las políticas se quedan atrás.{_MORE["es"]}
  enforcement:
    findings: |
      Se multa a pocos.{_MORE["es"]}
notes:
  first: La primera nota.
  second: La segunda nota.
""",
}


def shortened(copy: Copy) -> Copy:
    """The copy with little text, for what is no matter of a card's text."""
    for language, text in BRIEF.items():
        (copy.root / f"content/peru/{language}.yaml").write_text(text, encoding="utf-8")
    (copy.root / "content/peru/es.status.yaml").unlink()
    return copy


def brief_workspace(target: Path) -> Copy:
    """A copy with gauges, whose text is short."""
    return shortened(copy_workspace(target))


def whatever_the_checks_say(workspace: Workspace) -> SoundWorkspace:
    """A workspace as if its content had no error: to set what a check would have withheld."""
    read = read_workspace(workspace)
    assert isinstance(read, ReadWorkspace)
    assert read.styles
    return SoundWorkspace(workspace, (), read.by_country, read.content, read.styles)


def is_note(problem: Problem) -> bool:
    """Whether a problem only tells what the program did."""
    return problem.severity is Severity.NOTE


def is_slow(request: pytest.FixtureRequest) -> bool:
    return request.node.get_closest_marker("slow") is not None


@pytest.fixture
def copy(request: pytest.FixtureRequest, tmp_path: Path) -> Copy:
    """A copy of the workspace to break; only slow tests get one with its gauges."""
    made = copy_workspace if is_slow(request) else copy_content
    return made(tmp_path / "workspace")


@pytest.fixture
def brief(tmp_path: Path) -> Copy:
    """A copy to break whose cards have little text."""
    return brief_workspace(tmp_path / "workspace")


@cache
def _read_before() -> Shelf:
    """The repository's files as they are read."""
    shelf = Shelf()
    loading.load(Workspace(ROOT), shelf)
    return shelf


class KnownShelf(Shelf):
    """A shelf on which the repository's files stand already."""

    def __init__(self) -> None:
        super().__init__()
        self._kept |= _read_before()._kept


@pytest.fixture(autouse=True)
def fast(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Holds a test that is not marked slow to that: it lays out no page and starts no process of
    the program. Of its copy of the workspace any test reads only the files that it changed.
    """
    monkeypatch.setattr(loading, "Shelf", KnownShelf)
    if request.node.get_closest_marker("set_anew"):
        monkeypatch.setattr(Typesetter, "lay_out", galleys.set_anew)
        monkeypatch.setattr(LaidOut.pdf, "func", galleys.write_anew)
    if is_slow(request):
        return

    def refuse(*_: object, **__: object) -> None:
        pytest.fail("this test lays out pages or starts the program: mark it slow")

    class Guarded(subprocess.Popen[Any]):
        def __init__(self, call: Any, *rest: Any, **more: Any) -> None:
            if sys.executable in call:
                refuse()
            super().__init__(call, *rest, **more)

    monkeypatch.setattr(Typesetter, "lay_out", refuse)
    monkeypatch.setattr(pipeline, "carry_out", refuse)
    monkeypatch.setattr(subprocess, "Popen", Guarded)


@dataclass(frozen=True)
class Built:
    copy: Copy
    outcome: Outcome

    def pdf(self, language: str, medium: Medium = Medium.SCREEN) -> Path:
        return self.copy.root / "output" / file_name("peru", language, medium)


@pytest.fixture(scope="session")
def built() -> Built:
    """The Peru card in both languages and all editions, from a copy of the real workspace. No test
    may change it.
    """

    def make(folder: Path) -> Built:
        copy = copy_workspace(folder / "workspace")
        outcome = build(copy.workspace, Order(copy.root / "output", media=tuple(Medium)))
        assert [str(problem) for problem in outcome.problems if not is_note(problem)] == []
        return Built(copy, outcome)

    return once("built", make)


@pytest.fixture(scope="session")
def brief_built() -> Built:
    """The cards of little text in both languages and all editions. No test may change them."""

    def make(folder: Path) -> Built:
        copy = brief_workspace(folder / "workspace")
        return Built(copy, build(copy.workspace, Order(copy.root / "output", media=tuple(Medium))))

    return once("brief built", make)


#: What came of pairs of files that were compared already, and how.
_COMPARED: dict[object, object] = {}


@pytest.fixture
def compared_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is told of a comparison is asked in many ways: the same two files are compared once."""

    def remembered(function: Callable[..., object], *arguments: object) -> object:
        if function is not compared:
            return apart(function, *arguments)
        if arguments not in _COMPARED:
            _COMPARED[arguments] = apart(function, *arguments)
        return _COMPARED[arguments]

    monkeypatch.setattr("reportcard.review.review.apart", remembered)


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


def exit_code(patch: pytest.MonkeyPatch, *arguments: str) -> int:
    """How the command line ends in this process."""
    from reportcard import cli

    patch.setattr("sys.argv", ["reportcard", *arguments])
    # A command's last act is to give up all that it made, and a session of tests is long
    patch.setattr(gc, "freeze", lambda: None)
    try:
        cli.main()
    except SystemExit as stop:
        return int(stop.code or 0)
    finally:
        catalogue.speak(catalogue.SOURCE)
    return 0


@pytest.fixture
def run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str, str]]:
    """Runs the command line in this process: exit code, what it printed, what it said on the error
    channel.
    """

    def run(*arguments: str) -> tuple[int, str, str]:
        capsys.readouterr()
        code = exit_code(monkeypatch, *arguments)
        out, err = capsys.readouterr()
        return code, out, err

    return run


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from this checkout and unpacked in a folder of its own."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from .browsing import CHROMIUM, OPTIONS, playwright

    with playwright.sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        yield started
        started.close()
