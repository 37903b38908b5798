"""A copy of the newer of two files in which every change of a comparison is marked and described,
for any PDF viewer.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from reportcard.messages.catalogue import SOURCE, speaking
from reportcard.messages.message import message
from reportcard.pdf.marks import Colour, Mark, marked
from reportcard.review.changes import Change, Comparison, Kind
from reportcard.review.tell.words import name

#: Light, so that the words below stay readable in a viewer that cannot multiply.
_COLOURS: Final[Mapping[Kind, Colour]] = {
    Kind.WORDING: (1.0, 0.92, 0.35),
    Kind.NUMBER: (1.0, 0.72, 0.38),
    Kind.SCORE: (1.0, 0.62, 0.62),
    Kind.MEANING: (1.0, 0.50, 0.50),
    Kind.NOTE: (0.66, 0.90, 0.55),
    Kind.LINK: (0.55, 0.88, 0.92),
    Kind.MOVED: (0.65, 0.78, 1.0),
    Kind.LAYOUT: (0.82, 0.74, 0.98),
    Kind.PICTURE: (0.96, 0.70, 0.92),
}
_OTHER: Final[Colour] = (0.80, 0.80, 0.80)
#: How much of a text a note quotes.
_LONGEST: Final = 2_000


def marked_copy(data: bytes, comparison: Comparison, language: str = SOURCE) -> bytes:
    """A copy of the newer file with an annotation for each change: a highlight over what is new, a
    note for the rest, in a language.

    What was only removed has a note at the top right of the page in place of its old one; what has
    no place on a page (particulars, bookmarks, boxes) has one on page 1. Raises
    ValueError, with a reason, if the file is encrypted or damaged.
    """
    pages = _new_pages(comparison)
    with speaking(language):
        marks = [_mark(change, pages, language) for change in comparison.changes]
    return marked(data, marks, "reportcard compare")


def _mark(change: Change, pages: Mapping[int, int], language: str) -> Mark:
    page = pages.get(change.old_areas[0][0], 1) if change.old_areas and not change.new_areas else 1
    colour = _COLOURS.get(change.kind, _OTHER)
    return Mark(
        change.id,
        name("kinds", change.kind, language),
        "\n".join(_lines(change, language)),
        colour,
        change.new_areas,
        page,
    )


def _new_pages(comparison: Comparison) -> dict[int, int]:
    """The new page for each old one; for one that is gone the page before it, else page 1."""
    found, last = {}, 1
    for leaf in comparison.leaves:
        last = leaf.new or last
        if leaf.old:
            found[leaf.old] = last
    return found


def _lines(change: Change, language: str) -> Iterator[str]:
    """A change in words: what happened, what was and is, the properties that differ, and where it
    comes from.
    """
    kind, act = name("kinds", change.kind, language), name("acts", change.act, language)
    yield ": ".join(dict.fromkeys((kind, act)))
    old, new = _short(change.old), _short(change.new)
    if old and new:
        yield f'"{old}" → "{new}"'
    elif old:
        yield str(message('removed: "{text}"', text=old))
    elif new:
        yield str(message('added: "{text}"', text=new))
    for fact in change.facts:
        before, after = (
            name("values", _short(value), language) or str(message("none"))
            for value in (fact.old, fact.new)
        )
        yield f"{name('facts', fact.name, language)}: {before} → {after}"
    if change.only_in:
        yield str(message("changed only in {language}", language=change.only_in))
    if change.field:
        yield str(message("field: {field}", field=change.field))
    if change.place:
        yield str(message("location: {place}", place=change.place))


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
