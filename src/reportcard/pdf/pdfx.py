"""The clauses of PDF/X-4 (ISO 15930-7:2010), but for colours; one function a clause."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from reportcard.messages.message import message
from reportcard.pdf.faults import InvalidFileError
from reportcard.pdf.profile import read_profile
from reportcard.pdf.rules import (
    PDFX_ACTION,
    PDFX_ANNOTATION,
    PDFX_BLEND,
    PDFX_BOXES,
    PDFX_DRAWING,
    PDFX_ENCRYPTED,
    PDFX_FONT,
    PDFX_ID,
    PDFX_INTENT,
    PDFX_METADATA,
    PDFX_TRANSFER,
    PDFX_VERSION,
)
from reportcard.pdf.structures import (
    Inspected,
    annotations_of,
    box_of,
    drawings_of,
    fonts_of,
    forms_of,
    is_embedded,
    is_within,
    rectangle,
    states_of,
)
from reportcard.problems.problem import Problem

#: Which box of a page lies in which.
_BOXES: Final = (
    ("TrimBox", "BleedBox"),
    ("TrimBox", "MediaBox"),
    ("BleedBox", "MediaBox"),
    ("ArtBox", "MediaBox"),
    ("TrimBox", "CropBox"),
)


def pdfx_problems(file: Inspected) -> Iterator[Problem]:
    """What keeps a file from being PDF/X-4, its colours apart."""
    for clause in (
        _version,
        _metadata,
        _identifier,
        _encryption,
        _intent,
        _boxes,
        _fonts,
        _actions,
        _annotations,
        _blending,
        _states,
        _drawings,
    ):
        yield from clause(file)


def _version(file: Inspected) -> Iterator[Problem]:
    version = file.xmp.get("pdfxid:GTS_PDFXVersion", "")
    if version not in ("PDF/X-4", "PDF/X-4p"):
        yield file.problem(PDFX_VERSION, "other" if version else "none", version=version)


def _metadata(file: Inspected) -> Iterator[Problem]:
    needed = (
        "dc:title",
        "xmp:CreateDate",
        "xmp:ModifyDate",
        "xmp:MetadataDate",
        "xmpMM:DocumentID",
        "xmpMM:VersionID",
        "xmpMM:RenditionClass",
    )
    missing = [name for name in needed if not file.xmp.get(name)]
    trapped = str(file.pdf.trailer.get("/Info", Dictionary()).get("/Trapped", ""))[
        1:
    ] or file.xmp.get("pdf:Trapped", "")
    if trapped not in ("True", "False"):
        missing.append("Trapped")
    if missing:
        yield file.problem(PDFX_METADATA, fields=tuple(missing))


def _identifier(file: Inspected) -> Iterator[Problem]:
    if Name.ID not in file.pdf.trailer:
        yield file.problem(PDFX_ID)


def _encryption(file: Inspected) -> Iterator[Problem]:
    if file.pdf.is_encrypted:
        yield file.problem(PDFX_ENCRYPTED)


def _intent(file: Inspected) -> Iterator[Problem]:
    intents = [
        one for one in file.pdf.Root.get(Name.OutputIntents, ()) if one.get(Name.S) == Name.GTS_PDFX
    ]
    if len(intents) != 1:
        yield file.problem(PDFX_INTENT, "count", count=len(intents))
        return
    if not str(intents[0].get(Name.OutputConditionIdentifier, "")):
        yield file.problem(PDFX_INTENT, "condition")
    stream = intents[0].get(Name.DestOutputProfile)
    if not isinstance(stream, Stream):
        yield file.problem(PDFX_INTENT, "missing")
        return
    try:
        profile = read_profile(stream.read_bytes(), "output intent")
    except (InvalidFileError, pikepdf.PdfError) as error:
        reason = error.message if isinstance(error, InvalidFileError) else message("it is damaged")
        yield file.problem(PDFX_INTENT, "unreadable", reason=reason)
        return
    if profile.kind != "prtr":
        yield file.problem(PDFX_INTENT, "kind", kind=profile.kind.strip())
    if profile.components != 4 or stream.get(Name.N) != 4:
        yield file.problem(PDFX_INTENT, "inks")


def _boxes(file: Inspected) -> Iterator[Problem]:
    for number, page in enumerate(file.pdf.pages, start=1):
        boxes = {
            name: box
            for name in ("MediaBox", "CropBox", "BleedBox", "TrimBox", "ArtBox")
            if (box := box_of(page.obj, name))
        }
        if ("TrimBox" in boxes) == ("ArtBox" in boxes):
            yield file.problem(PDFX_BOXES, "one", number)
        for inner, outer in _BOXES:
            if inner in boxes and outer in boxes and not is_within(boxes[inner], boxes[outer]):
                yield file.problem(PDFX_BOXES, "nest", number, inner=inner, outer=outer)


def _fonts(file: Inspected) -> Iterator[Problem]:
    reported = set()
    for number, page in enumerate(file.pdf.pages, start=1):
        for font in fonts_of(page.resources, set()):
            name = str(font.get(Name.BaseFont, "?"))[1:]
            if not is_embedded(font) and name not in reported:
                reported.add(name)
                yield file.problem(PDFX_FONT, page=number, font=name)


def _actions(file: Inspected) -> Iterator[Problem]:
    root = file.pdf.Root
    found = []
    if isinstance(root.get(Name.OpenAction), Dictionary):
        found.append(("opening", 0))
    if Name.AA in root:
        found.append(("document", 0))
    if Name.JavaScript in root.get(Name.Names, Dictionary()):
        found.append(("scripts", 0))
    if Name.AcroForm in root:
        found.append(("form", 0))
    for number, page in enumerate(file.pdf.pages, start=1):
        if Name.AA in page.obj:
            found.append(("page", number))
        if any(Name.AA in note or Name.A in note for note in annotations_of(page.obj)):
            found.append(("links", number))
    with file.pdf.open_outline() as outline:
        if any(item.action is not None for item in _flat(outline.root)):
            found.append(("bookmarks", 0))
    for case, number in found:
        yield file.problem(PDFX_ACTION, case, number)


def _annotations(file: Inspected) -> Iterator[Problem]:
    for number, page in enumerate(file.pdf.pages, start=1):
        area = (
            box_of(page.obj, "BleedBox")
            or box_of(page.obj, "TrimBox")
            or box_of(page.obj, "MediaBox")
        )
        for note in annotations_of(page.obj):
            box = rectangle(note.get(Name.Rect))
            if note.get(Name.Subtype) in (Name.TrapNet, Name.PrinterMark) or not box or not area:
                continue
            if box[0] < area[2] and area[0] < box[2] and box[1] < area[3] and area[1] < box[3]:
                yield file.problem(PDFX_ANNOTATION, page=number)
                break


def _blending(file: Inspected) -> Iterator[Problem]:
    for number, page in enumerate(file.pdf.pages, start=1):
        for thing in (page.obj, *forms_of(page.resources, set())):
            space = thing.get(Name.Group, Dictionary()).get(Name.CS)
            if (
                space is not None
                and space not in (Name.DeviceCMYK, Name.DeviceGray)
                and not (
                    isinstance(space, Array)
                    and space[0] == Name.ICCBased
                    and space[1].get(Name.N) == 4
                )
            ):
                yield file.problem(PDFX_BLEND, page=number)
                break


def _states(file: Inspected) -> Iterator[Problem]:
    for number, page in enumerate(file.pdf.pages, start=1):
        for state in states_of(page.resources, set()):
            if (
                Name.TR in state
                or state.get(Name.TR2, Name.Default) != Name.Default
                or Name.HTP in state
            ):
                yield file.problem(PDFX_TRANSFER, page=number)
                break


def _drawings(file: Inspected) -> Iterator[Problem]:
    for number, page in enumerate(file.pdf.pages, start=1):
        for thing in drawings_of(page.resources, set()):
            if (
                thing.get(Name.Subtype) == Name.PS
                or thing.get(Name.Subtype2) == Name.PS
                or Name.OPI in thing
                or Name.Ref in thing
            ):
                yield file.problem(PDFX_DRAWING, page=number)
                break


def _flat(items: Iterable[Any]) -> Iterator[Any]:
    for item in items:
        yield item
        yield from _flat(item.children)
