"""A folder for a translation server: its files are imported and written anew, and nothing typed
goes.
"""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from reportcard.content.segments import segment_key
from reportcard.translation.exchange_folder import carried_on, file_name, files_in, is_as_written
from reportcard.translation.export import read_back, written
from reportcard.translation.judgement import Rejected
from reportcard.translation.parcel import Item, Parcel, TranslatorComment
from reportcard.translation.stamps import Stamp
from reportcard.translation.status import State

from .conftest import ROOT, Copy
from .test_translation_exchange import set_target

Run = Callable[..., tuple[int, str, str]]
KINDS = ("po", "xliff", "xliff2", "xlsx")
NOTED = TranslatorComment("Which mine?\nThere are two.", "")


def made(target: str = "El título", *comments: TranslatorComment) -> Parcel:
    stamp = Stamp(segment_key("The title"), segment_key(target), "current")
    item = Item(
        "peru/title", "The title", target, State.CURRENT, (), stamp, comments=tuple(comments)
    )
    return Parcel("peru", "en", "es", (item,))


def test_files_are_known_by_their_names(tmp_path: Path) -> None:
    for name in ("peru.es.po", "wording.pt_BR.po", "Peru.po", "peru.es.xlf", "peru.es.po.rejected"):
        (tmp_path / name).touch()
    (tmp_path / "bolivia.es.po").symlink_to(tmp_path / "peru.es.po")
    found = [(one.scope, one.language) for one in files_in(tmp_path, "po")]
    assert found == [("peru", "es"), ("wording", "pt-BR")]
    assert [one.path.name for one in files_in(tmp_path, "xliff2")] == ["peru.es.xlf"]
    assert file_name("peru", "es", "xliff") == "peru.es.xlf"


def test_the_component_of_weblate_names_the_files_and_guards_the_codes() -> None:
    path = ROOT / "docs/tools/weblate-components.json"
    for component in json.loads(path.read_text(encoding="utf-8")):
        name = file_name(component["slug"], "es", component["file_format"])
        assert component["filemask"].replace("*", "es") == f"l10n/{name}"
        call, value = re.findall(r'r"(.*?)"', component["check_flags"])
        assert re.findall(call, "One[^a] two[^b-1].") == ["[^a]", "[^b-1]"]
        assert re.findall(value, "{{ rank.total | ordinal }} of {{ n }}") == [
            "{{ rank.total | ordinal }}",
            "{{ n }}",
        ]


@pytest.mark.parametrize("kind", KINDS)
def test_comments_stay_in_the_file(kind: str) -> None:
    came = read_back(written(made("El título", NOTED), kind))
    kept = carried_on(made("Otro"), came, ())
    assert kept.items[0].comments == (NOTED,)
    assert kept.items[0].target == "Otro"


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_rejected_stays_in_the_file(kind: str) -> None:
    came = read_back(written(made("Uno"), kind))
    rejected = Rejected("peru/title", "The title", "Dos", "it has no note")
    data = written(carried_on(made("Uno"), came, (rejected,)), kind)
    ((item,),) = [one.items for one in read_back(data)]
    assert item.typed == "Dos"
    assert item.stamp == Stamp(segment_key("The title"), segment_key("Uno"), "review")
    if kind != "xlsx":
        assert b"Not imported: it has no note" in data


@pytest.mark.long
@pytest.mark.parametrize("kind", KINDS)
def test_a_file_is_the_same_whatever_its_layout(kind: str) -> None:
    data = written(made(), kind)
    assert is_as_written(data, written(made(), kind))
    if kind == "po":
        saved = data.replace(b'"Language-Team: ', b'"X-Generator: Weblate 5\\n"\n"Language-Team: ')
        assert saved != data
        assert is_as_written(data, saved)
    assert not is_as_written(data, written(made("Otro"), kind))
    assert not is_as_written(data, written(made("El título", NOTED), kind))


@pytest.mark.long
def test_edits_of_a_server_come_in_and_what_is_refused_stays(copy: Copy, run: Run) -> None:
    kind, folder = "po", copy.root / "l10n"
    command = ("translations", "sync", str(folder), "--by", "Weblate")
    assert run(*command)[0] == 0
    names = [file_name(scope, "es", kind) for scope in ("peru", "wording")]
    assert set(names) <= {path.name for path in folder.iterdir()}
    # Once more: nothing changes
    before = {path: path.read_bytes() for path in copy.root.rglob("*.*") if path.is_file()}
    assert run(*command)[0] == 0
    assert {path: path.read_bytes() for path in before} == before
    # A server's library saves an edit, and one that lost a note reference
    path = folder / names[0]
    (returned,) = read_back(path.read_bytes())
    bad = next(one.id for one in returned.items if "[^" in one.source)
    edits = {"peru/title": "Otra ficha", bad: "Sin llamada."}
    path.write_bytes(set_target(path.read_bytes(), kind, edits))
    code, out, err = run(*command)
    assert (code, "1 block imported" in out, "note references differ" in err) == (1, True, True)
    assert "title: Otra ficha" in (copy.root / "content/peru/es.yaml").read_text(encoding="utf-8")
    assert "Sin llamada." not in (copy.root / "content/peru/es.yaml").read_text(encoding="utf-8")
    text = path.read_text(encoding="utf-8")
    assert "Sin llamada." in text
    assert "Not imported: the note references differ" in text
    # It stays refused until somebody mends it, and nothing is written again
    report = folder / f"{names[0]}.rejected"
    there = path.read_bytes(), report.read_bytes()
    assert run(*command)[0] == 1
    assert (path.read_bytes(), report.read_bytes()) == there
    path.write_text(text.replace("Sin llamada.", ""), encoding="utf-8")
    assert run(*command)[0] == 0
    assert "Not imported" not in path.read_text(encoding="utf-8")


@pytest.mark.long
def test_a_file_that_cannot_be_read_keeps_all_from_being_written(copy: Copy, run: Run) -> None:
    folder = copy.root / "l10n"
    folder.mkdir()
    (folder / "peru.es.po").write_bytes(b'msgid "a"\nmsgstr "b')
    code, _, err = run("translations", "sync", str(folder))
    assert (code, "peru.es.po" in err) == (8, True)
    assert [path.name for path in folder.iterdir()] == ["peru.es.po"]
