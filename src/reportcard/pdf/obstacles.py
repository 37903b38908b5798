"""What keeps a PDF from being read or trusted whole: encryption, permissions, signatures, content
that is damaged, and pages that are pictures.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

#: Forms within forms are looked through to this depth, and fields of a form to this number.
_DEPTH: Final = 4
_MOST_FIELDS: Final = 10_000


@dataclass(frozen=True, slots=True)
class Obstacles:
    """Of a file: whether it is encrypted, what its permissions deny, the names of its signatures.
    Of its pages (from 1): those with content that cannot be decoded, those with any content, and
    those with a picture made of pixels.
    """

    is_encrypted: bool
    denied: tuple[str, ...]
    signatures: tuple[str, ...]
    damaged: frozenset[int]
    painted: frozenset[int]
    pictured: frozenset[int]


def obstacles(data: bytes) -> Obstacles:
    """Reads them from a file that can be opened. Raises pikepdf.PdfError if it cannot."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        contents = {number: _content(page) for number, page in enumerate(pdf.pages, start=1)}
        return Obstacles(
            pdf.is_encrypted,
            tuple(_denied(pdf)) if pdf.is_encrypted else (),
            tuple(_signatures(pdf)),
            frozenset(number for number, content in contents.items() if content is None),
            frozenset(
                number for number, content in contents.items() if content and content.strip()
            ),
            frozenset(
                number
                for number, page in enumerate(pdf.pages, start=1)
                if _has_picture(page.obj.get(Name.Resources), _DEPTH)
            ),
        )


def _content(page: pikepdf.Page) -> bytes | None:
    """What a page paints; None if a part of it cannot be decoded or read."""
    contents = page.obj.get(Name.Contents)
    streams = contents if isinstance(contents, Array) else [contents]
    found = []
    for stream in streams:
        if stream is None:
            continue
        if not isinstance(stream, Stream):
            return None
        try:
            found.append(stream.read_bytes())
        except pikepdf.PdfError:
            return None
    return b"\n".join(found)


def _denied(pdf: pikepdf.Pdf) -> Iterator[str]:
    allowed = pdf.allow
    yield from (name for name in allowed._fields if not getattr(allowed, name))


def _signatures(pdf: pikepdf.Pdf) -> Iterator[str]:
    form = pdf.Root.get(Name.AcroForm)
    fields = list(form.get(Name.Fields, ())) if isinstance(form, Dictionary) else []
    for _ in range(_MOST_FIELDS):
        if not fields:
            return
        field = fields.pop(0)
        if not isinstance(field, Dictionary):
            continue
        kids = field.get(Name.Kids)
        fields.extend(kids if isinstance(kids, Array) else ())
        signed = field.get(Name.V)
        if field.get(Name.FT) == Name.Sig and isinstance(signed, Dictionary):
            yield str(signed.get(Name.Name, field.get(Name.T, "")))


def _has_picture(resources: Any, depth: int) -> bool:
    objects = resources.get(Name.XObject) if isinstance(resources, Dictionary) else None
    if not isinstance(objects, Dictionary) or not depth:
        return False
    return any(
        one.get(Name.Subtype) == Name.Image or _has_picture(one.get(Name.Resources), depth - 1)
        for _, one in objects.items()
        if isinstance(one, Stream)
    )
