"""A passage as it is printed, with its sentences and the notes that each of them rests on."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from reportcard.checks.claims.sentences import NOBODY, BoundPassage
from reportcard.checks.passages import HOLE, PlainPassage
from reportcard.content.loading import Content
from reportcard.content.prose import Aside, Block, Call, Inline, Prose, PullQuote, Run, Value
from reportcard.review.facts.fact import FactWords
from reportcard.scores.values import Values, values_of

Spans = tuple[tuple[int, int], ...]
"""Characters of a text, from the first to before the last."""
#: Fields that hold nothing to check: who wrote the card, and what has no place yet.
_PASSED_OVER: Final = ("authors.", "unplaced")


@dataclass(frozen=True)
class PrintedPassage:
    """A paragraph, bullet or line with words in place of its values: `typed` is the passage as it
    is in the file, `key` that of its block, `number` counts the passages of the field.
    """

    typed: PlainPassage
    passage: PlainPassage
    key: str
    number: int
    values: tuple[tuple[int, int, Value], ...]
    calls: tuple[tuple[int, str], ...]
    """Where each note is called, and which."""
    cited: tuple[tuple[int, int, str], ...]
    """The words of citations, and the note of each."""
    titles: Spans
    """Words in italics: in a note, the title of a source."""
    is_quote: bool = False
    """Whether it is a quotation that is printed large."""

    @property
    def text(self) -> str:
        """Its words."""
        return self.passage.text

    @property
    def path(self) -> str:
        """Its field within the card."""
        return self.passage.path

    @cached_property
    def sentences(self) -> Spans:
        """Its sentences; a note is one."""
        whole = BoundPassage(self.passage, self.text, tuple(range(len(self.text))), ())
        if self.passage.is_note or self.is_quote:
            return ((0, len(self.text)),)
        return tuple((one.start, one.end) for one in whole.sentences())

    def words(self, start: int, end: int) -> FactWords:
        """The words from one character to another, with their sentence."""
        first, last = self._sentence(start)
        return FactWords(
            plain(self.text[start:end]),
            plain(self.text[first:last]),
            self.key,
            self.passage.place(start),
        )

    def notes(self, start: int) -> tuple[str, ...]:
        """The notes that the sentence at a character rests on: those called or cited in it, or else
        the next one called in the passage.
        """
        if self.passage.is_note:
            return (self.path.partition(".")[2],)
        first, last = self._sentence(start)
        own = [note for at, note in self.calls if first < at <= last]
        own += [note for at, _, note in self.cited if first <= at < last]
        later = [note for at, note in self.calls if at > last]
        return tuple(dict.fromkeys(own or later[:1]))

    def _sentence(self, at: int) -> tuple[int, int]:
        return next(
            ((start, end) for start, end in self.sentences if start <= at < end),
            (0, len(self.text)),
        )


def printed_passages(
    content: Content, country: str, language: str
) -> Iterator[tuple[str, Prose, tuple[PrintedPassage, ...]]]:
    """The fields of a card in a language that hold something to check, each with its passages; not
    those that the language takes from another.
    """
    sourced = content.cards[country][language]
    values = values_of(content, country, language) if country in content.scores else None
    for path, prose in sourced.prose.items():
        if path not in sourced.fallen and not path.startswith(_PASSED_OVER):
            yield path, prose, tuple(_printed(prose, path, language, values))


def _printed(
    prose: Prose, path: str, language: str, values: Values | None
) -> Iterator[PrintedPassage]:
    quotes = set(_quotes(prose.blocks))
    for number, paragraph in enumerate(prose.paragraphs()):
        made = _Printing(values)
        for inline in paragraph.inlines:
            made.add(inline)
        if made.inlines:
            yield PrintedPassage(
                PlainPassage(prose.field, path, language, paragraph.inlines),
                PlainPassage(prose.field, path, language, tuple(made.inlines)),
                paragraph.key,
                number,
                tuple(made.values),
                tuple(made.calls),
                tuple(made.cited),
                tuple(made.titles),
                paragraph.key in quotes,
            )


def _quotes(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, PullQuote):
            yield from (paragraph.key for paragraph in block.paragraphs)
        elif isinstance(block, Aside):
            yield from _quotes(block.blocks)


class _Printing:
    """The inlines of a passage, one after the other, as they are printed."""

    def __init__(self, values: Values | None) -> None:
        self._words: Callable[[Value], str] = (
            (lambda value: values.told(value) or NOBODY) if values else lambda _: HOLE
        )
        self._at = 0
        self.inlines: list[Inline] = []
        self.values: list[tuple[int, int, Value]] = []
        self.calls: list[tuple[int, str]] = []
        self.cited: list[tuple[int, int, str]] = []
        self.titles: list[tuple[int, int]] = []

    def add(self, inline: Inline) -> None:
        """The next one."""
        if isinstance(inline, Call):
            self.calls.append((self._at, inline.note))
            self.inlines.append(inline)
            return
        words = inline.text if isinstance(inline, Run) else self._words(inline)
        end = self._at + len(words)
        if isinstance(inline, Value):
            self.values.append((self._at, end, inline))
        if inline.marks.cites:
            self.cited.append((self._at, end, inline.marks.cites))
        if inline.marks.italic:
            self.titles.append((self._at, end))
        self.inlines.append(Run(words, inline.marks, inline.place))
        self._at = end


def plain(text: str) -> str:
    """A text with single plain spaces."""
    return " ".join(text.split())


def overlaps(start: int, end: int, spans: Spans) -> bool:
    """Whether some characters are in one of some spans, or partly."""
    return any(start < last and first < end for first, last in spans)
