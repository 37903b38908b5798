"""The cover: its title and its authors."""

from collections.abc import Iterator
from typing import Final

from reportcard.page.compose.composed import Composed
from reportcard.page.proof.reports import at_line
from reportcard.page.proof.rules import PAGE_COVER
from reportcard.page.typeset.layout import LaidOut
from reportcard.problems.problem import Problem

#: The least space below the title and its subtitle, in mm.
_SPACE: Final = 8.0
_PARTS: Final = (".title.", ".subtitle.")


def cover(card: Composed, laid: LaidOut) -> Iterator[Problem]:
    """Title and subtitle end well above what is below them."""
    page = laid.sections.get("cover", (0, 0))[0]
    lines = [line for line in laid.lines if line.box.page == page and line.kind == "text"]
    is_title = [any(part in f"{line.id}." for part in _PARTS) for line in lines]
    if not any(is_title):
        return
    last = len(is_title) - 1 - is_title[::-1].index(True)
    foot = lines[last].box.y + lines[last].box.height
    below = (line.box.y for line in lines[last + 1 :])
    space = min(below, default=laid.areas[page].block.height) - foot
    if space < _SPACE:
        yield at_line(
            card, lines[last], PAGE_COVER, space=f"{max(space, 0):.0f}", least=f"{_SPACE:g}"
        )
