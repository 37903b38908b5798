"""Which signs the fonts of the styles have."""

import re
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import Final

from reportcard.errors import ReportCardError
from reportcard.page.fonts import font_file
from reportcard.page.styles import Styles
from reportcard.workspace.workspace import Workspace

_FACE: Final = re.compile(r"@font-face\s*{([^}]*)}")
_FILE: Final = re.compile(r"url\(\s*[\"']?(?:\.\./)?(?:styles/)?fonts/([^\"')]+)[\"']?\s*\)")
_SLANTED: Final = re.compile(r"font-style:\s*(?:italic|oblique)")


@dataclass(frozen=True, slots=True)
class FontSigns:
    """The code points that upright fonts have, any of them, and those that slanted ones have."""

    upright: frozenset[int]
    slanted: frozenset[int]

    def have(self, sign: str, *, italic: bool = False) -> bool:
        """Whether a sign can be set in a font of the styles."""
        return ord(sign) in (self.slanted if italic and self.slanted else self.upright)


def font_signs(workspace: Workspace, styles: Styles) -> FontSigns | None:
    """The signs of the fonts that the style sheets declare; None if one of them cannot be read: the
    engine will say so.
    """
    found: dict[bool, set[int]] = {False: set(), True: set()}
    faces = _FACE.findall(styles.faces)
    for face in faces:
        file = _FILE.search(face)
        try:
            data = font_file(workspace, file[1]).read_bytes() if file else b""
            found[bool(_SLANTED.search(face))] |= _signs(data)
        except (ReportCardError, OSError, ValueError):
            return None
    return FontSigns(frozenset(found[False]), frozenset(found[True])) if faces else None


@lru_cache(maxsize=64)
def _signs(data: bytes) -> frozenset[int]:
    """The code points of a font's characters (OpenType 1.9, table `cmap`). Raises ValueError if it
    is not a font.
    """
    # Loaded when a sign is looked for: it takes longer than all of a small check.
    from fontTools.ttLib import TTFont, TTLibError

    try:
        with TTFont(BytesIO(data), lazy=True) as font:
            return frozenset(font.getBestCmap() or ())
    except (TTLibError, KeyError, AssertionError) as error:
        raise ValueError("not a font") from error
