"""What goes to a translator and comes back, whatever the kind of file: one item a block."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import Final, NamedTuple

from reportcard.content.fields import kind_of
from reportcard.content.loading import Content
from reportcard.content.segments import Segment
from reportcard.language.glossary import hints
from reportcard.messages.catalogue import languages
from reportcard.messages.message import Message, message
from reportcard.translation.confirmation import Standing
from reportcard.translation.pages import Pages, block_pages
from reportcard.translation.stamps import Stamp, block_ids, stamp
from reportcard.translation.status import BlockState, State
from reportcard.translation.units import Pair
from reportcard.workspace.card_files import file_name

_NO_PAGES: Final[Pages] = MappingProxyType({})
#: Where a field is printed, by the first of its keys.
_PARTS: Final[Mapping[str, Message]] = {
    "edition": message("cover and credits"),
    "overall": message("overall assessment"),
    "dimensions": message("one of the dimensions"),
    "context": message("interpretation of results"),
    "recommendations": message("recommendations"),
    "institutions": message("institutions below the recommendations"),
    "notes": message("footnotes"),
    "labels": message("labels on the page"),
    "web": message("labels in the web edition"),
    "countries": message("country names"),
}
_KINDS: Final[Mapping[str, Message]] = {
    "line": message("line"),
    "paragraph": message("paragraph"),
    "bullet": message("bullet"),
    "picture": message("picture"),
    "heading": message("run-in heading"),
    "number": message("numbered item"),
    "inner-bullet": message("nested bullet"),
    "inner-number": message("nested numbered item"),
    "cell": message("table cell"),
    "caption": message("caption or source"),
    "title": message("box title"),
    "name": message("chart text"),
}


class ReturnedFileError(Exception):
    """A file that came back cannot be read; `message` is a sentence that says why."""

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message


class ToolMark(StrEnum):
    """What a translator's tool says of a translation, as far as it changed since export."""

    NOTHING = ""
    REVIEW = "review"
    """It is a draft, fuzzy, or a machine's: someone has to look at it."""
    UNCONFIRMED = "unconfirmed"
    """Nobody has confirmed it in a tool that asks for that: a new text is to be looked at."""
    DONE = "done"
    """It is translated."""
    APPROVED = "approved"
    """Someone has reviewed it: it is right even where it equals its source."""


class TranslatorComment(NamedTuple):
    """What somebody noted beside a block for the authors; `author` is empty if the file does not
    name any.
    """

    text: str
    author: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A block for a translator. `id` names it whatever becomes of its texts, `stamp` what these are
    now; `notes` say where it is printed and what to keep in mind, `comments` are translators' own.
    """

    id: str
    source: str
    target: str
    state: State
    notes: tuple[Message | str, ...]
    stamp: Stamp
    maximum: int = 0
    before: str = ""
    comments: tuple[TranslatorComment, ...] = ()


@dataclass(frozen=True, slots=True)
class Parcel:
    """Items of one scope in one language, from another."""

    scope: str
    source_language: str
    language: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class ReturnedItem:
    """What came back of a block: its id, the source as the tool kept it, and what was typed.

    `stamp` is None if the tool lost it; `fault` says why the text cannot be taken, as far as the
    file alone shows it; `is_coded` tells that marks of bold and italics were codes for the
    translator. `where` is its place in the file, such as a cell; `comments` may have the notes that
    went out with the block, too.
    """

    id: str
    source: str
    typed: str
    stamp: Stamp | None = None
    mark: ToolMark = ToolMark.NOTHING
    fault: Message | None = None
    is_coded: bool = False
    where: str = ""
    comments: tuple[TranslatorComment, ...] = ()


@dataclass(frozen=True, slots=True)
class Returned:
    """What came back of one scope: its items, and the languages as the file has them. A name that
    the file does not have is empty. `exported` is how many items it had, 0 if it does not say.
    """

    scope: str
    source_language: str
    language: str
    items: tuple[ReturnedItem, ...]
    exported: int = 0


def parcel(standing: Standing, content: Content, pages: Pages = _NO_PAGES) -> Parcel:
    """All blocks of a pair that the source has, in its order, with the glossary's terms for their
    words, and the page that each is on, as far as it is known.
    """
    pair = standing.pair
    items = tuple(
        _item(
            id_,
            block,
            (
                *_page(pages, pair, block, block.source),
                *hints(content, block.source.text, pair.source_language, pair.language),
            ),
        )
        for id_, block in block_ids(standing.blocks).items()
        if block.source
    )
    return Parcel(pair.scope, pair.source_language, pair.language, items)


def _item(id_: str, block: BlockState, hints: tuple[Message | str, ...]) -> Item:
    assert block.source
    notes = [*_notes(block), *hints]
    if longest := kind_of(block.unit.name).longest:
        notes.append(
            message("Printed below a gauge: at most {maximum} characters.", maximum=longest)
        )
    return Item(
        id_,
        block.source.text,
        block.target.text if block.target else "",
        block.state,
        tuple(notes),
        stamp(block),
        longest,
        block.before if block.before != block.source.text else "",
    )


def _page(pages: Pages, pair: Pair, block: BlockState, source: Segment) -> Iterator[Message]:
    """The first page of the source's PDF that a block is on."""
    for page in block_pages(pages, pair.scope, pair.source_language, block, source)[:1]:
        yield _page_note(str(page), file_name(pair.scope, pair.source_language))


def _page_note(page: str, file: str) -> Message:
    return message("Page {page} of {file}.", page=page, file=file)


def is_page_note(text: str) -> bool:
    """Whether a note says on which page a block is, or was once: some tools drop from whom a note
    is.
    """
    return any(pattern.fullmatch(text) for pattern in _page_patterns())


@cache
def _page_patterns() -> tuple[re.Pattern[str], ...]:
    notes = (re.escape(_page_note("PAGE", "FILE").written(one)) for one in languages())
    return tuple(
        re.compile(note.replace("PAGE", r"\d+").replace("FILE", r"[\w-]+\.pdf")) for note in notes
    )


def _notes(block: BlockState) -> Iterator[Message]:
    assert block.source
    name = block.unit.name
    kind = _KINDS.get(block.source.kind, block.source.kind)
    if part := _PARTS.get(name.partition(".")[0]):
        yield message(
            "Location: {field}, {kind} {number} ({part}).",
            field=name,
            kind=kind,
            number=block.number,
            part=part,
        )
    else:
        yield message(
            "Location: {field}, {kind} {number}.", field=name, kind=kind, number=block.number
        )
    if block.state is State.STALE and block.before and block.before != block.source.text:
        yield message("The source has changed. Previous text: {before}", before=block.before)
    if "[^" in block.source.text:
        yield message("Keep each note reference [^…] as it is.")
    if "{{" in block.source.text:
        yield message(
            "Keep each value {{ … }} as it is; the program fills it in. You can give an "
            "ordinal a gender: {{ rank.total | ordinal('f') }}."
        )
