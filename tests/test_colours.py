"""Colors that readers with a red-green deficiency and of a copy in gray can distinguish."""

import runpy
from itertools import combinations
from typing import Any

import pytest

from reportcard.page.styles import read_styles
from reportcard.workspace.workspace import Workspace

from .conftest import ROOT

SIGHT: dict[str, Any] = runpy.run_path(str(ROOT / "docs/colours.py"))


@pytest.mark.parametrize(
    ("one", "other", "difference"),
    [  # test data that Sharma, Wu and Dalal (2005) published with the formula
        ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
        ((50.0, -1.3802, -84.2814), (50.0, 0.0, -82.7485), 1.0),
        ((50.0, 2.49, -0.001), (50.0, -2.49, 0.0009), 7.1792),
        ((50.0, 2.49, -0.001), (50.0, -2.49, 0.0011), 7.2195),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
        ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
    ],
)
def test_the_difference_of_colors_is_that_of_the_standard(
    one: tuple[float, ...], other: tuple[float, ...], difference: float
) -> None:
    assert SIGHT["difference"](one, other) == pytest.approx(difference, abs=5e-5)


def test_the_colors_of_dimensions_can_be_distinguished() -> None:
    styles, _ = read_styles(Workspace(ROOT), 3)
    assert styles
    colours = [styles.tokens[f"dimension-{number}"].screen for number in (1, 2, 3)]
    assert all(SIGHT["contrast"](colour, "#ffffff") >= 4.5 for colour in colours)
    lab, rgb, seen = SIGHT["lab"], SIGHT["rgb"], SIGHT["seen_by_deuteranope"]
    for one, other in combinations(colours, 2):
        assert SIGHT["difference"](lab(seen(rgb(one))), lab(seen(rgb(other)))) >= 10
        assert abs(lab(rgb(one))[0] - lab(rgb(other))[0]) >= 8


def test_the_page_about_colors_has_the_figures_of_the_styles() -> None:
    kept = (ROOT / "docs/colours.md").read_text(encoding="utf-8")
    assert kept == SIGHT["page_text"](), "run: python docs/colours.py FILE"
