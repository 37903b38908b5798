"""What goes to a translator and comes back, whatever the kind of file: one item a block."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from reportcard.content.fields import kind_of
from reportcard.content.loading import Content
from reportcard.content.segments import segment_key
from reportcard.language.glossary import hints
from reportcard.translation.confirmation import Standing
from reportcard.translation.status import BlockState, State

_PARTS: Final = {
    "edition": "cover and imprint",
    "overall": "overall assessment",
    "dimensions": "a dimension",
    "context": "interpretation of results",
    "recommendations": "recommendations",
    "institutions": "institutions below the recommendations",
    "notes": "foot of a page",
    "labels": "small words of the page",
    "web": "small words of the web edition",
    "countries": "names of countries",
}


@dataclass(frozen=True, slots=True)
class Item:
    """A block for a translator. `id` names field, source block and the translation it had; `notes`
    say where it stands and what to heed.
    """

    id: str
    source: str
    target: str
    state: State
    notes: tuple[str, ...]
    maximum: int = 0


@dataclass(frozen=True, slots=True)
class Parcel:
    """Items of one scope in one language, from another."""

    scope: str
    source_language: str
    language: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Returned:
    """What came back: of each item its id, the source as the tool kept it, and what was typed."""

    scope: str
    source_language: str
    language: str
    items: tuple[tuple[str, str, str], ...]


def parcel(standing: Standing, content: Content) -> Parcel:
    """All blocks of a pair that the source has, in its order, with what the glossary says of their
    words.
    """
    pair = standing.pair
    items = tuple(
        _item(block, tuple(hints(content, block.source.text, pair.source_language, pair.language)))
        for block in standing.blocks
        if block.source
    )
    return Parcel(pair.scope, pair.source_language, pair.language, items)


def item_id(block: BlockState) -> str:
    """The id of a block: field, key of its source, and key of the translation that it had when the
    file was made.
    """
    assert block.source
    target = segment_key(block.target.text) if block.target else "-"
    return f"{block.unit.field}#{block.source.key}@{target}"


def _item(block: BlockState, hints: tuple[str, ...]) -> Item:
    assert block.source
    name = block.unit.name
    notes = [*_notes(block), *hints]
    if longest := kind_of(name).longest:
        notes.append(f"Stands below a gauge: at most {longest} letters.")
    return Item(
        item_id(block),
        block.source.text,
        block.target.text if block.target else "",
        block.state,
        tuple(notes),
        longest,
    )


def _notes(block: BlockState) -> Iterator[str]:
    assert block.source
    part = _PARTS.get(block.unit.name.partition(".")[0], "")
    yield (
        f"Where: {block.unit.name}, {block.source.kind}"
        f" {block.number}{' (' + part + ')' if part else ''}."
    )
    if block.state is State.STALE and block.before and block.before != block.source.text:
        yield f"The source has changed. It was: {block.before}"
    if "[^" in block.source.text:
        yield "Keep each note call [^…] as it is."
    if "{{" in block.source.text:
        yield (
            "Keep each value {{ … }} as it is; the program fills it in. An ordinal may take a"
            " gender: {{ rank.total | ordinal('f') }}."
        )
