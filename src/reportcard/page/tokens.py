"""The tokens of a theme: its colors for screen and print, and the families that its fonts have."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from reportcard.content.tree import Series, Text, Tree
from reportcard.content.yaml import read_tree
from reportcard.page.colorimetry import difference, nearest_inks, print_lab, screen_lab
from reportcard.page.style_rules import STYLE_APART, STYLE_FONT, STYLE_TOKEN
from reportcard.problems.problem import Place, Problem

#: ISO 12647-2 allows 300–330 % on coated paper; the printers this card goes to ask for 300.
MAXIMUM_INK: Final = 300
#: The key of the families, which is no color.
FONTS: Final = "fonts"
#: The family that pages, gauges and figures are set in; without it, that declared first.
TEXT: Final = "text"
#: That of labels, captions and tables; without it, that of the text.
LABELS: Final = "labels"
#: What the print color may differ from the screen color, in CIEDE2000. Measured: tokens of the Peru
#: card, where both are one color, differ by at most 8.9; text in black alone, by at most 12.
_APART, _ONE_INK = 12.0, 15.0
#: By how much other inks must be nearer: where none are, no press prints the color.
_NEARER: Final = 5.0
_HEX: Final = re.compile(r"#[0-9a-f]{6}")

#: The tokens are read with every look at the content, and seldom others.
known_tree: Final = lru_cache(maxsize=2)(read_tree)


@dataclass(frozen=True, slots=True)
class ColourToken:
    """A colour: sRGB as `#rrggbb`, and cyan, magenta, yellow, black in percent."""

    screen: str
    print: tuple[int, int, int, int]


def read_tokens(tree: Tree, problems: list[Problem]) -> dict[str, ColourToken]:
    """The colors by name; those that are invalid are added to the problems."""
    tokens: dict[str, ColourToken] = {}
    for name in colour_names(tree):
        token = _token(tree.text(name, "screen"), tree.root.entries[name])
        if isinstance(token, ColourToken):
            tokens[name] = token
        else:
            place = tree.at(name)
            problems.append(STYLE_TOKEN.at(place, token, name=name, maximum=MAXIMUM_INK))
    return tokens


def colour_names(tree: Tree) -> Iterator[Text]:
    """The names of the colors in a file of tokens."""
    return (name for name in tree.root.entries if name != FONTS)


def read_families(tree: Tree, declared: Collection[str], problems: list[Problem]) -> dict[str, str]:
    """The font families by their use; `text` and `labels` if there are none. Families that no
    style sheet declares are added to the problems.
    """
    node = next((one for name, one in tree.root.entries.items() if name == FONTS), None)
    families: dict[str, str] = {}
    for use in getattr(node, "entries", {}):
        family = str(tree.text(FONTS, use) or "")
        families[use] = family
        if family not in declared:
            problems.append(STYLE_FONT.at(tree.at(FONTS, use), "family", name=family))
    if declared:
        families.setdefault(TEXT, next(iter(declared)))
        families.setdefault(LABELS, families[TEXT])
    return families


def missing_tokens(tree: Tree, dimensions: int) -> Iterator[Problem]:
    """Colors that a scoreboard of so many dimensions needs."""
    for number in range(1, dimensions + 1):
        for name in (f"dimension-{number}", f"tint-{number}"):
            if name not in tree.root.entries:
                place = Place(tree.file)
                yield STYLE_TOKEN.at(place, "dimension", name=name, dimensions=dimensions)


def one_ink_each(tree: Tree, tokens: Mapping[str, ColourToken]) -> Iterator[Problem]:
    """Two tokens of one screen colour have one print colour: the print edition is made from the
    screen's colours.
    """
    first: dict[str, str] = {}
    for name, token in tokens.items():
        other = first.setdefault(token.screen, name)
        if tokens[other].print != token.print:
            place = tree.at(name)
            yield STYLE_TOKEN.at(place, "alike", name=name, screen=token.screen, other=other)


def diverging_colours(tree: Tree, tokens: Mapping[str, ColourToken]) -> Iterator[Problem]:
    """Colors that do not print as they look on screen, if other inks would."""
    for name, token in tokens.items():
        is_black = not any(token.print[:3])
        away = _away(token.screen, token.print)
        if away <= (_ONE_INK if is_black else _APART):
            continue
        inks = nearest_inks(token.screen, MAXIMUM_INK)
        if away - _away(token.screen, inks) > _NEARER:
            listed = f"[{', '.join(map(str, inks))}]"
            yield STYLE_APART.at(tree.at(name, "print"), name=name, inks=listed)


@lru_cache(maxsize=512)
def _away(screen: str, inks: tuple[int, int, int, int]) -> float:
    return difference(screen_lab(screen), print_lab(inks))


def _token(screen: Text | None, node: object) -> ColourToken | str:
    """A color, or the case of the rule that it breaks."""
    inks = getattr(node, "entries", {}).get("print")
    if screen is None or not _HEX.fullmatch(screen):
        return "screen"
    if (
        not isinstance(inks, Series)
        or len(inks.items) != 4
        or not all(isinstance(ink, Text) and ink.isdecimal() for ink in inks.items)
    ):
        return "inks"
    cyan, magenta, yellow, black = (int(str(ink)) for ink in inks.items)
    if max(cyan, magenta, yellow, black) > 100 or cyan + magenta + yellow + black > MAXIMUM_INK:
        return "heavy"
    return ColourToken(str(screen), (cyan, magenta, yellow, black))
