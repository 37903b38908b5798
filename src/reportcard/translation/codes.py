"""The codes within the text of a block: note calls, values, links, bold and italics, apart from
the words between them.

The text of a block is that of its pieces, one after another.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from reportcard.content.grammar import Token, parser

#: As long as what they are read as, so that offsets stay: which marks quotes become is no matter.
_QUOTES: Final = "“”‘’"
_LINK_END: Final = re.compile(r"\]\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*\)")
_SPAN_END: Final = re.compile(r"\]\{[^{}]*\}")
_SETTINGS: Final = re.compile(r"\{[^{}]*\}")
_VALUE_NAME: Final = re.compile(r"\{\{\s*([\w.-]*)")
#: Between these is the number of a code, and which end of a pair it is.
_SLOT: Final = ("\ue000", "\ue001")
_SLOTS: Final = re.compile(r"\ue000([^\ue000\ue001,]*)(?:,(open|close))?\ue001")


class CodeKind(StrEnum):
    """What a code is; the names are those of XLIFF 1.2 where it has one (2.3.4, ctype)."""

    CALL = "x-note"
    VALUE = "x-value"
    ADDRESS = "x-address"
    LINK = "link"
    SPAN = "x-span"
    PICTURE = "image"
    BOLD = "bold"
    ITALIC = "italic"


@dataclass(frozen=True, slots=True)
class Code:
    """A code as typed. `end` is "open" or "close" for one half of a pair, which share a `number`;
    numbers count from 1 within a block.
    """

    kind: CodeKind
    text: str
    number: int
    end: str = ""

    @property
    def identity(self) -> tuple[str, str, str]:
        """What makes it the same code in another language: a value's filter may differ there."""
        match = _VALUE_NAME.match(self.text) if self.kind is CodeKind.VALUE else None
        return self.kind, self.end, match[1] if match else self.text


Piece = str | Code


def coded(text: str) -> tuple[Piece, ...]:
    """The pieces of a block's text, on one line. A text that cannot be taken apart is one piece."""
    reading = _CodeReading(text)
    try:
        reading.read(parser(_QUOTES).parseInline(text)[0].children or ())
    except _UnexpectedError:
        return (text,) if text else ()
    return tuple(reading.pieces)


def numbered_like(pieces: Sequence[Piece], source: Sequence[Piece]) -> tuple[Piece, ...]:
    """The pieces of a translation, each code with the number that it has in the source; those that
    the source does not have are numbered after its own.
    """
    free: dict[tuple[str, str, str], list[int]] = {}
    for code in codes(source):
        free.setdefault(code.identity, []).append(code.number)
    unknown = max((code.number for code in codes(source)), default=0)
    numbers: dict[int, int] = {}
    for code in codes(pieces):
        if code.number in numbers:
            continue
        known = free.get(code.identity)
        if known:
            numbers[code.number] = known.pop(0)
        else:
            unknown += 1
            numbers[code.number] = unknown
    return tuple(
        piece
        if isinstance(piece, str)
        else Code(piece.kind, piece.text, numbers[piece.number], piece.end)
        for piece in pieces
    )


def codes(pieces: Sequence[Piece]) -> Iterator[Code]:
    """The codes among pieces."""
    return (piece for piece in pieces if isinstance(piece, Code))


def slot(number: str, end: str = "") -> str:
    """What takes the place of a code that a file has by its number alone. Its signs are for private
    use, so that no text has them.
    """
    return f"{_SLOT[0]}{number}{',' + end if end else ''}{_SLOT[1]}"


def half_id(code: Code) -> str:
    """The id of one half of a pair where a file has halves as codes of their own."""
    return f"{code.number}{code.end[:1]}"


def filled(text: str, source: Sequence[Piece]) -> tuple[str, tuple[str, ...]]:
    """A text with the codes of its source in their slots, and the numbers of those that the source
    does not have.
    """
    known = {(str(code.number), code.end): code.text for code in codes(source)}
    known |= {(half_id(code), ""): code.text for code in codes(source) if code.end}
    unknown: list[str] = []

    def fill(match: re.Match[str]) -> str:
        found = known.get((match[1], match[2] or ""))
        if found is None:
            unknown.append(match[1])
            return f"[{match[1]}]"
        return found

    return _SLOTS.sub(fill, text), tuple(dict.fromkeys(unknown))


class _UnexpectedError(Exception):
    """A token is not where the text has it."""


class _CodeReading:
    """Takes a text apart along the tokens of its Markdown."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.count = 0
        self.passed = 0
        self.open: list[int] = []
        self.pieces: list[Piece] = []

    def read(self, tokens: Sequence[Token]) -> None:
        """Reads all tokens. Raises _UnexpectedError."""
        address = ""
        for token in tokens:
            match token.type:
                case "text" if address:
                    address += self._passed(len(token.content))
                case "text":
                    self._words(len(token.content) - self.passed)
                    self.passed = 0
                case "text_special":
                    self._words(len(token.markup or token.content))
                case "softbreak" | "hardbreak":
                    self._words(1)
                case "call":
                    self._whole(CodeKind.CALL, self._given(str(token.meta["source"])))
                case "value":
                    self._whole(CodeKind.VALUE, self._given(str(token.meta["source"])))
                case "link_open" if token.info == "auto":
                    address = self._given("<")
                case "link_close" if token.info == "auto":
                    self._whole(CodeKind.ADDRESS, address + self._given(">"))
                    address = ""
                case "image":
                    self._picture(token)
                case _:
                    self._half(token)
        if self.at != len(self.text) or self.open:
            raise _UnexpectedError

    def _half(self, token: Token) -> None:
        """One half of bold, italics, a link or a span."""
        name, _, end = token.type.partition("_")
        if end == "open":
            self.count += 1
            self.open.append(self.count)
        elif not self.open:
            raise _UnexpectedError
        number = self.open[-1] if end == "open" else self.open.pop()
        match name, end:
            case "strong", _:
                kind, text = CodeKind.BOLD, self._given("**")
            case "em", _:
                kind, text = CodeKind.ITALIC, self._given("*")
            case "link" | "span", "open":
                kind = CodeKind.LINK if name == "link" else CodeKind.SPAN
                text = self._given("[")
            case "link", "close":
                kind, text = CodeKind.LINK, self._matched(_LINK_END)
            case "span", "close":
                kind, text = CodeKind.SPAN, self._matched(_SPAN_END)
            case _:
                raise _UnexpectedError
        self.pieces.append(Code(kind, text, number, end))

    def _picture(self, token: Token) -> None:
        """The alternative text of a picture is words; its file and settings are not."""
        self.count += 1
        self.pieces.append(Code(CodeKind.PICTURE, self._given("!["), self.count, "open"))
        if token.content:
            self.pieces.append(self._given(token.content))
        end = self._matched(_LINK_END)
        if match := _SETTINGS.match(self.text, self.at):
            end += self._passed(len(match[0]))
            # its token of text is still to come
            self.passed += len(match[0])
        self.pieces.append(Code(CodeKind.PICTURE, end, self.count, "close"))

    def _whole(self, kind: CodeKind, text: str) -> None:
        self.count += 1
        self.pieces.append(Code(kind, text, self.count))

    def _words(self, length: int) -> None:
        text = self._passed(length)
        if text and self.pieces and isinstance(last := self.pieces[-1], str):
            self.pieces[-1] = last + text
        elif text:
            self.pieces.append(text)

    def _given(self, expected: str) -> str:
        if not self.text.startswith(expected, self.at):
            raise _UnexpectedError
        return self._passed(len(expected))

    def _matched(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self.text, self.at)
        if match is None:
            raise _UnexpectedError
        return self._passed(len(match[0]))

    def _passed(self, length: int) -> str:
        text = self.text[self.at : self.at + length]
        if length < 0 or len(text) < length:
            raise _UnexpectedError
        self.at += length
        return text
