"""What the machine lacks is said as that, and never as a bug."""

import errno
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from reportcard.build import machine
from reportcard.cli import _failed
from reportcard.errors import ExitCode, ReportCardError
from reportcard.language import dictionaries
from reportcard.workspace import owner, shortage
from reportcard.workspace.packages import calling
from reportcard.workspace.workspace import Workspace

Run = Callable[..., tuple[int, str, str]]


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (OSError(errno.EMFILE, "x", "/a"), ExitCode.OUTPUT, "too many files are open. Raise"),
        (BlockingIOError(errno.EAGAIN, "x"), ExitCode.OUTPUT, "no more processes can be started."),
        (RuntimeError("can't start new thread"), ExitCode.OUTPUT, "raise the limit set with"),
        (PermissionError(errno.EACCES, "x", "/a"), ExitCode.UNREADABLE, "access /a: permission"),
        (OSError(errno.EIO, "x", b"/a\xff"), ExitCode.UNREADABLE, r"/a\udcff: a disk error"),
        (OSError(errno.EROFS, "x", "/a"), ExitCode.OUTPUT, "write /a: the disk is read-only. F"),
        (OSError(errno.ENOSPC, "x"), ExitCode.OUTPUT, "cannot write the output: the disk is full."),
        (OSError(errno.EFBIG, "x"), ExitCode.OUTPUT, "the file is larger than the system allows."),
        (FileNotFoundError(errno.ENOENT, "x", "/a"), ExitCode.INTERNAL, "because of a bug"),
        (RuntimeError("another"), ExitCode.INTERNAL, "because of a bug"),
    ],
)
def test_an_error_of_the_machine_is_no_bug(
    error: Exception, code: ExitCode, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _failed(error) is code
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(("file", "is_known"), [(None, True), ("a.png", True), ("/b", False)])
def test_a_full_folder_for_temporary_files_is_named(
    file: str | None, is_known: bool, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(shortage, "_ROOM", 10**18)
    error = OSError(errno.ENOSPC, "x", file and str(tmp_path / file))
    found = shortage.shortage(error)
    assert found is not None
    assert found.code is ExitCode.OUTPUT
    assert (f"temporary files, {tmp_path}, is full" in str(found.message)) is is_known


def _no_folder() -> str:
    raise FileNotFoundError(errno.ENOENT, "No usable temporary directory found in ['/tmp']")


def test_no_folder_for_temporary_files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Also where a package of ours asks for one: that is no fault of the package."""
    monkeypatch.setattr(tempfile, "gettempdir", _no_folder)
    said = pytest.raises(ReportCardError, match="no folder for temporary files")
    with said as raised, calling("xlsx"):
        _no_folder()
    assert raised.value.code is ExitCode.OUTPUT
    assert "TMPDIR" in str(raised.value.advice)
    first = next(iter(machine._disk(Workspace(tmp_path))))
    assert (first.health, str(first.found)) == (machine.Health.BROKEN, "no folder is writable")


def test_a_package_s_own_error_stays_its_own() -> None:
    said = pytest.raises(ReportCardError, match='the package that adds "x" failed: KeyError')
    with said, calling("x"):
        raise KeyError("a")


def test_a_user_without_a_home_or_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless(_: Path) -> Path:
        raise RuntimeError("Could not determine home directory.")

    def nameless() -> str:
        raise KeyError("getpwuid(): uid not found: 12345")

    monkeypatch.setattr(Path, "expanduser", homeless)
    assert Path("~/Library/Spelling") in dictionaries.folders()[0]
    monkeypatch.setattr(owner.getpass, "getuser", nameless)
    with pytest.raises(ReportCardError, match="no name for the current user") as raised:
        owner.user_name()
    assert raised.value.code is ExitCode.USAGE


def test_a_name_is_one_line_of_printed_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is written into files, from where it would command the terminal of whoever prints them."""
    monkeypatch.setattr(owner.getpass, "getuser", lambda: "Ana\n\x1b[2JPérez\u202e")
    assert owner.user_name() == "Ana [2JPérez"
    assert owner.user_name("Luis\tDíaz\x07") == "Luis Díaz"
    assert owner.user_name("\x1b") == "Ana [2JPérez"


def test_a_dictionary_in_another_user_s_home_is_not_there(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """`is_file` would raise PermissionError, and `access` does not."""

    def refused(path: Path) -> bool:
        raise PermissionError(errno.EACCES, "x", str(path))

    monkeypatch.setattr(Path, "is_file", refused)
    assert not dictionaries._is_file(tmp_path / "es_PE.aff")


def test_a_cache_that_cannot_be_deleted_is_no_success(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content/edition.yaml").touch()
    (tmp_path / ".cache").mkdir()
    (tmp_path / ".cache/a.kept").write_bytes(b"a")

    def refused(path: Path, *, missing_ok: bool = False) -> None:
        raise PermissionError(errno.EACCES, "x", str(path))

    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", refused)
        code, out, err = run("cache", "clear", "--workspace", str(tmp_path))
    assert (code, out) == (ExitCode.OUTPUT, "0 MB freed\n")
    assert "cannot delete " in err
    assert run("cache", "clear", "--workspace", str(tmp_path))[0] == 0
