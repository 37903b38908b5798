"""Fonts for pages that load nothing: parts of TrueType files, packed as WOFF2."""

from functools import cache
from io import BytesIO
from typing import Final

from fontTools import subset

from reportcard.messages.message import message

#: What every page can write: Latin as it is written in Europe and the Americas (Unicode 16, Basic
#: Latin to Latin Extended-A), and the signs of its typography. Characters that a page has besides
#: are added to its own fonts.
_COMMON: Final = frozenset(map(chr, (*range(0x20, 0x7F), *range(0xA0, 0x180)))) | frozenset(
    "‘’‚“”„‹›–—…•·←↑→↓−×€№"
)
#: Kerning, ligatures, accents in their place, figures of one width for tables.
_FEATURES: Final = ("kern", "liga", "ccmp", "mark", "mkmk", "tnum", "lnum")


def packed(data: bytes, text: str) -> bytes:
    """The WOFF2 file of a font that can set the text and what is common. Raises ValueError if
    `data` is not a font.
    """
    return _packed(data, frozenset(text) - _COMMON)


@cache
def _packed(data: bytes, rare: frozenset[str]) -> bytes:
    options = subset.Options(
        flavor="woff2", layout_features=list(_FEATURES), hinting=False, notdef_outline=True
    )
    target = BytesIO()
    try:
        font = subset.load_font(BytesIO(data), options)
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=[ord(character) for character in _COMMON | rare])
        subsetter.subset(font)
        subset.save_font(font, target, options)
    except Exception as error:  # whatever a broken file does to the reader
        raise ValueError(message("it is not a font")) from error
    return target.getvalue()
