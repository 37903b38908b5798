"""The reports for WeasyPrint's authors: each example still shows the fault that its report is of.

Where one fails, the installed version has mended the fault: the report can go, and with it what is
done about it here, which docs/upstream/README.md names.
"""

import re
import sys
from pathlib import Path

import pytest

from .conftest import ROOT

FOLDER = ROOT / "docs/upstream"
REPORTS = sorted(path for path in FOLDER.glob("*.md") if path.name != "README.md")
#: What a reader of a report looks for, in this order.
HEADINGS = ["Example", "What happens", "What was expected", "Cause", "Suggested remedy"]


def block(report: Path, kind: str) -> str:
    """The first fenced block of a kind; empty without one."""
    found = re.search(rf"```{kind}\n(.*?)```", report.read_text(encoding="utf-8"), re.DOTALL)
    return found[1] if found else ""


@pytest.mark.plants_a_warning
@pytest.mark.slow
@pytest.mark.parametrize("report", REPORTS, ids=lambda path: path.stem)
def test_the_example_still_shows_the_fault(
    report: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    if report.stem.startswith("libraries") and sys.platform != "linux":
        pytest.skip("tells of Linux")
    (tmp_path / "example.html").write_text(block(report, "html"), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    program = compile(block(report, "python"), f"{report.stem}.py", "exec")
    capfd.readouterr()
    exec(program, {"__name__": "__main__"})
    sys.stdout.flush()
    shown = [line.rstrip() for line in capfd.readouterr().out.splitlines()]
    assert shown == block(report, "text").splitlines(), "the fault is gone, or shows otherwise"


@pytest.mark.parametrize("report", REPORTS, ids=lambda path: path.stem)
def test_a_report_is_ready_to_be_sent(report: Path) -> None:
    text = report.read_text(encoding="utf-8")
    assert text.startswith("# ")
    assert re.search(r"WeasyPrint 70\.0 .*Pango [\d.]+.*Python [\d.]+", text)
    assert re.findall(r"^## (.*)$", text, re.MULTILINE) == HEADINGS


def test_the_index_names_every_report() -> None:
    index = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert sorted(re.findall(r"\]\(([\w-]+\.md)\)", index)) == [path.name for path in REPORTS]
