"""A manuscript: paragraphs with their words, marks and note calls, and the notes. No library is
known here.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from reportcard.content.signs import printed
from reportcard.messages.message import Message


@dataclass(frozen=True, slots=True)
class ManuscriptRun:
    """Words set alike. `href` is the address that they link to; a line feed is a line break inside
    a paragraph.
    """

    text: str
    bold: bool = False
    italic: bool = False
    href: str = ""


@dataclass(frozen=True, slots=True)
class ManuscriptCall:
    """A note call, by the key of its note."""

    note: str


Inline = ManuscriptRun | ManuscriptCall


class MarginaliaKind(StrEnum):
    """What is beside the text of a manuscript."""

    COMMENT = "comment"
    STRUCK = "struck"
    """Words that are struck through."""


@dataclass(frozen=True, slots=True)
class Marginalia:
    """What a manuscript has that is not to be printed: the words, who wrote them, and the words of
    the text that they are about or follow. The last two may be empty.
    """

    kind: MarginaliaKind
    text: str
    by: str = ""
    about: str = ""


class ParagraphKind(StrEnum):
    """What a paragraph is in the manuscript."""

    TEXT = "text"
    TITLE = "title"
    HEADING = "heading"
    BULLET = "bullet"
    NUMBERED = "numbered"
    FRAMED = "framed"
    """In a table or a text box."""
    LISTED = "listed"
    """A line of the table of contents."""


@dataclass(frozen=True, slots=True)
class ManuscriptParagraph:
    """A paragraph; `level` is that of a heading or bullet, from 1. `asides` are in it or, where
    their own paragraph has nothing else, before it.
    """

    kind: ParagraphKind
    inlines: tuple[Inline, ...]
    level: int = 1
    asides: tuple[Marginalia, ...] = ()

    @property
    def text(self) -> str:
        """Its words, each call a space."""
        return text_of(self.inlines)

    @property
    def is_bold(self) -> bool:
        """Whether all its words are bold."""
        return all(
            one.bold for one in self.inlines if isinstance(one, ManuscriptRun) and one.text.strip()
        )

    @property
    def calls(self) -> tuple[str, ...]:
        """The notes called in it, in order."""
        return tuple(one.note for one in self.inlines if isinstance(one, ManuscriptCall))


@dataclass(frozen=True, slots=True)
class Manuscript:
    """All paragraphs, the notes by key, and remarks on what was left out: pictures, deletions.
    `asides` are those that no paragraph has.
    """

    paragraphs: tuple[ManuscriptParagraph, ...]
    notes: Mapping[str, tuple[ManuscriptParagraph, ...]] = field(
        default_factory=lambda: MappingProxyType({})
    )
    remarks: tuple[Message, ...] = ()
    asides: tuple[Marginalia, ...] = ()

    def all_asides(self) -> Iterator[Marginalia]:
        """Those of the paragraphs, of the notes, and the others."""
        for one in (*self.paragraphs, *(part for note in self.notes.values() for part in note)):
            yield from one.asides
        yield from self.asides

    def words(self) -> Counter[str]:
        """How often each word occurs in it."""
        return words(
            one.text
            for one in (*self.paragraphs, *(part for note in self.notes.values() for part in note))
        )


def text_of(inlines: Iterable[Inline]) -> str:
    """The words of inlines, each call a space."""
    return "".join(one.text if isinstance(one, ManuscriptRun) else " " for one in inlines)


def as_text(one: ManuscriptParagraph) -> ManuscriptParagraph:
    """A heading as a bold line of prose."""
    if one.kind not in (ParagraphKind.HEADING, ParagraphKind.TITLE):
        return one
    return ManuscriptParagraph(
        ParagraphKind.TEXT,
        tuple(
            replace(part, bold=True) if isinstance(part, ManuscriptRun) else part
            for part in one.inlines
        ),
    )


def words(texts: Iterable[str]) -> Counter[str]:
    """How often each word occurs in some texts, in small letters, however they are composed."""
    return Counter(word for text in texts for word in same(text).split())


def same(text: str) -> str:
    """The words of a text in small letters, one space between: equal for two texts that differ in
    nothing else.
    """
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFC", text).casefold()))


def plain(text: str) -> str:
    """A text as it is compared: small letters and digits without accents, one space between
    words.
    """
    letters = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(
        re.findall(r"[^\W_]+", "".join(one for one in letters if not unicodedata.combining(one)))
    )


# --- paragraphs as people type them ---------------------------------------------------------------

#: Signs that people type for a bullet; a hyphen or dash only with a space after it.
_BULLET: Final = re.compile(r"\s*(?:[•‣▪●○◦·∙]\s*|[-–]\s+)(?=\S)")
#: Signs that content refuses: C0 and C1 controls, marks that turn the direction of writing.
_REFUSED: Final = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]"
)
_LINE_ENDS: Final = str.maketrans(
    {"\t": " ", "\r": " ", "\u2028": "\n", "\u2029": "\n", "\u0085": "\n"}
)


def tidied(paragraph: ManuscriptParagraph) -> Iterator[ManuscriptParagraph]:
    """A paragraph as those that it is to a reader: an empty line in it parts it, and a typed bullet
    sign makes a bullet.
    """
    clean = [
        (
            replace(one, text=printed(allowed(one.text.translate(_LINE_ENDS))))
            if isinstance(one, ManuscriptRun)
            else one
        )
        for one in paragraph.inlines
    ]
    lines: list[list[Inline]] = [[]]
    for one in clean:
        if isinstance(one, ManuscriptCall):
            lines[-1].append(one)
            continue
        for number, part in enumerate(one.text.split("\n")):
            if number:
                lines.append([])
            if part:
                lines[-1].append(replace(one, text=part))
    made: list[tuple[ParagraphKind, list[Inline]]] = []
    for line in lines:
        is_empty = not text_of(line).strip() and not any(
            isinstance(one, ManuscriptCall) for one in line
        )
        sign = (
            _BULLET.match(text_of(line))
            if paragraph.kind in (ParagraphKind.TEXT, ParagraphKind.BULLET)
            else None
        )
        if is_empty:
            made.append((paragraph.kind, []))
        elif sign:
            made.append((ParagraphKind.BULLET, list(without(line, sign.end()))))
        elif made and made[-1][1]:
            made[-1][1].extend([ManuscriptRun("\n"), *line])
        else:
            made.append((paragraph.kind, line))
    for kind, inlines in made:
        if joined := stripped(inlines):
            yield replace(paragraph, kind=kind, inlines=joined)


def allowed(text: str) -> str:
    """A text without the signs that content refuses."""
    return _REFUSED.sub("", text)


def without(inlines: Sequence[Inline], count: int) -> Iterator[Inline]:
    """Inlines without their first signs, calls counted as one."""
    for one in inlines:
        length = len(one.text) if isinstance(one, ManuscriptRun) else 1
        if count >= length:
            count -= length
        elif isinstance(one, ManuscriptRun) and count:
            yield replace(one, text=one.text[count:])
            count = 0
        else:
            yield one


def stripped(inlines: Iterable[Inline]) -> tuple[Inline, ...]:
    """Neighbours that are set alike as one, and no white space at either end."""
    made: list[Inline] = []
    for one in inlines:
        last = made[-1] if made else None
        if (
            isinstance(one, ManuscriptRun)
            and isinstance(last, ManuscriptRun)
            and replace(last, text="") == replace(one, text="")
        ):
            made[-1] = replace(last, text=last.text + one.text)
        elif isinstance(one, ManuscriptCall) or one.text:
            made.append(one)
    for end, strip in ((0, str.lstrip), (-1, str.rstrip)):
        while made and isinstance(one := made[end], ManuscriptRun):
            if text := strip(one.text):
                made[end] = replace(one, text=text)
                break
            made.pop(end)
    return tuple(made)
