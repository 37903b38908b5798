"""Preflight: each rule finds the fault planted for it in a good file, and any file gets a clear
answer.
"""

import io
import json
import os
import shutil
import time
import zlib
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from reportcard.errors import ExitCode
from reportcard.page.typeset.engine import screen_profile
from reportcard.pdf.inspection import inspect
from reportcard.pdf.paint import PageError, paints
from reportcard.pdf.preflight import Inspection, preflight
from reportcard.problems.problem import Severity
from reportcard.workspace import bounds
from reportcard.workspace.media import Medium

from .conftest import PATIENCE, Built

Run = Callable[..., tuple[int, str, str]]
Mutate = Callable[[pikepdf.Pdf], None]


def draws(operators: str, number: int = 2, **resources: Dictionary) -> Mutate:
    """Plants drawing operators at the end of a page, and what they name."""

    def plant(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[number - 1]
        for kind, entries in resources.items():
            table = page.resources.get(Name(f"/{kind}"), Dictionary())
            for name, value in entries.items():
                table[name] = value
            page.resources[Name(f"/{kind}")] = table
        page.contents_add(f"q {operators} Q".encode())

    return plant


def intent(**changes: object) -> Mutate:
    def plant(pdf: pikepdf.Pdf) -> None:
        for name, value in changes.items():
            if value is None:
                del pdf.Root.OutputIntents[0][Name(f"/{name}")]
            else:
                pdf.Root.OutputIntents[0][Name(f"/{name}")] = value

    return plant


def xmp(old: str, new: str) -> Mutate:
    def plant(pdf: pikepdf.Pdf) -> None:
        text = pdf.Root.Metadata.read_bytes().decode()
        assert old in text
        pdf.Root.Metadata.write(text.replace(old, new).encode())

    return plant


def rgb_profile(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OutputIntents[0].DestOutputProfile = pdf.make_stream(screen_profile(), N=3)


def low_picture(pdf: pikepdf.Pdf) -> None:
    picture = pdf.make_stream(
        bytes(4 * 100 * 100),
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=100,
        Height=100,
        ColorSpace=Name.DeviceCMYK,
        BitsPerComponent=8,
    )
    draws("100 0 0 100 50 50 cm /Low Do", XObject=Dictionary({"/Low": picture}))(pdf)


def rgb_picture(pdf: pikepdf.Pdf) -> None:
    picture = pdf.make_stream(
        bytes(3 * 100 * 100),
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=100,
        Height=100,
        ColorSpace=Name.DeviceRGB,
        BitsPerComponent=8,
    )
    draws("10 0 0 10 50 50 cm /Rgb Do", XObject=Dictionary({"/Rgb": picture}))(pdf)


def hidden_in_a_form(pdf: pikepdf.Pdf) -> None:
    form = pdf.make_stream(
        b"1 0 0 rg 0 0 9 9 re f", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9])
    )
    outer = pdf.make_stream(
        b"/In Do",
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=Array([0, 0, 9, 9]),
        Resources=Dictionary(XObject=Dictionary({"/In": form})),
    )
    draws("/Out Do", XObject=Dictionary({"/Out": outer}))(pdf)


def profiled_rgb(pdf: pikepdf.Pdf) -> None:
    space = Array([Name.ICCBased, pdf.make_stream(screen_profile(), N=3)])
    draws("/Lit cs 1 0 0 sc 0 0 9 9 re f", ColorSpace=Dictionary({"/Lit": space}))(pdf)


def postscript(pdf: pikepdf.Pdf) -> None:
    draws(
        "",
        XObject=Dictionary(
            {"/Ps": pdf.make_stream(b"showpage", Type=Name.XObject, Subtype=Name.PS)}
        ),
    )(pdf)


def bare_font(pdf: pikepdf.Pdf) -> None:
    draws(
        "",
        Font=Dictionary(
            {"/Helv": Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)}
        ),
    )(pdf)


def blended(pdf: pikepdf.Pdf) -> None:
    pdf.pages[1].obj.Group = Dictionary(Type=Name.Group, S=Name.Transparency, CS=Name.DeviceRGB)


def comment(pdf: pikepdf.Pdf) -> None:
    pdf.pages[1].obj.Annots = Array(
        [
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Text,
                Rect=Array([100, 100, 120, 120]),
                Contents="Look here",
            )
        ]
    )


def box(name: str, *sides: float) -> Mutate:
    def plant(pdf: pikepdf.Pdf) -> None:
        pdf.pages[1].obj[Name(f"/{name}")] = Array([Decimal(str(side)) for side in sides])

    return plant


def without_trim(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[1].obj.TrimBox


def link(pdf: pikepdf.Pdf) -> None:
    action = Dictionary(S=Name.URI, URI="https://example.org")
    pdf.pages[1].obj.Annots = Array(
        [Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), A=action)]
    )


def script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS="app.alert(1)")


def untrapped(pdf: pikepdf.Pdf) -> None:
    del pdf.trailer.Info.Trapped
    xmp("<pdf:Trapped>False</pdf:Trapped>", "")(pdf)


def last_words(pdf: pikepdf.Pdf) -> str:
    return str(next(name for name in pdf.pages[1].resources.Font))


def black_text(state: str, colour: str) -> Mutate:
    def plant(pdf: pikepdf.Pdf) -> None:
        draws(f"{state} {colour} BT {last_words(pdf)} 9 Tf 50 50 Td <0001> Tj ET")(pdf)

    return plant


FAULTS = {
    "version": ("PDFX-VERSION", xmp("PDF/X-4", "PDF/X-3:2003")),
    "version missing": (
        "PDFX-VERSION",
        xmp("<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>", ""),
    ),
    "title missing": ("PDFX-METADATA", xmp("Peru Report Card", "")),
    "trapping unsaid": ("PDFX-METADATA", untrapped),
    "no intent": ("PDFX-INTENT", lambda pdf: pdf.Root.__delitem__("/OutputIntents")),
    "intent of PDF/A": ("PDFX-INTENT", intent(S=Name.GTS_PDFA1)),
    "condition unnamed": ("PDFX-INTENT", intent(OutputConditionIdentifier=None)),
    "no profile": ("PDFX-INTENT", intent(DestOutputProfile=None)),
    "profile of a screen": ("PDFX-INTENT", rgb_profile),
    "no trim": ("PDFX-BOXES", without_trim),
    "trim outside bleed": ("PDFX-BOXES", box("TrimBox", -20, 0, 595, 841)),
    "bleed outside sheet": ("PDFX-BOXES", box("BleedBox", -90, -90, 700, 900)),
    "font left out": ("PDFX-FONT", bare_font),
    "action on opening": ("PDFX-ACTION", script),
    "link": ("PDFX-ACTION", link),
    "comment": ("PDFX-ANNOTATION", comment),
    "blended in light": ("PDFX-BLEND", blended),
    "tone curve": (
        "PDFX-TRANSFER",
        draws("/Curve gs", ExtGState=Dictionary({"/Curve": Dictionary(TR=Name.Identity)})),
    ),
    "PostScript": ("PDFX-DRAWING", postscript),
    "RGB operator": ("PDFX-COLOUR", draws("1 0 0 rg 0 0 99 99 re f")),
    "RGB stroke": ("PDFX-COLOUR", draws("1 0 0 RG 0 0 m 99 99 l S")),
    "RGB picture": ("PDFX-COLOUR", rgb_picture),
    "RGB in a drawing in a drawing": ("PDFX-COLOUR", hidden_in_a_form),
    "RGB inline picture": ("PDFX-COLOUR", draws("BI /W 1 /H 1 /CS /RGB /BPC 8 ID abc EI")),
    "RGB of a profile": ("PRINT-COLOUR", profiled_rgb),
    "too much ink": ("PRINT-INK", draws("1 1 1 .5 k 0 0 99 99 re f")),
    "too much ink by overprinting": (
        "PRINT-INK",
        draws(
            "1 1 0 0 k 0 0 99 99 re f /Over gs 0 0 1 1 k 0 0 99 99 re f",
            ExtGState=Dictionary({"/Over": Dictionary(op=True, OP=True, OPM=1)}),
        ),
    ),
    "black that knocks out": ("PRINT-BLACK", black_text("", "0 0 0 1 k")),
    "rich black text": ("PRINT-BLACK", black_text("", ".4 .3 .3 1 k")),
    "picture too coarse": ("PRINT-RESOLUTION", low_picture),
    "line too thin": ("PRINT-HAIRLINE", draws("0 0 0 1 K .1 w 0 0 m 99 99 l S")),
    "line scaled thin": ("PRINT-HAIRLINE", draws(".1 0 0 .1 0 0 cm 0 0 0 1 K 1 w 0 0 m 99 99 l S")),
    "bar too thin": ("PRINT-HAIRLINE", draws("0 0 0 1 k 0 0 99 .1 re f")),
    "bleed too small": ("PRINT-BLEED", box("BleedBox", -2, -2, 597, 843)),
}


#: Every fault is planted on one of a print file's first pages, and the others need not be looked at
#: with each.
PAGES = 2


@pytest.fixture(scope="module")
def good(built: Built) -> bytes:
    """The first pages of the card in print."""
    target = io.BytesIO()
    with pikepdf.open(built.pdf("en", Medium.PRINT)) as pdf:
        del pdf.pages[PAGES:]
        pdf.save(target, fix_metadata_version=False)
    return target.getvalue()


def test_the_first_pages_are_good_alone(good: bytes) -> None:
    found = preflight(good, "card.pdf", [Medium.PRINT])
    assert (found.pages, found.problems, found.passes) == (PAGES, (), True)


def planted(data: bytes, mutate: Mutate, **save: object) -> bytes:
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        mutate(pdf)
        pdf.save(target, fix_metadata_version=False, **save)  # type: ignore[arg-type]
    return target.getvalue()


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("medium", Medium)
def test_a_good_file_passes_for_its_edition(built: Built, medium: Medium, language: str) -> None:
    inspection = preflight(built.pdf(language, medium).read_bytes(), "card.pdf")
    (mine,) = [verdict for verdict in inspection.verdicts if verdict.medium is medium]
    assert [str(problem) for problem in mine.problems] == []
    assert mine.claimed
    assert inspection.passes


@cache
def inspected(good: bytes, name: str) -> Inspection:
    """A good file with a fault planted, inspected for print."""
    return preflight(planted(good, FAULTS[name][1]), "card.pdf", [Medium.PRINT])


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_is_named(good: bytes, name: str) -> None:
    code, _ = FAULTS[name]
    found = inspected(good, name)
    assert code in {problem.code for problem in found.problems}
    assert not found.passes


@pytest.mark.parametrize(
    "name",
    [
        "RGB operator",
        "too much ink",
        "line too thin",
        "bar too thin",
        "version",
        "blended in light",
        "bleed too small",
    ],
)
def test_and_nothing_else_is(good: bytes, name: str) -> None:
    code, _ = FAULTS[name]
    assert {problem.code for problem in inspected(good, name).problems} == {code}


def test_a_fault_of_a_page_tells_the_page(good: bytes) -> None:
    (problem,) = inspected(good, "RGB operator").problems
    assert str(problem.message) == "DeviceRGB is used instead of CMYK for fills."
    assert problem.place.page == 2


def test_an_encrypted_file_and_one_without_identifier_are_named(good: bytes) -> None:
    locked = planted(good, lambda _: None, encryption=pikepdf.Encryption(owner="owner", user=""))
    assert "PDFX-ENCRYPTED" in {
        problem.code for problem in preflight(locked, "a.pdf", [Medium.PRINT]).problems
    }
    plain = planted(good, lambda _: None, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    at = plain.rindex(b"/ID [")
    blank = plain[:at] + plain[at:].replace(b"/ID [", b"/Id [")
    assert {problem.code for problem in preflight(blank, "a.pdf", [Medium.PRINT]).problems} == {
        "PDFX-ID"
    }


@pytest.mark.parametrize(
    ("medium", "code", "mutate"),
    [
        (Medium.SCREEN, "PDF-UA", lambda pdf: pdf.Root.__delitem__("/Lang")),
        (Medium.SCREEN, "PDF-UA", lambda pdf: pdf.Root.MarkInfo.__setitem__("/Marked", False)),
        (Medium.ARCHIVE, "PDF-A", lambda pdf: pdf.Root.__delitem__("/OutputIntents")),
        (
            Medium.ARCHIVE,
            "PDF-A",
            lambda pdf: pdf.Root.__setitem__("/OpenAction", Dictionary(S=Name.JavaScript, JS="1")),
        ),
        (Medium.ARCHIVE, "PDF-A", xmp("<pdfaid:conformance>A", "<pdfaid:conformance>Q")),
    ],
)
def test_faults_of_screen_and_archive_are_named(
    built: Built, medium: Medium, code: str, mutate: Mutate
) -> None:
    broken = planted(
        built.pdf("en", medium).read_bytes(),
        mutate,
        object_stream_mode=pikepdf.ObjectStreamMode.disable,
    )
    found = preflight(broken, "card.pdf", [medium])
    assert {problem.code for problem in found.problems} == {code}
    assert not found.passes


def test_ink_is_measured_on_the_colours_where_ghostscript_is_not(
    good: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    assert preflight(good, "card.pdf", [Medium.PRINT]).passes
    found = preflight(planted(good, FAULTS["too much ink"][1]), "card.pdf", [Medium.PRINT])
    assert [
        str(problem.message) for problem in found.problems if problem.severity is Severity.ERROR
    ] == ["ink coverage reaches 350%; the maximum is 300%."]
    assert [problem.code for problem in found.problems if problem.severity is Severity.NOTE] == [
        "PRINT-INK-ESTIMATE"
    ]


def test_a_ghostscript_that_fails_is_told(
    good: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "gs").write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    (tmp_path / "gs").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    found = preflight(good, "card.pdf", [Medium.PRINT])
    assert [problem.code for problem in found.problems] == ["PRINT-INK-UNKNOWN"]
    assert found.passes, "it is a warning"


# --- any file -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"%PDF-1.7\n",
        b"a text",
        b"\x89PNG\r\n\x1a\n" + bytes(500),
        b"%PDF-1.7\n" + bytes(range(256)) * 40,
    ],
    ids=["empty", "head alone", "text", "picture", "noise"],
)
def test_what_is_no_pdf_gets_one_clear_line(run: Run, tmp_path: Path, data: bytes) -> None:
    (tmp_path / "x.pdf").write_bytes(data)
    code, out, err = run("preflight", str(tmp_path / "x.pdf"))
    assert code == ExitCode.UNREADABLE
    assert out == ""
    assert "cannot inspect this PDF" in err
    assert "Traceback" not in err
    assert "BytesIO" not in err


def test_a_file_that_is_cut_off_is_read_as_far_as_it_goes_or_refused(
    good: bytes, tmp_path: Path
) -> None:
    for part in (0.1, 0.5, 0.9, 0.99):
        (tmp_path / "x.pdf").write_bytes(good[: int(len(good) * part)])
        inspection = inspect(tmp_path / "x.pdf", (Medium.PRINT,))
        assert inspection.unreadable or not inspection.passes


@pytest.mark.parametrize(
    "operators",
    [
        "q cm",
        "1 0 cm",
        "(a) w",
        "/X gs",
        "re f",
        "1 2 re f",
        "/None Do",
        "/None sh",
        "k",
        "(a) (b) (c) rg",
        "BT Tj ET",
        "/P scn",
        "Tr",
        "1 0 0 1 0 0 cm /A /B /C cs",
    ],
)
def test_instructions_that_are_none_get_a_clear_answer(good: bytes, operators: str) -> None:
    inspection = preflight(planted(good, draws(operators)), "x.pdf", (Medium.PRINT,))
    assert inspection.unreadable is None
    found = [problem for problem in inspection.problems if problem.code == "PDF-UNREADABLE"]
    assert [(one.place.page, str(one.message)) for one in found] in (
        [],
        [(2, "cannot inspect this page: its drawing instructions are invalid.")],
    )


def test_a_library_that_is_lacking_ends_in_a_message(good: bytes, tmp_path: Path) -> None:
    """A content stream in a filter that needs a program which is not there."""

    def odd(pdf: pikepdf.Pdf) -> None:
        pdf.pages[1].obj.Contents = pikepdf.Stream(pdf, b"abc", Filter=Name.JBIG2Decode)

    (tmp_path / "x.pdf").write_bytes(planted(good, odd))
    inspection = inspect(tmp_path / "x.pdf", tuple(Medium))
    assert inspection.unreadable or not inspection.passes


def test_a_password_is_asked_of_nobody(good: bytes, tmp_path: Path) -> None:
    (tmp_path / "x.pdf").write_bytes(
        planted(good, lambda _: None, encryption=pikepdf.Encryption(owner="a", user="b"))
    )
    inspection = inspect(tmp_path / "x.pdf", tuple(Medium))
    assert inspection.unreadable
    assert "password" in str(inspection.unreadable.message)


def test_drawings_in_drawings_without_end_are_left(good: bytes) -> None:
    def endless(pdf: pikepdf.Pdf) -> None:
        form = pdf.make_stream(
            b"/Me Do", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9])
        )
        form.Resources = Dictionary(XObject=Dictionary({"/Me": form}))
        draws("/Me Do", XObject=Dictionary({"/Me": form}))(pdf)

    with (
        pikepdf.open(io.BytesIO(planted(good, endless))) as pdf,
        pytest.raises(PageError, match="nested more than 12 levels deep"),
    ):
        paints(pdf)


def test_a_small_file_that_unfolds_to_much_is_refused_before_it_does(
    good: bytes, tmp_path: Path
) -> None:
    def bomb(pdf: pikepdf.Pdf) -> None:
        packer = zlib.compressobj(9)
        zeros = bytes(1 << 24)
        packed = b"".join(packer.compress(zeros) for _ in range(16)) + packer.flush()
        pdf.pages[1].obj.Contents = pikepdf.Stream(pdf, packed, Filter=Name.FlateDecode)

    target = tmp_path / "bomb.pdf"
    with pikepdf.open(io.BytesIO(good)) as pdf:
        bomb(pdf)
        pdf.save(target, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    assert target.stat().st_size < 1_000_000
    inspection = inspect(target, (Medium.PRINT,))
    assert [str(problem.message) for problem in inspection.problems] == [
        "cannot inspect this page: it is larger than 100 MB when unpacked."
    ]


def test_what_glyphs_and_tiles_paint_is_seen(good: bytes) -> None:
    def glyph(pdf: pikepdf.Pdf) -> None:
        shape = pdf.make_stream(b"10 0 d0 1 0 0 rg 0 0 9 9 re f")
        font = pdf.make_indirect(
            Dictionary(
                Type=Name.Font,
                Subtype=Name.Type3,
                FontBBox=Array([0, 0, 9, 9]),
                FontMatrix=Array([1, 0, 0, 1, 0, 0]),
                CharProcs=Dictionary(a=shape),
                Encoding=Dictionary(Differences=Array([97, Name.a])),
                FirstChar=97,
                LastChar=97,
                Widths=Array([9]),
            )
        )
        draws("BT /Glyphs 9 Tf (a) Tj ET", Font=Dictionary({"/Glyphs": font}))(pdf)

    assert "PDFX-COLOUR" in {
        problem.code for problem in preflight(planted(good, glyph), "a", [Medium.PRINT]).problems
    }

    def tile(pdf: pikepdf.Pdf) -> None:
        bare = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        pattern = pdf.make_stream(
            b"BT /H 9 Tf (a) Tj ET",
            PatternType=1,
            PaintType=1,
            TilingType=1,
            BBox=Array([0, 0, 9, 9]),
            XStep=9,
            YStep=9,
            Resources=Dictionary(Font=Dictionary({"/H": bare})),
        )
        draws("/Pattern cs /Tile scn 0 0 9 9 re f", Pattern=Dictionary({"/Tile": pattern}))(pdf)

    assert "PDFX-FONT" in {
        problem.code for problem in preflight(planted(good, tile), "a", [Medium.PRINT]).problems
    }


def test_ghostscript_does_not_outlive_a_verdict(
    good: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "gs").write_text(
        f"#!/bin/sh\necho $$ > {tmp_path}/pid\nexec sleep 600\n", encoding="utf-8"
    )
    (tmp_path / "gs").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    (tmp_path / "x.pdf").write_bytes(good)
    for seconds in (5, 20, PATIENCE):  # a busy machine takes longer to come to Ghostscript
        monkeypatch.setattr(bounds, "BOOK", replace(bounds.BOOK, seconds=seconds))
        inspection = inspect(tmp_path / "x.pdf", (Medium.PRINT,))
        assert inspection.unreadable
        assert f"more than {seconds} s" in str(inspection.unreadable.message)
        if (tmp_path / "pid").exists():
            break
    state = Path(f"/proc/{int((tmp_path / 'pid').read_text(encoding='utf-8'))}/stat")
    end = time.monotonic() + PATIENCE
    while state.exists() and state.read_text(encoding="utf-8").split()[2] != "Z":
        assert time.monotonic() < end
        time.sleep(0.05)


def test_a_pipe_and_a_folder_are_no_files(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.pdf")
    for name in ("pipe.pdf", "."):
        assert "it is not a file" in str(inspect(tmp_path / name, tuple(Medium)).unreadable)


# --- the command ----------------------------------------------------------------------------------


def test_the_command_says_which_editions_a_file_meets(run: Run, built: Built) -> None:
    code, out, err = run(
        "preflight", str(built.pdf("es", Medium.ARCHIVE)), str(built.pdf("es", Medium.PRINT))
    )
    assert code == 0
    lines = out.splitlines()
    assert lines[0].endswith("peru-report-card-es-archive.pdf: 13 pages")
    assert lines[1] == "  screen   PDF/UA-1  met (according to the file)"
    assert lines[2].startswith("  print    PDF/X-4   not met: ")
    assert lines[3] == "  archive  PDF/A-3a  met (according to the file)"
    assert lines[6] == "  print    PDF/X-4   met (according to the file)"
    assert err == ""


def test_an_edition_that_is_asked_for_must_be_met(run: Run, built: Built) -> None:
    code, _, err = run("preflight", str(built.pdf("en")), "--edition", "print")
    assert code == ExitCode.PREFLIGHT
    assert "[PDFX-VERSION]" in err


def test_programs_get_json(run: Run, built: Built) -> None:
    code, out, _ = run(
        "preflight", str(built.pdf("en")), "--edition", "archive", "--format", "json"
    )
    assert code == ExitCode.PREFLIGHT
    assert {problem["code"] for problem in json.loads(out)} == {"PDF-A"}


def test_a_missing_file_is_told(run: Run, tmp_path: Path) -> None:
    code, _, err = run("preflight", str(tmp_path / "none.pdf"))
    assert code == ExitCode.UNREADABLE
    assert "no such file or folder" in err
