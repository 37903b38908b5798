"""Rules on tables of scores."""

from typing import Final

from reportcard.problems.problem import Severity
from reportcard.problems.rule import Rule, Stage

INTAKE_CELLS: Final = Rule(
    "INTAKE-CELLS",
    Severity.ERROR,
    Stage.COMMAND,
    why=(
        "A row of a .csv file with more cells than headings is ambiguous. Usually its numbers have "
        "decimal commas, and commas also separate its cells."
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
            "this row has a second number.",
            "Delete the extra cell, or give it a heading.",
        ),
        "two-commas": (
            "this row has a second number.",
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
        "A score needs a country and a category that the workspace has. In place of a category, a "
        "table can name a criterion, a dimension or the total."
    ),
    wrong="Mercurio y cianuro",
    right="Regulación del mercurio",
    cases={
        "country": (
            '"{name}" is not a country in this workspace.',
            "Write the name as in content/, or add the country with `reportcard new`.",
        ),
        "country-near": (
            '"{name}" is not a country in this workspace.',
            'Did you mean "{near}"?',
        ),
        "no-country": (
            "neither the row nor the column of this score names a country.",
            "Write the name of the country, or delete the score.",
        ),
        "category": (
            '"{name}" is not a category in this workspace.',
            "Write the name, id or letter of the category as in content/.",
        ),
        "category-near": (
            '"{name}" is not a category in this workspace.',
            'Did you mean "{near}"?',
        ),
        "no-category": (
            "neither the row nor the column of this score names a category.",
            "Write the name of the category, or delete the score.",
        ),
    },
)
INTAKE_NUMBER: Final = Rule(
    "INTAKE-NUMBER",
    Severity.ERROR,
    Stage.COMMAND,
    why=(
        "A score is a number from 0 to the maximum of a category, with at most four decimals. "
        "Words, dates and percentages are not scores."
    ),
    wrong="80 %",
    right="0.8",
    cases={
        "text": (
            '"{text}" is not a score.',
            "Write a number such as 0.8 or 0,8, or leave the cell empty.",
        ),
        "boolean": (
            "this cell has a yes-or-no value, not a score.",
            "Write a number such as 0.8 or 0,8, or leave the cell empty.",
        ),
        "date": (
            "this cell has a date or time ({text}). Spreadsheets turn entries such as 1-5 into "
            "dates.",
            "Write a number such as 0.8 or 0,8, or leave the cell empty.",
        ),
        "percentage": (
            "{text} is a percentage, not a score.",
            "Write a number such as 0.8 or 0,8, or leave the cell empty.",
        ),
        "failed": (
            "the formula in this cell failed ({text}).",
            "Write a number such as 0.8 or 0,8, or leave the cell empty.",
        ),
        "unsaved": (
            "the result of the formula in this cell was not saved.",
            "Open the file in a spreadsheet program, let it calculate, and save the file again.",
        ),
        "decimals": (
            "{text} has more than four decimals.",
            "Round it, or give the scores of the criteria.",
        ),
        "maximum": (
            "{text} is above the maximum of a category, {maximum}.",
            "Correct the score.",
        ),
    },
)
INTAKE_TWICE: Final = Rule(
    "INTAKE-TWICE",
    Severity.ERROR,
    Stage.COMMAND,
    why=(
        "A score can be given only once. A category has either a score of its own or scores of its "
        "criteria."
    ),
    cases={
        "table": (
            "{country} already has a score for {measure} in {cell}.",
            "Keep one of the two.",
        ),
        "criteria": (
            "{file} has scores for the criteria of {category}.",
            "Give the scores of the criteria, or delete them from that file first.",
        ),
        "category": (
            "{file} has a single score for {category}.",
            "Give that score, or delete it from that file first.",
        ),
    },
)
INTAKE_SUM: Final = Rule(
    "INTAKE-SUM",
    Severity.ERROR,
    Stage.COMMAND,
    message="{measure} of {country} is {given} in this table, but its scores add up to {sum}.",
    advice="Correct the score or the sum.",
    why="A sum in a table of scores must be the sum of its scores.",
)
