"""Files are replaced all together or not at all, whatever happens."""

import errno
import fcntl
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from reportcard.build.manifest import Record
from reportcard.build.publish import publish
from reportcard.errors import ExitCode, ReportCardError
from reportcard.workspace.replacement import replace_files

OLD = {"a.pdf": b"old a", "b.pdf": b"old b"}
NEW = {"a.pdf": b"new a", "b.pdf": b"new b"}


def there(folder: Path) -> dict[str, bytes]:
    return {
        path.name: path.read_bytes() for path in folder.iterdir() if not path.name.startswith(".")
    }


def test_files_are_put_in_place(tmp_path: Path) -> None:
    assert publish(tmp_path / "deep/output", NEW) == (
        tmp_path / "deep/output/a.pdf",
        tmp_path / "deep/output/b.pdf",
    )
    assert there(tmp_path / "deep/output") == NEW


@pytest.mark.parametrize("error", [errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS])
def test_files_are_put_in_place_where_nothing_can_be_locked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: int
) -> None:
    """As in a folder over a network: of a build, and of a command that changes content."""

    def refused(_: int, __: int) -> None:
        raise OSError(error, os.strerror(error))

    monkeypatch.setattr(fcntl, "flock", refused)
    publish(tmp_path, NEW)
    assert there(tmp_path) == NEW
    replace_files(tmp_path, OLD)
    assert there(tmp_path) == OLD


def test_other_files_stay(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    publish(tmp_path, NEW)
    assert there(tmp_path) == {**NEW, "mine.txt": b"mine"}


def test_what_was_not_committed_never_appears(tmp_path: Path) -> None:
    publish(tmp_path, OLD)
    (tmp_path / ".staging").mkdir()
    (tmp_path / ".staging/a.pdf").write_bytes(b"half")
    publish(tmp_path, {"c.pdf": b"c"})
    assert there(tmp_path) == {**OLD, "c.pdf": b"c"}


def test_what_was_committed_is_carried_out_by_the_next(tmp_path: Path) -> None:
    publish(tmp_path, OLD)
    staging = tmp_path / ".staging"
    staging.mkdir()
    (tmp_path / "a.pdf").write_bytes(NEW["a.pdf"])  # renamed before the kill
    (staging / "b.pdf").write_bytes(NEW["b.pdf"])
    (staging / "journal.json").write_text(json.dumps(list(NEW)), encoding="utf-8")
    publish(tmp_path, {"c.pdf": b"c"})
    assert there(tmp_path) == {**NEW, "c.pdf": b"c"}


def test_a_journal_leads_nowhere_else(tmp_path: Path) -> None:
    folder = tmp_path / "output"
    (folder / ".staging").mkdir(parents=True)
    (folder / ".staging/evil").write_bytes(b"evil")
    (folder / ".staging/journal.json").write_text(json.dumps(["../evil"]), encoding="utf-8")
    publish(folder, NEW)
    assert not (tmp_path / "evil").exists()


@pytest.mark.parametrize(
    "journal", ['{"a', "[1]", "7", '[""]', '[".."]', '["a.pdf", "../b.pdf"]', '["a\\u0000"]']
)
def test_a_damaged_journal_was_never_committed(tmp_path: Path, journal: str) -> None:
    publish(tmp_path, OLD)
    (tmp_path / ".staging").mkdir()
    (tmp_path / ".staging/a.pdf").write_bytes(b"who knows")
    (tmp_path / ".staging/journal.json").write_text(journal, encoding="utf-8")
    publish(tmp_path, {"c.pdf": b"c"})
    assert there(tmp_path) == {**OLD, "c.pdf": b"c"}
    assert not (tmp_path / ".staging").exists()


@pytest.mark.parametrize("name", ["a.pdf", "manifest.json", ".lock"])
def test_a_folder_in_the_place_of_a_file_is_named_and_nothing_waits(
    tmp_path: Path, name: str
) -> None:
    record = Record("0", "peru", "en", "screen", "2025-01-01", 1, {}, {}, {}, ())
    (tmp_path / name).mkdir()
    with pytest.raises(ReportCardError) as caught:
        publish(tmp_path, NEW, {"a.pdf": record})
    assert caught.value.code is ExitCode.OUTPUT
    assert f"{tmp_path / name}: a folder with this name already exists" in str(caught.value)
    assert not (tmp_path / "b.pdf").exists()
    (tmp_path / name).rmdir()
    publish(tmp_path, NEW, {"a.pdf": record})
    assert there(tmp_path).keys() == {*NEW, "manifest.json"}


def test_a_file_in_the_place_of_the_staging_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / ".staging").write_bytes(b"")
    with pytest.raises(ReportCardError) as caught:
        publish(tmp_path, NEW)
    assert str(tmp_path / ".staging") in str(caught.value)


def test_a_pipe_is_not_replaced(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.pdf")
    for write in (publish, replace_files):
        with pytest.raises(ReportCardError) as caught:
            write(tmp_path, NEW)
        assert caught.value.code is ExitCode.OUTPUT
        assert (tmp_path / "a.pdf").is_fifo()
    assert not list(tmp_path.glob(".*part*"))


def test_a_link_is_followed_but_not_out_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "inside").mkdir()
    (tmp_path / "inside/real.yaml").write_bytes(b"old")
    (tmp_path / "inside/es.yaml").symlink_to("real.yaml")
    replace_files(tmp_path / "inside", {"es.yaml": b"new"})
    assert (tmp_path / "inside/es.yaml").is_symlink()
    assert (tmp_path / "inside/real.yaml").read_bytes() == b"new"
    (tmp_path / "outside.yaml").write_bytes(b"old")
    (tmp_path / "inside/out.yaml").symlink_to(tmp_path / "outside.yaml")
    with pytest.raises(ReportCardError, match="a location outside"):
        replace_files(tmp_path / "inside", {"out.yaml": b"new"})
    assert (tmp_path / "outside.yaml").read_bytes() == b"old"


@pytest.mark.parametrize("name", [".", "", "a.pdf/x.txt"])
def test_a_name_that_is_none_is_told(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.pdf").write_bytes(b"a")
    with pytest.raises(ReportCardError) as caught:
        replace_files(Path(), {name: b"x"})
    assert caught.value.code is ExitCode.OUTPUT


_PROGRAM = """
import sys
from pathlib import Path
from reportcard.build.publish import publish
from reportcard.workspace.replacement import replace_files
number = 0
while True:
    number += 1
    publish(Path(sys.argv[1]), {name: str(number).encode() * 2000 for name in ("a.pdf", "b.pdf", \
"c.pdf")})
"""


@pytest.mark.slow
def test_a_kill_at_any_moment_leaves_files_of_one_build(tmp_path: Path) -> None:
    for round_ in range(12):
        process = subprocess.Popen(
            [sys.executable, "-c", _PROGRAM, str(tmp_path)],
            env={**os.environ, "PYTHONPATH": ":".join(sys.path)},
        )
        time.sleep(0.25 + 0.013 * round_)
        process.send_signal(signal.SIGKILL)
        process.wait()
        publish(tmp_path, {"other.txt": b""})
        contents = {data for name, data in there(tmp_path).items() if name.endswith(".pdf")}
        assert len(contents) <= 1


@pytest.mark.skipif(
    os.geteuid() == 0,
    reason="an administrator may write anywhere; the full disk below proves the same",
)
def test_an_unwritable_folder_is_told(tmp_path: Path) -> None:
    publish(tmp_path, OLD)
    tmp_path.chmod(0o500)
    with pytest.raises(ReportCardError) as caught:
        publish(tmp_path, NEW)
    tmp_path.chmod(0o700)
    assert caught.value.code is ExitCode.OUTPUT
    assert there(tmp_path) == OLD


def test_a_folder_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "output").write_text("a file", encoding="utf-8")
    with pytest.raises(ReportCardError) as caught:
        publish(tmp_path / "output", NEW)
    assert caught.value.code is ExitCode.OUTPUT
    assert "cannot write to" in str(caught.value)


_FULL = """
import resource, signal, sys
from pathlib import Path
from reportcard.errors import ReportCardError
from reportcard.build.publish import publish
from reportcard.workspace.replacement import replace_files
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))
try:
    publish(Path(sys.argv[1]), {"a.pdf": b"new a", "b.pdf": b"x" * 50_000})
except ReportCardError as error:
    print(error.message)
    sys.exit(int(error.code))
"""


@pytest.mark.slow
def test_a_full_disk_leaves_the_old_files(tmp_path: Path) -> None:
    """The system refuses to write past 10,000 bytes, as it would on a full disk."""
    publish(tmp_path, OLD)
    told = subprocess.run(
        [sys.executable, "-c", _FULL, str(tmp_path)],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": ":".join(sys.path)},
    )
    assert told.returncode == ExitCode.OUTPUT
    assert "cannot write to" in told.stdout
    assert there(tmp_path) == OLD
    assert not (tmp_path / ".staging").exists()
