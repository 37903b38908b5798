"""Blocks besides paragraphs and lists, as a Markdown parser's rules: run-in headings, tables,
captions, boxes, quotes and charts.

Their tokens are those of Markdown where it has some. What is wrong with a block is a case and its
holes in `meta["faults"]` of its opening token; the rules for them are with the reader.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any, Final

#: An opening line, `::: box Title`; and one that closes.
_OPENING: Final = re.compile(r":{3,}[ \t]*([^\s:].*?)[ \t]*$")
_CLOSING: Final = re.compile(r":{3,}[ \t]*$")
_HEADING: Final = re.compile(r"###[ \t]+(\S.*?)(?:[ \t]+#+)?[ \t]*$")
CAPTION: Final = re.compile(r":[ \t]+(?=\S)")
_NAME: Final = re.compile(r"[ \t]*\{#([A-Za-z0-9_-]*)\}[ \t]*$")
_DELIMITER: Final = re.compile(r":?-+:?")
_CHART_NAME: Final = re.compile(r"[ \t]*(\S.*?)[ \t]+=[ \t]+(?=\S)")
#: The sign of a list, which a table may be in.
_LIST: Final = re.compile(r"[-*+][ \t]|\d+[.)][ \t]")
#: What a line of `:::` may begin with.
CONTAINERS: Final = ("box", "quote", "chart")

State = Any
"""The state of a block parser of markdown-it."""
Rule = Callable[[State, int, int, bool], bool]


def heading_rule(state: State, start: int, _end: int, silent: bool) -> bool:
    """`### Words`."""
    match = _HEADING.match(_line(state, start))
    if match is None:
        return False
    if not silent:
        state.push("run_in_open", "h3", 1).map = [start, start + 1]
        _inline(state, "heading", match[1], (start, start + 1), match.start(1))
        state.push("run_in_close", "h3", -1)
        state.line = start + 1
    return True


def caption_rule(state: State, start: int, end: int, silent: bool) -> bool:
    """`: Words`, and the lines after it that begin with no sign of a block. Within a paragraph it
    begins only below a picture, and in a quote: elsewhere a line may begin with a colon.
    """
    match = CAPTION.match(_line(state, start))
    if match is None:
        return False
    if silent:
        return "quote" in state.env or _line(state, start - 1).startswith("![")
    last = start + 1
    while last < end and (text := _line(state, last)).strip():
        if text.startswith((":", "|", "- ", "#", "![")) or _CHART_NAME.match(text):
            break
        last += 1
    content = "\n".join(_line(state, row).strip() for row in range(start, last))
    content = CAPTION.sub("", content, count=1)
    opening = state.push("caption_open", "figcaption", 1)
    opening.map = [start, last]
    if named := _NAME.search(content):
        content = content[: named.start()]
        opening.meta["name"] = named[1]
    _inline(state, "caption", content, (start, last), match.end())
    state.push("caption_close", "figcaption", -1)
    state.line = last
    return True


# --- tables ---------------------------------------------------------------------------------------


def table_rule(state: State, start: int, end: int, silent: bool) -> bool:
    """A table as GitHub writes it: a head, a line of dashes, rows."""
    dashes = _dashes(state, start, end)
    if not dashes or silent:
        return bool(dashes)
    opening = state.push("table_open", "table", 1)
    opening.meta["sides"] = tuple(map(_side, dashes))
    opening.meta["faults"] = faults = []
    head = list(_cells(_line(state, start)))
    if len(head) != len(dashes):
        faults.append((start + 1, "dashes", {"found": len(dashes), "expected": len(head)}))
    last = start + 2
    while last < end and _is_row(state, last):
        last += 1
    for row in (start, *range(start + 2, last)):
        cells = list(_cells(_line(state, row)))
        if len(cells) != len(head):
            faults.append((row, "cells", {"found": len(cells), "expected": len(head)}))
        state.push("tr_open", "tr", 1).map = [row, row + 1]
        for column, cell in cells:
            _inline(state, "cell", cell, (row, row + 1), column)
        state.push("tr_close", "tr", -1)
    if last == start + 2:
        faults.append((start, "empty", {}))
    opening.map = [start, last]
    state.push("table_close", "table", -1)
    state.line = last
    return True


def _dashes(state: State, start: int, end: int) -> list[str]:
    """The groups of dashes below the head of a table; none if no table begins here."""
    if start + 2 > end or state.sCount[start + 1] < state.blkIndent:
        return []
    head, line = _line(state, start), _line(state, start + 1)
    if "|" not in head or "|" not in line or _LIST.match(head):
        return []
    dashes = [cell for _, cell in _cells(line)]
    return dashes if all(map(_DELIMITER.fullmatch, dashes)) else []


def _is_row(state: State, row: int) -> bool:
    """Whether a line goes on with a table."""
    text = _line(state, row)
    is_in = state.sCount[row] >= state.blkIndent
    return is_in and "|" in text and not CAPTION.match(text)


def _cells(line: str) -> Iterator[tuple[int, str]]:
    """The cells of a row: the column that each begins in, and its text."""
    end = len(line.rstrip())
    start = len(line) - len(line.lstrip())
    start += line.startswith("|", start)
    bars = [match.start() for match in re.finditer(r"(?<!\\)\|", line) if match.start() >= start]
    if not bars or bars[-1] != end - 1:
        bars.append(end)
    for bar in bars:
        cell = line[start:bar]
        yield start + len(cell) - len(cell.lstrip()), cell.strip()
        start = bar + 1


def _side(dashes: str) -> str:
    left, right = dashes.startswith(":"), dashes.endswith(":")
    return "center" if left and right else "right" if right else "left" if left else ""


# --- boxes, quotes and charts ---------------------------------------------------------------------


def container_rule(state: State, start: int, end: int, silent: bool) -> bool:
    """`::: box Title`, `::: quote` or `::: chart …` up to `:::`. Other words are no block."""
    match = _OPENING.match(_line(state, start))
    if match is None or (kind := match[1].split()[0]) not in CONTAINERS:
        return False
    if silent:
        return True
    closing = _closing(state, start, end)
    last = end if closing is None else closing
    opening = state.push(f"{kind}_open", "div", 1)
    opening.map = [start, last]
    opening.meta["faults"] = faults = []
    if closing is None:
        faults.append((start, "open", {"kind": kind}))
    if "container" in state.env:
        faults.append((start, "nested", {"kind": kind}))
    words = match[1][len(kind) :].strip()
    column = _line(state, start).rindex(words) if words else 0
    if kind == "box" and words:
        _inline(state, "title", words, (start, start + 1), column)
    elif kind == "chart":
        opening.meta["settings"] = words.split()
    elif words:
        faults.append((start, "words", {"words": words}))
    if kind == "chart":
        _chart_lines(state, start + 1, last, faults)
    else:
        _inside(state, kind, start + 1, last)
    state.push(f"{kind}_close", "div", -1)
    state.line = min(last + (closing is not None), end)
    return True


def _closing(state: State, start: int, end: int) -> int | None:
    """The line that closes a container; None if none does."""
    depth = 0
    for row in range(start + 1, end):
        line = _line(state, row)
        if _CLOSING.match(line):
            if not depth:
                return row
            depth -= 1
        elif (inner := _OPENING.match(line)) and inner[1].split()[0] in CONTAINERS:
            depth += 1
    return None


def _inside(state: State, kind: str, start: int, end: int) -> None:
    """Reads the blocks between the lines of a container."""
    before = dict(state.env)
    parent, line_max = state.parentType, state.lineMax
    state.env["container"] = kind
    if kind == "quote":
        state.env["quote"] = True
    state.parentType, state.lineMax = "container", end
    state.md.block.tokenize(state, start, end)
    state.parentType, state.lineMax = parent, line_max
    state.env.clear()
    state.env.update(before)


def _chart_lines(state: State, start: int, end: int, faults: list[Any]) -> None:
    """The captions of a chart, and the words for those of its data: `word = words`."""
    row = start
    while row < end:
        line = _line(state, row)
        if CAPTION.match(line):
            caption_rule(state, row, end, False)
            row = state.line
            continue
        if match := _CHART_NAME.match(line):
            opening = state.push("name_open", "dfn", 1)
            opening.map, opening.meta["word"] = [row, row + 1], match[1]
            _inline(state, "name", line[match.end() :].rstrip(), (row, row + 1), match.end())
            state.push("name_close", "dfn", -1)
        elif line.strip():
            faults.append((row, "line", {"line": line.strip()[:40]}))
        row += 1


# --- lines and tokens -----------------------------------------------------------------------------


def _line(state: State, row: int) -> str:
    """A line of the text from its first sign on, or from what follows the sign of a list."""
    return str(state.src[state.bMarks[row] + state.tShift[row] : state.eMarks[row]])


def _inline(state: State, kind: str, content: str, rows: tuple[int, int], column: int) -> None:
    """A token of running text that begins in a column of the first of its lines."""
    token = state.push("inline", "", 0)
    token.content, token.children = content, []
    token.map = list(rows)
    token.meta["kind"] = kind
    token.meta["column"] = column + state.tShift[rows[0]]
