"""A web edition from what was read: pages in memory, or published into a folder."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Final

from reportcard.build.inventory import SoundWorkspace, ordered, read_workspace
from reportcard.build.publish import publish
from reportcard.build.request import Outcome
from reportcard.errors import ExitCode
from reportcard.page.compose.templates import TemplateFaultError
from reportcard.page.gauges import Gallery
from reportcard.page.style_rules import STYLE_MISSING
from reportcard.page.styles import WEB
from reportcard.problems.problem import Place, Problem, has_errors, in_reading_order
from reportcard.problems.rule import Stage
from reportcard.problems.waivers import judged
from reportcard.web.card import card_page
from reportcard.web.index import index_page
from reportcard.web.look import Look
from reportcard.web.rules import WEB_WEIGHT
from reportcard.web.site import INDEX, Site, index_name
from reportcard.workspace.card_files import page_name
from reportcard.workspace.store import Store
from reportcard.workspace.workspace import Workspace

#: What a page may have, in bytes.
HEAVIEST: Final = 500_000


def publish_web(
    workspace: Workspace, countries: tuple[str, ...], languages: tuple[str, ...], output: Path
) -> Outcome:
    """Makes the pages of some countries' cards (none: of all) in some languages (none: all) and the
    lists that lead to them, and publishes those without a fault, all together.

    Raises ReportCardError if a country or language does not exist (USAGE) or files cannot be
    written (OUTPUT).
    """
    read = read_workspace(workspace)
    if not isinstance(read, SoundWorkspace):
        return Outcome((), (), read.problems, ExitCode.CONTENT)
    countries, languages = ordered(read.content, countries, languages)
    there = {path.name for path in output.glob("*.html")} if output.is_dir() else set()
    files, found = web_edition(read, countries, languages, there)
    withheld = tuple(
        country for country in countries if page_name(country, languages[0]) not in files
    )
    written = publish(output, files) if files else ()
    code = (ExitCode.WITHHELD if files else ExitCode.CONTENT) if withheld else ExitCode.OK
    problems = (
        *read.shared,
        *chain.from_iterable(read.by_country[country] for country in countries),
        *found,
    )
    return Outcome(written, withheld, in_reading_order(problems), code)


def web_edition(
    read: SoundWorkspace,
    countries: Iterable[str],
    languages: tuple[str, ...],
    there: Collection[str] = (),
    gallery: Gallery | None = None,
) -> tuple[dict[str, bytes], tuple[Problem, ...]]:
    """The files of a web edition by name, and what was found while they were made. The same content
    gives the same bytes.

    A country with an error, in its content or on one of its pages, has no page. Pages lead to each
    other and to files that are `there` already, in their folder, and to nothing else. `read` has no
    error that concerns every card. Charts are those of the gallery, by default the workspace's.
    """
    if read.styles.web is None:
        fault = STYLE_MISSING.at(Place(read.styles.theme.path(WEB)), "web")
        return {}, judged([fault], {}, Stage.CONTENT)
    sound = [country for country in countries if not has_errors(read.by_country[country])]
    found: tuple[Problem, ...] = ()
    gallery = gallery or Gallery(Store(read.workspace.cache))
    while sound:
        try:
            made = _made(read, sound, languages, there, gallery)
        except TemplateFaultError as error:
            return {}, (error.problem,)
        found = in_reading_order((*found, *chain.from_iterable(made.found.values())))
        faulty = [country for country in sound if has_errors(made.found[country])]
        if not faulty:
            return made.files, found
        # The others are made again: they lead to pages that there will not be.
        sound = [country for country in sound if country not in faulty]
    return {}, found


@dataclass(frozen=True, slots=True)
class _Made:
    files: dict[str, bytes]
    found: Mapping[str, tuple[Problem, ...]]


def _made(
    read: SoundWorkspace,
    countries: list[str],
    languages: tuple[str, ...],
    there: Collection[str],
    gallery: Gallery,
) -> _Made:
    content = read.content
    cards = {
        country: [page_name(country, language) for language in languages] for country in countries
    }
    lists = {index_name(language): language for language in languages}
    site = Site(content, {*chain.from_iterable(cards.values()), *lists, *there})
    dimensions = len(content.scoreboard.model.dimensions)
    files: dict[str, bytes] = {}
    found: dict[str, tuple[Problem, ...]] = {}
    for country, names in cards.items():
        look = Look(read.workspace, read.styles, dimensions, gallery)
        pages = {
            name: card_page(content, country, language, look, site)
            for name, language in zip(names, languages, strict=True)
        }
        heavy = [_heavy(name, page) for name, page in pages.items() if len(page) > HEAVIEST]
        found[country] = judged([*look.found, *heavy], {}, Stage.LAYOUT)
        files |= pages
    look = Look(read.workspace, read.styles, dimensions, gallery)
    files |= {name: index_page(content, language, look, site) for name, language in lists.items()}
    first = content.edition.model.source_language
    if first in languages or INDEX not in there:
        files[INDEX] = files[index_name(first if first in languages else languages[0])]
    return _Made(files, found)


def _heavy(name: str, page: bytes) -> Problem:
    return WEB_WEIGHT.at(Place(name), size=len(page) // 1000, limit=HEAVIEST // 1000)
