"""Running text as authors type it to inlines: bold, italics, links, note calls `[^id]`, values `{{
name }}`, passages in another language `[texto]{lang=es}`, citations `[Author, year]{cites=note}`.

Every inline knows its place in the file.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Final
from urllib.parse import urlsplit

from reportcard.content.foreign_markdown import foreign_marks
from reportcard.content.grammar import Token
from reportcard.content.prose import Call, Inline, Marks, Paragraph, Run, Value
from reportcard.content.prose_rules import (
    PROSE_BOLD,
    PROSE_CALL,
    PROSE_ITALIC,
    PROSE_LINK,
    PROSE_MARKDOWN,
    PROSE_PICTURE,
    PROSE_SPAN,
    PROSE_VALUE,
)
from reportcard.content.tree import Text
from reportcard.messages.message import Hole
from reportcard.problems.problem import Place, Problem
from reportcard.problems.rule import Rule

_EXPRESSION: Final = re.compile(
    r"\s*([a-z][a-z0-9_.-]*)\s*(?:\|\s*([a-z]+)"
    r"(?:\(\s*(?:['\"]([^'\"]*)['\"]\s*(,\s*short\s*)?|(short)\s*)\))?\s*)?"
)
#: Marks left over in text: half of something, with its rule and case.
_LEFTOVERS: Final = (
    (re.compile(r"(?<!\*)\*\*(?!\*)|\*{3,}"), PROSE_BOLD, ""),
    (
        re.compile(r"(?<![*\w])\*(?=[^\s*])|(?<=[^\s*])\*(?![*\w])"),
        PROSE_ITALIC,
        "",
    ),
    (re.compile(r"\{\{|\}\}"), PROSE_VALUE, "half"),
    (re.compile(r"\[\^"), PROSE_CALL, ""),
    (re.compile(r"\]\{"), PROSE_SPAN, "half"),
    (re.compile(r"\]\("), PROSE_LINK, "half"),
)


@dataclass(slots=True)
class InlineReader:
    """Reads the running text of one field; what is wrong with it is in `problems`."""

    text: Text
    field_id: str
    problems: list[Problem] = field(default_factory=list)
    lines: list[str] = field(init=False)
    starts: list[int] = field(init=False)
    current: Token | None = None
    rows: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.lines = str(self.text).split("\n")
        self.starts = _line_starts(str(self.text))

    def report(self, rule: Rule, place: Place, case: str = "", **holes: Hole) -> None:
        """Keeps what is wrong at a place of the field."""
        self.problems.append(rule.at(place, case, field=self.field_id, **holes))

    def line(self, row: int) -> Place:
        """The place of a line of the text, where its first sign is."""
        raw = self.lines[row]
        return self.text.place_at(self.starts[row] + len(raw) - len(raw.lstrip()))

    def place(self, block: Token, offset: int) -> Place:
        """The place in the file of the character at `offset` of an inline token's content."""
        first = block.map[0] if block.map else 0
        if self.current is not block:
            self.current, self.rows = block, _line_starts(block.content)
        row = bisect_right(self.rows, offset) - 1
        end = self.rows[row + 1] - 1 if row + 1 < len(self.rows) else len(block.content)
        content_line = block.content[self.rows[row] : end]
        raw = self.lines[first + row] if first + row < len(self.lines) else ""
        known = block.meta.get("column", -1) if row == 0 else -1
        column = max(raw.find(content_line) if known < 0 else known, 0) + offset - self.rows[row]
        return self.text.place_at(self.starts[min(first + row, len(self.starts) - 1)] + column)

    def paragraph(self, token: Token) -> Paragraph:
        """The text of a token, with a key that follows from its words."""
        place = self.place(token, 0)
        if foreign := token.meta.get("foreign"):
            self.report(PROSE_MARKDOWN, place, foreign)
        key = key_of(token) if token.content else ""
        return Paragraph(tuple(self._inlines(token, token.children or [])), key, place)

    def _inlines(self, block: Token, children: Sequence[Token]) -> Iterator[Inline]:
        marks = [Marks()]
        for token in children:
            place = self.place(block, token.meta["at"])
            match token.type:
                case "text" | "text_special" | "softbreak" | "hardbreak":
                    text = " " if token.type.endswith("break") else token.content
                    if token.type == "text" and marks[-1].href != text:
                        self._leftovers(block, token)
                    if text:
                        yield Run(text, marks[-1], place)
                case "strong_open" | "em_open" | "link_open" | "span_open":
                    marks.append(self._opened(token, marks[-1], place))
                case "strong_close" | "em_close" | "link_close" | "span_close":
                    marks.pop()
                case "call":
                    yield Call(token.info, marks[-1], place)
                case "value":
                    yield from self._value(token, marks[-1], place)
                case "image":
                    self.report(PROSE_PICTURE, place, "sentence")

    def _opened(self, token: Token, marks: Marks, place: Place) -> Marks:
        """The marks within what a token opens."""
        match token.type:
            case "strong_open":
                return replace(marks, bold=True)
            case "em_open":
                return replace(marks, italic=True)
            case "link_open":
                address = self._address(str(token.attrs.get("href", "")), place)
                return replace(marks, href=address)
        return self._span(token, marks, place)

    def _leftovers(self, block: Token, token: Token) -> None:
        if block.meta.get("foreign"):
            return  # the block is reported as a whole
        for start, case in foreign_marks(token.content):
            place = self.place(block, token.meta["at"] + start)
            self.report(PROSE_MARKDOWN, place, case)
        for pattern, rule, case in _LEFTOVERS:
            if match := pattern.search(token.content):
                offset = token.meta["at"] + match.start()
                self.report(rule, self.place(block, offset), case)

    def _address(self, href: str, place: Place) -> str:
        scheme, _, rest = href.partition(":")
        if (
            scheme in ("https", "http")
            and urlsplit(href).hostname
            and not re.search(r"[\s<>\"{}|\\^`]", href)
        ):
            return href
        if scheme == "mailto" and "@" in rest:
            return href
        if scheme == "edition" and re.fullmatch(r"[a-z][a-z0-9-]*", rest):
            return href
        self.report(PROSE_LINK, place, "address" if href else "empty", address=href)
        return ""

    def _span(self, token: Token, marks: Marks, place: Place) -> Marks:
        ((name, value),) = token.attrs.items()
        if name == "lang":
            return replace(marks, lang=str(value))
        if name == "cites":
            return replace(marks, cites=str(value))
        self.report(PROSE_SPAN, place, "unknown", mark=name)
        return marks

    def _value(self, token: Token, marks: Marks, place: Place) -> Iterator[Value]:
        match = _EXPRESSION.fullmatch(token.info)
        if match:
            is_short = bool(match[4] or match[5])
            yield Value(match[1], match[2] or "", match[3] or "", marks, place, is_short)
        else:
            self.report(PROSE_VALUE, place, "form", typed=token.meta["source"])


def key_of(token: Token) -> str:
    """What names a text: the beginning of its digest, white space folded."""
    return sha256(" ".join(token.content.split()).encode()).hexdigest()[:8]


def _line_starts(text: str) -> list[int]:
    """The offset at which each line begins."""
    return [0, *(match.end() for match in re.finditer("\n", text))]
