"""A rule of one organization's house style: no word is written in capitals for emphasis."""

import re
from collections.abc import Iterator
from typing import Final

from reportcard.checks.passages import passages
from reportcard.content.loading import Content
from reportcard.problems.problem import Problem, Severity
from reportcard.problems.rule import Rule, Stage

HOUSE_CAPITALS: Final = Rule(
    "HOUSE-CAPITALS",
    Severity.WARNING,
    Stage.CONTENT,
    message='"{word}" is in capitals.',
    advice="Write it in lower case, or use **bold**.",
    why="Words in capitals are hard to read, and screen readers may spell them out.",
    wrong="The country has NEVER reported.",
    right="The country has **never** reported.",
    is_waivable=True,
)
#: Longer than any acronym of a card.
_WORD: Final = re.compile(r"\b[A-ZÁÉÍÓÚÑ]{10,}\b")


def card(content: Content, country: str) -> Iterator[Problem]:
    """Words in capitals on one country's card, in any of its languages."""
    for language, sourced in content.cards[country].items():
        for passage in passages(sourced, language):
            for word in _WORD.finditer(passage.own):
                yield passage.problem(HOUSE_CAPITALS, offset=word.start(), word=word[0])
