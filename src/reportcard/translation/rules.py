"""Rules on translations that come back."""

from typing import Final

from reportcard.problems.problem import Severity
from reportcard.problems.rule import Rule, Stage

TRANSLATION_BLOCKS: Final = Rule(
    "TRANSLATION-BLOCKS",
    Severity.ERROR,
    Stage.COMMAND,
    why=(
        "A translation can be confirmed block by block only if it has as many paragraphs and "
        "bullets as its source."
    ),
)
TRANSLATION_MISSING: Final = Rule(
    "TRANSLATION-MISSING",
    Severity.ERROR,
    Stage.COMMAND,
    why=(
        "A field that is to be confirmed or kept is not translated, or there is none of that name."
    ),
)
