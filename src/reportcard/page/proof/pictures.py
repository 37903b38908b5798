"""Pictures of pixels."""

from collections.abc import Iterator
from typing import Final

from reportcard.page.compose.composed import Composed
from reportcard.page.origins import picture_origin
from reportcard.page.proof.rules import PAGE_PICTURE, PAGE_RESOLUTION
from reportcard.page.typeset.layout import LaidOut
from reportcard.problems.problem import Problem

_MODES: Final = ("RGB", "RGBA", "L", "LA")
_PPI: Final = 300


def pictures(card: Composed, laid: LaidOut) -> Iterator[Problem]:
    """Pictures can be printed, and are sharp."""
    for picture in laid.rasters:
        origin = picture_origin(card, picture)
        name = picture.source
        if picture.mode not in _MODES:
            case = "inks" if picture.mode == "CMYK" else "depth"
            yield PAGE_PICTURE.at(origin.place, case, field=origin.field, picture=name)
        if picture.ppi < _PPI - 0.5:
            yield PAGE_RESOLUTION.at(
                origin.place,
                field=origin.field,
                picture=name,
                ppi=round(picture.ppi),
                least=_PPI,
            )
