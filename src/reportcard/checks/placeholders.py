"""What stands where a text is still to be written, and what finds it afterwards: a card is begun,
and taken in, with gaps.
"""

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Final
from unicodedata import normalize

from reportcard.checks.passages import HOLE, passages
from reportcard.content.loading import Content
from reportcard.problems.problem import Problem, Severity
from reportcard.problems.rule import Rule, Stage

TEXT_PLACEHOLDER: Final = Rule(
    "TEXT-PLACEHOLDER",
    Severity.WARNING,
    Stage.CONTENT,
    why=(
        "A field has nothing but an ellipsis, or a paragraph is still the one that `reportcard "
        "new` began it with: its text was not written yet. An ellipsis within a text is none "
        "of this."
    ),
    wrong="findings: |\n  {{ country.name }} …",
    right="findings: |\n  {{ country.name }} has a mining law.",
    is_waivable=True,
)

#: Stands where a card has to have text and nobody has written it.
NOTHING: Final = "…"
#: The text of a required field, and of a note, in a card that `reportcard new` begins.
BEGINNING: Final = "{{ country.name }} …"
NOTE: Final = "Source, title, year, <https://…>"


def card(content: Content, country: str) -> Iterator[Problem]:
    """Fields that say nothing yet, and paragraphs that are as they were begun, in each language."""
    for language, sourced in content.cards[country].items():
        for path, field in groupby(passages(sourced, language), key=lambda one: one.path):
            paragraphs = list(field)
            if all(set(_bare(one.text)) == {"."} for one in paragraphs):
                yield paragraphs[0].problem(
                    "TEXT-PLACEHOLDER",
                    f"“{path}” has no text yet.",
                    "Write it, or delete the field if the card can do without.",
                )
                continue
            for one in paragraphs:
                if _bare(one.text) in _BEGUN:
                    yield one.problem(
                        "TEXT-PLACEHOLDER",
                        "this is the text that the card was begun with.",
                        "Write what belongs here.",
                    )


def _bare(text: str) -> str:
    """A text without spaces and the brackets of addresses, an ellipsis as three full stops."""
    return re.sub(r"[\s<>]", "", normalize("NFKC", text))


_BEGUN: Final = frozenset(_bare(re.sub(r"\{\{.*?\}\}", HOLE, text)) for text in (BEGINNING, NOTE))
