"""A workspace begins with any framework: it is read without an error, and its cards build."""

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from reportcard.build import beginning, starter
from reportcard.build.beginning import Framework, NamedCategory, NamedDimension
from reportcard.build.inventory import read_workspace
from reportcard.content.loading import Content
from reportcard.errors import ExitCode, ReportCardError
from reportcard.problems.problem import has_errors
from reportcard.scores.formula import scales
from reportcard.workspace.workspace import Workspace

Run = Callable[..., tuple[int, str, str]]

#: Words of the demonstration's subject, in the languages that there is neutral wording in.
GOLD = re.compile(r"\b(?:gold|min(?:ing|ers?)|mercury|amazon|oro|miner[íi]a|mercurio)\b", re.I)


def uniform(dimensions: int, categories: int) -> tuple[NamedDimension, ...]:
    return tuple(
        NamedDimension(
            f"Dimension {d}",
            tuple(NamedCategory(f"Category {d}.{c}") for c in range(categories)),
        )
        for d in range(dimensions)
    )


def begin(folder: Path, plan: Framework, *cards: str) -> Content:
    files = beginning.begun(plan, starter.tokens(plan.theme))
    starter.init(folder, starter.shell(plan.theme), files)
    for name in cards:
        starter.begin_card(Workspace.find(folder), name, None)
    read = read_workspace(Workspace.find(folder))
    assert not has_errors(read.problems), [str(one.message) for one in read.problems]
    assert read.content
    return read.content


PLANS = {
    "1 x 1": Framework("Index", ("en", "es"), uniform(1, 1)),
    "1 x 12": Framework("Index", ("en",), uniform(1, 12)),
    "12 x 12": Framework("Index", ("en", "es"), uniform(12, 12)),
    "mean": Framework("Index", ("es",), uniform(2, 3), formula="mean", out_of="100", suffix="%"),
    "weights": Framework(
        "Index",
        ("en", "es"),
        (
            NamedDimension("Law", (NamedCategory("Law", "2"), NamedCategory("Courts")), "3"),
            NamedDimension("Law", (NamedCategory("Law"),)),
        ),
        formula="weighted",
        out_of="10",
    ),
    "lower": Framework("Index", ("en",), uniform(2, 2), is_lower_better=True, maximum="10"),
    "bands": Framework(
        'An index: "A & B"', ("en", "es"), uniform(2, 2), bands=(("So so", "2"), ("Good", ""))
    ),
    "another language": Framework("Indeks", ("nl", "en"), uniform(2, 2)),
}


@pytest.mark.parametrize("plan", PLANS.values(), ids=PLANS)
def test_a_framework_is_read_without_an_error(tmp_path: Path, plan: Framework) -> None:
    content = begin(tmp_path / "mine", plan, "Peru", "Kenya")
    board = content.scoreboard.model
    assert len(board.dimensions) == len(plan.dimensions)
    assert set(content.cards) == {"peru", "kenya"}
    assert set(content.cards["peru"]) == set(plan.languages)
    letters = [category.letter for category in board.categories.values()]
    assert len(set(letters)) == len(letters)
    if plan.out_of:
        assert scales(board).total.maximum == int(plan.out_of)
    for path in (tmp_path / "mine/content").rglob("*.yaml"):
        assert not GOLD.search(path.read_text(encoding="utf-8")), path


def test_what_is_assessed_may_be_no_country(tmp_path: Path) -> None:
    unit = {"en": ("basin", "basins"), "es": ("cuenca", "cuencas")}
    plan = Framework("Rivers", ("en", "es"), uniform(2, 2), unit=unit)
    content = begin(tmp_path / "mine", plan, "North Basin", "Río Sur")
    assert {name: str(forms.name) for name, forms in content.wordings["es"].model.countries.items()}
    assert set(content.scores) == {"north-basin", "rio-sur"}
    assert content.scores["rio-sur"].model.country == ""
    assert "de {count} cuencas" in (tmp_path / "mine/content/wording/es.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("Water: Quality; Access", ("Water", "", [("Quality", ""), ("Access", "")])),
        ("Water *2: Quality*3;Access ;", ("Water", "2", [("Quality", "3"), ("Access", "")])),
        ("Law: 1.5 degrees *1.5", ("Law", "", [("1.5 degrees", "1.5")])),
    ],
)
def test_a_dimension_is_typed_in_one_line(
    typed: str, right: tuple[str, str, list[tuple[str, str]]]
) -> None:
    found = beginning.named_dimension(typed)
    its = [(one.name, one.weight) for one in found.categories]
    assert (found.name, found.weight, its) == right


@pytest.mark.parametrize("typed", ["Water", "Water:", ": Quality", ""])
def test_a_dimension_without_categories_is_refused(typed: str) -> None:
    with pytest.raises(ReportCardError) as caught:
        beginning.named_dimension(typed)
    assert caught.value.code is ExitCode.USAGE


def test_a_table_gives_dimensions_and_weights() -> None:
    table = "Dimension;Category;Weight\nWater;Quality;2\n;Access;1\nLaw;Rights;\n".encode(
        "utf-8-sig"
    )
    found = beginning.table_of_dimensions(table, "x.csv")
    assert [(one.name, [each.name for each in one.categories]) for one in found] == [
        ("Water", ["Quality", "Access"]),
        ("Law", ["Rights"]),
    ]
    assert found[0].categories[0].weight == "2"
    with pytest.raises(ReportCardError):
        beginning.table_of_dimensions(b"Name,Other\n", "x.csv")


@pytest.mark.parametrize("colour", ["#fafafa", "red", "#12", "#12372"])
def test_a_color_that_white_text_cannot_stand_on_is_refused(colour: str) -> None:
    with pytest.raises(ReportCardError):
        beginning.coloured(starter.tokens("gold"), colour, 3)


def test_colors_are_one_for_each_dimension_and_the_main_one() -> None:
    found = beginning.coloured(starter.tokens("gold"), "#14466B", 12)
    assert 'forest: {screen: "#14466b"' in found
    assert all(f"\ndimension-{number}: " in found for number in range(1, 13))
    assert beginning.coloured(starter.tokens("gold"), "", 3) == starter.tokens("gold")
    for inks in re.findall(r"print: \[([^]]*)\]", found):
        assert sum(map(float, inks.split(","))) <= 300


def test_without_a_terminal_what_is_missing_is_an_error(tmp_path: Path, run: Run) -> None:
    code, _, err = run("init", str(tmp_path / "mine"), "--programme", "Rivers")
    assert code == ExitCode.USAGE
    assert "--dimension" in err
    assert not (tmp_path / "mine").exists()


@pytest.mark.slow
@pytest.mark.parametrize(
    "flags",
    [
        ("--formula", "mean", "--out-of", "100", "--suffix", "%", "--card", "Peru"),
        ("--unit", "basin/basins", "--unit", "es=cuenca/cuencas", "--card", "North Basin"),
        ("--lower-is-better", "--band", "Good=1", "--band", "Bad", "--card", "Kenya"),
    ],
    ids=["mean", "basins", "lower"],
)
def test_everything_is_made_of_a_new_framework(
    tmp_path: Path, run: Run, flags: tuple[str, ...]
) -> None:
    folder = tmp_path / "mine"
    dimensions = ["A: One; Two", "B: Three", "C: Four; Five", "D: Six"]
    named = [part for one in dimensions for part in ("--dimension", one)]
    languages = ("--language", "en", "--language", "es")
    made = run("init", str(folder), "--programme", "Index", *languages, *named, *flags)
    assert made[0] == 0, made[2]
    for path in folder.glob("content/*/scores.yaml"):
        text = path.read_text(encoding="utf-8")
        path.write_text(re.sub(r"(?m)^(  [a-z-]+):$", r"\1: 0.5", text), encoding="utf-8")
    for command in (("build",), ("build", "scoreboard"), ("web",), ("pictures",)):
        code, _, err = run(*command, "--workspace", str(folder))
        assert code == 0, err


@pytest.mark.slow
def test_the_scoreboard_of_many_dimensions_continues_on_a_third_page(
    tmp_path: Path, run: Run
) -> None:
    folder = tmp_path / "mine"
    dimensions = [f"Dimension number {number}: Access; Quality" for number in range(1, 13)]
    named = [part for one in dimensions for part in ("--dimension", one)]
    scale = ("--maximum", "100", "--decimals", "0", "--formula", "mean", "--suffix", "%")
    made = run("init", str(folder), "--programme", "Index", *named, *scale, "--card", "Peru")
    assert made[0] == 0, made[2]
    scores = folder / "content" / "peru" / "scores.yaml"
    text = scores.read_text(encoding="utf-8")
    scores.write_text(re.sub(r"(?m)^(  [a-z0-9-]+):$", r"\1: 61", text), encoding="utf-8")
    code, _, err = run("build", "scoreboard", "--workspace", str(folder))
    assert code == 0, err
    # Nobody can fill the last page of a table.
    assert "PAGE-" not in err
    file = folder / "output" / "scoreboard-en.pdf"
    words = " ".join(
        subprocess.run(
            ["pdftotext", "-layout", str(file), "-"], capture_output=True, text=True, check=True
        ).stdout.split()
    )
    assert "Peru leads the ranking with 61%." in words
    assert "0–19 20–39 40–59 60–79 80–100" in words
    assert words.count("Category, out of 100") == 2


def test_a_definition_that_is_not_written_is_told(tmp_path: Path) -> None:
    content = begin(tmp_path / "mine", PLANS["1 x 1"], "Peru")
    assert content
    read = read_workspace(Workspace.find(tmp_path / "mine"))
    found = [str(one.place) for one in read.problems if one.code == "TEXT-PLACEHOLDER"]
    assert sum("wording/" in place for place in found) == 2
    for language, (old, new) in {
        "en": ("assesses …", "assesses the law."),
        "es": ("examina …", "examina la ley."),
    }.items():
        path = tmp_path / f"mine/content/wording/{language}.yaml"
        path.write_text(path.read_text("utf-8").replace(old, new), encoding="utf-8")
    read = read_workspace(Workspace.find(tmp_path / "mine"))
    found = [str(one.place) for one in read.problems if one.code == "TEXT-PLACEHOLDER"]
    assert not any("wording/" in place for place in found)
