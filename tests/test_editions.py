"""The three editions of a card: the same pages, each as its readers need it."""

import io
import json
import random
import re
import shutil
import subprocess
import zlib
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import page
import pikepdf
import pikepdf.pdfa
import pypdfium2
import pytest
from pikepdf import Name
from PIL import Image

from reportcard.build.inventory import read_workspace
from reportcard.build.pipeline import build
from reportcard.build.request import Order
from reportcard.errors import ExitCode
from reportcard.page.typeset.engine import screen_profile
from reportcard.pdf import editions
from reportcard.pdf.attachments import Attachment
from reportcard.pdf.coverage import coverage
from reportcard.pdf.editions import Press, archived, printed
from reportcard.pdf.inks import Separator
from reportcard.pdf.metadata import Particulars
from reportcard.pdf.paint import paints
from reportcard.pdf.profile import ProfileError, press_profile, read_profile
from reportcard.workspace.media import Medium

from .conftest import LANGUAGES, Built, Copy, is_note

MM = 72 / 25.4
#: Where pictures are put into the short card.
FINDINGS = "  legal:\n    findings: |\n"


@pytest.fixture(scope="module")
def press(built: Built) -> Press:
    read = read_workspace(built.copy.workspace)
    assert read.styles
    return Press(read.styles, press_profile(built.copy.workspace, None), "Custom")


PARTICULARS = Particulars(
    "a-name",
    "A title",
    ("A", "B"),
    "",
    ("en",),
    "reportcard",
    "engine",
    datetime(2026, 11, 24, tzinfo=UTC),
    ((0, "Cover", None), (1, "", 2)),
)


def trimmed(page: pypdfium2.PdfPage) -> str:
    """The text of a page within its trim: what a print shop reads outside is painted last."""
    text, foot = page.get_textpage(), page.get_trimbox()[1]
    count = text.count_chars()
    while count and text.get_charbox(count - 1)[3] < foot:
        count -= 1
    return text.get_text_range(0, count).rstrip()


# --- all of them ----------------------------------------------------------------------------------


def test_every_edition_in_every_language_is_written(built: Built) -> None:
    assert built.outcome.code is ExitCode.OK
    assert len(built.outcome.written) == len(LANGUAGES) * len(Medium)
    assert all(path.is_file() for path in built.outcome.written)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_editions_are_the_same_pages(built: Built, language: str) -> None:
    """The same text at the same places; a print page is larger by its bleed and marks, from the
    same origin.
    """

    def told(medium: Medium) -> list[tuple[str, list[tuple[float, ...]]]]:
        pages = []
        for one in pypdfium2.PdfDocument(built.pdf(language, medium)):
            text, whole = one.get_textpage(), trimmed(one)
            boxes = [
                tuple(round(side, 1) for side in text.get_charbox(index))
                for index in range(0, len(whole), 50)
            ]
            pages.append((whole, boxes))
        return pages

    screen = told(Medium.SCREEN)
    assert len(screen) == 13
    assert told(Medium.PRINT) == screen
    assert told(Medium.ARCHIVE) == screen


@pytest.mark.parametrize("medium", Medium)
@pytest.mark.parametrize(("language", "cover"), [("en", "Cover"), ("es", "Portada")])
def test_pages_are_labelled_as_they_are_numbered(
    built: Built, medium: Medium, language: str, cover: str
) -> None:
    with pikepdf.open(built.pdf(language, medium)) as pdf:
        labels = [one.label for one in pdf.pages]
    assert labels[0] == cover
    assert labels[1:12] == [str(number) for number in range(2, 13)]
    assert labels[12] == {"en": "Back cover", "es": "Contraportada"}[language]


@pytest.mark.parametrize("medium", Medium)
def test_a_file_says_what_it_is(built: Built, medium: Medium) -> None:
    with pikepdf.open(built.pdf("es", medium)) as pdf, pdf.open_metadata() as xmp:
        assert xmp["dc:title"] == "Ficha de evaluación del Perú"
        assert len(xmp["dc:creator"]) == 8
        assert xmp["dc:identifier"] == built.pdf("es", medium).stem
        assert xmp["xmp:CreateDate"] == "2026-11-24T00:00:00Z"
        assert str(pdf.Root.Lang) == "es"
        assert str(pdf.docinfo["/CreationDate"]) == "D:20261124000000Z"


@pytest.mark.parametrize("medium", Medium)
def test_every_field_s_place_is_a_destination(built: Built, medium: Medium) -> None:
    name = built.pdf("en", medium).name
    record = json.loads((built.copy.root / "output/manifest.json").read_text(encoding="utf-8"))[
        "files"
    ][name]
    with pikepdf.open(built.pdf("en", medium)) as pdf:
        places = {str(key) for key in pikepdf.NameTree(pdf.Root.Names.Dests)}
    assert {spot["id"] for spot in record["places"]} <= places


def test_every_text_of_a_card_has_its_place(built: Built) -> None:
    """But for words that stand in alternative texts, in running heads, on other things than a card,
    or for no eye at all.
    """
    unseen = re.compile(
        r"wording/(language|scoreboard|regional\.|pictures\.|booklet\.|web\.|changes\.|ordinals\.|countries\.\w+\.(of|the)|dimensions\.\w+\.name|edition\.programme"
        r"|labels\.(more_authors|review|not_published|not_applicable(_key)?|figure|table|data|gauge|gauge_absent|note|note_back|link|addresses|cover|back|contact|online))"
    )
    content = read_workspace(built.copy.workspace).content
    assert content
    records = json.loads((built.copy.root / "output/manifest.json").read_text(encoding="utf-8"))[
        "files"
    ]
    # A quote and the ranking of a dimension are printed where a page has room
    unseen = re.compile(rf"{unseen.pattern}|peru/dimensions\.\w+\.quote|wording/fillers\.countries")
    for language in LANGUAGES:
        placed = {spot["field"] for spot in records[f"peru-report-card-{language}.pdf"]["places"]}
        fields = {
            prose.field
            for sourced in (content.cards["peru"][language], content.wordings[language])
            for prose in sourced.prose.values()
        }
        assert {field for field in fields - placed if not unseen.match(field)} == set()


# --- print ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_print_is_in_inks_throughout(built: Built, language: str) -> None:
    with pikepdf.open(built.pdf(language, Medium.PRINT)) as pdf:
        assert {paint.space for paint in paints(pdf)} == {"DeviceCMYK"}
        used = {paint.values for paint in paints(pdf)}
        assert not [
            thing
            for thing in pdf.objects
            if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == "/Image"
        ]
        groups = [
            thing.Group.CS
            for thing in pdf.objects
            if isinstance(thing, pikepdf.Stream) and "/Group" in thing
        ]
        assert set(map(str, groups)) == {"/DeviceCMYK"}
    styles = read_workspace(built.copy.workspace).styles
    assert styles
    tokens = {tuple(ink / 100 for ink in token.print) for token in styles.tokens.values()}
    assert used <= tokens | {(0.0, 0.0, 0.0, 1.0)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_spot_of_a_page_has_more_than_300_percent_ink(built: Built, language: str) -> None:
    measured = coverage(built.pdf(language, Medium.PRINT).read_bytes())
    assert len(measured) == 13
    assert max(measured) <= 301
    assert measured[0] > 250  # the cover's forest: what was measured is ink indeed


def test_text_in_ink_overprints_and_nothing_else_does(built: Built) -> None:
    with pikepdf.open(built.pdf("en", Medium.PRINT)) as pdf:
        found = paints(pdf)
    black = (0.0, 0.0, 0.0, 1.0)
    assert {
        paint.overprints for paint in found if paint.kind == "text" and paint.values == black
    } == {True}
    assert {
        paint.overprints for paint in found if paint.kind != "text" or paint.values != black
    } == {False}


def test_print_has_bleed_marks_and_no_links(built: Built) -> None:
    with pikepdf.open(built.pdf("en", Medium.PRINT)) as pdf:
        assert pdf.pdf_version == "1.6"
        kids = [
            kid
            for one in pdf.objects
            if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/StructElem"
            for kid in one.K
        ]
        assert len(kids) > 1000  # a comparison knows the text by them
        assert not [
            kid
            for kid in kids
            if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/OBJR"
        ]
        for one in pdf.pages:
            trim, bleed, media = (
                [float(side) for side in box]
                for box in (one.trimbox, one.obj.BleedBox, one.mediabox)
            )
            assert [round(side, 2) for side in trim] == [0, 0, 595.28, 841.89]
            assert [round(abs(a - b) / MM, 3) for a, b in zip(bleed, trim, strict=True)] == [
                3,
                3,
                3,
                3,
            ]
            assert [round(abs(a - b) / MM, 3) for a, b in zip(media, trim, strict=True)] == [
                10,
                10,
                10,
                10,
            ]
            assert "/Annots" not in one.obj
            assert one.obj.Contents.read_bytes().count(b" l S") == 8


@pytest.mark.skipif(
    shutil.which("gs") is None, reason="Ghostscript draws the separations; the set-up installs it"
)
@pytest.mark.parametrize("number", [1, 13])
def test_full_pages_reach_3_mm_past_the_trim_on_all_sides(
    built: Built, number: int, tmp_path: Path
) -> None:
    dpi = 72
    subprocess.run(
        [
            "gs",
            "-q",
            "-dSAFER",
            "-dBATCH",
            "-dNOPAUSE",
            "-sDEVICE=tiff32nc",
            f"-r{dpi}",
            f"-dFirstPage={number}",
            f"-dLastPage={number}",
            f"-sOutputFile={tmp_path}/page.tif",
            str(built.pdf("en", Medium.PRINT)),
        ],
        check=True,
    )
    inks = np.asarray(Image.open(tmp_path / "page.tif")).sum(axis=-1)
    outer, inner = round(7.4 * dpi / 25.4), round(9.6 * dpi / 25.4)
    strips = {
        "top": inks[outer:inner, 30:-30],
        "bottom": inks[-inner:-outer, 30:-30],
        "left": inks[30:-30, outer:inner],
        "right": inks[30:-30, -inner:-outer],
    }
    assert {side: bool((strip > 0).all()) for side, strip in strips.items()} == dict.fromkeys(
        strips, True
    )
    beyond = inks[: round(6.4 * dpi / 25.4), 60:-60]
    assert beyond.max() == 0, "nothing is drawn past the bleed"


@pytest.mark.slow
def test_the_profile_is_the_one_that_the_workspace_names(brief: Copy) -> None:
    data = press_profile(brief.workspace, None).data
    (brief.root / "styles/shop.icc").write_bytes(data)
    brief.edit(
        "content/edition.yaml",
        "  profile:\n  condition: Custom",
        "  profile: styles/shop.icc\n  condition: FOGRA39",
    )
    outcome = build(
        brief.workspace, Order(brief.root / "output", languages=("en",), media=(Medium.PRINT,))
    )
    assert outcome.code is ExitCode.OK, outcome.problems
    with pikepdf.open(outcome.written[0]) as pdf:
        (intent,) = pdf.Root.OutputIntents
        assert str(intent.S) == "/GTS_PDFX"
        assert str(intent.OutputConditionIdentifier) == "FOGRA39"
        assert intent.DestOutputProfile.read_bytes() == data


@pytest.mark.long
@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("styles/none.icc", None),
        ("styles/text.icc", b"not a profile" * 40),
        ("../out.icc", b""),
        ("styles/loop.icc", None),
    ],
)
def test_a_profile_that_is_none_is_told_at_its_place(
    copy: Copy, name: str, data: bytes | None
) -> None:
    if data is not None:
        (copy.root / name).write_bytes(data)
    if "loop" in name:
        (copy.root / name).symlink_to(copy.root / name)
    place = copy.edit("content/edition.yaml", "  profile:\n", f"  profile: {name}\n")
    outcome = build(copy.workspace, Order(copy.root / "output", media=(Medium.PRINT,)))
    (problem,) = outcome.problems
    assert problem.code == "EDITION-PROFILE"
    assert (problem.place.file, problem.place.line) == ("content/edition.yaml", place[0])
    assert outcome.written == ()


def test_a_profile_of_a_screen_prints_nothing(copy: Copy) -> None:
    (copy.root / "styles/screen.icc").write_bytes(screen_profile())
    with pytest.raises(ProfileError, match="CMYK"):
        press_profile(copy.workspace, "styles/screen.icc")


@pytest.mark.slow
def test_addresses_are_listed_if_the_edition_asks(copy: Copy) -> None:
    copy.edit(
        "content/edition.yaml", "  scoreboard:\n", "  scoreboard: https://example.org/scoreboard\n"
    )
    copy.edit("content/edition.yaml", "  addresses: none", "  addresses: list")
    outcome = build(
        copy.workspace, Order(copy.root / "output", media=(Medium.SCREEN, Medium.PRINT))
    )
    assert outcome.code is ExitCode.OK, outcome.problems
    for language, heading in (
        ("en", "Addresses of the links"),
        ("es", "Direcciones de los enlaces"),
    ):
        screen = pypdfium2.PdfDocument(copy.root / f"output/peru-report-card-{language}.pdf")
        paper = pypdfium2.PdfDocument(copy.root / f"output/peru-report-card-{language}-print.pdf")
        assert (len(screen), len(paper)) == (13, 14)
        told = paper[12].get_textpage().get_text_range()
        assert heading in told
        assert told.count("https://example.org/scoreboard") == 2
        for number in range(12):
            assert trimmed(paper[number]) == trimmed(screen[number])


@pytest.mark.slow
def test_a_booklet_s_pages_are_counted(copy: Copy) -> None:
    copy.edit("content/edition.yaml", "  booklet: false", "  booklet: true")
    outcome = build(
        copy.workspace, Order(copy.root / "output", languages=("en",), media=(Medium.PRINT,))
    )
    told = [one for one in outcome.problems if one.code.startswith("PRINT-")]
    assert [(problem.code, str(problem.advice)) for problem in told] == [
        ("PRINT-PAGES", "Add 3 more for a stapled booklet.")
    ]
    assert outcome.code is ExitCode.OK


def test_pictures_and_foreign_colours_are_printed_in_inks_too(brief: Copy, press: Press) -> None:
    Image.new("RGB", (900, 300), (255, 30, 0)).save(brief.root / "figures/map.png")
    (brief.root / "figures/chart.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 2" width="60mm"'
        ' height="12mm"><rect width="10" height="2" fill="#123456"/></svg>',
        encoding="utf-8",
    )
    for language in LANGUAGES:
        brief.edit(
            f"content/peru/{language}.yaml",
            FINDINGS,
            f"{FINDINGS}      ![Map](figures/map.png)\n\n      ![Chart](figures/chart.svg)\n\n",
        )
    (brief.root / "styles/gold/9-test.css").write_text(
        "figure.picture img { width: 60mm }", encoding="utf-8"
    )
    outcome = build(
        brief.workspace, Order(brief.root / "output", languages=("en",), media=(Medium.PRINT,))
    )
    assert outcome.code is ExitCode.OK, outcome.problems
    assert [str(one.message) for one in outcome.problems if one.code == "PRINT-FOREIGN"] == [
        "these colors have no token: #123456."
    ]
    with pikepdf.open(outcome.written[0]) as pdf:
        pictures = [paint for paint in paints(pdf) if paint.kind == "image"]
        assert {(paint.space, paint.ppi) for paint in pictures} == {("DeviceCMYK", 381.0)}


#: Kinds of pictures that people have: mode, file ending, what the file's name says.
PICTURES = [
    ("RGB", "png"),
    ("RGBA", "png"),
    ("LA", "png"),
    ("L", "png"),
    ("1", "png"),
    ("P", "png"),
    ("RGB", "jpg"),
    ("L", "jpg"),
]


@pytest.mark.slow
def test_every_kind_of_picture_goes_into_every_edition(brief: Copy) -> None:
    """All on the pages of one card, each of a width of its own."""
    widths = {}
    for number, (mode, ending) in enumerate(PICTURES):
        name = f"figures/{mode}.{ending}"
        widths[900 + number] = name
        picture = Image.linear_gradient("L").resize((900 + number, 300)).convert(mode)
        picture.save(brief.root / name)
    for language in LANGUAGES:
        lines = "".join(f"      ![Map]({name})\n\n" for name in widths.values())
        brief.edit(f"content/peru/{language}.yaml", FINDINGS, f"{FINDINGS}{lines}")
    (brief.root / "styles/gold/9-test.css").write_text(
        "figure.picture img { width: 30mm }", encoding="utf-8"
    )
    outcome = build(
        brief.workspace, Order(brief.root / "output", languages=("en",), media=tuple(Medium))
    )
    assert outcome.code is ExitCode.OK, [str(problem) for problem in outcome.problems]
    for path, medium in zip(outcome.written, Medium, strict=True):
        with pikepdf.open(path) as pdf:
            drawn = {
                int(thing.Width)
                for page in pdf.pages
                for thing in page.resources.XObject.values()
                if Name.Width in thing
            } & set(widths)
            assert drawn == set(widths), [widths[one] for one in set(widths) - drawn]
            if medium is Medium.PRINT:
                spaces = {paint.space for paint in paints(pdf) if paint.kind == "image"}
                assert spaces == {"DeviceCMYK"}


@pytest.mark.slow
def test_a_picture_that_cannot_be_set_is_refused_with_what_to_do(
    copy: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each by itself is enough: both are told. A check finds those that the content names."""
    monkeypatch.setattr("reportcard.checks.figures.picture_fault", lambda _: "")
    Image.new("CMYK", (900, 300), (200, 10, 10, 0)).save(copy.root / "figures/inks.jpg")
    Image.fromarray(np.arange(270_000).reshape(300, 900).astype(np.uint16)).save(
        copy.root / "figures/deep.png"
    )
    for language in LANGUAGES:
        copy.edit(
            f"content/peru/{language}.yaml",
            "context: |\n",
            "context: |\n  ![Map](figures/inks.jpg)\n\n  ![Map](figures/deep.png)\n\n",
        )
    outcome = build(
        copy.workspace, Order(copy.root / "output", languages=("en",), media=tuple(Medium))
    )
    assert outcome.code is ExitCode.LAYOUT
    found = [one for one in outcome.problems if one.code == "PAGE-PICTURE"]
    assert {(one.place.file, one.place.page) for one in found} == {("content/peru/en.yaml", 8)}
    assert sorted(str(one.message) for one in found) == [
        "figures/deep.png has more than 8 bits per channel.",
        "figures/inks.jpg is in CMYK.",
    ]


def test_a_picture_s_ink_is_limited(press: Press) -> None:
    separator = Separator(press.styles, press.profile)
    dark = (
        np.asarray(separator.picture(Image.new("RGB", (4, 4), (6, 2, 30)))).astype(int).sum(axis=-1)
    )
    assert dark.max() <= 765
    rich = Image.new("CMYK", (4, 4), (255, 255, 255, 200))
    limited = np.asarray(separator.picture(rich)).astype(int)
    assert limited.sum(axis=-1).max() <= 765
    assert limited[0, 0, 3] == 200, "black stays"
    grey = np.asarray(separator.picture(Image.new("L", (4, 4), 100)))
    assert grey[0, 0].tolist() == [0, 0, 0, 155]


@pytest.mark.long
def test_two_tokens_of_one_screen_colour_cannot_differ_in_print(copy: Copy) -> None:
    line, _ = copy.edit(
        "styles/gold/tokens.yaml",
        'gold: {screen: "#a87214"',
        'twin: {screen: "#a87214", print: [0, 0, 0, 50]}\ngold: {screen: "#a87214"',
    )
    (problem,) = build(copy.workspace, Order(copy.root / "output")).problems
    assert (problem.code, problem.place.line) == ("STYLE-TOKEN", line + 1)


# --- archive --------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_independent_validators_pass_the_archive(built: Built, language: str) -> None:
    file = built.pdf(language, Medium.ARCHIVE)
    for profile in ("3a", "ua1"):
        report = page.validate_pdf(file, profile=profile)
        assert [f"{failure.rule_id} {failure.message}" for failure in report.failures] == []
        assert report.is_compliant
    # This one knows level b alone, and no extension schemas: ours describes pdfuaid.
    unknown = ("6.6.2.3.1-1", "6.6.4-3", "[unsupported]")
    with pikepdf.open(file) as pdf:
        told = [str(finding) for finding in pikepdf.pdfa.check(pdf, flavour="3b").findings]
    assert [finding for finding in told if not any(word in finding for word in unknown)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_archive_holds_what_it_was_made_from(built: Built, language: str) -> None:
    with pikepdf.open(built.pdf(language, Medium.ARCHIVE)) as pdf:
        held = {spec.description: spec.get_file().read_bytes() for spec in pdf.attachments.values()}
        relations = {str(spec.obj.AFRelationship) for spec in pdf.attachments.values()}
    tools = json.loads(held.pop("tools.json"))
    assert relations == {"/Source", "/Supplement"}
    assert {
        f"content/peru/{language}.yaml",
        "content/edition.yaml",
        "content/colombia/scores.yaml",
        "styles/gold/tokens.yaml",
        "figures/cover.svg",
    } <= set(held)
    assert not [path for path in held if "wording" in path and language not in path]
    for path, data in held.items():
        assert data == (built.copy.root / path).read_bytes()
    assert tools["tools"]["weasyprint"] == "70.0"
    assert set(held) <= set(tools["inputs"])


def test_no_stream_of_an_archive_ends_in_a_carriage_return(
    built: Built, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Contents are tried until one is compressed to bytes that end so: without the mend a validator
    miscounts it.
    """
    profile = read_profile(screen_profile(), "sRGB2014.icc")
    master = built.pdf("en").read_bytes()
    letters = random.Random(1)
    tries = (bytes(letters.choices(range(32, 127), k=200)) for _ in range(20_000))
    planted = next(data for data in tries if zlib.compress(data, 9)[-1] == 13)
    made = archived(master, PARTICULARS, profile, (Attachment("content/a.yaml", planted),))
    with monkeypatch.context() as patch:
        patch.setattr(editions, "_with_clear_ends", lambda data: data)
        unmended = archived(master, PARTICULARS, profile, (Attachment("content/a.yaml", planted),))
    assert "STREAM-LENGTH" in str(
        [failure.rule_id for failure in page.validate_pdf_bytes(unmended, profile="3a").failures]
    )
    assert b"\r\nendstream" not in made
    report = page.validate_pdf_bytes(made, profile="3a")
    assert [failure.rule_id for failure in report.failures] == []
    with pikepdf.open(io.BytesIO(made)) as pdf:
        assert pdf.attachments["content-a.yaml"].get_file().read_bytes() == planted


# --- in the making --------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_gradient_runs_from_inks_to_inks(brief: Copy) -> None:
    css = brief.root / "styles/gold/9-test.css"
    css.write_text(
        ".panel { background: linear-gradient(var(--paper), var(--gold-tint)) }", encoding="utf-8"
    )
    outcome = build(
        brief.workspace, Order(brief.root / "output", languages=("en",), media=(Medium.PRINT,))
    )
    assert [str(problem) for problem in outcome.problems if not is_note(problem)] == []
    with pikepdf.open(outcome.written[0]) as pdf:
        (shading,) = [paint for paint in paints(pdf) if paint.kind == "shading"]
        assert shading.space == "DeviceCMYK"
        (drawn,) = [
            thing
            for thing in pdf.objects
            if isinstance(thing, pikepdf.Dictionary) and "/ShadingType" in thing
        ]
        (function,) = drawn.Function.Functions
        ends = [[float(ink) for ink in function[key]] for key in ("/C0", "/C1")]
    assert ends == [[0, 0.02, 0.06, 0.01], [0.02, 0.08, 0.24, 0]]


def test_a_profile_that_is_cut_off_is_refused(copy: Copy) -> None:
    whole = press_profile(copy.workspace, None).data
    for data in (whole[:1000], whole + bytes(100), whole[:200] + bytes(len(whole) - 200)):
        (copy.root / "styles/a.icc").write_bytes(data)
        with pytest.raises(ProfileError):
            press_profile(copy.workspace, "styles/a.icc")


@pytest.mark.slow
def test_a_file_that_fails_preflight_is_not_published(brief: Copy) -> None:
    """A colour of another space cannot be told in inks: the screen edition has it, print is
    refused.
    """
    css = brief.root / "styles/gold/9-test.css"
    css.write_text(".head { border-bottom-color: oklch(70% 0.2 40) }", encoding="utf-8")
    good = build(brief.workspace, Order(brief.root / "output", languages=("en",)))
    assert good.code is ExitCode.OK
    before = (brief.root / "output/peru-report-card-en.pdf").read_bytes()
    outcome = build(
        brief.workspace,
        Order(brief.root / "output", languages=("en",), media=(Medium.SCREEN, Medium.PRINT)),
    )
    assert outcome.code is ExitCode.PREFLIGHT
    assert {problem.code for problem in outcome.problems} >= {"PRINT-COLOUR"}
    assert any(problem.place.page == 2 for problem in outcome.problems)
    assert outcome.written == ()
    assert not (brief.root / "output/peru-report-card-en-print.pdf").exists()
    assert (brief.root / "output/peru-report-card-en.pdf").read_bytes() == before


def test_the_structure_s_text_reads_from_first_to_last(built: Built) -> None:
    """What a screen reader meets, in order: headings before their text, each note's text once, no
    hyphen of a broken word.
    """
    for language, first, last in (
        ("en", "Overall Assessment", "Recommendations"),
        ("es", "Evaluación general", "Recomendaciones"),
    ):
        told = subprocess.run(
            ["pdfinfo", "-struct-text", str(built.pdf(language))],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        text = "".join(re.findall(r'^\s*"(.*)"$', told, re.MULTILINE))
        assert text.index(first) < text.index(last)
        assert not re.search("[\u2010\u00ad\ufb00-\ufb06]", text)
        plain = "".join(
            one.get_textpage().get_text_range()
            for one in pypdfium2.PdfDocument(built.pdf(language))
        )
        assert not re.search("[\u2010\u00ad\ufb00-\ufb06\ufffe]", plain)


def test_print_of_a_file_is_made_from_its_layout_alone(built: Built, press: Press) -> None:
    """The mends that print needs are needless once the engine writes inks itself: then this fails,
    and they can go.
    """
    master = built.pdf("en").read_bytes()
    with pikepdf.open(io.BytesIO(master)) as pdf:
        assert {paint.space for paint in paints(pdf)} == {"DeviceRGB"}
        assert any("/Annots" in one.obj for one in pdf.pages)
    made, foreign = printed(master, PARTICULARS, press)
    assert foreign == ()
    with pikepdf.open(io.BytesIO(made)) as pdf:
        assert len(pdf.pages) == 13
