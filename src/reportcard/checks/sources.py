"""Notes, links and citations: each source once, each address as it should be."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from reportcard.checks.passages import PlainPassage, passages
from reportcard.content.loading import Content
from reportcard.content.model import Card
from reportcard.content.segments import NOTHING
from reportcard.content.shelf import Sourced
from reportcard.language.packs import every_pack
from reportcard.problems.problem import Place, Problem, Severity
from reportcard.problems.rule import Rule, Stage

NOTE_TWICE: Final = Rule(
    "NOTE-TWICE",
    Severity.ERROR,
    Stage.CONTENT,
    message='the notes "{first}" and "{second}" have the same text.',
    advice="Keep one and reference it twice as [^{first}].",
    why="Two notes have the same text. The same note can be referenced twice.",
    wrong="a: Law No. 1. / b: Law No. 1.",
    right="a: Law No. 1.",
    is_waivable=True,
)
CITATION_UNTIED: Final = Rule(
    "CITATION-UNTIED",
    Severity.WARNING,
    Stage.CONTENT,
    message="the citation ({author}, {year}) is not linked to a note.",
    advice="Write ([{author}, {year}]{cites=name-of-the-note}).",
    why="An author–date citation is not linked to a note.",
    wrong="(Balbuena et al., 2026)",
    right="([Balbuena et al., 2026]{cites=balbuena-2026})",
    is_waivable=True,
)
INSTITUTION_UNUSED: Final = Rule(
    "INSTITUTION-UNUSED",
    Severity.WARNING,
    Stage.CONTENT,
    message='the institution "{institution}" is not mentioned in any recommendation.',
    advice="Mention the institution in a recommendation, or delete it.",
    why="An institution is not named in any recommendation.",
    is_waivable=True,
)
LINK_INSECURE: Final = Rule(
    "LINK-INSECURE",
    Severity.WARNING,
    Stage.CONTENT,
    message="{address} is not a secure address.",
    advice=("Use https:// if the site supports it; otherwise, waive this rule and give a reason."),
    why="An address begins with http://. Browsers warn readers about such sites.",
    wrong="http://example.org",
    right="https://example.org",
    is_waivable=True,
)
LINK_TRACKING: Final = Rule(
    "LINK-TRACKING",
    Severity.WARNING,
    Stage.CONTENT,
    message='the address contains the tracking parameter "{parameter}".',
    advice="Delete the parameter from the address.",
    why="An address contains a parameter that the site uses to track visitors.",
    wrong="https://example.org/?utm_source=pdf",
    right="https://example.org/",
    is_waivable=True,
)
LINK_FRAGMENT: Final = Rule(
    "LINK-FRAGMENT",
    Severity.WARNING,
    Stage.CONTENT,
    message="the address ends in a text fragment (#:~:text=…).",
    advice="Delete the # and everything after it.",
    why=(
        "An address ends in a text fragment, which was added by a search engine. The "
        "link breaks when the page changes."
    ),
    wrong="https://example.org/#:~:text=gold",
    right="https://example.org/",
    is_waivable=True,
)

#: Parameters by which a site tracks its visitors. `v` and the like are part of an address.
_TRACKING: Final = re.compile(
    r"utm_\w+|gclid|fbclid|msclkid|mc_cid|mc_eid|igshid|_hsenc|_hsmi", re.IGNORECASE
)


def card(content: Content, country: str) -> Iterator[Problem]:
    """All rules on the sources of one card."""
    for language, sourced in content.cards[country].items():
        yield from _unused_institutions(sourced, country)
        yield from _repeated_notes(sourced, country)
        for passage in passages(sourced, language):
            yield from _links(passage)
            if not passage.is_note:
                yield from _citations(passage)


def _unused_institutions(sourced: Sourced[Card], country: str) -> Iterator[Problem]:
    used = {
        name
        for recommendation in sourced.model.recommendations.values()
        for name in recommendation.institutions
    }
    for name in sourced.model.institutions:
        if name not in used:
            place = sourced.tree.key("institutions", name)
            field = f"{country}/institutions.{name}"
            yield INSTITUTION_UNUSED.at(place, field=field, institution=name)


def _repeated_notes(sourced: Sourced[Card], country: str) -> Iterator[Problem]:
    texts: dict[str, str] = {}
    for name, note in sourced.model.notes.items():
        words = " ".join(str(note).split()).rstrip(".")
        if words in texts and words != NOTHING:
            place, field = sourced.tree.key("notes", name), f"{country}/notes.{name}"
            yield NOTE_TWICE.at(place, field=field, first=texts[words], second=name)
        texts.setdefault(words, name)


def _links(passage: PlainPassage) -> Iterator[Problem]:
    """Each address of a passage once."""
    seen = set()
    for inline in passage.inlines:
        href = inline.marks.href
        if href and href not in seen:
            seen.add(href)
            yield from _faults(href, inline.place, passage.field)


def _citations(passage: PlainPassage) -> Iterator[Problem]:
    tied = [getattr(inline, "text", "") for inline in passage.inlines if inline.marks.cites]
    for match in _citation().finditer(passage.text):
        if not any(match[1] in text for text in tied):
            yield passage.problem(
                CITATION_UNTIED, offset=match.start(), author=match[1], year=match[2]
            )


def _faults(href: str, place: Place, field: str) -> Iterator[Problem]:
    parts = urlsplit(href)
    if parts.scheme == "http":
        yield LINK_INSECURE.at(place, field=field, address=href)
    for name, _ in parse_qsl(parts.query, keep_blank_values=True):
        if _TRACKING.fullmatch(name):
            yield LINK_TRACKING.at(place, field=field, parameter=name)
    if ":~:" in parts.fragment:
        yield LINK_FRAGMENT.at(place, field=field)


@cache
def _citation() -> re.Pattern[str]:
    """An author, or two, and a year, in brackets, as any language writes them."""
    words = {re.escape(word) for known in every_pack() for word in known.conjunctions}
    between = "|".join(sorted({*words, "&"}))
    author = r"[A-ZÁÉÍÓÚÑ][\w-]+"
    return re.compile(rf"\(({author}(?: et al\.| (?:{between}) {author})?),? ((?:19|20)\d\d)\)")
