"""The whole way of a release: everything that goes out is made, every reason against it gathered, and only then a folder put there."""

import re
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Final

from reportcard.building import assemble
from reportcard.editing import Kit, file_name
from reportcard.exporting import gauge_files
from reportcard.gauges import Format, Gallery
from reportcard.making import Card
from reportcard.manifest import MANIFEST, dumped
from reportcard.media import Medium
from reportcard.orders import Order, Tell
from reportcard.pictures import pictures
from reportcard.problems import Problem, has_errors, in_reading_order
from reportcard.reading import Read, ordered, read_workspace
from reportcard.release.changes import as_html, as_markdown, news
from reportcard.release.folder import check_version, put_release
from reportcard.release.standing import blocking, reasons, unsigned
from reportcard.review.changes import Comparison
from reportcard.review.comparing import Regard
from reportcard.review.reviewing import review
from reportcard.review.sides import RELEASES, Couple, releases
from reportcard.web.publication import web_edition
from reportcard.workspace import REGIONAL, Workspace

#: The kinds of files that gauges go out as.
_KINDS: Final[tuple[Format, ...]] = ("svg", "png")
#: The picture that a web page names as its own.
_SHARED: Final = "-1200x630.png"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A release: its version, its countries (none: all that have a card), and whether the card that compares all countries is in it."""

    version: str
    countries: tuple[str, ...] = ()
    scoreboard: bool = True


@dataclass(frozen=True, slots=True)
class Released:
    """What came of it: the folder, or all reasons against it; neither, if it was only tried."""

    folder: Path | None
    reasons: tuple[Problem, ...]


def release(workspace: Workspace, wanted: Wanted, tell: Tell, *, dry_run: bool = False) -> Released:
    """Makes all files of a release and puts them into a folder of output/releases/, unless something stands against it.

    Raises ReportCardError: USAGE if the version is none or is there already, or a country has no card; OUTPUT if it cannot be written.
    """
    folder = workspace.output / RELEASES
    check_version(folder, wanted.version)
    read = read_workspace(workspace, spelling=True)
    if read.content is None:
        return Released(None, blocking(read.problems))
    countries, languages = ordered(read.content, wanted.countries, ())
    against = reasons(read, countries, tuple(read.content.scores) if wanted.scoreboard else ())
    if read.styles is None or has_errors(read.shared):
        return Released(None, against)
    cards = _cards(read, wanted, countries, languages, tell)
    beside, found = _beside(read, countries, languages)
    signed = _asked(read, cards, languages)
    found = (*found, *chain.from_iterable(card.problems for card in cards.values()), *unsigned(workspace, signed))
    against = in_reading_order((*against, *blocking(found)))
    if against or dry_run:
        return Released(None, against)
    pdfs = dict(chain.from_iterable(card.files.items() for card in cards.values()))
    records = dict(chain.from_iterable(card.records.items() for card in cards.values()))
    files = {**pdfs, **beside, **_changes(read, wanted, languages, cards, folder), MANIFEST: dumped(records)}
    return Released(put_release(folder, wanted.version, files, Kit.of(read, ()).date), ())


def _cards(
    read: Read, wanted: Wanted, countries: tuple[str, ...], languages: tuple[str, ...], tell: Tell
) -> Mapping[str, Card]:
    """The PDFs: each card in every language and edition and in all languages at once, and the card of all countries."""
    order = Order(read.workspace.output, media=tuple(Medium), bilingual=len(languages) > 1)
    return assemble(read, order, (*countries, *([REGIONAL] if wanted.scoreboard else [])), languages, tell)


def _beside(
    read: Read, countries: Iterable[str], languages: tuple[str, ...]
) -> tuple[dict[str, bytes], tuple[Problem, ...]]:
    """What goes out beside the PDFs, by its path in the release: pages of the web, pictures, gauges.

    Where the pages have an address, the pictures that they are shared with stand beside them too.
    """
    assert read.content
    sound = [country for country in countries if not has_errors(read.by_country[country])]
    files: dict[str, bytes] = {}
    found: list[Problem] = []
    parts = {
        "web": web_edition(read, sound, languages),
        "pictures": pictures(read, sound, languages, Gallery(read.workspace.cache)),
        **{f"gauges/{country}": gauge_files(read, country, languages, _KINDS) for country in sound},
    }
    for place, (made, problems) in parts.items():
        files |= {f"{place}/{name}": data for name, data in made.items()}
        found.extend(problems)
    if read.content.edition.model.web_address:
        files |= {f"web/{name}": data for name, data in parts["pictures"][0].items() if name.endswith(_SHARED)}
    return files, tuple(found)


def _asked(read: Read, cards: Mapping[str, Card], languages: Iterable[str]) -> dict[str, bytes]:
    """The files that a reviewer has to have signed off, by name."""
    assert read.content
    media = [Medium(name) for name in read.content.edition.model.release.sign_offs]
    names = [(card, file_name(country, language, medium)) for country, card in cards.items() if country != REGIONAL for language in languages for medium in media]  # fmt: skip
    return {name: card.files[name] for card, name in names if name in card.files}


def _changes(
    read: Read, wanted: Wanted, languages: Iterable[str], cards: Mapping[str, Card], folder: Path
) -> dict[str, bytes]:
    """What changed since the last release, in each language, for readers and for the web."""
    assert read.content
    assert read.styles
    last = releases(folder)[-1:]
    files: dict[str, bytes] = {}
    for language in languages:
        compared = _compared(read, cards, language, last[0]) if last else {}
        told = news(read.content, language, wanted.version, last[0].name if last else "", compared)
        files[f"changes-{language}.md"] = as_markdown(told)
        files[f"changes-{language}.html"] = as_html(told, read.styles)
    return files


def _compared(read: Read, cards: Mapping[str, Card], language: str, last: Path) -> dict[str, Comparison]:
    """The cards of a language against those of the last release, by their titles; those too that are no longer there."""
    with tempfile.TemporaryDirectory() as place:
        couples: dict[str, Couple] = {}
        for country, card in cards.items():
            name = file_name(country, language)
            new = Path(place) / name
            new.write_bytes(card.files[name])
            old = last / name
            couples[_title(read, country, language)] = Couple(name, old if old.is_file() else None, new)
        known = {couple.name for couple in couples.values()}
        for old in sorted(last.glob(f"*-{language}.pdf")):
            if old.name not in known and re.fullmatch(rf"({REGIONAL}|[a-z0-9-]+-report-card)-{language}", old.stem):
                couples[old.stem] = Couple(old.name, old, None)
        reviewed = review(list(couples.values()), Regard(), read.content, lambda *_: None)
    return dict(zip(couples, reviewed.comparisons, strict=True))


def _title(read: Read, country: str, language: str) -> str:
    assert read.content
    if country == REGIONAL:
        regional = read.content.wordings[language].model.regional
        assert regional
        return str(regional.title)
    return str(read.content.cards[country][language].model.title)
