"""What prose is set as: blocks of spans, note calls, links, and where each of them comes from."""

from dataclasses import dataclass

from reportcard.problems.problem import Place


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a block on the page comes from: its field id (`peru/context`) and its place in the
    source. `words` are what it prints if its HTML bears no id.
    """

    field: str
    place: Place
    words: str = ""


@dataclass(frozen=True, slots=True)
class Called:
    """A call on the page: its number, its note, and the HTML ids of the call and of the note as
    printed for it.
    """

    number: int
    note: str
    call_id: str
    note_id: str


@dataclass(frozen=True, slots=True)
class Words:
    """A run of text, set alike."""

    text: str
    bold: bool
    italic: bool
    lang: str
    #: Whether it stays on one line.
    whole: bool = False
    #: Whether a line may end before it, though there is no space.
    after_break: bool = False
    #: Whether it is in another language because its translation is missing.
    fallen: bool = False
    is_call: bool = False


@dataclass(frozen=True, slots=True)
class NoteCall:
    """A call, and the note that is printed for it."""

    number: int
    call_id: str
    note_id: str
    title: str
    back: str
    #: The note's paragraphs where it is printed with this call; none where it keeps the number of
    #: an earlier call.
    note: "tuple[tuple[Span, ...], ...]"
    is_call: bool = True


@dataclass(frozen=True, slots=True)
class Link:
    """Words that are a link to the web, though they are not its address: on paper they lead
    nowhere.
    """

    id: str
    words: str
    address: str


@dataclass(frozen=True, slots=True)
class Span:
    """Neighbours that share a link, or the lack of one."""

    href: str
    items: tuple[Words | NoteCall, ...]
    #: Where the link leads, for who hears the page.
    title: str = ""
    #: The HTML id of a link that shows other words than its address.
    id: str = ""

    @property
    def is_address(self) -> bool:
        """Whether the words of a link are its address: it may break anywhere."""
        return bool(self.href) and all(
            isinstance(item, Words) and item.text in self.href for item in self.items
        )


@dataclass(frozen=True, slots=True)
class Title:
    """A line of prose, inside other text or alone: a name, a heading. Each use on a page
    has an id of its own.
    """

    id: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class TableNumber:
    """A number of a table that follows from a country's score."""

    id: str
    words: str


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph (`p`), a list (`ul`, `ol`) of items (`li`), a heading (`run-in`) with the
    paragraph that begins on its line, if one does, a picture or chart (`figure`), a `table` of rows
    (`tr`) of cells (`th`, `td`), a `box`, or a `quote` of paragraphs.

    `items` are the blocks in it; of an item the lists in it. `start` is the number of a list's
    first item; `place` is where a cell or figure stands: `right`, `center`, `half`, `across`.
    """

    kind: str
    id: str = ""
    spans: tuple[Span, ...] = ()
    items: "tuple[Block, ...]" = ()
    leads: bool = False
    source: str = ""
    alt: str = ""
    start: int = 1
    place: str = ""
    legend: "Captions | None" = None
    #: The title of a box, who said a quote.
    title: "Block | None" = None
    #: Of a table the head's cells; of a chart the table behind it.
    head: "tuple[Block, ...]" = ()
    #: How many digits of the longest decimals of its column a number lacks, and whether it lacks
    #: the decimal mark too.
    lacks: str = ""


@dataclass(frozen=True, slots=True)
class Captions:
    """What stands below a figure or above a table: its number, its caption, and its source."""

    label: str = ""
    caption: Block | None = None
    source: Block | None = None
