"""The highest, lowest and perfect ones among a country's own scores."""

import re
from collections.abc import Iterator
from functools import partial
from typing import Final

from reportcard.checks.claims.claim import Claim, Reading
from reportcard.checks.claims.rules import CLAIM_ORDER
from reportcard.checks.claims.standings import Verdict, some
from reportcard.checks.claims.statements import END
from reportcard.checks.claims.vocabulary import PERFECT_TOTAL
from reportcard.scores.results import TOTAL

#: Its lowest score, in either order of the words; not the lowest in the region.
_OWN: Final = re.compile(
    r"(?<!T')(?<!O)(?P<own>u?)(?:(?P<way>[hl])[tS]+|[tS]+(?P<late>[hl]))(?![fpow]*(?:T|N?c)|f*C|[~]?N)"
)
#: Has the best score in Legal Frameworks; does best in it: of its own scores, or in the region.
_IN_ONE: Final = re.compile(rf"(?:[gV]|(?P<scores>S))(?P<way>[hl])[tS]*p+d?Dd?{END}")
_PERFECT: Final = re.compile(
    r"[gw][^;.]*?(?P<perfect>k)(?P<total>t)?(?:p+d?(?P<of>D))?(?![fw>]*N|V)"
)


def extremes(reading: Reading) -> Iterator[Claim]:
    """The claims that a score is the highest, the lowest or at its maximum."""
    statement = reading.statement
    either = _IN_ONE.match(statement.letters, statement.verb)
    if either:
        if not statement.is_indefinite(either.start("way")) and statement.is_certain(either.end()):
            yield _in_one(reading, either)
        return
    for match in _OWN.finditer(statement.letters):
        is_highest = (match["way"] or match["late"]) == "h"
        # "The highest score" without "its" may be anything's; in the findings of a dimension, "the
        # lowest score" is the country's.
        if (
            statement.of_score
            or (is_highest and not match["own"])
            or statement.is_indefinite(match.start("way" if match["way"] else "late"))
            or reading.topic.mentions_aspects
        ):
            continue
        if statement.is_certain(match.end()) and not _names_something_else(
            statement.letters, match.end()
        ):
            yield _extreme(reading, match, is_highest=is_highest)
    for match in _PERFECT.finditer(statement.letters):
        if statement.is_certain(match.end()):
            yield _perfect(reading, match)


def _extreme(reading: Reading, match: re.Match[str], *, is_highest: bool) -> Claim:
    at, claim = reading.words(match.end("own"), match.end())
    case = "highest_own" if is_highest else "lowest"
    return reading.claim(
        case,
        (match.end("own"), match.end()),
        lambda key: reading.each(partial(_is_extreme, reading, key, is_highest)),
        lambda _: reading.sentence.problem(CLAIM_ORDER, case, at=at, claim=claim),
    )


def _in_one(reading: Reading, match: re.Match[str]) -> Claim:
    is_highest, standings = match["way"] == "h", reading.standings
    letters = (match.start("scores" if match["scores"] else "way"), match.end("way"))
    at, claim = reading.words(*letters)
    case = "highest_own" if is_highest else "lowest"

    def holds_of(key: str, country: str) -> Verdict:
        regional = standings.is_first if is_highest else standings.is_last
        own = None if key == TOTAL else _is_extreme(reading, key, is_highest, country)
        return some((regional(country, key), own))

    return reading.claim(
        case,
        letters,
        lambda key: reading.each(partial(holds_of, key)),
        lambda _: reading.sentence.problem(CLAIM_ORDER, case, at=at, claim=claim),
    )


def _perfect(reading: Reading, match: re.Match[str]) -> Claim:
    at, claim = reading.words(match.start("perfect"), match.end("perfect"))
    phrase = reading.statement.phrases[match.start("perfect")]
    alone = str(reading.statement.phrases[match.start("of")].value) if match["of"] else ""
    if phrase.value == PERFECT_TOTAL or match["total"]:
        alone = TOTAL
    return reading.claim(
        "perfect",
        (match.start("perfect"), match.end("perfect")),
        lambda key: reading.each(partial(_is_perfect, reading, key, alone)),
        lambda _: reading.sentence.problem(CLAIM_ORDER, "perfect", at=at, claim=claim),
    )


def _names_something_else(letters: str, end: int) -> bool:
    """Whether a scope follows that is not known: its lowest score on safety."""
    return bool(re.match(r"[pf]+(?!D|T|r|d)", letters[end:]))


def _is_extreme(reading: Reading, key: str, is_highest: bool, country: str) -> Verdict:
    """Among the dimensions, or for a category among those of its dimension or all."""
    standings = reading.standings
    dimensions = standings.dimensions
    if _is_beside(reading, key):
        return False
    if key in dimensions:
        return standings.is_extreme(country, key, dimensions, highest=is_highest)
    groups = [group for group in standings.values.categories.values() if key in group]
    if not groups:
        return None
    every_category = [one for group in standings.values.categories.values() for one in group]
    return some(
        standings.is_extreme(country, key, keys, highest=is_highest)
        for keys in (groups[0], every_category)
    )


def _is_perfect(reading: Reading, key: str, alone: str, country: str) -> Verdict:
    if not alone and _is_beside(reading, key):
        return False
    inside = (alone,) if alone else _inside(reading, key)
    return reading.standings.is_perfect(country, inside)


def _is_beside(reading: Reading, key: str) -> bool:
    """Whether it is the total, in the findings of a dimension: they speak of its own scores."""
    return key == TOTAL and reading.topic.keys[0] != TOTAL and not reading.topic.is_named


def _inside(reading: Reading, key: str) -> tuple[str, ...]:
    """A score and those that it is the sum of."""
    categories = reading.standings.values.categories
    if key in categories:
        return (key, *categories[key])
    if key in reading.standings.values.standings:
        return (key, *(one for group in categories.values() for one in group), *categories)
    return (key,)
