"""Sentences of every kind that can contradict the data, false and true beside each other: a false
one is found at its words, and nothing is said of the others.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from pathlib import Path
from types import MappingProxyType

import pytest
import yaml

from reportcard.checks.claims.reader import Reader
from reportcard.checks.claims.standings import Standings
from reportcard.checks.claims.vocabulary import Vocabulary
from reportcard.checks.passages import PlainPassage
from reportcard.content.loading import Content, load
from reportcard.content.markdown import parse_prose
from reportcard.content.tree import Scalar, Text
from reportcard.language.locales import Tongue
from reportcard.language.packs import pack
from reportcard.problems.problem import Problem, Severity
from reportcard.scores.values import Values, values_of
from reportcard.workspace.workspace import Workspace

from .conftest import ROOT

DATA = Path(__file__).parent / "data"
MARK = "^"
EARLIER = {"2024": {"total": Fraction("10.9"), "legal": Fraction("3.9")}}


@dataclass(frozen=True)
class Case:
    """A sentence of a field, where its faults are, and whether anything at all may be said."""

    language: str
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
        field = group.get("field", "overall.result")
        for key in ("false", "true", "harmless"):
            for marked in group.get(key, ()):
                parts = marked.split(MARK)
                ends = [len("".join(parts[: index + 1])) for index in range(len(parts) - 1)]
                assert bool(ends) is (key == "false"), marked
                yield Case(
                    language, group["kind"], field, "".join(parts), tuple(ends), key == "harmless"
                )


EVERY = [case for language in ("en", "es", "pt") for case in cases(language)]


@cache
def content() -> Content:
    found = load(Workspace(ROOT)).content
    assert found
    return found


@cache
def reader(language: str) -> Reader:
    known = pack(language)
    assert known
    assert known.claims
    given = values_of(content(), "peru", language if language in content().wordings else "es")
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
            "ordinals": wording.ordinals.model_copy(update=ordinals),
        }
    )
    house = values.tongue.house
    return replace(values, wording=changed, tongue=Tongue("pt", "BR", house))


def problems(language: str, field: str, text: str) -> list[Problem]:
    prose, found = parse_prose(
        Text(text, "a.yaml", Scalar(((1, 1),), "|")), f"peru/{field}", "«»“”"
    )
    assert found == ()
    (paragraph,) = prose.paragraphs()
    passage = PlainPassage(f"peru/{field}", field, language, paragraph.inlines)
    return list(reader(language).problems(passage))


@pytest.mark.parametrize("case", EVERY, ids=lambda case: case.name)
def test_a_sentence_is_told_where_it_contradicts_the_data_and_nowhere_else(case: Case) -> None:
    told = problems(case.language, case.field, case.text)
    wrong = [one.place.column - 1 for one in told if one.severity is Severity.ERROR]
    assert sorted(wrong) == list(case.faults), [str(one) for one in told]
    assert not (case.is_harmless and told), [str(one) for one in told]
