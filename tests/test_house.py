"""The rules of the house: imports run one way, each library has one importer, the wheel holds all that is needed."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from .conftest import ROOT

PACKAGE = ROOT / "src/reportcard"


def test_modules_stay_short() -> None:
    for path in PACKAGE.rglob("*.py"):
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 410, f"{path.name} is more than one idea"


def test_no_host_of_a_registry_is_named() -> None:
    hosts = ["pypi" + ".org", "pythonhosted" + ".org", "npmjs" + ".com", "npmjs" + ".org"]
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True).stdout.split() or [
        str(path.relative_to(ROOT)) for name in ("src", "docs", "tests") for path in (ROOT / name).rglob("*.*")
    ]  # fmt: skip
    for name in tracked:
        text = (ROOT / name).read_bytes().decode("utf-8", "ignore") if (ROOT / name).is_file() else ""
        assert not any(host in text for host in hosts), name


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from this checkout and unpacked in a folder of its own."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)], cwd=ROOT, check=True, capture_output=True)  # fmt: skip
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def test_the_wheel_begins_and_builds_a_workspace_outside_the_checkout(installed: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(installed)}

    def reportcard(*arguments: str, folder: Path = tmp_path) -> str:
        done = subprocess.run([sys.executable, "-m", "reportcard", *arguments], cwd=folder, env=environment, capture_output=True, text=True)  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    where = subprocess.run([sys.executable, "-c", "import reportcard; print(reportcard.__file__)"], env=environment, cwd=tmp_path, capture_output=True, text=True)  # fmt: skip
    assert where.stdout.startswith(str(installed))
    reportcard("init", "cards")
    assert (tmp_path / "cards/schema/card.json").is_file()
    reportcard("new", "guyana", folder=tmp_path / "cards")
    assert reportcard("build", folder=tmp_path / "cards").split() == ["output/guyana-report-card-en.pdf", "output/guyana-report-card-es.pdf"]  # fmt: skip
