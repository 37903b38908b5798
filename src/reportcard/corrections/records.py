"""The records of translations after a correction: what a person had confirmed is still confirmed,
and what was stale is still stale.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from reportcard.content.loading import Content
from reportcard.content.segments import Segment
from reportcard.problems.problem import Problem
from reportcard.translation.confirmation import standings
from reportcard.translation.sidecar import Done, Sidecar, dumped
from reportcard.translation.units import Unit, pairs
from reportcard.workspace.workspace import Workspace


def unreadable(workspace: Workspace, content: Content, scope: str) -> tuple[Problem, ...]:
    """What keeps the records of a scope from being read."""
    return standings(workspace, content, (scope,), ())[1]


def carried_over(
    workspace: Workspace, before: Content, after: Content, scope: str
) -> Mapping[str, bytes]:
    """The new bytes of the records that change with the blocks that they name, by path.

    A record of the source as it was before a correction becomes one of the source as it is after
    it, by the same person on the same day; a record of an older source is left as it is.
    """
    made: dict[str, bytes] = {}
    found, _ = standings(workspace, before, (scope,), ())
    for standing, pair in zip(found, pairs(after, (scope,), ()), strict=True):
        units = {unit.name: unit for unit in pair.units}
        old = {unit.name: unit for unit in standing.pair.units}
        known = standing.known
        fields = {
            name: tuple(_carried(done, old[name], units[name])) if name in old else done
            for name, done in known.items()
        }
        if fields != known:
            sidecar = Sidecar(pair.source_language, MappingProxyType(fields))
            made[pair.sidecar] = dumped(sidecar)
    return made


def _carried(done: Sequence[Done], before: Unit, after: Unit) -> Iterator[Done]:
    sources = list(zip(before.source_segments, after.source_segments, strict=True))
    keys = {
        one.key: other.key
        for one, other in zip(before.target_segments, after.target_segments, strict=True)
    }
    for record in done:
        source = _taken(sources, record.source)
        yield replace(
            record,
            source=source.text if source else record.source,
            translation=keys.get(record.translation, record.translation),
        )


def _taken(sources: list[tuple[Segment, Segment]], text: str) -> Segment | None:
    """The block that a text has become; each block of the source once."""
    for number, (before, after) in enumerate(sources):
        if before.text == text:
            del sources[number]
            return after
    return None
