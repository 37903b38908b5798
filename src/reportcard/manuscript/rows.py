"""Rows of tables in a manuscript that came back: those that were written out, and new ones."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from reportcard.content.likeness import matched
from reportcard.manuscript.dispatch import Dispatch
from reportcard.manuscript.edits import EditedBlock, EditedLine


def rows_sent(blocks: Sequence[EditedBlock], dispatch: Dispatch) -> Iterator[list[EditedBlock]]:
    """The cells of each row that was written out, those that are gone too."""
    found = {block.index: block for block in blocks}
    for row in dispatch.rows:
        yield [found[index] for index in row if index in found]


def rows_added(blocks: Sequence[EditedBlock]) -> Iterator[list[EditedLine]]:
    """The lines of each row that is new as a whole."""
    by_row: dict[int, list[EditedBlock]] = {}
    for block in blocks:
        if block.is_cell:
            by_row.setdefault(block.row, []).append(block)
    for its in by_row.values():
        if all(block.index is None for block in its):
            yield [line for block in its for line in block.lines if line.letters]


def is_below_a_row(block: EditedBlock, blocks: Sequence[EditedBlock]) -> bool:
    """Whether a new cell is below a row that was written out, or below a new one that is."""
    above = blocks[: next(at for at, one in enumerate(blocks) if one is block)]
    known = next((one for one in reversed(above) if not (one.is_cell and one.index is None)), None)
    return known is not None and known.is_cell


def is_in_a_gap(block: EditedBlock, blocks: Sequence[EditedBlock]) -> bool:
    """Whether a new cell is where a row that was written out had none."""
    its = [one for one in blocks if one.row == block.row and one is not block]
    column = block.lines[0].source.column
    return any(one.index is not None for one in its) and all(
        one.lines[0].source.column != column for one in its
    )


def as_rows(cells: Iterable[tuple[int, str]]) -> list[str]:
    """The rows that cells are in, by the number of each cell's row and its text."""
    found: dict[int, list[str]] = {}
    for row, text in cells:
        found.setdefault(row, []).append(text)
    return [" | ".join(texts) for texts in found.values()]


def rows_made(
    new: Mapping[int, str],
    gone: Mapping[int, str],
    sent: Sequence[str],
    now: Sequence[str],
    wanted: Sequence[str],
) -> tuple[frozenset[int], Mapping[int, str]]:
    """Of the edits that add a row or take one away, by number, those that a field's tables have
    already; and the rows of tables that are like one of the others that are to be added. `wanted`
    are the rows with all of these edits made.
    """
    made = set(_moved(new, gone, sent, now, wanted))
    new, gone = _without(new, made), _without(gone, made)
    added = Counter(now) - Counter(sent)
    for number, row in new.items():
        if added[row]:
            added[row] -= 1
            made.add(number)
    taken = Counter(new[number] for number in made if number in new)
    rest = [row for row in now if not _is_taken(row, taken)]
    came_from, _ = matched([*rest, "\0"], [*sent, "\1"])
    lost = Counter(row for at, row in enumerate(sent) if at not in came_from)
    for number, row in gone.items():
        if lost[row]:
            lost[row] -= 1
            made.add(number)
    others = [row for row, origin in zip(rest, came_from, strict=False) if origin is None]
    still = _without(new, made)
    like, _ = matched([*still.values(), "\0"], [*others, "\1"])
    return frozenset(made), {
        number: others[origin]
        for number, origin in zip(still, like, strict=False)
        if origin is not None
    }


def _without(rows: Mapping[int, str], made: Collection[int]) -> dict[int, str]:
    return {number: row for number, row in rows.items() if number not in made}


def _moved(
    new: Mapping[int, str],
    gone: Mapping[int, str],
    sent: Sequence[str],
    now: Sequence[str],
    wanted: Sequence[str],
) -> Iterator[int]:
    """The edits that take a row away and add it elsewhere, if it is there now: after the same of
    the rows that stayed.
    """
    pairs = [
        (row, number, removal)
        for number, row in new.items()
        for removal, other in gone.items()
        if row == other and all(rows.count(row) == 1 for rows in (sent, now, wanted))
    ]
    moved = {row for row, *_ in pairs}
    common = set(sent) & set(now) & set(wanted)
    for row, number, removal in pairs:
        for others in (common - moved, common):
            was, is_now, will_be = (
                {one for one in rows[: rows.index(row)] if one in others}
                for rows in (sent, now, wanted)
            )
            if was != will_be:
                if is_now == will_be:
                    yield from (number, removal)
                break


def _is_taken(row: str, taken: Counter[str]) -> bool:
    if not taken[row]:
        return False
    taken[row] -= 1
    return True
