"""Claims against data: scores, ranks, positions and changes given in words agree with the data, and
are values rather than typed by hand. A sentence that is not understood for certain is left alone.
"""

from collections.abc import Iterator

from reportcard.checks.claims.reader import Reader
from reportcard.checks.claims.rules import (
    CLAIM_CHANGE,
    CLAIM_ORDER,
    SCORE_CONTRADICTED,
    SCORE_TYPED,
)
from reportcard.checks.claims.standings import Standings
from reportcard.checks.claims.vocabulary import Vocabulary
from reportcard.checks.passages import passages
from reportcard.content.loading import Content
from reportcard.language.packs import pack
from reportcard.problems.problem import Problem
from reportcard.scores.values import values_of

__all__ = ["CLAIM_CHANGE", "CLAIM_ORDER", "SCORE_CONTRADICTED", "SCORE_TYPED", "card", "reader_of"]


def card(content: Content, country: str) -> Iterator[Problem]:
    """All rules on the claims of one card, in each language whose pack has words for them."""
    for language, sourced in content.cards[country].items():
        reader = reader_of(content, country, language)
        for passage in passages(sourced, language) if reader else ():
            if reader and not passage.is_note and not passage.kind.is_name:
                yield from reader.problems(passage)


def reader_of(content: Content, country: str, language: str) -> Reader | None:
    """What reads the claims of a card in a language; None if the pack of the language has no words
    for them, or the country has no scores.
    """
    known = pack(language)
    if known is None or known.claims is None or country not in content.scores:
        return None
    values = values_of(content, country, language)
    return Reader(
        Vocabulary.of(known.claims, values),
        Standings(values),
        known.claims.omits_subject,
        str(content.edition.model.date.year),
    )
