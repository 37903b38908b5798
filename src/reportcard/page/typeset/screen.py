"""A section as it is shown while it is edited: painted as in the card's PDF, without what the eye
does not see.
"""

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from reportcard.page.typeset.measures import MM_PER_PX

if TYPE_CHECKING:
    from weasyprint import Document

#: Hexadecimal digits of a digest: 96 bits.
_DIGEST: Final = 24


@dataclass(frozen=True, slots=True)
class Screened:
    """A section as a PDF to be looked at, and for each of its pages a digest of what it shows, its
    width and height in mm.
    """

    pdf: bytes
    pages: tuple[tuple[str, float, float], ...]


def screened(document: "Document") -> Screened:
    """A section for the eye alone: painted as in the card's PDF, without its tags, links and
    compression, in half the time.

    A digest holds what is painted on the page, and all drawings and pictures of the section; of the
    fonts, their names.
    """
    digests: list[str] = []

    def note_pages(_document: object, pdf: Any) -> None:
        drawings = sha256()
        streams = {thing.reference: thing for thing in pdf.objects if hasattr(thing, "stream")}
        for thing in streams.values():
            if thing.extra.get("Subtype") in ("/Form", "/Image") or "PatternType" in thing.extra:
                drawings.update(thing.data)
        for page in (
            thing
            for thing in pdf.objects
            if isinstance(thing, dict) and thing.get("Type") == "/Page"
        ):
            painted = drawings.copy()
            painted.update(streams[page["Contents"]].data)
            digests.append(painted.hexdigest()[:_DIGEST])

    pages = document.pages
    links = [page.links for page in pages]
    for page in pages:
        page.links = []  # those to other sections lead nowhere in this one
    try:
        data: bytes = document.write_pdf(uncompressed_pdf=True, finisher=note_pages)
    finally:
        for page, kept in zip(pages, links, strict=True):
            page.links = kept
    sizes = [(page.width * MM_PER_PX, page.height * MM_PER_PX) for page in pages]
    return Screened(
        data, tuple((digest, *size) for digest, size in zip(digests, sizes, strict=True))
    )
