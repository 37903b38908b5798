"""The engine as the program loads it: its version, what is imported with it, and the memory that
its libraries keep.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from reportcard.errors import ExitCode

from .conftest import ROOT, Copy

pytestmark = pytest.mark.slow

#: What no card needs is not imported with the engine; without HarfBuzz's subsetter it is, and does
#: its work.
FONTTOOLS = """
import io, sys
from pathlib import Path
import pikepdf
from reportcard.build.inventory import read_workspace
from reportcard.workspace.workspace import Workspace
def embeds(data):
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return any("/FontFile2" in thing for thing in pdf.objects if isinstance(thing, \
pikepdf.Dictionary))
typesetter = read_workspace(Workspace(Path(sys.argv[1]))).typesetter
page = "<!doctype html><p style='font-family: Source Sans Pro'>Oro</p>"
first = typesetter.plain(page)
print("fontTools.subset" in sys.modules, embeds(first))
import weasyprint.pdf.fonts
weasyprint.pdf.fonts.harfbuzz_subset = None
second = typesetter.plain(page)
print("fontTools.subset" in sys.modules, embeds(second))
"""

#: Bytes that the C libraries hold after a layout, against those after three more.
MEMORY = """
import ctypes, gc, sys
from dataclasses import replace
from pathlib import Path
from reportcard.build.cards import card_named
from reportcard.build.inventory import read_workspace
from reportcard.workspace.workspace import Workspace
class Sizes(ctypes.Structure):
    _fields_ = [(name, ctypes.c_size_t) for name in "arena ordblks smblks hblks hblkhd usmblks \
fsmblks uordblks fordblks keepcost".split()]
libc = ctypes.CDLL("libc.so.6")
libc.mallinfo2.restype = Sizes
space = Workspace(Path(sys.argv[1]))
read = read_workspace(space)
card = card_named("peru").compose(read, "en")
context = replace(card, sections=tuple(section for section in card.sections if section.name == \
"context"))
def held():
    gc.collect()
    return libc.mallinfo2().uordblks
for _ in range(2):
    read.typesetter.lay_out(context, {})
before = held()
for _ in range(3):
    read.typesetter.lay_out(context, {})
print((held() - before) // 3)
"""

#: The names that `find_library` is asked for while the engine is loaded, and what asks afterwards.
LOOKUPS = """
import ctypes.util
find_library, asked = ctypes.util.find_library, []
ctypes.util.find_library = lambda name: asked.append(name) or find_library(name)
ours = ctypes.util.find_library
from reportcard.page.typeset.engine import engine
print(engine().__version__, len(asked), ctypes.util.find_library is ours)
"""


def told(program: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", program, str(ROOT)], capture_output=True, text=True, check=True
    )
    return done.stdout.split()


def test_what_subsets_fonts_without_harfbuzz_is_imported_when_it_is_called() -> None:
    assert told(FONTTOOLS) == ["False", "True", "True", "True"]


@pytest.mark.skipif(
    not Path("/lib/x86_64-linux-gnu/libc.so.6").exists(),
    reason="asks the C library of Linux what it holds",
)
def test_a_layout_keeps_no_memory_once_it_is_gone() -> None:
    assert int(told(MEMORY)[0]) < 60_000  # 372,000 with features of the font named for all text


@pytest.mark.skipif(sys.platform != "linux", reason="libraries are found by their sonames on Linux")
def test_libraries_are_found_without_being_looked_up() -> None:
    assert told(LOOKUPS) == ["70.0", "0", "True"]


@pytest.mark.parametrize("found", ["69.0", "71.0", "700.0"])
def test_another_version_of_the_engine_is_refused_by_name(
    copy: Copy, tmp_path: Path, found: str
) -> None:
    (tmp_path / "weasyprint").mkdir()
    (tmp_path / "weasyprint/__init__.py").write_text(f'__version__ = "{found}"\n', encoding="utf-8")
    path = os.pathsep.join([str(tmp_path), str(ROOT / "src")])
    done = subprocess.run(
        [sys.executable, "-m", "reportcard", "build", "--workspace", str(copy.root)],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": path},
    )
    assert done.returncode == ExitCode.LAYOUT
    assert done.stderr == (
        f"error: WeasyPrint {found} is installed, but only 70.x is supported."
        " Run pip install 'weasyprint>=70,<71'.\n"
    )
    assert not list((copy.root / "output").glob("*"))
