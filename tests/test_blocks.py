"""Every block of prose, in both languages, wherever a card goes: page, tags, web, translation,
comparison.
"""

import errno
import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from textwrap import indent
from typing import Any

import pikepdf
import pypdfium2
import pytest
from lxml import etree

from reportcard.build.cards import card_named
from reportcard.build.inventory import read_workspace
from reportcard.build.pipeline import build, check
from reportcard.build.request import Order
from reportcard.content.chart_data import MOST_BYTES, MOST_ROWS, read_chart_data
from reportcard.content.loading import load
from reportcard.content.rewrites import Rewrite, SpliceError
from reportcard.content.segments import segments
from reportcard.content.shelf import texts
from reportcard.content.splicing import spliced
from reportcard.problems.problem import Problem, Severity
from reportcard.review.changes import Kind
from reportcard.translation.confirmation import standings
from reportcard.translation.export import written
from reportcard.translation.parcel import parcel

from .blocks import DATA, FIGURE, with_blocks
from .browsing import CHROMIUM, OPTIONS, RULES, axe, in_a_browser, playwright
from .conftest import Copy, copy_content, copy_workspace, whatever_the_checks_say
from .test_review_planted import card, compare

Run = Callable[..., tuple[int, str, str]]
EN, ES = "content/peru/en.yaml", "content/peru/es.yaml"
FOREST = "content/peru/data/forest.csv"
_CONFIRM = ("translations", "confirm", "peru", "--language", "es", "--by", "A")
LEGAL, CONTEXT = "peru/dimensions.legal.findings", "peru/context"


@pytest.fixture
def blocks(tmp_path: Path) -> Copy:
    """A copy with every block, to break; no page is laid out."""
    return with_blocks(copy_content(tmp_path / "workspace"))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """A copy with every block, its cards built."""
    copy = with_blocks(copy_workspace(tmp_path_factory.mktemp("blocks") / "workspace"))
    order = Order(copy.root / "output", ("peru",))
    outcome = build(copy.workspace, order)
    assert [one for one in outcome.problems if one.severity is Severity.ERROR] == []
    return copy


def found(copy: Copy) -> list[Problem]:
    return [
        one
        for one in check(copy.workspace, ("peru",), layout=False)
        if one.severity is not Severity.NOTE
    ]


# --- content --------------------------------------------------------------------------------------


@pytest.mark.long
def test_no_text_is_lost_whatever_blocks_follow_each_other(blocks: Copy) -> None:
    """A heading takes the paragraph after it on its line, and no other."""
    parts = (
        "### First\nAlpha.\n\nBravo.\n\nCharlie.",
        "Delta.\n### Second\n\n### Third\nEcho.\n\n- Foxtrot",
        "::: box Title\n### Fourth\nGolf.\n\nHotel.\n:::\n\nIndia.",
        "::: quote\nJuliet.\n\nKilo.\n:::\n\n### Fifth\n1. Lima\n   - Mike\n2. November",
    )
    text = indent("\n\n".join(parts), " " * 6)
    blocks.edit(EN, "\n  policies:\n    quote:", f"\n{text}\n  policies:\n    quote:")
    made = card_named("peru").compose(whatever_the_checks_say(blocks.workspace), "en")
    printed = re.sub(r"<[^>]+>", " ", "".join(section.html for section in made.sections))
    words = re.findall(r"[A-Z][a-z]+", text)
    assert len(words) == 20
    assert [word for word in words if word not in printed] == []


@pytest.mark.long
def test_a_block_that_cannot_be_read_is_one_message(blocks: Copy) -> None:
    """Nothing is said of the languages' differing, which follows from it."""
    blocks.edit(ES, "| Publicación | 15 | – | – |", "| Publicación | 15 | – |")
    assert [one.code for one in found(blocks)] == ["PROSE-TABLE"]


@pytest.mark.long
def test_a_text_that_is_a_picture_alone_may_be_missing_in_the_other_language(copy: Copy) -> None:
    (copy.root / "figures/river.svg").write_text(FIGURE)
    picture = "      ![A river](figures/river.svg)"
    path = copy.root / EN
    text = path.read_text(encoding="utf-8")
    before, title, after = text.partition("    title: Create a National Registry")
    assert title
    own = "  river:\n    title: A river\n    text: |\n" + picture + "\n    institutions: [mtc]\n"
    head, key, rest = before.rpartition("  machinery-registry:\n")
    path.write_text(f"{head}{own}{key}{rest}{title}{after}", encoding="utf-8")
    told = [one for one in found(copy) if one.code == "LANG-MISSING"]
    assert [one.field for one in told] == [
        "peru/recommendations.river.title",
        "peru/recommendations.river.text",
    ]


@pytest.mark.long
def test_every_block_passes_the_checks_in_both_languages(blocks: Copy) -> None:
    assert found(blocks) == []


#: A text of the Spanish card, what it becomes, and the rule that finds it there.
PLANTED = {
    "number of a cell": ("| 60 | 118 |", "| 60 | 181 |", "NUMBER-LANGUAGES"),
    "spelling of a cell": ("| Declaración |", "| Declarración |", "SPELL-WORD"),
    "note of a box": ("pequeña escala[^mining-law].", "pequeña escala.", "NOTE-LANGUAGES"),
    "note of a cell": ("| Publicación |", "| Publicación[^dl-1107] |", "PROSE-TABLE"),
    "note of a caption": ("en días {#steps}", "en días[^dl-1107] {#steps}", "PROSE-TABLE"),
    "bold of a caption": ("sus **frentes de minería**", "sus frentes de minería", "BOLD-LANGUAGES"),
    "value of a paragraph": (
        "el cuadro {{ table.steps | number }}",
        "el cuadro",
        "VALUE-LANGUAGES",
    ),
    "name of a figure": ("{#river}", "{#rivers}", "PROSE-VALUE"),
    "row less": ("| Publicación | 15 | – | – |\n", "", "LANG-BLOCKS"),
    "claim in a heading": (
        "### Un registro sin máquinas",
        "### El Perú ocupa el primer lugar de la región en Marcos legales",
        "SCORE-CONTRADICTED",
    ),
    "figure that is gone": ("figures/river.svg", "figures/rio.svg", "PICTURE-MISSING"),
    "typed score in a bullet": (
        "  - una inspecciona;",
        "  - una inspecciona, y el puntaje total es 11.9;",
        "SCORE-CONTRADICTED",
    ),
    "file that is gone": (
        "chart bars data=forest.csv",
        "chart bars data=forrest.csv",
        "CHART-DATA",
    ),
    "word that the data lack": ("limit = Límite\n", "limits = Límite\n", "PROSE-CHART"),
    "note in the head of a table": ("| Paso |", "| Paso[^dl-1107] |", "PROSE-TABLE"),
    "quotes of a title": ("box ¿Qué es la MAPE?", 'box ¿Qué es la "MAPE?', "TYPE-BRACKET"),
}


#: Without permission to read: what is there, and what is said of it instead of "cannot find".
CLOSED = {
    "figures/river.svg": "figures/river.svg: cannot read this picture: permission denied.",
    "figures/pictograms": "figures/pictograms: this folder cannot be read: permission denied.",
    "figures/organisations": "figures/organisations: this folder cannot be read: permission",
    "content/peru/data": "content/peru/data/forest.csv: this file cannot be read: permission",
}
FONTS = {
    "styles/gold/fonts": "cannot read the font file SourceSansPro-Bold.ttf: permission denied."
}


@pytest.mark.parametrize("said", [CLOSED, FONTS], ids=["pictures and data", "fonts"])
def test_what_may_not_be_read_is_not_missing(
    blocks: Copy, monkeypatch: pytest.MonkeyPatch, said: dict[str, str]
) -> None:
    """Pictures, the data of charts, and all that a folder hides: pictograms, logos, fonts."""
    closed = {blocks.root / name for name in said}

    def bounded(method: str, *, also_itself: bool) -> None:
        done = getattr(Path, method)

        def do(path: Path, *arguments: Any, **more: Any) -> Any:
            if closed.intersection((*path.parents, *([path] if also_itself else ()))):
                raise PermissionError(errno.EACCES, "x", str(path))
            return done(path, *arguments, **more)

        monkeypatch.setattr(Path, method, do)

    bounded("stat", also_itself=False)
    bounded("lstat", also_itself=False)
    bounded("open", also_itself=True)
    told = [str(one) for one in read_workspace(blocks.workspace).problems]
    for words in said.values():
        assert any(words in one for one in told), words
    assert not [one for one in told if "cannot find" in one or "there is no font" in one]


@pytest.mark.long
@pytest.mark.parametrize("name", PLANTED)
def test_the_checks_read_what_is_inside_blocks(blocks: Copy, name: str) -> None:
    old, new, code = PLANTED[name]
    path = blocks.root / ES
    text = path.read_text()
    at = text.index(old)
    path.write_text(text[:at] + new + text[at + len(old) :])
    line = text.count("\n", 0, at) + 1
    told = [one for one in found(blocks) if one.code == code]
    assert told, [f"{one.place} {one.code}" for one in found(blocks)]
    nearest = min(abs(one.place.line - line) for one in told if one.place.file == ES or not ES)
    assert nearest <= (90 if code in ("LANG-BLOCKS", "PROSE-VALUE") else 1)


@pytest.mark.long
def test_a_field_without_room_for_blocks_refuses_them(blocks: Copy) -> None:
    path = blocks.root / "content/wording/en.yaml"
    before, key, after = path.read_text().partition("  introduction: |\n")
    path.write_text(f"{before}{key}    ### Heading\n\n{after}")
    line = before.count("\n") + 1
    (told,) = [one for one in found(blocks) if one.code == "PROSE-FIELD"]
    assert (told.place.line, str(told.message)) == (
        line + 1,
        "this field cannot have headings.",
    )


@pytest.mark.long
@pytest.mark.parametrize("label", ["", "  table: Table\n"])
def test_a_name_is_given_once_and_labels_have_the_number(blocks: Copy, label: str) -> None:
    blocks.edit(EN, "gold exported, in percent", "gold exported, in percent {#river}")
    blocks.edit("content/wording/en.yaml", '  table: "Table {number}"\n', label)
    told = [str(one.message) for one in found(blocks) if one.code == "PROSE-CAPTION"]
    assert told == [
        "the wording file has no label for numbering this caption.",
        'the name "river" is used twice on this card.',
    ]


@pytest.mark.parametrize(
    ("data", "line", "case"),
    [
        ("year,area\n2019,9.5\n", 0, ""),
        ("year;area\n2019;9.5\n\n", 0, ""),
        ("\ufeffyear,area\r\n2019,\u22129.5\r\n2020,\r\n", 0, ""),
        ('year,area\n2019,"9,5"\n', 2, "number"),
        ("año;área\n2019;9,5\n2020;1234,25\n", 0, ""),
        ("año;área\n2019;9,5\n2020;1.234\n", 3, "number"),
        ("año;área\n2019;1.234,5\n", 2, "number"),
        ("year,area\n2019,1e9\n", 2, "number"),
        ("year,area\n2019,1,2\n", 2, "cells"),
        ("year,area\n2019,1\n2019,2\n", 3, "twice"),
        ("year,area\n,1\n", 2, "unlabelled"),
        ("year,\n2019,1\n", 1, "unnamed"),
        ("year\n2019\n", 1, "columns"),
        ("a,b,c,d,e,f,g\n1,2,3,4,5,6,7\n", 1, "columns"),
        ("year,area\n", 1, "empty"),
        ("", 1, "empty"),
        ("year,area\n2019,\n", 2, "blank"),
        ('year,area\n2019,"1\n', 2, "quotes"),
        (f"year,{'a' * 61}\n2019,1\n", 1, "long"),
        ("year,area\n" + "".join(f"{year},1\n" for year in range(MOST_ROWS + 1)), 42, "rows"),
        ("year,area\n" + " " * MOST_BYTES, 1, "large"),
        ("year,area\n2019,\0\n", 1, "encoding"),
    ],
)
def test_data_of_a_chart_are_bounded_and_each_fault_is_at_its_line(
    data: str, line: int, case: str
) -> None:
    table, faults = read_chart_data(data.encode())
    assert (table is None) == bool(case)
    assert [(at, why) for at, why, _ in faults] == ([(line, case)] if case else [])


def test_numbers_of_a_spanish_spreadsheet_are_read_and_wrong_cells_are_named() -> None:
    table, _ = read_chart_data("año;área;resto\n2019;9,50;−1\n".encode())
    assert table
    assert [list(map(str, filter(None, numbers))) for _, numbers in table.rows] == [["9.50", "-1"]]
    _, faults = read_chart_data(b"year,area,rest\n2019,x,1\n2020,2,y\n")
    assert [holes for *_, holes in faults] == [
        {"typed": "x", "column": "area", "row": "2019"},
        {"typed": "y", "column": "rest", "row": "2020"},
    ]


@pytest.mark.long
def test_a_file_of_data_that_is_wrong_is_one_message_at_its_line(blocks: Copy) -> None:
    blocks.edit(FOREST, "2021,7,8", "2021,7 000,8")
    (told,) = [one for one in found(blocks) if one.code == "CHART-DATA"]
    assert str(told.place) == f"{FOREST}:4:1"
    assert str(told.message) == '"7 000" in column "area", row "2021", is not a number.'


# --- pages and tags -------------------------------------------------------------------------------


def elements(pdf: pikepdf.Pdf) -> Iterator[tuple[str, Any]]:
    """Every element of the structure with the types of those around it: `Table/TBody/TR`."""

    def walk(item: Any, around: str) -> Iterator[tuple[str, Any]]:
        if isinstance(item, pikepdf.Array):
            for kid in item:
                yield from walk(kid, around)
        elif isinstance(item, pikepdf.Dictionary) and "/S" in item:
            path = f"{around}/{str(item.S)[1:]}"
            yield path, item
            yield from walk(item.get("/K", pikepdf.Array()), path)

    yield from walk(pdf.Root.StructTreeRoot.K, "")


def shapes(pdf: pikepdf.Pdf) -> list[tuple[str, str, Any]]:
    return [(path, str(one.get("/ID", "")), one) for path, one in elements(pdf)]


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "es"])
def test_blocks_in_tags(made: Copy, language: str) -> None:
    with pikepdf.open(made.root / f"output/peru-report-card-{language}.pdf") as pdf:
        all_ = shapes(pdf)
        tables = [(path, one) for path, id_, one in all_ if ".table-" in id_]
        assert [path.rpartition("/")[2] for path, _ in tables] == ["Table", "Table"]
        for _, table in tables:
            assert [str(kid.S) for kid in table.K] == ["/Caption", "/THead", "/TBody"]
        scopes = {
            str(one.A.Scope): path
            for path, _, one in all_
            if path.endswith("/TH") and "/A" in one and "/Scope" in one.A
        }
        assert set(scopes) == {"/Column", "/Row"}
        labels = [path for path, _, _ in all_ if path.endswith("/Lbl")]
        assert len(labels) == 3
        assert all(path.endswith("/L/LI/Lbl") for path in labels)
        inner = [path for path, _, _ in all_ if path.endswith("/LI/LBody/L/LI/LBody")]
        assert len(inner) == 4
        assert not [path for path, _, _ in all_ if "/L/L/" in path]
        figures = [
            one
            for path, id_, one in all_
            if path.endswith("/Figure")
            and "/Caption"
            in [str(kid.S) for kid in one.K if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]
        ]
        assert len(figures) == 4
        assert all("/Alt" in one and "/BBox" in one.A for one in figures)
        headings = [path for path, id_, _ in all_ if path.endswith("/Div/H3")]
        assert headings
        assert [path for path, _, _ in all_ if path.endswith("/BlockQuote")]


@pytest.mark.slow
def test_a_chart_says_its_numbers_in_the_language_of_the_card(made: Copy) -> None:
    with pikepdf.open(made.root / "output/peru-report-card-es.pdf") as pdf:
        alts = [str(one.Alt) for _, id_, one in shapes(pdf) if ".chart-bars" in id_]
    assert alts == [
        "Bosque perdido por la minería, en miles de hectáreas Año: Área perdida, Límite."
        " 2019: 9.5, 8; 2020: 10.25, 8; 2021: 7, 8; 2022: –, 6; 2023: 5.75, 6."
    ]


@pytest.mark.slow
def test_a_table_over_pages_is_one_table_with_one_head(tmp_path: Path) -> None:
    copy = with_blocks(copy_workspace(tmp_path / "workspace"))
    rows = "".join(f"| Country {number} | {number} |\n" for number in range(80))
    table = f"| Country | Tons |\n| --- | ---: |\n{rows}: A long table\n"
    path = copy.root / EN
    text = path.read_text()
    old = "### Where the gold goes\n"
    assert old in text
    indented = "".join(f"  {line}\n" for line in table.splitlines())
    path.write_text(text.replace(f"  {old}", f"  {old}\n{indented}\n"))
    with pikepdf.open(io.BytesIO(card(copy, language="en"))) as pdf:
        all_ = shapes(pdf)
        tables = [one for path, id_, one in all_ if path.endswith("/Table") and ".context." in id_]
        long = max(tables, key=lambda one: len(one.K))
        bodies = [kid for kid in long.K if pikepdf.Name.TBody == kid.S]
        assert len(bodies) == 1
        assert len(bodies[0].K) == 80
        assert [str(kid.S) for kid in long.K] == ["/Caption", "/THead", "/TBody"]
        pages = {cell.Pg.objgen for row in bodies[0].K for cell in row.K if "/Pg" in cell}
        assert len(pages) > 1
        ids = [id_ for _, id_, _ in all_ if id_]
        assert len(ids) == len(set(ids))


@pytest.mark.slow
def test_charts_have_the_same_bytes_each_time(blocks: Copy) -> None:
    assert card(blocks, language="en") == card(blocks, language="en")


# --- web ------------------------------------------------------------------------------------------


@in_a_browser
@pytest.mark.slow
def test_the_web_edition_is_sound_and_has_the_numbers_of_a_chart(made: Copy, run: Run) -> None:
    code, _, err = run("web", "peru", "--workspace", str(made.root))
    assert (code, err) == (0, "")
    with playwright.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        for language in ("en", "es"):
            for scheme, width in (("light", 1280), ("dark", 390)):
                page = browser.new_page(
                    viewport={"width": width, "height": 900}, color_scheme=scheme
                )
                page.goto((made.root / f"output/web/peru-report-card-{language}.html").as_uri())
                violations = axe.Axe().run(page, options=RULES).response["violations"]
                assert [one["id"] for one in violations] == []
                cells = page.locator("details.behind").first.locator("td, th").all_text_contents()
                assert cells[3:6] == ["2019", "9.5", "8"]
                assert page.locator("figure.exhibit img[alt='']").count() == 0
        browser.close()


# --- translation ----------------------------------------------------------------------------------


def sent(copy: Copy, kind: str) -> bytes:
    content = load(copy.workspace).content
    assert content
    found, _ = standings(copy.workspace, content, ("peru",), ("es",))
    return written(parcel(found[0], content), kind)


@pytest.mark.long
@pytest.mark.parametrize("kind", ["xliff", "po", "xlsx"])
def test_every_block_comes_back_from_a_translator(
    blocks: Copy, run: Run, tmp_path: Path, kind: str
) -> None:
    run(*_CONFIRM, "--workspace", str(blocks.root))
    before = (blocks.root / ES).read_bytes()
    out = tmp_path / f"out.{kind}"
    out.write_bytes(sent(blocks, kind))
    code, told, _ = run("translations", "import", str(out), "--workspace", str(blocks.root))
    assert code == 0
    assert told.startswith("0 blocks imported")
    assert (blocks.root / ES).read_bytes() == before


#: A text of a block as the Spanish file has it, and a translator's new one.
TRANSLATED = {
    "Un registro sin máquinas": "Registro sin máquinas",
    "El ministerio la publica.": "La publica el ministerio.",
    "dragas y bombas de succión, con su **potencia**;": "bombas y dragas, con su **potencia**;",
    "Parte a tiempo": "Parte puntual",
    "12.5 %": "12.5 %, estimado",
    "Fuente: dibujo propio": "Fuente: dibujo de los autores",
    "¿Qué es la MAPE?": "¿Y la MAPE?",
    "Un minero de Madre de Dios": "Una minera de Madre de Dios",
    "Límite": "Tope",
}


@pytest.mark.long
def test_a_new_text_of_a_block_takes_the_place_of_the_old_one_and_nothing_else(
    blocks: Copy, run: Run, tmp_path: Path
) -> None:
    run(*_CONFIRM, "--workspace", str(blocks.root))
    before = (blocks.root / ES).read_text()
    root = etree.fromstring(sent(blocks, "xliff"))
    for target in root.iter("{urn:oasis:names:tc:xliff:document:1.2}target"):
        if new := TRANSLATED.get("".join(target.itertext())):
            for code in list(target):
                target.remove(code)
            target.text = new
    out = tmp_path / "out.xliff"
    out.write_bytes(etree.tostring(root))
    code, told, _ = run("translations", "import", str(out), "--workspace", str(blocks.root))
    assert (code, "0 rejected" in told) == (0, True)
    expected = before
    for old, new in TRANSLATED.items():
        pattern = rf"(?m)(^ *|[|:=#] | box |- |\d\. ){re.escape(old)}(?= \||$)"
        expected = re.sub(pattern, rf"\g<1>{new}", expected)
    assert (blocks.root / ES).read_text() == expected
    assert expected.count("Tope") == 2


@pytest.mark.long
def test_a_field_with_blocks_is_written_anew_on_the_lines_of_the_other_language(
    blocks: Copy,
) -> None:
    content = load(blocks.workspace).content
    assert content
    models = {name: one.model for name, one in content.cards["peru"].items()}
    sides = {
        name: next(text for path, text in texts(model) if path == ("context",))
        for name, model in models.items()
    }
    there = tuple((one.kind, one.text) for one in segments(sides["es"]))
    data = (blocks.root / ES).read_bytes()
    gone = re.sub(rb"(?ms)^context: \|\n.*?(?=^context_quotes:)", b"", data)
    assert gone != data
    model = content.cards["peru"]["en"].tree
    made = spliced(gone, ES, [Rewrite(("context",), there, sides["en"])], model)
    assert b"  | Suiza | 51.2 | 49.75 |" in made
    assert b"  : Exportaciones de oro por pa" in made
    assert b"  country = Pa\xc3\xads\n" in made
    with pytest.raises(SpliceError, match="differ from those of the other language"):
        spliced(gone, ES, [Rewrite(("context",), there)], model)


# --- comparison -----------------------------------------------------------------------------------

SWISS = "  | Suiza | 51.2 | 49.75 | −1.45 | El cantón de Ginebra | 2001 |"
INDIAN = "  | India | 39 | 41.5 | +2.5 | Una ciudad del norte | 2014 |"

#: An edit of the Spanish card, and the kinds of the changes that are found, each with its field.
EDITS = {
    "number of a cell": ("| 60 | 118 |", "| 60 | 119 |", {(Kind.NUMBER, LEGAL)}),
    "word of a cell": ("| Declaración |", "| Anuncio |", {(Kind.WORDING, LEGAL)}),
    "heading": ("Un registro sin máquinas", "Un registro sin dragas", {(Kind.WORDING, LEGAL)}),
    "caption": ("Pasos de un registro", "Etapas de un registro", {(Kind.WORDING, LEGAL)}),
    "source": ("Fuente: dibujo propio", "Fuente: dibujo ajeno", {(Kind.WORDING, LEGAL)}),
    "caption of a figure": ("El río y sus", "El torrente y sus", {(Kind.WORDING, LEGAL)}),
    "numbered item": ("regional revisa la", "regional examina la", {(Kind.WORDING, LEGAL)}),
    "one more numbered item": (
        "      2. El gobierno regional",
        "      2. La policía mira.\n      3. El gobierno regional",
        {(Kind.WORDING, LEGAL)},
    ),
    "inner bullet": ("cargadores y excavadoras", "palas y excavadoras", {(Kind.WORDING, LEGAL)}),
    "title of a box": ("¿Qué es la MAPE?", "¿Qué fue la MAPE?", {(Kind.WORDING, LEGAL)}),
    "number in a box": ("hasta 350 toneladas", "hasta 360 toneladas", {(Kind.NUMBER, LEGAL)}),
    "quote": ("Nadie puede consultar una", "Nadie puede ver una", {(Kind.WORDING, LEGAL)}),
    "name of a row": ("| India | 39", "| Ghana | 39", {(Kind.WORDING, CONTEXT)}),
    "only number of a cell": ("del norte | 2014", "del norte | 2015", {(Kind.NUMBER, CONTEXT)}),
    "row moved": (f"{SWISS}\n{INDIAN}", f"{INDIAN}\n{SWISS}", {(Kind.MOVED, CONTEXT)}),
}

#: Each is in the block of another one, which it would hide.
APART = {"one more numbered item", "word of a cell", "row moved"}


@pytest.fixture(scope="module")
def printed(made: Copy) -> bytes:
    return card(made)


@pytest.mark.slow
@pytest.mark.parametrize("names", [set(EDITS) - APART, APART], ids=["most", "the others"])
def test_edits_in_blocks_are_one_change_each_of_its_kind(
    made: Copy, printed: bytes, names: set[str]
) -> None:
    """Many at once, which one comparison has to tell apart."""
    edits = {name: EDITS[name] for name in EDITS if name in names}
    path = made.root / ES
    before = text = path.read_text()
    for old, new, _ in edits.values():
        assert before.count(old) == 1
        text = text.replace(old, new)
    path.write_text(text)
    try:
        comparison = compare(printed, card(made))
    finally:
        path.write_text(before)
    # A line more moves what is below it, and may move it to another column.
    changes = [one for one in comparison.changes if one.kind is not Kind.LAYOUT]
    for name, (_, new, expected) in edits.items():
        printed_new = re.sub(r"[|\s]+", " ", new)
        told = [one for one in changes if one.new and one.new in printed_new]
        assert [(one.kind, one.field) for one in told] == list(expected), name
        changes.remove(told[0])
    assert changes == []


@pytest.mark.slow
def test_a_number_of_a_chart_is_a_change_of_its_picture(made: Copy, printed: bytes) -> None:
    path = made.root / FOREST
    path.write_text(DATA.replace("2021,7,8", "2021,7.5,8"))
    try:
        comparison = compare(printed, card(made))
    finally:
        path.write_text(DATA)
    assert {one.field for one in comparison.changes} == {LEGAL, "peru/context"}
    assert {one.kind for one in comparison.changes} <= {Kind.PICTURE, Kind.NUMBER}


@pytest.mark.slow
def test_the_side_by_side_file_has_every_block(made: Copy, run: Run) -> None:
    run(*_CONFIRM, "--workspace", str(made.root))
    code, _, err = run("build", "peru", "--parallel", "--workspace", str(made.root))
    assert (code, err) == (0, "")
    pages = pypdfium2.PdfDocument(made.root / "output/peru-parallel-en-es.pdf")
    text = " ".join(page.get_textpage().get_text_bounded() for page in pages)
    words = " ".join(text.split())
    for said in ("A register without machines", "Days taken", "¿Qué es la MAPE?", "Área perdida"):
        assert said in words
