"""What the data say of countries: who is ahead of whom, by what is known."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from reportcard.scores.results import TOTAL, Movement, contenders
from reportcard.scores.values import Values

#: True, False, or None where the data do not say.
Verdict = bool | None


def every(verdicts: Iterable[Verdict]) -> Verdict:
    """Whether all are true: False if one is not, else None if one is not known."""
    found = list(verdicts)
    return False if False in found else None if None in found else True


def some(verdicts: Iterable[Verdict]) -> Verdict:
    """Whether one is true: False only if none can be."""
    found = list(verdicts)
    return True if True in found else None if None in found or not found else False


@dataclass(frozen=True, slots=True)
class Standings:
    """The standing of all countries by a key: `total`, a dimension, a category."""

    values: Values

    @property
    def count(self) -> int:
        """How many countries there are."""
        return len(self.values.results)

    def contenders(self, key: str) -> int:
        """Among how many countries there are ranks."""
        return contenders(self.values.results, key)

    @property
    def dimensions(self) -> tuple[str, ...]:
        """The dimensions, in order."""
        return tuple(key for key in self.values.standings if key != TOTAL)

    def score(self, country: str, key: str) -> Decimal | None:
        """A score as printed."""
        score = self.values.results[country].scores.get(key)
        return score.shown if score else None

    def maximum(self, key: str) -> Decimal:
        """The most that a score can be."""
        maximum = self.values.results[next(iter(self.values.results))].scores[key].maximum
        return Decimal(maximum.numerator) / Decimal(maximum.denominator)

    def are_comparable(self, one: str, other: str) -> bool:
        """Whether two keys have scores out of the same maximum, of which more is better."""
        scores = self.values.results[self.values.country].scores
        first, second = scores.get(one), scores.get(other)
        return (
            first is not None
            and second is not None
            and first.maximum == second.maximum
            and not (first.is_reversed or second.is_reversed)
        )

    def rank(self, country: str, key: str) -> int | None:
        """The rank of a country."""
        return self.values.results[country].ranks.get(key)

    def ahead(self, country: str, key: str) -> tuple[str, ...] | None:
        """All countries ahead of one, best first."""
        return self.values.results[country].ahead.get(key)

    def change(self, country: str, key: str, edition: str) -> Movement | None:
        """How a score changed since an edition, or the latest before this."""
        return self.values.results[country].change(key, edition)

    def is_above(self, one: str, other: str, key: str) -> Verdict:
        """Whether one country is ahead of another. Of those that are tied neither is."""
        if one == other:
            return None
        scores = [self.values.results[name].scores.get(key) for name in (one, other)]
        first, second = scores
        if first and second and first.value is not None and second.value is not None:
            return first.merit > second.merit
        ranks = self.rank(one, key), self.rank(other, key)
        if ranks[0] is not None and ranks[1] is not None:
            return ranks[0] < ranks[1]
        # Only one of them says who is ahead of it; those that it does not name may be tied with it.
        if (better := self.ahead(other, key)) is not None:
            return one in better
        if (better := self.ahead(one, key)) is not None:
            return False if other in better else None
        return None

    def is_first(self, country: str, key: str) -> Verdict:
        """Whether no country is ahead of this one."""
        return self._is_at_end(
            country, key, 1, [(other, country) for other in self._others(country, key)]
        )

    def is_last(self, country: str, key: str) -> Verdict:
        """Whether no country is behind this one."""
        pairs = [(country, other) for other in self._others(country, key)]
        return self._is_at_end(country, key, self.contenders(key), pairs)

    def _is_at_end(
        self, country: str, key: str, rank: int, pairs: list[tuple[str, str]]
    ) -> Verdict:
        verdicts = [self.is_above(one, other, key) for one, other in pairs]
        if True in verdicts:
            return False
        known = self.rank(country, key)
        if None not in verdicts:
            return True
        return None if known is None else known == rank

    def is_extreme(self, country: str, key: str, keys: Iterable[str], *, highest: bool) -> Verdict:
        """Whether a country's score is the highest, or the lowest, of its scores by some keys."""
        scores = self.values.results[country].scores
        mine = scores[key].value if key in scores else None
        # Where a lower score is better, the best is the lowest: what is meant is not certain.
        if mine is None or scores[key].is_reversed:
            return None
        verdicts: list[Verdict] = []
        for other in keys:
            value = scores[other].value
            verdicts.append(None if value is None else mine >= value if highest else mine <= value)
        return every(verdicts)

    def is_perfect(self, country: str, keys: Iterable[str]) -> Verdict:
        """Whether one of a country's scores is the best that there can be."""
        scores = self.values.results[country].scores
        known = [scores[key] for key in keys if key in scores]
        return some(
            None if one.value is None else one.value == (0 if one.is_reversed else one.maximum)
            for one in known
        )

    def _others(self, country: str, key: str) -> list[str]:
        """All others that can be ahead of a country, or behind it."""
        return [
            name
            for name, its in self.values.results.items()
            if name != country and (key not in its.scores or its.scores[key].is_applicable)
        ]
