"""Signs that no font has are reported at their place; invisible ones are left out of the page."""

import unicodedata
from collections.abc import Callable

import pytest

from reportcard.build.pipeline import check
from reportcard.content.signs import is_inked, printed, sign_name
from reportcard.content.yaml import read_tree
from reportcard.page.font_signs import font_signs
from reportcard.page.styles import read_styles
from reportcard.problems.problem import Severity

from .conftest import Copy

Run = Callable[..., tuple[int, str, str]]
EN, ES, WORDING = "content/peru/en.yaml", "content/peru/es.yaml", "content/wording/es.yaml"
EDITION = "content/edition.yaml"
OLD = "En el papel, el país dispone"


def found(copy: Copy) -> list[tuple[str, str]]:
    return [(str(one.place), str(one.message)) for one in check(copy.workspace, (), layout=False)]


@pytest.mark.long
@pytest.mark.parametrize(
    ("sign", "name"),
    [
        ("✗", "U+2717 BALLOT X"),
        ("►", "U+25BA BLACK RIGHT-POINTING POINTER"),
        ("ꞌ", "U+A78C LATIN SMALL LETTER SALTILLO"),
        ("🙂", "U+1F642 SLIGHTLY SMILING FACE"),
        ("中", "U+4E2D CJK UNIFIED IDEOGRAPH-4E2D"),
        ("ع", "U+0639 ARABIC LETTER AIN"),
        ("\ue000", "U+E000"),
    ],
)
def test_a_sign_that_the_fonts_lack_is_an_error_at_its_place(
    copy: Copy, sign: str, name: str
) -> None:
    line, column = copy.edit(ES, OLD, f"Conviene {sign} modificar la Ley")
    problems = [one for one in check(copy.workspace, (), layout=False) if one.code == "TEXT-SIGN"]
    (problem,) = problems
    assert str(problem.place) == f"{ES}:{line}:{column + len('Conviene ')}"
    assert problem.severity is Severity.ERROR
    assert name in str(problem.message)


@pytest.mark.long
def test_a_sign_is_found_wherever_it_is_printed(copy: Copy) -> None:
    places = [
        (WORDING, copy.edit(WORDING, "heading: Evaluación general", "heading: ✗Evaluación"), 9),
        (EN, copy.edit(EN, "  dl-1100: Peru.", "  dl-1100: ✗ Peru."), 11),
        (
            EDITION,
            copy.edit(EDITION, "name: Amazon Conservation\n", "name: ✗ Amazon Conservation\n"),
            6,
        ),
    ]
    assert sorted(place for place, message in found(copy) if "✗" in message) == sorted(
        f"{file}:{line}:{column + offset}" for file, (line, column), offset in places
    )


@pytest.mark.long
def test_a_sign_of_the_upright_fonts_is_missing_in_italics(copy: Copy) -> None:
    copy.edit(ES, OLD, "Conviene α modificar la Ley")
    assert not [one for one in found(copy) if "U+03B1" in one[1]]
    copy.edit(ES, "Conviene α modificar", "Conviene *α* modificar")
    assert [one for one in found(copy) if "U+03B1" in one[1]]


@pytest.mark.long
def test_a_sign_that_a_font_of_the_workspace_has_is_no_problem(copy: Copy) -> None:
    read, _ = read_styles(copy.workspace, 3)
    assert read
    fonts = font_signs(read)
    assert fonts
    assert fonts.have("é")
    assert not fonts.have("✗")
    sheet = copy.root / "styles/gold/1-fonts.css"
    sheet.write_text(
        sheet.read_text(encoding="utf-8")
        + '@font-face { font-family: "X"; src: url("fonts/None.ttf"); }\n',
        encoding="utf-8",
    )
    copy.edit(ES, OLD, "Conviene ✗ modificar la Ley")
    assert not [one for one in found(copy) if "U+2717" in one[1]], "a font cannot be read"


@pytest.mark.long
@pytest.mark.parametrize(
    "text",
    [
        "Conviene\u00a0modificar\u202fla\u2009Ley",
        "Conviene modificar… la «Ley» — N.º 5 €",
        "Łódź, Çanakkale, Đà Nẵng",
        "−5 × 3 ≥ 2, 10 m², CO₂",
    ],
)
def test_signs_that_the_fonts_have_raise_no_alarm(copy: Copy, text: str) -> None:
    copy.edit(ES, OLD, text)
    assert [one for one in found(copy) if "styles/" in one[1]] == []


# --- left out, composed, set as the fonts have them -----------------------------------------------

MENDED = {
    "soft hyphens": ("Con\u00advie\u00adne", "U+00AD"),
    "zero-width space": ("Con\u200bviene", "U+200B"),
    "joiners": ("Con\u200cvie\u200dne", "U+200C, U+200D"),
    "byte order mark": ("\ufeffConviene", "U+FEFF"),
    "word joiner": ("Con\u2060viene", "U+2060"),
    "right-to-left mark": ("Conviene\u200f", "U+200F"),
    "left-to-right mark": ("Conviene\u200e", "U+200E"),
}


@pytest.mark.long
@pytest.mark.parametrize("kind", MENDED)
def test_an_invisible_sign_is_left_out_with_one_note_on_the_file(copy: Copy, kind: str) -> None:
    typed, signs = MENDED[kind]
    line, column = copy.edit(ES, OLD, f"{typed} modificar la {typed} Ley")
    copy.edit(ES, "title: Ficha", f"title: {typed} Ficha")
    (problem,) = check(copy.workspace, (), layout=False)
    assert (problem.code, problem.severity) == ("TEXT-INVISIBLE", Severity.NOTE)
    assert signs in str(problem.message)
    assert problem.place.line == 2, "the first of all"
    assert line > 2
    assert column > 0
    assert typed in (copy.root / ES).read_text(encoding="utf-8"), "the file stays"


@pytest.mark.long
def test_the_first_sign_is_named_at_its_place(copy: Copy) -> None:
    line, column = copy.edit(ES, OLD, "Con\u200bviene modificar la Ley")
    (place,) = (place for place, _ in found(copy))
    assert place == f"{ES}:{line}:{column + 3}"


@pytest.mark.long
def test_decomposed_accents_are_one_note(copy: Copy) -> None:
    path = copy.root / ES
    typed = unicodedata.normalize("NFD", path.read_text(encoding="utf-8"))
    path.write_text(typed, encoding="utf-8")
    (problem,) = check(copy.workspace, (), layout=False)
    assert problem.code == "TEXT-INVISIBLE"
    assert "accents" in str(problem.message)
    assert path.read_text(encoding="utf-8") == typed


@pytest.mark.long
def test_both_are_one_note(copy: Copy) -> None:
    copy.edit(ES, OLD, "Con\u200bviene modificar la Ley o\u0301")
    copy.edit(ES, "title: Ficha de evaluación", "title: Ficha de evaluacio\u0301n")
    (problem,) = check(copy.workspace, (), layout=False)
    assert problem.code == "TEXT-INVISIBLE"
    assert "U+200B" in str(problem.message)
    assert "accents" in str(problem.message)
    assert problem.place.line == 2


@pytest.mark.long
def test_hyphens_are_those_of_the_fonts_without_a_word(copy: Copy) -> None:
    copy.edit(ES, OLD, "Conviene modificar el REINFO\u2011Perú y el socio\u2010ambiental")
    assert [one for one in found(copy) if "styles/" in one[1] or "not printed" in one[1]] == []
    tree, _ = read_tree((copy.root / ES).read_bytes(), ES)
    assert tree
    assert tree.mended is None


@pytest.mark.parametrize(
    ("typed", "on_the_page"),
    [
        ("abc", "abc"),
        ("n\u0303o", "ño"),
        ("REINFO\u2011Perú", "REINFO-Perú"),
        ("a\u00adb\u200bc\u200f", "abc"),
        ("\u00a0\u202f—", "\u00a0\u202f—"),
        ("m\u0303", "m\u0303"),
    ],
)
def test_what_is_printed(typed: str, on_the_page: str) -> None:
    assert printed(typed) == on_the_page
    assert printed(on_the_page) == on_the_page


def test_a_key_with_an_invisible_sign_is_the_key() -> None:
    tree, problems = read_tree("ti\u200btle: A\u00adb\n".encode(), "x.yaml")
    assert problems == ()
    assert tree
    assert tree.text("title") == "Ab"
    assert tree.mended
    assert tree.mended.invisible == ("U+00AD", "U+200B")


def test_marks_that_turn_the_writing_are_still_refused() -> None:
    _, problems = read_tree("title: a\u202eb\n".encode(), "x.yaml")
    assert [one.code for one in problems] == ["YAML-CONTROL"]


def test_spaces_need_no_ink_and_marks_do() -> None:
    assert [sign for sign in " \u00a0\u2009\u200b\t\u0303✗\ue000" if is_inked(sign)] == [
        "\u0303",
        "✗",
        "\ue000",
    ]
    assert sign_name("\ue000") == "U+E000"


@pytest.mark.slow
def test_a_hyphen_that_does_not_break_stays_with_its_word(brief: Copy, run: Run) -> None:
    words = "REINFO\u2011Perú " * 40
    brief.edit(ES, "Las políticas se quedan atrás.", f"Las políticas del {words.strip()}.")
    assert run("build", "--language", "es", "--workspace", str(brief.root))[0] in (0, 4)
    problems = check(brief.workspace, ("peru",), layout=True)
    assert "PAGE-FONT" not in {one.code for one in problems}
