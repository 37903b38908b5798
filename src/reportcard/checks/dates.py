"""Dates: nothing is later than the edition that mentions it."""

import re
from collections.abc import Iterator
from typing import Final

from reportcard.checks.passages import PlainPassage, passages
from reportcard.content.loading import Content
from reportcard.language.locales import Tongue
from reportcard.problems.problem import Problem, Severity
from reportcard.problems.rule import Rule, Stage

DATE_FUTURE: Final = Rule(
    "DATE-FUTURE",
    Severity.WARNING,
    Stage.CONTENT,
    cases={
        "day": (
            "{day} is after the date of this edition.",
            "Correct this date, or the date in content/edition.yaml.",
        ),
        "source": (
            "this {edition} edition cites a source from {year}.",
            "Correct the year, or the date in content/edition.yaml.",
        ),
    },
    why=(
        "A note cites a source dated after the edition, or the text gives a date after "
        "the edition. A year on its own in the text is accepted, because it may refer "
        "to a plan."
    ),
    wrong="Anuario Minero. 2042.",
    right="Anuario Minero. 2024.",
    is_waivable=True,
)

_YEAR: Final = re.compile(r"(?<![\w.,/-])(?:19|20)\d\d(?![\w.,/-]*\d)")


def card(content: Content, country: str) -> Iterator[Problem]:
    """Days and sources of one card that are still to come."""
    for language, sourced in content.cards[country].items():
        own = [passage for passage in passages(sourced, language) if not passage.kind.is_name]
        tongue = Tongue(language, "", content.edition.model.languages[language])
        yield from _no_future(own, tongue, content)


def _no_future(own: list[PlainPassage], tongue: Tongue, content: Content) -> Iterator[Problem]:
    """Sources published after this edition, and days after it. A year in the text may belong to a
    plan (until 2030).
    """
    edition = content.edition.model.date.year
    for passage in own:
        for day, offset in tongue.dates(passage.own):
            if day > content.edition.model.date:
                yield passage.problem(DATE_FUTURE, "day", offset=offset, day=tongue.date(day))
        for match in _YEAR.finditer(passage.own) if passage.is_note else ():
            if int(match[0]) > edition:
                yield passage.problem(
                    DATE_FUTURE, "source", offset=match.start(), year=match[0], edition=edition
                )
