"""Gauges: the same input gives the same bytes, and the drawing says the score."""

import os
import re
import subprocess
import sys
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from reportcard.content.sizes import GaugeSize
from reportcard.page.fonts import Typeface, font_file
from reportcard.page.gauges import Gallery, Gauge, draw
from reportcard.workspace.store import Store

GAUGE = Gauge(
    GaugeSize(width=27, score=15, maximum=7.6),
    Fraction(4, 5),
    "0.8",
    "/ 1",
    False,
    fill="#1f5f7a",
    tint="#e3eff3",
    track="#e9e8e0",
    tick="#ffffff",
    ink="#1d2a26",
    muted="#5b665f",
    typeface=Typeface(
        "Source Sans Pro",
        font_file(None, "SourceSansPro-Regular.ttf"),
        font_file(None, "SourceSansPro-Bold.ttf"),
    ),
)


@pytest.mark.long
def test_a_card_s_gauge_keeps_its_text_and_an_exported_one_outlines_it() -> None:
    assert ">0.8</text>" in draw(GAUGE, "svg").decode()
    assert "<text" not in draw(GAUGE, "svg", outlines=True).decode()


def test_only_colours_of_the_gauge_are_drawn() -> None:
    for gauge in (GAUGE, replace(GAUGE, provisional=True), replace(GAUGE, share=None, score="–")):
        colours = set(re.findall(r"#[0-9a-f]{6}", draw(gauge, "svg").decode()))
        assert colours <= {gauge.fill, gauge.tint, gauge.track, gauge.tick, gauge.ink, gauge.muted}


def test_the_fill_ends_at_the_score() -> None:
    """Half of the maximum is a quarter of a turn: the filled wedge ends at the top of the ring."""
    drawn = draw(replace(GAUGE, share=Fraction(1, 2)), "svg").decode()
    filled = re.search(r'<path d="([^"]+)"[^>]*style="fill: #1f5f7a', drawn)
    assert filled
    numbers = [float(number) for number in re.findall(r"-?\d+\.?\d*", filled[1])]
    width_pt = GAUGE.size.width / 25.4 * 72
    assert max(numbers[0::2]) == pytest.approx(width_pt / 2, abs=0.3)


def test_an_absent_score_is_an_empty_track_with_a_dash() -> None:
    drawn = draw(replace(GAUGE, share=None, score="–"), "svg").decode()
    assert GAUGE.fill not in drawn
    assert ">–</text>" in drawn


def test_a_provisional_score_is_hatched() -> None:
    assert (
        draw(replace(GAUGE, provisional=True), "svg").count(b"<path")
        > 3 * draw(GAUGE, "svg").count(b"<path") // 2
    )


def test_a_dollar_is_a_dollar() -> None:
    drawn = draw(replace(GAUGE, score="$x^2$"), "svg").decode()
    assert "$x^2$" in drawn


@pytest.mark.parametrize("kind", ["svg", "png", "pdf"])
@pytest.mark.slow
def test_another_process_draws_the_same_bytes(kind: str, tmp_path: Path) -> None:
    program = (
        "import sys, fractions; from pathlib import PosixPath;"
        "from reportcard.page.gauges import *; from reportcard.page.fonts import Typeface;"
        f"sys.stdout.buffer.write(draw({GAUGE!r}, {kind!r}))".replace(
            "Fraction(", "fractions.Fraction("
        )
    )
    environment = {
        "PYTHONHASHSEED": "7",
        "TZ": "Asia/Tokyo",
        "MPLCONFIGDIR": str(tmp_path),
        "PATH": "",
        "PYTHONPATH": ":".join(sys.path),
    }
    there = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        env=environment,
        cwd=tmp_path,
        check=True,
    )
    assert there.stdout == draw(GAUGE, kind)  # type: ignore[arg-type]


def test_the_user_s_settings_of_matplotlib_change_nothing() -> None:
    import matplotlib as mpl

    before = draw(GAUGE, "svg")
    with mpl.rc_context({"font.family": "monospace", "axes.facecolor": "red", "figure.dpi": 30}):
        assert draw(GAUGE, "svg") == before
    assert "matplotlib.pyplot" not in sys.modules


def test_a_gauge_is_drawn_once_and_a_damaged_one_again(tmp_path: Path) -> None:
    gallery = Gallery(Store(tmp_path))
    (first,) = gallery.draw([GAUGE])
    (kept,) = tmp_path.glob("*.kept")
    which = kept.stat().st_ino
    assert gallery.draw([GAUGE]) == [first]
    assert kept.stat().st_ino == which
    kept.write_bytes(kept.read_bytes()[:-40] + b"x" * 40)
    assert gallery.draw([GAUGE]) == [first]
    kept.write_bytes(b"")
    assert gallery.draw([GAUGE]) == [first]


_DRAW = """
import sys
from pathlib import Path, PosixPath
from reportcard.content.sizes import GaugeSize
from reportcard.page.fonts import Typeface
from reportcard.page.gauges import *
from reportcard.problems.logs import listening
from reportcard.workspace.store import Store
from fractions import Fraction
found = []
with listening("a.pdf", found):
    (drawing,) = Gallery(Store(Path(sys.argv[1]))).draw([{gauge!r}])
print(len(drawing) > 1000, found)
"""


@pytest.mark.slow
def test_a_cache_that_cannot_be_written_costs_time_alone(tmp_path: Path) -> None:
    (tmp_path / "cache").write_bytes(b"a file")
    environment = {name: value for name, value in os.environ.items() if name != "MPLCONFIGDIR"}
    told = subprocess.run(
        [sys.executable, "-c", _DRAW.format(gauge=GAUGE), str(tmp_path / "cache")],
        capture_output=True,
        text=True,
        env={**environment, "PYTHONPATH": ":".join(sys.path)},
    )
    assert (told.stdout, told.stderr) == ("True []\n", "")


def test_a_long_score_is_set_smaller_and_stays_within_its_ring() -> None:
    def size(score: str) -> float:
        drawn = draw(replace(GAUGE, score=score), "svg").decode()
        found = re.search(r"font-size: ([0-9.]+)px[^>]*>" + re.escape(score) + "<", drawn)
        assert found
        return float(found[1])

    assert size("0.8") == size("10.0") == 15
    assert 12 < size("100.00 %") < size("54.29 %") < 15
