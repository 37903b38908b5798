"""What is found in one passage in one language: values of the data, laws, numbers, dates, claims
in words, quotations.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial
from typing import Final

from reportcard.checks.claims import reader_of
from reportcard.checks.claims.reader import Reader
from reportcard.checks.laws import citations
from reportcard.checks.numbers import style
from reportcard.checks.parity import Styles, numbers_of
from reportcard.content.loading import Content
from reportcard.language.locales import Tongue
from reportcard.language.numbers import Number
from reportcard.language.packs import every_pack, pack
from reportcard.review.facts.fact import FactKind
from reportcard.review.facts.printed import PrintedPassage, Spans, overlaps

#: By the first part of a value's name, what it claims. Names of countries and of figures, and the
#: most that a score can be, claim nothing of the country.
_OF_DATA: Final = {
    "score": FactKind.SCORE,
    "scores": FactKind.SCORE,
    "band": FactKind.SCORE,
    "change": FactKind.SCORE,
    "rank": FactKind.RANK,
    "ranks": FactKind.RANK,
    "ahead": FactKind.RANK,
    "behind": FactKind.RANK,
    "neighbours": FactKind.RANK,
}
#: A year, as it is typed: nobody writes a quantity so but by accident.
_YEAR: Final = re.compile(r"(?:19|20)[0-9]{2}")
#: A capital, then letters; and words in capitals: Resolución Ministerial N.º 123-2020-MINEM.
_WORD: Final = r"[^\W\d_a-zß-öø-ÿ][\w.-]{1,40}"
_ACT: Final = rf"{_WORD}(?: (?:(?:de|del|la|of|the) )?{_WORD}){{0,5}}"


@dataclass(frozen=True, slots=True)
class Found:
    """Something to check in a passage, at some of its characters. `value` is the same in every
    language. What is `doubtful` counts only if the other language has it too.
    """

    passage: PrintedPassage
    kind: FactKind
    start: int
    end: int
    value: str
    number: Number | None = None
    is_doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Finder:
    """What finds facts in the passages of a card in one language."""

    tongue: Tongue
    quotes: str
    styles: Styles
    reader: Reader | None

    @classmethod
    def of(cls, content: Content, country: str, language: str) -> "Finder":
        """That of a card."""
        house = content.edition.model.languages[language]
        return cls(
            Tongue(language, "", house),
            house.quotes,
            partial(style, content, country=country),
            reader_of(content, country, language),
        )

    def found(self, passage: PrintedPassage) -> Iterator[Found]:
        """All that is found in a passage but names, in the order of its text."""
        if passage.passage.kind.is_name:
            return
        all_found = [*self._of_data(passage), *_laws(passage)]
        spans = tuple((one.start, one.end) for one in all_found)
        all_found += self._numbers(passage, spans)
        if not passage.passage.is_note:
            all_found += self._claims(passage)
            all_found += self._quotations(passage)
        yield from sorted(all_found, key=lambda one: (one.start, one.end))

    def _of_data(self, passage: PrintedPassage) -> Iterator[Found]:
        for start, end, value in passage.values:
            if kind := _OF_DATA.get(value.name.partition(".")[0]):
                yield Found(passage, kind, start, end, value.name)

    def _claims(self, passage: PrintedPassage) -> Iterator[Found]:
        """Claims of scores and ranks in words: what values say is no second claim."""
        taken = [(start, end) for start, end, _ in passage.values]
        for sort, pattern in superlatives(passage.typed.language).items():
            for match in pattern.finditer(passage.text):
                if not overlaps(*match.span(), tuple(taken)):
                    taken.append(match.span())
                    yield Found(passage, FactKind.RANK, *match.span(), sort)
        for sort, start, end in self.reader.claims(passage.typed) if self.reader else ():
            if not overlaps(start, end, tuple(taken)):
                yield Found(passage, FactKind.RANK, start, end, sort)

    def _quotations(self, passage: PrintedPassage) -> Iterator[Found]:
        if passage.is_quote:
            yield Found(passage, FactKind.QUOTATION, 0, len(passage.text), "")
            return
        opening, closing = map(re.escape, self.quotes[:2])
        for match in re.finditer(rf"{opening}(.{{1,2000}}?){closing}", passage.text):
            yield Found(passage, FactKind.QUOTATION, match.start(), match.end(), "")

    def _numbers(self, passage: PrintedPassage, spans: Spans) -> Iterator[Found]:
        text = passage.text
        days = []
        for day, start in self.tongue.dates(text):
            end = text.index(str(day.year), start) + len(str(day.year))
            days.append((start, end))
            yield Found(passage, FactKind.DATE, start, end, day.isoformat())
        values = tuple((start, end) for start, end, _ in passage.values)
        cited = tuple((start, end) for start, end, _ in passage.cited)
        titles = passage.titles if passage.passage.is_note else ()
        taken = (*spans, *values, *cited, *titles, *days)
        for number in numbers_of(passage.passage, self.styles):
            if not overlaps(number.offset, number.end, taken):
                yield from _of_number(passage, number)


def _of_number(passage: PrintedPassage, number: Number) -> Iterator[Found]:
    """What a number claims: a year, a rank in digits, a figure. Words for one and for ranks are
    idioms more often; other words for numbers are doubtful without a unit.
    """
    if number.is_name or (number.is_word and (number.is_rank or number.value in (0, 1))):
        return
    start, end = number.offset, number.end
    value = f"{number.value:f} {number.unit}".strip()
    if number.is_rank:
        yield Found(passage, FactKind.RANK, start, end, value, number)
    elif _YEAR.fullmatch(number.phrase):
        yield Found(passage, FactKind.DATE, start, end, value, number)
    else:
        is_doubtful = number.is_word and not (number.unit or number.power)
        yield Found(passage, FactKind.FIGURE, start, end, value, number, is_doubtful)


def _laws(passage: PrintedPassage) -> Iterator[Found]:
    """Laws and decrees by kind and number, other acts and articles by their number."""
    spans: list[tuple[int, int]] = []
    citation, article, kinds = citations()
    for match in citation.finditer(passage.text):
        start, end = match.start("kind"), match.end() if match["year"] else match.end("number")
        if match["name"] and passage.text[start - 1] == "(":
            name = match["name"].lstrip()
            start, end = match.end("name") - len(article.sub("", name)), match.end()
        spans.append((start, end))
        yield Found(passage, FactKind.LAW, start, end, f"{kinds[match['kind']]} {match['number']}")
    for match in _acts().finditer(passage.text):
        if not overlaps(match.start(), match.end(), tuple(spans)):
            value = " ".join(re.findall(r"\d[\w./-]*", match[0]))
            yield Found(passage, FactKind.LAW, match.start(), match.end(), value)


@cache
def superlatives(language: str) -> Mapping[str, re.Pattern[str]]:
    """What finds the highest, lowest and perfect scores in a text of a language, whoever's they
    are; nothing where the language has no words for claims.
    """
    known = pack(language)
    words = known.claims if known else None
    if words is None or not words.score:
        return {}
    score, between = _any_of(words.score), r"(?:\s\w+){0,3}?\s"
    found = {"perfect": _any_of(words.perfect)} if words.perfect else {}
    for sort, phrases in (("highest", words.highest), ("lowest", words.lowest)):
        if phrases:
            most = _any_of(phrases)
            found[sort] = rf"{most}{between}{score}|{score}\s(?:\w+\s)?{most}"
    return {
        sort: re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE)
        for sort, pattern in found.items()
    }


def _any_of(phrases: Iterable[str]) -> str:
    longest = sorted(phrases, key=len, reverse=True)
    return f"(?:{'|'.join(map(re.escape, longest))})"


@cache
def _acts() -> re.Pattern[str]:
    """Other acts by their numbers, and articles of laws, as any language writes them."""
    packs = every_pack()
    number = "|".join(
        sorted({re.escape(one) for known in packs if known.laws for one in known.laws.number})
    )
    between = "|".join(sorted({re.escape(one) for known in packs for one in known.conjunctions}))
    articles = r"[Aa]rticles?|[Aa]rt[íi]culos?|[Aa]rtigos?"
    return re.compile(
        rf"(?<!\w)(?:{_ACT} (?:{number})\s?\d+(?:[./-]\w+)*"
        rf"|(?:{articles})\s\d+(?:(?:, (?:(?:{between}) )?| (?:{between}) )\d+)*)(?!\w)"
    )
