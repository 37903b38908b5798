"""The scores of a table as they are read, cell by cell, with every fault."""

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Final

from reportcard.content.scalars import NOT_APPLICABLE
from reportcard.intake.fractions import decimal, is_fraction, readings, shown
from reportcard.intake.grid import Cell
from reportcard.intake.manuscript import plain
from reportcard.intake.rules import INTAKE_NAME, INTAKE_NUMBER, INTAKE_TWICE
from reportcard.intake.score_names import SUM, Measure, ScoreNames
from reportcard.language.literals import LITERAL, typed_score
from reportcard.messages.message import Message, message
from reportcard.problems.problem import Place, Problem

#: No table of scores has so large a number: four digits at most are one.
_TOO_MUCH: Final = 10_000
#: How people write that the framework does not apply, as plain words.
_NOT_APPLICABLE: Final = frozenset(
    (
        *("n a", "not applicable"),
        *("no aplica", "no aplicable", "no procede"),
        *("nao aplicavel", "nao se aplica"),
        *("sans objet", "non applicable", "n v t", "niet van toepassing", "nicht anwendbar"),
    )
)
#: What looks like a number, and may be a score typed wrongly.
_NUMBER: Final = re.compile(rf"[-+–−]?(?:{LITERAL}|[\d.,\s]*\d[\d.,\s]*)[%‰]?")


def is_score(cell: Cell) -> bool:
    """Whether a cell looks like a score, a wrong one too."""
    return bool(cell.fault) or bool(_NUMBER.fullmatch(cell.text)) or is_fraction(cell.text)


@dataclass(frozen=True, slots=True)
class Given:
    """A score as the table gives it, with its cell."""

    country: str
    measure: Measure
    literal: str
    place: Place


@dataclass(slots=True)
class Tally:
    """The scores and sums of a table, remarks on what is left as it is, and every fault."""

    names: ScoreNames
    scores: dict[tuple[str, Measure], Given] = field(default_factory=dict)
    sums: list[Given] = field(default_factory=list)
    remarks: list[Message] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def take(self, country_cell: Cell, measure_cell: Cell, cell: Cell) -> None:
        """Takes a cell as the score of what two headings name, or keeps what is wrong with it."""
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
                self.remarks.append(
                    message(
                        "{country}, {measure}: the cell is empty. The score was not changed.",
                        country=country,
                        measure=".".join(measure),
                    )
                )
            return
        if literal := self._literal(cell, measure):
            given = Given(country, measure, literal, cell.place)
            if measure[0] == SUM:
                self.sums.append(given)
            else:
                self._keep(given)
            if cell.holds:
                self.remarks.append(
                    message(
                        "{cell}: imported as {shown}, the displayed value. The actual value is "
                        "{exact}.",
                        cell=_where(cell.place),
                        shown=literal,
                        exact=cell.holds,
                    )
                )

    def fault(self, problem: Problem) -> None:
        """Keeps a problem, once."""
        if problem not in self.problems:
            self.problems.append(problem)

    def _unknown(self, cell: Cell, text: str, kind: str, known: Mapping[str, object]) -> None:
        if not text:
            self.fault(INTAKE_NAME.at(cell.place, f"no-{kind}"))
        elif near := difflib.get_close_matches(plain(text), known, n=1):
            self.fault(INTAKE_NAME.at(cell.place, f"{kind}-near", name=text, near=near[0]))
        else:
            self.fault(INTAKE_NAME.at(cell.place, kind, name=text))

    def _literal(self, cell: Cell, measure: Measure) -> str:
        """The score as content files have it; empty, and a problem, if it is not a score."""
        if plain(cell.text) in _NOT_APPLICABLE:
            return str(NOT_APPLICABLE)
        if not cell.fault and is_fraction(cell.text):
            return self._fraction(cell, measure)
        is_sum = measure[0] == SUM
        score = typed_score(cell.text)
        scale = self.names.scales.get(measure[1]) if is_sum else None
        if scale and scale.suffix == "%" and cell.fault in ("", "percentage"):
            score = typed_score(cell.text.removesuffix("%").strip())
            cell = replace(cell, fault="")
        if cell.fault or score is None or score >= _TOO_MUCH:
            self.fault(INTAKE_NUMBER.at(cell.place, cell.fault or "text", text=cell.text))
            return ""
        literal = f"{score:f}"
        decimals = literal.partition(".")[2]
        if len(decimals.rstrip("0")) > 4:
            self.fault(INTAKE_NUMBER.at(cell.place, "decimals", text=cell.text))
            return ""
        literal = literal if len(decimals) <= 4 else literal[: 4 - len(decimals)]
        return literal if is_sum or self._is_within(cell, Fraction(literal)) else ""

    def _fraction(self, cell: Cell, measure: Measure) -> str:
        """The literal of a fraction that is one score; empty, and a problem, for any other."""
        is_sum = measure[0] == SUM
        most = self.names.scales[measure[1]].maximum if is_sum else self.names.maximum
        found = readings(cell.text, most)
        literals = [literal for one in found if (literal := decimal(one))]
        if not found:
            self.fault(INTAKE_NUMBER.at(cell.place, "text", text=cell.text))
        elif is_sum:
            # What is above the maximum of a sum is the sum: 11.7/15.
            return literals[-1] if literals else self._inexact(cell)
        elif len(found) > 1:
            one, other = (shown(value) for value in found)
            self.fault(INTAKE_NUMBER.at(cell.place, "two", text=cell.text, one=one, other=other))
        elif not literals:
            return self._inexact(cell)
        elif self._is_within(cell, found[0]):
            self.remarks.append(
                message(
                    "{cell}: {text} was imported as {score}.",
                    cell=_where(cell.place),
                    text=cell.text,
                    score=literals[0],
                )
            )
            return literals[0]
        return ""

    def _inexact(self, cell: Cell) -> str:
        self.fault(INTAKE_NUMBER.at(cell.place, "decimals", text=cell.text))
        return ""

    def _is_within(self, cell: Cell, score: Fraction) -> bool:
        """Whether a score is at most the maximum of a category; else there is a problem."""
        if score <= self.names.maximum:
            return True
        maximum = shown(self.names.maximum)
        self.fault(INTAKE_NUMBER.at(cell.place, "maximum", text=cell.text, maximum=maximum))
        return False

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
                INTAKE_TWICE.at(
                    given.place,
                    "table",
                    country=given.country,
                    measure=".".join(given.measure),
                    cell=_where(clash.place),
                )
            )
            return
        self.scores[key] = given


def _where(place: Place) -> str:
    return str(place).rpartition(", ")[2]
