"""Scores beside a limit: below 10, more than 12 points, above the regional average; and what the
average is.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from reportcard.checks.claims.claim import Reading
from reportcard.checks.claims.rules import CLAIM_ORDER
from reportcard.checks.claims.sentences import Sentence
from reportcard.checks.claims.standings import Standings, Verdict
from reportcard.checks.claims.statements import END, SCOPE, Statement
from reportcard.checks.claims.topics import Topic
from reportcard.checks.claims.vocabulary import COUNTRY, LESS, MORE, Phrase, Phrases
from reportcard.problems.problem import Problem
from reportcard.scores.results import TOTAL

#: Scored more than 12 points; is below 10; exceeds 12; does not reach 12.
_LIMIT: Final = re.compile(
    rf"(?:(?P<verb>[VgS])t*f*(?P<side>[~ABi])|(?P<alone>[U%]))f*"
    rf"(?P<limit>[N$])(?P<unit>m)?(?:[fo]Nm?)?{SCOPE}{END}"
)
#: 0.9 points above the regional average.
_FROM_AVERAGE: Final = re.compile(
    rf"(?:[VgS]p*(?P<by>N)m(?P<side>[AB])f*(?P<limit>\$)|(?P<alone>U)f*(?P<late>\$)p+(?P<apart>N)m)"
    rf"{SCOPE}{END}"
)
#: The regional average is 10.8.
_AVERAGE: Final = re.compile(
    rf"[,&]*(?:p+d?Dd?,)?\$(?:[pf]+d?Dd?)?V[fw]*(?P<number>N)(?P<unit>m)?(?:[fo]Nm?)?{END}"
)
_UNCERTAIN: Final = re.compile(r"[eXMY?\"~]")


@dataclass(frozen=True, slots=True)
class _Limit:
    """What a score is said to be beyond, on which side, and by how much if that is said."""

    side: Phrase
    number: Phrase
    by: Phrase | None
    has_unit: bool
    start: int
    end: int
    """Where its words begin and end in the sentence."""

    @classmethod
    def of(cls, match: re.Match[str], statement: Statement) -> "_Limit":
        """What the words of a match say."""

        def phrase(*names: str) -> Phrase | None:
            groups = match.groupdict()
            found = (name for name in names if groups.get(name))
            return next((statement.phrases[match.start(name)] for name in found), None)

        side, number = phrase("side", "alone"), phrase("limit", "late")
        assert side, "there is one in each pattern"
        assert number, "there is one in each pattern"
        by = phrase("by", "apart")
        first = by if by and by.start < side.start else side
        end = max(item.end for item in (side, number, by) if item)
        return cls(side, number, by, bool(match.groupdict().get("unit")), first.start, end)

    @property
    def is_average(self) -> bool:
        """Whether it is the mean of all countries."""
        return self.number.kind == "$"

    @property
    def is_more(self) -> bool | None:
        """Whether the score is said to be no less, or no more; None if neither."""
        if self.side.kind == "~":
            return {MORE: True, LESS: False}.get(str(self.side.value))
        return self.side.kind in "AUi"


def thresholds(reading: Reading) -> Iterator[Problem]:
    """The problems of a score that is said to be beyond a limit, and is not."""
    statement, standings = reading.statement, reading.standings
    found = (one.match(statement.letters, statement.verb) for one in (_LIMIT, _FROM_AVERAGE))
    for match in filter(None, found):
        limit = _Limit.of(match, statement)
        if not _is_read(reading, match, limit):
            continue
        keys = _keys(reading, limit)
        if any(_holds(reading, limit, key) is not False for key in keys):
            continue
        country = statement.subjects[0]
        yield reading.sentence.problem(
            CLAIM_ORDER,
            "limit",
            at=limit.start,
            claim=reading.sentence.text[limit.start : limit.end],
            country=reading.name(country),
            score=standings.values.tongue.number(standings.score(country, keys[0]) or Decimal(0)),
        )


def averages(
    sentence: Sentence, phrases: Phrases, topic: Topic, standings: Standings
) -> Iterator[Problem]:
    """The problem of a number that is given as the mean of all countries, and is not."""
    letters = phrases.letters
    match = _AVERAGE.match(letters)
    if not match or not topic.keys or COUNTRY in letters or _UNCERTAIN.search(letters):
        return
    number = phrases.items[match.start("number")]
    means = [mean for key in topic.keys if (mean := _mean(standings, key)) is not None]
    if not isinstance(number.value, Decimal) or number.value > standings.maximum(TOTAL):
        return
    if not (match["unit"] or number.decimals):
        return
    if means and not any(_is_rounded(number, mean) for mean in means):
        yield sentence.problem(
            CLAIM_ORDER,
            "average",
            at=number.start,
            typed=sentence.text[number.start : number.end],
            average=standings.values.tongue.number(means[0].quantize(Decimal("0.1"))),
        )


def _is_read(reading: Reading, match: re.Match[str], limit: _Limit) -> bool:
    """Whether the limit is one of scores: it has their unit, or a score is beside it."""
    statement, verb = reading.statement, match[0][0]
    if not reading.topic.keys or statement.has_strange_scope():
        return False
    if re.search(r"[~hl]u?$", statement.letters[: match.start()]):
        return False
    # Its rank is below 3: no score, though of_score
    subject = statement.letters[statement.start : statement.verb]
    is_score = verb == "S" or (statement.of_score and bool(re.search(r"[StN]", subject)))
    if limit.is_average:
        is_known = is_score or reading.topic.is_result
    elif verb == "g":
        # "It has more than 12 points" may be of a plan.
        is_known = limit.has_unit and not statement.is_open
    else:
        is_known = limit.has_unit or is_score
    return is_known and statement.is_certain(match.end())


def _holds(reading: Reading, limit: _Limit, key: str) -> Verdict:
    """Whether the score of the subject by a key is on the side of the limit that is said."""
    standings = reading.standings
    value = _mean(standings, key) if limit.is_average else limit.number.value
    is_more = limit.is_more
    if not isinstance(value, Decimal) or value > standings.maximum(TOTAL) or is_more is None:
        return None

    def holds_of(country: str) -> Verdict:
        score = standings.score(country, key)
        if score is None:
            return None
        if limit.by and not _is_rounded(limit.by, abs(score - value)):
            return False
        return score >= value if is_more else score <= value

    return reading.each(holds_of)


def _mean(standings: Standings, key: str) -> Decimal | None:
    """The mean of all countries' scores as printed; None if one is not published."""
    scores = [standings.score(country, key) for country in standings.values.results]
    known = [score for score in scores if score is not None]
    return sum(known, Decimal(0)) / len(known) if len(known) == len(scores) and known else None


def _is_rounded(number: Phrase, exact: Decimal) -> bool:
    """Whether a number is another one, rounded to its decimals either way, or cut off there."""
    assert isinstance(number.value, Decimal), "a number"
    return abs(number.value - exact) < Decimal(1).scaleb(-number.decimals)


def _keys(reading: Reading, limit: _Limit) -> tuple[str, ...]:
    """The keys that may be meant: if it is open whose score it is, all that can reach the limit."""
    topic, standings = reading.topic, reading.standings
    every = tuple(standings.values.results[standings.values.country].scores)
    if topic.mentions_aspects:
        return every
    number = limit.number.value
    if topic.is_named or not reading.statement.is_open or not isinstance(number, Decimal):
        return topic.of_scores
    reached = (key for key in every if standings.maximum(key) >= number)
    return tuple(dict.fromkeys((*topic.keys, *reached)))
