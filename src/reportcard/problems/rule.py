"""A rule: its code, its severity, when it is checked, and its words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from reportcard.messages.message import Hole, Message
from reportcard.problems.problem import Place, Problem, Severity


class Stage(StrEnum):
    """When a rule is checked: with the content, with dictionaries, on the laid-out pages, in a
    finished PDF, or by one command alone (a translation, a comparison, a release).
    """

    CONTENT = "content"
    SPELLING = "spelling"
    LAYOUT = "layout"
    PREFLIGHT = "preflight"
    COMMAND = "command"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that a card has to meet, and the words for its faults.

    `message` is the fault and `advice` what mends it, with holes in braces that `at` fills. A rule
    that is broken in several ways has `cases`: the message and advice of each, by a name. `why`
    explains the rule and its reason; `wrong` and `right` are examples (empty where the rule is
    about a whole file). Only a rule that `is_waivable` can be waived on a field. `check --fix`
    corrects what breaks a rule that `is_fixable`, where one answer is certain.
    """

    code: str
    severity: Severity
    stage: Stage
    message: str = ""
    advice: str = ""
    why: str = ""
    wrong: str = ""
    right: str = ""
    is_waivable: bool = False
    is_fixable: bool = False
    cases: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def at(self, place: Place, case: str = "", /, *, field: str = "", **holes: Hole) -> Problem:
        """The problem of a field at a place, in one of the rule's cases. Raises KeyError if it has
        no such case.
        """
        message, advice = self.cases[case] if case else (self.message, self.advice)
        filled = tuple(holes.items())
        return Problem(
            self.code,
            Message(message, holes=filled),
            Message(advice, holes=filled) if advice else "",
            place,
            self.severity,
            field,
        )
