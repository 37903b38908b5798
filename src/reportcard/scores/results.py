"""Category scores to dimensions, totals and ranks, in exact fractions; what is shown is rounded
half up to one decimal.

A score is a number of points. Ranks and ties compare exact values; a published figure is compared
with what is shown.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import Final

from reportcard.content.model import CategoryScore, CountryScores, Scoreboard

TOTAL: Final = "total"
"""The key of the total beside the ids of dimensions and categories."""


@dataclass(frozen=True, slots=True)
class Result:
    """A score: points or None (not published), the most there can be, and whether it is a
    placeholder.
    """

    value: Fraction | None
    maximum: Fraction
    provisional: bool = False

    @property
    def shown(self) -> Decimal | None:
        """The score as printed: one decimal, half up. A mean of three (2/3) is exact until here."""
        return None if self.value is None else shown(self.value)


@dataclass(frozen=True, slots=True)
class CountryResult:
    """A country's results: `scores` by the id of category or dimension, and `total`; `ranks` by
    dimension id and `total`.

    `computed` names the scores that come from category scores, `ahead` the countries with a better
    rank, best first.
    """

    country: str
    scores: Mapping[str, Result]
    computed: frozenset[str]
    ranks: Mapping[str, int]
    ahead: Mapping[str, tuple[str, ...]]


Results = Mapping[str, CountryResult]


def shown(value: Fraction) -> Decimal:
    """`value` with one decimal, rounded half up."""
    # On the fraction itself: a quotient of two Decimals is already rounded, and could move a
    # half-way case.
    whole, rest = divmod(value * 10, 1)
    return Decimal(whole + (rest * 2 >= 1)).scaleb(-1)


def results(scoreboard: Scoreboard, scores: Mapping[str, CountryScores]) -> Results:
    """Every country's results. Ranks are computed where all countries have the score, else the
    published ones are used.
    """
    points = {country: _points(scoreboard, given) for country, given in scores.items()}
    keys = (TOTAL, *scoreboard.dimensions)
    complete = {
        key
        for key in keys
        if scores and all(table[key].value is not None for table, _ in points.values())
    }
    found = {}
    for country, given in scores.items():
        table, computed = points[country]
        ranks, ahead = {}, {}
        for key in keys:
            if key in complete:
                ranks[key], ahead[key] = _standing(
                    country, {name: its[0][key] for name, its in points.items()}
                )
            elif key in given.published.ranks:
                ranks[key] = given.published.ranks[key]
                if key in given.published.ahead:
                    ahead[key] = given.published.ahead[key]
        found[country] = CountryResult(
            country,
            MappingProxyType(table),
            computed,
            MappingProxyType(ranks),
            MappingProxyType(ahead),
        )
    return MappingProxyType(found)


def category_score(score: CategoryScore | None) -> Fraction | None:
    """The exact score of a category: as given, or the mean of its criteria."""
    if score is None:
        return None
    if score.criteria:
        return sum(score.criteria.values(), Fraction(0)) / len(score.criteria)
    return score.score


def _points(
    scoreboard: Scoreboard, given: CountryScores
) -> tuple[dict[str, Result], frozenset[str]]:
    table: dict[str, Result] = {}
    computed = set()
    published = given.published
    for id_, dimension in scoreboard.dimensions.items():
        parts = []
        for category in dimension.categories:
            score = given.categories.get(category)
            provisional = (
                given.provisional
                if score is None or score.provisional is None
                else score.provisional
            )
            value = category_score(score)
            table[category] = Result(
                value, scoreboard.category_maximum, provisional and value is not None
            )
            parts.append(table[category])
        table[id_] = _sum(parts, published.dimensions.get(id_))
        if all(part.value is not None for part in parts):
            computed.add(id_)
    table[TOTAL] = _sum([table[id_] for id_ in scoreboard.dimensions], published.total)
    if computed == set(scoreboard.dimensions):
        computed.add(TOTAL)
    return table, frozenset(computed)


def _sum(parts: list[Result], published: Fraction | None) -> Result:
    """The sum of its parts, or what was published where a part is absent. A published figure is no
    placeholder.
    """
    maximum = sum((part.maximum for part in parts), Fraction(0))
    if any(part.value is None for part in parts):
        return Result(published, maximum)
    value = sum((part.value for part in parts if part.value is not None), Fraction(0))
    return Result(value, maximum, published is None and any(part.provisional for part in parts))


def _standing(country: str, scores: Mapping[str, Result]) -> tuple[int, tuple[str, ...]]:
    """The rank (ties share one) and who is ahead. `scores` are all there."""
    mine = scores[country].value or Fraction(0)
    better = [name for name, score in scores.items() if (score.value or Fraction(0)) > mine]
    better.sort(key=lambda name: (-(scores[name].value or Fraction(0)), name))
    return len(better) + 1, tuple(better)


def ranking(found: Results, key: str = TOTAL) -> Iterator[tuple[int | None, str, Result]]:
    """All countries, best first: rank, country, score; countries without a score last, ranked None,
    by name.
    """
    scored = [
        (-(its.scores[key].value or 0), name)
        for name, its in found.items()
        if its.scores[key].value is not None
    ]
    for _, name in sorted(scored):
        yield (
            _standing(name, {other: found[other].scores[key] for _, other in scored})[0],
            name,
            found[name].scores[key],
        )
    for name in sorted(found):
        if found[name].scores[key].value is None:
            yield None, name, found[name].scores[key]
