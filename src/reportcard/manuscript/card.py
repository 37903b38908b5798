"""The blocks of a card in the order in which a manuscript has them, with the headings around
them.
"""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from reportcard.content.loading import Content
from reportcard.content.markdown import parse_prose
from reportcard.content.model import Card
from reportcard.content.prose import Value
from reportcard.content.segments import Segment, segments
from reportcard.content.shelf import texts
from reportcard.content.tree import BLOCK, Text
from reportcard.manuscript.dispatch import Dispatch, SentBlock
from reportcard.messages.message import message
from reportcard.scores.values import values_of

Texts = Mapping[tuple[str, ...], Text]

_VALUE: Final = re.compile(r"\{\{[^{}]*\}\}")
#: Text that a manuscript does not have: it has no place in the card yet, or is a list of names.
_LEFT_OUT: Final = ("unplaced", "authors")
_LABELS: Final = {
    "quote": message("Pull quote"),
    "glance": message('On the "At a glance" page'),
    "context_quotes": message("Pull quotes beside the context"),
    "institutions": message("Institutions"),
    "notes": message("Notes not referenced by number in the text"),
}
_HINTS: Final = (
    message(
        "Edit this text as usual: your changes are tracked. Comments are passed on to the editors."
    ),
    message(
        "Shaded numbers and names come from the data. Gray lines and headings are the same in all "
        "cards or are added automatically. Changes to them are not imported."
    ),
)


def dispatched(content: Content, country: str, language: str, *, has_values: bool) -> Dispatch:
    """A card as a manuscript has it. Without `has_values`, its values are shown as they are
    typed.
    """
    sourced = content.cards[country][language]
    wanted = {
        path: text
        for path, text in texts(sourced.model)
        if path[0] not in _LEFT_OUT and ".".join(path) not in sourced.fallen
    }
    called = _called(wanted)
    blocks = tuple(_blocks(content, sourced.model, wanted, language, called))
    typed = {value for block in blocks for value in _VALUE.findall(block.text)}
    shown = _shown(content, country, language, typed) if has_values else {}
    return Dispatch(country, language, blocks, MappingProxyType(shown))


def _called(wanted: Texts) -> list[str]:
    """The notes that are called, in the order of the texts."""
    found: dict[str, None] = {}
    for path, text in wanted.items():
        if path[0] != "notes":
            found |= dict.fromkeys(re.findall(r"\[\^([^\]\s]+)\]", text))
    return list(found)


def _blocks(
    content: Content, card: Card, wanted: Texts, language: str, called: list[str]
) -> Iterator[SentBlock]:
    wording = content.wordings[language].model

    def fields(*start: str) -> Iterator[SentBlock]:
        for path, text in wanted.items():
            if path[: len(start)] == start:
                yield from _field(path, text)

    def labelled(name: str, found: Iterator[SentBlock]) -> Iterator[SentBlock]:
        if listed := list(found):
            yield SentBlock((), "label", _LABELS[name].written(language))
            yield from listed

    for hint in _HINTS:
        yield SentBlock((), "hint", hint.written(language))
    yield from fields("title")
    if card.authors:
        yield SentBlock((), "label", ", ".join(card.authors))
    yield SentBlock((), "chapter", str(wording.overall.heading))
    yield from fields("overall", "result")
    yield from labelled("glance", fields("overall", "findings"))
    for id_ in card.dimensions:
        shared = wording.dimensions.get(id_)
        yield SentBlock((), "chapter", str(shared.name) if shared else id_)
        yield from fields("dimensions", id_, "findings")
        yield from labelled("quote", fields("dimensions", id_, "quote"))
    if card.context is not None:
        yield SentBlock((), "chapter", str(wording.context.heading))
        yield from fields("context")
        yield from labelled("context_quotes", fields("context_quotes"))
    if card.recommendations:
        yield SentBlock((), "chapter", str(wording.recommendations.heading))
        for id_ in card.recommendations:
            yield from fields("recommendations", id_)
    yield from labelled("institutions", fields("institutions"))
    notes = [id_ for id_ in card.notes if id_ not in called]
    listed = (one for id_ in notes for one in fields("notes", id_))
    yield from labelled("notes", listed)
    yield from (one for id_ in called for one in fields("notes", id_))


def _field(path: tuple[str, ...], text: Text) -> Iterator[SentBlock]:
    rows = str(text).split("\n")
    for one in segments(text):
        yield SentBlock(path, one.kind, one.text, _cell(one, rows) if one.kind == "cell" else None)


def _cell(block: Segment, rows: list[str]) -> tuple[int, int]:
    """The row of the text, and the column of the table, that a cell is in."""
    before = rows[block.rows[0]][: block.column]
    bars = len(re.findall(r"(?<!\\)\|", before))
    return block.rows[0], bars - before.lstrip(" -*+0123456789.)").startswith("|")


def _shown(content: Content, country: str, language: str, typed: set[str]) -> dict[str, str]:
    values = values_of(content, country, language)
    found = {}
    for value in typed:
        prose, problems = parse_prose(Text(value, "", BLOCK), "", "“”‘’", single_line=True)
        if not problems and len(prose.line) == 1 and isinstance(prose.line[0], Value):
            words = values.told(prose.line[0])
            found[value] = value if words.startswith("{{") else words
    return found
