"""The rules of the house: imports keep the contracts of pyproject.toml, names are used once, the
wheel holds all that is needed.
"""

import ast
import os
import runpy
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from radon.complexity import cc_visit

from .conftest import ROOT

PACKAGE = ROOT / "src/reportcard"


def contracts(package: Path, configuration: str) -> tuple[int, str]:
    """What import-linter says of a package by the contracts of a configuration."""
    (package.parent / "pyproject.toml").write_text(configuration, encoding="utf-8")
    call = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    environment = {**os.environ, "PYTHONPATH": str(package.parent), "COLUMNS": "200"}
    done = subprocess.run(call, cwd=package.parent, env=environment, capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


CONTRACTS = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
#: A line for a module, and what is said of it.
WRONG = {
    "back up the way of a card": (
        "scores/results.py",
        "from reportcard.build import pipeline",
        "reportcard.scores -> reportcard.build",
    ),
    "beside the way": (
        "web/site.py",
        "from reportcard.intake import grid",
        "reportcard.web -> reportcard.intake",
    ),
    "round in a circle": (
        "checks/passages.py",
        "from reportcard.checks import claims",
        ".passages -> .claims",
    ),
    "a room nobody knows": ("helpers/__init__.py", "", "helpers"),
    "a library's second importer": ("web/index.py", "import jinja2", "jinja2"),
}


@pytest.mark.long
def test_imports_keep_the_contracts(tmp_path: Path) -> None:
    package = Path(shutil.copytree(PACKAGE, tmp_path / "reportcard"))
    code, told = contracts(package, CONTRACTS)
    assert code == 0, told


@pytest.mark.long
@pytest.mark.parametrize("fault", WRONG)
def test_an_import_against_the_contracts_is_seen(tmp_path: Path, fault: str) -> None:
    package = Path(shutil.copytree(PACKAGE, tmp_path / "reportcard"))
    name, line, said = WRONG[fault]
    (package / name).parent.mkdir(exist_ok=True)
    text = (
        (package / name).read_text(encoding="utf-8")
        if (package / name).exists()
        else '"""A room."""\n'
    )
    (package / name).write_text(f"{text}\n{line}\n", encoding="utf-8")
    code, told = contracts(package, CONTRACTS)
    assert code == 1
    assert said.rpartition(" -> ")[2] in told


@pytest.mark.long
def test_no_class_name_is_defined_twice() -> None:
    found: dict[str, list[str]] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                found.setdefault(node.name, []).append(path.relative_to(PACKAGE).as_posix())
    assert {name: places for name, places in found.items() if len(places) > 1} == {}


@pytest.mark.long
def test_a_module_is_one_idea_and_a_function_fits_a_screen() -> None:
    for path in PACKAGE.rglob("*.py"):
        name = path.relative_to(PACKAGE).as_posix()
        text = path.read_text(encoding="utf-8")
        assert len(text.splitlines()) <= 400, f"{name} is more than one idea"
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef):
                length = (node.end_lineno or 0) - node.lineno + 1
                assert length <= 60, f"{name}: {node.name} has {length} lines"


@pytest.mark.long
def test_no_function_is_a_maze() -> None:
    """Ruff holds C901 at 12; radon counts boolean operators too."""
    found = cc_visit("def f(a):\n" + "    if a and a:\n        pass\n" * 11)
    assert found[0].complexity > 20, "a planted maze is seen"
    for path in PACKAGE.rglob("*.py"):
        for one in cc_visit(path.read_text(encoding="utf-8")):
            assert one.complexity <= 20, f"{path.name}: {one.name} ({one.complexity})"


def test_the_formatter_has_no_exceptions() -> None:
    for folder in ("src", "tests", "benchmarks"):
        for path in (ROOT / folder).rglob("*.py"):
            assert "# fmt" + ":" not in path.read_text(encoding="utf-8"), path


def test_the_top_of_the_package_is_rooms() -> None:
    """At most twenty, and no loose module but those that belong to none."""
    loose = {path.stem for path in PACKAGE.glob("*.py")}
    rooms = {path.name for path in PACKAGE.iterdir() if (path / "__init__.py").exists()}
    assert loose <= {"__init__", "__main__", "api", "errors", "versions"}
    assert len(rooms) <= 20


@pytest.mark.long
def test_the_picture_of_the_rooms_shows_the_code_as_it_is() -> None:
    drawn = runpy.run_path(str(ROOT / "docs/rooms.py"))["picture"]()
    kept = (ROOT / "docs/rooms.svg").read_text(encoding="utf-8")
    assert kept == drawn, "run: python docs/rooms.py"


def test_no_host_of_a_registry_is_named() -> None:
    hosts = ["pypi" + ".org", "pythonhosted" + ".org", "npmjs" + ".com", "npmjs" + ".org"]
    tracked = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True
    ).stdout.split() or [
        str(path.relative_to(ROOT))
        for name in ("src", "docs", "tests")
        for path in (ROOT / name).rglob("*.*")
    ]
    for name in tracked:
        text = (
            (ROOT / name).read_bytes().decode("utf-8", "ignore") if (ROOT / name).is_file() else ""
        )
        assert not any(host in text for host in hosts), name


def test_the_wheel_begins_and_builds_a_workspace_outside_the_checkout(
    installed: Path, tmp_path: Path
) -> None:
    environment = {**os.environ, "PYTHONPATH": str(installed)}

    def reportcard(*arguments: str, folder: Path = tmp_path) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "reportcard", *arguments],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    where = subprocess.run(
        [sys.executable, "-c", "import reportcard; print(reportcard.__file__)"],
        env=environment,
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert where.stdout.startswith(str(installed))
    reportcard("init", "cards", "--example", "peru")
    assert (tmp_path / "cards/content/peru/es.yaml").is_file()
    shutil.rmtree(tmp_path / "cards")
    dimension = "Water: Quality; Access"
    named = ("--programme", "Rivers", "--language", "en", "--language", "es")
    reportcard("init", "cards", *named, "--dimension", dimension)
    assert (tmp_path / "cards/schema/card.json").is_file()
    reportcard("new", "guyana", folder=tmp_path / "cards")
    assert reportcard("build", folder=tmp_path / "cards").split() == [
        "output/guyana-report-card-en.pdf",
        "output/guyana-report-card-es.pdf",
    ]
