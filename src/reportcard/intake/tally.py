"""The scores of a table as they are taken in, cell by cell, with every fault."""

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final

from reportcard.intake.grid import Cell
from reportcard.intake.manuscript import plain
from reportcard.intake.score_names import SUM, Measure, ScoreNames
from reportcard.problems.problem import Place, Problem

#: How a score is typed, with a point or a comma.
_SCORE: Final = re.compile(r"(\d{0,4})(?:[.,](\d+))?")
#: What looks like a number, and may be a score typed wrongly.
_NUMBER: Final = re.compile(r"[-+–]?[\d.,\s]*\d[\d.,\s]*%?")


def is_score(cell: Cell) -> bool:
    """Whether a cell looks like a score, a wrong one too."""
    return bool(cell.fault) or _NUMBER.fullmatch(cell.text) is not None


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

    names: ScoreNames
    scores: dict[tuple[str, Measure], Given] = field(default_factory=dict)
    sums: list[Given] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def take(self, country_cell: Cell, measure_cell: Cell, cell: Cell) -> None:
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
                if is_score(cell):
                    self._unknown(named if named.text else cell, named.text, kind, known)
                return
        assert country is not None
        assert measure is not None
        if not cell.text and not cell.fault:
            if measure[0] != SUM:
                self.told.append(
                    f"{country}, {'.'.join(measure)}: the cell is empty; the score is left as"
                    " it is."
                )
            return
        if literal := self._literal(cell, is_sum=measure[0] == SUM):
            given = Given(country, measure, literal, cell.place)
            if measure[0] == SUM:
                self.sums.append(given)
            else:
                self._keep(given)
            if cell.holds:
                self.told.append(
                    f"{_where(cell.place)}: {literal} is shown and taken in; the cell holds"
                    f" {cell.holds}."
                )

    def fault(self, code: str, message: str, hint: str, place: Place) -> None:
        """Keeps a problem, once."""
        problem = Problem(code, message, hint, place)
        if problem not in self.problems:
            self.problems.append(problem)

    def _unknown(self, cell: Cell, text: str, kind: str, known: Mapping[str, object]) -> None:
        if not text:
            self.fault(
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
        self.fault("INTAKE-NAME", f"“{text}” is no {kind} of this workspace.", advice, cell.place)

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
            self.fault("INTAKE-NUMBER", f"{why}.", advice, cell.place)
            return ""
        decimals = match[2] or ""
        literal = f"{int(match[1] or 0)}{'.' if decimals else ''}{decimals}"
        if len(decimals.rstrip("0")) > 4:
            self.fault(
                "INTAKE-NUMBER",
                f"{cell.text} has more than four decimals.",
                "Round it, or give the scores of the criteria.",
                cell.place,
            )
            return ""
        literal = literal if len(decimals) <= 4 else literal[: 4 - len(decimals)]
        if not is_sum and Fraction(literal) > self.names.maximum:
            self.fault(
                "INTAKE-NUMBER",
                f"{cell.text} is over the maximum of a category, {float(self.names.maximum):g}.",
                "Mend the score.",
                cell.place,
            )
            return ""
        return literal

    def _keep(self, given: Given) -> None:
        key = (given.country, given.measure)
        clash = self.scores.get(key) or next(
            (
                one
                for (country, measure), one in self.scores.items()
                if country == given.country
                and measure[0] == given.measure[0]
                and len(measure) != len(given.measure)
            ),
            None,
        )
        if clash is not None:
            self.fault(
                "INTAKE-TWICE",
                f"{given.country} has a score for {'.'.join(given.measure)} already, in"
                f" {_where(clash.place)}.",
                "Keep one of the two.",
                given.place,
            )
            return
        self.scores[key] = given


def _where(place: Place) -> str:
    return str(place).rpartition(", ")[2]
