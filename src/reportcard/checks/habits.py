"""Languages of the edition whose habits are not known, and the rules that find nothing in them."""

from collections.abc import Iterator
from typing import Final

from reportcard.checks import claims, laws, typography
from reportcard.content.loading import Content
from reportcard.language.packs import LanguagePack, pack
from reportcard.problems.problem import Problem, Severity
from reportcard.problems.rule import Rule, Stage

EDITION_HABITS: Final = Rule(
    "EDITION-HABITS",
    Severity.NOTE,
    Stage.CONTENT,
    cases={
        "rules": (
            'these rules cannot be checked in the language "{language}": {rules}.',
            "Install a package for this language, or check the text against these rules yourself.",
        ),
        "words": (
            'NUMBER-LANGUAGES compares only numbers in digits in the language "{language}", not '
            "numbers in words.",
            "Install a package for this language, or compare numbers in words yourself.",
        ),
    },
    why=(
        "Some rules depend on how a language expresses scores, or on which characters "
        "are incorrect in that language. The program supports English, Spanish and "
        "Portuguese, and packages can add other languages. See docs/extending.md."
    ),
)


def shared(content: Content) -> Iterator[Problem]:
    """A note for each language of the edition that some rules cannot look at."""
    edition = content.edition
    for language in edition.model.languages:
        known = pack(language) or LanguagePack()
        place = edition.tree.key("languages", language)
        if rules := tuple(_unchecked(known)):
            yield EDITION_HABITS.at(place, "rules", language=language, rules=rules)
        if known.numbers is None or not known.numbers.cardinals:
            yield EDITION_HABITS.at(place, "words", language=language)


def _unchecked(known: LanguagePack) -> Iterator[str]:
    """The codes of the rules that find nothing in a language of which this is known."""
    if known.claims is None:
        yield claims.CLAIM_CHANGE.code
        yield claims.CLAIM_ORDER.code
        yield claims.SCORE_CONTRADICTED.code
        yield claims.SCORE_TYPED.code
    if known.laws is None:
        yield laws.LAW_CONFLICT.code
    if not known.signs:
        yield typography.TYPE_ORDINAL.code
        yield typography.TYPE_PERCENT.code
