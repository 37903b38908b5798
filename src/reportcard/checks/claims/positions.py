"""Positions beside other countries: ahead of Brazil, after Colombia, between the two."""

import re
from collections.abc import Iterator
from functools import partial
from typing import Final

from reportcard.checks.claims.claim import Claim, Reading
from reportcard.checks.claims.ranks import at_end
from reportcard.checks.claims.rules import CLAIM_ORDER
from reportcard.checks.claims.standings import Verdict, every, some
from reportcard.checks.claims.statements import COUNTRIES, END, SCOPE
from reportcard.checks.claims.ties import tie
from reportcard.problems.problem import Problem

#: What may stand between a verb and a position: no word that is not known.
_BETWEEN: Final = r"[VgSKOQFEhlNmtpzfwo~TrDdcnAB,&()CZ'JIu:]*?"
_POSITION: Final = re.compile(
    rf"(?P<side>[ABJURLx])(?P<countries>(?:Nm?(?=fC))?{COUNTRIES})(?P<scope>(?:(?<=')Nm?)?{SCOPE}(?:p*Nm|pOz?)?){END}"
)
_AMONG: Final = re.compile(rf"I(?P<one>f*C)(?:\(Nm?\))?&(?P<other>f*C)(?:\(Nm?\))?{SCOPE}{END}")
_FRONTED: Final = re.compile(rf"t?,?(?P<side>[ABJ])(?P<countries>{COUNTRIES}),")
#: A rank right after the verb.
_RANKED: Final = re.compile(r"[VgSK]p*(?:[zn]*[ON]|Q)")
#: Ahead of all other countries, with no exception after it.
_OTHERS: Final = re.compile(rf"(?P<side>[ABUR])f*y{SCOPE}(?=[^CWZ;]*$)")
_NOBODY: Final = re.compile(r"(?P<side>[ABJ])f*0")


def positions(reading: Reading) -> Iterator[Claim]:
    """The claims that the subject is ahead of countries, or behind them."""
    statement = reading.statement
    letters, verb = statement.letters, statement.verb
    for match in _POSITION.finditer(letters, verb):
        side = match["side"]
        is_verb = side in "URL" or (side == "x" and match.start() == verb)
        if (match.start() != verb) if is_verb else (not _is_tied(letters, verb, match.start())):
            continue
        countries = statement.countries(match.start("countries"), match.end("countries"))
        if not countries or not _is_read(reading, match.end()):
            continue
        if side == "x":
            yield tie(reading, (match.start("side"), match.end("countries")), countries)
            continue
        yield _beside(reading, match, countries, is_ahead=side in "AUL")
        is_whole = side == "J" or (
            side == "B" and _RANKED.match(letters, verb) and "Z" not in match["countries"]
        )
        if is_whole:
            yield _all_ahead(reading, match, countries)
    for match in _OTHERS.finditer(letters, verb):
        is_tied = match.start() == verb or (
            match["side"] in "AB" and _is_tied(letters, verb, match.start())
        )
        if is_tied and _is_read(reading, match.end()):
            is_first = match["side"] in "AU"
            end = reading.statement.letters.index("y", match.start()) + 1
            yield at_end(reading, match.start(), end, is_first=is_first)
    for match in _NOBODY.finditer(letters, verb):
        yield _nobody(reading, match)
    yield from _fronted(reading)
    yield from _among(reading)


def _is_tied(letters: str, verb: int, position: int) -> bool:
    return bool(re.fullmatch(_BETWEEN, letters[verb + 1 : position]))


def _is_read(reading: Reading, end: int) -> bool:
    statement = reading.statement
    if statement.has_strange_scope() and not reading.topic.mentions_scores:
        return False
    return statement.is_certain(end)


def _beside(
    reading: Reading, match: re.Match[str], countries: tuple[str, ...], *, is_ahead: bool
) -> Claim:
    standings = reading.standings

    def holds_of(other: str, key: str, country: str) -> Verdict:
        pair = (country, other) if is_ahead else (other, country)
        return standings.is_above(*pair, key)

    def holds(key: str) -> Verdict:
        return every(reading.each(partial(holds_of, other, key)) for other in countries)

    def fault(key: str) -> Problem:
        wrong = [
            other for other in countries if reading.each(partial(holds_of, other, key)) is False
        ]
        at, claim = reading.words(match.start("side"), match.end("countries"))
        return reading.sentence.problem(
            CLAIM_ORDER,
            "before" if is_ahead else "after",
            at=at,
            claim=claim,
            country=reading.name(reading.statement.subjects[0]),
            countries=tuple(reading.name(other) for other in wrong or countries),
        )

    letters = (match.start("side"), match.end("countries"))
    return reading.claim("ahead" if is_ahead else "behind", letters, holds, fault)


def _all_ahead(reading: Reading, match: re.Match[str], countries: tuple[str, ...]) -> Claim:
    """The countries after "ranks fourth, behind" are all that are ahead."""
    own = reading.standings.values.country

    def holds_of(key: str, country: str) -> Verdict:
        ahead = reading.standings.ahead(country, key)
        if ahead is None:
            return None
        # "Third, after Brazil" names the next country alone.
        is_next = match["side"] == "B" and countries == ahead[-1:]
        # Those that are not ahead at all are told of as such.
        return set(countries) >= set(ahead) or is_next or not set(countries) <= set(ahead)

    def fault(key: str) -> Problem:
        country = reading.statement.subjects[0]
        ahead = reading.standings.ahead(country, key) or ()
        at, _ = reading.words(match.start("side"), match.end("countries"))
        names = tuple(reading.name(other) for other in ahead)
        if country == own:
            value = f"{{{{ ahead.{key} | list }}}}"
            return reading.sentence.problem(
                CLAIM_ORDER, "ahead", at=at, countries=names, value=value
            )
        return reading.sentence.problem(
            CLAIM_ORDER, "others", at=at, country=reading.name(country), countries=names
        )

    return reading.claim(
        "behind",
        (match.start("side"), match.end("countries")),
        lambda key: reading.each(partial(holds_of, key)),
        fault,
    )


def _nobody(reading: Reading, match: re.Match[str]) -> Claim:
    """A value that lists countries is empty: "after " and nothing."""
    at, _ = reading.words(match.start(), match.end())
    case = "leaves_last" if match["side"] == "A" else "first"
    return reading.claim(
        case,
        (match.start(), match.end()),
        lambda _: False,
        lambda _: reading.sentence.problem(CLAIM_ORDER, case, at=at),
    )


def _fronted(reading: Reading) -> Iterator[Claim]:
    """After Colombia, Peru ranks second."""
    statement = reading.statement
    match = _FRONTED.match(statement.letters)
    if (
        not match
        or match.end() != statement.start
        or not _RANKED.match(statement.letters, statement.verb)
    ):
        return
    countries = statement.countries(match.start("countries"), match.end("countries"))
    if countries and statement.is_certain(statement.verb + 2):
        yield _beside(reading, match, countries, is_ahead=match["side"] == "A")


def _among(reading: Reading) -> Iterator[Claim]:
    """Between Colombia and Brazil, where no map is meant: a rank or score is given, or it is the
    overall result.
    """
    statement, standings = reading.statement, reading.standings
    match = _AMONG.search(statement.letters, statement.verb)
    if not match or not _is_tied(statement.letters, statement.verb, match.start()):
        return
    is_ranked = bool(re.search(r"[SONtr]", statement.letters)) or reading.topic.mentions_scores
    if not (is_ranked or reading.topic.is_result) or not _is_read(reading, match.end()):
        return
    one, other = statement.countries(match.start(), match.end())

    def holds_of(key: str, country: str) -> Verdict:
        return some(
            every((standings.is_above(a, country, key), standings.is_above(country, b, key)))
            for a, b in ((one, other), (other, one))
        )

    at, claim = reading.words(match.start(), match.end("other"))
    yield reading.claim(
        "between",
        (match.start(), match.end("other")),
        lambda key: reading.each(partial(holds_of, key)),
        lambda _: reading.sentence.problem(
            CLAIM_ORDER,
            "between",
            at=at,
            claim=claim,
            country=reading.name(statement.subjects[0]),
        ),
    )
