"""Rules on a build and its editions."""

from typing import Final

from reportcard.problems.problem import Severity
from reportcard.problems.rule import Rule, Stage

BUILD_LOST: Final = Rule(
    "BUILD-LOST",
    Severity.ERROR,
    Stage.LAYOUT,
    message="the process that built this card ended: it was killed, or it ran out of memory.",
    advice="Build again, with fewer --jobs if memory is short.",
    why=(
        "The process that built a card ended before it was done, twice. The system killed it, or "
        "it ran out of memory."
    ),
)
PRINT_FOREIGN: Final = Rule(
    "PRINT-FOREIGN",
    Severity.NOTE,
    Stage.PREFLIGHT,
    message="colors without a token: {colours}.",
    advice="Check them on a proof, or give them a token in styles/tokens.yaml.",
    why=(
        "A color of a figure or logo has no token in styles/tokens.yaml. For print it is "
        "converted through the ICC profile, and it may look different from what was chosen."
    ),
)
PRINT_PAGES: Final = Rule(
    "PRINT-PAGES",
    Severity.NOTE,
    Stage.PREFLIGHT,
    message="{pages} pages is not a multiple of four.",
    advice="Add {more} more for a stapled booklet.",
    why=(
        "The number of pages in a stapled booklet must be a multiple of four. To turn "
        "this check on or off, use `booklet` in the edition. To have pages for notes or blank ones "
        "added, use `padding`."
    ),
)
