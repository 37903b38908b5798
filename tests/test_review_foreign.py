"""The card against its text set by other programs: without names or our tags, in another order,
with other fonts and pages.
"""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import html as markup
from playwright.sync_api import sync_playwright

from reportcard.build.inventory import read_workspace
from reportcard.build.pipeline import build
from reportcard.build.request import Order
from reportcard.page.compose.card import compose
from reportcard.review.changes import Comparison, Kind
from reportcard.review.compare.comparison import compared
from reportcard.review.compare.regard import Regard
from reportcard.scores.values import values_of

from .conftest import Built, Copy, copy_workspace

SAID = {Kind.WORDING, Kind.NUMBER, Kind.SCORE, Kind.MEANING, Kind.NOTE, Kind.MOVED}
CHROMIUM = (
    shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
)
OFFICE = shutil.which("soffice")
BLOCKS = {"p", "li", "h1", "h2", "h3", "td", "th", "caption", "figcaption", "div"}
STYLE = """<style>
@page { size: letter; margin: 25mm 30mm }
body { font: 11.5pt/1.6 serif; text-align: justify } h1, h2, h3 { font-family: sans-serif; \
text-transform: uppercase }
sup { font-size: 65% } .n { font-size: 8.5pt }
</style>"""


def independent(copy: Copy, edits: dict[str, str], language: str = "es") -> str:
    """The card's text as a plain page: every text of it once, notes at the end, nothing of our
    styles.
    """
    read = read_workspace(copy.workspace)
    assert read.content
    assert read.styles
    card = compose(
        read.workspace,
        read.content,
        values_of(read.content, "peru", language),
        language,
        read.styles,
    )
    body, notes = [], []
    for section in card.sections:
        page = markup.fromstring(section.html)
        for filler in page.find_class("filler"):
            filler.drop_tree()
        for unread in page.xpath(
            "//*[@aria-hidden='true'] | //img | //style | //head | //*[@class='kicker'] |"
            " //*[contains(@class, 'badge')]"
        ):
            unread.drop_tree()
        for note in page.xpath("//*[@data-tag='Note']"):
            number = note.find_class("number")[0].text_content()
            note.find_class("number")[0].drop_tree()
            for line in note.iter("br"):
                line.tail = " " + (line.tail or "")
            notes.append((number, note.text_content()))
            note.drop_tree()
        for call in page.xpath("//sup"):
            call.text, call.tail = f"\ue000{call.text_content()}\ue001", call.tail
            for inside in list(call):
                inside.drop_tree()
        for line in page.iter("br"):
            line.tail = " " + (line.tail or "")
        for apart in page.xpath(
            "//*[contains(@class, 'disc') or contains(@class, 'letter') or @class='number']"
        ):
            apart.tail = " " + (apart.tail or "")
        for score in page.find_class("score"):
            score.text = " " + (score.text or "")
        body.extend(texts(page))
    whole = [
        *(f"<{tag}>{text}</{tag}>" for tag, text in body),
        *(f"<p class=n><sup>{number}</sup> {escaped(text)}</p>" for number, text in notes),
    ]
    document = "\n".join(whole).replace("\ue000", "<sup>").replace("\ue001", "</sup>")
    for old, new in edits.items():
        assert document.count(old) == 1, (old, document.count(old))
        document = document.replace(old, new)
    return (
        f"<!doctype html><html lang={language}><meta"
        f" charset=utf-8><title>Ficha</title>{STYLE}<body>{document}"
    )


def texts(page: markup.HtmlElement) -> list[tuple[str, str]]:
    """The blocks that have text of their own, in order."""
    found = []
    for element in page.iter():
        if element.tag in BLOCKS and not any(
            inside.tag in BLOCKS for inside in element.iterdescendants()
        ):
            text = " ".join(element.text_content().split())
            if text:
                found.append(
                    (element.tag if element.tag in ("h1", "h2", "h3", "li") else "p", escaped(text))
                )
    return found


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def printed_by_chromium(document: str, folder: Path) -> bytes:
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page()
        page.set_content(document)
        data = page.pdf(
            display_header_footer=True,
            header_template="<b style='font-size:8px'>Ficha</b>",
            footer_template="<span style='font-size:8px' class=pageNumber></span>",
            margin={"top": "20mm", "bottom": "20mm", "left": "25mm", "right": "35mm"},
        )
        browser.close()
    return data


def exported_by_libreoffice(document: str, folder: Path) -> bytes:
    (folder / "card.html").write_text(document, encoding="utf-8")
    subprocess.run(
        [
            str(OFFICE),
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--infilter=HTML (StarWriter)",
            "--convert-to",
            "pdf:writer_pdf_Export",
            "--outdir",
            str(folder),
            str(folder / "card.html"),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return (folder / "card.pdf").read_bytes()


PROGRAMS = [
    pytest.param(
        printed_by_chromium,
        id="Chromium",
        marks=pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
    ),
    pytest.param(
        exported_by_libreoffice,
        id="LibreOffice",
        marks=pytest.mark.skipif(
            OFFICE is None,
            reason="LibreOffice is not installed: 300 MB that the set-up does not bring",
        ),
    ),
]
EDITS = {
    "Por la solidez de sus leyes": "Por la firmeza de sus leyes",
    "238,860 empleos": "238,680 empleos",
    "Con todo, se calcula que el 68 %": "Con todo, se calcula que el 86 %",
    "creció en 66.9": "creció en 69.6",
    "obtuvo el puntaje máximo": "obtuvo el puntaje mínimo",
    "1107\u00a0(2012)": "1170\u00a0(2012)",
    "reducciones episódicas": "reducciones sostenidas",
    "horizonte al 2030": "horizonte al 2040",
}


def compare(old: bytes, new: bytes) -> Comparison:
    comparison = compared("card", ("old.pdf", old), ("new.pdf", new), Regard()).comparison
    assert not comparison.failed
    return comparison


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The parts of the published card in one column, without what repeats words of theirs: a
    paragraph that one file divides at a page and the other at a column is not recognized yet.
    """
    copy = copy_workspace(tmp_path_factory.mktemp("published") / "workspace")
    with (copy.root / "content/edition.yaml").open("a", encoding="utf-8") as file:
        file.write("\nparts: published\nfillers: []\n")
    sheet = copy.root / "styles/gold/4-parts.css"
    one_column = sheet.read_text(encoding="utf-8").replace("columns: 2;", "columns: 1;")
    sheet.write_text(one_column, encoding="utf-8")
    outcome = build(copy.workspace, Order(copy.root / "output", ("peru",), ("es",)))
    assert not outcome.withheld, outcome.problems
    return Built(copy, outcome)


@pytest.mark.long
@pytest.mark.parametrize("program", PROGRAMS)
def test_the_same_text_set_elsewhere_differs_in_nothing_that_is_said(
    program: Callable[[str, Path], bytes], published: Built, tmp_path: Path
) -> None:
    foreign = program(independent(published.copy, {}), tmp_path)
    comparison = compare(foreign, published.pdf("es").read_bytes())
    assert [
        (str(change.kind), change.act, change.old, change.new)
        for change in comparison.changes
        if change.kind in SAID
    ] == []


@pytest.mark.xfail(
    strict=True, reason="a paragraph that one file divides elsewhere is compared in two pieces"
)
def test_the_card_with_columns_differs_in_nothing_from_the_same_text_either(
    built: Built, tmp_path: Path
) -> None:
    foreign = printed_by_chromium(independent(built.copy, {}), tmp_path)
    comparison = compare(foreign, built.pdf("es").read_bytes())
    assert [change for change in comparison.changes if change.kind in SAID] == []


@pytest.mark.long
@pytest.mark.parametrize("program", PROGRAMS)
def test_what_changed_since_is_found_and_nothing_is_invented(
    program: Callable[[str, Path], bytes], published: Built, tmp_path: Path
) -> None:
    foreign = program(independent(published.copy, EDITS), tmp_path)
    comparison = compare(foreign, published.pdf("es").read_bytes())
    found = {
        (str(change.kind), change.old, change.new)
        for change in comparison.changes
        if change.kind in SAID
    }
    assert found == {
        ("wording", "firmeza", "solidez"),
        ("number", "238,680", "238,860"),
        ("number", "86", "68"),
        ("number", "69.6", "66.9"),
        ("meaning", "mínimo", "máximo"),
        ("note", "1170", "1107"),
        ("wording", "sostenidas", "episódicas"),
        ("number", "2040", "2030"),
    }
