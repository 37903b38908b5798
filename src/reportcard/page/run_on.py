"""Whether a section may begin below the end of the one before it: where that leaves fewer pages
half empty, or fewer pages.
"""

from collections.abc import Sequence
from typing import Final

from reportcard.page.fit import Fit
from reportcard.page.proof.fill import HALF

#: Where the last pages of two sections, as shares of a page, add up to less, both may be one page;
#: to more, what is left of both may fill a page by half.
_ONE_PAGE: Final = 1.1
_ONE_AND_HALF: Final = 1.3
#: The lines of text that are kept below the heading.
_LINES: Final = 3

Apart = tuple[Fit, Fit]
"""Two sections, each from a new page on."""


def may_gain(apart: Apart) -> bool:
    """Whether two sections may be better joined, by how full their last pages are. What may not be
    parted, and notes, take more room than this reckons with.
    """
    both = sum(one.filled for one in apart)
    return both <= _ONE_PAGE or (_holes(*apart) > 0 and both >= _ONE_AND_HALF)


def is_gain(apart: Sequence[Apart], joined: Sequence[Fit]) -> bool:
    """Whether two sections are better joined, by how they are set in each language: in none has the
    second too little room below the first, more pages, or more of them half empty; in one, fewer.
    """
    pairs = list(zip(apart, joined, strict=True))
    return not any(is_loss(two, fit) for two, fit in pairs) and any(
        _holes(fit) < _holes(*two) or _pages(fit) < _pages(*two) for two, fit in pairs
    )


def is_loss(apart: Apart, joined: Fit) -> bool:
    """Whether two sections of one language are worse joined: the second has too little room below
    the first, or there are more pages, or more of them half empty.
    """
    return (
        not has_room(joined) or _holes(joined) > _holes(*apart) or _pages(joined) > _pages(*apart)
    )


def has_room(fit: Fit) -> bool:
    """Whether every section that begins in another does so below text of it, with its heading and
    some lines of its own.
    """
    for _, id_ in fit.section.begun:
        start = fit.laid.boxes[id_][0]
        here = [one for one in fit.laid.lines if one.kind == "text" and one.box.page == start.page]
        above = [one for one in here if one.box.y < start.y]
        below = [one for one in here if one.box.y >= start.y and one.tag != "h2"]
        if not above or len(below) < _LINES:
            return False
    return True


def _holes(*fits: Fit) -> int:
    return sum(fit.filled < HALF for fit in fits)


def _pages(*fits: Fit) -> int:
    return sum(fit.count for fit in fits)
