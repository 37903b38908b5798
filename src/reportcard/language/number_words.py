"""What the program has to know of a language to read and write its numbers: the part of a pack."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from reportcard.content.scalars import EMPTY, Frozen, Table

#: A space of any kind, as a regular expression.
SPACE: Final = "[ \u00a0\u202f\u2009]"


def any_of(words: Iterable[str]) -> str:
    """Any of some words as a regular expression, the longest first; their spaces may be of any
    kind.
    """
    longest = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", SPACE) for word in longest)


def spaced(text: str) -> str:
    """A text with plain spaces."""
    return re.sub(SPACE, " ", text)


class RankWords(Frozen):
    """Ordinals of a language, from the first on."""

    m: tuple[str, ...]
    """Masculine; in a language without gender all."""
    f: tuple[str, ...] = ()
    """Feminine, if they are others."""
    also: Table[str, int] = EMPTY
    """Other words for a rank, which are only read: undécimo."""
    short: Table[str, str] = EMPTY
    """The form of an ordinal before a masculine noun, where it is another: primero: primer."""
    nouns: tuple[str, ...] = ()
    """Masculine nouns that are ranked: lugar, puesto."""
    before_nouns: tuple[str, ...] = ()
    """What may come between an ordinal and its noun: mayor."""
    also_nouns: tuple[str, ...] = ()
    """Ordinals that are things too: un cuarto, a second."""
    sign: str = ""
    """What makes a rank of the digits before it, as a regular expression: th, .º"""

    def word(self, number: int, gender: str, *, is_short: bool = False) -> str | None:
        """An ordinal in words: the third before a masculine noun is tercer if `is_short`."""
        words = self.f if gender == "f" and self.f else self.m
        if not 1 <= number <= len(words):
            return None
        word = words[number - 1]
        return self.short.get(word, word) if is_short and gender == "m" else word

    def read(self) -> Iterator[tuple[str, int]]:
        """Every word for a rank, with the rank."""
        for words in (self.m, self.f):
            for number, word in enumerate(words, start=1):
                yield word, number
                if word in self.short:
                    yield self.short[word], number
        yield from self.also.items()


class NumberWords(Frozen):
    """How a language writes numbers, units and ranks in words."""

    ranks: RankWords | None = None
    cardinals: Table[str, int] = EMPTY
    """Numbers in words. Words that mean something else more often are left out."""
    magnitudes: Table[str, int] = EMPTY
    """Words and abbreviations after digits, by the power of ten: million: 6"""
    units: Table[str, tuple[str, ...]] = EMPTY
    """Words for a unit, by a name that is the same in every language: hectare."""
    partitives: tuple[str, ...] = ()
    """What may come between a number and its unit: 8 millones de hectáreas."""
    idioms: tuple[str, ...] = ()
    """Phrases with a number in words that are not that many: quince días, por ciento."""
    fractions: Table[str, int] = EMPTY
    """Words for a part, in percent: half: 50"""
    counts: Table[str, int] = EMPTY
    """Words that may stand for a number: dozen: 12; twice: 2"""
    decades: tuple[str, ...] = ()
    """What comes before the tens of a decade: los años (noventa)."""
    below_zero: tuple[str, ...] = ()
    """What comes after a number and makes it negative: grados bajo cero."""
    minus: str = ""
    """What comes before a number and may make it negative, as a regular expression: menos."""
    currencies: Table[str, tuple[str, ...]] = EMPTY
    """Words for a currency, by a name that is the same in every language: dollar."""

    @property
    def unit_of(self) -> Mapping[str, str]:
        """The unit that a word is, in small letters."""
        return {word.lower(): unit for unit, words in self.units.items() for word in words}
