"""Rules on pictures for social media."""

from typing import Final

from reportcard.problems.problem import Severity
from reportcard.problems.rule import Rule, Stage

PICTURE_CUT: Final = Rule(
    "PICTURE-CUT",
    Severity.ERROR,
    Stage.COMMAND,
    message='"{text}" does not fit, even with the title at its smallest size, on {pictures}.',
    advice="Shorten this text.",
    why=(
        "Text does not fit on a social media picture, even with the smallest title "
        "size. The title, or the name of a dimension or organization, is too long."
    ),
)
