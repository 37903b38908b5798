"""A language is added by files alone; what is not translated yet falls back on the source only
where the edition allows it, marked.
"""

import re
from collections.abc import Callable

import pikepdf
import pypdfium2
import pytest

from reportcard.build.pipeline import build, check
from reportcard.build.request import Order, Outcome
from reportcard.errors import ExitCode
from reportcard.workspace.media import Medium

from .conftest import Copy, copy_workspace
from .test_tagging import structure

Run = Callable[..., tuple[int, str, str]]

WORDING = """\
language: Português
edition:
  programme: Revisão da Governança do Ouro na Amazônia
overall:
  heading: Avaliação geral
labels:
  draft: Rascunho
  provisional: provisório
  gauge: "{name}: {score} de {maximum}"
ordinals:
  m: [primeiro, segundo, terceiro, quarto, quinto, sexto, sétimo, oitavo, nono, décimo]
  f: [primeira, segunda, terceira, quarta, quinta, sexta, sétima, oitava, nona, décima]
countries:
  peru: {name: Peru, of: do Peru, the: o Peru}
"""
CARD = """\
title: Ficha de avaliação do Peru
status: draft
overall:
  result: |
    No conjunto, o Peru ocupa o {{ rank.total | ordinal('m') }} lugar, com {{ score.total }} de \
{{ max.total }} pontos.
"""


@pytest.fixture
def portuguese(copy: Copy) -> Copy:
    return with_portuguese(copy)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> tuple[Copy, Outcome]:
    """A workspace with the third language, and what came of building the card in it."""
    copy = with_portuguese(copy_workspace(tmp_path_factory.mktemp("third") / "workspace"))
    order = Order(copy.root / "output", languages=("pt-BR",), media=tuple(Medium))
    return copy, build(copy.workspace, order)


def with_portuguese(copy: Copy, code: str = "pt-BR") -> Copy:
    """A workspace with a third language, which may be called by the code of another."""
    copy.edit(
        "content/edition.yaml",
        "source_language: en",
        f'  {code}:\n    quotes: “”‘’\n    units: ["%"]\n    fallback: true\nsource_language: en',
    )
    (copy.root / f"content/wording/{code}.yaml").write_text(WORDING, encoding="utf-8")
    (copy.root / f"content/peru/{code}.yaml").write_text(CARD, encoding="utf-8")
    return copy


@pytest.mark.slow
def test_a_card_with_a_handful_of_translated_fields_builds(
    published: tuple[Copy, Outcome],
) -> None:
    copy, outcome = published
    assert outcome.code is ExitCode.OK, [
        str(problem) for problem in outcome.problems if problem.severity == "error"
    ]
    pages = pypdfium2.PdfDocument(copy.root / "output/peru-report-card-pt-BR.pdf")
    text = " ".join(" ".join(page.get_textpage().get_text_range() for page in pages).split())
    assert "Ficha de" in text
    assert "o Peru ocupa o segundo lugar, com 11,7 de 15 pontos." in text
    assert "[en] The pages that follow set out" in text
    assert text.count("[en] ") > 100
    assert "[en] No conjunto" not in text


@pytest.mark.slow
def test_what_falls_back_is_marked_as_the_language_it_is_in(
    published: tuple[Copy, Outcome],
) -> None:
    copy, _ = published
    with pikepdf.open(copy.root / "output/peru-report-card-pt-BR.pdf") as pdf:
        assert str(pdf.Root.Lang) == "pt-BR"
        assert [str(element.Lang) for element in structure(pdf) if "/Lang" in element].count(
            "en"
        ) > 100


@pytest.mark.slow
def test_the_other_languages_are_as_before(portuguese: Copy) -> None:
    outcome = build(portuguese.workspace, Order(portuguese.root / "output", languages=("en", "es")))
    for path in outcome.written:
        text = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(path))
        assert "[en]" not in text


@pytest.mark.long
def test_a_final_card_has_no_field_of_another_language(portuguese: Copy) -> None:
    portuguese.edit("content/peru/pt-BR.yaml", "status: draft", "status: final")
    outcome = build(portuguese.workspace, Order(portuguese.root / "output"))
    (problem,) = [one for one in outcome.problems if one.severity == "error"]
    assert (problem.code, str(problem.place)) == ("FALLBACK-FINAL", "content/peru/pt-BR.yaml:2:9")
    assert re.search(r"translated into pt-BR: ([\w.-]+, ){3}\d+ more\.", str(problem.message))
    assert outcome.written == ()


def test_without_leave_of_the_edition_nothing_falls_back(portuguese: Copy) -> None:
    portuguese.edit("content/edition.yaml", "    fallback: true\n", "")
    codes = {problem.code for problem in check(portuguese.workspace, (), layout=False)}
    assert "CONTENT-MISSING" in codes


@pytest.mark.slow
def test_a_file_that_is_not_there_falls_back_whole(portuguese: Copy) -> None:
    (portuguese.root / "content/peru/pt-BR.yaml").unlink()
    outcome = build(portuguese.workspace, Order(portuguese.root / "output", languages=("pt-BR",)))
    assert outcome.code is ExitCode.OK, [
        str(problem) for problem in outcome.problems if problem.severity == "error"
    ]


@pytest.mark.long
def test_the_status_counts_what_is_missing(portuguese: Copy, run: Run) -> None:
    code, out, _ = run(
        "translations", "status", "peru", "--language", "pt-BR", "--workspace", str(portuguese.root)
    )
    assert code == ExitCode.DIFFERENT
    assert "peru, en to pt-BR: 0 current · 0 kept · 2 stale · 125 missing · 0 orphaned" in out


@pytest.mark.slow
def test_a_mistake_in_the_new_language_is_told_there(portuguese: Copy) -> None:
    portuguese.edit("content/peru/pt-BR.yaml", "{{ score.total }}", "{{ score.totl }}")
    found = [
        problem
        for problem in check(portuguese.workspace, (), layout=False)
        if problem.severity == "error"
    ]
    assert [(problem.code, problem.place.file) for problem in found] == [
        ("PROSE-VALUE", "content/peru/pt-BR.yaml")
    ]
