"""The families of rules on content, in the order that they are run.

A family takes content and yields the problems it finds. `shared_problems` concern every card,
`card_problems` one country.
"""

from collections.abc import Iterator
from typing import Final

from reportcard.checks import (
    agreement,
    claims,
    dates,
    exhibits,
    figures,
    framework,
    habits,
    labels,
    laws,
    leftovers,
    numbers,
    parity,
    placeholders,
    quotes,
    ranks,
    references,
    scoreboard,
    scores,
    signs,
    sources,
    spelling,
    terms,
    typography,
    unplaced,
)
from reportcard.content.loading import Content
from reportcard.page.styles import Styles
from reportcard.problems.problem import Problem
from reportcard.workspace.packages import Group, additions, calling
from reportcard.workspace.workspace import Workspace

#: The families that look at one country's card, in the order that they are run.
_OF_CARDS: Final = (
    claims,
    exhibits,
    numbers,
    laws,
    dates,
    sources,
    parity,
    terms,
    typography,
    quotes,
    ranks,
    agreement,
    placeholders,
    unplaced,
)


def shared_problems(
    workspace: Workspace, content: Content, styles: Styles | None
) -> Iterator[Problem]:
    """What is wrong with the edition, the scoreboard, the wording, the scores and the figures that
    all cards share. Without styles, figures and signs are not looked at.
    """
    yield from framework.shared(content)
    yield from habits.shared(content)
    yield from scores.check(content)
    yield from references.shared(workspace, content)
    yield from figures.shared(workspace, content, styles)
    yield from signs.shared(content, styles)
    for check in (leftovers, placeholders, parity, terms, typography, quotes, ranks, labels):
        yield from check.shared(content)


def card_problems(
    workspace: Workspace, content: Content, country: str, styles: Styles | None
) -> Iterator[Problem]:
    """What is wrong with one country's card, in any of its languages."""
    yield from framework.card(content, country)
    yield from references.card(workspace, content, country)
    yield from figures.card(workspace, content, country, styles)
    yield from signs.card(content, country, styles)
    for check in _OF_CARDS:
        yield from check.card(content, country)
    for name, family in additions(Group.RULES).items():
        with calling(name):
            yield from family.card(content, country)


def scoreboard_problems(content: Content, styles: Styles) -> Iterator[Problem]:
    """What keeps the card of all countries from being made, beside what is wrong for all cards."""
    yield from scoreboard.check(content, styles)


def vital_problems(
    workspace: Workspace, content: Content, country: str, styles: Styles | None
) -> Iterator[Problem]:
    """What would keep a country's card from being composed at all: a part of what the others find,
    in a fraction of the time.
    """
    yield from framework.shared(content)
    yield from scores.check(content)
    yield from references.shared(workspace, content)
    yield from figures.shared(workspace, content, styles)
    yield from framework.card(content, country)
    yield from references.card(workspace, content, country)
    yield from figures.card(workspace, content, country, styles)
    yield from exhibits.card(content, country)


def spelling_problems(content: Content, country: str | None = None) -> Iterator[Problem]:
    """Misspelled words of one country's card, or of the wording. Apart, since dictionaries take
    their time.
    """
    yield from spelling.shared(content) if country is None else spelling.card(content, country)
