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
        "The typesetting engine, drawing library or font library issued a warning, for "
        "example about an unknown property or a missing picture."
    ),
)
LIBRARY_REMARK: Final = Rule(
    "LIBRARY-REMARK",
    Severity.WARNING,
    Stage.LAYOUT,
    message="{library} reports: {line}.",
    advice=("Check the pages, because they may be affected, and report this message."),
    why=(
        "A software library logged a message that reportcard does not recognize. The card is "
        "still published. Check the pages, and report the message so that the next version can "
        "recognize it."
    ),
)
MACHINE_REMARK: Final = Rule(
    "MACHINE-REMARK",
    Severity.NOTE,
    Stage.LAYOUT,
    message="{library} reports: {line}.",
    advice="The pages are not affected.",
    why=(
        "A software library logged a message about a problem with this computer, not the card: "
        "for example, a folder without write permission or a missing system library."
    ),
)
WAIVER_UNUSED: Final = Rule(
    "WAIVER-UNUSED",
    Severity.WARNING,
    Stage.CONTENT,
    message="the waiver for {code} has no effect.",
    advice="Delete the waiver.",
    why=(
        "The problem that this waiver was written for no longer exists, or the field "
        "has a different name."
    ),
)
WAIVER_INVALID: Final = Rule(
    "WAIVER-INVALID",
    Severity.ERROR,
    Stage.CONTENT,
    cases={
        "unknown": (
            "cannot waive {code}: this rule does not exist.",
            "Correct the code, or delete the waiver.",
        ),
        "firm": ("{code} cannot be waived.", "Delete the waiver and fix the problem."),
    },
    why=(
        "A waiver names a rule that does not exist or cannot be waived. Requirements "
        "for print, accessibility and releases apply to every card."
    ),
)

#: What is true of the machine at one moment, which no kept work repeats.
PASSING: Final = frozenset({"MACHINE-REMARK"})
#: What leaves open whether the work is sound: it is not kept.
UNSURE: Final = frozenset(
    {"LIBRARY-REMARK", "PRINT-INK-UNKNOWN", "PRINT-INK-ESTIMATE", "BUILD-LOST", "PDF-VALIDATOR"}
)
#: Warnings that a release reports and that do not withhold it: nobody at hand can fix them.
LENIENT: Final = frozenset(
    {"LIBRARY-REMARK", "PDF-VALIDATOR", "RELEASE-OWN-WORK", "SPELL-DICTIONARY"}
)
