"""Quotation marks and opening signs: each fault beside sentences that have none."""

import pytest

from reportcard.build.pipeline import check
from reportcard.checks import quotes, typography
from reportcard.content.loading import load

from .conftest import Copy

EN, ES = "content/peru/en.yaml", "content/peru/es.yaml"
OLD = {EN: "On paper, the country has", ES: "En el papel, el país dispone"}


def found(copy: Copy, file: str, typed: str) -> list[str]:
    if file == EN:
        copy.edit("content/edition.yaml", "quotes: «»“”    ", "quotes: “”‘’    ")
    copy.edit(file, OLD[file], typed)
    content = load(copy.workspace).content
    assert content
    return [
        f"{one.code} {one.message}"
        for one in (*typography.card(content, "peru"), *quotes.card(content, "peru"))
        if one.code in ("TYPE-QUOTE", "TYPE-BRACKET", "TYPE-OPENING")
    ]


@pytest.mark.long
@pytest.mark.parametrize(
    ("file", "typed", "told"),
    [
        (ES, "El “oro” y el país dispone", "TYPE-QUOTE “ is only for a quotation within"),
        (ES, "El «oro» y el “mercurio” y el país dispone", "TYPE-QUOTE “ is only for"),
        (ES, "El „oro“ y el país dispone", "TYPE-QUOTE „ is not"),
        (EN, "The «gold» of the country has", "TYPE-QUOTE « is not"),
        (EN, "The „gold” of the country has", "TYPE-QUOTE „ is not"),
        (ES, "El «oro y el país dispone", 'TYPE-BRACKET unmatched "«"'),
        (ES, "El oro» y el país dispone", 'TYPE-BRACKET unmatched "»"'),
        (ES, "El «“oro» y el país dispone", 'TYPE-BRACKET unmatched "»"'),
        (EN, "The “gold of the country has", 'TYPE-BRACKET unmatched "“"'),
        (EN, 'The "gold of the country has', 'TYPE-BRACKET unmatched """'),
        (ES, 'El oro" y el país dispone', 'TYPE-BRACKET unmatched """'),
        (ES, "Por qué sube el oro? El país dispone", 'TYPE-OPENING this sentence ends in "?"'),
        (ES, "Qué sorpresa! El país dispone", 'TYPE-OPENING this sentence ends in "!"'),
        (ES, "¿Sube? Baja? El país dispone", 'TYPE-OPENING this sentence ends in "?"'),
        (ES, "«Por qué»? El país dispone", 'TYPE-OPENING this sentence ends in "?"'),
        (ES, "Sube en 2025? El país dispone", 'TYPE-OPENING this sentence ends in "?"'),
        (ES, "¿Por qué sube el oro. El país dispone", 'TYPE-OPENING "¿" has no closing "?"'),
        (ES, "¡Qué sorpresa. El país dispone", 'TYPE-OPENING "¡" has no closing "!"'),
    ],
)
def test_a_fault_is_a_warning_at_its_sign(copy: Copy, file: str, typed: str, told: str) -> None:
    assert [one for one in found(copy, file, typed) if one.startswith(told)] != []


@pytest.mark.long
@pytest.mark.parametrize(
    ("file", "typed"),
    [
        (ES, "El «oro “negro”» y el país dispone"),
        (ES, "El 'oro' y el \"mercurio\" y el país dispone"),
        (ES, "El \"oro 'negro'\" y el país dispone"),
        (ES, "El [“gold” report]{lang=en} y el país dispone"),
        (ES, "El d’Orbigny y el país dispone"),
        (EN, "The miners’ gold and the country’s law has"),
        (EN, "The “gold ‘rush’” of the country has"),
        (EN, "Rock 'n' roll, the '90s, and the country has"),
        (EN, 'A pipe of 5" or 12" that the country has'),
        (EN, "Why? The country has"),
        (EN, "What a surprise! The country has"),
        (ES, "¿Por qué sube el oro? El país dispone"),
        (ES, "Si sube, ¿quién gana?; si baja, ¿quién pierde? El país dispone"),
        (ES, "¿Qué dice el art. 5? El país dispone"),
        (ES, "¡Qué sorpresa! ¡¡Y otra!! ¿¡Cómo!? El país dispone"),
        (ES, "¡Qué dices? El país dispone"),
        (ES, "El oro (?) y el mercurio (!) y el país dispone"),
        (ES, "[Why?]{lang=en} El país dispone"),
        (ES, "Vea <https://example.org/?a=b> y el país dispone"),
    ],
)
def test_what_is_right_raises_no_alarm(copy: Copy, file: str, typed: str) -> None:
    assert found(copy, file, typed) == []


@pytest.mark.long
def test_titles_in_notes_may_have_the_marks_of_their_language(copy: Copy) -> None:
    copy.edit(ES, "  dl-1100: Perú.", "  dl-1100: «Why “gold”?». Perú. Gold! 2014. Why? 2015.")
    assert [one.code for one in check(copy.workspace, (), layout=False) if "TYPE" in one.code] == []


@pytest.mark.long
def test_the_quotes_of_german_are_balanced(copy: Copy) -> None:
    copy.edit("content/edition.yaml", "quotes: «»“”\n", "quotes: „“‚‘\n")
    told = found(copy, ES, "Das „Gold“ und das país dispone")
    assert [one for one in told if "BRACKET" in one] == []


@pytest.mark.long
def test_each_may_be_waived(copy: Copy) -> None:
    assert found(copy, ES, "Por qué sube el oro? El país dispone") != []
    copy.edit(ES, "notes:\n", "waivers:\n  context:\n    TYPE-OPENING: Una cita.\nnotes:\n")
    codes = {one.code for one in check(copy.workspace, (), layout=False)}
    assert not {"TYPE-OPENING", "WAIVER-UNUSED", "WAIVER-INVALID"} & codes
