"""Which block was which between two versions, and what changed in its words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportcard.content.likeness import alike, longest_rise, matched, word_diff

A, B, C, D = "Gold is mined.", "Rivers are dredged.", "Few are caught today.", "Mercury is sold."


@pytest.mark.parametrize(
    ("now", "then", "came_from", "moved"),
    [
        ([], [], [], set()),
        ([A, B], [A, B], [0, 1], set()),
        ([A, C], [A, B, C], [0, 2], set()),
        ([A, "Entirely other words here", C], [A, C], [0, None, 1], set()),
        ([C, A, B], [A, B, C], [2, 0, 1], {0}),
        ([B, C, A], [A, B, C], [1, 2, 0], {2}),
        ([A, A], [A], [0, None], set()),
        ([A, A, B], [B, A, A], [1, 2, 0], {2}),
        ([A, "Rivers are always dredged.", C], [A, B, C], [0, 1, 2], set()),
    ],
)
def test_the_same_text_is_the_same_block_wherever_it_went(
    now: list[str], then: list[str], came_from: list[int | None], moved: set[int]
) -> None:
    assert matched(now, then) == (came_from, moved)


def test_changed_blocks_are_paired_with_what_they_were() -> None:
    now = ["Rivers are often dredged.", "Gold is often mined.", A]
    then = [A, "Gold is rarely mined.", "Rivers are rarely dredged."]
    assert matched(now, then)[0] == [2, 1, 0]
    then = ["Gold is rarely mined.", "Rivers are rarely dredged.", "Mercury is rarely sold."]
    now = ["Rivers are often dredged.", "Mercury is often sold.", "Gold is often mined."]
    assert matched(now, then)[0] == [1, 2, 0]


def test_what_took_the_place_of_a_block_is_it_and_what_is_elsewhere_is_new() -> None:
    other = "Entirely new words here"
    assert matched([A, other, C], [A, B, C])[0] == [0, 1, 2]
    assert matched([other], [A])[0] == [0]
    assert matched([A, C, other], [A, B, C])[0] == [0, 2, None]
    assert matched([other, A, C], [A, B, C])[0] == [None, 0, 2]
    long = [" ".join(f"{sign}{number}" for number in range(9)) for sign in "xy"]
    assert matched([A, C, long[0]], [long[1], A, C])[0] == [1, 2, None], "they share their spaces"
    assert matched([A, other, "One more", C], [A, B, C])[0] == [0, None, None, 2]


def test_a_lone_block_on_each_side_is_one_however_it_changed() -> None:
    assert list(alike(["nothing in common"], ["other words, all"])) == [(0, 0)]
    assert list(alike(["nothing in common"], [])) == []
    assert list(alike(["x y z w"], ["nothing in common", "other words, all"])) == []
    assert list(alike(["a b"], ["p q", "a b"])) == [(0, 1)]


def test_of_two_that_are_as_alike_the_nearer_one_is_taken() -> None:
    pairs = list(alike([A, "x", A], [A, "y", A]))
    assert pairs[:2] == [(2, 2), (0, 0)]
    assert dict(pairs).get(1) is None


def test_each_block_is_paired_once() -> None:
    assert list(alike([A], [A + " So it is."])) == [(0, 0)]
    assert sorted(alike([A, A + " So it is.", B], [A, B])) == [(0, 0), (2, 1)]
    assert sorted(alike([A, B], [A + " So it is.", A, B])) == [(0, 1), (1, 2)]


def test_two_blocks_that_share_two_words_in_five_are_one_and_less_are_not() -> None:
    assert dict(alike(["a,b;c", A], ["a:d,e", D])) == {0: 0, 1: 1}
    assert dict(alike(["a,b;c", A], ["d:e,f", D])) == {1: 1}
    # In common, but in another order
    assert dict(alike(["a,b;c", A], [",:a-d", D])) == {1: 1}


def test_a_long_block_that_repeats_its_words_is_known_by_them() -> None:
    told = "Gold and mercury, " * 60
    assert dict(alike(["Now " + told, A], ["Then " + told, D])) == {0: 0, 1: 1}


@pytest.mark.parametrize(
    ("numbers", "rise"),
    [
        ([], set()),
        ([3], {3}),
        ([0, 1, 2], {0, 1, 2}),
        ([2, 1, 0], {0}),
        ([1, 2, 0], {1, 2}),
        ([3, 0, 1, 2], {0, 1, 2}),
        ([4, 0, 3, 1, 2], {0, 1, 2}),
        ([0, 4, 1, 5, 2], {0, 1, 2}),
    ],
)
def test_most_blocks_stay_where_they_were(numbers: list[int], rise: set[int]) -> None:
    assert longest_rise(numbers) == rise


@given(st.permutations(range(7)))
def test_what_stays_is_in_order_and_as_much_as_can_be(numbers: list[int]) -> None:
    rise = longest_rise(numbers)
    assert [one for one in numbers if one in rise] == sorted(rise)
    best = [0] * len(numbers)
    for at, number in enumerate(numbers):
        best[at] = 1 + max((best[i] for i in range(at) if numbers[i] < number), default=0)
    assert len(rise) == max(best)


@pytest.mark.parametrize(
    ("before", "now", "told"),
    [
        ("", "", ()),
        ("A b.", "A b.", (("same", "A b."),)),
        ("A b.", "A c.", (("same", "A "), ("gone", "b"), ("new", "c"), ("same", "."))),
        ("A b c", "A c", (("same", "A "), ("gone", "b "), ("same", "c"))),
        ("A c", "A b c", (("same", "A "), ("new", "b "), ("same", "c"))),
        (
            "1,250.5 ha",
            "1,250.6 ha",
            (("gone", "1,250.5"), ("new", "1,250.6"), ("same", " ha")),
        ),
        ("a", "b", (("gone", "a"), ("new", "b"))),
    ],
)
def test_a_change_of_words_is_told_in_runs(
    before: str, now: str, told: tuple[tuple[str, str], ...]
) -> None:
    assert word_diff(before, now) == told


def test_a_change_in_a_long_block_is_told_word_by_word() -> None:
    start = "".join(f"river{number} " for number in range(120))
    assert word_diff(start + "was mined", start + "is dredged") == (
        ("same", start),
        ("gone", "was"),
        ("new", "is"),
        ("same", " "),
        ("gone", "mined"),
        ("new", "dredged"),
    )


@given(st.text("ab 1.,"), st.text("ab 1.,"))
def test_what_is_told_joins_to_both_texts(before: str, now: str) -> None:
    parts = word_diff(before, now)
    assert "".join(text for kind, text in parts if kind != "new") == before
    assert "".join(text for kind, text in parts if kind != "gone") == now
