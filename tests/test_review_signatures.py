"""Records signed with SSH keys: what counts, and what does not. OpenSSH signs and checks."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from reportcard.content.model import Releasing
from reportcard.release.recomparison import REVIEWS
from reportcard.release.sign_offs import unsigned
from reportcard.workspace.workspace import Workspace

from .test_release import record

pytestmark = pytest.mark.skipif(not shutil.which("ssh-keygen"), reason="OpenSSH is not installed")

SIGNERS = "reviews/allowed_signers"
ANA = "Ana Pérez"
FILES = {"card.pdf": b"now"}


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("keys")
    for name in ("ana", "other"):
        call = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name]
        subprocess.run([*call, "-f", str(folder / name)], check=True)
    return folder


@pytest.fixture
def root(tmp_path: Path, keys: Path) -> Path:
    (tmp_path / REVIEWS).mkdir()
    (tmp_path / REVIEWS / "ana.json").write_bytes(record("card.pdf", b"now", by=ANA))
    public = " ".join((keys / "ana.pub").read_text("utf-8").split()[:2])
    (tmp_path / SIGNERS).write_text(f'"{ANA}" {public}\n', "utf-8")
    return tmp_path


def sign(keys: Path, root: Path, key: str = "ana", purpose: str = "reportcard") -> None:
    file = root / REVIEWS / "ana.json"
    call = ["ssh-keygen", "-Y", "sign", "-f", str(keys / key), "-n", purpose, str(file)]
    subprocess.run(call, check=True, capture_output=True)


def told(root: Path, signers: str = SIGNERS) -> list[str]:
    wanted = Releasing(allowed_signers=signers)
    return [str(one.message) for one in unsigned(Workspace(root), FILES, wanted)]


def test_a_record_signed_with_a_listed_key_counts(root: Path, keys: Path) -> None:
    sign(keys, root)
    assert told(root) == []


def changed(root: Path, keys: Path) -> None:
    sign(keys, root)
    file = root / REVIEWS / "ana.json"
    file.write_bytes(file.read_bytes().replace(b'"wording"', b'"layout"'))


def of_another(root: Path, keys: Path) -> None:
    sign(keys, root, key="other")


def for_another_purpose(root: Path, keys: Path) -> None:
    sign(keys, root, purpose="file")


def in_another_name(root: Path, keys: Path) -> None:
    file = root / REVIEWS / "ana.json"
    file.write_bytes(record("card.pdf", b"now", by="Luis Rojas"))
    sign(keys, root)


def damaged(root: Path, keys: Path) -> None:
    sign(keys, root)
    (root / REVIEWS / "ana.json.sig").write_bytes(b"-----BEGIN SSH SIGNATURE-----\n")


@pytest.mark.parametrize(
    ("cheat", "why"),
    [
        (lambda *_: None, "ana.json.sig is missing"),
        *(
            (cheat, "or allowed_signers does not list the key")
            for cheat in (changed, of_another, for_another_purpose, in_another_name, damaged)
        ),
    ],
)
def test_any_other_record_does_not(
    root: Path, keys: Path, cheat: Callable[[Path, Path], None], why: str
) -> None:
    cheat(root, keys)
    first, second = told(root)
    assert first.startswith("the signature of ")
    assert why in first
    assert second == "no review record in reviews/ signs off on card.pdf."


def test_the_list_of_keys_has_to_be_there_and_in_the_workspace(root: Path, keys: Path) -> None:
    sign(keys, root)
    for name in ("reviews/nobody", f"../{keys.name}/ana.pub"):
        assert told(root, name) == [
            f"the allowed signers file {name} does not exist in this workspace."
        ]


def test_without_a_list_nothing_has_to_be_signed(root: Path) -> None:
    assert told(root, "") == []


def test_without_openssh_it_is_said(
    root: Path, keys: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    sign(keys, root)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "ssh-keygen (OpenSSH) is not installed" in told(root)[0]
