"""What an author may write, as a Markdown parser with the rules of this content; the only importer
of markdown-it.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, list_block
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from reportcard.content.block_rules import (
    caption_rule,
    container_rule,
    heading_rule,
    table_rule,
)
from reportcard.content.foreign_markdown import foreign_block, is_numbered_list

__all__ = ["Token", "parser", "picture_in"]

_CALL: Final = re.compile(r"\[\^([^\]\s]*)\]")
_VALUE: Final = re.compile(r"\{\{([^{}]*)\}\}")
#: What may follow a picture: `{width=half}`.
_SETTINGS: Final = re.compile(r"\{([^{}\n]*)\}")
_ATTRIBUTE: Final = re.compile(r"\{([a-z]+)=([A-Za-z0-9][A-Za-z0-9_-]*)\}")


@cache
def parser(quotes: str) -> MarkdownIt:
    """The reader of prose with four quotation marks: outer pair, inner pair; with none, quotation
    marks stay as they are typed. Its tokens carry
    `meta["at"]`, their offset, those of blocks in `meta["kind"]` what they are the text of. A
    block of Markdown that content does not have is a paragraph as typed, with its case in
    `meta["foreign"]`.
    """
    made = MarkdownIt("zero", {"typographer": True, "quotes": quotes, "html": False})
    made.enable(
        ["list", "emphasis", "link", "image", "autolink", "escape", "newline", "smartquotes"]
    )
    for name, rule in _BLOCKS.items():
        made.block.ruler.before("list", name, rule, {"alt": ["paragraph", "reference", "list"]})
    made.block.ruler.before(
        "list", "foreign", _foreign_rule, {"alt": ["paragraph", "reference", "list"]}
    )
    made.block.ruler.at("list", _list_rule, {"alt": ["paragraph", "reference"]})
    if not quotes:
        made.disable("smartquotes")
    # What is escaped stays apart from other text: it is not half of a mark that was left open.
    made.disable("text_join")
    made.inline.ruler.before("link", "call", _call_rule)
    made.inline.ruler.before("link", "value", _value_rule)
    made.inline.ruler.after("link", "span", _span_rule)
    made.core.ruler.after("inline", "offsets", _offsets_rule)
    made.core.ruler.after("inline", "kinds", _kinds_rule)
    # Every address becomes a token here, so that a bad one is reported and not set as text.
    made.validateLink = lambda url: bool(url) or True  # type: ignore[method-assign]
    made.normalizeLink = lambda url: url  # type: ignore[method-assign]
    made.normalizeLinkText = lambda link: link  # type: ignore[method-assign]
    return made


_BLOCKS: Final = {
    "run-in": heading_rule,
    "container": container_rule,
    "caption": caption_rule,
    "table": table_rule,
}


def picture_in(children: Sequence[Token]) -> tuple[Token, str] | None:
    """The picture that a paragraph is, with its settings as typed; None if it is text."""
    if not children or children[0].type != "image":
        return None
    after = "".join(token.content for token in children[1:])
    if not after:
        return children[0], ""
    match = _SETTINGS.fullmatch(after.strip())
    return (children[0], match[1]) if match else None


def _foreign_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    found = foreign_block(_lines(state, start, end), continues=silent)
    if found is None:
        return False
    if not silent:
        case, count = found
        state.line = start + count
        state.push("paragraph_open", "p", 1).map = [start, state.line]
        inline = state.push("inline", "", 0)
        inline.content = state.getLines(start, state.line, state.blkIndent, False).strip()
        inline.map = [start, state.line]
        inline.children = []
        inline.meta["foreign"] = case
        state.push("paragraph_close", "p", -1)
    return True


def _list_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Lists, but a line that only happens to begin with a number is text."""
    at = state.bMarks[start] + state.tShift[start]
    if state.src[at : at + 1].isdigit():
        continues = silent and state.parentType == "paragraph"
        is_next = _indent(state, start) in _open_numbers(state)
        if not is_next and not is_numbered_list(_lines(state, start, end), continues=continues):
            return False
    return list_block(state, start, end, silent)


def _open_numbers(state: StateBlock) -> set[int]:
    """The indentations of the numbered lists that the parser is in."""
    found: list[tuple[str, int]] = []
    for token in state.tokens:
        if token.type in ("ordered_list_open", "bullet_list_open"):
            found.append((token.type, _indent(state, token.map[0] if token.map else 0)))
        elif token.type in ("ordered_list_close", "bullet_list_close"):
            found.pop()
    return {indent for kind, indent in found if kind == "ordered_list_open"}


def _indent(state: StateBlock, row: int) -> int:
    """How far a line is indented in the text."""
    line = state.src[state.bMarks[row] : state.eMarks[row]]
    return len(line) - len(line.lstrip())


def _lines(state: StateBlock, start: int, end: int) -> Iterator[str]:
    """The lines of a block that is being read, without the indentation of the list it is in."""
    for number in range(start, end):
        if number > start and state.sCount[number] < state.blkIndent and not state.isEmpty(number):
            return
        yield state.getLines(number, number + 1, state.blkIndent, False).rstrip("\n")


def _call_rule(state: StateInline, silent: bool) -> bool:
    match = _CALL.match(state.src, state.pos, state.posMax)
    if not match:
        return False
    if not silent:
        token = state.push("call", "", 0)
        token.info = match[1]
        token.content = "¹"  # smart quotes look at the neighbour: a call is like a letter
        token.meta["source"] = match[0]
    state.pos = match.end()
    return True


def _value_rule(state: StateInline, silent: bool) -> bool:
    match = _VALUE.match(state.src, state.pos, state.posMax)
    if not match:
        return False
    if not silent:
        token = state.push("value", "", 0)
        # In the cell of a table, a bar is written with a backslash
        token.info = match[1].replace("\\|", "|")
        token.content = "x"
        token.meta["source"] = match[0]
    state.pos = match.end()
    return True


def _span_rule(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "[":
        return False
    end = state.md.helpers.parseLinkLabel(state, state.pos)
    match = _ATTRIBUTE.match(state.src, end + 1, state.posMax) if end >= 0 else None
    if not match:
        return False
    start, maximum = state.pos, state.posMax
    if not silent:
        state.pos, state.posMax = start + 1, end
        state.push("span_open", "span", 1).attrs = {match[1]: match[2]}
        state.md.inline.tokenize(state)
        state.push("span_close", "span", -1)
    state.pos, state.posMax = match.end(), maximum
    return True


def _offsets_rule(state: StateCore) -> None:
    """Gives every inline token the offset of its text in its block; runs before quotes are
    turned.
    """
    for block in state.tokens:
        cursor = 0
        for token in block.children or ():
            if (
                token.type in ("link_close", "image")
                and (end := block.content.find("](", cursor)) >= 0
                and token.info != "auto"
            ):
                token.meta["at"] = cursor
                cursor = max(cursor, block.content.find(")", end))
                continue
            needle = token.meta.get("source") or token.content
            if token.type == "softbreak":
                needle = "\n"
            found = block.content.find(needle, cursor) if needle else cursor
            token.meta["at"] = found if found >= 0 else cursor
            if found >= 0:
                cursor = found + len(needle)


def _kinds_rule(state: StateCore) -> None:
    """Gives every inline token of a block what it is the text of."""
    numbered: list[bool] = []
    for token in state.tokens:
        if token.type in ("bullet_list_open", "ordered_list_open"):
            numbered.append(token.type == "ordered_list_open")
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            numbered.pop()
        elif token.type == "inline" and "kind" not in token.meta:
            is_picture = picture_in(token.children or ()) is not None
            kind = "number" if numbered and numbered[-1] else "bullet"
            inner = "inner-" if len(numbered) > 1 else ""
            alone = "picture" if is_picture else "paragraph"
            token.meta["kind"] = f"{inner}{kind}" if numbered else alone
