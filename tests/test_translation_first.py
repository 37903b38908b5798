"""A first translation is one file that goes out and comes back; what is not done stays open, block
by block.
"""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from reportcard.build.inventory import read_workspace
from reportcard.content.loading import load
from reportcard.content.segments import NOTHING
from reportcard.content.yaml import read_tree
from reportcard.errors import ExitCode
from reportcard.release.gate import reasons
from reportcard.translation.confirmation import standings
from reportcard.translation.export import written
from reportcard.translation.parcel import Parcel, parcel

from .conftest import Copy
from .test_translation_exchange import set_target

Run = Callable[..., tuple[int, str, str]]
ES = "content/peru/es.yaml"


def sent(copy: Copy, language: str = "es") -> Parcel:
    content = load(copy.workspace).content
    assert content
    (standing,), _ = standings(copy.workspace, content, ("peru",), (language,))
    return parcel(standing, content)


def spanish(copy: Copy) -> dict[str, str]:
    """What the real translation has, by the id of each block."""
    return {item.id: item.target for item in sent(copy).items}


def start_again(copy: Copy) -> dict[str, str]:
    known = spanish(copy)
    for name in (ES, "content/peru/es.status.yaml"):
        (copy.root / name).unlink()
    return known


def import_some(copy: Copy, run: Run, known: dict[str, str], every: int) -> tuple[int, str, str]:
    """Imports every so manieth block of the translation into a file for Spanish."""
    items = [item for item in sent(copy).items if not item.target][::every]
    edits = {item.id: known[item.id] for item in items}
    file = copy.root / "back.xlf"
    file.write_bytes(set_target(written(sent(copy), "xliff"), "xliff", edits))
    return run("translations", "import", str(file), "--workspace", str(copy.root))


@pytest.mark.long
def test_a_whole_translation_makes_the_file_with_the_authors(copy: Copy, run: Run) -> None:
    authors = load(copy.workspace).content.cards["peru"]["en"].model.authors  # type: ignore[union-attr]
    known = start_again(copy)
    code, out, err = import_some(copy, run, known, 1)
    assert (code, err) == (0, "")
    assert f"{len(known)} blocks imported" in out
    content = load(copy.workspace).content
    assert content
    card = content.cards["peru"]["es"]
    assert card.model.authors == authors
    assert card.model.status == "draft"
    order = [list(one.tree.root.entries) for one in content.cards["peru"].values()]
    assert order[0] == order[1]
    assert card.data.startswith(b"# yaml-language-server: $schema=../../schema/card.json\n")
    assert NOTHING not in card.data.decode()
    assert {name: text for name, text in spanish(copy).items() if text} == known
    assert run("translations", "status", "--workspace", str(copy.root))[0] == 0
    assert [str(one) for one in read_workspace(copy.workspace).problems] == []


@pytest.mark.long
def test_a_half_done_one_is_a_draft_that_says_so_once(copy: Copy, run: Run) -> None:
    known = start_again(copy)
    code, out, _ = import_some(copy, run, known, 2)
    assert (code, "64 blocks imported" in out) == (0, True)
    _, out, _ = run("translations", "status", "peru", "--workspace", str(copy.root))
    assert "64 current · 0 kept · 0 stale · 63 missing · 0 orphaned" in out
    (problem,) = read_workspace(copy.workspace).problems
    assert (problem.code, str(problem.severity), problem.place.file) == (
        "TEXT-PLACEHOLDER",
        "warning",
        ES,
    )
    told = "63 blocks of this translation have no text yet: overall.result (block 1), "
    assert str(problem.message).startswith(told)
    # A block is whole or empty, and each is at its place
    tree, _ = read_tree((copy.root / ES).read_bytes(), ES)
    assert tree
    text = tree.text("dimensions", "legal", "findings")
    assert text is not None
    blocks = [one for one in text.split("\n") if one.strip()]
    assert blocks[0] == NOTHING
    assert f"- {NOTHING}" in blocks
    # A release names the blocks
    told = [
        str(one.message)
        for one in reasons(read_workspace(copy.workspace), ("peru",), scoreboard=False)
    ]
    assert any(
        "has 63 blocks without a translation: overall.result (block 1)" in one for one in told
    )
    # The rest takes the place of what was empty, and nothing else changes
    before = (copy.root / ES).read_text(encoding="utf-8").split("\n")
    assert import_some(copy, run, known, 1)[0] == 0
    after = (copy.root / ES).read_text(encoding="utf-8").split("\n")
    kept = [line for line in before if NOTHING not in line]
    assert [line for line in after if line in set(kept)] == kept
    assert run("translations", "status", "--workspace", str(copy.root))[0] == 0


@pytest.mark.long
def test_nothing_done_makes_no_file(copy: Copy, run: Run) -> None:
    start_again(copy)
    file = copy.root / "back.xlf"
    file.write_bytes(written(sent(copy), "xliff"))
    code, out, _ = run("translations", "import", str(file), "--workspace", str(copy.root))
    assert (code, "0 blocks imported" in out) == (0, True)
    assert not (copy.root / ES).exists()


@pytest.mark.long
def test_a_language_that_the_edition_does_not_have(copy: Copy, run: Run, tmp_path: Path) -> None:
    here = ("--workspace", str(copy.root))
    file = copy.root / "peru-pt.xlf"
    edition = (copy.root / "content/edition.yaml").read_bytes()
    command = ("translations", "export", "peru", "--language")
    code, out, _ = run(*command, "pt", "--output", str(file), *here)
    assert (code, '"pt" is a new language' in out) == (0, True)
    assert (copy.root / "content/edition.yaml").read_bytes() == edition
    edits = {"peru/title": "Ficha do Peru", "peru/notes.dl-1100#": "Peru. Decreto 1100."}
    file.write_bytes(set_target(file.read_bytes(), "xliff", edits))
    assert run("translations", "import", str(file), "--by", "Rui", *here)[0] == 0
    added = b"  pt:\n    fallback: true\n"
    made = (copy.root / "content/edition.yaml").read_bytes()
    assert added in made
    assert made.replace(added, b"") == edition
    content = load(copy.workspace).content
    assert content
    assert content.cards["peru"]["pt"].model.title == "Ficha do Peru"
    assert "context" in content.cards["peru"]["pt"].fallen
    _, out, _ = run("translations", "status", "peru", "--language", "pt", *here)
    assert "2 current · 0 kept · 0 stale · 125 missing" in out
    # What is no language is refused
    code, _, err = run(*command, "xx", "--output", str(tmp_path / "x"), *here)
    assert (code, "does not include" in err) == (ExitCode.USAGE, True)


@pytest.mark.long
def test_an_empty_block_that_is_confirmed_is_still_empty(copy: Copy, run: Run) -> None:
    known = start_again(copy)
    import_some(copy, run, known, 2)
    here = ("--workspace", str(copy.root))
    (copy.root / "content/peru/es.status.yaml").unlink()
    run("translations", "confirm", "peru", *here)
    _, out, _ = run("translations", "status", "peru", *here)
    assert "64 current · 0 kept · 0 stale · 63 missing" in out


@pytest.mark.long
def test_what_a_killed_import_left_is_swept(copy: Copy, run: Run) -> None:
    left = copy.root / "content/peru/.es.yaml.part-1"
    left.write_bytes(b"half")
    assert run("translations", "status", "peru", "--workspace", str(copy.root))[0] == 0
    assert not left.exists()


@pytest.mark.long
def test_the_wording_that_a_card_prints_counts(copy: Copy, run: Run) -> None:
    here = ("--workspace", str(copy.root))
    file = "content/wording/en.yaml"
    copy.edit(file, "programme: Amazon Gold Governance Review", "programme: Gold Review")
    code, out, _ = run("translations", "status", "peru", *here)
    assert code == ExitCode.DIFFERENT
    assert "wording, en to es: " in out
    code, out, _ = run("translations", "status", "peru", "--format", "json", *here)
    states = {one["state"] for one in json.loads(out) if one["field"].startswith("wording/")}
    assert (code, states) == (ExitCode.DIFFERENT, {"current", "stale"})
    copy.edit(file, "programme: Gold Review", "programme: Amazon Gold Governance Review")
    copy.edit(file, "  skip: ", "  skip: Now ")  # of the web edition alone
    assert run("translations", "status", "peru", *here)[0] == 0
    assert run("translations", "status", *here)[0] == ExitCode.DIFFERENT


@pytest.mark.long
def test_an_untouched_block_is_no_conflict(copy: Copy, run: Run, tmp_path: Path) -> None:
    """Two translators have the file; the second did not touch what the first did."""
    file = written(sent(copy), "xliff")
    first, second = "peru/notes.dl-1100#", "peru/title"
    for number, edits in enumerate(({first: "Perú. Decreto 1100."}, {second: "La ficha"})):
        (tmp_path / "back").write_bytes(set_target(file, "xliff", edits))
        code, out, err = run(
            "translations", "import", str(tmp_path / "back"), "--workspace", str(copy.root)
        )
        assert (code, err) == (0, ""), number
        assert "1 block imported, 126 unchanged, 0 rejected" in out


@pytest.mark.long
@pytest.mark.parametrize("where", ["above", "below"])
def test_an_orphan_stays_until_it_is_removed(copy: Copy, run: Run, where: str) -> None:
    here = ("--workspace", str(copy.root))
    copy.edit(ES, "context: |\n", "context: |\n  De más.\n\n")
    for _ in range(2):
        code, out, _ = run("translations", "status", "peru", *here)
        assert (code, "1 orphaned" in out) == (ExitCode.DIFFERENT, True)
        field = {"above": "peru/title", "below": "peru/context#"}[where]
        item = next(one for one in sent(copy).items if one.id.startswith(field) and one.target)
        data = set_target(written(sent(copy), "xliff"), "xliff", {item.id: f"{item.target} Más."})
        (copy.root / "back.xlf").write_bytes(data)
        assert run("translations", "import", str(copy.root / "back.xlf"), *here)[0] == 0
    copy.edit(ES, "  De más.\n\n", "")
    assert run("translations", "status", "peru", *here)[0] == 0


@pytest.mark.long
def test_words_are_counted_without_marks_and_less_where_they_are_known(
    copy: Copy, run: Run
) -> None:
    here = ("--workspace", str(copy.root))
    old = "deforested some 139,169 hectares"
    copy.edit("content/peru/en.yaml", old, old.replace("some", "about"))
    copy.edit(
        "content/peru/en.yaml",
        "  dl-1100: ",
        "  dl-1100: All [of it](https://a.org/b) **new** – [^x] ",
    )
    code, out, _ = run("translations", "status", "peru", "--format", "json", *here)
    changed = {one["field"]: one for one in json.loads(out) if one["words"]}
    assert code == ExitCode.DIFFERENT
    context, note = changed["peru/context"], changed["peru/notes.dl-1100"]
    assert (context["match"] >= 95, context["share"]) == (True, 30)
    assert (note["words"], note["match"], note["share"]) == (9, 0, 100)
    _, out, _ = run("translations", "status", "peru", "--quote", *here)
    assert "9 words in 1 block, counted at 100%" in out
