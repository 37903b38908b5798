"""What a print shop asks of a file: PDF/X-4 (ISO 15930-7:2010), and the print edition's own rules.
One function a rule.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from reportcard.page.styles import MAXIMUM_INK
from reportcard.pdf.coverage import CoverageError, coverage
from reportcard.pdf.paint import Paint
from reportcard.pdf.profile import read_profile
from reportcard.pdf.sheet import BLEED_MM, PT_PER_MM
from reportcard.problems.problem import Place, Problem
from reportcard.workspace.fingerprint import ghostscript

_PPI: Final = 300
#: Thinner lines break up on a plate.
_HAIRLINE_PT: Final = 0.25
#: Colours that an intent in four inks prints as they are: inks, black, and spot inks.
_INKS: Final = frozenset(
    {"DeviceCMYK", "DeviceGray", "Separation", "DeviceN", "ICCBased-4", "Pattern", "none"}
)
#: A tenth of a millimetre, for numbers that were rounded on their way.
_SLACK: Final = 0.3
_BOXES: Final = (
    ("TrimBox", "BleedBox"),
    ("TrimBox", "MediaBox"),
    ("BleedBox", "MediaBox"),
    ("ArtBox", "MediaBox"),
    ("TrimBox", "CropBox"),
)


@dataclass(frozen=True, slots=True)
class Inspected:
    """A PDF under inspection: its name, its bytes, the opened file, its XMP as a flat mapping, and
    what its pages paint.
    """

    name: str
    data: bytes
    pdf: pikepdf.Pdf
    xmp: dict[str, str]
    paints: tuple[Paint, ...]

    def problem(self, code: str, message: str, hint: str, page: int = 0) -> Problem:
        """A problem of this file, on a page if one is given."""
        where = f" (page {page})." if page else "."
        return Problem(code, message.removesuffix(".") + where, hint, Place(self.name))


def press_problems(file: Inspected) -> Iterator[Problem]:
    """Every rule of the print edition."""
    for rule in (
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
        _colours,
        _ink,
        _black,
        _resolution,
        _hairlines,
        _bleed,
    ):
        yield from rule(file)


# --- PDF/X-4 --------------------------------------------------------------------------------------


def _version(file: Inspected) -> Iterator[Problem]:
    told = file.xmp.get("pdfxid:GTS_PDFXVersion", "")
    if told not in ("PDF/X-4", "PDF/X-4p"):
        yield file.problem(
            "PDFX-VERSION",
            (
                f"the file says that it is {told}, not PDF/X-4"
                if told
                else "the file does not say that it is PDF/X-4"
            ),
            "Export it as PDF/X-4.",
        )


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
        yield file.problem(
            "PDFX-METADATA",
            f"the metadata lack {', '.join(missing)}",
            "Export it as PDF/X-4: the program writes them.",
        )


def _identifier(file: Inspected) -> Iterator[Problem]:
    if Name.ID not in file.pdf.trailer:
        yield file.problem(
            "PDFX-ID", "the file has no identifier in its trailer", "Export it as PDF/X-4."
        )


def _encryption(file: Inspected) -> Iterator[Problem]:
    if file.pdf.is_encrypted:
        yield file.problem(
            "PDFX-ENCRYPTED", "the file is encrypted", "Save it without a password or restrictions."
        )


def _intent(file: Inspected) -> Iterator[Problem]:
    hint = "Export it with the profile of the printing condition as its one output intent."
    intents = [
        one for one in file.pdf.Root.get(Name.OutputIntents, ()) if one.get(Name.S) == Name.GTS_PDFX
    ]
    if len(intents) != 1:
        yield file.problem(
            "PDFX-INTENT",
            f"there are {len(intents)} output intents of PDF/X, and one is needed",
            hint,
        )
        return
    if not str(intents[0].get(Name.OutputConditionIdentifier, "")):
        yield file.problem("PDFX-INTENT", "the output intent names no printing condition", hint)
    stream = intents[0].get(Name.DestOutputProfile)
    if not isinstance(stream, Stream):
        yield file.problem("PDFX-INTENT", "the output intent has no ICC profile", hint)
        return
    try:
        profile = read_profile(stream.read_bytes(), "output intent")
    except (ValueError, pikepdf.PdfError) as error:
        yield file.problem(
            "PDFX-INTENT", f"the output intent's profile cannot be read: {error}", hint
        )
        return
    if profile.kind != "prtr":
        yield file.problem(
            "PDFX-INTENT",
            f"the output intent's profile is of class {profile.kind.strip()}, not of an output"
            " device (prtr)",
            hint,
        )
    if profile.components != 4 or stream.get(Name.N) != 4:
        yield file.problem("PDFX-INTENT", "the output intent is not one of four inks", hint)


def _boxes(file: Inspected) -> Iterator[Problem]:
    for number, page in enumerate(file.pdf.pages, start=1):
        told = {
            name: box
            for name in ("MediaBox", "CropBox", "BleedBox", "TrimBox", "ArtBox")
            if (box := _box(page.obj, name))
        }
        if ("TrimBox" in told) == ("ArtBox" in told):
            yield file.problem(
                "PDFX-BOXES",
                "the page needs a TrimBox or an ArtBox, one of them",
                "Export it with page boxes.",
                number,
            )
        for inner, outer in _BOXES:
            if inner in told and outer in told and not _within(told[inner], told[outer]):
                yield file.problem(
                    "PDFX-BOXES",
                    f"the {inner} reaches out of the {outer}",
                    "Export it with page boxes that nest.",
                    number,
                )


def _fonts(file: Inspected) -> Iterator[Problem]:
    told = set()
    for number, page in enumerate(file.pdf.pages, start=1):
        for font in _fonts_of(page.resources, set()):
            name = str(font.get(Name.BaseFont, "?"))[1:]
            if not _is_embedded(font) and name not in told:
                told.add(name)
                yield file.problem(
                    "PDFX-FONT",
                    f"the font {name} is not embedded",
                    "Export it with all fonts embedded.",
                    number,
                )


def _actions(file: Inspected) -> Iterator[Problem]:
    root = file.pdf.Root
    found = []
    if isinstance(root.get(Name.OpenAction), Dictionary):
        found.append(("an action on opening", 0))
    if Name.AA in root:
        found.append(("actions of the document", 0))
    if Name.JavaScript in root.get(Name.Names, Dictionary()):
        found.append(("scripts", 0))
    if Name.AcroForm in root:
        found.append(("a form", 0))
    for number, page in enumerate(file.pdf.pages, start=1):
        if Name.AA in page.obj:
            found.append(("actions of the page", number))
        if any(Name.AA in note or Name.A in note for note in _annotations_of(page.obj)):
            found.append(("links or other actions", number))
    with file.pdf.open_outline() as outline:
        if any(item.action is not None for item in _flat(outline.root)):
            found.append(("bookmarks that act", 0))
    for what, number in found:
        yield file.problem(
            "PDFX-ACTION",
            f"the file has {what}",
            "Export it without links, forms and scripts.",
            number,
        )


def _annotations(file: Inspected) -> Iterator[Problem]:
    for number, page in enumerate(file.pdf.pages, start=1):
        area = _box(page.obj, "BleedBox") or _box(page.obj, "TrimBox") or _box(page.obj, "MediaBox")
        for note in _annotations_of(page.obj):
            box = _rectangle(note.get(Name.Rect))
            if note.get(Name.Subtype) in (Name.TrapNet, Name.PrinterMark) or not box or not area:
                continue
            if box[0] < area[2] and area[0] < box[2] and box[1] < area[3] and area[1] < box[3]:
                yield file.problem(
                    "PDFX-ANNOTATION",
                    "an annotation lies on the printed area",
                    "Export it without comments, links and fields.",
                    number,
                )
                break


def _blending(file: Inspected) -> Iterator[Problem]:
    for number, page in enumerate(file.pdf.pages, start=1):
        for thing in (page.obj, *_forms(page.resources, set())):
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
                yield file.problem(
                    "PDFX-BLEND",
                    "transparency is blended in another space than the inks",
                    "Set the blend space to CMYK.",
                    number,
                )
                break


def _states(file: Inspected) -> Iterator[Problem]:
    for number, page in enumerate(file.pdf.pages, start=1):
        for state in _states_of(page.resources, set()):
            if (
                Name.TR in state
                or state.get(Name.TR2, Name.Default) != Name.Default
                or Name.HTP in state
            ):
                yield file.problem(
                    "PDFX-TRANSFER",
                    "a graphics state changes the tone curves or the screening of the press",
                    "Export it without transfer curves and halftones.",
                    number,
                )
                break


def _drawings(file: Inspected) -> Iterator[Problem]:
    for number, page in enumerate(file.pdf.pages, start=1):
        for thing in _drawings_of(page.resources, set()):
            if (
                thing.get(Name.Subtype) == Name.PS
                or thing.get(Name.Subtype2) == Name.PS
                or Name.OPI in thing
                or Name.Ref in thing
            ):
                yield file.problem(
                    "PDFX-DRAWING",
                    "the page draws PostScript, a stand-in of a picture, or another file",
                    "Export it with everything embedded.",
                    number,
                )
                break


def _colours(file: Inspected) -> Iterator[Problem]:
    """Device colours must be the intent's; colours of a profile are allowed in PDF/X-4, but not in
    the print edition.
    """
    for (page, space), kinds in _grouped(
        (paint.page, paint.space, paint.kind) for paint in file.paints if paint.space not in _INKS
    ):
        code = "PDFX-COLOUR" if space in ("DeviceRGB", "unknown") else "PRINT-COLOUR"
        yield file.problem(
            code,
            f"{', '.join(kinds)} in {space}, not in inks",
            "Give it a colour token of styles/tokens.yaml, or export it in CMYK.",
            page,
        )


# --- the print edition's own rules ----------------------------------------------------------------


def _ink(file: Inspected) -> Iterator[Problem]:
    """On the separations where Ghostscript is there; else on the colours as they are given."""
    hint = f"Printers take {MAXIMUM_INK} % at most: lessen the inks of that colour or picture."
    heavy: dict[int, float] = {}
    for paint in file.paints:
        if paint.space == "DeviceCMYK" and sum(paint.values) * 100 > MAXIMUM_INK + 0.5:
            heavy[paint.page] = max(heavy.get(paint.page, 0.0), sum(paint.values) * 100)
    if ghostscript():
        try:
            for number, most in enumerate(coverage(file.data), start=1):
                # One step of 8 bits in each ink is rounding.
                if most > MAXIMUM_INK + 1.6:
                    heavy[number] = max(heavy.get(number, 0.0), most)
        except CoverageError as error:
            yield file.problem(
                "PRINT-INK-UNKNOWN",
                f"the ink of the pages could not be measured: {error}",
                "Look at the file with the printer's own preflight.",
            )
    else:
        yield file.problem(
            "PRINT-INK-ESTIMATE",
            "Ghostscript is not installed: the ink is that of the colours as given, not measured on"
            " the pages",
            "Install Ghostscript and build again.",
        )
    for number, most in sorted(heavy.items()):
        yield file.problem("PRINT-INK", f"there is up to {most:.0f} % ink", hint, number)


def _black(file: Inspected) -> Iterator[Problem]:
    told = set()
    for paint in file.paints:
        if paint.kind != "text" or paint.page in told:
            continue
        is_black = (paint.space, paint.values) in (
            ("DeviceCMYK", (0.0, 0.0, 0.0, 1.0)),
            ("DeviceGray", (0.0,)),
        )
        is_rich = (
            paint.space == "DeviceCMYK"
            and len(paint.values) == 4
            and paint.values[3] > 0.9
            and sum(paint.values[:3]) > 0.5
        )
        if is_rich or (is_black and not paint.overprints):
            told.add(paint.page)
            what = (
                "text is black of several inks"
                if is_rich
                else "black text knocks out what lies under it"
            )
            yield file.problem(
                "PRINT-BLACK", what, "Set text in black ink alone, overprinting.", paint.page
            )


def _resolution(file: Inspected) -> Iterator[Problem]:
    for paint in file.paints:
        if paint.kind == "image" and paint.ppi < _PPI - 0.5:
            yield file.problem(
                "PRINT-RESOLUTION",
                f"a picture has {paint.ppi:.0f} pixels per inch, fewer than {_PPI}",
                "Give a larger picture, or a vector one.",
                paint.page,
            )


def _hairlines(file: Inspected) -> Iterator[Problem]:
    told = set()
    for paint in file.paints:
        is_line = paint.kind == "stroke" or (paint.kind == "fill" and paint.width > 0)
        if is_line and paint.width < _HAIRLINE_PT - 0.005 and paint.page not in told:
            told.add(paint.page)
            yield file.problem(
                "PRINT-HAIRLINE",
                f"a line is {paint.width:g} pt wide, thinner than {_HAIRLINE_PT} pt",
                "Draw it wider.",
                paint.page,
            )


def _bleed(file: Inspected) -> Iterator[Problem]:
    needed = float(BLEED_MM * PT_PER_MM) - _SLACK
    for number, page in enumerate(file.pdf.pages, start=1):
        trim, bleed = _box(page.obj, "TrimBox"), _box(page.obj, "BleedBox")
        if trim and (not bleed or any(abs(bleed[side] - trim[side]) < needed for side in range(4))):
            yield file.problem(
                "PRINT-BLEED",
                f"the bleed is less than {BLEED_MM} mm",
                f"Export it with {BLEED_MM} mm of bleed.",
                number,
            )


# --- reading a PDF's own structures ---------------------------------------------------------------

Rectangle = tuple[float, float, float, float]


def _box(page: Any, name: str) -> Rectangle | None:
    """A box of a page, its own or its ancestors' (media and crop boxes are inherited)."""
    node, depth = page, 0
    while node is not None and depth < 50:
        if f"/{name}" in node:
            return _rectangle(node[f"/{name}"])
        node, depth = (
            (node.get(Name.Parent) if name in ("MediaBox", "CropBox") else None),
            depth + 1,
        )
    return None


def _rectangle(told: Any) -> Rectangle | None:
    if not isinstance(told, Array) or len(told) != 4:
        return None
    try:
        a, b, c, d = (float(side) for side in told)
    except (TypeError, ValueError):
        return None
    return min(a, c), min(b, d), max(a, c), max(b, d)


def _within(inner: Rectangle, outer: Rectangle) -> bool:
    return (
        inner[0] >= outer[0] - _SLACK
        and inner[1] >= outer[1] - _SLACK
        and inner[2] <= outer[2] + _SLACK
        and inner[3] <= outer[3] + _SLACK
    )


def _annotations_of(page: Any) -> Iterator[Any]:
    notes = page.get(Name.Annots)
    yield from (
        (note for note in notes if isinstance(note, Dictionary)) if isinstance(notes, Array) else ()
    )


def _drawings_of(resources: Any, seen: set[tuple[int, int]]) -> Iterator[Any]:
    """The drawings, pictures and tiles of some resources, and of the drawings' own, each once."""
    for kind in (Name.XObject, Name.Pattern):
        table = resources.get(kind) if isinstance(resources, Dictionary) else None
        for thing in table.values() if isinstance(table, Dictionary) else ():
            if isinstance(thing, Stream) and thing.objgen not in seen:
                seen.add(thing.objgen)
                yield thing
                yield from _drawings_of(thing.get(Name.Resources), seen)


def _forms(resources: Any, seen: set[tuple[int, int]]) -> Iterator[Any]:
    return (
        thing for thing in _drawings_of(resources, seen) if thing.get(Name.Subtype) == Name.Form
    )


def _everywhere(resources: Any, kind: Name, seen: set[tuple[int, int]]) -> Iterator[Any]:
    for owner in (
        resources,
        *(thing.get(Name.Resources) for thing in _drawings_of(resources, seen)),
    ):
        table = owner.get(kind) if isinstance(owner, Dictionary) else None
        yield from (
            (item for item in table.values() if isinstance(item, Dictionary))
            if isinstance(table, Dictionary)
            else ()
        )


def _fonts_of(resources: Any, seen: set[tuple[int, int]]) -> Iterator[Any]:
    return _everywhere(resources, Name.Font, seen)


def _states_of(resources: Any, seen: set[tuple[int, int]]) -> Iterator[Any]:
    return _everywhere(resources, Name.ExtGState, seen)


def _is_embedded(font: Any) -> bool:
    if font.get(Name.Subtype) == Name.Type3:
        return True
    inner = font.get(Name.DescendantFonts)
    described = (inner[0] if isinstance(inner, Array) and len(inner) else font).get(
        Name.FontDescriptor, Dictionary()
    )
    return any(name in described for name in ("/FontFile", "/FontFile2", "/FontFile3"))


def _flat(items: Iterable[Any]) -> Iterator[Any]:
    for item in items:
        yield item
        yield from _flat(item.children)


def _grouped(told: Iterable[tuple[int, str, str]]) -> list[tuple[tuple[int, str], list[str]]]:
    found: dict[tuple[int, str], list[str]] = {}
    for page, space, kind in told:
        found.setdefault((page, space), [])
        if kind not in found[page, space]:
            found[page, space].append(kind)
    return sorted(found.items())
