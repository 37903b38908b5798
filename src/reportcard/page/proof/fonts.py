"""The fonts that a PDF was written with."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from reportcard.page.compose.composed import Composed
from reportcard.page.origins import character_place, file_of
from reportcard.page.proof.rules import PAGE_FONT
from reportcard.page.styles import Styles
from reportcard.problems.problem import Problem

#: A font with more characters than this replaces no missing character: a style sheet names it.
_MOST_MISSING: Final = 20


def proof_fonts(card: Composed, fonts: Mapping[str, str], styles: Styles) -> Iterator[Problem]:
    """Only fonts that the styles declare are in the PDF. `fonts` are those in it with the
    characters that each prints, and under an empty name those that no font has.
    """
    known = {_plain(family) for family in styles.families}
    for font, characters in sorted(fonts.items()):
        if not any(_plain(font).startswith(family) for family in known):
            listed = tuple(f'"{one}" (U+{ord(one):04X})' for one in characters)
            few = 0 < len(listed) <= _MOST_MISSING
            case = "missing" if not font else "characters" if few else "font"
            places = [
                *(character_place(card, character) for character in characters),
                styles.undeclared_font(),
            ]
            # A few characters are at fault themselves; many are in a font that a rule names.
            found = filter(None, places if few or not font else reversed(places))
            place = next(found, file_of(card))
            yield PAGE_FONT.at(place, case, font=font, characters=listed)


def _plain(family: str) -> str:
    """A font's name without spaces and hyphens, as PDFs and style sheets both have it."""
    return re.sub(r"[\s-]", "", family).lower()
