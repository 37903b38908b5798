"""Where the styles give what WeasyPrint and the proof find: files, lines and columns."""

import logging
from pathlib import Path

import pytest

from reportcard.page.sheets import shared_colours, shared_sheets
from reportcard.page.style_rules import STYLE_SYNTAX
from reportcard.page.styles import ColourToken, Styles, read_styles
from reportcard.page.typeset.remarks import located, missing_characters
from reportcard.problems.problem import Place
from reportcard.workspace.workspace import Workspace
from tests.conftest import ROOT, Copy

SHEETS = {
    "styles/gold/1-first.css": "p { color: var(--gold); }\nh1 { top: 0 }",
    "styles/gold/2-second.css": (
        '@font-face { font-family: "Card Sans"; src: url(a.ttf) }\n'
        "i { color: var(--gold); border-color: var(--gold); tip: 0 }\n"
    ),
}

#: The lines of what all themes share, which comes first.
ABOVE = shared_sheets().count("\n") + 1


@pytest.fixture
def styles() -> Styles:
    known, _ = read_styles(Workspace(ROOT), 0)
    assert known
    gold = ColourToken("#a87214", (0, 0, 0, 0))
    return Styles(known.theme, {"gold": gold}, SHEETS, {}, None, {}, known.sizes)


@pytest.mark.parametrize("word", ["p {", "h1", "top", "font-face", "border-color", "tip", "}"])
def test_a_place_in_all_sheets_is_one_in_its_own(styles: Styles, word: str) -> None:
    offset = styles.css.index(word, styles.css.index("p { color: #a87214; }\nh1 { top: 0 }"))
    line, column = place_of(styles.css, offset)
    file, text = next((file, text) for file, text in SHEETS.items() if word in text)
    assert styles.place(line, column) == Place(file, *place_of(text, text.index(word)))


def place_of(text: str, offset: int) -> tuple[int, int]:
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def test_a_line_of_what_themes_share_or_after_the_last_is_nowhere(styles: Styles) -> None:
    assert styles.place(ABOVE, 1) is None
    assert styles.place(len(styles.css.split("\n")), 1)
    assert styles.place(len(styles.css.split("\n")) + 1, 1) is None


def record(words: str) -> logging.LogRecord:
    return logging.LogRecord("weasyprint", logging.WARNING, "", 0, words, None, None)


def test_a_remark_about_a_style_sheet_has_its_place(styles: Styles) -> None:
    there, face, elsewhere = located(
        map(
            record,
            (
                f"Ignored `top:0` at {ABOVE + 2}:6, for a reason.",
                "Font-face 'Card Sans' cannot be loaded",
                "Failed to load image at 'figures/a.svg'",
            ),
        ),
        styles,
    )
    assert there.getMessage() == "Ignored `top:0`, for a reason."
    assert vars(there)["place"] == Place("styles/gold/1-first.css", 2, 6)
    assert vars(face)["place"] == Place("styles/gold/2-second.css", 1, 1)
    assert "place" not in vars(elsewhere)


def test_characters_that_no_font_has_are_each_named_once() -> None:
    words = '.notdef glyph rendered for Unicode string unsupported by fonts: "%s" (U+%04X)'
    mine, other = [record(words % (sign, ord(sign))) for sign in "⛏)⛏"], record("Unknown rule")
    assert missing_characters([*mine, other]) == ("⛏)", [other])


@pytest.mark.parametrize(
    ("sheet", "found"),
    [
        ("a { b: c }\n@media print { d { e: f } }", []),
        ("/* { ' */ a { b: '}'; c: \"{\\\"\" ; d: url(x'{.svg) }", []),
        ("a { b: c;\nd { e: f }\n\ng {", [(1, 3, "open"), (4, 3, "open")]),
        ("a { b: c }\n }", [(2, 2, "close")]),
        ("a { b: c } /* d\n}", [(1, 12, "comment")]),
        ('a { b: \'c;\n d: "e" }', [(1, 8, "string")]),
        ('@import "x.css";\n@IMPORT url(y.css);', [(1, 1, "import"), (2, 1, "import")]),
    ],
)
def test_a_slip_in_a_style_sheet_has_its_line_and_column(
    tmp_path: Path, sheet: str, found: list[tuple[int, int, str]]
) -> None:
    folder = tmp_path / "styles/gold"
    folder.mkdir(parents=True)
    (folder / "a.css").write_text(sheet, encoding="utf-8")
    _, problems = read_styles(Workspace(tmp_path), 0)
    told = [one for one in problems if one.code == "STYLE-SYNTAX"]
    expected = [STYLE_SYNTAX.at(Place("styles/gold/a.css", *at), case) for *at, case in found]
    assert told == expected


def test_colors_are_known_by_their_token_or_else_by_their_sheet(tmp_path: Path) -> None:
    folder = tmp_path / "styles/gold"
    folder.mkdir(parents=True)
    colours = (
        f'{name}: {{screen: "#a87214", print: [20, 50, 100, 16]}}\n'
        for name in ("gold", *sorted(shared_colours() - {"gold"}))
    )
    (folder / "tokens.yaml").write_text(f"# Colors\n{''.join(colours)}", encoding="utf-8")
    (folder / "a.css").write_text("p { color: #A87214 }\nb { color: #ABCDEF }", encoding="utf-8")
    styles, problems = read_styles(Workspace(tmp_path), 0)
    assert problems == ()
    assert styles
    assert styles.places["#a87214"].file == "styles/gold/tokens.yaml"
    assert styles.places["#a87214"].line == 2
    assert styles.places["#abcdef"] == Place("styles/gold/a.css", 2, 12)


def test_sizes_are_those_of_the_workspace_and_a_faulty_one_is_reported_at_its_line(
    copy: Copy,
) -> None:
    copy.edit("styles/gold/sizes.yaml", "category: {width: 27,", "category: {width: 30,")
    styles, problems = read_styles(copy.workspace, 3)
    assert problems == ()
    assert styles
    assert styles.sizes.gauges.category.width == 30
    line, _ = copy.edit(
        "styles/gold/sizes.yaml", "category: {width: 30,", "category: {width: wide,"
    )
    styles, (problem,) = read_styles(copy.workspace, 3)
    assert styles is None
    assert (problem.place.file, problem.place.line) == ("styles/gold/sizes.yaml", line)


def test_a_workspace_without_sizes_has_those_of_a_new_one(copy: Copy) -> None:
    before, _ = read_styles(copy.workspace, 3)
    (copy.root / "styles/gold/sizes.yaml").unlink()
    after, problems = read_styles(copy.workspace, 3)
    assert problems == ()
    assert before
    assert after
    assert after.sizes == before.sizes


def test_a_color_that_pages_of_every_theme_use_is_missed(copy: Copy) -> None:
    """A theme may name colors that no other has, and leave out those that nothing names."""
    tokens = copy.root / "styles/gold/tokens.yaml"
    text = tokens.read_text(encoding="utf-8")
    lines = text.splitlines(keepends=True)
    sheets = "".join(
        one.read_text(encoding="utf-8") for one in (copy.root / "styles/gold").glob("*.css")
    )
    alone = next(one for one in sorted(shared_colours()) if f"var(--{one})" not in sheets)
    tokens.write_text("".join(one for one in lines if not one.startswith(f"{alone}:")))
    _, problems = read_styles(copy.workspace, 3)
    assert [(str(one.place), one.code, str(one.message)) for one in problems] == [
        ("styles/gold/tokens.yaml", "STYLE-TOKEN", f'color "{alone}" is missing.')
    ]
