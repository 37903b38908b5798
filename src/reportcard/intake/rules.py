"""Rules on tables of scores."""

from typing import Final

from reportcard.problems.problem import Severity
from reportcard.problems.rule import Rule, Stage

INTAKE_CELLS: Final = Rule(
    "INTAKE-CELLS",
    Severity.ERROR,
    Stage.COMMAND,
    why=(
        "A row of a .csv has more cells than its head. Most often its numbers have decimal "
        "commas, and commas part its cells too: which number belongs where cannot be told."
    ),
    wrong="peru,0,9,1,0",
    right="peru;0,9;1,0",
)
INTAKE_NAME: Final = Rule(
    "INTAKE-NAME",
    Severity.ERROR,
    Stage.COMMAND,
    why=(
        "A table of scores names a country, a dimension, a category or a criterion that the "
        "workspace does not have."
    ),
    wrong="Mercurio y cianuro",
    right="Regulación del mercurio",
)
INTAKE_NUMBER: Final = Rule(
    "INTAKE-NUMBER",
    Severity.ERROR,
    Stage.COMMAND,
    why=(
        "A cell of a table of scores holds something else than a score: words, a date, a "
        "percentage, a number out of range or with more than four decimals."
    ),
    wrong="80 %",
    right="0.8",
)
INTAKE_TWICE: Final = Rule(
    "INTAKE-TWICE",
    Severity.ERROR,
    Stage.COMMAND,
    why=("A table of scores gives a score twice, or a category's score and those of its criteria."),
)
INTAKE_SUM: Final = Rule(
    "INTAKE-SUM",
    Severity.ERROR,
    Stage.COMMAND,
    why="A table of scores states a sum that its own scores do not make.",
)
