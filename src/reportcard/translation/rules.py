"""Rules on translations that are confirmed."""

from typing import Final

from reportcard.problems.problem import Severity
from reportcard.problems.rule import Rule, Stage

TRANSLATION_BLOCKS: Final = Rule(
    "TRANSLATION-BLOCKS",
    Severity.ERROR,
    Stage.COMMAND,
    message=(
        'the number of paragraphs and bullets in "{name}" is {found} here, but {expected} in '
        "{language}."
    ),
    advice="Split the text into the same paragraphs and bullets as the source.",
    why=(
        "Translations are confirmed block by block, so a translation must have the "
        "same number of paragraphs and bullets as its source."
    ),
)
TRANSLATION_MISSING: Final = Rule(
    "TRANSLATION-MISSING",
    Severity.ERROR,
    Stage.COMMAND,
    why="Only a field that exists and is translated can be confirmed or kept.",
    cases={
        "unknown": (
            '{scope} has no field "{name}" in {language}.',
            "Copy the name from `reportcard translations status`.",
        ),
        "untranslated": ('"{name}" is not translated into {language}.', "Translate it first."),
    },
)
