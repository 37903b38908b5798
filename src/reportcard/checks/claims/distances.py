"""How far countries are from each other, and how many are ahead: 0.2 points ahead of Brazil; two
countries rank ahead of Peru.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from reportcard.checks.claims.claim import Claim, Reading
from reportcard.checks.claims.rules import CLAIM_ORDER
from reportcard.checks.claims.standings import Standings, Verdict
from reportcard.checks.claims.statements import END, SCOPE
from reportcard.checks.claims.vocabulary import ALL
from reportcard.problems.problem import Problem

#: 0.2 points ahead of Brazil; a 0.8 puntos de Colombia; trails Colombia by 0.8 points.
_APART: Final = re.compile(
    rf"(?:[VgS]p*(?P<typed>N)m[AB<]f*(?P<other>C)'?|V>(?P<away>N)mf(?P<near>C)|[URL]f*(?P<late>C)'?p+(?P<by>N)(?P<unit>m)?){SCOPE}{END}"
)

#: A number and the country that it is about, in the names of what is found.
_GIVEN: Final = (("typed", "other"), ("away", "near"), ("by", "late"))
#: Two places ahead of Ecuador: a noun, or in English a verb by its form.
_PLACES: Final = re.compile(
    rf"[VS](?:p*Oz?[TrpfoNc]*,)?(?P<typed>N)[zV][AB]f*(?P<other>C){SCOPE}{END}"
)
#: Peru has so many countries ahead of it, or behind, in the plain order of words.
_NUMBER: Final = re.compile(r"(?:V(?=[ABUR])|(?=[UR]))(?P<side>[ABUR])(?P<number>N)(?P<noun>c)\.?$")


def distances(reading: Reading) -> Iterator[Claim]:
    """The claims that the subject is so many points ahead of a country, or behind it."""
    statement = reading.statement
    if found := _NUMBER.match(statement.letters, statement.verb):
        yield _number(reading, found)
    if (found := _PLACES.match(statement.letters, statement.verb)) and _is_plain(reading, found):
        yield _places(reading, found)
    match = _APART.match(statement.letters, statement.verb)
    if not match or not _is_plain(reading, match):
        return
    at, beside = next(pair for pair in _GIVEN if match[pair[0]])
    number = statement.phrases[match.start(at)]
    other = str(statement.phrases[match.start(beside)].value)
    if match["late"] and not match["unit"] and not number.decimals:
        return
    country = statement.subjects[0]
    own = [reading.standings.score(country, key) for key in reading.topic.of_scores]
    if at == "typed" and number.value in own:
        return  # "received 11.7 points, ahead of Brazil" without its comma

    def holds(key: str) -> Verdict:
        given = _distance(reading.standings, country, other, key)
        return None if given is None else number.value == given

    def fault(key: str) -> Problem:
        return reading.sentence.problem(
            CLAIM_ORDER,
            "distance",
            at=number.start,
            typed=reading.sentence.text[number.start : number.end],
            country=reading.name(country),
            other=reading.name(other),
            given=reading.standings.values.tongue.number(
                _distance(reading.standings, country, other, key) or Decimal(0)
            ),
        )

    yield Claim(holds, fault, "distance", number.start, number.end)


def _is_plain(reading: Reading, match: re.Match[str]) -> bool:
    return len(reading.statement.subjects) == 1 and reading.statement.is_certain(match.end())


def _places(reading: Reading, match: re.Match[str]) -> Claim:
    """That the subject is so many ranks ahead of a country, or behind it."""
    statement, standings = reading.statement, reading.standings
    number = statement.phrases[match.start("typed")]
    end = statement.phrases[match.start("typed") + 1].end
    other, country = str(statement.phrases[match.start("other")].value), statement.subjects[0]

    def apart(key: str) -> int | None:
        ranks = standings.rank(country, key), standings.rank(other, key)
        return None if None in ranks else abs((ranks[0] or 0) - (ranks[1] or 0))

    def holds(key: str) -> Verdict:
        given = apart(key)
        return None if given is None else number.value == given

    def fault(key: str) -> Problem:
        typed = reading.sentence.text[number.start : end]
        return reading.sentence.problem(
            CLAIM_ORDER, "number", at=number.start, typed=typed, count=apart(key) or 0
        )

    return Claim(holds, fault, "distance", number.start, end)


def _number(reading: Reading, match: re.Match[str]) -> Claim:
    """That so many countries are ahead of the subject, or behind it."""
    standings, country = reading.standings, reading.statement.subjects[0]
    number = reading.statement.phrases[match.start("number")]
    noun = reading.statement.phrases[match.start("noun")]
    end, named = noun.end, str(noun.value or "")
    # "Two countries outrank Peru" has Peru, outrank, two countries: those that outrank it. But in
    # "Peru outranks two countries" there may be more.
    is_whole = bool(named)
    is_above = (match["side"] in "AU") is is_whole

    def count(key: str) -> int | None:
        pairs = (
            (other, country) if is_above else (country, other)
            for other in standings.values.results
            if other != country
        )
        verdicts = [standings.is_above(*pair, key) for pair in pairs]
        return None if None in verdicts else verdicts.count(True)

    def holds(key: str) -> Verdict:
        counted = count(key)
        if counted is None or not isinstance(number.value, Decimal):
            return None
        if named not in ("", ALL) and any(
            standings.is_above(*((one, country) if is_above else (country, one)), key) is not True
            for one in named.split()
        ):
            return None  # told of as such
        return number.value == counted if is_whole else number.value <= counted

    def fault(key: str) -> Problem:
        typed = reading.sentence.text[number.start : end]
        return reading.sentence.problem(
            CLAIM_ORDER, "number", at=number.start, typed=typed, count=count(key) or 0
        )

    return Claim(holds, fault, "number", number.start, end)


def _distance(standings: Standings, one: str, other: str, key: str) -> Decimal | None:
    """The difference of two scores as printed."""
    scores = standings.score(one, key), standings.score(other, key)
    return None if scores[0] is None or scores[1] is None else abs(scores[0] - scores[1])
