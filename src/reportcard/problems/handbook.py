"""Rules for people: `reportcard explain`, docs/rules.md and docs/reglas.md."""

from reportcard.messages.message import message
from reportcard.problems.problem import Severity
from reportcard.problems.registry import every_rule
from reportcard.problems.rule import Rule


def explain(rule: Rule) -> str:
    """A rule in Markdown, in the reader's language."""
    gravity = {
        Severity.ERROR: message("error: the card is not published"),
        Severity.WARNING: message("warning"),
        Severity.NOTE: message("note"),
    }[rule.severity]
    firm = "" if rule.is_waivable else message("; cannot be waived")
    parts = [f"**{rule.code}** ({gravity}{firm})", str(message(rule.why))]
    for label, example in (
        (message("Wrong:"), rule.wrong),
        (message("Right:"), rule.right),
    ):
        if example:
            fence = f"\n\n```yaml\n{example}\n```" if "\n" in example else f" `{example}`"
            parts.append(f"{label}{fence}")
    if rule.is_fixable:
        parts.append(str(message("`check --fix` corrects this if there is only one right answer.")))
    return "\n\n".join(parts)


def handbook() -> str:
    """All rules, by code."""
    head = message(
        "# Rules\n\nLook up a problem by its code, which appears in brackets after the "
        "message. `reportcard explain CODE` prints one rule.\n\nAn error prevents the "
        "card from being published. A warning does not, but `reportcard check "
        "--strict` fails on it. A note is for information only.\n\nSome rules can be "
        "waived for one field. Name the rule in the field's file, and give the "
        "reason:\n\n```yaml\nwaivers:\n  context:\n    NUMBER-CONFLICT: The two figures "
        "come from two ministries.\n```"
    )
    rules = sorted(every_rule().values(), key=lambda rule: rule.code)
    return "\n\n".join([str(head), *map(explain, rules)]) + "\n"
