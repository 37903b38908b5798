"""Ordinals in the form that a noun after them needs: tercer lugar, not tercero lugar."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from reportcard.checks.passages import HOLE, PlainPassage, passages
from reportcard.content.loading import Content
from reportcard.content.prose import Value
from reportcard.language.number_words import RankWords
from reportcard.language.packs import pack
from reportcard.problems.problem import Problem, Severity
from reportcard.problems.rule import Rule, Stage

RANK_SHORT: Final = Rule(
    "RANK-SHORT",
    Severity.ERROR,
    Stage.CONTENT,
    cases={
        "value": (
            'the rank before "{noun}" is not in its short form.',
            "Write {{ {value} | ordinal('m', short) }}.",
        ),
        "word": (
            '"{word}" before "{noun}" is not in its short form.',
            'Write "{short}".',
        ),
    },
    why=(
        'Spanish shortens "primero" and "tercero", and ordinals that end in these words, before '
        "a masculine singular noun. The word printed for a value depends on the data, so always "
        "request the short form, even if the word for the current rank does not have one."
    ),
    wrong="ocupa el {{ rank.total | ordinal }} lugar",
    right="ocupa el {{ rank.total | ordinal('m', short) }} lugar",
    is_waivable=True,
)

#: So many letters hold a noun and a word before it.
_NOUN: Final = 60


def shared(content: Content) -> Iterator[Problem]:
    """The ordinals of the wording."""
    for language, sourced in content.wordings.items():
        for passage in passages(sourced, language):
            yield from _before_nouns(passage)


def card(content: Content, country: str) -> Iterator[Problem]:
    """The ordinals of one card, in each language that shortens some."""
    for language, sourced in content.cards[country].items():
        for passage in passages(sourced, language):
            yield from _before_nouns(passage)


def is_before_noun(language: str, text: str, end: int) -> bool:
    """Whether an ordinal that ends before a character of a text needs its short form there."""
    if _ranks(language) is None:
        return False
    return _long_forms(language).match(f"{HOLE}{text[end : end + _NOUN]}") is not None


def is_feminine(typed: str) -> bool:
    """Whether an ordinal in digits is a feminine one: 3.ª, 3ra."""
    return re.fullmatch(r"\d+\W*(?:ª|[a-z]?a)", typed) is not None


def _before_nouns(passage: PlainPassage) -> Iterator[Problem]:
    ranks = _ranks(passage.language)
    if ranks is None:
        return
    for match in _long_forms(passage.language).finditer(passage.own):
        word, noun = match["word"], match["noun"]
        if word != HOLE:
            short = ranks.short[word.lower()]
            short = short.capitalize() if word[0].isupper() else short
            yield passage.problem(
                RANK_SHORT, "word", offset=match.start(), word=word, noun=noun, short=short
            )
        elif (value := _value_at(passage, match.start())) and _is_long(value):
            yield passage.problem(
                RANK_SHORT, "value", offset=match.start(), noun=noun, value=value.name
            )


def _is_long(value: Value) -> bool:
    return value.filter == "ordinal" and value.argument in ("", "m") and not value.is_short


def _value_at(passage: PlainPassage, offset: int) -> Value | None:
    """The value that the hole at an offset stands for."""
    start = 0
    for inline in passage.inlines:
        length = passage.length(inline)
        if start == offset and isinstance(inline, Value):
            return inline
        start += length
    return None


@cache
def _ranks(language: str) -> RankWords | None:
    """The ordinals of a language that shortens some."""
    known = pack(language)
    ranks = known.numbers.ranks if known and known.numbers else None
    return ranks if ranks and ranks.short else None


@cache
def _long_forms(language: str) -> re.Pattern[str]:
    """A value, or a long form that has a short one, directly before a masculine noun."""
    ranks = _ranks(language)
    assert ranks is not None, "asked for a language that shortens ordinals"
    words = "|".join(map(re.escape, ranks.short))
    nouns = "|".join(map(re.escape, ranks.nouns))
    between = "|".join(map(re.escape, ranks.before_nouns))
    return re.compile(
        rf"(?P<word>{HOLE}|(?<!\w)(?:{words}))\s(?:(?:{between})\s)?(?P<noun>{nouns})(?!\w)",
        re.IGNORECASE,
    )
