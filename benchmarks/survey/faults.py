"""What a designer refuses on a page, as values, and the problems by which the proof reports it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Kind(StrEnum):
    """A kind of fault."""

    QUARTER = "page under a quarter full"
    HALF = "page under half full"
    COLLISION = "text over text"
    OUTSIDE = "text outside the margins"
    CLIPPED = "label outside its box"
    HEAD = "head on two lines"
    STRANDED = "stranded heading"
    WIDOW = "widow or orphan"
    NOTE = "note parted from its call"
    CROOKED = "gauges of a row not aligned"
    LONELY = "lonely last item of a strip"
    TOUCHING = "names or labels that touch"
    MEASURE = "line too long"
    PITCH = "uneven pitch of lines"
    UNIT = "number parted from its unit"
    EARLY = "line that ends early"
    RUNT = "last line too short"


#: The rules that report a kind. A rule that the program does not have yet reports nothing.
REPORTED_BY: Final = {
    Kind.QUARTER: ("PAGE-TAIL", "PAGE-HOLE", "PAGE-GAP"),
    Kind.HALF: ("PAGE-HOLE", "PAGE-TAIL", "PAGE-GAP"),
    Kind.COLLISION: ("PAGE-COLLISION", "PAGE-GAUGES"),
    Kind.OUTSIDE: ("PAGE-OVERFLOW",),
    Kind.CLIPPED: ("PAGE-OVERFLOW", "PAGE-COLLISION", "PAGE-GAUGES"),
    Kind.HEAD: ("PAGE-HEAD",),
    Kind.STRANDED: ("PAGE-HEADING",),
    Kind.WIDOW: ("PAGE-WIDOW",),
    Kind.NOTE: ("PAGE-NOTE",),
    Kind.CROOKED: ("PAGE-GAUGES",),
    Kind.LONELY: (),
    Kind.TOUCHING: ("PAGE-COLLISION",),
    Kind.MEASURE: ("PAGE-MEASURE",),
    Kind.PITCH: ("PAGE-PITCH",),
    Kind.UNIT: ("PAGE-UNIT",),
    Kind.EARLY: ("PAGE-EARLY-LINE",),
    Kind.RUNT: ("PAGE-RUNT",),
}
#: Kinds that one problem reports for all pages of a card, where the proof looks at how a text is
#: set and not at its place.
WHOLE_CARD: Final = frozenset({Kind.HEAD, Kind.MEASURE, Kind.PITCH})
#: Faults of fine type: a page with these alone is usable.
FINE: Final = frozenset({Kind.MEASURE, Kind.PITCH, Kind.UNIT, Kind.EARLY, Kind.RUNT})


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """A fault on a page (from 1), and what is wrong there."""

    page: int
    kind: Kind
    what: str
