"""The pages as laid out and the PDFs as written: the real card in both languages."""

import re
from contextlib import nullcontext
from dataclasses import replace
from functools import cache
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from reportcard.build.card import lay_out
from reportcard.build.cards import card_named
from reportcard.build.inventory import read_workspace
from reportcard.build.pipeline import build
from reportcard.build.request import Order
from reportcard.errors import ExitCode
from reportcard.page.compose.card import compose
from reportcard.page.compose.composed import Section
from reportcard.page.gauges import Gallery
from reportcard.page.proof.proof import proof
from reportcard.page.typeset.layout import LaidOut, Typesetter
from reportcard.review.compare.comparison import compared
from reportcard.review.compare.regard import Regard
from reportcard.scores.values import values_of
from reportcard.workspace.store import Store
from reportcard.workspace.workspace import Workspace

from .conftest import LANGUAGES, ROOT, Built, Copy, UnreadLog, drawings, is_note

pytestmark = pytest.mark.slow


def page_texts(path: Path) -> list[str]:
    document = pypdfium2.PdfDocument(path)
    return [page.get_textpage().get_text_bounded() for page in document]


def test_the_files_are_written_and_nothing_is_left_beside_them(built: Built) -> None:
    assert built.outcome.code is ExitCode.OK
    files = {path.name for path in (built.copy.root / "output").iterdir() if path.name[0] != "."}
    assert files == {"manifest.json", *(path.name for path in built.outcome.written)}
    assert not (built.copy.root / "output/.staging").exists()


def test_the_languages_have_about_as_many_pages(built: Built) -> None:
    counts = [len(pypdfium2.PdfDocument(built.pdf(language))) for language in LANGUAGES]
    assert abs(counts[0] - counts[1]) <= 1
    assert 12 <= min(counts) <= max(counts) <= 16


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_font_is_declared_embedded_and_truetype(built: Built, language: str) -> None:
    with pikepdf.open(built.pdf(language)) as pdf:
        fonts = [
            obj
            for obj in pdf.objects
            if isinstance(obj, pikepdf.Dictionary)
            and obj.get("/Type") == "/Font"
            and "/DescendantFonts" in obj
        ]
        assert fonts
        for font in fonts:
            assert re.match(r"/[A-Z]{6}\+Source-Sans-Pro", str(font.BaseFont))
            (descendant,) = font.DescendantFonts  # type: ignore[misc]
            assert str(descendant.Subtype) == "/CIDFontType2"
            assert "/FontFile2" in descendant.FontDescriptor


@pytest.mark.parametrize(
    ("language", "title"), [("en", "Peru Report Card"), ("es", "Ficha de evaluación del Perú")]
)
def test_the_document_names_itself(built: Built, language: str, title: str) -> None:
    with pikepdf.open(built.pdf(language)) as pdf:
        assert str(pdf.docinfo["/Title"]) == title
        assert str(pdf.docinfo["/Author"]).startswith("Júlia Péret, T. Társia, ")
        assert str(pdf.Root.Lang) == language
        assert pdf.Root.MarkInfo.Marked
        with pdf.open_outline() as outline:
            assert len(outline.root) == 8
            assert len(outline.root[-1].children) == 10


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_link_leads_somewhere(built: Built, language: str) -> None:
    with pikepdf.open(built.pdf(language)) as pdf:
        names = [str(name) for name in pikepdf.NameTree(pdf.Root.Names.Dests)]
        for page in pdf.pages:
            for annotation in page.get("/Annots", []):
                if "/Dest" in annotation:
                    assert str(annotation.Dest) in names
                else:
                    assert str(annotation.A.URI).startswith("https://")
                left, bottom, right, top = (float(number) for number in annotation.Rect)
                assert right - left > 1
                assert abs(top - bottom) > 3


@cache
def laid(language: str) -> tuple[LaidOut, list[str]]:
    """The pages of the real card, and what is wrong with them."""
    read = read_workspace(Workspace(ROOT))
    assert read.content
    assert read.styles
    card = compose(
        read.workspace,
        read.content,
        values_of(read.content, "peru", language),
        language,
        read.styles,
    )
    drawn = dict(
        zip(
            card.gauges,
            Gallery(Store(drawings())).draw(card.gauges.values()),
            strict=True,
        )
    )
    pages = Typesetter(read.workspace, read.styles).lay_out(card, drawn)
    return pages, [str(problem) for problem in proof(card, pages)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_note_stands_on_the_page_of_its_call_in_order(language: str) -> None:
    pages, problems = laid(language)
    # Pages that are not half full are mended after this
    later = ("PAGE-HOLE", "PAGE-TAIL", "PAGE-GAP")
    assert [one for one in problems if not any(code in one for code in later)] == []
    notes = [
        (boxes[0].page, boxes[0].y)
        for name, boxes in pages.boxes.items()
        if f"peru.{language}.notes." in name
    ]
    assert len(notes) == 17
    for boxes in pages.boxes.values():
        for box in boxes:
            assert 1 <= box.page <= pages.pages
            assert -3.1 <= box.x <= 213.1
            assert box.x + box.width <= 213.1


def test_a_note_away_from_its_call_is_found() -> None:
    """With footnotes sent to the next page, the proof must say so."""
    read = read_workspace(Workspace(ROOT))
    assert read.content
    assert read.styles
    card = compose(
        read.workspace, read.content, values_of(read.content, "peru", "en"), "en", read.styles
    )
    pages, _ = laid("en")
    called = card.calls[2]
    moved = {
        **pages.boxes,
        called.note_id: tuple(
            type(box)(box.page + 1, box.x, box.y, box.width, box.height)
            for box in pages.boxes[called.note_id]
        ),
    }
    problem, *_ = proof(card, replace(pages, boxes=moved))
    assert problem.code == "PAGE-NOTE"
    assert str(problem.message) == "note 3 is on page 5, but its reference is on page 4."
    assert problem.place == replace(card.origins[called.call_id].place, page=4)


@pytest.mark.parametrize(("language", "draft"), [("en", "Draft"), ("es", "Borrador")])
def test_every_page_says_draft_and_its_number(built: Built, language: str, draft: str) -> None:
    texts = page_texts(built.pdf(language))
    for number, text in enumerate(texts, start=1):
        assert draft in text
        if 1 < number < len(texts):
            assert re.search(rf"\b{number}\s*$", text), f"page {number} does not carry its number"


def test_a_warning_of_the_engine_withholds_the_card_and_names_the_file(copy: Copy) -> None:
    path = copy.root / "styles/gold/3-text.css"
    path.write_text(path.read_text(encoding="utf-8") + "p { colour: red; }\n", encoding="utf-8")
    outcome = build(copy.workspace, Order(copy.root / "output", languages=("en",)))
    assert outcome.code is ExitCode.LAYOUT
    assert outcome.withheld == ("peru",)
    found = {problem.code for problem in outcome.problems if not is_note(problem)}
    assert found == {"LAYOUT-WARNING"}
    told = {
        str(problem.place): str(problem.message)
        for problem in outcome.problems
        if not is_note(problem)
    }
    line = len(path.read_text(encoding="utf-8").splitlines())
    assert told == {
        f"styles/gold/3-text.css:{line}:5": (
            "weasyprint reports: Ignored `colour: red`, unknown property."
        ),
    }
    assert not list((copy.root / "output").glob("*.pdf"))


@pytest.mark.plants_a_warning
def test_the_guard_hears_a_warning_that_nobody_reads(no_warning_unread: UnreadLog) -> None:
    import logging

    logging.getLogger("weasyprint.css").warning("planted")
    assert no_warning_unread.records == ["weasyprint.css: planted"]


def test_nothing_is_loaded_from_elsewhere(copy: Copy) -> None:
    path = copy.root / "styles/gold/3-text.css"
    path.write_text(
        path.read_text(encoding="utf-8") + 'p { background: url("https://example.org/x.png"); }\n',
        encoding="utf-8",
    )
    outcome = build(copy.workspace, Order(copy.root / "output", languages=("en",)))
    assert outcome.code is ExitCode.CONTENT
    assert [problem.code for problem in outcome.problems] == ["ARTWORK-MISSING"]


def test_no_path_of_this_machine_is_in_the_file(built: Built) -> None:
    for language in LANGUAGES:
        with pikepdf.open(built.pdf(language)) as pdf:
            pdf.save(
                plain := built.copy.root / f"plain-{language}.pdf",
                stream_decode_level=pikepdf.StreamDecodeLevel.all,
                compress_streams=False,
            )
        data = plain.read_bytes()
        assert str(built.copy.root).encode() not in data
        assert b"report.invalid" not in data


def test_a_second_build_gives_the_same_bytes(built: Built, tmp_path: Path) -> None:
    build(built.copy.workspace, Order(tmp_path, languages=("en",)))
    assert (tmp_path / "peru-report-card-en.pdf").read_bytes() == built.pdf("en").read_bytes()


def test_sections_joined_are_what_one_layout_of_the_whole_is(copy: Copy) -> None:
    """The same words at the same places, links, bookmarks and tags; but for the heads of first
    pages, which one document has once.
    """
    read = read_workspace(copy.workspace)
    card = card_named("peru").compose(read, "es")
    drawn, _, _, _ = lay_out(read, card, Gallery(Store(drawings())))
    laid = read.typesetter.lay_out(card, drawn)
    folios = {name: first for name, (first, _) in laid.sections.items()}
    parts = [
        re.search(r"<body([^>]*)>(.*)</body>", section.with_folios(folios), re.DOTALL)
        for section in card.sections
    ]
    body = "".join(f'<div class="joined"{part[1]}>{part[2]}</div>' for part in parts if part)
    head = card.sections[0].html.partition("<body")[0]
    whole = replace(card, sections=(Section("whole", f"{head}<body>{body}</body></html>"),))
    rules = (
        ".joined { string-set: card attr(data-card), status attr(data-status), section"
        " attr(data-section), programme attr(data-programme) }"
        " .joined + .joined { break-before: page }"
    )
    at_once = read.typesetter.lay_out(whole, drawn, {"whole": rules})
    assert at_once.pages == laid.pages
    own = {
        id_: boxes
        for id_, boxes in laid.boxes.items()
        if id_ in card.origins or ".call." in id_ or ".notes." in id_
    }
    assert len(own) > 300
    assert {id_: at_once.boxes[id_] for id_ in own} == own
    comparison = compared(
        "card", ("joined", laid.pdf[0]), ("whole", at_once.pdf[0]), Regard()
    ).comparison
    told = {
        (str(change.kind), *(fact.name for fact in change.facts)) for change in comparison.changes
    }
    assert told <= {("wording", "running head")}


@pytest.mark.parametrize(
    "rule",
    [
        "",
        "body { font-size: 14pt }",
        "@page { @footnote { max-height: 20mm } }",
        ".note { margin-bottom: 2mm }",
    ],
)
def test_notes_measured_once_stand_where_the_engine_puts_them(
    copy: Copy, monkeypatch: pytest.MonkeyPatch, rule: str
) -> None:
    read = read_workspace(copy.workspace)
    card = card_named("peru").compose(read, "en")
    card = replace(
        card, sections=tuple(section for section in card.sections if section.name == "context")
    )
    read.typesetter.lay_out(card, {})  # its heights are no others' under another rule
    once, again = (read.typesetter.lay_out(card, {}, {"context": rule}) for _ in range(2))
    monkeypatch.setattr("reportcard.page.typeset.layout.measured_notes", lambda *_: nullcontext())
    engines = read.typesetter.lay_out(card, {}, {"context": rule})
    for measured in (once, again):
        assert [replace(line, block=0) for line in measured.lines] == [
            replace(line, block=0) for line in engines.lines
        ]
        assert measured.boxes == engines.boxes
    assert sum(".notes." in id_ for id_ in once.boxes) >= 12
