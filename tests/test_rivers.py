"""The example of another index: its framework, theme, blocks and languages make cards without a
problem, whose text is kept as that of the Peru card is.
"""

import shutil
from pathlib import Path

import pikepdf
import pytest

from reportcard.build.inventory import read_workspace
from reportcard.build.pipeline import build, check
from reportcard.build.request import Order
from reportcard.scores.results import TOTAL, results
from reportcard.workspace.workspace import SCOREBOARD, Workspace

from .conftest import LANGUAGES, ROOT, is_note
from .test_golden import GOLDEN, compare_with_golden

EXAMPLE = ROOT / "examples" / "rivers"
CARDS = ("alta-vega", "llano-grande")
#: US Letter in pt.
LETTER = (612, 792)


def copied(folder: Path) -> Workspace:
    shutil.copytree(EXAMPLE, folder)
    return Workspace.find(folder)


@pytest.fixture(scope="module")
def rivers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the example's cards and scoreboard are, in both languages."""
    workspace = copied(tmp_path_factory.mktemp("rivers") / "workspace")
    output = workspace.root / "output"
    outcome = build(workspace, Order(output, (*CARDS, SCOREBOARD), jobs=1))
    assert [str(problem) for problem in outcome.problems if not is_note(problem)] == []
    return output


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("card", CARDS)
def test_the_text_of_the_example_is_the_golden_text(
    rivers: Path, card: str, language: str, request: pytest.FixtureRequest
) -> None:
    name = f"{card}-report-card-{language}"
    compare_with_golden(rivers / f"{name}.pdf", GOLDEN / "rivers" / f"{name}.txt", request)


@pytest.mark.slow
def test_its_pages_are_letter(rivers: Path) -> None:
    for file in sorted(rivers.glob("*.pdf")):
        with pikepdf.open(file) as pdf:
            sizes = {tuple(round(float(one)) for one in page.trimbox[2:]) for page in pdf.pages}
        assert sizes == {LETTER}, file.name


@pytest.mark.long
def test_the_example_is_read_without_a_problem(tmp_path: Path) -> None:
    workspace = copied(tmp_path / "workspace")
    assert [str(one) for one in check(workspace, CARDS, layout=False) if not is_note(one)] == []


@pytest.mark.long
def test_its_totals_are_the_weighted_means(tmp_path: Path) -> None:
    """Reckoned by hand: 35, 25, 25 and 15 hundredths of the dimensions, before they are rounded. In
    Valle Hondo the flow does not apply, so the other two categories of water count alone.
    """
    content = read_workspace(copied(tmp_path / "workspace")).content
    assert content
    scores = {name: one.model for name, one in content.scores.items()}
    found = results(content.scoreboard.model, scores)
    shown = {name: str(one.scores[TOTAL].shown) for name, one in found.items()}
    assert shown == {
        "sierra-clara": "72",
        "costa-serena": "61",
        "alta-vega": "58",
        "valle-hondo": "50",
        "llano-grande": "36",
    }
