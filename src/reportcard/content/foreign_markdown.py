"""Markdown that this content does not have, as people type it all the same: what would print raw.

Each is known by a case of the rule PROSE-MARKDOWN. Where a sign may be text as well, it is text.
"""

import re
from collections.abc import Iterable, Iterator
from html.entities import html5
from itertools import islice, takewhile
from typing import Final

_NUMBER: Final = re.compile(r" *(\d{1,9})([.)])(?=\s|$)")
#: The first of a month at the beginning of a text, "1. Mai 2024", is a date.
_DATE: Final = re.compile(r" *1\. +[^\W\d_]+ +\d{4}\b")
_FENCE: Final = re.compile(r" {0,3}(`{3,}|~{3,}|:{3,})")
#: "# 208" is a number, and "#minería" a tag.
_HEADING: Final = re.compile(r" {0,3}(?:# +(?=\S)(?!\d)|#{2,6} +\S|#{2,6}[^\W\d_])")
_UNDERLINE: Final = re.compile(r" {0,3}(?:={3,}|-{3,})\s*$")
_RULE: Final = re.compile(r" {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$")
#: How blocks of several lines begin, by their case. "> 50 ha" is a comparison.
_BEGINNINGS: Final = {
    "box": re.compile(r" {0,3}:{3}"),
    "code": _FENCE,
    "quotation": re.compile(r" {0,3}>(?!\s*[\d=])"),
}
_ITEM: Final = re.compile(r" *(?:[-*+]|\d+[.)]) ")
_ROW: Final = re.compile(r" {0,3}\|.*\|.*\|\s*$")
_DELIMITERS: Final = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")
_NOTE: Final = re.compile(r" {0,3}\[(\^?)[^\]\s]+\]:\s*(?=\S)")
#: The longest item of a list, in lines: so far the next number is looked for.
_LONGEST: Final = 60

#: HTML elements that people type in Markdown.
_ELEMENTS: Final = (
    "a|abbr|b|big|blockquote|br|caption|center|cite|code|del|details|div|em|figcaption|figure|font"
    "|h[1-6]|hr|i|iframe|img|ins|li|mark|ol|p|pre|q|s|script|section|small|span|strike|strong|style"
    "|sub|summary|sup|table|tbody|td|th|thead|tr|tt|u|ul|video"
)
_HTML: Final = re.compile(rf"<!--|</?({_ELEMENTS})(?:\s[^<>]*|\s*/)?>", re.IGNORECASE)
_ENTITY: Final = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|([A-Za-z][A-Za-z0-9]*));")
_CODE: Final = re.compile(r"(?<![\w`])`[^`\s](?:[^`]*[^`\s])?`(?![\w`])")
_STRUCK: Final = re.compile(r"(?<![\w~])~~[^~\s](?:[^~]*[^~\s])?~~(?![\w~])")


def foreign_block(lines: Iterable[str], *, continues: bool) -> tuple[str, int] | None:
    """The case of the block that begins with the first of these lines, and how many of them it
    takes; None if that line is text. `continues` is whether a paragraph stands before it.
    """
    rest = iter(lines)
    first = next(rest)
    if case := _on_one_line(first, continues=continues):
        return case, 1
    if case := next((case for case, sign in _BEGINNINGS.items() if sign.match(first)), ""):
        fence = _FENCE.match(first)
        return case, 1 + (_fenced(rest, fence[1]) if fence else _taken(rest, r"\S"))
    following = next(rest, "")
    is_head = "|" in first and "|" in following and _DELIMITERS.match(following)
    # A table in a list is in its item
    if _ROW.match(first) or (is_head and not _ITEM.match(first)):
        return "table", 1 + ("|" in following and 1 + _taken(rest, r"\|"))
    if not continues and first.strip() and _UNDERLINE.match(following):
        return "heading", 2
    return None


def _on_one_line(line: str, *, continues: bool) -> str:
    """The case of a block that is one line; empty if it is text, or the beginning of a longer
    one.
    """
    if _RULE.match(line):
        return "rule"
    if _HEADING.match(line) or (continues and _UNDERLINE.match(line)):
        return "heading"
    note = _NOTE.match(line)
    return ("note" if note[1] else "address") if note else ""


def is_numbered_list(lines: Iterable[str], *, continues: bool) -> bool:
    """Whether the first of these lines, which begins with a number, begins a list: with 1, or with
    any number if the next one follows. Within a paragraph both must hold, since a line may begin
    with a number by chance.
    """
    rest = iter(lines)
    first = next(rest)
    number = _NUMBER.match(first)
    if number is None:
        return False
    goes_on = _goes_on(islice(rest, _LONGEST), int(number[1]) + 1)
    is_first = number[1] == "1"
    if continues:
        return is_first and goes_on
    return goes_on or (is_first and not _DATE.match(first))


def foreign_marks(text: str) -> Iterator[tuple[int, str]]:
    """The offset and case of each mark in running text that would print raw."""
    opened = set()
    for match in _HTML.finditer(text):
        name = (match[1] or "").lower()
        if name in opened and match[0].startswith("</"):
            continue
        opened.add(name)
        yield match.start(), "html"
    for match in _ENTITY.finditer(text):
        if match[1] is None or f"{match[1]};" in html5:
            yield match.start(), "entity"
    for pattern, case in ((_CODE, "code-mark"), (_STRUCK, "struck")):
        yield from ((match.start(), case) for match in pattern.finditer(text))


def _fenced(lines: Iterable[str], fence: str) -> int:
    """The number of lines up to the one that closes a fence; all of them if none does."""
    closing = re.compile(rf" {{0,3}}{re.escape(fence[0])}{{{len(fence)},}}\s*$")
    count = 0
    for line in lines:
        count += 1
        if closing.match(line):
            break
    return count


def _taken(lines: Iterable[str], pattern: str) -> int:
    """How many lines have a sign before the first that has not."""
    return sum(1 for _ in takewhile(lambda line: re.search(pattern, line), lines))


def _goes_on(lines: Iterable[str], number: int) -> bool:
    """Whether one of these lines continues a list with that number, before another paragraph."""
    is_parted = False
    for line in lines:
        match = _NUMBER.match(line)
        if match and int(match[1]) == number:
            return True
        if is_parted and line.strip() and not line.startswith(" "):
            return False
        is_parted = is_parted or not line.strip()
    return False
