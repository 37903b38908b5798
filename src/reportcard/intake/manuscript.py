"""Paragraphs of a manuscript with their words, marks and note calls. No library is known here."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from reportcard.content.signs import printed


@dataclass(frozen=True, slots=True)
class ManuscriptRun:
    """Words set alike. `href` is the address that they link to, `target` the bookmark that they
    refer to, and `value` the value of the card that is written in their place; each may be empty. A
    line feed is a line break inside a paragraph.
    """

    text: str
    bold: bool = False
    italic: bool = False
    href: str = ""
    target: str = ""
    value: str = ""


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
    CAPTION = "caption"
    """Of a table or picture beside it."""
    QUOTE = "quote"
    LISTED = "listed"
    """A line of the table of contents."""


@dataclass(frozen=True, slots=True)
class ManuscriptParagraph:
    """A paragraph; `level` is that of a heading or bullet, from 1, and `number` that of a numbered
    item. `asides` are in it or, where their own paragraph has nothing else, before it; `anchors`
    are the bookmarks in it.
    """

    kind: ParagraphKind
    inlines: tuple[Inline, ...]
    level: int = 1
    asides: tuple[Marginalia, ...] = ()
    number: int = 0
    anchors: tuple[str, ...] = ()

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

    @property
    def is_listed(self) -> bool:
        """Whether it is an item of a list."""
        return self.kind in (ParagraphKind.BULLET, ParagraphKind.NUMBERED)


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


def unbolded(one: ManuscriptParagraph) -> ManuscriptParagraph:
    """A heading or title without bold, which it has by what it is."""
    inlines = (
        replace(part, bold=False) if isinstance(part, ManuscriptRun) else part
        for part in one.inlines
    )
    return replace(one, inlines=stripped(inlines))


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

#: Signs that people type for a bullet; a hyphen or dash only with a space after it, and a long dash
#: only where a paragraph begins and the dash does not close again.
_BULLET: Final = re.compile(r"\s*(?:[•‣▪▫●○◦■□►▸➢✓·∙]\s*|[-–]\s+)(?=\S)")
_LONG_DASH: Final = re.compile(r"\s*([—−])\s+(?=\S)(?!.*\1)", re.DOTALL)
#: Signs that content refuses: C0 and C1 controls, marks that turn the direction of writing.
_REFUSED: Final = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]"
)
#: Kinds that an empty line does not part.
_WHOLE: Final = frozenset({ParagraphKind.NUMBERED, ParagraphKind.CAPTION})
_LINE_ENDS: Final = str.maketrans(
    {"\t": " ", "\r": " ", "\u2028": "\n", "\u2029": "\n", "\u0085": "\n"}
)


def tidied(paragraph: ManuscriptParagraph) -> Iterator[ManuscriptParagraph]:
    """A paragraph as those that it is to a reader: an empty line in it parts it, and a typed bullet
    sign makes a bullet.
    """
    made: list[tuple[ParagraphKind, list[Inline]]] = []
    for number, line in enumerate(_lines(paragraph.inlines)):
        is_empty = not text_of(line).strip() and not any(
            isinstance(one, ManuscriptCall) for one in line
        )
        sign = _bullet_sign(paragraph.kind, line, is_first=not number)
        if is_empty:
            # An item has one number, and a caption one block: they stay one paragraph
            made += [(paragraph.kind, [])] if paragraph.kind not in _WHOLE else []
        elif sign:
            made.append((ParagraphKind.BULLET, list(without(line, sign))))
        elif made and made[-1][1]:
            made[-1][1].extend([ManuscriptRun("\n"), *line])
        else:
            made.append((paragraph.kind, line))
    for kind, inlines in made:
        if joined := stripped(inlines):
            yield replace(paragraph, kind=kind, inlines=joined)


def _lines(inlines: Iterable[Inline]) -> list[list[Inline]]:
    """The lines of a paragraph, in signs that content has."""
    lines: list[list[Inline]] = [[]]
    for one in inlines:
        if isinstance(one, ManuscriptCall):
            lines[-1].append(one)
            continue
        clean = printed(allowed(one.text.translate(_LINE_ENDS)))
        for number, part in enumerate(clean.split("\n")):
            if number:
                lines.append([])
            if part:
                lines[-1].append(replace(one, text=part))
    return lines


def _bullet_sign(kind: ParagraphKind, line: Sequence[Inline], *, is_first: bool) -> int:
    """How many signs at the beginning of a line are a typed bullet."""
    if kind not in (ParagraphKind.TEXT, ParagraphKind.BULLET):
        return 0
    text = text_of(line)
    sign = _BULLET.match(text) or (_LONG_DASH.match(text) if is_first else None)
    return sign.end() if sign else 0


def unsigned(one: ManuscriptParagraph) -> ManuscriptParagraph:
    """A paragraph that is no bullet, without a bullet's sign before it."""
    sign = _bullet_sign(ParagraphKind.TEXT, one.inlines, is_first=True)
    return replace(one, inlines=stripped(without(one.inlines, sign))) if sign else one


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
