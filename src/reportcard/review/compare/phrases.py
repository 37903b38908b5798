"""Phrases of a text that are one number to its reader, though they have letters or several words:
014-92-EM, Supreme Decree No. 1100, 10 p.m., a third of.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Final

from reportcard.language.number_words import SPACE, any_of
from reportcard.language.packs import pack
from reportcard.review.compare.numerals import Numerals
from reportcard.review.read.document import Passage
from reportcard.review.read.tokens import offsets

#: Letters and digits without a space between them, as of 6(a), PM2.5, 12°03′S.
_JOINED: Final = re.compile(r"[\w°′″]+(?:[-‐‑–/.:()+#&'’]+[\w°′″]+)*(?:(?<=\(\w)\))?")
_ADDRESS: Final = re.compile(r"https?:|www\.")
#: Times of day; identifiers of publications (ISO 26324); licenses of Creative Commons; fractions.
_FIXED: Final = re.compile(
    r"\b\d{1,2}(?:[:.h]\d{2})?\s?[ap]\.?\s?m\b\.?|\b10\.\d{4,9}/\S+"
    r"|\bCC(?:[ -](?:BY|NC|ND|SA))+ \d\.\d|\d*[¼½¾⅐-⅞]"
)
#: A date in digits.
_DATE: Final = re.compile(r"(?<![\w/.-])\d{1,4}([/.-])\d{1,2}\1\d{1,4}(?![\w/-])")
_RUNS: Final = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class NumberPhrase:
    """A phrase by the tokens that it covers; `is_whole` where any word of it makes another number,
    otherwise only letters as those of identifiers do.
    """

    text: str
    tokens: range
    is_whole: bool
    #: The words before its digits that begin with a capital, without those for "number".
    own_words: tuple[str, ...] = ()

    @property
    def is_mixed(self) -> bool:
        """Whether it has digits and letters."""
        return any(map(str.isnumeric, self.text)) and any(map(str.isalpha, self.text))

    @property
    def signs(self) -> str:
        """Its letters and digits, without what parts them: 10:30 a.m. is 10:30 am."""
        return "".join(filter(str.isalnum, self.text)).casefold()

    @property
    def letters(self) -> tuple[str, ...]:
        """Its letters, run by run."""
        return tuple(_RUNS.findall(self.text))


@dataclass(frozen=True)
class NumberPhrases:
    """Those of a passage."""

    passage: Passage
    numerals: Numerals

    def around(self, numbers: Iterable[int], *, is_whole: bool) -> NumberPhrase | None:
        """The shortest phrase of its kind that has all of some tokens."""
        wanted = set(numbers)
        names = (one for one in self._names if one.is_whole == is_whole)
        fitting = (one for one in names if wanted and wanted <= set(one.tokens))
        return min(fitting, key=lambda one: len(one.tokens), default=None)

    def word(self, number: int) -> NumberPhrase:
        """A token alone."""
        return NumberPhrase(
            self.passage.tokens[number].text, range(number, number + 1), is_whole=False
        )

    def has_part(self, numbers: Iterable[int]) -> bool:
        """Whether one of some tokens is of a part or a multiple in words: half, a third of,
        double.
        """
        return any(number in self._parts for number in numbers)

    def date(self, numbers: Iterable[int]) -> NumberPhrase | None:
        """The date that some tokens are in."""
        wanted = set(numbers)
        return next((one for one in self._dates if wanted and wanted <= set(one.tokens)), None)

    @cached_property
    def _names(self) -> tuple[NumberPhrase, ...]:
        text = self.passage.text
        if not any(map(str.isnumeric, text)):
            return ()
        found = [
            self._phrase(*match.span(), is_whole=True)
            for pattern in (_FIXED, *_laws(self._language))
            for match in pattern.finditer(text)
        ]
        for match in _JOINED.finditer(text):
            if any(map(str.isnumeric, match[0])) and not _ADDRESS.match(match[0]):
                found.append(self._phrase(*match.span(), is_whole=False))
        return tuple(found)

    @cached_property
    def _dates(self) -> tuple[NumberPhrase, ...]:
        months = any_of(self.numerals.times(self.passage)[0])
        in_words = re.compile(
            rf"(?<!\w)(?:\d{{1,2}}{SPACE}(?:de{SPACE})?(?:{months})|(?:{months}){SPACE}\d{{1,2}})(?!\w)"
            rf"(?:,?{SPACE}(?:del?{SPACE})?\d{{4}})?",
            re.IGNORECASE,
        )
        return tuple(
            self._phrase(*match.span(), is_whole=True)
            for pattern in (_DATE, in_words)
            for match in pattern.finditer(self.passage.text)
        )

    @cached_property
    def _parts(self) -> frozenset[int]:
        hints = self.numerals.hints(self.passage, self.passage.text)
        return frozenset(number for span in hints for number in self._tokens(*span))

    def _phrase(self, start: int, end: int, *, is_whole: bool) -> NumberPhrase:
        text = self.passage.text[start:end]
        before = _number_signs(self._language).sub(" ", re.split(r"\d", text)[0])
        capitals = tuple(word for word in _RUNS.findall(before) if word[0].isupper())
        return NumberPhrase(text, self._tokens(start, end), is_whole, capitals)

    @property
    def _language(self) -> str:
        return self.passage.language or self.numerals.language

    def _tokens(self, start: int, end: int) -> range:
        starts, ends = self._offsets
        return range(bisect_right(ends, start), bisect_left(starts, end))

    @cached_property
    def _offsets(self) -> tuple[list[int], list[int]]:
        return offsets(self.passage.tokens)


@cache
def _laws(language: str) -> tuple[re.Pattern[str], ...]:
    """A law with its number, without and with its article: Supreme Decree No. 1100, la Ley
    N.º 27651, D. S. N.º 014-92-EM.
    """
    known = pack(language)
    laws = known.laws if known else None
    if laws is None:
        return ()
    articles = any_of(laws.articles) or "(?!)"
    signs, kinds = any_of(laws.number) or "(?!)", any_of(laws.kinds.values()) or "(?!)"
    word = rf"(?:[^\W\d_a-zà-ÿ][\w.]*{SPACE})"
    law = rf"(?:{word}{{1,4}}(?:{signs})|(?:{kinds})){SPACE}?\d[\w/-]*(?:\.\d[\w/-]*)*"
    return (
        re.compile(rf"(?<!\w){law}"),
        re.compile(rf"(?<!\w)(?i:{articles}){SPACE}{law}"),
    )


@cache
def _number_signs(language: str) -> re.Pattern[str]:
    """Abbreviations before the number of a law."""
    known = pack(language)
    return re.compile(any_of(known.laws.number) if known and known.laws else "(?!)")
