"""Rules on tables of scores."""

from typing import Final

from reportcard.problems.problem import Severity
from reportcard.problems.rule import Rule, Stage

INTAKE_CELLS: Final = Rule(
    "INTAKE-CELLS",
    Severity.ERROR,
    Stage.COMMAND,
    why=(
        "A row in a .csv file has more cells than headings, so it is ambiguous. This "
        "usually happens when commas are used both as decimal marks and as cell "
        "separators."
    ),
    wrong="peru,0,9,1,0",
    right="peru;0,9;1,0",
    cases={
        "long": (
            "this row has more cells than the header row.",
            "Delete the extra cell, or give it a heading.",
        ),
        "long-commas": (
            "this row has more cells than the header row.",
            "If its numbers have decimal commas, separate the cells with semicolons or put the "
            "numbers in quotation marks.",
        ),
        "two": (
            "this row can have only one number.",
            "Delete the extra cell, or give it a heading.",
        ),
        "two-commas": (
            "this row can have only one number.",
            "If its numbers have decimal commas, separate the cells with semicolons or put the "
            "numbers in quotation marks.",
        ),
    },
)
INTAKE_NAME: Final = Rule(
    "INTAKE-NAME",
    Severity.ERROR,
    Stage.COMMAND,
    why=(
        "A score must belong to a folder in content/ and a category. Instead "
        "of a category, a table can use a criterion, a dimension or the total."
    ),
    wrong="Mercurio y cianuro",
    right="Regulación del mercurio",
    cases={
        "country": (
            '"{name}" has no folder in content/.',
            "Use a name from content/, or add this one with `reportcard new`.",
        ),
        "country-near": (
            '"{name}" has no folder in content/.',
            'Did you mean "{near}"?',
        ),
        "no-country": (
            "neither the row nor the column of this score has a name from content/.",
            "Add the name, or delete the score.",
        ),
        "category": (
            '"{name}" is not a category in this workspace.',
            "Use the category's name, ID or letter, as in content/.",
        ),
        "category-near": (
            '"{name}" is not a category in this workspace.',
            'Did you mean "{near}"?',
        ),
        "no-category": (
            "neither the row nor the column of this score names a category.",
            "Add the name of the category, or delete the score.",
        ),
    },
)
INTAKE_NUMBER: Final = Rule(
    "INTAKE-NUMBER",
    Severity.ERROR,
    Stage.COMMAND,
    why=(
        "A score must be a number from 0 to the maximum of its category, with at most "
        "four decimal places. Words, dates and percentages are not accepted."
    ),
    wrong="80 %",
    right="0.8",
    cases={
        "text": (
            '"{text}" is not a score.',
            "Enter a number such as 0.8 or 0,8, or leave the cell empty.",
        ),
        "boolean": (
            "this cell contains a true/false value, not a score.",
            "Enter a number such as 0.8 or 0,8, or leave the cell empty.",
        ),
        "date": (
            (
                "this cell contains a date or time ({text}). Spreadsheets turn entries such as "
                "1-5 into dates."
            ),
            "Enter a number such as 0.8 or 0,8, or leave the cell empty.",
        ),
        "percentage": (
            "{text} is a percentage, not a score.",
            "Enter a number such as 0.8 or 0,8, or leave the cell empty.",
        ),
        "failed": (
            "the formula in this cell returns an error ({text}).",
            "Enter a number such as 0.8 or 0,8, or leave the cell empty.",
        ),
        "unsaved": (
            "the result of the formula in this cell was not saved.",
            "Open the file in a spreadsheet program, recalculate it, and save it again.",
        ),
        "decimals": (
            "{text} has more than four decimal places.",
            "Round the score, or enter scores for the criteria instead.",
        ),
        "two": (
            "{text} can mean {one}, or {other} out of the maximum.",
            "Enter one number, without a fraction.",
        ),
        "maximum": (
            "{text} is above the category maximum of {maximum}.",
            "Correct the score.",
        ),
    },
)
INTAKE_TWICE: Final = Rule(
    "INTAKE-TWICE",
    Severity.ERROR,
    Stage.COMMAND,
    why=(
        "A score can be given only once. A category can have either its own score or scores for "
        "its criteria, but not both."
    ),
    cases={
        "table": (
            "{country} already has a score for {measure} in {cell}.",
            "Keep one of the two.",
        ),
        "criteria": (
            "{file} already has scores for the criteria of {category}.",
            "Use scores for the criteria, or delete the existing ones from that file first.",
        ),
        "category": (
            "{file} already has a single score for {category}.",
            "Use a single score, or delete the existing score from that file first.",
        ),
    },
)
INTAKE_SUM: Final = Rule(
    "INTAKE-SUM",
    Severity.ERROR,
    Stage.COMMAND,
    message=(
        'in this table, the score of {country} for "{measure}" is {given}, but the other scores '
        "give {sum}."
    ),
    advice="Correct the scores, or this figure.",
    why=(
        "In a table, a total or dimension score must match the result of applying the formula in "
        "content/scoreboard.yaml to the scores in that table."
    ),
)
