"""Scores, ranks and orders that are told in words agree with the data, and are values, not
typed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from reportcard.checks.passages import HOLE, PlainPassage, passages
from reportcard.content.loading import Content
from reportcard.problems.problem import Problem, Severity
from reportcard.problems.rule import Rule, Stage
from reportcard.scores.results import TOTAL
from reportcard.scores.values import Values, values_of

SCORE_TYPED: Final = Rule(
    "SCORE-TYPED",
    Severity.WARNING,
    Stage.CONTENT,
    why="A score or rank of the data is typed by hand. It would stay when the data change.",
    wrong="Peru scores 11.7.",
    right="Peru scores {{ score.total }}.",
    is_waivable=True,
)
SCORE_CONTRADICTED: Final = Rule(
    "SCORE-CONTRADICTED",
    Severity.ERROR,
    Stage.CONTENT,
    why="A score or rank in the text is none that the data have.",
    wrong="Peru scores 11.9.",
    right="Peru scores {{ score.total }}.",
    is_waivable=True,
)
CLAIM_ORDER: Final = Rule(
    "CLAIM-ORDER",
    Severity.ERROR,
    Stage.CONTENT,
    why="Highest, lowest, perfect, or “after …” is claimed, and the data say otherwise.",
    wrong="the lowest score (of the second lowest)",
    right="a low score",
    is_waivable=True,
)


@dataclass(frozen=True, slots=True)
class _Phrases:
    """How a language speaks of scores and order, as patterns."""

    score: str
    rank: str
    highest: str
    lowest: str
    perfect: str
    after: str
    region: str


_LEXICON: Final = {
    "en": _Phrases(
        score=r"\b(?:scor(?:e|es|ed|ing)|points?|out of)\b",
        rank=r"\b(?:rank(?:s|ed|ing)?|comes|came|plac(?:es|ed)|position(?:s|ed)?)\b",
        highest=r"\bhighest (?:\w+ )?score\b",
        lowest=r"\blowest (?:\w+ )?score\b",
        perfect=r"\b(?:perfect|full|maximum) score\b",
        after=r"\b(?:following|behind|after) (?=[A-Z])",
        region=r"\bregion\b",
    ),
    "es": _Phrases(
        score=r"\b(?:puntajes?|puntos?|puntuación|puntuaciones)\b",
        rank=r"\b(?:ocup\w+|ubic\w+|situ\w+|puesto|lugar|posición)\b",
        highest=r"\bpuntaje más alto\b",
        lowest=r"\bpuntaje más bajo\b",
        perfect=r"\bpuntaje (?:máximo|perfecto)\b",
        after=r"\b(?:después de|detrás de|tras) (?=[A-Z])",
        region=r"\bregión\b",
    ),
}
_SENTENCE: Final = re.compile(r"[^.!?]+(?:[.!?](?=\S)[^.!?]*)*[.!?]?")
_SCORE: Final = re.compile(r"(?<![\w.,/-])\d{1,3}[.,]\d(?![\d.,]*\d)(?!\s?%)")


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence of a passage, and at which character of that it begins."""

    passage: PlainPassage
    text: str
    start: int

    def problem(self, code: str, message: str, hint: str, match: re.Match[str]) -> Problem:
        """A problem where a match in the sentence begins."""
        return self.passage.problem(code, message, hint, self.start + match.start())


def card(content: Content, country: str) -> Iterator[Problem]:
    """All rules on the claims of one card, in each language that has a lexicon."""
    for language, sourced in content.cards[country].items():
        words = _LEXICON.get(language.partition("-")[0])
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


def _typed_scores(sentence: _Sentence, words: _Phrases, values: Values) -> Iterator[Problem]:
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
            yield sentence.problem(
                "SCORE-TYPED",
                f"{match[0]} is a score of the data, typed by hand.",
                f"Write {{{{ {shown[typed]} }}}}.",
                match,
            )
        else:
            yield sentence.problem(
                "SCORE-CONTRADICTED",
                f"{match[0]} is told as a score, and no country has it.",
                "Put the score's value, like {{ score.total }}.",
                match,
            )


def _typed_ranks(sentence: _Sentence, words: _Phrases, values: Values) -> Iterator[Problem]:
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
        if number in ranks:
            yield sentence.problem(
                "SCORE-TYPED",
                f"“{match[0]}” is a rank of the data, typed by hand.",
                "Write {{ rank.total | ordinal }}, or that of the dimension.",
                match,
            )
        else:
            yield sentence.problem(
                "SCORE-CONTRADICTED",
                f"“{match[0]}” is told as a rank, and this country has no such rank.",
                "Put the rank's value, like {{ rank.total | ordinal }}.",
                match,
            )


def _orders(sentence: _Sentence, words: _Phrases, values: Values) -> Iterator[Problem]:
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
        and rank not in (None, 1)
    ):
        yield sentence.problem(
            "CLAIM-ORDER",
            f"“{match[0]}” is claimed, but the rank is {rank}.",
            "Mend the words or the scores.",
            match,
        )
    if match := re.search(words.lowest, sentence.text, re.IGNORECASE):
        points = {
            name: score.value
            for name in values.standings
            if name != TOTAL and (score := its.scores[name]).value is not None
        }
        least = min(points.values(), default=None, key=lambda value: value or 0)
        if regional:
            wrong = rank is not None and rank != len(values.results)
        else:
            wrong = key != TOTAL and len(points) > 1 and points.get(key) != least
        if wrong:
            yield sentence.problem(
                "CLAIM-ORDER",
                f"“{match[0]}” is claimed, and the data say otherwise.",
                "Mend the words or the scores.",
                match,
            )
    if match := re.search(words.perfect, sentence.text, re.IGNORECASE):
        inside = [key, *values.categories.get(key, ())]
        if not any(its.scores[name].value == its.scores[name].maximum for name in inside):
            yield sentence.problem(
                "CLAIM-ORDER",
                f"“{match[0]}” is claimed, and no score here is at its maximum.",
                "Mend the words or the scores.",
                match,
            )
    yield from _typed_followers(sentence, words, values, key)


def _typed_followers(
    sentence: _Sentence, words: _Phrases, values: Values, key: str
) -> Iterator[Problem]:
    """Countries typed after “following” are those that are ahead."""
    ahead = values.results[values.country].ahead.get(key)
    if ahead is None or not (match := re.search(words.after, sentence.text)):
        return
    names = {values.name(country): country for country in values.results}
    told = re.match(r"[\w ,]+", sentence.text[match.end() :])
    typed = [
        country
        for name, country in names.items()
        if told and re.search(rf"\b{re.escape(name)}\b", told[0])
    ]
    if typed and set(typed) != set(ahead):
        listed = (
            values.tongue.join([values.name(country) for country in ahead]) if ahead else "none"
        )
        yield sentence.problem(
            "CLAIM-ORDER",
            f"by the data the countries ahead are: {listed}.",
            "Write {{ ahead.total | list }}, or that of the dimension.",
            match,
        )
