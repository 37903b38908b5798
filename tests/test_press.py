"""The print edition's rules one by one, on a file of two bare pages made for it: each finds its
fault and no other, and keeps to its bounds.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from reportcard.pdf import press
from reportcard.pdf.coverage import CoverageError
from reportcard.pdf.paint import Paint
from reportcard.pdf.press import Inspected, press_problems
from reportcard.pdf.rules import PDFX_BOXES, PDFX_ID
from reportcard.pdf.structures import SLACK_PT, Rectangle, box_of, is_within
from reportcard.problems.problem import Place, Problem

XMP = {
    "pdfxid:GTS_PDFXVersion": "PDF/X-4",
    "dc:title": "A title",
    "xmp:CreateDate": "2026-11-24",
    "xmp:ModifyDate": "2026-11-24",
    "xmp:MetadataDate": "2026-11-24",
    "xmpMM:DocumentID": "uuid:1",
    "xmpMM:VersionID": "1",
    "xmpMM:RenditionClass": "default",
    "pdf:Trapped": "False",
}
#: In points: a page of 100 mm square, 3 mm of bleed, and a sheet around it.
MM = 72 / 25.4
SHEET, BLEED, TRIM = (
    [0, 0, 120 * MM, 120 * MM],
    [7 * MM, 7 * MM, 113 * MM, 113 * MM],
    [10 * MM, 10 * MM, 110 * MM, 110 * MM],
)


def profile(kind: bytes = b"prtr", space: bytes = b"CMYK") -> bytes:
    """The head of an ICC profile, which is all that is read of it."""
    return (128).to_bytes(4) + bytes(8) + kind + space + bytes(16) + b"acsp" + bytes(88)


def numbers(*values: float) -> Array:
    return Array([float(value) for value in values])


@dataclass
class Sheets:
    """A PDF of two pages that no rule finds fault with, open, to be changed."""

    pdf: pikepdf.Pdf
    xmp: dict[str, str] = field(default_factory=lambda: dict(XMP))
    paints: tuple[Paint, ...] = ()

    @property
    def last(self) -> Any:
        """Its second page, on which faults are planted."""
        return self.pdf.pages[1].obj

    def problems(self) -> list[Problem]:
        file = Inspected("a.pdf", b"", self.pdf, self.xmp, self.paints)
        return list(press_problems(file))

    def told(self) -> list[tuple[str, str]]:
        return [
            (
                one.code,
                f"page {one.place.page}: {one.message}" if one.place.page else str(one.message),
            )
            for one in self.problems()
        ]

    def codes(self) -> list[str]:
        return [problem.code for problem in self.problems()]


@pytest.fixture
def sheets(monkeypatch: pytest.MonkeyPatch) -> Sheets:
    monkeypatch.setattr(press, "ghostscript", lambda: "gs")
    monkeypatch.setattr(press, "coverage", lambda _: (0.0, 0.0))
    pdf = pikepdf.new()
    for _ in range(2):
        page = pdf.add_blank_page(page_size=(120 * MM, 120 * MM)).obj
        page.MediaBox, page.BleedBox, page.TrimBox = (numbers(*box) for box in (SHEET, BLEED, TRIM))
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFX,
        OutputConditionIdentifier="FOGRA39",
        DestOutputProfile=pdf.make_stream(profile(), N=4),
    )
    pdf.Root.OutputIntents = Array([intent])
    pdf.trailer.ID = Array([b"a", b"b"])
    return Sheets(pdf)


def test_a_good_file_has_no_problem(sheets: Sheets) -> None:
    assert sheets.told() == []


def test_a_problem_names_the_file_and_the_page() -> None:
    file = Inspected("a.pdf", b"", pikepdf.new(), {}, ())
    found = file.problem(PDFX_BOXES, "nest", 3, inner="TrimBox", outer="BleedBox")
    assert (found.code, found.place) == ("PDFX-BOXES", Place("a.pdf", page=3))
    assert str(found.message) == "the TrimBox extends beyond the BleedBox."
    assert file.problem(PDFX_ID).place == Place("a.pdf")


# --- what the file says of itself -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("version", "told"),
    [
        ("PDF/X-4", []),
        ("PDF/X-4p", []),
        ("PDF/X-3", [("PDFX-VERSION", "the file is marked as PDF/X-3, not PDF/X-4.")]),
        ("", [("PDFX-VERSION", "the file is not marked as PDF/X-4.")]),
    ],
)
def test_the_version(sheets: Sheets, version: str, told: list[tuple[str, str]]) -> None:
    sheets.xmp["pdfxid:GTS_PDFXVersion"] = version
    assert sheets.told() == told


@pytest.mark.parametrize("name", [name for name in XMP if name.partition(":")[0] != "pdfxid"])
def test_metadata_that_are_missing_are_named(sheets: Sheets, name: str) -> None:
    del sheets.xmp[name]
    missing = "Trapped" if name == "pdf:Trapped" else name
    assert sheets.told() == [("PDFX-METADATA", f"the metadata is missing {missing}.")]


def test_all_that_is_missing_is_told_at_once(sheets: Sheets) -> None:
    sheets.xmp |= {"dc:title": "", "pdf:Trapped": "Unknown"}
    assert sheets.told() == [("PDFX-METADATA", "the metadata is missing dc:title, Trapped.")]


@pytest.mark.parametrize(("trapped", "good"), [("True", True), ("False", True), ("Unknown", False)])
def test_trapping_is_told_in_the_information_first(
    sheets: Sheets, trapped: str, good: bool
) -> None:
    sheets.pdf.trailer.Info = Dictionary(Trapped=Name(f"/{trapped}"))
    sheets.xmp["pdf:Trapped"] = "True" if trapped == "Unknown" else "Unknown"
    assert sheets.codes() == ([] if good else ["PDFX-METADATA"])


def test_a_file_without_identifier(sheets: Sheets) -> None:
    del sheets.pdf.trailer[Name.ID]
    assert sheets.codes() == ["PDFX-ID"]


# --- the output intent ----------------------------------------------------------------------------


def test_one_output_intent_of_the_standard_is_needed(sheets: Sheets) -> None:
    (intent,) = sheets.pdf.Root.OutputIntents
    sheets.pdf.Root.OutputIntents = Array([intent, intent])
    assert sheets.told() == [("PDFX-INTENT", "the file has 2 PDF/X output intents instead of one.")]
    other = Dictionary(S=Name.GTS_PDFA1)
    sheets.pdf.Root.OutputIntents = Array([other, intent])
    assert sheets.told() == []
    sheets.pdf.Root.OutputIntents = Array([other])
    assert sheets.codes() == ["PDFX-INTENT"]
    del sheets.pdf.Root[Name.OutputIntents]
    assert sheets.told() == [("PDFX-INTENT", "the file has 0 PDF/X output intents instead of one.")]


@pytest.mark.parametrize(
    ("data", "colours", "told"),
    [
        (
            b"x" * 200,
            4,
            ["cannot read the ICC profile of the output intent: it is not an ICC profile."],
        ),
        (
            profile(kind=b"mntr"),
            4,
            [
                (
                    "the ICC profile of the output intent has the class mntr instead of the"
                    " output device class (prtr)."
                )
            ],
        ),
        (profile(space=b"RGB "), 4, ["the output intent is not CMYK."]),
        (profile(), 3, ["the output intent is not CMYK."]),
    ],
)
def test_the_profile_is_one_of_printing_in_four_inks(
    sheets: Sheets, data: bytes, colours: int, told: list[str]
) -> None:
    intent = sheets.pdf.Root.OutputIntents[0]
    intent.DestOutputProfile = sheets.pdf.make_stream(data, N=colours)
    assert sheets.told() == [("PDFX-INTENT", message) for message in told]


def test_an_intent_names_its_condition_and_has_a_profile(sheets: Sheets) -> None:
    intent = sheets.pdf.Root.OutputIntents[0]
    del intent[Name.OutputConditionIdentifier]
    del intent[Name.DestOutputProfile]
    assert [message for _, message in sheets.told()] == [
        "the output intent does not specify a printing condition.",
        "the output intent has no ICC profile.",
    ]


# --- boxes ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("boxes", "told"),
    [
        ({"TrimBox": None}, ["page 2: the page has both a TrimBox and an ArtBox, or neither."]),
        ({"ArtBox": TRIM}, ["page 2: the page has both a TrimBox and an ArtBox, or neither."]),
        ({"TrimBox": None, "ArtBox": TRIM}, []),
        ({"CropBox": SHEET}, []),
        (
            {"CropBox": [20 * MM, 0, 120 * MM, 120 * MM]},
            ["page 2: the TrimBox extends beyond the CropBox."],
        ),
        (
            {"MediaBox": [8 * MM, 0, 120 * MM, 120 * MM]},
            ["page 2: the BleedBox extends beyond the MediaBox."],
        ),
        (
            {"BleedBox": None, "MediaBox": [12 * MM, 0, 120 * MM, 120 * MM]},
            ["page 2: the TrimBox extends beyond the MediaBox."],
        ),
        (
            {"TrimBox": None, "ArtBox": [-9, 0, 20, 20]},
            ["page 2: the ArtBox extends beyond the MediaBox."],
        ),
    ],
)
def test_boxes_nest(sheets: Sheets, boxes: dict[str, list[float] | None], told: list[str]) -> None:
    for name, sides in boxes.items():
        if sides is None:
            del sheets.last[Name(f"/{name}")]
        else:
            sheets.last[Name(f"/{name}")] = numbers(*sides)
    assert [message for code, message in sheets.told() if code == "PDFX-BOXES"] == told


@pytest.mark.parametrize("side", range(4))
@pytest.mark.parametrize(("by", "good"), [(0.29, True), (0.31, False)])
def test_a_box_may_reach_out_by_a_tenth_of_a_millimetre(
    sheets: Sheets, side: int, by: float, good: bool
) -> None:
    outer = list(SHEET)
    outer[side] = BLEED[side] + (by if side < 2 else -by)
    sheets.last.MediaBox = numbers(*outer)
    assert sheets.codes() == ([] if good else ["PDFX-BOXES"])


@pytest.mark.parametrize(
    ("inner", "good"),
    [
        ((0, 100, 50, 300), True),
        ((-SLACK_PT, 100, 50, 300), True),
        ((0, 60, 50, 300), False),
        ((0, 100, 90, 300), False),
        ((0, 100, 50, 301), False),
    ],
)
def test_a_box_lies_in_another_by_each_side(inner: Rectangle, good: bool) -> None:
    assert is_within(inner, (0, 100, 50, 300)) is good
    assert is_within((-SLACK_PT, -SLACK_PT, SLACK_PT, SLACK_PT), (0, 0, 0, 0)), "no less is slack"


def test_pages_that_are_their_own_parents_have_no_inherited_box(sheets: Sheets) -> None:
    ring = sheets.pdf.make_indirect(Dictionary())
    ring.Parent = ring
    assert box_of(ring, "MediaBox") is None


@pytest.mark.parametrize("side", range(4))
@pytest.mark.parametrize(("bleed", "good"), [(2.9, True), (2.89, False), (-3.0, False)])
def test_each_side_bleeds_by_three_millimetres(
    sheets: Sheets, side: int, bleed: float, good: bool
) -> None:
    inner = list(BLEED)
    inner[side] = TRIM[side] + (-bleed if side < 2 else bleed) * MM
    sheets.last.BleedBox = numbers(*inner)
    told = [message for code, message in sheets.told() if code == "PRINT-BLEED"]
    if bleed > 0:
        assert told == ([] if good else ["page 2: the bleed is less than 3 mm."])


def test_a_page_without_bleed(sheets: Sheets) -> None:
    del sheets.last[Name.BleedBox]
    assert sheets.told() == [("PRINT-BLEED", "page 2: the bleed is less than 3 mm.")]


def test_a_sheet_s_size_may_stand_with_the_pages_together_and_its_trim_may_not(
    sheets: Sheets,
) -> None:
    above = sheets.pdf.Root.Pages
    above.MediaBox, above.TrimBox = numbers(8 * MM, 0, 120 * MM, 120 * MM), numbers(*TRIM)
    del sheets.last[Name.MediaBox]
    del sheets.last[Name.TrimBox]
    assert [message for _, message in sheets.told()] == [
        "page 2: the page has both a TrimBox and an ArtBox, or neither.",
        "page 2: the BleedBox extends beyond the MediaBox.",
    ]


@pytest.mark.parametrize("told", [[1, 2, 3], [1, 2, 3, 4, 5], [1, 2, 3, "x"]])
def test_a_box_that_is_none_is_not_there(sheets: Sheets, told: list[object]) -> None:
    sheets.last.TrimBox = Array(told)  # type: ignore[arg-type]
    assert sheets.codes() == ["PDFX-BOXES"]
    sheets.last.TrimBox = Name.A
    assert sheets.codes() == ["PDFX-BOXES"]


def test_a_box_may_be_given_by_any_two_corners(sheets: Sheets) -> None:
    left, bottom, right, top = TRIM
    sheets.last.TrimBox = numbers(right, bottom, left, top)
    assert sheets.told() == []
    sheets.last.TrimBox = numbers(left, top, right, bottom)
    assert sheets.told() == []


# --- fonts, actions, annotations ------------------------------------------------------------------


def font(sheets: Sheets, name: str, **entries: object) -> Dictionary:
    return Dictionary(Type=Name.Font, BaseFont=Name(f"/{name}"), **entries)


def test_a_font_that_is_not_embedded_is_told_once(sheets: Sheets) -> None:
    embedded = Dictionary(FontFile2=sheets.pdf.make_stream(b"x"))
    fonts = {
        "/A": font(sheets, "Bare", Subtype=Name.Type1),
        "/B": font(sheets, "Shapes", Subtype=Name.Type3),
        "/C": font(sheets, "Held", Subtype=Name.TrueType, FontDescriptor=embedded),
        "/D": font(
            sheets,
            "Composite",
            Subtype=Name.Type0,
            DescendantFonts=Array([Dictionary(FontDescriptor=embedded)]),
        ),
        "/E": font(
            sheets,
            "Composed",
            Subtype=Name.Type0,
            FontDescriptor=embedded,
            DescendantFonts=Array([Dictionary()]),
        ),
        "/F": font(sheets, "Empty", Subtype=Name.Type0, DescendantFonts=Array([])),
        "/G": Name.A,
    }
    for one in sheets.pdf.pages:
        one.obj.Resources = Dictionary(Font=Dictionary(fonts))
    assert sheets.told() == [
        ("PDFX-FONT", f"page 1: the font {name} is not embedded.")
        for name in ("Bare", "Composed", "Empty")
    ]


@pytest.mark.parametrize("name", ["/FontFile", "/FontFile2", "/FontFile3"])
def test_a_font_is_embedded_in_any_of_three_forms(sheets: Sheets, name: str) -> None:
    described = Dictionary({name: sheets.pdf.make_stream(b"x")})
    table = Dictionary({"/A": font(sheets, "A", Subtype=Name.Type1, FontDescriptor=described)})
    sheets.last.Resources = Dictionary(Font=table)
    assert sheets.told() == []


def test_fonts_of_drawings_in_drawings_and_of_tiles_are_seen(sheets: Sheets) -> None:
    def form(name: str, **inner: Dictionary) -> pikepdf.Stream:
        fonts = Dictionary({"/F": font(sheets, name, Subtype=Name.Type1)})
        stream = sheets.pdf.make_stream(b"", Subtype=Name.Form)
        stream.Resources = Dictionary(Font=fonts, **inner)
        return sheets.pdf.make_indirect(stream)

    inner = form("Inner")
    within = Dictionary({"/In": inner, "/Again": inner, "/Deep": form("Deep")})
    outer = form("Outer", XObject=within)
    sheets.last.Resources = Dictionary(
        XObject=Dictionary({"/Out": outer, "/In": inner}),
        Pattern=Dictionary({"/Tile": form("Tile"), "/Shade": Dictionary(PatternType=2)}),
    )
    assert {message for _, message in sheets.told()} == {
        f"page 2: the font {name} is not embedded." for name in ("Inner", "Outer", "Deep", "Tile")
    }


def act() -> Dictionary:
    return Dictionary(S=Name.JavaScript, JS="1")


ACTIONS: dict[str, tuple[Callable[[Sheets], object], list[str]]] = {
    "on opening": (
        lambda sheets: sheets.pdf.Root.__setitem__("/OpenAction", act()),
        ["the file runs an action when it is opened."],
    ),
    "a page on opening": (
        lambda sheets: sheets.pdf.Root.__setitem__("/OpenAction", Array([sheets.last, Name.Fit])),
        [],
    ),
    "of the document": (
        lambda sheets: sheets.pdf.Root.__setitem__("/AA", Dictionary()),
        ["the file contains actions."],
    ),
    "scripts": (
        lambda sheets: sheets.pdf.Root.__setitem__("/Names", Dictionary(JavaScript=Dictionary())),
        ["the file contains scripts."],
    ),
    "names without scripts": (
        lambda sheets: sheets.pdf.Root.__setitem__("/Names", Dictionary(Dests=Dictionary())),
        [],
    ),
    "a form": (
        lambda sheets: sheets.pdf.Root.__setitem__("/AcroForm", Dictionary()),
        ["the file contains a form."],
    ),
    "of a page": (
        lambda sheets: sheets.last.__setitem__("/AA", Dictionary()),
        ["page 2: the page contains actions."],
    ),
    "a link": (
        lambda sheets: sheets.last.__setitem__(
            "/Annots", Array([Dictionary(A=act(), Rect=numbers(0, 0, 1, 1))])
        ),
        ["page 2: the page contains links or other annotations with actions."],
    ),
    "a note that acts": (
        lambda sheets: sheets.last.__setitem__(
            "/Annots", Array([Dictionary(AA=act(), Rect=numbers(0, 0, 1, 1))])
        ),
        ["page 2: the page contains links or other annotations with actions."],
    ),
    "something else": (
        lambda sheets: sheets.last.__setitem__("/Annots", Array([Name.A])),
        [],
    ),
}


@pytest.mark.parametrize("name", ACTIONS)
def test_a_file_that_acts_says_what_it_does(sheets: Sheets, name: str) -> None:
    plant, told = ACTIONS[name]
    plant(sheets)
    assert sheets.told() == [("PDFX-ACTION", message) for message in told]


def test_bookmarks_may_lead_to_pages_and_not_act(sheets: Sheets) -> None:
    with sheets.pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("One", 0))
        outline.root[0].children.append(pikepdf.OutlineItem("Two", 1))
    assert sheets.told() == []
    with sheets.pdf.open_outline() as outline:
        outline.root[0].children.append(pikepdf.OutlineItem("Three", action=act()))
    assert sheets.told() == [("PDFX-ACTION", "the file contains bookmarks with actions.")]


def note(*sides: float, **entries: object) -> Dictionary:
    return Dictionary(**{"Subtype": Name.Text, "Rect": numbers(*sides), **entries})


INSIDE = [50, 50, 60, 60]


@pytest.mark.parametrize(
    ("notes", "count"),
    [
        ([note(*INSIDE)], 1),
        ([note(*INSIDE), note(*INSIDE)], 1),
        ([note(0, 0, 7 * MM - 0.1, 120 * MM)], 0),
        ([note(0, 0, 7 * MM, 120 * MM), note(0, 0, 120 * MM, 7 * MM)], 0),
        ([note(113 * MM, 0, 120 * MM, 120 * MM), note(0, 113 * MM, 120 * MM, 120 * MM)], 0),
        ([note(0, 0, 7 * MM + 0.1, 120 * MM)], 1),
        ([note(0, 0, 120 * MM, 7 * MM - 0.1)], 0),
        ([note(0, 0, 120 * MM, 7 * MM + 0.1)], 1),
        ([note(113 * MM + 0.1, 0, 120 * MM, 120 * MM)], 0),
        ([note(113 * MM - 0.1, 0, 120 * MM, 120 * MM)], 1),
        ([note(0, 113 * MM + 0.1, 120 * MM, 120 * MM)], 0),
        ([note(0, 113 * MM - 0.1, 120 * MM, 120 * MM)], 1),
        ([note(*INSIDE, Subtype=Name.PrinterMark), note(*INSIDE, Subtype=Name.TrapNet)], 0),
        ([note(*INSIDE, Subtype=Name.PrinterMark), note(*INSIDE)], 1),
        ([Dictionary(Subtype=Name.Text)], 0),
    ],
)
def test_annotations_lie_off_the_printed_area(
    sheets: Sheets, notes: list[Dictionary], count: int
) -> None:
    sheets.last.Annots = Array(notes)
    message = "page 2: an annotation overlaps the printed area."
    assert sheets.told() == [("PDFX-ANNOTATION", message)] * count


@pytest.mark.parametrize(
    ("place", "count"),
    [
        ((20, 50, 30, 60), 1),
        ((20, 70, 30, 80), 1),
        ((0, 50, 9, 60), 0),
        ((61, 50, 70, 55), 0),
        ((20, 0, 30, 39), 0),
        ((20, 101, 30, 110), 0),
    ],
)
def test_an_annotation_on_a_page_that_is_higher_than_wide(
    sheets: Sheets, place: tuple[float, ...], count: int
) -> None:
    sheets.last.BleedBox = numbers(10, 40, 60, 100)
    sheets.last.Annots = Array([note(*place)])
    assert sheets.codes().count("PDFX-ANNOTATION") == count


@pytest.mark.parametrize(
    ("gone", "corner"), [((), 7), (("BleedBox",), 10), (("BleedBox", "TrimBox"), 0)]
)
def test_the_printed_area_is_the_bleed_or_else_the_trim_or_the_sheet(
    sheets: Sheets, gone: tuple[str, ...], corner: float
) -> None:
    for name in gone:
        del sheets.last[Name(f"/{name}")]
    for by, count in ((-0.5, 0), (0.5, 1)):
        sheets.last.Annots = Array([note(-9, -9, corner * MM + by, corner * MM + by)])
        assert sheets.codes().count("PDFX-ANNOTATION") == count


# --- what is drawn --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("space", "good"),
    [
        (Name.DeviceCMYK, True),
        (Name.DeviceGray, True),
        (Name.DeviceRGB, False),
        (4, True),
        (3, False),
        (Array([Name.CalRGB, Dictionary(N=4)]), False),
        (None, True),
    ],
)
@pytest.mark.parametrize("of", ["page", "form", "image"])
def test_transparency_is_blended_in_inks(
    sheets: Sheets, space: object, good: bool, of: str
) -> None:
    if isinstance(space, int):
        space = Array([Name.ICCBased, sheets.pdf.make_stream(b"x", N=space)])
    group = Dictionary(S=Name.Transparency)
    if space is not None:
        group[Name.CS] = space  # type: ignore[assignment]
    if of == "page":
        sheets.last.Group = group
    else:
        kind = Name.Form if of == "form" else Name.Image
        drawing = sheets.pdf.make_stream(b"", Subtype=kind, Group=group)
        sheets.last.Resources = Dictionary(XObject=Dictionary({"/A": drawing, "/B": drawing}))
    message = "page 2: transparency is blended in a color space other than CMYK."
    assert sheets.told() == ([] if good or of == "image" else [("PDFX-BLEND", message)])


@pytest.mark.parametrize(
    ("state", "good"),
    [
        (Dictionary(TR=Name.Identity), False),
        (Dictionary(TR2=Name.Default), True),
        (Dictionary(TR2=Name.Identity), False),
        (Dictionary(HTP=Array([0, 0])), False),
        (Dictionary(LW=1), True),
    ],
)
def test_graphics_states_leave_the_press_alone(
    sheets: Sheets, state: Dictionary, good: bool
) -> None:
    states = Dictionary({"/A": Dictionary(), "/B": state, "/C": state})
    sheets.last.Resources = Dictionary(ExtGState=states)
    message = "page 2: the page sets its own tone curves or screening."
    assert sheets.told() == ([] if good else [("PDFX-TRANSFER", message)])


@pytest.mark.parametrize(
    ("entries", "good"),
    [
        ({"Subtype": Name.PS}, False),
        ({"Subtype": Name.Form, "Subtype2": Name.PS}, False),
        ({"Subtype": Name.Form, "OPI": Dictionary()}, False),
        ({"Subtype": Name.Form, "Ref": Dictionary()}, False),
        ({"Subtype": Name.Form}, True),
    ],
)
def test_nothing_is_drawn_that_is_not_in_the_file(
    sheets: Sheets, entries: dict[str, object], good: bool
) -> None:
    drawing = sheets.pdf.make_stream(b"", **entries)
    sheets.last.Resources = Dictionary(XObject=Dictionary({"/A": drawing, "/B": drawing}))
    message = (
        "page 2: the page contains PostScript, a placeholder for a picture, or part of another"
        " file."
    )
    assert sheets.told() == ([] if good else [("PDFX-DRAWING", message)])


# --- what is painted ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("space", "code"),
    [
        ("DeviceCMYK", ""),
        ("DeviceGray", ""),
        ("Separation", ""),
        ("DeviceN", ""),
        ("ICCBased-4", ""),
        ("Pattern", ""),
        ("none", ""),
        ("DeviceRGB", "PDFX-COLOUR"),
        ("unknown", "PDFX-COLOUR"),
        ("ICCBased-3", "PRINT-COLOUR"),
        ("Lab", "PRINT-COLOUR"),
    ],
)
def test_colours_are_inks(sheets: Sheets, space: str, code: str) -> None:
    sheets.paints = (Paint(2, "fill", space, (0.0,)),)
    named = "an unknown color space" if space == "unknown" else space
    told = [(code, f"page 2: {named} is used instead of CMYK for fills.")] if code else []
    assert sheets.told() == told


def test_a_colour_is_told_once_a_page_with_all_that_has_it(sheets: Sheets) -> None:
    rgb = "DeviceRGB"
    sheets.paints = tuple(
        Paint(number, kind, rgb, (shade, 0.0, 0.0), width=1)
        for number, kind, shade in (
            (2, "stroke", 0.1),
            (1, "fill", 0.2),
            (2, "fill", 0.3),
            (2, "stroke", 0.4),
        )
    )
    assert sheets.told() == [
        ("PDFX-COLOUR", "page 1: DeviceRGB is used instead of CMYK for fills."),
        ("PDFX-COLOUR", "page 2: DeviceRGB is used instead of CMYK for lines, fills."),
    ]


def cmyk(*inks: float, **more: Any) -> Paint:
    return Paint(**{"page": 2, "kind": "fill", "space": "DeviceCMYK", "values": inks, **more})


@pytest.mark.parametrize(
    ("paint", "measured", "told"),
    [
        (cmyk(1, 1, 1, 0), 0, ""),
        (cmyk(1, 1, 1, 0.004), 0, ""),
        (cmyk(1, 1, 1, 0.006), 0, "page 2: ink coverage reaches 301%; the maximum is 300%."),
        (cmyk(1, 1, 1, 0.5), 0, "page 2: ink coverage reaches 350%; the maximum is 300%."),
        (cmyk(1, 1, 1, 0.5, space="DeviceN"), 0, ""),
        (cmyk(0, 0, 0, 0), 301.6, ""),
        (cmyk(0, 0, 0, 0), 301.7, "page 2: ink coverage reaches 302%; the maximum is 300%."),
        (cmyk(1, 1, 1, 0.2), 340, "page 2: ink coverage reaches 340%; the maximum is 300%."),
        (cmyk(1, 1, 1, 0.5), 340, "page 2: ink coverage reaches 350%; the maximum is 300%."),
    ],
)
def test_a_page_takes_three_hundred_percent_of_ink(
    sheets: Sheets, monkeypatch: pytest.MonkeyPatch, paint: Paint, measured: float, told: str
) -> None:
    monkeypatch.setattr(press, "coverage", lambda _: (0.0, measured))
    sheets.paints = (paint,)
    assert sheets.told() == ([("PRINT-INK", told)] if told else [])


def test_the_heaviest_colour_of_each_page_is_told(sheets: Sheets) -> None:
    sheets.paints = tuple(
        cmyk(1, 1, 1, black, page=number)
        for number, black in ((2, 0.4), (2, 0.5), (2, 0.3), (1, 0.1))
    )
    assert [message for _, message in sheets.told()] == [
        "page 1: ink coverage reaches 310%; the maximum is 300%.",
        "page 2: ink coverage reaches 350%; the maximum is 300%.",
    ]


def test_ink_that_cannot_be_measured_is_told_and_that_of_the_colours_counts(
    sheets: Sheets, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: bytes) -> tuple[float, ...]:
        raise CoverageError("it is broken")

    monkeypatch.setattr(press, "coverage", fail)
    sheets.paints = (cmyk(1, 1, 1, 1),)
    assert sheets.told() == [
        ("PRINT-INK-UNKNOWN", "cannot measure the ink on the pages: it is broken."),
        ("PRINT-INK", "page 2: ink coverage reaches 400%; the maximum is 300%."),
    ]
    monkeypatch.setattr(press, "ghostscript", lambda: None)
    assert sheets.codes() == ["PRINT-INK-ESTIMATE", "PRINT-INK"]


def letters(*inks: float, **more: Any) -> Paint:
    return cmyk(*inks, **{"kind": "text", **more})


RICH = "page 2: black text uses more than one ink."
KNOCKS = "page 2: black text knocks out the color beneath it."


@pytest.mark.parametrize(
    ("paint", "told"),
    [
        (letters(0.0, 0.0, 0.0, 1.0), KNOCKS),
        (letters(0.0, 0.0, 0.0, 1.0, overprints=True), ""),
        (letters(0.0, space="DeviceGray"), KNOCKS),
        (letters(0.0, space="DeviceGray", overprints=True), ""),
        (letters(1.0, space="DeviceGray"), ""),
        (letters(0.0, 0.0, 0.0, 0.99), ""),
        (letters(0.2, 0.2, 0.2, 0.95), RICH),
        (letters(0.2, 0.2, 0.2, 0.95, overprints=True), RICH),
        (letters(0.2, 0.2, 0.1, 0.95), ""),
        (letters(0.2, 0.2, 0.2, 0.9), ""),
        (letters(0.2, 0.2, 0.2, 0.95, 0.5, space="DeviceN"), ""),
        (letters(0.2, 0.2, 0.2, 0.95, 0.5), ""),
        (cmyk(0.0, 0.0, 0.0, 1.0), ""),
    ],
)
def test_black_text_is_of_one_ink_and_overprints(sheets: Sheets, paint: Paint, told: str) -> None:
    sheets.paints = (paint, paint)
    assert sheets.told() == ([("PRINT-BLACK", told)] if told else [])


@pytest.mark.parametrize(
    ("paint", "told"),
    [
        (cmyk(kind="image", ppi=299.6), ""),
        (cmyk(kind="image", ppi=299.4), "a picture has 299 pixels per inch; the minimum is 300."),
        (cmyk(kind="image", ppi=72), "a picture has 72 pixels per inch; the minimum is 300."),
        (cmyk(kind="text", ppi=72), ""),
    ],
)
def test_pictures_are_fine_enough(sheets: Sheets, paint: Paint, told: str) -> None:
    sheets.paints = (paint,)
    assert sheets.told() == ([("PRINT-RESOLUTION", f"page 2: {told}")] if told else [])


@pytest.mark.parametrize(
    ("paint", "width"),
    [
        (cmyk(kind="stroke", width=0.25), ""),
        (cmyk(kind="stroke", width=0.245), ""),
        (cmyk(kind="stroke", width=0.244), "0.244"),
        (cmyk(kind="stroke", width=0), "0"),
        (cmyk(width=0), ""),
        (cmyk(width=0.1), "0.1"),
        (cmyk(width=3), ""),
        (cmyk(kind="text", width=0.1), ""),
    ],
)
def test_lines_and_bars_are_not_too_thin(sheets: Sheets, paint: Paint, width: str) -> None:
    sheets.paints = (paint, paint)
    message = f"page 2: a line is {width} pt thick; the minimum is 0.25 pt."
    assert sheets.told() == ([("PRINT-HAIRLINE", message)] if width else [])
