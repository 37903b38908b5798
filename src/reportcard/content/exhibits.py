"""The figures, tables and charts of a card in the order of its pages, each with its number."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from reportcard.content.prose import DataTable, Exhibited, Prose


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One that has a caption. `kind` is `table` or `figure`, each with numbers of its own from 1;
    `field` is the path of the field that it is in, and `name` what it is referred to by (empty: it
    has none).
    """

    kind: str
    number: int
    field: str
    block: Exhibited

    @property
    def name(self) -> str:
        """What it is referred to by; empty if it has no name."""
        return self.block.legend.name


def exhibits(prose: Mapping[str, Prose], dimensions: Sequence[str]) -> tuple[Exhibit, ...]:
    """Those of a card, whose texts are given by the path of their field. `dimensions` are in the
    order of the pages.
    """
    counts = {"figure": 0, "table": 0}
    found = []
    for field in _in_order(prose, dimensions):
        for block in prose[field].exhibits():
            if block.legend.is_numbered:
                kind = "table" if isinstance(block, DataTable) else "figure"
                counts[kind] += 1
                found.append(Exhibit(kind, counts[kind], field, block))
    return tuple(found)


def _in_order(prose: Mapping[str, Prose], dimensions: Sequence[str]) -> Iterator[str]:
    """The fields of a card in the order of its pages: the file may have its dimensions in
    another.
    """
    places = {name: number for number, name in enumerate(dimensions)}

    def place(field: str) -> int:
        group, _, rest = field.partition(".")
        return places.get(rest.partition(".")[0], 0) if group == "dimensions" else -1

    groups: dict[str, list[str]] = {}
    for field in prose:
        groups.setdefault(field.partition(".")[0], []).append(field)
    for fields in groups.values():
        yield from sorted(fields, key=place)
