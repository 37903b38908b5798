"""Category scores to dimensions, totals and ranks, in exact fractions; what is shown is rounded
half up to one decimal.

A score is a number of points. Ranks and ties compare exact values; a published figure is compared
with what is shown.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
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
class Movement:
    """A score as printed in an earlier edition, by its year, and now: in points."""

    edition: str
    before: Decimal
    now: Decimal

    @property
    def difference(self) -> Decimal:
        """How many points more there are now; negative if there are fewer."""
        return self.now - self.before


@dataclass(frozen=True, slots=True)
class CountryResult:
    """A country's results: `scores` by the id of category or dimension, and `total`; `ranks` by
    dimension id and `total`.

    `computed` names the scores that come from category scores, `ahead` the countries with a better
    rank, `behind` those with a worse one, both best first; `earlier` has the scores of earlier
    editions by year.
    """

    country: str
    scores: Mapping[str, Result]
    computed: frozenset[str]
    ranks: Mapping[str, int]
    ahead: Mapping[str, tuple[str, ...]]
    behind: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    earlier: Mapping[str, Mapping[str, Fraction]] = field(default_factory=dict)

    def change(self, key: str, edition: str = "") -> Movement | None:
        """How a score changed since an edition, or else since the latest that has it. None if
        either score is not known.
        """
        known = [year for year, scores in self.earlier.items() if key in scores]
        year = edition or max(known, default="")
        now = self.scores[key].shown if key in self.scores else None
        if now is None or year not in known:
            return None
        return Movement(year, shown(self.earlier[year][key]), now)


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
        ranks, ahead, behind = {}, {}, {}
        for key in keys:
            if key in complete:
                ranks[key], ahead[key], behind[key] = _standing(
                    country, {name: its[0][key] for name, its in points.items()}
                )
            elif key in given.published.ranks:
                ranks[key] = given.published.ranks[key]
                if key in given.published.ahead:
                    ahead[key] = given.published.ahead[key]
                    left = tuple(name for name in scores if name not in (country, *ahead[key]))
                    # The order of several is not published.
                    if len(left) <= 1 and len(ahead[key]) + 1 == ranks[key]:
                        behind[key] = left
        found[country] = CountryResult(
            country,
            MappingProxyType(table),
            computed,
            MappingProxyType(ranks),
            MappingProxyType(ahead),
            MappingProxyType(behind),
            given.earlier,
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


def _standing(
    country: str, scores: Mapping[str, Result]
) -> tuple[int, tuple[str, ...], tuple[str, ...]]:
    """The rank (ties share one), who is ahead and who is behind. `scores` are all there."""
    points = {name: score.value or Fraction(0) for name, score in scores.items()}
    order = sorted(points, key=lambda name: (-points[name], name))
    better = tuple(name for name in order if points[name] > points[country])
    worse = tuple(name for name in order if points[name] < points[country])
    return len(better) + 1, better, worse


def neighbours(found: Results, country: str, key: str) -> tuple[str, ...] | None:
    """The countries directly above and below one, best first; several where they are tied. None if
    they are not known.
    """
    its = found[country]
    if key not in its.ahead or key not in its.behind:
        return None
    above, below = its.ahead[key], its.behind[key]
    nearest = (*above[-1:], *below[:1])
    scores = {found[name].scores[key].value for name in nearest} - {None}
    return tuple(
        name
        for name in (*above, *below)
        if name in nearest or found[name].scores[key].value in scores
    )


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
