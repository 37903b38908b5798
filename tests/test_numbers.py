"""Numbers are read and written by language, country and house, and compared between languages."""

from decimal import Decimal
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from reportcard.build.pipeline import check
from reportcard.checks.numbers import conflicts
from reportcard.checks.passages import passages
from reportcard.checks.quantities import discrepancies
from reportcard.content.markdown import parse_prose
from reportcard.content.model import House
from reportcard.content.shelf import Sourced
from reportcard.content.tree import BLOCK, Text
from reportcard.language.literals import same_number, typed_score
from reportcard.language.locales import Tongue
from reportcard.language.numbers import Number, NumberStyle
from reportcard.language.packs import pack
from reportcard.language.translated_numbers import translated_numbers
from reportcard.pdf.glyphs import Style, Word
from reportcard.problems.problem import Problem
from reportcard.review.read.tokens import tokens

from .conftest import Copy

TABLE = YAML(typ="safe").load(Path(__file__).with_name("data") / "numbers.yaml")
EN, ES = "content/peru/en.yaml", "content/peru/es.yaml"


def style(code: str, decimal: str | None = None) -> NumberStyle:
    """That of a language and country, as `es-PE`; Portuguese and a language alone are in Peru."""
    language, _, country = code.partition("-")
    house = House.model_validate({"decimal": decimal, "before_numbers": ("Article",)})
    return Tongue(code if language == "pt" else language, country or "PE", house).numbers


def only(code: str, text: str) -> Number:
    (number,) = style(code).read(text)
    return number


LITERALS = [
    (code, literal.replace("~", "\u00a0").replace("_", "\u202f"), *rest)
    for code, rows in TABLE.items()
    for literal, *rest in rows
]


@pytest.mark.parametrize(("code", "literal", "value", "unit", "is_written"), LITERALS)
def test_a_literal_is_read_and_written_as_its_country_does(
    code: str, literal: str, value: str, unit: str, is_written: bool
) -> None:
    number = only(code, f"Text ({literal}) text")
    assert (number.phrase, number.offset) == (literal, 6)
    assert str(number.value) == value
    assert ("rank" if number.is_rank else number.unit) == unit
    assert not number.is_foreign
    assert number.has_decimals == ("." in f"{number.mantissa:f}")
    if is_written:
        assert literal.startswith(style(code).write(number.value))


def test_the_table_is_as_long_as_it_has_to_be() -> None:
    assert len(LITERALS) >= 200
    assert len(TABLE) == 10


@given(
    st.sampled_from(sorted(TABLE)),
    st.sampled_from([None, ".", ","]),
    st.decimals(
        allow_nan=False, allow_infinity=False, places=2, min_value=-(10**9), max_value=10**9
    )
    | st.integers(-(10**12), 10**12).map(Decimal),
)
def test_what_is_written_is_read_as_the_same_number(
    code: str, decimal: str | None, value: Decimal
) -> None:
    its = style(code, decimal)
    written = its.write(value)
    (number,) = its.read(f"es {written} %")
    assert (number.value, number.typed, number.is_foreign) == (value, written, False)
    assert number.unit == "percent"


@pytest.mark.parametrize(
    ("code", "literal", "value"),
    [
        ("es-PE", "139.169", "139.169"),
        ("es-CO", "139.169", "139169"),
        ("es-PE", "139,169", "139169"),
        ("es-CO", "139,169", "139.169"),
        ("en", "0,125", "0.125"),
        ("es-CO", "0.125", "0.125"),
        ("fr", "139.169", "139169"),
    ],
)
def test_the_country_decides_what_may_be_two_numbers(code: str, literal: str, value: str) -> None:
    assert str(only(code, literal).value) == value


@pytest.mark.parametrize(
    ("code", "literal", "value"),
    [
        ("en", "66,9", "66.9"),
        ("es-PE", "1.234.567", "1234567"),
        ("es-PE", "1.234,5", "1234.5"),
        ("es-CO", "1,234.5", "1234.5"),
        ("es-CO", "11.7", "11.7"),
    ],
)
def test_marks_of_another_language_are_known_as_such(code: str, literal: str, value: str) -> None:
    number = only(code, literal)
    assert (str(number.value), number.is_foreign) == (value, True)


@pytest.mark.parametrize(
    "text",
    [
        "1,23,4",
        "1.2.3",
        "24.11.2026",
        "24/11/2026",
        "2026-11-24",
        "014-92-EM",
        "003-2025-IN",
        "#208",
        "M2.5",
        "8155729/6827926",
    ],
)
@pytest.mark.parametrize("code", sorted(TABLE))
def test_what_is_no_number_is_left_alone(code: str, text: str) -> None:
    assert style(code).read(f"text {text} text") == ()


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("2021-2024", ["2021", "2024"]),
        ("2021–2024", ["2021", "2024"]),
        ("10 -12", ["10", "12"]),
        ("from −5 to -3", ["-5", "-3"]),
        ("(–2.5 %)", ["-2.5"]),
        ("it fell –5 of them– again", ["5"]),
        ("it fell –5.5 of them– again", ["5.5"]),
        ("5 − 3", ["5", "3"]),
        ("COVID-19", ["19"]),
        ("twenty-five of thirty", ["25", "30"]),
        ("the second-largest, 3rd", ["3"]),
        ("139km2", ["139"]),
        ("1.5 million", ["1500000"]),
    ],
)
def test_signs_ranges_and_words_are_told_apart(text: str, values: list[str]) -> None:
    assert [str(number.value) for number in style("en").read(text)] == values


@pytest.mark.parametrize(
    ("text", "is_name"),
    [
        ("version 2.0", True),
        ("Version 2.0", True),
        ("CC BY 4.0", True),
        ("Law No. 27651", True),
        ("Law 27651", True),
        ("Article 7", True),
        ("by 2.0", False),
        ("lawsuits 7", False),
    ],
)
def test_numbers_that_name_are_no_figures(text: str, is_name: bool) -> None:
    assert only("en", text).is_name is is_name


#: Two languages, a sentence in each, and what differs.
PAIRS = [
    ("en", "Keep a register. No. 1.", "es-PE", "Llevar un registro. N.º 1."),
    ("en", "139,169 hectares and 1,234.5 tonnes", "es-CO", "139.169 hectáreas y 1.234,5 toneladas"),
    ("en", "139,169 hectares", "es-PE", "139,169 hectáreas"),
    ("en", "139,169 hectares", "es-PE", "139 169 ha"),
    ("en", "139,169 hectares of forest", "es-EC", "139.169 de bosque, en hectáreas"),
    ("en", "grew by 66.9%", "es-PE", "creció en 66.9 %"),
    ("en", "grew by 66.9 percent", "es-CO", "creció en 66,9 por ciento"),
    ("en", "grew by 66.9%", "pt-BR", "cresceu 66,9%"),
    ("en", "between 2 and 3%", "es-PE", "entre el 2 % y el 3 %"),
    ("en", "2–3%", "es-PE", "de 2 a 3 %"),
    ("en", "2 or 3 million", "es-PE", "2 millones o 3 millones"),
    ("en", "8.2 million people", "es-PE", "8,200,000 personas"),
    ("en", "3 billion", "es-MX", "3 mil millones"),
    ("en", "from 2021 to 2024", "es-PE", "2021-2024"),
    ("en", "3 countries, the 2nd and third", "es-PE", "tres países, el segundo y el 3.º"),
    ("en", "one in 5", "es-PE", "1 de cada cinco"),
    ("en", "both of its 3 laws", "es-PE", "sus dos leyes, de 3"),
    ("en", "two weeks", "es-PE", "quince días"),
    ("en", "15 days", "es-PE", "quince días"),
    ("en", "fifteen days", "pt-BR", "quinze dias"),
    ("en", "at least 5 degrees", "es-PE", "al menos 5 grados"),
    ("en", "about 5 degrees", "es-PE", "más o menos 5 grados"),
    ("en", "no less than 5 degrees", "es-PE", "nada menos que 5 grados"),
    ("en", "at least −5 degrees", "es-PE", "al menos −5 grados"),
    ("en", "at least −5 degrees", "es-PE", "al menos 5 grados bajo cero"),
    ("en", "5,000.5 tonnes", "es-BO", "5.000,5 toneladas"),
    ("en", "5,000.5 tonnes", "es-MX", "5,000.5 toneladas"),
    ("en-GB", "5,000.5 tonnes", "pt-BR", "5.000,5 toneladas"),
    ("en", "a fall of −3.5%", "es-PE", "una caída de -3.5 %"),
    ("en", "1,391 km²", "fr", "1\u202f391 kilomètres carrés"),
    ("en", "version 2.0", "es-CO", "versión 2.0"),
    ("en", "the 21st century.", "es-PE", "el siglo XXI."),
    ("en", "chapter 4, part IX", "es-PE", "capítulo IV, parte 9"),
    ("en", "goal 16.4", "es-CO", "meta 16.4"),
    ("en", "8.2 million hectares", "nl", "8,2 miljoen hectare"),
    ("en", "8.2 million hectares", "de", "8,2 Mio. Hektar"),
    ("en", "300 laws", "es-PE", "trescientas leyes"),
    ("en", "300 laws", "pt-BR", "trezentas leis"),
    ("en", "two hundred and fifty-one", "es-PE", "doscientos cincuenta y uno"),
    ("en", "two hundred and fifty-one", "pt-BR", "duzentos e cinquenta e um"),
    ("en", "251 rivers", "pt-BR", "duzentos e cinquenta e um rios"),
    ("en", "1,205 people", "es-PE", "mil doscientas cinco personas"),
    ("en", "two thousand five hundred", "es-PE", "2500"),
    ("en", "two hundred thousand hectares", "es-PE", "doscientas mil hectáreas"),
    ("en", "nine hundred million", "pt-BR", "novecentos milhões"),
    ("en", "1,000 miners", "es-PE", "mil mineros"),
    ("en", "1,000 miners", "pt-BR", "mil garimpeiros"),
    ("en", "a billion", "es-PE", "mil millones"),
    ("en", "a million hectares", "es-PE", "1 000 000 de hectáreas"),
    ("en", "a hundred days", "es-PE", "100 días"),
    ("en", "100 days", "es-PE", "cien días"),
    ("en", "100 days", "pt-BR", "cem dias"),
    ("en", "100 days", "es-PE", "un centenar de días"),
    ("en", "ten percent of them", "es-PE", "el diez por ciento"),
    ("en", "since the 1990s", "es-PE", "desde los años noventa"),
    ("en", "since the 1990s", "es-PE", "desde la década de 1990"),
    ("en", "since the 1990s", "es-PE", "desde los años 90"),
    ("en", "since the nineties", "es-PE", "desde la década de los noventa"),
    ("en", "since the '90s", "es-PE", "desde la década de 1990"),
    ("en", "since the 1990s", "pt-BR", "desde os anos 1990"),
    ("en", "since the 1990s", "pt-BR", "desde os anos noventa"),
    ("en", "at −5 degrees", "es-PE", "a 5 grados bajo cero"),
    ("en", "at −5 °C", "es-PE", "a 5 °C bajo cero"),
    ("en", "at −5 °C", "es-PE", "a menos 5 °C"),
    ("en", "at −5 degrees", "es-PE", "a menos cinco grados"),
    ("en", "at minus 5 °C", "es-PE", "a −5 °C"),
    ("en", "at minus 5 °C", "pt-BR", "a menos 5 °C"),
    ("en", "at −5 °C", "fr", "à moins 5 °C"),
    ("en", "ten minus 5 hectares", "es-PE", "diez menos 5 hectáreas"),
    ("en", "at five degrees below zero", "es-PE", "a −5 °C"),
    ("en", "at −5 degrees", "pt-BR", "a 5 graus abaixo de zero"),
    ("en", "12 laws", "es-PE", "una docena de leyes"),
    ("en", "two dozen laws", "es-PE", "24 leyes"),
    ("en", "a dozen laws", "pt-BR", "12 leis"),
    ("en", "half of them", "es-PE", "el 50 % de ellos"),
    ("en", "50% of them", "es-PE", "la mitad de ellos"),
    ("en", "50% of them", "pt-BR", "metade deles"),
    ("en", "half a million", "es-PE", "500 000"),
    ("en", "twice as many", "es-PE", "el doble"),
    ("en", "2 times as many", "es-PE", "el doble"),
    ("en", "twice as many", "pt-BR", "2 vezes mais"),
    ("en", "a third of the four", "es-PE", "un tercio de los cuatro"),
    ("en", "two thirds", "es-PE", "las dos terceras partes"),
    ("en", "S/ 5 million", "es-PE", "5 millones de soles"),
    ("en", "PEN 5", "es-PE", "S/5"),
    ("en", "US$ 5 million", "es-PE", "5 millones de dólares"),
    ("en", "$5 million", "es-PE", "USD 5 millones"),
    ("en", "US$5", "pt-BR", "5 dólares"),
    ("en", "R$ 5", "pt-BR", "5 reais"),
    ("en", "€5 million", "es-PE", "5 millones de euros"),
    ("en", "5 Colombian pesos", "es-CO", "COP 5"),
    ("en", "5 bolivianos", "es-BO", "5 bolivianos"),
    ("en", "5 ounces", "es-PE", "5 onzas troy"),
    ("en", "5 tons", "es-PE", "5 toneladas"),
    ("en", "5 mg", "es-PE", "5 miligramos"),
    ("en", "41 °F", "es-PE", "41 grados Fahrenheit"),
    ("en", "8.2 million", "es-CO", "8,2 millones"),
]
FAULTY_PAIRS = [
    ("en", "grew by −66.9%", "es-PE", "creció en 66.9 %", "sign"),
    ("en", "grew by 66,9%", "es-PE", "creció en 66.9 %", "mark"),
    ("en", "grew by 66.9%", "es-PE", "creció en 66,9 %", "mark"),
    ("en", "139,169 hectares", "es-PE", "139.169 hectáreas", "mark"),
    ("en", "139.169 hectares", "es-CO", "139.169 hectáreas", "mark"),
    ("en", "97.5‰ of them", "es-PE", "el 97.5 %", "unit"),
    ("en", "97.5 of them", "es-PE", "el 97.5 %", "unit"),
    ("en", "139,169 km²", "es-PE", "139,169 hectáreas", "unit"),
    ("en", "11.7%", "es-CO", "11.7 %", "mark"),
    ("en", "the 21st century", "es-PE", "el siglo XX", "alone"),
    ("en", "1,234 tonnes", "pt-BR", "1.234 quilogramas", "unit"),
    ("en", "8.2 million others", "es-PE", "otros 8.2", "magnitude"),
    ("en", "8.2 million", "es-PE", "8.2 mil millones", "magnitude"),
    ("en", "3 billion", "es-MX", "3 billones", "magnitude"),
    ("en", "the third of them", "es-PE", "el cuarto de ellos", "word"),
    ("en", "in three countries", "es-PE", "en cuatro países", "word"),
    ("en", "in three countries", "pt-BR", "em quatro países", "word"),
    ("en", "by 2030", "es-PE", "al 2035", "alone"),
    ("en", "238,860 people", "es-PE", "283,860 personas", "alone"),
    ("en", "139,169 hectares", "fr", "139\u202f619 hectares", "alone"),
    ("en", "two hundred laws", "es-PE", "trescientas leyes", "word"),
    ("en", "two hundred laws", "pt-BR", "trezentas leis", "word"),
    ("en", "a thousand miners", "es-PE", "cien mineros", "word"),
    ("en", "at −5 degrees", "es-PE", "a 5 grados", "sign"),
    ("en", "at −5 degrees", "es-PE", "al menos 5 grados", "sign"),
    ("en", "at −5 degrees", "es-PE", "al\u00a0menos 5 grados", "sign"),
    ("en", "at −5 degrees", "es-PE", "por lo menos 5 grados", "sign"),
    ("en", "at −5 degrees", "es-PE", "cuando menos 5 grados", "sign"),
    ("en", "at −5 degrees", "es-PE", "más o menos 5 grados", "sign"),
    ("en", "at −5 degrees", "pt-BR", "mais ou menos 5 graus", "sign"),
    ("en", "at −5 degrees", "pt-BR", "quando menos 5 graus", "sign"),
    ("en", "at −5 °C", "fr", "plus ou moins 5 °C", "sign"),
    ("en", "5,000.5 tonnes", "es-BO", "5,000.5 toneladas", "mark"),
    ("en", "5,000.5 tonnes", "es-MX", "5.000,5 toneladas", "mark"),
    ("en-GB", "5.000,5 tonnes", "es-EC", "5.000,5 toneladas", "mark"),
    ("en", "at −5 degrees", "es-PE", "a menos 6 grados", "alone"),
    ("en", "−5 degrees", "pt-BR", "pelo menos 5 graus", "sign"),
    ("en", "at −5 degrees", "pt-BR", "a 5 graus", "sign"),
    ("en", "S/ 5 million", "es-PE", "5 millones de dólares", "unit"),
    ("en", "PEN 5", "es-PE", "US$ 5", "unit"),
    ("en", "R$ 5", "pt-BR", "US$ 5", "unit"),
    ("en", "5 euros", "es-PE", "5 soles", "unit"),
    ("en", "5 bolivianos", "es-BO", "5 dólares", "unit"),
    ("en", "5 pesos", "es-CO", "5 dólares", "unit"),
    ("en", "5 °C", "es-PE", "5 °F", "unit"),
    ("en", "5 degrees Celsius", "es-PE", "5 grados Fahrenheit", "unit"),
    ("en", "5 ppm", "es-PE", "5 ppb", "unit"),
    ("en", "5 mg", "es-PE", "5 µg", "unit"),
    ("en", "5 milligrams", "pt-BR", "5 microgramas", "unit"),
    ("en", "5 grams", "es-PE", "5 kilogramos", "unit"),
    ("en", "5 tonnes", "es-PE", "5 onzas", "unit"),
    ("en", "8.2 million", "es-CO", "8.2 millones", "mark"),
    ("en", "8.2 million", "es-EC", "8.2 millones", "mark"),
]
#: Hints are set against what they may mean; a number that they do not mean is told by itself.
UNLIKE_HINTS = [
    ("12 laws", "una decena de leyes"),
    ("since the 1980s", "desde los años noventa"),
    ("75% of them", "la mitad de ellos"),
    ("3 times as many", "el doble"),
    ("300 laws", "doscientas leyes"),
    ("1,000 miners", "cien mineros"),
]


def told(one: str, text: str, other: str, translation: str) -> list[str]:
    read = ((style(one), text), (style(other), translation))
    return [found.kind for found in discrepancies(*(translated_numbers(*its) for its in read))]


@pytest.mark.parametrize(("one", "text", "other", "translation"), PAIRS)
def test_what_means_the_same_in_two_languages_is_not_told(
    one: str, text: str, other: str, translation: str
) -> None:
    assert told(one, text, other, translation) == []
    assert told(other, translation, one, text) == []


@pytest.mark.parametrize(("one", "text", "other", "translation", "kind"), FAULTY_PAIRS)
def test_what_differs_between_languages_is_named(
    one: str, text: str, other: str, translation: str, kind: str
) -> None:
    # A numeral that only names is not told by itself.
    is_pair = kind == "alone" and "siglo" not in translation
    expected = [kind] * (2 if is_pair else 1)
    assert told(one, text, other, translation) == expected
    assert told(other, translation, one, text) == expected


@pytest.mark.parametrize(("text", "translation"), UNLIKE_HINTS)
def test_a_number_that_a_word_cannot_mean_is_told(text: str, translation: str) -> None:
    assert told("en", text, "es-PE", translation) == ["alone"]
    assert told("es-PE", translation, "en", text) == ["alone"]


def found(copy: Copy) -> list[Problem]:
    return list(check(copy.workspace, (), layout=False))


@pytest.mark.long
@pytest.mark.parametrize(
    ("old", "new", "number", "said"),
    [
        ("by 66.9%", "by −66.9%", "−66.9", "66.9 in es have different signs"),
        ("by 66.9%", "by 66,9%", "66,9", "66.9 in es have different decimal separators"),
        (
            "139,169 hectares nationwide, 97.5%",
            "139,169 hectares nationwide, 97.5‰",
            "97.5‰",
            "97.5 % in es have different units",
        ),
        ("139,169 hectares", "139,169 km²", "139,169 km²", "139,169 hectáreas in es have"),
        ("sustain 8.2 others", "sustain 8.2 million others", "8.2 million", "8.2 in es differ in"),
    ],
)
def test_the_sentence_is_told_at_its_number(
    copy: Copy, old: str, new: str, number: str, said: str
) -> None:
    line, column = copy.edit(EN, old, new)
    at = column + new.index(number)
    problems = [one for one in found(copy) if one.code == "NUMBER-LANGUAGES"]
    assert {one.place.file for one in problems} == {EN, ES}
    (here,) = [one for one in problems if one.place.file == EN]
    assert (here.place.line, here.place.column) == (line, at)
    assert f"{number} here and {said}" in str(here.message)


FIGURES = {
    "en": "Mining took 139,169 hectares and 1,234.5 tonnes of soil.",
    "es": "La minería ocupó 139.169 hectáreas y 1.234,5 toneladas de suelo.",
}


CARD = """\
title: Colombia
status: draft
overall: {{result: "{}"}}
dimensions:
  legal: {{findings: …}}
  policies: {{findings: …}}
  enforcement: {{findings: …}}
"""


@pytest.mark.long
@pytest.mark.parametrize(
    ("change", "codes"),
    [
        (("no", "change"), set()),
        (("139.169", "139,169"), {"NUMBER-LANGUAGES"}),
        (("1.234,5", "1,234.5"), {"NUMBER-LANGUAGES", "TYPE-DECIMAL"}),
        (("139.169", "1,139,169"), {"NUMBER-LANGUAGES", "TYPE-DECIMAL"}),
    ],
)
def test_colombia_writes_as_colombia_does(
    copy: Copy, change: tuple[str, str], codes: set[str]
) -> None:
    for language, text in FIGURES.items():
        (copy.root / f"content/colombia/{language}.yaml").write_text(
            CARD.format(text.replace(*change)), encoding="utf-8"
        )
    about = {
        one.code
        for one in found(copy)
        if one.place.file.startswith("content/colombia/") and one.code.startswith(("N", "TYPE"))
    }
    assert about == codes


# --- ordinals -------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "es", "pt-BR", "fr", "nl", "de"])
def test_each_language_has_thirty_ordinals_that_are_all_different(language: str) -> None:
    ranks = style(language).ranks
    assert ranks
    for gender in "mf":
        words = [ranks.word(number, gender) for number in range(1, 31)]
        assert None not in words
        assert len(set(words)) == 30
    assert ranks.word(31, "m") is ranks.word(0, "m") is None


@pytest.mark.parametrize(
    ("language", "number", "gender", "is_short", "word"),
    [
        ("es", 1, "m", True, "primer"),
        ("es", 1, "m", False, "primero"),
        ("es", 1, "f", True, "primera"),
        ("es", 3, "m", True, "tercer"),
        ("es", 3, "f", False, "tercera"),
        ("es", 4, "m", True, "cuarto"),
        ("es", 11, "m", True, "decimoprimer"),
        ("es", 13, "m", True, "decimotercer"),
        ("es", 13, "f", True, "decimotercera"),
        ("es", 23, "m", True, "vigesimotercer"),
        ("pt-BR", 1, "m", True, "primeiro"),
        ("pt-BR", 11, "f", False, "décima primeira"),
        ("fr", 1, "m", False, "premier"),
        ("fr", 1, "f", False, "première"),
        ("fr", 2, "f", False, "deuxième"),
        ("nl", 1, "f", True, "eerste"),
        ("nl", 22, "m", False, "tweeëntwintigste"),
        ("de", 1, "m", False, "erste"),
        ("en", 22, "f", False, "twenty-second"),
    ],
)
def test_an_ordinal_has_gender_and_a_short_form(
    language: str, number: int, gender: str, is_short: bool, word: str
) -> None:
    ranks = style(language).ranks
    assert ranks
    assert ranks.word(number, gender, is_short=is_short) == word
    assert (word, number) in dict(ranks.read()).items()


SENTENCE = "el Perú ocupa el {{ rank.total | ordinal('m', short) }} lugar,"


@pytest.mark.long
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("el Perú ocupa el {{ rank.total | ordinal }} lugar,", 'the rank before "lugar"'),
        ("el Perú ocupa el {{ rank.total | ordinal('m') }} lugar,", 'the rank before "lugar"'),
        ("es el {{ rank.total | ordinal }} mejor puntaje,", 'the rank before "puntaje"'),
        ("el Perú tiene el tercero lugar,", '"tercero" before "lugar"'),
        ("el Perú está en el primero puesto,", '"primero" before "puesto"'),
        ("el Perú es el tercero mayor productor,", '"tercero" before "productor"'),
        ("Decimotercero informe: el Perú,", '"Decimotercero" before "informe"'),
    ],
)
def test_a_long_ordinal_before_a_masculine_noun_is_told(copy: Copy, text: str, said: str) -> None:
    line, column = copy.edit(ES, SENTENCE, text)
    (problem,) = [one for one in found(copy) if one.code == "RANK-SHORT"]
    assert said in str(problem.message)
    word = "{{" if "{{" in text else said.split('"')[1]
    assert (problem.place.line, problem.place.column) == (line, column + text.index(word))
    advised = "ordinal('m', short) }}" if word == "{{" else word[:-1]
    assert advised in str(problem.advice)


@pytest.mark.long
@pytest.mark.parametrize(
    "text",
    [
        "el Perú es el {{ rank.total | ordinal }},",
        "el Perú es el {{ rank.total | ordinal }} de cinco países,",
        "el Perú ocupa el {{ rank.total | ordinal }} y pasa al siguiente lugar,",
        "el Perú está en la {{ rank.total | ordinal('f') }} posición,",
        "el Perú está en el {{ rank.total | ordinal(short) }} puesto,",
        "el Perú es el tercero de la lista,",
        "el Perú es el primero, lugar que comparte,",
        "el Perú tiene el segundo lugar,",
        "el Perú afecta a un tercero planteado así,",
        "el Perú obtuvo el tercer lugar,",
    ],
)
def test_an_ordinal_in_its_right_form_is_not_told(copy: Copy, text: str) -> None:
    copy.edit(ES, SENTENCE, text)
    assert [one for one in found(copy) if one.code in ("RANK-SHORT", "PROSE-VALUE")] == []


def test_a_language_without_short_forms_is_left_alone() -> None:
    for language in ("en", "pt", "fr", "nl", "de"):
        known = pack(language)
        assert known
        assert known.numbers
        assert known.numbers.ranks
        assert not known.numbers.ranks.short


# --- comparison and intake ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("12,5", "12.5", True),
        ("1.000", "1,000", True),
        ("1,000", "1000", True),
        ("139 169", "139.169", True),
        ("1\u202f234,5", "1,234.5", True),
        ("0.80", "0.8", True),
        ("−5", "-5", True),
        ("0.800", "0.8", True),
        ("1.234,567", "1234.567", True),
        ("12.5", "125", False),
        ("−5", "5", False),
        ("1.000", "1", False),
        ("1,23,4", "1234", False),
    ],
)
def test_the_comparison_knows_a_number_in_another_style(
    one: str, other: str, is_same: bool
) -> None:
    assert same_number(one, other) is is_same


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("unas 139 169 hectáreas", ["unas", "139 169", "hectáreas"]),
        ("1 234 567,8 en", ["1 234 567,8", "en"]),
        ("artículos 6 y 700", ["artículos", "6", "y", "700"]),
        ("en 2024 100 casos", ["en", "2024", "100", "casos"]),
        ("12.5 300", ["12.5", "300"]),
    ],
)
def test_the_comparison_takes_parted_thousands_for_one_number(text: str, found: list[str]) -> None:
    style = Style("Font", 9.5, bold=False, italic=False, colour="#000000")
    words = [Word(word, 1, 10 * at, 0, 9, 4, style, 1) for at, word in enumerate(text.split())]
    read = tokens(words)
    assert [token.text for token in read] == found
    assert [token.is_number for token in read] == [word[0].isdigit() for word in found]
    assert [number for token in read for number in token.words] == list(range(len(words)))


@pytest.mark.parametrize(
    ("text", "score"),
    [("0,855", "0.855"), ("1.234", "1.234"), (".5", "0.5"), ("4.0", "4.0"), ("12", "12")]
    + [(text, None) for text in ("", ".", "5.", "1,2.3", "-1", "5 %", "1e3", "½", "٣")],
)
def test_a_score_in_a_table_has_decimals_after_its_only_mark(text: str, score: str | None) -> None:
    read = typed_score(text)
    assert (None if read is None else str(read)) == score


# --- one value for one quantity -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("prose", "found"),
    [
        ("| Station | Change |\n| --- | --- |\n| One | 12.5% |\n| Two | 21.5% |", []),
        ("| Station | Change |\n| --- | --- |\n| One | 12.5% |\n\nIt fell by 21.5%.", ["21.5"]),
        ("::: box A\n| One | 4,288 |\n| --- | --- |\n| Two | 4,296 |\n:::", []),
        (
            "| A | 12.5% |\n| --- | --- |\n| B | C |\n\n| A | 21.5% |\n| --- | --- |\n| B | C |",
            ["21.5"],
        ),
        ("It fell by 12.5%.\n\nIt fell by 21.5%.", ["21.5"]),
    ],
)
def test_cells_of_one_table_are_quantities_of_their_own(prose: str, found: list[str]) -> None:
    read, faults = parse_prose(Text(prose, "a.yaml", BLOCK), "peru/context", "“”‘’")
    assert faults == ()
    card = Sourced(cast(Any, None), cast(Any, None), b"", {"context": read})
    told = conflicts(list(passages(card, "en")), style("en-US"))
    assert [str(one.message).split(" ")[0].removesuffix("%") for one in told] == found
