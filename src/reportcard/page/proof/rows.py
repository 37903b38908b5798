"""What is set side by side: gauges on one line, text that meets no other."""

from collections.abc import Iterator
from typing import Final

from reportcard.page.compose.composed import Composed
from reportcard.page.origins import label_origin, on_page
from reportcard.page.proof.reports import HAIR, at_line, short
from reportcard.page.proof.rules import PAGE_COLLISION, PAGE_GAUGES
from reportcard.page.typeset.layout import LaidOut
from reportcard.page.typeset.measures import TextLine
from reportcard.problems.problem import Problem

#: Lines of different blocks that share more than this, in mm, lie over each other.
_SHARED: Final = (0.8, 1.2)
_MM_PER_PT: Final = 25.4 / 72


def gauges(card: Composed, laid: LaidOut) -> Iterator[Problem]:
    """Gauges of one row stand on one line, beside each other."""
    drawn = [
        (id_, boxes[0])
        for id_, boxes in laid.boxes.items()
        if ".score." in id_ and not id_.endswith(".score.total")
    ]
    for index, (id_, box) in enumerate(drawn):
        for other_id, other in drawn[:index]:
            if (
                box.page != other.page
                or box.y >= other.y + other.height
                or other.y >= box.y + box.height
            ):
                continue
            crooked = abs(box.y - other.y) > 0.1
            crossed = box.x < other.x + other.width - HAIR and other.x < box.x + box.width - HAIR
            if crooked or crossed:
                pair = (other_id, id_) if other.width > box.width else (id_, other_id)
                origin = card.origins[pair[0]] if crooked else label_origin(card, pair[0])
                yield PAGE_GAUGES.at(
                    on_page(origin.place, box.page),
                    "crooked" if crooked else "crossed",
                    field=origin.field,
                    name=pair[0].rpartition(".")[2],
                    other=pair[1].rpartition(".")[2],
                )
                break


def collisions(card: Composed, laid: LaidOut) -> Iterator[Problem]:
    """No text lies over another."""
    pages: dict[int, list[tuple[float, float, TextLine]]] = {}
    for line in laid.lines:
        if line.kind != "margin":
            pages.setdefault(line.box.page, []).append((*_height(line), line))
    for found in pages.values():
        found.sort(key=lambda one: one[0])
        for index, (_, foot, line) in enumerate(found):
            for top, _, other in found[index + 1 :]:
                if top > foot - _SHARED[1]:
                    break
                if line.block != other.block and _share(line, other) > _SHARED[0]:
                    yield at_line(
                        card,
                        other,
                        PAGE_COLLISION,
                        text=short(other.text),
                        other=short(line.text),
                    )


def _height(line: TextLine) -> tuple[float, float]:
    """From where to where type reaches on a page, in mm, without leading."""
    height = max(ink.size for ink in line.inks) * _MM_PER_PT
    middle = line.box.y + line.box.height / 2
    return middle - height / 2, middle + height / 2


def _share(one: TextLine, other: TextLine) -> float:
    """The width that type of two lines shares, in mm."""
    shares = (
        min(right, end) - max(left, start)
        for left, right in one.reach
        for start, end in other.reach
    )
    return max(shares, default=0.0)
