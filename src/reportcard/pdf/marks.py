"""Marks on the pages of a PDF, in a copy of it that any reader shows: highlights where something
is, notes where nothing is.
"""

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import pikepdf
from pikepdf import Array, Dictionary, Name

from reportcard.messages.message import message
from reportcard.pdf.area import Area
from reportcard.pdf.faults import InvalidFileError
from reportcard.pdf.frame import Frame
from reportcard.pdf.preflight import ODD

Colour = tuple[float, float, float]

#: Annotation flag “Print” (ISO 32000-1, table 165).
_PRINT: Final = 4
#: A note's sign is a square of this size in mm; notes are this far from each other and from the
#: page's edges.
_SIDE: Final = 6.0
_GAP: Final = 1.5
#: A highlight's rim in points: how wide it is, and how far outside.
_RIM: Final = 0.5
_OUT: Final = 1.0
#: The namespaces in which an XMP marks its file as PDF/A, PDF/UA and PDF/X, the last
#: in two generations.
_CLAIMS: Final = (
    "http://www.aiim.org/pdfa/ns/id/",
    "http://www.aiim.org/pdfua/ns/id/",
    "http://www.npes.org/pdfx/ns/id/",
    "http://ns.adobe.com/pdfx/1.3/",
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A highlight over `areas`, or, if none of them is on a page, a note at the top right of
    `page`; `id` names it in the file.
    """

    id: str
    subject: str
    text: str
    colour: Colour
    areas: tuple[Area, ...]
    page: int


def marked(data: bytes, marks: Iterable[Mark], author: str) -> bytes:
    """A copy of a file with an annotation for each mark. The same file and marks give the same
    bytes.

    The copy is no longer marked as PDF/UA, PDF/A or PDF/X: these highlights are in no tags,
    and a press would print them. An output intent stays; it defines the colors of the file.
    Raises InvalidFileError, with a reason, if the file is encrypted or damaged.
    """
    try:
        with pikepdf.open(io.BytesIO(data), attempt_recovery=False) as pdf:
            if not pdf.is_encrypted and len(pdf.pages):
                return _marked(pdf, tuple(marks), author)
            refused = (
                message("the file is encrypted, but the copy would not be")
                if pdf.is_encrypted
                else message("it has no pages")
            )
    except pikepdf.PasswordError:
        raise InvalidFileError(message("it needs a password")) from None
    except ODD as error:
        raise InvalidFileError(message("it is damaged or not a PDF")) from error
    raise InvalidFileError(refused)


def _marked(pdf: pikepdf.Pdf, marks: tuple[Mark, ...], author: str) -> bytes:
    frames = [Frame.of(page) for page in pdf.pages]
    annotations: dict[int, list[Dictionary]] = {}
    for count, (number, one) in enumerate(_annotations(pdf, marks, frames)):
        one.NM = f"reportcard-{count}-{one.NM}"
        one.T = author
        annotations.setdefault(number, []).append(one)
    for number, added in annotations.items():
        page = pdf.pages[number - 1].obj
        listed = page.get(Name.Annots)
        for one in added:
            one.P = page
        page.Annots = Array(
            [*(listed if isinstance(listed, Array) else ()), *map(pdf.make_indirect, added)]
        )
    _drop_claims(pdf)
    target = io.BytesIO()
    pdf.save(target, min_version="1.4", fix_metadata_version=False, deterministic_id=True)
    return target.getvalue()


def _annotations(
    pdf: pikepdf.Pdf, marks: tuple[Mark, ...], frames: list[Frame]
) -> Iterator[tuple[int, Dictionary]]:
    """A page and an annotation each; a mark that reaches over several pages has one on every
    page.
    """
    notes: dict[int, int] = {}
    for mark in marks:
        by_page: dict[int, list[Area]] = {}
        for area in mark.areas:
            if 1 <= area[0] <= len(frames) and area[3] > 0 and area[4] > 0:
                by_page.setdefault(area[0], []).append(area)
        for number, areas in by_page.items():
            yield (
                number,
                _highlight(pdf, mark, [frames[number - 1].rectangle(area) for area in areas]),
            )
        if not by_page:
            number = mark.page if mark.page <= len(frames) else 1
            frame, index = frames[number - 1], notes.get(number, 0)
            yield number, _note(pdf, mark, frame.rectangle(_corner(frame, number, index)))
            notes[number] = index + 1


def _corner(frame: Frame, page: int, index: int) -> Area:
    """The place of the note of an index: from the page's top right corner down, then in the next
    column to the left.
    """
    width, height = frame.size
    step = _SIDE + _GAP
    rows, columns = max(1, int((height - _GAP) / step)), max(1, int((width - _GAP) / step))
    column, row = divmod(index, rows)
    return page, width - (column % columns + 1) * step, _GAP + row * step, _SIDE, _SIDE


def _highlight(
    pdf: pikepdf.Pdf, mark: Mark, boxes: list[tuple[float, float, float, float]]
) -> Dictionary:
    corners = [
        (x0, y1, x1, y1, x0, y0, x1, y0) for x0, y0, x1, y1 in boxes
    ]  # the order that readers take, not the standard's
    rims = [(x0 - _OUT, y0 - _OUT, x1 + _OUT, y1 + _OUT) for x0, y0, x1, y1 in boxes]
    edge = _RIM / 2
    bounds = [
        min(rim[0] for rim in rims) - edge,
        min(rim[1] for rim in rims) - edge,
        max(rim[2] for rim in rims) + edge,
        max(rim[3] for rim in rims) + edge,
    ]
    colour = mark.colour
    # The rim is seen where the page is dark, which multiplied colour is not; it goes round the
    # words, not over them.
    operators = (
        f"q /Multiply gs {_paint(colour, 'rg')}\n{_paths(boxes)}\nf Q\n{_paint(colour, 'RG')}"
        f" {_RIM} w\n{_paths(rims)}\nS"
    )
    appearance = _form(pdf, bounds, operators)
    quads = Array([round(value, 3) for corner in corners for value in corner])
    return _annotation(mark, Name.Highlight, bounds, appearance, QuadPoints=quads)


def _paths(boxes: list[tuple[float, float, float, float]]) -> str:
    return "\n".join(
        f"{x0:.3f} {y0:.3f} {x1 - x0:.3f} {y1 - y0:.3f} re" for x0, y0, x1, y1 in boxes
    )


def _note(pdf: pikepdf.Pdf, mark: Mark, box: tuple[float, float, float, float]) -> Dictionary:
    """A note with a sign of its own: a sheet with three lines."""
    x0, y0, x1, y1 = box
    side = (x1 - x0) / 6
    lines = "\n".join(
        f"{x0 + side:.3f} {y0 + row * side:.3f} m {x1 - side:.3f} {y0 + row * side:.3f} l S"
        for row in (2, 3, 4)
    )
    sign = (
        f"{_paint(mark.colour, 'rg')} 0.3 G 0.7 w {x0 + 0.5:.3f} {y0 + 0.5:.3f} {x1 - x0 - 1:.3f}"
        f" {y1 - y0 - 1:.3f} re B\n{lines}"
    )
    return _annotation(
        mark, Name.Text, list(box), _form(pdf, list(box), sign), Name=Name.Comment, Open=False
    )


def _annotation(
    mark: Mark, kind: Name, bounds: list[float], appearance: pikepdf.Stream, **more: Any
) -> Dictionary:
    return Dictionary(
        Type=Name.Annot,
        Subtype=kind,
        Rect=Array([round(value, 3) for value in bounds]),
        F=_PRINT,
        C=Array(mark.colour),
        NM=mark.id,
        T="",
        Subj=mark.subject,
        Contents=mark.text,
        AP=Dictionary(N=appearance),
        **more,
    )


def _form(pdf: pikepdf.Pdf, bounds: list[float], operators: str) -> pikepdf.Stream:
    """What a reader paints: in the page's own coordinates, so that it stays in place
    without being scaled.
    """
    multiply = Dictionary(
        ExtGState=Dictionary(Multiply=Dictionary(Type=Name.ExtGState, BM=Name.Multiply))
    )
    return pdf.make_stream(
        operators.encode("ascii"),
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=Array([round(value, 3) for value in bounds]),
        Resources=multiply,
    )


def _paint(colour: Colour, operator: str) -> str:
    return f"{' '.join(f'{part:g}' for part in colour)} {operator}"


def _drop_claims(pdf: pikepdf.Pdf) -> None:
    """Takes out the standards that the file is marked as meeting: from the XMP and, of old PDF/X,
    from the information dictionary.
    """
    stream = pdf.Root.get(Name.Metadata)
    packet = stream.read_bytes() if isinstance(stream, pikepdf.Stream) else b""
    # A packet that claims nothing stays as it is, even one that is not XMP.
    if any(
        claim.encode(encoding) in packet
        for claim in _CLAIMS
        for encoding in ("utf-8", "utf-16-le", "utf-16-be")
    ):
        with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
            for name in [
                name
                for name in metadata
                if name.startswith(tuple(f"{{{claim}}}" for claim in _CLAIMS))
            ]:
                del metadata[name]
    for key in ("/GTS_PDFXVersion", "/GTS_PDFXConformance"):
        if Name.Info in pdf.trailer and key in pdf.docinfo:
            del pdf.docinfo[key]
