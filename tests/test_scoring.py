"""Scores are exact until they are printed; ranks compare exact values."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportcard.build.inventory import read_workspace
from reportcard.content.model import CategoryScore, CountryScores, Published, Scoreboard
from reportcard.content.tree import Text
from reportcard.scores.results import TOTAL, Results, category_score, ranking, results, shown

from .conftest import Copy

BOARD = Scoreboard.model_validate(
    {
        "category_maximum": Text("1", "board"),
        "dimensions": {
            "legal": {"categories": {"a": {"letter": "A"}, "b": {"letter": "B"}}},
            "policies": {"categories": {"c": {"letter": "C", "criteria": ["one", "two", "three"]}}},
        },
    }
)

tenths = st.integers(0, 10).map(lambda number: Fraction(number, 10))
countries = st.dictionaries(
    st.sampled_from(["ama", "beni", "caqueta", "darien", "esequibo"]),
    st.fixed_dictionaries({"a": tenths, "b": tenths, "c": tenths}),
    min_size=1,
)


def scores(table: dict[str, Fraction | None], **published: object) -> CountryScores:
    categories = {
        key: CategoryScore.model_construct(score=value, criteria={}, provisional=None)
        for key, value in table.items()
    }
    return CountryScores.model_construct(
        country="PE",
        provisional=False,
        categories=categories,
        published=Published.model_construct(**published),
    )


@given(st.fractions(min_value=0, max_value=20, max_denominator=1000))
def test_a_score_is_shown_rounded_half_up(value: Fraction) -> None:
    assert abs(Fraction(shown(value)) - value) <= Fraction(1, 20)
    doubled = value * 20
    if doubled.denominator == 1 and doubled.numerator % 2:  # just half way
        assert Fraction(shown(value)) > value
    exact = value.denominator and all(value.denominator % prime for prime in (3, 7, 11, 13))
    if exact and 10**12 % value.denominator == 0:
        decimal = Decimal(value.numerator) / Decimal(value.denominator)
        assert shown(value) == decimal.quantize(Decimal("0.1"), ROUND_HALF_UP)


def test_a_mean_of_three_is_exact() -> None:
    given_by_criteria = CategoryScore.model_construct(
        score=None,
        criteria={"one": Fraction(1), "two": Fraction(0), "three": Fraction(1)},
        provisional=None,
    )
    assert category_score(given_by_criteria) == Fraction(2, 3)


@given(countries)
def test_dimensions_are_sums_and_the_total_is_theirs(table: dict[str, dict[str, Fraction]]) -> None:
    found = results(BOARD, {name: scores(dict(row)) for name, row in table.items()})
    for name, row in table.items():
        its = found[name].scores
        assert its["legal"].value == row["a"] + row["b"]
        assert its[TOTAL].value == sum(row.values())
        assert its[TOTAL].maximum == 3


@given(countries)
def test_ranks_agree_with_the_order_of_totals(table: dict[str, dict[str, Fraction]]) -> None:
    found = results(BOARD, {name: scores(dict(row)) for name, row in table.items()})
    totals = {name: sum(row.values()) for name, row in table.items()}
    for name, its in found.items():
        assert its.ranks[TOTAL] == 1 + sum(other > totals[name] for other in totals.values())
        assert set(its.ahead[TOTAL]) == {other for other in totals if totals[other] > totals[name]}
    listed = [name for _, name, _ in ranking(found)]
    assert [totals[name] for name in listed] == sorted(totals.values(), reverse=True)


def test_ties_share_a_rank_and_the_next_one_is_left_out() -> None:
    rows = {
        "ama": Fraction(1),
        "beni": Fraction(1, 2),
        "caqueta": Fraction(1, 2),
        "darien": Fraction(0),
    }
    found = results(
        BOARD, {name: scores({"a": value, "b": value, "c": value}) for name, value in rows.items()}
    )
    assert [found[name].ranks[TOTAL] for name in rows] == [1, 2, 2, 4]


def test_a_published_rank_is_used_where_a_country_lacks_the_score() -> None:
    full = scores(
        {"a": Fraction(1), "b": Fraction(1), "c": Fraction(1)},
        ranks={"legal": 4},
        ahead={"legal": ("beni",)},
    )
    found: Results = results(BOARD, {"ama": full, "beni": scores({}, total=Fraction(2))})
    assert found["ama"].ranks["legal"] == 4
    assert found["ama"].ahead["legal"] == ("beni",)
    assert found["ama"].ranks[TOTAL] == 1
    assert found["beni"].scores[TOTAL].value == 2


def test_an_absent_score_leaves_its_sums_absent() -> None:
    found = results(BOARD, {"ama": scores({"a": Fraction(1), "b": None, "c": Fraction(1)})})["ama"]
    assert found.scores["b"].shown is None
    assert found.scores["legal"].value is None
    assert found.scores[TOTAL].value is None
    assert found.scores["policies"].value == 1


def test_a_sum_of_placeholders_is_one_unless_it_was_published(copy: Copy) -> None:
    content = read_workspace(copy.workspace).content
    assert content
    peru = results(
        content.scoreboard.model, {name: its.model for name, its in content.scores.items()}
    )["peru"].scores
    assert not peru[TOTAL].provisional
    assert peru["legal"].provisional
    assert not peru["definitions"].provisional
    assert peru["mercury"].provisional


def test_what_the_source_publishes_of_peru(copy: Copy) -> None:
    content = read_workspace(copy.workspace).content
    assert content
    found = results(
        content.scoreboard.model, {name: its.model for name, its in content.scores.items()}
    )
    assert [(rank, name, str(score.shown)) for rank, name, score in ranking(found)] == [
        (1, "colombia", "12.5"),
        (2, "peru", "11.7"),
        (3, "brazil", "11.5"),
        (4, "ecuador", "10.1"),
        (5, "bolivia", "8.3"),
    ]
    assert dict(found["peru"].ranks) == {"total": 2, "legal": 4, "enforcement": 1}
    assert str(found["peru"].scores["definitions"].shown) == "1.0"
    dimensions = {
        key: found["peru"].scores[key].value for key in content.scoreboard.model.dimensions
    }
    assert min(dimensions, key=lambda key: dimensions[key] or 0) == "policies"


@pytest.mark.parametrize(
    ("literal", "value"),
    [
        ("0.8", Fraction(4, 5)),
        ("0.80", Fraction(4, 5)),
        ("1", Fraction(1)),
        ("0.3333", Fraction(3333, 10000)),
    ],
)
def test_a_score_is_read_from_its_literal(literal: str, value: Fraction) -> None:
    assert CategoryScore.model_validate(Text(literal, "scores.yaml")).score == value
