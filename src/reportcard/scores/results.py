"""Category scores to dimensions, totals and ranks, in exact fractions; what is shown is rounded
half up.

A score is a number of points. Ranks and ties compare exact values; a published figure is compared
with what is shown.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from types import MappingProxyType
from typing import Final

from reportcard.content.framework import Scoreboard
from reportcard.content.model import CategoryScore, CountryScores
from reportcard.scores.formula import Component, Scale, combination, combined, scales

TOTAL: Final = "total"
"""The key of the total beside the ids of dimensions and categories."""


@dataclass(frozen=True, slots=True)
class Result:
    """A score: points or None (not published, or not applicable), its scale, and whether it is a
    placeholder. Where a lower score is better, `is_reversed`.
    """

    value: Fraction | None
    scale: Scale
    provisional: bool = False
    is_applicable: bool = True
    is_reversed: bool = False

    @property
    def maximum(self) -> Fraction:
        """The most there can be."""
        return self.scale.maximum

    @property
    def shown(self) -> Decimal | None:
        """The score as printed, rounded half up. A mean of three (2/3) is exact until here."""
        return None if self.value is None else self.scale.shown(self.value)

    @property
    def share(self) -> Fraction:
        """The score as a part of the maximum; 0 if there is none."""
        return Fraction(0) if self.value is None else self.value / self.maximum

    @property
    def band(self) -> str:
        """The id of the band that the score is in; empty if there is none."""
        return "" if self.value is None else self.scale.band(self.value)

    @property
    def lacking(self) -> Fraction | None:
        """How many points the score is below the maximum; None if there is none."""
        return None if self.value is None else self.maximum - self.value

    @property
    def merit(self) -> Fraction:
        """What results are ranked by: higher is better."""
        return -(self.value or Fraction(0)) if self.is_reversed else self.value or Fraction(0)


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
        return Movement(year, self.scores[key].scale.shown(self.earlier[year][key]), now)


Results = Mapping[str, CountryResult]


def results(scoreboard: Scoreboard, scores: Mapping[str, CountryScores]) -> Results:
    """Every country's results. Ranks are computed where all countries have the score, else the
    published ones are used.
    """
    points = {country: _points(scoreboard, given) for country, given in scores.items()}
    keys = (TOTAL, *scoreboard.dimensions)
    complete = {
        key
        for key in keys
        if scores
        and all(
            table[key].value is not None or not table[key].is_applicable
            for table, _ in points.values()
        )
    }
    tables = {country: table for country, (table, _) in points.items()}
    standings = {key: _standings(tables, key) for key in complete}
    found = {}
    for country, given in scores.items():
        table, computed = points[country]
        ranks, ahead, behind = {}, {}, {}
        for key in keys:
            if country in standings.get(key, ()):
                ranks[key], ahead[key], behind[key] = standings[key][country]
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


def category_score(
    scoreboard: Scoreboard, category: str, score: CategoryScore | None
) -> Fraction | None:
    """The exact score of a category: as given, or made of its criteria. None if it is not published
    or not applicable.
    """
    if score is None or not score.criteria:
        return score.score if score and isinstance(score.score, Fraction) else None
    known = scoreboard.categories.get(category)
    weights = known.criteria if known else {}
    how = combination(scoreboard.category, "mean")
    parts = [
        Component(
            None if isinstance(given, str) else given,
            scoreboard.most,
            weights.get(name, Fraction(1)),
            not isinstance(given, str),
        )
        for name, given in score.criteria.items()
    ]
    if how == "sum":  # of criteria as they are, in points of the category
        applicable = [part.value for part in parts if part.value is not None]
        return sum(applicable, Fraction(0)) if applicable else None
    return combined(how, parts, scoreboard.most)


def _points(
    scoreboard: Scoreboard, given: CountryScores
) -> tuple[dict[str, Result], frozenset[str]]:
    scale = scales(scoreboard)
    is_reversed = scoreboard.direction == "lower"
    table: dict[str, Result] = {}
    computed = set()
    published = given.published
    for id_, dimension in scoreboard.dimensions.items():
        for category, known in dimension.categories.items():
            score = given.categories.get(category)
            provisional = (
                given.provisional
                if score is None or score.provisional is None
                else score.provisional
            )
            value = category_score(scoreboard, category, score)
            is_applicable = score is None or score.is_applicable
            table[category] = Result(
                value,
                scale.category,
                provisional and value is not None,
                is_applicable,
                (known.direction or scoreboard.direction) == "lower",
            )
        weights = {name: one.weight for name, one in dimension.categories.items()}
        table[id_] = _combined(
            combination(scoreboard.dimension),
            {name: (table[name], weight) for name, weight in weights.items()},
            scale.dimensions[id_],
            published.dimensions.get(id_),
            is_reversed=is_reversed,
        )
        if _is_whole(table[name] for name in dimension.categories):
            computed.add(id_)
    table[TOTAL] = _combined(
        combination(scoreboard.total),
        {name: (table[name], one.weight) for name, one in scoreboard.dimensions.items()},
        scale.total,
        published.total,
        is_reversed=is_reversed,
    )
    if computed == set(scoreboard.dimensions):
        computed.add(TOTAL)
    return table, frozenset(computed)


def _is_whole(parts: Iterable[Result]) -> bool:
    return all(part.value is not None or not part.is_applicable for part in parts)


def _combined(
    how: str,
    parts: Mapping[str, tuple[Result, Fraction]],
    scale: Scale,
    published: Fraction | None,
    *,
    is_reversed: bool,
) -> Result:
    """A score made of its parts, or what was published where a part is absent. A published figure
    is not a placeholder. A part of the other direction counts by what it lacks to its maximum.
    """
    its = [part for part, _ in parts.values()]
    is_applicable = any(part.is_applicable for part in its)
    if not _is_whole(its):
        return Result(published, scale, is_reversed=is_reversed)
    value = combined(
        how,
        [
            Component(
                part.value if part.is_reversed == is_reversed else part.lacking,
                part.maximum,
                weight,
                part.is_applicable,
            )
            for part, weight in parts.values()
        ],
        scale.maximum,
    )
    provisional = published is None and any(part.provisional for part in its)
    return Result(value, scale, provisional, is_applicable, is_reversed)


_Standing = tuple[int, tuple[str, ...], tuple[str, ...]]
"""A rank, those ahead and those behind, the best first."""


def _standings(tables: Mapping[str, Mapping[str, Result]], key: str) -> dict[str, _Standing]:
    """Where each stands that has a score for a key. Ties share a rank; among them, and in each
    list, the order is that of the names.
    """
    merits = {
        name: table[key].merit for name, table in tables.items() if table[key].value is not None
    }
    order = sorted(merits, key=lambda name: (-merits[name], name))
    found: dict[str, _Standing] = {}
    for _, tied in groupby(order, merits.__getitem__):
        names, before = tuple(tied), len(found)
        ahead, behind = tuple(order[:before]), tuple(order[before + len(names) :])
        found |= dict.fromkeys(names, (before + 1, ahead, behind))
    return found


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


def contenders(found: Results, key: str = TOTAL) -> int:
    """Among how many countries there are ranks: all to which the framework applies."""
    return sum(its.scores[key].is_applicable for its in found.values())


def ranking(found: Results, key: str = TOTAL) -> Iterator[tuple[int | None, str, Result]]:
    """All countries, best first: rank, country, score; countries without a score last, by name.

    A rank is None where a country's own card has none: one that lacks the score may be ahead of it.
    """
    scored = {name: its.scores[key] for name, its in found.items()}
    absent = {name for name, score in scored.items() if score.value is None}
    for name in sorted(found, key=lambda one: (one in absent, -scored[one].merit, one)):
        rank = found[name].ranks.get(key)
        yield rank if name not in absent else None, name, scored[name]
