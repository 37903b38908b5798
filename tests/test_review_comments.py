"""Remarks that reviewers left in a PDF: read as the programs write them, and told with their words
and fields.
"""

import io
import json
import re
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from openpyxl import load_workbook
from pikepdf import Array, Dictionary, Name, String

from reportcard.build.manifest import MANIFEST, Spot, read_manifest
from reportcard.pdf.annotations import MAXIMUM, Remark, remarks, roots
from reportcard.pdf.frame import Frame
from reportcard.review.tell import comment_sheet
from reportcard.review.tell.comments import Comment, Word, as_json, as_text, comments
from reportcard.workspace.bounds import apart

from .conftest import Built

MM = 25.4 / 72
#: A rectangle of 10 mm to 30 mm from the left and 20 mm to 25 mm from the top of a page 100 mm
#: high, in points.
RECT = [10 / MM, 75 / MM, 30 / MM, 80 / MM]
AREA = (1, 10, 20, 20, 5)


def quads(x0: float, y0: float, x1: float, y1: float) -> Array:
    """In Acrobat's order: top left, top right, bottom left, bottom right."""
    return Array([x0, y1, x1, y1, x0, y0, x1, y0])


def mark(
    pdf: pikepdf.Pdf, subtype: str, *, page: int = 1, direct: bool = False, **entries: Any
) -> Dictionary:
    """Adds an annotation to a page."""
    dictionary = Dictionary(
        Type=Name.Annot, Subtype=Name(f"/{subtype}"), **{"Rect": Array(RECT), "F": 4, **entries}
    )
    annotation = dictionary if direct else pdf.make_indirect(dictionary)
    target = pdf.pages[page - 1].obj
    if Name.Annots not in target:
        target.Annots = Array()
    target.Annots.append(annotation)
    return annotation


def blank(pages: int = 1) -> pikepdf.Pdf:
    pdf = pikepdf.new()
    for _ in range(pages):
        pdf.add_blank_page(page_size=(200 / MM, 100 / MM))
    return pdf


def saved(pdf: pikepdf.Pdf, **options: Any) -> bytes:
    target = io.BytesIO()
    pdf.save(target, **options)
    return target.getvalue()


def test_a_highlight_of_acrobat_has_its_words_author_date_and_place() -> None:
    pdf = blank(2)
    highlight = mark(
        pdf,
        "Highlight",
        page=2,
        QuadPoints=Array([*quads(*RECT), *quads(0, 0, 72, 72)]),
        Contents="Check the year.\rTwice.",
        RC="<body><p>another</p></body>",
        T="Reviewer A",
        M="D:20251103142530+01'00'",
        CreationDate="D:20251101",
        Subj="Highlight",
        NM="a1",
        CA=1,
    )
    highlight.Popup = mark(pdf, "Popup", page=2, Parent=highlight)
    mark(pdf, "Link", page=2)
    widget = mark(pdf, "Widget", page=2, FT=Name.Tx, T="field")
    pdf.Root.AcroForm = Dictionary(Fields=Array([widget]))
    (found,) = remarks(saved(pdf))
    assert found == Remark(
        "highlight",
        "Check the year.\nTwice.",
        "Reviewer A",
        "2025-11-03T14:25:30+01:00",
        2,
        ((2, 10, 20, 20, 5), (2, 0, 74.6, 25.4, 25.4)),
    )


def test_notes_of_preview_with_answers_and_states_are_threads() -> None:
    pdf = blank()
    first = mark(
        pdf,
        "Highlight",
        T="Reviewer A",
        Contents=String("¿Está bien “Perú”?"),
        M="D:20251103142530Z",
        QuadPoints=quads(*RECT),
        AP=Dictionary(N=pdf.make_stream(b"")),
    )
    answer = mark(pdf, "Text", T="Reviewer B", Contents="Sí", IRT=first, RT=Name.R)
    mark(pdf, "Text", T="Reviewer A", Contents="Gracias", IRT=answer)
    old = mark(
        pdf,
        "Text",
        T="Reviewer A",
        Contents="Rejected set by Reviewer A",
        IRT=first,
        State="Rejected",
        StateModel="Review",
        F=30,
    )
    mark(
        pdf,
        "Text",
        T="Reviewer A",
        Contents="Accepted set by Reviewer A",
        IRT=old,
        State="Accepted",
        StateModel="Review",
        F=30,
    )
    mark(pdf, "Text", T="Reviewer B", IRT=answer, State="Marked", StateModel="Marked", F=30)
    mark(pdf, "Text", T="Reviewer B", IRT=first, State="None", StateModel="Review", F=30)
    assert [
        (one.kind, one.text, one.author, one.reply_to, one.state) for one in remarks(saved(pdf))
    ] == [
        ("highlight", "¿Está bien “Perú”?", "Reviewer A", None, "accepted by Reviewer A"),
        ("note", "Sí", "Reviewer B", 0, "marked by Reviewer B"),
        ("note", "Gracias", "Reviewer A", 1, ""),
    ]


def test_an_answer_may_stand_before_what_it_answers_and_name_it_by_its_identifier() -> None:
    pdf = blank(2)
    first = pdf.make_indirect(Dictionary(Subtype=Name.Text, Contents="first"))
    mark(pdf, "Text", Contents="answer", IRT=first)
    pdf.pages[1].obj.Annots = Array([first])
    mark(pdf, "Text", Contents="named", NM="n", page=2, direct=True)
    mark(pdf, "Text", Contents="answers it", IRT="n", page=2, direct=True)
    assert [(one.text, one.reply_to) for one in remarks(saved(pdf))] == [
        ("answer", 1),
        ("first", None),
        ("named", None),
        ("answers it", 2),
    ]


def test_replacing_text_in_acrobat_is_one_remark() -> None:
    pdf = blank()
    caret = mark(
        pdf,
        "Caret",
        Contents="thirty",
        T="Reviewer A",
        Rect=Array([30, 10, 34, 18]),
        IT=Name.Replace,
    )
    struck = mark(
        pdf,
        "StrikeOut",
        QuadPoints=quads(*RECT),
        T="Reviewer A",
        IRT=caret,
        RT=Name.Group,
        IT=Name.StrikeOutTextEdit,
    )
    mark(pdf, "Text", Contents="Why?", IRT=struck)
    found = remarks(saved(pdf))
    assert [(one.kind, one.text, one.areas, one.reply_to) for one in found] == [
        ("replacement", "thirty", (AREA,), None),
        ("note", "Why?", (AREA,), 0),
    ]


@pytest.mark.parametrize(
    ("subtype", "kind"),
    [
        ("Highlight", "highlight"),
        ("Text", "note"),
        ("StrikeOut", "strike-out"),
        ("Underline", "underline"),
        ("Squiggly", "squiggly"),
        ("Caret", "insertion"),
        ("FreeText", "text"),
        ("Ink", "drawing"),
        ("Square", "drawing"),
        ("Circle", "drawing"),
        ("Line", "drawing"),
        ("Polygon", "drawing"),
        ("PolyLine", "drawing"),
        ("Stamp", "stamp"),
        ("FileAttachment", "file attachment"),
    ],
)
def test_every_kind_of_remark_is_read(subtype: str, kind: str) -> None:
    pdf = blank()
    mark(pdf, subtype, Contents="text")
    assert remarks(saved(pdf)) == (Remark(kind, "text", "", "", 1, (AREA,)),)


def test_a_stamp_and_an_attachment_without_words_tell_their_names() -> None:
    pdf = blank()
    mark(pdf, "Stamp", Name=Name.Approved)
    mark(pdf, "FileAttachment", FS=Dictionary(Type=Name.Filespec, F="x.txt", UF="año.txt"))
    assert [one.text for one in remarks(saved(pdf))] == ["Approved", "año.txt"]


def test_rich_text_is_read_where_there_is_no_other() -> None:
    rich = (
        '<?xml version="1.0"?><body xmlns="http://www.w3.org/1999/xhtml"><p style="a">One &lt;'
        " <b>two</b></p>\n<p>ñ<br/>end</p></body>"
    )
    pdf = blank()
    mark(pdf, "FreeText", RC=String(rich))
    mark(pdf, "FreeText", RC=pdf.make_stream(rich.encode()))
    mark(pdf, "FreeText", RC=String("<" * 500_000))
    assert [one.text for one in remarks(saved(pdf))][:2] == ["One < two\nñ\nend"] * 2


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("D:20251103142530-05'30'", "2025-11-03T14:25:30-05:30"),
        ("D:20251103142530-05'30", "2025-11-03T14:25:30-05:30"),
        ("D:20251103142530Z00'00'", "2025-11-03T14:25:30+00:00"),
        ("20251103142530", "2025-11-03T14:25:30"),
        ("D:202511", "2025-11-01T00:00:00"),
        ("2025-11-03T14:25:30.123Z", "2025-11-03T14:25:30+00:00"),
        ("D:20251103142530+9900", "2025-11-03T14:25:30"),
        ("D:20251399", "2025-01-01T00:00:00"),
        ("yesterday", "2025-01-01T00:00:00"),
        ("D:٢٠٢٥", "2025-01-01T00:00:00"),
    ],
)
def test_dates_of_every_program_are_told_alike(written: str, told: str) -> None:
    pdf = blank()
    mark(pdf, "Text", M=written, CreationDate="D:2025")
    assert remarks(saved(pdf))[0].date == told


@pytest.mark.parametrize(
    ("encoded", "text"),
    [
        (b"<FEFF00BF0050006500720075003F>", "¿Peru?"),
        (b"<FFFEBF00>", "¿"),
        (b"(\\240 \\222 Per\\372)", "€ ™ Perú"),
        (b"<FEFF001B0065006E001B0061>", "a"),
        (b"<FEFF0061001B005B0033>", "a[3"),
    ],
)
def test_texts_are_decoded_and_hold_nothing_that_a_terminal_obeys(
    encoded: bytes, text: str
) -> None:
    pdf = blank()
    mark(pdf, "Text", Contents=pikepdf.Object.parse(encoded))
    assert remarks(saved(pdf))[0].text == text


@pytest.mark.parametrize(
    ("turned", "area"),
    [
        (0, (1, 10, 20, 20, 5)),
        (90, (1, 65, 10, 5, 20)),
        (180, (1, 160, 65, 20, 5)),
        (270, (1, 20, 160, 5, 20)),
    ],
)
def test_areas_count_from_the_trimmed_page_as_it_is_seen(
    turned: int, area: tuple[float, ...]
) -> None:
    pdf = blank()
    page = pdf.pages[0]
    page.mediabox = [-50, -50, 300 / MM, 300 / MM]
    page.cropbox = [0, 0, 250 / MM, 250 / MM]
    page.trimbox = [10 / MM, 20 / MM, 200 / MM, 110 / MM]
    page.obj.Rotate = turned
    mark(
        pdf, "Square", Rect=Array([40 / MM, 90 / MM, 20 / MM, 85 / MM])
    )  # corners the wrong way round
    (found,) = remarks(saved(pdf))
    assert found.areas == (area,)
    with pikepdf.open(io.BytesIO(saved(pdf))) as opened:
        back = Frame.of(opened.pages[0]).rectangle(found.areas[0])
    assert back == pytest.approx((20 / MM, 85 / MM, 40 / MM, 90 / MM), abs=0.05)


def test_a_page_without_a_trim_box_counts_from_its_crop_box() -> None:
    pdf = blank()
    pdf.pages[0].cropbox = [5 / MM, 0, 200 / MM, 95 / MM]
    pdf.pages[0].obj.TrimBox = Array([Name.A, 1, 2, 3])
    mark(pdf, "Square")
    assert remarks(saved(pdf))[0].areas == ((1, 5, 15, 20, 5),)


def test_circles_of_answers_are_cut() -> None:
    pdf = blank()
    one = mark(pdf, "Text", Contents="1")
    other = mark(pdf, "Text", Contents="2", IRT=one)
    one.IRT = other
    itself = mark(pdf, "Text", Contents="3", State="Accepted")
    itself.IRT = itself
    told = remarks(saved(pdf))
    assert sorted(str(one.reply_to) for one in told[:2]) in (["0", "None"], ["1", "None"])
    assert told[2].text == "3"
    assert told[2].reply_to is None


def test_chains_lead_to_their_heads() -> None:
    long = 20_000
    assert roots([None, *range(long)]) == [0] * (long + 1)
    assert roots([*range(1, long), None]) == [long - 1] * long
    assert len(set(roots([1, 2, 0]))) == 1


def test_what_is_of_the_wrong_kind_is_left_out() -> None:
    pdf = blank(3)
    for entry in (
        "Contents",
        "T",
        "M",
        "IRT",
        "RT",
        "QuadPoints",
        "Rect",
        "RC",
        "State",
        "NM",
        "FS",
        "Name",
    ):
        for value in (
            1,
            Name.X,
            Array([1, Name.X]),
            Dictionary(),
            String("x"),
            pdf.make_stream(b"x"),
            True,
        ):
            mark(pdf, "FileAttachment", **{entry: value})
    mark(pdf, "Text", QuadPoints=Array([Decimal("1e9")] * 8), Rect=Array([1, 2, 3]))
    mark(pdf, "Highlight", QuadPoints=Array([*quads(*RECT), 1, 2]))
    for odd in (Dictionary(), Array(), 3, Name.X, None):
        pdf.pages[0].obj.Annots.append(odd)
    pdf.pages[1].obj.Annots = 3
    pdf.pages[2].obj.Annots = pdf.pages[0].obj.Annots
    found = remarks(saved(pdf))
    assert len(found) == 12 * 7 + 2
    assert [one.areas for one in found[-2:]] == [(), (AREA,)]
    assert json.loads(as_json(comments(found, {}, lambda name: (name, ""))))["comments"]


@pytest.mark.slow
def test_too_many_or_too_long_remarks_end_somewhere() -> None:
    pdf = blank()
    mark(pdf, "Text", Contents="x" * 150_000, T="y" * 1000)
    (found,) = remarks(saved(pdf))
    assert (len(found.text), found.text[-1], len(found.author)) == (100_000, "…", 200)
    pdf.pages[0].obj.Annots = Array([Dictionary(Subtype=Name.Text) for _ in range(MAXIMUM)])
    assert len(remarks(saved(pdf))) == MAXIMUM
    pdf.pages[0].obj.Annots.append(Dictionary(Subtype=Name.Text))
    with pytest.raises(ValueError, match="more than 10,000 comments"):
        remarks(saved(pdf))


def test_a_file_that_cannot_be_read_is_told() -> None:
    with pytest.raises(ValueError, match="it is damaged or not a PDF"):
        remarks(b"nothing")
    with pytest.raises(ValueError, match="needs a password"):
        remarks(saved(blank(), encryption=pikepdf.Encryption(owner="o", user="u")))


@pytest.mark.long
def test_remarks_come_out_of_a_process_apart() -> None:
    pdf = blank()
    mark(pdf, "Text", Contents="x")
    assert apart(remarks, saved(pdf)) == remarks(saved(pdf))


#: A line of words, 10 mm wide each, of two fields.
WORDS: dict[int, list[Word]] = {
    1: [
        ("El", (10, 20, 8, 4), "a"),
        ("Perú", (20, 20, 8, 4), "a"),
        ("ocupa", (30, 20, 8, 4), "b"),
        ("el", (40, 20, 8, 4), ""),
        ("fin.", (10, 80, 8, 4), "b"),
    ]
}
PLACES = {
    "a": ("peru/context", "content/cards/peru.yaml:12:5"),
    "b": ("peru/overall", "content/cards/peru.yaml:3:1"),
}


def about(
    kind: str, *areas: tuple[float, float, float, float], reply_to: int | None = None
) -> Remark:
    return Remark(kind, "text", "Reviewer A", "", 1, tuple((1, *area) for area in areas), reply_to)


def told(*given: Remark) -> list[tuple[str, str]]:
    return [(one.field, one.quoted) for one in comments(given, WORDS, PLACES.__getitem__)]


def test_a_mark_quotes_the_words_that_it_covers_by_half() -> None:
    assert told(about("highlight", (12, 20, 23, 4))) == [("peru/context", "El Perú ocupa")]
    assert told(about("highlight", (15, 20, 13, 4))) == [("peru/context", "Perú")]
    assert told(about("strike-out", (10, 20, 8, 4), (10, 80, 8, 2), (10, 80, 8, 4))) == [
        ("peru/context", "El fin.")
    ]
    assert told(about("drawing", (29, 19, 30, 6))) == [("peru/overall", "ocupa el")]


def test_a_mark_over_several_fields_is_at_the_one_of_most_words() -> None:
    words: list[Word] = [
        ("x", (0, 0, 5, 5), "b"),
        ("y", (5, 0, 5, 5), "a"),
        ("z", (10, 0, 5, 5), "a"),
        ("", (0, 0, 1, 1), ""),
    ]
    (one,) = comments([about("highlight", (0, 0, 20, 5))], {1: words}, PLACES.__getitem__)
    assert (one.field, one.place) == PLACES["a"]


def test_a_mark_beside_all_words_quotes_none_and_is_at_the_nearest() -> None:
    assert told(about("underline", (30, 24.5, 8, 0.5))) == [("peru/overall", "")]
    assert told(about("underline", (30, 45, 8, 0.5))) == [("", "")]


def test_a_note_is_about_the_nearest_word_if_it_is_near_and_an_insertion_always() -> None:
    assert told(about("note", (10, 29, 6, 6))) == [("peru/context", "El")]
    assert told(about("note", (10, 40, 6, 6))) == [("", "")]
    assert told(about("insertion", (10, 40, 1, 2))) == [("peru/context", "El")]
    assert told(about("insertion", (28, 22, 2, 3))) == [("peru/context", "Perú")]
    assert told(about("text", (10, 88, 20, 10))) == [("peru/overall", "fin.")]
    assert told(about("note")) == [("", "")]
    assert (
        comments([Remark("note", "", "", "", 9, ((9, 1, 1, 1, 1),))], WORDS, PLACES.__getitem__)[
            0
        ].field
        == ""
    )


def test_an_answer_is_where_its_thread_is() -> None:
    found = comments(
        [about("note", (90, 90, 1, 1), reply_to=1), about("highlight", (10, 20, 8, 4))],
        WORDS,
        PLACES.__getitem__,
    )
    assert [(one.field, one.place, one.quoted, one.remark.quoted) for one in found] == [
        ("peru/context", "content/cards/peru.yaml:12:5", "El", "El")
    ] * 2


HIGHLIGHT = Remark(
    "highlight",
    "Year?\n=1+1",
    "Reviewer A",
    "2025-11-03T14:25:30+01:00",
    3,
    ((3, 1, 2, 3, 4),),
    None,
    "accepted by Reviewer B",
)
TOLD = (
    Comment(HIGHLIGHT, "peru/context", "content/cards/peru.yaml:12:5", "@Perú"),
    Comment(Remark("note", "+ it is right", "=cmd|' /C calc'!A0", "", 3, (), 0), "", "", ""),
    Comment(Remark("stamp", "Draft", "", "", 1, ()), "", "", ""),
)


def test_comments_are_told_to_people_by_page_with_answers_below() -> None:
    assert as_text(()) == ""
    assert (
        as_text(TOLD)
        == "page 1\n  stamp\n    Draft\n\npage 3\n  highlight by Reviewer A 2025-11-03"
        " 14:25:30+01:00 [accepted by Reviewer B], in peru/context"
        ' (content/cards/peru.yaml:12:5)\n    "@Perú"\n    Year?\n    =1+1\n    reply by =cmd|\''
        " /C calc'!A0\n      + it is right\n\n"
    )


def test_comments_are_told_to_programs() -> None:
    found = json.loads(as_json(TOLD))
    assert found["format"] == 1
    assert found["comments"][0] == {
        "kind": "highlight",
        "text": "Year?\n=1+1",
        "author": "Reviewer A",
        "date": "2025-11-03T14:25:30+01:00",
        "page": 3,
        "areas": [[3, 1, 2, 3, 4]],
        "reply_to": None,
        "state": "accepted by Reviewer B",
        "field": "peru/context",
        "place": "content/cards/peru.yaml:12:5",
        "quoted": "@Perú",
    }
    assert found["comments"][1]["reply_to"] == 0


def test_no_cell_of_the_sheet_is_a_formula() -> None:
    long = Comment(Remark("text", "=" + "x" * 50_000, "", "", 1, ()), "-a", "", "")
    data = comment_sheet.dumped((*TOLD, long))
    sheet = load_workbook(io.BytesIO(data))["comments"]
    rows = [[cell.value or "" for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert rows[1][:8] == [2, 3, "sticky note", "=cmd|' /C calc'!A0", "", "", "+ it is right", 1]
    assert rows[0][5:7] == ["@Perú", "Year?\n=1+1"]
    assert len(str(rows[3][6])) == 32_767
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert sheet["D3"].quotePrefix
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def words_of(file: Path, page: int, spots: tuple[Spot, ...]) -> list[Word]:
    """The words of a page as pdfium sees them, each with the name of the smallest place that it
    stands in.
    """
    document = pypdfium2.PdfDocument(file)
    height = document[page - 1].get_height()
    text = document[page - 1].get_textpage()
    found = []
    for match in re.finditer(r"\S+", text.get_text_range()):
        boxes = [text.get_charbox(index) for index in range(*match.span())]
        x0, y1 = min(box[0] for box in boxes) * MM, max(box[3] for box in boxes)
        x1, y0 = max(box[2] for box in boxes) * MM, min(box[1] for box in boxes)
        box = (x0, (height - y1) * MM, x1 - x0, (y1 - y0) * MM)
        x, y = box[0] + box[2] / 2, box[1] + box[3] / 2
        inside = [
            (wide * high, spot.id)
            for spot in spots
            for number, left, top, wide, high in spot.boxes
            if number == page and left <= x <= left + wide and top <= y <= top + high
        ]
        found.append((match[0], box, min(inside)[1] if inside else ""))
    return found


def test_a_highlight_in_a_real_card_names_its_field_and_line(built: Built) -> None:
    file = built.pdf("es")
    record = read_manifest((file.parent / MANIFEST).read_bytes())[file.name]
    words = words_of(file, 4, record.places)
    texts = [text for text, _, _ in words]
    start = texts.index("solidez")
    assert texts[start : start + 3] == ["solidez", "de", "sus"]
    with pikepdf.open(file) as pdf:
        height = float(pdf.pages[3].mediabox[3])
        boxes = [words[start + offset][1] for offset in range(3)]
        corners = [
            quads(x / MM, height - (y + high) / MM, (x + wide) / MM, height - y / MM)
            for x, y, wide, high in boxes
        ]
        mark(
            pdf,
            "Highlight",
            page=4,
            QuadPoints=Array([value for quad in corners for value in quad]),
            Contents="¿Seguro?",
            T="Reviewer A",
        )
        data = saved(pdf)
    spots = {spot.id: (spot.field, spot.source) for spot in record.places}
    (one,) = comments(remarks(data), {4: words}, spots.__getitem__)
    assert one.quoted == "solidez de sus"
    assert one.field.startswith("peru/")
    path, line, _ = one.place.split(":")
    source = (built.copy.root / path).read_text(encoding="utf-8").splitlines()
    assert "solidez de sus" in " ".join(source[int(line) - 1 : int(line) + 4])
