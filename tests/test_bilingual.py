"""One file with all languages of a card: the cards' own pages between one pair of covers."""

import json
from collections.abc import Callable

import page
import pikepdf
import pypdfium2
import pytest

from reportcard.build.pipeline import build
from reportcard.build.request import Order, Outcome
from reportcard.errors import ExitCode

from .conftest import Built, Copy, copy_workspace, is_note
from .test_tagging import structure

pytestmark = pytest.mark.slow

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Copy, Outcome]:
    copy = copy_workspace(tmp_path_factory.mktemp("both") / "workspace")
    outcome = build(copy.workspace, Order(copy.root / "output", bilingual=True))
    assert [str(problem) for problem in outcome.problems if not is_note(problem)] == []
    return copy, outcome


def test_it_is_one_more_file(both: tuple[Copy, Outcome]) -> None:
    copy, outcome = both
    assert outcome.code is ExitCode.OK
    assert [path.name for path in outcome.written] == [
        "peru-report-card-en.pdf",
        "peru-report-card-es.pdf",
        "peru-report-card-en-es.pdf",
    ]
    record = json.loads((copy.root / "output/manifest.json").read_text(encoding="utf-8"))["files"][
        "peru-report-card-en-es.pdf"
    ]
    assert (record["edition"], record["language"], record["pages"]) == ("bilingual", "en+es", 24)
    assert {"content/peru/en.yaml", "content/peru/es.yaml", "content/wording/es.yaml"} <= set(
        record["inputs"]
    )
    pages = [
        spot["boxes"][0][0]
        for spot in record["places"]
        if spot["id"].startswith("peru.es.context.")
    ]
    assert min(pages) == 19


def test_its_pages_are_those_of_the_cards(both: tuple[Copy, Outcome], built: Built) -> None:
    whole = pypdfium2.PdfDocument(both[0].root / "output/peru-report-card-en-es.pdf")
    texts = [one.get_textpage().get_text_range() for one in whole]
    singles = [
        [one.get_textpage().get_text_range() for one in pypdfium2.PdfDocument(built.pdf(language))]
        for language in ("en", "es")
    ]
    assert texts[1:12] == singles[0][1:12]
    assert texts[12:23] == singles[1][1:12]
    assert "Peru Report Card" in " ".join(texts[0].split())
    assert "Ficha de evaluación del Perú" in " ".join(texts[0].split())
    assert "How to cite" in texts[23]
    assert "Cómo citar" in texts[23]


def test_it_has_a_branch_and_a_language_for_each(both: tuple[Copy, Outcome]) -> None:
    file = both[0].root / "output/peru-report-card-en-es.pdf"
    with pikepdf.open(file) as pdf:
        with pdf.open_outline() as outline:
            told = {item.title: [child.title for child in item.children] for item in outline.root}
        assert told["English"][0] == "Overall Assessment"
        assert told["Español"][-1] == "Recomendaciones"
        assert len(told["English"]) == len(told["Español"]) == 7
        labels = [one.label for one in pdf.pages]
        assert (labels[0], labels[1], labels[11], labels[12], labels[22], labels[23]) == (
            "Cover",
            "en 2",
            "en 12",
            "es 2",
            "es 12",
            "Back cover",
        )
        assert str(pdf.Root.Lang) == "en"
        languages = [
            (pdf.pages.index(pikepdf.Page(element.Pg)), str(element.Lang))
            for element in structure(pdf)
            if "/Lang" in element and element.P.S == "/Document"
        ]
        assert {language for number, language in languages if 1 <= number < 12} == {"en"}
        assert {language for number, language in languages if 12 <= number < 23} == {"es"}
    report = page.validate_pdf(file, profile="ua1")
    assert [f"{failure.rule_id} {failure.message}" for failure in report.failures] == []


def test_notes_of_both_languages_keep_their_own_places(both: tuple[Copy, Outcome]) -> None:
    with pikepdf.open(both[0].root / "output/peru-report-card-en-es.pdf") as pdf:
        names = [str(name) for name in pikepdf.NameTree(pdf.Root.Names.Dests)]
        assert sum(".notes." in name for name in names) >= 34
        assert len(names) == len(set(names))
        wanted = {
            str(note.Dest)
            for one in pdf.pages
            for note in one.get("/Annots", [])
            if "/Dest" in note
        }
        assert wanted <= set(names)


def test_one_language_alone_makes_no_bilingual_file(copy: Copy) -> None:
    outcome = build(copy.workspace, Order(copy.root / "output", languages=("en",), bilingual=True))
    assert [path.name for path in outcome.written] == ["peru-report-card-en.pdf"]


def test_it_can_be_verified(both: tuple[Copy, Outcome], run: Run) -> None:
    file = both[0].root / "output/peru-report-card-en-es.pdf"
    assert run("verify", str(file)) == (0, f"{file}: matches the content\n", "")
