"""What a card is made with: this program, the packages and the libraries of the system that
affect its bytes.
"""

import ctypes
import platform
import shutil
import subprocess
import sys
import zlib
from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files
from typing import Any, Final

from reportcard import __version__
from reportcard.workspace.media import Medium

#: The packages whose versions affect the bytes of a PDF.
_PACKAGES: Final = (
    "weasyprint",
    "pydyf",
    "fonttools",
    "tinycss2",
    "pyphen",
    "pikepdf",
    "matplotlib",
    "numpy",
    "pillow",
    "jinja2",
    "markdown-it-py",
    "babel",
    "pydantic",
    "ruamel.yaml",
)


@cache
def tools() -> dict[str, str]:
    """The versions of this program, Python and the packages that a card is made with."""
    named = {
        "reportcard": __version__,
        "python": platform.python_version(),
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
    }
    return named | {name: version(name) for name in _PACKAGES}


@cache
def program() -> str:
    """The digest of this program, its modules and templates: while it is worked on, its version
    stays the same.
    """
    found = sha256()
    waiting = [files("reportcard")]
    while waiting:
        for item in sorted(waiting.pop().iterdir(), key=lambda one: one.name):
            if item.is_dir() and item.name != "__pycache__":
                waiting.append(item)
            elif item.is_file():
                found.update(f"{item.name}\0".encode() + sha256(item.read_bytes()).digest())
    return found.hexdigest()


def pango_version() -> str:
    """The version of the library that sets text, asked of itself: the engine need not be loaded for
    it. Empty if it is missing under its usual name.
    """
    try:
        pango: Any = ctypes.CDLL(
            "libpango-1.0.so.0" if sys.platform == "linux" else "libpango-1.0.dylib"
        )
    except OSError:
        return ""
    return dotted(pango.pango_version())


@cache
def libraries() -> dict[str, str]:
    """What else of the system affects the bytes: HarfBuzz, if its subsetter is there; without it
    the engine subsets fonts itself.
    """
    names = (
        ("libharfbuzz-subset.so.0", "libharfbuzz.so.0")
        if sys.platform == "linux"
        else ("libharfbuzz-subset.dylib", "libharfbuzz.dylib")
    )
    try:
        _, harfbuzz = (ctypes.CDLL(name) for name in names)
    except OSError:
        return {}
    harfbuzz.hb_version_string.restype = ctypes.c_char_p
    return {"harfbuzz": harfbuzz.hb_version_string().decode()}


def ghostscript() -> str | None:
    """Where Ghostscript is, or None."""
    return shutil.which("gs") or shutil.which("gswin64c")


def verapdf() -> str | None:
    """Where the validator veraPDF is, or None."""
    return shutil.which("verapdf")


def inspectors(media: Iterable[str]) -> dict[str, str]:
    """The versions of what the files of some editions are inspected with; empty for Ghostscript if
    it is missing. veraPDF is then left out: nothing takes its place.
    """
    wanted = set(media)
    found = {"page-validation": version("page-validation")}
    if Medium.PRINT in wanted:
        found["ghostscript"] = _answered_version(ghostscript())
    if wanted - {Medium.PRINT} and (program := verapdf()):
        found["verapdf"] = _answered_version(program)
    return found


@cache
def _answered_version(program: str | None) -> str:
    """The first line of what a program answers to --version; empty if it does not."""
    try:
        asked = (
            subprocess.run([program, "--version"], capture_output=True, timeout=10, check=False)
            if program
            else None
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    lines = asked.stdout.decode("ascii", "replace").strip().splitlines() if asked else []
    return lines[0].strip() if lines else ""


def dotted(number: int) -> str:
    """Pango's number of a version as it is written: 15012 is 1.50.12."""
    return ".".join(str(number // 100**power % 100) for power in (2, 1, 0))
