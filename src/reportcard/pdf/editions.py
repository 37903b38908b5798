"""The three editions of a card, made from one laid-out PDF: the same pages for a screen, a press
and an archive.
"""

import io
from base64 import a85encode
from dataclasses import dataclass
from typing import Final

import pikepdf
from pikepdf import (
    Array,
    Dictionary,
    Name,
    ObjectStreamMode,
    OutlineItem,
    Stream,
    StreamDecodeLevel,
)

from reportcard.page.styles import Styles
from reportcard.pdf.attachments import (
    Attachment,
    attach,
    print_annotations,
    set_intent,
    smooth_nothing,
)
from reportcard.pdf.inks import Separator, separate
from reportcard.pdf.metadata import Particulars, Standards, describe, label_pages
from reportcard.pdf.profile import Profile
from reportcard.pdf.sheet import crop_marks, set_boxes
from reportcard.pdf.slug import colour_bar, place_slugs
from reportcard.workspace.media import Medium

#: PDF/A-3, level a: what level u requires (text can be copied) and the tags besides, which the card
#: has.
ARCHIVE_LEVEL: Final = "3a"
#: ISO 15930-7 is written on PDF 1.6; the others on PDF 1.7.
_VERSIONS: Final = {Medium.SCREEN: "1.7", Medium.PRINT: "1.6", Medium.ARCHIVE: "1.7"}


@dataclass(frozen=True, slots=True)
class Press:
    """How the print edition is printed: colours, the profile of the condition, and its name at the
    ICC, or `Custom`; whether patches of the inks are printed beside the pages.
    """

    styles: Styles
    profile: Profile
    condition: str
    has_colour_bar: bool = False


def screen(master: bytes, particulars: Particulars) -> bytes:
    """The screen edition, PDF/UA-1, from a laid-out PDF that is tagged."""
    with pikepdf.open(io.BytesIO(master)) as pdf:
        describe(pdf, particulars, Standards(ua=True))
        label_pages(pdf, particulars)
        return _saved(pdf, Medium.SCREEN)


def bilingual(
    master: bytes, particulars: Particulars, branches: tuple[tuple[str, str, int, int], ...]
) -> bytes:
    """Several languages of a card in one screen edition, PDF/UA-1. A branch is a language's name
    for itself, its code, and its first page (from 0) and number of pages: bookmarks and tags mark
    its text.
    """
    with pikepdf.open(io.BytesIO(master)) as pdf:
        describe(pdf, particulars, Standards(ua=True))
        label_pages(pdf, particulars)
        _branch_bookmarks(pdf, branches)
        _tell_languages(pdf, branches)
        return _saved(pdf, Medium.SCREEN)


def _branch_bookmarks(pdf: pikepdf.Pdf, branches: tuple[tuple[str, str, int, int], ...]) -> None:
    """One bookmark a language, with those of its pages below it."""
    numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    with pdf.open_outline() as outline:
        items = list(outline.root)
        places = {id(item): _page_of(item, numbers) for item in items}
        branched = []
        for name, _, first, count in branches:
            inside = [item for item in items if first <= places[id(item)] < first + count]
            branch = OutlineItem(name, first)
            branch.children.extend(inside)
            branched.append((first, branch))
            items = [item for item in items if item not in inside]
        whole = sorted(
            [*((places[id(item)], item) for item in items), *branched], key=lambda one: one[0]
        )
        outline.root[:] = [item for _, item in whole]


def _page_of(item: OutlineItem, numbers: dict[tuple[int, int], int]) -> int:
    """The page (from 0) that a bookmark of our engine leads to."""
    assert isinstance(item.destination, Array)
    return numbers[item.destination[0].objgen]


def _tell_languages(pdf: pikepdf.Pdf, branches: tuple[tuple[str, str, int, int], ...]) -> None:
    """The top elements of the tags on a language's pages are marked with it (ISO 14289-1,
    7.2).
    """
    numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    top = pdf.Root.StructTreeRoot.K
    document = top[0] if isinstance(top, Array) else top
    for element in document.K:
        for _, language, first, count in branches:
            if Name.Pg in element and first <= numbers[element.Pg.objgen] < first + count:
                element.Lang = language


def printed(
    master: bytes, particulars: Particulars, press: Press, slugs: bytes = b""
) -> tuple[bytes, tuple[str, ...]]:
    """The print edition, PDF/X-4 in four inks with bleed and crop marks, and the colours that are
    no token (`#rrggbb`). `slugs` is a PDF with a line for each page, which is shown below its
    trim; without it, there is none.

    Links go: PDF/X allows no annotation on the page. Tags, destinations and bookmarks stay: by them
    a comparison knows what is where.
    """
    separator = Separator(press.styles, press.profile)
    with pikepdf.open(io.BytesIO(master)) as pdf:
        for page in pdf.pages:
            for unneeded in (Name.Annots, Name.Tabs):
                if unneeded in page.obj:
                    del page.obj[unneeded]
        _untag_links(pdf)
        set_boxes(pdf)
        shown = place_slugs(pdf, slugs) if slugs else {}

        def marks(page: Dictionary) -> bytes:
            bar = colour_bar(page) if press.has_colour_bar else b""
            return crop_marks(page) + bar + shown.get(page.objgen, b"")

        separate(pdf, separator, marks)
        set_intent(pdf, press.profile, Name.GTS_PDFX, press.condition)
        describe(pdf, particulars, Standards(x=True))
        label_pages(pdf, particulars)
        pdf.remove_unreferenced_resources()
        return _saved(pdf, Medium.PRINT), tuple(sorted(separator.foreign))


def _untag_links(pdf: pikepdf.Pdf) -> None:
    """Takes the deleted annotations out of the tags (ISO 32000-1, 14.7.4.3)."""
    for element in pdf.objects:
        if (
            isinstance(element, Dictionary)
            and element.get(Name.Type) == Name.StructElem
            and isinstance(kids := element.get(Name.K), Array)
        ):
            kept = [
                kid
                for kid in kids
                if not (isinstance(kid, Dictionary) and kid.get(Name.Type) == Name.OBJR)
            ]
            if len(kept) < len(kids):
                element.K = Array(kept)


def archived(
    master: bytes, particulars: Particulars, profile: Profile, files: tuple[Attachment, ...]
) -> bytes:
    """The archive edition, PDF/A-3a and PDF/UA-1 in sRGB (`profile`), with the files it was made
    from attached.
    """
    with pikepdf.open(io.BytesIO(master)) as pdf:
        describe(pdf, particulars, Standards(ua=True, a=ARCHIVE_LEVEL))
        label_pages(pdf, particulars)
        attach(pdf, files, particulars.date.strftime("D:%Y%m%d%H%M%SZ"))
        set_intent(pdf, profile, Name.GTS_PDFA1, "sRGB IEC61966-2.1")
        print_annotations(pdf)
        smooth_nothing(pdf)
        return _with_clear_ends(_saved(pdf, Medium.ARCHIVE))


def _saved(pdf: pikepdf.Pdf, medium: Medium, *, plain: bool = False) -> bytes:
    """The file's bytes; its identifier (ISO 32000-1, 14.4) follows from them, not from the
    moment.
    """
    target = io.BytesIO()
    pdf.save(
        target,
        force_version=_VERSIONS[medium],
        fix_metadata_version=False,
        object_stream_mode=ObjectStreamMode.disable if plain else ObjectStreamMode.generate,
        compress_streams=not plain,
        stream_decode_level=StreamDecodeLevel.none if plain else None,
        deterministic_id=True,
    )
    return target.getvalue()


_UNCLEAR: Final = b"\r\nendstream"


def _with_clear_ends(data: bytes) -> bytes:
    """The file with no stream that ends in a carriage return.

    A line feed comes before `endstream`. A carriage return before it might be taken for a part of
    the line's end, and the stream for a byte shorter than its Length (ISO 19005-3, 6.1.7.1): one
    compressed stream in 256 ends so, by chance.
    """
    if _UNCLEAR not in data:
        return data
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for stream in pdf.objects:
            if isinstance(stream, Stream) and stream.read_raw_bytes().endswith(b"\r"):
                filters = stream.get(Name.Filter, Array())
                named = list(filters) if isinstance(filters, Array) else [filters]
                parameters = stream.get(Name.DecodeParms)
                stream.write(
                    a85encode(stream.read_raw_bytes()) + b"~>",
                    filter=Array([Name.ASCII85Decode, *named]),
                    decode_parms=None if parameters is None else Array([Dictionary(), parameters]),
                )
        return _saved(pdf, Medium.ARCHIVE, plain=True)
