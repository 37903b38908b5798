"""Changes of a score since an earlier edition: rose by 0.8 points since 2024."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import partial
from typing import Final

from reportcard.checks.claims.claim import Claim, Reading
from reportcard.checks.claims.rules import CLAIM_CHANGE
from reportcard.checks.claims.standings import Verdict
from reportcard.checks.claims.statements import END, SCOPE
from reportcard.checks.claims.vocabulary import LESS, MORE, YEAR, Phrase
from reportcard.problems.problem import Problem
from reportcard.scores.results import Movement

#: The score rose by 0.8 points, from 10.9 to 11.7 since 2024; Peru improved its score.
_CHANGE: Final = re.compile(
    r"(?P<way>[+\-=*])(?P<object>u?[tS]+(?:fC)?)?(?P<rest>[pfut>iNmY,&DdfTrV]*?)(?=$|[.;:)]|&[CPWuXV]|,[CPWuX])"
)
_FROM: Final = re.compile(r"[pfi](?P<from>N)m?(?:[pf]+Y)?>(?P<to>N)m?")
#: In 2024, Peru scored 10.9; Peru scored 10.9 in 2024.
_THEN: Final = re.compile(
    rf"(?P<first>[,&]*p+Y,?)?[^;:]*?(?<![~i])(?P<verb>[gS])t*(?:(?<=S)V[fw]*)?(?P<before>N)(?P<unit>m)?"
    rf"(?:[fo]Nm?)?{SCOPE}(?P<last>[pf]+Y)?{END}"
)
#: Scores 11.7, up from 10.9; obtained 11.7 points, compared with 10.9 in 2024.
_AGAINST: Final = re.compile(
    rf"[gSV]t*Nm?(?:[fo]Nm?)?,?(?:(?P<way>[+\-])p*|i)(?P<before>N)m?(?P<year>[pf]+Y)?{END}"
)
#: The total is 0.8 points higher than in 2024.
_BESIDE: Final = re.compile(rf"[VS](?:(?P<by>N)m)?(?P<side>[AB~])p+Y{END}")
_UNCERTAIN: Final = re.compile(r"[XM\"?]")
#: Lost 3.3 of 15 points: beside the maximum, not an earlier edition.
_OF_ALL: Final = re.compile(r"Nm?[fo]+N")
_TO: Final = re.compile(r">(?P<to>N)")
_BY: Final = re.compile(r"(?<![>i])(?P<by>N)m")


def changes(reading: Reading) -> Iterator[Claim]:
    """The claims that the score of the subject rose, fell or stayed."""
    statement = reading.statement
    yield from _earlier_scores(reading)
    yield from _beside_earlier(reading)
    match = _CHANGE.match(statement.letters, statement.verb)
    if not match or not (statement.of_score or match["object"] or _BY.search(match["rest"])):
        return
    if _OF_ALL.match(match["rest"]):
        return
    if _UNCERTAIN.search(statement.letters):
        return
    years = [
        str(item.value) for item in statement.phrases[match.start("rest") :] if item.kind == YEAR
    ]
    if len(years) > 1 or "None" in years:
        return
    edition = years[0] if years else ""
    if match["way"] != "*":
        yield _direction(reading, match.span("way"), match["way"], edition)
    yield from _amounts(reading, match, edition)


def _earlier_scores(reading: Reading) -> Iterator[Claim]:
    """The scores that a sentence gives of an earlier edition, beside those of this one or alone."""
    letters, phrases = reading.statement.letters, reading.statement.phrases
    years = [str(item.value) for item in phrases if item.kind == YEAR]
    if re.search(r"[XM~\"?]", letters) or len(years) > 1 or "None" in years:
        return
    then, against = _THEN.match(letters), _AGAINST.search(letters, reading.statement.verb)
    if against and (against["way"] or years):
        yield _amount(reading, phrases[against.start("before")], "".join(years), "before")
    elif then and years and bool(then["first"]) is not bool(then["last"]):
        number = phrases[then.start("before")]
        if then["unit"] or then["verb"] == "S" or number.value != int(number.value or 0):
            yield _amount(reading, number, years[0], "before")


def _change(reading: Reading, key: str, edition: str, country: str) -> Movement | None:
    return reading.standings.change(country, key, edition)


def _beside_earlier(reading: Reading) -> Iterator[Claim]:
    """That the score is higher, or lower, than in an earlier edition, and by how much."""
    statement = reading.statement
    match = _BESIDE.match(statement.letters, statement.verb)
    if not match or not (statement.of_score or match[0][0] == "S"):
        return
    years = [str(item.value) for item in statement.phrases if item.kind == YEAR]
    side = statement.phrases[match.start("side")]
    way = {"A": "+", "B": "-"}.get(side.kind) or {MORE: "+", LESS: "-"}.get(str(side.value))
    if way is None or len(years) != 1 or "None" in years or _UNCERTAIN.search(statement.letters):
        return
    yield _direction(reading, match.span("side"), way, years[0])
    if match["by"]:
        phrase = statement.phrases[match.start("by")]
        yield _amount(reading, phrase, years[0], "difference")


def _direction(reading: Reading, letters: tuple[int, int], way: str, edition: str) -> Claim:
    at, claim = reading.words(*letters)

    def holds_of(key: str, country: str) -> Verdict:
        change = _change(reading, key, edition, country)
        if change is None:
            return None
        return {"+": change.difference > 0, "-": change.difference < 0}.get(
            way, change.difference == 0
        )

    def fault(key: str) -> Problem:
        change = _change(reading, key, edition, reading.statement.subjects[0])
        assert change is not None, "a claim without data is not false"
        number = reading.standings.values.tongue.number
        return reading.sentence.problem(
            CLAIM_CHANGE,
            "direction",
            at=at,
            claim=claim,
            edition=change.edition,
            before=number(change.before),
            now=number(change.now),
        )

    return reading.claim(
        "change",
        letters,
        lambda key: reading.each(partial(holds_of, key)),
        fault,
    )


def _amounts(reading: Reading, match: re.Match[str], edition: str) -> Iterator[Claim]:
    """The numbers: by how much, from which score, to which."""
    rest, start = match["rest"], match.start("rest")
    if found := _FROM.search(rest):
        yield _amount(
            reading, reading.statement.phrases[start + found.start("from")], edition, "before"
        )
        yield _amount(reading, reading.statement.phrases[start + found.start("to")], edition, "now")
    elif found := _TO.search(rest):
        yield _amount(reading, reading.statement.phrases[start + found.start("to")], edition, "now")
    elif found := _BY.search(rest):
        phrase = reading.statement.phrases[start + found.start("by")]
        yield _amount(reading, phrase, edition, "difference")


def _amount(reading: Reading, phrase: Phrase, edition: str, part: str) -> Claim:
    def holds_of(key: str, country: str) -> Verdict:
        change = _change(reading, key, edition, country)
        if change is None or not isinstance(phrase.value, Decimal):
            return None
        given: Decimal = getattr(change, part)
        return abs(given) == abs(phrase.value)

    def fault(key: str) -> Problem:
        change = _change(reading, key, edition, reading.statement.subjects[0])
        assert change is not None, "a claim without data is not false"
        given: Decimal = getattr(change, part)
        return reading.sentence.problem(
            CLAIM_CHANGE,
            part,
            at=phrase.start,
            typed=reading.sentence.text[phrase.start : phrase.end],
            edition=change.edition,
            given=reading.standings.values.tongue.number(abs(given)),
        )

    return Claim(
        lambda key: reading.each(partial(holds_of, key)), fault, part, phrase.start, phrase.end
    )
