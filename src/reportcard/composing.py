"""A card's content and results to HTML, one document per section; the only importer of Jinja2.

Sections are those of the page: cover, overall assessment, one per dimension, context, recommendations, back cover. Every
block of prose gets an `id` that is its own in every country and language, and an `Origin`: the field and place it came from.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from itertools import groupby
from types import MappingProxyType
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined

from reportcard.content.loading import Content, Sourced
from reportcard.content.model import Card, Wording
from reportcard.content.prose import Bullets, Call, Inline, Picture, Prose, Run
from reportcard.gauges import Gauge, gauge_of
from reportcard.problems import Place
from reportcard.scoring import TOTAL, ranking
from reportcard.styles import Styles
from reportcard.values import Values
from reportcard.workspace import Workspace

#: The strip of a dimension is 168 mm wide and holds five gauges in a row; more go to further rows.
_STRIP_MM: Final = 168
_STRIP_ROW: Final = 5
#: A cover title's line holds so many letters at 58 pt; a longer word or line is set smaller.
_COVER_LETTERS: Final = 13


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a block on the page comes from: its field id (`peru/context`) and its place in the source."""

    field: str
    place: Place


@dataclass(frozen=True, slots=True)
class Called:
    """A call on the page: its number, its note, and the HTML ids of the call and of the note as printed for it."""

    number: int
    note: str
    call_id: str
    note_id: str


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the card that begins on a new page: its name (`overall`, `legal`) and its HTML document."""

    name: str
    html: str


@dataclass(frozen=True, slots=True)
class Composed:
    """A card in one language, ready to be laid out. `gauges` are the drawings it needs, by their address in the HTML;
    `scores` gives the address of each score's drawing."""

    country: str
    language: str
    title: str
    sections: tuple[Section, ...]
    origins: Mapping[str, Origin]
    calls: tuple[Called, ...]
    gauges: Mapping[str, Gauge]
    scores: Mapping[str, str]


def compose(workspace: Workspace, content: Content, values: Values, language: str, styles: Styles) -> Composed:
    """The card of `values.country` in a language. The content has been checked before."""
    composer = _Composer(workspace, content, values, language, styles)
    sections = tuple(composer.sections())
    return Composed(
        values.country,
        language,
        composer.plain("title"),
        sections,
        MappingProxyType(composer.origins),
        tuple(composer.calls),
        MappingProxyType(composer.gauges),
        MappingProxyType(composer.drawn),
    )


# --- what the templates see --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Words:
    text: str
    bold: bool
    italic: bool
    lang: str
    is_call: bool = False


@dataclass(frozen=True, slots=True)
class _NoteCall:
    number: int
    call_id: str
    note_id: str
    back: str
    #: The note's paragraphs where it is printed with this call; none where it keeps the number of an earlier call.
    note: "tuple[tuple[_Span, ...], ...]"
    is_call: bool = True


@dataclass(frozen=True, slots=True)
class _Span:
    """Neighbours that share a link, or the lack of one."""

    href: str
    items: tuple[_Words | _NoteCall, ...]

    @property
    def is_address(self) -> bool:
        """Whether the words of a link are its address: it may break anywhere."""
        return bool(self.href) and all(isinstance(item, _Words) and item.text in self.href for item in self.items)


@dataclass(frozen=True, slots=True)
class _Block:
    kind: str
    id: str = ""
    spans: tuple[_Span, ...] = ()
    items: "tuple[_Block, ...]" = ()
    leads: bool = False
    source: str = ""
    alt: str = ""


@dataclass(frozen=True, slots=True)
class _Figure:
    id: str
    source: str
    alt: str
    name: tuple[_Span, ...]
    letter: str
    number: int
    remark: str


# --- composing ---------------------------------------------------------------------------------------------------------


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=PackageLoader("reportcard"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.clear()
    return environment


@dataclass(slots=True)
class _Composer:
    workspace: Workspace
    content: Content
    values: Values
    language: str
    styles: Styles
    origins: dict[str, Origin] = field(default_factory=dict)
    calls: list[Called] = field(default_factory=list)
    gauges: dict[str, Gauge] = field(default_factory=dict)
    drawn: dict[str, str] = field(default_factory=dict)

    @property
    def card(self) -> Sourced[Card]:
        return self.content.cards[self.values.country][self.language]

    @property
    def wording(self) -> Sourced[Wording]:
        return self.content.wordings[self.language]

    def sections(self) -> Iterator[Section]:
        """The card's sections in the order of its pages."""
        yield self._section("cover", "cover.html", "", **self._cover())
        yield self._section("overall", "overall.html", self.label("overall.heading"), **self._overall())
        for number, id_ in enumerate(self.content.scoreboard.model.dimensions, start=1):
            view = self._dimension(id_, number)
            yield self._section(id_, "dimension.html", self.label(f"dimensions.{id_}.short"), **view)
        if "context" in self.card.prose:
            yield self._section("context", "context.html", self.label("context.heading"), text=self.text("context"))
        if self.card.model.recommendations:
            view = {
                "introduction": self.shared("recommendations.introduction"),
                "recommendations": list(self._recommendations()),
            }
            yield self._section(
                "recommendations", "recommendations.html", self.label("recommendations.heading"), **view
            )
        yield self._section("back", "back.html", "", **self._back())

    def _section(self, name: str, template: str, heading: str, **view: Any) -> Section:
        status = self.card.model.status
        told = {
            "country": self.values.country,
            "language": self.language,
            "id": f"{self.values.country}.{self.language}.{name}",
            "title": self.plain("title"),
            "authors": [self.plain(f"authors.{number}") for number in range(1, len(self.card.model.authors) + 1)],
            "programme": self.label("edition.programme"),
            "status": "" if status == "final" else self.label(f"labels.{status}"),
            "heading": heading,
            "label": self.label,
            "label_given": self.wording.prose.__contains__,
            "colour": self.styles.colour,
        }
        return Section(name, _templates().get_template(template).render(told | view))

    # The sections' own views.

    def _cover(self) -> dict[str, Any]:
        title = self.plain("title")
        forms = [self.values.name(self.values.country, form) for form in ("of", "the", "name")]
        country = next((form for form in forms if f" {form} " in f" {title} "), "")
        before, after = (part.strip() for part in f" {title} ".split(f" {country} ", 1)) if country else (title, "")
        longest = max(len(word) for part in (before, country, after) for word in part.split() or [""])
        return {
            "before": before,
            "this_country": country,
            "after": after,
            "long": longest > _COVER_LETTERS,
            "subtitle": self.shared_line("edition.subtitle"),
            "organisations": self._organisations(self.content.edition.model.cover),
        }

    def _overall(self) -> dict[str, Any]:
        dimensions = self.content.scoreboard.model.dimensions
        scores = self.values.results[self.values.country].scores
        return {
            "introduction": self.shared("overall.introduction"),
            "total": self._gauge("total", TOTAL, "overall.total"),
            "dimensions": [
                self._gauge("dimension", id_, f"dimensions.{id_}.short", number=number)
                for number, id_ in enumerate(dimensions, start=1)
            ],
            "result": self.text("overall.result"),
            "ranking": list(self._ranking()),
            "scale": [(str(fifth * 20), self.values.points(scores[TOTAL].maximum * fifth / 5)) for fifth in range(6)],
            "outlook": self.shared("overall.outlook"),
            "glance": [
                (
                    number,
                    self.shared_line(f"dimensions.{id_}.short"),
                    [self._row(id_, name) for name in dimension.categories],
                )
                for number, (id_, dimension) in enumerate(dimensions.items(), start=1)
            ],
        }

    def _row(self, dimension: str, category: str) -> tuple[str, tuple[_Span, ...], str]:
        letter = self.content.scoreboard.model.categories[category].letter
        return (
            letter,
            self.shared_line(f"dimensions.{dimension}.categories.{category}.name"),
            self.values.score(category) or "–",
        )

    def _ranking(self) -> Iterator[tuple[str, str, str, str, bool]]:
        for rank, country, result in ranking(self.values.results):
            share = result.value / result.maximum if result.value is not None else Fraction(0)
            points = self.values.tongue.number(result.shown) if result.shown is not None else "–"
            name = self.values.name(country)
            yield str(rank or "–"), name, points, f"{float(share) * 100:.2f}", country == self.values.country

    def _dimension(self, id_: str, number: int) -> dict[str, Any]:
        categories = self.content.scoreboard.model.dimensions[id_].categories
        definitions = [
            (
                category.letter,
                self.shared_line(f"dimensions.{id_}.categories.{name}.name"),
                self.shared(f"dimensions.{id_}.categories.{name}.definition"),
            )
            for name, category in categories.items()
        ]
        return {
            "number": number,
            "cell": f"{_STRIP_MM / min(len(categories), _STRIP_ROW):.2f}",
            "gauges": [
                self._gauge(
                    "category", name, f"dimensions.{id_}.categories.{name}.name", number=number, letter=category.letter
                )
                for name, category in categories.items()
            ],
            "assesses": self.shared(f"dimensions.{id_}.assesses"),
            "definitions": definitions,
            "findings": self.text(f"dimensions.{id_}.findings"),
        }

    def _recommendations(self) -> Iterator[dict[str, Any]]:
        for number, (id_, recommendation) in enumerate(self.card.model.recommendations.items(), start=1):
            yield {
                "id": self._mark(self.card.prose[f"recommendations.{id_}.title"], "title"),
                "number": number,
                "pictogram": f"figures/pictograms/{recommendation.pictogram}.svg" if recommendation.pictogram else "",
                "title": self.line(f"recommendations.{id_}.title"),
                "text": self.text(f"recommendations.{id_}.text"),
                "institutions": [
                    self.line(f"institutions.{institution}") for institution in recommendation.institutions
                ],
            }

    def _back(self) -> dict[str, Any]:
        edition = self.content.edition.model
        return {
            "organisations": self._organisations(edition.back),
            "notice": self.shared("edition.notice"),
            "citation": self.shared_line("edition.citation"),
            "licence": self.shared_line("edition.licence"),
            "contact": edition.contact or "",
            "version": str(edition.version or ""),
            "date": self.values.tongue.date(edition.date),
        }

    def _organisations(self, ids: Sequence[str]) -> list[tuple[str, str, list[str]]]:
        known = self.content.edition.model.organisations
        return [
            (
                str(known[id_].name),
                self.workspace.logo(id_) or "",
                [str(line) for line in known[id_].lines or (known[id_].name,)],
            )
            for id_ in ids
        ]

    def _gauge(self, kind: str, key: str, name: str, number: int = 0, letter: str = "") -> _Figure:
        gauge = gauge_of(self.values, self.styles, kind, key, number)
        source = f"drawings/{gauge.key}.svg"
        self.gauges[source] = gauge
        self.drawn[key] = source
        result = self.values.results[self.values.country].scores[key]
        told = {"name": self.label(name), "score": gauge.score, "maximum": self.values.maximum(key)}
        alt = self.label("labels.gauge_absent" if gauge.share is None else "labels.gauge")
        for placeholder, words in told.items():
            alt = alt.replace(f"{{{placeholder}}}", words)
        remark = ""
        if gauge.share is None:
            remark = self.label("labels.not_published")
        elif result.provisional:
            remark = self.label("labels.provisional")
        id_ = f"{self.values.country}.{self.language}.score.{key}"
        self.origins[id_] = Origin(f"{self.values.country}/scores.{key}", self._score_place(key))
        return _Figure(
            id_,
            source,
            f"{alt} ({remark})" if remark and gauge.share is not None else alt,
            self.shared_line(name),
            letter,
            number,
            remark,
        )

    def _score_place(self, key: str) -> Place:
        tree = self.content.scores[self.values.country].tree
        return (
            tree.at("categories", key) if key in self.content.scoreboard.model.categories else tree.at("published", key)
        )

    # Prose to what the templates set.

    def text(self, name: str) -> list[_Block]:
        """A field of the card."""
        return self._blocks(self.card.prose[name])

    def shared(self, name: str) -> list[_Block]:
        """A field of the wording; nothing if it is not given."""
        return self._blocks(self.wording.prose[name]) if name in self.wording.prose else []

    def line(self, name: str) -> tuple[_Span, ...]:
        """A line of the card."""
        prose = self._bound(self.card.prose[name])
        return self._spans(prose.line, prose.field)

    def shared_line(self, name: str) -> tuple[_Span, ...]:
        """A line of the wording; nothing if it is not given."""
        if name not in self.wording.prose:
            return ()
        prose = self._bound(self.wording.prose[name])
        return self._spans(prose.line, prose.field)

    def label(self, name: str) -> str:
        """A line of the wording as plain text."""
        return "".join(inline.text for inline in self._bound(self.wording.prose[name]).line if isinstance(inline, Run))

    def plain(self, name: str) -> str:
        """A line of the card as plain text."""
        return "".join(inline.text for inline in self._bound(self.card.prose[name]).line if isinstance(inline, Run))

    def _bound(self, prose: Prose) -> Prose:
        return self.values.bind(prose)[0]

    def _mark(self, prose: Prose, key: str) -> str:
        """The HTML id of a block of prose; its origin is kept."""
        _, _, name = prose.field.partition("/")
        scope = "" if prose.field.startswith(f"{self.values.country}/") else "wording."
        id_ = f"{self.values.country}.{self.language}.{scope}{name}.{key}"
        block = next(iter(prose.paragraphs()), None)
        place = next(
            (item.place for item in prose.paragraphs() if item.key == key), block.place if block else Place("")
        )
        self.origins[id_] = Origin(prose.field, place)
        return id_

    def _blocks(self, prose: Prose) -> list[_Block]:
        bound = self._bound(prose)
        blocks = []
        for position, block in enumerate(bound.blocks):
            follows = bound.blocks[position + 1] if position + 1 < len(bound.blocks) else None
            if isinstance(block, Bullets):
                items = tuple(
                    _Block("li", self._mark(prose, item.key), self._spans(item.inlines, prose.field))
                    for item in block.items
                )
                blocks.append(_Block("ul", items=items))
            elif isinstance(block, Picture):
                caption = (_Span("", (_Words(block.caption, False, False, ""),)),) if block.caption else ()
                id_ = self._mark(prose, block.key)
                self.origins[id_] = Origin(prose.field, block.place)
                blocks.append(_Block("figure", id_, caption, source=block.file, alt=block.alt))
            else:
                spans = self._spans(block.inlines, prose.field)
                blocks.append(_Block("p", self._mark(prose, block.key), spans, leads=isinstance(follows, Bullets)))
        return blocks

    def _spans(self, inlines: Sequence[Inline], field_id: str) -> tuple[_Span, ...]:
        citing = {index: self._cited(inlines, index) for index, inline in enumerate(inlines) if inline.marks.cites}

        def target(indexed: tuple[int, Inline]) -> str:
            index, inline = indexed
            return citing.get(index) or self._address(inline.marks.href)

        groups = groupby(enumerate(inlines), key=target)
        return tuple(_Span(href, tuple(self._item(inline, field_id) for _, inline in group)) for href, group in groups)

    def _address(self, href: str) -> str:
        scheme, _, name = href.partition(":")
        return self.content.edition.model.links.get(name) or "" if scheme == "edition" else href

    def _item(self, inline: Inline, field_id: str) -> _Words | _NoteCall:
        if isinstance(inline, Call):
            return self._call(inline, field_id)
        assert isinstance(inline, Run), "values are bound before"
        return _Words(inline.text, inline.marks.bold, inline.marks.italic, inline.marks.lang)

    def _call(self, call: Call, field_id: str) -> _NoteCall:
        earlier = [called for called in self.calls if called.note == call.note]
        prefix = f"{self.values.country}.{self.language}"
        call_id = f"{prefix}.call.{call.note}.{len(earlier) + 1}"
        self.origins[call_id] = Origin(field_id, call.place)
        back = self.label("labels.note_back")
        if earlier and self.content.edition.model.repeated_notes == "same":
            first = earlier[0]
            self.calls.append(Called(first.number, call.note, call_id, first.note_id))
            return _NoteCall(first.number, call_id, first.note_id, back, ())
        number = 1 + len({called.note_id for called in self.calls})
        note_id = f"{prefix}.notes.{call.note}.{len(earlier) + 1}"
        self.calls.append(Called(number, call.note, call_id, note_id))
        prose = self.card.prose[f"notes.{call.note}"]
        self.origins[note_id] = Origin(prose.field, next(prose.paragraphs()).place)
        note = tuple(self._spans(paragraph.inlines, prose.field) for paragraph in self._bound(prose).paragraphs())
        return _NoteCall(number, call_id, note_id, back.replace("{number}", str(number)), note)

    def _cited(self, inlines: Sequence[Inline], index: int) -> str:
        """The printed note that a citation means: the one called next to it, else the last one printed before."""
        note = inlines[index].marks.cites
        printed = [called.note_id for called in self.calls if called.note == note]
        if any(isinstance(inline, Call) and inline.note == note for inline in inlines[index:]):
            same = self.content.edition.model.repeated_notes == "same" and printed
            return "#" + (
                printed[0] if same else f"{self.values.country}.{self.language}.notes.{note}.{len(printed) + 1}"
            )
        return f"#{printed[-1]}" if printed else ""
