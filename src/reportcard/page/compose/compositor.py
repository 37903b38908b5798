"""Prose to the blocks that are set: with ids of their own, notes numbered in the order of their
calls, links resolved.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any

from reportcard.content.exhibits import Exhibit
from reportcard.content.loading import Content
from reportcard.content.model import Card
from reportcard.content.prose import Call, Inline, Prose, Run
from reportcard.content.shelf import Sourced
from reportcard.content.wording import Wording
from reportcard.language.locales import NO_BREAK_SPACE
from reportcard.page.charts import ChartPlot
from reportcard.page.compose.blocks import (
    Block,
    Called,
    Link,
    NoteCall,
    Origin,
    Span,
    TableNumber,
    Title,
    Words,
)
from reportcard.page.compose.breaks import (
    parts,
    with_last_words_of_small_tied,
    with_spaces_inside,
)
from reportcard.page.compose.notes import NoteNumbers
from reportcard.page.compose.prose_blocks import ProseBlocks
from reportcard.problems.problem import Place
from reportcard.scores.results import Result
from reportcard.scores.values import Values


@dataclass(slots=True)
class Compositor:
    """Sets the prose of one card in one language, in the order in which its fields are asked for.

    `origins`, `notes`, `links` and `plots` (charts by their address) grow as blocks are set: the
    numbers of the notes follow from that order.
    """

    content: Content
    values: Values
    language: str
    origins: dict[str, Origin] = field(default_factory=dict)
    notes: list[NoteCall] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    plots: dict[str, ChartPlot] = field(default_factory=dict)
    numbers: NoteNumbers = field(init=False)

    def __post_init__(self) -> None:
        self.numbers = NoteNumbers(
            f"{self.values.country}.{self.language}",
            keeps_number=self.content.edition.model.repeated_notes == "same",
        )

    @property
    def calls(self) -> list[Called]:
        """The calls of notes so far, in the order of the page."""
        return self.numbers.calls

    @property
    def card(self) -> Sourced[Card]:
        return self.content.cards[self.values.country][self.language]

    @property
    def wording(self) -> Sourced[Wording]:
        return self.content.wordings[self.language]

    def text(self, name: str) -> list[Block]:
        """A field of the card."""
        return self._blocks(self.card.prose[name])

    def shared(self, name: str) -> list[Block]:
        """A field of the wording; nothing if it is not given."""
        return self._blocks(self.wording.prose[name]) if name in self.wording.prose else []

    def line(self, name: str) -> Title:
        """A line of the card."""
        prose = self._bound(self.card.prose[name])
        return Title(self.stand(prose), self.spans(prose.line, prose.field))

    def shared_line(self, name: str) -> Title | None:
        """A line of the wording; nothing if it is not given."""
        if name not in self.wording.prose:
            return None
        prose = self._bound(self.wording.prose[name])
        return Title(self.stand(prose), self.spans(prose.line, prose.field))

    def label_line(self, name: str, /, **values: str) -> Title:
        """A line of the wording as plain text, filled in like a label: nothing in it is bold or a
        link. A number that is filled in keeps to the words around it, of which one is its unit or
        the maximum.
        """
        fallen = self._fallen(self.wording.prose[name].field)
        words = Words(
            self.label(name, tied=True, **values),
            bold=False,
            italic=False,
            lang=fallen,
            fallen=bool(fallen),
        )
        return Title(
            self.stand(self.wording.prose[name]),
            (Span("", tuple(parts(words, is_address=False))),),
        )

    def not_applicable(self) -> Title | None:
        """What legends say of a score that the framework does not apply to; None if the language
        has no words for it.
        """
        if "labels.not_applicable_key" in self.wording.prose:
            return self.label_line("labels.not_applicable_key")
        _, meaning = self.values.not_applicable
        words = Words(meaning, bold=False, italic=False, lang="")
        place = self.wording.prose["labels.not_published"]
        spans = (Span("", tuple(parts(words, is_address=False))),)
        return Title(self.stand(place), spans) if meaning else None

    def inapplicable(self, results: Iterable[Result]) -> tuple[str, Title] | None:
        """What is printed where the framework does not apply to one of some results, and what a
        legend says of it.
        """
        if all(one.is_applicable for one in results) or not (meaning := self.not_applicable()):
            return None
        return self.values.not_applicable[0], meaning

    def stand(self, prose: Prose) -> str:
        """A new HTML id for a field that is one line: where it is used more than once, a number
        follows.
        """
        scope, _, name = prose.field.partition("/")
        path = name if scope == self.values.country else f"{scope}.{name}"
        id_ = f"{self.values.country}.{self.language}.{path}.line"
        count = 1
        while (numbered := id_ if count == 1 else f"{id_}.{count}") in self.origins:
            count += 1
        self.origins[numbered] = Origin(prose.field, next(prose.paragraphs()).place)
        return numbered

    def label(self, name: str, /, *, tied: bool = False, **values: str) -> str:
        """A line of the wording as plain text, with values in place of `{their names}`; `tied`:
        with no-break spaces around numbers.
        """
        words = self._plain(self.wording.prose[name])
        for placeholder, value in values.items():
            hole = f"{{{placeholder}}}"
            if tied and value[:1].isdecimal():
                words = re.sub(rf" ?{re.escape(hole)} ?", _no_break, words)
            words = words.replace(hole, value)
        return words

    def spoken(self, score: str, name: str) -> str:
        """A score of this country for who does not see its gauge: “Legal Frameworks: 3.9 of 5”.
        `name` is the field with its name.
        """
        named, words = self.label(name), self.values.score(score)
        result = self.values.results[self.values.country].scores[score]
        if not result.is_applicable:
            return f"{named}: {self.values.cell(result)}"
        if words is None:
            return self.label("labels.gauge_absent", name=named)
        spoken = self.label(
            "labels.gauge", name=named, score=words, maximum=self.values.maximum(score)
        )
        return f"{spoken} ({self.label('labels.provisional')})" if result.provisional else spoken

    def number(self, name: str, country: str, score: str, words: str) -> TableNumber:
        """A number that a country's score gives, with an HTML id made from `name`."""
        return TableNumber(
            self.scored(f"{self.values.country}.{self.language}.{name}", country, score), words
        )

    def standing(self, score: str) -> str:
        """An HTML id of the points of this country's total or dimension where its results begin."""
        country = self.values.country
        return self.scored(f"{country}.{self.language}.glance.{score}", country, score)

    def scored(self, id_: str, country: str, score: str) -> str:
        """An HTML id of what shows a country's score; its origin is kept."""
        self.origins[id_] = Origin(f"{country}/scores.{score}", self._score_place(country, score))
        return id_

    def _score_place(self, country: str, score: str) -> Place:
        """Where a country's score is given, or else those that it is computed from."""
        tree = self.content.scores[country].tree
        dimension = self.content.scoreboard.model.dimensions.get(score)
        published = ("published", "dimensions", score) if dimension else ("published", score)
        if tree.text(*published):
            return tree.at(*published)
        names = (score, *(dimension.categories if dimension else ()))
        known = self.content.scores[country].model.categories
        given = next((name for name in names if name in known), score)
        return tree.at("categories", given)

    def country(self, country: str) -> str:
        """An HTML id of a country's name: the field of the wording that gives it, if one does."""
        named = self.wording.prose.get(f"countries.{country}.name")
        return (
            self.stand(named)
            if named
            else f"{self.values.country}.{self.language}.country.{country}"
        )

    def plain(self, name: str) -> str:
        """A line of the card as plain text."""
        return self._plain(self.card.prose[name])

    def _plain(self, prose: Prose) -> str:
        words = "".join(
            inline.text for inline in self._bound(prose).line if isinstance(inline, Run)
        )
        return f"{self._mark_of(prose.field)}{words}"

    def _mark_of(self, field_id: str) -> str:
        """The mark before a text without translation: the language that it is in."""
        language = self._fallen(field_id)
        return f"[{language}] " if language else ""

    def _fallen(self, field_id: str) -> str:
        """The language used for a field that is not translated; empty if it is. People's
        names have no language.
        """
        scope, _, name = field_id.partition("/")
        sourced: Sourced[Any] = self.card if scope == self.values.country else self.wording
        is_fallen = name in sourced.fallen and not name.startswith(
            ("authors.", "countries.", "ordinals.")
        )
        return self.content.source_language(scope) if is_fallen else ""

    def _bound(self, prose: Prose) -> Prose:
        return self.values.bind(prose)[0]

    def mark(self, prose: Prose, key: str) -> str:
        """The HTML id of a block of prose; its origin is kept."""
        _, _, name = prose.field.partition("/")
        scope = "" if prose.field.startswith(f"{self.values.country}/") else "wording."
        id_ = f"{self.values.country}.{self.language}.{scope}{name}.{key}"
        block = next(iter(prose.paragraphs()), None)
        place = next(
            (item.place for item in prose.paragraphs() if item.key == key),
            block.place if block else Place(""),
        )
        self.origins[id_] = Origin(prose.field, place)
        return id_

    def _blocks(self, prose: Prose) -> list[Block]:
        bound = self._bound(prose)
        return ProseBlocks(self, bound).blocks(bound.blocks)

    def spans(self, inlines: Sequence[Inline], field_id: str) -> tuple[Span, ...]:
        """Running text of a field, with its calls and links."""
        citing = {
            index: self._cited(inlines, index)
            for index, inline in enumerate(inlines)
            if inline.marks.cites
        }

        def target(indexed: tuple[int, Inline]) -> str:
            index, inline = indexed
            return citing.get(index) or self._address(inline.marks.href)

        spans = tuple(
            self._span(href, [inline for _, inline in group], field_id)
            for href, group in groupby(enumerate(inlines), key=target)
        )
        if mark := self._mark_of(field_id):
            spans = (Span("", (Words(mark, bold=False, italic=False, lang=""),)), *spans)
        return with_spaces_inside(spans)

    def _span(self, href: str, inlines: list[Inline], field_id: str) -> Span:
        span = Span(
            href, tuple(self._item(inline, field_id) for inline in inlines), self._title(href)
        )
        if span.is_address or not href.startswith(("http:", "https:")):
            return replace(
                span,
                items=tuple(
                    part for item in span.items for part in parts(item, is_address=span.is_address)
                ),
            )
        id_ = f"{self.values.country}.{self.language}.link.{len(self.links) + 1}"
        words = "".join(item.text for item in span.items if isinstance(item, Words)).strip()
        self.links.append(Link(id_, words, href))
        self.origins[id_] = Origin(field_id, inlines[0].place)
        return replace(
            span,
            id=id_,
            items=tuple(part for item in span.items for part in parts(item, is_address=False)),
        )

    def _title(self, href: str) -> str:
        if not href.startswith("#"):
            return self.label("labels.link", address=href) if href else ""
        if exhibit := self._exhibit_at(href):
            return self.values.exhibit_label(exhibit)
        return self.label("labels.note", number=str(self.numbers.number(href[1:])))

    def _address(self, href: str) -> str:
        scheme, _, name = href.partition(":")
        if scheme == "exhibit":
            exhibit = next(one for one in self.values.exhibits if one.name == name)
            return f"#{self._exhibit_id(exhibit)}"
        return self.content.edition.model.links.get(name) or "" if scheme == "edition" else href

    def _exhibit_id(self, exhibit: Exhibit) -> str:
        """The HTML id of a figure or table."""
        return f"{self.values.country}.{self.language}.{exhibit.field}.{exhibit.block.key}"

    def _exhibit_at(self, href: str) -> Exhibit | None:
        """The figure or table that a link on the page leads to."""
        return next(
            (one for one in self.values.exhibits if href == f"#{self._exhibit_id(one)}"), None
        )

    def _item(self, inline: Inline, field_id: str) -> Words | NoteCall:
        if isinstance(inline, Call):
            return self._call(inline, field_id)
        assert isinstance(inline, Run), "values are bound before"
        fallen = self._fallen(field_id)
        marks = inline.marks
        return Words(
            inline.text, marks.bold, marks.italic, marks.lang or fallen, fallen=bool(fallen)
        )

    def _call(self, call: Call, field_id: str) -> NoteCall:
        called, is_printed = self.numbers.call(call.note)
        self.origins[called.call_id] = Origin(field_id, call.place)
        title = self._title(f"#{called.note_id}")
        back = self.label("labels.note_back")
        if not is_printed:
            return NoteCall(called.number, called.call_id, called.note_id, title, back, ())
        prose = self.card.prose[f"notes.{call.note}"]
        self.origins[called.note_id] = Origin(prose.field, next(prose.paragraphs()).place)
        note = tuple(
            with_last_words_of_small_tied(self.spans(paragraph.inlines, prose.field))
            for paragraph in self._bound(prose).paragraphs()
        )
        back = back.replace("{number}", str(called.number))
        self.notes.append(
            NoteCall(called.number, called.call_id, called.note_id, title, back, note)
        )
        return self.notes[-1]

    def _cited(self, inlines: Sequence[Inline], index: int) -> str:
        """Where a citation leads: to the printed note that it means."""
        note = inlines[index].marks.cites
        is_called = any(
            isinstance(inline, Call) and inline.note == note for inline in inlines[index:]
        )
        found = self.numbers.cited(note, is_called_beside=is_called)
        return f"#{found}" if found else ""


def _no_break(found: re.Match[str]) -> str:
    return found[0].replace(" ", NO_BREAK_SPACE)
