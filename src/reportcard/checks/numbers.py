"""Figures: one quantity has one value throughout a card."""

from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import Final, Literal

from reportcard.checks.passages import PlainPassage, passages
from reportcard.content.loading import Content
from reportcard.content.model import House
from reportcard.language.locales import Tongue
from reportcard.language.numbers import Number, NumberStyle
from reportcard.language.unit_symbols import PER_MILLE, PERCENT
from reportcard.problems.problem import Problem, Severity
from reportcard.problems.rule import Rule, Stage
from reportcard.scores.values import shared_country

NUMBER_CONFLICT: Final = Rule(
    "NUMBER-CONFLICT",
    Severity.ERROR,
    Stage.CONTENT,
    message="{here} here and {before} earlier look like two values for the same quantity.",
    advice=(
        "Correct the wrong figure or, if the two figures are different quantities, waive this "
        "rule and give a reason."
    ),
    why=(
        "Two figures on one card differ only by swapped digits or by less than half a "
        "percent, so they may be two values for the same quantity. A rounded figure "
        "(over 139,000 for 139,169) is accepted."
    ),
    wrong="139,619 hectares … 139,169 hectares",
    right="139,169 hectares … over 139,000 hectares",
    is_waivable=True,
)
#: Without scores, nobody has said which country a card is about.
_NO_COUNTRY: Final = "US"
_OF_SHARES: Final = frozenset({PERCENT, PER_MILLE})


def style(content: Content, language: str, country: str | None = None) -> NumberStyle:
    """How numbers are written in a language and a country's card; without one, in the wording,
    which is written as the scoreboard is.
    """
    scores = content.scores.get(country) if country else None
    code = scores.model.country if scores else shared_country(content, language)
    if not content.scores or (country and not scores):
        code = _NO_COUNTRY
    house = content.edition.model.languages.get(language) or House()
    return _style(language, code, house.decimal, house.before_numbers)


@cache
def _style(
    language: str, country: str, decimal: Literal[".", ","] | None, before: tuple[str, ...]
) -> NumberStyle:
    return Tongue(language, country, House(decimal=decimal, before_numbers=before)).numbers


def card(content: Content, country: str) -> Iterator[Problem]:
    """Figures of one card that contradict each other; its notes have figures of their own."""
    for language, sourced in content.cards[country].items():
        text = [
            passage
            for passage in passages(sourced, language)
            if not passage.kind.is_name and not passage.is_note
        ]
        yield from conflicts(text, style(content, language, country))


def conflicts(text: list[PlainPassage], its: NumberStyle) -> Iterator[Problem]:
    """Two large figures, or two percentages, that differ by swapped digits or by a hair are one
    quantity with two values. Cells of one table are quantities of their own.
    """
    seen: list[tuple[Number, tuple[str, str]]] = []
    for passage in text:
        table = (passage.field, passage.table)
        for number in filter(_is_figure, its.read(passage.text)):
            for other, there in seen:
                if _is_slip(number, other) and not (passage.table and there == table):
                    yield passage.problem(
                        NUMBER_CONFLICT,
                        offset=number.offset,
                        here=number.typed,
                        before=other.typed,
                    )
                    break
            seen.append((number, table))


def _is_figure(number: Number) -> bool:
    """A share, or a large number that is typed with a mark: one without may be a year."""
    if number.is_word or number.is_name or number.is_rank:
        return False
    is_large = abs(number.value) >= 1000 and not number.typed.isdigit()
    return number.unit in _OF_SHARES or is_large


def _is_slip(one: Number, other: Number) -> bool:
    if (
        one.value == other.value
        or (one.unit != other.unit and (_OF_SHARES & {one.unit, other.unit}))
        or (one.unit and other.unit and one.unit != other.unit)
        or _rounds(one.value, other.value)
        or _rounds(other.value, one.value)
    ):
        return False
    is_swapped = len(one.digits) >= 3 and sorted(one.digits) == sorted(other.digits)
    is_near = abs(one.value) >= 1000 and abs(one.value - other.value) / max(
        abs(one.value), abs(other.value)
    ) < Decimal("0.005")
    return is_swapped or is_near


def _rounds(exact: Decimal, rounded: Decimal) -> bool:
    """Whether `rounded` is `exact` rounded or cut to fewer digits: 139,000 for 139,169."""
    zeros = len(str(rounded)) - len(str(rounded).rstrip("0"))
    is_whole = rounded == rounded.to_integral()
    return is_whole and zeros > 0 and abs(exact - rounded) < Decimal(10) ** zeros
