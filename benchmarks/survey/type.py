"""Faults of type: headings, lines and words in the wrong place."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from benchmarks.survey.faults import Fault, Kind
from benchmarks.survey.pages import Book, Leaf, Line

from reportcard.pdf.paper import MM_PER_PT

_HEADINGS: Final = ("H1", "H2", "H3", "H4")
_PARAGRAPHS: Final = ("P", "LBody", "LI")
#: Letters of a line of text, and of a note.
_MOST, _MOST_IN_NOTE = 85, 110
#: Lines of a paragraph are as far apart as each other, in mm; a line made higher by a note call was
#: .27 mm more.
_UNEVEN: Final = 0.12
#: A line that begins so much higher, in mm, than the one before it ends is in another column.
_NEXT_COLUMN: Final = 12.0
_SHORTEST: Final = 10.0
#: Words of seven letters, in mm: with fewer a line could be too short, and takes the word before.
_TIED: Final = 14.0
#: Smaller type than the body's by more, in pt, is that of labels: they break as they can.
_SMALLER: Final = 0.6
_NUMBER: Final = re.compile(r"\d[\d.,'’\u00a0\u202f]*$")


@dataclass(frozen=True, slots=True)
class Habits:
    """Words that a language keeps on one line with a number: units after it, and words before
    it.
    """

    units: frozenset[str]
    before_numbers: frozenset[str]


def type_faults(book: Book, habits: Habits) -> Iterator[Fault]:
    """All faults of type of a card."""
    for leaf in book.inner:
        yield from _stranded(leaf)
    yield from _parted(book)
    least = book.size - _SMALLER
    for lines in book.blocks(*_PARAGRAPHS):
        yield from _lone_lines(lines)
        yield from _long(lines, _MOST)
        yield from _uneven(lines)
        yield from _parted_numbers(lines, habits)
        if lines[0].size >= least and not _is_row(lines):
            yield from _early(lines, habits)
            yield from _runt(lines)
    for lines in book.blocks("Note"):
        yield from _long(lines, _MOST_IN_NOTE)
        yield from _parted_numbers(lines, habits)


def full_lines(book: Book) -> Iterator[int]:
    """The letters of each line of paragraphs that another line follows."""
    for lines in book.blocks(*_PARAGRAPHS):
        yield from (len(line.text) for line in lines[:-1])


def _stranded(leaf: Leaf) -> Iterator[Fault]:
    """A heading with nothing of another block below it in its column, and no text that begins
    beside it.
    """
    body = leaf.zone("body")
    first: dict[str, Line] = {}
    for line in body:
        first.setdefault(line.block, line)
    headings = {line.block: line for line in body if line.role in _HEADINGS}
    for heading in headings.values():
        others = [line for line in body if line.block != heading.block]
        follows = any(
            line.area.y > heading.area.bottom - 0.5 and line.area.beside(heading.area) > 0
            for line in others
        ) or any(
            drawing.area.bottom > heading.area.bottom and drawing.area.beside(heading.area) > 0
            for drawing in leaf.drawings
        )
        beside = any(
            first[line.block] is line
            and abs(line.area.y - heading.area.y) < 2.5
            and line.area.level(heading.area) > 0
            and line.order > heading.order
            for line in others
        )
        if not follows and not beside:
            yield Fault(leaf.number, Kind.STRANDED, f'"{heading.text[:40]}"')


def _parted(book: Book) -> Iterator[Fault]:
    for lines in book.blocks("Note"):
        call = book.calls.get(lines[0].block)
        if call and lines[0].page != call:
            what = f'note "{lines[0].text[:30]}" is on page {lines[0].page}'
            yield Fault(call, Kind.NOTE, what)


def _is_row(lines: Sequence[Line]) -> bool:
    """Whether a block is a row of cells, like a name and its score."""
    return any(
        one.base == other.base and one.page == other.page
        for one, other in pairwise(_by_base(lines))
    )


def _by_base(lines: Iterable[Line]) -> list[Line]:
    return sorted(lines, key=lambda line: (line.page, line.base))


def _runs(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """The lines of a block, column by column."""
    run: list[Line] = []
    for line in lines:
        if run and (line.page != run[-1].page or line.area.y < run[-1].area.y - _NEXT_COLUMN):
            yield run
            run = []
        run.append(line)
    yield run


def _lone_lines(lines: Sequence[Line]) -> Iterator[Fault]:
    runs = list(_runs(lines))
    for run in runs if len(runs) > 1 else ():
        if len({line.base for line in run}) == 1:
            yield Fault(run[0].page, Kind.WIDOW, f'"{run[0].text[:40]}"')


def _long(lines: Iterable[Line], most: int) -> Iterator[Fault]:
    """The longest line of a block, if it is too long."""
    longest = max(lines, key=lambda line: len(line.text))
    if len(longest.text) > most:
        what = f'{len(longest.text)} letters: "{longest.text[:30]}…"'
        yield Fault(longest.page, Kind.MEASURE, what)


def _uneven(lines: Sequence[Line]) -> Iterator[Fault]:
    pitches = [
        (below.base - above.base, below)
        for run in _runs(lines)
        for above, below in pairwise(run)
        if above.size == below.size and below.base > above.base + 0.5
    ]
    if pitches:
        widest = max(pitches, key=lambda pitch: pitch[0])
        narrowest = min(pitch for pitch, _ in pitches)
        if widest[0] - narrowest > _UNEVEN:
            what = f'{narrowest:.2f} and {widest[0]:.2f} mm: "{widest[1].text[:30]}"'
            yield Fault(widest[1].page, Kind.PITCH, what)


def _parted_numbers(lines: Sequence[Line], habits: Habits) -> Iterator[Fault]:
    for above, below in pairwise(lines):
        if below.base <= above.base and below.page == above.page:
            continue
        last, next_ = above.words[-1].text, below.words[0].text
        unit = _NUMBER.search(last) and next_.rstrip(".,;:)") in habits.units
        if unit or (last in habits.before_numbers and next_[:1].isdigit()):
            yield Fault(above.page, Kind.UNIT, f'"{last}" and "{next_}"')


def _early(lines: Sequence[Line], habits: Habits) -> Iterator[Fault]:
    """A line after which the first word of the next had room, as far as other lines of its block
    reach.
    """
    for run in _runs(lines):
        edge = max(line.area.right for line in run)
        for above, below in pairwise(run):
            space = above.size * MM_PER_PT / 4
            if (
                abs(above.area.x - below.area.x) < 5
                and above.base < below.base
                and above.area.right + space + _first_word(below, habits) < edge - 1
                and not (below is run[-1] and _is_tied(below))
            ):
                what = f'"{above.text[-30:]}" before "{below.words[0].text}"'
                yield Fault(above.page, Kind.EARLY, what)


def _is_tied(last: Line) -> bool:
    """Whether the words after the first of a paragraph's last line would be too short a line, so
    that it keeps them company.
    """
    rest = [word for word in last.words[1:] if not word.glued]
    return bool(rest) and last.area.right - rest[0].x < _TIED


def _first_word(line: Line, habits: Habits) -> float:
    """The width of a line's first word with what stays on its line: signs and note calls, a number
    and its unit.
    """
    words, end = line.words, 1
    while end < len(words) and words[end].glued:
        end += 1
    if end < len(words):
        is_number = words[0].text[-1:].isdigit()
        follows = words[end].text.rstrip(".,;:)")
        if (is_number and follows in habits.units) or words[0].text in habits.before_numbers:
            end += 1
    return words[end - 1].right - words[0].x


def _runt(lines: Sequence[Line]) -> Iterator[Fault]:
    if len({line.base for line in lines}) > 1 and lines[-1].area.width < _SHORTEST:
        yield Fault(lines[-1].page, Kind.RUNT, f'"{lines[-1].text}"')
