"""Scores are combined as the framework says: sums, means, weights, scales, what does not apply."""

import csv
import io
import random
import shutil
import subprocess
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from reportcard.build.inventory import read_workspace
from reportcard.content.framework import Band, Scoreboard
from reportcard.content.model import CountryScores
from reportcard.content.prose import Marks, Value
from reportcard.content.tree import Text
from reportcard.problems.problem import Place
from reportcard.scores.formula import Component, Scale, combined, rounded, scales
from reportcard.scores.results import TOTAL, contenders, ranking, results
from reportcard.scores.values import values_of

from .conftest import Copy

OFFICE = shutil.which("soffice")
#: Of a published index: how many categories its dimensions have.
UNEVEN = (1, 3, 4, 4, 3)
FORMULAS = {
    "sum": ({}, {}),
    "mean": (
        {"combine": "mean", "maximum": "100"},
        {"combine": "mean", "maximum": "100", "decimals": 1},
    ),
    "weighted": (
        {"combine": "weighted", "maximum": "10", "decimals": 2},
        {"combine": "weighted", "maximum": "100", "decimals": 2},
    ),
}


def typed(value: object) -> object:
    """A value as the files give it: scalars are text."""
    match value:
        case dict():
            return {key: typed(one) for key, one in value.items()}
        case list():
            return [typed(one) for one in value]
        case str():
            return Text(value, "test")
    return value


def board(**given: object) -> Scoreboard:
    """A framework; dimensions as `{"d": {"a": weight, …}}`, or with a weight of their own."""
    return Scoreboard.model_validate(typed(given))


def dimension(*names: str, weight: str = "1", **weights: str) -> dict[str, object]:
    categories = {
        name: {"letter": name[:1].upper(), "weight": weights.get(name, "1")} for name in names
    }
    return {"weight": weight, "categories": categories}


def unit(**scores: object) -> CountryScores:
    return CountryScores.model_validate(typed({"country": "PE", "categories": scores}))


TWO = {"d": dimension("a", "b"), "e": dimension("c")}


def test_without_a_word_all_is_a_sum_of_categories() -> None:
    found = scales(board(category_maximum="1", dimensions=TWO))
    assert found.category == Scale(Fraction(1))
    assert {id_: scale.maximum for id_, scale in found.dimensions.items()} == {"d": 2, "e": 1}
    assert found.total.maximum == 3


def test_a_mean_is_out_of_the_maximum_of_its_parts_or_of_its_own() -> None:
    plain = board(category={"maximum": "4"}, dimension={"combine": "mean"}, dimensions=TWO)
    assert scales(plain).dimensions["d"].maximum == 4
    assert scales(plain).total.maximum == 8
    hundred = board(
        category={"maximum": "4"},
        dimension={"combine": "mean", "maximum": "100"},
        total={"combine": "mean"},
        dimensions=TWO,
    )
    its = results(hundred, {"one": unit(a="1", b="3", c="4")})["one"].scores
    assert (its["d"].value, its["e"].value, its[TOTAL].value) == (50, 100, 75)


def test_unequal_maxima_count_alike_in_a_mean() -> None:
    uneven = board(
        category_maximum="1", total={"combine": "mean", "maximum": "100"}, dimensions=TWO
    )
    its = results(uneven, {"one": unit(a="1", b="1", c="0")})["one"].scores
    assert its["d"].maximum == 2
    assert its[TOTAL].value == 50


def test_weights_count_in_a_weighted_mean() -> None:
    weighted = board(
        category_maximum="1",
        dimension={"combine": "weighted"},
        total={"combine": "weighted", "maximum": "100"},
        dimensions={"d": dimension("a", "b", weight="3", a="2"), "e": dimension("c")},
    )
    its = results(weighted, {"one": unit(a="1", b="0", c="0")})["one"].scores
    assert its["d"].value == Fraction(2, 3)
    assert its[TOTAL].value == 50


def test_criteria_have_weights_and_a_category_may_be_their_sum() -> None:
    criteria = {"one": "3", "two": "1"}
    framework = {"d": {"categories": {"a": {"letter": "A", "criteria": criteria}}}}
    for how, right in (("mean", "1/2"), ("weighted", "3/4"), ("sum", "1")):
        one = board(category={"maximum": "1", "combine": how}, dimensions=framework)
        its = results(one, {"one": unit(a={"criteria": {"one": "1", "two": "0"}})})["one"].scores
        assert its["a"].value == Fraction(right), how


@pytest.mark.parametrize("how", ["mean", "weighted"])
def test_what_does_not_apply_is_left_out_of_a_mean(how: str) -> None:
    one = board(category_maximum="1", dimension={"combine": how}, dimensions=TWO)
    its = results(one, {"one": unit(a="not applicable", b="0.5", c="1")})["one"].scores
    assert its["a"].value is None
    assert not its["a"].is_applicable
    assert its["d"].value == Fraction(1, 2)


def test_a_sum_is_scaled_up_from_what_applies() -> None:
    one = board(category_maximum="1", dimensions=TWO)
    its = results(one, {"one": unit(a="not applicable", b="0.5", c="1")})["one"].scores
    assert (its["d"].value, its["d"].maximum) == (1, 2)
    assert its[TOTAL].value == 2


def test_not_applicable_is_not_unpublished() -> None:
    one = board(category_maximum="1", dimensions=TWO)
    open_ = results(one, {"one": unit(a=None, b="0.5", c="1")})["one"]
    assert open_.scores["d"].value is None
    assert open_.scores["d"].is_applicable
    assert open_.computed == {"e"}
    none = results(one, {"one": unit(a="not applicable", b="not applicable", c="1")})["one"]
    assert not none.scores["d"].is_applicable
    assert none.scores[TOTAL].value == 3
    assert none.computed == {"d", "e", TOTAL}


def test_who_has_no_score_that_applies_is_not_ranked() -> None:
    one = board(category_maximum="1", dimensions=TWO)
    found = results(
        one,
        {
            "ama": unit(a="1", b="1", c="not applicable"),
            "beni": unit(a="0", b="1", c="0.5"),
            "caqueta": unit(a="1", b="1", c="1"),
        },
    )
    assert {name: its.ranks.get("e") for name, its in found.items()} == {
        "ama": None,
        "beni": 2,
        "caqueta": 1,
    }
    assert [(rank, name) for rank, name, _ in ranking(found, "e")] == [
        (1, "caqueta"),
        (2, "beni"),
        (None, "ama"),
    ]
    assert (contenders(found, "e"), contenders(found)) == (2, 3)


def test_where_a_lower_score_is_better_the_lowest_is_first() -> None:
    units = {"ama": unit(a="1", b="1", c="1"), "beni": unit(a="0", b="0", c="0.5")}
    lower = results(board(category_maximum="1", direction="lower", dimensions=TWO), units)
    assert [lower[name].ranks[TOTAL] for name in ("ama", "beni")] == [2, 1]
    assert lower["ama"].ahead[TOTAL] == ("beni",)


@pytest.mark.parametrize(
    ("framework", "combine", "expected"),
    [
        ("higher", "sum", ["1.8", "1.2"]),
        ("lower", "sum", ["1.8", "1.2"]),
        ("higher", "mean", ["0.9", "0.6"]),
        ("higher", "weighted", ["0.85", "0.65"]),
    ],
)
def test_a_category_of_the_other_direction_counts_by_what_it_lacks(
    framework: str, combine: str, expected: list[str]
) -> None:
    """Much access and little mercury are good, or both are bad where a lower score is better."""
    parts = dimension("access", "mercury", mercury="3")
    other = {"higher": "lower", "lower": "higher"}[framework]
    parts["categories"]["mercury"]["direction"] = other  # type: ignore[index]
    units = {
        "ama": unit(access="1", mercury="0.2"),
        "beni": unit(access="0.5", mercury="0.3"),
        "caqueta": unit(access="0.5", mercury="not applicable"),
    }
    framed = board(
        category_maximum="1",
        direction=framework,
        dimension={"combine": combine},
        dimensions={"d": parts},
    )
    found = results(framed, units)
    its = [found[name].scores["d"].value for name in ("ama", "beni")]
    assert its == [Fraction(one) for one in expected]
    assert found["ama"].scores["mercury"].shown == Decimal("0.2")
    assert found["ama"].ranks["d"] == (1 if framework == "higher" else 3)
    assert found["caqueta"].scores["d"].share == Fraction(1, 2)


def test_a_band_is_that_of_the_printed_score() -> None:
    bands = (
        Band(name="weak", to=Fraction(4, 10)),
        Band(name="partial", to=Fraction(7, 10)),
        Band(name="strong"),
    )
    scale = Scale(Fraction(1), bands=bands)
    found = [scale.band(Fraction(one)) for one in ("0", "0.34", "0.35", "0.4", "0.7", "1")]
    assert found == ["weak", "weak", "partial", "partial", "strong", "strong"]
    assert Scale(Fraction(1)).band(Fraction(1)) == ""


@pytest.mark.long
@given(
    st.lists(
        st.tuples(st.fractions(0, 1, max_denominator=40), st.integers(1, 5), st.integers(1, 9)),
        min_size=1,
        max_size=12,
    ),
    st.sampled_from(["sum", "mean", "weighted"]),
)
def test_the_best_of_all_is_the_maximum_and_nothing_is_above(
    given_parts: list[tuple[Fraction, int, int]], how: str
) -> None:
    parts = [Component(share * most, Fraction(most), Fraction(w)) for share, most, w in given_parts]
    best = [Component(part.maximum, part.maximum, part.weight) for part in parts]
    assert combined(how, best, Fraction(100)) == 100
    value = combined(how, parts, Fraction(100))
    assert value is not None
    assert 0 <= value <= 100


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice computes the other side; not installed")
@pytest.mark.slow
@pytest.mark.parametrize("how", FORMULAS)
def test_a_spreadsheet_computes_the_same(how: str, tmp_path: Path) -> None:
    """Eight units in five uneven dimensions; a spreadsheet program rounds and adds by itself."""
    chance = random.Random(8)
    level, top = FORMULAS[how]
    names = [[f"c{d}x{c}" for c in range(count)] for d, count in enumerate(UNEVEN)]
    weights = {name: str(chance.randint(1, 4)) for group in names for name in group}
    heavy = [str(chance.randint(1, 5)) for _ in UNEVEN]
    given_weights = weights if how == "weighted" else {}
    framework = board(
        category={"maximum": "4", "decimals": 2},
        dimension=level,
        total=top,
        dimensions={
            f"d{d}": dimension(
                *group,
                weight=heavy[d] if how == "weighted" else "1",
                **{name: given_weights[name] for name in group if name in given_weights},
            )
            for d, group in enumerate(names)
        },
    )
    table = {
        f"u{u}": {name: f"{chance.randint(0, 400) / 100:.2f}" for name in weights} for u in range(8)
    }
    found = results(framework, {name: unit(**its) for name, its in table.items()})
    mine = [
        [str(found[name].scores[key].shown) for key in (*(f"d{d}" for d in range(5)), TOTAL)]
        for name in table
    ]
    assert mine == computed_by_office(how, names, weights, heavy, table, tmp_path)


def computed_by_office(
    how: str,
    names: list[list[str]],
    weights: dict[str, str],
    heavy: list[str],
    table: dict[str, dict[str, str]],
    folder: Path,
) -> list[list[str]]:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    flat = [name for group in names for name in group]
    sheet.append([float(weights[name]) for name in flat])
    for row, its in enumerate(table.values(), start=2):
        sheet.append([float(its[name]) for name in flat])
        made: list[str] = []
        start = 1
        for group in names:
            first, last = letter(start), letter(start + len(group) - 1)
            start += len(group)
            cells, above = f"{first}{row}:{last}{row}", f"{first}$1:{last}$1"
            made.append(
                {
                    "sum": f"SUM({cells})",
                    "mean": f"AVERAGE({cells})/4*100",
                    "weighted": f"SUMPRODUCT({cells},{above})/SUM({above})/4*10",
                }[how]
            )
        parts = ",".join(made)
        whole = {
            "sum": f"SUM({parts})",
            "mean": f"AVERAGE({parts})",
            "weighted": "+".join(f"({one})*{w}" for one, w in zip(made, heavy, strict=True)),
        }[how]
        if how == "weighted":
            whole = f"({whole})/{sum(map(int, heavy))}*10"
        places = 2 if how == "weighted" else 1
        for column, formula in enumerate([*made, whole], start=len(flat) + 1):
            sheet.cell(row, column, f'=TEXT(ROUND({formula},{places}),"0.{"0" * places}")')
    source = folder / "scores.xlsx"
    book.save(source)
    assert OFFICE
    subprocess.run(
        [
            *(OFFICE, f"-env:UserInstallation=file://{folder}/profile", "--headless"),
            *("--convert-to", "csv", "--outdir", str(folder), str(source)),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    rows = list(csv.reader(io.StringIO((folder / "scores.csv").read_text(encoding="utf-8"))))
    return [row[len(flat) :] for row in rows[1:]]


def letter(column: int) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(column))


BOARD = "content/scoreboard.yaml"
MAXIMUM, A = "category_maximum: 1\n", "{letter: A}"
BANDS = "total: {bands: [{name: weak, to: 5}, {name: strong}]}\n"
NAMES = "bands: {weak: Weak, strong: Strong}\n"
HUNDRED = "total: {combine: mean, maximum: 100}\n"


@pytest.mark.long
@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (MAXIMUM, "", "the maximum score for a category is missing"),
        (MAXIMUM, MAXIMUM + "category: {maximum: 1}\n", "given twice"),
        (A, "{letter: A, weight: 2}", 'the weight of "definitions" has no effect: "dimension"'),
        ("  legal:\n", "  legal:\n    weight: 2\n", 'the weight of "legal" has no effect: "total"'),
        (A, "{letter: A, criteria: {x: 2, y: 1}}", 'the weight of "x" has no effect: "category"'),
        (MAXIMUM, MAXIMUM + BANDS.replace("5", "16"), 'the bands of "total" are not in order'),
        (MAXIMUM, MAXIMUM + BANDS.replace("strong}", "strong, to: 15}"), "are not in order"),
        (MAXIMUM, MAXIMUM + BANDS.replace(", to: 5", ""), "are not in order"),
        (MAXIMUM, MAXIMUM + BANDS, 'the band "weak" has no name in this language'),
    ],
)
def test_a_formula_that_is_not_clear_is_an_error(copy: Copy, old: str, new: str, said: str) -> None:
    copy.edit(BOARD, old, new)
    assert said in " ".join(formula_faults(copy))


@pytest.mark.long
@pytest.mark.parametrize(
    ("old", "new"),
    [
        (MAXIMUM, "category: {maximum: 1}\n"),
        (MAXIMUM, MAXIMUM + BANDS),
        (MAXIMUM, MAXIMUM + "direction: lower\n"),
        (MAXIMUM, MAXIMUM + HUNDRED),
        (A, "{letter: A, weight: 1}"),
    ],
)
def test_a_formula_that_is_clear_is_none(copy: Copy, old: str, new: str) -> None:
    copy.edit(BOARD, old, new)
    for language in ("en", "es"):
        copy.edit(f"content/wording/{language}.yaml", "labels:\n", f"{NAMES}labels:\n")
    assert formula_faults(copy) == []


@pytest.mark.long
def test_dimensions_of_unequal_maxima_need_a_maximum_for_their_mean(copy: Copy) -> None:
    copy.edit(BOARD, MAXIMUM, f"{MAXIMUM}total: {{combine: mean}}\n")
    assert formula_faults(copy) == []
    copy.edit(BOARD, "      mercury: {letter: E}\n", "")
    assert formula_faults(copy) == ['the scores that make up "total" have different maximums.']


def formula_faults(copy: Copy) -> list[str]:
    return [
        str(problem.message)
        for problem in read_workspace(copy.workspace).problems
        if problem.code == "SCORE-FORMULA"
    ]


@pytest.mark.long
def test_scores_are_printed_with_suffix_band_and_what_does_not_apply(copy: Copy) -> None:
    copy.edit(
        BOARD,
        MAXIMUM,
        MAXIMUM + "total: {combine: mean, maximum: 100, suffix: '%', bands: "
        "[{name: weak, to: 50}, {name: strong}]}\n",
    )
    copy.edit("content/edition.yaml", "source_language:", "show_bands: true\nsource_language:")
    for language in ("en", "es"):
        copy.edit(f"content/wording/{language}.yaml", "labels:\n", f"{NAMES}labels:\n")
    copy.edit("content/peru/scores.yaml", "mercury: 0.8", "mercury: not applicable")
    content = read_workspace(copy.workspace).content
    assert content
    said = {}
    for language in ("en", "es"):
        values = values_of(content, "peru", language)
        said[language] = [
            values.score(TOTAL),
            values.maximum(TOTAL),
            values.cell(values.results["peru"].scores["mercury"]),
            values.told(Value("band.total", "", "", Marks(), Place("x"))),
        ]
    # Spanish has a space before the sign, in Peru too
    assert said == {
        "en": ["77.8%", "100%", "n/a", "Strong"],
        "es": ["77.8\xa0%", "100\xa0%", "n/a", "Strong"],
    }


def test_rounding_is_half_up_at_every_number_of_decimals() -> None:
    value = Fraction("0.12345")
    assert [rounded(value, n) for n in (0, 1, 2, 3, 4)] == [
        Decimal(one) for one in ("0", "0.1", "0.12", "0.123", "0.1235")
    ]
