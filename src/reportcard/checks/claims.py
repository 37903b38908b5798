"""Scores, ranks and orders given in words agree with the data, and are values rather than typed by
hand.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from reportcard.checks.passages import HOLE, PlainPassage, passages
from reportcard.content.loading import Content
from reportcard.language.packs import ClaimPatterns, pack
from reportcard.messages.message import Hole
from reportcard.problems.problem import Problem, Severity
from reportcard.problems.rule import Rule, Stage
from reportcard.scores.results import TOTAL
from reportcard.scores.values import Values, values_of

SCORE_TYPED: Final = Rule(
    "SCORE-TYPED",
    Severity.WARNING,
    Stage.CONTENT,
    cases={
        "score": ("{typed} is a score from the data, typed by hand.", "Write {value} instead."),
        "rank": (
            '"{typed}" is a rank from the data, typed by hand.',
            "Write {{ rank.total | ordinal }}, or the rank in the dimension.",
        ),
    },
    why=(
        "A score or rank from the data is typed by hand, so it would not change when the data "
        "change."
    ),
    wrong="Peru scores 11.7.",
    right="Peru scores {{ score.total }}.",
    is_waivable=True,
    is_fixable=True,
)
SCORE_CONTRADICTED: Final = Rule(
    "SCORE-CONTRADICTED",
    Severity.ERROR,
    Stage.CONTENT,
    cases={
        "score": (
            "{typed} is given as a score, but no country scored {typed}.",
            "Replace it with the value of the score, such as {{ score.total }}.",
        ),
        "rank": (
            '"{typed}" is given as a rank, but this country does not have that rank.',
            "Replace it with the value of the rank, such as {{ rank.total | ordinal }}.",
        ),
    },
    why="The text gives a score or rank that is not in the data.",
    wrong="Peru scores 11.9.",
    right="Peru scores {{ score.total }}.",
    is_waivable=True,
)
CLAIM_ORDER: Final = Rule(
    "CLAIM-ORDER",
    Severity.ERROR,
    Stage.CONTENT,
    cases={
        "highest": (
            '"{claim}" contradicts the scores: the rank is {rank}.',
            "Correct the text or the scores.",
        ),
        "last": (
            '"{claim}" contradicts the scores: this country does not rank last.',
            "Correct the text or the scores.",
        ),
        "lowest": (
            '"{claim}" contradicts the scores: another dimension has a lower score.',
            "Correct the text or the scores.",
        ),
        "perfect": (
            '"{claim}" contradicts the scores: no score here is at its maximum.',
            "Correct the text or the scores.",
        ),
        "ahead": (
            "the countries ahead are different according to the scores: {countries}.",
            "Write {value} instead.",
        ),
        "first": (
            "no country is ahead according to the scores.",
            "Correct the text or the scores.",
        ),
    },
    why=(
        "A highest, lowest or perfect score, or the countries named as ahead, contradict the data."
    ),
    wrong="the lowest score (of the second lowest)",
    right="a low score",
    is_waivable=True,
)

_SENTENCE: Final = re.compile(r"[^.!?]+(?:[.!?](?=\S)[^.!?]*)*[.!?]?")
_SCORE: Final = re.compile(r"(?<![\w.,/-])\d{1,3}[.,]\d(?![\d.,]*\d)(?!\s?%)")


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence of a passage, and the character of the passage at which it begins."""

    passage: PlainPassage
    text: str
    start: int

    def problem(self, rule: Rule, case: str, /, *, match: re.Match[str], **holes: Hole) -> Problem:
        """The problem of a rule, in one of its cases, where a match in the sentence begins."""
        return self.passage.problem(rule, case, offset=self.start + match.start(), **holes)


def card(content: Content, country: str) -> Iterator[Problem]:
    """All rules on the claims of one card, in each language whose pack has patterns for them."""
    for language, sourced in content.cards[country].items():
        known = pack(language)
        words = known.claims if known else None
        if words is None or country not in content.scores:
            continue
        values = values_of(content, country, language)
        for passage in passages(sourced, language):
            if passage.is_note or passage.kind.is_name:
                continue
            for match in _SENTENCE.finditer(passage.own):
                sentence = _Sentence(passage, match[0], match.start())
                yield from _typed_scores(sentence, words, values)
                yield from _typed_ranks(sentence, words, values)
                yield from _orders(sentence, words, values)


def _typed_scores(sentence: _Sentence, words: ClaimPatterns, values: Values) -> Iterator[Problem]:
    if not _SCORE.search(sentence.text):
        return
    shown = {
        str(score.shown): f"scores.{country}.{key}"
        for country, its in values.results.items()
        for key, score in its.scores.items()
        if key in values.standings and score.shown is not None
    }
    names = [values.name(country) for country in values.results]
    for match in _SCORE.finditer(sentence.text):
        typed = match[0].replace(",", ".")
        speaks = re.search(words.score, sentence.text, re.IGNORECASE) or any(
            f"{name} ({match[0]}" in sentence.text for name in (*names, HOLE)
        )
        if not speaks or Decimal(typed) > values.results[values.country].scores[TOTAL].maximum:
            continue
        if typed in shown:
            value = f"{{{{ {shown[typed]} }}}}"
            yield sentence.problem(SCORE_TYPED, "score", match=match, typed=match[0], value=value)
        else:
            yield sentence.problem(SCORE_CONTRADICTED, "score", match=match, typed=match[0])


def _typed_ranks(sentence: _Sentence, words: ClaimPatterns, values: Values) -> Iterator[Problem]:
    if not re.search(words.rank, sentence.text, re.IGNORECASE):
        return
    ordinals = {
        str(word): number
        for table in (values.wording.ordinals.m, values.wording.ordinals.f)
        for number, word in enumerate(table, start=1)
    }
    for match in re.finditer(r"\w+", sentence.text):
        number = ordinals.get(match[0].lower())
        near = sentence.text[max(match.start() - 24, 0) : match.end() + 9]
        # “In the first place,” and “en segundo lugar,” at a sentence's beginning count reasons, not
        # countries.
        if number is None or not re.search(words.rank, near, re.IGNORECASE) or match.start() < 12:
            continue
        ranks = set(values.results[values.country].ranks.values())
        rule = SCORE_TYPED if number in ranks else SCORE_CONTRADICTED
        yield sentence.problem(rule, "rank", match=match, typed=match[0])


def _orders(sentence: _Sentence, words: ClaimPatterns, values: Values) -> Iterator[Problem]:
    """Highest, lowest, perfect and “after Colombia” in the findings of a dimension or in the
    overall result.
    """
    parts = sentence.passage.path.split(".")
    key = parts[1] if parts[0] == "dimensions" else TOTAL if parts[0] == "overall" else ""
    if not key:
        return
    its = values.results[values.country]
    regional = re.search(words.region, sentence.text, re.IGNORECASE)
    rank = its.ranks.get(key)
    if (
        (match := re.search(words.highest, sentence.text, re.IGNORECASE))
        and regional
        and rank is not None
        and rank != 1
    ):
        yield sentence.problem(CLAIM_ORDER, "highest", match=match, claim=match[0], rank=rank)
    if match := re.search(words.lowest, sentence.text, re.IGNORECASE):
        if regional and rank is not None and rank != len(values.results):
            yield sentence.problem(CLAIM_ORDER, "last", match=match, claim=match[0])
        elif not regional and key != TOTAL and not _is_lowest(values, key):
            yield sentence.problem(CLAIM_ORDER, "lowest", match=match, claim=match[0])
    if match := re.search(words.perfect, sentence.text, re.IGNORECASE):
        inside = [key, *values.categories.get(key, ())]
        if not any(its.scores[name].value == its.scores[name].maximum for name in inside):
            yield sentence.problem(CLAIM_ORDER, "perfect", match=match, claim=match[0])
    yield from _typed_followers(sentence, words, values, key)


def _is_lowest(values: Values, key: str) -> bool:
    """Whether no dimension of the country has a lower score than one of them."""
    scores = values.results[values.country].scores
    points = {
        name: value
        for name in values.standings
        if name != TOTAL and (value := scores[name].value) is not None
    }
    return len(points) <= 1 or points.get(key) == min(points.values())


def _typed_followers(
    sentence: _Sentence, words: ClaimPatterns, values: Values, key: str
) -> Iterator[Problem]:
    """Countries typed after “following” are those that are ahead."""
    ahead = values.results[values.country].ahead.get(key)
    if ahead is None or not (match := re.search(words.after, sentence.text)):
        return
    names = {values.name(country): country for country in values.results}
    listed = re.match(r"[\w ,]+", sentence.text[match.end() :])
    typed = [
        country
        for name, country in names.items()
        if listed and re.search(rf"\b{re.escape(name)}\b", listed[0])
    ]
    if typed and not ahead:
        yield sentence.problem(CLAIM_ORDER, "first", match=match)
    elif typed and set(typed) != set(ahead):
        countries = tuple(values.name(country) for country in ahead)
        value = f"{{{{ ahead.{key} | list }}}}"
        yield sentence.problem(CLAIM_ORDER, "ahead", match=match, countries=countries, value=value)
