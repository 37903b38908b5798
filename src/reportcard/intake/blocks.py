"""A manuscript: its paragraphs, tables, pictures, boxes and quotes in order, and the notes."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from reportcard.intake.manuscript import (
    ManuscriptParagraph,
    Marginalia,
    ParagraphKind,
    words,
)
from reportcard.messages.message import Message


@dataclass(frozen=True, slots=True)
class ManuscriptLegend:
    """What is said of a table or picture: its caption, without the label and number that begin it
    in the manuscript (`Table`, `2`), and its source. `anchors` are the bookmarks in the caption;
    `name` is what the card refers to it by.
    """

    caption: ManuscriptParagraph | None = None
    source: ManuscriptParagraph | None = None
    typed: str = ""
    label: str = ""
    number: str = ""
    anchors: tuple[str, ...] = ()
    name: str = ""


@dataclass(frozen=True, slots=True)
class ManuscriptTable:
    """A table: rows of as many cells each, the head first. `sides` are how columns are aligned:
    left, right, center, or empty.
    """

    rows: tuple[tuple[ManuscriptParagraph, ...], ...]
    sides: tuple[str, ...]
    legend: ManuscriptLegend = ManuscriptLegend()


@dataclass(frozen=True, slots=True)
class ManuscriptFigure:
    """A picture: its bytes, what ends its file's name (`png`), its alternative text (may be empty),
    its name in the manuscript and, once it has one, its path in the workspace.
    """

    data: bytes = field(repr=False)
    ending: str
    alt: str
    typed: str
    legend: ManuscriptLegend = ManuscriptLegend()
    file: str = ""


@dataclass(frozen=True, slots=True)
class ManuscriptBox:
    """A box: its title and what is in it, none of which is a box. `floats` if it is a text box,
    which has no place in the order of the text; else it is a frame around text.
    """

    title: ManuscriptParagraph | None
    blocks: "tuple[ManuscriptBlock, ...]"
    floats: bool = False

    @property
    def all_blocks(self) -> "tuple[ManuscriptBlock, ...]":
        """What is in it, its title first."""
        return (self.title, *self.blocks) if self.title else self.blocks


@dataclass(frozen=True, slots=True)
class ManuscriptQuote:
    """Sentences that are set apart, and who said them."""

    paragraphs: tuple[ManuscriptParagraph, ...]
    by: ManuscriptParagraph | None = None


ManuscriptExhibit = ManuscriptTable | ManuscriptFigure
"""What can have a caption."""
ManuscriptBlock = ManuscriptParagraph | ManuscriptExhibit | ManuscriptBox | ManuscriptQuote


@dataclass(frozen=True, slots=True)
class Manuscript:
    """All blocks, the notes by key, and remarks on what was left out: deletions, hidden text.
    `asides` are those that no paragraph has.
    """

    blocks: tuple[ManuscriptBlock, ...]
    notes: Mapping[str, tuple[ManuscriptParagraph, ...]] = field(
        default_factory=lambda: MappingProxyType({})
    )
    remarks: tuple[Message, ...] = ()
    asides: tuple[Marginalia, ...] = ()

    def paragraphs(self) -> Iterator[ManuscriptParagraph]:
        """Every text in it, those of cells and captions too, and then the notes."""
        yield from paragraphs_of(self.blocks)
        for note in self.notes.values():
            yield from note

    def all_asides(self) -> Iterator[Marginalia]:
        """Those of the paragraphs, of the notes, and the others."""
        for one in self.paragraphs():
            yield from one.asides
        yield from self.asides

    def words(self) -> Counter[str]:
        """How often each word occurs in it, in the alternative text of pictures too."""
        return words(
            (
                *(one.text for one in self.paragraphs()),
                *(one.alt for one in exhibits_of(self.blocks) if isinstance(one, ManuscriptFigure)),
            )
        )


def paragraphs_of(blocks: Iterable[ManuscriptBlock]) -> Iterator[ManuscriptParagraph]:
    """Every text of blocks, in the order in which it is written."""
    found: list[ManuscriptParagraph] = []

    def keep(one: ManuscriptParagraph) -> ManuscriptParagraph:
        found.append(one)
        return one

    for block in blocks:
        changed(block, keep)
    yield from found


def exhibits_of(blocks: Iterable[ManuscriptBlock]) -> Iterator[ManuscriptExhibit]:
    """The tables and pictures of blocks, those in boxes too."""
    for block in blocks:
        for one in block.blocks if isinstance(block, ManuscriptBox) else (block,):
            if isinstance(one, ManuscriptTable | ManuscriptFigure):
                yield one


def changed(
    block: ManuscriptBlock, change: Callable[[ManuscriptParagraph], ManuscriptParagraph]
) -> ManuscriptBlock:
    """The same block with each of its texts changed."""
    match block:
        case ManuscriptParagraph():
            return change(block)
        case ManuscriptTable():
            rows = tuple(tuple(map(change, row)) for row in block.rows)
            return replace(block, rows=rows, legend=_legend(block.legend, change))
        case ManuscriptFigure():
            return replace(block, legend=_legend(block.legend, change))
        case ManuscriptBox():
            title = change(block.title) if block.title else None
            inner = tuple(changed(one, change) for one in block.blocks)
            return replace(block, title=title, blocks=inner)
        case ManuscriptQuote():
            said = tuple(map(change, block.paragraphs))
            return replace(block, paragraphs=said, by=change(block.by) if block.by else None)


def exhibits_changed(
    block: ManuscriptBlock, change: Callable[[ManuscriptExhibit], ManuscriptExhibit]
) -> ManuscriptBlock:
    """The same block with the tables and pictures that it is, or has in it, changed."""
    if isinstance(block, ManuscriptTable | ManuscriptFigure):
        return change(block)
    if isinstance(block, ManuscriptBox):
        inner = tuple(exhibits_changed(one, change) for one in block.blocks)
        return replace(block, blocks=inner)
    return block


def words_of(block: ManuscriptBlock) -> str:
    """The words of a block on one line, for people: those of cells with bars between."""
    texts = [" ".join(one.text.split()) for one in paragraphs_of([block])]
    if isinstance(block, ManuscriptFigure):
        texts = [block.alt, *texts]
    return (" | " if isinstance(block, ManuscriptTable) else " ").join(filter(None, texts))


def as_paragraphs(blocks: Iterable[ManuscriptBlock]) -> Iterator[ManuscriptParagraph]:
    """The texts of blocks where there can be paragraphs and bullets alone: in notes."""
    for one in paragraphs_of(blocks):
        if one.text.strip() or one.calls:
            kind = ParagraphKind.BULLET if one.is_listed else ParagraphKind.TEXT
            yield replace(one, kind=kind, level=1)


def _legend(
    legend: ManuscriptLegend, change: Callable[[ManuscriptParagraph], ManuscriptParagraph]
) -> ManuscriptLegend:
    return replace(
        legend,
        caption=change(legend.caption) if legend.caption else None,
        source=change(legend.source) if legend.source else None,
    )
