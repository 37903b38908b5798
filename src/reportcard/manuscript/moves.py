"""Paragraphs and rows of tables that somebody moved without tracking it: their bookmarks went with
them.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import Final

from reportcard.content.likeness import longest_rise
from reportcard.manuscript.dispatch import FIXED, Dispatch
from reportcard.manuscript.returned import BoundBlock, Trace, TrackedLetter

_MOVABLE: Final = ("paragraph", "bullet", "number", "inner-bullet", "inner-number", "cell")


def with_moves(
    blocks: Sequence[BoundBlock], dispatch: Dispatch, saved: Trace
) -> Iterator[BoundBlock]:
    """The blocks, with those that were moved as new ones where they are now, by whoever `saved` the
    file last: of their field, or of the field that they were moved into. What was at their old
    place is missing.
    """
    named = [at for at, block in enumerate(blocks) if _has_its_name(block, dispatch)]
    places = dict(_moved_within(blocks, named, dispatch))
    places |= _moved_across(blocks, named, dispatch)
    for at, block in enumerate(blocks):
        yield _as_new(block, places[at], saved) if at in places else block


def _has_its_name(block: BoundBlock, dispatch: Dispatch) -> bool:
    """Whether the bookmark of a block is there, and not only its words."""
    names = (dispatch.index_of(name) for line in block.lines for name in line.names)
    return block.index is not None and (block.index, False) in names


def _moved_within(
    blocks: Sequence[BoundBlock], named: Sequence[int], dispatch: Dispatch
) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The blocks in another order than their field had, with its path; rows of tables as a
    whole.
    """
    fields: dict[tuple[str, ...], list[int]] = {}
    for at in named:
        fields.setdefault(_path(blocks[at], dispatch), []).append(at)
    for path, its in fields.items():
        out = _out_of_order(blocks, its)
        for at in out:
            if path and _is_movable(blocks[at], dispatch) and _is_whole(at, out, blocks):
                yield at, path


def _moved_across(
    blocks: Sequence[BoundBlock], named: Sequence[int], dispatch: Dispatch
) -> dict[int, tuple[str, ...]]:
    """The paragraphs that are right after one of another field, with the path of that; those of a
    section that was moved with its heading are after that.
    """
    out = _out_of_order(blocks, named)
    found: dict[int, tuple[str, ...]] = {}
    for at in sorted(out):
        own = _path(blocks[at], dispatch)
        if not (at and own and _is_movable(blocks[at], dispatch)) or blocks[at].lines[0].is_cell:
            continue
        above = blocks[at - 1]
        path = found.get(at - 1) or _path(above, dispatch)
        if path != own and (at - 1 in found or _is_movable(above, dispatch)):
            found[at] = path
    return found


def _out_of_order(blocks: Sequence[BoundBlock], places: Sequence[int]) -> set[int]:
    indices = [index for at in places if (index := blocks[at].index) is not None]
    kept = longest_rise(indices)
    return {at for at, index in zip(places, indices, strict=True) if index not in kept}


def _is_movable(block: BoundBlock, dispatch: Dispatch) -> bool:
    return block.index is not None and dispatch.blocks[block.index].kind in _MOVABLE


def _is_whole(at: int, out: Collection[int], blocks: Sequence[BoundBlock]) -> bool:
    """Whether a block is in no table, or all cells of its row went with it."""
    row = blocks[at].lines[0].row
    return not row or all(
        other in out for other, block in enumerate(blocks) if block.lines[0].row == row
    )


def _path(block: BoundBlock, dispatch: Dispatch) -> tuple[str, ...]:
    sent = None if block.index is None else dispatch.blocks[block.index]
    return () if sent is None or sent.kind in FIXED else sent.path


def _as_new(block: BoundBlock, path: tuple[str, ...], saved: Trace) -> BoundBlock:
    """A block as one that was typed where it is; what was tracked as deleted is left out."""
    lines = tuple(
        line.with_letters(tuple(TrackedLetter(one, saved) for one in line.finals))
        for line in block.lines
    )
    return replace(block, index=None, path=path, lines=lines)
