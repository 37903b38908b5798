"""Everything that content names exists: notes, institutions, addresses, pictures, organizations,
languages.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final
from urllib.parse import urlsplit

from reportcard.checks.scoreboard import lacking
from reportcard.content.fields import kind_of
from reportcard.content.loading import Content
from reportcard.content.model import Card
from reportcard.content.prose import Call, Inline, Picture, Prose, Run
from reportcard.content.segments import NOTHING
from reportcard.content.shelf import Sourced
from reportcard.content.wording import BookletWording, Wording
from reportcard.language.locales import is_language
from reportcard.page.compose.address_code import LONGEST, card_address
from reportcard.pdf.profile import ProfileError, press_profile
from reportcard.problems.problem import Place, Problem, Severity
from reportcard.problems.rule import Rule, Stage
from reportcard.scores.values import values_of
from reportcard.workspace.workspace import Workspace

EDITION_ORGANISATION: Final = Rule(
    "EDITION-ORGANISATION",
    Severity.ERROR,
    Stage.CONTENT,
    message='unknown organization "{organization}".',
    advice="Correct the name, or add it under `organisations`.",
    why=("The front or back cover names an organization that is not listed under `organisations`."),
)
EDITION_PROFILE: Final = Rule(
    "EDITION-PROFILE",
    Severity.ERROR,
    Stage.CONTENT,
    message="{fault}",
    advice="{remedy}",
    why=(
        "The ICC profile for the print edition is not in the workspace, or it is not a "
        "CMYK profile."
    ),
)
EDITION_LINK: Final = Rule(
    "EDITION-LINK",
    Severity.ERROR,
    Stage.CONTENT,
    cases={
        "unknown": (
            'unknown link "edition:{name}".',
            "Correct the name, or add `{name}:` under `links` in content/edition.yaml.",
        ),
        "address": (
            '"{address}" is not a web address.',
            "Start it with https://, or leave it empty.",
        ),
        "folder": (
            '"{address}" is not a web address.',
            ("Use the https:// address of the folder that contains the pages, or leave it empty."),
        ),
        "invalid": (
            "the web address has an invalid host or port.",
            ("Use the https:// address of the folder that contains the pages, or leave it empty."),
        ),
        "user": (
            "the web address contains a user name.",
            "Delete the user name and the @, because every reader would see them.",
        ),
        "letters": (
            'the host "{host}" contains characters that are not allowed in web addresses.',
            "Write {ascii} instead, because not every program converts these characters.",
        ),
        "long": (
            "the address on the back cover is too long: {length} characters.",
            (
                "Use an address of at most {maximum} characters, so that phones can read its "
                "QR code."
            ),
        ),
        "file": (
            '"{address}" points to a file, not a folder.',
            "Use the address of the folder that contains the pages.",
        ),
    },
    why=(
        "The text links to an address that is not listed in the edition, or an address "
        "in the edition is invalid."
    ),
    wrong="[Scoreboard](edition:board)",
    right="[Scoreboard](edition:scoreboard)",
)
NOTE_MISSING: Final = Rule(
    "NOTE-MISSING",
    Severity.ERROR,
    Stage.CONTENT,
    message='note "{note}" is referenced here but not defined.',
    advice="Correct the name, or add it under `notes`.",
    why="A note is referenced but not defined.",
    wrong="…practices[^dl-1101].",
    right="…practices[^dl-1100].",
    is_waivable=True,
)
NOTE_UNUSED: Final = Rule(
    "NOTE-UNUSED",
    Severity.ERROR,
    Stage.CONTENT,
    message='note "{note}" is never referenced.',
    advice="Insert the reference [^{note}] in the text, or delete the note.",
    why=("A note is never referenced, usually because its reference was lost during editing."),
    wrong="notes: {spare: …}",
    right="…text[^spare].",
    is_waivable=True,
)
NOTE_NESTED: Final = Rule(
    "NOTE-NESTED",
    Severity.ERROR,
    Stage.CONTENT,
    message="this note references another note.",
    advice="Give the full source here.",
    why="A note references another note. Notes cannot have notes of their own.",
    is_waivable=True,
)
NOTE_SHARED: Final = Rule(
    "NOTE-SHARED",
    Severity.ERROR,
    Stage.CONTENT,
    message="the shared wording contains a note reference.",
    advice=(
        "Delete the reference, or move the text that contains it to a card: only cards can have "
        "notes."
    ),
    why=(
        "The wording shared by all cards references a note, but notes belong to individual cards."
    ),
    is_waivable=True,
)
NOTE_CITED: Final = Rule(
    "NOTE-CITED",
    Severity.ERROR,
    Stage.CONTENT,
    message='this citation refers to note "{note}", which is not defined.',
    advice="Use the name of a note in this file.",
    why="A citation refers to a note that is not defined.",
    wrong="[A, 2020]{cites=b}",
    right="[A, 2020]{cites=a-2020}",
    is_waivable=True,
)
INSTITUTION_MISSING: Final = Rule(
    "INSTITUTION-MISSING",
    Severity.ERROR,
    Stage.CONTENT,
    message='institution "{institution}" is not defined.',
    advice="Correct the name here, or add it under `institutions`.",
    why="A recommendation names an institution that is not listed under `institutions`.",
    is_waivable=True,
)
PICTURE_MISSING: Final = Rule(
    "PICTURE-MISSING",
    Severity.ERROR,
    Stage.CONTENT,
    cases={
        "pictogram": ("cannot find {file}.", "Use the name of a file in figures/pictograms/."),
        "picture": ("cannot find {file}.", "Add the file, or correct its name."),
    },
    why="A picture or pictogram is not in figures/.",
    is_waivable=True,
)
PROSE_LANGUAGE: Final = Rule(
    "PROSE-LANGUAGE",
    Severity.ERROR,
    Stage.CONTENT,
    message='"{language}" is not a known language code.',
    advice='Write a code like "es" or "pt-BR".',
    why="A passage is marked with an invalid language code.",
    wrong="[texto]{lang=xx}",
    right="[texto]{lang=es}",
    is_waivable=True,
)

#: The end of a path that is a file's, not a folder's.
_FILE: Final = re.compile(r"\.(?:x?html?|php|aspx?|jsp|pdf)/?$", re.IGNORECASE)


def shared(workspace: Workspace, content: Content) -> Iterator[Problem]:
    """References of the edition and the wording."""
    edition = content.edition.model
    for key in ("cover", "back"):
        for number, organisation in enumerate(getattr(edition, key)):
            if organisation not in edition.organisations:
                place = content.edition.tree.at(key, number)
                yield EDITION_ORGANISATION.at(place, organization=organisation)
    for name, address in edition.links.items():
        if address and not address.startswith(("https://", "http://")):
            yield EDITION_LINK.at(
                content.edition.tree.at("links", name), "address", address=address
            )
    yield from _web_address(edition.web_address or "", content.edition.tree.at("web_address"))
    yield from _card_addresses(content)
    try:
        _ = edition.print.profile and press_profile(workspace, edition.print.profile)
    except ProfileError as error:
        place = content.edition.tree.at("print", "profile")
        yield EDITION_PROFILE.at(place, fault=error.message, remedy=error.advice)
    for wording in content.wordings.values():
        if {"notes", "about"}.intersection(edition.print.padding) and not wording.model.booklet:
            yield lacking(wording, "booklet", list(BookletWording.model_fields))
        yield from _shared_marks(workspace, content, wording)


def _shared_marks(
    workspace: Workspace, content: Content, wording: Sourced[Wording]
) -> Iterator[Problem]:
    """References of the wording's texts, which call no notes."""
    for prose in wording.prose.values():
        yield from _marks(workspace, content, prose)
        for inline in prose.inlines():
            if isinstance(inline, Call):
                yield NOTE_SHARED.at(inline.place, field=prose.field)


def card(workspace: Workspace, content: Content, country: str) -> Iterator[Problem]:
    """References of a country's card, language by language."""
    for language, sourced in content.cards[country].items():
        values = values_of(content, country, language) if country in content.scores else None
        for prose in (*sourced.prose.values(), *content.wordings[language].prose.values()):
            yield from values.bind(prose)[1] if values else ()
        for prose in sourced.prose.values():
            yield from _marks(workspace, content, prose)
        yield from _notes(sourced, country)
        yield from _recommendations(workspace, sourced, country)


def calls(card: Sourced[Card]) -> Iterator[tuple[Prose, Call]]:
    """Every note call of a card, in the order of the page."""
    for name, prose in card.prose.items():
        if not kind_of(name).is_note:
            for inline in prose.inlines():
                if isinstance(inline, Call):
                    yield prose, inline


def _notes(sourced: Sourced[Card], country: str) -> Iterator[Problem]:
    notes: Mapping[str, object] = sourced.model.notes
    called = set()
    for prose, call in calls(sourced):
        called.add(call.note)
        if call.note not in notes:
            yield NOTE_MISSING.at(call.place, field=prose.field, note=call.note)
    for note in () if _is_unfinished(sourced) else notes:
        if note not in called and f"notes.{note}" not in sourced.fallen:
            place = sourced.tree.key("notes", note)
            yield NOTE_UNUSED.at(place, field=f"{country}/notes.{note}", note=note)
    for name, prose in sourced.prose.items():
        for inline in prose.inlines():
            cited = inline.marks.cites
            if cited and cited not in notes:
                yield NOTE_CITED.at(inline.place, field=prose.field, note=cited)
            if isinstance(inline, Call) and kind_of(name).is_note:
                yield NOTE_NESTED.at(inline.place, field=prose.field)


def _is_unfinished(sourced: Sourced[Card]) -> bool:
    """Whether a block has no text yet: it may be the one that references a note."""
    return any(
        [inline.text for inline in paragraph.inlines if isinstance(inline, Run)] == [NOTHING]
        for prose in sourced.prose.values()
        for paragraph in prose.paragraphs()
    )


def _recommendations(
    workspace: Workspace, sourced: Sourced[Card], country: str
) -> Iterator[Problem]:
    for id_, recommendation in sourced.model.recommendations.items():
        where = f"{country}/recommendations.{id_}"
        for number, institution in enumerate(recommendation.institutions):
            if institution not in sourced.model.institutions:
                place = sourced.tree.at("recommendations", id_, "institutions", number)
                yield INSTITUTION_MISSING.at(place, field=where, institution=institution)
        file = recommendation.pictogram and workspace.pictogram(recommendation.pictogram)
        if file and workspace.is_missing(file):
            place = sourced.tree.at("recommendations", id_, "pictogram")
            yield PICTURE_MISSING.at(place, "pictogram", field=where, file=file)


def _card_addresses(content: Content) -> Iterator[Problem]:
    """The fault of the addresses on the back covers: the first one's, since all are made alike."""
    edition = content.edition.model
    key = "card_address" if edition.card_address else "web_address"
    place = content.edition.tree.at(key)
    pairs = ((country, language) for country, texts in content.cards.items() for language in texts)
    addresses = [card_address(edition, *pair) for pair in pairs]
    if not edition.card_address:
        addresses = [address for address in addresses if len(address) > LONGEST]
    for address in sorted(addresses, key=len, reverse=True)[:1]:
        if len(address) > LONGEST:
            yield EDITION_LINK.at(place, "long", length=len(address), maximum=LONGEST)
        else:
            yield from _web_address(address, place, is_page=True)


def _web_address(address: str, place: Place, *, is_page: bool = False) -> Iterator[Problem]:
    """The fault of an address: of a page, or of a folder, of which others are made by adding the
    name of a file. A password is not repeated.
    """
    if not address:
        return
    try:
        parts = urlsplit(address)
        port, host = parts.port, (parts.hostname or "").encode("idna").decode()
    except (
        ValueError
    ):  # a port over 65535, brackets without an IP address, a name that no host can have
        yield EDITION_LINK.at(place, "invalid")
        return
    if parts.username is not None:
        yield EDITION_LINK.at(place, "user")
    elif (
        parts.scheme not in ("https", "http")
        or not host
        or port == 0
        or ((parts.query or parts.fragment) and not is_page)
        or re.search(r"[\s<>\"{}|\\^`]", address)
    ):
        yield EDITION_LINK.at(place, "address" if is_page else "folder", address=address)
    elif host != parts.hostname:
        yield EDITION_LINK.at(place, "letters", host=parts.hostname or "", ascii=host)
    elif not is_page and _FILE.search(parts.path):
        yield EDITION_LINK.at(place, "file", address=address)


def _marks(workspace: Workspace, content: Content, prose: Prose) -> Iterator[Problem]:
    seen: set[tuple[str, Place]] = set()
    for inline in prose.inlines():
        yield from _link(content, prose, inline)
        if (
            inline.marks.lang
            and not is_language(inline.marks.lang)
            and (inline.marks.lang, inline.place) not in seen
        ):
            seen.add((inline.marks.lang, inline.place))
            yield PROSE_LANGUAGE.at(inline.place, field=prose.field, language=inline.marks.lang)
    for block in prose.exhibits():
        if isinstance(block, Picture) and workspace.is_missing(block.file):
            yield PICTURE_MISSING.at(block.place, "picture", field=prose.field, file=block.file)


def _link(content: Content, prose: Prose, inline: Inline) -> Iterator[Problem]:
    scheme, _, name = inline.marks.href.partition(":")
    if scheme == "edition" and name not in content.edition.model.links:
        yield EDITION_LINK.at(inline.place, "unknown", field=prose.field, name=name)
