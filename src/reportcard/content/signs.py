"""Signs as they are printed: invisible ones left out, accents composed, hyphens as fonts have them.

The file stays as it is typed.
"""

import re
import unicodedata
from typing import Final

from reportcard.content.tree import MendedSigns, Text

#: Signs without width or ink, which come from word processors and the web (Unicode 16): the soft
#: hyphen, joiners and marks of direction, zero-width spaces, selectors of a glyph's form.
INVISIBLE: Final = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f\ufeff]"
)
#: The hyphen, and that which does not break: fonts of books often have the hyphen-minus alone, and
#: no line of a page ends in a hyphen of a word.
_HYPHENS: Final = str.maketrans("\u2010\u2011", "--")


def printed(text: str) -> str:
    """A text with the signs that are printed."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", INVISIBLE.sub("", text)).translate(_HYPHENS)


def code_point(sign: str) -> str:
    """What names a sign: `U+2717`."""
    return f"U+{ord(sign):04X}"


def sign_name(sign: str) -> str:
    """The code point and Unicode name of a sign, `U+2717 BALLOT X`; one for private use has no
    name.
    """
    return f"{code_point(sign)} {unicodedata.name(sign, '')}".strip()


def is_inked(sign: str) -> bool:
    """Whether a font must have a sign: spaces and marks of format are set without."""
    return unicodedata.category(sign)[0] not in "ZC" or unicodedata.category(sign) in ("Co", "Cn")


def mended(text: Text) -> MendedSigns | None:
    """What is printed otherwise of a text as it is typed, hyphens aside."""
    if text.isascii():
        return None
    invisible = list(INVISIBLE.finditer(text))
    visible = INVISIBLE.sub("", text)
    composed = unicodedata.normalize("NFC", visible)
    marks = (at for at, sign in enumerate(text) if unicodedata.combining(sign))
    places = [one.start() for one in invisible[:1]]
    if composed != visible:
        places.append(max(next(marks, 1) - 1, 0))
    if not places:
        return None
    signs = tuple(sorted({code_point(one[0]) for one in invisible}))
    count = max(len(visible) - len(composed), 1) if composed != visible else 0
    return MendedSigns(signs, count, text.place_at(min(places)))
