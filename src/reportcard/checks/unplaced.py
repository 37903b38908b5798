"""Text of a manuscript that is not in any field yet."""

from collections.abc import Iterator
from typing import Final

from reportcard.content.loading import Content
from reportcard.problems.problem import Problem, Severity
from reportcard.problems.rule import Rule, Stage

INTAKE_UNPLACED: Final = Rule(
    "INTAKE-UNPLACED",
    Severity.WARNING,
    Stage.CONTENT,
    message="this text from the manuscript is not in any field and will not be printed.",
    advice="Move the text to the correct field, or delete it.",
    why=(
        "Some text from a manuscript could not be assigned to a field. It is kept "
        "under `unplaced` and is not printed. The card cannot be released until the "
        "text is moved or deleted."
    ),
    wrong="unplaced: |\n  The text.",
    right="context: |\n  The text.",
)


def card(content: Content, country: str) -> Iterator[Problem]:
    """Every paragraph under `unplaced`, in each language."""
    for sourced in content.cards[country].values():
        prose = sourced.prose.get("unplaced")
        for paragraph in prose.paragraphs() if prose else ():
            yield INTAKE_UNPLACED.at(paragraph.place, field=f"{country}/unplaced")
