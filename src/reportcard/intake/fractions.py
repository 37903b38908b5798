"""Fractions that people type for scores: 3/4, ½, 1 1/2, 0.5/1."""

import re
import unicodedata
from fractions import Fraction
from typing import Final

from reportcard.language.literals import typed_score

#: A whole number with one sign for a fraction, or a number over another; a whole number may be
#: before it.
_SIGN: Final = re.compile(r"(\d{0,4})\s?([\u00bc-\u00be\u2150-\u215e])")
_OVER: Final = re.compile(
    r"(?:(\d{1,4})\s)?(\d{1,4}(?:[.,]\d{1,4})?)\s?[/\u2044\u2215]\s?(\d{1,4}(?:[.,]\d{1,4})?)"
)


def is_fraction(text: str) -> bool:
    """Whether a cell has a fraction."""
    return _SIGN.fullmatch(text) is not None or _OVER.fullmatch(text) is not None


def readings(text: str, maximum: Fraction) -> tuple[Fraction, ...]:
    """The scores that a fraction can mean, out of a maximum: the number that it is, and, where the
    maximum is below the line, the number above it. None if it is no fraction or divides by 0.
    """
    if match := _SIGN.fullmatch(text):
        above, _, below = unicodedata.normalize("NFKC", match[2]).partition("\u2044")
        return (int(match[1] or 0) + Fraction(int(above), int(below)),)
    match = _OVER.fullmatch(text)
    if match is None:
        return ()
    numbers = [Fraction(typed_score(one) or 0) for one in match.group(2, 3)]
    if not numbers[1]:
        return ()
    quotient = int(match[1] or 0) + numbers[0] / numbers[1]
    if match[1] or numbers[1] != maximum:
        return (quotient,)
    return tuple(dict.fromkeys((quotient, numbers[0])))


def shown(value: Fraction) -> str:
    """A number for people, however many decimals it has."""
    return decimal(value) or f"{float(value):.4g}"


def decimal(value: Fraction) -> str:
    """A number with at most four decimals; empty if it has more."""
    tens = value * 10**4
    if tens.denominator != 1:
        return ""
    whole, rest = divmod(int(tens), 10**4)
    return f"{whole}.{rest:04d}".rstrip("0").rstrip(".")
