"""The public API does what the commands do, and gives it back as values."""

import ast
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

from reportcard import api

from .conftest import ROOT, Copy


@pytest.mark.slow
def test_a_card_is_built_compared_and_inspected(brief: Copy, tmp_path: Path) -> None:
    outcome = api.build(brief.root, ["peru"], languages=["es"], output=tmp_path / "a")
    brief.edit("content/peru/es.yaml", "Se multa a pocos.", "Se castiga a pocos.")
    again = api.build(brief.root / "content", ["peru"], languages=["es"], output=tmp_path / "b")
    assert [path.name for path in outcome.written] == ["peru-report-card-es.pdf"]
    comparison = api.compare(outcome.written[0], again.written[0])
    assert [change.kind for change in comparison.changes] == [api.Kind.WORDING]
    inspection = api.preflight(again.written[0], ["screen"])
    assert [verdict.is_met for verdict in inspection.verdicts] == [True]


@pytest.mark.long
def test_problems_are_values_in_any_language(copy: Copy) -> None:
    line, _ = copy.edit("content/peru/en.yaml", "the country has", "the  country has")
    (problem,) = api.check(copy.root, ["peru"])
    assert (problem.code, problem.severity) == ("TYPE-SPACE", api.Severity.WARNING)
    assert (problem.place.file, problem.place.line) == ("content/peru/en.yaml", line)
    with api.speaking("es"):
        spanish = str(problem.message)
    assert spanish != str(problem.message)


@pytest.mark.slow
def test_a_release_that_is_refused_gives_its_reasons(brief: Copy) -> None:
    released = api.release(brief.root, "9.9", ["peru"], scoreboard=False, dry_run=True)
    assert released.folder is None
    assert "RELEASE-STATUS" in {problem.code for problem in released.reasons}


@pytest.mark.long
def test_what_does_not_exist_is_wrong_usage(copy: Copy, tmp_path: Path) -> None:
    calls = {
        api.ExitCode.USAGE: (
            lambda: api.build(copy.root, editions=["poster"]),
            lambda: api.check(copy.root, ["atlantis"]),
            lambda: api.preflight(tmp_path / "a.pdf", ["poster"]),
        ),
        api.ExitCode.NO_WORKSPACE: (lambda: api.check(tmp_path),),
    }
    for code, each in calls.items():
        for call in each:
            with pytest.raises(api.ReportCardError) as caught:
                call()
            assert caught.value.code is code
            assert str(caught.value.advice)


@pytest.mark.slow
def test_all_of_it_is_typed_and_described(tmp_path: Path) -> None:
    """A program that uses it passes the strictest types; each function says what it raises."""
    program = tmp_path / "program.py"
    program.write_text(
        "from pathlib import Path\nfrom reportcard import api\n"
        "def faults(folder: Path) -> list[str]:\n"
        "    return [str(one) for one in api.build(folder, jobs=2).problems]\n",
        encoding="utf-8",
    )
    call = [sys.executable, "-m", "mypy", "--strict", "--no-incremental", "--follow-imports=silent"]
    done = subprocess.run([*call, str(program)], capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stdout
    tree = ast.parse((ROOT / "src/reportcard/api.py").read_text(encoding="utf-8"))
    public = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    for node in public:
        if not node.name.startswith("_"):
            assert ast.get_docstring(node), node.name
    assert set(api.__all__) <= set(dir(api))


def test_the_page_on_the_api_matches_the_code() -> None:
    written = runpy.run_path(str(ROOT / "docs/api.py"))["page"]()
    kept = (ROOT / "docs/api.md").read_text(encoding="utf-8")
    assert kept == written, "run: python docs/api.py"
    for name in api.__all__:
        assert f"### {name}\n" in kept
