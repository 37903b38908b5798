"""Sentences of every kind that can contradict the data, false and true beside each other: a false
one is found at its words, and nothing is said of the others.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from pathlib import Path
from types import MappingProxyType

import pytest
import yaml

from reportcard.checks import claims
from reportcard.checks.claims.reader import Reader
from reportcard.checks.claims.standings import Standings
from reportcard.checks.claims.vocabulary import Vocabulary
from reportcard.checks.passages import PlainPassage
from reportcard.checks.scores import check as check_scores
from reportcard.content.loading import Content, load
from reportcard.content.markdown import parse_prose
from reportcard.content.tree import Scalar, Text
from reportcard.content.wording import Ordinals
from reportcard.language.claim_words import ClaimWords
from reportcard.language.locales import Tongue
from reportcard.language.packs import pack
from reportcard.problems.problem import Problem, Severity
from reportcard.scores.values import Values, values_of
from reportcard.workspace.workspace import Workspace

from .conftest import ROOT, Copy

DATA = Path(__file__).parent / "data"
MARK = "^"
EARLIER = {"2024": {"total": Fraction("10.9"), "legal": Fraction("3.9")}}


@dataclass(frozen=True)
class Case:
    """A sentence of a field, where its faults are, and whether anything at all may be said."""

    language: str
    country: str
    kind: str
    field: str
    text: str
    faults: tuple[int, ...]
    is_harmless: bool

    @property
    def name(self) -> str:
        return f"{self.language}: {self.text}"


def cases(language: str) -> Iterator[Case]:
    for group in yaml.safe_load((DATA / f"claims-{language}.yaml").read_text(encoding="utf-8")):
        field, country = group.get("field", "overall.result"), group.get("country", "peru")
        for key in ("false", "true", "harmless"):
            for marked in group.get(key, ()):
                parts = marked.split(MARK)
                ends = [len("".join(parts[: index + 1])) for index in range(len(parts) - 1)]
                assert bool(ends) is (key == "false"), marked
                yield Case(
                    language,
                    country,
                    group["kind"],
                    field,
                    "".join(parts),
                    tuple(ends),
                    key == "harmless",
                )


EVERY = [case for language in ("en", "es", "pt") for case in cases(language)]


@cache
def content() -> Content:
    found = load(Workspace(ROOT)).content
    assert found
    return found


@cache
def reader(language: str, country: str = "peru") -> Reader:
    known = pack(language)
    assert known
    assert known.claims
    given = values_of(content(), country, language if language in content().wordings else "es")
    peru = replace(given.results["peru"], earlier=EARLIER)
    values = replace(given, results=MappingProxyType({**given.results, "peru": peru}))
    if language == "pt":
        values = portuguese(values)
    return Reader(
        Vocabulary.of(known.claims, values), Standings(values), known.claims.omits_subject, "2026"
    )


def portuguese(values: Values) -> Values:
    """The Spanish wording with what Portuguese sentences name."""
    wording = values.wording
    names = {"peru": "Peru", "brazil": "Brasil", "colombia": "Colômbia", "ecuador": "Equador"}
    ordinals = {
        "m": ("primeiro", "segundo", "terceiro", "quarto", "quinto", "sexto"),
        "f": ("primeira", "segunda", "terceira", "quarta", "quinta", "sexta"),
    }
    countries = {
        key: forms.model_copy(update={"name": names.get(key, "Bolívia")})
        for key, forms in wording.countries.items()
    }
    changed = wording.model_copy(
        update={
            "countries": MappingProxyType(countries),
            "ordinals": Ordinals.model_construct(**ordinals),
        }
    )
    house = values.tongue.house
    return replace(values, wording=changed, tongue=Tongue("pt", "BR", house))


def problems(language: str, field: str, text: str, country: str = "peru") -> list[Problem]:
    prose, found = parse_prose(
        Text(text, "a.yaml", Scalar(((1, 1),), "|")), f"{country}/{field}", "«»“”"
    )
    assert found == ()
    (paragraph,) = prose.paragraphs()
    passage = PlainPassage(f"{country}/{field}", field, language, paragraph.inlines)
    return list(reader(language, country).problems(passage))


@pytest.mark.parametrize("case", EVERY, ids=lambda case: case.name)
def test_a_sentence_is_told_where_it_contradicts_the_data_and_nowhere_else(case: Case) -> None:
    told = problems(case.language, case.field, case.text, case.country)
    wrong = [one.place.column - 1 for one in told if one.severity is Severity.ERROR]
    assert sorted(wrong) == list(case.faults), [str(one) for one in told]
    assert not (case.is_harmless and told), [str(one) for one in told]


# --- the whole card -------------------------------------------------------------------------------

TOTALS = {"colombia": "12.5", "peru": "11.7", "brazil": "11.5", "ecuador": "10.1", "bolivia": "8.3"}
#: What the real card says of totals: the words at which it would be told, the side and the
#: countries.
SAID = {
    "en": (
        ("after", "after", ["colombia"]),
        ("before", "before", ["brazil", "ecuador", "bolivia"]),
    ),
    "es": (
        ("después de", "after", ["colombia"]),
        ("antes de", "before", ["brazil", "ecuador", "bolivia"]),
    ),
}


def moved(country: str, other: str, *, above: bool) -> dict[str, Fraction]:
    """All totals, one of them just above or below another."""
    totals = {name: Fraction(total) for name, total in TOTALS.items()}
    step = Fraction(1, 10)
    totals[country] = totals[other] + (step if above else -step)
    return totals


def false_words(language: str, totals: dict[str, Fraction]) -> set[str]:
    """The words of the card that became false, worked out from the totals alone."""
    peru = totals["peru"]
    return {
        word
        for word, side, countries in SAID[language]
        if any(
            (totals[name] <= peru) if side == "after" else (totals[name] >= peru)
            for name in countries
        )
    }


def with_totals(copy: Copy, totals: dict[str, Fraction]) -> None:
    """The workspace with other totals, ranks and countries ahead as the check asks for them."""
    order = sorted(totals, key=lambda name: -totals[name])
    for name, total in totals.items():
        if name != "peru":
            old = f"total: {TOTALS[name]}"
            copy.edit(f"content/{name}/scores.yaml", old, f"total: {float(total):.1f}")
    ahead = [name for name in order if totals[name] > totals["peru"]]
    scores = "content/peru/scores.yaml"
    copy.edit(scores, "ranks: {total: 2,", f"ranks: {{total: {len(ahead) + 1},")
    copy.edit(scores, "ahead: {total: [colombia],", f"ahead: {{total: [{', '.join(ahead)}],")
    copy.edit(scores, "total: 11.7", f"total: {float(totals['peru']):.1f}")
    # What Peru gains or loses, it does by as much in each category that is a placeholder: the
    # dimensions stay in their order.
    path = copy.root / scores
    text = path.read_text(encoding="utf-8")
    placeholders = re.findall(r"(?m)^  ([a-z-]+): (0\.\d)$", text)
    gain = (totals["peru"] - Fraction(TOTALS["peru"])) / len(placeholders)
    for category, score in placeholders:
        new = float(Fraction(score) + gain)
        text = text.replace(f"  {category}: {score}\n", f"  {category}: {new:.4f}\n")
    path.write_text(text, encoding="utf-8")


MOVES = [
    (country, other, above)
    for country in TOTALS
    for other in TOTALS
    for above in (True, False)
    if country != other
]


@pytest.mark.parametrize(("country", "other", "above"), MOVES)
def test_a_total_that_moves_makes_just_the_sentences_false_that_it_contradicts(
    copy: Copy, country: str, other: str, above: bool
) -> None:
    totals = moved(country, other, above=above)
    if len(set(totals.values())) < len(totals):
        pytest.skip("two countries would be tied")
    with_totals(copy, totals)
    found = load(copy.workspace).content
    assert found
    assert list(check_scores(found)) == []
    told = list(claims.card(found, "peru"))
    wrong = {
        language: {
            word
            for problem in told
            if problem.place.file.endswith(f"/{language}.yaml")
            for word, _, _ in SAID[language]
            if words_at(copy, problem).startswith(word)
        }
        for language in SAID
    }
    assert wrong == {language: false_words(language, totals) for language in SAID}
    assert len(told) == sum(map(len, wrong.values()))


def words_at(copy: Copy, problem: Problem) -> str:
    lines = (copy.root / problem.place.file).read_text(encoding="utf-8").split("\n")
    return lines[problem.place.line - 1][problem.place.column - 1 :]


def test_a_country_that_overtook_is_no_longer_behind_though_names_are_values(copy: Copy) -> None:
    copy.edit("content/brazil/scores.yaml", "total: 11.5", "total: 11.8")
    copy.edit("content/peru/scores.yaml", "ranks: {total: 2,", "ranks: {total: 3,")
    copy.edit(
        "content/peru/scores.yaml",
        "ahead: {total: [colombia],",
        "ahead: {total: [colombia, brazil],",
    )
    found = load(copy.workspace).content
    assert found
    told = list(claims.card(found, "peru"))
    assert [(one.code, one.place.file) for one in told] == [
        ("CLAIM-ORDER", "content/peru/en.yaml"),
        ("CLAIM-ORDER", "content/peru/es.yaml"),
    ]
    assert [words_at(copy, one).split(" {{")[0] for one in told] == ["before", "antes de"]


def test_a_score_that_fell_since_an_earlier_edition_did_not_rise(copy: Copy) -> None:
    scores = copy.root / "content/peru/scores.yaml"
    with scores.open("a", encoding="utf-8") as file:
        file.write('earlier: {"2023": {total: 9.0}, "2024": {total: 12.0}}\n')
    copy.edit(
        "content/peru/en.yaml",
        "it scores {{ score.total }}",
        "the score rose by {{ change.total }} points, and it scores {{ score.total }}",
    )
    found = load(copy.workspace).content
    assert found
    (problem,) = claims.card(found, "peru")
    assert (problem.code, words_at(copy, problem)[:4]) == ("CLAIM-CHANGE", "rose")
    assert str(problem.message) == (
        '"rose" contradicts the scores: the score was 12.0 in 2024 and is now 11.7.'
    )


def test_each_language_has_sentences_enough_and_true_ones_beside_the_false() -> None:
    for language, least in (("en", 150), ("es", 150), ("pt", 40)):
        own = [case for case in EVERY if case.language == language]
        assert len(own) >= least
        for kind in {case.kind for case in own} - {"harmless"}:
            false = sum(bool(case.faults) for case in own if case.kind == kind)
            assert false >= 4
            assert sum(not case.faults for case in own if case.kind == kind) >= 3
    assert sum(case.is_harmless and case.language == "en" for case in EVERY) >= 60


@pytest.mark.parametrize(
    "part",
    [
        "Peru ",
        "Peru, ",
        "ahead of Peru and ",
        "Peru (11.7), ",
        "the score ",
        "is ",
        "total ",
        "of ",
        "ranks third of five in the region and ",
        "Legal Frameworks ",
        "with 11.7, ",
        "Chile ",
    ],
)
def test_a_sentence_without_end_is_left_alone_without_delay(part: str) -> None:
    """By its length: what is as long as a sentence can be is read to its end."""
    assert problems("en", "overall.result", f"Peru {part * (90_000 // len(part))}") == []
    problems("en", "overall.result", f"Peru ranks {part * (1_900 // len(part))}third, maybe")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("El Perú ocupa el segundo lugar.", "rank.total | ordinal('m', short)"),
        ("El Perú es segundo.", "rank.total | ordinal"),
        ("El Perú ocupa la segunda posición.", "rank.total | ordinal('f')"),
        ("Bolivia ocupa el cuarto puesto.", "ranks.bolivia.total | ordinal('m', short)"),
        ("El Perú ocupa el tercer lugar.", "rank.total | ordinal('m', short)"),
        ("Brasil ocupa el tercer lugar.", "ranks.brazil.total | ordinal('m', short)"),
        ("El Perú ocupa la cuarta posición.", "rank.total | ordinal('f')"),
    ],
)
def test_the_value_for_a_rank_has_the_form_that_its_place_needs(text: str, value: str) -> None:
    """Tercer lugar, not tercero lugar; tercera posición."""
    (found,) = problems("es", "overall.result", text)
    assert f"{{{{ {value} }}}}" in str(found.advice)


def test_words_may_be_a_list_or_a_text_with_commas() -> None:
    listed = ClaimWords(points=("point", "full points"), of=("of",))
    written = ClaimWords.model_validate({"points": "point,\n  full\n  points,\n", "of": ["of"]})
    assert written == listed


@pytest.mark.parametrize(
    ("text", "is_true"),
    [
        ("Peru scores lowest in Legal Frameworks.", True),
        ("Peru has the lowest score in Legal Frameworks.", True),
        ("Peru scores highest in Legal Frameworks.", False),
        ("Peru's lowest score is in Legal Frameworks.", False),
    ],
)
def test_the_lowest_in_a_dimension_may_be_of_the_region_or_of_its_own_scores(
    text: str, is_true: bool
) -> None:
    """Peru is last in Legal Frameworks, though its own lowest score is in Mining Policies."""
    usual = reader("en")
    results = usual.standings.values.results
    last = replace(results["peru"], ranks={**results["peru"].ranks, "legal": 5})
    values = replace(usual.standings.values, results={**results, "peru": last})
    changed = replace(usual, standings=Standings(values))
    prose, _ = parse_prose(Text(text, "a.yaml", Scalar(((1, 1),), "|")), "peru/overall.result", "")
    (paragraph,) = prose.paragraphs()
    passage = PlainPassage("peru/overall.result", "overall.result", "en", paragraph.inlines)
    assert (list(changed.problems(passage)) == []) is is_true
