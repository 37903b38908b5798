"""A copy of the newer of two files in which every change of a comparison is marked and told, in any
reader.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from reportcard.pdf.marks import Colour, Mark, marked
from reportcard.review.changes import Change, Comparison, Kind

#: Light, so that the words below stay readable in a reader that cannot multiply.
_COLOURS: Final[Mapping[Kind, Colour]] = {
    Kind.WORDING: (1.0, 0.92, 0.35),
    Kind.NUMBER: (1.0, 0.72, 0.38),
    Kind.SCORE: (1.0, 0.62, 0.62),
    Kind.NOTE: (0.66, 0.90, 0.55),
    Kind.LINK: (0.55, 0.88, 0.92),
    Kind.MOVED: (0.65, 0.78, 1.0),
    Kind.LAYOUT: (0.82, 0.74, 0.98),
    Kind.PICTURE: (0.96, 0.70, 0.92),
}
_OTHER: Final[Colour] = (0.80, 0.80, 0.80)
#: How much of a text is told in a note.
_LONGEST: Final = 2_000


def marked_copy(data: bytes, comparison: Comparison) -> bytes:
    """A copy of the newer file with an annotation for each change: a highlight over what is new, a
    note for the rest.

    What was only removed is told by a note at the top right of the page that stands for its old
    one; what has no place on a page (particulars, bookmarks, boxes) by one on page 1. Raises
    ValueError, with a reason, if the file is encrypted or damaged.
    """
    stands_for = _stands_for(comparison)
    return marked(
        data, (_mark(change, stands_for) for change in comparison.changes), "reportcard compare"
    )


def _mark(change: Change, stands_for: Mapping[int, int]) -> Mark:
    page = (
        stands_for.get(change.old_areas[0][0], 1)
        if change.old_areas and not change.new_areas
        else 1
    )
    colour = _COLOURS.get(change.kind, _OTHER)
    return Mark(
        change.id, change.kind.value, "\n".join(_lines(change)), colour, change.new_areas, page
    )


def _stands_for(comparison: Comparison) -> dict[int, int]:
    """The new page for each old one; for one that is gone the page before it, else page 1."""
    found, last = {}, 1
    for leaf in comparison.leaves:
        last = leaf.new or last
        if leaf.old:
            found[leaf.old] = last
    return found


def _lines(change: Change) -> Iterator[str]:
    """A change in words: what happened, what was and is, the properties that differ, and where it
    comes from.
    """
    yield ": ".join(dict.fromkeys((change.kind.value, change.act.value)))
    if change.old and change.new:
        yield f"“{_short(change.old)}” → “{_short(change.new)}”"
    elif change.old:
        yield f"removed: “{_short(change.old)}”"
    elif change.new:
        yield f"added: “{_short(change.new)}”"
    for fact in change.facts:
        yield f"{fact.name}: {_short(fact.old) or 'none'} → {_short(fact.new) or 'none'}"
    if change.only_in:
        yield f"only in the language {change.only_in}"
    if change.field:
        yield f"field: {change.field}"
    if change.place:
        yield f"place: {change.place}"


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
