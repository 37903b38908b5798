"""Which signs the fonts of the styles have."""

from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO

from reportcard.errors import ReportCardError
from reportcard.page.fonts import font_file
from reportcard.page.styles import Styles


@dataclass(frozen=True, slots=True)
class FontSigns:
    """The code points that upright fonts have, any of them, and those that slanted ones have."""

    upright: frozenset[int]
    slanted: frozenset[int]

    def have(self, sign: str, *, italic: bool = False) -> bool:
        """Whether a sign can be set in a font of the styles."""
        return ord(sign) in (self.slanted if italic and self.slanted else self.upright)


def font_signs(styles: Styles) -> FontSigns | None:
    """The signs of the fonts that the style sheets declare; None if one of them cannot be read: the
    engine will say so.
    """
    found: dict[bool, set[int]] = {False: set(), True: set()}
    for face in styles.faces:
        try:
            found[face.slanted] |= _signs(font_file(styles.theme, face.file).read_bytes())
        except (ReportCardError, OSError, ValueError):
            return None
    return FontSigns(frozenset(found[False]), frozenset(found[True])) if styles.faces else None


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
