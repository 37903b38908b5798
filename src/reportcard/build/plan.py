"""The framework of a new workspace, as it is asked for: what is assessed, dimensions, categories,
weights, their names in several languages.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from reportcard.errors import ExitCode, ReportCardError
from reportcard.messages.message import message
from reportcard.workspace.starter import STARTER_THEME

#: The languages that there is neutral wording in; others begin with the English words.
WORDED: Final = ("en", "es")
#: What is assessed, one and many, where nothing else is said.
_COUNTRIES: Final = {"en": ("country", "countries"), "es": ("país", "países")}
#: What begins a text in another language: `es=`.
_LANGUAGE: Final = re.compile(r"\s*([a-z]{2,3}(?:-[A-Za-z]+)*)\s*=")
#: The head of a column of names in another language: `category es` or `category (es)`.
_COLUMN: Final = re.compile(r"(dimension|category)\s*\(?([a-z]{2,3}(?:-[a-z]+)*)\)?")


@dataclass(frozen=True, slots=True)
class NamedCategory:
    """A category as it is asked for: its name in the first language, its weight as typed (empty:
    none), and its names in others by language.
    """

    name: str
    weight: str = ""
    names: Mapping[str, str] = field(default_factory=dict)

    def named(self, language: str) -> str:
        """Its name in a language, that in the first if there is none."""
        return self.names.get(language) or self.name


@dataclass(frozen=True, slots=True)
class NamedDimension:
    """A dimension as it is asked for."""

    name: str
    categories: tuple[NamedCategory, ...]
    weight: str = ""
    names: Mapping[str, str] = field(default_factory=dict)

    def named(self, language: str) -> str:
        """Its name in a language, that in the first if there is none."""
        return self.names.get(language) or self.name

    def with_names(self, language: str, other: "NamedDimension") -> "NamedDimension":
        """Itself with the names of another one, which are in that language."""
        return replace(
            self,
            names={**self.names, language: other.name},
            categories=tuple(
                replace(one, names={**one.names, language: its.name})
                for one, its in zip(self.categories, other.categories, strict=True)
            ),
        )


@dataclass(frozen=True, slots=True)
class Framework:
    """What a new workspace is made from. `unit` is what is assessed by language, one and many; none
    are countries. Scores are as typed; `out_of` is the maximum of dimensions and total, if it does
    not follow. The first language is that which texts are written in.
    """

    programme: str
    languages: tuple[str, ...]
    dimensions: tuple[NamedDimension, ...]
    organisations: tuple[str, ...] = ()
    unit: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    formula: str = "sum"
    maximum: str = "1"
    out_of: str = ""
    decimals: int = 1
    suffix: str = ""
    is_lower_better: bool = False
    bands: tuple[tuple[str, str], ...] = ()
    colour: str = ""
    theme: str = STARTER_THEME

    def units(self, language: str) -> tuple[str, str]:
        """What is assessed in a language, one and many."""
        worded = language if language in WORDED else "en"
        return self.unit.get(language) or self.unit.get(self.languages[0]) or _COUNTRIES[worded]

    @property
    def is_of_countries(self) -> bool:
        """Whether countries are what is assessed."""
        return not self.unit


def named_dimension(typed: str) -> NamedDimension:
    """A dimension as an option has it: `Water *2: Quality *3; Access`. Raises ReportCardError
    (USAGE) if it has no categories.
    """
    name, _, rest = typed.partition(":")
    categories = tuple(
        NamedCategory(*_weighted(one)) for one in re.split(r"[;\n]", rest) if one.strip()
    )
    head, weight = _weighted(name)
    if not head or not categories:
        raise ReportCardError(
            message('the dimension "{text}" has no categories.', text=typed),
            code=ExitCode.USAGE,
            advice=message('Enter its name and categories: "Water: Quality; Access".'),
        )
    return NamedDimension(head, categories, weight)


def named_dimensions(typed: Sequence[str]) -> list[NamedDimension]:
    """Dimensions as options have them; those that begin with a language (`es=Agua: Calidad`) name
    the others, in their order.

    Raises ReportCardError (USAGE) if they do not match.
    """
    found: list[NamedDimension] = []
    named: dict[str, int] = {}
    for one in sorted(typed, key=lambda text: bool(_LANGUAGE.match(text))):
        match = _LANGUAGE.match(one)
        if match is None:
            found.append(named_dimension(one))
            continue
        at = named.setdefault(match[1], 0)
        named[match[1]] += 1
        other = named_dimension(one[match.end() :])
        if at >= len(found) or len(found[at].categories) != len(other.categories):
            raise ReportCardError(
                message('"{text}" does not match the other dimensions.', text=one),
                code=ExitCode.USAGE,
                advice=message(
                    "In every language, enter the same dimensions and categories in the same order."
                ),
            )
        found[at] = found[at].with_names(match[1], other)
    return found


def table_of_dimensions(
    tables: Iterable[Sequence[Sequence[str]]], name: str
) -> list[NamedDimension]:
    """The dimensions of the first table that has columns named dimension and category; there may be
    weight, dimension weight, and names in other languages (`dimension es`, `category es`). A
    dimension that is left empty is that of the row above.

    Raises ReportCardError (UNREADABLE) if no table has those columns.
    """
    for first, *rows in filter(None, tables):
        heads = [" ".join(cell.split()).casefold() for cell in first]
        if {"dimension", "category"} <= set(heads):
            return _dimensions([dict(zip(heads, row, strict=False)) for row in rows], heads)
    raise ReportCardError(
        message("{file} does not have the columns dimension and category.", file=name),
        code=ExitCode.UNREADABLE,
        advice=message("Name the columns in the first row."),
    )


def _dimensions(rows: Sequence[Mapping[str, str]], heads: Sequence[str]) -> list[NamedDimension]:
    columns = {(match[1], match[2]): head for head in heads if (match := _COLUMN.fullmatch(head))}
    found: dict[str, NamedDimension] = {}
    last = ""
    for row in rows:
        cells = {head: cell.strip() for head, cell in row.items()}
        last = cells.get("dimension") or last
        if not last or not cells.get("category"):
            continue
        names: dict[str, dict[str, str]] = {"dimension": {}, "category": {}}
        for (kind, language), head in columns.items():
            if cells.get(head):
                names[kind][language] = cells[head]
        known = found.setdefault(
            last,
            NamedDimension(last, (), cells.get("dimension weight", ""), names["dimension"]),
        )
        category = NamedCategory(cells["category"], cells.get("weight", ""), names["category"])
        found[last] = replace(known, categories=(*known.categories, category))
    return list(found.values())


def _weighted(typed: str) -> tuple[str, str]:
    match = re.fullmatch(r"\s*(.*?)\s*(?:\*\s*([0-9]+(?:\.[0-9]+)?))?\s*", typed, re.DOTALL)
    assert match
    return match[1], match[2] or ""
