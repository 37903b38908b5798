"""How the numbers of a file are read: by the language of each passage, and by the decimal mark that
the file itself uses in it.
"""

import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from reportcard.content.model import House
from reportcard.language.literals import POINT, NumberMarks
from reportcard.language.locales import Tongue, named_country
from reportcard.language.numbers import Number, NumberStyle
from reportcard.language.translated_numbers import translated_numbers
from reportcard.review.compare.pairs import DocumentPair
from reportcard.review.read.document import Document, Passage

#: Signs, abbreviations and words of currencies: the codes are those of ISO 4217.
_CODES: Final = "USD|EUR|PEN|BOB|BRL|COP|CLP|ARS|GBP|CHF|CNY"
_BEFORE: Final = re.compile(rf"(?:US\$|R\$|S/\.?|Bs\.?|[$€£¥]|\b(?:{_CODES}))[ \u00a0\u202f]?$")
_AFTER: Final = re.compile(
    rf"[ \u00a0\u202f](?:de )?((?:{_CODES})|(?:U\.?S\.? )?dollars?|d[óo]lares|dólar|soles|sol(?= )"
    r"|euros?|pesos?|reais|real(?= )|bolivianos?)(?!\w)",
    re.IGNORECASE,
)
#: Between millions and what they count, which thousands do without.
_PARTITIVE: Final = re.compile(r"[ \u00a0\u202f](?:de|of)(?!\w)")
#: A decimal mark that cannot part thousands, as in 66.9 or 12,50.
_DECIMALS: Final = re.compile(r"[−-]?\d+([.,])(?:\d{1,2}|\d{4,})")
#: Longer signs of a currency there are not.
_LONGEST_SIGN: Final = 6


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number of a text: where it begins and ends with its currency and unit, and what it says,
    the same in every spelling.
    """

    number: Number
    start: int
    end: int
    said: str
    #: What it counts, without the number itself.
    unit: str


@dataclass(frozen=True)
class Numerals:
    """How numbers are read: the marks of the languages that have some."""

    marks: tuple[tuple[str, NumberMarks], ...] = ()
    #: The language of passages whose file names none.
    language: str = ""

    @classmethod
    def of(cls, document: Document, other: Document) -> "Numerals":
        """How those of a file are read. Without a language of its own it has that of the `other`
        file, with which it is compared.
        """
        fallback = document.language or other.language
        votes: dict[str, Counter[str]] = {}
        for passage in document.passages:
            found = votes.setdefault(passage.language or fallback, Counter())
            found.update(
                match[1] for token in passage.tokens if (match := _DECIMALS.fullmatch(token.text))
            )
        marks = {
            language: POINT if found["."] > found[","] else POINT.foreign
            for language, found in votes.items()
            if found["."] != found[","]
        }
        return cls(tuple(marks.items()), fallback)

    def knows(self, passage: Passage) -> bool:
        """Whether the marks of a passage are known: by its language, or by its file's use."""
        language = passage.language or self.language
        return bool(language) or language in dict(self.marks)

    def figures(self, passage: Passage, text: str) -> tuple[Numeral, ...]:
        """The numbers of a text of a passage, in order."""
        return tuple(_figure(number, text) for number in self._style(passage).read(text))

    def hints(self, passage: Passage, text: str) -> tuple[tuple[int, int], ...]:
        """Where words of a text of a passage begin and end that may stand for a number: half, a
        third of, twice.
        """
        read = translated_numbers(self._style(passage), text)
        return tuple((one.offset, one.end) for one in read if one.is_hint and one.is_word)

    def times(self, passage: Passage) -> tuple[frozenset[str], ...]:
        """The names of months, of days, and of spans of time in the passage's language, in small
        letters; abbreviations are without their point.
        """
        tongue = _tongue(passage.language or self.language, "")
        return tongue.month_names, tongue.day_names, tongue.spans_of_time

    def _style(self, passage: Passage) -> NumberStyle:
        language = passage.language or self.language
        card = passage.name.field.partition("/")[0]
        return _style(language, card, dict(self.marks).get(language))


def both_numerals(documents: DocumentPair) -> tuple[Numerals, Numerals]:
    """How the numbers of two files are read."""
    old, new = documents.old, documents.new
    return Numerals.of(old, new), Numerals.of(new, old)


@cache
def _tongue(language: str, card: str) -> Tongue:
    country = named_country(card, ("en",)) if card else None
    return Tongue(language, country or "", House())


@cache
def _style(language: str, card: str, marks: NumberMarks | None) -> NumberStyle:
    style = _tongue(language, card).numbers
    return replace(style, marks=marks) if marks else style


def _figure(number: Number, text: str) -> Numeral:
    """A number with the currency before or after it."""
    start, end, unit = number.offset, number.end, number.unit
    currencies = []
    if sign := _BEFORE.search(text, max(start - _LONGEST_SIGN, 0), start):
        start = sign.start()
        currencies.append(sign[0].strip())
    if word := _AFTER.match(text, end):
        end = word.end()
        currencies.append(word[1].casefold())
    elif number.power and (partitive := _PARTITIVE.match(text, end)):
        end = partitive.end()
    unit = " ".join(filter(None, (unit, *currencies)))
    value = number.typed if number.is_name else f"{number.value.normalize():f}"
    kind = "name" if number.is_name else "rank" if number.is_rank else ""
    return Numeral(number, start, end, f"{value}|{kind}|{unit}", unit)
