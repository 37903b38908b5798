"""Characters of symbol fonts as Unicode has them.

Word keeps such a character by its number in the font, from F020 (ECMA-376, part 1, 17.3.3.30);
which character that is depends on the font: Symbol as Adobe lists it (the Unicode Consortium's
SYMBOL.TXT), Wingdings as Microsoft does.
"""

from collections.abc import Mapping
from itertools import chain
from types import MappingProxyType
from typing import Final

from reportcard.intake.elements import child, get
from reportcard.intake.package import Element

#: Where Word has the characters of symbol fonts (the area for private use).
_FIRST, _LAST = 0xF020, 0xF0FF
#: Rows of the font Symbol by their first number; a space is no character.
_SYMBOL_ROWS: Final = (
    (0x21, "!∀#∃%&∋()∗+,−./0123456789:;<=>?"),
    (0x40, "≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_"),
    (0x61, "αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"),
    (0xA0, "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓"),
    (0xB0, "°±″≥×∝∂•÷≠≡≈…  ↵"),
    (0xC0, "ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉"),
    (0xD0, "∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓"),
    (0xE0, "◊⟨®©™∑"),
    (0xF1, "⟩∫"),
)
#: The signs that people insert from Wingdings: bullets, boxes, check marks and arrows.
_WINGDINGS: Final = {
    **{0x28: "☎", 0x2A: "✉", 0x4A: "☺", 0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x72: "❒"},
    **{0x75: "◆", 0x76: "❖", 0x9F: "•", 0xA7: "▪", 0xA8: "◻", 0xD8: "➢", 0xDF: "←", 0xE0: "→"},
    **{0xE1: "↑", 0xE2: "↓", 0xE8: "➔", 0xF0: "⇨", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑"},
}
_FONTS: Final[Mapping[str, Mapping[int, str]]] = MappingProxyType(
    {
        "symbol": dict(
            chain.from_iterable(enumerate(signs, start) for start, signs in _SYMBOL_ROWS)
        ),
        "wingdings": _WINGDINGS,
    }
)


def symbol_of(element: Element) -> str:
    """The character of a `sym`; empty if it is not known."""
    try:
        number = int(get(element, "char"), 16)
    except ValueError:
        return ""
    return _character(get(element, "font"), number)


def with_symbols(text: str, properties: Element | None) -> str:
    """A text of a run with the characters of its symbol font, if it has one: programs write them
    as letters for private use, too.
    """
    if not any(_FIRST <= ord(sign) <= _LAST for sign in text):
        return text
    fonts = child(properties, "rFonts")
    names = [get(fonts, name) for name in ("ascii", "hAnsi", "cs")] if fonts is not None else []
    found = []
    for sign in text:
        is_symbol = _FIRST <= ord(sign) <= _LAST
        known = (_character(name, ord(sign)) for name in names) if is_symbol else iter(())
        found.append(next(filter(None, known), sign))
    return "".join(found)


def _character(font: str, number: int) -> str:
    if _FIRST <= number <= _LAST:
        number -= 0xF000
    return _FONTS.get(font.casefold(), {}).get(number, "").strip()
