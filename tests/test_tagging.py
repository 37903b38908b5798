"""The PDF as a screen reader meets it: PDF/UA-1, and what the engine leaves undone mended."""

import io
import json
from collections.abc import Iterator
from contextlib import nullcontext
from itertools import pairwise
from pathlib import Path

import page
import pikepdf
import pytest

from reportcard.build.card import lay_out
from reportcard.build.cards import card_named
from reportcard.build.inventory import read_workspace
from reportcard.content.loading import load
from reportcard.page.gauges import Gallery
from reportcard.page.typeset import layout as typesetting
from reportcard.workspace.store import Store

from .conftest import LANGUAGES, Built

# What is mended as a file is written, and what is not: the file of an earlier test is no answer
pytestmark = pytest.mark.set_anew


def structure(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Dictionary]:
    """Every structure element, in reading order."""

    def walk(node: pikepdf.Object) -> Iterator[pikepdf.Dictionary]:
        if isinstance(node, pikepdf.Array):
            for child in node:
                yield from walk(child)
        elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
            yield node
            yield from walk(node.get("/K", pikepdf.Array()))

    yield from walk(pdf.Root.StructTreeRoot.K)


@pytest.fixture(params=LANGUAGES)
def pdf(built: Built, request: pytest.FixtureRequest) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(built.pdf(request.param)) as opened:
        yield opened


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_independent_validator_passes_it(built: Built, language: str) -> None:
    report = page.validate_pdf(built.pdf(language))
    assert str(report.profile) == "PDF/UA-1" or "UA" in str(report.profile)
    assert [f"{failure.rule_id} {failure.message}" for failure in report.failures] == []
    assert report.is_compliant


def test_the_validator_finds_a_planted_fault(built: Built, tmp_path: Path) -> None:
    with pikepdf.open(built.pdf("en")) as pdf:
        figure = next(element for element in structure(pdf) if element.S == "/Figure")
        del figure.Alt
        pdf.save(tmp_path / "broken.pdf")
    assert not page.validate_pdf(tmp_path / "broken.pdf").is_compliant


def test_notes_have_ids_of_their_own_and_calls_are_references(pdf: pikepdf.Pdf) -> None:
    elements = list(structure(pdf))
    notes = [str(element.ID) for element in elements if element.S == "/Note"]
    assert len(notes) == len(set(notes)) == 17
    references = [element for element in elements if element.S == "/Reference"]
    assert len(references) == 17
    for element in references:
        assert [str(child.S) for child in element.K if isinstance(child, pikepdf.Dictionary)] == [
            "/Link"
        ]


def test_a_note_s_links_lead_there_and_back(pdf: pikepdf.Pdf) -> None:
    places = {str(name) for name in pikepdf.NameTree(pdf.Root.Names.Dests)}
    for element in structure(pdf):
        if element.S == "/Note":
            links = [
                kid
                for child in element.K
                if isinstance(child, pikepdf.Dictionary) and child.get("/S") == "/Link"
                for kid in child.K
                if isinstance(kid, pikepdf.Dictionary)
            ]
            assert any(str(link.Obj.get("/Dest", "")).find(".call.") > 0 for link in links)
            assert str(element.ID) in places


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", {"Note 3", "Back to the reference to note 3"}),
        ("es", {"Nota 3", "Volver a la llamada de la nota 3"}),
    ],
)
def test_links_say_where_they_lead_in_the_language_of_the_text(
    built: Built, language: str, told: set[str]
) -> None:
    with pikepdf.open(built.pdf(language)) as pdf:
        described = {str(note.Contents) for one in pdf.pages for note in one.get("/Annots", [])}
    assert told <= described
    start = {"en": "Web page: https://", "es": "Página web: https://"}[language]
    assert sum(text.startswith(start) for text in described) == 9
    assert not [text for text in described if text.startswith("peru.")]


def test_a_passage_in_another_language_says_so(built: Built) -> None:
    with pikepdf.open(built.pdf("en")) as pdf:
        marked = [str(element.Lang) for element in structure(pdf) if "/Lang" in element]
    assert marked.count("es") >= 10
    with pikepdf.open(built.pdf("es")) as pdf:
        assert "en" in [str(element.Lang) for element in structure(pdf) if "/Lang" in element]


def test_running_heads_are_artifacts(pdf: pikepdf.Pdf) -> None:
    """No orphan stands beside the structure tree: every element that the parent tree names hangs on
    the document.
    """
    hanging = {element.objgen for element in structure(pdf)}
    numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
    for index in range(1, len(numbers), 2):
        elements = numbers[index] if isinstance(numbers[index], pikepdf.Array) else [numbers[index]]
        for element in elements:
            assert element.objgen in hanging


def test_every_gauge_is_one_figure_that_says_its_score(built: Built) -> None:
    with pikepdf.open(built.pdf("es")) as pdf:
        told = [str(element.Alt) for element in structure(pdf) if element.S == "/Figure"]
    assert len(told) == 19
    assert "Marcos legales: 3.9 de 5 (provisional)" in told


def test_a_figure_s_box_is_where_it_stands(built: Built) -> None:
    """In points from the page's foot: the gauge's place in the manifest, which is in mm from its
    head.
    """
    records = json.loads((built.copy.root / "output/manifest.json").read_text(encoding="utf-8"))[
        "files"
    ]
    spots = records["peru-report-card-en.pdf"]["places"]
    (number, left, top, width, _) = next(
        spot["boxes"][0] for spot in spots if spot["field"] == "peru/scores.total"
    )
    with pikepdf.open(built.pdf("en")) as pdf:
        figure = next(
            element
            for element in structure(pdf)
            if str(element.get("/Alt", "")).startswith("Total")
        )
        assert figure.Pg.objgen == pdf.pages[number - 1].obj.objgen
        x1, y1, x2, y2 = (float(side) for side in figure.A.BBox)
    point = 72 / 25.4
    assert left * point <= x1 < x2 <= (left + width) * point + 1
    assert y2 == pytest.approx(841.89 - top * point, abs=1)
    assert y2 - y1 == pytest.approx(51.4 * point, abs=1)


def test_the_scale_below_the_bars_is_passed_over(pdf: pikepdf.Pdf) -> None:
    """Six figures without a word say nothing; the table says the scores."""
    glance = pdf.pages[2]
    marks = [item.operands[0] for item in pikepdf.parse_content_stream(glance, "BMC BDC")]
    assert "/Artifact" in map(str, marks)
    table = next(element for element in structure(pdf) if element.S == "/Table")
    siblings = [str(element.S) for element in table.P.K if isinstance(element, pikepdf.Dictionary)]
    assert siblings == ["/Table"]


def test_each_mend_is_still_needed(built: Built, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without them the engine leaves what they mend; where this fails, a new version makes one
    needless.
    """
    read = read_workspace(built.copy.workspace)
    monkeypatch.setattr(typesetting, "mended_tags", lambda *_: nullcontext())
    monkeypatch.setattr(typesetting, "is_link", lambda _: True)
    gallery = Gallery(Store(built.copy.workspace.cache))
    _, _, laid, _ = lay_out(read, card_named("peru").compose(read, "en"), gallery)
    with pikepdf.open(io.BytesIO(laid.pdf[0])) as pdf:
        elements = list(structure(pdf))
        assert not {"/Note", "/Reference"} & {str(element.S) for element in elements}
        assert not any("/Lang" in element for element in elements)
        described = {
            str(note.get("/Contents", "")) for one in pdf.pages for note in one.get("/Annots", [])
        }
        assert any(text.startswith("peru.en.notes.") for text in described)
        assert sum(len(one.get("/Annots", [])) for one in pdf.pages) > 200, "links over links"
        figure = next(element for element in elements if element.S == "/Figure")
        assert float(figure.A.BBox[2]) > 300, "in px"
        assert "/PageLabels" not in pdf.Root
        assert "/CreationDate" not in pdf.trailer.Info
    failed = {
        failure.rule_id for failure in page.validate_pdf_bytes(laid.pdf[0], profile="ua1").failures
    }
    assert failed


def test_the_ranking_is_a_table_with_row_headers(pdf: pikepdf.Pdf) -> None:
    elements = list(structure(pdf))
    assert sum(element.S == "/Table" for element in elements) == 1
    assert sum(element.S == "/TH" for element in elements) == 5


def test_headings_do_not_skip_a_level(pdf: pikepdf.Pdf) -> None:
    levels = [
        int(str(element.S)[2:])
        for element in structure(pdf)
        if str(element.S) in ("/H1", "/H2", "/H3")
    ]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_labels_of_links_are_in_every_language(built: Built) -> None:
    content = load(built.copy.workspace).content
    assert content
    for wording in content.wordings.values():
        assert "{number}" in wording.model.labels.note
        assert "{address}" in wording.model.labels.link
