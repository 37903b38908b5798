"""Figures, laws and dates: one quantity has one value throughout a card."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from reportcard.checks.passages import PlainPassage, passages
from reportcard.content.loading import Content
from reportcard.language.locales import Tongue
from reportcard.problems.problem import Problem

_NUMBER: Final = re.compile(r"(?<![\w.,/#])(?<!\d-)\d+(?:[.,]\d+)*(?![\w-]*\d)")
#: A law's kind and number, as both languages write them; a name before it, or a year after it, in
#: brackets.
_LAW: Final = re.compile(
    r"(?P<name>[A-ZÁÉÍÓÚÑ][\w ]{8,80}?)?\s?\(?(?P<kind>Law|Ley|Legislative Decree|Decreto"
    r" Legislativo|Supreme Decree|Decreto Supremo) "
    r"(?:No\.|N\.º|Nº|n\.º)\s?(?P<number>\d[\d-]*(?:-[A-Z]+)?)(?:\)| \((?P<year>(?:19|20)\d\d)\))?"
)
_LAW_KINDS: Final = {
    "Ley": "Law",
    "Decreto Legislativo": "Legislative Decree",
    "Decreto Supremo": "Supreme Decree",
}
_YEAR: Final = re.compile(r"(?<![\w.,/-])(?:19|20)\d\d(?![\w.,/-]*\d)")


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
    """All rules on the figures of one card."""
    for language, sourced in content.cards[country].items():
        own = [passage for passage in passages(sourced, language) if not passage.kind.is_name]
        text = [passage for passage in own if not passage.is_note]
        yield from _one_value_each(text)
        yield from _one_number_each(own)
        yield from _no_future(
            own, Tongue(language, "", content.edition.model.languages[language]), content
        )


def _one_value_each(text: list[PlainPassage]) -> Iterator[Problem]:
    """Two large figures, or two percentages, that differ by swapped digits or by a hair are one
    quantity, told twice.
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
                        "NUMBER-CONFLICT",
                        f"{number.typed} stands here, {other.typed} before.",
                        "If both are the same quantity, mend the wrong one; if not, waive this with"
                        " the reason.",
                        number.offset,
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


def _rounds(exact: Decimal, told: Decimal) -> bool:
    """Whether `told` is `exact` rounded or cut to fewer digits: 139,000 for 139,169."""
    zeros = len(str(told)) - len(str(told).rstrip("0"))
    return told == told.to_integral() and zeros > 0 and abs(exact - told) < Decimal(10) ** zeros


def _one_number_each(own: list[PlainPassage]) -> Iterator[Problem]:
    """A law has one number and one date. Of several the rarest are told; all of them if none is
    rarer.
    """
    dates: dict[str, list[_Cited]] = {}
    names: dict[str, list[_Cited]] = {}
    digits: dict[str, list[_Cited]] = {}
    for passage in own:
        for match in _LAW.finditer(passage.text):
            kind, number = _LAW_KINDS.get(match["kind"], match["kind"]), match["number"]
            cited = (number, passage, match.start("number"))
            if match["year"]:
                dates.setdefault(f"{kind} {number}", []).append(
                    (match["year"], passage, match.start("year"))
                )
            name = re.sub(r"^(?:The|El|La) ", "", (match["name"] or "").strip())
            if name and passage.text[match.start("kind") - 1 : match.start("kind")] == "(":
                names.setdefault(name, []).append(cited)
            if len(number) > 3:
                digits.setdefault(
                    f"{kind} {''.join(sorted(re.sub(r'[^0-9]', '', number)))}", []
                ).append(cited)
    yield from _differing(dates, "{0} is its date here, {1} elsewhere.", "Mend the wrong date.")
    yield from _differing(names, "{0} is its number here, {1} elsewhere.", "Mend the wrong number.")
    yield from _differing(
        digits,
        "{0} has the same digits as {1}, cited elsewhere.",
        "Mend the wrong number; if both are laws, waive this with the reason.",
    )


_Cited = tuple[str, PlainPassage, int]


def _differing(groups: dict[str, list[_Cited]], message: str, hint: str) -> Iterator[Problem]:
    told = set()
    for cited in groups.values():
        counts = Counter(number for number, _, _ in cited)
        most = max(counts.values())
        common = [number for number, count in counts.items() if count == most]
        for number, passage, offset in cited:
            others = ", ".join(other for other in counts if other != number)
            if (
                others
                and (number not in common or len(common) > 1)
                and (passage.place(offset)) not in told
            ):
                told.add(passage.place(offset))
                yield passage.problem("LAW-CONFLICT", message.format(number, others), hint, offset)


def _no_future(own: list[PlainPassage], tongue: Tongue, content: Content) -> Iterator[Problem]:
    """No source was published, and no day told, after this edition. A year in the text may be a
    plan's (until 2030).
    """
    edition = content.edition.model.date.year
    for passage in own:
        for day, offset in tongue.dates(passage.own):
            if day > content.edition.model.date:
                yield passage.problem(
                    "DATE-FUTURE",
                    f"{tongue.date(day)} is after the date of this edition.",
                    "Mend the date, or the one in content/edition.yaml.",
                    offset,
                )
        for match in _YEAR.finditer(passage.own) if passage.is_note else ():
            if int(match[0]) > edition:
                yield passage.problem(
                    "DATE-FUTURE",
                    f"a source of {match[0]} is cited in an edition of {edition}.",
                    "Mend the year, or the date in content/edition.yaml.",
                    match.start(),
                )
