"""Placeholders for text that is still to be written, and the rule that finds them: a card is begun,
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
    cases={
        "gap": ('"{name}" has no text yet.', "Add text, or delete the field if it is optional."),
        "begun": (
            "this is still placeholder text.",
            "Replace it with your text.",
        ),
    },
    why=(
        "A field contains only an ellipsis, or a paragraph is unchanged since "
        "`reportcard new` or `reportcard init` created it. An ellipsis within other text is "
        "accepted."
    ),
    wrong="findings: |\n  {{ country.name }} …",
    right="findings: |\n  {{ country.name }} has a mining law.",
    is_waivable=True,
)

#: The text of a required field, and of a note, in a card that `reportcard new` begins.
BEGINNING: Final = "{{ country.name }} …"
NOTE: Final = "Source, title, year, <https://…>"
#: The definitions of categories in the wording that `reportcard init` writes, by language.
DEFINITION: Final = {"en": "assesses …", "es": "examina …"}


def shared(content: Content) -> Iterator[Problem]:
    """Definitions of categories that are as they were begun, in each language."""
    for language, wording in content.wordings.items():
        for one in passages(wording, language):
            if _bare(one.text) in _UNDEFINED:
                yield one.problem(TEXT_PLACEHOLDER, "begun")


def card(content: Content, country: str) -> Iterator[Problem]:
    """Fields without text, and paragraphs that are as they were begun, in each language."""
    for language, sourced in content.cards[country].items():
        for path, field in groupby(passages(sourced, language), key=lambda one: one.path):
            paragraphs = list(field)
            if all(set(_bare(one.text)) == {"."} for one in paragraphs):
                yield paragraphs[0].problem(TEXT_PLACEHOLDER, "gap", name=path)
                continue
            for one in paragraphs:
                if _bare(one.text) in _BEGUN:
                    yield one.problem(TEXT_PLACEHOLDER, "begun")


def _bare(text: str) -> str:
    """A text without spaces and the brackets of addresses, an ellipsis as three full stops."""
    return re.sub(r"[\s<>]", "", normalize("NFKC", text))


_UNDEFINED: Final = frozenset(map(_bare, DEFINITION.values()))
_BEGUN: Final = frozenset(_bare(re.sub(r"\{\{.*?\}\}", HOLE, text)) for text in (BEGINNING, NOTE))
