"""Everything that a workspace holds, read and checked: the state from which every command sets
out.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from reportcard.checks import (
    card_problems,
    regional_problems,
    shared_problems,
    spelling_problems,
    vital_problems,
)
from reportcard.content.loading import EDITION, SCOREBOARD, Content, load
from reportcard.content.shelf import Shelf
from reportcard.errors import ExitCode, ReportCardError
from reportcard.page.styles import Styles, read_styles
from reportcard.page.typeset.engine import Typesetter
from reportcard.problems.problem import Problem, in_reading_order
from reportcard.problems.rules import Stage, Waivers, judged
from reportcard.workspace.workspace import REGIONAL, Workspace, text_file


@dataclass(frozen=True, eq=False)
class Read:
    """What a workspace holds at one moment, with the problems that concern every card and those of
    one country.
    """

    workspace: Workspace
    content: Content | None
    styles: Styles | None
    shared: tuple[Problem, ...]
    by_country: Mapping[str, tuple[Problem, ...]]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All of them, in reading order."""
        return in_reading_order(chain(self.shared, *self.by_country.values()))

    def problems_of(self, card: str) -> tuple[Problem, ...]:
        """The problems of one card's content, beside the shared ones: of a country's, or of that of
        all countries.
        """
        return self.regional if card == REGIONAL else self.by_country[card]

    @cached_property
    def regional(self) -> tuple[Problem, ...]:
        """What keeps the card of all countries from being made. Looked for when it is wanted: a
        workspace may do without one.
        """
        if self.content is None or self.styles is None:
            return ()
        return judged(
            regional_problems(self.content, self.styles),
            waivers(self.content, REGIONAL),
            Stage.CONTENT,
        )

    @cached_property
    def typesetter(self) -> Typesetter:
        """The typesetter of this workspace, with its fonts and style sheets."""
        assert self.styles
        return Typesetter(self.workspace, self.styles)

    def sources(self, country: str, language: str) -> dict[str, bytes]:
        """The files that a card's words, numbers and look come from, by path: all countries'
        scores, since it tells ranks.
        """
        assert self.content
        assert self.styles
        content = self.content
        files = {
            EDITION: content.edition.data,
            SCOREBOARD: content.scoreboard.data,
            f"content/wording/{language}.yaml": content.wordings[language].data,
            **{
                f"content/{name}/scores.yaml": scores.data
                for name, scores in content.scores.items()
            },
        }
        if country != REGIONAL:
            files[text_file(country, language)] = content.cards[country][language].data
        return files | dict(self.styles.sources)


def read_workspace(
    workspace: Workspace, *, spelling: bool = False, shelf: Shelf | None = None
) -> Read:
    """Reads and checks all content and styles of a workspace, without setting a page. Files that
    the shelf has are not read again.
    """
    loaded = load(workspace, shelf)
    content = loaded.content
    if content is None:
        by_country = {
            country: judged(problems, {}, Stage.CONTENT)
            for country, problems in loaded.by_country.items()
        }
        return Read(workspace, None, None, judged(loaded.shared, {}, Stage.CONTENT), by_country)
    styles, found = read_styles(workspace, len(content.scoreboard.model.dimensions))
    shared = judged(
        (*loaded.shared, *found, *shared_problems(workspace, content)),
        waivers(content),
        Stage.CONTENT,
    )
    if spelling:
        shared = (*shared, *judged(spelling_problems(content), waivers(content), Stage.SPELLING))
    by_country = {}
    for country, problems in loaded.by_country.items():
        mine = waivers(content, country)
        checked = card_problems(workspace, content, country) if country in content.cards else ()
        by_country[country] = judged((*problems, *checked), mine, Stage.CONTENT)
        if spelling and country in content.cards:
            by_country[country] += judged(spelling_problems(content, country), mine, Stage.SPELLING)
    return Read(workspace, content, styles, in_reading_order(shared), by_country)


def glance(workspace: Workspace, country: str, shelf: Shelf) -> Read:
    """The content and styles of a workspace, and of their problems those that would keep a
    country's card from being composed.
    """
    loaded = load(workspace, shelf)
    content, mine = loaded.content, loaded.by_country.get(country, ())
    if content is None:
        return Read(
            workspace,
            None,
            None,
            judged(loaded.shared, {}, Stage.CONTENT),
            {country: judged(mine, {}, Stage.CONTENT)},
        )
    styles, found = read_styles(workspace, len(content.scoreboard.model.dimensions))
    vital = vital_problems(workspace, content, country) if country in content.cards else ()
    known = {**waivers(content, country), **waivers(content)}
    return Read(
        workspace,
        content,
        styles,
        judged((*loaded.shared, *found), known, Stage.CONTENT),
        {country: judged((*mine, *vital), known, Stage.CONTENT)},
    )


def waivers(content: Content, country: str | None = None) -> Waivers:
    """The waivers of a country's cards, of the shared wording, or of that part of it which the card
    of all countries alone shows.

    By file, field and rule.
    """
    found = {}
    is_shared = country in (None, REGIONAL)
    for sourced in (
        content.wordings if is_shared else content.cards.get(country or "", {})
    ).values():
        scope = "wording" if is_shared else country
        for path, rules in sourced.model.waivers.items():
            if country == REGIONAL and not path.startswith("regional."):
                continue
            for code in rules:
                found[sourced.tree.file, f"{scope}/{path}", code] = sourced.tree.key(
                    "waivers", path, code
                )
    return found


def ordered(
    content: Content,
    countries: tuple[str, ...],
    languages: tuple[str, ...],
    *,
    regional: bool = False,
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The countries and languages that a command names, each once; those that it leaves open filled
    in.

    With `regional`, the card of all countries may be named too. Raises ReportCardError (USAGE) for
    one that does not exist.
    """
    for country in countries:
        if country not in content.cards and not (regional and country == REGIONAL):
            reason = (
                "has scores only, no card"
                if country in content.scores
                else "is no folder of content/"
            )
            if country == REGIONAL:
                reason = (
                    "is the card of all countries, which build (not --bilingual, not --parallel),"
                    " check and verify take"
                )
            raise ReportCardError(
                f"“{country}” {reason}.",
                code=ExitCode.USAGE,
                advice=f"Cards are there for: {', '.join(content.cards) or 'none'}.",
            )
    known = tuple(content.edition.model.languages)
    for language in languages:
        if language not in known:
            raise ReportCardError(
                f"the edition has no language “{language}”.",
                code=ExitCode.USAGE,
                advice=f"Its languages are: {', '.join(known)}.",
            )
    return (
        tuple(dict.fromkeys(countries)) or tuple(content.cards),
        tuple(dict.fromkeys(languages)) or known,
    )
