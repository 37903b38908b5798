"""How wide and how far apart lines are set, in the text block and at the head."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from reportcard.page.compose.composed import Composed
from reportcard.page.proof.breaks import is_body, paragraphs
from reportcard.page.proof.reports import HAIR, SHEETS, at_line, short
from reportcard.page.proof.rules import PAGE_HEAD, PAGE_MEASURE, PAGE_PITCH
from reportcard.page.typeset.layout import LaidOut
from reportcard.page.typeset.measures import TextLine
from reportcard.problems.problem import Problem

#: Letters of a line of text (Bringhurst, The Elements of Typographic Style, 2.1.2: 45 to 75), and
#: of a note, which is read alone.
_MOST: Final = {"text": 85, "note": 110}
#: What lines of one paragraph may differ by in their distance, in mm: a line made higher by a note
#: call was 0.27 mm more.
_UNEVEN: Final = 0.12


def long_lines(card: Composed, laid: LaidOut) -> Iterator[Problem]:
    """Lines have no more letters than one reads with ease: the longest of each section. Labels are
    looked at one by one, and may be longer.
    """
    longest: dict[tuple[str, str], TextLine] = {}
    for block in paragraphs(laid):
        for line in block:
            if line.kind == "text" and not is_body(laid, line):
                continue
            key = (laid.section(line.box.page), line.kind)
            before = longest.get(key)
            if before is None or len(line.text.strip()) > len(before.text.strip()):
                longest[key] = line
    for (section, kind), line in longest.items():
        letters, most = len(line.text.strip()), _MOST[kind]
        if section not in SHEETS and letters > most:
            yield at_line(card, line, PAGE_MEASURE, letters=letters, most=most)


def uneven_lines(card: Composed, laid: LaidOut) -> Iterator[Problem]:
    """Lines of a paragraph are equally far apart: the first that is not, of each section."""
    seen: set[str] = set()
    for block in paragraphs(laid):
        pitches = [
            (below.box.y + below.box.height - above.box.y - above.box.height, below)
            for above, below in pairwise(block)
            if above.box.page == below.box.page and below.box.y > above.box.y
        ]
        least = min((pitch for pitch, _ in pitches), default=0.0)
        section = laid.section(block[0].box.page)
        for pitch, line in pitches:
            if pitch - least > _UNEVEN and section not in seen:
                seen.add(section)
                yield at_line(card, line, PAGE_PITCH, text=short(line.text))


def heads(card: Composed, laid: LaidOut) -> Iterator[Problem]:
    """A running head or foot is one line, and all of it is seen: the first that is not, of each
    section.
    """
    pages: dict[int, list[TextLine]] = {}
    for line in laid.lines:
        if line.kind == "margin":
            pages.setdefault(line.box.page, []).append(line)
    seen: set[str] = set()
    for page, lines in pages.items():
        section = laid.section(page)
        for line in lines:
            is_cut = line.room < -HAIR or any(_is_below(line, other) for other in lines)
            if is_cut and section not in seen:
                seen.add(section)
                yield at_line(card, line, PAGE_HEAD, text=short(line.text))


def _is_below(one: TextLine, other: TextLine) -> bool:
    """Whether a line of a head is on the line below another of the same."""
    beside = min(one.box.x + one.box.width, other.box.x + other.box.width)
    return (
        beside > max(one.box.x, other.box.x) and HAIR < one.box.y - other.box.y < one.box.height * 2
    )
