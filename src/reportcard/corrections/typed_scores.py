"""The scores and ranks that are typed in one language of a card, as values: where it is certain
which they are, and no field gets a problem by it.
"""

from dataclasses import replace
from types import MappingProxyType

from reportcard.content.loading import Content
from reportcard.corrections.agreement import CODE
from reportcard.corrections.drafts import redrafted
from reportcard.corrections.search import Spared, found
from reportcard.corrections.settlement import Settlement, applied, settled


def with_values(content: Content, country: str, language: str) -> Settlement:
    """The content with values in a card's file in one language; the files in others stay. What is
    undecided is placed in the file as it is then.
    """

    def corrected(spared: Spared) -> Settlement:
        alone = _alone(content, country, language)
        corrections, _ = found(alone, country, spared, typed_values=True)
        mine = tuple(one for one in corrections if one.rule == CODE)
        made = redrafted(content, country, applied(content, country, mine))
        alone = _alone(made, country, language)
        _, undecided = found(alone, country, spared, typed_values=True)
        return Settlement(made, mine, undecided)

    return settled(content, country, corrected)


def _alone(content: Content, country: str, language: str) -> Content:
    """The content without the country's card in other languages."""
    card = MappingProxyType({language: content.cards[country][language]})
    return replace(content, cards=MappingProxyType({**content.cards, country: card}))
