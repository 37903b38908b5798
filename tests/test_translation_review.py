"""What a translator's tool marks for review waits for review until somebody has looked at it."""

import io
import re
import zipfile
from collections.abc import Callable

import pytest
from lxml import etree

from reportcard.build.inventory import read_workspace
from reportcard.content.loading import load
from reportcard.errors import ExitCode
from reportcard.release.gate import reasons
from reportcard.translation.confirmation import standings
from reportcard.translation.export import project, read_back, written
from reportcard.translation.judgement import judged
from reportcard.translation.parcel import Parcel, parcel
from reportcard.workspace.workspace import Workspace

from .conftest import ROOT, Copy
from .dialects import DONE, NEW_DONE, OPEN, cell, entry, put, target, then, unit

Run = Callable[..., tuple[int, str, str]]
ES = "content/peru/es.yaml"
STATUS = "content/peru/es.status.yaml"


def exported(copy: Copy) -> Parcel:
    content = load(copy.workspace).content
    assert content
    found, _ = standings(copy.workspace, content, ("peru",), ("es",))
    return parcel(found[0], content)


def imported(copy: Copy, run: Run, data: bytes, name: str = "back") -> tuple[int, str, str]:
    (copy.root / name).write_bytes(data)
    space = ("--workspace", str(copy.root))
    return run("translations", "import", str(copy.root / name), "--by", "Ana", *space)


def read(copy: Copy, file: str) -> str:
    return (copy.root / file).read_text(encoding="utf-8")


@pytest.mark.long
def test_a_fuzzy_entry_waits_for_review_and_blocks_a_release(copy: Copy, run: Run) -> None:
    text, space = read(copy, ES), ("--workspace", str(copy.root))
    fuzzy = put(f'msgctxt "{DONE}"', f'#, fuzzy\nmsgctxt "{DONE}"')
    code, out, _ = imported(copy, run, fuzzy(written(exported(copy), "po")))
    assert code == 0
    assert "imported: dimensions.legal.findings, block 2 (needs review)" in out
    assert out.splitlines()[-1] == "1 block imported, 1 to review, 126 unchanged, 0 rejected"
    assert read(copy, ES) == text
    assert read(copy, STATUS).count("review: true") == 1
    code, out, _ = run("translations", "status", "peru", *space)
    assert (code, "126 current · 0 kept · 1 to review · 0 stale" in out) == (
        ExitCode.DIFFERENT,
        True,
    )
    assert "needs review" in out
    found = reasons(read_workspace(copy.workspace), ("peru",), scoreboard=False)
    told = 'the translation into "es" has 1 block waiting for review'
    assert [told in str(one.message) for one in found].count(True) == 1
    again = written(exported(copy), "po")
    assert again.count(b"#, fuzzy\n") == 1
    assert imported(copy, run, again)[1] == "0 blocks imported, 127 unchanged, 0 rejected\n"
    assert imported(copy, run, again.replace(b"#, fuzzy\n", b""))[0] == 0
    assert "review: true" not in read(copy, STATUS)
    assert run("translations", "status", "peru", *space)[0] == 0


@pytest.mark.long
def test_confirming_is_reviewing(copy: Copy, run: Run) -> None:
    space = ("--workspace", str(copy.root))
    imported(copy, run, unit(attributes='approved="no"', of=DONE)(written(exported(copy), "xliff")))
    assert "review: true" in read(copy, STATUS)
    assert run("translations", "confirm", "peru", "--by", "Eva", *space)[0] == 0
    assert "review: true" not in read(copy, STATUS)


@pytest.mark.long
def test_what_another_translator_has_changed_is_no_conflict_where_she_typed_nothing(
    copy: Copy, run: Run
) -> None:
    sent = written(exported(copy), "xliff")
    copy.edit(ES, "el país obtuvo el puntaje máximo", "el Perú obtuvo el puntaje máximo")
    mine = unit("Ficha de evaluación del Perú 2026", of="peru/title")(sent)
    code, out, err = imported(copy, run, mine)
    assert (code, err) == (0, "")
    assert "1 block imported, 126 unchanged, 0 rejected" in out
    assert "el Perú obtuvo el puntaje máximo" in read(copy, ES)


@pytest.mark.long
def test_a_changed_source_concerns_only_what_was_typed(copy: Copy, run: Run) -> None:
    sent = written(exported(copy), "po")
    copy.edit("content/peru/en.yaml", "The score rests on", "This score rests on")
    assert imported(copy, run, sent)[:2] == (0, "0 blocks imported, 127 unchanged, 0 rejected\n")
    typed = entry(NEW_DONE.replace("{b}", "**").replace("{/b}", "**"), of=DONE)
    assert "the source of this block was changed" in imported(copy, run, typed(sent))[2]


@pytest.mark.long
def test_a_row_without_an_id_is_named_by_its_cell(copy: Copy, run: Run) -> None:
    lost = then(cell("Mi texto.", of=OPEN), cell("Otra.", of=OPEN, column=2))
    edit = then(lost, cell(None, of=OPEN, column=1))
    code, _, err = imported(copy, run, edit(written(exported(copy), "xlsx")))
    assert code == ExitCode.DIFFERENT
    assert re.search(r"error: C\d+ was not imported: the block's ID was changed", err)
    assert "Mi texto." in read(copy, "back.rejected")


@pytest.mark.long
def test_an_id_stays_while_source_and_translation_are_edited(copy: Copy, run: Run) -> None:
    space = ("--workspace", str(copy.root))
    ids = [item.id for item in exported(copy).items]
    copy.edit("content/peru/en.yaml", "The score rests on", "This score rests on")
    copy.edit(ES, "el país obtuvo el puntaje máximo", "el Perú obtuvo el puntaje máximo")
    assert [item.id for item in exported(copy).items] == ids
    run("translations", "confirm", "peru", "--language", "es", *space)
    assert [item.id for item in exported(copy).items] == ids
    new = unit(target(NEW_DONE, done=True), of=DONE)(written(exported(copy), "xliff"))
    assert imported(copy, run, new)[0] == 0
    assert [item.id for item in exported(copy).items] == ids


@pytest.mark.long
def test_a_killed_import_is_finished_by_the_next(copy: Copy, run: Run) -> None:
    """It was killed after the content was written, before the record was."""
    space = ("--workspace", str(copy.root))
    copy.edit("content/peru/en.yaml", "The score rests on", "This score rests on")
    before = read(copy, STATUS)
    new = unit(target(NEW_DONE, done=True), of=DONE)(written(exported(copy), "xliff"))
    assert imported(copy, run, new)[0] == 0
    after, text = read(copy, STATUS), read(copy, ES)
    (copy.root / STATUS).write_text(before, encoding="utf-8")
    assert run("translations", "status", "peru", *space)[0] == ExitCode.DIFFERENT
    assert imported(copy, run, new)[0] == 0
    assert (read(copy, STATUS), read(copy, ES)) == (after, text)
    assert run("translations", "status", "peru", *space)[0] == 0


@pytest.mark.long
def test_all_that_was_not_taken_is_in_the_rejected_file(copy: Copy, run: Run) -> None:
    sent = written(exported(copy), "xlsx")
    title = cell("Título nuevo", of="peru/title")
    edit = then(title, cell("#NAME?"), cell("Mi texto sin negrita.", of=DONE))
    code, out, err = imported(copy, run, edit(sent))
    assert code == ExitCode.DIFFERENT
    assert "1 block imported, 124 unchanged, 2 rejected" in out
    kept = read(copy, "back.rejected")
    assert "#NAME?" in kept
    assert "Mi texto sin negrita." in kept
    assert re.search(r"cell C\d+ holds an error", err)
    assert "title: Título nuevo" in read(copy, ES)


@pytest.mark.long
def test_a_term_that_does_not_inflect_is_demanded(copy: Copy, run: Run) -> None:
    id_ = "peru/dimensions.policies.findings#677ada27"
    item = next(one for one in exported(copy).items if one.id == id_)
    text = item.target.replace("Convenio de Minamata sobre el Mercurio", "Acuerdo de Minamata")
    code, _, err = imported(copy, run, entry(text, of=id_)(written(exported(copy), "po")))
    assert code == ExitCode.DIFFERENT
    assert 'is "Convenio de Minamata sobre el Mercurio", but the translation does not use it' in err


@pytest.mark.long
@pytest.mark.parametrize("kind", ["xliff", "xliff2", "po", "xlsx"])
@pytest.mark.parametrize("place", ["peru", "rivers"])
def test_every_format_comes_back_as_it_went(kind: str, place: str) -> None:
    workspace = Workspace(ROOT if place == "peru" else ROOT / "examples/rivers")
    content = load(workspace).content
    assert content
    for standing in standings(workspace, content, (), ())[0]:
        made = parcel(standing, content)
        (returned,) = read_back(written(made, kind))
        account = judged(standing, returned, content)
        assert (account.accepted, account.rejected) == ({}, [])
        assert account.untouched == len(made.items)
        assert returned.language == standing.pair.language


def test_a_project_for_omegat_has_what_is_finished_in_its_memory(copy: Copy) -> None:
    copy.edit("content/peru/en.yaml", "The score rests on", "This score rests on")
    content = load(copy.workspace).content
    assert content
    found, _ = standings(copy.workspace, content, ("peru",), ("es",))
    made = parcel(found[0], content)
    archive = zipfile.ZipFile(io.BytesIO(project(made, content, "omegat")))
    root = etree.fromstring(archive.read("peru-es/source/peru-es.xlf"))
    for one in root.iter("{*}trans-unit"):
        source, there = (one.find(f"{{*}}{name}") for name in ("source", "target"))
        assert "".join(source.itertext()) == "".join(there.itertext())
    finished = etree.fromstring(archive.read("peru-es/omegat/project_save.tmx"))
    texts = {one.get("tuid"): one for one in finished.iter("tu")}
    assert len(texts) == 126
    assert DONE not in texts
    shown = ["".join(one.itertext()) for one in texts[OPEN].iter("seg")]
    assert shown[0].startswith("Also in 2025, the government of Peru adopted")
    assert "<d0/>" in shown[0], "codes are the tags that OmegaT shows"
    assert "<d0/>" in shown[1]
    assert b"<sentence_seg>false<" in archive.read("peru-es/omegat.project")
    earlier = etree.fromstring(archive.read("peru-es/tm/earlier.tmx"))
    assert [one.get("tuid") for one in earlier.iter("tu")] == [DONE]
