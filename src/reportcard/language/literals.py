"""Digits with their marks as a number, and a number as digits with marks."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

#: Spaces that part thousands: plain, no-break, narrow no-break, thin.
SPACES: Final = " \u00a0\u202f\u2009"
_APOSTROPHES: Final = "'’"
#: Digits with any marks between them, but no spaces.
MARKED: Final = rf"[0-9]+(?:[.,{_APOSTROPHES}][0-9]+)*"
#: A literal: thousands parted by one kind of space, or digits with any marks between them.
LITERAL: Final = (
    rf"(?:[0-9]{{1,3}}([{SPACES}])[0-9]{{3}}(?:\1[0-9]{{3}})*(?:[.,][0-9]+)?"
    rf"(?![.,{_APOSTROPHES}]?[0-9])"
    rf"|{MARKED})"
)
#: Nobody means a number with more digits.
_MOST_DIGITS: Final = 40
_TYPED_SCORE: Final = re.compile(r"([0-9]*)(?:[.,]([0-9]+))?")


@dataclass(frozen=True, slots=True)
class NumberMarks:
    """The decimal mark of a language and country, and what is written between thousands.

    Read are also the other mark, spaces and apostrophes between thousands.
    """

    decimal: Literal[".", ","]
    group: str

    @property
    def foreign(self) -> "NumberMarks":
        """Those of a language with the other decimal mark."""
        return _COMMA if self.decimal == "." else POINT

    def read(self, literal: str) -> Decimal | None:
        """The number that a literal is by these marks, with its decimals. None if it is none:
        1,23,4 never is one, 66,9 only where decimals have a comma.
        """
        digits = re.sub(rf"[{SPACES}]", "", literal)
        if sum(sign.isdigit() for sign in digits) > _MOST_DIGITS:
            return None
        whole, _, decimals = digits.partition(self.decimal)
        groups = rf"[1-9][0-9]{{0,2}}(?:[{self.foreign.decimal}{_APOSTROPHES}][0-9]{{3}})+"
        if digits == literal and re.fullmatch(groups, whole):
            whole = re.sub(r"\D", "", whole)
        if not re.fullmatch(r"[0-9]+", whole) or not re.fullmatch(r"[0-9]*", decimals):
            return None
        return Decimal(f"{whole}.{decimals}" if decimals else whole)

    def write(self, value: Decimal) -> str:
        """A number with all its decimals, and a true minus: 139,169; −12.50."""
        whole, _, decimals = f"{abs(value):f}".partition(".")
        first = len(whole) % 3 or 3
        groups = [whole[:first], *(whole[at : at + 3] for at in range(first, len(whole), 3))]
        sign = "\N{MINUS SIGN}" if value < 0 else ""
        return sign + self.group.join(groups) + (self.decimal + decimals if decimals else "")


POINT: Final = NumberMarks(".", ",")
_COMMA: Final = NumberMarks(",", ".")


def value_anywhere(literal: str) -> Decimal | None:
    """The number that a literal is where nobody knows its language: a mark before three digits
    parts thousands if it can, any other comes before decimals. None if it is none.
    """
    read = [value for marks in (POINT, _COMMA) if (value := marks.read(literal)) is not None]
    return max(read, default=None)


def same_number(one: str, other: str) -> bool:
    """Whether two literals are one number, as different languages write it: 12,5 is 12.5, 1.000 is
    1,000 and 1000, 0.80 is 0.8. A sign may come before them.
    """
    return one == other or (_signed(one) is not None and _signed(one) == _signed(other))


def _signed(text: str) -> Decimal | None:
    value = value_anywhere(text.lstrip("-−"))
    return -value if value is not None and text[:1] in ("-", "−") else value


def typed_score(text: str) -> Decimal | None:
    """A score as tables have it: its only mark, a point or a comma, comes before decimals (.5;
    0,855). None if it is anything else.
    """
    match = _TYPED_SCORE.fullmatch(text)
    if not match or not text or len(text) > _MOST_DIGITS:
        return None
    return Decimal(f"{match[1] or 0}.{match[2]}" if match[2] else match[1])
