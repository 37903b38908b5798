"""Everything that a workspace holds, read and checked: the state from which every command starts.

A workspace that cannot be read is another type than one that can, and that one another than one
whose cards can be set.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Any

from reportcard.checks.families import (
    card_problems,
    scoreboard_problems,
    shared_problems,
    spelling_problems,
    vital_problems,
)
from reportcard.content.fields import kind_of
from reportcard.content.loading import Content, Loaded, load
from reportcard.content.shelf import Shelf, Sourced
from reportcard.errors import ExitCode, ReportCardError
from reportcard.messages.message import message
from reportcard.page.compose.templates import template_problems
from reportcard.page.copyfit import Copyfitter
from reportcard.page.styles import Styles, read_styles
from reportcard.page.typeset.layout import Typesetter
from reportcard.problems.problem import Problem, has_errors, in_reading_order
from reportcard.problems.rule import Stage
from reportcard.problems.waivers import Waivers, judged
from reportcard.workspace.workspace import SCOREBOARD, Workspace


@dataclass(frozen=True, eq=False)
class WorkspaceState:
    """What was found in a workspace at one moment: the problems that concern every card, and those
    of one country.
    """

    workspace: Workspace
    shared: tuple[Problem, ...]
    by_country: Mapping[str, tuple[Problem, ...]]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All of them, in reading order."""
        return in_reading_order(chain(self.shared, *self.by_country.values()))


class UnreadWorkspace(WorkspaceState):
    """A workspace whose edition, scoreboard or wording cannot be read: it has problems, and no
    content.
    """


@dataclass(frozen=True, eq=False)
class ReadWorkspace(WorkspaceState):
    """A workspace whose content can be read; its styles perhaps not."""

    content: Content
    styles: Styles | None

    @cached_property
    def scoreboard(self) -> tuple[Problem, ...]:
        """What keeps the scoreboard from being made. Looked for when it is wanted: a workspace may
        do without one.
        """
        if self.styles is None:
            return ()
        found = scoreboard_problems(self.content, self.styles)
        return judged(found, scoreboard_waivers(self.content), Stage.CONTENT)


@dataclass(frozen=True, eq=False)
class SoundWorkspace(ReadWorkspace):
    """A workspace without an error in what all cards share: its cards can be set."""

    styles: Styles

    @cached_property
    def typesetter(self) -> Typesetter:
        """The typesetter of this workspace, with its fonts and style sheets."""
        return Typesetter(self.workspace, self.styles)

    @cached_property
    def copyfitter(self) -> Copyfitter:
        """What fits cards that the typesetter laid out."""
        return Copyfitter(self.typesetter)


def read_workspace(
    workspace: Workspace, *, spelling: bool = False, shelf: Shelf | None = None
) -> UnreadWorkspace | ReadWorkspace:
    """Reads and checks all content and styles of a workspace, without setting a page. Files that
    the shelf has are not read again.
    """
    loaded = load(workspace, shelf)
    content = loaded.content
    if content is None:
        return _unread(workspace, loaded, loaded.by_country)
    styles, found = _styles(workspace, content)
    known = wording_waivers(content)
    shared = judged(
        (*loaded.shared, *found, *shared_problems(workspace, content, styles)), known, Stage.CONTENT
    )
    if spelling:
        shared = (*shared, *judged(spelling_problems(content), known, Stage.SPELLING))
    by_country = {}
    for country, problems in loaded.by_country.items():
        mine = country_waivers(content, country)
        is_card = country in content.cards
        checked = card_problems(workspace, content, country, styles) if is_card else ()
        by_country[country] = judged((*problems, *checked), mine, Stage.CONTENT)
        if spelling and is_card:
            by_country[country] += judged(spelling_problems(content, country), mine, Stage.SPELLING)
    return _read(workspace, content, styles, in_reading_order(shared), by_country)


def glance(workspace: Workspace, country: str, shelf: Shelf) -> UnreadWorkspace | ReadWorkspace:
    """The content and styles of a workspace, and of their problems those that would keep a
    country's card from being composed.
    """
    loaded = load(workspace, shelf)
    content, mine = loaded.content, loaded.by_country.get(country, ())
    if content is None:
        return _unread(workspace, loaded, {country: mine})
    styles, found = _styles(workspace, content)
    vital: Iterable[Problem] = ()
    if country in content.cards:
        vital = vital_problems(workspace, content, country, styles)
    known = {**country_waivers(content, country), **wording_waivers(content)}
    shared = judged((*loaded.shared, *found), known, Stage.CONTENT)
    own = judged((*mine, *vital), known, Stage.CONTENT)
    return _read(workspace, content, styles, shared, {country: own})


def _styles(workspace: Workspace, content: Content) -> tuple[Styles | None, tuple[Problem, ...]]:
    """The styles, or what is wrong with them; what is wrong with the templates among them."""
    edition = content.edition
    named = edition.model.theme or ""
    place = edition.tree.at("theme") if named else None
    dimensions = len(content.scoreboard.model.dimensions)
    styles, found = read_styles(workspace, dimensions, named, place)
    return styles, (*found, *(template_problems(styles) if styles else ()))


def _unread(
    workspace: Workspace, loaded: Loaded, by_country: Mapping[str, tuple[Problem, ...]]
) -> UnreadWorkspace:
    return UnreadWorkspace(
        workspace,
        judged(loaded.shared, {}, Stage.CONTENT),
        {country: judged(found, {}, Stage.CONTENT) for country, found in by_country.items()},
    )


def _read(
    workspace: Workspace,
    content: Content,
    styles: Styles | None,
    shared: tuple[Problem, ...],
    by_country: Mapping[str, tuple[Problem, ...]],
) -> ReadWorkspace:
    if styles is None or has_errors(shared):
        return ReadWorkspace(workspace, shared, by_country, content, styles)
    return SoundWorkspace(workspace, shared, by_country, content, styles)


# --- waivers --------------------------------------------------------------------------------------


def country_waivers(content: Content, country: str) -> Waivers:
    """The waivers of a country's cards, by file, field and rule."""
    return _waivers(content.cards.get(country, {}).values(), country)


def wording_waivers(content: Content) -> Waivers:
    """The waivers of the shared wording."""
    return _waivers(content.wordings.values(), "wording")


def scoreboard_waivers(content: Content) -> Waivers:
    """The waivers of that part of the shared wording which the scoreboard alone shows."""
    return _waivers(content.wordings.values(), "wording", lambda path: kind_of(path).is_scoreboard)


def _waivers(
    files: Iterable[Sourced[Any]], scope: str, wanted: Callable[[str], bool] = lambda _: True
) -> Waivers:
    return {
        (sourced.tree.file, f"{scope}/{path}", code): sourced.tree.key("waivers", path, code)
        for sourced in files
        for path, rules in sourced.model.waivers.items()
        if wanted(path)
        for code in rules
    }


# --- what a command names -------------------------------------------------------------------------


def ordered(
    content: Content,
    countries: tuple[str, ...],
    languages: tuple[str, ...],
    *,
    scoreboard: bool = False,
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The cards and languages that a command names, each once; those that it leaves open filled in.

    With `scoreboard`, that may be named beside the countries. Raises ReportCardError (USAGE) for
    one that does not exist.
    """
    for country in countries:
        if country not in content.cards and not (scoreboard and country == SCOREBOARD):
            raise _unknown(content, country)
    known = tuple(content.edition.model.languages)
    for language in languages:
        if language not in known:
            raise ReportCardError(
                message(
                    'the edition does not include the language "{language}".', language=language
                ),
                code=ExitCode.USAGE,
                advice=message("Choose from: {names}.", names=known),
            )
    return (
        tuple(dict.fromkeys(countries)) or tuple(content.cards),
        tuple(dict.fromkeys(languages)) or known,
    )


def _unknown(content: Content, country: str) -> ReportCardError:
    """Why a command cannot take a country, and which it can."""
    fault = message("there is no folder content/{country}.", country=country)
    advice = message("Choose from: {names}.", names=tuple(content.cards))
    if not content.cards:
        advice = message("Start a card with: reportcard new NAME")
    if country in content.scores:
        fault = message("{country} has scores but no card.", country=country)
        advice = message("Start the card with: {command}", command=f"reportcard new {country}")
    elif country == SCOREBOARD:
        fault = message("the scoreboard cannot be used with this command or option.")
        advice = message(
            "Use the scoreboard only with check, verify, or build without --bilingual or "
            "--parallel."
        )
    return ReportCardError(fault, code=ExitCode.USAGE, advice=advice)
