"""Recommendations as people type them: a bold line, perhaps with a number, and the institutions
that are to carry it out.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from reportcard.intake.blocks import ManuscriptBlock
from reportcard.intake.manuscript import (
    Inline,
    ManuscriptCall,
    ManuscriptParagraph,
    ManuscriptRun,
    ParagraphKind,
    stripped,
    text_of,
    without,
)
from reportcard.intake.outline import unnumbered

#: The title of a recommendation has at most so many letters.
_LONGEST_TITLE: Final = 260


@dataclass(slots=True)
class Advice:
    """A recommendation as the manuscript has it."""

    title: tuple[Inline, ...]
    text: list[ManuscriptBlock] = field(default_factory=list)
    institutions: list[str] = field(default_factory=list)


def bold_lead(one: ManuscriptParagraph) -> tuple[tuple[Inline, ...], bool]:
    """The bold words that begin a paragraph, which may be a title (none if they cannot be), and
    whether they have a number.
    """
    if one.kind is ParagraphKind.BULLET or len(one.text) > _LONGEST_TITLE * 10:
        return (), False
    is_numbered = one.kind is ParagraphKind.NUMBERED or bool(
        re.search(r"\d", unnumbered(one.text)[0])
    )
    lead: list[Inline] = []
    for part in one.inlines:
        is_number = (
            not lead and isinstance(part, ManuscriptRun) and not re.search(r"[^\W\d_]", part.text)
        )
        if not (isinstance(part, ManuscriptCall) or part.bold or is_number):
            break
        lead.append(part)
    text = text_of(lead)
    if not re.search(r"[^\W\d_]", text) or len(text) > _LONGEST_TITLE:
        return (), False
    return tuple(lead), is_numbered


def advice_title(title: Sequence[Inline], *, is_run_in: bool) -> tuple[str, tuple[Inline, ...]]:
    """The typed number of a title (empty if it has none), and its words as a card has them; what
    ends one that runs in to its text is left out.
    """
    number, _ = unnumbered(text_of(title))
    if not re.search(r"\d", number):
        number = ""
    runs = list(
        stripped(
            replace(one, bold=False, text=one.text.replace("\n", " "))
            if isinstance(one, ManuscriptRun)
            else one
            for one in without(title, len(number))
        )
    )
    if is_run_in and runs and isinstance(last := runs[-1], ManuscriptRun):
        runs[-1] = replace(last, text=last.text.rstrip(" .:"))
    return number, tuple(runs)


def institution_names(text: str) -> list[str]:
    """The institutions of a line or list."""
    names = (name.strip().rstrip(".") for line in text.split("\n") for name in line.split(";"))
    return [name for name in names if name]
