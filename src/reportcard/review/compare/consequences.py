"""What belongs to another change is not a change of its own: a note to its call, a gauge to its
score.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from reportcard.review.changes import Act, Change, Kind
from reportcard.review.compare.calls import CallChange
from reportcard.review.compare.pairs import PassagePair
from reportcard.review.read.document import areas

#: Facts of where something is on its page.
_PLACES: Final = frozenset({"left", "width", "space before"})


def with_notes(
    calls: Sequence[CallChange], pairs: Iterable[PassagePair]
) -> tuple[list[Change], frozenset[int]]:
    """Changes of calls with the places of the notes that came or went with them; and the
    identities of the pairs of these notes.
    """
    changes = [one.change for one in calls]
    taken: set[int] = set()
    for pair in pairs:
        there = pair.new or pair.old
        if pair.both or there is None or not (there.is_note and there.label):
            continue
        at = next(
            (
                number
                for number, one in enumerate(calls)
                if there.label in (one.came if pair.new else one.gone)
            ),
            None,
        )
        if at is None:
            continue
        taken.add(id(pair))
        place, change = areas(there.words), changes[at]
        changes[at] = (
            replace(change, new_areas=(*change.new_areas, *place))
            if pair.new
            else replace(change, old_areas=(*change.old_areas, *place))
        )
    return changes, frozenset(taken)


def with_gauges(changes: Sequence[Change]) -> Iterator[Change]:
    """Changes in which a score has the places of its gauge: a gauge that says or shows the new
    score has not changed by itself.
    """
    scores = {change.field for change in changes if change.kind is Kind.SCORE and change.field}
    gauges: dict[str, list[Change]] = {}
    for change in changes:
        if change.kind is Kind.PICTURE and change.field in scores:
            gauges.setdefault(change.field, []).append(change)
    for change in changes:
        own = gauges.pop(change.field, []) if change.kind is Kind.SCORE else []
        if change.kind is Kind.PICTURE and change.field in scores:
            continue
        yield (
            replace(
                change,
                old_areas=(*change.old_areas, *(area for one in own for area in one.old_areas)),
                new_areas=(*change.new_areas, *(area for one in own for area in one.new_areas)),
            )
            if own
            else change
        )


def without_shifts(changes: Iterable[Change], resized: Mapping[int, bool]) -> Iterator[Change]:
    """Changes without those of place alone on pages (of the new file) whose own edges are
    elsewhere: these changed, and places are measured from them.
    """
    for change in changes:
        is_place = change.kind is Kind.LAYOUT and {fact.name for fact in change.facts} <= _PLACES
        pages = {area[0] for area in change.new_areas}
        if not (is_place and change.facts and any(resized.get(page) for page in pages)):
            yield change


def without_commas(changes: Iterable[Change]) -> Iterator[Change]:
    """Changes without those of a comma between two names of a list, where the next one came or
    went.
    """
    found = list(changes)
    turned = {one.field for one in found if one.act in (Act.ADDED, Act.REMOVED)}
    for change in found:
        base, _, number = change.field.rpartition(".")
        is_comma = change.kind is Kind.WORDING and {change.old, change.new} == {",", ""}
        if not (is_comma and number.isdecimal() and f"{base}.{int(number) + 1}" in turned):
            yield change
