"""Rules on a build and its editions."""

from typing import Final

from reportcard.problems.problem import Severity
from reportcard.problems.rule import Rule, Stage

BUILD_LOST: Final = Rule(
    "BUILD-LOST",
    Severity.ERROR,
    Stage.LAYOUT,
    message=(
        "the process that was building this card ended unexpectedly: it was killed or "
        "ran out of memory."
    ),
    advice="Build again, with a lower value for --jobs if memory is low.",
    why=(
        "The process that builds the card ended unexpectedly twice. The system killed "
        "it, or it ran out of memory."
    ),
)
CACHE_DIFFERENT: Final = Rule(
    "CACHE-DIFFERENT",
    Severity.NOTE,
    Stage.LAYOUT,
    message="the cached contents of {files} were different and were not used.",
    advice="Find out which program writes to .cache, then run `reportcard cache clear`.",
    why=(
        "A release, and any build with --no-cache, builds every file from scratch and compares "
        "it with the cache. The same sources and tools always produce identical files, so a "
        "difference means that the cache was changed or that its keys do not account for some "
        "input."
    ),
)
PRINT_FOREIGN: Final = Rule(
    "PRINT-FOREIGN",
    Severity.NOTE,
    Stage.PREFLIGHT,
    message="these colors have no token: {colours}.",
    advice="Check the colors on a proof, or add tokens for them in the theme's tokens.yaml.",
    why=(
        "A color in a figure or logo has no token in the theme's tokens.yaml. For print, it "
        "is converted through the ICC profile and may look different from the original."
    ),
)
PRINT_PAGES: Final = Rule(
    "PRINT-PAGES",
    Severity.NOTE,
    Stage.PREFLIGHT,
    message="the number of pages, {pages}, is not a multiple of four.",
    advice="Add {more} more for a stapled booklet.",
    why=(
        "The number of pages in a stapled booklet must be a multiple of four. To turn "
        "this check on or off, set `booklet` in the edition. To add blank pages or "
        "pages for notes, set `padding`."
    ),
)
