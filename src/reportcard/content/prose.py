"""Prose as typed blocks: a field's text, apart from how it is typed. Every inline knows its place
in the file, every block has a key that outlives a new order of blocks.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from reportcard.problems.problem import Place


@dataclass(frozen=True, slots=True)
class Marks:
    """What lies over a run of text. `href` is an address or `edition:name`; `cites` a note; `lang`
    a language tag.
    """

    bold: bool = False
    italic: bool = False
    href: str = ""
    lang: str = ""
    cites: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """Words set alike."""

    text: str
    marks: Marks
    place: Place


@dataclass(frozen=True, slots=True)
class Call:
    """A note call, `[^note]`."""

    note: str
    marks: Marks
    place: Place


@dataclass(frozen=True, slots=True)
class Value:
    """A value of the data, `{{ name | filter('argument') }}`, or `filter('argument', short)`."""

    name: str
    filter: str
    argument: str
    marks: Marks
    place: Place
    is_short: bool = False


Inline = Run | Call | Value


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, or the text of an item, a cell, a caption or a title."""

    inlines: tuple[Inline, ...]
    key: str
    place: Place


@dataclass(frozen=True, slots=True)
class RunIn:
    """A run-in heading: the paragraph after it begins on its line."""

    text: Paragraph

    @property
    def place(self) -> Place:
        """Where its words begin."""
        return self.text.place


@dataclass(frozen=True, slots=True)
class ListItem:
    """An item of a list, and the list inside it."""

    text: Paragraph
    inner: "Bullets | None" = None


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of bullets, or of numbers from `start` on. An item may have a list in it, which has
    none.
    """

    items: tuple[ListItem, ...]
    is_numbered: bool = False
    start: int = 1

    @property
    def place(self) -> Place:
        """The place of its first item."""
        return self.items[0].text.place


@dataclass(frozen=True, slots=True)
class Legend:
    """What is said of a figure, table or chart: its caption and its source. One that has a caption
    has a number, and by its `name` it can be referred to.
    """

    caption: Paragraph | None = None
    source: Paragraph | None = None
    name: str = ""
    is_numbered: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture by its path under `figures/`, with its alternative text. `width` is `half`, `full`
    or empty: as large as it is.
    """

    file: str
    alt: str
    key: str
    place: Place
    width: str = ""
    legend: Legend = Legend()


@dataclass(frozen=True, slots=True)
class DataTable:
    """A table: the cells of its head, and of its rows, as many in each. `sides` are how columns are
    aligned: left, right, center, or empty.
    """

    head: tuple[Paragraph, ...]
    rows: tuple[tuple[Paragraph, ...], ...]
    sides: tuple[str, ...]
    key: str
    place: Place
    legend: Legend = Legend()

    def cells(self) -> Iterator[Paragraph]:
        """Its cells, row by row from the head."""
        for row in (self.head, *self.rows):
            yield from row


@dataclass(frozen=True, slots=True)
class ChartName:
    """The words that are printed for a word of a chart's data."""

    word: str
    text: Paragraph


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart of a table in the workspace: its form (bars, lines, dots), and the file in the card's
    folder `data/`.
    """

    form: str
    data: str
    key: str
    place: Place
    width: str = ""
    names: tuple[ChartName, ...] = ()
    legend: Legend = Legend()


@dataclass(frozen=True, slots=True)
class PullQuote:
    """Sentences that are printed large, and who said them."""

    paragraphs: tuple[Paragraph, ...]
    by: Paragraph | None
    key: str
    place: Place


@dataclass(frozen=True, slots=True)
class Aside:
    """A box: a title and blocks, none of which is a box."""

    title: Paragraph | None
    blocks: "tuple[Block, ...]"
    key: str
    place: Place


Exhibited = Picture | DataTable | Chart
"""What has a legend."""
Block = Paragraph | RunIn | Bullets | Picture | DataTable | Chart | PullQuote | Aside


@dataclass(frozen=True, slots=True)
class BlockChanges:
    """What becomes of the paragraphs of blocks, and of the keys of other blocks, in order."""

    paragraph: Callable[[Paragraph], Paragraph]
    key: Callable[[str], str] = str

    def of(self, block: Block) -> Block:
        """The same block with its paragraphs changed, in the order in which they are typed."""
        made: Block
        match block:
            case Paragraph():
                made = self.paragraph(block)
            case RunIn():
                made = RunIn(self.paragraph(block.text))
            case Bullets():
                made = self._list(block)
            case Picture():
                key = self.key(block.key)
                made = replace(block, key=key, legend=self._legend(block.legend))
            case DataTable():
                made = self._table(block)
            case Chart():
                legend, key = self._legend(block.legend), self.key(block.key)
                names = tuple(replace(one, text=self.paragraph(one.text)) for one in block.names)
                made = replace(block, key=key, names=names, legend=legend)
            case PullQuote():
                paragraphs = tuple(map(self.paragraph, block.paragraphs))
                by, key = self._maybe(block.by), self.key(block.key)
                made = replace(block, key=key, paragraphs=paragraphs, by=by)
            case Aside():
                title, key = self._maybe(block.title), self.key(block.key)
                inner = tuple(map(self.of, block.blocks))
                made = replace(block, key=key, title=title, blocks=inner)
        return made

    def _table(self, block: DataTable) -> DataTable:
        head = tuple(map(self.paragraph, block.head))
        rows = tuple(tuple(map(self.paragraph, row)) for row in block.rows)
        legend, key = self._legend(block.legend), self.key(block.key)
        return replace(block, key=key, head=head, rows=rows, legend=legend)

    def _list(self, block: Bullets) -> Bullets:
        items = tuple(
            ListItem(self.paragraph(item.text), self._list(item.inner) if item.inner else None)
            for item in block.items
        )
        return replace(block, items=items)

    def _legend(self, legend: Legend) -> Legend:
        return replace(
            legend, caption=self._maybe(legend.caption), source=self._maybe(legend.source)
        )

    def _maybe(self, paragraph: Paragraph | None) -> Paragraph | None:
        return self.paragraph(paragraph) if paragraph else None


@dataclass(frozen=True, slots=True)
class Prose:
    """One field's text: its field id (`peru/context`) and its blocks in order; whether every block
    could be read.
    """

    field: str
    blocks: tuple[Block, ...]
    is_whole: bool = True

    def paragraphs(self) -> Iterator[Paragraph]:
        """Every text in it, in the order in which it is typed; empty cells have none."""
        found: list[Paragraph] = []

        def keep(paragraph: Paragraph) -> Paragraph:
            if paragraph.key:
                found.append(paragraph)
            return paragraph

        for block in self.blocks:
            BlockChanges(keep).of(block)
        yield from found

    def exhibits(self) -> Iterator[Exhibited]:
        """Its pictures, tables and charts, those in boxes too."""
        for block in self.blocks:
            for one in block.blocks if isinstance(block, Aside) else (block,):
                if isinstance(one, Picture | DataTable | Chart):
                    yield one

    def tables(self) -> Iterator[DataTable]:
        """Its tables, those in boxes too."""
        yield from (one for one in self.exhibits() if isinstance(one, DataTable))

    def inlines(self) -> Iterator[Inline]:
        """Every inline, in order."""
        for paragraph in self.paragraphs():
            yield from paragraph.inlines

    @property
    def letters(self) -> int:
        """How many letters and other signs it prints, values and note calls aside."""
        return sum(len(inline.text) for inline in self.inlines() if isinstance(inline, Run))

    @property
    def line(self) -> tuple[Inline, ...]:
        """The inlines of a field that is one line (a title, a name)."""
        return tuple(self.inlines())
