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
    title = [line for line in lines if any(part in f"{line.id}." for part in _PARTS)]
    if not title:
        return
    top = min(line.box.y for line in title)
    last = max(title, key=lambda line: line.box.y)
    others = (line.box.y for line in lines if line not in title and line.box.y > top)
    space = min(others, default=laid.areas[page].block.height) - last.box.y - last.box.height
    if space < _SPACE:
        yield at_line(card, last, PAGE_COVER, space=f"{max(space, 0):.0f}", least=f"{_SPACE:g}")
