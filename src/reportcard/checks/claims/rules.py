"""The rules on claims about scores, ranks, positions and changes."""

from typing import Final

from reportcard.problems.problem import Severity
from reportcard.problems.rule import Rule, Stage

SCORE_TYPED: Final = Rule(
    "SCORE-TYPED",
    Severity.WARNING,
    Stage.CONTENT,
    cases={
        "score": (
            "{typed} is a score typed by hand instead of inserted from the data.",
            "Write {value} instead.",
        ),
        "rank": (
            '"{typed}" is a rank typed by hand instead of inserted from the data.',
            "Write {value} instead.",
        ),
    },
    why=(
        "A score or rank is typed by hand instead of inserted from the data, so it "
        "would not be updated when the data changes."
    ),
    wrong="Peru scores 11.7.",
    right="Peru scores {{ score.total }}.",
    is_waivable=True,
    is_fixable=True,
)
SCORE_CONTRADICTED: Final = Rule(
    "SCORE-CONTRADICTED",
    Severity.ERROR,
    Stage.CONTENT,
    cases={
        "score": (
            "{typed} is given as the score for {country}, but the score is {score}.",
            "Write {value} instead.",
        ),
        "maximum": (
            "{typed} is given as the maximum, but the maximum is {maximum}.",
            "Write {value} instead.",
        ),
        "rank": (
            '"{typed}" is given as the rank of {country}, but the correct rank is {rank}.',
            "Replace it with the rank value, such as {value}.",
        ),
    },
    why=("The text gives a score or rank that differs from the one in the data."),
    wrong="Peru scores 11.9.",
    right="Peru scores {{ score.total }}.",
    is_waivable=True,
)
CLAIM_ORDER: Final = Rule(
    "CLAIM-ORDER",
    Severity.ERROR,
    Stage.CONTENT,
    cases={
        "highest": (
            '"{claim}" contradicts the scores: {country} is ranked {rank}.',
            "Correct the text or the scores.",
        ),
        "leader": (
            '"{claim}" contradicts the scores: {country} does not rank first.',
            "Correct the text or the scores.",
        ),
        "last": (
            '"{claim}" contradicts the scores: {country} does not rank last.',
            "Correct the text or the scores.",
        ),
        "lowest": (
            '"{claim}" contradicts the scores: another score is lower.',
            "Correct the text or the scores.",
        ),
        "highest_own": (
            '"{claim}" contradicts the scores: another score is higher.',
            "Correct the text or the scores.",
        ),
        "dimensions": (
            '"{claim}" contradicts the scores: they are {score} and {other}.',
            "Correct the text or the scores.",
        ),
        "perfect": (
            '"{claim}" contradicts the scores: no score in this section is at its maximum.',
            "Correct the text or the scores.",
        ),
        "before": (
            '"{claim}" contradicts the scores: {country} is not ahead of {countries}.',
            "Correct the text or the scores.",
        ),
        "after": (
            '"{claim}" contradicts the scores: {country} is not behind {countries}.',
            "Correct the text or the scores.",
        ),
        "between": (
            ('"{claim}" contradicts the scores: {country} does not rank between those two.'),
            "Correct the text or the scores.",
        ),
        "tie": (
            '"{claim}" contradicts the scores: {country} and {countries} are not tied.',
            "Correct the text or the scores.",
        ),
        "distance": (
            "{typed} is given as the difference in points between {country} and {other}, but it is "
            "{given}.",
            "Correct the number.",
        ),
        "number": (
            '"{typed}" is given here, but according to the scores there are {count}.',
            "Correct the number or the scores.",
        ),
        "ahead": (
            "according to the scores, these are ahead: {countries}.",
            "Write {value} instead.",
        ),
        "others": (
            "according to the scores, these are ahead of {country}: {countries}.",
            "Name them, or correct the scores.",
        ),
        "first": (
            "this list is empty: according to the scores, no one is ahead.",
            "Correct the text or the scores.",
        ),
        "leaves_last": (
            "this list is empty: according to the scores, no one is behind.",
            "Correct the text or the scores.",
        ),
        "limit": (
            '"{claim}" contradicts the scores: the score of {country} is {score}.',
            "Correct the text or the scores.",
        ),
        "share": (
            '"{claim}" contradicts the scores: {country} has {share} of the maximum.',
            "Correct the text or the scores.",
        ),
        "average": (
            "{typed} is given as the average of all scores, but it is {average}.",
            "Correct the number.",
        ),
        "count": (
            '"{typed}" is given as the number of units, but there are {count}.',
            "Correct the number.",
        ),
    },
    why=(
        "A claim about a rank, a position relative to others, or the highest, lowest or maximum "
        "score contradicts the data."
    ),
    wrong="the lowest score (of the second lowest)",
    right="a low score",
    is_waivable=True,
)
CLAIM_CHANGE: Final = Rule(
    "CLAIM-CHANGE",
    Severity.ERROR,
    Stage.CONTENT,
    cases={
        "direction": (
            (
                '"{claim}" contradicts the scores: the score was {before} in {edition} and is '
                "now {now}."
            ),
            "Correct the text or the scores.",
        ),
        "difference": (
            "{typed} is given as the change since {edition}, but the change is {given}.",
            ("Write {{ change.total }} instead. For a dimension, replace `total` with its name."),
        ),
        "before": (
            "{typed} is given as the score in {edition}, but the score was {given}.",
            "Correct the text, or the score under `earlier` in scores.yaml.",
        ),
        "now": (
            "{typed} is given as the current score, but the score is {given}.",
            ("Write {{ score.total }} instead. For a dimension, replace `total` with its name."),
        ),
    },
    why=(
        "The text says that a score rose, fell or stayed the same, but the scores of "
        "the earlier edition show otherwise."
    ),
    wrong="The score rose by 0.9 points since 2024. (10.9 then, 11.7 now)",
    right="The score rose by 0.8 points since 2024.",
    is_waivable=True,
)
