"""Some characters of a text replaced where they are typed, all other bytes of the file as they
were: also the wrapping and quoting of the text itself.

As in splicing, what comes out is read again and compared before anybody gets it.
"""

import json
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from reportcard.content.rewrites import SpliceError
from reportcard.content.splicing import leaves, scalar
from reportcard.content.tree import Branch, Node, Series, Text, Tree
from reportcard.content.yaml import read_tree
from reportcard.messages.message import message
from reportcard.problems.problem import Place

#: Where a text goes on in the next line of the file.
_FOLD: Final = re.compile(r"[ \t]*(?:\r?\n[ \t]*)+")
_ESCAPE: Final = re.compile(r"\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|[^\r\n])")
_CONTINUED: Final = re.compile(r"\\\r?\n[ \t]*")


@dataclass(frozen=True, slots=True, order=True)
class Replacement:
    """Characters of a text, from `start` to before `end` (at least one), and what takes their
    place: a text of one line. `path` are the keys that lead to the text; entries of a list count
    from 1.
    """

    path: tuple[str, ...]
    start: int
    end: int
    text: str


def replaced(data: bytes, file: str, replacements: Sequence[Replacement]) -> bytes:
    """The file's bytes with some characters of its texts replaced.

    Raises SpliceError if the file cannot be read, or would not hold just what it should.
    """
    tree, problems = read_tree(data, file)
    if tree is None:
        place, fault = str(problems[0].place), problems[0].message
        raise SpliceError(
            message("the file cannot be read ({place}: {fault})", place=place, fault=fault)
        )
    source = _Source(data)
    known = dict(leaves(tree.root))
    wanted = {path: str(text) for path, text in known.items()}
    edits: list[tuple[int, int, str]] = []
    for path, group in groupby(sorted(replacements), key=lambda one: one.path):
        mine = list(group)
        text = known[path]
        wanted[path] = _new(str(text), mine)
        if not text.scalar.style and not _may_be_plain(tree, path, wanted[path]):
            edits.append((*source.span(text), scalar(wanted[path], '"')))
        else:
            edits.extend(source.edits(text, mine))
    made = source.edited(edits)
    after, problems = read_tree(made, file)
    if after is None or {path: str(text) for path, text in leaves(after.root)} != wanted:
        raise SpliceError(message("another part of the file would change too"))
    return made


def place_in_file(data: bytes, text: Text, offset: int) -> Place:
    """The place in its file of a character of a text, also of one that is folded. Raises
    SpliceError if it cannot be traced.
    """
    source = _Source(data)
    start = source.spans(text)[offset][0]
    line = bisect_right(source.starts, start)
    return Place(text.file, line, start - source.starts[line - 1] + 1)


def _new(text: str, replacements: Sequence[Replacement]) -> str:
    for one in reversed(replacements):
        text = text[: one.start] + one.text + text[one.end :]
    return text


def _may_be_plain(tree: Tree, path: tuple[str, ...], text: str) -> bool:
    """Whether a text can be typed without quotes where it is: in braces, `{` is a sign of YAML."""
    node: Node = tree.root
    for step in path[:-1]:
        if not isinstance(node, Branch | Series) or node.end is not None:
            break
        node = (
            node.entries[Text(step, "")] if isinstance(node, Branch) else node.items[int(step) - 1]
        )
    in_braces = isinstance(node, Branch | Series) and node.end is not None
    return scalar(text, "") == text and not (in_braces and set(text) & set("{}[],"))


class _Source:
    """A file's characters, and where those of its texts are among them."""

    def __init__(self, data: bytes) -> None:
        self.mark = b"\xef\xbb\xbf" if data.startswith(b"\xef\xbb\xbf") else b""
        self.signs = data.removeprefix(self.mark).decode()
        self.starts = [0, *(match.end() for match in re.finditer("\n", self.signs))]

    def edited(self, edits: Sequence[tuple[int, int, str]]) -> bytes:
        """The file with new characters in place of some."""
        signs = self.signs
        for start, end, new in sorted(edits, reverse=True):
            signs = signs[:start] + new + signs[end:]
        return self.mark + signs.encode()

    def edits(
        self, text: Text, replacements: Sequence[Replacement]
    ) -> Iterator[tuple[int, int, str]]:
        """The replacements in one text, in the file's characters."""
        spans = self.spans(text)
        for one in replacements:
            first, last = spans[one.start], spans[one.end - 1]
            yield first[0], last[1], _typed(one.text, text.scalar.style)

    def spans(self, text: Text) -> list[tuple[int, int]]:
        """Each character of a text, from where to where it is typed."""
        return list(self._rows(text) if text.scalar.style == "|" else self._signs(text))

    def span(self, text: Text) -> tuple[int, int]:
        """Where a text of one line begins and ends, without its quotes."""
        is_quoted = text.scalar.style in ("'", '"')
        return self._at(text.scalar.rows[0]), self._at(text.scalar.end) - is_quoted

    def _at(self, place: tuple[int, int]) -> int:
        return self.starts[place[0] - 1] + place[1] - 1

    def _rows(self, text: Text) -> Iterator[tuple[int, int]]:
        """Each character of a text whose lines are those of the file."""
        for row, place in zip(str(text).split("\n"), text.scalar.rows, strict=True):
            start = min(self._at(place), len(self.signs))
            if not self.signs.startswith(row, start):
                raise _untraceable()
            yield from ((start + index, start + index + 1) for index in range(len(row)))
            yield start + len(row), start + len(row) + 1

    def _signs(self, text: Text) -> Iterator[tuple[int, int]]:
        """Each character of a text that may be folded, quoted and escaped."""
        at, style = self._at(text.scalar.rows[0]), text.scalar.style
        for sign, following in zip(text, [*text[1:], ""], strict=True):
            if style == '"' and (continued := _CONTINUED.match(self.signs, at)):
                at = continued.end()
            fold = _FOLD.match(self.signs, at) if sign in " \t\n" else None
            if fold:
                yield at, fold.end()
                at = at if following in (" ", "\t", "\n") else fold.end()
                continue
            if style == '"' and (escape := _ESCAPE.match(self.signs, at)):
                end = escape.end()
            elif style == "'" and self.signs.startswith("''", at):
                end = at + 2
            elif self.signs.startswith(sign, at):
                end = at + 1
            elif sign in "\n" and at >= len(self.signs):
                end = at
            else:
                raise _untraceable()
            yield at, end
            at = end


def _typed(text: str, style: str) -> str:
    """Characters as they are typed within a text of that style."""
    if style == "'":
        return text.replace("'", "''")
    return json.dumps(text, ensure_ascii=False)[1:-1] if style == '"' else text


def _untraceable() -> SpliceError:
    return SpliceError(message("the text cannot be located in the file"))
