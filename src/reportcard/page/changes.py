"""The changes to a section that may fix a fault of its pages, in the order in which they are tried:
small and bounded, so that a reader does not see them.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import escape
from typing import Final

from reportcard.messages.message import Message, message
from reportcard.page.compose.composed import Section
from reportcard.page.proof.breaks import early_lines
from reportcard.page.proof.fill import HALF, filled
from reportcard.page.typeset.layout import LaidOut
from reportcard.page.typeset.measures import PageArea, TextLine
from reportcard.problems.problem import Problem

#: What is tried, in this order: spacing within ±4 %, type within ±2 % of what the theme sets, as
#: factors of the type and of the pitch of lines.
TRIES: Final[tuple[tuple[Message, float, float], ...]] = (
    (message("line spacing was reduced by 2%"), 1, 0.98),
    (message("line spacing was reduced by 4%"), 1, 0.96),
    (message("type was set 1% smaller"), 0.99, 1),
    (message("type was set 2% smaller"), 0.98, 1),
    (message("type was set 2% smaller and line spacing was reduced by 4%"), 0.98, 0.96),
    (message("line spacing was increased by 2%"), 1, 1.02),
    (message("line spacing was increased by 4%"), 1, 1.04),
    (message("type was set 1% larger"), 1.01, 1),
)
#: Sizes of a cover's title, as factors of what the theme sets: 46, 38 and 32 pt of 58.
_TITLES: Final = (0.79, 0.655, 0.55)
_TIGHTEST: Final = TRIES[4]
#: Columns whose notes do not fit below them go to the next page as a whole; one column goes on
#: there line by line. So wide, a line has some 78 letters. Where neither a little more room nor the
#: most of it helps, one column is tried before the other sizes: with notes below columns, each try
#: takes as long as four of others.
_OF_NOTES: Final = frozenset({"PAGE-NOTE", "PAGE-GAP"})
ONE_COLUMN: Final = ".findings { columns: auto } .findings > :not(.across) { max-width: 33em }"


def tries(
    section: Section, laid: LaidOut, faults: list[Problem]
) -> Iterator[tuple[Message, Section, str]]:
    """What may be tried in a section: a tie where a line ends early, then spacing and type, of
    which only what can help where the last page is too empty.
    """
    first, count = laid.sections[section.name]
    for line, following in early_lines(laid):
        last, next_ = line.text.split()[-1], following.text.split()[0]
        if tied := tie(section, line.id, last, next_):
            yield (
                message(
                    '"{last}" and "{following}" were kept together', last=last, following=next_
                ),
                tied,
                "",
            )
    if section.name == "cover":
        yield from _title_sizes(section, laid)
        return
    if heads := {
        line.text: line
        for line in laid.lines
        if line.kind == "margin" and line.room < 0 and laid.section(line.box.page) == section.name
    }:
        yield from _shorter_heads(section, list(heads.values()))
    if all(fault.code == "PAGE-TAIL" for fault in faults):
        tries = [one for one in TRIES if _may_help(filled(laid, section.name), count, one)]
    else:
        tries = list(TRIES)
    is_of_notes = any(one.code in _OF_NOTES for one in faults)
    if 'class="findings"' in section.html and is_of_notes:
        yield from _scaled(section, laid.areas[first], [TRIES[0], _TIGHTEST])
        yield message("the findings were set in one column"), section, ONE_COLUMN
        tries = [one for one in tries if one not in (TRIES[0], _TIGHTEST)]
    yield from _scaled(section, laid.areas[first], tries)


def _scaled(
    section: Section, area: PageArea, tries: Sequence[tuple[Message, float, float]]
) -> Iterator[tuple[Message, Section, str]]:
    for what, size, leading in tries:
        if rules := " ".join(filter(None, (one.scaled(size, leading) for one in area.types))):
            yield what, section, rules


def _title_sizes(section: Section, laid: LaidOut) -> Iterator[tuple[Message, Section, str]]:
    """Smaller titles for a cover. The rule outweighs the theme's own for the heading of a sheet."""
    page = laid.sections[section.name][0]
    size = max(ink.size for line in laid.lines if line.box.page == page for ink in line.inks)
    for factor in _TITLES:
        points = round(size * factor)
        yield (
            message("the title was set at {size} pt", size=points),
            section,
            f".sheet h1[id] {{ font-size: {points}pt }}",
        )


def _shorter_heads(
    section: Section, lines: Sequence[TextLine]
) -> Iterator[tuple[Message, Section, str]]:
    """Running heads that have no room, cut after the last word that has; then a word or two
    shorter, since letters differ in width.
    """
    for fewer in range(3):
        html, pairs = section.html, list[str]()
        for line in lines:
            short = _shortened(line, fewer)
            given = re.compile(rf'(\sdata-\w+)="{re.escape(escape(line.text))}"', re.IGNORECASE)
            html = given.sub(r'\1="' + escape(short).replace("\\", r"\\") + '"', html)
            pairs.append(short)
        what = message("the page header was shortened to {words}", words=tuple(pairs))
        yield what, replace(section, html=html), ""


def _shortened(line: TextLine, fewer: int) -> str:
    """The words of a head that have room, or so many fewer, and an ellipsis."""
    words = line.text.split()
    letters = int(len(line.text) * (1 + line.room / line.box.width)) - 1
    while len(words) > 1 and len(" ".join(words)) > letters:
        words.pop()
    return f"{' '.join(words[: max(1, len(words) - fewer)])}…"


def _may_help(share: float, count: int, tried: tuple[Message, float, float]) -> bool:
    """Whether text on `count` pages, the last of which is filled by `share`, may leave that page,
    or fill half of it. Breaks move and gaps stay, so that the estimate is a fifth off.
    """
    _, size, leading = tried
    change = (count - 1 + share) * (1 - size * size * leading)
    return change >= share * 0.8 if change > 0 else share - change * 1.4 >= HALF


def tie(section: Section, id_: str, word: str, following: str) -> Section | None:
    """The section with a no-break space between two words of a block, so that they go to the next
    line together; None if they are not side by side in it.
    """
    at = section.html.find(f'id="{id_}"')
    pair = escape(f"{word} {following}", quote=False)
    found = section.html.find(pair, at) if at >= 0 else -1
    if found < 0:
        return None
    tied = pair.replace(" ", "\u00a0")
    return replace(section, html=section.html[:found] + tied + section.html[found + len(pair) :])
