"""How full pages are."""

from collections.abc import Iterator
from typing import Final

from reportcard.page.compose.composed import Composed
from reportcard.page.origins import on_page, section_origin
from reportcard.page.proof.reports import SHEETS, at_text
from reportcard.page.proof.rules import PAGE_FULL, PAGE_GAP, PAGE_HOLE, PAGE_TAIL
from reportcard.page.typeset.layout import LaidOut
from reportcard.problems.problem import Problem

QUARTER: Final = 0.25
#: A page that is less than half full looks like a mistake (docs/content-format.md).
HALF: Final = 0.5


def filled(laid: LaidOut, section: str) -> float:
    """How much of a section's last page is filled, 0 to 1."""
    first, count = laid.sections[section]
    return _filled(laid, first + count - 1)


def _filled(laid: LaidOut, page: int) -> float:
    """How much of a page is filled: the text down to its last line, beside the notes at the
    foot.
    """
    here = [line for line in laid.lines if line.box.page == page]
    block = laid.areas[page].block
    notes = [line.box.y for line in here if line.kind == "note"]
    text = [line.box.y + line.box.height for line in here if line.kind == "text"]
    room = (min(notes) if notes else block.y + block.height) - block.y
    return (max(text) - block.y) / room if text and room > 0 else 1


def _may_be_short(card: Composed) -> frozenset[str]:
    """The sections whose pages nobody can fill with text."""
    return frozenset(SHEETS).union(one.name for one in card.sections if one.is_table)


def tails(card: Composed, laid: LaidOut) -> Iterator[Problem]:
    """The last page of a section is half full at least."""
    short = _may_be_short(card)
    for name, (first, count) in laid.sections.items():
        last = first + count - 1
        text = [line for line in laid.lines if line.box.page == last and line.kind == "text"]
        if name in short or not text or (share := filled(laid, name)) >= HALF:
            continue
        if share >= QUARTER or count == 1:
            case = _hole(card, laid, name)
            yield at_text(card, text, name, PAGE_HOLE, case, share=round(share * 100))
        else:
            yield at_text(card, text, name, PAGE_TAIL, share=round(share * 100))


def showing(filler: str) -> str:
    """The style rule that shows a hidden part of a section."""
    return f".{filler} {{ display: block }}"


def _hole(card: Composed, laid: LaidOut, name: str) -> str:
    """The case of PAGE-HOLE: what was tried for a section, or may be given to it."""
    section, following = next(
        two
        for two in zip(card.sections, (*card.sections[1:], None), strict=True)
        if two[0].name == name
    )
    if following and following.runs_on:
        return "apart"
    if section.lacks in ("quote", "run-on"):
        return section.lacks
    if section.fillers:
        rules = laid.set_from[name][2]
        return "filled" if any(showing(one) in rules for one in section.fillers) else "unfilled"
    return "off" if section.lacks else "text"


def gaps(card: Composed, laid: LaidOut) -> Iterator[Problem]:
    """Every page of a section but its last is half full at least."""
    short = _may_be_short(card)
    for name, (first, count) in laid.sections.items():
        for page in range(first, first + count - 1):
            text = [line for line in laid.lines if line.box.page == page and line.kind == "text"]
            if name not in short and text and (share := _filled(laid, page)) < HALF:
                yield at_text(card, text[::-1], name, PAGE_GAP, share=round(share * 100))


def pages(card: Composed, laid: LaidOut) -> Iterator[Problem]:
    """A section that is planned as one page is one page."""
    for section in card.sections:
        first, count = laid.sections[section.name]
        if section.is_page and count > 1:
            origin = section_origin(card, section.name)
            place = on_page(origin.place, first)
            yield PAGE_FULL.at(place, field=origin.field, name=section.name, pages=count)
