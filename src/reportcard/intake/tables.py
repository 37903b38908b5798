"""Grids of cells to the scores in them: however a table is laid out, and in whatever language its
headings are.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from operator import and_, or_
from typing import Final

from reportcard.content.loading import Content
from reportcard.intake.grid import Cell, Grid
from reportcard.intake.rules import INTAKE_CELLS
from reportcard.intake.score_names import ScoreNames
from reportcard.intake.tally import Tally, is_score
from reportcard.messages.message import message
from reportcard.problems.problem import Place

#: How many names a header row has, or else a single one if no other table is found: a row of a list
#: has one, too.
_HEADS: Final = (2, 1)

Known = Callable[[str], object]
"""What a text names; None if nothing."""


def read_tables(content: Content, grids: Sequence[Grid]) -> Tally:
    """The scores of all sheets together; of the readings of a .csv by several separators, of the
    one that has most.
    """
    names = ScoreNames.of(content)
    if any(grid.name for grid in grids):
        tally = Tally(names)
        for grid in grids:
            if not _has_scores(tally, grid) and any(cell.text for row in grid.rows for cell in row):
                tally.remarks.append(
                    message('the sheet "{name}" has no table of scores.', name=grid.name)
                )
        return tally
    readings = [Tally(names) for _ in grids]
    for tally, grid in zip(readings, grids, strict=True):
        _has_scores(tally, grid)
    return max(readings, key=lambda one: len(one.scores) + len(one.problems), default=Tally(names))


def _has_scores(tally: Tally, grid: Grid) -> bool:
    """Takes what a grid gives, however its table is laid out."""
    reader = _TableReader(tally, grid.separator)
    several, one = (
        [partial(reader.crosswise, grid, across=across, heads=heads) for across in (False, True)]
        for heads in _HEADS
    )
    return any(has_table() for has_table in (*several, partial(reader.listed, grid), *one))


@dataclass(frozen=True, slots=True)
class _Crosswise:
    """A table with categories in its header row and a country a row; or the other way round.

    `side` is the column that names what each row is about; `is_head` and `is_side` know the names
    for the header row and for that column.
    """

    head: Sequence[Cell]
    rows: Sequence[Sequence[Cell]]
    side: int
    is_head: Known
    is_side: Known


@dataclass(slots=True)
class _TableReader:
    tally: Tally
    #: That of a .csv file; empty for a sheet.
    separator: str

    # Countries against categories.

    def crosswise(self, grid: Grid, *, across: bool, heads: int) -> bool:
        """A table with categories in its header row and a country a row; `across`, the other way
        round. Gives whether there is one.

        A second header row further down begins another table.
        """
        names = self.tally.names
        is_head: Known = names.country if across else names.measure
        is_side: Known = names.measure if across else names.country
        tables: list[tuple[Sequence[Cell], list[Sequence[Cell]]]] = []
        for row in grid.rows:
            if sum(is_head(cell.text) is not None for cell in row) >= heads:
                tables.append((row, []))
            elif tables:
                tables[-1][1].append(row)
        found = False
        for head, rows in tables:
            side = _side(rows, head, is_head, is_side)
            if side >= 0:
                self._take(_Crosswise(head, rows, side, is_head, is_side), across=across)
                found = True
        return found

    def _take(self, table: _Crosswise, *, across: bool) -> None:
        head, side = table.head, table.side
        for row in table.rows:
            label = _at(row, side)
            cells = [
                (head[at], _at(row, at)) for at in range(len(head)) if at != side and head[at].text
            ]
            is_known = table.is_side(label.text) is not None
            if not self._is_of_scores(label, [cell for _, cell in cells], is_known=is_known):
                continue
            if self._has_surplus(row, head):
                continue
            for named, cell in cells:
                country, measure = (named, label) if across else (label, named)
                if cell.text or cell.fault or table.is_head(named.text) is not None:
                    self.tally.take(country, measure, cell)

    def _is_of_scores(self, label: Cell, cells: Sequence[Cell], *, is_known: bool) -> bool:
        """Whether a row gives scores; one that has a name and gives none gets a remark."""
        if any(map(is_score, cells)) or (is_known and any(cell.text for cell in cells)):
            return True
        if label.text:
            self.tally.remarks.append(
                message(
                    'the row "{name}" has no scores. The existing scores were not changed.',
                    name=label.text,
                )
                if is_known
                else message('the row "{name}" has no scores.', name=label.text)
            )
        return False

    # A row a score.

    def listed(self, grid: Grid) -> bool:
        """A table with a row a score: country, category, score, in any order. Gives whether there
        is one.
        """
        used = self._columns(grid)
        if used is None:
            return False
        names = self.tally.names
        rows = [row for row in grid.rows if len(row) > max(used)]
        parts = [tuple(row[at] for at in used) for row in rows]
        named = [
            bool(names.country(country.text) and names.measure(measure.text))
            for country, measure, _ in parts
        ]
        scored = [is_score(score) for *_, score in parts]
        if not any(map(and_, named, scored)):
            return False
        begin = list(map(or_, named, scored)).index(True)
        has_head = begin > 0 and all(cell.text for cell in parts[begin - 1])
        head = rows[begin - 1] if has_head else ()
        for row, (country, measure, score) in zip(rows[begin:], parts[begin:], strict=True):
            if any(cell.text for cell in row) and not self._has_surplus(row, head, used):
                self.tally.take(country, measure, score)
        return True

    def _columns(self, grid: Grid) -> tuple[int, int, int] | None:
        """The columns of the country, the category and the score: those that have most of them."""
        width = max((len(row) for row in grid.rows), default=0)
        columns = [[row[at] for row in grid.rows if at < len(row)] for at in range(width)]
        names = self.tally.names
        countries = [_count(column, names.country) for column in columns]
        measures = [_count(column, names.measure) for column in columns]
        scores = [sum(map(is_score, column)) for column in columns]
        if width < 3:
            return None
        country = max(range(width), key=countries.__getitem__)
        measure = max((at for at in range(width) if at != country), key=measures.__getitem__)
        free = (at for at in range(width) if at not in (country, measure))
        score = max(free, key=scores.__getitem__)
        return (country, measure, score) if countries[country] and measures[measure] else None

    # Rows of a .csv.

    def _has_surplus(
        self, row: Sequence[Cell], head: Sequence[Cell], used: Sequence[int] = ()
    ) -> bool:
        """Whether a row of a .csv file is longer than its header row, or, where there is none, has
        a number beside the columns used.

        Most often decimal commas were read as separators. Then nothing shows which number belongs
        to which heading.
        """
        if not self.separator:
            return False
        if head:
            width = max((at for at, cell in enumerate(head, start=1) if cell.text), default=0)
            surplus = [
                cell
                for at, cell in enumerate(row)
                if at >= len(head) or (at >= width and cell.text)
            ]
        else:
            surplus = [cell for at, cell in enumerate(row) if at not in used and is_score(cell)]
        if surplus:
            case = f"{'long' if head else 'two'}{'-commas' if self.separator == ',' else ''}"
            self.tally.fault(INTAKE_CELLS.at(surplus[0].place, case))
        return bool(surplus)


def _side(
    rows: Sequence[Sequence[Cell]], head: Sequence[Cell], is_head: Known, is_side: Known
) -> int:
    """The column that names what each row is about, or -1."""
    free = [at for at, cell in enumerate(head) if is_head(cell.text) is None]
    counts = [(_count([row[at] for row in rows if at < len(row)], is_side), -at) for at in free]
    best = max(counts, default=(0, 0))
    return -best[1] if best[0] else -1


def _count(cells: Sequence[Cell], known: Known) -> int:
    """How many cells name something."""
    return sum(known(cell.text) is not None for cell in cells)


def _at(row: Sequence[Cell], at: int) -> Cell:
    """A row's cell in a column; an empty one where the row is shorter."""
    return row[at] if at < len(row) else Cell("", Place(""))
