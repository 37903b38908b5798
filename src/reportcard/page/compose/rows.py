"""How many things go into each row, so that no row ends with a lonely one."""

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")
#: Up to so many gauges fit beside each other in rows of at most two.
_WIDEST = 5
#: More than two rows are of at most so many.
_NARROWER = 4


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
