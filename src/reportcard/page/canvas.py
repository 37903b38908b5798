"""matplotlib as drawings use it: with the theme's fonts alone, whatever this machine has."""

import json
import logging
import os
import re
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, cast

from reportcard.page.fonts import Typeface

#: matplotlib's list of fonts, as its `font_manager.json_dump` writes it, of a machine that has
#: none.
_NO_FONTS: Final[Mapping[str, Any]] = {
    "__class__": "FontManager",
    "_FontManager__default_weight": "normal",
    "default_size": None,
    "defaultFamily": {"ttf": "DejaVu Sans", "afm": "Helvetica"},
    "afmlist": [],
    "ttflist": [],
}


@contextmanager
def warnings_logged() -> Iterator[None]:
    """Writes Python warnings of matplotlib (a glyph that the font lacks) into its log, with the
    others.
    """
    with warnings.catch_warnings(record=True) as found:
        warnings.simplefilter("always")
        yield
    for one in found:
        logging.getLogger("matplotlib").warning("%s", one.message)


@cache
def matplotlib() -> Any:
    """matplotlib, imported without the fonts and settings of this machine.

    `matplotlib.font_manager` lists all fonts of the machine while it is imported, unless it finds a
    list of its own version in the cache folder: it finds one that is empty, and nothing is searched
    or written (0.85 to 0.26 s; seconds, and a line in the log, on a busy machine or one with
    thousands of fonts). The list has this format since matplotlib 3.11.
    """
    with TemporaryDirectory(prefix="reportcard-") as folder, _settings_in(folder):
        mpl: Any = import_module("matplotlib")
        spec = find_spec("matplotlib.font_manager")
        source = Path(spec.origin).read_text(encoding="utf-8") if spec and spec.origin else ""
        if made_by := re.search(r"^    __version__ = '([^']+)'$", source, re.MULTILINE):
            listed = {**_NO_FONTS, "_version": made_by[1]}
            Path(folder, f"fontlist-v{made_by[1]}.json").write_text(
                json.dumps(listed), encoding="utf-8"
            )
        # Settled once for the process, or it would make a folder in the user's home when it is
        # asked next
        mpl.get_cachedir()
        named = mpl.get_cachedir
        mpl.get_cachedir = lambda: folder
        try:
            import_module("matplotlib.font_manager")
        finally:
            mpl.get_cachedir = named
    return mpl


def list_fonts(face: Typeface) -> None:
    """Has matplotlib find a typeface, and no other, by the name that the style sheets give it."""
    from matplotlib import font_manager

    entries = [
        font_manager.FontEntry(fname=str(file), name=face.family, weight=weight)
        for file, weight in ((face.regular, 400), (face.bold, 700))
    ]
    if font_manager.fontManager.ttflist != entries:
        font_manager.fontManager.ttflist = entries
        cast("Any", font_manager.fontManager)._findfont_cached.cache_clear()


@contextmanager
def _settings_in(folder: str) -> Iterator[None]:
    """Has matplotlib look for settings in a folder alone: it would make folders in the user's home,
    and read a file named there.
    """
    names = ("MPLCONFIGDIR", "MATPLOTLIBRC")
    before = {name: os.environ[name] for name in names if name in os.environ}
    os.environ.update(dict.fromkeys(names, folder))
    try:
        yield
    finally:
        for name in names:
            del os.environ[name]
        os.environ.update(before)
