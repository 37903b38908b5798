"""Whatever is killed while it replaces several files has replaced all of them or none."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from reportcard.workspace import replacement
from reportcard.workspace.replacement import finish_interrupted, replace_files

from .conftest import Copy
from .interruptions import killed_at
from .kills import Bench, bench, state
from .writers import sent

Run = Callable[..., tuple[int, str, str]]

OLD = {"content/a.yaml": b"old a", "content/b.yaml": b"old b", "figures/c.png": b"old c"}
NEW = {
    "content/a.yaml": b"new a",
    "content/b.yaml": b"new b",
    "content/new/deep/d.yaml": b"new d",
    "figures/c.png": b"new c",
}


def workspace(folder: Path) -> Path:
    replace_files(folder, OLD)
    return folder


@pytest.mark.long
def test_a_kill_at_any_call_leaves_all_old_files_or_all_new_ones(tmp_path: Path) -> None:
    seen = set()
    for at in range(200):
        root = workspace(tmp_path / str(at))
        was_killed = killed_at(lambda root=root: replace_files(root, NEW), at, root)  # type: ignore[misc]
        finish_interrupted(root)
        assert state(root) in (OLD, {**OLD, **NEW})
        assert all(any(path.iterdir()) for path in root.rglob("*") if path.is_dir())
        seen.add(state(root) == OLD)
        replace_files(root, NEW)
        assert state(root) == {**OLD, **NEW}
        if not was_killed:
            break
    assert not was_killed
    assert at > 12
    assert seen == {True, False}


@pytest.mark.long
def test_a_kill_leaves_a_single_file_old_or_new_and_its_part_goes_with_the_next(
    tmp_path: Path,
) -> None:
    for at in range(20):
        root = workspace(tmp_path / str(at))
        was_killed = killed_at(
            lambda root=root: replace_files(root, {"content/a.yaml": b"new a"}),  # type: ignore[misc]
            at,
            root,
        )
        assert (root / "content/a.yaml").read_bytes() in (b"old a", b"new a")
        replace_files(root, {"content/a.yaml": b"new a"})
        assert state(root) == {**OLD, "content/a.yaml": b"new a"}
        if not was_killed:
            break
    assert at > 2


def interrupted(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Has all files on the disk, none in its place."""

    def stop(_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(replacement, "_put_in_place", stop)
        with pytest.raises(KeyboardInterrupt):
            replace_files(root, NEW)


def test_what_a_person_typed_after_a_kill_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = workspace(tmp_path)
    interrupted(root, monkeypatch)
    (root / "content/a.yaml").write_bytes(b"typed since")
    (root / "content/b.yaml").write_bytes(b"new b")
    finish_interrupted(root)
    assert state(root) == {**OLD, **NEW, "content/a.before.yaml": b"typed since"}


@pytest.mark.parametrize(
    "name",
    [
        "../evil.part",
        ".git/hooks/.pre-commit.part",
        "/tmp/.x.part",
        "content/a.yaml",
        ".part",
        "a\0",
    ],
)
def test_a_journal_from_elsewhere_leads_nowhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    root = workspace(tmp_path / "root")
    interrupted(root, monkeypatch)
    journal = root / ".reportcard-journal.json"
    journal.write_text(json.dumps({**json.loads(journal.read_bytes()), name: ""}), encoding="utf-8")
    finish_interrupted(root)
    assert {name: data for name, data in state(root).items() if ".part" not in name} == OLD
    assert not journal.exists()


@pytest.mark.parametrize("damage", [b"", b"[1]", b'{"a', b"null", b"[" * 100_000])
def test_a_damaged_journal_does_nothing(tmp_path: Path, damage: bytes) -> None:
    root = workspace(tmp_path)
    (root / ".reportcard-journal.json").write_bytes(damage)
    finish_interrupted(root)
    assert state(root) == OLD


def test_a_link_out_of_the_folder_is_not_followed_when_finished(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = workspace(tmp_path / "root")
    interrupted(root, monkeypatch)
    (root / "figures").rename(tmp_path / "outside")
    (root / "figures").symlink_to(tmp_path / "outside")
    finish_interrupted(root)
    assert (tmp_path / "outside/c.png").read_bytes() == b"old c"


# --- commands -------------------------------------------------------------------------------------


def stopped(_: object) -> None:
    os._exit(9)


@pytest.mark.slow
def test_a_command_that_is_killed_or_refused_a_call_loses_nothing(tmp_path: Path) -> None:
    """Before all is written and while files are put in their place: no file is half written, the
    command says what it did not do, and sent again it does all.
    """
    tried = bench("translations confirm", tmp_path)
    told = list(tried.interrupted({int(tried.calls * share) for share in (0.3, 0.8)}))
    assert {way.partition(" ")[0] for _, way, _ in told} >= {"killed", "EROFS", "EIO", "EMFILE"}
    assert [fault for _, _, fault in told if fault] == []


def test_a_file_that_is_lost_half_written_or_alone_is_a_fault(tmp_path: Path) -> None:
    """What the harness is for."""
    before, after = {"a": b"old", "b": b"old"}, {"a": b"new", "b": b"new", "c": b"new"}
    tried = Bench("new", tmp_path, ("new",), before, after)
    tried.root.mkdir()

    def fault(**files: bytes) -> str:
        for path in tried.root.iterdir():
            path.unlink()
        for name, data in files.items():
            (tried.root / name).write_bytes(data)
        return tried.fault_of("killed", 0)

    assert fault(a=b"old", b=b"old") == fault(a=b"new", b=b"new", c=b"new") == ""
    assert fault(a=b"ne", b=b"old").startswith("half: ['a']")
    assert "gone: ['b']" in fault(a=b"old")
    assert fault(a=b"new", b=b"old").startswith("1 of 3 files")


@pytest.mark.slow
@pytest.mark.parametrize("name", ["translations confirm", "intake --replace", "new"])
def test_a_command_killed_when_all_is_written_is_finished_by_the_next(
    copy: Copy, run: Run, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """And sending the same again changes nothing more: no second copy of what was there."""
    command = sent(copy, name)
    before = state(copy.root)
    child = os.fork()
    if not child:
        replacement._put_in_place = stopped
        run(*command)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    assert (copy.root / ".reportcard-journal.json").exists()
    assert {file: data for file, data in state(copy.root).items() if file in before} == before
    finish_interrupted(copy.root)
    finished = state(copy.root)
    assert finished != before
    assert not [file for file in finished if ".part" in file or ".reportcard" in file]
    run(*command)
    assert state(copy.root) == finished
