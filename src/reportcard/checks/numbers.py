"""Figures: one quantity has one value throughout a card."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from reportcard.checks.passages import PlainPassage, passages
from reportcard.content.loading import Content
from reportcard.problems.problem import Problem, Severity
from reportcard.problems.rule import Rule, Stage

NUMBER_CONFLICT: Final = Rule(
    "NUMBER-CONFLICT",
    Severity.ERROR,
    Stage.CONTENT,
    message="{here} here and {before} earlier look like two values for the same quantity.",
    advice=(
        "Correct the wrong figure, or waive this rule with a reason if they are two quantities."
    ),
    why=(
        "Two figures in one card differ by swapped digits or by less than half a percent, so they "
        "look like one quantity with two values. A rounded figure (over 139,000 for 139,169) is "
        "accepted."
    ),
    wrong="139,619 hectares … 139,169 hectares",
    right="139,169 hectares … over 139,000 hectares",
    is_waivable=True,
)

_NUMBER: Final = re.compile(r"(?<![\w.,/#])(?<!\d-)\d+(?:[.,]\d+)*(?![\w-]*\d)")


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a passage: as typed, its value, and where it begins."""

    typed: str
    value: Decimal
    offset: int


def numbers(passage: PlainPassage) -> Iterator[Number]:
    """The numbers of a passage: 139,169 and 139.169 with groups of three are thousands, 12,5 is
    12.5.
    """
    for match in _NUMBER.finditer(passage.text):
        typed = match[0]
        if re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", typed):
            value = Decimal(typed.replace(",", ""))
        elif re.fullmatch(r"\d{1,3}(\.\d{3}){2,}(,\d+)?", typed):
            value = Decimal(typed.replace(".", "").replace(",", "."))
        elif typed.count(",") + typed.count(".") <= 1:
            value = Decimal(typed.replace(",", "."))
        else:
            continue
        yield Number(typed, value, match.start())


def card(content: Content, country: str) -> Iterator[Problem]:
    """Figures of one card that contradict each other; its notes have figures of their own."""
    for language, sourced in content.cards[country].items():
        text = [
            passage
            for passage in passages(sourced, language)
            if not passage.kind.is_name and not passage.is_note
        ]
        yield from _one_value_each(text)


def _one_value_each(text: list[PlainPassage]) -> Iterator[Problem]:
    """Two large figures, or two percentages, that differ by swapped digits or by a hair are one
    quantity with two values.
    """
    seen: list[tuple[Number, PlainPassage]] = []
    for passage in text:
        for number in numbers(passage):
            before = passage.text[max(number.offset - 6, 0) : number.offset]
            if re.search(r"(?:No\.|N\.º|Nos\.|#)\s?$", before) or not _is_figure(number, passage):
                continue
            for other, _ in seen:
                if _is_slip(number, other):
                    yield passage.problem(
                        NUMBER_CONFLICT,
                        offset=number.offset,
                        here=number.typed,
                        before=other.typed,
                    )
                    break
            seen.append((number, passage))


def _is_figure(number: Number, passage: PlainPassage) -> bool:
    percent = re.match(r"\s?%", passage.text[number.offset + len(number.typed) :])
    return bool(percent) or (number.value >= 1000 and ("," in number.typed or "." in number.typed))


def _is_slip(one: Number, other: Number) -> bool:
    if (
        one.value == other.value
        or _rounds(one.value, other.value)
        or _rounds(other.value, one.value)
    ):
        return False
    digits = [re.sub(r"\D", "", number.typed) for number in (one, other)]
    swapped = len(digits[0]) >= 3 and sorted(digits[0]) == sorted(digits[1])
    near = one.value >= 1000 and abs(one.value - other.value) / max(
        one.value, other.value
    ) < Decimal("0.005")
    return swapped or near


def _rounds(exact: Decimal, rounded: Decimal) -> bool:
    """Whether `rounded` is `exact` rounded or cut to fewer digits: 139,000 for 139,169."""
    zeros = len(str(rounded)) - len(str(rounded).rstrip("0"))
    is_whole = rounded == rounded.to_integral()
    return is_whole and zeros > 0 and abs(exact - rounded) < Decimal(10) ** zeros
