"""Countries with the same score: Peru ties with Brazil; Peru and Brazil share second place."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from itertools import combinations
from typing import Final

from reportcard.checks.claims.claim import Claim, Reading
from reportcard.checks.claims.ranks import of_rank
from reportcard.checks.claims.rules import CLAIM_ORDER
from reportcard.checks.claims.standings import Standings, Verdict, every, some
from reportcard.checks.claims.statements import END, SCOPE
from reportcard.problems.problem import Problem

#: Peru and Brazil share second place; they are tied.
_TIED: Final = re.compile(rf"s(?:p*(?P<rank>O)z?)?{SCOPE}{END}")


def tie(reading: Reading, letters: tuple[int, int], countries: tuple[str, ...]) -> Claim:
    """That the subject has the same score as some countries, in the words of some letters."""

    def holds_of(other: str, key: str, country: str) -> Verdict:
        return _is_tie(reading.standings, country, other, key)

    def holds(key: str) -> Verdict:
        return every(reading.each(partial(holds_of, other, key)) for other in countries)

    return _claim(reading, letters, holds, (reading.statement.subjects[0], *countries))


def ties(reading: Reading) -> Iterator[Claim]:
    """The claims that several subjects have the same score, and the rank that they share."""
    statement = reading.statement
    match = _TIED.match(statement.letters, statement.verb)
    countries = statement.subjects
    if (
        not match
        or statement.is_open
        or len(countries) < 2
        or not statement.is_certain(match.end())
    ):
        return

    def holds(key: str) -> Verdict:
        pairs = combinations(countries, 2)
        return every(_is_tie(reading.standings, *pair, key) for pair in pairs)

    yield _claim(reading, (match.start(), match.start() + 1), holds, countries)
    if match["rank"]:
        letter = match.start("rank")
        rank = statement.phrases[letter].value
        assert isinstance(rank, int), "an ordinal is a number"
        shared = of_rank(reading, letter, rank)
        # Of countries that are not tied, no rank is the right one
        yield replace(shared, holds=lambda key: None if holds(key) is False else shared.holds(key))


def _is_tie(standings: Standings, one: str, other: str, key: str) -> Verdict:
    scores = standings.score(one, key), standings.score(other, key)
    if scores[0] is not None and scores[0] == scores[1]:
        return None  # alike as printed, whatever they are to the last digit
    verdicts = (standings.is_above(*pair, key) for pair in ((one, other), (other, one)))
    above = some(verdicts)
    return None if above is None else not above


def _claim(
    reading: Reading,
    letters: tuple[int, int],
    holds: Callable[[str], Verdict],
    countries: tuple[str, ...],
) -> Claim:
    at, claim = reading.words(*letters)

    def fault(_: str) -> Problem:
        return reading.sentence.problem(
            CLAIM_ORDER,
            "tie",
            at=at,
            claim=claim,
            country=reading.name(countries[0]),
            countries=tuple(reading.name(other) for other in countries[1:]),
        )

    return reading.claim("tie", letters, holds, fault)
