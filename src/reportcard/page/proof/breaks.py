"""Where lines and pages end: headings, widows, lines that end early or reach out."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from math import floor
from typing import Final

from reportcard.page.compose.composed import Composed
from reportcard.page.proof.reports import HAIR, SHEETS, at_line, at_text, short
from reportcard.page.proof.rules import (
    PAGE_EARLY_LINE,
    PAGE_HEADING,
    PAGE_OVERFLOW,
    PAGE_RUNT,
    PAGE_TRIM,
    PAGE_WIDOW,
)
from reportcard.page.typeset.layout import LaidOut
from reportcard.page.typeset.measures import TextLine
from reportcard.problems.problem import Problem

#: The least width of a paragraph's last line, in mm.
_SHORTEST: Final = 10.0
#: Type that is smaller than the page's by more, in pt, is that of labels: they end as they can.
_SMALLER: Final = 0.6
#: The least space between text and the edge of the trimmed page, in mm.
_SAFE: Final = 3


def overflow(card: Composed, laid: LaidOut) -> Iterator[Problem]:
    """Text stays in the text block, and in its own box."""
    for line in laid.lines:
        if line.kind == "margin":
            continue
        sheet = laid.section(line.box.page) in SHEETS
        area = laid.areas[line.box.page]
        left, width = (0.0, area.width) if sheet else (area.block.x, area.block.width)
        right = left + width
        out = (
            line.box.x < left - HAIR
            or line.box.x + line.box.width > right + HAIR
            or (line.room < -HAIR and not sheet)
        )
        if out:
            yield at_line(card, line, PAGE_OVERFLOW, text=short(line.text))


def cut_off(card: Composed, laid: LaidOut) -> Iterator[Problem]:
    """No text is where pages are cut; the first line of each page that is."""
    named: set[int] = set()
    for line in laid.lines:
        box, area = line.box, laid.areas[line.box.page]
        distance = min(
            box.x, box.y, area.width - box.x - box.width, area.height - box.y - box.height
        )
        if line.reach and distance < _SAFE - HAIR and box.page not in named:
            named.add(box.page)
            yield at_line(
                card, line, PAGE_TRIM, text=short(line.text), distance=floor(distance), least=_SAFE
            )


def headings(card: Composed, laid: LaidOut) -> Iterator[Problem]:
    """Two lines follow a heading."""
    for line in laid.lines:
        if (
            line.tag in ("h2", "h3", "h4", "h5")
            and line.kind == "text"
            and _is_stranded(laid, line)
        ):
            yield at_line(card, line, PAGE_HEADING, text=short(line.text))


def _is_stranded(laid: LaidOut, heading: TextLine) -> bool:
    """Whether fewer than two lines of text follow a heading on its page, and the rest is on the
    next. A text that is no longer than that, or a heading at the head of its page, is sound.
    """
    here = heading.box.page
    first, count = laid.sections[laid.section(here)]
    others = [line for line in laid.lines if line.kind == "text" and line.block != heading.block]
    beside = [line.box.y for line in others if line.box.page == here]
    below = {y for y in beside if y > heading.box.y + 1}
    return (
        len(below) < 2
        and any(y < heading.box.y - 1 for y in beside)
        and any(here < line.box.page < first + count for line in others)
    )


def paragraphs(laid: LaidOut) -> Iterator[list[TextLine]]:
    """The lines of each paragraph."""
    blocks: dict[int, list[TextLine]] = {}
    for line in laid.lines:
        if line.kind != "margin" and line.tag in ("p", "li", "span"):
            blocks.setdefault(line.block, []).append(line)
    yield from blocks.values()


def widows(card: Composed, laid: LaidOut) -> Iterator[Problem]:
    """No line of a paragraph is alone on a page or in a column."""
    for block in paragraphs(laid):
        runs = [[block[0]]]
        for line, following in pairwise(block):
            goes_on = following.box.page == line.box.page and following.box.y > line.box.y - 1
            if not goes_on:
                runs.append([])
            runs[-1].append(following)
        lone = next((run[0] for run in runs if len(run) == 1), None)
        if len({tuple(line.text for line in run) for run in runs}) < len(runs):
            continue  # the head of a table, printed again on its next page
        if len(runs) > 1 and block[0].kind == "text" and lone:
            yield at_line(card, lone, PAGE_WIDOW, text=short(lone.text))


def early_lines(laid: LaidOut) -> Iterator[tuple[TextLine, TextLine]]:
    """Lines that end early though the first word of the next had room, with that next line."""
    for block in paragraphs(laid):
        for line, following in pairwise(block):
            space = max(ink.size for ink in line.inks) * 0.25 * 0.3528
            # The first word's width is its share of its run, by letters: wide letters need a third
            # of slack.
            fits = line.room > following.first_word * 1.33 + space + 1
            if (
                fits
                and not line.forced
                and following.box.page == line.box.page
                and following.box.x <= line.box.x + HAIR
            ):
                yield line, following


def ending_early(card: Composed, laid: LaidOut) -> Iterator[Problem]:
    """Lines are filled with the words that have room."""
    for line, _ in early_lines(laid):
        yield at_line(card, line, PAGE_EARLY_LINE, text=f"…{line.text.strip()[-30:]}")


def runts(card: Composed, laid: LaidOut) -> Iterator[Problem]:
    """A paragraph's last line is not so short that it looks like a gap."""
    for block in paragraphs(laid):
        last = block[-1]
        is_sheet = laid.section(last.box.page) in SHEETS
        is_text = last.kind == "text" and last.tag != "span" and not is_sheet
        if is_text and is_body(laid, last) and len(block) > 1 and not block[-2].forced:
            below = last.box.y > block[-2].box.y or last.box.page > block[-2].box.page
            if below and last.box.width < _SHORTEST:
                section = laid.section(last.box.page)
                # By all its words: a short line may say what a label says, too
                whole = replace(last, text=" ".join(line.text for line in block))
                yield at_text(card, [whole], section, PAGE_RUNT, text=short(last.text))


def is_body(laid: LaidOut, line: TextLine) -> bool:
    """Whether a line is set as large as the text of its page, and not as a label."""
    size = laid.areas[line.box.page].types[0].size
    return max(ink.size for ink in line.inks) >= size - _SMALLER
