"""A card's files from content that has been read: pages, editions, and each file inspected."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from itertools import chain

from reportcard.build.cards import card_named
from reportcard.build.editions import Kit, bilingual, edition
from reportcard.build.inventory import SoundWorkspace
from reportcard.build.manifest import Record
from reportcard.errors import ExitCode
from reportcard.page.compose.composed import Composed
from reportcard.page.compose.templates import TemplateFaultError
from reportcard.page.copyfit import Drawn
from reportcard.page.gauges import Gallery
from reportcard.page.proof.proof import proof_counts
from reportcard.page.typeset.layout import LaidOut
from reportcard.pdf.preflight import preflight
from reportcard.problems.logs import listening
from reportcard.problems.problem import Problem, has_errors
from reportcard.problems.rule import Stage
from reportcard.problems.waivers import judged
from reportcard.workspace.card_files import bilingual_name, file_name
from reportcard.workspace.media import Medium, known_editions


@dataclass(frozen=True, slots=True)
class Task:
    """What is made in one go: a card in one language, or in several that share a file. `card` is
    its name.
    """

    card: str
    languages: tuple[str, ...]
    bilingual: bool = False

    def names(self, media: Sequence[str]) -> tuple[str, ...]:
        """The files that come of it."""
        single = tuple(
            file_name(self.card, language, medium)
            for language in self.languages
            for medium in media
        )
        return (*single, bilingual_name(self.card, self.languages)) if self.bilingual else single

    def compose(self, read: SoundWorkspace) -> tuple[Composed, ...]:
        """The HTML of the card, whose content has been checked, in each of its languages."""
        return tuple(card_named(self.card).compose(read, one) for one in self.languages)


@dataclass(slots=True)
class Made:
    """What came of a task: files by name with their records, what was found on the pages (to be
    judged), what the inspection of the files says, and the number of pages by language.
    """

    files: dict[str, bytes] = field(default_factory=dict)
    records: dict[str, Record] = field(default_factory=dict)
    found: tuple[Problem, ...] = ()
    inspected: tuple[Problem, ...] = ()
    pages: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CardFiles:
    """A card's files by name, their records, every problem of it, and how grave it is if an
    error is among them.
    """

    files: dict[str, bytes]
    records: dict[str, Record]
    problems: tuple[Problem, ...]
    code: ExitCode


def make(
    kit: Kit,
    task: Task,
    composed: Sequence[Composed],
    gallery: Gallery,
    tell: Callable[[str], None] = lambda _: None,
) -> Made:
    """Sets the pages of what was composed for a task, makes their editions, and inspects each.
    While a file is inspected, the next one is made.
    """
    made = Made()
    found: list[Problem] = []
    cards: list[tuple[Composed, LaidOut]] = []
    with ThreadPoolExecutor(max_workers=1) as inspector:
        inspections = []
        for card in composed:
            tell(file_name(task.card, card.language, kit.media[0]))
            drawings, fitted, laid, faults = lay_out(kit.read, card, gallery)
            found.extend(faults)
            cards.append((card, laid))
            made.pages[card.language] = laid.pages
            if any(fault.code == "PAGE-PICTURE" for fault in faults):
                continue  # no file can be written with it
            for medium in kit.media:
                name = file_name(task.card, card.language, medium)
                if medium is not kit.media[0]:
                    tell(name)
                with listening(name, found):
                    made.files[name], made.records[name], faults = edition(
                        kit, fitted, drawings, laid, medium
                    )
                found.extend(faults)
                inspections.append(inspector.submit(preflight, made.files[name], name, (medium,)))
        if task.bilingual and len(cards) > 1 and len(made.files) == len(cards) * len(kit.media):
            name = bilingual_name(task.card, task.languages)
            tell(name)
            try:
                with listening(name, found):
                    made.files[name], made.records[name], faults = bilingual(kit, cards)
                inspections.append(
                    inspector.submit(preflight, made.files[name], name, (Medium.SCREEN,))
                )
            except TemplateFaultError as error:  # of the covers
                faults = (error.problem,)
            found.extend(faults)
        made.found = tuple(found)
        made.inspected = tuple(
            chain.from_iterable(inspection.result().problems for inspection in inspections)
        )
    return made


def lay_out(
    read: SoundWorkspace, card: Composed, gallery: Gallery
) -> tuple[dict[str, bytes], Composed, LaidOut, tuple[Problem, ...]]:
    """A card in one language on its pages, fitted where that helps: drawings, the card as it was
    set, pages, and what they lack.
    """
    found: list[Problem] = []
    with listening(file_name(card.country, card.language), found):
        drawings = _drawings(card, gallery)
        others = _other_languages(read, card, gallery)
        card, laid, faults = read.copyfitter.fit(card, drawings, others)
    return drawings, card, laid, (*found, *faults)


def _other_languages(read: SoundWorkspace, card: Composed, gallery: Gallery) -> tuple[Drawn, ...]:
    """A card whose pages may be filled in the other languages that it exists in."""
    if not card.fillable:
        return ()
    kind = card_named(card.country)
    others = [
        kind.compose(read, one) for one in kind.languages(read.content) if one != card.language
    ]
    return tuple((one, _drawings(one, gallery)) for one in others)


def _drawings(card: Composed, gallery: Gallery) -> dict[str, bytes]:
    return dict(zip(card.gauges, gallery.draw(card.gauges.values()), strict=True))


def finished(read: SoundWorkspace, name: str, parts: Sequence[Made]) -> CardFiles:
    """The files of the card of that name from what was made of it, with all problems judged.
    Without parts, its content has errors.
    """
    card = card_named(name)
    content = card.problems(read)
    if not parts:
        return CardFiles({}, {}, content, ExitCode.CONTENT)
    pages = {language: count for part in parts for language, count in part.pages.items()}
    found = [*chain.from_iterable(part.found for part in parts), *proof_counts(name, pages)]
    problems = (*content, *judged(found, card.waivers(read.content), Stage.LAYOUT))
    code = ExitCode.LAYOUT if has_errors(problems) else ExitCode.PREFLIGHT
    files = {file: data for part in parts for file, data in part.files.items()}
    records = {file: record for part in parts for file, record in part.records.items()}
    return CardFiles(
        files, records, (*problems, *chain.from_iterable(part.inspected for part in parts)), code
    )


def inspected(made: Made) -> Made:
    """The same with its files inspected now: what was kept may have been inspected with other
    tools, or with none.
    """
    media = {name: _medium(record) for name, record in made.records.items()}
    found = (preflight(data, name, (media[name],)).problems for name, data in made.files.items())
    return replace(made, inspected=tuple(chain.from_iterable(found)))


def _medium(record: Record) -> str:
    """The edition whose rules a file is inspected by: the file of several languages is one for the
    screen.
    """
    return record.edition if record.edition in known_editions() else Medium.SCREEN


def make_card(kit: Kit, name: str, languages: tuple[str, ...], gallery: Gallery) -> CardFiles:
    """The files of the card of that name, all made in this process."""
    if has_errors(card_named(name).problems(kit.read)):
        return finished(kit.read, name, ())
    task = Task(name, languages, kit.bilingual)
    try:
        made = make(kit, task, task.compose(kit.read), gallery)
    except TemplateFaultError as error:
        made = Made(found=(error.problem,))
    return finished(kit.read, name, [made])
