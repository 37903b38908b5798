"""Prose as authors type it, Markdown with note calls and values, to typed blocks.

What an author may write: paragraphs, one level of bullets, bold, italics, links, note calls
`[^id]`, values `{{ name }}`, passages in another language `[texto]{lang=es}`, citations `[Author,
year]{cites=note}`, and pictures from `figures/`. Other Markdown is
refused at its line, raw HTML included.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Final
from urllib.parse import urlsplit

from reportcard.content.foreign_markdown import foreign_block, foreign_marks
from reportcard.content.grammar import Token, parser
from reportcard.content.prose import (
    Block,
    Bullets,
    Call,
    Inline,
    Marks,
    Paragraph,
    Picture,
    Prose,
    Run,
    Value,
)
from reportcard.content.prose_rules import (
    PROSE_BOLD,
    PROSE_CALL,
    PROSE_ITALIC,
    PROSE_LINK,
    PROSE_LIST,
    PROSE_MARKDOWN,
    PROSE_PICTURE,
    PROSE_SPAN,
    PROSE_VALUE,
)
from reportcard.content.tree import Text
from reportcard.messages.message import Hole
from reportcard.problems.problem import Place, Problem
from reportcard.problems.rule import Rule


def parse_prose(
    text: Text, field_id: str, quotes: str, *, single_line: bool = False
) -> tuple[Prose, tuple[Problem, ...]]:
    """The blocks of `text` and what is wrong with it. `quotes` are four marks: outer pair, inner
    pair («»“”).

    With `single_line` the text is one paragraph without bullets (titles, names).
    """
    reader = _ProseReader(text, field_id)
    reads = parser(quotes)
    if single_line:
        tokens = [Token("paragraph_open", "p", 1), *reads.parseInline(str(text).strip())]
        if found := foreign_block([str(text).strip()], continues=False):
            tokens[1].meta["foreign"] = found[0]
    else:
        tokens = reads.parse(str(text))
    blocks = reader.blocks(tokens)
    return Prose(field_id, tuple(_with_distinct_keys(blocks))), tuple(reader.problems)


# --- from tokens to blocks ------------------------------------------------------------------------

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
class _ProseReader:
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

    def blocks(self, tokens: Sequence[Token]) -> list[Block]:
        blocks: list[Block] = []
        items: list[Paragraph] = []
        depth = 0
        is_filled = False
        for token in tokens:
            match token.type:
                case "bullet_list_open" | "ordered_list_open":
                    depth += 1
                    self._check_list(token, depth)
                case "bullet_list_close" | "ordered_list_close":
                    depth -= 1
                    if depth == 0 and items:
                        blocks.append(Bullets(tuple(items)))
                        items = []
                case "list_item_open":
                    is_filled = False
                    self._check_bullet(token)
                case "inline" if depth == 0:
                    blocks.append(self._block(token))
                case "inline":
                    bullet = self._bullet(token, is_filled=is_filled)
                    if bullet is not None:
                        items.append(bullet)
                        is_filled = True
        return blocks

    def _check_list(self, token: Token, depth: int) -> None:
        if token.type == "ordered_list_open":
            self._report(PROSE_LIST, self._line(token), "numbered")
        elif depth == 2:
            self._report(PROSE_LIST, self._line(token), "nested")

    def _check_bullet(self, token: Token) -> None:
        if token.map and not self.lines[token.map[0]].strip(" -*+"):
            self._report(PROSE_LIST, self._line(token), "empty")

    def _bullet(self, token: Token, *, is_filled: bool) -> Paragraph | None:
        """A bullet's text; None, and a problem, if it is a picture or the bullet has one
        already.
        """
        block = self._block(token)
        if isinstance(block, Picture):
            self._report(PROSE_PICTURE, block.place, "bullet")
            return None
        if is_filled:
            self._report(PROSE_LIST, block.place, "paragraphs")
            return None
        return block

    def _report(self, rule: Rule, place: Place, case: str = "", **holes: Hole) -> None:
        self.problems.append(rule.at(place, case, field=self.field_id, **holes))

    def _line(self, token: Token) -> Place:
        return self.text.place_at(self.starts[token.map[0] if token.map else 0])

    def _place(self, block: Token, offset: int) -> Place:
        """The place in the file of the character at `offset` of an inline token's content."""
        first = block.map[0] if block.map else 0
        if self.current is not block:
            self.current, self.rows = block, _line_starts(block.content)
        row = bisect_right(self.rows, offset) - 1
        end = self.rows[row + 1] - 1 if row + 1 < len(self.rows) else len(block.content)
        content_line = block.content[self.rows[row] : end]
        raw = self.lines[first + row] if first + row < len(self.lines) else ""
        column = max(raw.find(content_line), 0) + offset - self.rows[row]
        return self.text.place_at(self.starts[min(first + row, len(self.starts) - 1)] + column)

    def _block(self, token: Token) -> Paragraph | Picture:
        foreign = token.meta.get("foreign")
        key = sha256(" ".join(token.content.split()).encode()).hexdigest()[:8]
        place = self._place(token, 0)
        children = token.children or []
        if foreign:
            self._report(PROSE_MARKDOWN, place, foreign)
        if len(children) == 1 and children[0].type == "image":
            return self._picture(children[0], key, place)
        return Paragraph(tuple(self._inlines(token, children)), key, place)

    def _picture(self, token: Token, key: str, place: Place) -> Picture:
        source, alt = str(token.attrs.get("src", "")), token.content
        parts = source.split("/")
        if (
            urlsplit(source).scheme
            or source.startswith(("/", "\\"))
            or ".." in parts
            or "\\" in source
            or "%" in source
        ):
            self._report(PROSE_PICTURE, place, "outside", picture=source)
        elif parts[0] != "figures" or len(parts) < 2:
            self._report(PROSE_PICTURE, place, "folder", name=parts[-1])
        if not alt.strip():
            self._report(PROSE_PICTURE, place, "alternative")
        return Picture(source, alt, str(token.attrs.get("title", "")), key, place)

    def _inlines(self, block: Token, children: Sequence[Token]) -> Iterator[Inline]:
        marks = [Marks()]
        for token in children:
            place = self._place(block, token.meta["at"])
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
                    self._report(PROSE_PICTURE, place, "sentence")

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
            place = self._place(block, token.meta["at"] + start)
            self._report(PROSE_MARKDOWN, place, case)
        for pattern, rule, case in _LEFTOVERS:
            if match := pattern.search(token.content):
                offset = token.meta["at"] + match.start()
                self._report(rule, self._place(block, offset), case)

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
        self._report(PROSE_LINK, place, "address" if href else "empty", address=href)
        return ""

    def _span(self, token: Token, marks: Marks, place: Place) -> Marks:
        ((name, value),) = token.attrs.items()
        if name == "lang":
            return replace(marks, lang=str(value))
        if name == "cites":
            return replace(marks, cites=str(value))
        self._report(PROSE_SPAN, place, "unknown", mark=name)
        return marks

    def _value(self, token: Token, marks: Marks, place: Place) -> Iterator[Value]:
        match = _EXPRESSION.fullmatch(token.info)
        if match:
            is_short = bool(match[4] or match[5])
            yield Value(match[1], match[2] or "", match[3] or "", marks, place, is_short)
        else:
            self._report(PROSE_VALUE, place, "form", typed=token.meta["source"])


def _line_starts(text: str) -> list[int]:
    """The offset at which each line begins."""
    return [0, *(match.end() for match in re.finditer("\n", text))]


def _with_distinct_keys(blocks: Sequence[Block]) -> Iterator[Block]:
    """The same words twice in one field get keys of their own."""
    seen: dict[str, int] = {}

    def distinct(key: str) -> str:
        seen[key] = seen.get(key, 0) + 1
        return key if seen[key] == 1 else f"{key}-{seen[key]}"

    for block in blocks:
        if isinstance(block, Bullets):
            yield Bullets(tuple(replace(item, key=distinct(item.key)) for item in block.items))
        else:
            yield replace(block, key=distinct(block.key))
