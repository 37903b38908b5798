"""A grid of cells to scores by country and category: however the table lies, and in whatever
language its heads are.
"""

import difflib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import partial
from operator import and_, or_
from types import MappingProxyType
from typing import Final, Self

from reportcard.content.loading import Content
from reportcard.intake.grid import Cell, Grid
from reportcard.intake.manuscript import plain
from reportcard.intake.outline import unnumbered
from reportcard.language.locales import Tongue
from reportcard.problems.problem import Place, Problem
from reportcard.scores.results import TOTAL

#: How a score is typed, with a point or a comma.
_SCORE: Final = re.compile(r"(\d{0,4})(?:[.,](\d+))?")
#: What looks like a number, and may be a score typed wrongly.
_NUMBER: Final = re.compile(r"[-+–]?[\d.,\s]*\d[\d.,\s]*%?")
#: A head row names so many, or else a single one if no other table is found: a row of a list names
#: one too.
_HEADS: Final = (2, 1)

Measure = tuple[str, ...]
"""What is measured: a category, a category and its criterion, or a sum (`SUM` and the dimension or
total).
"""
SUM: Final = "="


@dataclass(frozen=True, slots=True)
class Given:
    """A score as the table gives it, with its cell."""

    country: str
    measure: Measure
    literal: str
    place: Place


@dataclass(slots=True)
class Tally:
    """The scores and sums of a table, what is left as it is, and every fault."""

    scores: dict[tuple[str, Measure], Given] = field(default_factory=dict)
    sums: list[Given] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ScoreNames:
    """What countries, categories, criteria and sums are called, in every language, as plain
    words.
    """

    countries: Mapping[str, str]
    measures: Mapping[str, Measure]
    maximum: Fraction

    @classmethod
    def of(cls, content: Content) -> Self:
        """The names that a workspace knows."""
        return cls(
            MappingProxyType(_countries(content)),
            MappingProxyType(_measures(content)),
            content.scoreboard.model.category_maximum,
        )

    def country(self, text: str) -> str | None:
        """The country of a name."""
        return self.countries.get(plain(text))

    def measure(self, text: str) -> Measure | None:
        """What a head names; a letter or number before the name does not count."""
        return self.measures.get(plain(text)) or self.measures.get(plain(unnumbered(text)[1]))


def tally(content: Content, grids: Sequence[Grid]) -> Tally:
    """The scores of all sheets together; of the readings of a .csv by several separators, of the
    one that has most.
    """
    names = ScoreNames.of(content)
    if any(grid.name for grid in grids):
        made = Tally()
        for grid in grids:
            if not _has_scores(names, made, grid) and any(
                cell.text for row in grid.rows for cell in row
            ):
                made.told.append(f"the sheet “{grid.name}” has no table of scores.")
        return made
    readings = [Tally() for _ in grids]
    for made, grid in zip(readings, grids, strict=True):
        _has_scores(names, made, grid)
    return max(readings, key=lambda one: len(one.scores) + len(one.problems), default=Tally())


def _has_scores(names: ScoreNames, made: Tally, grid: Grid) -> bool:
    """Takes what a grid gives, however its table lies."""
    reader = _TableReader(names, made, grid.separator)
    several, one = (
        [partial(reader.crosswise, grid, across=across, heads=heads) for across in (False, True)]
        for heads in _HEADS
    )
    return any(has_table() for has_table in (*several, partial(reader.listed, grid), *one))


@dataclass(slots=True)
class _TableReader:
    names: ScoreNames
    made: Tally
    #: Of a .csv; empty for a sheet.
    separator: str

    def crosswise(self, grid: Grid, *, across: bool, heads: int) -> bool:
        """A table with categories in its head and a country a row; `across`, the other way round.
        Gives whether there is one.

        A second head row further down begins another table.
        """
        head_of: Callable[[str], object] = self.names.country if across else self.names.measure
        side_of: Callable[[str], object] = self.names.measure if across else self.names.country
        tables: list[tuple[Sequence[Cell], list[Sequence[Cell]]]] = []
        for row in grid.rows:
            if sum(head_of(cell.text) is not None for cell in row) >= heads:
                tables.append((row, []))
            elif tables:
                tables[-1][1].append(row)
        found = False
        for head, rows in tables:
            side = self._side(rows, head, head_of, side_of)
            if side >= 0:
                self._table(head, side, rows, across=across)
                found = True
        return found

    @staticmethod
    def _side(
        rows: Sequence[Sequence[Cell]],
        head: Sequence[Cell],
        head_of: Callable[[str], object],
        side_of: Callable[[str], object],
    ) -> int:
        """The column that names what each row is of, or -1."""
        free = [at for at, cell in enumerate(head) if head_of(cell.text) is None]
        counts = [
            (sum(at < len(row) and side_of(row[at].text) is not None for row in rows), -at)
            for at in free
        ]
        best = max(counts, default=(0, 0))
        return -best[1] if best[0] else -1

    def _table(
        self, head: Sequence[Cell], side: int, rows: Sequence[Sequence[Cell]], *, across: bool
    ) -> None:
        for row in rows:
            label = row[side] if side < len(row) else Cell("", Place(""))
            others = [
                (at, row[at] if at < len(row) else Cell("", Place("")))
                for at in range(len(head))
                if at != side and head[at].text
            ]
            is_known = (
                self.names.measure(label.text) if across else self.names.country(label.text)
            ) is not None
            if not any(self._is_score(cell) for _, cell in others) and not (
                is_known and any(cell.text for _, cell in others)
            ):
                if label.text:
                    self.made.told.append(
                        f"the row “{label.text}” has no scores"
                        + ("; they are left as they are." if is_known else ".")
                    )
                continue
            if self._has_surplus(row, head):
                continue
            for at, cell in others:
                country, measure = (head[at], label) if across else (label, head[at])
                if cell.text or cell.fault or self._is_known(head[at], across=across):
                    self._give(country, measure, cell)

    def _is_known(self, head: Cell, *, across: bool) -> bool:
        return (
            self.names.country(head.text) if across else self.names.measure(head.text)
        ) is not None

    def listed(self, grid: Grid) -> bool:
        """A table with a row a score: country, category, score, in any order. Gives whether there
        is one.
        """
        width = max((len(row) for row in grid.rows), default=0)
        columns = [[row[at] if at < len(row) else None for row in grid.rows] for at in range(width)]

        def count(column: Sequence[Cell | None], known: Callable[[str], object]) -> int:
            return sum(known(cell.text) is not None for cell in column if cell)

        country = max(
            range(width), key=lambda at: count(columns[at], self.names.country), default=-1
        )
        measure = max(
            (at for at in range(width) if at != country),
            key=lambda at: count(columns[at], self.names.measure),
            default=-1,
        )
        free = [at for at in range(width) if at not in (country, measure)]
        score = max(
            free,
            key=lambda at: sum(self._is_score(cell) for cell in columns[at] if cell),
            default=-1,
        )
        if (
            score < 0
            or not count(columns[country], self.names.country)
            or not count(columns[measure], self.names.measure)
        ):
            return False
        used = (country, measure, score)
        rows = [
            (row, row[country], row[measure], row[score])
            for row in grid.rows
            if len(row) > max(used)
        ]
        named = [
            bool(self.names.country(one.text) and self.names.measure(two.text))
            for _, one, two, _ in rows
        ]
        scored = [self._is_score(last) for *_, last in rows]
        if not any(map(and_, named, scored)):
            return False
        begin = list(map(or_, named, scored)).index(True)
        head = (
            rows[begin - 1][0] if begin and all(cell.text for cell in rows[begin - 1][1:]) else ()
        )
        for row, one, two, last in rows[begin:]:
            if any(cell.text for cell in row) and not self._has_surplus(row, head, used):
                self._give(one, two, last)
        return True

    def _has_surplus(
        self, row: Sequence[Cell], head: Sequence[Cell], used: Sequence[int] = ()
    ) -> bool:
        """Whether a row of a .csv goes on past its head, or, where there is none, has a number
        beside the columns used.

        Most often commas of decimals were read as separators; then it cannot be told which number
        belongs to which head.
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
            surplus = [
                cell for at, cell in enumerate(row) if at not in used and self._is_score(cell)
            ]
        if surplus:
            what = (
                "this row has more cells than its head"
                if head
                else "a second number stands in this row"
            )
            hint = (
                "Are there decimal commas in a file whose cells are parted by commas? Part them by"
                " semicolons, or put such numbers between quotes."
                if self.separator == ","
                else "Take out what is too much, or name it in the head."
            )
            self._problem("INTAKE-CELLS", f"{what}.", hint, surplus[0].place)
        return bool(surplus)

    @staticmethod
    def _is_score(cell: Cell) -> bool:
        """Whether a cell looks like a score, a wrong one too."""
        return bool(cell.fault) or _NUMBER.fullmatch(cell.text) is not None

    def _give(self, country_cell: Cell, measure_cell: Cell, cell: Cell) -> None:
        """Takes a cell as the score of what two heads name, or says what is wrong."""
        country, measure = (
            self.names.country(country_cell.text),
            self.names.measure(measure_cell.text),
        )
        for named, found, kind, known in (
            (country_cell, country, "country", self.names.countries),
            (measure_cell, measure, "category", self.names.measures),
        ):
            if found is None:
                if self._is_score(cell):
                    self._unknown(named if named.text else cell, named.text, kind, known)
                return
        assert country is not None
        assert measure is not None
        if not cell.text and not cell.fault:
            if measure[0] != SUM:
                self.made.told.append(
                    f"{country}, {'.'.join(measure)}: the cell is empty; the score is left as"
                    " it is."
                )
            return
        if literal := self._literal(cell, is_sum=measure[0] == SUM):
            given = Given(country, measure, literal, cell.place)
            if measure[0] == SUM:
                self.made.sums.append(given)
            else:
                self._keep(given)
            if cell.holds:
                self.made.told.append(
                    f"{_where(cell.place)}: {literal} is shown and taken in; the cell holds"
                    f" {cell.holds}."
                )

    def _unknown(self, cell: Cell, text: str, kind: str, known: Mapping[str, object]) -> None:
        if not text:
            self._problem(
                "INTAKE-NAME",
                f"a score stands here, and its row or column names no {kind}.",
                "Write the name, or take the score out.",
                cell.place,
            )
            return
        near = difflib.get_close_matches(plain(text), known, n=1)
        advice = (
            f"Did you mean “{near[0]}”?"
            if near
            else f"Write the {kind}'s name, id or letter as content/ has it"
            + (", or begin the country with: reportcard new." if kind == "country" else ".")
        )
        self._problem(
            "INTAKE-NAME", f"“{text}” is no {kind} of this workspace.", advice, cell.place
        )

    def _literal(self, cell: Cell, *, is_sum: bool) -> str:
        """The score as content files have it; empty, and a problem, if it is none."""
        match = _SCORE.fullmatch(cell.text)
        if cell.fault or not match or not cell.text.strip(".,"):
            why = cell.fault.rstrip(".") or f"“{cell.text}” is no score"
            advice = (
                "Open the file, let it compute, and save it again."
                if "not saved" in cell.fault
                else "Write a number like 0.8 or 0,8, or leave the cell empty."
            )
            self._problem("INTAKE-NUMBER", f"{why}.", advice, cell.place)
            return ""
        decimals = match[2] or ""
        literal = f"{int(match[1] or 0)}{'.' if decimals else ''}{decimals}"
        if len(decimals.rstrip("0")) > 4:
            self._problem(
                "INTAKE-NUMBER",
                f"{cell.text} has more than four decimals.",
                "Round it, or give the scores of the criteria.",
                cell.place,
            )
            return ""
        literal = literal if len(decimals) <= 4 else literal[: 4 - len(decimals)]
        if not is_sum and Fraction(literal) > self.names.maximum:
            self._problem(
                "INTAKE-NUMBER",
                f"{cell.text} is over the maximum of a category, {float(self.names.maximum):g}.",
                "Mend the score.",
                cell.place,
            )
            return ""
        return literal

    def _keep(self, given: Given) -> None:
        key = (given.country, given.measure)
        clash = self.made.scores.get(key) or next(
            (
                one
                for (country, measure), one in self.made.scores.items()
                if country == given.country
                and measure[0] == given.measure[0]
                and len(measure) != len(given.measure)
            ),
            None,
        )
        if clash is not None:
            self._problem(
                "INTAKE-TWICE",
                f"{given.country} has a score for {'.'.join(given.measure)} already, in"
                f" {_where(clash.place)}.",
                "Keep one of the two.",
                given.place,
            )
            return
        self.made.scores[key] = given

    def _problem(self, code: str, message: str, hint: str, place: Place) -> None:
        problem = Problem(code, message, hint, place)
        if problem not in self.made.problems:
            self.made.problems.append(problem)


def _where(place: Place) -> str:
    return str(place).rpartition(", ")[2]


def _countries(content: Content) -> dict[str, str]:
    found: dict[str, str] = {}
    for country, scores in content.scores.items():
        code = scores.model.country
        names = [
            country,
            code,
            *(
                Tongue(language, code, house).country_name(code)
                for language, house in content.edition.model.languages.items()
            ),
        ]
        for wording in content.wordings.values():
            if forms := wording.model.countries.get(country):
                names += [str(forms.name), str(forms.the or forms.name)]
        found |= {plain(name): country for name in names}
    return found


def _measures(content: Content) -> dict[str, Measure]:
    found: dict[str, Measure] = {plain(name): (SUM, TOTAL) for name in (TOTAL, "sum", "suma")}
    for wording in content.wordings.values():
        found |= {
            plain(str(name)): (SUM, TOTAL)
            for name in (wording.model.overall.total, wording.model.overall.panel)
        }
        for id_, dimension in wording.model.dimensions.items():
            found |= {
                plain(str(name)): (SUM, id_) for name in (id_, dimension.name, dimension.short)
            }
    for measure, names in _categories(content):
        found |= {plain(name): measure for name in names}
    return found


def _categories(content: Content) -> Iterator[tuple[Measure, list[str]]]:
    for id_, dimension in content.scoreboard.model.dimensions.items():
        for name, category in dimension.categories.items():
            told = [
                str(wording.model.dimensions[id_].categories[name].name)
                for wording in content.wordings.values()
            ]
            yield (
                (name,),
                [name, category.letter, *told, *(f"{category.letter} {one}" for one in told)],
            )
            for criterion in category.criteria:
                yield (
                    (name, criterion),
                    [criterion, f"{name} {criterion}", f"{category.letter} {criterion}"],
                )
