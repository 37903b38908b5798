"""Rules on what libraries log, and on waivers."""

from typing import Final

from reportcard.problems.problem import Severity
from reportcard.problems.rule import Rule, Stage

LAYOUT_WARNING: Final = Rule(
    "LAYOUT-WARNING",
    Severity.ERROR,
    Stage.LAYOUT,
    message="{library} reports: {line}.",
    advice="The page may not look as designed. Fix the style or figure named above.",
    why=(
        "The typesetting engine, the drawing library or the font library warned, for example about "
        "an unknown property or a missing picture."
    ),
)
LIBRARY_REMARK: Final = Rule(
    "LIBRARY-REMARK",
    Severity.WARNING,
    Stage.LAYOUT,
    message="{library} reports: {line}.",
    advice=(
        "Look at the pages, and please report this line: it is not known whether it affects them."
    ),
    why=(
        "A library logged a line that this program does not know. It does not withhold the card. "
        "Look at the pages, and report the line so that the next version knows it."
    ),
)
MACHINE_REMARK: Final = Rule(
    "MACHINE-REMARK",
    Severity.NOTE,
    Stage.LAYOUT,
    message="{library} reports: {line}.",
    advice="The pages do not depend on it.",
    why=(
        "A library logged something about this machine, not about the card, such as a folder "
        "without write permission or a missing system library."
    ),
)
WAIVER_UNUSED: Final = Rule(
    "WAIVER-UNUSED",
    Severity.WARNING,
    Stage.CONTENT,
    message="the waiver for {code} has no effect.",
    advice="Delete it.",
    why="The fault that this waiver was written for is gone, or the field has another name.",
)
WAIVER_INVALID: Final = Rule(
    "WAIVER-INVALID",
    Severity.ERROR,
    Stage.CONTENT,
    cases={
        "unknown": ("there is no rule {code} to waive.", "Correct its code, or delete the waiver."),
        "firm": ("{code} cannot be waived.", "Delete the waiver and fix the fault itself."),
    },
    why=(
        "A waiver names a rule that does not exist, or one that cannot be waived: what a press, a "
        "screen reader or a release requires holds for every card."
    ),
)

#: What is true of the machine at one moment, which no kept work repeats.
PASSING: Final = frozenset({"MACHINE-REMARK"})
#: What leaves open whether the work is sound: it is not kept.
UNSURE: Final = frozenset(
    {"LIBRARY-REMARK", "PRINT-INK-UNKNOWN", "PRINT-INK-ESTIMATE", "BUILD-LOST", "PDF-VALIDATOR"}
)
#: Warnings that a release reports and that do not withhold it: nobody at hand can fix them.
LENIENT: Final = frozenset({"LIBRARY-REMARK", "PDF-VALIDATOR", "SPELL-DICTIONARY"})
