"""What the page At a glance shows: the country's standing, all countries, all categories, the key
findings, and where each section begins.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from reportcard.page.compose.blocks import Block, TableNumber, Title, Words
from reportcard.page.compose.breaks import with_last_words_of_title_tied
from reportcard.page.compose.compositor import Compositor
from reportcard.page.compose.rows import balanced
from reportcard.page.compose.standings import scale_view
from reportcard.scores.results import TOTAL, ranking

#: So many countries fit one below the other in full height, and so many in one column at all.
_ROOMY, _ONE_COLUMN = 8, 15
#: So many dimensions with their categories fit beside each other.
_BESIDE = 3
#: Letters of a category's name that are a line, by how many dimensions are beside each other.
_LETTERS: Final = {1: 80, 2: 46, 3: 27}
#: Lines for which the page has room: those of the names of categories, what a title with the gap
#: above it takes up, an entry of the contents, and each country beyond three.
_LINES, _TITLE, _ENTRY, _COUNTRY = 27.0, 2.5, 3.0, 1.2
#: Entries of the contents beside each other.
ENTRIES: Final = 5


@dataclass(frozen=True, slots=True)
class RankedCountry:
    """A row of the ranking: id of the name, rank, name, points, width of the bar in percent, and
    whether it is this country and its score a placeholder.
    """

    id: str
    rank: TableNumber
    name: str
    points: TableNumber
    share: str
    is_this: bool
    provisional: bool


@dataclass(frozen=True, slots=True)
class CategoryRow:
    """A category in the table of all: letter, name, score, and whether that is a placeholder."""

    letter: str
    name: Title | None
    score: TableNumber
    provisional: bool


@dataclass(frozen=True, slots=True)
class Finding:
    """A key finding, and the number of its dimension."""

    number: int
    text: list[Block]


def glance_heading(prose: Compositor) -> str:
    """The field with the heading of the page; a wording of an earlier format has no own one."""
    fields = ("glance.heading", "overall.glance", "overall.heading")
    return next(name for name in fields if name in prose.wording.prose)


def glance_view(prose: Compositor) -> dict[str, Any]:
    """The view of the page, but for the contents."""
    ranking = ranking_view(prose, TOTAL)
    categories = list(_categories(prose))
    rows = balanced(categories, _BESIDE)
    entries = len(categories) + ("context" in prose.card.prose)
    entries += bool(prose.card.model.recommendations)
    taken = sum(_TITLE + max(_lines(names, len(rows[0])) for _, _, names in row) for row in rows)
    taken += _ENTRY * -(-entries // ENTRIES) + _COUNTRY * max(0, len(ranking["ranking"][0]) - 3)
    return {
        **ranking,
        "categories": categories,
        "category_rows": rows,
        "is_compact": taken > _LINES,
        "key_findings": list(_findings(prose)),
    }


def ranking_view(prose: Compositor, key: str) -> dict[str, Any]:
    """All countries by the total, or those with a score in a dimension by that, in one column or
    two, and the scale of their bars.
    """
    maximum = prose.values.results[prose.values.country].scores[key].maximum
    countries = list(_ranking(prose, key))
    return {
        "ranking": [countries] if len(countries) <= _ONE_COLUMN else _halves(countries),
        "is_tight": len(countries) > _ROOMY,
        "scale": scale_view(prose.values, maximum),
    }


def _lines(rows: Sequence[CategoryRow], beside: int) -> int:
    """How many lines the names of a dimension's categories have, where so many are beside each
    other.
    """
    return sum(-(-_letters(row.name) // _LETTERS[beside]) for row in rows)


def _letters(line: Title | None) -> int:
    items = [item for span in line.spans for item in span.items] if line else []
    return sum(len(item.text) for item in items if isinstance(item, Words))


def _halves(countries: list[RankedCountry]) -> list[list[RankedCountry]]:
    half = -(-len(countries) // 2)
    return [countries[:half], countries[half:]]


def _ranking(prose: Compositor, key: str) -> Iterator[RankedCountry]:
    values = prose.values
    for rank, country, result in ranking(values.results, key):
        if result.value is None and key != TOTAL:
            continue
        points = values.cell(result)
        id_ = prose.country(country)
        ids = (
            (f"rank.{country}", f"ranking.{country}")
            if key == TOTAL
            else (f"scores.{country}.{key}.rank", f"scores.{country}.{key}")
        )
        yield RankedCountry(
            id_,
            prose.number(ids[0], country, key, str(rank or "–")),
            values.name(country),
            prose.number(ids[1], country, key, points),
            f"{float(result.share) * 100:.2f}",
            country == values.country,
            result.provisional,
        )


def _categories(prose: Compositor) -> Iterator[tuple[int, Title | None, list[CategoryRow]]]:
    """The dimensions with their numbers, names and categories."""
    scores = prose.values.results[prose.values.country].scores
    dimensions = prose.content.scoreboard.model.dimensions
    for number, (id_, dimension) in enumerate(dimensions.items(), start=1):
        rows = [
            CategoryRow(
                category.letter,
                prose.shared_line(f"dimensions.{id_}.categories.{name}.name"),
                prose.number(
                    f"glance.{name}",
                    prose.values.country,
                    name,
                    prose.values.cell(scores[name]),
                ),
                scores[name].provisional,
            )
            for name, category in dimension.categories.items()
        ]
        yield number, _column_title(prose.shared_line(f"dimensions.{id_}.short")), rows


def _column_title(line: Title | None) -> Title | None:
    """The name of a dimension above its column, whose last line is not a short word alone."""
    return line and with_last_words_of_title_tied(line)


def _findings(prose: Compositor) -> Iterator[Finding]:
    numbers = {id_: n for n, id_ in enumerate(prose.content.scoreboard.model.dimensions, start=1)}
    for id_ in prose.card.model.overall.findings:
        yield Finding(numbers.get(id_, 0), prose.text(f"overall.findings.{id_}"))
