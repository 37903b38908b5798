"""Names in a card: institutions, registries, treaties and the like, each once, where it is first
named.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from reportcard.checks.terms import definitions, small_words
from reportcard.content.loading import Content
from reportcard.language.glossary import terms, whole_word
from reportcard.language.packs import every_pack
from reportcard.review.facts.fact import FactKind
from reportcard.review.facts.found import Found
from reportcard.review.facts.printed import PrintedPassage, Spans, overlaps, plain
from reportcard.scores.values import Values, values_of

#: A name at the end of a field of the institutions: its acronym, or its name in another language.
_BRACKET: Final = re.compile(r"\s*\(([^()]*)\)$")
_CAPITAL: Final = r"[^\W\d_a-zß-öø-ÿ][\w’'-]*"


@dataclass(frozen=True, slots=True)
class KnownName:
    """A name that the content lists: by what it is known in every language (the key of an
    institution or a term), and in this one.
    """

    id: str
    name: str
    acronym: str = ""


@dataclass
class NameReader:
    """Finds the names in the passages of a card in one language, in the order of reading; one that
    was found before is not found again.
    """

    known: Sequence[KnownName]
    passed_over: frozenset[str]
    """Names that are no claim: countries, the scoreboard, dimensions and categories."""
    seen: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, content: Content, country: str, language: str) -> "NameReader":
        """That of a card in a language."""
        values = values_of(content, country, language) if country in content.scores else None
        return cls(
            (*_institutions(content, country, language), *_glossary(content, language)),
            frozenset(one.casefold() for one in _framework(values)),
        )

    def found(self, passage: PrintedPassage, taken: Spans) -> Iterator[Found]:
        """The names in a passage that were not found before, and that are not part of what was
        `taken` already, such as a law.
        """
        spans = list(taken)
        listed = (*self._spelled_out(passage), *self._listed(passage))
        for start, end, name in sorted(listed, key=lambda one: (one[0], -one[1])):
            if overlaps(start, end, tuple(spans)):
                continue
            spans.append((start, end))
            if self._is_new(name.name, name.acronym, name.id):
                yield Found(passage, FactKind.NAME, start, end, name.id or name.acronym)
        if passage.passage.kind.is_name or passage.passage.is_note:
            return
        for start, end in _capitalized(passage):
            name_ = passage.text[start:end]
            if (
                not overlaps(start, end, tuple(spans))
                and not self._is_part_of_another(name_)
                and self._is_new(name_)
            ):
                yield Found(passage, FactKind.NAME, start, end, "", is_doubtful=True)

    def _is_part_of_another(self, name: str) -> bool:
        """Whether a name is short for one that the content lists, has a country's name at an end,
        or is made of such names: then more or less than a name was found.
        """
        words = name.casefold().replace("’s ", " ").split()
        is_short = any(whole_word(name).search(one.name) for one in self.known)
        rest = name
        for one in sorted(self.passed_over, key=len, reverse=True):
            rest = whole_word(one).sub("", rest)
        is_made_of_them = rest.islower() or not rest.strip()
        return is_short or is_made_of_them or bool(self.passed_over & {words[0], words[-1]})

    def _is_new(self, *names: str) -> bool:
        keys = {plain(name).casefold() for name in names if name}
        if keys & self.seen or keys & self.passed_over:
            self.seen |= keys
            return False
        self.seen |= keys
        return True

    def _spelled_out(self, passage: PrintedPassage) -> Iterator[tuple[int, int, KnownName]]:
        """Names before their acronyms: Ministry of Energy and Mines (MINEM)."""
        for acronym, long_form, at in definitions(passage.text):
            words = self._after_country(long_form)
            pattern = r"\W+".join(map(re.escape, words)) + r"\W*$"
            match = re.search(pattern, passage.text[: at - 1])
            if match and words[0][:1].isupper():
                name = match[0].strip()
                known = self._known(name, acronym)
                yield match.start(), at + len(acronym) + 1, KnownName(known, name, acronym)

    def _after_country(self, words: tuple[str, ...]) -> tuple[str, ...]:
        """The words of a long form without a country's name that belongs to what is before it: en
        el Perú del Programa de Monitoreo.
        """
        if words[0].casefold() not in self.passed_over:
            return words
        rest = words[1:]
        while rest and rest[0] in small_words():
            rest = rest[1:]
        return rest or words

    def _listed(self, passage: PrintedPassage) -> Iterator[tuple[int, int, KnownName]]:
        """Names that the card's institutions and the glossary have."""
        for one in self.known:
            for match in whole_word(one.name).finditer(passage.text):
                if plain(match[0]) == one.name:
                    yield match.start(), match.end(), one
                    break

    def _known(self, name: str, acronym: str) -> str:
        return next(
            (
                one.id
                for one in self.known
                if one.acronym == acronym or one.name.casefold() == name.casefold()
            ),
            "",
        )


def _institutions(content: Content, country: str, language: str) -> Iterator[KnownName]:
    sourced = content.cards[country][language]
    for key in sourced.model.institutions:
        prose = sourced.prose.get(f"institutions.{key}")
        text = "".join(getattr(inline, "text", "") for inline in prose.line) if prose else ""
        match = _BRACKET.search(text)
        acronym = match[1] if match and " " not in match[1] else ""
        yield KnownName(f"institution {key}", plain(_BRACKET.sub("", text)), acronym)
        if match and not acronym:  # its name in another language, or another name
            yield KnownName(f"institution {key}", plain(match[1]))


def _glossary(content: Content, language: str) -> Iterator[KnownName]:
    """The terms that are names: of several words, the first with a capital."""
    for key, term in terms(content).items():
        name = str(term.names.get(language, ""))
        if name[:1].isupper() and " " in name:
            yield KnownName(f"term {key}", name)


def _framework(values: Values | None) -> Iterator[str]:
    """Names of the scoreboard, its parts and its countries."""
    if values is None:
        return
    yield str(values.wording.scoreboard)
    for dimension in values.wording.dimensions.values():
        yield from (str(dimension.name), str(dimension.short))
        yield from (str(category.name) for category in dimension.categories.values())
    yield from (values.name(country) for country in values.results)


def _capitalized(passage: PrintedPassage) -> Iterator[tuple[int, int]]:
    """Runs of at least two words with capitals, with small words of names between them. What a
    sentence begins with is left out: its capital may be that of the sentence.
    """
    starts = {start for start, _ in passage.sentences}
    for match in _names().finditer(passage.text):
        before = passage.text[: match.start()].rstrip("«“\"'¿¡([—- ")
        is_first = match.start() in starts or not before or before[-1] in ".!?:"
        if not is_first and not all(map(str.isupper, re.findall(_CAPITAL, match[0]))):
            yield match.span()


@cache
def _names() -> re.Pattern[str]:
    """A name of two words or more. "And" joins words of one name only after two of them, and never
    before an article: it may as well join two names.
    """
    every = every_pack()
    joins = {word for known in every for word in known.conjunctions}
    small = "|".join(map(re.escape, sorted(small_words() - joins, key=len, reverse=True)))
    both = "|".join(map(re.escape, sorted(joins)))
    first = rf"(?<![\w-]){_CAPITAL}(?: (?:{small}))* {_CAPITAL}"
    return re.compile(rf"{first}(?:(?: (?:{small}))* {_CAPITAL}| (?:{both}) {_CAPITAL})*")
