"""Laws: one law has one number and one date throughout a card."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import chain
from types import MappingProxyType
from typing import Final

from reportcard.checks.passages import PlainPassage, passages
from reportcard.content.loading import Content
from reportcard.language.packs import every_pack
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
            "this law is cited as number {here} here but as {elsewhere} elsewhere.",
            "Correct the wrong number.",
        ),
        "digits": (
            ("law number {here} may have transposed digits: {elsewhere} is cited elsewhere."),
            "Correct the wrong number or, if both laws exist, waive this rule and give a reason.",
        ),
    },
    why=(
        "A law is cited with two different numbers or dates. A short form is accepted "
        "after the full citation."
    ),
    wrong="Law No. 27651 … Law No. 27561",
    right="Law No. 27651 … Law No. 27651",
    is_waivable=True,
)


def card(content: Content, country: str) -> Iterator[Problem]:
    """Laws of one card that are cited in two ways."""
    for language, sourced in content.cards[country].items():
        own = [passage for passage in passages(sourced, language) if not passage.kind.is_name]
        yield from _one_number_each(own)


def _one_number_each(own: list[PlainPassage]) -> Iterator[Problem]:
    """A law has one number and one date. Of several the rarest are reported; all of them if none is
    rarer.
    """
    citation, article, kinds = citations()
    dates: dict[str, list[_Cited]] = {}
    names: dict[str, list[_Cited]] = {}
    digits: dict[str, list[_Cited]] = {}
    for passage in own:
        for match in citation.finditer(passage.text):
            kind, number = kinds[match["kind"]], match["number"]
            cited = (number, passage, match.start("number"))
            if match["year"]:
                dates.setdefault(f"{kind} {number}", []).append(
                    (match["year"], passage, match.start("year"))
                )
            name = article.sub("", (match["name"] or "").strip())
            if name and passage.text[match.start("kind") - 1 : match.start("kind")] == "(":
                names.setdefault(name, []).append(cited)
            if len(number) > 3:
                digits.setdefault(
                    f"{kind} {''.join(sorted(re.sub(r'[^0-9]', '', number)))}", []
                ).append(cited)
    yield from _differing(dates, "date")
    yield from _differing(names, "number")
    yield from _differing(digits, "digits")


@cache
def citations() -> tuple[re.Pattern[str], re.Pattern[str], Mapping[str, str]]:
    """A law's kind and number as all languages write them, with a name before it, or a year after
    it, in brackets; the article of such a name; and kinds by their names in any language.
    """
    words = [known.laws for known in every_pack() if known.laws]
    kinds = {name: kind for one in words for kind, name in one.kinds.items()}
    number, article = (
        "|".join(map(re.escape, dict.fromkeys(chain.from_iterable(listed))))
        for listed in ((one.number for one in words), (one.articles for one in words))
    )
    # The longest first: one may begin another
    named = "|".join(map(re.escape, sorted(kinds, key=len, reverse=True)))
    law = (
        rf"(?P<name>[A-ZÁÉÍÓÚÑ][\w ]{{8,80}}?)?\s?\(?(?P<kind>{named}) (?:{number})\s?"
        r"(?P<number>\d+(?:-\d+)*(?:-[A-Z]+)*)(?:\)| \((?P<year>(?:19|20)\d\d)\))?"
    )
    return re.compile(law), re.compile(rf"^(?:{article}) "), MappingProxyType(kinds)


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
