"""Every rule finds its fault, planted in the real card, at its place; and passes the real card and
harmless edits of it.
"""

import ast
import json
import re
from collections.abc import Callable

import pytest

from reportcard.build.pipeline import check
from reportcard.checks.placeholders import BEGINNING, NOTE
from reportcard.content.segments import NOTHING
from reportcard.messages.catalogue import speaking
from reportcard.problems.handbook import handbook
from reportcard.problems.problem import Problem
from reportcard.problems.registry import every_rule

from .catalogue import holes
from .conftest import ROOT, Copy

Run = Callable[..., tuple[int, str, str]]
EN, ES, SCORES, WORDING = (
    "content/peru/en.yaml",
    "content/peru/es.yaml",
    "content/peru/scores.yaml",
    "content/wording/es.yaml",
)


def found(copy: Copy) -> list[Problem]:
    return list(check(copy.workspace, (), layout=False))


@pytest.mark.long
def test_the_real_card_has_no_problem(copy: Copy) -> None:
    assert [str(problem) for problem in found(copy)] == []


#: Name: the code, file, what stands there, what is put instead, and the words of it at which the
#: fault is told.
FAULTS: dict[str, tuple[str, str, str, str, str]] = {
    "label too long": (
        "LABEL-LENGTH",
        WORDING,
        "name: Regulación del mercurio",
        "name: Regulación del mercurio y de todas las demás sustancias químicas que se emplean",
        "Regulación",
    ),
    "score typed": (
        "SCORE-TYPED",
        EN,
        "it scores {{ score.total }} of",
        "it scores 11.7 of",
        "11.7",
    ),
    "score contradicted": (
        "SCORE-CONTRADICTED",
        EN,
        "it scores {{ score.total }} of",
        "it scores 11.9 of",
        "11.9",
    ),
    "score of a neighbour typed": (
        "SCORE-TYPED",
        ES,
        "({{ scores.colombia.total }})",
        "(12.5)",
        "12.5",
    ),
    "rank typed": ("SCORE-TYPED", EN, "ranks {{ rank.legal | ordinal }}", "ranks fourth", "fourth"),
    "rank contradicted": (
        "SCORE-CONTRADICTED",
        ES,
        "ocupa el {{ rank.legal | ordinal('m', short) }} lugar",
        "ocupa el quinto lugar",
        "quinto",
    ),
    "highest, and it is not": (
        "CLAIM-ORDER",
        EN,
        "the country received a perfect score.",
        "the country received a perfect score, the highest score in the region.",
        "highest score",
    ),
    "lowest, and it is not": (
        "CLAIM-ORDER",
        EN,
        "Peru received the **highest score in the region**",
        "Peru received the **lowest score in the region**",
        "lowest score",
    ),
    "lowest dimension": (
        "CLAIM-ORDER",
        ES,
        "obtuvo el **puntaje más alto de la región**",
        "obtuvo su **puntaje más bajo**",
        "puntaje más bajo",
    ),
    "perfect, and none is": (
        "CLAIM-ORDER",
        EN,
        "Peru has its lowest score in",
        "Peru has its lowest score, a perfect score, in",
        "perfect score",
    ),
    "countries ahead typed wrong": (
        "CLAIM-ORDER",
        EN,
        "after {{ ahead.legal | list }}",
        "after Colombia and Bolivia",
        "after Colombia",
    ),
    "swapped digits within a card": (
        "NUMBER-CONFLICT",
        EN,
        "had passed 139,000 hectares",
        "had passed 139,619 hectares",
        "139,619",
    ),
    "percentage with swapped digits": (
        "NUMBER-CONFLICT",
        ES,
        "Casi toda (97.5 %)",
        "Casi toda (95.7 %)",
        "95.7",
    ),
    "number of one language": (
        "NUMBER-LANGUAGES",
        EN,
        "more than 238,860 formal",
        "more than 283,860 formal",
        "283,860",
    ),
    "year of one language": (
        "NUMBER-LANGUAGES",
        ES,
        "con horizonte al 2030",
        "con horizonte al 2035",
        "2035",
    ),
    "law with swapped digits": (
        "LAW-CONFLICT",
        EN,
        "Law No. 27651 sets no fixed term",
        "Law No. 27561 sets no fixed term",
        "27561",
    ),
    "law under two numbers": (
        "LAW-CONFLICT",
        EN,
        "The Consolidated Text of the General Mining Law (Supreme Decree No. 014-92-EM) sets",
        "The Consolidated Text of the General Mining Law (Supreme Decree No. 014-93-EM) sets",
        "014-93-EM",
    ),
    "source of the future": (
        "DATE-FUTURE",
        EN,
        "Amazon Mining Watch. Peru. 2025.",
        "Amazon Mining Watch. Peru. 2052.",
        "2052",
    ),
    "day to come": (
        "DATE-FUTURE",
        EN,
        "On paper, the country has",
        "On December 3, 2031, the country has",
        "December 3, 2031",
    ),
    "day to come, in Spanish": (
        "DATE-FUTURE",
        ES,
        "En el papel, el país dispone",
        "El 3 de diciembre de 2031 el país dispone",
        "3 de diciembre",
    ),
    "note twice": (
        "NOTE-TWICE",
        EN,
        "  law-27651-registries: Law No. 27651.",
        "  law-27651-registries: Peru. Legislative Decree No. 1107 (2012).",
        "law-27651-registries",
    ),
    "note called in one language": (
        "NOTE-LANGUAGES",
        ES,
        "prácticas más dañinas de la MAPE[^dl-1100].",
        "prácticas más dañinas de la MAPE[^dl-1100][^dl-1107].",
        "",
    ),
    "citation without its note": (
        "CITATION-UNTIED",
        EN,
        "([Balbuena et al., 2026]{cites=balbuena-2026})[^",
        "(Balbuena et al., 2026)[^",
        "(Balbuena",
    ),
    "institution unused": (
        "INSTITUTION-UNUSED",
        EN,
        "  mef: Ministry of Economy and Finance (MEF)",
        "  mef: Ministry of Economy and Finance (MEF)\n  mtpe: Ministry of Labor",
        "mtpe",
    ),
    "insecure link": (
        "LINK-INSECURE",
        EN,
        "<https://www.maaprogram.org/gold-mining-peru-amazon/>",
        "<http://www.maaprogram.org/gold-mining-peru-amazon/>",
        "",
    ),
    "tracking": (
        "LINK-TRACKING",
        EN,
        "gold-mining-peru-amazon/>",
        "gold-mining-peru-amazon/?utm_source=pdf>",
        "",
    ),
    "text fragment": (
        "LINK-FRAGMENT",
        EN,
        "advierte-arenas/>",
        "advierte-arenas/#:~:text=En%20el>",
        "",
    ),
    "acronym early": (
        "ACRONYM-EARLY",
        EN,
        "On the indicator for",
        "OEFA says so. On the indicator for",
        "OEFA",
    ),
    "acronym spelled out two ways": (
        "ACRONYM-TWICE",
        EN,
        "  minam: Ministry of the Environment (MINAM)",
        "  minam: Ministry of Natural Resources (MINAM)",
        "Ministry of Natural",
    ),
    "word that the glossary does not want": (
        "TERM-AVOIDED",
        ES,
        "En el papel, el país dispone",
        "Por su puntuación, el país dispone",
        "puntuación",
    ),
    "name of the glossary": (
        "TERM-MISSING",
        ES,
        "el Convenio de Minamata sobre el Mercurio",
        "el Acuerdo sobre el Mercurio",
        None,
    ),  # type: ignore[dict-item]
    "house spelling": (
        "HOUSE-WORD",
        ES,
        "En el papel, el país dispone",
        "En lo medioambiental, el país dispone",
        "medioambiental",
    ),
    "bullet lost": (
        "LANG-BLOCKS",
        ES,
        "      - El REINFO **omite información crítica**, incluidas",
        "        El REINFO **omite información crítica**, incluidas",
        None,
    ),  # type: ignore[dict-item]
    "link to another site": (
        "LINK-LANGUAGES",
        ES,
        "<https://www.maaprogram.org/gold-mining-peru-amazon/>",
        "<https://www.maapprogram.org/gold-mining-peru-amazon/>",
        None,
    ),  # type: ignore[dict-item]
    "bold lost": ("BOLD-LANGUAGES", ES, "**define con precisión**", "define con precisión", None),  # type: ignore[dict-item]
    "value lost": (
        "VALUE-LANGUAGES",
        EN,
        "before {{ countries.brazil.name }} ({{ scores.brazil.total }}),",
        "before {{ countries.brazil.name }},",
        None,
    ),  # type: ignore[dict-item]
    "Spanish in an English note": (
        "LANG-FOREIGN",
        EN,
        "Available at <https://www.maaprogram.org/gold",
        "Disponible en <https://www.maaprogram.org/gold",
        "Disponible",
    ),
    "Spanish in the English text": (
        "LANG-FOREIGN",
        EN,
        "On paper, the country has",
        "On paper, the país has",
        "país",
    ),
    "misspelled English": (
        "SPELL-WORD",
        EN,
        "met its first reporting duties",
        "met its first reporting dutties",
        "dutties",
    ),
    "misspelled Spanish": (
        "SPELL-WORD",
        ES,
        "La brecha entre el marco",
        "La brehca entre el marco",
        "brehca",
    ),
    "misspelled wording": (
        "SPELL-WORD",
        WORDING,
        "Al combinar indicadores",
        "Al convinar indicadores",
        "convinar",
    ),
    "quotes of another language": (
        "TYPE-QUOTE",
        ES,
        'el "Corredor Minero"',
        "el „Corredor Minero”",
        "„",
    ),
    "decimal comma in English": ("TYPE-DECIMAL", EN, "over 64.2% of", "over 64,2% of", "64,2"),
    "hyphen for a dash": ("TYPE-DASH", EN, "areas—even", "areas - even", "- even"),
    "two spaces": ("TYPE-SPACE", ES, "La brecha entre", "La  brecha entre", "brecha"),
    "space before a comma": (
        "TYPE-SPACE",
        EN,
        "On paper, the country has",
        "On paper , the country has",
        ", the country",
    ),
    "Spanish percent": ("TYPE-PERCENT", ES, "creció en 66.9 %", "creció en 66.9%", "9%"),
    "English percent": ("TYPE-PERCENT", EN, "grew by 66.9%", "grew by 66.9 %", "9 %"),
    "ordinal sign": (
        "TYPE-ORDINAL",
        ES,
        "La Ley N.º 27651 no fija",
        "La Ley Nº 27651 no fija",
        "Nº",
    ),
    "doubled word": (
        "TYPE-DOUBLED",
        EN,
        "the country has a legal",
        "the country has a a legal",
        "a legal",
    ),
    "article of a country": (
        "TYPE-ARTICLE",
        ES,
        "Otra fortaleza del Perú es",
        "Otra fortaleza de el Perú es",
        "de el Perú",
    ),
    "plural after one": (
        "TYPE-PLURAL",
        EN,
        "it scores {{ score.total }} of",
        "it scores 1 points, or {{ score.total }} of",
        "1 points",
    ),
    "bracket": (
        "TYPE-BRACKET",
        EN,
        "Nearly all of it (97.5%) lay",
        "Nearly all of it (97.5% lay",
        "(97",
    ),
    "an ellipsis alone": (
        "TEXT-PLACEHOLDER",
        EN,
        "  sutran: Superintendence of Land Transportation of People, Cargo and Goods (SUTRAN)",
        "  sutran: ...",
        "...",
    ),
    "waiver of nothing": (
        "WAIVER-UNUSED",
        EN,
        "notes:\n",
        "waivers:\n  context:\n    TYPE-DASH: Nothing.\nnotes:\n",
        "TYPE-DASH",
    ),
    "waiver of no rule": (
        "WAIVER-INVALID",
        EN,
        "notes:\n",
        "waivers:\n  context:\n    TYPE-DASHES: The author insists.\nnotes:\n",
        "TYPE-DASHES",
    ),
    "waiver of a rule that has none": (
        "WAIVER-INVALID",
        EN,
        "notes:\n",
        "waivers:\n  context:\n    FILE-MISSING: The author insists.\nnotes:\n",
        "FILE-MISSING",
    ),
}


def are_apart(one: str, other: str) -> bool:
    """Whether two faults have different codes and are planted in different words."""
    code, file, old, new, _ = FAULTS[one]
    its_code, its_file, its_old, its_new, _ = FAULTS[other]
    shared = {*old.split()} & {*its_old.split()}
    is_within = old in its_new or its_old in new
    return code != its_code and (file != its_file or not (shared or is_within))


def batches() -> list[list[str]]:
    """Faults that can be planted at once."""
    found: list[list[str]] = []
    for name in FAULTS:
        fitting = (them for them in found if len(them) < 6)
        batch = next((them for them in fitting if all(are_apart(name, one) for one in them)), [])
        if not batch:
            found.append(batch)
        batch.append(name)
    return found


@pytest.mark.long
@pytest.mark.parametrize("names", batches(), ids=", ".join)
def test_planted_faults_are_found_at_their_places(copy: Copy, names: list[str]) -> None:
    for name in names:
        copy.edit(*FAULTS[name][1:4])
    problems = found(copy)
    assert [str(problem) for problem in problems if holes(str(problem))] == []
    for name in names:
        code, file, _, new, words = FAULTS[name]
        text = (copy.root / file).read_text(encoding="utf-8")
        start = text.index(new)
        line = text.count("\n", 0, start) + 1
        mine = [one.place for one in problems if one.code == code and one.place.file == file]
        assert mine, (name, [str(problem) for problem in problems])
        if words:
            at = start + new.index(words)
            place = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
            assert place in {(one.line, one.column) for one in mine}, (name, mine)
        else:
            assert any(one.line <= line + 6 for one in mine), (name, mine)


@pytest.mark.long
def test_faults_of_the_source_are_each_found(copy: Copy) -> None:
    """The published card's own: note 3 without its call, the same notes twice, #2008, 11,7,
    “Disponible en” in English.
    """
    copy.edit(EN, "activity[^law-27651].", "activity.")
    copy.edit(
        EN,
        "the supply chain[^yearbook-2024].\n\n  By the middle",
        "the supply chain[^again].\n\n  By the middle",
    )
    text = (copy.root / EN).read_text(encoding="utf-8")
    start, end = text.index("  yearbook-2024: |"), text.index("  maap-223: |")
    (copy.root / EN).write_text(
        text.replace(
            "  maap-223: |", text[start:end].replace("yearbook-2024", "again") + "  maap-223: |"
        ),
        encoding="utf-8",
    )
    copy.edit(EN, "MAAP #208.", "MAAP #2008.")
    copy.edit(EN, "it scores {{ score.total }} of", "it scores 11,7 of")
    copy.edit(
        EN,
        "Available at <https://www.maaprogram.org/gold",
        "Disponible en <https://www.maaprogram.org/gold",
    )
    codes = {problem.code for problem in found(copy)}
    assert {
        "NOTE-UNUSED",
        "NOTE-TWICE",
        "NUMBER-LANGUAGES",
        "TYPE-DECIMAL",
        "SCORE-TYPED",
        "LANG-FOREIGN",
    } <= codes


#: Edits that a good editor may make: nothing may be said of them. Where a number or bold changes,
#: it changes in both languages.
HARMLESS: list[list[tuple[str, str, str]]] = [
    [(EN, "by mid-2025", "by the middle of 2025")],
    [
        (EN, "had passed 139,000 hectares", "had passed 139,100 hectares"),
        (ES, "superaba las 139,000", "superaba las 139,100"),
    ],
    [(EN, "some 139,169 hectares", "roughly 139,169 hectares")],
    [
        (EN, "On paper, the country has", "With 1.2 ppm in 15 km², the country has"),
        (ES, "En el papel, el país dispone", "Con 1.2 ppm en 15 km², el país dispone"),
    ],
    [(EN, "grew by 66.9%", "rose by 66.9%")],
    [(EN, "On paper, the country has", "In the first place, the country has")],
    [(ES, "En el papel, el país dispone", "En segundo lugar, el país dispone")],
    [(EN, "Even so, several", "All the same, several")],
    [(EN, "Also in 2025, the government", "In the same year (2025), the government")],
    [(EN, "and the activity keeps spreading", "and the activity is still spreading")],
    [(EN, "Law No. 27651 sets no fixed term", "The law (Law No. 27651) sets no fixed term")],
    [(EN, "It agreed that these", "The Office agreed that these")],
    [(EN, "Mining would become more responsible.", "Mining would thus become more responsible.")],
    [(ES, "Se lograría así una minería", "De ese modo se lograría una minería")],
    [(ES, "El monitoreo ambiental no basta.", "No basta el monitoreo ambiental.")],
    [(EN, "Monitoring the environment is not enough.", "Watching the environment is not enough.")],
    [
        (
            EN,
            "conflicts, working conditions, and effects",
            "conflicts, labor conditions, and effects",
        )
    ],
    [(EN, "Yet an estimated 68% of", "But an estimated 68% of")],
    [(EN, "In other words, much of", "That is, much of")],
    [
        (
            EN,
            "Loreto, Amazonas, Huánuco, Pasco, and Ucayali",
            "Ucayali, Pasco, Huánuco, Amazonas, and Loreto",
        )
    ],
    [
        (
            ES,
            "Loreto, Amazonas, Huánuco, Pasco y Ucayali",
            "Ucayali, Pasco, Huánuco, Amazonas y Loreto",
        )
    ],
    [(EN, "Investigative journalism shows", "Investigative reporting by Al Margen shows")],
    [(EN, "regional governor of Madre de Dios", "governor of Madre de Dios")],
    [(EN, "what happens on the ground[^", "what happens in the field[^")],
    [(EN, "the State has little capacity", "the state has little capacity")],
    [(EN, 'the "Mining Corridor",', "the 'Mining Corridor',")],
    [(ES, 'el "Corredor Minero",', "el 'Corredor Minero',")],
    [
        (
            EN,
            "areas—even in the Mining Corridor of Madre de Dios—and",
            "areas (even in the Mining Corridor of Madre de Dios) and",
        )
    ],
    [
        (
            ES,
            "designadas —incluso en el Corredor Minero de Madre de Dios— y",
            "designadas (incluso en el Corredor Minero de Madre de Dios) y",
        )
    ],
    [
        (
            EN,
            "  dl-1107: Peru. Legislative Decree No. 1107 (2012).",
            "  dl-1107: Legislative Decree No. 1107 of Peru (2012).",
        )
    ],
    [(EN, "Amazon Mining Watch. Peru. 2025.", "Amazon Mining Watch, Peru, 2025.")],
    [(EN, "?v=1749053631>", "?v=1749053632>"), (ES, "?v=1749053631>", "?v=1749053632>")],
    [(EN, "status: draft", "status: review")],
    [(EN, "**open to the public** as well", "also **open to the public**")],
    [(EN, "**Good faith as to the origin", "**Good faith about the origin")],
    [(EN, "the National Police (PNP), and", "the National Police (PNP) and")],
    [(EN, "SUNAT also keeps", "In addition, SUNAT keeps")],
    [(EN, "tighter controls on hazardous substances", "stricter controls on hazardous substances")],
    [(EN, "society and citizens can better monitor", "society and its citizens can monitor")],
    [
        (
            EN,
            "what Peru promised under the Minamata Convention",
            "what Peru has promised under the Minamata Convention",
        )
    ],
    [(EN, "over 64.2% of the value", "more than 64.2% of the value")],
    [(EN, "sustain 8.2 others", "sustain another 8.2")],
    [(EN, "therefore probably illegal", "therefore likely illegal")],
    [(ES, "y es, por tanto, probablemente ilegal", "y, en consecuencia, es probablemente ilegal")],
    [(ES, "Una de las respuestas del Gobierno peruano", "Otra respuesta del Gobierno peruano")],
    [(ES, "Con todo, se calcula", "No obstante, se calcula")],
    [(ES, "Sostuvo, además, más de", "Generó también más de")],
    [(ES, "unas 139,169 hectáreas", "cerca de 139,169 hectáreas")],
    [(EN, "Capture of this kind is not confined", "This capture is not confined")],
    [(EN, "Articles 6 and 7,", "Articles 6 and 7 of that law,")],
    [
        (
            EN,
            "# yaml-language-server: $schema=../../schema/card.json\n",
            "# yaml-language-server: $schema=../../schema/card.json\n# A remark of the editor.\n",
        )
    ],
    [
        (
            EN,
            "  Also in 2025, the government of Peru adopted a national strategy against",
            "  Also in 2025, the government of Peru\n  adopted a national strategy against",
        )
    ],
]


@pytest.mark.long
@pytest.mark.parametrize("first", range(4))
def test_harmless_edits_raise_no_alarm(copy: Copy, first: int) -> None:
    """A quarter of them at a time; what is told names the line."""
    for edits in HARMLESS[first::4]:
        for file, old, new in edits:
            copy.edit(file, old, new)
    assert [str(problem) for problem in found(copy)] == []


def test_there_are_enough_of_both() -> None:
    assert len(FAULTS) >= 40
    assert len(HARMLESS) >= 50


@pytest.mark.long
def test_a_waiver_waives_one_rule_on_one_field(copy: Copy) -> None:
    copy.edit(EN, "areas—even", "areas - even")
    assert {problem.code for problem in found(copy)} == {"TYPE-DASH"}
    copy.edit(EN, "notes:\n", "waivers:\n  context:\n    TYPE-DASH: The author insists.\nnotes:\n")
    assert found(copy) == []


@pytest.mark.slow
def test_a_begun_card_is_told_until_its_text_is_written(copy: Copy, run: Run) -> None:
    assert run("new", "guyana", "--workspace", str(copy.root))[0] == 0
    file = "content/guyana/es.yaml"

    def told() -> list[tuple[str, int]]:
        mine = [
            one
            for one in check(copy.workspace, ("guyana",), layout=False)
            if one.place.file == file
        ]
        return [(one.code, one.place.line) for one in mine]

    begun = (copy.root / file).read_text(encoding="utf-8")
    lines = [
        number
        for number, line in enumerate(begun.splitlines(), start=1)
        if line.strip() == BEGINNING
    ]
    assert len(lines) == 4
    assert told() == [("TEXT-PLACEHOLDER", number) for number in lines]
    assert every_rule()["TEXT-PLACEHOLDER"].severity == "warning"
    written = begun.replace(BEGINNING, "{{ country.name }} tiene leyes […] y «políticas…»…")
    (copy.root / file).write_text(written, encoding="utf-8")
    assert told() == []
    gaps = f"authors: [{NOTHING}]\ncontext: |\n  - …\n  - ...\nnotes:\n  its-id: {NOTE}\n"
    (copy.root / file).write_text(
        f"{written.replace('leyes', 'leyes[^its-id]', 1)}{gaps}", encoding="utf-8"
    )
    end = len(written.splitlines())
    # The empty blocks of a translation are one problem
    there = [line for code, line in told() if code == "TEXT-PLACEHOLDER"]
    assert there == [end + 1, end + 6]
    (copy.root / file).write_text(f"{written}context: |\n  ...\n", encoding="utf-8")
    assert ("TEXT-PLACEHOLDER", end + 2) in told()


@pytest.mark.long
def test_a_version_of_a_licence_is_no_decimal(copy: Copy) -> None:
    (copy.root / "content/ecuador/es.yaml").write_text(ECUADOR, encoding="utf-8")
    assert [
        str(one.place)
        for one in found(copy)
        if one.code == "TYPE-DECIMAL" and "es.yaml" in one.place.file
    ] == ["content/ecuador/es.yaml:7:5"]


#: In Ecuador decimals have a comma, and so has the wording as long as its card comes first.
ECUADOR = """\
title: Ficha del Ecuador
status: draft
overall:
  result: |
    CC BY 4.0, CC BY-NC-SA 3.0, Creative Commons Atribución 4.0, versión 2.1.

    4.0 puntos.
dimensions:
  legal: {findings: Leyes.}
  policies: {findings: Políticas.}
  enforcement: {findings: Control.}
"""


@pytest.mark.long
def test_blocks_in_another_order_are_not_counted(copy: Copy) -> None:
    for language, result in (("en", "One.\n\n    - Two."), ("es", "- Uno.\n\n    Dos.")):
        card = re.sub(r"    CC BY(?:.|\n)*puntos\.", f"    {result}", ECUADOR)
        (copy.root / f"content/ecuador/{language}.yaml").write_text(card, encoding="utf-8")
    assert {
        (one.place.file, str(one.message)) for one in found(copy) if one.code == "LANG-BLOCKS"
    } == {
        ("content/ecuador/en.yaml", "paragraphs and bullets are not in the same order as in es."),
        ("content/ecuador/es.yaml", "paragraphs and bullets are not in the same order as in en."),
    }


@pytest.mark.long
def test_countries_named_ahead_of_the_first_are_reported(copy: Copy) -> None:
    copy.edit(SCORES, "ahead: {total:", "ahead: {enforcement: [], total:")
    old = "Peru received the **highest score in the region**"
    copy.edit(EN, f"{old}.", f"{old}, after {{{{ ahead.enforcement | list }}}}.")
    told = [str(one.message) for one in found(copy) if one.code == "CLAIM-ORDER"]
    assert told == ["this list is empty: according to the scores, no one is ahead."]


@pytest.mark.long
def test_a_word_near_several_names_them_all(copy: Copy) -> None:
    copy.edit(EN, "met its first reporting duties", "met its first reporting dutties")
    (advice,) = {str(one.advice) for one in found(copy) if one.code == "SPELL-WORD"}
    assert re.match(r"Did you mean (?:\w+, )*\w+(?: or \w+)?\? If the word is correct, ", advice)


def test_every_rule_is_documented() -> None:
    for language, file in (("en", "docs/rules.md"), ("es", "docs/reglas.md")):
        with speaking(language):
            assert (ROOT / file).read_text(encoding="utf-8") == handbook(), file
    for rule in every_rule().values():
        assert len(rule.why) > 15


def test_every_code_of_the_program_is_that_of_a_rule() -> None:
    source = "\n".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "src/reportcard").rglob("*.py")
    )
    prefixes = {code.partition("-")[0] for code in every_rule()}
    codes = {
        code
        for code in re.findall(r'"([A-Z]+(?:-[A-Z]+)+)"', source)
        if code.partition("-")[0] in prefixes
    }
    assert codes == set(every_rule())


@pytest.mark.long
def test_every_rule_finds_something() -> None:
    """A rule is more than declared and imported: what finds its fault names it."""
    unused = set(every_rule())
    for path in (ROOT / "src/reportcard").rglob("*.py"):
        nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
        calls = [node for node in nodes if isinstance(node, ast.Call) and node.args]
        declared = {node.args[0] for node in calls if getattr(node.func, "id", "") == "Rule"}
        for node in nodes:
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
                unused.discard(node.id.replace("_", "-"))
            elif isinstance(node, ast.Constant) and node not in declared:
                unused -= {node.value}
    assert unused == set()


def is_rule(node: ast.AST | None) -> bool:
    return isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Rule"


@pytest.mark.long
def test_people_read_problems_with_the_line_and_a_caret(copy: Copy, run: Run) -> None:
    copy.edit(EN, "areas—even", "areas - even")
    code, out, err = run("check", "--workspace", str(copy.root))
    assert (code, err) == (0, "peru: 1 warning\n")
    fault, line, caret, advice = out.splitlines()
    assert fault.startswith(f"warning: {EN}:")
    assert fault.endswith(" [TYPE-DASH]")
    assert line[caret.index("^")] == "-"
    assert advice.startswith("    ")
    assert run("check", "--strict", "--workspace", str(copy.root))[0] == 4


@pytest.mark.long
def test_programs_read_problems(copy: Copy, run: Run) -> None:
    line, column = copy.edit(EN, "grew by 66.9%", "grew by 96.6%")
    records = json.loads(run("check", "--format", "json", "--workspace", str(copy.root))[1])
    assert (EN, line, column + 8) in {(one["file"], one["line"], one["column"]) for one in records}
    log = json.loads(run("check", "--format", "sarif", "--workspace", str(copy.root))[1])
    assert log["version"] == "2.1.0"
    assert {result["ruleId"] for result in log["runs"][0]["results"]} == {
        rule["id"] for rule in log["runs"][0]["tool"]["driver"]["rules"]
    }
    told = run("check", "--format", "github", "--workspace", str(copy.root))[1]
    assert (
        f"::error file={EN},line={line},col={column + 8},title=NUMBER-LANGUAGES::96.6 appears here"
        " but not in es." in told
    )


def test_a_rule_is_explained(run: Run) -> None:
    code, out, _ = run("explain", "note-unused")
    assert code == 0
    assert out.startswith("**NOTE-UNUSED** (error: the card is not published)")
    code, _, err = run("explain", "NOTE-UNUSD")
    assert code == 2
    assert "Did you mean NOTE-UNUSED" in err


def test_every_rule_has_a_planted_fault() -> None:
    texts = "\n".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "tests").glob("test_*.py")
    )
    assert [code for code in every_rule() if code not in texts] == []


@pytest.mark.long
def test_a_field_of_one_language_alone_is_told_where_it_stands(copy: Copy) -> None:
    line, _ = copy.edit("content/wording/en.yaml", "  glance: All categories at a glance\n", "")
    assert line > 1
    (problem,) = found(copy)
    assert (problem.code, problem.place.file) == ("LANG-MISSING", "content/wording/es.yaml")
    copy.edit("content/wording/es.yaml", "  glance: Todas las categorías de un vistazo\n", "")
    assert found(copy) == []


@pytest.mark.long
def test_what_differs_between_languages_is_named_and_what_is_alike_is_not(copy: Copy) -> None:
    copy.edit(
        ES, "prácticas más dañinas de la MAPE[^dl-1100].", "prácticas más dañinas de la MAPE."
    )
    told = {one.place.file: str(one.message) for one in found(copy) if one.code == "NOTE-LANGUAGES"}
    assert told == {
        EN: "the note references differ. Only here: dl-1100. Only in es: nothing.",
        ES: "the note references differ. Only here: nothing. Only in en: dl-1100.",
    }


@pytest.mark.long
def test_a_country_code_that_two_countries_have_is_told_and_no_claim_is(copy: Copy) -> None:
    line, column = copy.edit("content/bolivia/scores.yaml", "country: BO", "country: PE")
    (problem,) = found(copy)
    assert problem.code == "SCORE-COUNTRY"
    assert str(problem.message) == 'the country code PE already belongs to "bolivia".'
    assert (problem.place.file, problem.place.line) == ("content/peru/scores.yaml", 2)
    assert (line, column) > (0, 0)
