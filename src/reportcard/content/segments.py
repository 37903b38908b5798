"""Text in the blocks that a translator works on: paragraphs and bullets, each with a key that
outlives a new order.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from reportcard.content.grammar import parser
from reportcard.content.scalars import Line
from reportcard.content.tree import Text

#: Which marks the quotes become makes no difference to blocks.
_QUOTES: Final = "“”‘’"


@dataclass(frozen=True, slots=True)
class Segment:
    """A block as typed, white space folded: `key` follows from its text, `kind` is line, paragraph,
    bullet or picture.

    `rows` are its lines in the field's text, from the first to before the last (from 0).
    """

    key: str
    text: str
    kind: str
    rows: tuple[int, int]

    @property
    def words(self) -> int:
        """How many words it has, values and note calls counted as written."""
        return len(self.text.split())


def segments(text: Text) -> tuple[Segment, ...]:
    """The blocks of a field, in order. Keys are those of the blocks on the page; a block that is
    repeated has a key of its own each time.
    """
    found: dict[str, int] = {}
    made = []
    for kind, content, rows in _blocks(text):
        text_of_block = folded(content)
        key = segment_key(text_of_block)
        found[key] = found.get(key, 0) + 1
        made.append(
            Segment(key if found[key] == 1 else f"{key}-{found[key]}", text_of_block, kind, rows)
        )
    return tuple(made)


def folded(text: str) -> str:
    """A text on one line, runs of white space as one space; no-break spaces are signs of their own
    and stay.
    """
    return re.sub(r"[ \t\r\n]+", " ", text).strip(" ")


def segment_key(text: str) -> str:
    """What names a block: the beginning of its digest, white space folded."""
    return sha256(" ".join(text.split()).encode()).hexdigest()[:8]


def _blocks(text: Text) -> Iterator[tuple[str, str, tuple[int, int]]]:
    if isinstance(text, Line):
        yield "line", str(text), (0, 1)
        return
    bullets = 0
    for token in parser(_QUOTES).parse(str(text)):
        if token.type == "list_item_open":
            bullets += 1
        elif token.type == "list_item_close":
            bullets -= 1
        elif token.type == "inline":
            is_picture = (
                len(token.children or ()) == 1 and (token.children or [])[0].type == "image"
            )
            kind = "bullet" if bullets else "picture" if is_picture else "paragraph"
            first, last = token.map or [0, 1]
            yield kind, token.content, (first, last)
