"""The job that `init --ci` writes does what it says: its steps run as a service would run them, in
a repository with a base branch.
"""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from ruamel.yaml import YAML

from reportcard.build import beginning, starter
from reportcard.build.plan import Framework, NamedCategory, NamedDimension
from reportcard.build.repository import JOBS, Service, repository_files
from reportcard.review.changes import Act, Change, Comparison, Kind, Side
from reportcard.review.tell.job_summary import as_markdown
from reportcard.workspace.workspace import Workspace

from .conftest import ROOT

Run = Callable[..., tuple[int, str, str]]
PLAN = Framework("Index", ("en",), (NamedDimension("Law", (NamedCategory("Courts"),)),))
SCORE = "courts: 0.5"


def begin(folder: Path, service: Service) -> None:
    beside = repository_files(PLAN.programme, PLAN.languages, {"en": "countries"}, service)
    texts = (*beginning.begun(PLAN, starter.tokens(PLAN.theme)), *beside)
    starter.init(folder, starter.shell(PLAN.theme), texts)
    starter.begin_card(Workspace.find(folder), "Peru", None)
    edit(folder, "courts:", SCORE)


def edit(folder: Path, before: str, after: str) -> None:
    path = folder / "content/peru/scores.yaml"
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")


def git(folder: Path, *arguments: str) -> str:
    author = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    command = ["git", "-C", str(folder), *author, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def committed(folder: Path) -> str:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "--message", "x")
    return git(folder, "rev-parse", "HEAD")


@pytest.fixture
def shell(tmp_path: Path) -> Callable[[Path, str, dict[str, str]], int]:
    """Runs a script as the services do: by a shell that ends at the first failure."""
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "reportcard").write_text(
        f'#!/bin/sh\nexec "{sys.executable}" -m reportcard --messages en "$@"\n', encoding="utf-8"
    )
    (programs / "reportcard").chmod(0o755)
    kept = {name: value for name, value in os.environ.items() if name.startswith(("HOME", "TMP"))}

    def run(folder: Path, script: str, environment: dict[str, str]) -> int:
        return subprocess.run(
            ["bash", "-e", "-c", script],
            cwd=folder,
            env={
                **kept,
                "PATH": f"{programs}:{os.environ['PATH']}",
                "PYTHONPATH": str(ROOT / "src"),
                **environment,
            },
            capture_output=True,
            check=False,
        ).returncode

    return run


def job(folder: Path, service: Service) -> Any:
    return YAML(typ="safe").load((folder / JOBS[service]).read_text(encoding="utf-8"))


@pytest.mark.parametrize("service", list(JOBS))
def test_a_job_is_valid_pinned_and_names_no_host(tmp_path: Path, service: Service) -> None:
    begin(tmp_path / "mine", service)
    found = job(tmp_path / "mine", service)
    text = (tmp_path / "mine" / JOBS[service]).read_text(encoding="utf-8")
    assert not re.search(r"https?:|\w\.(?:com|org|io|net)\b", text)
    assert "sh tools/system-libraries.sh" in text
    kept = (tmp_path / "mine/tools/system-libraries.sh").read_text(encoding="utf-8")
    assert kept == (ROOT / "system-libraries.sh").read_text(encoding="utf-8")
    if service == "github":
        used = [step["uses"] for step in found["jobs"]["cards"]["steps"] if "uses" in step]
        assert used
        assert all(re.fullmatch(r"actions/[a-z-]+@v\d+", one) for one in used)
        assert found["permissions"] == {"contents": "read"}
        # What a person chose, such as the name of a branch, is never part of a script.
        scripts = [step.get("run", "") for step in found["jobs"]["cards"]["steps"]]
        assert not any("${{" in script for script in scripts)
    else:
        assert re.fullmatch(r"python:3\.\d+-\w+", found["report-cards"]["image"])
        # The service allows no other signs there.
        shown = found["report-cards"]["artifacts"]["expose_as"]
        assert re.fullmatch(r"[A-Za-z0-9 _-]+", shown)
        assert not any("*" in path for path in found["report-cards"]["artifacts"]["paths"])


@pytest.mark.slow
@pytest.mark.parametrize("after", [SCORE, "courts: 0.9"])
def test_the_steps_of_github_show_what_changed(
    tmp_path: Path, shell: Callable[..., int], after: str
) -> None:
    mine = tmp_path / "mine"
    begin(tmp_path / "base", "github")
    git(tmp_path, "init", "--quiet", "--initial-branch=main", "base")
    committed(tmp_path / "base")
    git(tmp_path, "clone", "--quiet", "base", "mine")
    git(mine, "switch", "--quiet", "--create", "edit")
    edit(mine, SCORE, after)
    committed(mine)
    page = tmp_path / "summary.md"
    environment = {"BASE": "origin/main", "GITHUB_STEP_SUMMARY": str(page), "GITHUB_ACTIONS": "1"}
    steps = job(mine, "github")["jobs"]["cards"]["steps"]
    scripts = {step["name"]: step["run"] for step in steps if "run" in step}
    assert len(scripts) == 4
    for name, script in scripts.items():
        if "tools/reportcard-" not in script:
            assert shell(mine, script, environment) == 0, name
    summary = page.read_text(encoding="utf-8")
    assert list((mine / "output").glob("*.pdf"))
    assert ("score |" in summary.splitlines()[2]) == (after != SCORE)
    assert ("no changes" in summary) == (after == SCORE)
    report = (mine / "changes/comparison.html").read_text(encoding="utf-8")
    assert 'data-type="image/' in report
    assert ('"kind":"score"' in report) == (after != SCORE)
    assert "changes" not in git(mine, "status", "--short")


@pytest.mark.slow
def test_the_script_of_gitlab_shows_what_changed_and_fails_for_an_error(
    tmp_path: Path, shell: Callable[..., int]
) -> None:
    mine = tmp_path / "mine"
    begin(mine, "gitlab")
    git(tmp_path, "init", "--quiet", "mine")
    base = committed(mine)
    edit(mine, SCORE, "courts: 0.9")
    committed(mine)
    found = job(mine, "gitlab")["report-cards"]
    lines = [line for line in found["script"] if "tools/reportcard-" not in line]
    script = "\n".join(line for line in lines if "system-libraries" not in line)
    assert shell(mine, script, {"CI_MERGE_REQUEST_DIFF_BASE_SHA": base}) == 0
    root = ElementTree.parse(mine / found["artifacts"]["reports"]["junit"]).getroot()
    failed = {case.get("name") for case in root.iter("testcase") if len(case)}
    assert "score" in failed
    assert "note" not in failed
    assert (mine / "changes/comparison.html").exists()
    # Without a merge request there is nothing to compare with, and an error fails the job.
    assert shell(mine, script, {}) == 0
    edit(mine, "courts: 0.9", "courts: 1.9")
    assert shell(mine, script, {}) == 1


@pytest.mark.long
def test_a_base_without_cards_is_told(tmp_path: Path, shell: Callable[..., int]) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    git(tmp_path, "init", "--quiet", "mine")
    base = committed(mine)
    begin(mine, "gitlab")
    committed(mine)
    assert shell(mine, f"sh tools/compare.sh {base}", {}) == 0
    said = (mine / "changes/comparison.md").read_text(encoding="utf-8")
    assert said == f"There are no cards in {base} to compare with.\n"


def test_a_summary_counts_and_lists_changes_and_nothing_in_it_is_markup() -> None:
    side = Side("a.pdf", "0" * 64, ((210.0, 297.0),))
    hostile = "[x](http://a) | @everyone `<img src=x>` \n# y"
    changes = (
        Change(Kind.SCORE, Act.CHANGED, "peru/total", old="11.7", new="11.8"),
        *[Change(Kind.WORDING, Act.CHANGED, "peru/context", old="a", new=hostile)] * 250,
    )
    made = as_markdown(
        [
            Comparison("peru.pdf", side, side, changes=changes),
            Comparison("same.pdf", side, side),
            Comparison("new|`.pdf", None, side),
        ]
    )
    lines = made.splitlines()
    assert lines[2] == "| file | score | wording | result |"
    assert lines[4].startswith("| `peru.pdf` | 1 | 250 | `251 changes")
    assert lines[5] == "| `same.pdf` |  |  | `no changes` |"
    assert lines[6] == "| `new\u00a6\u2018.pdf` |  |  | `new` |"
    assert "- **score** `peru/total`  `11.7 → 11.8`" in lines
    assert sum(line.startswith("- ") for line in lines) == 200
    assert lines[-1] == "… and 51 more changes: see the report."
    for line in lines[7:]:
        outside = re.sub(r"`[^`]*`", "", line)
        assert not re.search(r"[@<\[|]", outside), line


def test_a_summary_of_another_kind_is_refused(tmp_path: Path, run: Run) -> None:
    code, _, err = run("compare", "a.pdf", "b.pdf", "--summary", str(tmp_path / "x.html"))
    assert code == 2
    assert "is neither Markdown nor JUnit" in err


# --- what init writes -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("languages", "heads"),
    [
        (("es", "en"), ["## Editar", "## Traducir", "## Edit", "## Translate"]),
        (("en",), ["## Edit"]),
        (("nl", "es"), ["## Editar", "## Traducir"]),
        (("nl",), ["## Edit"]),
    ],
)
def test_the_readme_is_in_the_languages_of_the_workspace(
    languages: tuple[str, ...], heads: list[str]
) -> None:
    texts = dict(repository_files("Index", languages, {languages[0]: "basins"}))
    readme = texts["README.md"]
    shown = re.findall(r"^## (?:Edita?r?|Tradu\w+|Translate|Review|Revisión)$", readme, re.M)
    assert shown == heads
    assert f"`content/wording/{languages[0]}.yaml`" in readme
    assert "$" not in readme
    assert set(texts) == {"README.md", "tools/system-libraries.sh"}


def test_a_new_repository_may_be_begun_in(tmp_path: Path, run: Run) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    git(tmp_path, "init", "--quiet", "mine")
    own = {"README.md": "# Mine\n", "LICENSE": "MIT\n"}
    for name, text in own.items():
        (mine / name).write_text(text, encoding="utf-8")
    (mine / ".gitignore").write_text("*.bak\n/output/\n", encoding="utf-8")
    code, _, err = run("init", str(mine), "--example", "peru", "--ci", "github")
    assert (code, err) == (0, "")
    assert {name: (mine / name).read_text(encoding="utf-8") for name in own} == own
    assert (mine / ".gitignore").read_text() == "*.bak\n/output/\n/.cache/\n/changes/\n"
    assert (mine / JOBS["github"]).exists()
    assert (mine / "content/peru/es.yaml").exists()
    assert not list(tmp_path.glob(".mine*"))


@pytest.mark.parametrize("name", ["notes.txt", ".gitlab-ci.yml", JOBS["github"]])
def test_a_folder_with_anything_else_is_left(tmp_path: Path, run: Run, name: str) -> None:
    path = tmp_path / "mine" / name
    path.parent.mkdir(parents=True)
    path.write_text("mine", encoding="utf-8")
    code, _, err = run("init", str(tmp_path / "mine"), "--example", "peru", "--ci", "github")
    assert code == 2
    assert "is not empty" in err
    assert [one for one in (tmp_path / "mine").rglob("*") if one.is_file()] == [path]
