"""What is compared, and what is left out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from reportcard.pdf.area import Area
from reportcard.review.changes import SAID, Change, Kind

#: Kinds of changes that no edition leaves out where a field changes: a release would go out with
#: numbers that no reviewer was shown.
_SHOWN: Final = SAID | {Kind.WORDING}


@dataclass(frozen=True, slots=True)
class Regard:
    """What is compared: kinds that are left out, and areas in mm (page 0: every page); those that
    the edition itself leaves out are `agreed`. `draws` asks for pictures of the pages.
    """

    ignored_kinds: frozenset[Kind] = frozenset()
    ignored_areas: tuple[Area, ...] = ()
    agreed_kinds: frozenset[Kind] = frozenset()
    agreed_areas: tuple[Area, ...] = ()
    draws: bool = False

    @property
    def areas(self) -> tuple[Area, ...]:
        """All areas that are left out."""
        return self.ignored_areas + self.agreed_areas

    def agrees(self, change: Change) -> bool:
        """Whether the edition itself leaves a change out. What a field says is never left out."""
        is_said = change.kind in _SHOWN and bool(change.field)
        return not is_said and _passes(change, self.agreed_kinds, self.agreed_areas)

    def ignores(self, change: Change) -> bool:
        """Whether a change is left out of this comparison."""
        return _passes(change, self.ignored_kinds, self.ignored_areas)


def _passes(change: Change, kinds: frozenset[Kind], areas: Sequence[Area]) -> bool:
    """Whether a change is left out: by its kind, or since all of it is in such areas."""
    places = (*change.old_areas, *change.new_areas)
    return change.kind in kinds or bool(
        places and areas and all(any(_is_inside(place, area) for area in areas) for place in places)
    )


def _is_inside(area: Area, ignored: Area) -> bool:
    return (
        ignored[0] in (0, area[0])
        and ignored[1] <= area[1]
        and ignored[2] <= area[2]
        and area[1] + area[3] <= ignored[1] + ignored[3]
        and area[2] + area[4] <= ignored[2] + ignored[4]
    )
