"""What blocks a release: every reason at once, each with its place and what to do."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Final

from reportcard.build.inventory import ReadWorkspace, WorkspaceState
from reportcard.checks.scoreboard import lacking
from reportcard.content.loading import Content
from reportcard.content.wording import ChangesWording
from reportcard.messages.message import Hole, Message, message
from reportcard.problems.problem import Problem, Severity, in_reading_order
from reportcard.problems.rules import LENIENT
from reportcard.release.rules import (
    RELEASE_FACTS,
    RELEASE_PROVISIONAL,
    RELEASE_STATUS,
    RELEASE_TRANSLATION,
)
from reportcard.review.facts.desk import fact_desk
from reportcard.review.facts.record import FactState
from reportcard.scores.values import values_of
from reportcard.translation.confirmation import standings
from reportcard.translation.status import NEVER_CONFIRMED, BlockState, State
from reportcard.translation.units import WORDING, Pair
from reportcard.workspace.workspace import Workspace

#: What a block of a translation lacks, by its kind.
_STATES: Final = {
    "unconfirmed": message("not confirmed yet"),
    State.REVIEW: message("waiting for review"),
    State.STALE: message("out of date"),
    State.MISSING: message("without a translation"),
    State.ORPHAN: message("without source text"),
}
#: By the state of a claim, the case of RELEASE-FACTS, the gravest first.
_FINDINGS: Final = {
    FactState.WRONG: "wrong",
    FactState.DOUBTFUL: "doubtful",
    FactState.REOPENED: "edited",
    FactState.OPEN: "unchecked",
}
#: Blocks and claims that a reason names one by one.
_NAMED: Final = 5


def reasons(
    read: WorkspaceState, countries: Sequence[str], *, scoreboard: bool, everything: bool = True
) -> tuple[Problem, ...]:
    """What in the content blocks a release of the cards of some countries, and the scoreboard.

    The scores of all countries count: each card ranks them. With `everything`, so does a country
    whose card cannot even be read.
    """
    if not isinstance(read, ReadWorkspace):
        return blocking(read.problems)
    content = read.content
    concerned = read.by_country if everything or scoreboard else countries
    found = [
        *read.shared,
        *(problem for country in concerned for problem in read.by_country[country]),
    ]
    found += read.scoreboard if scoreboard else ()
    return in_reading_order(
        (
            *blocking(found),
            *_not_final(content, countries, scoreboard=scoreboard),
            *(reason for country in content.scores for reason in _provisional(content, country)),
            *_translations(read.workspace, content, countries),
            *unverified(read.workspace, content, countries),
            *_wording(content),
        )
    )


def blocking(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Those that nobody has waived: in a release a warning withholds as an error does, unless its
    rule is lenient.
    """
    return tuple(
        replace(problem, severity=Severity.ERROR)
        for problem in problems
        if problem.severity is not Severity.NOTE and problem.code not in LENIENT
    )


def tolerated(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Warnings that do not block a release, and that whoever releases has to know: spelling that
    was not checked, a validator without a verdict.
    """
    return tuple(problem for problem in problems if problem.code in LENIENT)


def _not_final(
    content: Content, countries: Sequence[str], *, scoreboard: bool
) -> Iterator[Problem]:
    cards = [
        ("card", card.model.status, card.tree.at("status"))
        for country in countries
        for card in content.cards[country].values()
    ]
    if scoreboard:
        cards += [
            ("scoreboard", words.status, wording.tree.at("regional", "status"))
            for wording in content.wordings.values()
            if (words := wording.model.regional)
        ]
    for case, status, place in cards:
        if status != "final":
            yield RELEASE_STATUS.at(place, case, status=status)


def _provisional(content: Content, country: str) -> Iterator[Problem]:
    """Each provisional score at its own line; without any, the line that says that all are."""
    given = content.scores[country]
    language = content.edition.model.source_language
    scores = values_of(content, country, language).results[country].scores
    provisional = {
        id_: category.letter
        for id_, category in content.scoreboard.model.categories.items()
        if scores[id_].provisional
    }
    for id_, letter in provisional.items():
        place = given.tree.at("categories", id_)
        yield RELEASE_PROVISIONAL.at(place, "category", letter=letter)
    if given.model.provisional and not provisional:
        yield RELEASE_PROVISIONAL.at(given.tree.at("provisional"), "country")


def _translations(
    workspace: Workspace, content: Content, countries: Sequence[str]
) -> Iterator[Problem]:
    found, problems = standings(workspace, content, (WORDING, *countries), ())
    yield from blocking(problems)
    for standing in found:
        waiting = sorted((block for block in standing.blocks if not block.state.is_done), key=_kind)
        for kind, blocks in groupby(waiting, key=_kind):
            yield _untranslated(standing.pair, kind, list(blocks))


def _kind(block: BlockState) -> str:
    return "unconfirmed" if block.why == NEVER_CONFIRMED else str(block.state)


def _untranslated(pair: Pair, kind: str, blocks: Sequence[BlockState]) -> Problem:
    return RELEASE_TRANSLATION.at(
        blocks[0].place,
        field=blocks[0].unit.field,
        count=message("{n} block", "{n} blocks", n=len(blocks)),
        state=_STATES[kind],
        language=pair.language,
        fields=some(list(map(_block_name, blocks))),
        scope=pair.scope,
    )


def _block_name(block: BlockState) -> Message:
    return message("{field} (block {number})", field=block.unit.name, number=block.number)


def _wording(content: Content) -> Iterator[Problem]:
    for wording in content.wordings.values():
        if wording.model.changes is None:
            yield lacking(wording, "changes", list(ChangesWording.model_fields))


def unverified(
    workspace: Workspace, content: Content, countries: Sequence[str]
) -> Iterator[Problem]:
    """Claims that are not verified, by what was found of them, where the edition asks for a
    fact-check.
    """
    if content.edition.model.release.facts is None:
        return
    for country in countries:
        desk = fact_desk(workspace, content, country)
        yield from blocking(desk.problems)
        # Of a file that cannot be read, every claim would count as unchecked
        waiting = () if desk.problems else desk.judged.unverified
        for state, case in _FINDINGS.items():
            found = [one.fact for one in waiting if one.state is state]
            if found:
                yield RELEASE_FACTS.at(
                    found[0].first.place,
                    case,
                    field=f"{country}/{found[0].field}",
                    count=message("{n} claim", "{n} claims", n=len(found)),
                    country=country,
                    claims=some([fact.first.words for fact in found]),
                )


def some(names: Sequence[Message | str]) -> Hole:
    """The first few of some names, and how many more there are."""
    first = tuple(names[:_NAMED])
    if len(names) <= _NAMED:
        return first
    return message("{names} and {n} more", names=first, n=len(names) - _NAMED)
