"""How scores of one level make a score of the next: sums, means and weighted means, in exact
fractions.

A mean or weighted mean is taken of shares of the maximum, so that parts of unequal maxima count
alike: 4 of 5 and 1 of 2 give (0.8 + 0.5) / 2. Parts to which the framework does not apply are left
out, and a sum is scaled up to the maximum of all its parts: 3 of 4 that apply, of 5 in all, give
3.75.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from reportcard.content.framework import Band, Level, Scoreboard


@dataclass(frozen=True, slots=True)
class Scale:
    """What a score is out of, in points, and how it is printed: with how many decimals, with which
    suffix, in which bands.
    """

    maximum: Fraction
    decimals: int = 1
    suffix: str = ""
    bands: tuple[Band, ...] = ()

    def shown(self, value: Fraction) -> Decimal:
        """A number of points as printed."""
        return rounded(value, self.decimals)

    def band(self, value: Fraction) -> str:
        """The id of the band that a score is in, by what is printed; empty without bands."""
        printed = Fraction(self.shown(value))
        return next(
            (band.name for band in self.bands if band.to is None or printed < band.to),
            self.bands[-1].name if self.bands else "",
        )


@dataclass(frozen=True, slots=True)
class Component:
    """A score that another one is made of: None is not published, or not applicable."""

    value: Fraction | None
    maximum: Fraction
    weight: Fraction = Fraction(1)
    is_applicable: bool = True


@dataclass(frozen=True, slots=True)
class Scales:
    """The scale of every score of a framework."""

    category: Scale
    dimensions: Mapping[str, Scale]
    total: Scale


def rounded(value: Fraction, decimals: int = 1) -> Decimal:
    """`value` rounded half up to a number of decimals."""
    # On the fraction itself: a quotient of two Decimals is already rounded, and could move a
    # half-way case.
    whole, rest = divmod(value * 10**decimals, 1)
    return Decimal(whole + (rest * 2 >= 1)).scaleb(-decimals)


def scales(scoreboard: Scoreboard) -> Scales:
    """The scales of a framework: those that it states, and for what it leaves out, what its
    formulas give.
    """
    category = _scale(scoreboard.category, scoreboard.most)
    dimensions = {
        id_: _scale(
            scoreboard.dimension,
            natural_maximum(
                combination(scoreboard.dimension),
                [category.maximum] * len(dimension.categories),
            ),
        )
        for id_, dimension in scoreboard.dimensions.items()
    }
    total = _scale(
        scoreboard.total,
        natural_maximum(
            combination(scoreboard.total), [scale.maximum for scale in dimensions.values()]
        ),
    )
    return Scales(category, dimensions, total)


def combination(level: Level, default: Literal["sum", "mean"] = "sum") -> str:
    """How a level is combined: as the scoreboard says, else by the default of the level."""
    return level.combine or default


def natural_maximum(combine: str, maxima: Sequence[Fraction]) -> Fraction:
    """The maximum of a score whose level does not state one: the sum of the maxima of its parts; of
    a mean, the largest of them (the same for all, or the check asks for a maximum).
    """
    return sum(maxima, Fraction(0)) if combine == "sum" else max(maxima)


def combined(combine: str, parts: Sequence[Component], maximum: Fraction) -> Fraction | None:
    """The score out of `maximum`. None if a part is not published, or none is applicable."""
    applicable = [part for part in parts if part.is_applicable]
    if not applicable or any(part.value is None for part in applicable):
        return None
    known = [(part.value or Fraction(0), part) for part in applicable]
    if combine == "sum":
        most = sum((part.maximum for part in applicable), Fraction(0))
        return sum((value for value, _ in known), Fraction(0)) / most * maximum
    weights = [part.weight if combine == "weighted" else Fraction(1) for part in applicable]
    shares = [value / part.maximum for value, part in known]
    whole = sum(weights, Fraction(0))
    return (
        sum((weight * share for weight, share in zip(weights, shares, strict=True)), Fraction(0))
        / whole
        * maximum
    )


def _scale(level: Level, natural: Fraction) -> Scale:
    return Scale(level.maximum or natural, level.decimals, level.suffix, level.bands)
