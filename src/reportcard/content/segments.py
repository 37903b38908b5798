"""Text in the blocks that a translator works on: paragraphs, items, cells, captions, each with a
key that outlives a new order.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from reportcard.content.grammar import parser
from reportcard.content.scalars import Line
from reportcard.content.tree import Text

#: Blocks that are lines of their own: a field of these alone can be written anew from their texts.
PLAIN_KINDS: Final = frozenset({"line", "paragraph", "bullet", "picture"})
#: In place of a text, or of a block of it, that nobody has written.
NOTHING: Final = "…"
#: What is not words: a value, a note call, settings, an address, the rest of a link or a picture.
_MARKUP: Final = re.compile(r"\{\{.*?\}\}|\[\^[^\]]*\]|\{[^{}]*\}|<[^<>\s]+>|\]\([^)]*\)|\w+://\S+")
#: Which marks the quotes become makes no difference to blocks.
_QUOTES: Final = "“”‘’"


@dataclass(frozen=True, slots=True)
class Segment:
    """A block as typed, white space folded: `key` follows from its text, `kind` is one of KINDS.

    `rows` are its lines in the field's text, from the first to before the last (from 0); `column`
    is where it begins in the first of them, `end` where it ends in the last.
    """

    key: str
    text: str
    kind: str
    rows: tuple[int, int]
    column: int = 0
    end: int = 0

    @property
    def words(self) -> int:
        """How many words it has: without values, note calls, marks and addresses."""
        return sum(any(map(str.isalnum, one)) for one in _MARKUP.sub(" ", self.text).split())

    @property
    def is_open(self) -> bool:
        """Whether nobody has written it yet: it only keeps its place."""
        return self.text == NOTHING


def segments(text: Text) -> tuple[Segment, ...]:
    """The blocks of a field, in order. Keys are those of the blocks on the page; a block that is
    repeated has a key of its own each time.
    """
    found: dict[str, int] = {}
    made = []
    for kind, content, rows, columns in _blocks(text):
        text_of_block = folded(content)
        key = segment_key(text_of_block)
        found[key] = found.get(key, 0) + 1
        name = key if found[key] == 1 else f"{key}-{found[key]}"
        made.append(Segment(name, text_of_block, kind, rows, *columns))
    return tuple(made)


def folded(text: str) -> str:
    """A text on one line, runs of white space as one space; no-break spaces are signs of their own
    and stay.
    """
    return re.sub(r"[ \t\r\n]+", " ", text).strip(" ")


def segment_key(text: str) -> str:
    """What names a block: the beginning of its digest, white space folded."""
    return sha256(" ".join(text.split()).encode()).hexdigest()[:8]


def _blocks(text: Text) -> Iterator[tuple[str, str, tuple[int, int], tuple[int, int]]]:
    if isinstance(text, Line):
        yield "line", str(text), (0, 1), (0, len(text))
        return
    rows = str(text).split("\n")
    for token in parser(_QUOTES).parse(str(text)):
        if token.type == "inline" and token.content:
            first, last = token.map or [0, 1]
            lines = token.content.split("\n")
            known = token.meta.get("column")
            column = max(rows[first].find(lines[0]), 0) if known is None else known
            ends_in = first + len(lines) - 1
            start = column if len(lines) == 1 else max(rows[ends_in].find(lines[-1]), 0)
            kind = str(token.meta["kind"])
            yield kind, token.content, (first, last), (column, start + len(lines[-1]))
