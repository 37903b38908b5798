"""The scoreboard, a card of all countries: a ranking on its first page, then every category of
every country as a heat map.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from types import MappingProxyType
from typing import Any, Final

from reportcard.content.loading import Content
from reportcard.page.compose.blocks import TableNumber, Title
from reportcard.page.compose.card import organisations
from reportcard.page.compose.composed import Composed, Section
from reportcard.page.compose.compositor import Compositor
from reportcard.page.compose.standings import scale_view
from reportcard.page.compose.templates import render
from reportcard.page.styles import Styles
from reportcard.scores.formula import Scale
from reportcard.scores.results import TOTAL, Result, ranking
from reportcard.scores.values import Values
from reportcard.workspace.workspace import SCOREBOARD, Workspace

#: The colours heat-1 to heat-5: a fifth of the scale each, by the score as printed.
STEPS: Final = 5
#: From this step on, the colour is dark and text on it white.
_DARK: Final = 4
#: The most dimensions and categories whose rows, with the total's, fit the page of categories; with
#: more the table continues on the next page (measured with 6-line colophons).
_MOST_ROWS: Final = 26
#: Names that are upright on the page of the ranking: the width of their columns together and their
#: usual height, in mm; the width of a letter and the height of a line at 7.4 pt.
_COLUMNS, _MAST, _LETTER, _LEAD = 87, 28, 1.4, 3.03


def compose_scoreboard(
    workspace: Workspace, content: Content, values: Values, language: str, styles: Styles
) -> Composed:
    """The scoreboard in a language; `values` are those of `scoreboard`. The content has been
    checked before.
    """
    composer = _Scoreboard(
        workspace, content, values, styles, Compositor(content, values, language)
    )
    sections = tuple(composer.sections())
    prose = composer.prose
    subtitle = (
        prose.label("regional.subtitle") if "regional.subtitle" in prose.wording.prose else ""
    )
    return Composed(
        SCOREBOARD,
        language,
        prose.label("regional.title"),
        sections,
        MappingProxyType(prose.origins),
        (),
        MappingProxyType({}),
        MappingProxyType({}),
        (),
        subtitle,
        None,
    )


@dataclass(frozen=True, slots=True)
class _ScoreField:
    """A score: its text, its share of the scale in percent, the step of its colour (0: not
    published).
    """

    number: TableNumber
    width: str
    step: int
    is_dark: bool
    provisional: bool


@dataclass(frozen=True, slots=True)
class _Ranked:
    """A row of the ranking: rank, the country's name with its id, its total, its dimensions."""

    place: TableNumber
    id: str
    name: str
    total: _ScoreField
    dimensions: Sequence[_ScoreField]


@dataclass(slots=True)
class _Scoreboard:
    workspace: Workspace
    content: Content
    values: Values
    styles: Styles
    prose: Compositor

    def sections(self) -> Iterator[Section]:
        """The two pages."""
        ranked = [country for _, country, _ in ranking(self.values.results)]
        framework = self.content.scoreboard.model
        rows = len(framework.dimensions) + len(framework.categories) + 1
        for name, view, is_page in (
            ("ranking", self._ranking(), True),
            ("categories", self._categories(ranked), rows <= _MOST_ROWS),
        ):
            yield Section(
                name,
                render(self.styles, f"scoreboard-{name}.html", **self._view(name, view)),
                is_page=is_page,
                is_table=True,
            )

    def _view(self, name: str, own: dict[str, Any]) -> dict[str, Any]:
        """What the template of a page sees. The lines that a card has of its own are in the
        wording, under `regional`.
        """
        status = self.content.wordings[self.prose.language].model.regional
        assert status
        common = {
            "language": self.prose.language,
            "id": f"{SCOREBOARD}.{self.prose.language}.{name}",
            "card_title": self.prose.label("regional.title"),
            "authors": (),
            "programme": self.prose.label("edition.programme"),
            "state": status.status,
            "status": ""
            if status.status == "final"
            else self.prose.label(f"labels.{status.status}"),
            "heading": self.prose.label(f"regional.{name}"),
            "heading_field": f"regional.{name}",
            "label_line": self.prose.label_line,
            "card_line": lambda line: self.prose.label_line(f"regional.{line}"),
            "colour": self.styles.colour,
            "artwork": self.styles.artwork,
        }
        whole = common | own
        return whole | {"view": whole}

    # The pages' own views.

    def _ranking(self) -> dict[str, Any]:
        maximum, framework = self.values.maximum(TOTAL), self.content.scoreboard.model
        full = next(iter(self.values.results.values())).scores[TOTAL].maximum
        rows = [self._ranked(rank, country) for rank, country, _ in ranking(self.values.results)]
        return {
            "subtitle": self.prose.shared_line("regional.subtitle"),
            **self._key(framework.dimensions),
            "leader": self._leader(),
            "introduction": self.prose.shared("regional.introduction"),
            "country_ranked": rows,
            "total": self.prose.label_line("regional.total", maximum=maximum),
            "scale": scale_view(self.values, full),
            "mast": mast(
                [
                    self.prose.label(f"dimensions.{id_}.short")
                    for id_ in self.content.scoreboard.model.dimensions
                ]
            ),
            "dimensions": [
                (
                    number,
                    self.prose.label_line(f"dimensions.{id_}.short"),
                    self.prose.label_line("regional.dimension", maximum=self.values.maximum(id_)),
                )
                for number, id_ in enumerate(self.content.scoreboard.model.dimensions, start=1)
            ],
        }

    def _leader(self) -> Title | None:
        """The sentence on who has the best total; none if that is not known."""
        best = [
            (country, result) for rank, country, result in ranking(self.values.results) if rank == 1
        ]
        words = self.values.printed(best[0][1]) if best else None
        if words is None:
            return None
        return self.prose.label_line(
            "regional.leaders" if len(best) > 1 else "regional.leader",
            countries=self.values.tongue.join([self.values.name(country) for country, _ in best]),
            score=words,
            maximum=self.values.maximum(TOTAL),
        )

    def _ranked(self, rank: int | None, country: str) -> _Ranked:
        place = self.prose.number(f"rank.{country}", country, TOTAL, str(rank or "–"))
        dimensions = [self._field(country, id_) for id_ in self.content.scoreboard.model.dimensions]
        return _Ranked(
            place,
            self.prose.country(country),
            self.values.name(country),
            self._field(country, TOTAL),
            dimensions,
        )

    def _categories(self, countries: Sequence[str]) -> dict[str, Any]:
        edition, framework = self.content.edition.model, self.content.scoreboard.model
        own = "regional.citation" in self.prose.wording.prose
        a_category = next(iter(self.content.scoreboard.model.categories))
        maximum = self.values.maximum(a_category)
        return {
            "introduction": self.prose.shared("regional.categories_introduction"),
            **self._key((*framework.dimensions, *framework.categories)),
            "category": self.prose.label_line("regional.category", maximum=maximum),
            "countries": [
                (self.prose.country(country), self.values.name(country)) for country in countries
            ],
            "dimensions": [
                self._dimension(number, id_, countries)
                for number, id_ in enumerate(self.content.scoreboard.model.dimensions, start=1)
            ],
            "total": self.prose.label_line("regional.total", maximum=self.values.maximum(TOTAL)),
            "totals": [self._field(country, TOTAL, "map") for country in countries],
            "legend": self.prose.label_line("regional.legend", maximum=maximum),
            "steps": list(self._steps(self.values.results[countries[0]].scores[a_category].scale)),
            "organisations": organisations(self.workspace, self.prose, edition.back),
            "notice": self.prose.shared("edition.notice"),
            "citation": self.prose.shared_line("regional.citation" if own else "edition.citation"),
            "licence": self.prose.shared_line("edition.licence"),
            "contact": edition.contact or "",
            "version": str(edition.version or ""),
            "date": self.values.tongue.date(edition.date),
        }

    def _key(self, keys: Iterable[str]) -> dict[str, Any]:
        """Which signs a page's legend explains: those on it, of every country's results by some
        keys and its total.
        """
        results = [
            its.scores[key] for key in (TOTAL, *keys) for its in self.values.results.values()
        ]
        return {
            "has_provisional": any(one.provisional for one in results),
            "has_missing": any(one.value is None and one.is_applicable for one in results),
            "not_applicable": self.prose.inapplicable(results),
        }

    def _dimension(self, number: int, id_: str, countries: Sequence[str]) -> dict[str, Any]:
        return {
            "number": number,
            "name": self.prose.label_line(f"dimensions.{id_}.short"),
            "maximum": self.prose.label_line(
                "regional.dimension", maximum=self.values.maximum(id_)
            ),
            "scores": [self._field(country, id_, "map") for country in countries],
            "categories": [
                (
                    category.letter,
                    self.prose.label_line(f"dimensions.{id_}.categories.{name}.name"),
                    [self._field(country, name, "map") for country in countries],
                )
                for name, category in self.content.scoreboard.model.dimensions[
                    id_
                ].categories.items()
            ],
        }

    def _field(self, country: str, key: str, where: str = "scores") -> _ScoreField:
        result = self.values.results[country].scores[key]
        words = self.values.cell(result)
        step = _step(result)
        number = self.prose.number(f"{where}.{country}.{key}", country, key, words)
        return _ScoreField(
            number, f"{float(result.share) * 100:.2f}", step, step >= _DARK, result.provisional
        )

    def _steps(self, scale: Scale) -> Iterator[tuple[int, bool, str]]:
        """The steps of the scale of colours, with the printed scores of each: 0–0.1, 0.2–0.3.
        A step that holds no score that can be printed is left out.
        """
        unit = Fraction(1, 10**scale.decimals)
        lows = [ceil(scale.maximum * step / STEPS / unit) * unit for step in range(STEPS)]
        highs = [*(low - unit for low in lows[1:]), scale.maximum]
        for step, (low, high) in enumerate(zip(lows, highs, strict=True), start=1):
            if low < high:
                words = f"{self.values.points(low)}–{self.values.points(high)}"
                yield step, step >= _DARK, words
            elif low == high:
                yield step, step >= _DARK, self.values.points(low)


def mast(names: Sequence[str]) -> int:
    """The height in mm of names that are upright over columns, which share 87 mm: a name has as
    many lines as its column has room for, and lines that are not full take a third more.
    """
    lines = max(1, int(_COLUMNS / len(names) / _LEAD))
    ragged = 1.3 if lines > 1 else 1.0
    return max(_MAST, ceil(max(map(len, names)) * _LETTER / lines * ragged))


def _step(result: Result) -> int:
    """The step of a score's colour, from 1: by what is printed, so that two numbers alike are of
    one colour. 0: not published.
    """
    if result.shown is None:
        return 0
    return min(int(Fraction(result.shown) / result.maximum * STEPS), STEPS - 1) + 1
