"""What prose may name of the data, in words: the right country's, the right dimension's, or a
message that says what there is.
"""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import cache

import pytest

from reportcard.checks.numbers import style
from reportcard.content.loading import Content, load
from reportcard.content.markdown import parse_prose
from reportcard.content.model import House
from reportcard.content.prose import Bullets, Picture, Prose, Run
from reportcard.content.scalars import Line
from reportcard.content.tree import Scalar, Text
from reportcard.content.wording import Ordinals
from reportcard.language.locales import Tongue
from reportcard.problems.problem import Problem
from reportcard.scores.formula import Scale
from reportcard.scores.results import CountryResult, Result
from reportcard.scores.values import Values, scoreboard_values, shared_country, values_of
from reportcard.workspace.workspace import SCOREBOARD, Workspace

from .conftest import ROOT


@cache
def content() -> Content:
    found = load(Workspace(ROOT)).content
    assert found
    return found


def result(value: str | None, maximum: str = "5") -> Result:
    return Result(None if value is None else Fraction(value), Scale(Fraction(maximum)))


def country(
    name: str, total: str | None, legal: str | None, ranks: dict[str, int], *ahead: str
) -> CountryResult:
    scores = {"total": result(total, "15"), "legal": result(legal), "mercury": result("0.25", "1")}
    return CountryResult(name, scores, frozenset(), ranks, {"total": ahead} if ahead else {})


#: Three countries that differ in every score and rank.
RESULTS = {
    "peru": country("peru", "11.65", "3.9", {"total": 2, "legal": 3}, "colombia"),
    "colombia": country("colombia", "12.5", "4.25", {"total": 1, "legal": 2}),
    "brazil": country("brazil", "9", None, {"total": 3, "legal": 1}, "colombia", "peru", "ecuador"),
}


def values(of: str = "peru", language: str = "en", decimal: str = "") -> Values:
    return Values(
        of,
        RESULTS,
        {name: sourced.model for name, sourced in content().scores.items()},
        content().wordings[language].model,
        Tongue(language, "PE", House(units=("%",), decimal=decimal or None)),
        ("total", "legal"),
        {"legal": ("mercury",)},
    )


def parsed(text: str) -> Prose:
    rows = tuple((number + 1, 1) for number in range(text.count("\n") + 1))
    prose, problems = parse_prose(Text(text, "a.yaml", Scalar(rows, "|")), "peru/context", "«»“”")
    assert problems == ()
    return prose


def bound(text: str, of: Values | None = None) -> tuple[str, tuple[Problem, ...]]:
    prose, problems = (of or values()).bind(parsed(text))
    assert all(isinstance(inline, Run) for inline in prose.inlines())
    return "".join(inline.text for inline in prose.inlines()), problems


@pytest.mark.parametrize(
    ("of", "value", "words"),
    [
        ("peru", "score.total", "11.7"),
        ("peru", "score.legal", "3.9"),
        ("peru", "score.mercury", "0.3"),
        ("colombia", "score.total", "12.5"),
        ("peru", "scores.colombia.legal", "4.3"),
        ("colombia", "scores.peru.legal", "3.9"),
        ("peru", "max.total", "15"),
        ("peru", "max.mercury", "1"),
        ("peru", "rank.total", "2"),
        ("peru", "rank.legal", "3"),
        ("colombia", "rank.legal", "2"),
        ("brazil", "rank.total", "3"),
        ("peru", "ranks.colombia.total", "1"),
        ("peru", "ranks.brazil.legal", "1"),
        ("colombia", "ranks.peru.legal", "3"),
        ("peru", "rank.total | ordinal", "second"),
        ("peru", "ranks.brazil.total | ordinal('f')", "third"),
        ("peru", "ahead.total | list", "Colombia"),
        ("brazil", "ahead.total | list", "Colombia, Peru, and Ecuador"),
        ("peru", "country.name", "Peru"),
        ("peru", "country.of", "Peru’s"),
        ("colombia", "country.of", "Colombia’s"),
        ("peru", "countries.brazil.of", "Brazil’s"),
        ("peru", "countries.brazil.the", "Brazil"),
    ],
)
def test_a_value_is_that_of_its_country_and_score(of: str, value: str, words: str) -> None:
    assert bound(f"Before {{{{ {value} }}}} after.", values(of)) == (f"Before {words} after.", ())


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("rank.legal | ordinal", "tercero"),
        ("rank.legal | ordinal('m')", "tercero"),
        ("rank.legal | ordinal('f')", "tercera"),
        ("rank.legal | ordinal('m', short)", "tercer"),
        ("rank.legal | ordinal(short)", "tercer"),
        ("rank.legal|ordinal( 'f' , short )", "tercera"),
        ("rank.total | ordinal('m', short)", "segundo"),
    ],
)
def test_ordinals_have_the_gender_that_is_asked_for(value: str, words: str) -> None:
    assert bound(f"{{{{ {value} }}}}", values(language="es"))[0] == words


def test_numbers_have_the_marks_of_the_country_and_keep_to_their_units() -> None:
    assert bound("{{ score.total }} % y 3 %", values(language="es", decimal=","))[0] == (
        "11,7\u00a0% y 3\u00a0%"
    )


@pytest.mark.parametrize(
    ("of", "value", "message", "advice"),
    [
        ("peru", "score.none", 'unknown score "none"', "total, legal, mercury"),
        (
            "peru",
            "scores.brazil.legal",
            '"scores.brazil.legal" is not published',
            "Remove the value from the text",
        ),
        (
            "peru",
            "scores.chile.total",
            'unknown value "scores.chile.total"',
            "score.total, max.total",
        ),
        ("peru", "max.none", 'unknown value "max.none"', "Use one of: "),
        ("peru", "rank.mercury", 'unknown value "rank.mercury"', "Use one of: "),
        ("peru", "ranks.chile.total", 'unknown value "ranks.chile.total"', "Use one of: "),
        (
            "peru",
            "ranks.brazil.mercury",
            'unknown value "ranks.brazil.mercury"',
            "Use one of: ",
        ),
        ("peru", "ahead.mercury | list", 'unknown value "ahead.mercury"', "Use one of: "),
        (
            "colombia",
            "ahead.total | list",
            'cannot compute the list of those ahead in "total"',
            "published",
        ),
        (
            "peru",
            "ahead.total",
            "ahead.total is a list of names, so it needs a filter",
            "{{ ahead.total | list }}",
        ),
        ("peru", "country.from", 'unknown value "country.from"', "Use one of: "),
        (
            "peru",
            "countries.chile.name",
            'unknown value "countries.chile.name"',
            "Use one of: ",
        ),
        (
            "peru",
            "countries.brazil.from",
            'unknown value "countries.brazil.from"',
            "Use one of: ",
        ),
        (
            "peru",
            "score.total | ordinal",
            'filter "ordinal" cannot be applied to score.total',
            "Use rank | ordinal",
        ),
        (
            "peru",
            "score.total | list",
            'filter "list" cannot be applied to score.total',
            "Use rank | ordinal",
        ),
        ("peru", "ahead.total | ordinal", "cannot be applied to ahead.total", "Use rank | ordinal"),
        (
            "peru",
            "rank.total | upper",
            'filter "upper" cannot be applied to rank.total',
            "Use rank | ordinal",
        ),
        ("peru", "rank.total | ordinal('n')", '"n" is not a valid gender', "ordinal('m')"),
        (SCOREBOARD, "score.total", 'unknown value "score.total"', "Use one of: "),
        (SCOREBOARD, "rank.total", 'unknown value "rank.total"', "Use one of: "),
        (SCOREBOARD, "ahead.total | list", 'unknown value "ahead.total"', "Use one of: "),
        (SCOREBOARD, "country.name", 'unknown value "country.name"', "Use one of: "),
    ],
)
def test_a_value_that_does_not_exist_is_told_at_its_place(
    of: str, value: str, message: str, advice: str
) -> None:
    words, (problem,) = bound(f"Before {{{{ {value} }}}} after.", values(of))
    assert words == "Before ? after."
    assert message in str(problem.message)
    assert advice in str(problem.advice)
    assert (problem.code, problem.field) == ("PROSE-VALUE", "peru/context")
    assert (problem.place.file, problem.place.line, problem.place.column) == ("a.yaml", 1, 8)


def test_a_rank_that_nobody_knows_and_one_without_a_word_are_told() -> None:
    unranked = replace(RESULTS["peru"], ranks={"legal": 99})
    of = replace(values(), results={**RESULTS, "peru": unranked})
    for text, message in (
        ("{{ rank.total }}", 'the rank "rank.total" is missing'),
        ("{{ rank.legal | ordinal }}", "no word for the ordinal 99"),
    ):
        words, (problem,) = bound(text, of)
        assert words == "?"
        assert message in str(problem.message)


def test_the_wording_has_its_own_ordinals_where_it_gives_some() -> None:
    own = Ordinals(m=(Line("1", ""), Line("2", ""), Line("tercero", "")), f=())
    wording = values(language="es").wording.model_copy(update={"ordinals": own})
    of = replace(values(language="es"), wording=wording)
    assert bound("{{ rank.total | ordinal }}", of) == ("2", ())
    assert bound("{{ rank.legal | ordinal(short) }}", of) == ("tercer", ())
    assert values(language="es").wording.ordinals is None


def test_the_last_ordinal_that_has_a_word_is_used() -> None:
    words = values().ranks
    assert words
    count = len(words.m)
    last = replace(RESULTS["peru"], ranks={"legal": count})
    of = replace(values(), results={**RESULTS, "peru": last})
    assert bound("{{ rank.legal | ordinal }}", of) == (
        words.m[-1],
        (),
    )


def test_the_card_of_all_countries_names_each_by_its_own() -> None:
    of = values(SCOREBOARD)
    assert bound("{{ scores.peru.total }} of {{ max.total }}, {{ countries.peru.of }}", of) == (
        "11.7 of 15, Peru’s",
        (),
    )


def test_values_are_bound_wherever_they_stand_and_marks_stay() -> None:
    prose, problems = values().bind(
        parsed(
            "Of **{{ score.total }} points**, {{ max.total }}.\n\n- A {{ rank.total }} b\n- c\n\n"
            "![Alt](figures/a.png)"
        )
    )
    first, bullets, picture = prose.blocks
    assert problems == ()
    assert prose.field == "peru/context"
    assert isinstance(bullets, Bullets)
    assert isinstance(picture, Picture)
    runs = [(run.text, run.marks.bold) for run in first.inlines]  # type: ignore[union-attr]
    assert runs == [("Of ", False), ("11.7 points", True), (", 15.", False)]
    assert [[run.text for run in item.text.inlines] for item in bullets.items] == [["A 2 b"], ["c"]]  # type: ignore[union-attr]


def test_an_address_is_not_tied() -> None:
    prose, _ = values().bind(parsed("Text 3 % and [3 %](https://example.org)"))
    assert [run.text for run in prose.inlines()] == ["Text 3\u00a0% and ", "3 %"]  # type: ignore[union-attr]


def test_a_value_in_words_or_as_typed() -> None:
    inlines = list(parsed("{{ score.total }} {{ score.none }}").inlines())
    assert [values().told(one) for one in inlines if not isinstance(one, Run)] == [
        "11.7",
        "{{ score.none }}",
    ]


def test_points_have_as_many_decimals_as_they_need() -> None:
    assert [values().points(Fraction(one)) for one in ("15", "4.5", "0.25")] == [
        "15",
        "4.5",
        "0.25",
    ]
    assert values("brazil").score("legal") is None
    assert values("peru").score("legal") == "3.9"


def test_a_country_that_the_wording_does_not_name_has_the_name_of_the_language() -> None:
    of = values()
    unnamed = of.wording.model_copy(update={"countries": {}})
    assert replace(of, wording=unnamed).name("brazil") == "Brazil"
    assert replace(of, wording=unnamed).form("peru", "of") == "Peru’s"


@pytest.mark.parametrize(
    ("countries", "cards", "right"),
    [
        # The cards in the language, whoever else has scores
        ({"peru": "PE", "colombia": "CO"}, ("peru",), "PE"),
        ({"peru": "PE", "colombia": "CO"}, ("colombia",), "CO"),
        ({"ecuador": "EC", "colombia": "CO"}, ("colombia", "ecuador"), "EC"),
        # They differ: as in Latin America
        ({"peru": "PE", "colombia": "CO"}, ("peru", "colombia"), "419"),
        # No cards: those that have scores
        ({"colombia": "CO"}, (), "CO"),
        ({"peru": "PE", "colombia": "CO"}, (), "419"),
        # Not of countries
        ({"north": "", "south": ""}, ("north", "south"), ""),
    ],
)
def test_what_belongs_to_no_card_is_written_as_the_cards_are(
    countries: dict[str, str], cards: tuple[str, ...], right: str
) -> None:
    given = content()
    peru = given.scores["peru"]
    scores = {
        name: replace(peru, model=peru.model.model_copy(update={"country": code}))
        for name, code in countries.items()
    }
    carded = dict.fromkeys(cards, given.cards["peru"])
    changed = replace(given, scores=scores, cards=carded)
    assert shared_country(changed, "es") == right
    tongue = scoreboard_values(changed, "es").tongue
    marks = {values_of(changed, name, "es").tongue.number(Decimal("11.7")) for name in cards}
    assert len(marks) != 1 or marks == {tongue.number(Decimal("11.7"))}
    assert style(changed, "es").marks == tongue.numbers.marks


def test_a_form_that_the_wording_lacks_is_made_of_its_name() -> None:
    of = values()
    forms = of.wording.countries["peru"].model_copy(update={"of": None, "name": "L'Pérou"})
    lacking = of.wording.model_copy(update={"countries": {"peru": forms}})
    assert replace(of, wording=lacking).form("peru", "of") == "L’Pérou’s"


def test_the_values_of_a_card_come_from_its_own_files() -> None:
    of = values_of(content(), "peru", "es")
    assert of.standings == ("total", "legal", "policies", "enforcement")
    assert of.categories["legal"] == (
        "definitions",
        "ownership",
        "licences",
        "machinery",
        "mercury",
    )
    assert (of.tongue.language, of.tongue.country) == ("es", "PE")
    assert of.tongue.house is content().edition.model.languages["es"]
    assert of.wording is content().wordings["es"].model
    assert values_of(content(), "colombia", "es").tongue.country == "CO"
    assert [of.results[name].ranks["total"] for name in ("peru", "colombia", "bolivia")] == [
        2,
        1,
        5,
    ]
