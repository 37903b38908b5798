"""The kinds of cards that a build makes: a country's, and the scoreboard of all countries. What is
asked of them is the same; which one a name means is known here alone.
"""

from dataclasses import dataclass
from typing import Protocol

from reportcard.build.inventory import (
    ReadWorkspace,
    SoundWorkspace,
    country_waivers,
    scoreboard_waivers,
)
from reportcard.content.chart_data import data_path
from reportcard.content.loading import EDITION, Content
from reportcard.content.loading import SCOREBOARD as SCOREBOARD_FILE
from reportcard.page.compose.card import compose
from reportcard.page.compose.composed import Composed
from reportcard.page.compose.scoreboard import compose_scoreboard
from reportcard.problems.problem import Problem
from reportcard.problems.waivers import Waivers
from reportcard.scores.values import scoreboard_values, values_of
from reportcard.workspace.workspace import SCOREBOARD, text_file


class PrintedCard(Protocol):
    """What becomes pages in each language: `name` is that of its files and of the ids on them."""

    @property
    def name(self) -> str:
        """`peru`, `scoreboard`."""

    @property
    def may_be_bilingual(self) -> bool:
        """Whether its languages may share a file, between one pair of covers."""

    def languages(self, content: Content) -> tuple[str, ...]:
        """Those that it exists in."""

    def compose(self, read: SoundWorkspace, language: str) -> Composed:
        """Its HTML in a language. The content has been checked before."""

    def sources(self, read: SoundWorkspace, language: str) -> dict[str, bytes]:
        """The files that its words, numbers and look come from, by path: all countries' scores,
        since it shows ranks.
        """

    def problems(self, read: ReadWorkspace) -> tuple[Problem, ...]:
        """The problems of its content, beside those that all cards share."""

    def waivers(self, content: Content) -> Waivers:
        """Its waivers, by file, field and rule."""

    def title(self, content: Content, language: str) -> str:
        """What it is called in a language; empty if its words are not written."""


def card_named(name: str) -> PrintedCard:
    """The card of a name."""
    return ScoreboardCard() if name == SCOREBOARD else CountryCard(name)


@dataclass(frozen=True, slots=True)
class CountryCard:
    """The card of a country, in the files of its folder."""

    name: str
    may_be_bilingual: bool = True

    def languages(self, content: Content) -> tuple[str, ...]:
        """Those of the country's text files."""
        return tuple(content.cards[self.name])

    def compose(self, read: SoundWorkspace, language: str) -> Composed:
        """Its HTML in a language."""
        values = values_of(read.content, self.name, language)
        return compose(read.workspace, read.content, values, language, read.styles)

    def sources(self, read: SoundWorkspace, language: str) -> dict[str, bytes]:
        """The shared files, its own text, and the data of its charts."""
        own = {text_file(self.name, language): read.content.cards[self.name][language].data}
        folder = data_path(self.name, "")
        data = {path: data for path, data in read.content.data.items() if path.startswith(folder)}
        return _shared(read, language) | own | data | dict(read.styles.sources)

    def problems(self, read: ReadWorkspace) -> tuple[Problem, ...]:
        """Those of the country's files."""
        return read.by_country[self.name]

    def waivers(self, content: Content) -> Waivers:
        """Those in the country's files."""
        return country_waivers(content, self.name)

    def title(self, content: Content, language: str) -> str:
        """The title of its text."""
        return str(content.cards[self.name][language].model.title)


@dataclass(frozen=True, slots=True)
class ScoreboardCard:
    """The scoreboard, which compares all countries; its words are in the shared wording."""

    name: str = SCOREBOARD
    may_be_bilingual: bool = False

    def languages(self, content: Content) -> tuple[str, ...]:
        """Those of the wording."""
        return tuple(content.wordings)

    def is_wanted(self, content: Content) -> bool:
        """Whether the workspace has words for it, and scores."""
        has_words = any(wording.model.regional for wording in content.wordings.values())
        return has_words and bool(content.scores)

    def compose(self, read: SoundWorkspace, language: str) -> Composed:
        """Its HTML in a language."""
        values = scoreboard_values(read.content, language)
        return compose_scoreboard(read.workspace, read.content, values, language, read.styles)

    def sources(self, read: SoundWorkspace, language: str) -> dict[str, bytes]:
        """The shared files alone."""
        return _shared(read, language) | dict(read.styles.sources)

    def problems(self, read: ReadWorkspace) -> tuple[Problem, ...]:
        """What keeps it from being made."""
        return read.scoreboard

    def waivers(self, content: Content) -> Waivers:
        """Those of the words that it alone shows."""
        return scoreboard_waivers(content)

    def title(self, content: Content, language: str) -> str:
        """The title in the wording."""
        words = content.wordings[language].model.regional
        return str(words.title) if words else ""


def _shared(read: SoundWorkspace, language: str) -> dict[str, bytes]:
    content = read.content
    return {
        EDITION: content.edition.data,
        SCOREBOARD_FILE: content.scoreboard.data,
        text_file(SCOREBOARD, language): content.wordings[language].data,
        **{f"content/{name}/scores.yaml": one.data for name, one in content.scores.items()},
    }
