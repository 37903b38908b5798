"""Waivers: a rule that somebody set aside for one field, with the reason."""

from collections.abc import Iterable, Mapping

from reportcard.problems.problem import Place, Problem
from reportcard.problems.registry import every_rule
from reportcard.problems.rule import Stage
from reportcard.problems.rules import WAIVER_INVALID, WAIVER_UNUSED

#: Waivers of a file: by file, field and rule, each with its place.
Waivers = Mapping[tuple[str, str, str], Place]


def judged(problems: Iterable[Problem], waivers: Waivers, stage: Stage) -> tuple[Problem, ...]:
    """The problems of a stage without those that are waived, and with the waivers that are invalid
    or have no effect.
    """
    kept = []
    used = set()
    for problem in problems:
        key = (problem.place.file, problem.field, problem.code)
        if key in waivers and every_rule()[problem.code].is_waivable:
            used.add(key)
        else:
            kept.append(problem)
    for key, place in waivers.items():
        _, field, code = key
        rule = every_rule().get(code)
        if rule is None or not rule.is_waivable:
            if stage is Stage.CONTENT:
                case = "firm" if rule else "unknown"
                kept.append(WAIVER_INVALID.at(place, case, field=field, code=code))
        elif key not in used and rule.stage is stage:
            kept.append(WAIVER_UNUSED.at(place, field=field, code=code))
    return tuple(kept)
