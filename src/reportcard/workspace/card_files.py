"""The files of cards by their names: `peru-report-card-es-print.pdf`, `peru-report-card-en-es.pdf`,
`scoreboard-es.pdf`.
"""

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from reportcard.workspace.media import Medium, known_editions
from reportcard.workspace.workspace import SCOREBOARD

_LANGUAGE: Final = r"[a-z]{2,3}(?:-[A-Z]{2})?"
_NAME: Final = re.compile(
    rf"(?:(?P<country>[a-z0-9-]+?)-report-card|{SCOREBOARD})"
    rf"-(?P<languages>{_LANGUAGE}(?:-{_LANGUAGE})*)(-(?P<medium>[a-z]{{4,20}}))?"
)


class CardFile(NamedTuple):
    """A card's file by its name: the card, its languages, the edition."""

    card: str
    languages: tuple[str, ...]
    medium: str

    @property
    def is_scoreboard(self) -> bool:
        """Whether it is a file of the scoreboard, not of a country."""
        return self.card == SCOREBOARD


def file_name(card: str, language: str, medium: str = Medium.SCREEN) -> str:
    """The name of a card's file in the output folder."""
    return f"{_stem(card)}-{language}{'' if medium == Medium.SCREEN else f'-{medium}'}.pdf"


def page_name(card: str, language: str) -> str:
    """The name of a card's page in the web edition."""
    return f"{_stem(card)}-{language}.html"


def bilingual_name(card: str, languages: Iterable[str]) -> str:
    """The name of the file that holds a card in several languages."""
    return f"{_stem(card)}-{'-'.join(languages)}.pdf"


def card_file(stem: str) -> CardFile | None:
    """The card's file with a name, given without `.pdf`; None if no card's file has it."""
    match = _NAME.fullmatch(stem)
    if match is None:
        return None
    medium = match["medium"] or Medium.SCREEN
    if match["medium"] == Medium.SCREEN or medium not in known_editions():
        return None
    languages = tuple(re.findall(_LANGUAGE, match["languages"]))
    return CardFile(match["country"] or SCOREBOARD, languages, medium)


def _stem(card: str) -> str:
    return card if card == SCOREBOARD else f"{card}-report-card"
