"""The numbers of a text as a translation of it is read: with words that only may stand for a
number, with currencies, and negative below zero.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, cached_property
from typing import Final

from reportcard.language.number_words import SPACE, NumberWords, any_of, spaced
from reportcard.language.numbers import Number, NumberStyle
from reportcard.language.packs import pack

#: Signs and codes (ISO 4217) of currencies that are the same in every language. $ alone is left
#: out: it is that of dollars and of pesos.
_SIGNS: Final[Mapping[str, str]] = {
    "S/": "sol",
    "S/.": "sol",
    "PEN": "sol",
    "US$": "dollar",
    "U$S": "dollar",
    "USD": "dollar",
    "R$": "real",
    "BRL": "real",
    "€": "euro",
    "EUR": "euro",
    "BOB": "boliviano",
    "COP": "peso",
    "MXN": "peso",
    "CLP": "peso",
    "ARS": "peso",
    "PYG": "guarani",
}
_LONGEST_SIGN: Final = 6
_LONGEST_DECADE: Final = 30
_LONGEST_MINUS: Final = 20
#: Tens that name a decade: the 90s.
_TENS: Final = range(20, 100, 10)
_PLURAL: Final = re.compile(r"s(?!\w)")
#: What may be counted: two dozen, dos centenares.
_COUNTED: Final = (10, 12, 100, 1000)
_MOST_COUNTED: Final = 99


def translated_numbers(style: NumberStyle, text: str) -> tuple[Number, ...]:
    """The numbers of a text in their order, to be set against those of its translation."""
    reader = _reader(style.language)
    return reader.with_hints(text, [reader.completed(text, one) for one in style.read(text)])


@dataclass(frozen=True)
class _Meanings:
    """What is read of a language only beside another language."""

    words: NumberWords

    def completed(self, text: str, number: Number) -> Number:
        """A number with its currency, its sign where that is in words, and as a hint where it is
        the name of a decade.
        """
        start, end = number.offset, number.end
        if number.is_rank or number.is_name:
            return number
        if self._is_decade(text, number):
            return replace(number, is_hint=True)
        if match := self._below_zero.match(text, end):
            below = -abs(number.mantissa)
            return replace(number, phrase=text[start : match.end()], mantissa=below)
        if number.mantissa > 0 and self._minus.search(text, max(start - _LONGEST_MINUS, 0), start):
            number = replace(number, may_be_negative=True)
        return number if number.unit else self._with_currency(text, number)

    def _with_currency(self, text: str, number: Number) -> Number:
        start, end = number.offset, number.end
        if match := self._before.search(text, max(start - _LONGEST_SIGN, 0), start):
            return replace(number, unit=_SIGNS[match[1]], currency=match[0])
        if match := self._after.match(text, end):
            unit = _SIGNS[match[1]] if match[1] else self._currency_of[spaced(match[2]).lower()]
            return replace(number, unit=unit, phrase=text[start : match.end()])
        return number

    def _is_decade(self, text: str, number: Number) -> bool:
        if number.mantissa not in _TENS or number.unit or number.power:
            return False
        start = max(number.offset - _LONGEST_DECADE, 0)
        if self._before_decade.search(text, start, number.offset):
            return True
        return not number.is_word and _PLURAL.match(text, number.end) is not None

    def with_hints(self, text: str, numbers: Sequence[Number]) -> tuple[Number, ...]:
        """Numbers and hints in their order; words that are part of a hint are no numbers, and two
        dozen are 24.
        """
        taken: set[int] = set()
        hints = []
        for match in self._hint.finditer(text):
            start, value = match.start(), self._hints[spaced(match[1]).lower()]
            taken |= {
                number.offset
                for number in numbers
                if number.is_word and number.offset < match.end() and start < number.end
            }
            before = next((number for number in numbers if number.end + 1 == start), None)
            if before and value in _COUNTED and 0 < before.value <= _MOST_COUNTED:
                taken.add(before.offset)
                value *= before.value
            hints.append(Number(match[1], match[1], value, start, is_word=True, is_hint=True))
        left = (number for number in numbers if number.offset not in taken)
        return tuple(sorted((*left, *hints), key=lambda number: number.offset))

    @cached_property
    def _currency_of(self) -> Mapping[str, str]:
        return {word.lower(): name for name, its in self.words.currencies.items() for word in its}

    @cached_property
    def _before(self) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w)({any_of(_SIGNS)}){SPACE}?$")

    @cached_property
    def _after(self) -> re.Pattern[str]:
        between = any_of(f"{word} " for word in self.words.partitives)
        words = any_of(self._currency_of)
        spelled = rf"|(?i:(?:{between})?({words}))" if words else "|(?!)()"
        return re.compile(rf"{SPACE}?(?:({any_of(_SIGNS)}){spelled})(?!\w)")

    @cached_property
    def _below_zero(self) -> re.Pattern[str]:
        words = any_of(self.words.below_zero) or "(?!)"
        return re.compile(rf"{SPACE}?(?:{words})(?!\w)", re.IGNORECASE)

    @cached_property
    def _minus(self) -> re.Pattern[str]:
        words = self.words.minus or "(?!)"
        return re.compile(rf"(?<!\w)(?:{words}){SPACE}$", re.IGNORECASE)

    @cached_property
    def _before_decade(self) -> re.Pattern[str]:
        words = any_of(self.words.decades) or "(?!)"
        return re.compile(rf"(?<!\w)(?:{words}){SPACE}$", re.IGNORECASE)

    @cached_property
    def _hints(self) -> Mapping[str, Decimal]:
        shares = {word: Decimal(share) / 100 for word, share in self.words.fractions.items()}
        counts = {word: Decimal(count) for word, count in self.words.counts.items()}
        return {word.lower(): value for word, value in {**shares, **counts}.items()}

    @cached_property
    def _hint(self) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w)({any_of(self._hints) or '(?!)'})(?!\w)", re.IGNORECASE)


@cache
def _reader(language: str) -> _Meanings:
    known = pack(language)
    return _Meanings((known.numbers if known else None) or NumberWords())
