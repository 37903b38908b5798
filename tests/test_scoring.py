"""Scores are exact until they are printed; ranks compare exact values."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportcard.build.inventory import read_workspace
from reportcard.content.framework import Scoreboard
from reportcard.content.model import CategoryScore, CountryScores, Published
from reportcard.content.tree import Text
from reportcard.scores.formula import Scale, rounded
from reportcard.scores.results import (
    TOTAL,
    Result,
    Results,
    category_score,
    ranking,
    results,
)

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
    assert abs(Fraction(rounded(value)) - value) <= Fraction(1, 20)
    doubled = value * 20
    if doubled.denominator == 1 and doubled.numerator % 2:  # just half way
        assert Fraction(rounded(value)) > value
    exact = value.denominator and all(value.denominator % prime for prime in (3, 7, 11, 13))
    if exact and 10**12 % value.denominator == 0:
        decimal = Decimal(value.numerator) / Decimal(value.denominator)
        assert rounded(value) == decimal.quantize(Decimal("0.1"), ROUND_HALF_UP)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("0.05", "0.1"),
        ("0.25", "0.3"),
        ("11.65", "11.7"),
        ("11.6499999999999999999999999999999999", "11.6"),
        ("2/3", "0.7"),
        ("1", "1.0"),
        ("0", "0.0"),
        ("12.96", "13.0"),
    ],
)
def test_half_a_tenth_is_shown_as_a_whole_one(value: str, words: str) -> None:
    assert str(rounded(Fraction(value))) == words


def test_a_mean_of_three_is_exact() -> None:
    given_by_criteria = CategoryScore.model_construct(
        score=None,
        criteria={"one": Fraction(1), "two": Fraction(0), "three": Fraction(1)},
        provisional=None,
    )
    assert category_score(BOARD, "c", given_by_criteria) == Fraction(2, 3)


@pytest.mark.long
@given(countries)
def test_dimensions_are_sums_and_the_total_is_theirs(table: dict[str, dict[str, Fraction]]) -> None:
    found = results(BOARD, {name: scores(dict(row)) for name, row in table.items()})
    for name, row in table.items():
        its = found[name].scores
        assert its["legal"].value == row["a"] + row["b"]
        assert its[TOTAL].value == sum(row.values())
        assert its[TOTAL].maximum == 3


@pytest.mark.long
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


def test_who_is_ahead_is_named_best_first_and_by_name_where_two_are_level() -> None:
    rows = {"ama": "0.4", "beni": "0.6", "caqueta": "1", "darien": "0.6", "esequibo": "0.4"}
    found = results(
        BOARD,
        {
            name: scores({"a": Fraction(value), "b": Fraction(0), "c": Fraction(0)})
            for name, value in rows.items()
        },
    )
    assert {name: its.ahead["legal"] for name, its in found.items()} == {
        "caqueta": (),
        "beni": ("caqueta",),
        "darien": ("caqueta",),
        "ama": ("caqueta", "beni", "darien"),
        "esequibo": ("caqueta", "beni", "darien"),
    }
    assert [(rank, name) for rank, name, _ in ranking(found, "legal")] == [
        (1, "caqueta"),
        (2, "beni"),
        (2, "darien"),
        (4, "ama"),
        (4, "esequibo"),
    ]
    assert {its.ranks["policies"] for its in found.values()} == {1}, "all are level at 0"


def test_a_ranking_has_no_ranks_where_a_score_is_missing_as_no_card_has() -> None:
    rows = {"darien": None, "caqueta": Fraction(0), "beni": None, "ama": Fraction(1)}
    found = results(BOARD, {name: scores({}, total=total) for name, total in rows.items()})
    assert [(rank, name, score.value) for rank, name, score in ranking(found)] == [
        (None, "ama", 1),
        (None, "caqueta", 0),
        (None, "beni", None),
        (None, "darien", None),
    ]
    assert [its.country for its in found.values()] == list(rows)


def test_a_published_rank_gives_way_to_one_that_can_be_computed() -> None:
    """Published ranks and names ahead are used score by score, each country's its own."""
    published = {"ranks": {"total": 9, "legal": 9}, "ahead": {"total": ("beni",)}}
    full = {"a": Fraction(1), "b": Fraction(1), "c": Fraction(1)}
    found = results(
        BOARD,
        {
            "ama": scores(full, **published),
            "beni": scores({"a": Fraction(0), "b": Fraction(0)}, ranks={"legal": 8}),
        },
    )
    assert dict(found["ama"].ranks) == {"total": 9, "legal": 1}
    assert dict(found["ama"].ahead) == {"total": ("beni",), "legal": ()}
    assert dict(found["beni"].ranks) == {"legal": 2}
    assert dict(found["beni"].ahead) == {"legal": ("ama",)}


def test_what_was_computed_is_named_and_a_total_only_if_all_of_it_was() -> None:
    full = results(BOARD, {"ama": scores({"a": Fraction(1), "b": Fraction(0), "c": Fraction(1)})})
    assert full["ama"].computed == {"legal", "policies", TOTAL}
    half = results(BOARD, {"ama": scores({"a": Fraction(1), "c": Fraction(1)}, total=Fraction(2))})
    assert half["ama"].computed == {"policies"}
    assert half["ama"].scores[TOTAL].value == 2
    assert half["ama"].scores["legal"] == Result(None, Scale(Fraction(2)))


def test_a_published_figure_counts_only_where_a_part_is_absent() -> None:
    published = {"total": Fraction(3), "dimensions": {"legal": Fraction(2)}}
    full = {"a": Fraction(1, 2), "b": Fraction(1, 4), "c": Fraction(1)}
    its = results(BOARD, {"ama": scores(full, **published)})["ama"].scores
    assert (its["legal"].value, its[TOTAL].value) == (Fraction(3, 4), Fraction(7, 4))
    lacking = results(BOARD, {"ama": scores({"c": Fraction(1)}, **published)})["ama"].scores
    assert (lacking["legal"].value, lacking["policies"].value) == (2, 1)
    assert lacking[TOTAL].value == 3


def test_no_country_no_results_and_no_ranks() -> None:
    assert dict(results(BOARD, {})) == {}


def test_what_is_provisional_is_so_by_category_or_by_country_and_never_what_is_absent() -> None:
    def category(value: str | None, provisional: bool | None) -> CategoryScore:
        points = None if value is None else Fraction(value)
        return CategoryScore.model_construct(score=points, criteria={}, provisional=provisional)

    categories = {"a": category("1", False), "b": category("1", None), "c": category(None, True)}

    def made(provisional: bool, **published: object) -> dict[str, bool]:
        given_ = CountryScores.model_construct(
            country="PE",
            provisional=provisional,
            categories=categories,
            published=Published.model_construct(**published),
        )
        its = results(BOARD, {"ama": given_})["ama"].scores
        return {key: its[key].provisional for key in its}

    none = dict.fromkeys(("a", "b", "c", "legal", "policies", TOTAL), False)
    assert made(True) == {**none, "b": True, "legal": True}
    assert made(False) == none
    assert made(True, dimensions={"legal": Fraction(2)}) == {**none, "b": True}


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


@pytest.mark.long
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


@pytest.mark.long
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
