"""A workspace of an earlier format is read with one note, and migrated whole or not at all: only
the lines of the old format change.
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path

import pytest

from reportcard.build.migration import Migration, MigrationDraft, Step, migrate, migration
from reportcard.build.pipeline import check
from reportcard.content.formats import FORMAT
from reportcard.errors import ExitCode, ReportCardError
from reportcard.workspace.replacement import finish_interrupted
from reportcard.workspace.workspace import Workspace

from .conftest import ROOT, Copy

Run = Callable[..., tuple[int, str, str]]
EDITION = "content/edition.yaml"


@pytest.fixture
def old(copy: Copy) -> Copy:
    """A workspace of the first format."""
    copy.edit(EDITION, f"format: {FORMAT}\n", "")
    return copy


def codes(copy: Copy) -> list[str]:
    found = check(copy.workspace, ("peru",), layout=False)
    return [one.code for one in found if one.code.startswith("EDITION-")]


def files(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file()
    }


@pytest.mark.long
def test_an_earlier_format_is_read_with_one_note_and_the_present_one_without(
    copy: Copy, old: Copy
) -> None:
    (found,) = [
        one for one in check(old.workspace, ("peru",), layout=False) if "EDITION" in one.code
    ]
    assert (found.code, str(found.severity)) == ("EDITION-EARLIER", "note")
    assert "`reportcard migrate`" in str(found.advice)
    copy.edit(EDITION, 'version: "0.1"', f'format: {FORMAT}\nversion: "0.1"')
    assert codes(copy) == []


def test_migrating_changes_only_the_format(old: Copy, run: Run) -> None:
    before = files(old.root)
    code, out, err = run("migrate", "--yes", "--workspace", str(old.root))
    assert (code, err) == (0, "")
    assert f'+format: {FORMAT}\n version: "0.1"' in out
    assert "Migrated from format 1 to 2." in out
    after = files(old.root)
    assert {name for name in after if after[name] != before.get(name)} == {EDITION}
    assert after[EDITION] == (ROOT / EDITION).read_bytes()
    code, out, _ = run("migrate", "--yes", "--workspace", str(old.root))
    assert (code, out.strip()) == (0, "This workspace is already in format 2.")


@pytest.mark.long
def test_loose_styles_move_to_a_folder_that_the_edition_names(old: Copy, run: Run) -> None:
    """With it, addresses in them lead where they did, and the rest of each file stays."""
    styles = old.root / "styles"
    before = files(styles / "gold")
    for name, data in before.items():
        (styles / name).parent.mkdir(exist_ok=True)
        (styles / name).write_bytes(data.replace(b"../../figures/", b"../figures/"))
    shutil.rmtree(styles / "gold")
    code, out, err = run("migrate", "--yes", "--workspace", str(old.root))
    assert (code, err) == (0, "")
    assert "--- a/styles/tokens.yaml\n+++ b/styles/house/tokens.yaml" in out
    assert "-/* " not in out, "what only moves is not listed line by line"
    assert files(styles) == {f"house/{name}": data for name, data in before.items()}
    assert b"\ntheme: house\n" in (old.root / EDITION).read_bytes()
    found = check(old.workspace, ("peru",), layout=False)
    assert not [one for one in found if one.code.startswith(("STYLE-", "EDITION-"))]


@pytest.fixture
def loose(tmp_path: Path) -> Path:
    """A workspace of few files, whose styles are in no folder."""
    root = tmp_path / "loose"
    for name, text in LOOSE.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root


def migrated(root: Path) -> dict[str, bytes]:
    found = Workspace.find(root)
    whole, problems = migration(found)
    assert whole is not None, problems
    migrate(found, whole)
    return files(root)


LOOSE = {
    EDITION: 'version: "1"  # mine\n',
    "styles/tokens.yaml": "ink: 1\n",
    "styles/1-fonts.css": '@font-face { src: url("fonts/packaged.ttf"); }\n',
    "styles/8-mine.css": "a { background: url(img/a.svg) } b { background: url('art/b.svg#c') }\n",
    "styles/art/b.svg": "<svg/>",
    "styles/img/a.svg": "<svg/>",
}


def test_addresses_of_loose_styles_lead_where_they_did(loose: Path) -> None:
    after = migrated(loose)
    assert after["styles/house/8-mine.css"] == (
        b"a { background: url(../img/a.svg) } b { background: url('art/b.svg#c') }\n"
    )
    assert b'url("fonts/packaged.ttf")' in after["styles/house/1-fonts.css"]
    assert {path.name for path in (loose / "styles").iterdir()} == {"house", "img"}
    assert after[EDITION] == b'format: 2\nversion: "1"  # mine\ntheme: house\n'
    assert migrated(loose) == after


def test_another_theme_of_that_name_stays(loose: Path) -> None:
    other = loose / "styles/house/tokens.yaml"
    other.parent.mkdir()
    other.write_text("ink: 2\n", encoding="utf-8")
    after = migrated(loose)
    assert after["styles/house/tokens.yaml"] == b"ink: 2\n"
    assert after["styles/house-2/tokens.yaml"] == b"ink: 1\n"
    assert b"theme: house-2\n" in after[EDITION]


@pytest.mark.parametrize("method", ["replace", "unlink"])
def test_a_migration_killed_anywhere_loses_nothing_and_the_next_one_ends_it(
    loose: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, method: str
) -> None:
    whole = tmp_path / "whole"
    shutil.copytree(loose, whole)
    expected, before = migrated(whole), files(loose)
    real = getattr(Path, method)
    for most in range(20):
        root = tmp_path / str(most)
        shutil.copytree(loose, root)
        calls = count()

        def killed(
            path: Path,
            *arguments: object,
            calls: Iterator[int] = calls,
            most: int = most,
            **named: object,
        ) -> object:
            if next(calls) >= most:
                raise KeyboardInterrupt
            return real(path, *arguments, **named)

        with monkeypatch.context() as patch, suppress(KeyboardInterrupt):
            patch.setattr(Path, method, killed)
            migrated(root)
        left = b"".join(files(root).values()).replace(b"../img/", b"img/")
        assert [name for name, data in before.items() if data not in left and name != EDITION] == []
        finish_interrupted(root)
        assert migrated(root) == expected


@pytest.mark.parametrize(("options", "code"), [(("--dry-run",), 0), ((), 2)])
def test_nothing_is_written_without_a_yes(
    old: Copy, run: Run, options: tuple[str, ...], code: int
) -> None:
    before = files(old.root)
    found, out, err = run("migrate", *options, "--workspace", str(old.root))
    assert found == code
    assert "+format: 2" in out
    assert ("dry run" in err) if options else ("Add --yes" in err)
    assert files(old.root) == before


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_line_ends_and_byte_order_marks_stay(old: Copy, mark: bytes, end: bytes) -> None:
    path = old.root / EDITION
    lines = path.read_bytes().split(b"\n")
    path.write_bytes(mark + end.join(lines))
    made, problems = migration(old.workspace)
    assert made is not None, problems
    migrate(old.workspace, made)
    at = lines.index(b'version: "0.1"')
    assert path.read_bytes() == mark + end.join([*lines[:at], b"format: 2", *lines[at:]])


@pytest.mark.long
@pytest.mark.parametrize("written", ["format: 1", "format: '1'  # old"])
def test_a_format_that_is_there_is_replaced(old: Copy, written: str) -> None:
    old.edit(EDITION, 'version: "0.1"', f'{written}\nversion: "0.1"')
    made, problems = migration(old.workspace)
    assert made is not None, problems
    migrate(old.workspace, made)
    text = (old.root / EDITION).read_text(encoding="utf-8")
    assert text.count("format:") == 1
    assert ("# old" in text) == ("# old" in written)
    assert codes(old) == []


def test_a_newer_format_is_one_error_that_names_both(copy: Copy, run: Run) -> None:
    copy.edit(EDITION, f"format: {FORMAT}\n", "format: 9\nunheard: of\n")
    copy.edit("content/scoreboard.yaml", "dimensions:", "parts:")
    before = files(copy.root)
    found = check(copy.workspace, ("peru",), layout=False)
    assert [(one.code, one.place.line) for one in found] == [("EDITION-NEWER", 3)]
    assert "is in format 9" in str(found[0].message)
    assert "supports formats up to 2" in str(found[0].message)
    code, _, err = run("migrate", "--yes", "--workspace", str(copy.root))
    assert code == ExitCode.CONTENT
    assert "is in format 9" in err
    assert files(copy.root) == before


@pytest.mark.parametrize("written", ["", "~", "two", "0", "-1", "1.5", "[2]", "2\nformat: 2"])
def test_a_format_that_is_no_number_is_an_error(copy: Copy, run: Run, written: str) -> None:
    copy.edit(EDITION, f"format: {FORMAT}\n", f"format: {written}\n")
    found = check(copy.workspace, ("peru",), layout=False)
    assert any(one.place.file == EDITION and one.severity == "error" for one in found)
    before = files(copy.root)
    code, _, err = run("migrate", "--yes", "--workspace", str(copy.root))
    assert code == ExitCode.CONTENT
    assert EDITION in err
    assert "Traceback" not in err
    assert files(copy.root) == before


def test_a_read_only_file_is_left_and_named(old: Copy, run: Run) -> None:
    (old.root / EDITION).chmod(0o444)
    before = files(old.root)
    code, _, err = run("migrate", "--yes", "--workspace", str(old.root))
    assert code == ExitCode.OUTPUT
    assert f"these files are read-only: {EDITION}" in err
    assert files(old.root) == before
    (old.root / EDITION).chmod(0o644)
    assert run("migrate", "--yes", "--workspace", str(old.root))[0] == 0


# --- steps of formats to come ---------------------------------------------------------------------


def _in_a_folder(draft: MigrationDraft) -> None:
    """Style sheets go to a folder of their own."""
    for name in ("1-fonts.css", "tokens.yaml"):
        draft.move(f"styles/gold/{name}", f"styles/own/{name}")


def _renamed(draft: MigrationDraft) -> None:
    for file in ("content/scoreboard.yaml", "content/peru/scores.yaml"):
        data = draft.read(file)
        if data is not None and b"\nold: 1" in data:
            draft.put(file, data.replace(b"\nold: 1", b"\nnew: 1"))


STEPS = (Step(3, _in_a_folder), Step(4, _renamed))


@pytest.fixture
def several(copy: Copy) -> Copy:
    """A workspace that steps to format 4 change in five files."""
    for file in ("content/scoreboard.yaml", "content/peru/scores.yaml"):
        path = copy.root / file
        path.write_bytes(path.read_bytes() + b"\nold: 1\n")
    return copy


def made(copy: Copy) -> Migration:
    found, problems = migration(copy.workspace, STEPS, 4)
    assert found is not None, problems
    return found


def test_steps_are_taken_in_order_and_files_move(several: Copy) -> None:
    fonts = (several.root / "styles/gold/1-fonts.css").read_bytes()
    migrate(several.workspace, made(several))
    assert not (several.root / "styles/gold/1-fonts.css").exists()
    assert (several.root / "styles/own/1-fonts.css").read_bytes() == fonts
    assert b"\nnew: 1\n" in (several.root / "content/scoreboard.yaml").read_bytes()
    assert b"format: 4\n" in (several.root / EDITION).read_bytes()
    assert dict(made(several).after) == {}


def test_a_half_migrated_workspace_is_finished(several: Copy) -> None:
    (several.root / "styles/own").mkdir()
    shutil.move(several.root / "styles/gold/1-fonts.css", several.root / "styles/own/1-fonts.css")
    several.edit("content/scoreboard.yaml", "\nold: 1", "\nnew: 1")
    whole = made(several)
    assert "styles/own/1-fonts.css" not in whole.after
    assert "content/scoreboard.yaml" not in whole.after
    migrate(several.workspace, whole)
    assert (several.root / "styles/own/tokens.yaml").exists()
    assert b"\nnew: 1" in (several.root / "content/peru/scores.yaml").read_bytes()
    # One that names the new format already, too.
    several.edit("content/peru/scores.yaml", "\nnew: 1", "\nold: 1")
    assert list(made(several).after) == ["content/peru/scores.yaml"]


def test_all_files_change_or_none(several: Copy) -> None:
    whole = made(several)
    before = files(several.root)
    (several.root / "content/peru").chmod(0o755)
    obstacle = several.root / "styles/own"
    obstacle.write_text("a file where a folder is needed", encoding="utf-8")
    before["styles/own"] = obstacle.read_bytes()
    with pytest.raises(ReportCardError) as refused:
        migrate(several.workspace, whole)
    assert refused.value.code == ExitCode.OUTPUT
    assert files(several.root) == before
    obstacle.unlink()
    migrate(several.workspace, whole)


def test_a_file_that_changes_meanwhile_is_not_overwritten(several: Copy) -> None:
    whole = made(several)
    several.edit("content/scoreboard.yaml", "\nold: 1", "\nold: 1  # mine")
    before = files(several.root)
    with pytest.raises(ReportCardError) as refused:
        migrate(several.workspace, whole)
    assert "was changed during the migration" in str(refused.value.message)
    assert files(several.root) == before
