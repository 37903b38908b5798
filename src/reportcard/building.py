"""The whole way of a card, from files to the PDFs of its editions, on one screen."""

import gc
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from reportcard.composing import Composed, compose
from reportcard.editing import Kit, bilingual, bilingual_name, edition, file_name
from reportcard.errors import ExitCode
from reportcard.gauges import Gallery
from reportcard.logs import listening
from reportcard.manifest import Record
from reportcard.media import Medium
from reportcard.mending import mend
from reportcard.pdf.preflight import preflight
from reportcard.problems import Problem, has_errors, in_reading_order
from reportcard.proofing import proof_counts
from reportcard.publishing import publish
from reportcard.reading import Read, ordered, read_workspace, waivers
from reportcard.rules import Stage, judged
from reportcard.typesetting import LaidOut
from reportcard.values import values_of
from reportcard.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Order:
    """What to build: no countries means every country with a card, no languages means all of the edition."""

    output: Path
    countries: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    media: tuple[Medium, ...] = (Medium.SCREEN,)
    bilingual: bool = False
    all_or_nothing: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a build came to: the files written, the countries withheld, every problem found, and how the program exits."""

    written: tuple[Path, ...]
    withheld: tuple[str, ...]
    problems: tuple[Problem, ...]
    code: ExitCode


@dataclass(slots=True)
class Made:
    """The files of one country by name, their records, what was found, and how grave it is if an error is among it."""

    files: dict[str, bytes] = field(default_factory=dict)
    records: dict[str, Record] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    code: ExitCode = ExitCode.CONTENT


Tell = Callable[[str, int, int], None]
"""Called as work goes on: the file being made, how many are done, how many there will be."""


def build(workspace: Workspace, order: Order, tell: Tell = lambda *_: None) -> Outcome:
    """Reads everything, makes every edition of every card ordered, and publishes those without a fault, all together.

    Garbage is collected between cards, in case the caller has switched the collector off.

    Raises ReportCardError if the order names what does not exist (USAGE) or files cannot be written (OUTPUT).
    """
    read = read_workspace(workspace)
    if read.content is None or read.styles is None or has_errors(read.shared):
        return Outcome((), (), read.problems, ExitCode.CONTENT)
    countries, languages = ordered(read.content, order.countries, order.languages)
    kit = Kit.of(read, order.media, bilingual=order.bilingual)
    gallery, each = Gallery(workspace.cache), len(languages) * len(order.media) + order.bilingual
    made: dict[str, Made] = {}
    for number, country in enumerate(countries):
        if number:
            gc.collect()
        made[country] = make(kit, country, languages, gallery, lambda name, at, done=number * each: tell(name, done + at, len(countries) * each))  # type: ignore[misc]  # fmt: skip
    withheld = {country: one.code for country, one in made.items() if has_errors(one.problems)}
    good = [one for country, one in made.items() if country not in withheld and not (withheld and order.all_or_nothing)]
    files = dict(chain.from_iterable(one.files.items() for one in good))
    written = publish(order.output, files, dict(chain.from_iterable(one.records.items() for one in good))) if files else ()  # fmt: skip
    code = ExitCode.WITHHELD if withheld and files else max(withheld.values(), default=ExitCode.OK)
    found = (*read.shared, *chain.from_iterable(one.problems for one in made.values()))
    return Outcome(written, tuple(withheld), in_reading_order(found), code)


def make(
    kit: Kit, country: str, languages: tuple[str, ...], gallery: Gallery, tell: Callable[[str, int], None]
) -> Made:
    """One country's files: content without errors is set, set pages become editions, and each of these is inspected.

    While a file is inspected, the next one is made.
    """
    read, made = kit.read, Made()
    made.problems = read.by_country[country]
    if has_errors(made.problems):
        return made
    made.code = ExitCode.LAYOUT
    found: list[Problem] = []
    cards: list[tuple[Composed, LaidOut]] = []
    with ThreadPoolExecutor(max_workers=1) as inspector:
        inspections = []
        for language in languages:
            tell(file_name(country, language, kit.media[0]), len(made.files))
            card, drawings, laid, faults = lay_out(read, country, language, gallery)
            found.extend(faults)
            cards.append((card, laid))
            if any(fault.code == "PAGE-PICTURE" for fault in faults):
                continue  # no file can be written with it
            for medium in kit.media:
                name = file_name(country, language, medium)
                if medium is not kit.media[0]:
                    tell(name, len(made.files))
                with listening(name, found):
                    made.files[name], made.records[name], faults = edition(kit, card, drawings, laid, medium)
                found.extend(faults)
                inspections.append(inspector.submit(preflight, made.files[name], name, (medium,)))
        if kit.bilingual and len(cards) > 1 and len(made.files) == len(cards) * len(kit.media):
            name = bilingual_name(country, languages)
            tell(name, len(made.files))
            with listening(name, found):
                made.files[name], made.records[name], faults = bilingual(kit, cards)
            found.extend(faults)
            inspections.append(inspector.submit(preflight, made.files[name], name, (Medium.SCREEN,)))
        found.extend(proof_counts(cards))
        made.problems += judged(found, waivers(kit.content, country), Stage.LAYOUT)
        made.code = ExitCode.LAYOUT if has_errors(made.problems) else ExitCode.PREFLIGHT
        for inspection in inspections:
            made.problems += inspection.result().problems
    return made


def lay_out(
    read: Read, country: str, language: str, gallery: Gallery
) -> tuple[Composed, dict[str, bytes], LaidOut, tuple[Problem, ...]]:
    """A card in one language on its pages, mended where that helps: HTML, drawings, pages, and what they lack."""
    assert read.content
    assert read.styles
    found: list[Problem] = []
    card = compose(read.workspace, read.content, values_of(read.content, country, language), language, read.styles)
    with listening(file_name(country, language), found):
        drawings = dict(zip(card.gauges, gallery.draw(card.gauges.values()), strict=True))
        laid, faults = mend(read.typesetter, card, drawings, read.typesetter.lay_out(card, drawings))
    return card, drawings, laid, (*found, *faults)


def check(workspace: Workspace, countries: tuple[str, ...], *, layout: bool) -> tuple[Problem, ...]:
    """Every problem of the content and the spelling of some countries' cards (none: of all); with `layout`, of their pages too.

    Raises ReportCardError if a country has no card (USAGE).
    """
    read = read_workspace(workspace, spelling=True)
    if read.content is None:
        return read.problems
    wanted, languages = ordered(read.content, countries, ())
    found = [
        *read.shared,
        *chain.from_iterable(read.by_country[country] for country in (wanted if countries else read.by_country)),
    ]
    kit = Kit.of(read, (Medium.SCREEN,)) if layout and read.styles and not has_errors(found) else None
    for country in wanted if kit else ():
        assert kit
        found.extend(make(kit, country, languages, Gallery(workspace.cache), lambda *_: None).problems)
    return in_reading_order(found)
