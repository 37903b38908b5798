"""A card goes to its authors as a Word document and comes back: every tracked change is an edit of
the right field, and nothing else of the file changes.
"""

import re
from collections import Counter
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from reportcard.content.loading import Content, load
from reportcard.content.model import Card
from reportcard.content.shelf import ContentFile, Shelf
from reportcard.errors import ExitCode, ReportCardError
from reportcard.intake.receipt import Submission
from reportcard.manuscript.card import dispatched
from reportcard.manuscript.comments import commented, comments_of
from reportcard.manuscript.document import document
from reportcard.manuscript.edits import EditKind
from reportcard.manuscript.merge import EditState
from reportcard.manuscript.update import Update, Updated, acceptable, compared, updated
from reportcard.review.tell.comments import as_text
from reportcard.workspace.workspace import Workspace

from .blocks import with_blocks
from .conftest import ROOT, Copy, copy_content
from .manuscripts import DATA, zipped
from .tracked import AUTHOR, DATE, TrackedFile, q

EDITOR = "B. Editor"
Run = Callable[..., tuple[int, str, str]]
Change = Callable[[TrackedFile], object]


@dataclass(frozen=True)
class Tried:
    """A change in the manuscript, the edit that it is, and what it is in the card's file."""

    change: Change
    field: str
    old: str
    new: str
    kind: EditKind = EditKind.TEXT
    author: str = AUTHOR


def words(old: str, new: str, field: str, *, beside: str = "{}", author: str = AUTHOR) -> Tried:
    """Words replaced; `beside` is what is around them in the file."""
    return Tried(
        lambda file: file.replace(old, new, author),
        field,
        beside.format(old),
        beside.format(new),
        author=author,
    )


LEGAL, POLICIES = "dimensions.legal.findings", "dimensions.policies.findings"
ENFORCEMENT = "dimensions.enforcement.findings"
MOVED = (
    "  También en 2025, el Gobierno peruano aprobó una estrategia nacional multianual contra la "
    "minería ilegal, con horizonte al 2030[^ds-003-2025].\n  Hace hincapié en la fiscalización, la "
    "investigación, la regulación y las intervenciones coordinadas.\n\n"
)
TARGET = (
    "se abrían nuevos frentes mineros en regiones como Loreto, Amazonas, Huánuco, Pasco y Ucayali"
)
PASSED = (
    "  En el papel, el país dispone de un marco legal relativamente claro y completo para la "
    "MAPE.\n  Sin embargo, quienes la practican en el Perú siguen eludiendo la regulación, y la "
    "actividad continúa expandiéndose de manera ilegal en varias regiones.\n  Siguen empleando "
    "maquinaria prohibida y operando dentro de áreas protegidas o sujetas a otras restricciones.\n"
)
REMOVED = (
    "      - El REINFO **omite información crítica**, incluidas las coordenadas de la unidad de "
    "explotación minera,\n        elemento clave sin el cual difícilmente puede garantizarse la "
    "trazabilidad efectiva del oro y de otros minerales.\n"
)
FORTY = (
    words("sólido y detallado", "firme y detallado", LEGAL),
    words("139,169", "139,200", "context"),
    words("64.2", "64.5", "context"),
    words("238,860", "239,000", "context"),
    words("Legislativo N.º 1100", "Legislativo N.º 1101", "notes.dl-1100"),
    words("Universidad Esan", "Universidad ESAN", "notes.bringas-2025"),
    Tried(
        lambda file: file.add_note("las operaciones sospechosas", "Perú. Ley N.º 27693 (2002)."),
        ENFORCEMENT,
        "reportar las operaciones sospechosas.",
        "reportar las operaciones sospechosas[^peru-ley-27693-2002].",
    ),
    Tried(
        lambda file: file.delete_call("mediana y la gran minería"),
        LEGAL,
        "la gran minería**[^mining-law]",
        "la gran minería**",
    ),
    Tried(
        lambda file: file.move("También en 2025, el Gobierno peruano", TARGET),
        "context",
        "",
        "",
        EditKind.MOVED,
    ),
    Tried(
        lambda file: file.remove_paragraph("omite información crítica"),
        LEGAL,
        REMOVED,
        "",
        EditKind.REMOVED,
    ),
    Tried(
        lambda file: file.remove_paragraph("Estos esfuerzos incluyen capacitación", EDITOR),
        POLICIES,
        "      - Estos esfuerzos incluyen capacitación, entrega de plantas de procesamiento "
        "gravimétrico, asistencia técnica y desarrollo de marcos normativos.\n",
        "",
        EditKind.REMOVED,
        EDITOR,
    ),
    Tried(
        lambda file: file.add_paragraph("hectáreas, respectivamente", "Un párrafo nuevo, breve."),
        "context",
        "1,014 hectáreas, respectivamente[^maap-223].\n",
        "1,014 hectáreas, respectivamente[^maap-223].\n\n  Un párrafo nuevo, breve.\n",
        EditKind.NEW,
    ),
    Tried(
        lambda file: file.add_paragraph("en proceso de formalización.", "Otra viñeta.", EDITOR),
        LEGAL,
        "que se encuentran en proceso de formalización.\n",
        "que se encuentran en proceso de formalización.\n      - Otra viñeta.\n",
        EditKind.NEW,
        EDITOR,
    ),
    Tried(
        lambda file: file.format("un registro público de maquinaria pesada"),
        "overall.findings.legal",
        "no existe un registro público de maquinaria pesada.",
        "no existe **un registro público de maquinaria pesada**.",
        EditKind.FORMAT,
    ),
    Tried(
        lambda file: file.format("transparencia y el acceso público a la información", on=False),
        LEGAL,
        "**transparencia y el acceso público a la información minera**",
        "transparencia y el acceso público a la información **minera**",
        EditKind.FORMAT,
    ),
    Tried(
        lambda file: file.format("plataforma en línea", "i"),
        LEGAL,
        "una plataforma en línea",
        "una *plataforma en línea*",
        EditKind.FORMAT,
    ),
    words("Publicación", "Difusión", LEGAL, beside="| {} | 15 |"),
    words("118", "120", LEGAL, beside="| 60 | {} |"),
    words("Pasos de un registro", "Etapas de un registro", LEGAL),
    words("hasta 350 toneladas", "hasta 400 toneladas", LEGAL),
    words("Qué es la MAPE", "Qué significa MAPE", LEGAL),
    words("en azul oscuro", "en azul claro", LEGAL),
    words("consultar una excavadora", "buscar una excavadora", LEGAL),
    words("Italia", "Italia del norte", "context", beside="Italy = {}"),
    words("la publica", "la publica en línea", LEGAL, beside="El ministerio {}."),
    words("cargadores y excavadoras", "cargadores y camiones", LEGAL),
    words("Un registro sin máquinas", "Un registro vacío", LEGAL),
    words("Ficha de evaluación", "Informe de evaluación", "title", beside="title: {}"),
    words(
        "Diseñar y aplicar incentivos",
        "Crear incentivos",
        "recommendations.clean-incentives.title",
    ),
    words(
        "Surgen nuevos frentes",
        "Aparecen nuevos frentes",
        "recommendations.new-fronts.text",
        author=EDITOR,
    ),
    words("Defensoría del Pueblo", "Defensoría del Pueblo (DP)", "institutions.ombudsman"),
    words("una MAPE más sostenible", "una MAPE más limpia", "dimensions.policies.quote"),
    words("creció el área", "aumentó el área", "context_quotes.growth"),
    Tried(
        lambda file: file.split("Siguen empleando maquinaria", EDITOR),
        "context",
        "  Siguen empleando maquinaria",
        "\n  Siguen empleando maquinaria",
        EditKind.SPLIT,
        EDITOR,
    ),
    Tried(
        lambda file: file.join("Pese a los compromisos legislativos"),
        "context",
        "y fuera de ellas.\n\n  Estos",
        "y fuera de ellas.\n  Estos",
        EditKind.JOINED,
    ),
    words("un pilar", "una base", "context", author=EDITOR),
    words("Las redes criminales", "Las bandas", ENFORCEMENT, author=EDITOR),
    Tried(
        lambda file: file.delete(" asimismo,", EDITOR),
        ENFORCEMENT,
        "ha construido, asimismo, ",
        "ha construido, ",
        author=EDITOR,
    ),
    Tried(
        lambda file: file.insert("de cada funcionario", " público", EDITOR),
        "context",
        "de cada funcionario",
        "de cada funcionario público",
        author=EDITOR,
    ),
    words("El país ha firmado y", "El Perú ha firmado y", POLICIES, author=EDITOR),
)


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """The Peru card with every block."""
    return with_blocks(copy_content(tmp_path_factory.mktemp("full") / "workspace"))


@pytest.fixture(scope="module")
def content(full: Copy) -> Content:
    found = load(full.workspace).content
    assert found
    return found


@pytest.fixture(scope="module")
def sent(content: Content) -> bytes:
    return document(dispatched(content, "peru", "es", has_values=True), "es-PE")


def returned(content: Content, data: bytes) -> Update:
    return compared(content, Submission(data, "peru-es.docx", "peru", "es"), has_values=True)


def with_all(update: Update) -> Updated:
    return updated(update, acceptable(update), "«»“”")


def expected(data: bytes, tried: "tuple[Tried, ...]") -> str:
    """The card's file with the changes made by hand."""
    text = data.decode()
    for one in tried:
        if one.kind is EditKind.MOVED:
            before, after = text.split(MOVED)
            end = re.search(rf"{TARGET}\S*\n", after)
            assert end
            text = f"{before}{after[: end.end()]}\n{MOVED[:-1]}{after[end.end() :]}"
            continue
        assert text.count(one.old) == 1, one.old
        text = text.replace(one.old, one.new)
    return text


@pytest.mark.long
def test_forty_changes_are_forty_edits_of_the_right_fields(content: Content, sent: bytes) -> None:
    assert len(FORTY) == 40
    file = TrackedFile(sent)
    for one in FORTY:
        one.change(file)
    update = returned(content, file.bytes())
    assert [one.edit.number for one in update.edits] == list(range(1, 41))
    found = Counter((one.edit.field, one.edit.kind, one.edit.trace.author) for one in update.edits)
    assert found == Counter((one.field, one.kind, one.author) for one in FORTY)
    assert {one.edit.trace.date for one in update.edits} == {DATE}
    assert {one.state for one in update.edits} == {EditState.OPEN}
    # Refusing all leaves the file as it was
    assert updated(update, frozenset(), "«»“”").data == update.card.data
    made = with_all(update)
    assert (made.refused, made.problems, len(made.made)) == ({}, (), 40)
    assert made.added == ("peru-ley-27693-2002",)
    new_note = "  peru-ley-27693-2002: Perú. Ley N.º 27693 (2002).\n"
    assert made.data.decode() == expected(update.card.data, FORTY) + new_note


#: Of each kind one: a note, a call, a move, a deletion, a new bullet, a split, a join.
ALONE = (6, 7, 8, 9, 12, 33, 34)


@pytest.mark.long
@pytest.mark.parametrize("number", ALONE)
def test_each_change_can_be_made_alone(content: Content, sent: bytes, number: int) -> None:
    tried = FORTY[number]
    file = TrackedFile(sent)
    tried.change(file)
    update = returned(content, file.bytes())
    assert [(one.edit.field, one.edit.kind) for one in update.edits] == [(tried.field, tried.kind)]
    made = with_all(update).data.decode()
    assert made.startswith(expected(update.card.data, (tried,)))


@pytest.mark.long
def test_a_manuscript_that_nobody_changed_changes_nothing(content: Content, sent: bytes) -> None:
    update = returned(content, TrackedFile(sent).bytes())
    assert (update.edits, update.remarks) == ((), ())
    assert with_all(update).data == update.card.data


@pytest.mark.long
def test_some_are_accepted_and_the_others_left(content: Content, sent: bytes) -> None:
    """Also in one paragraph, by two authors: and when the file comes again, they are known."""
    file = TrackedFile(sent)
    pillar = FORTY[35]
    for one in (FORTY[2], FORTY[3], pillar):
        one.change(file)
    update = returned(content, file.bytes())
    (number,) = (one.edit.number for one in update.edits if one.edit.trace.author == EDITOR)
    made = updated(update, frozenset({number}), "«»“”")
    assert made.data.decode() == expected(update.card.data, (pillar,))
    again = returned(_with_card(content, made.data), file.bytes())
    states = {one.edit.number: one.state for one in again.edits}
    assert states.pop(number) is EditState.TAKEN
    assert set(states.values()) == {EditState.OPEN}
    rest = with_all(again).data.decode()
    assert rest == expected(update.card.data, (FORTY[2], FORTY[3], pillar))


@pytest.mark.long
@pytest.mark.parametrize("number", [8, 9, 11, 33, 34])
def test_what_was_made_is_known_when_the_file_comes_again(
    content: Content, sent: bytes, number: int
) -> None:
    file = TrackedFile(sent)
    FORTY[number].change(file)
    made = with_all(returned(content, file.bytes()))
    again = returned(_with_card(content, made.data), file.bytes())
    assert [one.state for one in again.edits] == [EditState.TAKEN]
    assert with_all(again).data == made.data


@pytest.mark.long
def test_what_the_content_changed_meanwhile_stays(content: Content, sent: bytes) -> None:
    """By block: another block is merged, the same one is a conflict, and both texts are told."""
    file = TrackedFile(sent)
    for one in (FORTY[0], FORTY[1], FORTY[11]):
        one.change(file)
    card = content.cards["peru"]["es"].data.decode()
    now = card.replace("unas 139,169 hectáreas", "casi 139,169 hectáreas").replace(
        "El catastro minero nacional, a cargo", "El catastro nacional, a cargo"
    )
    update = returned(_with_card(content, now.encode()), file.bytes())
    states = {one.edit.after: one.state for one in update.edits}
    assert list(states.values()) == [EditState.OPEN, EditState.CONFLICT, EditState.OPEN]
    (conflict,) = (one for one in update.edits if one.state is EditState.CONFLICT)
    assert "139,200" in conflict.edit.after
    assert "casi 139,169 hectáreas" in conflict.now
    made = with_all(update)
    assert made.data.decode() == expected(now.encode(), (FORTY[0], FORTY[11]))
    # Named by its number, it takes the text of the manuscript
    made = updated(update, frozenset({conflict.edit.number}), "«»“”")
    assert made.data.decode() == now.replace("casi 139,169 hectáreas", "unas 139,200 hectáreas")


@pytest.mark.long
def test_with_all_bindings_gone_blocks_are_found_by_order_and_likeness(
    content: Content, sent: bytes
) -> None:
    """As after Google Docs: no bookmarks, no properties, values as text."""
    file = TrackedFile(sent)
    for one in (FORTY[0], FORTY[1], FORTY[9]):
        one.change(file)
    for start in list(file.document.iter(q("bookmarkStart"))):
        start.getparent().remove(start)
    del file.parts["docProps/custom.xml"]
    for run in list(file.document.iter(q("r"))):
        if run.find(q("fldChar")) is not None or run.find(q("instrText")) is not None:
            run.getparent().remove(run)
    update = returned(content, file.bytes())
    assert [(one.edit.field, one.edit.kind) for one in update.edits] == [
        (LEGAL, EditKind.TEXT),
        (LEGAL, EditKind.REMOVED),
        ("context", EditKind.TEXT),
    ]
    assert len(update.remarks) == 1
    made = with_all(update).data.decode()
    assert made == expected(update.card.data, (FORTY[0], FORTY[1], FORTY[9]))


@pytest.mark.long
@pytest.mark.parametrize(
    ("last", "key"),
    [
        ("los efectos en las comunidades locales.", "    institutions: [minem, mimp, ombudsman]"),
        ("el 68 % del oro exportado nunca fue declarado formalmente.", ""),
    ],
)
def test_a_paragraph_after_the_last_of_a_field(
    content: Content, sent: bytes, last: str, key: str
) -> None:
    """The line after the field is another key's."""
    file = TrackedFile(sent)
    file.add_paragraph(last, "Al final.")
    update = returned(content, file.bytes())
    assert [one.edit.kind for one in update.edits] == [EditKind.NEW]
    made = with_all(update)
    assert (dict(made.refused), len(made.made)) == ({}, 1)
    old = update.card.data.decode()
    at = old.index(f"{last}\n") + len(last)
    assert old[at + 1 :].startswith(f"{key}\n")
    assert made.data.decode() == f"{old[:at]}\n\n      Al final.{old[at:]}"


@pytest.mark.long
def test_of_changes_in_one_field_those_that_can_be_made_are_made(
    content: Content, sent: bytes
) -> None:
    file = TrackedFile(sent)
    FORTY[0].change(file)
    file.remove_paragraph("Pasos de un registro")
    update = returned(content, file.bytes())
    assert len(update.edits) == 2
    made = with_all(update)
    assert (len(made.made), len(made.refused)) == (1, 1)
    assert made.data.decode() == expected(update.card.data, (FORTY[0],))


PUBLISHED = "      | Publicación | 15 | – | – |\n"
INSPECTED = "      | Inspección del gobierno **regional** | 60 | 118 | 12.5 % |\n"
ROWS = f"      | Declaración | 30 | 41.5 | 38.25 % |\n{INSPECTED}{PUBLISHED}"
HEAD = "      | :--- | ---: | ---: | ---: |\n"
PICTURE = (
    "      ![Un río desde su fuente hasta su boca, en azul oscuro](figures/river.svg){width=half}\n"
    "      : El río y sus **frentes de minería**[^dl-1107] {#river}\n"
    "      : Fuente: dibujo propio\n\n"
)


def row(change: Change, old: str, new: str, *kinds: EditKind) -> "tuple[Change, str, str, object]":
    return change, old, new, kinds


@pytest.mark.long
@pytest.mark.parametrize(
    ("change", "old", "new", "kinds"),
    [
        row(
            lambda file: file.add_row("Publicación", "Otra | más", "7"),
            PUBLISHED,
            f"{PUBLISHED}      | Otra \\| más | 7 |  |  |\n",
            EditKind.NEW_ROW,
        ),
        row(
            lambda file: file.add_row("Días previstos", "Antes", "", "1", "–", tracked=False),
            HEAD,
            f"{HEAD}      | Antes |  | 1 | – |\n",
            EditKind.NEW_ROW,
        ),
        row(lambda file: file.remove_row("Publicación"), PUBLISHED, "", EditKind.REMOVED_ROW),
        row(
            lambda file: file.remove_row("118", tracked=False), INSPECTED, "", EditKind.REMOVED_ROW
        ),
        row(
            lambda file: (
                file.add_row("Publicación", "Otra", "15", "–", "–"),
                file.remove_row("Publicación"),
            ),
            PUBLISHED,
            PUBLISHED.replace("Publicación", "Otra"),
            EditKind.REMOVED_ROW,
            EditKind.NEW_ROW,
        ),
        row(
            lambda file: (
                file.remove_row("Publicación"),
                file.add_row("Días previstos", "Publicación", "15", "–", "–"),
            ),
            ROWS,
            PUBLISHED + ROWS.removesuffix(PUBLISHED),
            EditKind.NEW_ROW,
            EditKind.REMOVED_ROW,
        ),
        row(
            lambda file: file.drag_row("Publicación", "Días previstos"),
            ROWS,
            PUBLISHED + ROWS.removesuffix(PUBLISHED),
            EditKind.NEW_ROW,
            EditKind.REMOVED_ROW,
        ),
        row(
            lambda file: file.drag("También en 2025, el Gobierno peruano", "Siguen empleando maq"),
            MOVED + PASSED,
            f"{PASSED}\n{MOVED[:-1]}",
            EditKind.MOVED,
        ),
        row(
            lambda file: file.delete("Publicación"),
            PUBLISHED,
            PUBLISHED.replace("Publicación", ""),
            EditKind.REMOVED,
        ),
        row(
            lambda file: [
                file.remove_paragraph(words)
                for words in ("en azul oscuro", "El río y sus", "Fuente: dibujo")
            ],
            PICTURE,
            "",
            *(EditKind.REMOVED,) * 3,
        ),
    ],
    ids=[
        *("new", "first", "gone", "gone untracked", "replaced", "moved", "dragged"),
        *("paragraph dragged", "emptied", "picture"),
    ],
)
def test_rows_and_pictures_come_back_and_only_once(
    content: Content, sent: bytes, change: Change, old: str, new: str, kinds: object
) -> None:
    file = TrackedFile(sent)
    change(file)
    update = returned(content, file.bytes())
    assert tuple(one.edit.kind for one in update.edits) == kinds
    made = with_all(update)
    before = update.card.data.decode()
    assert before.count(old) == 1
    assert made.data.decode() == before.replace(old, new)
    again = returned(_with_card(content, made.data), file.bytes())
    assert {one.state for one in again.edits} == {EditState.TAKEN}
    assert with_all(again).data == made.data


@pytest.mark.long
@pytest.mark.parametrize(
    ("change", "found"),
    [
        (lambda file: file.curl_quotes(), []),
        (lambda file: file.put_in("También en 2025", '<w:br w:type="page"/>'), []),
        (
            lambda file: file.put_in(
                "También en 2025",
                "<w:txbxContent><w:p><w:r><w:t>En un cuadro.</w:t></w:r></w:p></w:txbxContent>",
            ),
            [(EditKind.NEW, "En un cuadro.")],
        ),
    ],
    ids=["quotes as typed", "page break", "text box"],
)
def test_what_a_word_processor_sets_is_no_edit_and_a_box_a_paragraph(
    content: Content, sent: bytes, change: Change, found: list[tuple[EditKind, str]]
) -> None:
    file = TrackedFile(sent)
    change(file)
    update = returned(content, file.bytes())
    assert [(one.edit.kind, one.edit.after) for one in update.edits] == found


@pytest.mark.long
@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda file: file.remove_row("Días previstos"), "the heading row"),
        (lambda file: file.add_row("118", *"12345"), "only 4 columns"),
        (lambda file: file.remove_paragraph("en azul oscuro"), "without its caption"),
    ],
    ids=["heading", "too wide", "caption left"],
)
def test_what_a_table_or_picture_cannot_lose_or_have_is_refused(
    content: Content, sent: bytes, change: Change, why: str
) -> None:
    file = TrackedFile(sent)
    change(file)
    made = with_all(returned(content, file.bytes()))
    assert [why in str(one) for one in made.refused.values()] == [True]
    assert made.data == content.cards["peru"]["es"].data


@pytest.mark.long
@pytest.mark.parametrize(
    ("change", "old", "new"),
    [
        (
            lambda file: file.add_paragraph(
                "hectáreas, respectivamente", "Un párrafo nuevo y breve sobre el oro."
            ),
            "nuevo y breve",
            "nuevo y corto",
        ),
        (lambda file: file.add_row("118", "Otra cosa", "15", "–", "–"), "Otra cosa", "Otra cosita"),
    ],
    ids=["paragraph", "row"],
)
def test_what_was_accepted_and_then_improved_is_not_added_again(
    content: Content, sent: bytes, change: Change, old: str, new: str
) -> None:
    file = TrackedFile(sent)
    change(file)
    card = with_all(returned(content, file.bytes())).data.decode()
    improved = card.replace(old, new)
    assert improved != card
    again = returned(_with_card(content, improved.encode()), file.bytes())
    assert [one.state for one in again.edits] == [EditState.CONFLICT]
    assert new in again.edits[0].now
    assert with_all(again).data.decode() == improved


@pytest.mark.long
def test_a_deleted_word_leaves_one_space(content: Content, sent: bytes) -> None:
    file = TrackedFile(sent)
    file.delete("jurídico")
    made = with_all(returned(content, file.bytes()))
    assert "Lo respalda un marco sólido y detallado:" in made.data.decode()


@pytest.mark.long
def test_what_was_not_tracked_is_found_and_signed_by_who_saved(
    content: Content, sent: bytes
) -> None:
    file = TrackedFile(sent)
    (run,) = file.runs("sólido y detallado")
    run.find(q("t")).text = "firme y detallado"
    paragraph = file.paragraph("omite información crítica")
    paragraph.getparent().remove(paragraph)
    core = file.parts["docProps/core.xml"].replace(
        b"</cp:coreProperties>",
        b"<cp:lastModifiedBy>C. Colega</cp:lastModifiedBy></cp:coreProperties>",
    )
    file.parts["docProps/core.xml"] = core
    update = returned(content, file.bytes())
    assert {one.edit.trace.author for one in update.edits} == {"C. Colega"}
    made = with_all(update).data.decode()
    assert made == expected(update.card.data, (FORTY[0], FORTY[9]))


@pytest.mark.long
def test_a_block_found_by_likeness_is_named_as_uncertain(content: Content, sent: bytes) -> None:
    file = TrackedFile(sent)
    paragraph = file.paragraph("sólido y detallado")
    for start in list(paragraph.iter(q("bookmarkStart"))):
        paragraph.remove(start)
    (run,) = file.runs("sólido y detallado")
    run.find(q("t")).text = "firme y detallado"
    update = returned(content, file.bytes())
    assert [one.edit.is_certain for one in update.edits] == [False]
    assert with_all(update).data.decode() == expected(update.card.data, (FORTY[0],))


@pytest.mark.long
def test_a_copied_paragraph_is_a_new_one(content: Content, sent: bytes) -> None:
    """Its bookmark has `_Copy_1`: the block that it was copied from stays as it is."""
    file = TrackedFile(sent)
    source = file.paragraph("omite información crítica")
    made = deepcopy(source)
    for start in made.iter(q("bookmarkStart")):
        start.set(q("name"), f"{start.get(q('name'))}_Copy_1")
    source.addnext(made)
    update = returned(content, file.bytes())
    assert [(one.edit.field, one.edit.kind) for one in update.edits] == [(LEGAL, EditKind.NEW)]
    assert len(with_all(update).data) > len(update.card.data)


@pytest.mark.long
def test_a_value_typed_over_is_told_as_its_words(content: Content, sent: bytes) -> None:
    file = TrackedFile(sent)
    file.delete("11.7").addnext(file._inserted("11.9", AUTHOR))
    update = returned(content, file.bytes())
    ((edit,),) = ([one.edit for one in update.edits],)
    assert edit.field == "overall.result"
    assert "{{ score.total }}" in edit.before
    assert "11.9" in edit.after
    assert "{{ score.total }}" not in edit.after


@pytest.mark.long
def test_a_value_typed_over_untracked_is_an_edit_of_who_saved(
    content: Content, sent: bytes
) -> None:
    """The field is still there, but its result is another."""
    file = TrackedFile(sent)
    file.type_over("11.7", "11.9")
    (edit,) = (one.edit for one in returned(content, file.bytes()).edits)
    assert (edit.field, edit.trace.author) == ("overall.result", "")
    assert "{{ score.total }}" in edit.before
    assert "con 11.9 de {{ max.total }}" in edit.after


SECOND = "        elemento clave sin el cual difícilmente puede garantizarse la trazabilidad"


@pytest.mark.long
def test_a_paragraph_made_a_bullet_or_heading_and_the_reverse_are_edits(
    content: Content, sent: bytes
) -> None:
    file = TrackedFile(sent)
    file.restyle("omite información crítica", "Normal")
    file.replace("omite información crítica", "omite datos")
    file.restyle("Estos esfuerzos incluyen", "Normal", author=EDITOR)
    file.restyle("También en 2025, el Gobierno", "Heading3")
    file.restyle("Surgen nuevos frentes", "ListBullet", 1)
    file.restyle("Legislativo N.º 1100", "ListBullet", 1)
    update = returned(content, file.bytes())
    retyped = [one for one in update.edits if one.edit.kind is EditKind.KIND]
    assert len(update.edits) == len(retyped) + 1
    assert [(one.edit.field, one.state, one.edit.trace.author) for one in retyped] == [
        (LEGAL, EditState.OPEN, ""),
        (POLICIES, EditState.OPEN, EDITOR),
        ("context", EditState.OPEN, ""),
        ("recommendations.new-fronts.text", EditState.OPEN, ""),
        ("notes.dl-1100", EditState.OUTSIDE, ""),
    ]
    made = with_all(update)
    assert (dict(made.refused), made.problems, len(made.made)) == ({}, (), 5)
    text = made.data.decode()
    assert "\n\n      El REINFO omite datos, incluidas las coordenadas" in text
    assert f"\n{SECOND[2:]}" in text, "its lines end where they did"
    assert "\n\n      Estos esfuerzos incluyen capacitación" in text
    assert re.search(r"\n  ### También en 2025, .*2030\[\^ds-003-2025\]\. Hace hincapié", text)
    assert "    text: |\n      - Surgen nuevos frentes mineros" in text
    again = returned(_with_card(content, made.data), file.bytes())
    assert {one.state for one in again.edits} == {EditState.TAKEN, EditState.OUTSIDE}
    assert with_all(again).data == made.data


PIXELS = (
    '<w:drawing xmlns:p="p" xmlns:a="a" xmlns:r="r"><p:docPr id="1" name="Imagen 1" '
    'descr="Una draga"/><a:blip r:embed="rId9"/></w:drawing>'
)


@pytest.mark.long
def test_what_no_card_takes_is_told_at_its_place(content: Content, sent: bytes) -> None:
    file = TrackedFile(sent)
    file.put_in("También en 2025", PIXELS)
    file.put_in("en azul oscuro", PIXELS)
    file.put_in("Siguen empleando", '<w:sym w:font="Webdings" w:char="F0B3"/>')
    file.put_in("Siguen empleando", '<w:object><w:o name="Hoja"/></w:object>')
    file.set("marco jurídico", "strike")
    file.set("sólido y", "u", "single")
    file.set("sólido y", "highlight", "yellow")
    file.set("detallado", "vertAlign", "superscript")
    file.swap_columns("Publicación")
    update = returned(content, file.bytes())
    assert update.edits == ()
    assert [str(one).partition(". ")[0] for one in update.remarks] == [
        f'{LEGAL}, block 2: words are struck through, but not deleted: "marco jurídico"',
        f'{LEGAL}, block 2: "sólido y" is underlined',
        f'{LEGAL}, block 2: "sólido y" is highlighted, which was not imported',
        f'{LEGAL}, block 2: "detallado" is raised or lowered',
        f'{LEGAL}, block 56: the picture "Una draga" was not imported',
        'context, block 3: the picture "Una draga" was not imported',
        "context, block 4: a character in the symbol font Webdings was not imported",
        "context, block 4: an embedded document was not read",
        f"{LEGAL}, block 32: the columns of this table are in another order, which was not "
        "imported",
    ]
    # Those that are deleted again are none
    file = TrackedFile(sent)
    file.put_in("También en 2025", PIXELS)
    for one in list(file.document.iter(q("ins"))):
        one.tag = q("del")
    assert returned(content, file.bytes()).remarks == ()


@pytest.mark.long
def test_symbols_are_the_characters_that_they_show(content: Content, sent: bytes) -> None:
    file = TrackedFile(sent)
    file.put_in("También en 2025", '<w:sym w:font="Symbol" w:char="F0B3"/>')
    wingdings = '<w:rPr><w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/></w:rPr>'
    file.put_in("maquinaria prohibida", f"{wingdings}<w:t>\uf0e0</w:t>")
    found = [one.edit.after for one in returned(content, file.bytes()).edits]
    assert ["≥También en 2025" in found[0], "→maquinaria" in found[1]] == [True, True]


@pytest.mark.long
def test_headings_and_lines_outside_fields_are_told_and_left(content: Content, sent: bytes) -> None:
    file = TrackedFile(sent)
    file.replace("Marcos legales", "Marco legal")
    file.add_paragraph("No se presume la buena fe en cuanto al origen del oro.", "Suelto.")
    file.split("de Maquinaria Pesada con rastreo GPS obligatorio")
    update = returned(content, file.bytes())
    assert {one.state for one in update.edits} <= {EditState.OUTSIDE, EditState.OPEN}
    assert sum(one.state is EditState.OUTSIDE for one in update.edits) >= 1
    assert all(one.why for one in update.edits if one.state is EditState.OUTSIDE)


@pytest.mark.long
def test_comments_are_remarks_on_their_fields(content: Content, sent: bytes) -> None:
    file = TrackedFile(sent)
    file.comment("un pilar de la economía peruana", "¿Según quién?")
    file.comment("Universidad Esan", "Revisar el nombre.", EDITOR)
    first, second = commented(file.bytes(), "peru-es.docx", content)
    assert (first.field, first.quoted) == ("peru/context", "un pilar de la economía peruana")
    assert (first.remark.text, first.remark.author) == ("¿Según quién?", AUTHOR)
    line = content.cards["peru"]["es"].data.decode().split("\n")[int(first.place.split(":")[1]) - 1]
    assert line.startswith("  En 2024, la minería")
    assert (second.field, second.remark.author) == ("peru/notes.bringas-2025", EDITOR)
    assert as_text((first,)).startswith("  ")
    assert returned(content, file.bytes()).edits == ()


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda parts: parts.update({"word/document.xml": b"<w:document"}), id="xml"),
        pytest.param(
            lambda parts: parts.update(
                {"word/document.xml": b"<!DOCTYPE x [<!ENTITY a 'b'>]><w:document/>"}
            ),
            id="entities",
        ),
        pytest.param(
            lambda parts: parts.update(
                {
                    "word/document.xml": parts["word/document.xml"]
                    .replace(b"<w:body>", b"<w:body>" + b"<w:sdt>" * 200, 1)
                    .replace(b"</w:body>", b"</w:sdt>" * 200 + b"</w:body>", 1)
                }
            ),
            id="deep",
        ),
        pytest.param(lambda parts: parts.pop("word/document.xml"), id="no text"),
    ],
)
def test_a_damaged_file_is_refused(
    content: Content, sent: bytes, damage: Callable[[dict[str, bytes]], object]
) -> None:
    parts = dict(TrackedFile(sent).parts)
    damage(parts)
    with pytest.raises(ReportCardError) as caught:
        returned(content, zipped(parts))
    assert caught.value.code is ExitCode.UNREADABLE


@pytest.mark.long
@pytest.mark.parametrize(
    ("old", "new"),
    [(b"REPORTCARD_1", b"REPORTCARD_X"), (b"<vt:lpwstr>eN", b"<vt:lpwstr>e!")],
    ids=["missing", "damaged"],
)
def test_without_what_was_written_out_the_content_counts(
    content: Content, sent: bytes, old: bytes, new: bytes
) -> None:
    file = TrackedFile(sent)
    FORTY[0].change(file)
    custom = file.parts["docProps/custom.xml"]
    assert old in custom
    file.parts["docProps/custom.xml"] = custom.replace(old, new)
    update = returned(content, file.bytes())
    assert [one.edit.field for one in update.edits] == [LEGAL]
    assert len(update.remarks) == 1


@pytest.mark.long
def test_without_what_was_written_out_untracked_changes_are_doubtful(
    content: Content, sent: bytes
) -> None:
    """They may be changes of the content, which accepting all must not undo."""
    file = TrackedFile(sent)
    FORTY[0].change(file)
    del file.parts["docProps/custom.xml"]
    card = content.cards["peru"]["es"].data.replace(b"139,169", b"139,999")
    update = returned(_with_card(content, card), file.bytes())
    assert [one.state for one in update.edits] == [EditState.OPEN, EditState.CONFLICT]
    assert b"139,999" in with_all(update).data


@pytest.mark.long
def test_a_file_saved_by_libreoffice_twice_comes_back_the_same() -> None:
    """tests/data/peru-es-edited.docx: edited through UNO by two people, with the changes that are
    listed here; then saved once more.
    """
    content = load(Workspace(ROOT)).content
    assert content
    update = returned(content, (DATA / "peru-es-edited.docx").read_bytes())
    assert [(one.edit.field, one.edit.kind, one.edit.trace.author) for one in update.edits] == [
        ("overall.findings.legal", EditKind.FORMAT, AUTHOR),
        (LEGAL, EditKind.TEXT, AUTHOR),
        (LEGAL, EditKind.REMOVED, AUTHOR),
        (ENFORCEMENT, EditKind.TEXT, EDITOR),
        ("context", EditKind.TEXT, AUTHOR),
        ("context", EditKind.NEW, AUTHOR),
        ("context", EditKind.SPLIT, EDITOR),
        ("context", EditKind.MOVED, EDITOR),
        ("context", EditKind.JOINED, EDITOR),
        ("notes.dl-1100", EditKind.TEXT, EDITOR),
    ]
    (comment,) = comments_of(update.manuscript, content)
    assert (comment.field, comment.quoted) == ("peru/context", "un pilar de la economía peruana")


@pytest.mark.long
def test_the_forty_changes_made_in_libreoffice_are_the_same_edits(content: Content) -> None:
    """tests/data/peru-es-forty.docx: as tests/test_acceptance.py has LibreOffice make and save
    them, twice. It gives the paragraph below a deleted bullet a bullet, which nobody made.
    """
    update = returned(content, (DATA / "peru-es-forty.docx").read_bytes())
    found = Counter((one.edit.field, one.edit.kind, one.edit.trace.author) for one in update.edits)
    assert found == Counter((one.field, one.kind, one.author) for one in FORTY)
    assert update.remarks == ()
    assert updated(update, frozenset(), "«»“”").data == update.card.data
    made = with_all(update)
    new_note = "  peru-ley-27693-2002: Perú. Ley N.º 27693 (2002).\n"
    assert made.data.decode() == expected(update.card.data, FORTY) + new_note


# --- the commands ---------------------------------------------------------------------------------


@pytest.mark.long
def test_a_card_goes_out_and_comes_back(copy: Copy, run: Run, tmp_path: Path) -> None:
    file, card = tmp_path / "peru-es.docx", copy.root / "content/peru/es.yaml"
    at = ("--workspace", str(copy.root))
    code, out, err = run("manuscript", "peru", "--language", "es", "-o", str(file), *at)
    assert (code, err) == (0, ""), out
    code, _, err = run("manuscript", "peru", "--language", "es", "-o", str(file), *at)
    assert (code, "already exists" in err) == (2, True)
    before = card.read_bytes()
    code, out, _ = run("intake", str(file), "--update", *at)
    assert (code, "Nothing to import." in out) == (0, True)
    edited = TrackedFile(file.read_bytes())
    for one in (FORTY[0], FORTY[1], FORTY[35]):
        one.change(edited)
    edited.comment("La Fiscalía de la Nación reconoce", "¿Desde cuándo?")
    file.write_bytes(edited.bytes())
    code, out, err = run("intake", str(file), "--update", *at)
    assert (code, err) == (1, "")
    assert "  2  context, block 1 · B. Editor, 2026-03-02 10:15" in out
    assert "¿Desde cuándo?" in out
    assert card.read_bytes() == before
    code, out, _ = run("intake", str(file), "--update", "--accept", "all", "--refuse", "2", *at)
    assert code == 0
    assert card.read_text(encoding="utf-8") == expected(before, (FORTY[0], FORTY[1]))
    assert (copy.root / "content/peru/es.before.yaml").read_bytes() == before
    code, out, _ = run("comments", str(file), *at)
    assert code == 0
    assert "peru/recommendations.machinery-registry.text" in out
    assert "page" not in out


@pytest.mark.long
@pytest.mark.parametrize(
    "options",
    [
        ("--update", "--accept", "7"),
        ("--update", "--accept", "one"),
        ("--update", "--refuse", "1"),
        ("--update", "--replace"),
        ("--update", "--country", "peru", "--language", "en"),
        ("--accept", "1"),
    ],
)
def test_wrong_usage_of_an_update_writes_nothing(
    full: Copy, sent: bytes, run: Run, tmp_path: Path, options: tuple[str, ...]
) -> None:
    file = tmp_path / "peru-es.docx"
    edited = TrackedFile(sent)
    FORTY[0].change(edited)
    file.write_bytes(edited.bytes())
    before = (full.root / "content/peru/es.yaml").read_bytes()
    code, _, err = run("intake", str(file), *options, "--workspace", str(full.root))
    assert code == 2, err
    assert (full.root / "content/peru/es.yaml").read_bytes() == before


@pytest.mark.long
def test_a_strangers_manuscript_needs_its_card_named(full: Copy, run: Run) -> None:
    file = str(DATA / "peru-es.docx")
    code, _, err = run("intake", file, "--update", "--workspace", str(full.root))
    assert (code, "cannot determine which card" in err) == (2, True)


def _with_card(content: Content, data: bytes) -> Content:
    """The content with another Spanish card of Peru."""
    file = ContentFile("content/peru/es.yaml", Card, "peru", "«»“”")
    card, problems = Shelf().read(file, data)
    assert card, problems
    cards = {**content.cards, "peru": {**content.cards["peru"], "es": card}}
    return replace(content, cards=cards)
