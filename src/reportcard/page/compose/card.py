"""A card's content and results to HTML, one document per section.

Sections are those of the page: cover, overall assessment, one per dimension, context,
recommendations, back cover. Every block of prose gets an `id` that is its own in every country and
language, and an `Origin`: the field and place it came from.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from reportcard.content.loading import Content
from reportcard.page.compose.address_code import address_code, card_address
from reportcard.page.compose.blocks import Link, TableNumber, Title
from reportcard.page.compose.composed import Composed, Section
from reportcard.page.compose.compositor import Compositor
from reportcard.page.compose.templates import render
from reportcard.page.gauges import Gauge, gauge_of
from reportcard.page.styles import Styles
from reportcard.scores.results import TOTAL, ranking
from reportcard.scores.values import Values
from reportcard.workspace.workspace import Workspace


def compose(
    workspace: Workspace, content: Content, values: Values, language: str, styles: Styles
) -> Composed:
    """The card of `values.country` in a language. The content has been checked before."""
    composer = Composer(
        workspace, content, values, language, styles, Compositor(content, values, language)
    )
    sections = tuple(composer.sections())
    return Composed(
        values.country,
        language,
        composer.prose.plain("title"),
        sections,
        MappingProxyType(composer.prose.origins),
        tuple(composer.prose.calls),
        MappingProxyType(composer.gauges),
        MappingProxyType(composer.drawn),
        tuple(composer.authors()),
        composer.subtitle(),
        composer.addresses(),
    )


# --- what the templates see -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Figure:
    id: str
    source: str
    gauge: Gauge
    alt: str
    name: Title
    letter: str
    number: int
    remark: Title | None


def parted_title(prose: Compositor) -> tuple[str, str, str]:
    """A card's title, parted around the country's name in the form that it has there; all of it
    first if it does not name it.
    """
    title, values = prose.plain("title"), prose.values
    forms = [values.name(values.country, form) for form in ("of", "the", "name")]
    country = next((form for form in forms if f" {form} " in f" {title} "), "")
    before, after = (
        (part.strip() for part in f" {title} ".split(f" {country} ", 1)) if country else (title, "")
    )
    return before, country, after


def organisations(
    workspace: Workspace, content: Content, ids: Sequence[str]
) -> list[tuple[str, str, list[str]]]:
    """Organisations as the templates see them: name, path of the logo (empty: none), the name's
    lines in plain type.
    """
    known = content.edition.model.organisations
    return [
        (
            str(known[id_].name),
            workspace.logo(id_) or "",
            [str(line) for line in known[id_].lines or (known[id_].name,)],
        )
        for id_ in ids
    ]


@dataclass(slots=True)
class Composer:
    """Fills the templates of one card in one language: those of the page, or of another medium's
    `folder`, which see `more` besides.
    """

    workspace: Workspace
    content: Content
    values: Values
    language: str
    styles: Styles
    prose: Compositor
    folder: str = ""
    more: Mapping[str, Any] = field(default_factory=dict)
    gauges: dict[str, Gauge] = field(default_factory=dict)
    drawn: dict[str, str] = field(default_factory=dict)
    linked: list[tuple[str, Sequence[Link]]] = field(default_factory=list)

    def sections(self) -> Iterator[Section]:
        """The card's sections in the order of its pages."""
        yield self._section("cover", "cover.html", "", **self.cover())
        yield self._section("overall", "overall.html", "overall.heading", **self._overall())
        for number, id_ in enumerate(self.content.scoreboard.model.dimensions, start=1):
            view = self._dimension(id_, number)
            yield self._section(id_, "dimension.html", f"dimensions.{id_}.short", **view)
        if "context" in self.prose.card.prose:
            yield self._section(
                "context", "context.html", "context.heading", text=self.prose.text("context")
            )
        if self.prose.card.model.recommendations:
            view = {
                "introduction": self.prose.shared("recommendations.introduction"),
                "recommendations": list(self._recommendations()),
            }
            yield self._section(
                "recommendations", "recommendations.html", "recommendations.heading", **view
            )
        yield self._section("back", "back.html", "", **self.back())

    def _section(self, name: str, template: str, field: str, **view: Any) -> Section:
        """A section under the heading of a field of the wording (none: the covers)."""
        earlier = sum(len(links) for _, links in self.linked)
        if links := self.prose.links[earlier:]:
            self.linked.append((self.prose.label(field or f"labels.{name}"), links))
        return Section(
            name, render(self.styles, f"{self.folder}{template}", **self.view(name, field, **view))
        )

    def view(self, name: str, field: str, **view: Any) -> dict[str, Any]:
        """What the template of a section sees: what is alike in all of them, and the section's
        own.
        """
        status = self.prose.card.model.status
        heading = self.prose.label(field) if field else ""
        common: dict[str, Any] = {
            "country": self.values.country,
            "language": self.language,
            "id": f"{self.values.country}.{self.language}.{name}",
            "card_title": self.prose.plain("title"),
            "authors": self.authors(),
            "programme": self.prose.label("edition.programme"),
            "state": status,
            "status": "" if status == "final" else self.prose.label(f"labels.{status}"),
            "heading": heading,
            "heading_field": field,
            "label": self.prose.label,
            "label_line": self.prose.label_line,
            "card_line": self.prose.line,
            "label_given": self.prose.wording.prose.__contains__,
            "colour": self.styles.colour,
            # Only a page has a foot for the note of a call; what it shows is loaded by the
            # typesetter.
            "paged": not self.folder,
            "picture": str,
        }
        whole = {**common, **self.more, **view}
        return whole | {"view": whole}

    def subtitle(self) -> str:
        """The publication's subtitle; empty if it has none."""
        return (
            self.prose.label("edition.subtitle")
            if self.prose.wording.model.edition.subtitle
            else ""
        )

    def authors(self) -> list[str]:
        """The authors' names."""
        return [
            self.prose.plain(f"authors.{number}")
            for number in range(1, len(self.prose.card.model.authors) + 1)
        ]

    def addresses(self) -> Section | None:
        """The list of addresses, by the sections of their words."""
        if not self.linked:
            return None
        return self._section("addresses", "addresses.html", "labels.addresses", groups=self.linked)

    # The sections' own views.

    def cover(self) -> dict[str, Any]:
        """The cover's own view: the title, with the country's name by itself."""
        before, country, after = parted_title(self.prose)
        longest = max(
            len(word) for part in (before, country, after) for word in part.split() or [""]
        )
        return {
            "before": before,
            "this_country": country,
            "after": after,
            "longest": longest,
            "subtitle": self.prose.shared_line("edition.subtitle"),
            "organisations": organisations(
                self.workspace, self.content, self.content.edition.model.cover
            ),
        }

    def _overall(self) -> dict[str, Any]:
        dimensions = self.content.scoreboard.model.dimensions
        scores = self.values.results[self.values.country].scores
        return {
            "introduction": self.prose.shared("overall.introduction"),
            "total": self._gauge("total", TOTAL, "overall.total"),
            "dimensions": [
                self._gauge("dimension", id_, f"dimensions.{id_}.short", number=number)
                for number, id_ in enumerate(dimensions, start=1)
            ],
            "result": self.prose.text("overall.result"),
            "ranking": list(self._ranking()),
            "scale": [
                (str(fifth * 20), self.values.points(scores[TOTAL].maximum * fifth / 5))
                for fifth in range(6)
            ],
            "outlook": self.prose.shared("overall.outlook"),
            "glance": [
                (
                    number,
                    self.prose.shared_line(f"dimensions.{id_}.short"),
                    [self._row(id_, name) for name in dimension.categories],
                )
                for number, (id_, dimension) in enumerate(dimensions.items(), start=1)
            ],
        }

    def _row(self, dimension: str, category: str) -> tuple[str, Title | None, TableNumber]:
        letter = self.content.scoreboard.model.categories[category].letter
        return (
            letter,
            self.prose.shared_line(f"dimensions.{dimension}.categories.{category}.name"),
            self.prose.number(
                f"glance.{category}",
                self.values.country,
                category,
                self.values.score(category) or "–",
            ),
        )

    def _ranking(self) -> Iterator[tuple[str, TableNumber, str, TableNumber, str, bool]]:
        for rank, country, result in ranking(self.values.results):
            share = result.value / result.maximum if result.value is not None else Fraction(0)
            points = self.values.tongue.number(result.shown) if result.shown is not None else "–"
            id_ = self.prose.country(country)
            width = f"{float(share) * 100:.2f}"
            place = self.prose.number(f"rank.{country}", country, TOTAL, str(rank or "–"))
            score = self.prose.number(f"ranking.{country}", country, TOTAL, points)
            yield (
                id_,
                place,
                self.values.name(country),
                score,
                width,
                country == self.values.country,
            )

    def _dimension(self, id_: str, number: int) -> dict[str, Any]:
        categories = self.content.scoreboard.model.dimensions[id_].categories
        definitions = [
            (
                category.letter,
                self.prose.shared_line(f"dimensions.{id_}.categories.{name}.name"),
                self.prose.shared(f"dimensions.{id_}.categories.{name}.definition"),
            )
            for name, category in categories.items()
        ]
        return {
            "dimension": id_,
            "number": number,
            "gauges": [
                self._gauge(
                    "category",
                    name,
                    f"dimensions.{id_}.categories.{name}.name",
                    number=number,
                    letter=category.letter,
                )
                for name, category in categories.items()
            ],
            "assesses": self.prose.shared(f"dimensions.{id_}.assesses"),
            "definitions": definitions,
            "findings": self.prose.text(f"dimensions.{id_}.findings"),
        }

    def _recommendations(self) -> Iterator[dict[str, Any]]:
        for number, (id_, recommendation) in enumerate(
            self.prose.card.model.recommendations.items(), start=1
        ):
            yield {
                "id": self.prose.mark(
                    self.prose.card.prose[f"recommendations.{id_}.title"], "title"
                ),
                "number": number,
                "pictogram": (
                    f"figures/pictograms/{recommendation.pictogram}.svg"
                    if recommendation.pictogram
                    else ""
                ),
                "title": self.prose.line(f"recommendations.{id_}.title"),
                "text": self.prose.text(f"recommendations.{id_}.text"),
                "institutions": [
                    self.prose.line(f"institutions.{institution}")
                    for institution in recommendation.institutions
                ],
            }

    def back(self) -> dict[str, Any]:
        """The back cover's own view: the imprint."""
        edition = self.content.edition.model
        address = card_address(edition, self.values.country, self.language)
        spoken = self.prose.label("labels.link", address=address)
        colours = self.styles.colour("ink"), self.styles.colour("white")
        return {
            "organisations": organisations(self.workspace, self.content, edition.back),
            "method": self.prose.shared("edition.method"),
            "address": address.removeprefix("https://").removeprefix("http://"),
            "code": address_code(address, spoken, *colours) if address else None,
            "notice": self.prose.shared("edition.notice"),
            "citation": self.prose.shared_line("edition.citation"),
            "licence": self.prose.shared_line("edition.licence"),
            "contact": edition.contact or "",
            "version": str(edition.version or ""),
            "date": self.values.tongue.date(edition.date),
        }

    def _gauge(self, kind: str, key: str, name: str, number: int = 0, letter: str = "") -> _Figure:
        gauge = replace(
            gauge_of(self.values, self.styles, kind, key, number),
            form=self.content.edition.model.gauge,
        )
        source = f"drawings/{gauge.key}.svg"
        self.gauges[source] = gauge
        self.drawn[key] = source
        result = self.values.results[self.values.country].scores[key]
        remark = (
            "labels.not_published"
            if gauge.share is None
            else "labels.provisional"
            if result.provisional
            else ""
        )
        return _Figure(
            self.prose.scored(
                f"{self.values.country}.{self.language}.score.{key}", self.values.country, key
            ),
            source,
            gauge,
            self.prose.spoken(key, name),
            self.prose.label_line(name),
            letter,
            number,
            self.prose.label_line(remark) if remark else None,
        )
