"""Scores of one country beside each other: it scores higher on laws than on policies."""

import re
from collections.abc import Iterator
from typing import Final

from reportcard.checks.claims.claim import Claim, Reading
from reportcard.checks.claims.rules import CLAIM_ORDER
from reportcard.checks.claims.standings import Verdict
from reportcard.checks.claims.statements import END
from reportcard.problems.problem import Problem

#: Scores higher in one dimension than in another, or has a higher score.
_HIGHER: Final = re.compile(
    rf"[VgS][tS]*(?P<way>[jvhl])[tS]*p*(?P<one>D)d?[pq]+(?P<other>D)d?{END}"
)


def own_scores(reading: Reading) -> Iterator[Claim]:
    """The claims that the subject has a higher, or a lower, score in one thing than in another."""
    statement, standings = reading.statement, reading.standings
    match = _HIGHER.match(statement.letters, statement.verb)
    if not match or len(statement.subjects) != 1 or not statement.is_certain(match.end()):
        return
    one, other = (str(statement.phrases[match.start(group)].value) for group in ("one", "other"))
    is_higher = match["way"] in "jh"
    country = statement.subjects[0]

    def holds(_: str) -> Verdict:
        if not standings.are_comparable(one, other):
            return None
        scores = standings.score(country, one), standings.score(country, other)
        if scores[0] is None or scores[1] is None or scores[0] == scores[1]:
            return None if None in scores else False
        return (scores[0] > scores[1]) is is_higher

    def fault(_: str) -> Problem:
        number = standings.values.tongue.number
        shown = [standings.score(country, key) for key in (one, other)]
        return reading.sentence.problem(
            CLAIM_ORDER,
            "dimensions",
            at=at,
            claim=claim,
            score="?" if shown[0] is None else number(shown[0]),
            other="?" if shown[1] is None else number(shown[1]),
        )

    letters = (match.start("way"), match.start("way") + 1)
    at, claim = reading.words(*letters)
    yield reading.claim("higher" if is_higher else "lower", letters, holds, fault)
