"""All rules on content, each declared in the module of its family."""

from types import ModuleType
from typing import Final

from reportcard.checks import drawings, families, fixed_names
from reportcard.problems.registry import rules_of
from reportcard.problems.rule import Rule

RULES: Final[tuple[Rule, ...]] = rules_of(
    *(module for module in vars(families).values() if isinstance(module, ModuleType)),
    drawings,
    fixed_names,
)
