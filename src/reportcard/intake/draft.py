"""What was placed as the text of a card's file, as people write them: blocks that begin with |, a
line a sentence.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap
from types import MappingProxyType
from typing import Final, Self

from reportcard.content.model import Card
from reportcard.content.segments import NOTHING
from reportcard.content.shelf import Sourced
from reportcard.content.splicing import scalar
from reportcard.intake import markdown
from reportcard.intake.blocks import Manuscript, ManuscriptBlock, paragraphs_of
from reportcard.intake.manuscript import (
    ManuscriptRun,
    Marginalia,
    MarginaliaKind,
    allowed,
    same,
    text_of,
)
from reportcard.intake.markup import prose
from reportcard.intake.names import Names, names
from reportcard.intake.placement import NOTES, RECOMMENDATIONS, UNPLACED, Placed
from reportcard.messages.message import Message, message

_SCHEMA: Final = "# yaml-language-server: $schema=../../schema/card.json"
_UNPLACED: Final = message(
    "Text from the manuscript that could not be assigned to a field. It will not "
    "be printed until you move it to a field."
)
#: A note up to this length is written on the line of its name.
_SHORT_NOTE: Final = 100
#: The width of comments in the file.
_ASIDE_WIDTH: Final = 100
#: How much is quoted of the words that a comment is about.
_QUOTED: Final = 60
_NO_NAMES: Final[Mapping[str, str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Draft:
    """A card's file. `notes` are the names of the notes called, by their keys in the manuscript;
    `missing` are required fields that have no text there.
    """

    text: str
    names: Names
    notes: Mapping[str, str]
    missing: tuple[str, ...]


def draft(
    manuscript: Manuscript,
    placed: Placed,
    dimensions: Sequence[str],
    name: str,
    other: Sourced[Card] | None,
) -> Draft:
    """The file of what was placed. `name` is used for a missing title; `other` is the card in
    another language, if there is one.
    """
    findings = [f"dimensions.{id_}.findings" for id_ in dimensions]
    in_order = _in_order(placed, findings)
    called = _CalledNotes.of(manuscript, [one for _, blocks in in_order for one in blocks])
    named = names(
        [text_of(one.title) for one in placed.recommendations],
        [one.institutions for one in placed.recommendations],
        called.words,
        called.order,
        other,
    )
    notes = {key: named.notes[number] for key, number in called.numbers.items()}
    written = {field: prose(blocks, notes) for field, blocks in in_order}
    asides = _Asides.of(
        placed, has_context=any(written.get("context", [])), has_notes=bool(named.notes)
    )
    lines = [
        _SCHEMA,
        *asides.above(""),
        *_head(placed, notes, name),
        *_body(written, dimensions, asides),
        *_recommendations(placed, named, notes, other, asides),
        *_notes(named.notes, called.texts, asides),
    ]
    if placed.unplaced:
        lines += ["", *asides.above(UNPLACED), f"# {_UNPLACED}", f"{UNPLACED}: |"]
        lines += _block(written[UNPLACED], 2)
    return Draft(
        "\n".join(lines) + "\n",
        named,
        MappingProxyType(notes),
        tuple(_missing(placed, named, written, findings)),
    )


@dataclass(frozen=True, slots=True)
class _Asides:
    """Comments and struck-through words by the field that they are written above, as comments of
    the file: they are there for people who edit it, and are neither printed nor checked.
    """

    by_field: Mapping[str, Sequence[Marginalia]]

    @classmethod
    def of(cls, placed: Placed, *, has_context: bool, has_notes: bool) -> Self:
        """The asides of what was placed; those of a field that the file does not have are at its
        head.
        """
        has = {"context": has_context, UNPLACED: bool(placed.unplaced), NOTES: has_notes}
        found: dict[str, list[Marginalia]] = {}
        for field, aside in placed.asides:
            found.setdefault(field if has.get(field, True) else "", []).append(aside)
        return cls(MappingProxyType(found))

    def above(self, field: str, indent: int = 0) -> Iterator[str]:
        """The lines above a field."""
        for aside in self.by_field.get(field, ()):
            mark = f"{' ' * indent}# "
            yield from wrap(
                str(described(aside)),
                _ASIDE_WIDTH,
                initial_indent=mark,
                subsequent_indent=f"{mark}  ",
                break_long_words=False,
                break_on_hyphens=False,
            )


@dataclass(frozen=True, slots=True)
class _CalledNotes:
    """The notes that are called, those with the same text as one: the lines of each, its words, the
    number (from 0) of each key of the manuscript, and that of each call in turn.
    """

    texts: tuple[tuple[str, ...], ...]
    words: tuple[str, ...]
    numbers: Mapping[str, int]
    order: tuple[int, ...]

    @classmethod
    def of(cls, manuscript: Manuscript, blocks: Iterable[ManuscriptBlock]) -> Self:
        """The notes of a manuscript that some blocks call; empty ones do not count."""
        texts = paragraphs_of(blocks)
        calls = [key for one in texts for key in one.calls if manuscript.notes.get(key)]
        numbers: dict[tuple[str, ...], int] = {}
        words: list[str] = []
        by_key: dict[str, int] = {}
        for key in dict.fromkeys(calls):
            note = manuscript.notes[key]
            text = tuple(prose(note, _NO_NAMES))
            if text not in numbers:
                numbers[text] = len(numbers)
                words.append(" ".join(one.text for one in note))
            by_key[key] = numbers[text]
        return cls(tuple(numbers), tuple(words), by_key, tuple(by_key[key] for key in calls))


def described(aside: Marginalia) -> Message:
    """A comment or struck-through words in one sentence, on one line."""
    # Where a line ends is not left to the text: in the file, a key could begin there.
    text, about, by = (
        " ".join(allowed(words).split()) for words in (aside.text, aside.about, aside.by)
    )
    if aside.kind is MarginaliaKind.STRUCK:
        if not about:
            return message('Struck through in the manuscript: "{text}"', text=text)
        about = about if len(about) <= _QUOTED else f"…{about[-_QUOTED:]}"
        return message(
            'Struck through in the manuscript after "{about}": "{text}"', about=about, text=text
        )
    author = by or message("unknown author")
    if not about:
        return message('Comment from {author}: "{text}"', author=author, text=text)
    about = about if len(about) <= _QUOTED else f"{about[:_QUOTED]}…"
    return message(
        'Comment from {author} on "{about}": "{text}"', author=author, about=about, text=text
    )


def _missing(
    placed: Placed, named: Names, written: Mapping[str, Sequence[str]], findings: Sequence[str]
) -> Iterator[str]:
    """The required fields that have no text."""
    for field in ("title", "overall.result", *findings):
        if not any(written.get(field, [])):
            yield field
    for id_, one in zip(named.recommendations, placed.recommendations, strict=True):
        if not one.text:
            yield f"{RECOMMENDATIONS}.{id_}.text"


def _in_order(
    placed: Placed, findings: Sequence[str]
) -> list[tuple[str, Sequence[ManuscriptBlock]]]:
    """What was placed in the order of the page, in which notes are numbered."""
    order = ["title", "overall.result", *findings, "context"]
    return sorted(
        placed.texts(),
        key=lambda one: (
            order.index(one[0]) if one[0] in order else len(order) + (one[0] == UNPLACED)
        ),
    )


def _head(placed: Placed, notes: Mapping[str, str], name: str) -> Iterator[str]:
    yield f"title: {scalar(markdown.line(placed.title, notes) or name, '')}"
    yield "status: draft"
    if placed.authors:
        yield "authors:"
        yield from (f"  - {scalar(_line(author), '')}" for author in placed.authors)


def _body(
    written: Mapping[str, Sequence[str]], dimensions: Sequence[str], asides: _Asides
) -> Iterator[str]:
    """The overall result, the findings of each dimension, and the context, if there is one."""
    yield from ("", "overall:", *asides.above("overall.result", 2))
    yield from ("  result: |", *_block(written.get("overall.result"), 4))
    yield from ("", "dimensions:")
    for id_ in dimensions:
        name = f"dimensions.{id_}.findings"
        yield from (f"  {id_}:", *asides.above(name, 4), "    findings: |")
        yield from _block(written.get(name), 6)
    if any(written.get("context", [])):
        yield from ("", *asides.above("context"), "context: |", *_block(written["context"], 2))


def _recommendations(
    placed: Placed,
    named: Names,
    notes: Mapping[str, str],
    other: Sourced[Card] | None,
    asides: _Asides,
) -> Iterator[str]:
    """Recommendations, with the pictograms that the other language has for them, and the
    institutions that they name.
    """
    if not placed.recommendations:
        return
    same_ids = RECOMMENDATIONS in named.from_other and other is not None
    institutions: dict[str, str] = {}
    yield from ("", "recommendations:")
    pairs = zip(named.recommendations, placed.recommendations, strict=True)
    for number, (id_, one) in enumerate(pairs):
        ids = list(dict.fromkeys(named.institutions[same(name)] for name in one.institutions))
        for name in one.institutions:
            institutions.setdefault(named.institutions[same(name)], name)
        yield f"  {id_}:"
        yield from asides.above(f"{RECOMMENDATIONS}.{number}", 4)
        yield f"    title: {scalar(markdown.line(one.title, notes), '')}"
        if same_ids and other and (pictogram := other.model.recommendations[id_].pictogram):
            yield f"    pictogram: {pictogram}"
        yield "    text: |"
        yield from _block(prose(one.text, notes), 6)
        if ids:
            yield f"    institutions: [{', '.join(ids)}]"
    if institutions:
        yield from ("", "institutions:")
        yield from (f"  {id_}: {scalar(_line(name), '')}" for id_, name in institutions.items())


def _notes(ids: Sequence[str], texts: Sequence[Sequence[str]], asides: _Asides) -> Iterator[str]:
    if ids:
        yield from ("", "notes:", *asides.above(NOTES, 2))
    for id_, text in zip(ids, texts, strict=True):
        if len(text) == 1 and len(text[0]) <= _SHORT_NOTE:
            yield f"  {id_}: {scalar(text[0], '')}"
        else:
            yield f"  {id_}: |"
            yield from _block(text, 4)


def _block(lines: Sequence[str] | None, indent: int) -> Iterator[str]:
    yield from (" " * indent + one if one else "" for one in lines or (NOTHING,))


def _line(text: str) -> str:
    return markdown.line((ManuscriptRun(text),), _NO_NAMES)
