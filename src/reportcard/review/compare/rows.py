"""Rows of tables that came, went or moved: all of their cells are one passage."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import Final

from reportcard.review.compare.pairs import DocumentPair, PassagePair
from reportcard.review.read.document import Document, Passage

#: Tags of the cells of a table.
CELLS: Final = ("TD", "TH")


def by_rows(pairs: Sequence[PassagePair], documents: DocumentPair) -> Iterator[PassagePair]:
    """The pairs; of cells that came, went or moved, those that follow each other in their files
    are one.
    """
    orders = _order(documents.old), _order(documents.new)
    run: list[PassagePair] = []
    for pair in pairs:
        if run and not _goes_on(run[-1], pair, orders):
            yield _joined(run)
            run = []
        run.append(pair)
    if run:
        yield _joined(run)


def _order(document: Document) -> dict[int, int]:
    return {id(passage): number for number, passage in enumerate(document.passages)}


def _goes_on(
    last: PassagePair, pair: PassagePair, orders: tuple[dict[int, int], dict[int, int]]
) -> bool:
    """Whether the next cell came, went or moved with the last."""
    if (last.both is None or last.moved) != (pair.both is None or pair.moved):
        return False
    if pair.both and not (pair.moved and pair.both[0].text == pair.both[1].text):
        return False
    sides = ((last.old, pair.old, orders[0]), (last.new, pair.new, orders[1]))
    return all(_follows(before, now, order) for before, now, order in sides)


def _follows(before: Passage | None, now: Passage | None, order: dict[int, int]) -> bool:
    if before is None or now is None:
        return before is now
    places = order.get(id(before)), order.get(id(now))
    return (
        None not in places
        and places[1] == (places[0] or 0) + 1
        and before.role in CELLS
        and now.role in CELLS
        and before.name.field == now.name.field
    )


def _joined(run: Sequence[PassagePair]) -> PassagePair:
    if len(run) == 1:
        return run[0]
    old, new = [pair.old for pair in run if pair.old], [pair.new for pair in run if pair.new]
    return PassagePair(_row(old), _row(new), moved=run[0].moved)


def _row(cells: Sequence[Passage]) -> Passage | None:
    if not cells:
        return None
    return replace(
        cells[0],
        words=tuple(chain.from_iterable(one.words for one in cells)),
        targets=tuple(chain.from_iterable(one.targets for one in cells)),
    )
