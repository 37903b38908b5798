"""A fact of a card: a claim that somebody can check against its source, once for all languages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Final

from reportcard.messages.message import Message, message
from reportcard.problems.problem import Place

#: So many hexadecimal digits of a digest name a fact: two of a card never have the same.
_DIGITS: Final = 12


class FactKind(StrEnum):
    """What is claimed."""

    FIGURE = "figure"
    DATE = "date"
    LAW = "law"
    NAME = "name"
    SCORE = "score"
    RANK = "rank"
    QUOTATION = "quotation"

    @property
    def label(self) -> Message:
        """The kind as people read it."""
        return _LABELS[self]


_LABELS: Final[Mapping[FactKind, Message]] = {
    FactKind.FIGURE: message("figure"),
    FactKind.DATE: message("date"),
    FactKind.LAW: message("law"),
    FactKind.NAME: message("name"),
    FactKind.SCORE: message("score"),
    FactKind.RANK: message("rank"),
    FactKind.QUOTATION: message("quotation"),
}


@dataclass(frozen=True, slots=True)
class FactWords:
    """A fact in one language: its words, the sentence that they are in, the key of the block, and
    the place in the file.
    """

    words: str
    sentence: str
    block: str
    place: Place


@dataclass(frozen=True, slots=True)
class FactSource:
    """A note that a fact rests on: its name, its text in each language, and its addresses."""

    note: str
    texts: Mapping[str, str]
    addresses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CardFact:
    """A fact: what is claimed, by language in the order of the edition, and what it rests on.

    `value` is the same in every language: a number with its unit, a law's number, the name of a
    score. `field` is the path in the card (`context`). `also` are other fields with the same
    sentences. `missing` are languages of the card in which nothing was found that matches.
    """

    kind: FactKind
    value: str
    field: str
    words: Mapping[str, FactWords]
    sources: tuple[FactSource, ...] = ()
    also: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """What names the fact as it is now: another sentence, another value or another source in
        any language is another fact, an edit elsewhere in the block is not.
        """
        said = [f"{language}:{one.sentence}" for language, one in sorted(self.words.items())]
        rests = [
            part
            for source in self.sources
            for part in (source.note, *(text for _, text in sorted(source.texts.items())))
        ]
        return digest((str(self.kind), self.value, *said, "", *rests))

    @property
    def first(self) -> FactWords:
        """The fact in the first language that has it."""
        return next(iter(self.words.values()))

    @property
    def addresses(self) -> tuple[str, ...]:
        """The addresses of its sources, each once."""
        return tuple(dict.fromkeys(one for source in self.sources for one in source.addresses))


def digest(parts: Sequence[str]) -> str:
    """What names some texts: the beginning of their digest."""
    return sha256("\x1f".join(parts).encode()).hexdigest()[:_DIGITS]
