"""The numbers of a paragraph in two languages: which are the same, and how the others differ."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from reportcard.language.numbers import Number
from reportcard.language.unit_symbols import PER_MILLE, PERCENT

#: If more numbers of a paragraph differ, they are not set against each other.
_MOST: Final = 100
#: Shares: a number that has one of these units in one language has it in the other.
_SHARES: Final = frozenset({PERCENT, PER_MILLE})
#: Tens that name a decade, and the centuries that it may be of.
_TENS: Final = range(20, 100, 10)
_CENTURIES: Final = (1800, 1900, 2000)


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """What is not the same in two languages: `alone`, a number that the other has not; or a pair
    that differs in its `sign`, `unit`, decimal `mark`, `magnitude`, or `word`.
    """

    kind: str
    one: Number | None
    other: Number | None


def discrepancies(one: Sequence[Number], other: Sequence[Number]) -> Iterator[Discrepancy]:
    """What differs between the numbers of a paragraph in two languages.

    A word for a number is set against digits and words; left over, it is told only against the one
    word of its sort that the other language has left: translations put words where others have
    none. A hint (dozen, half) is set against what it may mean and never told.
    """
    left, right = _unlike(one, other), _unlike(other, one)
    is_legible = max(len(left), len(right)) <= _MOST
    if is_legible:
        _strike(left, right, _is_same)
        _strike(left, right, _may_mean)
    left, right = ([number for number in side if not number.is_hint] for side in (left, right))
    for kind, is_of_kind in _KINDS if is_legible else ():
        for here, there in _strike(left, right, is_of_kind):
            yield Discrepancy(kind, here, there)
    yield from _lone_words(left, right)
    yield from (Discrepancy("alone", number, None) for number in left if not number.is_word)
    yield from (Discrepancy("alone", None, number) for number in right if not number.is_word)


def _lone_words(left: Sequence[Number], right: Sequence[Number]) -> Iterator[Discrepancy]:
    """The one number in words, or rank in words, that each of the two languages has left."""
    for is_rank in (False, True):
        words = [
            [
                number
                for number in side
                if number.is_word and not number.is_name and number.is_rank is is_rank
            ]
            for side in (left, right)
        ]
        if all(len(side) == 1 and side[0].value != 1 for side in words):
            yield Discrepancy("word", words[0][0], words[1][0])


def equal_pairs(one: Sequence[Number], other: Sequence[Number]) -> Iterator[tuple[int, int]]:
    """The numbers of a paragraph that are the same in two languages, by their places in each: those
    alike in value, unit and marks first.
    """
    taken: set[int] = set()
    paired: set[int] = set()
    for belong in (_is_alike, _is_same):
        for at, number in enumerate(one):
            free = (there for there in range(len(other)) if there not in taken)
            found = next((there for there in free if belong(number, other[there])), None)
            if at not in paired and found is not None:
                taken.add(found)
                paired.add(at)
                yield at, found


def _is_alike(one: Number, other: Number) -> bool:
    return (one.value, one.unit, one.is_foreign) == (other.value, other.unit, other.is_foreign)


def _unlike(one: Sequence[Number], other: Sequence[Number]) -> list[Number]:
    """The numbers of one text that are not in the other in just the same value, unit and marks.
    Words come last: the "un" of "un registro" takes no 1 from the other text.
    """
    left = Counter((number.value, number.unit, number.is_foreign) for number in other)
    unlike = []
    for number in sorted(one, key=lambda number: number.is_word):
        key = (number.value, number.unit, number.is_foreign)
        left[key] -= 1
        if left[key] < 0:
            unlike.append(number)
    return sorted(unlike, key=lambda number: number.offset)


def _strike(
    left: list[Number], right: list[Number], belong: Callable[[Number, Number], bool]
) -> list[tuple[Number, Number]]:
    """Takes the pairs that belong together off both lists, each with the first that fits."""
    pairs = []
    for one in tuple(left):
        other = next((number for number in right if belong(one, number)), None)
        if other is not None:
            left.remove(one)
            right.remove(other)
            pairs.append((one, other))
    return pairs


def _is_same(one: Number, other: Number) -> bool:
    if one.is_hint or other.is_hint:
        return False
    if not _have_one_value(one, other) or not _have_one_unit(one, other):
        return False
    # What is typed alike and counts nothing may be the number of a section: 16.4
    is_bare = one.typed == other.typed and not (one.unit or one.power)
    may_name = one.is_name or other.is_name or is_bare
    return may_name or one.is_foreign is other.is_foreign


def _may_mean(one: Number, other: Number) -> bool:
    """Whether one of two numbers is a hint for the other: a dozen for 12, half for 50 %, the
    nineties for 1990.
    """
    return any(
        hint.is_hint
        and (
            bool(_values(hint) & _values(number))
            or (number.unit == PERCENT and hint.value * 100 == number.value)
            or (hint.value in _TENS and number.value - hint.value in _CENTURIES)
        )
        for hint, number in ((one, other), (other, one))
    )


def _have_one_value(one: Number, other: Number) -> bool:
    return bool(_values(one) & _values(other))


def _values(number: Number) -> set[Decimal]:
    """What a number may be: the 2 of "2 or 3 million" is 2 or 2000000; menos 5 is 5 or −5."""
    found = {number.value, number.mantissa.scaleb(number.power or number.shared_power)}
    return found | {-value for value in found} if number.may_be_negative else found


def _have_one_unit(one: Number, other: Number) -> bool:
    """Whether two numbers may have the same unit. Where one has none, it may be understood, or come
    later; a sign for a share is never left out.
    """
    return any(
        here == there or (not (here and there) and not _SHARES & {here, there})
        for here in _units(one)
        for there in _units(other)
    )


def _units(number: Number) -> set[str]:
    return {number.unit, number.unit or number.shared_unit}


def _differ_in_sign(one: Number, other: Number) -> bool:
    return one.value == -other.value != 0 and _have_one_unit(one, other)


def _differ_in_unit(one: Number, other: Number) -> bool:
    return _have_one_value(one, other) and not _have_one_unit(one, other)


def _differ_in_mark(one: Number, other: Number) -> bool:
    """The same digits with other marks, or with those of another language."""
    return not (one.is_word or other.is_word) and one.digits == other.digits != ""


def _differ_in_magnitude(one: Number, other: Number) -> bool:
    return one.mantissa == other.mantissa and one.power != other.power


_KINDS: Final[tuple[tuple[str, Callable[[Number, Number], bool]], ...]] = (
    ("sign", _differ_in_sign),
    ("unit", _differ_in_unit),
    ("magnitude", _differ_in_magnitude),
    ("mark", _differ_in_mark),
)
