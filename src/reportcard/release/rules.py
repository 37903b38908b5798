"""Rules on releases, beyond those on a build."""

from typing import Final

from reportcard.problems.problem import Severity
from reportcard.problems.rule import Rule, Stage

RELEASE_STATUS: Final = Rule(
    "RELEASE-STATUS",
    Severity.ERROR,
    Stage.COMMAND,
    cases={
        "card": (
            'the card is not final: its status is "{status}".',
            "Set `status: final` once the text is approved.",
        ),
        "scoreboard": (
            'the scoreboard is not final: its status is "{status}".',
            "Set `status: final` once the text is approved.",
        ),
    },
    why=(
        "A release can contain only cards with the status `final`. A build also includes drafts "
        "and cards under review."
    ),
    wrong="status: review",
    right="status: final",
)
RELEASE_PROVISIONAL: Final = Rule(
    "RELEASE-PROVISIONAL",
    Severity.ERROR,
    Stage.COMMAND,
    cases={
        "category": (
            "the score for category {letter} is provisional.",
            "Enter the final score and remove `provisional`.",
        ),
        "country": (
            "the scores are provisional.",
            "Enter the final scores and remove `provisional`.",
        ),
    },
    why=(
        "A release cannot contain any provisional scores, because every card shows ranks among "
        "all countries, and the scoreboard compares the scores."
    ),
    wrong="provisional: true",
)
RELEASE_TRANSLATION: Final = Rule(
    "RELEASE-TRANSLATION",
    Severity.ERROR,
    Stage.COMMAND,
    message='the translation into "{language}" has {count} {state}: {fields}.',
    advice=(
        "Run `reportcard translations status` for details. Once the translation is "
        "done, run `reportcard translations confirm {scope} --language {language}`."
    ),
    why=(
        "In a release, every block of a translation must be confirmed against its current source."
    ),
)
RELEASE_VERSION: Final = Rule(
    "RELEASE-VERSION",
    Severity.ERROR,
    Stage.COMMAND,
    message="the version printed on the cards is {version}, but the release is {release}.",
    advice=(
        "Run `reportcard release {release} --set-version` to set the version and date, "
        "or correct them here."
    ),
    why=(
        "The version printed on the cards is the name of the release, so that readers know which "
        "release a card is from. If an edition has no `version`, none is printed."
    ),
    wrong='version: "1.0"',
    right='version: "1.0.1"',
)
RELEASE_CHANGES: Final = Rule(
    "RELEASE-CHANGES",
    Severity.NOTE,
    Stage.COMMAND,
    message="cannot determine the changes since {version}: {reason}.",
    advice="Check that the files of the earlier release are intact.",
    why=(
        "A card from an earlier release can no longer be read. The changes page says "
        "so instead of listing what changed."
    ),
)
RELEASE_SIGN_OFF: Final = Rule(
    "RELEASE-SIGN-OFF",
    Severity.ERROR,
    Stage.COMMAND,
    cases={
        "unreadable": (
            "this record cannot be read: {reason}.",
            "Export it again from the comparison report, or delete it.",
        ),
        "missing": (
            "no review record in {folder}/ signs off on {file}.",
            (
                "Compare it with the previous version (`reportcard compare … -o report.html`), "
                "review every change, and save the exported record in {folder}/."
            ),
        ),
        "invalid": (
            "{file} is not signed off: {reasons}.",
            "Compare the current file again, and replace this record with the new one.",
        ),
        "questioned": (
            "{reviewer} has open questions on {file}: {reasons}.",
            (
                "Settle the questions, and replace this record with one in which every change is "
                "marked as seen."
            ),
        ),
        "unproven": (
            "the signature of {reviewer} cannot be confirmed: {reason}.",
            "Have the reviewer sign the record with `ssh-keygen -Y sign -f KEY -n reportcard "
            "{record}`. Save the resulting signature file beside the record.",
        ),
        "signers": (
            "the allowed signers file {file} does not exist in this workspace.",
            'Create it with a line per reviewer: "NAME" and the public key. Or remove '
            "`allowed_signers`.",
        ),
        "shared": (
            "the allowed signers cannot be told apart: {reason}.",
            "List one reviewer per line, by full name, with that reviewer's own public key.",
        ),
        "thread": (
            "{reviewer} asked a question on {file} that nobody has settled.",
            "Save the record of {reviewer} in {folder}/, with every change marked as seen.",
        ),
        "reviewers": (
            "{file} is signed off by {count} of {needed} required reviewers. Missing: {names}.",
            "For each reviewer still missing, save a valid record in {folder}/. The reviewers "
            "are listed under `release` in edition.yaml.",
        ),
    },
    why=(
        "The edition requires reviews. Each file needs a review record that matches it "
        "exactly, with every change seen and none questioned."
    ),
)
RELEASE_OWN_WORK: Final = Rule(
    "RELEASE-OWN-WORK",
    Severity.WARNING,
    Stage.COMMAND,
    message="{reviewer}, an author of the card, signs off on {file}.",
    advice="Have someone who did not write the card review it as well.",
    why=(
        "A reviewer is also an author of the card. The release is not withheld, because a small "
        "team may have nobody else."
    ),
)
RELEASE_FACTS: Final = Rule(
    "RELEASE-FACTS",
    Severity.ERROR,
    Stage.COMMAND,
    cases={
        "unchecked": (
            "{country} has {count} not yet verified: {claims}.",
            (
                "Run `reportcard facts {country} --unverified --format xlsx --output FILE`, "
                "have the claims checked, and save the verdicts with --take."
            ),
        ),
        "edited": (
            "{country} has {count} edited since the fact-check: {claims}.",
            (
                "Run `reportcard facts {country} --unverified --format xlsx --output FILE`, "
                "have the claims checked again, and save the verdicts with --take."
            ),
        ),
        "doubtful": (
            "{country} has {count} found to be doubtful: {claims}.",
            "Correct or remove each claim, or have it verified.",
        ),
        "wrong": (
            "{country} has {count} found to be wrong: {claims}.",
            "Correct or remove each claim, and have it checked again.",
        ),
    },
    why=(
        "The edition requires a fact-check. Every figure, date, law, name, score, rank and "
        "quotation in each card must be verified in its current form, in every language."
    ),
    wrong="facts: verified (99 claims, 98 verified)",
    right="facts: verified (99 claims, 99 verified)",
)
