"""What a release asks beyond a build."""

from typing import Final

from reportcard.problems.problem import Severity
from reportcard.problems.rule import Rule, Stage

RELEASE_STATUS: Final = Rule(
    "RELEASE-STATUS",
    Severity.ERROR,
    Stage.COMMAND,
    why=(
        "Only what somebody declared final goes out. This holds for a release; a build makes "
        "drafts too."
    ),
    wrong="status: review",
    right="status: final",
)
RELEASE_PROVISIONAL: Final = Rule(
    "RELEASE-PROVISIONAL",
    Severity.ERROR,
    Stage.COMMAND,
    why=(
        "A release has no placeholders among its scores, nor does the scoreboard that compares "
        "all countries."
    ),
    wrong="provisional: true",
)
RELEASE_TRANSLATION: Final = Rule(
    "RELEASE-TRANSLATION",
    Severity.ERROR,
    Stage.COMMAND,
    why=(
        "In a release every block of a translation was confirmed against its source as it is now."
    ),
)
RELEASE_VERSION: Final = Rule(
    "RELEASE-VERSION",
    Severity.NOTE,
    Stage.COMMAND,
    why=(
        "The cards bear another version than the release's name. They may, if yours are counted so."
    ),
)
RELEASE_CHANGES: Final = Rule(
    "RELEASE-CHANGES",
    Severity.NOTE,
    Stage.COMMAND,
    why=(
        "A card of an earlier release cannot be read any more, so that readers are not told "
        "what changed in it."
    ),
)
RELEASE_SIGN_OFF: Final = Rule(
    "RELEASE-SIGN-OFF",
    Severity.ERROR,
    Stage.COMMAND,
    why=(
        "The edition asks for reviewers: each file needs a record that was made of this very "
        "file, with every change seen and none in question."
    ),
)
