"""A card's files from content that has been read: pages, editions, and each file inspected."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import chain

from reportcard.build.editions import Kit, bilingual, bilingual_name, edition, file_name
from reportcard.build.inventory import Read, waivers
from reportcard.build.manifest import Record
from reportcard.errors import ExitCode
from reportcard.page.compose.card import Composed, compose
from reportcard.page.compose.scoreboard import compose_scoreboard
from reportcard.page.copyfit import mend
from reportcard.page.gauges import Gallery
from reportcard.page.proof import proof_counts
from reportcard.page.typeset.layout import LaidOut
from reportcard.pdf.preflight import preflight
from reportcard.problems.logs import listening
from reportcard.problems.problem import Problem, has_errors
from reportcard.problems.rules import Stage, judged
from reportcard.scores.values import values_of
from reportcard.workspace.media import Medium
from reportcard.workspace.workspace import REGIONAL


@dataclass(frozen=True, slots=True)
class Task:
    """What is made in one go: a card, of a country or of all (`scoreboard`), in one language or in
    several that share a file.
    """

    country: str
    languages: tuple[str, ...]
    bilingual: bool = False

    def names(self, media: Sequence[Medium]) -> tuple[str, ...]:
        """The files that come of it."""
        single = tuple(
            file_name(self.country, language, medium)
            for language in self.languages
            for medium in media
        )
        return (*single, bilingual_name(self.country, self.languages)) if self.bilingual else single


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
    """One country's files by name, their records, every problem of it, and how grave it is if an
    error is among them.
    """

    files: dict[str, bytes]
    records: dict[str, Record]
    problems: tuple[Problem, ...]
    code: ExitCode


def make(
    kit: Kit, task: Task, gallery: Gallery, tell: Callable[[str], None] = lambda _: None
) -> Made:
    """Sets pages, makes their editions, and inspects each. While a file is inspected, the next one
    is made.
    """
    made = Made()
    found: list[Problem] = []
    cards: list[tuple[Composed, LaidOut]] = []
    with ThreadPoolExecutor(max_workers=1) as inspector:
        inspections = []
        for language in task.languages:
            tell(file_name(task.country, language, kit.media[0]))
            card, drawings, laid, faults = lay_out(kit.read, task.country, language, gallery)
            found.extend(faults)
            cards.append((card, laid))
            made.pages[language] = laid.pages
            if any(fault.code == "PAGE-PICTURE" for fault in faults):
                continue  # no file can be written with it
            for medium in kit.media:
                name = file_name(task.country, language, medium)
                if medium is not kit.media[0]:
                    tell(name)
                with listening(name, found):
                    made.files[name], made.records[name], faults = edition(
                        kit, card, drawings, laid, medium
                    )
                found.extend(faults)
                inspections.append(inspector.submit(preflight, made.files[name], name, (medium,)))
        if task.bilingual and len(cards) > 1 and len(made.files) == len(cards) * len(kit.media):
            name = bilingual_name(task.country, task.languages)
            tell(name)
            with listening(name, found):
                made.files[name], made.records[name], faults = bilingual(kit, cards)
            found.extend(faults)
            inspections.append(
                inspector.submit(preflight, made.files[name], name, (Medium.SCREEN,))
            )
        made.found = tuple(found)
        made.inspected = tuple(
            chain.from_iterable(inspection.result().problems for inspection in inspections)
        )
    return made


def lay_out(
    read: Read, country: str, language: str, gallery: Gallery
) -> tuple[Composed, dict[str, bytes], LaidOut, tuple[Problem, ...]]:
    """A card in one language on its pages, mended where that helps: HTML, drawings, pages, and what
    they lack.
    """
    found: list[Problem] = []
    card = composed(read, country, language)
    with listening(file_name(country, language), found):
        drawings = dict(zip(card.gauges, gallery.draw(card.gauges.values()), strict=True))
        laid, faults = mend(
            read.typesetter, card, drawings, read.typesetter.lay_out(card, drawings)
        )
    return card, drawings, laid, (*found, *faults)


@lru_cache(maxsize=2)
def composed(read: Read, country: str, language: str) -> Composed:
    """The HTML of a card whose content has been checked. It is asked for twice: for the name of
    what is kept, and for the pages.
    """
    assert read.content
    assert read.styles
    make_html = compose_scoreboard if country == REGIONAL else compose
    return make_html(
        read.workspace,
        read.content,
        values_of(read.content, country, language),
        language,
        read.styles,
    )


def finished(read: Read, country: str, parts: Sequence[Made]) -> CardFiles:
    """A country's card from what was made of it, with all problems judged. Without parts, its
    content has errors.
    """
    content = read.problems_of(country)
    if not parts:
        return CardFiles({}, {}, content, ExitCode.CONTENT)
    assert read.content
    pages = {language: count for part in parts for language, count in part.pages.items()}
    found = [*chain.from_iterable(part.found for part in parts), *proof_counts(country, pages)]
    problems = (*content, *judged(found, waivers(read.content, country), Stage.LAYOUT))
    code = ExitCode.LAYOUT if has_errors(problems) else ExitCode.PREFLIGHT
    files = {name: data for part in parts for name, data in part.files.items()}
    records = {name: record for part in parts for name, record in part.records.items()}
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


def _medium(record: Record) -> Medium:
    """The edition whose rules a file is inspected by: the file of several languages is one for the
    screen.
    """
    return next((medium for medium in Medium if medium == record.edition), Medium.SCREEN)


def make_card(kit: Kit, country: str, languages: tuple[str, ...], gallery: Gallery) -> CardFiles:
    """One country's files, all in this process."""
    if has_errors(kit.read.problems_of(country)):
        return finished(kit.read, country, ())
    return finished(
        kit.read, country, [make(kit, Task(country, languages, kit.bilingual), gallery)]
    )
