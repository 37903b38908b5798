"""On which pages two PDFs differ in what they paint: a quick look, for files that should be one and
the same.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import zip_longest
from typing import Any, Final

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Stream

from reportcard.messages.message import message
from reportcard.pdf.faults import InvalidFileError
from reportcard.pdf.preflight import ODD

#: What says how a stream is packed, or belongs to the tags, and paints nothing.
_NOT_PAINTED: Final = frozenset(
    {"/Length", "/Filter", "/DecodeParms", "/StructParent", "/StructParents", "/Parent"}
)


@dataclass(frozen=True, slots=True)
class PaintedDifference:
    """The pages (from 1) that paint something else, including those that only one file has, and
    those that differ in their fonts alone.
    """

    pages: tuple[int, ...]
    fonts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Painted:
    """What a page paints: its operators, what they paint with but for fonts, and that with them."""

    operators: bytes
    objects: bytes
    all: bytes


def painted_difference(one: bytes, other: bytes) -> PaintedDifference:
    """Where two files differ in what they paint: by operators, forms, pictures, patterns and fonts.

    Raises InvalidFileError if one of the two cannot be read.
    """
    try:
        with pikepdf.open(io.BytesIO(one)) as first, pikepdf.open(io.BytesIO(other)) as second:
            pairs = list(zip_longest(_pages(first), _pages(second)))
    except (pikepdf.PasswordError, *ODD) as error:
        raise InvalidFileError(message("it is damaged or not a PDF")) from error
    pages, fonts = [], []
    for number, (then, now) in enumerate(pairs, start=1):
        if then is None or now is None or _bare(then) != _bare(now):
            pages.append(number)
        elif then != now:
            fonts.append(number)
    return PaintedDifference(tuple(pages), tuple(fonts))


def _bare(page: _Painted) -> tuple[bytes, bytes]:
    return page.operators, page.objects


def _pages(pdf: pikepdf.Pdf) -> Iterator[_Painted]:
    bare, whole = _Digests(_NOT_PAINTED | {"/Font"}), _Digests(_NOT_PAINTED)
    for page in pdf.pages:
        operators = pikepdf.unparse_content_stream(pikepdf.parse_content_stream(page))
        resources = page.obj.get(Name.Resources)
        yield _Painted(operators, bare.of(resources), whole.of(resources))


class _Digests:
    """What objects of a file are, whatever their numbers in it: streams by what they hold."""

    def __init__(self, left_out: frozenset[str]) -> None:
        self.left_out = left_out
        self.known: dict[tuple[int, int], bytes] = {}
        #: The objects that the one looked at is in: some refer to those above them.
        self.above: set[tuple[int, int]] = set()

    def of(self, thing: Any) -> bytes:
        """A digest of an object and of all that it refers to."""
        number = thing.objgen if isinstance(thing, Object) and thing.is_indirect else None
        if number is None:
            return self._made(thing)
        if number in self.above:
            return b"above"
        if number not in self.known:
            self.above.add(number)
            self.known[number] = self._made(thing)
            self.above.discard(number)
        return self.known[number]

    def _made(self, thing: Any) -> bytes:
        if isinstance(thing, Array):
            parts = [self.of(one) for one in list(thing)]
        elif isinstance(thing, Stream | Dictionary):
            parts = [
                str(key).encode() + self.of(value)
                for key, value in sorted(thing.items())
                if key not in self.left_out
            ]
            if isinstance(thing, Stream):
                parts.append(sha256(_held(thing)).digest())
        else:
            parts = [repr(thing).encode()]
        return sha256(b"\x1f".join((type(thing).__name__.encode(), *parts))).digest()


def _held(stream: Stream) -> bytes:
    """What a stream holds; of a picture that only a viewer can unpack, as it is packed."""
    try:
        return stream.read_bytes()
    except pikepdf.PdfError:
        return stream.read_raw_bytes()
