"""The parallel edition: both languages of a card side by side, block against block, for who reviews
a translation.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from reportcard.build.card import lay_out
from reportcard.build.cards import card_named
from reportcard.build.inventory import SoundWorkspace
from reportcard.content.likeness import word_diff
from reportcard.content.loading import Content
from reportcard.content.markdown import parse_prose
from reportcard.content.prose import Call, Run
from reportcard.content.scalars import Line
from reportcard.content.segments import Segment
from reportcard.content.tree import BLOCK, Text
from reportcard.messages.catalogue import reader
from reportcard.messages.message import Message, message
from reportcard.page.compose.templates import render
from reportcard.page.gauges import Gallery
from reportcard.pdf.preflight import preflight
from reportcard.problems.logs import listening
from reportcard.problems.problem import Problem, has_errors
from reportcard.scores.values import Values, values_of
from reportcard.translation.confirmation import Standing
from reportcard.translation.pages import Pages, block_pages
from reportcard.translation.status import BlockState, State, summary
from reportcard.workspace.media import Medium
from reportcard.workspace.store import Store


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a block, set alike; `kind` is text, call or value."""

    text: str
    bold: bool
    italic: bool
    kind: str


@dataclass(frozen=True, slots=True)
class ParallelRow:
    """A block in both languages, its state, what changed in its source, and the pages of the cards
    that it is on.
    """

    number: int
    state: State
    source: tuple[Piece, ...]
    target: tuple[Piece, ...]
    change: tuple[tuple[str, str], ...]
    pages: str

    @property
    def label(self) -> Message:
        """Its state as people read it."""
        return self.state.label

    @property
    def todo(self) -> bool:
        """Whether a translator has something to do."""
        return not self.state.is_done


@dataclass(frozen=True, slots=True)
class Field:
    """A field with its id, the place of its translation, and its blocks."""

    id: str
    place: str
    rows: tuple[ParallelRow, ...]


@dataclass(frozen=True, slots=True)
class ParallelPart:
    """A part of the file under a heading: the card's own text, or the wording that cards share."""

    heading: Message
    fields: tuple[Field, ...]


def file_name(country: str, source_language: str, language: str) -> str:
    """The name of the file: `peru-parallel-en-es.pdf`."""
    return f"{country}-parallel-{source_language}-{language}.pdf"


def parallel(
    read: SoundWorkspace, country: Standing, wording: Standing | None, pages: Pages | None = None
) -> tuple[bytes, tuple[Problem, ...]]:
    """The PDF of one card in two languages, its own fields first, and what was found while it was
    made. The shared wording, if it is given, is an appendix.

    The cards are laid out for their page numbers, unless these are given; one that cannot be, since
    a field is missing, say, has none.
    """
    content, styles = read.content, read.styles
    pair = country.pair
    codes = (pair.source_language, pair.language)
    found: list[Problem] = []
    if pages is None:
        pages = _laid_out(read, pair.scope, codes)
    values = {language: values_of(content, pair.scope, language) for language in codes}
    cards = _CardPair(content, pair.scope, codes, values, pages)
    parts = [ParallelPart(message("Card text"), tuple(cards.fields(country)))]
    blocks = country.blocks
    if wording:
        heading = message("Appendix: wording that all cards share")
        parts.append(ParallelPart(heading, tuple(cards.fields(wording))))
        blocks = (*blocks, *wording.blocks)
    name = file_name(pair.scope, *codes)
    with listening(name, found):
        html = render(
            styles,
            "parallel.html",
            reader=reader(),
            words=_words(),
            title=message(
                "{country}: {source} and {target}",
                country=values[codes[0]].name(pair.scope),
                source=codes[0],
                target=codes[1],
            ),
            css=styles.coloured(render(styles, "parallel.css", size=styles.turned_page)),
            sums=" · ".join(map(str, summary(blocks))),
            codes=codes,
            languages=[str(content.wordings[language].model.language) for language in codes],
            parts=parts,
        )
        data = read.typesetter.plain(html)
    return data, (*found, *preflight(data, name, (Medium.SCREEN,)).problems)


def _laid_out(read: SoundWorkspace, country: str, languages: tuple[str, ...]) -> Pages:
    """The pages of the blocks of a card whose content has no error."""
    if has_errors(read.by_country[country]):
        return {}
    card, gallery = card_named(country), Gallery(Store(read.workspace.cache))
    pages: dict[str, tuple[int, ...]] = {}
    for language in languages:
        if language in read.content.cards[country]:
            boxes = lay_out(read, card.compose(read, language), gallery)[2].boxes
            pages |= {id_: tuple(box.page for box in found) for id_, found in boxes.items()}
    return pages


def _words() -> dict[str, Message]:
    """The headings of the table, and the words for a block that one language does not have."""
    return {
        "block": message("Block"),
        "pages": message("Pages"),
        "deleted": message("deleted from the source"),
        "untranslated": message("not translated"),
    }


@dataclass(frozen=True, slots=True)
class _CardPair:
    """A country's card in two languages: their codes, the values of each as words, and where its
    blocks are on the pages.
    """

    content: Content
    country: str
    codes: tuple[str, str]
    values: Mapping[str, Values]
    pages: Pages

    def fields(self, standing: Standing) -> Iterator[Field]:
        """The fields of a pair, their blocks side by side."""
        for unit, blocks in groupby(standing.blocks, key=lambda block: block.unit):
            rows = tuple(self._row(block) for block in blocks)
            yield Field(unit.field, str(unit.place), rows)

    def _row(self, block: BlockState) -> ParallelRow:
        source, target = (
            self._pieces(segment, block.unit.field, language)
            for segment, language in self._sides(block)
        )
        change = (
            word_diff(block.before, block.source.text)
            if block.source and block.before and block.before != block.source.text
            else ()
        )
        return ParallelRow(block.number, block.state, source, target, change, self._pages(block))

    def _sides(self, block: BlockState) -> tuple[tuple[Segment | None, str], ...]:
        """The block in each language, and the language."""
        return (block.source, self.codes[0]), (block.target, self.codes[1])

    def _pieces(self, segment: Segment | None, field_id: str, language: str) -> tuple[Piece, ...]:
        """The words of a block as they are printed: values filled in, calls by their names."""
        if segment is None:
            return ()
        kind = Line if segment.kind == "line" else Text
        text = Text(segment.text, "", BLOCK).as_(kind)
        quotes = self.content.edition.model.languages[language].quotes
        prose, _ = parse_prose(text, field_id, quotes, single_line=kind is Line)
        pieces = []
        for before in prose.inlines():
            if isinstance(before, Call):
                pieces.append(Piece(before.note, bold=False, italic=False, kind="call"))
                continue
            bold, italic = before.marks.bold, before.marks.italic
            if isinstance(before, Run):
                pieces.append(Piece(before.text, bold, italic, "text"))
            else:
                pieces.append(Piece(self.values[language].told(before), bold, italic, "value"))
        return tuple(pieces) or (Piece(segment.text, bold=False, italic=False, kind="text"),)

    def _pages(self, block: BlockState) -> str:
        """Where the block is in each card: `en 3 · es 3, 4`."""
        found = []
        for segment, language in self._sides(block):
            if segment is None:
                continue
            numbers = block_pages(self.pages, self.country, language, block, segment)
            if numbers:
                found.append(f"{language} {', '.join(map(str, numbers))}")
        return " · ".join(found)
