"""A Word manuscript becomes a card: each word in its field, notes at their calls, nothing of a
stranger's file believed.
"""

import io
import re
import shutil
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from reportcard.build.pipeline import build, check
from reportcard.build.request import Order
from reportcard.content.loading import Content, load
from reportcard.content.prose import Run as ProseRun
from reportcard.errors import ExitCode, ReportCardError
from reportcard.intake.blocks import paragraphs_of
from reportcard.intake.manuscript import words
from reportcard.intake.package import opened
from reportcard.intake.receipt import Received, Submission, receive
from reportcard.intake.word import read_word
from reportcard.problems.handbook import explain
from reportcard.problems.registry import every_rule
from reportcard.translation.units import pairs

from .conftest import ROOT, Copy, copy_workspace
from .manuscripts import (
    BULLET,
    DATA,
    INNER_BULLET,
    NUMBER,
    OFFICE,
    call,
    docx,
    only_spanish,
    paragraph,
    peru_docx,
    run,
    zipped,
)

Run = Callable[..., tuple[int, str, str]]
PERU = DATA / "peru-es.docx"
H1, H2 = "H1", "H2"


@pytest.fixture(scope="module")
def spanish(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """A workspace in Spanish alone, without a card."""
    return only_spanish(copy_workspace(tmp_path_factory.mktemp("spanish") / "workspace"))


class Bench:
    """What a property needs, without a page of it in each message."""

    def __init__(self, copy: Copy, content: Content) -> None:
        self.copy, self.content = copy, content


@pytest.fixture(scope="module")
def bench(spanish: Copy, content: Content) -> Bench:
    return Bench(spanish, content)


@pytest.fixture(scope="module")
def content(spanish: Copy) -> Content:
    found = load(spanish.workspace).content
    assert found
    return found


def took(
    copy: Copy, content: Content, data: bytes, country: str = "ecuador", language: str = "es"
) -> tuple[Received, str]:
    """What a manuscript comes to, and the text of its card."""
    received = receive(
        copy.workspace, content, Submission(data, "manuscript.docx", country, language)
    )
    return received, received.files.get(f"content/{country}/{language}.yaml", b"").decode()


def pages(pdf: Path) -> list[str]:
    return [
        " ".join(page.get_textpage().get_text_bounded().split())
        for page in pypdfium2.PdfDocument(pdf)
    ]


def as_a_manuscript_has_it(card: str) -> str:
    """A card without what no manuscript has: key findings, quotes, categories, pictograms."""
    for whole in (
        r"  findings:\n(?:    .*\n)+(?=\n?dimensions:)",
        r"context_quotes:\n(?:  .*\n)+",
    ):
        card, count = re.subn(whole, "", card)
        assert count == 1, whole
    return re.sub(r" +(?:quote|categories|pictogram): .*\n", "", card)


@pytest.mark.slow
def test_the_peru_manuscript_builds_with_the_same_notes_on_the_same_pages(
    spanish: Copy, run: Run, tmp_path: Path
) -> None:
    code, out, err = run(
        "intake",
        str(PERU),
        "--country",
        "peru",
        "--language",
        "es",
        "--workspace",
        str(spanish.root),
    )
    assert (code, err) == (0, "")
    assert "unplaced" not in out
    outcome = build(spanish.workspace, Order(spanish.root / "output", jobs=1))
    assert [str(problem) for problem in outcome.problems if problem.severity == "error"] == []
    twin = Copy(Path(shutil.copytree(spanish.root, tmp_path / "twin")))
    card = (ROOT / "content/peru/es.yaml").read_text(encoding="utf-8")
    (twin.root / "content/peru/es.yaml").write_text(as_a_manuscript_has_it(card), encoding="utf-8")
    meant = build(twin.workspace, Order(twin.root / "output", jobs=1))
    assert pages(*outcome.written) == pages(*meant.written)
    calls = re.findall(
        r"\[\^([\w-]+)\]", (spanish.root / "content/peru/es.yaml").read_text(encoding="utf-8")
    )
    assert (len(calls), len(set(calls))) == (17, 15)


def test_the_committed_manuscript_is_what_libreoffice_makes_of_the_page() -> None:
    if OFFICE is None:
        pytest.skip("LibreOffice is not installed: tests/data/peru-es.docx is taken as it was made")
    assert said(peru_docx()) == said(PERU.read_bytes())


def said(data: bytes) -> list[tuple[str, str]]:
    manuscript = read_word(opened(data, "x.docx"))
    notes = [one for note in manuscript.notes.values() for one in note]
    return [(str(one.kind), one.text) for one in (*paragraphs_of(manuscript.blocks), *notes)]


# --- people's manuscripts -------------------------------------------------------------------------

BOLD = "<w:b/>"


def bold(text: str, properties: str = "") -> str:
    return paragraph(run(text, BOLD), properties=properties)


def body(*legal: str) -> str:
    """A manuscript with a title, a result, and paragraphs in the first dimension."""
    return "".join(
        [
            paragraph("Ficha", style="Title"),
            paragraph("Evaluación general", style=H1),
            paragraph("Resultado."),
            paragraph("Marcos legales", style=H1),
            *legal,
        ]
    )


def legal(copy: Copy, content: Content, *paragraphs: str, **more: tuple[str, ...]) -> str:
    """The findings of the first dimension that paragraphs become, as the file has them."""
    _, text = took(copy, content, docx(body(*paragraphs), **more))
    return re.sub(
        r"(?m)^      ", "", text.split("findings: |\n")[1].split("  policies:")[0]
    ).strip()


@pytest.mark.long
def test_headings_typed_as_bold_lines_in_capitals_and_with_numbers_are_found(
    spanish: Copy, content: Content
) -> None:
    received, text = took(
        spanish,
        content,
        docx(
            "".join(
                [
                    bold("FICHA DEL ECUADOR"),
                    paragraph("Autores: Ana Pérez; José Ñahui"),
                    paragraph("Versión de marzo."),
                    bold("EVALUACIÓN GENERAL"),
                    paragraph("Resultado", call(1), "."),
                    bold("1. Marco legal"),
                    paragraph("Leyes."),
                    bold("Dimensión 2: políticas mineras"),
                    paragraph("Políticas."),
                    bold("III. INVESTIGACIÓN Y CUMPLIMIENTO"),
                    paragraph(run("Primero.", BOLD), " Sigue."),
                    bold("Contexto nacional"),
                    paragraph("Contexto."),
                    bold("RECOMENDACIONES"),
                    bold("1. Crear un registro"),
                    paragraph("Debe crearse."),
                    paragraph(
                        "Instituciones responsables: Ministerio de Energía (MEM); Agencia (ARC)."
                    ),
                    paragraph(run("2) Controlar el mercurio. ", BOLD), "Debe controlarse."),
                    paragraph("Instituciones:"),
                    paragraph("Ministerio de Energía (MEM)", properties=BULLET),
                ]
            ),
            footnotes=("Ley N.º 5.",),
        ),
    )
    card = load_card(content, text)
    assert (card["title"], card["authors.1"], card["authors.2"]) == (
        "FICHA DEL ECUADOR",
        "Ana Pérez",
        "José Ñahui",
    )
    assert card["overall.result"] == "Resultado ."
    assert [card[f"dimensions.{id_}.findings"] for id_ in ("legal", "policies", "enforcement")] == [
        "Leyes.",
        "Políticas.",
        "Primero. Sigue.",
    ]
    assert card["context"] == "Contexto."
    assert (
        card["recommendations.crear-registro.title"],
        card["recommendations.crear-registro.text"],
    ) == ("Crear un registro", "Debe crearse.")
    assert (
        card["recommendations.controlar-mercurio.title"],
        card["recommendations.controlar-mercurio.text"],
    ) == ("Controlar el mercurio", "Debe controlarse.")
    assert "institutions: [mem, arc]" in text
    assert "institutions: [mem]" in text
    assert card["institutions.mem"] == "Ministerio de Energía (MEM)"
    assert received.unplaced == ("Versión de marzo.",)
    assert card["unplaced"] == "Versión de marzo."
    assert any(
        '"1. Marco legal" was interpreted as the heading "Marcos legales"' in str(one)
        for one in received.remarks
    )


def load_card(content: Content, text: str, country: str = "ecuador") -> dict[str, str]:
    """The words of each field of a card's text, as the loader reads it."""
    from reportcard.content.model import Card
    from reportcard.content.shelf import ContentFile, Shelf

    file = ContentFile(f"content/{country}/es.yaml", Card, country, "«»“”")
    card, found = Shelf().read(file, text.encode())
    assert card
    assert found == ()
    return {
        name: "\n".join(
            "".join(one.text if isinstance(one, ProseRun) else " " for one in part.inlines)
            for part in prose.paragraphs()
        )
        for name, prose in card.prose.items()
    }


@pytest.mark.long
def test_labels_are_those_of_any_language_of_the_edition(copy: Copy) -> None:
    content = load(copy.workspace).content
    assert content
    received, text = took(
        copy,
        content,
        docx(
            "".join(
                [
                    paragraph("Ficha", style="Title"),
                    paragraph("Authors: Ana Pérez; José Ñahui"),
                    paragraph("Recomendaciones", style=H1),
                    paragraph("Fijar un plazo", style=H2),
                    paragraph("Conviene."),
                    paragraph("Responsible institutions: Ministerio de Minas; Congreso"),
                ]
            )
        ),
    )
    assert "authors:\n  - Ana Pérez\n  - José Ñahui\n" in text
    assert "    institutions: [ministerio-minas, congreso]\n" in text
    assert received.unplaced == ()
    _, alone = took(
        copy,
        content,
        docx(paragraph("Ficha", style="Title") + paragraph("AUTHORS") + paragraph("Ana Pérez")),
    )
    assert "authors:\n  - Ana Pérez\n" in alone


@pytest.mark.long
def test_an_english_manuscript_without_styles(copy: Copy, run: Run, tmp_path: Path) -> None:
    lines = [
        "OVERALL ASSESSMENT",
        "Ecuador does well.",
        "LEGAL FRAMEWORK",
        "Law.",
        "Mining policies",
        "Policy.",
        "INVESTIGATION AND ENFORCEMENT",
        "Courts.",
        "NATIONAL CONTEXT",
        "Context.",
    ]
    (tmp_path / "ecuador.docx").write_bytes(
        docx(paragraph("Ecuador Report Card") + "".join(map(paragraph, lines)))
    )
    code, out, err = run(
        "intake",
        str(tmp_path / "ecuador.docx"),
        "--country",
        "ecuador",
        "--language",
        "en",
        "--workspace",
        str(copy.root),
    )
    assert (code, err) == (0, "")
    assert "unplaced" not in out
    text = (copy.root / "content/ecuador/en.yaml").read_text(encoding="utf-8")
    assert (
        " ".join(text.split())
        == "# yaml-language-server: $schema=../../schema/card.json title: Ecuador Report Card"
        " status: draft overall: result: | Ecuador does well. dimensions: legal: findings: |"
        " Law. policies: findings: | Policy. enforcement: findings: | Courts. context: |"
        " Context."
    )
    assert "The card does not exist in es." in out


LINK = '<w:hyperlink r:id="link1">{}</w:hyperlink>'


@pytest.mark.long
@pytest.mark.parametrize(
    ("typed", "written"),
    [
        (
            [paragraph("Con *asteriscos*, [corchetes], {{ llaves }}, _rayas_ y \\.")],
            r"Con \*asteriscos\*, \[corchetes\], \{\{ llaves \}\}, \_rayas\_ y \\.",
        ),
        ([paragraph("# No es un título")], r"\# No es un título"),
        ([paragraph("2024. Fue un año")], r"2024\. Fue un año"),
        ([paragraph("[^nota] y <https://x.org>")], r"\[^nota\] y \<<https://x.org>>"),
        ([paragraph("a", run("b ", BOLD), "c")], "a**b** c"),
        ([paragraph(run("Uno:", BOLD), "dos")], "**Uno**:dos"),
        ([paragraph(run("Uno", BOLD), run(" dos", "<w:b/><w:i/>"), " tres")], "**Uno *dos*** tres"),
        ([paragraph(run("Uno", '<w:rStyle w:val="Strong"/>'), " dos")], "**Uno** dos"),
        ([paragraph("Un\u00a0espacio y “comillas”")], "Un\u00a0espacio y “comillas”"),
        (
            [paragraph("Entra", properties=BULLET), paragraph("Dentro", properties=INNER_BULLET)],
            "- Entra\n  - Dentro",
        ),
        ([paragraph("• Tecleada"), paragraph("- Otra")], "- Tecleada\n- Otra"),
        (
            [
                paragraph("Se ve:<br>".replace("<br>", "")),
                (
                    "<w:p><w:r><w:t>Sigue</w:t><w:br/><w:t>- uno</w:t><w:br/><w:t>-"
                    " dos</w:t></w:r></w:p>"
                ),
            ],
            "Se ve:\n\nSigue\n\n- uno\n- dos",
        ),
        (
            ["<w:p><w:r><w:t>Una línea</w:t><w:br/><w:t>y otra</w:t></w:r></w:p>"],
            "Una línea\ny otra",
        ),
        ([paragraph("Véase https://x.org/a_(b). Y más")], "Véase <https://x.org/a_(b)>. Y más"),
        (
            [paragraph("Véase ", LINK.format(run("aquí")), ".")],
            "Véase [aquí](https://x.org/%28a%29).",
        ),
        (
            [
                f'<w:p>{run("Dice ")}<w:ins w:id="1">{run("sí")}</w:ins><w:del'
                ' w:id="2"><w:r><w:delText>no</w:delText></w:r></w:del></w:p>'
            ],
            "Dice sí",
        ),
        (
            [
                f'<w:p><w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr>{run("Una")}</w:p>',
                paragraph(" frase"),
            ],
            "Una frase",
        ),
        ([paragraph(run("Visible"), run(" oculto", "<w:vanish/>"))], "Visible"),
        (
            [f'<w:p><w:fldSimple w:instr=" DATE ">{run("3 de marzo")}</w:fldSimple></w:p>'],
            "3 de marzo",
        ),
        (
            [
                '<w:p><w:r><w:fldChar w:fldCharType="begin"/><w:instrText> HYPERLINK'
                ' "https://x.org/" </w:instrText><w:fldChar w:fldCharType="separate"/></w:r>'
                + run("Sitio")
                + '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
            ],
            "[Sitio](https://x.org/)",
        ),
        (
            [f"<w:sdt><w:sdtContent>{paragraph('En un control')}</w:sdtContent></w:sdt>"],
            "En un control",
        ),
        (
            [f"<w:tbl><w:tr><w:tc>{paragraph('En un marco')}</w:tc></w:tr></w:tbl>"],
            "::: box\nEn un marco\n:::",
        ),
        ([paragraph("Un tema", style=H2), paragraph("Texto.")], "### Un tema\nTexto."),
        ([paragraph(": con dos puntos")], r"\: con dos puntos"),
    ],
)
def test_what_is_typed_prints_as_typed(
    spanish: Copy, content: Content, typed: list[str], written: str
) -> None:
    assert legal(spanish, content, *typed, links=("https://x.org/(a)",)) == written


@pytest.mark.long
def test_notes_come_in_once_each_with_what_they_are_called(spanish: Copy, content: Content) -> None:
    text = "Uno", call(1), ", dos", call(2), ", tres", call(3), call(1, "endnote"), "."
    received, card = took(
        spanish,
        content,
        docx(
            body(paragraph(*text)),
            footnotes=("Ley N.º 27651.", "Ley N.º 1.", "Ley N.º 27651.", "Sin llamada."),
            endnotes=("Al final.",),
        ),
    )
    assert "Uno[^ley-27651], dos[^ley-1], tres[^ley-27651][^final]." in card
    assert "notes:\n  ley-27651: Ley N.º 27651.\n  ley-1: Ley N.º 1.\n  final: Al final.\n" in card
    assert received.unplaced == ("Sin llamada.",)


@pytest.mark.long
def test_names_are_those_of_the_other_language_where_both_agree(copy: Copy) -> None:
    (copy.root / "content/peru/es.yaml").unlink()
    found = load(copy.workspace).content
    assert found
    received = receive(
        copy.workspace, found, Submission(PERU.read_bytes(), "peru-es.docx", "peru", "es")
    )
    card = received.files["content/peru/es.yaml"].decode()
    english = found.cards["peru"]["en"].model
    assert [one for one in english.recommendations if f"\n  {one}:\n    title: " not in card] == []
    assert [one for one in english.notes if f"\n  {one}: " not in card] == []
    assert [one for one in english.institutions if f"\n  {one}: " not in card] == []
    assert card.count("pictogram:") == 10
    assert (received.values, len(received.corrections)) == (0, 11)


def test_shared_wording_is_told_and_left_out_and_what_resembles_it_is_told(
    spanish: Copy, content: Content
) -> None:
    wording = content.wordings["es"].model
    whole = " ".join(str(wording.dimensions["legal"].assesses).replace("*", "").split())
    received, text = took(
        spanish,
        content,
        docx(
            body(
                paragraph(whole),
                paragraph(whole.replace("si un país", "si cada país")),
                paragraph("Leyes."),
            )
        ),
    )
    assert ("wording/dimensions.legal.assesses", whole) in received.shared
    assert text.count("bases jurídicas") == 1
    assert any(
        "is almost identical to wording/dimensions.legal.assesses" in str(one)
        for one in received.remarks
    )


def test_what_has_no_field_is_kept_and_told_of(spanish: Copy, content: Content) -> None:
    comment = '<w:p><w:r><w:t>Comentado.</w:t><w:commentReference w:id="1"/></w:r></w:p>'
    bad = paragraph("Vea ", LINK.format(run("esto")))
    annex = paragraph("Anexo", style=H1) + paragraph("Siglas.")
    received, text = took(
        spanish, content, docx(body(comment, bad, annex), links=("javascript:alert(1)",))
    )
    assert received.unplaced == ("Anexo", "Siglas.")
    remarks = "\n".join(map(str, received.remarks))
    for one in ("1 comment has no text in the file", "1 link was removed"):
        assert one in remarks
    assert "javascript" not in text
    assert "Vea esto" in text
    found = [problem for problem in received.problems if problem.code == "INTAKE-UNPLACED"]
    assert [problem.place.line for problem in found] == [
        number
        for number, line in enumerate(text.split("\n"), start=1)
        if line.strip(" *") in received.unplaced
    ]


@pytest.mark.long
def test_unplaced_text_is_a_warning_and_is_not_printed_translated_or_compared(copy: Copy) -> None:
    copy.edit("content/peru/es.yaml", "\nnotes:\n", "\nunplaced: |\n  Texto perdido.\nnotes:\n")
    (found,) = check(copy.workspace, ("peru",), layout=False)
    assert (found.code, str(found.severity), found.place.file) == (
        "INTAKE-UNPLACED",
        "warning",
        "content/peru/es.yaml",
    )
    content = load(copy.workspace).content
    assert content
    assert str(content.cards["peru"]["es"].model.unplaced).strip() == "Texto perdido."
    (pair,) = pairs(content, ("peru",), ("es",))
    assert [unit.name for unit in pair.units if "unplaced" in unit.name] == []


@pytest.mark.long
def test_unplaced_text_cannot_be_waived(copy: Copy) -> None:
    line, _ = copy.edit(
        "content/peru/es.yaml",
        "\nnotes:\n",
        "\nunplaced: |\n  Texto perdido.\nwaivers:\n  unplaced:\n    INTAKE-UNPLACED:"
        " Later.\nnotes:\n",
    )
    found = check(copy.workspace, ("peru",), layout=False)
    assert [(one.code, one.place.line) for one in found] == [
        ("INTAKE-UNPLACED", line + 2),
        ("WAIVER-INVALID", line + 5),
    ]
    assert str(found[1].message) == "INTAKE-UNPLACED cannot be waived."
    assert "cannot be waived" in explain(every_rule()["INTAKE-UNPLACED"])


# --- the command ----------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_card_that_is_there_is_not_overwritten(copy: Copy, run: Run, tmp_path: Path) -> None:
    file, before = (
        copy.root / "content/peru/es.yaml",
        (copy.root / "content/peru/es.yaml").read_bytes(),
    )
    arguments = (
        "intake",
        str(PERU),
        "--country",
        "peru",
        "--language",
        "es",
        "--workspace",
        str(copy.root),
    )
    code, _, err = run(*arguments)
    assert code == ExitCode.USAGE
    assert "--output FILE" in err
    assert "--replace" in err
    assert file.read_bytes() == before
    assert run(*arguments, "--output", str(tmp_path / "new.yaml"))[0] == 0
    assert run(*arguments, "--output", str(tmp_path / "new.yaml"))[0] == ExitCode.USAGE
    assert run(*arguments, "--dry-run")[0] == 0
    assert file.read_bytes() == before
    assert run(*arguments, "--replace")[0] == 0
    assert (copy.root / "content/peru/es.before.yaml").read_bytes() == before
    assert file.read_bytes() == (tmp_path / "new.yaml").read_bytes()
    assert run(*arguments, "--replace")[0] == 0
    assert not (copy.root / "content/peru/es.before-2.yaml").exists(), "the same file again"
    assert list(copy.workspace.languages("peru")) == ["en", "es"]


@pytest.mark.slow
def test_the_command_foretells_what_the_check_says_of_the_card(
    copy: Copy, run: Run, tmp_path: Path
) -> None:
    (tmp_path / "x.docx").write_bytes(
        docx(body(paragraph("La ley mineraa fija however 11,7 y (otra.")))
    )
    arguments = ("--workspace", str(copy.root))
    out = run(
        "intake", str(tmp_path / "x.docx"), "--country", "ecuador", "--language", "es", *arguments
    )[1]
    found = [
        one
        for one in check(copy.workspace, ("ecuador",), layout=False)
        if one.place.file == "content/ecuador/es.yaml"
    ]
    errors = sum(one.severity == "error" for one in found)
    assert f"will report {errors} errors and {len(found) - errors} warnings in this file" in out
    assert {"SPELL-WORD", "LANG-FOREIGN", "TYPE-BRACKET", "TEXT-PLACEHOLDER"} <= {
        one.code for one in found
    }


#: Signs that a word processor or the web leaves in a text, with the rules that find them.
SIGNS = {
    "REINFO\N{NON-BREAKING HYPHEN}Perú rige.": set(),
    "El cruce \N{BALLOT X} marca la ley.": {"TEXT-SIGN"},
    "Sigue \N{BLACK RIGHT-POINTING POINTER} la norma.": {"TEXT-SIGN"},
    "La ley\N{LATIN SMALL LETTER SALTILLO} rige.": {"TEXT-SIGN"},
    "Un signo \ue000 propio.": {"TEXT-SIGN"},
    "La forma\N{SOFT HYPHEN}lización y la\N{ZERO WIDTH SPACE} ley.": set(),  # left out
    "La mineri\N{COMBINING ACUTE ACCENT}a rige.": set(),  # composed
    "La ley 金 rige.": {"TEXT-SIGN"},
}


@pytest.mark.long
@pytest.mark.parametrize("text", [*SIGNS, " ".join(SIGNS)])
def test_intake_foretells_what_the_check_says_of_foreign_signs(copy: Copy, text: str) -> None:
    content = load(copy.workspace).content
    assert content
    received, _ = took(copy, content, docx(body(paragraph(text))))
    for name, data in received.files.items():
        file = copy.root / name
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(data)
    found = [
        problem
        for problem in check(copy.workspace, ("ecuador",), layout=False)
        if problem.place.file == "content/ecuador/es.yaml" and problem.code != "SPELL-WORD"
    ]
    assert sorted(map(str, received.problems)) == sorted(map(str, found))
    signs = {one.code for one in found if one.code in ("TEXT-SIGN", "TEXT-INVISIBLE")}
    assert signs == SIGNS.get(text, {"TEXT-SIGN"})


@pytest.mark.slow
def test_a_country_without_scores_gets_an_empty_file_and_an_unknown_one_advice(
    copy: Copy, run: Run, tmp_path: Path
) -> None:
    (tmp_path / "x.docx").write_bytes(docx(body(paragraph("Leyes."))))
    (copy.root / "content/ecuador/scores.yaml").unlink()
    arguments = (
        "intake",
        str(tmp_path / "x.docx"),
        "--language",
        "es",
        "--workspace",
        str(copy.root),
        "--country",
    )
    assert run(*arguments, "ecuador")[0] == 0
    assert "country: EC" in (copy.root / "content/ecuador/scores.yaml").read_text(encoding="utf-8")
    code, _, err = run(*arguments, "guyana")
    assert code == ExitCode.USAGE
    assert "reportcard new guyana" in err
    assert not (copy.root / "content/guyana").exists()
    assert run(*arguments, "../x")[0] == ExitCode.USAGE
    assert (
        run("intake", str(tmp_path / "x.docx"), "--workspace", str(copy.root))[0] == ExitCode.USAGE
    )
    assert (
        run("intake", str(tmp_path / "none.docx"), "--country", "peru", "--language", "es")[0]
        == ExitCode.UNREADABLE
    )


def bomb() -> bytes:
    target = io.BytesIO()
    with (
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("word/document.xml", "w") as part,
    ):
        for _ in range(40):
            part.write(b" " * 1_000_000)
    return target.getvalue()


_GOOD = docx(paragraph("Texto."))
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
REFUSED: dict[str, tuple[bytes, str]] = {
    "a zip bomb": (bomb(), "the file is too large when unpacked"),
    "external entities": (
        docx(
            "",
            word_document_xml=b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>',
        ),
        "the file defines XML entities",
    ),
    "entities in UTF-16": (
        docx("", word_document_xml='<!DOCTYPE x [<!ENTITY e "a">]><x>&e;</x>'.encode("utf-16")),
        "the file defines XML entities",
    ),
    "an old .doc": (_OLE, "an old Word or Excel format"),
    "a password": (_OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
    "a PDF": (b"%PDF-1.7", "a PDF"),
    "a web page": (b"<html>", "a web page"),
    "nothing": (b"", "damaged"),
    "half a file": (_GOOD[: len(_GOOD) // 2], "damaged"),
    "broken XML": (docx("<w:p>"), "damaged"),
    "a name that leads out": (
        zipped({"../../x.xml": b"<x/>", "word/document.xml": b"<x/>"}),
        "the file contains internal file names that Word and Excel never use",
    ),
    "another zip": (zipped({"a.txt": b"x"}), "neither a Word document"),
    "no words": (docx(paragraph("")), "contains no text"),
    "a book": (docx(paragraph("Texto. ") * 5_001), "too long to be a card"),
    "very deep": (docx("<w:sdt>" * 400 + "</w:sdt>" * 400), "damaged"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_is_no_manuscript_is_refused_with_what_to_do(
    spanish: Copy, content: Content, name: str
) -> None:
    data, why = REFUSED[name]
    with pytest.raises(ReportCardError, match=why) as refused:
        receive(spanish.workspace, content, Submission(data, "x.docx", "ecuador", "es"))
    assert refused.value.code is ExitCode.UNREADABLE
    assert refused.value.advice


# --- every word -----------------------------------------------------------------------------------

_WORDS = st.text(
    st.sampled_from("abñé12 *_[]{}\\<>#|-–•.,:;!()&`~^\"'«»“”\u00a0\u00ad\u202e\n"),
    min_size=1,
    max_size=12,
)
_RUNS = st.tuples(_WORDS, st.sampled_from(["", BOLD, "<w:i/>", "<w:b/><w:i/>", "<w:vanish/>"]))
_STYLES = st.sampled_from(["", "", "", H1, H2, "Title"])
_PROPERTIES = st.sampled_from(["", "", BULLET, INNER_BULLET, NUMBER])
_KNOWN = st.sampled_from(
    [
        "Autores: a; b",
        "Evaluación general",
        "MARCOS LEGALES",
        "Contexto nacional",
        "Recomendaciones",
        "Instituciones competentes: a; b",
        "Políticas mineras",
    ]
)


@st.composite
def _paragraphs(draw: st.DrawFn) -> str:
    if draw(st.booleans()) and draw(st.booleans()):
        return paragraph(run(draw(_KNOWN), BOLD), style=draw(_STYLES))
    runs = [run(text, properties) for text, properties in draw(st.lists(_RUNS, max_size=4))]
    if draw(st.booleans()):
        runs.insert(draw(st.integers(0, len(runs))), call(draw(st.integers(1, 3))))
    made = paragraph(*runs, style=draw(_STYLES), properties=draw(_PROPERTIES))
    match draw(st.integers(0, 9)):
        case 0:
            return f"<w:tbl><w:tr><w:tc>{made}</w:tc><w:tc>{made}</w:tc></w:tr></w:tbl>"
        case 1:
            return f"<w:sdt><w:sdtContent>{made}</w:sdtContent></w:sdt>"
        case 2:
            return f'<w:p><w:ins w:id="1">{"".join(runs)}</w:ins></w:p>'
    return made


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_paragraphs(), min_size=1, max_size=12), st.lists(_WORDS, min_size=3, max_size=3))
@pytest.mark.slow
def test_no_word_is_lost(bench: Bench, paragraphs: list[str], notes: list[str]) -> None:
    """Counted on the document's own XML, by nothing of the program's reading."""
    data = docx("".join(paragraphs), footnotes=tuple(notes))
    try:
        received, text = took(bench.copy, bench.content, data)
    except ReportCardError as refused:
        assert "contains no text" in str(refused.message)  # noqa: PT017
        return
    assert text, [str(problem) for problem in received.problems]
    card = load_card(bench.content, text)
    kept = words(card.values()) + words(text for _, text in received.shared)
    lost = set(typed(data)) - set(kept)
    assert lost == set()


def typed(data: bytes) -> Counter[str]:
    """The words of a document: paragraph by paragraph, what is hidden or inside a word taken
    out.
    """
    found: list[str] = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for part in ("word/document.xml", "word/footnotes.xml"):
            for one in etree.fromstring(archive.read(part)).iter("{*}p"):
                pieces = [
                    " " if etree.QName(each).localname != "t" else each.text or ""
                    for each in one.iter("{*}t", "{*}footnoteReference")
                    if each.getparent().find("{*}rPr/{*}vanish") is None
                ]
                found.append(re.sub("[\u00ad\u202e]", "", "".join(pieces)))
    return words(found)


# --- headings of the author's own -----------------------------------------------------------------


@pytest.mark.long
@pytest.mark.parametrize(
    "heading",
    [
        "Autoras",
        "Autoras y autores",
        "Autor(es)",
        "Autores/as:",
        "Autoría",
        "Elaborado por",
        "Authorship",
        "Written by",
        "Autoria",
        "Autoras e autores",
        "Auteures et auteurs",
        "Equipo autor",
        "Sobre las autoras",
        "Autoras principales",
        "Autores (orden alfabético)",
        "The authors",
        "Lead authors",
        "Author team",
    ],
)
def test_authors_are_known_by_any_heading(spanish: Copy, content: Content, heading: str) -> None:
    title = paragraph("Ficha", style="Title")
    for front in (
        paragraph(heading, style=H1) + paragraph("Ana Pérez; José Ñahui"),
        paragraph(f"{heading.rstrip(':')}: Ana Pérez; José Ñahui"),
    ):
        received, text = took(spanish, content, docx(title + front))
        assert "authors:\n  - Ana Pérez\n  - José Ñahui\n" in text
        assert received.unplaced == ()


@pytest.mark.long
@pytest.mark.parametrize(
    "heading",
    [
        "Conclusiones y recomendaciones",
        "V. CONCLUSIONES Y RECOMENDACIONES",
        "Recomendaciones de política pública",
        "Hallazgos principales, conclusiones y recomendaciones",
        "Recomendaciones para las autoridades",
        "Findings and recommendations",
        "Conclusions & recommendations",
        "Recommendations for ministries",
        "Conclusões e recomendações",
        "Conclusions et recommandations",
        "Recomendaciones y conclusiones",
        "Principales recomendaciones",
        "Nuestras recomendaciones",
        "Consideraciones finales y recomendaciones",
        "Recomendaciones y próximos pasos",
        "Key recommendations (summary)",
        "Concluding remarks and recommendations",
    ],
)
def test_recommendations_are_known_by_any_heading(
    spanish: Copy, content: Content, heading: str
) -> None:
    advice = paragraph("Crear un registro", style=H2) + paragraph("Debe crearse.")
    received, text = took(
        spanish, content, docx(body() + paragraph(heading, style=H1) + paragraph("Antes.") + advice)
    )
    card = load_card(content, text)
    assert card["recommendations.crear-registro.text"] == "Debe crearse."
    assert received.unplaced == ("Antes.",)
    joins = " y " in heading.lower() or "and" in heading or "&" in heading or " e" in heading
    told = [str(one) for one in received.remarks if "combines several parts" in str(one)]
    assert len(told) == joins
    assert all("before the first recommendation was kept under `unplaced`" in one for one in told)


@pytest.mark.long
def test_what_joins_parts_without_a_border_is_kept_for_a_person(
    spanish: Copy, content: Content
) -> None:
    parts = (
        paragraph("Marcos legales y contexto", style=H1),
        paragraph("Dos cosas."),
        paragraph("Contexto nacional", style=H1),
        paragraph("Del país."),
    )
    received, text = took(spanish, content, docx(body(*parts)))
    assert received.unplaced == ("Marcos legales y contexto", "Dos cosas.")
    assert load_card(content, text)["context"] == "Del país."
    assert any(
        "divide it among the fields where it belongs" in str(one) for one in received.remarks
    )


def test_a_section_or_sentence_that_only_looks_like_a_heading_stays(
    spanish: Copy, content: Content
) -> None:
    findings = legal(
        spanish,
        content,
        paragraph("Contexto", style=H2),
        paragraph("Desde 1992."),
        paragraph("Recomendaciones y conclusiones."),
        paragraph("Las autoras y los autores callan"),
    )
    assert findings == (
        "### Contexto\nDesde 1992.\n\nRecomendaciones y conclusiones.\n\n"
        "Las autoras y los autores callan"
    )


# --- what is beside the text ----------------------------------------------------------------------

STRIKE = "<w:strike/>"


def with_comments(body: str, *texts: str) -> bytes:
    """A document with comments by one author, numbered from 1."""
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    inner = "".join(
        f'<w:comment w:id="{number}" w:author="Eva Sol">{paragraph(text)}</w:comment>'
        for number, text in enumerate(texts, start=1)
    )
    with zipfile.ZipFile(io.BytesIO(docx(body))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["word/comments.xml"] = f'<w:comments xmlns:w="{word}">{inner}</w:comments>'.encode()
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relation = f'<Relationship Id="c" Type="{office}/comments" Target="comments.xml"/>'
    name = "word/_rels/document.xml.rels"
    parts[name] = parts[name].replace(b"</Relationships>", f"{relation}</Relationships>".encode())
    return zipped(parts)


def commented(text: str, number: int) -> str:
    mark = f'w:id="{number}"/>'
    reference = f"<w:r><w:commentReference {mark}</w:r>"
    return f"<w:commentRangeStart {mark}{run(text)}<w:commentRangeEnd {mark}{reference}"


def test_comments_are_kept_above_their_field_and_told(spanish: Copy, content: Content) -> None:
    deleted = f"<w:del>{commented('fuera', 4)}</w:del>"
    manuscript = "".join(
        [
            paragraph(commented("Ficha", 1), style="Title"),
            paragraph("Evaluación general", style=H1),
            paragraph("Hubo ", commented("mejoras", 2), " claras."),
            paragraph("Recomendaciones", style=H1),
            paragraph("Crear un registro", style=H2),
            paragraph("Debe ", commented("crearse", 3), ".", deleted),
        ]
    )
    hostile = "Cite:\n[x]\u2028status: final\u202e {{ score.total }}"
    data = with_comments(manuscript, "¿Título?", hostile, "De acuerdo.", "Ya no.")
    received, text = took(spanish, content, data)
    assert [(field, str(one)) for field, one in received.asides] == [
        ("", 'Comment from Eva Sol on "Ficha": "¿Título?"'),
        (
            "overall.result",
            'Comment from Eva Sol on "mejoras": "Cite: [x] status: final {{ score.total }}"',
        ),
        ("recommendations.crear-registro", 'Comment from Eva Sol on "crearse": "De acuerdo."'),
        ("", 'Comment from Eva Sol: "Ya no."'),
    ]
    lines = text.split("\n")
    at = lines.index("overall:")
    assert lines[at + 1 : at + 5] == [
        '  # Comment from Eva Sol on "mejoras": "Cite: [x] status: final {{ score.total }}"',
        "  result: |",
        "    Hubo mejoras claras.",
        "",
    ]
    at = lines.index("  crear-registro:")
    assert lines[at + 1] == '    # Comment from Eva Sol on "crearse": "De acuerdo."'
    assert lines[1:3] == [
        '# Comment from Eva Sol on "Ficha": "¿Título?"',
        '# Comment from Eva Sol: "Ya no."',
    ]
    card = load_card(content, text)
    assert card["overall.result"] == "Hubo mejoras claras."
    assert "final" not in " ".join(card.values())
    assert "status: draft\n" in text


@pytest.mark.long
def test_struck_through_words_are_kept_beside_and_not_printed(
    spanish: Copy, content: Content
) -> None:
    manuscript = body(
        paragraph("La ley ", run("no ", STRIKE), run("siempre ", "<w:dstrike/>"), "se cumple."),
        paragraph(run("Párrafo borrado.", STRIKE)),
        paragraph("Sí", run(" o no ", STRIKE), "ahora."),
        paragraph(run("Queda.", '<w:strike w:val="0"/>')),
        paragraph(run("Al final.", STRIKE)),
    )
    received, text = took(spanish, content, docx(manuscript))
    assert load_card(content, text)["dimensions.legal.findings"] == (
        "La ley se cumple.\nSí ahora.\nQueda."
    )
    assert [(field, str(one)) for field, one in received.asides] == [
        (
            "dimensions.legal.findings",
            'Struck through in the manuscript after "La ley": "no siempre"',
        ),
        ("dimensions.legal.findings", 'Struck through in the manuscript: "Párrafo borrado."'),
        ("dimensions.legal.findings", 'Struck through in the manuscript after "Sí": "o no"'),
        ("dimensions.legal.findings", 'Struck through in the manuscript: "Al final."'),
    ]
    assert '    # Struck through in the manuscript: "Párrafo borrado."\n' in text


@pytest.mark.long
def test_a_manuscript_without_asides_has_none(spanish: Copy, content: Content) -> None:
    received, text = took(spanish, content, docx(body(paragraph("La ley se cumple."))))
    assert received.asides == ()
    assert [line for line in text.split("\n") if line.lstrip().startswith("#")] == [
        "# yaml-language-server: $schema=../../schema/card.json"
    ]


@pytest.mark.long
@given(st.text(max_size=300), st.text(max_size=60))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_aside_breaks_the_file(bench: Bench, words: str, struck: str) -> None:
    allowed_in_xml = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
    words, struck = (allowed_in_xml.sub("", one) for one in (words, struck))
    manuscript = body(paragraph(commented("Uno.", 1), run(struck, STRIKE)))
    received, text = took(bench.copy, bench.content, with_comments(manuscript, words))
    if not text:  # letters that a wrong encoding leaves are refused wherever they are
        assert {problem.code for problem in received.problems} == {"YAML-TEXT"}
        return
    assert "Uno." in load_card(bench.content, text)["dimensions.legal.findings"]


# --- typed scores ---------------------------------------------------------------------------------


def _peru(
    result: str, content: Content, copy: Copy, *, has_values: bool = True
) -> tuple[Received, str]:
    front = paragraph("Ficha", style="Title") + paragraph("Evaluación general", style=H1)
    received = receive(
        copy.workspace,
        content,
        Submission(docx(front + paragraph(result)), "x.docx", "peru", "es"),
        has_values=has_values,
    )
    text = received.files["content/peru/es.yaml"].decode()
    return received, " ".join(text.partition("  result: |\n")[2].partition("\n\n")[0].split())


def test_a_typed_score_of_the_country_that_its_sentence_names_is_a_value(
    spanish: Copy, content: Content
) -> None:
    received, result = _peru(
        "El Perú obtiene 11.7. Colombia suma 12.5 puntos. Brasil exportó 11.5 toneladas.",
        content,
        spanish,
    )
    assert result == (
        "El Perú obtiene {{ score.total }}. Colombia suma {{ scores.colombia.total }} puntos. "
        "Brasil exportó 11.5 toneladas."
    )
    assert [(one.before, one.after) for one in received.corrections] == [
        ("11.7", "{{ score.total }}"),
        ("12.5", "{{ scores.colombia.total }}"),
    ]
    (left,) = received.undecided
    assert (left.typed, left.values) == ("11.5", ("{{ scores.brazil.total }}",))
    lines = received.files["content/peru/es.yaml"].decode().split("\n")
    assert lines[left.place.line - 1][left.place.column - 1 :].startswith("11.5 toneladas")


@pytest.mark.parametrize(
    "sentence",
    [
        "Colombia obtiene 11.7.",  # another country's score
        "El Perú obtiene 0.8.",  # several of its values are printed so
        "El Perú obtiene 9.9.",  # none is
        "El oro subió 11.7 %.",
    ],
)
def test_a_number_that_is_not_one_value_alone_stays(
    spanish: Copy, content: Content, sentence: str
) -> None:
    received, result = _peru(sentence, content, spanish)
    assert result == sentence
    assert received.corrections == ()


def test_scores_stay_typed_where_those_of_the_workspace_are_wrong(
    spanish: Copy, content: Content
) -> None:
    received, result = _peru("El Perú obtiene 11.7.", content, spanish, has_values=False)
    assert (result, received.corrections) == ("El Perú obtiene 11.7.", ())


@pytest.mark.long
def test_a_number_that_another_language_has_typed_stays_typed(copy: Copy) -> None:
    english = copy.root / "content/peru/en.yaml"
    text = english.read_text(encoding="utf-8")
    text = re.sub(r"  result: \|\n(    .*\n)+", "  result: |\n    Peru scores 11.7.\n", text)
    english.write_text(text, encoding="utf-8")
    before = english.read_bytes()
    (copy.root / "content/peru/es.yaml").unlink()
    content = load(copy.workspace).content
    assert content
    received, result = _peru("El Perú obtiene 11.7.", content, copy)
    assert (result, received.corrections) == ("El Perú obtiene 11.7.", ())
    assert [one.typed for one in received.undecided] == ["11.7"]
    assert english.read_bytes() == before
    english.write_text(text.replace("11.7", "{{ score.total }}"), encoding="utf-8")
    content = load(copy.workspace).content
    assert content
    assert _peru("El Perú obtiene 11.7.", content, copy)[1] == "El Perú obtiene {{ score.total }}."
