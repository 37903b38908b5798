"""A problem of a line of text, and how text is quoted in problems."""

from collections.abc import Sequence

from reportcard.messages.message import Hole
from reportcard.page.compose.composed import Composed
from reportcard.page.origins import line_origin, text_origin
from reportcard.page.typeset.measures import TextLine
from reportcard.problems.problem import Problem
from reportcard.problems.rule import Rule

#: Roundings, in mm.
HAIR = 0.3
#: Sections that fill the sheet, without a text block.
SHEETS = ("cover", "back")


def at_line(
    card: Composed, line: TextLine, rule: Rule, case: str = "", /, **holes: Hole
) -> Problem:
    """The problem of a rule at a line of text."""
    origin = line_origin(card, line)
    return rule.at(origin.place, case, field=origin.field, **holes)


def at_text(
    card: Composed,
    lines: Sequence[TextLine],
    section: str,
    rule: Rule,
    case: str = "",
    /,
    **holes: Hole,
) -> Problem:
    """The problem of a rule about how much text there is, at the field that some lines are of."""
    origin = text_origin(card, lines, section)
    return rule.at(origin.place, case, field=origin.field, **holes)


def short(text: str) -> str:
    """Words as a problem quotes them."""
    text = text.strip()
    return text if len(text) <= 40 else f"{text[:38].rstrip()}…"
