"""What stands against a release: every reason at once, each with its place and what to do."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Final

from reportcard.build.inventory import ReadWorkspace, WorkspaceState
from reportcard.checks.scoreboard import lacking
from reportcard.content.loading import Content
from reportcard.content.wording import ChangesWording
from reportcard.problems.problem import Place, Problem, Severity, in_reading_order
from reportcard.problems.rules import LENIENT
from reportcard.review.tell.sign_off import MAXIMUM_SIZE, ReviewRecord, check_record, read_record
from reportcard.scores.values import values_of
from reportcard.translation.confirmation import standings
from reportcard.translation.status import NEVER_CONFIRMED, BlockState
from reportcard.translation.units import WORDING, Pair
from reportcard.workspace.workspace import Workspace

#: Where reviewers' records are kept.
REVIEWS: Final = "reviews"
#: Fields that a reason names one by one.
_NAMED: Final = 5


def reasons(
    read: WorkspaceState, countries: Sequence[str], *, scoreboard: bool, everything: bool = True
) -> tuple[Problem, ...]:
    """What stands in the content against releasing the cards of some countries, and the scoreboard.

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
    """Warnings that do not stand against a release, and that whoever releases has to know: a
    language whose spelling was not checked, a validator that gave no verdict.
    """
    return tuple(problem for problem in problems if problem.code in LENIENT)


def _not_final(
    content: Content, countries: Sequence[str], *, scoreboard: bool
) -> Iterator[Problem]:
    cards = [
        (
            f"the card is “{card.model.status}” in {language}",
            card.model.status,
            card.tree.at("status"),
        )
        for country in countries
        for language, card in content.cards[country].items()
    ]
    if scoreboard:
        cards += [
            (
                f"the scoreboard is “{told.status}” in {language}",
                told.status,
                wording.tree.at("regional", "status"),
            )
            for language, wording in content.wordings.items()
            if (told := wording.model.regional)
        ]
    for message, status, place in cards:
        if status != "final":
            yield Problem(
                "RELEASE-STATUS",
                f"{message}.",
                "Write `status: final` when its text is agreed.",
                place,
            )


def _provisional(content: Content, country: str) -> Iterator[Problem]:
    language = content.edition.model.source_language
    scores = values_of(content, country, language).results[country].scores
    letters = [
        category.letter
        for id_, category in content.scoreboard.model.categories.items()
        if scores[id_].provisional
    ]
    if letters or content.scores[country].model.provisional:
        told = (
            f"the scores of categories {_some(letters)} are"
            if letters[1:]
            else f"the score of category {letters[0]} is"
            if letters
            else "its scores are"
        )
        yield Problem(
            "RELEASE-PROVISIONAL",
            f"{told} provisional.",
            "Put the scores that are agreed there, and take `provisional` away.",
            content.scores[country].tree.at("categories" if letters else "provisional"),
        )


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
    return "never confirmed" if block.why == NEVER_CONFIRMED else str(block.state)


def _untranslated(pair: Pair, kind: str, blocks: Sequence[BlockState]) -> Problem:
    past, one, more = kind == "never confirmed", len(blocks) == 1, len(blocks)
    count = (
        f"1 block {'was' if past else 'is'}"
        if one
        else f"{more} blocks {'were' if past else 'are'}"
    )
    fields = _some(list(dict.fromkeys(block.unit.name for block in blocks)))
    hint = (
        "See `reportcard translations status`; when it is done, `reportcard translations confirm"
        f" {pair.scope} --language {pair.language}`."
    )
    return Problem(
        "RELEASE-TRANSLATION",
        f"{count} {kind} in {pair.language}: {fields}.",
        hint,
        blocks[0].place,
        field=blocks[0].unit.field,
    )


def _wording(content: Content) -> Iterator[Problem]:
    for wording in content.wordings.values():
        if wording.model.changes is None:
            yield lacking(wording, "changes", list(ChangesWording.model_fields))


def unsigned(workspace: Workspace, files: Mapping[str, bytes]) -> Iterator[Problem]:
    """Files, by name, that no reviewer's record in reviews/ signs off, and records there that are
    none.
    """
    records: dict[str, ReviewRecord] = {}
    for path in sorted((workspace.root / REVIEWS).glob("*.json")):
        name = f"{REVIEWS}/{path.name}"
        try:
            records[name] = _record(workspace, name)
        except (OSError, ValueError) as error:
            yield Problem(
                "RELEASE-SIGN-OFF",
                f"this record cannot be read: {getattr(error, 'strerror', None) or error}.",
                "Export it again from the report of the comparison, or take it away.",
                Place(name),
            )
    for file, data in files.items():
        known = {
            name: record
            for name, record in records.items()
            if any(one.new and one.new.name == file for one in record.files)
        }
        verdicts = {
            name: check_record(record, file, data) for name, record in (known or records).items()
        }
        if any(verdict.valid for verdict in verdicts.values()):
            continue
        if not known:
            yield Problem(
                "RELEASE-SIGN-OFF",
                f"no record in {REVIEWS}/ signs {file} off.",
                "Compare it with the version before (`reportcard compare … -o report.html`), look"
                " at every change, and keep the record that the report exports there.",
                Place(file),
            )
        for name in known:
            yield Problem(
                "RELEASE-SIGN-OFF",
                f"{file} is not signed off: {'; '.join(verdicts[name].reasons)}.",
                "Compare the file as it is now, and keep the new record instead of this one.",
                Place(name),
            )


def _record(workspace: Workspace, name: str) -> ReviewRecord:
    if workspace.path(name).stat().st_size > MAXIMUM_SIZE:
        raise ValueError(f"it is larger than {MAXIMUM_SIZE // 1_000_000} MB")
    return read_record(workspace.read(name))


def _some(names: Sequence[str]) -> str:
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more
