"""Rules on a build and its editions."""

from typing import Final

from reportcard.problems.problem import Severity
from reportcard.problems.rule import Rule, Stage

BUILD_LOST: Final = Rule(
    "BUILD-LOST",
    Severity.ERROR,
    Stage.LAYOUT,
    why=(
        "The process that made a card ended before it was done: it was killed, or memory ran "
        "out. It was tried twice."
    ),
)
PRINT_FOREIGN: Final = Rule(
    "PRINT-FOREIGN",
    Severity.NOTE,
    Stage.PREFLIGHT,
    why=(
        "A colour of a figure or logo is no token of styles/tokens.yaml. In print it was "
        "converted through the profile, and may look otherwise than chosen."
    ),
)
PRINT_PAGES: Final = Rule(
    "PRINT-PAGES",
    Severity.NOTE,
    Stage.PREFLIGHT,
    why=(
        "The edition asks to be told when the number of pages is no multiple of four, as a "
        "stapled booklet needs."
    ),
)
