"""What was written out in a manuscript: the blocks of a card in the order of the document. It stays
in the file, so that what comes back can be compared with it.
"""

import base64
import json
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Final

from reportcard.content.segments import segment_key
from reportcard.manuscript.letters import Letter, Letters, Shown, as_typed, letters, rewritten

FORMAT: Final = 1
#: What the properties are called that keep it. Word cuts a property's text at 255 signs.
PROPERTY: Final = "REPORTCARD"
_PIECE: Final = 240
#: The most that it can be when unpacked, in bytes; Peru's card has 60,000.
_LARGEST: Final = 4_000_000
_PICTURE: Final = re.compile(r"!\[((?:\\.|[^\]\\])*)\](\(.*)", re.DOTALL)
_NAME: Final = re.compile(r"RC_(\d{1,5})_([0-9a-f]{8})")
_CALL_NAME: Final = re.compile(r"RCN_(\d{1,5})_([0-9a-f]{8})(?:_\d+)?")
#: What processors add to the name of a bookmark in copied text.
_COPY: Final = re.compile(r"_Copy_\d+$")
#: Kinds of blocks that are there for the reader alone: headings, labels, the names of authors.
FIXED: Final = ("chapter", "section", "label", "hint")


@dataclass(frozen=True, slots=True)
class SentBlock:
    """A block as it was written out: the path of its field (none: it is of no field), its kind as
    `segments` names it or one of FIXED, and its text as typed, white space folded.

    `cell` is the row and column of a table's cell.
    """

    path: tuple[str, ...]
    kind: str
    text: str
    cell: tuple[int, int] | None = None

    @property
    def field(self) -> str:
        """The path of its field, `dimensions.legal.findings`; empty if it is of none."""
        return ".".join(self.path)

    @property
    def note(self) -> str:
        """The note that it is of; empty if it is of none."""
        return self.path[1] if self.path[:1] == ("notes",) else ""

    def letters(self, shown: Shown = as_typed) -> Letters:
        """The letters that a manuscript has of it: of a picture those of its alternative text."""
        if not self.path:
            return tuple(Letter(sign) for sign in self.text)
        picture = _PICTURE.fullmatch(self.text) if self.kind == "picture" else None
        if picture:
            return tuple(Letter(sign) for sign in re.sub(r"\\(.)", r"\1", picture[1]))
        return letters(self.text, shown)

    def rewritten(self, made: Letters) -> str:
        """Its text with other letters."""
        picture = _PICTURE.fullmatch(self.text) if self.kind == "picture" else None
        if picture:
            alt = re.sub(r"([\\\[\]])", r"\\\1", "".join(letter.text for letter in made))
            return f"![{alt}]{picture[2]}"
        text = rewritten(self.text, made)
        return re.sub(r"(?<!\\)\|", r"\\|", text) if self.kind == "cell" else text


@dataclass(frozen=True)
class Dispatch:
    """A manuscript as it was written out. `shown` are the values in it, as typed, with what they
    print.
    """

    country: str
    language: str
    blocks: tuple[SentBlock, ...]
    shown: Mapping[str, str]

    @cached_property
    def notes(self) -> tuple[str, ...]:
        """The names of its notes."""
        return tuple(dict.fromkeys(block.note for block in self.blocks if block.note))

    def name(self, index: int) -> str:
        """The name of a block's bookmark."""
        block = self.blocks[index]
        return f"RC_{index}_{segment_key(f'{block.field} {block.text}')}"

    def call_name(self, note: str, number: int) -> str:
        """The name of the bookmark of a note's call, the first being number 1."""
        return f"RCN_{self.notes.index(note)}_{segment_key(note)}_{number}"

    def index_of(self, name: str) -> tuple[int, bool] | None:
        """The block of a bookmark, and whether it is a copy; None if it is of none."""
        bare = _COPY.sub("", name)
        match = _NAME.fullmatch(bare)
        index = int(match[1]) if match else len(self.blocks)
        if index >= len(self.blocks) or self.name(index) != bare:
            return None
        return index, bare != name

    def note_of(self, name: str) -> str:
        """The note of a call's bookmark; empty if it is of none."""
        match = _CALL_NAME.fullmatch(_COPY.sub("", name))
        index = int(match[1]) if match else len(self.notes)
        if match and index < len(self.notes) and segment_key(self.notes[index]) == match[2]:
            return self.notes[index]
        return ""

    @cached_property
    def called(self) -> frozenset[str]:
        """The notes that are called: they are footnotes, and not in the text."""
        letters = (
            one
            for index, block in enumerate(self.blocks)
            if not block.note
            for one in self.letters(index)
        )
        return frozenset(one.note for one in letters if one.note)

    def letters(self, index: int) -> Letters:
        """The letters of a block, values as they were printed."""
        return self._letters[index]

    @cached_property
    def _letters(self) -> tuple[Letters, ...]:
        return tuple(one.letters(lambda value: self.shown.get(value, value)) for one in self.blocks)

    @cached_property
    def rows(self) -> tuple[tuple[int, ...], ...]:
        """The blocks of each row of tables; of files from before rows were kept, none."""
        found: dict[tuple[tuple[str, ...], int], list[int]] = {}
        for index, block in enumerate(self.blocks):
            if block.cell is not None:
                found.setdefault((block.path, block.cell[0]), []).append(index)
        return tuple(map(tuple, found.values()))

    def indices(self, path: tuple[str, ...]) -> tuple[int, ...]:
        """The blocks of a field, in order."""
        return self._indices.get(path, ())

    @cached_property
    def _indices(self) -> Mapping[tuple[str, ...], tuple[int, ...]]:
        found: dict[tuple[str, ...], list[int]] = {}
        for index, block in enumerate(self.blocks):
            found.setdefault(block.path, []).append(index)
        return MappingProxyType({path: tuple(listed) for path, listed in found.items()})


def packed(dispatch: Dispatch) -> Iterator[tuple[str, str]]:
    """The properties, by name, that keep it in a file: of some 80 letters and digits a line of the
    card.
    """
    record = {
        "format": FORMAT,
        "country": dispatch.country,
        "language": dispatch.language,
        "blocks": [
            [list(one.path), one.kind, one.text, *(() if one.cell is None else [list(one.cell)])]
            for one in dispatch.blocks
        ],
        "shown": dict(dispatch.shown),
    }
    data = zlib.compress(json.dumps(record, ensure_ascii=False).encode(), 9)
    text = base64.b64encode(data).decode()
    pieces = [text[at : at + _PIECE] for at in range(0, len(text), _PIECE)]
    yield PROPERTY, f"{dispatch.country} {dispatch.language} {len(pieces)}"
    yield from ((f"{PROPERTY}_{number}", piece) for number, piece in enumerate(pieces, start=1))


def unpacked(properties: Mapping[str, str]) -> Dispatch | None:
    """What the properties of a file keep; None if they keep nothing that can be read."""
    pieces: list[str] = []
    while (piece := properties.get(f"{PROPERTY}_{len(pieces) + 1}")) is not None:
        pieces.append(piece)
    try:
        unpacker = zlib.decompressobj()
        data = unpacker.decompress(base64.b64decode("".join(pieces), validate=True), _LARGEST)
        record = json.loads(data) if unpacker.eof else {}
        if record.get("format") != FORMAT:
            return None
        blocks = tuple(_block(one) for one in record["blocks"])
        shown = {str(name): str(words) for name, words in record["shown"].items()}
        country, language = str(record["country"]), str(record["language"])
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, zlib.error):
        return None
    return Dispatch(country, language, blocks, MappingProxyType(shown))


def _block(record: object) -> SentBlock:
    """Raises TypeError or ValueError if the record is not one of a block."""
    if not isinstance(record, list):
        raise TypeError
    path, kind, text, *rest = record
    if not isinstance(path, list) or not all(isinstance(one, str) for one in (*path, kind, text)):
        raise TypeError
    cell = None
    if rest:
        ((row, column),) = rest
        cell = int(row), int(column)
    return SentBlock(tuple(path), kind, text, cell)


def addressed(properties: Mapping[str, str]) -> tuple[str, str] | None:
    """The country and language that a file was written for; None if it does not say."""
    words = properties.get(PROPERTY, "").split(" ")
    return (words[0], words[1]) if len(words) == 3 else None
