"""A laid-out card to the files of its editions, with a record of what each was made from."""

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from itertools import chain
from typing import Final

from reportcard import __version__
from reportcard.build.cards import card_named
from reportcard.build.inventory import SoundWorkspace
from reportcard.build.manifest import Record, digest, spots
from reportcard.build.rules import PRINT_FOREIGN, PRINT_PAGES
from reportcard.content.loading import Content
from reportcard.content.model import Edition
from reportcard.errors import ExitCode, ReportCardError
from reportcard.messages.message import message
from reportcard.page.compose.card import Composer
from reportcard.page.compose.composed import Composed
from reportcard.page.compose.compositor import Compositor
from reportcard.page.compose.covers import compose_covers
from reportcard.page.compose.padding import is_padding, with_padding
from reportcard.page.compose.templates import render
from reportcard.page.fonts import font_version
from reportcard.page.proof.fonts import proof_fonts
from reportcard.page.proof.proof import proof
from reportcard.page.tokens import TEXT
from reportcard.page.typeset.engine import engine_versions, screen_profile
from reportcard.page.typeset.layout import LaidOut
from reportcard.page.typeset.volume import joined
from reportcard.pdf.added import written
from reportcard.pdf.attachments import Attachment
from reportcard.pdf.editions import Press, archived, printed, screen
from reportcard.pdf.editions import bilingual as bilingual_pdf
from reportcard.pdf.metadata import Particulars
from reportcard.pdf.profile import Profile, ProfileError, press_profile, read_profile
from reportcard.pdf.sheet import PT_PER_MM
from reportcard.pdf.slug import SLUG_HEIGHT_PT, slug_width
from reportcard.problems.problem import Place, Problem
from reportcard.scores.values import values_of
from reportcard.workspace.card_files import bilingual_name, file_name
from reportcard.workspace.fingerprint import tools
from reportcard.workspace.media import BILINGUAL, Medium
from reportcard.workspace.theme import is_font

_EPOCH: Final = "SOURCE_DATE_EPOCH"
#: Two pages are a leaf, which nobody staples.
_LEAF: Final = 2
#: Of a page that fills up a booklet it matters only that it is one, and that its text has room.
_ON_PADDING: Final = frozenset({"PAGE-FULL", "PAGE-OVERFLOW"})
#: An archive's record of what it was made with.
_TOOLS: Final = "tools.json"


@dataclass(frozen=True, slots=True)
class Kit:
    """What all files of a build share: what was read, the editions wanted, the date they bear, the
    press and the screen.
    """

    read: SoundWorkspace
    content: Content
    media: tuple[str, ...]
    date: datetime
    press: Press | None
    screen: Profile
    bilingual: bool = False

    @classmethod
    def of(cls, read: SoundWorkspace, media: tuple[str, ...], *, bilingual: bool = False) -> "Kit":
        """The kit for some editions of a workspace that was read without error.

        Raises ReportCardError if the system lacks a profile (LAYOUT), or SOURCE_DATE_EPOCH is not
        a number (USAGE).
        """
        edition = read.content.edition.model
        press = None
        if Medium.PRINT in media:
            try:
                profile = press_profile(read.workspace, edition.print.profile)
            except ProfileError as error:
                raise ReportCardError(
                    error.message, code=ExitCode.LAYOUT, advice=error.advice
                ) from error
            condition = str(edition.print.condition)
            press = Press(read.styles, profile, condition, edition.print.colour_bar)
        screen = read_profile(screen_profile(), "sRGB2014.icc")
        return cls(read, read.content, media, date_of(edition), press, screen, bilingual)


def edition(
    kit: Kit, card: Composed, drawings: Mapping[str, bytes], laid: LaidOut, medium: str
) -> tuple[bytes, Record, tuple[Problem, ...]]:
    """One file of a card that is laid out, its record, and what was found while it was made."""
    found: list[Problem] = []
    wanted = kit.content.edition.model.print
    if medium == Medium.PRINT:
        card, laid, faults = _for_press(kit, card, drawings, laid)
        found.extend(faults)
    name = file_name(card.country, card.language, medium)
    master, fonts = laid.pdf
    found.extend(proof_fonts(card, fonts, kit.read.styles))
    particulars = _particulars(kit, card, laid, name)
    sources = card_named(card.country).sources(kit.read, card.language) | {
        path: data for path, data in laid.loaded.items() if not is_font(path)
    }
    record = _record(kit, card, laid, medium, sources)
    match medium:
        case Medium.SCREEN:
            data = screen(master, particulars)
        case Medium.PRINT:
            assert kit.press
            data, foreign = printed(master, particulars, kit.press, _slugs(kit, card, laid, name))
            is_booklet = wanted.booklet or bool(wanted.padding)
            found.extend(_print_notes(name, foreign, laid.pages if is_booklet else 0))
        case Medium.ARCHIVE:
            attached = (Attachment(path, file) for path, file in sources.items())
            made_with = {"inputs": record.inputs, "tools": record.tools, "fonts": record.fonts}
            tools = Attachment(
                _TOOLS, json.dumps(made_with, indent=1).encode() + b"\n", is_source=False
            )
            data = archived(master, particulars, kit.screen, (*attached, tools))
        case added:
            data = written(added, master, particulars)
    return data, replace(record, sha256=digest(data)), tuple(found)


def _for_press(
    kit: Kit, card: Composed, drawings: Mapping[str, bytes], laid: LaidOut
) -> tuple[Composed, LaidOut, tuple[Problem, ...]]:
    """A card with the pages that only its print edition has, laid out, and what is wrong with
    them.
    """
    read, content, before = kit.read, kit.content, laid
    wanted = content.edition.model.print
    found: list[Problem] = []
    changes = {name: rules for name, (_, _, rules) in laid.set_from.items()}
    if wanted.addresses == "list" and card.addresses:
        card = card.with_addresses()
        laid = read.typesetter.lay_out(card, drawings, changes, kept=[before])
        found.extend(problem for problem in proof(card, laid) if "addresses" in problem.field)
    if (missing := -laid.pages % 4) and wanted.padding and laid.pages > _LEAF:
        values = values_of(content, card.country, card.language)
        prose = Compositor(content, values, card.language)
        composer = Composer(read.workspace, content, values, card.language, read.styles, prose)
        card = with_padding(composer, card, wanted.padding, missing)
        laid = read.typesetter.lay_out(card, drawings, changes, kept=[laid])
        found.extend(
            problem
            for problem in proof(card, laid)
            if problem.code in _ON_PADDING and is_padding(problem.field)
        )
    return card, laid, tuple(found)


def _slugs(kit: Kit, card: Composed, laid: LaidOut, name: str) -> bytes:
    """A PDF with a line for each page of a print edition: file, date, page, publication and its
    version.
    """
    wording = kit.content.wordings[card.language].model
    version = kit.content.edition.model.version
    of_all = [
        str(wording.edition.programme),
        *([f"{wording.labels.version} {version}"] if version else []),
    ]
    lines = [
        " · ".join((name, f"{kit.date:%Y-%m-%d}", f"{page} / {laid.pages}", *of_all))
        for page in range(1, laid.pages + 1)
    ]
    width = min(area.width for area in laid.areas.values()) * float(PT_PER_MM)
    styles = kit.read.styles
    html = render(
        styles,
        "slug.html",
        language=card.language,
        title=name,
        lines=lines,
        width=f"{slug_width(width):.2f}",
        height=f"{SLUG_HEIGHT_PT:.2f}",
        family=styles.fonts.get(TEXT, "sans-serif"),
        ink=styles.colour("ink"),
    )
    return kit.read.typesetter.plain(html)


def bilingual(
    kit: Kit, cards: Sequence[tuple[Composed, LaidOut]]
) -> tuple[bytes, Record, tuple[Problem, ...]]:
    """A card in several languages as one file: one pair of covers, and between them the pages of
    each, as they are.
    """
    languages = [card.language for card, _ in cards]
    country = cards[0][0].country
    read, content = kit.read, kit.content
    values = [values_of(content, country, language) for language in languages]
    covers = compose_covers(read.workspace, content, values, languages, read.styles)
    laid_covers = read.typesetter.lay_out(covers, {})
    laid, ranges = joined(laid_covers, {card.language: one for card, one in cards})
    name = bilingual_name(country, languages)
    labels = content.wordings[languages[0]].model.labels
    numbered = ((first - 1, f"{language} ", 2) for language, (first, _) in ranges.items())
    pages = ((0, str(labels.cover), None), *numbered, (laid.pages - 1, str(labels.back), None))
    particulars = replace(
        _particulars(kit, covers, laid, name), languages=tuple(languages), labels=pages
    )
    branches = tuple(
        (str(content.wordings[language].model.language), language, first - 1, count)
        for language, (first, count) in ranges.items()
    )
    master, fonts = laid.pdf
    data = bilingual_pdf(master, particulars, branches)
    sources: dict[str, bytes] = {}
    for language in languages:
        sources |= card_named(country).sources(read, language)
    sources |= {path: one for path, one in laid.loaded.items() if not is_font(path)}
    origins = {
        id_: origin
        for card in (covers, *(card for card, _ in cards))
        for id_, origin in card.origins.items()
    }
    record = replace(
        _record(kit, covers, laid, Medium.SCREEN, sources),
        language="+".join(languages),
        edition=BILINGUAL,
        places=spots(origins, laid.boxes),
        sha256=digest(data),
    )
    found = (
        *proof(covers, laid_covers),
        *proof_fonts(covers, fonts, read.styles),
    )
    return data, record, found


def _particulars(kit: Kit, card: Composed, laid: LaidOut, name: str) -> Particulars:
    labels = kit.content.wordings[card.language].model.labels
    covers = [
        (first - 1, str(getattr(labels, name)), None)
        for name, (first, _) in laid.sections.items()
        if name in ("cover", "back")
    ]
    numbered = [
        (first - 1, "", first)
        for name, (first, _) in laid.sections.items()
        if name not in ("cover", "back")
    ]
    pages = sorted([*covers, *numbered[:1]])
    versions = tools()
    return Particulars(
        name=name.removesuffix(".pdf"),
        title=card.title,
        authors=card.authors,
        subject=card.subtitle,
        languages=(card.language,),
        creator=f"reportcard {__version__}",
        producer=f"WeasyPrint {versions['weasyprint']}, pikepdf {versions['pikepdf']}",
        date=kit.date,
        labels=tuple(pages),
    )


def _record(
    kit: Kit, card: Composed, laid: LaidOut, medium: str, sources: Mapping[str, bytes]
) -> Record:
    """Its sha256 is still to be filled in."""
    profiles = {"print": kit.press and kit.press.profile, "archive": kit.screen}
    profile = profiles.get(str(medium))
    inputs = {path: digest(data) for path, data in chain(sources.items(), laid.loaded.items())}
    if profile:
        inputs[f"profile:{profile.name}"] = profile.sha256
    fonts = {
        path.rpartition("/")[2]: font_version(data)
        for path, data in laid.loaded.items()
        if is_font(path)
    }
    return Record(
        sha256="",
        country=card.country,
        language=card.language,
        edition=str(medium),
        date=kit.date.strftime("%Y-%m-%dT%H:%M:%SZ"),
        pages=laid.pages,
        inputs=dict(sorted(inputs.items())),
        tools=tools() | engine_versions(),
        fonts=fonts,
        places=spots(card.origins, laid.boxes),
    )


def _print_notes(name: str, foreign: tuple[str, ...], pages: int) -> tuple[Problem, ...]:
    found = []
    if foreign:
        found.append(PRINT_FOREIGN.at(Place(name), colours=foreign))
    if pages % 4 and pages > _LEAF:
        found.append(PRINT_PAGES.at(Place(name), pages=pages, more=-pages % 4))
    return tuple(found)


def date_of(edition: Edition) -> datetime:
    """The edition's date at midnight UTC, or the moment that SOURCE_DATE_EPOCH names, in seconds
    since 1970.

    Raises ReportCardError (USAGE) if that is not a number.
    """
    seconds = os.environ.get(_EPOCH)
    if not seconds:
        return datetime.combine(edition.date, time(), UTC)
    try:
        return datetime.fromtimestamp(int(seconds), UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise ReportCardError(
            message(
                '{variable} must be a number of seconds, not "{value}".',
                variable=_EPOCH,
                value=seconds,
            ),
            code=ExitCode.USAGE,
            advice=message("Unset it to use the date of the edition."),
        ) from error
