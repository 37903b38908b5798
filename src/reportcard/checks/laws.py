"""Laws: one law has one number and one date throughout a card."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from reportcard.checks.passages import PlainPassage, passages
from reportcard.content.loading import Content
from reportcard.problems.problem import Problem, Severity
from reportcard.problems.rule import Rule, Stage

LAW_CONFLICT: Final = Rule(
    "LAW-CONFLICT",
    Severity.ERROR,
    Stage.CONTENT,
    cases={
        "date": (
            "this law is dated {here} here but {elsewhere} elsewhere.",
            "Correct the wrong date.",
        ),
        "number": (
            "this law has number {here} here but {elsewhere} elsewhere.",
            "Correct the wrong number.",
        ),
        "digits": (
            "law number {here} has the same digits as {elsewhere}, cited elsewhere.",
            "Correct the wrong number, or waive this rule with a reason if both laws exist.",
        ),
    },
    why=(
        "A law is cited under two numbers or two dates. A short form after the full one is "
        "accepted."
    ),
    wrong="Law No. 27651 … Law No. 27561",
    right="Law No. 27651 … Law No. 27651",
    is_waivable=True,
)

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


def card(content: Content, country: str) -> Iterator[Problem]:
    """Laws of one card that are cited in two ways."""
    for language, sourced in content.cards[country].items():
        own = [passage for passage in passages(sourced, language) if not passage.kind.is_name]
        yield from _one_number_each(own)


def _one_number_each(own: list[PlainPassage]) -> Iterator[Problem]:
    """A law has one number and one date. Of several the rarest are reported; all of them if none is
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
    yield from _differing(dates, "date")
    yield from _differing(names, "number")
    yield from _differing(digits, "digits")


_Cited = tuple[str, PlainPassage, int]


def _differing(groups: dict[str, list[_Cited]], case: str) -> Iterator[Problem]:
    reported = set()
    for cited in groups.values():
        counts = Counter(number for number, _, _ in cited)
        most = max(counts.values())
        common = [number for number, count in counts.items() if count == most]
        for number, passage, offset in cited:
            others = tuple(other for other in counts if other != number)
            if (
                others
                and (number not in common or len(common) > 1)
                and (passage.place(offset)) not in reported
            ):
                reported.add(passage.place(offset))
                yield passage.problem(
                    LAW_CONFLICT, case, offset=offset, here=number, elsewhere=others
                )
