"""Words that agree with the number or the country beside them: 1 point, el Perú, del Perú."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from reportcard.checks.claims.sentences import BoundPassage, bound
from reportcard.checks.passages import PlainPassage, passages
from reportcard.content.loading import Content
from reportcard.language.packs import LanguagePack, pack
from reportcard.problems.problem import Problem, Severity
from reportcard.problems.rule import Rule, Stage
from reportcard.scores.values import Values, values_of

TYPE_PLURAL: Final = Rule(
    "TYPE-PLURAL",
    Severity.WARNING,
    Stage.CONTENT,
    message='"{words}" has a plural noun after 1.',
    advice=(
        'Write "{right}". If a value prints the number, word the sentence so that it fits any '
        "number."
    ),
    why=(
        "A noun after the number 1 is plural. A value can print 1 even if the text was written "
        "for a larger number. 0 points and 1.0 points are accepted."
    ),
    wrong="1 points",
    right="1 point",
    is_waivable=True,
)
TYPE_ARTICLE: Final = Rule(
    "TYPE-ARTICLE",
    Severity.WARNING,
    Stage.CONTENT,
    cases={
        "article": ('"{words}" has the wrong article.', 'Write "{right}".'),
        "contraction": ('"{words}" is not contracted.', 'Write "{right}".'),
    },
    why=(
        "The article before the name of a country is not the one that the language uses, or it "
        "is not joined to the preposition before it. Or the article before a number does not fit "
        "its sound; a value can print 11 even if the text was written for 10."
    ),
    wrong="la Perú, de el Perú, a 11.5",
    right="el Perú, del Perú, an 11.5",
    is_waivable=True,
)
#: Before the digit: nothing that makes another number or the number of something of it.
_ONE: Final = r"(?<![\w.,/+%‰#–-])[−-]?1[ \u00a0\u202f]"


def card(content: Content, country: str) -> Iterator[Problem]:
    """Those of one card, in each language whose pack has the forms; values as printed."""
    if country not in content.scores:
        return
    for language, sourced in content.cards[country].items():
        known = pack(language)
        if known and (known.singulars or known.contractions or known.indefinite):
            values = values_of(content, country, language)
            for passage in passages(sourced, language):
                if not passage.kind.is_name:
                    yield from problems(passage, values)


def problems(passage: PlainPassage, values: Values) -> Iterator[Problem]:
    """What does not agree in a passage."""
    known = pack(passage.language)
    if known:
        printed = bound(passage, values)
        yield from _plurals(printed, passage.language)
        yield from _wrong_articles(printed, known, _articles(known, values))
        yield from _before_numbers(printed, known)


def _plurals(printed: BoundPassage, language: str) -> Iterator[Problem]:
    if "1" not in printed.text:
        return
    known = pack(language)
    assert known is not None, "asked for a language that is known"
    for match in _after_one(language).finditer(printed.text):
        word = match["word"]
        # Article 1 points to the law; it is not certain that a typed 1 counts anything.
        is_value = any(begin <= match.start("one") < end for begin, end, _ in printed.values)
        if is_value or (match["before"] or "").lower() in _counting(language):
            right = match[0][len(match["lead"]) : -len(word)] + known.singulars[word.lower()]
            yield printed.passage.problem(
                TYPE_PLURAL,
                offset=printed.origins[match.start("one")],
                words=match[0][len(match["lead"]) :],
                right=right,
            )


@cache
def _after_one(language: str) -> re.Pattern[str]:
    known = pack(language)
    assert known is not None, "asked for a language that is known"
    words = "|".join(map(re.escape, known.singulars)) or "(?!)"
    return re.compile(
        rf"(?P<lead>(?:(?<!\w)(?P<before>[^\W\d_]*)[ \u00a0]|))(?P<one>{_ONE})"
        rf"(?P<word>{words})(?!\w)",
        re.IGNORECASE,
    )


@cache
def _counting(language: str) -> frozenset[str]:
    """Words before a number that counts points."""
    known = pack(language)
    claims = known.claims if known else None
    if claims is None:
        return frozenset()
    return frozenset((*claims.score, *claims.obtains, *claims.before_score, *claims.of))


def _wrong_articles(
    printed: BoundPassage, known: LanguagePack, names: dict[str, str]
) -> Iterator[Problem]:
    """Articles before names of countries: another than theirs, or not joined to a preposition."""
    if not names or not known.contractions:
        return
    assert known.names is not None, "there are names"
    patterns = (group.the.partition("{name}")[0].strip() for group in known.names.groups)
    listed = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    pattern = _before_countries("|".join(sorted(filter(None, {*patterns}))), listed)
    prepositions = {words.split()[0] for words in known.contractions}
    masculine = next(iter(known.contractions)).split()[1]
    for match in pattern.finditer(printed.text):
        article, name = match["article"], match["name"]
        right = names[name]
        first, preposition = match.start("article"), match["preposition"] or ""
        is_other = right != article if right else article == masculine and name.endswith("a")
        # The Portuguese article a is a preposition too.
        if is_other and article not in prepositions:
            words = printed.text[first : match.end()]
            yield printed.passage.problem(
                TYPE_ARTICLE,
                "article",
                offset=printed.origins[first],
                words=words,
                right=f"{right} {name}".strip(),
            )
        elif joint := known.contractions.get(f"{preposition} {article}".lower()):
            yield printed.passage.problem(
                TYPE_ARTICLE,
                "contraction",
                offset=printed.origins[match.start()],
                words=printed.text[match.start() : match.end()],
                right=f"{joint} {name}",
            )


def _before_numbers(printed: BoundPassage, known: LanguagePack) -> Iterator[Problem]:
    """Articles before numbers, in digits or words, whose first sound is of the other kind."""
    article = known.indefinite
    if article is None:
        return
    for match in _indefinite(printed.passage.language).finditer(printed.text):
        number, word = match["number"], (match["word"] or "").lower()
        if number and re.match(article.unclear, number):
            continue
        is_vowel = re.match(article.numbers, number) if number else word in article.words
        right = article.vowel if is_vowel else article.consonant
        typed = match["small"] or match["first"]
        if typed.lower() != right:
            words = match[0]
            right = right.capitalize() if typed[0].isupper() else right
            yield printed.passage.problem(
                TYPE_ARTICLE,
                "article",
                offset=printed.origins[match.start()],
                words=words,
                right=right + words[len(typed) :],
            )


@cache
def _indefinite(language: str) -> re.Pattern[str]:
    """An indefinite article before a number: in small letters, or where a sentence begins, for "A"
    may be the letter of a category.
    """
    known = pack(language)
    assert known is not None, "asked for a language that is known"
    assert known.indefinite is not None, "asked for a language with one"
    article = known.indefinite
    forms = f"{re.escape(article.vowel)}|{re.escape(article.consonant)}"
    first = f"{re.escape(article.vowel.capitalize())}|{re.escape(article.consonant.capitalize())}"
    words = {*article.words}
    if known.numbers:
        words |= {word for word in known.numbers.cardinals if " " not in word}
        words |= {*known.numbers.ranks.m} if known.numbers.ranks else set()
    listed = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    return re.compile(
        rf"(?:(?<![\w.(’'–-])(?<!\d[ \u00a0])(?P<small>{forms})"
        rf"|(?:(?<=^)|(?<=[.!?] ))(?P<first>{first}))"
        rf"[ \u00a0](?:[$€£]?(?P<number>\d+(?:,\d{{3}})*(?:\.\d+)?)|(?P<word>{listed})(?![\w]))"
    )


@cache
def _before_countries(articles: str, names: str) -> re.Pattern[str]:
    """An article in small letters before a name that is no part of a longer one."""
    return re.compile(
        rf"(?<!\w)(?:(?P<preposition>[^\W\d_]{{1,3}})[ \u00a0])?(?P<article>{articles})[ \u00a0]"
        rf"(?P<name>{names})(?![\w-]|[ \u00a0][^\W\d_a-zà-ÿ])"
    )


def _articles(known: LanguagePack, values: Values) -> dict[str, str]:
    """The article of each country by its name in the language; empty if any may be used."""
    if known.names is None or not values.are_countries:
        return {}
    found = {}
    for country in values.results:
        name, code = str(values.name(country)), values.codes[country].country
        groups = known.names.groups
        group = next((one for one in groups if code in one.countries), None)
        found[name] = group.the.partition("{name}")[0].strip() if group else ""
    return found
