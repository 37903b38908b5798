"""What the machine may be like - slow, busy, half equipped, full of fonts, Python without asserts -
and the cards are the same.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from reportcard.build.manifest import digest
from reportcard.build.pipeline import build, check
from reportcard.build.request import Order
from reportcard.errors import ExitCode
from reportcard.problems.logs import Fault, sorted_as
from reportcard.workspace.media import Medium
from reportcard.workspace.workspace import Workspace

from .conftest import PATIENCE, ROOT, Built, Copy, drawings, is_note

#: matplotlib's own timer, which remarks after five seconds that it lists fonts, goes off at once:
#: as on a slow or busy machine.
HURRIED = """
import threading
timer = threading.Timer
threading.Timer = lambda seconds, act, *more, **named: timer(0.01 if seconds == 5 else seconds, \
act, *more, **named)
"""


def reportcard(copy: Copy, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    call = [sys.executable, "-m", "reportcard", *arguments, "--workspace", str(copy.root)]
    path = os.pathsep.join(filter(None, [environment.pop("PYTHONPATH", ""), str(ROOT / "src")]))
    return subprocess.run(
        call,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environment, "PYTHONPATH": path},
    )


def sums(folder: Path) -> dict[str, str]:
    return {path.name: digest(path.read_bytes()) for path in folder.glob("*.pdf")}


# --- fonts of the machine -------------------------------------------------------------------------

DRAWN = """
import sys
from pathlib import Path
from reportcard.page.gauges import draw
sys.path.insert(0, {root!r})
from tests.test_gauges import GAUGE
draw(GAUGE, "svg")
from matplotlib.font_manager import fontManager
print(*sorted({{entry.name for entry in (*fontManager.ttflist, *fontManager.afmlist)}}), sep=";")
"""


@pytest.mark.slow
def test_no_font_of_the_machine_is_listed_and_no_list_is_written(tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/fc-list").write_text(f"#!/bin/sh\ntouch {tmp_path}/asked\n", encoding="utf-8")
    (tmp_path / "bin/fc-list").chmod(0o755)
    (tmp_path / "home").mkdir()
    environment = {
        "HOME": str(tmp_path / "home"),
        "TMPDIR": str(tmp_path / "home"),
        "PATH": f"{tmp_path}/bin:{os.environ['PATH']}",
        "PYTHONPATH": ":".join(sys.path),
    }
    done = subprocess.run(
        [sys.executable, "-c", DRAWN.format(root=str(ROOT))],
        capture_output=True,
        text=True,
        env=environment,
        cwd=tmp_path,
    )
    assert (done.stdout, done.stderr) == ("Source Sans Pro\n", "")
    assert not (tmp_path / "asked").exists()
    assert list((tmp_path / "home").iterdir()) == []


@pytest.mark.slow
def test_a_first_build_succeeds_on_a_machine_that_takes_its_time(
    brief: Copy, tmp_path: Path
) -> None:
    (tmp_path / "sitecustomize.py").write_text(HURRIED, encoding="utf-8")
    shutil.rmtree(brief.root / ".cache")
    for hurried in (True, True, False):
        around = {"PYTHONPATH": str(tmp_path)} if hurried else {}
        done = reportcard(brief, "build", "--language", "en", **around)
        assert (done.returncode, "says" in done.stderr) == (0, False), done.stderr


# --- what libraries log ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("library", "line", "fault"),
    [
        ("weasyprint", "Ignored `colour: red` at 3:5, unknown property.", Fault.PAGE),
        (
            "weasyprint",
            "Failed to load image at 'https://report.invalid/figures/x.svg': no such file",
            Fault.PAGE,
        ),
        ("weasyprint", "No anchor #fn-x for internal URI reference", Fault.PAGE),
        ("weasyprint", "Font-face 'Broken' cannot be loaded", Fault.PAGE),
        ("weasyprint", 'Image "figures/x.svg" has no required alt description', Fault.PAGE),
        (
            "weasyprint",
            'Using fontTools instead of HarfBuzz-Subset for font "Source Sans Pro".',
            Fault.MACHINE,
        ),
        ("weasyprint", "A sentence of a later version.", Fault.UNKNOWN),
        (
            "matplotlib",
            "Matplotlib is building the font cache; this may take a moment.",
            Fault.MACHINE,
        ),
        (
            "matplotlib",
            "Could not save font_manager cache [Errno 28] No space left on device",
            Fault.MACHINE,
        ),
        (
            "matplotlib",
            "Glyph 8239 (\\N{NARROW NO-BREAK SPACE}) missing from font(s) Source Sans Pro.",
            Fault.PAGE,
        ),
        ("matplotlib", "\nBad key font.famly in file /home/x/matplotlibrc, line 3", Fault.NONE),
        (
            "fontTools",
            "'created' timestamp seems very low; regarding as unix timestamp",
            Fault.NONE,
        ),
        ("fontTools", "something new", Fault.UNKNOWN),
    ],
)
def test_what_a_library_logs_is_of_the_page_or_of_the_machine_or_nothing(
    library: str, line: str, fault: Fault
) -> None:
    assert sorted_as(library, line) is fault


@pytest.mark.long
def test_every_line_that_the_engine_may_log_is_in_the_table() -> None:
    """Read off WeasyPrint's own source: each first literal of a warning or error, with a word for
    what is filled in.
    """
    import ast
    import re
    from importlib.util import find_spec

    (folder,) = find_spec("weasyprint").submodule_search_locations or ()  # type: ignore[union-attr]
    lines = set()
    for path in Path(folder).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(
                    func=ast.Attribute(value=ast.Name(id="LOGGER"), attr="warning" | "error"),
                    args=[first, *_],
                ):
                    text = "".join(
                        str(one.value) if isinstance(one, ast.Constant) else "x"
                        for one in getattr(first, "values", [first])
                    )
                    lines.add(re.sub(r"%[a-z]", "x", re.sub(r"%04X", "x", text)))
    assert len(lines) > 60
    assert {line for line in lines if sorted_as("weasyprint", line) is Fault.UNKNOWN} == set()


@pytest.mark.plants_a_warning
@pytest.mark.parametrize(
    ("line", "told"),
    [
        (
            "A sentence of a later version.",
            "warning: peru-report-card-en.pdf: weasyprint reports: "
            "A sentence of a later version. [LIBRARY-REMARK]",
        ),
        (
            "Error when closing stream for x:",
            "note: peru-report-card-en.pdf: weasyprint reports: "
            "Error when closing stream for x. [MACHINE-REMARK]",
        ),
    ],
)
@pytest.mark.slow
def test_what_is_not_known_to_be_of_the_page_withholds_nothing(
    brief: Copy, tmp_path: Path, line: str, told: str
) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        "import logging, threading, time\n"
        "def remark():\n"
        "    while True:\n"
        f"        logging.getLogger('weasyprint').warning({line!r})\n"
        "        time.sleep(0.01)\n"
        "threading.Thread(target=remark, daemon=True).start()\n",
        encoding="utf-8",
    )
    done = reportcard(brief, "build", "--language", "en", PYTHONPATH=str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert told in done.stderr
    again = reportcard(brief, "build", "--language", "en")
    assert (again.returncode, "weasyprint reports" in again.stderr) == (0, False), "it is not kept"


# --- only successes are kept ----------------------------------------------------------------------


@pytest.mark.slow
def test_a_refusal_is_never_kept(brief: Copy) -> None:
    brief.edit("styles/gold/3-text.css", "h2 { bookmark-level: 1;", "h2 { bookmark-levl: 1;")
    before = set(brief.workspace.cache.glob("*.kept"))  # drawings
    order = Order(brief.root / "output", languages=("en",))
    assert build(brief.workspace, order).code is ExitCode.LAYOUT
    assert reportcard(brief, "build", "--language", "en").returncode == ExitCode.LAYOUT
    assert set(brief.workspace.cache.glob("*.kept")) == before


@pytest.mark.slow
def test_a_print_file_is_inspected_anew_once_ghostscript_is_there(
    brief: Copy, tmp_path: Path
) -> None:
    """Taken off PATH, then back: the next build measures the ink, without being told to."""
    (tmp_path / "gs").write_text(
        f'#!/bin/sh\n[ "$1" = --version ] || : > {tmp_path}/measured\nexec {shutil.which("gs")}'
        ' "$@"\n',
        encoding="utf-8",
    )
    (tmp_path / "gs").chmod(0o755)
    without = str(Path(sys.executable).parent)
    wanted = ("build", "peru", "--edition", "print", "--language", "en")
    first = reportcard(brief, *wanted, PATH=without)
    assert (first.returncode, "PRINT-INK-ESTIMATE" in first.stderr) == (0, True), first.stderr
    before = sums(brief.root / "output")
    second = reportcard(brief, *wanted, PATH=f"{tmp_path}:{without}")
    assert (second.returncode, "PRINT-INK" in second.stderr) == (0, False), second.stderr
    assert (tmp_path / "measured").exists()
    assert sums(brief.root / "output") == before
    (tmp_path / "measured").unlink()
    assert reportcard(brief, *wanted, PATH=f"{tmp_path}:{without}").returncode == 0
    assert not (tmp_path / "measured").exists(), "a success is kept"


# --- Python without asserts -----------------------------------------------------------------------


@pytest.mark.parametrize("level", [pytest.param("1", marks=pytest.mark.thorough), "2"])
def test_without_asserts_the_bytes_are_the_same(built: Built, tmp_path: Path, level: str) -> None:
    copy = Copy(
        Path(
            shutil.copytree(
                built.copy.root,
                tmp_path / "workspace",
                ignore=shutil.ignore_patterns("output", "builds"),
            )
        )
    )
    done = reportcard(copy, "build", "--language", "es", PYTHONOPTIMIZE=level)
    assert done.returncode == 0, done.stderr
    assert not re.search(r"^(error|warning):", done.stderr, re.MULTILINE), done.stderr
    name = "peru-report-card-es.pdf"
    assert sums(copy.root / "output") == {name: digest(built.pdf("es").read_bytes())}


SHORTHAND = """
import os, sys
from reportcard.page.typeset.engine import engine
sheet = engine().CSS(
    string="p { background: linear-gradient(red, blue) 3mm 4mm / 5mm 6mm no-repeat }"
)
document = engine().HTML(string="<p>a", base_url="https://report.invalid/").render(
    stylesheets=[sheet]
)
box = next(
    box for box in document.pages[0]._page_box.descendants() if box.element_tag == "p"
)
print(*box.style["background_size"][0], *box.style["background_position"][0], flush=True)
os._exit(0)  # how the engine's libraries end with a process is not what is asked here
"""


@pytest.mark.parametrize("level", ["0", "1", "2"])
@pytest.mark.slow
def test_a_workspace_s_own_background_keeps_its_place_and_size(level: str) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONOPTIMIZE": level}
    done = subprocess.run(
        [sys.executable, "-c", SHORTHAND],
        capture_output=True,
        text=True,
        env=environment,
        check=True,
    )
    assert "5mm" in done.stdout.replace(" ", "") or "18.8" in done.stdout, done.stdout
    assert "auto" not in done.stdout


HELP = """
from reportcard.cli import app
from typer.main import get_command
from typer.testing import CliRunner
def below(command, path):
    yield path
    for name, one in getattr(command, "commands", {}).items():
        yield from below(one, [*path, name])
for path in below(get_command(app), []):
    print(CliRunner().invoke(app, [*path, "--help"]).output)
from reportcard.content.schema import SCHEMAS, json_schema
print([json_schema(kind) for kind in SCHEMAS])
"""


@pytest.mark.slow
def test_help_and_schemas_do_not_come_from_docstrings() -> None:
    told = []
    for level in ("0", "2"):
        environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONOPTIMIZE": level}
        told.append(
            subprocess.run(
                [sys.executable, "-c", HELP],
                capture_output=True,
                text=True,
                env=environment,
                check=True,
            ).stdout
        )
    assert told[0] == told[1]
    assert "Create country report cards" in told[0]


# --- the first and the last moment ----------------------------------------------------------------

STARTED = "import os, reportcard.__main__ as program; os.write(1, b'.'); program.main()"


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
@pytest.mark.parametrize("wait", [0, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.5])
@pytest.mark.slow
def test_ctrl_c_shows_no_line_of_python_s_own(brief: Copy, wait: float) -> None:
    call = [sys.executable, "-c", STARTED, "build", "--workspace", str(brief.root), "--no-cache"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    with subprocess.Popen(
        call,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
        start_new_session=True,
    ) as process:
        assert process.stdout
        assert process.stdout.read(1) == b"."
        time.sleep(wait)
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does: workers get it too
        _, told = process.communicate(timeout=PATIENCE)
    lines = [
        line
        for line in told.decode().splitlines()
        if "report-card" not in line and line != "peru: clean"
    ]
    if process.returncode != 0:  # on a fast machine it may have been done
        assert process.returncode == ExitCode.INTERRUPTED, told
        assert lines == ["Stopped by Ctrl-C. Earlier files are unchanged."]
    else:
        assert lines == []


#: Ctrl-C in the first lines of a library that is not written in Python.
LOADING = """
import signal, sys, time
from importlib.machinery import ExtensionFileLoader
from reportcard import __main__ as program
program._is_ready = True
whole = ExtensionFileLoader.exec_module
def exec_module(self, module):
    signal.raise_signal(signal.SIGINT)
    whole(self, module)
ExtensionFileLoader.exec_module = exec_module
try:
    import _decimal
    print("loaded", flush=True)
    time.sleep(60)
except KeyboardInterrupt:
    print("stopped", *(name for name in sys.modules if name == "_decimal"))
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_ctrl_c_waits_until_a_library_is_loaded() -> None:
    """Some abort the process if their first lines are interrupted."""
    done = subprocess.run(
        [sys.executable, "-c", LOADING],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        timeout=PATIENCE,
    )
    assert (done.stdout.split(), done.stderr) == (["loaded", "stopped", "_decimal"], "")


# --- options and scopes ---------------------------------------------------------------------------


@pytest.mark.slow
def test_options_are_looked_at_before_anything_remembered(brief: Copy) -> None:
    assert build(brief.workspace, Order(brief.root / "output")).code is ExitCode.OK
    done = reportcard(brief, "build", "--scheduler", "nonsense")
    assert done.returncode == ExitCode.USAGE
    assert "nonsense" in done.stderr


@pytest.mark.slow
def test_check_of_the_layout_looks_at_the_scoreboard_too(brief: Copy) -> None:
    brief.edit(
        "content/wording/en.yaml",
        "  ranking: Ranking",
        f"  ranking: {'Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch' * 2} ",
    )
    found = check(brief.workspace, (), layout=True)
    assert {problem.code for problem in found} >= {"PAGE-OVERFLOW"}
    assert not any(
        problem.code.startswith("PAGE-") and not is_note(problem)
        for problem in check(brief.workspace, ("peru",), layout=True)
    )


@pytest.mark.parametrize("form", ["github", "sarif"])
@pytest.mark.slow
def test_programs_are_told_paths_from_the_root_of_the_repository(copy: Copy, form: str) -> None:
    (copy.root.parent / ".git").mkdir()
    line, _ = copy.edit("content/peru/en.yaml", "status: ", "statuss: ")
    out = reportcard(copy, "check", "--format", form).stdout
    name = f"{copy.root.name}/content/peru/en.yaml"
    if form == "github":
        assert f"file={name},line={line}," in out
    else:
        places = [
            result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
            for result in json.loads(out)["runs"][0]["results"]
        ]
        assert name in places
    assert Workspace(copy.root).repository == copy.root.parent


def test_drawings_of_the_tests_are_not_in_the_checkout() -> None:
    assert not drawings().is_relative_to(ROOT)


def test_every_edition_passes_with_the_tools_that_are_here(built: Built) -> None:
    """The true twin of what is planted above: on this machine nothing is remarked."""
    assert built.outcome.code is ExitCode.OK
    assert {medium for medium in Medium if built.pdf("en", medium).is_file()} == set(Medium)
