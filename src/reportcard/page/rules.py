"""All rules on styles and on laid-out pages."""

from typing import Final

from reportcard.page import style_rules
from reportcard.page.proof import rules
from reportcard.problems.registry import rules_of
from reportcard.problems.rule import Rule

RULES: Final[tuple[Rule, ...]] = rules_of(style_rules, rules)
