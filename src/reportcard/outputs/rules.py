"""Rules on pictures for social media."""

from typing import Final

from reportcard.problems.problem import Severity
from reportcard.problems.rule import Rule, Stage

PICTURE_CUT: Final = Rule(
    "PICTURE-CUT",
    Severity.ERROR,
    Stage.COMMAND,
    why=(
        "A text has no room on a picture for social media, in no size of the title: a long "
        "title, or names of dimensions or organisations."
    ),
)
