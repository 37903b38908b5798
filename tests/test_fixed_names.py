"""A name of the glossary that a source has is demanded of its translation, and nothing else is."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from reportcard.checks.fixed_names import missing_names
from reportcard.checks.passages import PlainPassage
from reportcard.content.loading import Content
from reportcard.content.markdown import parse_prose
from reportcard.content.tree import BLOCK, Text

MINAMATA = ("Minamata Convention on Mercury", "Convenio de Minamata sobre el Mercurio")
TERMS = (
    MINAMATA,
    ("Minamata Convention", "Acuerdo de Minamata"),
    ("Scoreboard", "Tablero"),
    ("Official Gazette", "El Peruano"),
    ("OECD", "OCDE"),
    ("Peru", "Perú"),
    ("dredges", "dragas"),
    ("Report Card", "ficha de evaluación"),
)


def content() -> Content:
    terms = {
        str(number): SimpleNamespace(names={"en": source, "es": target}, avoid={}, note=None)
        for number, (source, target) in enumerate(TERMS)
    }
    glossary = SimpleNamespace(model=SimpleNamespace(terms=terms))
    return cast(Any, SimpleNamespace(glossary=glossary))


def passage(text: str, language: str, path: str) -> PlainPassage:
    prose, _ = parse_prose(Text(text, "", BLOCK), "peru/x", "“”‘’")
    return PlainPassage("peru/x", path, language, next(prose.paragraphs()).inlines)


@pytest.mark.parametrize(
    ("source", "translation", "missing"),
    [
        ("It ratified the Minamata Convention on Mercury.", "Ratificó el Convenio.", MINAMATA[1]),
        ("… the **Minamata** Convention on\u00a0Mercury.", "… la Convención.", MINAMATA[1]),
        ("On the Scoreboard, it is third.", "En la tabla, es tercero.", "Tablero"),
        ("OECD guidance is law.", "Las guías de la OECD son ley.", "OCDE"),
        ("See the Official Gazette.", "Vea el Diario Oficial.", "El Peruano"),
        ("Gold from Peru is sold.", "El oro peruano se vende.", "Perú"),
        # the same words, as the glossary has them or as grammar makes them
        (f"The {MINAMATA[0]} holds.", f"Rige el **Convenio** de {MINAMATA[1][12:]}.", ""),
        (f"The {MINAMATA[0]} holds.", f"Rige el {MINAMATA[1]}.".replace(" ", "\u00a0"), ""),
        ("In the Official Gazette.", "Aviso del Peruano.", ""),
        ("The Scoreboard’s rows", "Los tableros", ""),
        ("ALL ON THE OECD", "TODO SOBRE LA OCDE", ""),
        # not a name there
        ("Scoreboard keepers wait.", "Los marcadores esperan.", ""),
        ("A scoreboard broke.", "Se rompió un marcador.", ""),
        ("Many dredges sank.", "Se hundió una draga.", ""),
        ("A Report Card of mines", "Una evaluación de minas", ""),
        # the longer name alone is meant; a value may be the name; a title stays as it is
        (f"The {MINAMATA[0]} holds.", f"Rige el {MINAMATA[1]}.", ""),
        ("Gold from Peru is sold.", "El oro {{ country.of }} se vende.", ""),
        (f"Read *The {MINAMATA[0]}*.", f"Lea *The {MINAMATA[0]}*.", ""),
        (f"Read The {MINAMATA[0]}.", f"Lea [The {MINAMATA[0]}]{{lang=en}}.", ""),
        (f"Read The {MINAMATA[0]}.", f"Lea The {MINAMATA[0]}.", MINAMATA[1]),
        (f"As [the {MINAMATA[0]}]{{lang=fr}} says", "Como se dice", ""),
    ],
)
def test_names_are_demanded_and_no_other_words(source: str, translation: str, missing: str) -> None:
    texts = passage(source, "en", "context"), passage(translation, "es", "context")
    assert [target for _, target in missing_names(content(), *texts)] == [missing] * bool(missing)


def test_a_note_may_keep_the_name_in_a_title() -> None:
    title = f"UNEP, {MINAMATA[0]}: Text, 2019."
    texts = passage(title, "en", "notes.a"), passage(title, "es", "notes.a")
    assert not list(missing_names(content(), *texts))
