"""What an author may write, as a Markdown parser with the rules of this content; the only importer
of markdown-it.
"""

import re
from functools import cache
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

__all__ = ["Token", "parser"]

_CALL: Final = re.compile(r"\[\^([^\]\s]*)\]")
_VALUE: Final = re.compile(r"\{\{([^{}]*)\}\}")
_ATTRIBUTE: Final = re.compile(r"\{([a-z]+)=([A-Za-z0-9][A-Za-z0-9_-]*)\}")


@cache
def parser(quotes: str) -> MarkdownIt:
    """The reader of prose with four quotation marks: outer pair, inner pair. Its tokens carry
    `meta["at"]`, their offset.
    """
    made = MarkdownIt("zero", {"typographer": True, "quotes": quotes, "html": False})
    made.enable(
        ["list", "emphasis", "link", "image", "autolink", "escape", "newline", "smartquotes"]
    )
    # What is escaped stays apart from other text: it is not half of a mark that was left open.
    made.disable("text_join")
    made.inline.ruler.before("link", "call", _call_rule)
    made.inline.ruler.before("link", "value", _value_rule)
    made.inline.ruler.after("link", "span", _span_rule)
    made.core.ruler.after("inline", "offsets", _offsets_rule)
    # Every address becomes a token here, so that a bad one is reported and not set as text.
    made.validateLink = lambda url: bool(url) or True  # type: ignore[method-assign]
    made.normalizeLink = lambda url: url  # type: ignore[method-assign]
    made.normalizeLinkText = lambda link: link  # type: ignore[method-assign]
    return made


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
        token.info = match[1]
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
