"""Scores as a share of the maximum: 78% of the maximum, two thirds of the points."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache, partial
from typing import Final

from reportcard.checks.claims.claim import Reading
from reportcard.checks.claims.rules import CLAIM_ORDER
from reportcard.checks.claims.standings import Verdict
from reportcard.checks.claims.vocabulary import LESS, MORE
from reportcard.language.packs import pack
from reportcard.problems.problem import Problem

#: A share in words is a round one: half, two thirds. Nothing is said of one that is so close.
_ROUND: Final = Decimal(5)
#: Between the verb and the share, and after the maximum.
_BEFORE: Final = re.compile(r"~?f*")
_AFTER: Final = re.compile(r"[.,;:)&]|$")
_UNCERTAIN: Final = re.compile(r"[eXMY\"?]")


def shares(reading: Reading) -> Iterator[Problem]:
    """The problems of a score that is given as a share of its maximum, and is another."""
    statement, text = reading.statement, reading.sentence.text
    pattern = _pattern(reading.standings.values.tongue.language)
    match = pattern.search(text, statement.phrases[statement.verb].end) if pattern else None
    if not match or not _is_read(reading, match):
        return
    rough = next((one for one in statement.phrases[statement.verb + 1 :] if one.kind == "~"), None)
    if rough and rough.value not in (MORE, LESS):
        return
    side = str(rough.value) if rough else ""
    country, keys = statement.subjects[0], reading.topic.of_scores
    for key in keys:
        if reading.each(partial(_holds, reading, match, side, key)) is not False:
            return
    share = _share(reading, country, keys[0]) or Decimal(0)
    start = rough.start if rough else match.start()
    tongue = reading.standings.values.tongue
    yield reading.sentence.problem(
        CLAIM_ORDER,
        "share",
        at=start,
        claim=text[start : match.end()],
        country=reading.name(country),
        share=tongue.with_suffix(tongue.number(share.quantize(Decimal("0.1"))), "%"),
    )


def _is_read(reading: Reading, match: re.Match[str]) -> bool:
    """Whether the share is what the verb says of its subject, and no more is said."""
    statement, verb = reading.statement, reading.statement.verb
    letters = statement.letters
    if letters[verb] not in "gVS" or not reading.topic.keys or _UNCERTAIN.search(letters[:verb]):
        return False
    before = "".join(one.kind for one in statement.phrases[verb + 1 :] if one.end <= match.start())
    after = "".join(one.kind for one in statement.phrases if one.start >= match.end())
    return bool(_BEFORE.fullmatch(before) and _AFTER.match(after) and not _UNCERTAIN.search(after))


def _holds(reading: Reading, match: re.Match[str], side: str, key: str, country: str) -> Verdict:
    """Whether a country's share is the one that is said, or on the side of it."""
    share = _share(reading, country, key)
    if share is None:
        return None
    if number := match["number"]:
        typed = Decimal(number.replace(",", "."))
        nearly = Decimal(1).scaleb(-len(number.replace(",", ".").partition(".")[2]))
    else:
        known = pack(reading.standings.values.tongue.language)
        assert known is not None, "it has words for shares"
        assert known.numbers is not None, "it has words for shares"
        typed, nearly = Decimal(known.numbers.fractions[match["words"].lower()]), _ROUND
    if side:
        return share > typed - 1 if side == MORE else share < typed + 1
    return abs(share - typed) < nearly


def _share(reading: Reading, country: str, key: str) -> Decimal | None:
    score, most = reading.standings.score(country, key), reading.standings.maximum(key)
    return None if score is None or not most else score / most * 100


@cache
def _pattern(language: str) -> re.Pattern[str] | None:
    """A share of the maximum in a language; None if its pack has no words for it."""
    known = pack(language)
    if known is None or known.claims is None or not known.claims.maximum or known.numbers is None:
        return None
    longest = sorted(known.numbers.fractions, key=len, reverse=True)
    words = "|".join(map(re.escape, longest)) or "(?!)"
    percent = "|".join(map(re.escape, known.numbers.units.get("percent", ()))) or "%"
    most = "|".join(map(re.escape, sorted(known.claims.maximum, key=len, reverse=True)))
    return re.compile(
        rf"(?<![\w.,])(?:(?P<number>\d{{1,3}}(?:[.,]\d{{1,2}})?)[ \u00a0\u202f]?(?:%|{percent})"
        rf"|(?P<words>{words}))[ \u00a0](?:{most})(?!\w)",
        re.IGNORECASE,
    )
