"""Nouns and articles that agree with the number or country beside them, and some that do not."""

import pytest

from reportcard.checks import agreement
from reportcard.checks.passages import PlainPassage
from reportcard.content.markdown import parse_prose
from reportcard.content.tree import Scalar, Text
from reportcard.scores.values import values_of

from .test_claims import content, portuguese

#: ^ stands before the words at which a fault is told.
PLURALS = [
    ("en", "It obtained ^1 points."),
    ("en", "It scored ^{{ ranks.colombia.total }} points."),
    ("en", "With ^1 points, it comes second."),
    ("en", "It obtained 1 point."),
    ("en", "It obtained 1.0 points."),
    ("en", "It obtained 0 points."),
    ("en", "It obtained 11 points, 2.1 points more."),
    ("en", "It scored {{ max.total }} points."),
    ("en", "Article 1 points to the law."),
    ("en", "Between 0 and 1 points are lost."),
    ("es", "Obtuvo ^1 puntos."),
    ("es", "Obtuvo ^{{ ranks.colombia.total }} puntos."),
    ("es", "Obtuvo 1 punto."),
    ("es", "Obtuvo 0 puntos."),
    ("es", "Obtuvo 1,0 puntos."),
    ("pt", "Obteve ^1 pontos."),
    ("pt", "Obteve 1 ponto."),
]
ARTICLES = [
    ("es", "La ley ^de el Perú."),
    ("es", "Supera ^a el Perú."),
    ("es", "Aquí ^la Perú gana."),
    ("es", "Aquí ^la {{ countries.peru.name }} gana."),
    ("es", "La ley ^de {{ countries.peru.the }}."),
    ("es", "Aquí ^el Bolivia gana."),
    ("es", "La ley del Perú, y al Perú le va."),
    ("es", "Aquí el Perú gana."),
    ("es", "Aquí la Bolivia de hoy gana."),
    ("es", "Aquí el Brasil gana."),
    ("es", "Aquí la Perú Verde gana."),
    ("es", "Aquí la Perú-Brasil es una ruta."),
    ("es", "Va de El Salvador a Bolivia."),
    ("en", "It has ^a 11.5."),
    ("en", "It has ^an 10.1."),
    ("en", "It is ^a {{ score.total }}-point total."),
    ("en", "It is ^an {{ scores.ecuador.total }} total."),
    ("en", "It has ^a 8-point lead and an 80 beside ^an 9."),
    ("en", "^A 11.5 is good. ^An 12 is better."),
    ("en", "It is ^a eighth of it, ^an third place and ^an one-point lead."),
    ("en", "It costs ^a $8 million fee, or an $11 fee more than ^a 18,000 one."),
    ("en", "It came ^a 11th and ^an 12th."),
    ("en", "It has an 11.5, an 8.3, a 10.1, an 18 and a 110."),
    ("en", "It is an {{ score.total }}-point total, a {{ scores.ecuador.total }}."),
    ("en", "It is an 80-page report, an 800-page one and an 8,000-page one."),
    ("en", "It is a one-point lead, an eight-point lead and an eleventh place."),
    ("en", "It took an hour for a UN expert with a euro and a useful one."),
    ("en", "Category A 8 is empty, and 6(a) 8 and point a. 8 too."),
    ("en", "An 1100 law, a 1,100-page law and a 1805 law."),
    ("en", "It went from 8 a 11, and a 0.8 is an 0.8."),
    ("en", "A $1 fee, a $100 fee and an $8 fee."),
    ("pt", "A lei ^de o Peru."),
    ("pt", "Vive ^em o Peru."),
    ("pt", "Aqui ^os Peru ganha."),
    ("pt", "A lei do Peru."),
    ("pt", "Aqui a Bolívia ganha."),
]


def told(language: str, marked: str) -> tuple[list[int], list[int]]:
    """Where faults of a sentence are, and where they are told."""
    parts = marked.split("^")
    prose, _ = parse_prose(
        Text("".join(parts), "a.yaml", Scalar(((1, 1),), "|")), "peru/overall.result", "«»“”"
    )
    (paragraph,) = prose.paragraphs()
    passage = PlainPassage("peru/overall.result", "overall.result", language, paragraph.inlines)
    values = values_of(content(), "peru", language if language in content().wordings else "es")
    values = portuguese(values) if language == "pt" else values
    places = [len("".join(parts[: at + 1])) for at in range(len(parts) - 1)]
    return places, sorted(one.place.column - 1 for one in agreement.problems(passage, values))


@pytest.mark.parametrize(("language", "text"), PLURALS + ARTICLES)
def test_a_noun_or_article_that_does_not_agree_is_told(language: str, text: str) -> None:
    places, found = told(language, text)
    assert found == places
