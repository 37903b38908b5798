"""The engine as the program loads it: what is imported with it, and the memory that its libraries
keep.
"""

import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import ROOT

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
from reportcard.page.gauges import Gallery
from reportcard.build.card import composed
from reportcard.build.inventory import read_workspace
from reportcard.workspace.workspace import Workspace
class Sizes(ctypes.Structure):
    _fields_ = [(name, ctypes.c_size_t) for name in "arena ordblks smblks hblks hblkhd usmblks \
fsmblks uordblks fordblks keepcost".split()]
libc = ctypes.CDLL("libc.so.6")
libc.mallinfo2.restype = Sizes
space = Workspace(Path(sys.argv[1]))
read = read_workspace(space)
card = composed(read, "peru", "en")
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
