"""All rules of the program, from the rooms that find their faults."""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules
from types import MappingProxyType, ModuleType

import reportcard
from reportcard.problems.rule import Rule
from reportcard.workspace.packages import Group, modules


@cache
def every_rule() -> Mapping[str, Rule]:
    """The rules by code: those in the module `rules` of each room, and those of packages.

    Raises ReportCardError (USAGE) if a package cannot be loaded.
    """
    rules: dict[str, Rule] = {}
    for room in iter_modules(reportcard.__path__, "reportcard."):
        if room.ispkg and find_spec(f"{room.name}.rules"):
            module = import_module(f"{room.name}.rules")
            declared = getattr(module, "RULES", None) or rules_of(module)
            rules |= {rule.code: rule for rule in declared}
    added = rules_of(*modules(Group.RULES, Group.OUTPUTS, Group.EDITIONS))
    rules |= {rule.code: rule for rule in added}
    return MappingProxyType(rules)


def rules_of(*modules: ModuleType) -> tuple[Rule, ...]:
    """The rules that modules declare, in the order of the text."""
    return tuple(
        value for module in modules for value in vars(module).values() if isinstance(value, Rule)
    )
