"""The whole way of a release: everything that goes out is made, every reason against it gathered,
and only then a folder put there.
"""

import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from reportcard.build.card import CardFiles
from reportcard.build.cards import ScoreboardCard, card_named
from reportcard.build.editions import date_of
from reportcard.build.inventory import ReadWorkspace, SoundWorkspace, ordered, read_workspace
from reportcard.build.manifest import MANIFEST, Record, dumped, read_manifest
from reportcard.build.pipeline import assemble
from reportcard.build.request import Order, Tell
from reportcard.errors import ExitCode, ReportCardError
from reportcard.messages.message import message
from reportcard.page.gauges import Gallery
from reportcard.problems.problem import Place, Problem, in_reading_order
from reportcard.release.beside import beside
from reportcard.release.changes import ComparedCard, as_html, as_markdown, news
from reportcard.release.fact_record import fact_record
from reportcard.release.folder import check_version, put_release
from reportcard.release.gate import blocking, reasons, tolerated
from reportcard.release.recomparison import Recomparison
from reportcard.release.rules import RELEASE_CHANGES, RELEASE_VERSION
from reportcard.release.sign_offs import sign_off_record, unsigned
from reportcard.review.compare.regard import Regard
from reportcard.review.review import review
from reportcard.review.sides import Couple
from reportcard.versions import RELEASES, before
from reportcard.workspace.card_files import CardFile, card_file, file_name
from reportcard.workspace.media import Medium
from reportcard.workspace.store import Scratch, Store
from reportcard.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Wanted:
    """A release: its version, its countries (none: all that have a card), and whether the card that
    compares all countries is in it; or, as a trial, whether it could be made.
    """

    version: str
    countries: tuple[str, ...] = ()
    scoreboard: bool = True
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class Released:
    """The result: the folder, or the reasons why the release was refused; neither after a dry run
    without reasons. `notes` are problems that do not block it.
    """

    folder: Path | None
    reasons: tuple[Problem, ...]
    notes: tuple[Problem, ...] = ()


def release(workspace: Workspace, wanted: Wanted, tell: Tell) -> Released:
    """Makes all files of a release and puts them into a folder of output/releases/, unless
    something blocks it.

    Raises ReportCardError: USAGE if the version is invalid or exists already, or a country has no
    card; OUTPUT if it cannot be written.
    """
    folder = workspace.output / RELEASES
    check_version(folder, wanted.version)
    read = read_workspace(workspace, spelling=True)
    if not isinstance(read, ReadWorkspace):
        return Released(None, blocking(read.problems))
    countries, languages = ordered(read.content, wanted.countries, ())
    if not countries and not wanted.scoreboard:
        raise ReportCardError(
            message("there is nothing to release."),
            code=ExitCode.USAGE,
            advice=message("Start a card with: reportcard new NAME"),
        )
    against = in_reading_order(
        (
            *reasons(
                read, countries, scoreboard=wanted.scoreboard, everything=not wanted.countries
            ),
            *_other_version(read, wanted),
        )
    )
    notes = tolerated(read.shared)
    if not isinstance(read, SoundWorkspace):
        return Released(None, against)
    cards = _cards(read, wanted, countries, languages, tell)
    gallery = Gallery(Store(workspace.cache) if wanted.dry_run else Scratch())
    others, found = beside(read, countries, languages, gallery)
    signed = _asked(read, cards, languages)
    anew = Recomparison(workspace, read.content, wanted.version)
    found = (
        *found,
        *chain.from_iterable(card.problems for card in cards.values()),
        *unsigned(
            workspace, signed, read.content.edition.model.release, anew, _authors(read, languages)
        ),
    )
    against = in_reading_order((*against, *blocking(found)))
    notes = (*notes, *tolerated(found))
    if against or wanted.dry_run:
        return Released(None, against, notes)
    pdfs = dict(chain.from_iterable(card.files.items() for card in cards.values()))
    records = dict(chain.from_iterable(card.records.items() for card in cards.values()))
    changes, failed = _changes(read, wanted, languages, cards, folder)
    facts = fact_record(workspace, read.content, countries, records)
    signed_off = sign_off_record(workspace, signed, read.content.edition.model.release, anew)
    files = {**pdfs, **others, **changes, **facts, **signed_off, MANIFEST: dumped(records)}
    placed = put_release(folder, wanted.version, files, date_of(read.content.edition.model))
    return Released(placed, (), (*notes, *failed))


def _cards(
    read: SoundWorkspace,
    wanted: Wanted,
    countries: tuple[str, ...],
    languages: tuple[str, ...],
    tell: Tell,
) -> Mapping[str, CardFiles]:
    """The PDFs: each card in every language and edition and in all languages at once, and the card
    of all countries. What is released is made from nothing: no cache is believed.
    """
    board = (ScoreboardCard().name,) if wanted.scoreboard else ()
    order = Order(
        read.workspace.output,
        (*countries, *board),
        languages,
        (*Medium, *read.content.edition.model.release.editions),
        bilingual=len(languages) > 1,
        cache=wanted.dry_run,
        inspect=True,
    )
    return assemble(read, order, tell)


def _asked(
    read: SoundWorkspace, cards: Mapping[str, CardFiles], languages: Iterable[str]
) -> dict[str, bytes]:
    """The files that a reviewer has to have signed off, by name."""
    media = [Medium(name) for name in read.content.edition.model.release.sign_offs]
    names = [
        (card, file_name(country, language, medium))
        for country, card in cards.items()
        if country in read.content.cards
        for language in languages
        for medium in media
    ]
    return {name: card.files[name] for card, name in names if name in card.files}


def _authors(read: SoundWorkspace, languages: Iterable[str]) -> dict[str, list[str]]:
    """The authors of each file of a card: those of the card in any language."""
    media = [Medium(name) for name in read.content.edition.model.release.sign_offs]
    return {
        file_name(country, language, medium): [
            str(name) for card in cards.values() for name in card.model.authors
        ]
        for country, cards in read.content.cards.items()
        for language in languages
        for medium in media
    }


def _changes(
    read: SoundWorkspace,
    wanted: Wanted,
    languages: Iterable[str],
    cards: Mapping[str, CardFiles],
    folder: Path,
) -> tuple[dict[str, bytes], tuple[Problem, ...]]:
    """What changed since the release before, in each language, for readers and for the web; and
    what could not be compared.
    """
    earlier = before(folder, wanted.version)
    last = earlier[0].name if earlier else ""
    files: dict[str, bytes] = {}
    failed: list[Problem] = []
    for language in languages:
        compared = _compared(read, cards, language, earlier)
        failed += [
            RELEASE_CHANGES.at(
                Place(card.comparison.name), version=card.version, reason=card.comparison.failed
            )
            for card in compared
            if card.comparison.failed
        ]
        page = news(read.content, language, wanted.version, last, compared)
        files[f"changes-{language}.md"] = as_markdown(page)
        files[f"changes-{language}.html"] = as_html(page, read.styles)
    return files, tuple(failed)


def _compared(
    read: SoundWorkspace, cards: Mapping[str, CardFiles], language: str, earlier: Sequence[Path]
) -> list[ComparedCard]:
    """The cards of a language, each against the last release that had it; and those that the
    content no longer has.
    """
    if not earlier:
        return []
    found: list[tuple[str, str, Couple]] = []
    with tempfile.TemporaryDirectory() as place:
        for country, card in cards.items():
            name = file_name(country, language)
            new = Path(place) / name
            new.write_bytes(card.files[name])
            old = next((there / name for there in earlier if (there / name).is_file()), None)
            found.append(
                (
                    card_named(country).title(read.content, language),
                    old.parent.name if old else earlier[0].name,
                    Couple(name, old, new),
                )
            )
        found += [
            (title, earlier[0].name, Couple(old.name, old, None))
            for title, old in _gone(read, language, earlier[0])
        ]
        reviewed = review(
            [couple for _, _, couple in found], Regard(), read.content, lambda *_: None
        )
    return [
        ComparedCard(title, one, version)
        for (title, version, _), one in zip(found, reviewed.comparisons, strict=True)
    ]


def _gone(read: SoundWorkspace, language: str, last: Path) -> Iterator[tuple[str, Path]]:
    """The cards that a release had in a language and that the content no longer has, by their
    countries' names.
    """
    named = read.content.wordings[language].model.countries
    records: Mapping[str, Record] = {}
    with suppress(OSError):
        records = read_manifest((last / MANIFEST).read_bytes())
    for name, record in records.items():
        file = card_file(name.removesuffix(".pdf"))
        is_card = (
            file == CardFile(record.country, (language,), Medium.SCREEN) and not file.is_scoreboard
        )
        if is_card and record.country not in read.content.cards:
            yield (
                str(named[record.country].name) if record.country in named else record.country,
                last / name,
            )


def _other_version(read: ReadWorkspace, wanted: Wanted) -> Iterator[Problem]:
    """The version printed on the cards, if it is not the release's."""
    version, tree = read.content.edition.model.version, read.content.edition.tree
    if version is not None and version != wanted.version:
        yield RELEASE_VERSION.at(tree.at("version"), version=version, release=wanted.version)
