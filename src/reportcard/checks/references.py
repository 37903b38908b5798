"""Everything that content names exists: notes, institutions, addresses, pictures, organisations,
languages.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final
from urllib.parse import urlsplit

from reportcard.content.fields import kind_of
from reportcard.content.loading import EDITION, Content
from reportcard.content.model import Card
from reportcard.content.prose import Call, Inline, Picture, Prose
from reportcard.content.shelf import Sourced
from reportcard.language.locales import is_language
from reportcard.pdf.profile import ProfileError, press_profile
from reportcard.problems.problem import Place, Problem, Severity
from reportcard.problems.rule import Rule, Stage
from reportcard.scores.values import values_of
from reportcard.workspace.workspace import Workspace

EDITION_ORGANISATION: Final = Rule(
    "EDITION-ORGANISATION",
    Severity.ERROR,
    Stage.CONTENT,
    why="The cover or the back names an organisation that is not under `organisations`.",
)
EDITION_PROFILE: Final = Rule(
    "EDITION-PROFILE",
    Severity.ERROR,
    Stage.CONTENT,
    why=(
        "The ICC profile that the print edition names is not in the workspace, or describes no "
        "printing in four inks."
    ),
)
EDITION_LINK: Final = Rule(
    "EDITION-LINK",
    Severity.ERROR,
    Stage.CONTENT,
    why="A text links to an address kept in the edition, and there is none of that name.",
    wrong="[Scoreboard](edition:board)",
    right="[Scoreboard](edition:scoreboard)",
)
NOTE_MISSING: Final = Rule(
    "NOTE-MISSING",
    Severity.ERROR,
    Stage.CONTENT,
    why="A note is called that stands nowhere.",
    wrong="…practices[^dl-1101].",
    right="…practices[^dl-1100].",
    is_waivable=True,
)
NOTE_UNUSED: Final = Rule(
    "NOTE-UNUSED",
    Severity.ERROR,
    Stage.CONTENT,
    why="A note is never called: most often its call was lost in an edit.",
    wrong="notes: {spare: …}",
    right="…text[^spare].",
    is_waivable=True,
)
NOTE_NESTED: Final = Rule(
    "NOTE-NESTED",
    Severity.ERROR,
    Stage.CONTENT,
    why="A note calls a note: it would have to stand at the foot of a note.",
    is_waivable=True,
)
NOTE_SHARED: Final = Rule(
    "NOTE-SHARED",
    Severity.ERROR,
    Stage.CONTENT,
    why="The wording that all cards share calls a note; notes belong to a card.",
    is_waivable=True,
)
NOTE_CITED: Final = Rule(
    "NOTE-CITED",
    Severity.ERROR,
    Stage.CONTENT,
    why="A citation names a note that stands nowhere.",
    wrong="[A, 2020]{cites=b}",
    right="[A, 2020]{cites=a-2020}",
    is_waivable=True,
)
INSTITUTION_MISSING: Final = Rule(
    "INSTITUTION-MISSING",
    Severity.ERROR,
    Stage.CONTENT,
    why="A recommendation names an institution that is not under `institutions`.",
    is_waivable=True,
)
PICTURE_MISSING: Final = Rule(
    "PICTURE-MISSING",
    Severity.ERROR,
    Stage.CONTENT,
    why="A picture or pictogram is not in figures/.",
    is_waivable=True,
)
PROSE_LANGUAGE: Final = Rule(
    "PROSE-LANGUAGE",
    Severity.ERROR,
    Stage.CONTENT,
    why="A passage is marked with a language that is none.",
    wrong="[texto]{lang=xx}",
    right="[texto]{lang=es}",
    is_waivable=True,
)


def shared(workspace: Workspace, content: Content) -> Iterator[Problem]:
    """References of the edition and the wording."""
    edition = content.edition.model
    for key in ("cover", "back"):
        for number, organisation in enumerate(getattr(edition, key)):
            if organisation not in edition.organisations:
                yield Problem(
                    "EDITION-ORGANISATION",
                    f"there is no organisation “{organisation}”.",
                    "Add it under `organisations`, or mend its name.",
                    content.edition.tree.at(key, number),
                )
    for name, address in edition.links.items():
        if address and not address.startswith(("https://", "http://")):
            yield Problem(
                "EDITION-LINK",
                f"“{address}” is not an address.",
                "Write https://…, or leave it empty.",
                content.edition.tree.at("links", name),
            )
    for message, hint in _web_address_faults(edition.web_address or ""):
        yield Problem("EDITION-LINK", message, hint, content.edition.tree.at("web_address"))
    try:
        _ = edition.print.profile and press_profile(workspace, edition.print.profile)
    except ProfileError as error:
        yield Problem(
            "EDITION-PROFILE",
            error.message,
            error.advice,
            content.edition.tree.at("print", "profile"),
        )
    for wording in content.wordings.values():
        for prose in wording.prose.values():
            yield from _marks(workspace, content, prose)
            for inline in prose.inlines():
                if isinstance(inline, Call):
                    yield Problem(
                        "NOTE-SHARED",
                        "a note is called in the shared wording, which has none.",
                        "Notes belong to a country's card.",
                        inline.place,
                        field=prose.field,
                    )


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
            yield Problem(
                "NOTE-MISSING",
                f"note “{call.note}” is called here and stands nowhere.",
                "Write it under `notes`, or mend the call's name.",
                call.place,
                field=prose.field,
            )
    for note in notes:
        if note not in called and f"notes.{note}" not in sourced.fallen:
            yield Problem(
                "NOTE-UNUSED",
                f"note “{note}” is never called.",
                f"Put [^{note}] where it belongs, or delete the note.",
                sourced.tree.key("notes", note),
                field=f"{country}/notes.{note}",
            )
    for name, prose in sourced.prose.items():
        for inline in prose.inlines():
            if inline.marks.cites and inline.marks.cites not in notes:
                yield Problem(
                    "NOTE-CITED",
                    f"this citation names the note “{inline.marks.cites}”, which stands nowhere.",
                    "Name a note of this file.",
                    inline.place,
                    field=prose.field,
                )
            if isinstance(inline, Call) and kind_of(name).is_note:
                yield Problem(
                    "NOTE-NESTED",
                    "a note is called inside a note.",
                    "Write the source out.",
                    inline.place,
                    field=prose.field,
                )


def _recommendations(
    workspace: Workspace, sourced: Sourced[Card], country: str
) -> Iterator[Problem]:
    for id_, recommendation in sourced.model.recommendations.items():
        where = f"{country}/recommendations.{id_}"
        for number, institution in enumerate(recommendation.institutions):
            if institution not in sourced.model.institutions:
                place = sourced.tree.at("recommendations", id_, "institutions", number)
                yield Problem(
                    "INSTITUTION-MISSING",
                    f"institution “{institution}” stands nowhere.",
                    "Write its name under `institutions`.",
                    place,
                    field=where,
                )
        if recommendation.pictogram and not workspace.exists(
            f"figures/pictograms/{recommendation.pictogram}.svg"
        ):
            place = sourced.tree.at("recommendations", id_, "pictogram")
            yield Problem(
                "PICTURE-MISSING",
                f"there is no figures/pictograms/{recommendation.pictogram}.svg.",
                "Name a file of that folder.",
                place,
                field=where,
            )


def _web_address_faults(address: str) -> Iterator[tuple[str, str]]:
    """Why other addresses cannot be made of this one by adding a file's name, and what to do. A
    password is not told again.
    """
    if not address:
        return
    folder = "Write https://… as far as the folder of the pages, or leave it empty."
    try:
        parts = urlsplit(address)
        port, host = parts.port, (parts.hostname or "").encode("idna").decode()
    except (
        ValueError
    ):  # a port over 65535, brackets without an IP address, a name that no host can have
        yield "the web address has a host or a port that cannot be.", folder
        return
    if parts.username is not None:
        yield (
            "the web address names a user.",
            "Leave out what stands before the @: every reader of the pages would see it.",
        )
    elif (
        parts.scheme not in ("https", "http")
        or not host
        or port == 0
        or parts.query
        or parts.fragment
        or re.search(r"[\s<>\"{}|\\^`]", address)
    ):
        yield f"“{address}” is not an address.", folder
    elif host != parts.hostname:
        yield (
            f"“{parts.hostname}” is not how the web spells this host.",
            f"Write {host}: not every program turns it into that by itself.",
        )
    elif re.search(r"\.(?:x?html?|php|aspx?|jsp|pdf)/?$", parts.path, re.IGNORECASE):
        yield f"“{address}” is a file's address.", "Write it as far as the folder of the pages."


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
            yield Problem(
                "PROSE-LANGUAGE",
                f"“{inline.marks.lang}” is not a language.",
                "Write a code like es or pt-BR.",
                inline.place,
                field=prose.field,
            )
    for block in prose.blocks:
        if isinstance(block, Picture) and not workspace.exists(block.file):
            yield Problem(
                "PICTURE-MISSING",
                f"there is no file {block.file} in this workspace.",
                "Put it there, or mend its name.",
                block.place,
                field=prose.field,
            )


def _link(content: Content, prose: Prose, inline: Inline) -> Iterator[Problem]:
    scheme, _, name = inline.marks.href.partition(":")
    if scheme == "edition" and name not in content.edition.model.links:
        yield Problem(
            "EDITION-LINK",
            f"{EDITION} keeps no address “{name}”.",
            f"Add `{name}:` under `links` there.",
            inline.place,
            field=prose.field,
        )
