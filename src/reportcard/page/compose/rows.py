"""How many things go into each row, so that no row ends with a lonely one; and into how many parts
a scale of bars is divided.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import Final, TypeVar

T = TypeVar("T")
#: Up to so many gauges fit beside each other in rows of at most two.
_WIDEST = 5
#: More than two rows are of at most so many.
_NARROWER = 4
#: Into how many parts a scale is divided, the usual one first; of more decimals than so many, a
#: number would not be printed as it is.
_PARTS: Final = (5, 4, 6, 3, 2)
_MOST_DECIMALS: Final = 2


def balanced(items: Sequence[T], widest: int = 0) -> list[Sequence[T]]:
    """The items in as few rows as they need, each as long as the next or one longer: five, 3 + 3,
    4 + 3, 5 + 5, 4 + 4 + 3. With `widest`, rows are of at most so many: 2 + 2, 3 + 2 + 2.
    """
    widest = widest or (_WIDEST if len(items) <= 2 * _WIDEST else _NARROWER)
    count = -(-len(items) // widest)
    rows = []
    start = 0
    for row in range(count):
        end = start + -(-(len(items) - start) // (count - row))
        rows.append(items[start:end])
        start = end
    return rows


def ticks(maximum: Fraction) -> list[Fraction]:
    """The numbers below the bars of scores, from 0 to the maximum, as far from each other: those
    that are shortest to read. 0, 3, 6 … 15; of 24 no fifths, which are 4.8 and 9.6, but 0, 6, 12,
    18, 24.
    """
    steps = [maximum / parts for parts in _PARTS]
    exact = [step for step in steps if (step * 10**_MOST_DECIMALS).denominator == 1]
    step = min(exact, key=_digits, default=maximum)
    return [step * number for number in range(int(maximum / step) + 1)]


def _digits(number: Fraction) -> int:
    """How many digits a number has without the zeros around them: 1 of 20 and 0.2, 2 of 4.8."""
    return len(str(int(number * 10**_MOST_DECIMALS)).rstrip("0"))
