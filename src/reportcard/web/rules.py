"""Rules on the web edition."""

from typing import Final

from reportcard.problems.problem import Severity
from reportcard.problems.rule import Rule, Stage

WEB_FILE: Final = Rule(
    "WEB-FILE",
    Severity.ERROR,
    Stage.COMMAND,
    why=(
        "A page of the web edition is one file that loads nothing. The style sheet or a text "
        "asks for a font or a picture that is not there, or that browsers cannot show."
    ),
)
WEB_WEIGHT: Final = Rule(
    "WEB-WEIGHT",
    Severity.WARNING,
    Stage.COMMAND,
    why=(
        "A page of the web edition weighs more than 500 KB: it takes long where connections "
        "are slow."
    ),
)
