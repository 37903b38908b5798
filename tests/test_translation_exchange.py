"""Files go out to translators and come back: only what came back changed is written, and nothing
typed is lost.
"""

import difflib
import io
import json
import os
import random
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path

import openpyxl
import pytest
from lxml import etree
from translate.storage import pypo, xliff

from reportcard.content.loading import load
from reportcard.errors import ExitCode
from reportcard.translation.confirmation import standings
from reportcard.translation.export import read_back, written
from reportcard.translation.parcel import Parcel, ReturnedFileError, parcel
from reportcard.translation.sheet import text_cell

from .conftest import PATIENCE, ROOT, Copy

Run = Callable[..., tuple[int, str, str]]
ES = "content/peru/es.yaml"
_X = "{urn:oasis:names:tc:xliff:document:1.2}"


def parcels(copy: Copy, scope: str = "peru") -> Parcel:
    content = load(copy.workspace).content
    assert content
    found, _ = standings(copy.workspace, content, (scope,), ("es",))
    return parcel(found[0], content)


def set_target(data: bytes, kind: str, edits: dict[str, str]) -> bytes:
    """The file as a translator's tool saves it, with other words for the blocks whose id begins
    so.
    """

    def edited(id_: str) -> list[str]:
        return [text for start, text in edits.items() if id_.startswith(start)]

    if kind == "xliff":
        root = etree.fromstring(data)
        for unit in root.iter(f"{_X}trans-unit"):
            for text in edited(unit.get("id")):
                there = unit.find(f"{_X}target")
                target = etree.SubElement(unit, f"{_X}target") if there is None else there
                for code in list(target):
                    target.remove(code)
                target.text = text
        return etree.tostring(root)
    if kind == "po":
        store = pypo.pofile.parsestring(data)
        for message in store.units:
            for text in edited(str(message.getcontext())):
                message.target = text
        return bytes(store)
    book = openpyxl.load_workbook(io.BytesIO(data))
    for row in book.active.iter_rows(min_row=2):
        for text in edited(str(row[0].value)):
            row[2].value = text
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def files(copy: Copy) -> dict[str, bytes]:
    return {
        str(path.relative_to(copy.root)): path.read_bytes()
        for path in (copy.root / "content").rglob("*.yaml")
    }


# --- there and back -------------------------------------------------------------------------------


@pytest.mark.long
@pytest.mark.parametrize("scope", ["peru", "wording"])
@pytest.mark.parametrize("kind", ["xliff", "po", "xlsx"])
def test_a_file_that_comes_back_as_it_went_changes_nothing(
    copy: Copy, run: Run, tmp_path: Path, kind: str, scope: str
) -> None:
    before = files(copy)
    out = tmp_path / f"back.{kind}"
    code, told, _ = run(
        "translations",
        "export",
        scope,
        "--language",
        "es",
        "--format",
        str(kind),
        "--output",
        str(out),
        "--workspace",
        str(copy.root),
    )
    assert code == 0
    assert "0 to translate" in told
    code, told, err = run("translations", "import", str(out), "--workspace", str(copy.root))
    assert (code, err) == (0, "")
    assert re.fullmatch(r"0 blocks imported, \d+ unchanged, 0 rejected\n", told)
    assert files(copy) == before


@pytest.mark.long
@pytest.mark.parametrize("source", ["en", "es"])
@pytest.mark.parametrize("kind", ["xliff", "po", "xlsx"])
def test_it_goes_both_ways(copy: Copy, run: Run, tmp_path: Path, kind: str, source: str) -> None:
    """From English into Spanish, and from Spanish into English for a card that is written in
    Spanish first.
    """
    copy.edit(
        "content/edition.yaml",
        "source_language: en",
        f"source_language: en\nsource_languages: {{peru: {source}}}",
    )
    language = {"en": "es", "es": "en"}[source]
    before = files(copy)
    out = tmp_path / f"back.{kind}"
    space = ("--workspace", str(copy.root))
    assert (
        run(
            "translations",
            "export",
            "peru",
            "--language",
            language,
            "--format",
            str(kind),
            "--output",
            str(out),
            *space,
        )[0]
        == 0
    )
    assert run("translations", "import", str(out), *space)[0] == 0
    assert files(copy) == before


@pytest.mark.parametrize("kind", ["xliff", "po", "xlsx"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.slow
def test_one_edited_block_is_one_changed_line(
    copy: Copy, run: Run, tmp_path: Path, kind: str, end: str
) -> None:
    path = copy.root / ES
    path.write_bytes(path.read_bytes().replace(b"\n", end.encode()))
    before = files(copy)
    data = written(parcels(copy), kind)
    text = next(
        item.target for item in parcels(copy).items if item.id.startswith("peru/notes.dl-1100#")
    )
    (tmp_path / "back").write_bytes(
        set_target(data, kind, {"peru/notes.dl-1100#": f"{text} Artículo 1."})
    )
    code, told, _ = run(
        "translations",
        "import",
        str(tmp_path / "back"),
        "--by",
        "Ana",
        "--workspace",
        str(copy.root),
    )
    assert code == 0, told
    after = files(copy)
    assert {name for name in after if after[name] != before[name]} == {
        ES,
        "content/peru/es.status.yaml",
    }
    diff = list(
        difflib.unified_diff(
            before[ES].decode().split("\n"), after[ES].decode().split("\n"), n=0, lineterm=""
        )
    )[3:]
    assert len(diff) == 2
    assert "Artículo 1." in diff[1]
    assert diff[1].endswith("\r") == (end == "\r\n")
    assert run("translations", "status", "--workspace", str(copy.root))[0] == 0
    assert 'by: "Ana"' in after["content/peru/es.status.yaml"].decode()


@pytest.mark.slow
def test_what_is_new_in_the_source_comes_back_to_its_place(
    copy: Copy, run: Run, tmp_path: Path
) -> None:
    copy.edit("content/peru/en.yaml", "context: |\n", "context: |\n  A first new paragraph.\n\n")
    data = written(parcels(copy), "xliff")
    (item,) = [one for one in parcels(copy).items if not one.target]
    assert item.source == "A first new paragraph."
    (tmp_path / "back.xlf").write_bytes(
        set_target(data, "xliff", {item.id: "Un primer párrafo nuevo."})
    )
    assert (
        run("translations", "import", str(tmp_path / "back.xlf"), "--workspace", str(copy.root))[0]
        == 0
    )
    assert "context: |\n  Un primer párrafo nuevo.\n\n  " in (copy.root / ES).read_text(
        encoding="utf-8"
    )
    assert run("translations", "status", "--workspace", str(copy.root))[0] == 0


@pytest.mark.slow
def test_a_whole_new_recommendation_is_translated_and_prints(
    copy: Copy, run: Run, tmp_path: Path
) -> None:
    copy.edit(
        "content/peru/en.yaml",
        "  new-fronts:\n",
        "  roads:\n    title: Watch the roads\n    text: |\n      Watch every new road into the"
        " forest.\n    institutions: [mtc]\n    pictogram: map\n  new-fronts:\n",
    )
    edits = {
        "peru/recommendations.roads.title": "Vigilar los caminos",
        "peru/recommendations.roads.text#": "Vigilar cada camino nuevo hacia el bosque.",
    }
    (tmp_path / "back.po").write_bytes(set_target(written(parcels(copy), "po"), "po", edits))
    assert (
        run("translations", "import", str(tmp_path / "back.po"), "--workspace", str(copy.root))[0]
        == 0
    )
    text = (copy.root / ES).read_text(encoding="utf-8")
    assert (
        "  roads:\n    title: Vigilar los caminos\n    text: |\n      Vigilar cada camino nuevo"
        " hacia el bosque.\n    institutions: [mtc]\n    pictogram: map\n  new-fronts:\n" in text
    )
    assert run("translations", "status", "--workspace", str(copy.root))[0] == 0


# --- what tools and people do to files ------------------------------------------------------------


@pytest.mark.long
def test_a_tool_that_puts_the_source_where_nothing_is_translated(
    copy: Copy, run: Run, tmp_path: Path
) -> None:
    """As OmegaT does."""
    copy.edit("content/peru/en.yaml", "context: |\n", "context: |\n  A first new paragraph.\n\n")
    data = set_target(written(parcels(copy), "xliff"), "xliff", {"peru/context#": "placeholder"})
    root = etree.fromstring(data)
    for unit in root.iter(f"{_X}trans-unit"):
        source, target = (unit.find(f"{_X}{name}") for name in ("source", "target"))
        unit.replace(target, copied := deepcopy(source))
        copied.tag = target.tag
    (tmp_path / "omegat.xlf").write_bytes(etree.tostring(root))
    before = files(copy)
    code, told, _ = run(
        "translations", "import", str(tmp_path / "omegat.xlf"), "--workspace", str(copy.root)
    )
    assert code == 0
    assert told.startswith("0 blocks imported")
    assert files(copy) == before


@pytest.mark.slow
def test_translate_toolkit_reads_sets_and_writes_both(copy: Copy, run: Run, tmp_path: Path) -> None:
    edits = {"peru/notes.dl-1100#": "Perú. Decreto Legislativo N.º 1100, de 2012."}
    store = xliff.xlifffile.parsestring(written(parcels(copy), "xliff"))
    assert len(store.units) == 127
    for one in store.units:
        for start, text in edits.items():
            if one.xmlelement.get("id").startswith(start):
                assert one.source.startswith("Peru.")
                assert "Location: notes.dl-1100" in one.getnotes()
                one.target = text
    (tmp_path / "back.xlf").write_bytes(bytes(store))
    assert (
        run("translations", "import", str(tmp_path / "back.xlf"), "--workspace", str(copy.root))[0]
        == 0
    )
    assert "N.º 1100, de 2012." in (copy.root / ES).read_text(encoding="utf-8")
    catalogue = pypo.pofile.parsestring(written(parcels(copy), "po"))
    assert len([one for one in catalogue.units if not one.isheader()]) == 127
    (tmp_path / "back.po").write_bytes(
        set_target(
            written(parcels(copy), "po"),
            "po",
            {"peru/notes.dl-1100#": "Perú. Decreto Legislativo N.º 1100 (2012)."},
        )
    )
    assert (
        run("translations", "import", str(tmp_path / "back.po"), "--workspace", str(copy.root))[0]
        == 0
    )
    assert "N.º 1100 (2012)." in (copy.root / ES).read_text(encoding="utf-8")


@pytest.mark.long
def test_rows_may_be_sorted_and_columns_moved(copy: Copy, run: Run, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(written(parcels(copy), "xlsx")))
    sheet = book.active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    head, body = rows[0], rows[1:]
    random.Random(1).shuffle(body)
    for row in body:
        if row[0].startswith("peru/notes.dl-1100#"):
            row[2] = "Perú. Decreto Legislativo N.º 1100, cambiado."
    for number, row in enumerate([head, *body], start=1):
        for column, value in enumerate((row[2], row[4], row[0], row[3], row[1]), start=1):
            sheet.cell(number, column).value = value
    book.save(tmp_path / "sorted.xlsx")
    code, told, _ = run(
        "translations", "import", str(tmp_path / "sorted.xlsx"), "--workspace", str(copy.root)
    )
    assert (code, told.splitlines()[-1]) == (0, "1 block imported, 126 unchanged, 0 rejected")


@pytest.mark.parametrize(
    "text", ["=SUMA(1;2) es una fórmula", "-5 grados", "+1 punto", "@nadie", '=HYPERLINK("x")']
)
@pytest.mark.slow
def test_a_cell_is_text_whatever_it_begins_with(
    copy: Copy, run: Run, tmp_path: Path, text: str
) -> None:
    edited = set_target(written(parcels(copy), "xlsx"), "xlsx", {"peru/notes.dl-1100#": text})
    (tmp_path / "back.xlsx").write_bytes(edited)
    assert (
        run("translations", "import", str(tmp_path / "back.xlsx"), "--workspace", str(copy.root))[0]
        == 0
    )
    again = written(parcels(copy), "xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(again)).active
    (cell,) = [
        row[2]
        for row in sheet.iter_rows(min_row=2)
        if row[0].value.startswith("peru/notes.dl-1100#")
    ]
    assert (cell.value, cell.data_type) == (text, "s")
    with zipfile.ZipFile(io.BytesIO(again)) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


@pytest.mark.long
def test_ids_and_sources_are_locked_and_translations_are_not(copy: Copy) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(written(parcels(copy), "xlsx"))).active
    assert sheet.protection.sheet
    assert {
        (row[0].protection.locked, row[1].protection.locked, row[2].protection.locked)
        for row in sheet.iter_rows(min_row=2)
    } == {(True, True, False)}


@pytest.mark.acceptance
@pytest.mark.slow
@pytest.mark.skipif(
    shutil.which("soffice") is None,
    reason="LibreOffice is 300 MB, and the set-up does not bring it",
)
def test_a_sheet_saved_by_libreoffice_comes_back(copy: Copy, run: Run, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(written(parcels(copy), "xlsx")))
    for row in book.active.iter_rows(min_row=2):
        if row[0].value.startswith("peru/notes.dl-1100#"):
            text_cell(book.active, row[2].row, 3, "=1+1 Perú")
    book.save(tmp_path / "back.xlsx")
    subprocess.run(
        [
            "soffice",
            "--headless",
            f"-env:UserInstallation=file://{tmp_path}/profile",
            "--convert-to",
            "xlsx:Calc MS Excel 2007 XML",
            "--outdir",
            str(tmp_path / "office"),
            str(tmp_path / "back.xlsx"),
        ],
        check=True,
        capture_output=True,
        timeout=PATIENCE,
    )
    code, told, err = run(
        "translations", "import", str(tmp_path / "office/back.xlsx"), "--workspace", str(copy.root)
    )
    assert (code, told.splitlines()[-1]) == (0, "1 block imported, 126 unchanged, 0 rejected"), err


@pytest.mark.slow
def test_a_half_done_file_is_taken_as_far_as_it_goes(copy: Copy, run: Run, tmp_path: Path) -> None:
    copy.edit("content/peru/en.yaml", "context: |\n", "context: |\n  One new.\n\n  Two new.\n\n")
    items = [one for one in parcels(copy).items if not one.target]
    data = set_target(written(parcels(copy), "xlsx"), "xlsx", {items[1].id: "Segundo nuevo."})
    (tmp_path / "half.xlsx").write_bytes(data)
    assert (
        run("translations", "import", str(tmp_path / "half.xlsx"), "--workspace", str(copy.root))[0]
        == 0
    )
    _, out, _ = run("translations", "status", "peru", "--workspace", str(copy.root))
    assert "0 stale · 1 missing" in out


@pytest.mark.parametrize("kind", ["xliff", "po", "xlsx"])
@pytest.mark.slow
def test_a_no_break_space_stays(copy: Copy, run: Run, tmp_path: Path, kind: str) -> None:
    copy.edit(ES, "  dl-1100: Perú. Decreto", "  dl-1100: Perú. 25\u00a0% del Decreto")
    item = next(one for one in parcels(copy).items if one.id.startswith("peru/notes.dl-1100#"))
    assert "25\u00a0%" in item.target
    (tmp_path / "a").write_bytes(
        set_target(written(parcels(copy), kind), kind, {item.id: item.target + " Sí."})
    )
    assert run("translations", "import", str(tmp_path / "a"), "--workspace", str(copy.root))[0] == 0
    assert "25\u00a0% del Decreto Legislativo N.º 1100. Sí." in (copy.root / ES).read_text(
        encoding="utf-8"
    )


# --- what is refused, and kept --------------------------------------------------------------------


@pytest.mark.long
@pytest.mark.parametrize(
    ("start", "typed", "why"),
    [
        (
            "peru/overall.result#",
            "El Perú ocupa el {{ rank.total | ordinal }} lugar.",
            "the values differ",
        ),
        ("peru/context#", "Sin llamada a la nota.", "the note references differ"),
        ("peru/notes.dl-1100#", "Perú. **Decreto Legislativo", "unmatched ** (bold)"),
        (
            "peru/notes.dl-1100#",
            "- Perú. Decreto Legislativo N.º 1100.",
            "that would turn it into a list.",
        ),
        ("peru/notes.dl-1100#", "Perú. [Decreto](javascript:x)", ""),
        ("peru/notes.dl-1100#", "Perú. {{ score.totl", ""),
    ],
)
@pytest.mark.parametrize("kind", ["xliff", "po", "xlsx"])
def test_what_breaks_a_value_a_call_or_the_marks_is_refused_and_kept(
    copy: Copy, run: Run, tmp_path: Path, kind: str, start: str, typed: str, why: str
) -> None:
    before = files(copy)
    item = next(
        one
        for one in parcels(copy).items
        if one.id.startswith(start) and ("[^" in one.source or "references" not in why)
    )
    (tmp_path / "back").write_bytes(
        set_target(written(parcels(copy), kind), kind, {item.id: typed})
    )
    code, _, err = run(
        "translations", "import", str(tmp_path / "back"), "--workspace", str(copy.root)
    )
    assert code == ExitCode.DIFFERENT
    assert why in err
    kept = (tmp_path / "back.rejected").read_text(encoding="utf-8")
    assert typed in kept
    assert item.id in kept
    assert files(copy) == before


@pytest.mark.long
def test_a_source_changed_since_is_merged_by_block_and_conflicts_are_shown(
    copy: Copy, run: Run, tmp_path: Path
) -> None:
    data = written(parcels(copy), "xliff")
    context = [one for one in parcels(copy).items if one.id.startswith("peru/context#")]
    copy.edit(
        "content/peru/en.yaml",
        "deforested some 139,169 hectares",
        "deforested about 139,169 hectares",
    )
    edits = {
        context[1].id: context[1].target + " Cambiado.",
        context[2].id: context[2].target + " También.",
    }
    (tmp_path / "old.xlf").write_bytes(set_target(data, "xliff", edits))
    code, told, err = run(
        "translations", "import", str(tmp_path / "old.xlf"), "--workspace", str(copy.root)
    )
    assert code == ExitCode.DIFFERENT
    assert "imported: context, block 3" in told
    assert "the source of this block was changed or deleted" in err
    assert "Cambiado." in (tmp_path / "old.xlf.rejected").read_text(encoding="utf-8")
    text = (copy.root / ES).read_text(encoding="utf-8")
    assert "También." in text
    assert "Cambiado." not in text


@pytest.mark.long
def test_a_translation_changed_on_both_sides_is_a_conflict(
    copy: Copy, run: Run, tmp_path: Path
) -> None:
    data = written(parcels(copy), "po")
    copy.edit(
        ES,
        "  dl-1100: Perú. Decreto Legislativo N.º 1100.",
        "  dl-1100: Perú. Decreto Legislativo N.º 1100, hoy.",
    )
    (tmp_path / "a.po").write_bytes(
        set_target(data, "po", {"peru/notes.dl-1100#": "Perú. Otra cosa."})
    )
    code, _, err = run(
        "translations", "import", str(tmp_path / "a.po"), "--workspace", str(copy.root)
    )
    assert code == ExitCode.DIFFERENT
    assert "the translation in the content was also changed" in err
    assert "hoy." in (copy.root / ES).read_text(encoding="utf-8")


@pytest.mark.long
def test_an_id_that_somebody_changed_is_told(copy: Copy, run: Run, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(written(parcels(copy), "xlsx")))
    book.active.cell(5, 1).value = "my own id"
    book.active.cell(5, 2).value = "A source of my own."
    book.active.cell(5, 3).value = "Unas palabras."
    book.save(tmp_path / "a.xlsx")
    code, _, err = run(
        "translations", "import", str(tmp_path / "a.xlsx"), "--workspace", str(copy.root)
    )
    assert code == ExitCode.DIFFERENT
    assert "the block's ID was changed" in err
    assert "Unas palabras." in (tmp_path / "a.xlsx.rejected").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x03\x04nothing",
        b"<xliff",
        b"<html/>",
        b"msgid",
        b"\x00\x01\x02",
        b"%PDF-1.7",
        (
            b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><xliff'
            b' version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file'
            b' category="peru"><body/></file></xliff>'
        ),
    ],
)
def test_a_file_that_is_none_is_told(copy: Copy, run: Run, tmp_path: Path, data: bytes) -> None:
    (tmp_path / "x").write_bytes(data)
    before = files(copy)
    code, out, err = run(
        "translations", "import", str(tmp_path / "x"), "--workspace", str(copy.root)
    )
    assert code in (ExitCode.UNREADABLE, ExitCode.USAGE), (code, out, err)
    assert "fault of the program" not in err
    assert "root:" not in err
    assert files(copy) == before


def test_entities_are_not_expanded() -> None:
    bomb = (
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b'
        b' "&a;&a;&a;&a;">]><xliff version="1.2"'
        b' xmlns="urn:oasis:names:tc:xliff:document:1.2"><file category="peru" source-language="en"'
        b' target-language="es"><body><trans-unit'
        b' id="i"><source>s</source><target>&b;</target></trans-unit></body></file></xliff>'
    )
    with pytest.raises(ReturnedFileError, match="DOCTYPE"):
        read_back(bomb)


# --- what goes along ------------------------------------------------------------------------------


@pytest.mark.long
def test_notes_say_where_a_block_stands_and_what_to_heed(copy: Copy) -> None:
    items = {item.id.partition("#")[0]: item for item in parcels(copy).items}
    result = items["peru/overall.result"]
    assert any(
        "Location: overall.result" in note and "overall assessment" in note
        for note in map(str, result.notes)
    )
    assert any("Keep each value" in str(note) for note in result.notes)
    names = {item.id.partition("#")[0]: item for item in parcels(copy, "wording").items}
    label = names["wording/dimensions.policies.categories.minamata.name"]
    assert label.maximum == 72
    assert any("at most 72 characters" in str(note) for note in label.notes)
    assert any(
        "Term: Minamata Convention on Mercury = Convenio de Minamata sobre el Mercurio (not:"
        " Convención de Minamata" in str(note)
        for item in parcels(copy).items
        for note in item.notes
    )


def test_every_gauge_label_of_the_card_is_within_its_length(copy: Copy) -> None:
    assert [
        item.id
        for item in parcels(copy, "wording").items
        if item.maximum and max(len(item.source), len(item.target)) > item.maximum
    ] == []


@pytest.mark.long
@pytest.mark.parametrize("kind", ["xliff", "po", "xlsx"])
def test_a_gauge_label_that_is_too_long_is_refused_and_kept(
    copy: Copy, run: Run, tmp_path: Path, kind: str
) -> None:
    sent = parcels(copy, "wording")
    item = next(one for one in sent.items if "categories.machinery.name" in one.id)
    longest = f"{'Regulación de la maquinaria ' * 3}"[:72].strip().ljust(72, "a")
    for typed, code in ((f"{longest}s", ExitCode.DIFFERENT), (longest, ExitCode.OK)):
        (tmp_path / "back").write_bytes(set_target(written(sent, kind), kind, {item.id: typed}))
        told = run("translations", "import", str(tmp_path / "back"), "--workspace", str(copy.root))
        assert told[0] == code, typed
        assert ("this label has 73 characters; the maximum is 72." in told[2]) == (code != 0)
    assert longest in (copy.root / "content/wording/es.yaml").read_text(encoding="utf-8")


@pytest.mark.slow
def test_a_bundle_has_all_that_an_outside_translator_needs(
    copy: Copy, run: Run, tmp_path: Path
) -> None:
    out = tmp_path / "peru.zip"
    assert (
        run(
            "translations",
            "export",
            "peru",
            "--language",
            "es",
            "--bundle",
            "--output",
            str(out),
            "--workspace",
            str(copy.root),
        )[0]
        == 0
    )
    with zipfile.ZipFile(out) as archive:
        assert sorted(archive.namelist()) == [
            "glossary.tbx",
            "peru-es.tmx",
            "peru-es.xlf",
            "peru-parallel-en-es.pdf",
            "peru-report-card-en.pdf",
            "peru-report-card-es.pdf",
        ]
        memory = etree.fromstring(archive.read("peru-es.tmx"))
        terms = etree.fromstring(archive.read("glossary.tbx"))
        assert archive.read("peru-report-card-es.pdf").startswith(b"%PDF-")
        assert archive.read("peru-parallel-en-es.pdf").startswith(b"%PDF-")
        assert b">Page 8 of peru-report-card-en.pdf.<" in archive.read("peru-es.xlf")
        assert read_back(archive.read("peru-es.xlf"))[0].scope == "peru"
    assert len(memory.findall("body/tu")) == 127
    assert len(terms.findall(".//{*}conceptEntry")) == 7


# --- killed ---------------------------------------------------------------------------------------

#: Imports a file again and again, each time in a fork of a process that has loaded all it needs.
#: Kills it while it writes a file, by a limit of its size, and before the first, second, … call
#: that changes a file, until it comes to its end. What it left of the card goes into a folder.
_KILLS = """
import os, resource, shutil, signal, sys
from pathlib import Path
from reportcard import cli
root, back, left = map(Path, sys.argv[1:4])
card, status = (root / "content/peru" / name for name in ("es.yaml", "es.status.yaml"))
was = card.read_bytes(), status.read_bytes()
sys.argv = ["reportcard", "translations", "import", str(back), "--workspace", str(root)]
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT

def killed(number, size=None):
    card.write_bytes(was[0])
    status.write_bytes(was[1])
    child = os.fork()
    if child == 0:
        calls = [0]
        def count(event, arguments):
            writes = event == "open" and isinstance(arguments[2], int) and arguments[2] & WRITES
            if writes or event in ("os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.truncate"):
                if calls[0] == number:
                    os.kill(os.getpid(), signal.SIGKILL)
                calls[0] += 1
        sys.addaudithook(count)
        if size:
            signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
        try:
            cli.main()
        finally:
            os._exit(0)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return code in (-signal.SIGKILL, -signal.SIGXFSZ)

try:
    cli.main()
except SystemExit:
    pass  # by now all is loaded
for size in (1, 5000, len(was[0]) - 1):
    assert killed(None, size)
    shutil.copy(card, left / f"written-{size}.yaml")
number, again = 0, True
while again:
    again = killed(number)
    shutil.copy(card, left / f"{number}.yaml")
    number += 1
"""


@pytest.mark.slow
def test_an_import_killed_at_any_moment_leaves_the_old_file_or_the_new(
    copy: Copy, tmp_path: Path
) -> None:
    old = (copy.root / ES).read_bytes()
    text = next(
        item.target for item in parcels(copy).items if item.id.startswith("peru/notes.dl-1100#")
    )
    back, left = tmp_path / "back.xlf", tmp_path / "left"
    left.mkdir()
    back.write_bytes(
        set_target(
            written(parcels(copy), "xliff"),
            "xliff",
            {"peru/notes.dl-1100#": f"{text} Nuevo."},
        )
    )
    new = old.replace("N.º 1100.\n".encode(), "N.º 1100. Nuevo.\n".encode(), 1)
    subprocess.run(
        [sys.executable, "-c", _KILLS, str(copy.root), str(back), str(left)],
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        stdout=subprocess.DEVNULL,
        check=True,
        timeout=PATIENCE,
    )
    files = sorted(left.iterdir())
    assert {file.read_bytes() for file in files if "written" in file.name} == {old}
    calls = [file for file in files if "written" not in file.name]
    found = [(left / f"{number}.yaml").read_bytes() for number in range(len(calls))]
    assert len(found) > 4, "each file is written beside its place and then put there"
    assert found[0] == old
    assert found[-1] == new != old, "the last one came to its end"
    assert {one in (old, new) for one in found} == {True}


@pytest.mark.long
def test_the_translation_of_the_repository_has_its_glossary(run: Run) -> None:
    code, out, _ = run("check", "--format", "json", "--workspace", str(ROOT))
    assert code == 0
    assert json.loads(out) == []
