"""The framework of a new workspace, as it is asked for: what is assessed, dimensions, categories,
weights, their names in several languages.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from reportcard.build.phrases import PHRASES
from reportcard.errors import ExitCode, ReportCardError
from reportcard.messages.message import Message, message
from reportcard.workspace.starter import STARTER_THEME

#: What begins a text in another language: `es=`.
_LANGUAGE: Final = re.compile(r"\s*([a-z]{2,3}(?:-[A-Za-z]+)*)\s*=")
#: The head of a column of names in another language: `category es` or `category (es)`.
_COLUMN: Final = re.compile(r"(dimension|category)\s*\(?([a-z]{2,3}(?:-[a-z]+)*)\)?")
#: A number above zero, as an option or a cell has it.
_POSITIVE: Final = re.compile(r"(?=.*[1-9])[0-9]+(?:[.,][0-9]+)?")


@dataclass(frozen=True, slots=True)
class NamedCategory:
    """A category as it is asked for: its name in the first language, its weight as typed (empty:
    none), its names in others by language, and whether in it, unlike in the framework, a lower
    score is better.
    """

    name: str
    weight: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    is_lower_better: bool = False

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

    @property
    def weights(self) -> tuple[str, ...]:
        """The weights that are given, its own and those of its categories."""
        return tuple(filter(None, (self.weight, *(one.weight for one in self.categories))))

    def typed(self) -> str:
        """Its name and those of its categories, as an option has them."""
        return f"{self.name}: {'; '.join(one.name for one in self.categories)}"

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
    not follow. The first language is that which texts are written in. Without a `formula`, scores
    are weighted if there are weights, and else added up.

    Raises ReportCardError (USAGE) if weights would have no effect, or a maximum is not a number.
    """

    programme: str
    languages: tuple[str, ...]
    dimensions: tuple[NamedDimension, ...]
    organisations: tuple[str, ...] = ()
    unit: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    formula: str = ""
    maximum: str = "1"
    out_of: str = ""
    decimals: int = 1
    suffix: str = ""
    is_lower_better: bool = False
    bands: tuple[tuple[str, str], ...] = ()
    colour: str = ""
    theme: str = STARTER_THEME

    def __post_init__(self) -> None:
        """Refuses what would make a workspace with errors."""
        for typed in filter(None, (self.maximum, self.out_of)):
            positive(typed)
        if self.formula in ("sum", "mean"):
            idle = next((one for one in self.dimensions if set(one.weights) - {"1"}), None)
            if idle is not None:
                raise ReportCardError(
                    message(
                        'the weights of "{name}" have no effect with the formula "{formula}".',
                        name=idle.name,
                        formula=self.formula,
                    ),
                    code=ExitCode.USAGE,
                    advice=message("Use --formula weighted, or leave out the weights."),
                )

    @property
    def combination(self) -> str:
        """How scores are combined: sum, mean or weighted."""
        has_weights = any(one.weights for one in self.dimensions)
        return self.formula or ("weighted" if has_weights else "sum")

    def units(self, language: str) -> tuple[str, str]:
        """What is assessed in a language, one and many."""
        named = self.unit.get(language) or self.unit.get(self.languages[0])
        return named or PHRASES.get(language, PHRASES["en"]).countries

    @property
    def unnamed_languages(self) -> tuple[str, ...]:
        """The languages, but for the first, that dimensions or categories are not named in."""
        named = [set(one.names) for one in self.dimensions]
        named += [set(each.names) for one in self.dimensions for each in one.categories]
        everywhere = set.intersection(*named)
        return tuple(one for one in self.languages[1:] if one not in everywhere)

    @property
    def unworded_languages(self) -> tuple[str, ...]:
        """The languages that there is no neutral wording in: they begin with the English words."""
        return tuple(one for one in self.languages if one not in PHRASES)

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
                message('"{text}" does not match the dimensions in the source language.', text=one),
                code=ExitCode.USAGE,
                advice=message(
                    "In every language, enter the same dimensions and categories in the same order."
                ),
            )
        found[at] = found[at].with_names(match[1], other)
    return found


def with_weights(
    dimensions: Sequence[NamedDimension], typed: Iterable[str]
) -> list[NamedDimension]:
    """The dimensions with weights as an option has them: `Water=2; Quality=3`. A name is that of a
    dimension, or else of a category; `Water: Quality=3` is that of a category in one dimension.

    Raises ReportCardError (USAGE) for a weight that is not a number above zero, or a name that is
    not there, or there more than once.
    """
    found = list(dimensions)
    for one in (part for text in typed for part in text.split(";") if part.strip()):
        named, _, number = one.rpartition("=")
        weight = positive(number)
        advice = message('Enter a name and its weight: "Water=2" or "Water: Quality=2".')
        at, its = _only(list(_weighable(found, named)), named, advice)
        its_categories = [
            replace(category, weight=weight) if place == its else category
            for place, category in enumerate(found[at].categories)
        ]
        found[at] = replace(
            found[at],
            weight=weight if its < 0 else found[at].weight,
            categories=tuple(its_categories),
        )
    return found


def with_lower(dimensions: Sequence[NamedDimension], names: Iterable[str]) -> list[NamedDimension]:
    """The dimensions with the categories in which a lower score is better: `Mercury`, or
    `Pollution: Mercury` where several dimensions have one of that name. A dimension is all of its
    categories.

    Raises ReportCardError (USAGE) for a category that is not there, or there more than once.
    """
    found = list(dimensions)
    advice = message('Enter the name of a category: "Mercury" or "Pollution: Mercury".')
    for named in (part for text in names for part in text.split(";") if part.strip()):
        at, its = _only(list(_weighable(found, named)), named, advice)
        categories = [
            replace(one, is_lower_better=True) if its in (-1, place) else one
            for place, one in enumerate(found[at].categories)
        ]
        found[at] = replace(found[at], categories=tuple(categories))
    return found


def _only(places: Sequence[tuple[int, int]], named: str, advice: Message) -> tuple[int, int]:
    if len(places) == 1:
        return places[0]
    fault = (
        message('there is more than one "{name}".', name=named.strip())
        if places
        else message('there is no dimension or category "{name}".', name=named.strip())
    )
    raise ReportCardError(fault, code=ExitCode.USAGE, advice=advice)


def _weighable(dimensions: Sequence[NamedDimension], named: str) -> Iterator[tuple[int, int]]:
    """The places of what has a name: of a dimension, and of a category in it, or −1."""
    wanted = [" ".join(part.split()).casefold() for part in named.split(":")]
    own = [at for at, one in enumerate(dimensions) if one.name.casefold() == wanted[0]]
    if len(wanted) == 1 and own:
        yield from ((at, -1) for at in own)
        return
    for at, one in enumerate(dimensions):
        if len(wanted) == 1 or at in own:
            names = [category.name.casefold() for category in one.categories]
            yield from ((at, place) for place, name in enumerate(names) if name == wanted[-1])


def positive(typed: str) -> str:
    """A number above zero as files have it, with a decimal point. Raises ReportCardError (USAGE)
    for anything else.
    """
    plain = typed.strip()
    if not _POSITIVE.fullmatch(plain):
        raise ReportCardError(
            message('"{text}" is not a number above zero.', text=typed.strip()),
            code=ExitCode.USAGE,
            advice=message("Enter digits, such as 2 or 0.5."),
        )
    return plain.replace(",", ".")


def table_of_dimensions(
    tables: Iterable[Sequence[Sequence[str]]], name: str
) -> list[NamedDimension]:
    """The dimensions of the first table that has columns named dimension and category; there may be
    weight, dimension weight, and names in other languages (`dimension es`, `category es`). A
    dimension that is left empty is that of the row above; its weight and names may be in any of its
    rows.

    Raises ReportCardError (UNREADABLE) if no table has those columns, or a weight in it is not a
    number above zero.
    """
    for first, *rows in filter(None, tables):
        heads = [" ".join(cell.split()).casefold() for cell in first]
        if {"dimension", "category"} <= set(heads):
            return _dimensions([dict(zip(heads, row, strict=False)) for row in rows], heads)
    raise ReportCardError(
        message('{file} must have the columns "dimension" and "category".', file=name),
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
        known = found.get(last, NamedDimension(last, ()))
        category = NamedCategory(cells["category"], _cell(cells, "weight"), names["category"])
        found[last] = replace(
            known,
            categories=(*known.categories, category),
            weight=known.weight or _cell(cells, "dimension weight"),
            names={**names["dimension"], **known.names},
        )
    return list(found.values())


def _cell(cells: Mapping[str, str], head: str) -> str:
    """A weight in a table: a number or a share in percent; empty if none is given."""
    typed = cells.get(head, "")
    try:
        return positive(typed.rstrip("% ")) if typed else ""
    except ReportCardError as error:
        raise ReportCardError(
            message('"{text}" in the column "{column}" is not a weight.', text=typed, column=head),
            code=ExitCode.UNREADABLE,
            advice=message("Enter a number above zero, or leave the cell empty for a weight of 1."),
        ) from error


def _weighted(typed: str) -> tuple[str, str]:
    match = re.fullmatch(r"\s*(.*?)\s*(?:\*\s*([0-9]+(?:[.,][0-9]+)?))?\s*", typed, re.DOTALL)
    assert match
    return match[1], positive(match[2]) if match[2] else ""
