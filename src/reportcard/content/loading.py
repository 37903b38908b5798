"""Files to the model: everything a workspace says, or every problem that keeps it from being
said.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, TypeVar

from reportcard.content.model import Card, CountryScores, Edition, Glossary, House, Scoreboard
from reportcard.content.scalars import Frozen
from reportcard.content.shelf import ContentFile, Shelf, Sourced
from reportcard.content.wording import Wording
from reportcard.problems.problem import Place, Problem
from reportcard.workspace.workspace import SCOREBOARD as SCOREBOARD_NAME
from reportcard.workspace.workspace import Workspace

M = TypeVar("M", bound=Frozen)

EDITION: Final = "content/edition.yaml"
SCOREBOARD: Final = "content/scoreboard.yaml"
GLOSSARY: Final = "content/glossary.yaml"


@dataclass(frozen=True, slots=True)
class Content:
    """All that a workspace says: cards by country and language, in the order of the edition's
    languages.

    `unread` are the files of cards that are there and cannot be read, by path, with what is wrong
    with them: a language that `cards` lacks is not translated only if its file is not among them.
    """

    edition: Sourced[Edition]
    scoreboard: Sourced[Scoreboard]
    wordings: Mapping[str, Sourced[Wording]]
    scores: Mapping[str, Sourced[CountryScores]]
    cards: Mapping[str, Mapping[str, Sourced[Card]]]
    glossary: Sourced[Glossary] | None = None
    unread: Mapping[str, tuple[Problem, ...]] = field(default_factory=lambda: MappingProxyType({}))

    def source_language(self, scope: str) -> str:
        """The language that a country's card, or the shared wording, is written in first."""
        return self.edition.model.source_languages.get(scope, self.edition.model.source_language)


@dataclass(frozen=True, slots=True)
class Loaded:
    """What could be read, and the problems: `shared` ones concern every card, the others their
    country alone.
    """

    content: Content | None
    shared: tuple[Problem, ...]
    by_country: Mapping[str, tuple[Problem, ...]]


def load(workspace: Workspace, shelf: Shelf | None = None) -> Loaded:
    """Reads all content of the workspace, but what the shelf has from an earlier time.

    Scores count as shared whatever their country: every card states ranks, and a rank needs all
    countries' scores.
    """
    reader = _WorkspaceReader(workspace, shelf or Shelf())
    shared: list[Problem] = []
    by_country: dict[str, list[Problem]] = {}
    edition = reader.file(ContentFile(EDITION, Edition), shared)
    scoreboard = reader.file(ContentFile(SCOREBOARD, Scoreboard), shared)
    houses = edition.model.languages if edition else {}
    if edition:
        shared.extend(_foreign_source_languages(edition))
    first = edition.model.source_language if edition else ""
    wordings = reader.languages("wording", Wording, houses, first, shared)
    scores: dict[str, Sourced[CountryScores]] = {}
    cards: dict[str, Mapping[str, Sourced[Card]]] = {}
    for country in workspace.countries():
        mine = by_country.setdefault(country, [])
        file = ContentFile(f"content/{country}/scores.yaml", CountryScores)
        if read := reader.file(file, shared):
            scores[country] = read
        if (card := reader.card(country, edition, mine)) is not None:
            cards[country] = card
    if workspace.is_taken(SCOREBOARD_NAME):
        shared.append(_reserved())
    glossary = (
        reader.file(ContentFile(GLOSSARY, Glossary), shared) if workspace.exists(GLOSSARY) else None
    )
    told = {country: tuple(problems) for country, problems in by_country.items()}
    if not (edition and scoreboard and len(wordings) == len(houses)):
        return Loaded(None, tuple(shared), told)
    unread = dict(_unread(cards, houses, told))
    return Loaded(
        Content(edition, scoreboard, wordings, scores, cards, glossary, unread), tuple(shared), told
    )


def read_edition(workspace: Workspace) -> tuple[Sourced[Edition] | None, tuple[Problem, ...]]:
    """The edition alone, or what is wrong with it."""
    problems: list[Problem] = []
    reader = _WorkspaceReader(workspace, Shelf())
    return reader.file(ContentFile(EDITION, Edition), problems), tuple(problems)


@dataclass(frozen=True, slots=True)
class _WorkspaceReader:
    """Reads files of a workspace; what is wrong with them is appended to the problems given."""

    workspace: Workspace
    shelf: Shelf

    def card(
        self, country: str, edition: Sourced[Edition] | None, problems: list[Problem]
    ) -> Mapping[str, Sourced[Card]] | None:
        """A country's card by language; None if it is written in none."""
        houses = edition.model.languages if edition else {}
        try:
            written = list(self.workspace.languages(country))
        except OSError as error:
            problems.append(_unreadable(f"content/{country}", "folder", error))
            written = list(houses)
        if not written:
            return None
        if edition is None:
            return {}
        problems.extend(_stray_languages(country, written, houses))
        first = edition.model.source_languages.get(country, edition.model.source_language)
        return self.languages(country, Card, houses, first, problems)

    def languages(
        self,
        scope: str,
        kind: type[M],
        houses: Mapping[str, House],
        first: str,
        problems: list[Problem],
    ) -> dict[str, Sourced[M]]:
        """A scope's file in every language, in the edition's order; the source language is read
        first, since others may fall back on it.
        """
        found: dict[str, Sourced[M]] = {}
        for language in sorted(houses, key=lambda name: name != first):
            house = houses[language]
            fallback = found.get(first) if house.fallback else None
            path = f"content/{scope}/{language}.yaml"
            if read := self.file(ContentFile(path, kind, scope, house.quotes, fallback), problems):
                found[language] = read
        return {language: found[language] for language in houses if language in found}

    def file(self, file: ContentFile[M], problems: list[Problem]) -> Sourced[M] | None:
        """What a file says, or None; one that is not there says what its fallback says."""
        try:
            data = self.workspace.read(file.path)
        except FileNotFoundError:
            if file.fallback is None:
                hint = _MISSING_FILE[file.kind]
                problems.append(
                    Problem("FILE-MISSING", "this file is missing.", hint, Place(file.path))
                )
                return None
            data = b"{}"
        except (OSError, ValueError) as error:
            problems.append(_unreadable(file.path, "file", error))
            return None
        sourced, found = self.shelf.read(file, data)
        problems.extend(found)
        return sourced


# --- what is wrong --------------------------------------------------------------------------------

_MISSING_FILE: Final[Mapping[type[Frozen], str]] = {
    Glossary: "A workspace may do without one.",
    Edition: "Every workspace has one.",
    Scoreboard: "Every workspace has one.",
    Wording: (
        "Write it after the wording file of another language, or take the language out of"
        " content/edition.yaml."
    ),
    CountryScores: "Every country has one; `reportcard new COUNTRY` makes it.",
    Card: (
        "Every card stands in every language of content/edition.yaml: write it, or take the"
        " language out there."
    ),
}


def _unread(
    cards: Mapping[str, Mapping[str, Sourced[Card]]],
    languages: Iterable[str],
    problems: Mapping[str, tuple[Problem, ...]],
) -> Iterator[tuple[str, tuple[Problem, ...]]]:
    """The files of cards that could not be read though they are there, with their problems."""
    for country, card in cards.items():
        for language in languages:
            file = f"content/{country}/{language}.yaml"
            mine = tuple(
                one
                for one in problems[country]
                if one.place.file == file and one.code != "FILE-MISSING"
            )
            if language not in card and mine:
                yield file, mine


def _foreign_source_languages(edition: Sourced[Edition]) -> Iterator[Problem]:
    """Source languages that the edition does not have."""
    model, hint = edition.model, "Add it to `languages`, or name another."
    if model.source_language not in model.languages:
        yield Problem(
            "EDITION-LANGUAGE",
            "the source language is not among the edition's languages.",
            hint,
            edition.tree.at("source_language"),
        )
    for country, language in model.source_languages.items():
        if language not in model.languages:
            yield Problem(
                "EDITION-LANGUAGE",
                f"the source language of “{country}” is not among the edition's languages.",
                hint,
                edition.tree.at("source_languages", country),
            )


def _stray_languages(
    country: str, written: Iterable[str], languages: Iterable[str]
) -> Iterator[Problem]:
    """Files of a card in languages that the edition does not have."""
    for language in written:
        if language not in languages:
            yield Problem(
                "CARD-LANGUAGE",
                f"the edition has no language “{language}”.",
                f"Add it to `languages` in {EDITION}, or take this file out of the folder.",
                Place(f"content/{country}/{language}.yaml", 1, 1),
            )


def _reserved() -> Problem:
    return Problem(
        "COUNTRY-RESERVED",
        f"no country can be called “{SCOREBOARD_NAME}”: that is the card of all countries.",
        "Give this folder another name, or take its files out.",
        Place(f"content/{SCOREBOARD_NAME}"),
    )


def _unreadable(path: str, kind: str, error: Exception) -> Problem:
    reason = getattr(error, "strerror", None) or str(error)
    return Problem(
        "FILE-UNREADABLE",
        f"this {kind} cannot be read: {reason}.",
        f"Put a readable {kind} there.",
        Place(path),
    )
