"""The style sheets that all themes have in common: how the parts of a page are built, not how they
look. They load no file and declare no font; a theme's own sheets come after them.
"""

import re
from functools import cache
from importlib.resources import files
from typing import Final

#: A color that a sheet asks a theme for, with none in its place. Fonts are variables as well.
_ASKED: Final = re.compile(r"var\(--(?!font-)([a-z0-9-]+)\)")


@cache
def shared_sheets() -> str:
    """All of them as one, in the order of their names."""
    found = (one for one in files(__name__).iterdir() if one.name.endswith(".css"))
    ordered = sorted(found, key=lambda one: one.name)
    return "\n".join(one.read_text(encoding="utf-8") for one in ordered)


@cache
def shared_colours() -> frozenset[str]:
    """The colors that they ask a theme for."""
    return frozenset(_ASKED.findall(shared_sheets()))
