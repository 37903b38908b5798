"""Files to the model: a workspace's content, or every problem that keeps it from being read."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, TypeVar

from reportcard.content.chart_data import MOST_BYTES, data_path
from reportcard.content.formats import format_problems
from reportcard.content.framework import Scoreboard
from reportcard.content.model import Card, CountryScores, Edition, Glossary, House
from reportcard.content.prose import Chart
from reportcard.content.rules import (
    CARD_LANGUAGE,
    COUNTRY_RESERVED,
    EDITION_LANGUAGE,
    FILE_MISSING,
    FILE_UNREADABLE,
)
from reportcard.content.scalars import Frozen
from reportcard.content.shelf import ContentFile, Shelf, Sourced
from reportcard.content.wording import Wording
from reportcard.content.yaml import read_tree
from reportcard.problems.problem import Place, Problem, Severity
from reportcard.workspace.system import reason
from reportcard.workspace.workspace import SCOREBOARD as SCOREBOARD_NAME
from reportcard.workspace.workspace import Workspace, is_portable, like_others

M = TypeVar("M", bound=Frozen)

EDITION: Final = "content/edition.yaml"
SCOREBOARD: Final = "content/scoreboard.yaml"
GLOSSARY: Final = "content/glossary.yaml"


@dataclass(frozen=True, slots=True)
class Content:
    """All content of a workspace: cards by country and language, in the order of the edition's
    languages.

    `unread` are the files of cards and charts that are there and cannot be read, by path, with what
    is wrong with them: a language that `cards` lacks is not translated only if its file is not
    among them.
    """

    edition: Sourced[Edition]
    scoreboard: Sourced[Scoreboard]
    wordings: Mapping[str, Sourced[Wording]]
    scores: Mapping[str, Sourced[CountryScores]]
    cards: Mapping[str, Mapping[str, Sourced[Card]]]
    glossary: Sourced[Glossary] | None = None
    unread: Mapping[str, tuple[Problem, ...]] = field(default_factory=lambda: MappingProxyType({}))
    data: Mapping[str, bytes] = field(default_factory=lambda: MappingProxyType({}))
    """The files of charts, by their path; those that cannot be read are in `unread`."""

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
    if newer := reader.newer():
        return Loaded(None, newer, {})
    edition = reader.file(ContentFile(EDITION, Edition), shared)
    if edition:
        shared.extend(format_problems(edition.tree))
    scoreboard = reader.file(ContentFile(SCOREBOARD, Scoreboard), shared)
    houses = edition.model.languages if edition else {}
    if edition:
        shared.extend(_foreign_source_languages(edition))
    first = edition.model.source_language if edition else ""
    wordings = reader.languages("wording", Wording, houses, first, shared)
    scores: dict[str, Sourced[CountryScores]] = {}
    cards: dict[str, Mapping[str, Sourced[Card]]] = {}
    countries = tuple(workspace.countries())
    for country in countries:
        mine = by_country.setdefault(country, list(_ill_named(country, countries)))
        file = ContentFile(f"content/{country}/scores.yaml", CountryScores)
        if read := reader.file(file, shared):
            scores[country] = read
        if (card := reader.card(country, edition, mine)) is not None:
            cards[country] = card
    if workspace.is_taken(SCOREBOARD_NAME):
        place = Place(f"content/{SCOREBOARD_NAME}")
        shared.append(COUNTRY_RESERVED.at(place, "scoreboard", name=SCOREBOARD_NAME))
    glossary = (
        None
        if workspace.is_missing(GLOSSARY)
        else reader.file(ContentFile(GLOSSARY, Glossary), shared)
    )
    own = {country: tuple(problems) for country, problems in by_country.items()}
    if not (edition and scoreboard and len(wordings) == len(houses)):
        return Loaded(None, tuple(shared), own)
    unread = dict(_unread(cards, houses, own))
    data = dict(_chart_files(workspace, cards, unread))
    content = Content(
        edition, scoreboard, wordings, scores, cards, glossary, unread, MappingProxyType(data)
    )
    return Loaded(content, tuple(shared), own)


def _ill_named(folder: str, folders: Sequence[str]) -> Iterator[Problem]:
    """What is wrong with the name of a country's folder where the workspace may be copied to."""
    place = Place(f"content/{folder}")
    if not is_portable(folder):
        yield COUNTRY_RESERVED.at(place, "windows", name=folder)
    # The one with small letters is right
    right = max(one for one in folders if like_others(one) == like_others(folder))
    if folder != right:
        yield COUNTRY_RESERVED.at(place, "twin", other=f"content/{right}")


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
            place = Place(f"content/{country}")
            problems.append(FILE_UNREADABLE.at(place, "folder", reason=reason(error)))
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

    def newer(self) -> tuple[Problem, ...]:
        """That the workspace has a format which is not known yet: then no file is read."""
        try:
            tree, _ = read_tree(self.workspace.read(EDITION), EDITION)
        except (OSError, ValueError):
            return ()
        found = format_problems(tree) if tree else ()
        return tuple(one for one in found if one.severity is Severity.ERROR)

    def file(self, file: ContentFile[M], problems: list[Problem]) -> Sourced[M] | None:
        """What a file holds, or None; one that is missing holds what its fallback does."""
        try:
            data = self.workspace.read(file.path)
        except FileNotFoundError:
            if file.fallback is None:
                problems.append(_missing(file))
                return None
            data = b"{}"
        except (OSError, ValueError) as error:
            problems.append(FILE_UNREADABLE.at(Place(file.path), "file", reason=reason(error)))
            return None
        sourced, found = self.shelf.read(file, data)
        problems.extend(found)
        return sourced


def _chart_files(
    workspace: Workspace,
    cards: Mapping[str, Mapping[str, Sourced[Card]]],
    unread: dict[str, tuple[Problem, ...]],
) -> Iterator[tuple[str, bytes]]:
    """The files that charts of cards name; of one that is too large, one byte more than a file may
    have. Those that are there and cannot be read are put to the unread ones.
    """
    for country, card in cards.items():
        named = (
            data_path(country, block.data)
            for sourced in card.values()
            for prose in sourced.prose.values()
            for block in prose.exhibits()
            if isinstance(block, Chart)
        )
        for path in dict.fromkeys(named):
            if workspace.is_missing(path):
                continue
            try:
                yield path, workspace.read(path, MOST_BYTES + 1)
            except (OSError, ValueError) as error:
                unread[path] = (FILE_UNREADABLE.at(Place(path), "file", reason=reason(error)),)


# --- what is wrong --------------------------------------------------------------------------------

#: By kind of file, the case of FILE-MISSING.
_MISSING: Final[Mapping[type[Frozen], str]] = {
    Edition: "shared",
    Scoreboard: "shared",
    Glossary: "optional",
    Wording: "wording",
    CountryScores: "scores",
    Card: "card",
}


def _missing(file: ContentFile[M]) -> Problem:
    _, country, name = f"{file.path}/".split("/")[:3]
    language = name.removesuffix(".yaml")
    return FILE_MISSING.at(
        Place(file.path), _MISSING[file.kind], country=country, language=language
    )


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
    """Source languages that are not among the edition's languages."""
    model, tree = edition.model, edition.tree
    if model.source_language not in model.languages:
        place = tree.at("source_language")
        yield EDITION_LANGUAGE.at(place, "source", language=model.source_language)
    for country, language in model.source_languages.items():
        if language not in model.languages:
            place = tree.at("source_languages", country)
            yield EDITION_LANGUAGE.at(place, "country", country=country, language=language)


def _stray_languages(
    country: str, written: Iterable[str], languages: Iterable[str]
) -> Iterator[Problem]:
    """Files of a card in languages that are not among the edition's."""
    for language in written:
        if language not in languages:
            yield CARD_LANGUAGE.at(Place(f"content/{country}/{language}.yaml"), language=language)
