"""Tables, pictures, lists, boxes and quotes of a Word manuscript become those of a card, and
nothing typed in them is lost.
"""

import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from PIL import Image

from reportcard.build.pipeline import build, check
from reportcard.build.request import Order
from reportcard.content.loading import Content, load
from reportcard.content.model import Card
from reportcard.content.prose import Picture
from reportcard.content.shelf import ContentFile, Shelf
from reportcard.intake.manuscript import words
from reportcard.intake.receipt import Received, Submission, receive

from .conftest import Copy, copy_workspace
from .manuscripts import (
    BULLET,
    INNER_BULLET,
    NUMBER,
    bookmarked,
    call,
    cell,
    docx,
    drawing,
    only_spanish,
    paragraph,
    run,
    table,
    text_box,
    word_field,
)

Run = Callable[..., tuple[int, str, str]]
H1, H2 = "H1", "H2"
BOLD = "<w:b/>"


def picture(kind: str = "PNG", size: tuple[int, int] = (60, 40), color: str = "teal") -> bytes:
    target = io.BytesIO()
    Image.new("RGB", size, color).save(target, kind)
    return target.getvalue()


PNG, JPEG, TIFF = picture(), picture("JPEG"), picture("TIFF")
EMF = b"\x01\x00\x00\x00" + bytes(36) + b" EMF" + bytes(60)


@pytest.fixture(scope="module")
def content(peru: Copy) -> Content:
    found = load(peru.workspace).content
    assert found
    return found


@pytest.fixture(scope="module")
def peru(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    return copy_workspace(tmp_path_factory.mktemp("blocks") / "workspace")


def body(*legal: str) -> str:
    """A manuscript with blocks in the findings of its first dimension."""
    return "".join(
        [
            paragraph("Ficha", style="Title"),
            paragraph("Evaluación general", style=H1),
            paragraph("Resultado."),
            paragraph("Marcos legales", style=H1),
            *legal,
            paragraph("Políticas mineras", style=H1),
            paragraph("Políticas."),
            paragraph("Investigación y cumplimiento", style=H1),
            paragraph("Casos."),
        ]
    )


class Taken:
    """What a manuscript came to: the card's text, the findings of its first dimension, and the
    remarks on it.
    """

    def __init__(self, received: Received) -> None:
        self.received = received
        self.text = received.files.get("content/ecuador/es.yaml", b"").decode()
        assert self.text, [str(problem) for problem in received.problems]
        legal = self.text.split("findings: |\n")[1].split("\n  policies:")[0]
        self.legal = re.sub(r"(?m)^      ", "", legal).strip()
        self.remarks = "\n".join(map(str, received.remarks))
        self.errors = [str(one) for one in received.problems if one.severity == "error"]

    def __contains__(self, remark: str) -> bool:
        return remark in self.remarks


def took(copy: Copy, content: Content, data: bytes) -> Taken:
    submission = Submission(data, "manuscript.docx", "ecuador", "es")
    return Taken(receive(copy.workspace, content, submission))


def blocks(copy: Copy, content: Content, *legal: str, **more: object) -> Taken:
    """What blocks in the findings come to; they have no errors."""
    taken = took(copy, content, docx(body(*legal), **more))  # type: ignore[arg-type]
    assert taken.errors == []
    return taken


# --- tables ---------------------------------------------------------------------------------------

STEPS = table(
    ("Paso", "Días"),
    ("Declaración", "30"),
    ("Inspección | visita", cell("41,5", properties="")),
)
WRITTEN = "| Paso | Días |\n| --- | ---: |\n| Declaración | 30 |\n| Inspección \\| visita | 41,5 |"


@pytest.mark.long
@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ([STEPS], WRITTEN),
        (
            [
                paragraph(
                    "Cuadro ", word_field("SEQ Cuadro \\* ARABIC", "1"), ". Pasos", style="Caption"
                ),
                STEPS,
                paragraph("Fuente: elaboración propia."),
                paragraph("Sigue."),
            ],
            f"{WRITTEN}\n: Pasos\n: Fuente: elaboración propia.\n\nSigue.",
        ),
        (
            [STEPS, paragraph("Tabla 1: Pasos"), paragraph("Sigue.")],
            f"{WRITTEN}\n: Pasos\n\nSigue.",
        ),
        (
            [STEPS, paragraph("Fuente: propia."), paragraph("Table 3 ", style="Caption")],
            f"{WRITTEN}\n\nFuente: propia.\n\nTable 3",
        ),
        (
            [paragraph(run("Tabla 1", BOLD)), paragraph(run("Pasos", "<w:i/>")), STEPS],
            f"{WRITTEN}\n: Pasos",
        ),
        (
            [
                table(
                    (cell("Cuadro 2. Pasos", properties='<w:gridSpan w:val="2"/>'),),
                    ("Paso", "Días"),
                    ("Declaración", "30"),
                    (cell("Fuente: propia", properties='<w:gridSpan w:val="2"/>'),),
                )
            ],
            "| Paso | Días |\n| --- | ---: |\n| Declaración | 30 |\n: Pasos\n: Fuente: propia",
        ),
        (
            [paragraph("Tabla 1 muestra los pasos del registro en el país."), STEPS],
            f"Tabla 1 muestra los pasos del registro en el país.\n\n{WRITTEN}",
        ),
        (
            [
                table(
                    ("", "A"),
                    ("x", cell("uno", "dos")),
                    ("y", cell(paragraph("3", properties=BULLET))),
                )
            ],
            "|  | A |\n| --- | --- |\n| x | uno dos |\n| y | 3 |",
        ),
    ],
    ids=[
        "plain",
        "caption above",
        "typed below",
        "no words",
        "two lines",
        "rows",
        "prose",
        "cells",
    ],
)
def test_a_table_is_a_table_with_its_caption_and_source(
    peru: Copy, content: Content, typed: list[str], written: str
) -> None:
    assert blocks(peru, content, *typed).legal == written


@pytest.mark.long
def test_each_caption_goes_to_its_own_table(peru: Copy, content: Content) -> None:
    def named(name: str) -> str:
        return table(("P", name), ("a", "b"))

    below = [named("A"), paragraph("Tabla 1. Uno"), named("B"), paragraph("Tabla 2. Dos")]
    above = [paragraph("Tabla 1. Uno"), named("A"), paragraph("Tabla 2. Dos"), named("B")]
    for typed in (below, above):
        found = blocks(peru, content, *typed).legal
        assert re.findall(r"\| P \| (\w) \|[^:]+: (\w+)", found) == [("A", "Uno"), ("B", "Dos")]


@pytest.mark.long
def test_merged_cells_are_repeated_and_told(peru: Copy, content: Content) -> None:
    down = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    across = '<w:gridSpan w:val="2"/>'
    taken = blocks(
        peru,
        content,
        table(
            (cell("Región", properties=down[0]), cell("Área", properties=across)),
            (cell(properties=down[1]), "2019", "2020"),
            (cell("Sur", properties='<w:gridSpan w:val="3"/>'),),
            (cell("Puno", properties=down[0]), cell("sin datos", properties=across)),
            (cell(properties=down[1]), "1", "2"),
        ),
    )
    assert taken.legal == (
        "| Región | Área: 2019 | Área: 2020 |\n| --- | --- | --- |\n| Sur |  |  |\n"
        "| Puno | sin datos | sin datos |\n| Puno | 1 | 2 |"
    )
    assert "4 merged cells were split" in taken
    assert "in 1 table, the header rows were joined into one" in taken


@pytest.mark.long
def test_what_a_cell_cannot_have_is_beside_the_table_and_told(peru: Copy, content: Content) -> None:
    inner = table(("Uno", "Dos"), ("tres", "cuatro"))
    taken = blocks(
        peru,
        content,
        paragraph("Antes."),
        table(
            ("A", ""),
            (cell(paragraph("b", call(1)), inner), cell("c", paragraph(drawing(1)))),
            ("d", "e"),
        ),
        pictures={"x.png": PNG},
        footnotes=("Ley.",),
    )
    assert taken.legal == (
        "Antes.[^ley]\n\n| A | … |\n| --- | --- |\n| b | c |\n| d | e |\n\n"
        "| Uno | Dos |\n| --- | --- |\n| tres | cuatro |\n\n"
        "![…](figures/ecuador-figure.png){width=half}"
    )
    for remark in (
        "1 note reference in a table was moved",
        "1 table inside another table",
        "2 pictures, boxes or tables inside cells",
        "1 column has no heading",
    ):
        assert remark in taken


@pytest.mark.long
def test_a_table_that_only_arranges_is_taken_apart(peru: Copy, content: Content) -> None:
    grid = table(
        (cell(paragraph(drawing(1, "Uno"))), cell(paragraph(drawing(2, "Dos")))),
        (cell(paragraph("Figura 1. A", style="Caption")), "Figura 2. B"),
    )
    taken = blocks(
        peru, content, grid, table(("Uno", "Dos")), pictures={"a.png": PNG, "b.jpg": JPEG}
    )
    assert taken.legal == (
        "![Uno](figures/ecuador-figure.png){width=half}\n: A\n\n"
        "![Dos](figures/ecuador-figure.jpg){width=half}\n: B\n\n"
        "Uno\n\nDos"
    )
    assert "2 tables used only for layout" in taken


# --- pictures -------------------------------------------------------------------------------------


@pytest.mark.long
def test_pictures_are_saved_with_their_words(peru: Copy, content: Content) -> None:
    taken = blocks(
        peru,
        content,
        paragraph("Se ve:", drawing(1, "Un río [ancho]\ny claro")),
        paragraph("Gráfico 1. El río", call(1)),
        paragraph("Fuente: propia."),
        paragraph(drawing(2)),
        paragraph(drawing(1, "El mismo río")),
        pictures={"x.png": PNG, "b.png": JPEG},
        footnotes=("Ley.",),
    )
    assert taken.legal == (
        "Se ve:\n\n![Un río (ancho) y claro](figures/ecuador-rio.png){width=half}\n: El río[^ley]\n"
        ": Fuente: propia.\n\n![…](figures/ecuador-figure.jpg){width=half}\n\n"
        "![El mismo río](figures/ecuador-rio.png){width=half}"
    )
    saved = {name: data for name, data in taken.received.files.items() if "figures/" in name}
    assert saved == {"figures/ecuador-rio.png": PNG, "figures/ecuador-figure.jpg": JPEG}
    assert "figures/ecuador-figure.jpg has no alternative text" in taken
    assert "figures/ecuador-rio.png has no" not in taken
    found = [one for one in taken.received.problems if "alternative text" in str(one)]
    assert [one.code for one in found] == ["TEXT-PLACEHOLDER"]


@pytest.mark.long
def test_no_file_is_overwritten_and_the_same_one_is_used_again(
    peru: Copy, content: Content
) -> None:
    folder = peru.root / "figures"
    names = [folder / f"ecuador-mapa{end}.png" for end in ("", "-2")]
    try:
        names[0].write_bytes(b"another")
        again = blocks(peru, content, paragraph(drawing(1, "Mapa")), pictures={"a.png": PNG})
        assert again.legal == "![Mapa](figures/ecuador-mapa-2.png){width=half}"
        names[1].write_bytes(PNG)
        third = blocks(peru, content, paragraph(drawing(1, "Mapa")), pictures={"a.png": PNG})
        assert third.legal == again.legal
        assert [name for name in third.received.files if name.startswith("figures/")] == []
        names[1].unlink()
        names[1].symlink_to("/nowhere/at-all.png")
        other = blocks(peru, content, paragraph(drawing(1, "Mapa")), pictures={"a.png": PNG})
        assert other.legal == "![Mapa](figures/ecuador-mapa-3.png){width=half}"
    finally:
        for name in names:
            name.unlink(missing_ok=True)


@pytest.mark.long
@pytest.mark.parametrize(
    ("data", "why"),
    [
        (EMF, '"x.png (Un mapa)" is in EMF format, which cannot be printed'),
        (b"\xd7\xcd\xc6\x9a" + bytes(40), "is in WMF format, which cannot be printed"),
        (TIFF, "is in TIFF format, which cannot be printed"),
        (picture("GIF"), "is in GIF format, which cannot be printed"),
        (picture("BMP"), "is in BMP format, which cannot be printed"),
        (b"<svg/>", "is in SVG format, which cannot be printed"),
        (b"what", "is in an unknown format"),
        (PNG[:60], "is incomplete or damaged"),
        (None, "is not in the file, is damaged"),
    ],
    ids=["EMF", "WMF", "TIFF", "GIF", "BMP", "SVG", "unknown", "cut", "missing"],
)
def test_a_picture_that_cannot_be_printed_is_told_and_its_caption_kept(
    peru: Copy, content: Content, data: bytes | None, why: str
) -> None:
    taken = blocks(
        peru,
        content,
        paragraph(drawing(1, "Un mapa")),
        paragraph("Mapa 1. La cuenca"),
        pictures={"x.png": data} if data is not None else {},
    )
    assert taken.legal == "Mapa 1. La cuenca"
    assert why in taken
    assert "It was left out." in taken.remarks or data is None


@pytest.mark.long
def test_pictures_of_other_kinds_and_cropped_ones_are_told(peru: Copy, content: Content) -> None:
    chart = (
        '<w:p><w:r><w:drawing><wp:docPr descr="Ventas"/><c:chart r:id="x"/></w:drawing></w:r></w:p>'
    )
    hidden = drawing(1, "Oculto").replace("<wp:docPr", '<wp:docPr hidden="1"')
    taken = blocks(
        peru,
        content,
        chart,
        paragraph(drawing(1, "Mapa", '<a:srcRect l="1000"/>')),
        paragraph(hidden),
        paragraph(f"<w:del>{drawing(1, 'Borrado')}</w:del>"),
        paragraph(drawing(1, "Foto Descripción generada automáticamente")),
        pictures={"a.png": PNG},
    )
    assert taken.legal.count("![") == 2
    assert "Oculto" not in taken.text + taken.remarks
    assert "Borrado" not in taken.text + taken.remarks
    for remark in ('a chart was left out ("Ventas")', "is cropped in Word", "was written by Word"):
        assert remark in taken


# --- lists, boxes, quotes -------------------------------------------------------------------------


def listed(level: int, list_: int) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_}"/></w:numPr>'


NUMBERING = (
    b'<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    b'<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="4"/>'
    b'<w:numFmt w:val="decimal"/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt'
    b' w:val="lowerLetter"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId'
    b' w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride'
    b' w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num></w:numbering>'
)


@pytest.mark.long
def test_lists_keep_their_levels_and_numbers(peru: Copy, content: Content) -> None:
    taken = blocks(
        peru,
        content,
        *(
            paragraph(text, properties=listed(level, list_))
            for text, level, list_ in [
                ("Cuatro", 0, 1),
                ("interior", 1, 1),
                ("otro", 1, 1),
                ("Cinco", 0, 1),
                ("De nuevo", 0, 2),
                ("Otra vez", 0, 2),
            ]
        ),
        paragraph("Texto."),
        paragraph("Tres", properties=listed(0, 2)),
        paragraph("Seis", properties=listed(0, 1)),
        word_numbering_xml=NUMBERING,
    )
    assert taken.legal == (
        "4. Cuatro\n   1. interior\n   2. otro\n5. Cinco\n\n1) De nuevo\n2) Otra vez\n\nTexto.\n\n"
        "3. Tres\n4. Seis"
    )
    assert "2 list items had letters" in taken


@pytest.mark.long
def test_bullets_and_numbers_in_each_other(peru: Copy, content: Content) -> None:
    deep = '<w:numPr><w:ilvl w:val="2"/><w:numId w:val="1"/></w:numPr>'
    taken = blocks(
        peru,
        content,
        paragraph("Uno", properties=NUMBER),
        paragraph("dentro", properties=INNER_BULLET),
        paragraph("muy dentro", properties=deep),
        paragraph("Dos", properties=NUMBER),
        paragraph("Punto", properties=BULLET),
    )
    assert taken.legal == "1. Uno\n   - dentro\n   - muy dentro\n2. Dos\n\n- Punto"
    assert "1 list item at the third level" in taken


@pytest.mark.long
@pytest.mark.parametrize(
    ("typed", "written"),
    [
        (
            [text_box(paragraph(run("La MAPE", BOLD)), paragraph("Es minería."))],
            "::: box La MAPE\nEs minería.\n:::",
        ),
        (
            [table((cell(paragraph("Uno."), paragraph("dos", properties=BULLET)),))],
            "::: box\nUno.\n\n- dos\n:::",
        ),
        (
            [table((cell("La MAPE"),), (cell("Es minería.", STEPS),))],
            f"::: box La MAPE\nEs minería.\n\n{WRITTEN}\n:::",
        ),
        (
            [table((cell(table((cell("Dentro."),)), "Fuera."),))],
            "::: box\nDentro.\n\nFuera.\n:::",
        ),
        ([text_box(paragraph("Tabla 1. Pasos", style="Caption")), STEPS], f"{WRITTEN}\n: Pasos"),
        (
            [
                paragraph("Nadie busca.", style="Quote"),
                paragraph("Todos hallan.", style="IntenseQuote"),
                paragraph("— Una minera", style="Quote"),
                paragraph("Sigue."),
            ],
            "::: quote\nNadie busca.\n\nTodos hallan.\n: Una minera\n:::\n\nSigue.",
        ),
        (
            [paragraph("— Nadie", style="Quote"), paragraph("Fin.", style="Quote")],
            "::: quote\nNadie\n\nFin.\n:::",
        ),
        ([paragraph("— Uno"), paragraph("➢ Dos")], "- Uno\n- Dos"),
        ([paragraph("— uno — dos")], "— uno — dos"),
        (
            [paragraph(": Nadie", style="Quote"), paragraph("Sigue.")],
            "::: quote\n\\: Nadie\n:::\n\nSigue.",
        ),
    ],
    ids=[
        "text box",
        "cell",
        "title",
        "nested",
        "caption",
        "quote",
        "dash",
        "signs",
        "aside",
        "colon",
    ],
)
def test_boxes_and_quotes(peru: Copy, content: Content, typed: list[str], written: str) -> None:
    assert blocks(peru, content, *typed).legal == written


@pytest.mark.long
def test_a_frame_around_the_text_itself_is_none(peru: Copy, content: Content) -> None:
    data = docx(
        table((cell(paragraph("Ficha", style="Title")),))
        + text_box(paragraph("Borrador"))
        + table((cell(paragraph("Marcos legales", style=H1), paragraph("Leyes.")),))
    )
    taken = took(peru, content, data)
    assert (taken.legal, taken.received.unplaced) == ("Leyes.", ("Borrador",))
    assert "title: Ficha\n" in taken.text


# --- references -----------------------------------------------------------------------------------


@pytest.mark.long
def test_references_become_those_of_the_block(peru: Copy, content: Content) -> None:
    def caption(label: str, number: str, mark: str, words: str) -> str:
        numbered = run(f"{label} ") + word_field(f"SEQ {label} \\* ARABIC", number)
        return paragraph(bookmarked(mark, numbered), run(f". {words}"), style="Caption")

    taken = blocks(
        peru,
        content,
        paragraph(
            "Véase el ",
            word_field("REF _Ref1 \\h", "Cuadro 1"),
            ", el cuadro 1 y (Figura 1). Los ",
            word_field("REF _Ref2 \\n \\h", "2"),
            " y los cuadros 1 y 2; no el Cuadro 4, ni el"
            " gráfico 1, ni el cuadro 2 del informe de la ONU, ni 1 cuadro.",
        ),
        caption("Cuadro", "1", "_Ref1", "Pasos"),
        STEPS,
        caption("Cuadro", "2", "_Ref2", "Otros pasos"),
        STEPS,
        paragraph(drawing(1, "Mapa")),
        caption("Figura", "1", "_Ref3", "La cuenca"),
        paragraph(drawing(1, "Mapa")),
        caption("Gráfico", "1", "_Ref4", "Ventas"),
        paragraph(drawing(1, "Mapa")),
        caption("Gráfico", "1", "_Ref5", "Compras"),
        pictures={"a.png": PNG},
    )
    first = " ".join(taken.legal.split("\n\n")[0].split())
    assert first == (
        "Véase el {{ table.pasos }}, el cuadro {{ table.pasos | number }} y ({{ figure.cuenca }})."
        " Los {{ table.otros-pasos | number }} y los cuadros {{ table.pasos | number }} y"
        " {{ table.otros-pasos | number }}; no el Cuadro 4, ni el gráfico 1, ni el cuadro 2 del"
        " informe de la ONU, ni 1 cuadro."
    )
    assert ": Pasos {#pasos}" in taken.legal
    assert ": Compras\n" in f"{taken.legal}\n", "what nothing refers to has no name"
    assert '"Cuadro 4" was left as typed' in taken
    assert '"gráfico 1" was left as typed' in taken
    assert "6 references to tables and figures were converted to values" in taken


def test_a_reference_in_a_cell_has_its_bar_escaped(peru: Copy, content: Content) -> None:
    rows = table(("Paso", "Ver"), ("uno", "cuadro 1"), ("dos", "nada"))
    taken = blocks(peru, content, paragraph("Cuadro 1. Pasos"), rows)
    assert "| uno | cuadro {{ table.pasos \\| number }} |" in taken.legal


@pytest.mark.long
def test_a_table_that_is_not_printed_is_not_referred_to(peru: Copy, content: Content) -> None:
    data = docx(
        body(paragraph("Véase el Cuadro 1."))
        + paragraph("Anexo", style=H1)
        + paragraph("Cuadro 1. Pasos")
        + STEPS
    )
    taken = took(peru, content, data)
    assert taken.errors == []
    assert taken.legal == "Véase el Cuadro 1."
    assert '"Cuadro 1" was left as typed' in taken
    assert "unplaced: |\n  Anexo" in taken.text.replace("**", "")
    assert "  : Pasos\n" in taken.text


# --- every word -----------------------------------------------------------------------------------

_TEXTS = st.text(
    st.sampled_from('abñé12 *_[]{}\\<>#|-–—.:;!()&~^"«»=\u00ad\u202e\n'), min_size=1, max_size=10
)
_KINDS = st.sampled_from(["", "", H2, "Caption", "Quote"])
_LISTS = st.sampled_from(["", "", BULLET, INNER_BULLET, NUMBER])
_STARTS = st.sampled_from(["", "", "Tabla 1. ", "Figura 2", "Fuente: ", "véase la Tabla 1 ", "— "])
_MERGED = st.sampled_from(
    ["", "", '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"]
)


@st.composite
def _paragraphs(draw: st.DrawFn) -> str:
    runs = [run(draw(_STARTS) + draw(_TEXTS), draw(st.sampled_from(["", BOLD])))]
    if draw(st.integers(0, 3)) == 0:
        runs.append(call(draw(st.integers(1, 2))))
    if draw(st.integers(0, 5)) == 0:
        runs.append(drawing(1, draw(_TEXTS)))
    return paragraph(*runs, style=draw(_KINDS), properties=draw(_LISTS))


def _tables(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    cells = st.builds(
        lambda texts, merged: cell(*texts, properties=merged), st.lists(inner, max_size=2), _MERGED
    )
    rows = st.lists(cells, min_size=1, max_size=3).map(tuple)
    return st.lists(rows, min_size=1, max_size=3).map(lambda made: table(*made))


_BLOCKS = st.recursive(
    _paragraphs(),
    lambda inner: st.one_of(
        _tables(inner), st.lists(inner, max_size=2).map(lambda a: text_box(*a))
    ),
    max_leaves=8,
)


class Bench:
    """What a property needs, without a page of it in each message."""

    def __init__(self, copy: Copy, content: Content) -> None:
        self.copy, self.content = copy, content


@pytest.fixture(scope="module")
def bench(peru: Copy, content: Content) -> Bench:
    return Bench(peru, content)


@settings(
    max_examples=25,
    deadline=None,
    # The same examples each time: a change is judged by what it does, not by chance
    derandomize=True,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(_BLOCKS, min_size=1, max_size=6))
@pytest.mark.slow
def test_no_word_of_a_block_is_lost(bench: Bench, made: list[str]) -> None:
    """Counted on the document's own XML: each is in the card, or in what was left out as shared."""
    data = docx(body(*made), footnotes=("nota uno", "nota dos"), pictures={"a.png": PNG})
    submission = Submission(data, "x.docx", "ecuador", "es")
    received = receive(bench.copy.workspace, bench.content, submission)
    text = received.files.get("content/ecuador/es.yaml", b"")
    assert text, [str(problem) for problem in received.problems]
    card, _ = Shelf().read(ContentFile("content/ecuador/es.yaml", Card, "ecuador", "«»“”"), text)
    assert card
    kept = words(text for _, text in received.shared)
    for prose in card.prose.values():
        kept += words(
            "".join(getattr(one, "text", f" {getattr(one, 'name', '')} ") for one in part.inlines)
            for part in prose.paragraphs()
        )
        kept += words(one.alt for one in prose.exhibits() if isinstance(one, Picture))
    typed = words(
        re.sub("[\u00ad\u202e]", "", text)
        for text in re.findall(r">([^<>]+)</w:t>", "".join(made))
        if not re.match(r"(?:véase la )?Tabla 1", text)
    )
    assert {one for one in typed if not one.isdigit()} - set(kept) <= {"lt", "gt", "amp", "quot"}


@pytest.mark.long
@pytest.mark.parametrize(
    "broken",
    [
        "<w:tbl/>",
        "<w:tbl><w:tr/></w:tbl>",
        table((cell(properties='<w:gridSpan w:val="9999"/>'), "a"), ("b", "c")),
        table((cell("a", properties='<w:gridSpan w:val="-1"/>'), "b"), (cell("c"), "d")),
        table(
            (cell("a", properties="<w:vMerge/>"), "b"), (cell("c", properties="<w:vMerge/>"), "d")
        ),
        "<w:tbl><w:tr><w:trPr><w:gridBefore w:val='9999'/></w:trPr><w:tc/>"
        "<w:tc><w:p/></w:tc></w:tr></w:tbl>",
        "<w:p><w:r><w:drawing/><w:pict/><w:object/></w:r></w:p>",
        paragraph(word_field("SEQ", ""), word_field("REF", "x"), word_field("", "y")),
        paragraph('<w:r><w:fldChar w:fldCharType="end"/></w:r>'),
        "<w:tbl><w:tr><w:tc>" * 30 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 30,
    ],
)
def test_what_is_malformed_is_no_crash(peru: Copy, content: Content, broken: str) -> None:
    assert (
        "Antes." in blocks(peru, content, paragraph("Antes."), broken, paragraph("Después.")).legal
    )


# --- the whole way --------------------------------------------------------------------------------


def whole() -> bytes:
    """A manuscript with each block."""
    return docx(
        body(
            paragraph("Un registro", style=H2),
            paragraph("El registro está vacío, como muestra el Cuadro 1 y se ve en la Figura 1."),
            paragraph("Declarar", properties=NUMBER),
            paragraph("con potencia", properties=INNER_BULLET),
            paragraph("Publicar", properties=NUMBER),
            paragraph("Cuadro 1. Pasos del registro", style="Caption"),
            table(("Paso", "Días"), ("Declaración", "30"), ("Inspección", "118")),
            paragraph("Fuente: elaboración propia."),
            text_box(paragraph(run("La minería", BOLD)), paragraph("Es de pequeña escala.")),
            paragraph("Nadie puede consultar una excavadora.", style="Quote"),
            paragraph("— Un minero", style="Quote"),
            paragraph(drawing(1, "Un rectángulo verde")),
            paragraph("Figura 1. El río", style="Caption"),
        ),
        pictures={"image1.png": picture(size=(900, 500))},
    )


@pytest.mark.long
def test_the_command_saves_pictures_with_the_card(copy: Copy, run: Run, tmp_path: Path) -> None:
    (tmp_path / "m.docx").write_bytes(whole())
    given = ("intake", str(tmp_path / "m.docx"), "--country", "ecuador", "--language", "es")
    code, out, _ = run(*given, "--workspace", str(copy.root), "--dry-run")
    assert code == 0
    assert not list((copy.root / "figures").glob("ecuador*"))
    code, out, _ = run(
        *given, "--workspace", str(copy.root), "--output", str(tmp_path / "elsewhere.yaml")
    )
    assert (code, not list((copy.root / "figures").glob("ecuador*"))) == (0, True)
    assert "1 picture was not saved" in out
    code, out, _ = run(*given, "--workspace", str(copy.root))
    assert code == 0
    assert "figures/ecuador-rio.png" in out
    assert (copy.root / "figures/ecuador-rio.png").is_file()
    found = check(copy.workspace, ("ecuador",), layout=False)
    assert [str(one) for one in found if one.severity == "error" and "ecuador/es" in str(one)] == []


@pytest.mark.slow
def test_a_manuscript_with_each_block_builds(copy: Copy) -> None:
    only_spanish(copy)
    found = load(copy.workspace).content
    assert found
    received = receive(copy.workspace, found, Submission(whole(), "m.docx", "peru", "es"))
    for name, data in received.files.items():
        (copy.root / name).write_bytes(data)
    outcome = build(
        copy.workspace,
        Order(copy.root / "output", countries=("peru",), languages=("es",), jobs=1),
    )
    own = [
        str(one) for one in outcome.problems if one.severity == "error" and "peru/es" in str(one)
    ]
    assert own == []
