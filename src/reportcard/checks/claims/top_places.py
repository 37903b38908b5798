"""The few at the head or the tail of all countries: among the top three, in the bottom two."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from reportcard.checks.claims.claim import Claim, Reading
from reportcard.checks.claims.rules import CLAIM_ORDER
from reportcard.checks.claims.standings import Verdict
from reportcard.checks.claims.statements import END, SCOPE
from reportcard.problems.problem import Problem

#: Among the top three; entre los tres primeros. Before it, no word that is not known.
_AMONG: Final = re.compile(
    rf"V(?:(?P<side>[ab])(?P<before>N)|[Ip](?P<number>N)(?P<late>[GH]))z?{SCOPE}{END}"
)


def top_places(reading: Reading) -> Iterator[Claim]:
    """The claims that the subject is one of so many at the head, or at the tail."""
    statement, standings = reading.statement, reading.standings
    match = _AMONG.match(statement.letters, statement.verb)
    if not match or statement.of_score or not statement.is_certain(match.end()):
        return
    is_first = (match["side"] or match["late"]) in "aG"
    number = statement.phrases[match.start("before" if match["before"] else "number")].value
    assert isinstance(number, Decimal), "a number"

    def holds_of(key: str, country: str) -> Verdict:
        rank = standings.rank(country, key)
        if rank is None:
            return None
        if is_first:
            return rank <= number
        behind = [
            standings.is_above(country, other, key)
            for other in standings.values.results
            if other != country
        ]
        return None if None in behind else behind.count(True) < number

    def fault(key: str) -> Problem:
        country = statement.subjects[0]
        return reading.sentence.problem(
            CLAIM_ORDER,
            "highest",
            at=at,
            claim=claim,
            country=reading.name(country),
            rank=standings.rank(country, key) or "?",
        )

    letters = (match.start() + 1, match.end("late" if match["late"] else "before"))
    at, claim = reading.words(*letters)
    yield reading.claim(
        "among_first" if is_first else "among_last",
        letters,
        lambda key: reading.each(lambda country: holds_of(key, country)),
        fault,
    )
