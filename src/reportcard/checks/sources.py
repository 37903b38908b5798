"""Notes, links and citations: each source once, each address as it should be."""

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from reportcard.checks.passages import PlainPassage, passages
from reportcard.content.loading import Content
from reportcard.content.model import Card
from reportcard.content.shelf import Sourced
from reportcard.problems.problem import Problem, Severity
from reportcard.problems.rule import Rule, Stage

NOTE_TWICE: Final = Rule(
    "NOTE-TWICE",
    Severity.ERROR,
    Stage.CONTENT,
    why="Two notes say the same. One note can be called twice.",
    wrong="a: Law No. 1. / b: Law No. 1.",
    right="a: Law No. 1.",
    is_waivable=True,
)
CITATION_UNTIED: Final = Rule(
    "CITATION-UNTIED",
    Severity.WARNING,
    Stage.CONTENT,
    why="An author–date citation is tied to no note.",
    wrong="(Balbuena et al., 2026)",
    right="([Balbuena et al., 2026]{cites=balbuena-2026})",
    is_waivable=True,
)
INSTITUTION_UNUSED: Final = Rule(
    "INSTITUTION-UNUSED",
    Severity.WARNING,
    Stage.CONTENT,
    why="An institution is named by no recommendation.",
    is_waivable=True,
)
LINK_INSECURE: Final = Rule(
    "LINK-INSECURE",
    Severity.WARNING,
    Stage.CONTENT,
    why="An address begins with http://. Readers' browsers warn of such sites.",
    wrong="http://example.org",
    right="https://example.org",
    is_waivable=True,
)
LINK_TRACKING: Final = Rule(
    "LINK-TRACKING",
    Severity.WARNING,
    Stage.CONTENT,
    why="An address carries a parameter that tells the site where its visitors came from.",
    wrong="https://example.org/?utm_source=pdf",
    right="https://example.org/",
    is_waivable=True,
)
LINK_FRAGMENT: Final = Rule(
    "LINK-FRAGMENT",
    Severity.WARNING,
    Stage.CONTENT,
    why=(
        "An address ends in a text fragment that a search added; it breaks when the page changes."
    ),
    wrong="https://example.org/#:~:text=gold",
    right="https://example.org/",
    is_waivable=True,
)

#: Parameters that tell a site where a visitor came from. `v` and the like are part of an address.
_TRACKING: Final = re.compile(
    r"utm_\w+|gclid|fbclid|msclkid|mc_cid|mc_eid|igshid|_hsenc|_hsmi", re.IGNORECASE
)
_CITATION: Final = re.compile(
    r"\(([A-ZÁÉÍÓÚÑ][\w-]+(?: et al\.| (?:y|and|&) [A-ZÁÉÍÓÚÑ][\w-]+)?),? ((?:19|20)\d\d)\)"
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
            yield Problem(
                "INSTITUTION-UNUSED",
                f"institution “{name}” is named by no recommendation.",
                "Name it where it belongs, or delete it.",
                sourced.tree.key("institutions", name),
                field=f"{country}/institutions.{name}",
            )


def _repeated_notes(sourced: Sourced[Card], country: str) -> Iterator[Problem]:
    texts: dict[str, str] = {}
    for name, note in sourced.model.notes.items():
        words = " ".join(str(note).split()).rstrip(".")
        if words in texts:
            yield Problem(
                "NOTE-TWICE",
                f"the notes “{texts[words]}” and “{name}” say the same.",
                f"Keep one, and call it twice: [^{texts[words]}].",
                sourced.tree.key("notes", name),
                field=f"{country}/notes.{name}",
            )
        texts.setdefault(words, name)


def _links(passage: PlainPassage) -> Iterator[Problem]:
    """Each address of a passage once."""
    seen = set()
    for inline in passage.inlines:
        href = inline.marks.href
        if href and href not in seen:
            seen.add(href)
            for code, message, hint in _faults(href):
                yield Problem(code, message, hint, inline.place, field=passage.field)


def _citations(passage: PlainPassage) -> Iterator[Problem]:
    tied = [getattr(inline, "text", "") for inline in passage.inlines if inline.marks.cites]
    for match in _CITATION.finditer(passage.text):
        if not any(match[1] in text for text in tied):
            yield passage.problem(
                "CITATION-UNTIED",
                f"the citation ({match[1]}, {match[2]}) is tied to no note.",
                f"Write ([{match[1]}, {match[2]}]{{cites=its-note}}).",
                match.start(),
            )


def _faults(href: str) -> Iterator[tuple[str, str, str]]:
    parts = urlsplit(href)
    if parts.scheme == "http":
        yield (
            "LINK-INSECURE",
            f"{href} is not a secure address.",
            "Write https:// if the site has it; else waive this with the reason.",
        )
    for name, _ in parse_qsl(parts.query, keep_blank_values=True):
        if _TRACKING.fullmatch(name):
            yield (
                "LINK-TRACKING",
                f"the address carries “{name}”, which follows readers.",
                "Take that parameter out of the address.",
            )
    if ":~:" in parts.fragment:
        yield (
            "LINK-FRAGMENT",
            "the address ends in a text fragment (#:~:text=…).",
            "Cut the address before the #.",
        )
