"""matplotlib as drawings use it: with the card's fonts alone, whatever this machine has."""

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
from typing import Any, Final

from reportcard.page.fonts import font_file

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
    """matplotlib, imported without the fonts and settings of this machine, and with the card's
    fonts.

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
            fonts = import_module("matplotlib.font_manager")
        finally:
            mpl.get_cachedir = named
    for name in ("SourceSansPro-Regular.ttf", "SourceSansPro-Bold.ttf"):
        fonts.fontManager.addfont(font_file(None, name))
    return mpl


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
