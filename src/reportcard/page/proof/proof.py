"""Every rule on the pages of a card, checked before a PDF is written."""

from collections.abc import Iterator, Mapping
from typing import Final

from reportcard.page.compose.composed import Composed
from reportcard.page.proof.breaks import cut_off, ending_early, headings, overflow, runts, widows
from reportcard.page.proof.colour import graphics, inks
from reportcard.page.proof.cover import cover
from reportcard.page.proof.fill import gaps, pages, tails
from reportcard.page.proof.measure import heads, long_lines, uneven_lines
from reportcard.page.proof.notes import notes_in_order, notes_with_calls
from reportcard.page.proof.pictures import pictures
from reportcard.page.proof.rows import collisions, gauges
from reportcard.page.proof.rules import PAGE_COUNT
from reportcard.page.typeset.layout import LaidOut
from reportcard.problems.problem import Place, Problem
from reportcard.workspace.workspace import text_file

_RULES: Final = (
    notes_with_calls,
    notes_in_order,
    cover,
    overflow,
    cut_off,
    collisions,
    headings,
    heads,
    widows,
    runts,
    ending_early,
    long_lines,
    uneven_lines,
    tails,
    gaps,
    pages,
    gauges,
    inks,
    graphics,
    pictures,
)


def proof(card: Composed, laid: LaidOut) -> Iterator[Problem]:
    """Every problem on the pages of one card in one language."""
    for rule in _RULES:
        yield from rule(card, laid)


def proof_counts(country: str, pages: Mapping[str, int]) -> Iterator[Problem]:
    """The languages of one card differ by one page at most; `pages` are their numbers of pages."""
    if pages and max(pages.values()) - min(pages.values()) > 1:
        longest = max(pages, key=lambda language: pages[language])
        counts = tuple(f"{language} {count}" for language, count in pages.items())
        yield PAGE_COUNT.at(Place(text_file(country, longest)), counts=counts)
