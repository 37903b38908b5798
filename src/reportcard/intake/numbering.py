"""Lists of a Word document: how their items are marked, and which number each has (ECMA-376, part
1, 17.9).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, Self

from reportcard.intake.elements import child, get, name_of, value, whole
from reportcard.intake.package import Element

#: A list has so many levels.
_LEVELS: Final = 9
#: Formats that are numbers, as a card writes them.
_NUMBERS: Final = frozenset({"decimal", "decimalZero", "ordinal", "numberInDash"})


@dataclass(frozen=True, slots=True)
class _ListLevel:
    format: str = "bullet"
    start: int = 1


@dataclass(frozen=True, slots=True)
class Numbering:
    """A document's lists by their ids: the levels of each, the definition that it counts by, and
    the levels at which it begins to count anew.
    """

    levels: Mapping[tuple[str, int], _ListLevel]
    definitions: Mapping[str, str]
    restarts: frozenset[tuple[str, int]]

    @classmethod
    def of(cls, root: Element | None) -> Self:
        """The lists of a part; it may be missing."""
        kinds: dict[str, dict[int, _ListLevel]] = {}
        levels: dict[tuple[str, int], _ListLevel] = {}
        definitions: dict[str, str] = {}
        restarts: set[tuple[str, int]] = set()
        for one in root if root is not None else ():
            if name_of(one) == "abstractNum":
                kinds[get(one, "abstractNumId")] = dict(
                    _level(level) for level in one if name_of(level) == "lvl"
                )
            elif name_of(one) == "num":
                id_ = get(one, "numId")
                definitions[id_] = value(one, "abstractNumId")
                own = dict(kinds.get(definitions[id_], {}))
                for override in (part for part in one if name_of(part) == "lvlOverride"):
                    at = whole(get(override, "ilvl"))
                    if (defined := child(override, "lvl")) is not None:
                        own[at] = _level(defined)[1]
                    if start := value(override, "startOverride"):
                        own[at] = _ListLevel(own.get(at, _ListLevel()).format, whole(start, 1))
                        restarts.add((id_, at))
                levels |= {(id_, at): level for at, level in own.items()}
        return cls(MappingProxyType(levels), MappingProxyType(definitions), frozenset(restarts))

    def format(self, listed: str, level: int) -> str:
        """How a level (from 0) of a list is marked: `bullet`, `decimal`, `lowerLetter` …; empty if
        it is not a list.
        """
        if listed in ("", "0"):
            return ""
        return self.levels.get((listed, level), _ListLevel()).format

    def is_number(self, listed: str, level: int) -> bool:
        """Whether its items are numbered with numbers, not with letters or Roman numerals."""
        return self.format(listed, level) in _NUMBERS


@dataclass(slots=True)
class ListCounter:
    """The numbers of items, while a document is read from its beginning: lists of one definition
    count on from each other.
    """

    numbering: Numbering
    counts: dict[tuple[str, int], int] = field(default_factory=dict)
    begun: set[tuple[str, int]] = field(default_factory=set)

    def next(self, listed: str, level: int) -> int:
        """The number of the next item of a list at a level from 0."""
        definition = self.numbering.definitions.get(listed, listed)
        at, here = (definition, level), (listed, level)
        if here in self.numbering.restarts and here not in self.begun:
            self.counts.pop(at, None)
        self.begun.add(here)
        start = self.numbering.levels.get(here, _ListLevel()).start
        self.counts[at] = self.counts[at] + 1 if at in self.counts else start
        for deeper in range(level + 1, _LEVELS):
            self.counts.pop((definition, deeper), None)
        return self.counts[at]


def _level(element: Element) -> tuple[int, _ListLevel]:
    start = child(element, "start")
    return (
        whole(get(element, "ilvl")),
        _ListLevel(
            value(element, "numFmt") or "decimal",
            whole(get(start, "val"), 1) if start is not None else 1,
        ),
    )
