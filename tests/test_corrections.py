"""`check --fix`: what has one right answer is corrected where it is typed, in all languages at
once, and nothing else is touched.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportcard.build.inventory import ReadWorkspace, read_workspace
from reportcard.content.replacements import Replacement, place_in_file, replaced
from reportcard.content.rewrites import SpliceError
from reportcard.content.splicing import leaves
from reportcard.content.yaml import read_tree
from reportcard.corrections.agreement import CODE
from reportcard.corrections.correction import Corrected
from reportcard.corrections.proposal import corrected, write
from reportcard.corrections.signs import is_mended
from reportcard.errors import ExitCode, ReportCardError
from reportcard.problems.handbook import explain
from reportcard.problems.registry import every_rule
from reportcard.scores.values import values_of
from reportcard.translation.confirmation import standings
from reportcard.translation.status import State
from reportcard.workspace.workspace import Workspace

from .conftest import BRIEF, Copy, copy_content

Run = Callable[..., tuple[int, str, str]]
FILES = {language: f"content/peru/{language}.yaml" for language in ("en", "es")}
#: The last line of the overall result, after which a test's paragraphs are put.
LAST = {
    "en": "    and {{ countries.bolivia.name }} ({{ scores.bolivia.total }}).\n",
    "es": "    y {{ countries.bolivia.name }} ({{ scores.bolivia.total }}).\n",
}
#: Paragraphs of an English and a Spanish card, and what is in their place afterwards.
Pair = tuple[str, str]


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    """A copy whose cards have little text, which ends as the overall result of the whole does."""
    made = copy_content(tmp_path / "workspace")
    for language, text in BRIEF.items():
        head, _, rest = text.partition("[^first]\n")
        whole = f"{head}\n{LAST[language]}{rest.replace('[^second]', '[^first][^second]')}"
        (made.root / FILES[language]).write_text(whole, encoding="utf-8")
    (made.root / "content/peru/es.status.yaml").unlink()
    return made


@pytest.fixture
def confirmed(tmp_path: Path) -> Copy:
    """A copy whose translations are confirmed."""
    return copy_content(tmp_path / "workspace")


def read(workspace: Workspace) -> ReadWorkspace:
    found = read_workspace(workspace)
    assert isinstance(found, ReadWorkspace)
    return found


def put(copy: Copy, language: str, paragraphs: list[str]) -> None:
    """Paragraphs at the end of the overall result."""
    new = "".join(f"\n    {text}\n" for text in paragraphs)
    copy.edit(FILES[language], LAST[language], LAST[language] + new)


def paragraphs(copy: Copy, language: str, count: int) -> list[str]:
    """The last paragraphs of the overall result, as typed."""
    model = read(copy.workspace).content.cards["peru"][language].model
    return str(model.overall.result).strip().split("\n\n")[-count:]


def fix(copy: Copy, *scopes: str) -> Corrected:
    found = corrected(read(copy.workspace), scopes or ("peru",))
    write(copy.workspace, found)
    return found


def printed(workspace: Workspace) -> dict[tuple[str, str], list[str]]:
    """The words of every field of the Peru card, with its values in words."""
    content = read(workspace).content
    found = {}
    for language, sourced in content.cards["peru"].items():
        values = values_of(content, "peru", language)
        for name, prose in sourced.prose.items():
            bound, problems = values.bind(prose)
            assert not problems
            found[language, name] = [
                "".join(getattr(inline, "text", "") for inline in paragraph.inlines)
                for paragraph in bound.paragraphs()
            ]
    return found


# --- typed scores, ranks and names ----------------------------------------------------------------

#: Scores that are certain: by a country's name before the brackets, by the words beside them.
VALUES: list[tuple[Pair, Pair]] = [
    (
        ("Peru scores 11.7.", "El Perú obtiene 11.7."),
        ("Peru scores {{ score.total }}.", "El Perú obtiene {{ score.total }}."),
    ),
    (
        ("Its total is 11.7 points.", "Su puntaje total es de 11.7."),
        ("Its total is {{ score.total }} points.", "Su puntaje total es de {{ score.total }}."),
    ),
    (
        ("First Colombia (12.5).", "Primero Colombia (12.5)."),
        (
            "First {{ countries.colombia.name }} ({{ scores.colombia.total }}).",
            "Primero {{ countries.colombia.name }} ({{ scores.colombia.total }}).",
        ),
    ),
    (
        ("Then **Ecuador** (10.1), a score.", "Luego **el Ecuador** (10.1), un puntaje."),
        (
            "Then **{{ countries.ecuador.name }}** ({{ scores.ecuador.total }}), a score.",
            "Luego **el {{ countries.ecuador.name }}** ({{ scores.ecuador.total }}), un puntaje.",
        ),
    ),
    (
        ("{{ countries.brazil.name }} (11.5) too.", "También {{ countries.brazil.name }} (11.5)."),
        (
            "{{ countries.brazil.name }} ({{ scores.brazil.total }}) too.",
            "También {{ countries.brazil.name }} ({{ scores.brazil.total }}).",
        ),
    ),
    (
        ("Colombia, with 12.5 points, did well.", "Bien Colombia, con 12.5 puntos."),
        (
            "Colombia, with {{ scores.colombia.total }} points, did well.",
            "Bien Colombia, con {{ scores.colombia.total }} puntos.",
        ),
    ),
    (
        ("Peru (11.7) scores more.", "El Perú (11.7) tiene un puntaje mayor."),
        (
            "{{ country.name }} ({{ score.total }}) scores more.",
            "El {{ country.name }} ({{ score.total }}) tiene un puntaje mayor.",
        ),
    ),
    (
        ("In all, the country ranks second.", "En suma, el país ocupa el segundo lugar."),
        (
            "In all, the country ranks {{ rank.total | ordinal }}.",
            "En suma, el país ocupa el {{ rank.total | ordinal('m', short) }} lugar.",
        ),
    ),
    (
        ("Peru, unlike Brazil, scores 11.7.", "El Perú, a diferencia de Brasil, suma 11.7."),
        (
            "Peru, unlike Brazil, scores {{ score.total }}.",
            "El Perú, a diferencia de Brasil, suma {{ score.total }}.",
        ),
    ),
    (
        ("After Colombia, it ranks second.", "Tras Colombia, ocupa el segundo lugar."),
        (
            "After Colombia, it ranks {{ rank.total | ordinal }}.",
            "Tras Colombia, ocupa el {{ rank.total | ordinal('m', short) }} lugar.",
        ),
    ),
    # With what the score is out of, behind other spaces, in other brackets
    (
        ("It follows Colombia (12.5/15).", "Va tras Colombia (12.5/15)."),
        (
            "It follows {{ countries.colombia.name }} ({{ scores.colombia.total }}/15).",
            "Va tras {{ countries.colombia.name }} ({{ scores.colombia.total }}/15).",
        ),
    ),
    (
        ("After Colombia\u00a0(12.5 of 15 points).", "Tras Colombia\u00a0(12.5 de 15 puntos)."),
        (
            "After {{ countries.colombia.name }}\u00a0({{ scores.colombia.total }} of 15 points).",
            "Tras {{ countries.colombia.name }}\u00a0({{ scores.colombia.total }} de 15 puntos).",
        ),
    ),
    (
        ("After Colombia [12.5 points out of 15].", "Tras Colombia [12.5 puntos de 15]."),
        (
            "After {{ countries.colombia.name }} [{{ scores.colombia.total }} points out of 15].",
            "Tras {{ countries.colombia.name }} [{{ scores.colombia.total }} puntos de 15].",
        ),
    ),
    # A line of a list
    (
        ("Brazil: 11.5", "Brasil: 11.5"),
        (
            "{{ countries.brazil.name }}: {{ scores.brazil.total }}",
            "{{ countries.brazil.name }}: {{ scores.brazil.total }}",
        ),
    ),
    (
        ("**Ecuador** — 10.1 points.", "**El Ecuador** — 10.1 puntos."),
        (
            "**{{ countries.ecuador.name }}** — {{ scores.ecuador.total }} points.",
            "**El {{ countries.ecuador.name }}** — {{ scores.ecuador.total }} puntos.",
        ),
    ),
    # Ownership, emphasis, links, headings, calls
    (
        ("Peru's 11.7 points are many.", "Los puntos del Perú: su puntaje es 11.7."),
        (
            "Peru's {{ score.total }} points are many.",
            "Los puntos del Perú: su puntaje es {{ score.total }}.",
        ),
    ),
    (
        ("**Peru scores *11.7*.**", "**El Perú obtiene *11.7*.**"),
        ("**Peru scores *{{ score.total }}*.**", "**El Perú obtiene *{{ score.total }}*.**"),
    ),
    (
        (
            "Then see [Bolivia (8.3)](https://example.org).",
            "Luego vea [Bolivia (8.3)](https://example.org).",
        ),
        (
            "Then see [{{ countries.bolivia.name }} ({{ scores.bolivia.total }})](https://example.org).",
            "Luego vea [{{ countries.bolivia.name }} ({{ scores.bolivia.total }})](https://example.org).",
        ),
    ),
    (
        ("### Peru scores 11.7", "### El Perú obtiene 11.7"),
        ("### Peru scores {{ score.total }}", "### El Perú obtiene {{ score.total }}"),
    ),
    (
        ("Its total is 11.7[^first].", "Su total es 11.7[^first]."),
        ("Its total is {{ score.total }}[^first].", "Su total es {{ score.total }}[^first]."),
    ),
    (
        ("It is behind Colombia\n    (12.5).", "Va detrás de Colombia\n    (12.5)."),
        (
            "It is behind {{ countries.colombia.name }}\n({{ scores.colombia.total }}).",
            "Va detrás de {{ countries.colombia.name }}\n({{ scores.colombia.total }}).",
        ),
    ),
    (
        ("In second place is Peru.", "En segundo lugar está el Perú."),
        (
            "In {{ rank.total | ordinal }} place is Peru.",
            "En {{ rank.total | ordinal('m', short) }} lugar está el Perú.",
        ),
    ),
    (
        ("It holds second place.", "Ocupa la segunda posición."),
        (
            "It holds {{ rank.total | ordinal }} place.",
            "Ocupa la {{ rank.total | ordinal('f') }} posición.",
        ),
    ),
    (
        ("It measures 11.7 km, and its score is 11.7.", "Mide 11.7 km, y su puntaje es 11.7."),
        (
            "It measures 11.7 km, and its score is {{ score.total }}.",
            "Mide 11.7 km, y su puntaje es {{ score.total }}.",
        ),
    ),
    (
        ("Article 11.7: its score is 11.7.", "Artículo 11.7: su puntaje es 11.7."),
        (
            "Article 11.7: its score is {{ score.total }}.",
            "Artículo 11.7: su puntaje es {{ score.total }}.",
        ),
    ),
    # A value in the other language already
    (
        ("Bolivia scored 8.3.", "Bolivia tiene {{ scores.bolivia.total }}."),
        (
            "Bolivia scored {{ scores.bolivia.total }}.",
            "Bolivia tiene {{ scores.bolivia.total }}.",
        ),
    ),
    # Certain in one language, and typed in the same words of the other
    (
        ("Its score was 11.7.", "Llegó a 11.7, nada menos."),
        ("Its score was {{ score.total }}.", "Llegó a {{ score.total }}, nada menos."),
    ),
]
#: Scores and ranks that are printed in another way than they are typed.
RESPELLED: list[tuple[Pair, Pair]] = [
    (
        ("Peru ranks 2nd of five.", "El Perú ocupa el 2.º lugar de cinco."),
        (
            "Peru ranks {{ rank.total | ordinal }} of five.",
            "El Perú ocupa el {{ rank.total | ordinal('m', short) }} lugar de cinco.",
        ),
    ),
    (
        ("It is in 2nd place.", "Está en la 2.ª posición."),
        (
            "It is in {{ rank.total | ordinal }} place.",
            "Está en la {{ rank.total | ordinal('f') }} posición.",
        ),
    ),
    (
        ("Brazil ranks 3rd.", "Brasil ocupa el 3er puesto."),
        (
            "Brazil ranks {{ ranks.brazil.total | ordinal }}.",
            "Brasil ocupa el {{ ranks.brazil.total | ordinal('m', short) }} puesto.",
        ),
    ),
    # The decimal mark of another language
    (
        ("Its score is 11,7.", "Su puntaje es 11,7."),
        ("Its score is {{ score.total }}.", "Su puntaje es {{ score.total }}."),
    ),
]
#: Scores and ranks that may be something else, or another country's: they are left.
OPEN: list[Pair] = [
    ("Its score fell while exports grew by 11.7.", "El puntaje bajó y la exportación creció 11.7."),
    ("A score, and 11.5 million tonnes.", "Un puntaje, y 11.5 millones de toneladas."),
    ("Peru exports score 11.5 points.", "El Perú tiene puntajes y 11.5 puntos."),
    ("A score: 11.7 hectares.", "Un puntaje: 11.7 hectáreas."),
    ("Exports grew most in Colombia (12.5).", "La exportación creció más en Colombia (12.5)."),
    ("A score between 8.3 and 12.5.", "Un puntaje entre 8.3 y 12.5."),
    ("Brazil, a neighbor: 11.5", "Brasil, un vecino: 11.5"),
    ("Brazil and Ecuador: 11.5", "Brasil y el Ecuador: 11.5"),
    ("Brazil: 12.5", "Brasil: 12.5"),
]
#: True sentences in which nothing is a score or a rank.
PLAIN: list[Pair] = [
    ("Score or not, 11.7% of exports.", "Puntaje o no, 11.7 % de la exportación."),
    ("Article 11.7 and version 2.5 apply.", "Rigen el artículo 11.7 y la versión 2.5."),
    ("The second reason is plain.", "La segunda razón es clara."),
    ("As for exports, Peru ranks fourth.", "En exportación, el Perú ocupa el cuarto lugar."),
    ("In gold, Peru ranks second in output.", "En oro, el Perú es el segundo lugar en volumen."),
    ("Brazil: 11.5 km", "Brasil: 11.5 km"),
    ("Brazil: 11.5%", "Brasil: 11.5 %"),
    ("The 2nd reason is plain.", "La 2.ª razón es clara."),
    ("Since 11.7 BC and 12.5-year plans.", "Desde el 11.7 a. C. y planes de 12.5-años."),
]


@pytest.fixture(scope="module")
def cases() -> tuple[list[Pair], list[Pair]]:
    given = [pair for pair, _ in VALUES] + OPEN + PLAIN
    wanted = [pair for _, pair in VALUES] + OPEN + PLAIN
    return given, wanted


@pytest.mark.long
def test_typed_scores_and_ranks_become_values(
    copy: Copy, cases: tuple[list[Pair], list[Pair]]
) -> None:
    given, wanted = cases
    for number, language in enumerate(FILES):
        put(copy, language, [pair[number] for pair in given])
    before = printed(copy.workspace)
    found = fix(copy)
    for number, language in enumerate(FILES):
        assert paragraphs(copy, language, len(given)) == [pair[number] for pair in wanted]
    assert printed(copy.workspace) == before
    assert {one.rule for one in found.corrections} == {CODE}
    assert not fix(copy).corrections


def test_what_is_typed_in_digits_or_with_another_mark_becomes_a_value(copy: Copy) -> None:
    for number, language in enumerate(FILES):
        put(copy, language, [pair[number] for pair, _ in RESPELLED])
    found = fix(copy)
    for number, language in enumerate(FILES):
        wanted = [pair[number] for _, pair in RESPELLED]
        assert paragraphs(copy, language, len(wanted)) == wanted
    assert {one.rule for one in found.corrections} == {CODE}
    assert not fix(copy).corrections


@pytest.mark.long
def test_what_is_left_is_listed_with_the_values_that_it_may_be(copy: Copy) -> None:
    for number, language in enumerate(FILES):
        put(copy, language, [pair[number] for pair in OPEN])
    found = fix(copy)
    assert not found.corrections
    listed = {(one.place.file[-7:-5], one.typed): one.values for one in found.undecided}
    assert listed["en", "11.5"] == ("{{ scores.brazil.total }}",)
    assert listed["es", "12.5"] == ("{{ scores.colombia.total }}",)
    lines = (copy.root / FILES["en"]).read_text(encoding="utf-8").split("\n")
    for one in found.undecided:
        if one.place.file == FILES["en"]:
            assert lines[one.place.line - 1][one.place.column - 1 :].startswith(one.typed)


def test_a_number_that_two_values_print_is_left(copy: Copy) -> None:
    copy.edit("content/brazil/scores.yaml", "total: 11.5", "total: 10.1")
    put(copy, "en", ["Two scored 10.1."])
    put(copy, "es", ["Dos obtuvieron 10.1."])
    found = fix(copy)
    assert not found.corrections
    assert [one.values for one in found.undecided] == [
        ("{{ scores.brazil.total }}", "{{ scores.ecuador.total }}")
    ] * 2


@pytest.mark.long
def test_what_is_certain_in_one_language_alone_is_left_in_both(copy: Copy) -> None:
    """Else the number would be in one language, and a value in the other."""
    put(copy, "en", ["Its score was 11.7."])
    put(copy, "es", ["Su puntaje pasó de 11.7 a 11.7 (!)."])
    found = fix(copy)
    assert not found.corrections
    assert {one.typed for one in found.undecided} == {"11.7"}


@pytest.mark.long
def test_paragraphs_that_do_not_correspond_are_corrected_together(copy: Copy) -> None:
    put(copy, "en", ["Its score was 11.7.", "Last came Bolivia (8.3)."])
    put(copy, "es", ["Su puntaje total es 11.7. Última fue Bolivia (8.3)."])
    before = {one.code for one in read(copy.workspace).problems}
    fix(copy)
    assert paragraphs(copy, "es", 1) == [
        "Su puntaje total es {{ score.total }}. "
        "Última fue {{ countries.bolivia.name }} ({{ scores.bolivia.total }})."
    ]
    after = {one.code for one in read(copy.workspace).problems}
    assert before - after == {CODE}
    assert after - before == set()


# --- signs, spaces and words ----------------------------------------------------------------------

#: By language, what is typed in a paragraph and what it is afterwards; the same: it is left.
SIGNS: dict[str, list[Pair]] = {
    "en": [
        ("Two  spaces are one.", "Two spaces are one."),
        ("Four    spaces, too.", "Four spaces, too."),
        (
            "Before  **bold** and  [a link](https://example.org).",
            "Before **bold** and [a link](https://example.org).",
        ),
        ("After **bold**  words.", "After **bold** words."),
        ("A value {{ score.total }}  and a space.", "A value {{ score.total }} and a space."),
        ("Gold , mercury.", "Gold, mercury."),
        ("Gold  , mercury.", "Gold, mercury."),
        ("Is it gold ? It is.", "Is it gold? It is."),
        ("An ellipsis  ... is one.", "An ellipsis ... is one."),
        ("Some 66 % of it.", "Some 66% of it."),
        ("Some 66  % of it.", "Some 66% of it."),
        ("Some 66\u00a0% of it.", "Some 66\u00a0% of it."),
        ("Law Nº 27651 and Law Nº27652.", "Law No. 27651 and Law No. 27652."),
        ("Law N.º 27651.", "Law No. 27651."),
        ("Their „gold“ is here.", 'Their "gold" is here.'),
        ("Their ‹gold› is here.", 'Their "gold" is here.'),
        ("Both „one“ and „two“, here.", 'Both "one" and "two", here.'),
        ("A «quoted „word“ inside» stays.", "A «quoted „word“ inside» stays."),
        ('A "quoted „word“ inside" stays.', 'A "quoted „word“ inside" stays.'),
        ("Their “gold” is here.", 'Their "gold" is here.'),
        ("A “quoted «word» inside” stays.", "A “quoted «word» inside” stays."),
        ("A «quoted “word” inside» stays.", "A «quoted “word” inside» stays."),
        ("See their webpage.", "See their web page."),
        ("Webpage by webpage.", "Web page by web page."),
        ("A WEBPAGE stays.", "A WEBPAGE stays."),
        ('Straight "quotes" and it\'s stay.', 'Straight "quotes" and it\'s stay.'),
        ("The the law stays.", "The the law stays."),
        ("Gold - and mercury stays.", "Gold - and mercury stays."),
        ("A [webpage  here]{lang=es} stays.", "A [webpage  here]{lang=es} stays."),
    ],
    "es": [
        ("Dos  espacios son uno.", "Dos espacios son uno."),
        ("El 66% de ello.", "El 66 % de ello."),
        ("El **66%** de ello.", "El **66 %** de ello."),
        ("La Ley Nº 27651 rige.", "La Ley N.º 27651 rige."),
        ("La Ley N°27651 rige.", "La Ley N.º 27651 rige."),
        ("La Ley Nro. 27651 rige.", "La Ley N.º 27651 rige."),
        ("La Ley No. 27651 rige.", "La Ley N.º 27651 rige."),
        ("¿Rige? No. 5 leyes no rigen.", "¿Rige? No. 5 leyes no rigen."),
        ("El 1ro de mayo y la 2da ley.", "El 1.º de mayo y la 2.ª ley."),
        ("El 3er lugar se queda así.", "El 3er lugar se queda así."),
        ("El daño medioambiental crece.", "El daño ambiental crece."),
        ("Medioambiental es el daño.", "Ambiental es el daño."),
        ("Quieren accesar al oro.", "Quieren accesar al oro."),
        ("Lo dice el marcador.", "Lo dice el marcador."),
        ("Su ‹oro› y su „plata“, aquí.", 'Su "oro" y su "plata", aquí.'),
        ("Es así : rige.", "Es así: rige."),
        ("Su “oro” está aquí.", 'Su "oro" está aquí.'),
    ],
}


@pytest.mark.long
@pytest.mark.parametrize("language", SIGNS)
def test_signs_are_corrected_where_one_answer_is_certain(copy: Copy, language: str) -> None:
    put(copy, language, [typed for typed, _ in SIGNS[language]])
    other = "es" if language == "en" else "en"
    # The other language has the same values, and none of the words
    shapes = ["{{ score.total }}" if "{{" in typed else "x" for typed, _ in SIGNS[language]]
    put(copy, other, shapes)
    fix(copy)
    assert paragraphs(copy, language, len(SIGNS[language])) == [now for _, now in SIGNS[language]]
    assert fix(copy).corrections == ()


@pytest.mark.long
def test_a_field_that_would_get_a_new_problem_keeps_its_scores(copy: Copy) -> None:
    """One of the two numbers is no score in English: only that one would be left."""
    put(copy, "en", ["Its score was 11.7, on 11.7  hectares."])
    put(copy, "es", ["Su puntaje fue de 11.7, y su puntaje es de 11.7."])
    found = fix(copy)
    assert [one.rule for one in found.corrections] == ["TYPE-SPACE"]
    assert {one.typed for one in found.undecided} == {"11.7"}
    assert not any(one.code == "NUMBER-LANGUAGES" for one in read(copy.workspace).problems)


# --- how it is typed in the file ------------------------------------------------------------------

#: A text in each form of YAML, and the same after the correction.
FORMS = {
    "folded": (
        "    Scores follow: Colombia (12.5),\n    and  others, Brazil\n    (11.5).\n",
        "    Scores follow: {{ countries.colombia.name }} ({{ scores.colombia.total }}),\n"
        "    and others, {{ countries.brazil.name }}\n    ({{ scores.brazil.total }}).\n",
        ">",
    ),
    "single": (
        "'It''s  Colombia (12.5),\n    a score'\n",
        "'It''s {{ countries.colombia.name }} ({{ scores.colombia.total }}),\n    a score'\n",
        "",
    ),
    "double": (
        '"A \\"score\\":\\u00a0Colombia  (12.5),\n\n    The \\\n    country ranks second."\n',
        '"A \\"score\\":\\u00a0{{ countries.colombia.name }} ({{ scores.colombia.total }}),\n\n'
        '    The \\\n    country ranks {{ rank.total | ordinal }}."\n',
        "",
    ),
    "plain": (
        "Scores, Peru (11.7)\n",
        "Scores, {{ country.name }} ({{ score.total }})\n",
        "",
    ),
    "plain, and a value first": (
        "Peru (11.7) scores\n",
        '"{{ country.name }} ({{ score.total }}) scores"\n',
        "",
    ),
}


@pytest.mark.long
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("form", FORMS)
def test_the_form_of_a_text_in_its_file_stays(copy: Copy, form: str, ending: str) -> None:
    typed, wanted, style = FORMS[form]
    for language, file in FILES.items():
        path = copy.root / file
        text = path.read_bytes().decode()
        start = text.index("  result: |\n")
        end = text.index("\ndimensions:\n")
        opening = f"  result: {style}\n" if style else "  result: "
        body = typed
        if language == "es":
            body = typed.replace("Scores", "Puntajes").replace("score", "puntaje")
            body = body.replace("scores", "puntajes").replace("Brazil", "Brasil")
            body = body.replace("country ranks second", "país ocupa el segundo lugar").replace(
                "Peru", "Perú"
            )
        text = f"# A comment.\n{text[:start]}{opening}{body}{text[end:]}"
        path.write_bytes(text.replace("\n", ending).encode())
    before = printed(copy.workspace)
    fix(copy)
    after = (copy.root / FILES["en"]).read_bytes().decode()
    assert after.replace(ending, "\n").count(wanted) == 1
    assert after.count("\n") == after.count(ending)
    assert after.startswith("# A comment.")
    mended = {key: [one.replace("  ", " ") for one in words] for key, words in before.items()}
    assert printed(copy.workspace) == mended
    assert fix(copy).corrections == ()


SOURCES = {
    "block": "a: |\n  one 12.5, two\n  and 12.5 (x).\n\n  - 12.5 three\nb: x # 12.5\n",
    "folded": "a: >-\n  one 12.5, two\n  and 12.5 (x).\n\n  new 12.5\n\n    more 12.5\nb: x\n",
    "single": "a: 'it''s 12.5 and\n   12.5 (x)'\nb: x\n",
    "double": 'a: "\\"x\\" \\u00a0 12.5 and \\\n   12.5\n\n   (12.5)"\nb: x\n',
    "plain": "a: one 12.5 x # c 12.5\n",
    "flow": "a: {b: 12.5 x, c: 2}\nd: [e 12.5, 'f 12.5', \"12.5\"]\n",
    "mark": "\ufeffa: 12.5\n",
    "last": "a: |\n  one 12.5",
}


@pytest.mark.long
@pytest.mark.parametrize("name", SOURCES)
@given(new=st.text(st.sampled_from("ab'\"{}|:, #é\\"), min_size=1, max_size=12), crlf=st.booleans())
def test_replaced_characters_are_read_back_and_no_others_change(
    name: str, new: str, crlf: bool
) -> None:
    source = SOURCES[name].replace("\n", "\r\n") if crlf else SOURCES[name]
    tree, _ = read_tree(source.encode(), "x.yaml")
    assert tree
    texts = dict(leaves(tree.root))
    wanted = {path: str(text).replace("12.5", new) for path, text in texts.items()}
    spots = [
        Replacement(path, at, at + 4, new)
        for path, text in texts.items()
        for at in range(len(text))
        if text.startswith("12.5", at)
    ]
    try:
        made = replaced(source.encode(), "x.yaml", spots)
    except SpliceError:
        return
    after, _ = read_tree(made, "x.yaml")
    assert after
    assert {path: str(text) for path, text in leaves(after.root)} == wanted
    if name in ("block", "folded", "single", "double"):
        assert made.count(b"\n") == source.count("\n")
        assert made.count(b"\r") == source.count("\r")


@pytest.mark.parametrize("name", SOURCES)
def test_the_place_of_a_character_is_that_in_the_file(name: str) -> None:
    source = SOURCES[name]
    tree, _ = read_tree(source.encode(), "x.yaml")
    assert tree
    lines = source.removeprefix("\ufeff").split("\n")
    for text in dict(leaves(tree.root)).values():
        for at in range(len(text)):
            if text.startswith("12.5", at):
                place = place_in_file(source.encode(), text, at)
                assert lines[place.line - 1][place.column - 1 :].startswith("12.5")


# --- translations ---------------------------------------------------------------------------------


def states(copy: Copy) -> list[State]:
    found, problems = standings(copy.workspace, read(copy.workspace).content, ("peru",), ("es",))
    assert not problems
    return [block.state for block in found[0].blocks]


def typed_by_hand(copy: Copy, run: Run) -> None:
    """A card that was confirmed with its scores typed by hand."""
    put(copy, "en", ["Colombia (12.5) is  first.", "Its score was 11.7.", "A „word“ more."])
    put(copy, "es", ["Colombia (12.5) va primero.", "Su puntaje es 11.7.", "Una palabra  más."])
    root = str(copy.root)
    assert run("translations", "confirm", "peru", "--by", "Ana", "--workspace", root)[0] == 0


@pytest.mark.long
def test_what_was_confirmed_is_confirmed_afterwards(confirmed: Copy, run: Run) -> None:
    typed_by_hand(confirmed, run)
    before = states(confirmed)
    assert set(before) == {State.CURRENT}
    record = (confirmed.root / "content/peru/es.status.yaml").read_text(encoding="utf-8")
    found = fix(confirmed)
    assert found.corrections
    assert states(confirmed) == before
    now = (confirmed.root / "content/peru/es.status.yaml").read_text(encoding="utf-8")
    assert now.count("by: Ana") == record.count("by: Ana")
    assert '"Its score was {{ score.total }}."' in now
    assert run("translations", "status", "peru", "--workspace", str(confirmed.root))[0] == 0


@pytest.mark.long
def test_what_was_stale_or_never_confirmed_is_so_afterwards(confirmed: Copy, run: Run) -> None:
    typed_by_hand(confirmed, run)
    confirmed.edit(FILES["en"], "Its score was 11.7.", "Its whole score was 11.7.")
    before = states(confirmed)
    assert before.count(State.STALE) == 1
    fix(confirmed)
    assert states(confirmed) == before
    (confirmed.root / "content/peru/es.status.yaml").unlink()
    confirmed.edit(FILES["en"], "is first.", "is  first.")
    before = states(confirmed)
    assert set(before) == {State.STALE}
    assert fix(confirmed).corrections
    assert states(confirmed) == before
    assert not (confirmed.root / "content/peru/es.status.yaml").exists()


@pytest.mark.long
def test_a_record_that_cannot_be_read_keeps_the_card_from_being_corrected(
    copy: Copy, run: Run
) -> None:
    typed_by_hand(copy, run)
    (copy.root / "content/peru/es.status.yaml").write_text("fields: [", encoding="utf-8")
    found = corrected(read(copy.workspace), ("peru",))
    assert not found.corrections
    assert found.untouched == ("content/peru/es.status.yaml",)


# --- what is not touched --------------------------------------------------------------------------


def test_a_card_with_an_error_is_not_touched(copy: Copy) -> None:
    put(copy, "en", ["Its  score was 11.7.", "An unmatched **mark."])
    put(copy, "es", ["Su  puntaje es 11.7.", "Una marca."])
    found = corrected(read(copy.workspace), ("peru",))
    assert found.untouched == (FILES["en"],)
    assert not found.files


def test_a_card_that_cannot_be_read_is_not_touched(copy: Copy) -> None:
    put(copy, "en", ["Its  score was 11.7."])
    copy.edit(FILES["es"], "\ndimensions:\n", "\ndimensions: [\n")
    found = corrected(read(copy.workspace), ("peru",))
    assert found.untouched == (FILES["es"],)
    assert not found.files


@pytest.mark.long
def test_a_waived_rule_corrects_nothing(copy: Copy) -> None:
    put(copy, "en", ["Its  score was 11.7."])
    put(copy, "es", ["Su puntaje es 11.7."])
    waivers = "waivers:\n  overall.result:\n    SCORE-TYPED: Cited.\n    TYPE-SPACE: Cited.\n"
    for file in FILES.values():
        path = copy.root / file
        path.write_text(f"{waivers}{path.read_text(encoding='utf-8')}", encoding="utf-8")
    assert fix(copy).corrections == ()


@pytest.mark.long
def test_with_faulty_scores_only_signs_are_corrected(copy: Copy) -> None:
    put(copy, "en", ["Its  score was 11.7."])
    put(copy, "es", ["Su puntaje es 11.7."])
    copy.edit("content/bolivia/scores.yaml", "country: BO", "country: ZZ")
    assert [one.rule for one in fix(copy).corrections] == ["TYPE-SPACE"]


@pytest.mark.long
def test_a_file_saved_meanwhile_stops_the_writing(copy: Copy) -> None:
    put(copy, "en", ["Its  score was 11.7."])
    put(copy, "es", ["Su puntaje es 11.7."])
    found = corrected(read(copy.workspace), ("peru",))
    path = copy.root / FILES["es"]
    path.write_bytes(path.read_bytes() + b"# saved\n")
    saved = {file: (copy.root / file).read_bytes() for file in found.files}
    with pytest.raises(ReportCardError) as raised:
        write(copy.workspace, found)
    assert str(raised.value).startswith(f"{FILES['es']} was changed while")
    assert {file: (copy.root / file).read_bytes() for file in found.files} == saved


@pytest.mark.long
def test_all_files_are_written_or_none(copy: Copy, tmp_path: Path) -> None:
    put(copy, "en", ["Its  score was 11.7."])
    put(copy, "es", ["Su puntaje es 11.7."])
    found = corrected(read(copy.workspace), ("peru",))
    last = copy.root / list(found.files)[-1]
    outside = tmp_path / "outside.yaml"
    last.rename(outside)
    last.symlink_to(outside)
    first = copy.root / next(iter(found.files))
    before = first.read_bytes()
    with pytest.raises(ReportCardError):
        write(copy.workspace, found)
    assert first.read_bytes() == before


@pytest.mark.long
def test_the_shared_wording_is_corrected(copy: Copy) -> None:
    copy.edit("content/wording/en.yaml", "Overall Assessment\n", "Overall  Assessment\n")
    found = fix(copy, "wording")
    assert [str(one) for one in found.corrections] == [
        "content/wording/en.yaml:22:19  Overall  Assessment → Overall Assessment  [TYPE-SPACE]"
    ]


@pytest.mark.long
def test_the_card_as_it_is_needs_nothing(copy: Copy) -> None:
    assert corrected(read(copy.workspace), ("wording", "peru")) == Corrected()


def test_rules_say_whether_they_are_corrected() -> None:
    fixable = {code for code, rule in every_rule().items() if rule.is_fixable}
    assert fixable == {code for code in every_rule() if is_mended(code) or code == CODE}
    assert "`check --fix` corrects this if there is only one right answer." in explain(
        every_rule()["TYPE-SPACE"]
    )
    assert "check --fix" not in explain(every_rule()["TYPE-DOUBLED"])


# --- the command ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Words:
    """What the command says, by the language of its messages."""

    made: str
    possible: str
    left: str


WORDS = {
    "en": Words(
        "2 corrections made.",
        "2 corrections possible.",
        "12.5 was not corrected. Check it yourself: it may be",
    ),
    "es": Words(
        "Se hicieron 2 ", "Se pueden hacer 2 ", "12.5 no se corrigió. Compruébelo usted: puede"
    ),
}


@pytest.mark.long
@pytest.mark.parametrize("language", WORDS)
def test_the_command_shows_each_change_and_what_is_left(
    copy: Copy, run: Run, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.chdir(copy.root)
    put(copy, "en", ["Its score was 11.7.", "Scores and 12.5 tonnes."])
    put(copy, "es", ["Su puntaje es 11.7.", "Puntajes y 12.5 toneladas."])
    before = {file: (copy.root / file).read_bytes() for file in FILES.values()}
    words = WORDS[language]
    code, out, _ = run("check", "peru", "--fix", "--dry-run", "--messages", language)
    assert code == 0
    assert "content/peru/en.yaml:9:19  11.7 → {{ score.total }}  [SCORE-TYPED]\n" in out
    assert "content/peru/es.yaml:9:19  11.7 → {{ score.total }}  [SCORE-TYPED]\n" in out
    assert words.possible in out
    assert f"content/peru/en.yaml:11:16: {words.left} " in out
    assert {file: (copy.root / file).read_bytes() for file in FILES.values()} == before
    assert run("check", "peru", "--dry-run", "--messages", language)[1] == out
    code, out, _ = run("check", "peru", "--fix", "--messages", language)
    assert words.made in out
    assert "content/peru/en.yaml\ncontent/peru/es.yaml\n" in out
    assert {file: (copy.root / file).read_bytes() for file in FILES.values()} != before


@pytest.mark.long
def test_the_exit_code_is_that_of_what_remains(
    copy: Copy, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(copy.root)
    put(copy, "en", ["Its  score was 11.7."])
    put(copy, "es", ["Su puntaje es 11.7."])
    assert run("check", "--strict", "--dry-run")[0] == ExitCode.CONTENT
    assert run("check", "--strict", "--fix")[0] == 0
    assert run("check", "--strict")[0] == 0


@pytest.mark.long
def test_programs_read_the_problems_alone(
    copy: Copy, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(copy.root)
    put(copy, "en", ["Its  score was 11.7."])
    put(copy, "es", ["Su puntaje es 11.7."])
    code, out, err = run("check", "--fix", "--format", "json")
    assert code == 0
    assert out.strip().startswith(("[", "{"))
    assert "[TYPE-SPACE]" in err


@pytest.mark.long
def test_an_unknown_country_is_refused_and_an_unread_workspace_reported(
    copy: Copy, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(copy.root)
    assert run("check", "chile", "--fix")[0] == ExitCode.USAGE
    copy.edit("content/edition.yaml", 'version: "0.1"', "version: [")
    code, out, _ = run("check", "--fix")
    assert code == ExitCode.CONTENT
    assert "YAML-SYNTAX" in out
