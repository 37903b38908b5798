"""Lists of a manuscript in the Markdown of content files: two levels, numbers as they were."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from reportcard.intake.manuscript import ManuscriptParagraph, ManuscriptRun, ParagraphKind
from reportcard.intake.markdown import lines

#: A list of one item that reads like a date, “1. Mayo 2024”, is text in a content file.
_DATE: Final = re.compile(r"[^\W\d_]+ +\d{4}\b")

Notes = Mapping[str, str]
"""The names of notes by their keys in the manuscript."""


@dataclass(slots=True)
class _Item:
    """An item of a list, and those of the list inside it."""

    text: ManuscriptParagraph
    inner: list[ManuscriptParagraph] = field(default_factory=list)

    @property
    def is_numbered(self) -> bool:
        return self.text.kind is ParagraphKind.NUMBERED


def listed(items: Sequence[ManuscriptParagraph], notes: Notes) -> list[str]:
    """Items in a row as lines of a field: a list, or several where the kind of their signs changes
    or their numbers do not go on.
    """
    made: list[str] = []
    sign = "."
    before: list[_Item] = []
    # An item may be no more than the call of a note that is left out
    written = [one for one in items if lines(one.inlines, notes)]
    for group in _groups(_nested(written)) if written else ():
        if before and before[0].is_numbered and group[0].is_numbered:
            # Another sign begins another list
            sign = ")" if sign == "." else "."
        if made:
            made.append("")
        made += _written(group, notes, sign)
        before = group
    return made


def _nested(items: Sequence[ManuscriptParagraph]) -> list[_Item]:
    """Items with those below them; what is deeper than the second level is on the second."""
    outer = min(one.level for one in items)
    made: list[_Item] = []
    for one in items:
        if one.level == outer or not made:
            made.append(_Item(one))
        else:
            made[-1].inner.append(one)
    return made


def _groups(items: Sequence[_Item]) -> list[list[_Item]]:
    """The items of each list."""
    made = [[items[0]]]
    for before, one in pairwise(items):
        goes_on = not one.is_numbered or one.text.number == before.text.number + 1
        if one.is_numbered is before.is_numbered and goes_on:
            made[-1].append(one)
        else:
            made.append([one])
    return made


def _written(group: Sequence[_Item], notes: Notes, sign: str) -> Iterator[str]:
    first = group[0]
    is_text = len(group) == 1 and (first.text.number != 1 or _DATE.match(first.text.text))
    if first.is_numbered and is_text:
        # A number alone begins no list in a content file
        yield from lines((ManuscriptRun(f"{first.text.number}. "), *first.text.inlines), notes)
        yield from ("", *_inner(first.inner, notes, 0)) if first.inner else ()
        return
    for item in group:
        mark = f"{item.text.number}{sign} " if item.is_numbered else "- "
        yield from _marked(mark, lines(item.text.inlines, notes))
        yield from _inner(item.inner, notes, len(mark))


def _inner(items: Sequence[ManuscriptParagraph], notes: Notes, indent: int) -> Iterator[str]:
    """The list inside an item, all of it with the sign of its first; numbers within a paragraph
    begin with 1.
    """
    is_numbered = (
        len(items) > 1 and items[0].kind is ParagraphKind.NUMBERED and items[0].number == 1
    )
    for number, one in enumerate(items, start=1):
        mark = f"{number}. " if is_numbered else "- "
        inlines = one.inlines
        if one.kind is ParagraphKind.NUMBERED and not is_numbered:
            inlines = (ManuscriptRun(f"{one.number}. "), *inlines)
        for line in _marked(mark, lines(inlines, notes)):
            yield f"{' ' * indent}{line}"


def _marked(mark: str, texts: Sequence[str]) -> Iterator[str]:
    for number, text in enumerate(texts or ("",)):
        yield f"{' ' * len(mark) if number else mark}{text}".rstrip()
