"""A card's content and results to HTML, one document per section.

Sections are those of the page: cover, overall assessment, one per dimension, context,
recommendations, back cover. Every block of prose gets an `id` that is its own in every country and
language, and an `Origin`: the field and place it came from.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, Final

from reportcard.content.loading import Content
from reportcard.language.names import Form
from reportcard.page.charts import drawing_of
from reportcard.page.compose.address_code import address_code, card_address
from reportcard.page.compose.blocks import Link, Origin, Title
from reportcard.page.compose.breaks import is_brief, with_last_words_of_title_tied
from reportcard.page.compose.composed import Composed, Section
from reportcard.page.compose.compositor import Compositor
from reportcard.page.compose.dimension import dimension_view, lacking
from reportcard.page.compose.gauge_figures import GaugeFigures, legend
from reportcard.page.compose.glance import ENTRIES, glance_heading, glance_view
from reportcard.page.compose.recommendations import recommendations
from reportcard.page.compose.rows import balanced
from reportcard.page.compose.standings import standings
from reportcard.page.compose.templates import render
from reportcard.page.gauges import Drawing
from reportcard.page.styles import RUN_ON, Styles
from reportcard.scores.results import TOTAL
from reportcard.scores.values import Values
from reportcard.workspace.workspace import Workspace

#: The authors that a cover names; of more, the others are named on the back cover.
_ON_COVER: Final = 8


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
        MappingProxyType(composer.drawings()),
        MappingProxyType(composer.figures.drawn),
        tuple(composer.authors()),
        composer.subtitle(),
        composer.addresses(),
    )


# --- what the templates see -----------------------------------------------------------------------


def parted_title(prose: Compositor) -> tuple[str, str, str]:
    """A card's title, parted around the country's name in the form that it has there; all of it
    first if it does not name it.
    """
    title, values = prose.plain("title"), prose.values
    wanted: tuple[Form, ...] = ("in", "of", "the", "name")
    forms = list(filter(None, (values.form(values.country, form) for form in wanted)))
    country = next((form for form in forms if f" {form} " in f" {title} "), "")
    before, after = (
        (part.strip() for part in f" {title} ".split(f" {country} ", 1)) if country else (title, "")
    )
    return before, country, after


def organisations(
    workspace: Workspace, prose: Compositor, ids: Sequence[str]
) -> list[tuple[str, str, list[str]]]:
    """Organisations as the templates see them: name, path of the logo (empty: none), the name's
    lines in plain type. Where they are named is kept.
    """
    edition = prose.content.edition
    found = []
    for id_ in ids:
        known = edition.model.organisations[id_]
        lines = [str(line) for line in known.lines or (known.name,)]
        place = edition.tree.at("organisations", id_, "lines" if known.lines else "name")
        prose.origins[f"organisation.{id_}"] = Origin("", place, " ".join(lines))
        found.append((str(known.name), workspace.logo(id_) or "", lines))
    return found


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
    linked: list[tuple[str, Sequence[Link]]] = field(default_factory=list)
    figures: GaugeFigures = field(init=False)

    def __post_init__(self) -> None:
        self.figures = GaugeFigures(self.prose, self.styles)

    def sections(self) -> Iterator[Section]:
        """The card's sections in the order of its pages."""
        yield self._section("cover", "cover.html", "", **self.cover())
        yield self._section("overall", "overall.html", "overall.heading", **self._overall())
        if self._has_all:
            glance = self._section(
                "glance", "glance.html", glance_heading(self.prose), **self._glance()
            )
            yield replace(glance, is_page=True, lists_pages=True)
        for number, id_ in enumerate(self.content.scoreboard.model.dimensions, start=1):
            view = dimension_view(self.prose, self.figures, id_, number)
            section = self._section(id_, "dimension.html", f"dimensions.{id_}.short", **view)
            yield replace(section, lacks=lacking(self.prose, id_))
        if "context" in self.prose.card.prose:
            context = self._section("context", "context.html", "context.heading", **self._context())
            has_next = bool(self.prose.card.model.recommendations)
            yield replace(context, lacks="run-on") if has_next and self._lacks_leave else context
        if self.prose.card.model.recommendations:
            listed = list(recommendations(self.workspace, self.prose))
            view = {
                "introduction": self.prose.shared("recommendations.introduction"),
                "recommendations": listed,
                "has_tags": "recommendations.tags" in self.prose.wording.prose
                and any(one["categories"] for one in listed),
            }
            section = self._section(
                "recommendations", "recommendations.html", "recommendations.heading", **view
            )
            yield replace(section, runs_on=self.styles.runs_on and not self._lacks_leave)
        yield self._section("back", "back.html", "", **self.back())

    def _section(self, name: str, template: str, field: str, **view: Any) -> Section:
        """A section under the heading of a field of the wording (none: the covers)."""
        earlier = sum(len(links) for _, links in self.linked)
        if links := self.prose.links[earlier:]:
            self.linked.append((self.prose.label(field or f"labels.{name}"), links))
        html = render(self.styles, f"{self.folder}{template}", **self.view(name, field, **view))
        fillers = view.get("fillers", ())
        return Section(name, html, fillers=fillers, is_flexible=self._is_flexible)

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
            "artwork": self.styles.artwork,
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

    def _more_authors(self) -> Title | None:
        """What stands on the cover of a page for the authors whom it does not name, if there are
        more than it has room for.
        """
        more = len(self.authors()) - _ON_COVER
        if more < 1 or self.folder or "labels.more_authors" not in self.prose.wording.prose:
            return None
        return self.prose.label_line("labels.more_authors", count=str(more))

    def drawings(self) -> dict[str, Drawing]:
        """The gauges and charts of the sections so far, by their address."""
        charts = {at: drawing_of(plot, self.styles) for at, plot in self.prose.plots.items()}
        return {**self.figures.gauges, **charts}

    def addresses(self) -> Section | None:
        """The list of addresses, by the sections of their words."""
        if not self.linked:
            return None
        return self._section("addresses", "addresses.html", "labels.addresses", groups=self.linked)

    # The sections' own views.

    def cover(self) -> dict[str, Any]:
        """The cover's own view: the title, with the country's name by itself."""
        before, country, after = parted_title(self.prose)
        more = self._more_authors()
        longest = max(
            len(word) for part in (before, country, after) for word in part.split() or [""]
        )
        return {
            "before": before,
            "this_country": country,
            "after": after,
            "longest": longest,
            "shown_authors": self.authors()[:_ON_COVER] if more else self.authors(),
            "more_authors": more,
            "subtitle": self.prose.shared_line("edition.subtitle"),
            "organisations": organisations(
                self.workspace, self.prose, self.content.edition.model.cover
            ),
        }

    def _overall(self) -> dict[str, Any]:
        introduction = self.prose.shared("overall.introduction")
        total = self.figures.figure("total", TOTAL, "overall.total")
        figures = [
            self.figures.figure("dimension", id_, f"dimensions.{id_}.short", number=number)
            for number, id_ in enumerate(self.content.scoreboard.model.dimensions, start=1)
        ]
        result, outlook = self.prose.text("overall.result"), self.prose.shared("overall.outlook")
        return {
            "introduction": introduction,
            "total": total,
            "dimensions": figures,
            "rows": balanced(figures),
            "legend": legend([total, *figures]),
            "introduction_is_brief": is_brief(introduction),
            "result": result,
            "outlook": outlook,
            "result_is_brief": is_brief([*result, *outlook]),
        }

    def _glance(self) -> dict[str, Any]:
        map_ = f"figures/maps/{self.values.country}.svg"
        contents = list(self._contents())
        return {
            **glance_view(self.prose),
            "standing": standings(self.values, self.prose.label)[TOTAL],
            "points_id": self.prose.standing(TOTAL),
            "map": map_ if (self.workspace.root / map_).is_file() else "",
            "contents": contents,
            "content_rows": balanced(contents, ENTRIES),
            "not_applicable": self.prose.inapplicable(
                its.scores[key]
                for its in self.values.results.values()
                for key in (TOTAL, *self.content.scoreboard.model.categories)
                if key == TOTAL or its.country == self.values.country
            ),
            "has_provisional": any(
                its.scores[key].provisional
                for its in self.values.results.values()
                for key in (TOTAL, *self.content.scoreboard.model.categories)
                if key == TOTAL or its.country == self.values.country
            ),
        }

    def _contents(self) -> Iterator[tuple[str, int, str, Title]]:
        """The sections after this page: name, number of the dimension (else 0), heading as plain
        text and as it is set.
        """
        fields = [
            (id_, number, f"dimensions.{id_}.short")
            for number, id_ in enumerate(self.content.scoreboard.model.dimensions, start=1)
        ]
        if "context" in self.prose.card.prose:
            fields.append(("context", 0, "context.heading"))
        if self.prose.card.model.recommendations:
            fields.append(("recommendations", 0, "recommendations.heading"))
        for name, number, heading in fields:
            yield name, number, self.prose.label(heading), self.prose.label_line(heading)

    def _context(self) -> dict[str, Any]:
        """The blocks of the context, and its quotes by the number of the block beside which each
        begins: they are spread over all of them.
        """
        text = self.prose.text("context")
        names = tuple(self.prose.card.model.context_quotes) if self._has_all else ()
        quotes = {
            len(text) * number // len(names): self._pulled(f"context_quotes.{name}")
            for number, name in enumerate(names)
        }
        return {"text": text, "quotes": quotes}

    def _pulled(self, name: str) -> Title:
        """A quote in a narrow column, whose last line is not a word alone."""
        return with_last_words_of_title_tied(self.prose.line(name))

    @property
    def _lacks_leave(self) -> bool:
        """Whether the edition alone keeps a section from beginning below the one before it."""
        return self.styles.runs_on and RUN_ON not in self.content.edition.model.fillers

    @property
    def _is_flexible(self) -> bool:
        return "arrangement" in self.content.edition.model.fillers

    @property
    def _has_all(self) -> bool:
        """Whether the card has more than the parts of the published one."""
        return self.content.edition.model.parts == "all"

    def back(self) -> dict[str, Any]:
        """The back cover's own view: the imprint."""
        edition = self.content.edition.model
        date = self.values.tongue.date(edition.date)
        self.prose.origins["date"] = Origin("", self.content.edition.tree.at("date"), date)
        address = card_address(edition, self.values.country, self.language) if self._has_all else ""
        spoken = self.prose.label("labels.link", address=address)
        colours = self.styles.colour("ink"), self.styles.colour("white")
        return {
            "organisations": organisations(self.workspace, self.prose, edition.back),
            "more_authors": self._more_authors(),
            "method": self.prose.shared("edition.method") if self._has_all else [],
            "address": address.removeprefix("https://").removeprefix("http://"),
            "code": address_code(address, spoken, *colours) if address else None,
            "notice": self.prose.shared("edition.notice"),
            "citation": self.prose.shared_line("edition.citation"),
            "licence": self.prose.shared_line("edition.licence"),
            "contact": edition.contact or "",
            "version": str(edition.version or ""),
            "date": date,
        }
