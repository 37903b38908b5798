"""Text of a manuscript that no field has taken yet."""

from collections.abc import Iterator
from typing import Final

from reportcard.content.loading import Content
from reportcard.problems.problem import Problem, Severity
from reportcard.problems.rule import Rule, Stage

INTAKE_UNPLACED: Final = Rule(
    "INTAKE-UNPLACED",
    Severity.WARNING,
    Stage.CONTENT,
    why=(
        "A manuscript that was taken in has text that belongs to no field that could be told. "
        "It is kept under `unplaced` and not printed; a release refuses it."
    ),
    wrong="unplaced: |\n  The text.",
    right="context: |\n  The text.",
)


def card(content: Content, country: str) -> Iterator[Problem]:
    """Every paragraph under `unplaced`, in each language."""
    for sourced in content.cards[country].values():
        prose = sourced.prose.get("unplaced")
        for paragraph in prose.paragraphs() if prose else ():
            yield Problem(
                "INTAKE-UNPLACED",
                "this text of the manuscript stands in no field, and is not printed.",
                "Move it to the field it belongs to, or delete it here.",
                paragraph.place,
                field=f"{country}/unplaced",
            )
