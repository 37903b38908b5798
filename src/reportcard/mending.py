"""Small, bounded changes to one section that mend a fault of its pages: the first that does is taken, and told."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from reportcard.composing import Composed
from reportcard.problems import Problem
from reportcard.proofing import proof
from reportcard.typesetting import LaidOut, Typesetter

#: What is tried, in this order: spacing within ±4 %, type within ±2 % (of 9.5 pt on 1.45).
TRIES: Final[tuple[tuple[str, str], ...]] = (
    ("spacing 2 % tighter", "html { line-height: 1.421 }"),
    ("spacing 4 % tighter", "html { line-height: 1.392 }"),
    ("spacing 2 % wider", "html { line-height: 1.479 }"),
    ("spacing 4 % wider", "html { line-height: 1.508 }"),
    ("type 1 % smaller", "html { font-size: 9.405pt }"),
    ("type 2 % smaller", "html { font-size: 9.31pt }"),
    ("type 1 % larger", "html { font-size: 9.595pt }"),
)
_MENDABLE: Final = frozenset({"PAGE-TAIL", "PAGE-NOTE", "PAGE-EARLY-LINE", "PAGE-WIDOW"})


def mend(
    typesetter: Typesetter, card: Composed, drawings: Mapping[str, bytes], laid: LaidOut
) -> tuple[LaidOut, tuple[Problem, ...]]:
    """The layout with what could be mended, and what its pages still lack; a PAGE-MENDED problem for each change made."""
    problems = tuple(proof(card, laid))
    told: list[Problem] = []
    changes: dict[str, str] = {}
    for name in laid.sections:
        faults = _faults(problems, name)
        for what, rules in TRIES if faults else ():
            tried = typesetter.lay_out(card, drawings, {**changes, name: rules}, kept=laid, again=name)
            left = tuple(proof(card, tried))
            if not _faults(left, name) and len(left) < len(problems):
                told.append(replace(faults[0], code="PAGE-MENDED", message=f"{what} in the section “{name}” ({card.language}), since {faults[0].message}", hint=""))  # fmt: skip
                laid, problems, changes[name] = tried, left, rules
                break
    return laid, (*problems, *told)


def _faults(problems: tuple[Problem, ...], section: str) -> list[Problem]:
    """The problems of one section that a change of spacing may mend."""
    mendable = (problem for problem in problems if problem.code in _MENDABLE)
    return [problem for problem in mendable if section in problem.field.partition("/")[2].split(".")[:2]]
