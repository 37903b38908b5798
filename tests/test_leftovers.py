"""Text of the starter in a workspace of another framework or other organizations."""

import pytest

from reportcard.build.inventory import read_workspace
from reportcard.checks import leftovers
from reportcard.content.loading import load
from reportcard.problems.problem import Problem, in_reading_order
from reportcard.release.gate import blocking

from .conftest import Copy

EN = "content/wording/en.yaml"
ES = "content/wording/es.yaml"
CODES = ("FRAMEWORK-COUNT", "STARTER-TEXT")
BOARD = """category_maximum: 3
dimensions:
  water:
    categories: {quality: {letter: A}, access: {letter: B}, cost: {letter: C}}
  state:
    categories: {law: {letter: D}, budget: {letter: E}, courts: {letter: F}}
"""
HOUSE = """organisations:
  blue-delta: {name: Blue Delta Alliance}
cover: [blue-delta]
back: [blue-delta]
"""


def found(copy: Copy) -> list[Problem]:
    loaded = load(copy.workspace)
    assert loaded.content, [str(one) for one in loaded.shared]
    return list(in_reading_order(leftovers.shared(loaded.content)))


def said(copy: Copy, file: str) -> list[str]:
    return [str(one) for one in found(copy) if one.place.file == file]


def other_house(copy: Copy) -> None:
    path = copy.root / "content/edition.yaml"
    before, _, rest = path.read_text("utf-8").partition("organisations:\n")
    after = rest.partition("\nback: [amazon-conservation, conservacion-amazonica]\n")[2]
    path.write_text(before + HOUSE + after, "utf-8")


def other_framework(copy: Copy) -> None:
    (copy.root / "content/scoreboard.yaml").write_text(BOARD, "utf-8")


def place(copy: Copy, file: str, words: str) -> str:
    """File, line and column of some words."""
    text = (copy.root / file).read_text("utf-8")
    at = text.index(words)
    return f"{file}:{text.count(chr(10), 0, at) + 1}:{at - text.rfind(chr(10), 0, at)}: "


def test_the_starter_itself_is_left_alone(copy: Copy) -> None:
    assert found(copy) == []


def test_counts_that_the_scoreboard_does_not_have_are_told(copy: Copy) -> None:
    other_framework(copy)
    english, spanish = "\n".join(said(copy, EN)), "\n".join(said(copy, ES))
    for words, file, told in (
        ("Three dimensions are examined", EN, english),
        ("five categories, each", EN, english),
        ("Fifteen categories in", EN, english),
        ("three dimensions make up", EN, english),
        ("tres dimensiones: **", ES, spanish),
        ("Quince categorías", ES, spanish),
        ("cinco categorías, y cada", ES, spanish),
    ):
        assert f"warning: {place(copy, file, words)}" in told, words
    assert 'the text says "Three dimensions", but the scoreboard has 2 dimensions.' in english


@pytest.mark.parametrize(
    "words",
    [
        "Two dimensions are examined",
        "Three categories each",
        "Six categories in 2 dimensions",
        "The other five categories",
        "In one category",
        "Five countries and two dimensions",
    ],
)
def test_counts_that_agree_are_not(copy: Copy, words: str) -> None:
    other_framework(copy)
    copy.edit(EN, "heading: Overall Assessment", f"heading: {words}")
    line = place(copy, EN, words).rsplit(":", 2)[0] + ":"
    assert not any(line in one for one in said(copy, EN))


def test_sentences_about_the_subject_of_the_starter_are_told(copy: Copy) -> None:
    other_framework(copy)
    copy.edit(EN, "scoreboard: Amazon Mining Policy Scoreboard", "scoreboard: Clean Gold Rivers")
    english = said(copy, EN)
    assert any(
        'about "gold"' in one and place(copy, EN, "gold mining across") in one for one in english
    )
    assert any(
        "a demonstration" in one and place(copy, EN, "This is a demo") in one for one in english
    )
    assert any('about "oro"' in one.lower() for one in said(copy, ES))
    assert not any(place(copy, EN, "Clean Gold").rsplit(":", 2)[0] + ":" in one for one in english)


def test_a_part_of_the_framework_is_about_the_same_subject(copy: Copy) -> None:
    path = copy.root / "content/scoreboard.yaml"
    path.write_text(path.read_text("utf-8").partition("  enforcement:\n")[0], "utf-8")
    assert {one.code for one in found(copy)} == {"FRAMEWORK-COUNT"}


@pytest.mark.long
def test_organizations_and_the_notice_of_the_starter_are_told(copy: Copy) -> None:
    other_house(copy)
    copy.edit(EN, "  notice: |\n", "  notice: |\n    Made by Amazon Conservation in Lima.\n\n")
    english = said(copy, EN)
    assert len(english) == 5
    assert f"warning: {place(copy, EN, 'Amazon Conservation in')}the organization" in english[0]
    assert all("a demonstration" in one for one in english[1:])
    told = [one for one in read_workspace(copy.workspace).shared if one.code in CODES]
    assert len(told) == len(found(copy))
    assert all(one.severity == "error" for one in blocking(told))


def test_own_text_may_speak_of_gold_and_demonstrations(copy: Copy) -> None:
    other_house(copy)
    copy.edit(
        EN, "    This is a demonstration.\n", "    A demonstration of gold mining was held.\n"
    )
    assert not any(place(copy, EN, "A demonstration of") in one for one in said(copy, EN))
