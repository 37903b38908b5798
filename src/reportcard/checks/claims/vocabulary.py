"""A sentence as phrases: countries, numbers, ordinals, and the words that claims are made of.

Each kind of phrase is one letter, so that a sentence is a short string, `CVO,BC&C`, and what is
claimed in it is found by regular expressions that are the same in every language.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from reportcard.checks.claims.sentences import NOBODY
from reportcard.language.claim_words import ClaimWords
from reportcard.scores.values import Values

COUNTRY, NUMBER, ORDINAL, DIMENSION, NAME, WORD, FILLER, YEAR = "CNODZW Y"
#: The value of a verb that does not tell a rank from another ordinal.
COPULA: Final = "copula"
#: What a rough number is, beside the true one: not more than it, or not less.
MORE: Final = "more_than"
LESS: Final = "less_than"
#: The value of a phrase for the last but two.
ANTEPENULTIMATE: Final = "antepenultimate"
#: The value of a phrase for a total at its maximum, and of one for being ahead by some points.
PERFECT_TOTAL: Final = "perfect_total"
ADVANTAGE: Final = "advantage"
#: The value of the noun of a number of countries that are all that there are.
ALL: Final = "all"
#: The value of a word for "highest" that is one for "higher": it has no article.
INDEFINITE: Final = "indefinite"
#: The letter of each key of the words of a language.
KINDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "score": "S",
        "total": "t",
        "points": "m",
        "perfect": "k",
        PERFECT_TOTAL: "k",
        "highest": "h",
        "lowest": "l",
        "first": "F",
        "last": "E",
        "penultimate": "Q",
        ANTEPENULTIMATE: "Q",
        "higher": "j",
        "lower": "v",
        "among_first": "a",
        "among_last": "b",
        "firsts": "G",
        "lasts": "H",
        "tied": "s",
        "nobody": "e",
        "place": "z",
        "number": "n",
        "stands": "V",
        "copula": "V",
        "obtains": "g",
        "placed": "K",
        "ahead": "A",
        "behind": "B",
        "only_behind": "J",
        "between": "I",
        "surpasses": "U",
        "trails": "R",
        "ties": "x",
        "only": "1",
        "others": "y",
        "leads": "L",
        "region": "T",
        "ranking": "r",
        "countries": "c",
        "aspects": "d",
        "rose": "+",
        "fell": "-",
        "unchanged": "=",
        "moved": "*",
        "gap": "<",
        ADVANTAGE: "<",
        "separates": "_",
        "average": "$",
        "since": "i",
        "to": ">",
        "pronouns": "P",
        "relatives": "q",
        "possessives": "u",
        "genitive": "'",
        "of": "f",
        "before_score": "w",
        "prepositions": "p",
        "circumstances": "@",
        "sources": "#",
        "out_of": "o",
        "joins": "&",
        "fillers": FILLER,
        "clauses": ";",
        "doubt": "X",
        "approximate": "~",
        "more_than": "~",
        "less_than": "~",
        "not_reaching": "%",
        "past": YEAR,
        "other_measures": "M",
        "idioms": WORD,
    }
)
_SIGNS: Final[Mapping[str, str]] = MappingProxyType(
    dict.fromkeys(".!", ".")
    | dict.fromkeys(";—–", ";")
    | dict.fromkeys("([", "(")
    | dict.fromkeys(")]", ")")
    | {",": ",", ":": ":", "?": "?", "/": "o", "-": FILLER, "¡": FILLER, NOBODY: "0"}
)
_PART: Final = re.compile(
    r"(?P<ordinal>(?<![\w.,])\d{1,2}(?:st|nd|rd|th|er|ro|do|ra|da|to|\.?[ºª°]|\.(?:er|ro|do|ra|da|to|ta))(?!\w))"
    r"|(?P<number>(?<![\w.,])[+\u2212]?\d+(?:[.,]\d+)*(?!\w))"
    r"|[^\W\d_]+|\d+|\S"
)
#: Phrases that count only where they stand as they must, and what they are elsewhere.
_CONDITIONAL: Final = re.compile(
    r"[ab](?=N)|#(?=[fptu]*[rS])|(?<=[Ip]N)[GH]|e(?=[VgSt]*[ABUR]f*C)|s(?=p*Oz?|[.,;:)]|$)|[jv](?=[tS]*p*Dd?[pq]+Dd?)"
    r"|%(?=f*[N$])|_(?=[>pf]*C|p+N)|(?<=[AB~U%])\$|\$(?=(?:[pf]+d?Dd?)?V[fw]*N)"
    r"|<(?=[pf]*[tS]*(?:f+C[oipw>]+C|[oipw>]*C|If*C&f*C)V[fpw]*Nm?(?:[.,;:&)]|$))"
    r"|1(?=C(?:(?:,&?|&)C)*[VgSt]*[ABURL]f*C)|<(?=f?Nm?(?:[oipw>]+C|I|_))|(?<=Nm)<(?=[oipw>]*C)"
)
_ELSEWHERE: Final = MappingProxyType(
    dict.fromkeys("abes#%", "X")
    | dict.fromkeys("GHjv_", WORD)
    | dict.fromkeys("<$", "M")
    | {"1": FILLER}
)
#: What may stand between an article and a word for "highest": total, score, dimension, third.
_BETWEEN_ARTICLE: Final = frozenset("tSdDOhl")
#: As scores are written, at most three digits and two decimals.
_SCORE: Final = re.compile(r"[+\u2212]?\d{1,3}(?:[.,]\d{1,2})?")
_COMPARISON: Final = re.compile(r"~f*C(?!')")
#: A hyphen or slash between a name, here |, and a letter.
_HYPHENED: Final = re.compile(r"\w[-–/]\||\|[-–/]\w")
#: An adverb has more letters: only, reply.
_SHORTEST_ADVERB: Final = 5
_NAMED_KEYS: Final = frozenset({COPULA, MORE, LESS, ANTEPENULTIMATE, PERFECT_TOTAL, ADVANTAGE})
#: What a phrase is: a country, a dimension, a year; a rank; a number.
Worth = str | int | Decimal | None


@dataclass(frozen=True, slots=True)
class Phrase:
    """A word or phrase: its kind, where it begins and ends in the sentence, and what it is: a
    country, a dimension, a number, a rank.
    """

    kind: str
    start: int
    end: int
    value: Worth = None

    @property
    def decimals(self) -> int:
        """How many decimals its number is written with; 0 if it is no number."""
        exponent = self.value.as_tuple().exponent if isinstance(self.value, Decimal) else 0
        return -exponent if isinstance(exponent, int) else 0


@dataclass(frozen=True, slots=True)
class Phrases:
    """A sentence's phrases without those that change nothing, and their letters."""

    items: tuple[Phrase, ...]

    @property
    def letters(self) -> str:
        """The kind of each phrase, a letter each."""
        return "".join(item.kind for item in self.items)


_Entry = tuple[tuple[str, ...], str, Worth]
_Entries = Mapping[str, tuple[_Entry, ...]]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All phrases that are known for the card of one country in one language, by first word."""

    words: _Entries
    """Small and capital letters are alike."""
    names: _Entries
    """Countries, as they are written, and in capitals."""
    definite: frozenset[str] = frozenset()
    adverb_endings: tuple[str, ...] = ()
    mood_endings: tuple[str, ...] = ()

    @classmethod
    def of(cls, words: ClaimWords, values: Values) -> "Vocabulary":
        """The words of a language with the names and ordinals of the wording."""
        phrases: dict[str, list[_Entry]] = {}
        for phrase, kind, value in _known(words, values):
            if parts := tuple(part.casefold() for part in _parts(str(phrase))):
                phrases.setdefault(parts[0], []).append((parts, kind, value))
        names: dict[str, list[_Entry]] = {}
        own = {values.name(country): country for country in values.results}
        for country in values.results:
            code = values.codes[country].country if values.are_countries else ""
            official = values.tongue.country_name(code)
            for name in filter(None, dict.fromkeys((values.name(country), official))):
                if own.get(name, country) == country:
                    for parts in dict.fromkeys((_parts(str(name)), _parts(str(name).upper()))):
                        names.setdefault(parts[0], []).append((parts, COUNTRY, country))
        definite = frozenset(words.definite)
        endings = words.adverb_endings, words.mood_endings
        return cls(_longest_first(phrases), _longest_first(names), definite, *endings)

    def phrases(self, text: str) -> Phrases:
        """The phrases of a sentence."""
        items = list(self._merged(text))
        if self.definite:
            items = [
                self._with_article(text, items, index) if item.kind in "hl" else item
                for index, item in enumerate(items)
            ]
        items = [item for item in items if item.kind != FILLER]
        letters = Phrases(tuple(items)).letters
        if _COMPARISON.search(letters):
            items = [*_compared(items, letters)]
            letters = Phrases(tuple(items)).letters
        kept = {match.start() for match in _CONDITIONAL.finditer(letters)}
        counted = (
            item
            if index in kept or item.kind not in _ELSEWHERE
            else replace(item, kind=_ELSEWHERE[item.kind])
            for index, item in enumerate(items)
        )
        return Phrases(tuple(item for item in counted if item.kind != FILLER))

    def _with_article(self, text: str, items: list[Phrase], index: int) -> Phrase:
        """A word for "highest" as one for "higher" if it has no article."""
        item = items[index]
        for before in reversed(items[:index]):
            if before.kind in "u'" or text[before.start : before.end].casefold() in self.definite:
                return item
            if before.kind not in _BETWEEN_ARTICLE:
                return replace(item, value=INDEFINITE)
        return item

    def _merged(self, text: str) -> Iterator[Phrase]:
        """Phrases, but a country's name within a longer name is a name: Peru Verde, UIF-Peru."""
        found = list(self._read(text))
        for index, item in enumerate(found):
            if item.kind != COUNTRY:
                yield item
                continue
            around = text[max(item.start - 2, 0) : item.start] + "|" + text[item.end : item.end + 2]
            beside = [*found[max(index - 1, 0) : index], *found[index + 1 : index + 2]]
            is_name = _HYPHENED.search(around) or any(
                _is_joined(text, item, other) for other in beside
            )
            yield Phrase(NAME, item.start, item.end) if is_name else item

    def _read(self, text: str) -> Iterator[Phrase]:
        parts = list(_PART.finditer(text.replace("’", "'")))
        plain = [part[0] for part in parts]
        folded = [word.casefold() for word in plain]
        index = 0
        while index < len(parts):
            name = _longest(self.names, plain, index)
            phrase = _longest(self.words, folded, index)
            best = name if name and (not phrase or len(name[0]) >= len(phrase[0])) else phrase
            length = len(best[0]) if best else 1
            start, end = parts[index].start(), parts[index + length - 1].end()
            if best:
                yield Phrase(best[1], start, end, best[2])
            else:
                yield self._single(text, parts[index], is_first=index == 0)
            index += length

    def _single(self, text: str, part: re.Match[str], *, is_first: bool) -> Phrase:
        """The phrase of a number, a sign or a word that is not known."""
        word, start, end = part[0], part.start(), part.end()
        if part["ordinal"] or part["number"]:
            return _numeral(text, part)
        if word in _SIGNS:
            return Phrase(_SIGNS[word], start, end)
        if (is_first or text[end : end + 1] == ",") and self._is_adverb(word):
            is_mood = word.endswith(self.mood_endings)
            return Phrase(FILLER if is_mood else KINDS["doubt"], start, end)
        return Phrase(NAME if word[0].isupper() and not is_first else WORD, start, end)

    def _is_adverb(self, word: str) -> bool:
        return len(word) > _SHORTEST_ADVERB and word.endswith(self.adverb_endings)


def _numeral(text: str, part: re.Match[str]) -> Phrase:
    """The phrase of digits: a rank, a year, a number that may be a score, or any other."""
    word, start, end = part[0], part.start(), part.end()
    if part["ordinal"]:
        return Phrase(ORDINAL, start, end, int(re.match(r"\d+", word)[0]))  # type: ignore[index]
    if re.fullmatch(r"(?:19|20)\d\d", word):
        return Phrase(YEAR, start, end, word)
    if _SCORE.fullmatch(word) and not re.match(r"\s?[%‰‱]|[-–]\d", text[end : end + 2]):
        number = Decimal(word.replace(",", ".").replace("\u2212", "-"))
        return Phrase(NUMBER, start, end, number)
    return Phrase(WORD, start, end)


def _compared(items: list[Phrase], letters: str) -> Iterator[Phrase]:
    """Phrases, but "more than" before a country, after a score or points, is "ahead of": it scored
    more than Colombia.
    """
    sides = {MORE: KINDS["ahead"], LESS: KINDS["behind"]}
    for index, item in enumerate(items):
        is_compared = index and letters[index - 1] in "Sm" and _COMPARISON.match(letters, index)
        side = sides.get(str(item.value)) if is_compared else None
        yield replace(item, kind=side, value=None) if side else item


def _is_joined(text: str, one: Phrase, other: Phrase) -> bool:
    """Whether a name and an unknown word beside it are one name: both are capitalized, with a space
    between.
    """
    first, second = sorted((one, other), key=lambda item: item.start)
    return (
        other.kind in (NAME, WORD)
        and text[other.start].isupper()
        and text[first.end : second.start].isspace()
    )


def _known(words: ClaimWords, values: Values) -> Iterator[tuple[str, str, Worth]]:
    """Phrases with their kind and value; of two kinds of one phrase the first counts."""
    yield values.wording.scoreboard, KINDS["ranking"], None
    for key, dimension in values.wording.dimensions.items():
        for name in dict.fromkeys((dimension.name, dimension.short)):
            yield name, DIMENSION, key
        for category, named in dimension.categories.items():
            yield named.name, DIMENSION, category
    for key, phrase in words.phrases():
        yield phrase, KINDS[key], key if key in _NAMED_KEYS else None
    if values.ranks:
        yield from ((word, ORDINAL, rank) for word, rank in values.ranks.read())
    yield from ((word, ORDINAL, rank) for word, rank in words.ordinals.items())
    yield from (
        (word, NUMBER, Decimal(number)) for number, word in enumerate(words.numbers, start=1)
    )


@lru_cache(maxsize=4096)
def _parts(phrase: str) -> tuple[str, ...]:
    return tuple(part[0] for part in _PART.finditer(phrase.replace("’", "'")))


def _longest_first(table: dict[str, list[_Entry]]) -> _Entries:
    return MappingProxyType(
        {
            word: tuple(sorted(phrases, key=lambda phrase: -len(phrase[0])))
            for word, phrases in table.items()
        }
    )


def _longest(table: _Entries, words: list[str], index: int) -> _Entry | None:
    """The longest phrase that begins at a word."""
    for phrase in table.get(words[index], ()):
        length = len(phrase[0])
        if length == 1 or tuple(words[index : index + length]) == phrase[0]:
            return phrase
    return None
