"""A comparison of the real card with itself, one thing changed: told as that, where it is, and
nothing else.
"""

import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

import pikepdf
import pytest
from pikepdf import Name

from reportcard.build.cards import card_named
from reportcard.build.editions import Kit, edition
from reportcard.page.gauges import Gallery
from reportcard.review.changes import Comparison, Kind
from reportcard.review.compare.comparison import compared
from reportcard.review.compare.regard import Regard
from reportcard.workspace.media import Medium
from reportcard.workspace.store import Store

from .conftest import Built, Copy, copy_workspace, drawings, whatever_the_checks_say

pytestmark = pytest.mark.slow

ES = "content/peru/es.yaml"
WORDING = "content/wording/es.yaml"
SCORES = "content/peru/scores.yaml"
PARTS = "styles/gold/4-parts.css"
TEXT = "styles/gold/3-text.css"
LEGAL = "peru/dimensions.legal.findings"
POLICIES = "peru/dimensions.policies.findings"
ENFORCEMENT = "peru/dimensions.enforcement.findings"
YET = "Con todo, se calcula que el 68 %"
CONTEXT = "peru/context"

LONG = " ".join(
    [
        "La trazabilidad del oro empieza en la mina y termina en la joyería, con controles en cada"
        " paso de la cadena."
    ]
    * 40
)
BULLETS = """      - Estos esfuerzos incluyen capacitación, entrega de plantas de procesamiento \
gravimétrico, asistencia técnica y desarrollo de marcos normativos.
      - **Se aplican, sin embargo, proyecto por proyecto**, y no mediante incentivos \
fiscales permanentes ni regímenes tributarios específicos.
"""
FIXED_TERM = """  fixed-term:
    title: Fijar un plazo a los derechos mineros de la MAPE y reevaluarlos periódicamente
    pictogram: calendar
    text: |
      Debe modificarse la Ley N.º 27651 para que las concesiones de la MAPE tengan un plazo \
definido
      y para que su renovación dependa de evaluaciones obligatorias de los impactos ambientales y \
sociales.
      Se lograría así una minería más responsable.
    institutions: [congress, minem]
"""
HEADINGS = [
    "wording/overall.heading",
    "wording/glance.heading",
    "wording/recommendations.heading",
    *(f"wording/dimensions.{key}.short" for key in ("legal", "policies", "enforcement")),
]
RANKED = [
    f"wording/countries.{name}.name"
    for name in ("bolivia", "brazil", "colombia", "ecuador", "peru")
]

Found = set[tuple[str, str]]


def card(copy: Copy, medium: Medium = Medium.SCREEN, language: str = "es") -> bytes:
    """The card as the workspace has it now, whatever the checks say of it."""
    read = whatever_the_checks_say(copy.workspace)
    kit, one = Kit.of(read, (medium,)), card_named("peru").compose(read, language)
    drawn = dict(zip(one.gauges, Gallery(Store(drawings())).draw(one.gauges.values()), strict=True))
    laid = read.typesetter.lay_out(one, drawn)
    return edition(kit, one, drawn, laid, medium)[0]


def compare(old: bytes, new: bytes, regard: Regard | None = None) -> Comparison:
    comparison = compared("peru", ("old.pdf", old), ("new.pdf", new), regard or Regard()).comparison
    assert not comparison.failed
    return comparison


def told(comparison: Comparison) -> Found:
    return {(str(change.kind), change.field) for change in comparison.changes}


@pytest.fixture(scope="session")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    return copy_workspace(tmp_path_factory.mktemp("planted") / "workspace")


@pytest.fixture(scope="session")
def before(workspace: Copy) -> bytes:
    return card(workspace)


@dataclass(frozen=True)
class Edit:
    """A text replaced in a file of the workspace, and what is to be told of it."""

    name: str
    file: str
    old: str
    new: str
    found: Found
    is_alone: bool = False
    """Whether it moves so much that what else is edited could not be told apart from it."""


EDITS = [
    Edit(
        "a word",
        ES,
        "de acceso público** en una plataforma",
        "de acceso abierto** en una plataforma",
        {("wording", LEGAL)},
    ),
    Edit("a word in the first line", ES, "Por la solidez", "Por la firmeza", {("wording", LEGAL)}),
    Edit(
        "a letter's case",
        ES,
        "El catastro minero nacional",
        "El Catastro minero nacional",
        {("wording", LEGAL)},
    ),
    Edit("a comma", ES, "seguro y operativo", "seguro, y operativo", {("wording", POLICIES)}),
    Edit(
        "an accent",
        ES,
        "Los operativos conducidos",
        "Los operativos condúcidos",
        {("wording", CONTEXT)},
    ),
    Edit(
        "a word gone",
        ES,
        "relativamente claro y completo",
        "claro y completo",
        {("wording", CONTEXT)},
    ),
    Edit(
        "a word come",
        ES,
        "recursos técnicos y financieros limitados",
        "recursos técnicos y financieros muy limitados",
        {("wording", CONTEXT)},
    ),
    Edit(
        "a sentence",
        ES,
        "      El monitoreo ambiental no basta.\n",
        "",
        {("meaning", "peru/recommendations.social-monitoring.text")},  # it denies
    ),
    Edit("a digit", ES, YET, YET.replace("68", "69"), {("number", CONTEXT)}),
    Edit("a decimal", ES, "64.2 %", "64.3 %", {("number", CONTEXT)}),
    Edit("a grouped number", ES, "238,860 empleos", "238,680 empleos", {("number", CONTEXT)}),
    Edit("a year", ES, "horizonte al 2030", "horizonte al 2031", {("number", CONTEXT)}),
    Edit("a law's number", ES, "La Ley N.º 30077", "La Ley N.º 30078", {("number", ENFORCEMENT)}),
    Edit(
        "a number and a word",
        ES,
        "unas 139,169 hectáreas en todo",
        "casi 139,170 hectáreas en todo",
        {("number", CONTEXT), ("wording", CONTEXT)},
    ),
    Edit("a decimal mark", ES, "otros 8.2 en", "otros 8,2 en", {("layout", CONTEXT)}),
    Edit(
        "a title",
        ES,
        "title: Ficha de evaluación del Perú",
        "title: Informe de evaluación del Perú",
        {("wording", "peru/title")},
        is_alone=True,
    ),
    Edit(
        "a heading",
        WORDING,
        "Interpretación de los resultados en el contexto nacional",
        "Lectura de los resultados en el contexto nacional",
        {
            ("wording", "wording/context.heading"),
            ("layout", "wording/context.heading"),
        },  # a shorter one is set larger
        is_alone=True,
    ),
    Edit(
        "a recommendation's title",
        ES,
        "title: Coordinar mejor",
        "title: Coordinar bien",
        {("wording", "peru/recommendations.follow-the-money.title")},
    ),
    Edit(
        "an institution",
        ES,
        "mef: Ministerio de Economía y Finanzas",
        "mef: Ministerio de Hacienda y Finanzas",
        {("wording", "peru/institutions.mef")},
    ),
    Edit(
        "an institution more",
        ES,
        "institutions: [congress, minem]",
        "institutions: [congress, minam, minem]",
        {("wording", "peru/institutions.minam")},
    ),
    Edit(
        "an institution less",
        ES,
        "institutions: [mef, minam, minem]",
        "institutions: [mef, minem]",
        {("wording", "peru/institutions.minam")},
    ),
    Edit("an author", ES, "- T. Társia", "- T. Tarsia", {("wording", "peru/authors.2")}),
    Edit(
        "a category's name",
        WORDING,
        "name: Sistemas de monitoreo",
        "name: Sistemas de control",
        {("wording", "wording/dimensions.policies.categories.monitoring.name")},
    ),
    Edit(
        "a note's word",
        ES,
        "dl-1107: Perú. Decreto Legislativo",
        "dl-1107: Perú. Decreto",
        {("note", "peru/notes.dl-1107")},
    ),
    Edit(
        "a note's number",
        ES,
        "Decreto Supremo N.º 003-2025-IN.",
        "Decreto Supremo N.º 004-2025-IN.",
        {("note", "peru/notes.ds-003-2025")},
    ),
    Edit(
        "a note's address",
        ES,
        "https://www.maaprogram.org/gold-mining-peru-amazon/",
        "https://www.maaprogram.org/gold-mining-peru/",
        {("note", "peru/notes.maap-233")},
    ),
    Edit(
        "a call of another note",
        ES,
        "66.9 %[^mining-watch]",
        "66.9 %[^maap-233]",
        {("note", CONTEXT)},
    ),
    Edit(
        "a call moved",
        ES,
        "actividad ilegal[^law-27651].",
        "actividad[^law-27651] ilegal.",
        {("note", LEGAL)},
    ),
    Edit(
        "a call gone, with its note",
        ES,
        "información[^dl-1107].",
        "información.",
        {("note", LEGAL)},
        is_alone=True,
    ),
    Edit(
        "a call more",
        ES,
        "puntaje más bajo.",
        "puntaje más bajo[^dl-1107].",
        {("note", POLICIES)},
    ),
    Edit(
        "bold",
        ES,
        "para evitar que la minería ilegal se consolide",
        "para evitar que la **minería ilegal** se consolide",
        {("layout", "peru/recommendations.new-fronts.text")},
    ),
    Edit(
        "bold gone",
        ES,
        "En el indicador sobre **definiciones legales y reconocimiento de derechos**",
        "En el indicador sobre definiciones legales y reconocimiento de derechos",
        {("layout", LEGAL)},
    ),
    Edit(
        "italics",
        ES,
        "*Anuario Minero 2024*",
        "Anuario Minero 2024",
        {("layout", "peru/notes.yearbook-2024")},
    ),
    Edit(
        "a language mark gone",
        ES,
        "[Amazon Conservation]{lang=en}",
        "Amazon Conservation",
        {("language", CONTEXT)},
    ),
    Edit(
        "a language mark come",
        ES,
        "Amazon Mining Watch. Perú.",
        "[Amazon Mining Watch]{lang=en}. Perú.",
        {("language", "peru/notes.mining-watch")},
    ),
    Edit(
        "a link come",
        ES,
        "el **Portal Interactivo de Fiscalización Ambiental (PIFA)**",
        "el [**Portal Interactivo de Fiscalización Ambiental (PIFA)**](https://pifa.oefa.gob.pe/)",
        {("link", POLICIES)},
    ),
    Edit(
        "a paragraph that adds a page",
        ES,
        "  Pese a los compromisos",
        f"  {LONG}\n\n  Pese a los compromisos",
        # Quotes are spread over the paragraphs, and the contents name other pages
        {("wording", CONTEXT), ("moved", CONTEXT), ("layout", "")},
        is_alone=True,
    ),
    Edit(
        "a paragraph gone",
        ES,
        "      Las redes criminales que participan en el comercio ilegal de oro son igualmente"
        " objeto de investigaciones y procesos focalizados.\n\n",
        "",
        # With less text, the pages are filled otherwise
        {("wording", ENFORCEMENT), ("layout", ENFORCEMENT), ("layout", "")},
        is_alone=True,
    ),
    Edit(
        "a bullet moved",
        ES,
        BULLETS,
        "".join(reversed(BULLETS.splitlines(keepends=True))),
        {("moved", POLICIES)},
    ),
    Edit(
        "a category's score",
        SCORES,
        "machinery: 0.5",
        "machinery: 0.6",
        {("score", f"peru/scores.{key}") for key in ("machinery", "legal", "total")}
        | {("score", "peru/overall.result")},
    ),
    Edit(
        "a status on every page",
        ES,
        "status: draft",
        "status: review",
        {("wording", "wording/labels.review")},
        is_alone=True,
    ),
    Edit(
        "an institution under another recommendation",
        ES,
        """    institutions: [congress, minem]
""",
        """    institutions: [congress]
""",
        {("wording", "peru/institutions.minem")},
    ),
    Edit(
        "a score no longer provisional",
        SCORES,
        "mercury: 0.8",
        "mercury: {score: 0.8, provisional: false}",
        {
            ("wording", "peru/scores.mercury"),  # an asterisk
            ("picture", "peru/scores.mercury"),
        },
    ),
    Edit(
        "the size of a heading",
        TEXT,
        "h2 { bookmark-level: 1; font-size: 22pt;",
        "h2 { bookmark-level: 1; font-size: 21pt;",
        {("layout", field) for field in HEADINGS},
        is_alone=True,
    ),
    Edit(
        "the colour of the kicker",
        PARTS,
        ".kicker { ",
        ".kicker { color: var(--ink); ",
        {("layout", "peru/title")},
        is_alone=True,
    ),
    Edit(
        "the size of the text",
        "styles/gold/2-page.css",
        "html { color: var(--ink); font: 400 9.5pt/1.45",
        "html { color: var(--ink); font: 400 9.4pt/1.45",
        {("layout", "")},
        is_alone=True,
    ),
    Edit(
        "the colour of a bar",
        PARTS,
        "\n.ranking th, .ranking td {",
        "\n.ranking .bar { background: var(--muted); }\n.ranking th, .ranking td {",
        {("layout", "")},
        is_alone=True,
    ),
    Edit(
        "the indent of a table's cells",
        PARTS,
        "\n.ranking th, .ranking td {",
        "\n.ranking .rank { width: 9mm; }\n.ranking th, .ranking td {",
        {("layout", field) for field in RANKED},
        is_alone=True,
    ),
    Edit(
        "two numbers exchanged",
        ES,
        "1,262 y 1,014 hectáreas",
        "1,014 y 1,262 hectáreas",
        {("number", CONTEXT)},
    ),
    Edit("a sign of a number", ES, "creció en 66.9", "creció en −66.9", {("number", CONTEXT)}),
    Edit(
        "bold and a word",
        ES,
        "evitar que la minería ilegal se consolide",
        "impedir que **la minería ilegal** se consolide",
        {
            ("wording", "peru/recommendations.new-fronts.text"),
            ("layout", "peru/recommendations.new-fronts.text"),
        },
    ),
    Edit(
        "a paragraph that makes others flow over the notes",
        ES,
        "  Hace hincapié en la fiscalización,",
        "  " + LONG[:900] + "\n  Hace hincapié en la fiscalización,",
        {("wording", CONTEXT)},
        is_alone=True,
    ),
    Edit(
        "a paragraph parted",
        ES,
        "el 97.5 % solo en la región Madre de Dios.\n",
        "el 97.5 % solo en la región Madre de Dios.\n\n",
        {("layout", CONTEXT)},
        is_alone=True,
    ),
    Edit(
        "a recommendation gone",
        ES,
        FIXED_TERM,
        "",
        {("wording", f"peru/recommendations.fixed-term.{key}") for key in ("title", "text")}
        | {
            ("wording", "peru/institutions.congress"),
            ("wording", "peru/institutions.minem"),
            ("wording", "wording/recommendations.institutions"),
        },
        is_alone=True,
    ),
]


T = TypeVar("T")


#: Changes at once: more would hide which of them is told wrongly.
TOGETHER = 8


def batches(each: Iterable[tuple[T, Found]]) -> list[tuple[list[T], Found]]:
    """What can be changed at once, with all that is to be told of it: of two changes of a batch
    nothing is told alike, so a comparison tells them apart. A whole card is laid out and compared
    for each batch.
    """
    found: list[tuple[list[T], Found]] = []
    for one, told in each:
        fitting = (them for them in found if len(them[0]) < TOGETHER and not them[1] & told)
        members, all_told = next(fitting, ([], set()))
        if not members:
            found.append((members, all_told))
        members.append(one)
        all_told |= told
    return found


def plant(workspace: Copy, *edits: Edit) -> bytes:
    whole = {edit.file: (workspace.root / edit.file).read_bytes() for edit in edits}
    try:
        for edit in edits:
            workspace.edit(edit.file, edit.old, edit.new)
        return card(workspace)
    finally:
        for file, data in whole.items():
            (workspace.root / file).write_bytes(data)


@pytest.mark.parametrize(
    ("edits", "found"),
    [
        *batches((edit, edit.found) for edit in EDITS if not edit.is_alone),
        # Of those that move much, every other one without --thorough.
        *(
            pytest.param([edit], edit.found, marks=pytest.mark.thorough if number % 2 else ())
            for number, edit in enumerate(edit for edit in EDITS if edit.is_alone)
        ),
    ],
)
def test_edits_are_told_as_what_they_are_where_they_are_and_nothing_else(
    edits: list[Edit], found: Found, workspace: Copy, before: bytes
) -> None:
    assert told(compare(before, plant(workspace, *edits))) == found


# --- what no file of the content says, changed in the PDF -----------------------------------------


def named(pdf: pikepdf.Pdf, beginning: str) -> pikepdf.Dictionary:
    """The first element of structure whose ID begins so."""
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Dictionary) and str(thing.get(Name.ID, "")).startswith(
            beginning
        ):
            return thing
    raise AssertionError(beginning)


def links(pdf: pikepdf.Pdf) -> list[tuple[pikepdf.Page, pikepdf.Dictionary]]:
    return [
        (page, one)
        for page in pdf.pages
        for one in page.obj.get(Name.Annots, ())
        if Name.A in one and Name.URI in one.A
    ]


def other_address(pdf: pikepdf.Pdf) -> None:
    for _, link in links(pdf):
        if str(link.A.URI) == "https://www.maaprogram.org/es/mineria-oro-peru-2025/":
            link.A.URI = pikepdf.String("https://www.example.org/")


def no_address(pdf: pikepdf.Pdf) -> None:
    for page, link in links(pdf):
        if str(link.A.URI) == "https://www.maaprogram.org/gold-mining-peru-amazon/":
            page.obj.Annots = pikepdf.Array([one for one in page.obj.Annots if one != link])


def told_otherwise(key: str, value: str) -> Callable[[pikepdf.Pdf], None]:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.docinfo[key] = value

    return change


def other_language(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Lang = pikepdf.String("es-PE")


def no_bookmark(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        del outline.root[2]


def other_bookmark(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        outline.root[1].title = "Otra cosa"


def larger_bleed(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        page.obj.BleedBox = pikepdf.Array([-8, -8, 603, 850])


def one_page_cropped(pdf: pikepdf.Pdf) -> None:
    pdf.pages[4].obj.CropBox = pikepdf.Array([10, 10, 580, 830])


def other_alternative(pdf: pikepdf.Pdf) -> None:
    figure = next(
        one
        for one in pdf.objects
        if isinstance(one, pikepdf.Dictionary) and "Marcos legales" in str(one.get(Name.Alt, ""))
    )
    figure.Alt = pikepdf.String("Un dibujo: 3.9 de 5")


def other_value(pdf: pikepdf.Pdf) -> None:
    figure = next(
        one
        for one in pdf.objects
        if isinstance(one, pikepdf.Dictionary) and "Marcos legales" in str(one.get(Name.Alt, ""))
    )
    figure.Alt = pikepdf.String("Marcos legales: 3.8 de 5 (provisional)")


def other_type(pdf: pikepdf.Pdf) -> None:
    named(pdf, "peru.es.overall.result.").S = Name.H4


def other_speech(pdf: pikepdf.Pdf) -> None:
    named(pdf, "peru.es.wording.edition.subtitle.line").Lang = pikepdf.String("pt")


def blank_page(pdf: pikepdf.Pdf) -> None:
    pdf.add_blank_page(page_size=(595.275591, 841.889764))


def moved_text(pdf: pikepdf.Pdf) -> None:
    """All of a page 3 mm to the right."""
    page = pdf.pages[8]
    page.contents_add(b"q 1 0 0 1 8.5 0 cm", prepend=True)
    page.contents_add(b"Q")


def painted_over(pdf: pikepdf.Pdf) -> None:
    pdf.pages[7].contents_add(b"q .8 .9 .8 rg 300 60 100 40 re f Q")


def other_order(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[3]
    del pdf.pages[3]
    pdf.pages.append(page)


def no_links(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        if Name.Annots in page.obj:
            del page.obj[Name.Annots]


def link_over_nothing(pdf: pikepdf.Pdf) -> None:
    link = pikepdf.Dictionary(
        Type=Name.Annot,
        Subtype=Name.Link,
        Rect=[5, 5, 15, 15],
        A=pikepdf.Dictionary(S=Name.Launch, F="cmd.exe"),
    )
    pdf.pages[4].obj.Annots = pikepdf.Array(
        [*pdf.pages[4].obj.get(Name.Annots, ()), pdf.make_indirect(link)]
    )


def stamped(pdf: pikepdf.Pdf) -> None:
    stamp = pikepdf.Dictionary(
        Type=Name.Annot, Subtype=Name.FreeText, Rect=[100, 100, 300, 140], Contents="FALSO"
    )
    pdf.pages[8].obj.Annots = pikepdf.Array([*pdf.pages[8].obj.Annots, pdf.make_indirect(stamp)])


def attached(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["extra.txt"] = b"more"


def spoken_otherwise(pdf: pikepdf.Pdf) -> None:
    named(pdf, "peru.es.overall.result.").ActualText = pikepdf.String("Otra cosa")


INSIDE: list[tuple[Callable[[pikepdf.Pdf], None], Found]] = [
    (other_value, {("picture", "peru/scores.legal")}),
    (other_address, {("link", "peru/notes.maap-223")}),
    (no_address, {("link", "peru/notes.maap-233")}),
    (told_otherwise("/Title", "Otro título"), {("metadata", "")}),
    (told_otherwise("/Author", "Nadie"), {("metadata", "")}),
    (told_otherwise("/Keywords", "oro, minería"), {("metadata", "")}),
    (other_language, {("language", "")}),
    (no_bookmark, {("bookmarks", "")}),
    (other_bookmark, {("bookmarks", "")}),
    (larger_bleed, {("boxes", "")}),
    (one_page_cropped, {("boxes", "")}),
    (other_type, {("tags", "peru/overall.result")}),
    (other_speech, {("language", "wording/edition.subtitle")}),
    (blank_page, {("boxes", "")}),
    (painted_over, {("layout", "")}),
    (other_order, {("boxes", ""), ("wording", "")}),  # and its folio is out of order
    (no_links, {("link", "")}),
    (link_over_nothing, {("link", "")}),
    (stamped, {("metadata", "")}),
    (attached, {("metadata", "")}),
    (spoken_otherwise, {("tags", "")}),
    (told_otherwise("/Title", "FICHA DE EVALUACIÓN DEL PERÚ"), {("metadata", "")}),
    (other_alternative, {("tags", "peru/scores.legal")}),
]


@pytest.mark.parametrize(("changes", "found"), batches(INSIDE))
def test_changes_inside_the_file_are_told_as_what_they_are(
    changes: list[Callable[[pikepdf.Pdf], None]], found: Found, before: bytes
) -> None:
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(before)) as pdf:
        for change in changes:
            change(pdf)
        pdf.save(target)
    assert told(compare(before, target.getvalue())) == found


def test_text_that_stands_elsewhere_on_the_page_is_layout(before: bytes) -> None:
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(before)) as pdf:
        moved_text(pdf)
        pdf.save(target)
    comparison = compare(before, target.getvalue())
    # The links stayed where they were, and have other words now.
    assert {kind for kind, _ in told(comparison)} == {"layout", "link"}
    assert {fact.name for change in comparison.changes for fact in change.facts} >= {"left"}


# --- what changes nothing -------------------------------------------------------------------------

SAVED: dict[str, dict[str, object]] = {
    "linearised": {"linearize": True},
    "recompressed": {
        "recompress_flate": True,
        "object_stream_mode": pikepdf.ObjectStreamMode.generate,
    },
    "uncompressed": {
        "compress_streams": False,
        "stream_decode_level": pikepdf.StreamDecodeLevel.generalized,
    },
    "without object streams": {"object_stream_mode": pikepdf.ObjectStreamMode.disable},
    "with normal content": {"normalize_content": True},
    "for a text editor": {"qdf": True},
    "encrypted, open to all": {"encryption": pikepdf.Encryption(owner="owner", user="")},
    "of a later version": {"force_version": "2.0"},
}


def resaved(data: bytes, **how: object) -> bytes:
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.save(target, **how)  # type: ignore[arg-type]
    return target.getvalue()


FILES = [(language, medium) for language in ("en", "es") for medium in Medium]


def combined(kinds: Iterable[str]) -> list[object]:
    """Every kind with every file: 48 and 12 of them. Without --thorough, each kind with one, and
    files in turn.
    """
    return [
        pytest.param(kind, *file, marks=() if number % len(FILES) == at else pytest.mark.thorough)
        for number, kind in enumerate(kinds)
        for at, file in enumerate(FILES)
    ]


@pytest.mark.parametrize(("how", "language", "medium"), combined(SAVED))
def test_a_file_saved_otherwise_is_no_change(
    how: str, language: str, medium: Medium, built: Built
) -> None:
    data = built.pdf(language, medium).read_bytes()
    comparison = compare(data, resaved(data, **SAVED[how]))
    assert comparison.changes == ()


@pytest.mark.parametrize(("moment", "language", "medium"), combined(["1000000000", "1900000000"]))
def test_a_build_on_another_day_is_no_change(
    moment: str,
    language: str,
    medium: Medium,
    workspace: Copy,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = card(workspace, medium, language)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", moment)
    comparison = compare(before, card(workspace, medium, language))
    assert comparison.changes == ()


def test_a_page_that_is_added_leaves_all_others_as_they_were(
    workspace: Copy, before: bytes
) -> None:
    (edit,) = [one for one in EDITS if one.name == "a paragraph that adds a page"]
    comparison = compare(before, plant(workspace, edit))
    (change,) = [one for one in comparison.changes if one.kind is Kind.WORDING]
    added = {area[0] for area in change.new_areas}
    assert sum(leaf.old is None for leaf in comparison.leaves) == 1
    # The contents name other pages, and quotes are spread anew over the context: each is told
    told = {area[0] for one in comparison.changes for area in one.new_areas}
    assert {leaf.new for leaf in comparison.leaves if leaf.differs} == told | added
    pages = sum(leaf.old is not None for leaf in comparison.leaves) + 1
    assert [leaf.new for leaf in comparison.leaves if leaf.new] == list(range(1, pages + 1))
