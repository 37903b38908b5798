"""The parallel edition: both languages of a card side by side, block against block, for who reviews
a translation.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from reportcard.build.card import lay_out
from reportcard.build.inventory import Read
from reportcard.content.likeness import word_diff
from reportcard.content.loading import Content
from reportcard.content.markdown import parse_prose
from reportcard.content.prose import Call, Run
from reportcard.content.scalars import Line
from reportcard.content.segments import Segment
from reportcard.content.tree import BLOCK, Text
from reportcard.page.compose.card import render
from reportcard.page.gauges import Gallery
from reportcard.page.typeset.geometry import Box
from reportcard.pdf.preflight import preflight
from reportcard.problems.logs import listening
from reportcard.problems.problem import Problem, has_errors
from reportcard.scores.values import Values, values_of
from reportcard.translation.confirmation import Standing
from reportcard.translation.status import BlockState, State
from reportcard.translation.units import WORDING
from reportcard.workspace.media import Medium

Boxes = Mapping[str, tuple[Box, ...]]


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a block, set alike; `kind` is text, call or value."""

    text: str
    bold: bool
    italic: bool
    kind: str


@dataclass(frozen=True, slots=True)
class ParallelRow:
    """A block in both languages, how it stands, what changed in its source, and the pages of the
    cards on which it stands.
    """

    number: int
    state: State
    source: tuple[Piece, ...]
    target: tuple[Piece, ...]
    change: tuple[tuple[str, str], ...]
    pages: str

    @property
    def todo(self) -> bool:
        """Whether a translator has something to do."""
        return not self.state.is_done


@dataclass(frozen=True, slots=True)
class Field:
    """A field with its id, where its translation stands, and its blocks."""

    id: str
    place: str
    rows: tuple[ParallelRow, ...]


def file_name(country: str, source_language: str, language: str) -> str:
    """The name of the file: `peru-parallel-en-es.pdf`."""
    return f"{country}-parallel-{source_language}-{language}.pdf"


def parallel(read: Read, country: Standing, wording: Standing) -> tuple[bytes, tuple[Problem, ...]]:
    """The PDF of one card in two languages, the shared wording after its own fields, and what was
    found while it was made.

    The cards are laid out for their page numbers; one that cannot be, since a field is missing,
    say, has none.
    """
    content, styles = read.content, read.styles
    assert content
    assert styles
    pair = country.pair
    codes = (pair.source_language, pair.language)
    boxes: dict[str, tuple[Box, ...]] = {}
    found: list[Problem] = []
    if not has_errors(read.by_country[pair.scope]):
        for language in codes:
            if language in content.cards[pair.scope]:
                boxes |= lay_out(read, pair.scope, language, Gallery(read.workspace.cache))[2].boxes
    values = {language: values_of(content, pair.scope, language) for language in codes}
    fields = [
        field
        for standing in (country, wording)
        for field in _fields(content, standing, codes, values, boxes, pair.scope)
    ]
    name = file_name(pair.scope, *codes)
    with listening(name, found):
        html = render(
            "parallel.html",
            title=f"{values[codes[0]].name(pair.scope)}: {codes[0]} and {codes[1]}",
            css=styles.coloured(render("parallel.css")),
            sums=_sums((*country.blocks, *wording.blocks)),
            codes=codes,
            languages=[str(content.wordings[language].model.language) for language in codes],
            fields=fields,
        )
        data = read.typesetter.plain(html)
    return data, (*found, *preflight(data, name, (Medium.SCREEN,)).problems)


def _sums(blocks: tuple[BlockState, ...]) -> str:
    counts = Counter(block.state for block in blocks)
    return (
        " · ".join(f"{counts[state]} {state}" for state in State)
        + f" · {sum(block.words for block in blocks)} words to do"
    )


def _fields(
    content: Content,
    standing: Standing,
    codes: tuple[str, str],
    values: Mapping[str, Values],
    boxes: Boxes,
    country: str,
) -> Iterator[Field]:
    for unit, blocks in groupby(standing.blocks, key=lambda block: block.unit):
        rows = []
        for block in blocks:
            sides = tuple(
                _pieces(content, segment, unit.field, language, values[language])
                for segment, language in ((block.source, codes[0]), (block.target, codes[1]))
            )
            change = (
                word_diff(block.before, block.source.text)
                if block.source and block.before and block.before != block.source.text
                else ()
            )
            rows.append(
                ParallelRow(
                    block.number,
                    block.state,
                    sides[0],
                    sides[1],
                    change,
                    _pages(block, codes, boxes, country),
                )
            )
        yield Field(unit.field, str(unit.place), tuple(rows))


def _pieces(
    content: Content, segment: Segment | None, field_id: str, language: str, values: Values
) -> tuple[Piece, ...]:
    """The words of a block as they are printed: values filled in, calls by their names."""
    if segment is None:
        return ()
    kind = Line if segment.kind == "line" else Text
    text = Text(segment.text, "", BLOCK).as_(kind)
    prose, _ = parse_prose(
        text, field_id, content.edition.model.languages[language].quotes, single_line=kind is Line
    )
    pieces = []
    for before in prose.inlines():
        if isinstance(before, Call):
            pieces.append(Piece(before.note, bold=False, italic=False, kind="call"))
        elif isinstance(before, Run):
            pieces.append(Piece(before.text, before.marks.bold, before.marks.italic, "text"))
        else:
            pieces.append(
                Piece(values.told(before), before.marks.bold, before.marks.italic, "value")
            )
    return tuple(pieces) or (Piece(segment.text, bold=False, italic=False, kind="text"),)


def _pages(block: BlockState, codes: tuple[str, str], boxes: Boxes, country: str) -> str:
    """“en 3 · es 3–4”: where the block stands in each card."""
    scope = f"{WORDING}." if block.unit.scope == WORDING else ""
    told = []
    for segment, language in ((block.source, codes[0]), (block.target, codes[1])):
        stem = f"{country}.{language}.{scope}{block.unit.name}"
        numbers = {
            box.page
            for id_, found in boxes.items()
            if segment
            and (
                id_ == f"{stem}.{segment.key}"
                or (segment.kind == "line" and id_.startswith(f"{stem}.line"))
            )
            for box in found
        }
        if block.unit.name.startswith("notes.") and segment:
            numbers = {found[0].page for id_, found in boxes.items() if id_.startswith(f"{stem}.")}
        if numbers:
            first, last = min(numbers), max(numbers)
            told.append(
                f"{language} {first}"
                if first == last
                else f"{language} {', '.join(map(str, sorted(numbers)))}"
            )
    return " · ".join(told)
