"""Tables of scores become scores: exact as they are shown, in whatever way the table lies; a faulty
one changes nothing.
"""

import io
from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from reportcard.content.loading import Content, load
from reportcard.errors import ExitCode, ReportCardError
from reportcard.intake.entry import Posted, post
from reportcard.intake.grid import read_grids

from .conftest import ROOT, Copy
from .manuscripts import DATA, OFFICE, docx, paragraph, scores_csv, scores_xlsx

Run = Callable[..., tuple[int, str, str]]
Row = Sequence[object]


@pytest.fixture(scope="module")
def content() -> Content:
    found = load(Copy(ROOT).workspace).content
    assert found
    return found


def sheet(*rows: Row, formats: dict[str, str] | None = None, title: str = "Scores") -> bytes:
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = title
    for row in rows:
        page.append(list(row))
    for cell, format_ in (formats or {}).items():
        page[cell].number_format = format_
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def posted(
    content: Content, data: bytes, name: str = "scores.xlsx", *, final: bool = False
) -> Posted:
    return post(content, data, name, final=final)


def changed(content: Content, data: bytes, name: str = "scores.xlsx") -> dict[str, dict[str, str]]:
    made = posted(content, data, name)
    assert made.problems == ()
    return {
        country: {one.name: one.now for one in changes}
        for country, changes in made.changes.items()
        if changes
    }


MEANT = {
    "peru": {"ownership": "0.7", "licences": "0.85"},
    "colombia": {"definitions": "0.9", "ownership": "0.8", "licences": "1", "machinery": "0.65"},
}


@pytest.mark.parametrize("name", ["scores-es.xlsx", "scores-es.csv"])
def test_a_table_saved_by_libreoffice_in_spanish_is_read_exactly(
    content: Content, name: str
) -> None:
    made = posted(content, (DATA / name).read_bytes(), name)
    assert {
        country: {one.name: one.now for one in changes} for country, changes in made.changes.items()
    } == MEANT
    assert [(one.name, one.before) for one in made.changes["peru"]] == [
        ("ownership", "0.8"),
        ("licences", "0.8"),
    ]
    assert made.same == {"peru": 3, "colombia": 0}
    remarks = [str(one) for one in made.remarks]
    assert "colombia, mercury: the cell is empty. The score was not changed." in remarks
    assert (
        "peru: 4 imported scores are still provisional. If they are final, add --final." in remarks
    )


def test_the_committed_tables_are_what_libreoffice_makes() -> None:
    if OFFICE is None:
        pytest.skip(
            "LibreOffice is not installed: tests/data/scores-es.* are taken as they were made"
        )
    for data, name in ((scores_xlsx(), "scores-es.xlsx"), (scores_csv(), "scores-es.csv")):
        made, kept = (read_grids(one, name)[0] for one in (data, (DATA / name).read_bytes()))
        assert [[cell.text for cell in row] for row in made[0].rows] == [
            [cell.text for cell in row] for row in kept[0].rows
        ]


HEAD = (
    "País",
    "A",
    "ownership",
    "Procedures for Acquiring Mining Licenses",
    "D. Regulación de la maquinaria",
)
PERU = ("Perú", 1, 0.7, 0.85, 0.5)
COLOMBIA = ("CO", 0.9, "0,8", 1, "0.65")
LAID: dict[str, bytes] = {
    "countries down": sheet(("Puntajes",), (), HEAD, PERU, COLOMBIA),
    "countries across": sheet(*zip(HEAD, PERU, COLOMBIA, strict=True)),
    "two tables, one below the other": sheet(
        (HEAD[0], *HEAD[1:3]),
        PERU[:3],
        COLOMBIA[:3],
        (),
        (HEAD[0], *HEAD[3:]),
        ("Peru", *PERU[3:]),
        ("colombia", *COLOMBIA[3:]),
    ),
    "letters above names": sheet(
        ("", "A", "B", "C", "D"), ("Country", "x", "y", "z", "w"), PERU, COLOMBIA
    ),
    "a row a score": sheet(
        ("Note", "Score", "Category", "Country"),
        *[
            ("", score, name, row[0])
            for row in (PERU, COLOMBIA)
            for name, score in zip(HEAD[1:], row[1:], strict=True)
        ],
    ),
}


@pytest.mark.parametrize("name", LAID)
def test_the_table_may_lie_in_any_way(content: Content, name: str) -> None:
    assert changed(content, LAID[name]) == MEANT


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_csv_may_have_any_separator_and_encoding(
    content: Content, separator: str, encoding: str
) -> None:
    text = "\r\n".join(
        separator.join(f'"{cell}"' for cell in row) for row in (HEAD, PERU, COLOMBIA)
    )
    assert changed(content, text.encode(encoding), "scores.csv") == MEANT


@pytest.mark.parametrize(
    ("value", "format_", "literal"),
    [
        (0.30000000000000004, "General", "0.3"),
        (0.1 + 0.7, "General", "0.8"),
        (2 / 3, "0.00", "0.67"),
        (0.125, "0.00", "0.13"),
        (0.855, "0.00", "0.86"),
        (1, "0.0", "1.0"),
        (0.5, '0.0" puntos"', "0.5"),
        ("0,25", "@", "0.25"),
        (" .5 ", "General", "0.5"),
        (1e-1, "General", "0.1"),
    ],
)
def test_a_number_is_what_is_shown(
    content: Content, value: object, format_: str, literal: str
) -> None:
    data = sheet(("", "B", "C"), ("Colombia", value, 1), formats={"B2": format_})
    assert changed(content, data)["colombia"]["ownership"] == literal


@settings(max_examples=30)
@given(st.decimals(0, 1, places=4))
@pytest.mark.slow
def test_a_score_typed_comes_out_as_typed(value: Decimal) -> None:
    """Through the float of a spreadsheet, and sums of floats that are off by a hair."""
    for typed in (float(value), float(value) + 1e-16, float(value / 3) * 3):
        (cell,) = read_grids(sheet((typed,)), "x.xlsx")[0][0].rows[0]
        assert Fraction(cell.text) == Fraction(value)


@pytest.mark.parametrize("format_", ["General", "0.00", "0%"])
def test_a_number_of_any_size_is_read(format_: str) -> None:
    """What is no score is refused as one, by its cell."""
    (cell,) = read_grids(sheet((1e308,), formats={"A1": format_}), "x.xlsx")[0][0].rows[0]
    assert Fraction(cell.text) == 10**308


def test_what_is_shown_rounded_is_told(content: Content) -> None:
    made = posted(content, sheet(("", "B", "C"), ("Colombia", 2 / 3, 1), formats={"B2": "0.0"}))
    assert [str(one) for one in made.remarks] == [
        "Scores!B2: imported as 0.7, the displayed value. The actual value is 0.666666666666667."
    ]


FAULTY: dict[str, tuple[bytes, list[tuple[str, str, str]]]] = {
    "out of range": (
        sheet(("", "A", "B"), ("Perú", 1.2, -1)),
        [
            ("INTAKE-NUMBER", "Scores!B2", "above the category maximum of 1."),
            ("INTAKE-NUMBER", "Scores!C2", "not a score"),
        ],
    ),
    "percent": (
        sheet(("", "A", "B"), ("Perú", 0.8, "80 %"), formats={"B2": "0%"}),
        [("INTAKE-NUMBER", "Scores!B2", "percentage"), ("INTAKE-NUMBER", "Scores!C2", '"80 %"')],
    ),
    "words": (
        sheet(("", "A", "B"), ("Perú", "alto", True)),
        [
            ("INTAKE-NUMBER", "Scores!B2", '"alto"'),
            ("INTAKE-NUMBER", "Scores!C2", "true/false value"),
        ],
    ),
    "too fine": (
        sheet(("", "A", "B"), ("Perú", 2 / 3, 0.5)),
        [("INTAKE-NUMBER", "Scores!B2", "four decimal places")],
    ),
    "a formula never computed": (
        sheet(("", "A", "B"), ("Perú", "=1/2", 0.5)),
        [("INTAKE-NUMBER", "Scores!B2", "not saved")],
    ),
    "an unknown country": (
        sheet(("", "A", "B"), ("Perú", 0.5, 0.5), ("Peruu", 0.5, 0.5)),
        [("INTAKE-NAME", "Scores!A3", '"Peruu"')],
    ),
    "an unknown category": (
        sheet(("", "A", "B", "Mercurios"), ("Perú", 0.5, 0.5, 0.5)),
        [("INTAKE-NAME", "Scores!D1", '"Mercurios"')],
    ),
    "no country": (
        sheet(("", "A", "B"), ("Perú", 0.5, 0.5), ("", 0.5, "")),
        [("INTAKE-NAME", "Scores!B3", "has a name from content/")],
    ),
    "a country twice": (
        sheet(("", "A", "B"), ("Perú", 0.5, 0.5), ("Peru", 0.5, "")),
        [("INTAKE-TWICE", "Scores!B3", "Scores!B2")],
    ),
    "a wrong sum": (
        sheet(
            ("", "A", "B", "C", "D", "E", "Marcos legales", "Total"),
            ("Perú", 1, 0.8, 0.8, 0.5, 0.8, 4.0, 11.7),
        ),
        [("INTAKE-SUM", "Scores!G2", "the other scores give 3.9")],
    ),
}


@pytest.mark.parametrize("name", FAULTY)
def test_every_fault_is_told_with_its_cell_and_nothing_is_written(
    content: Content, name: str
) -> None:
    data, faults = FAULTY[name]
    made = posted(content, data)
    assert dict(made.files) == {}
    told = [(one.code, str(one.place), str(one.message)) for one in made.problems]
    assert len(told) == len(faults)
    for (code, place, message), (wanted, cell, words) in zip(told, faults, strict=True):
        assert (code, place) == (wanted, f"scores.xlsx, {cell}")
        assert words in message


def test_a_fault_of_a_csv_is_told_with_line_and_column(content: Content) -> None:
    made = posted(content, "País;A;B\nPerú;0,5;80 %\n".encode(), "scores.csv")
    assert [str(one.place) for one in made.problems] == ["scores.csv:2:10"]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("country,category,score\nperu,A,0,9\nperu,B,1,0\n", ["2:10", "3:10"]),
        ("score,country,category\n0,9,peru,A\n", ["2:3"]),
        ("peru,A,0,9\nperu,B,1,0\n", ["1:10", "2:10"]),
        ("country,A,B\nperu,1,0,0,9\n", ["2:10"]),
        ("country,A,B\nperu,1,0,\n", ["2:10"]),
        ("country,A\nperu,0,9\n", ["2:8"]),
        (",peru,colombia\nA,1,0,0,9\n", ["2:7"]),
        ("country;A;B;\nperu;0,9;1,0;0,5\n", ["2:14"]),
    ],
)
def test_a_row_of_a_csv_that_goes_on_past_its_head_is_a_fault(
    content: Content, text: str, places: list[str]
) -> None:
    made = posted(content, text.encode(), "x.csv")
    assert dict(made.files) == {}
    assert [(one.code, str(one.place)) for one in made.problems] == [
        ("INTAKE-CELLS", f"x.csv:{place}") for place in places
    ]
    assert all(
        ("separate the cells with semicolons" in str(one.advice))
        == ("," in text.partition("\n")[0])
        for one in made.problems
    )


def test_a_csv_with_as_many_cells_as_heads_is_no_fault(content: Content) -> None:
    for text in (
        "Puntajes,,\nperu,B,0.9\nperu,C,0.7\n",
        "country;B;C;;\nperu;0,9;0.7;;\n",
        'País,B,C\nperu,"0,9",0.7\n',
    ):
        assert changed(content, text.encode(), "x.csv") == {
            "peru": {"ownership": "0.9", "licences": "0.7"}
        }


@pytest.mark.long
def test_a_table_may_have_a_single_category_or_country(content: Content) -> None:
    for rows in (
        (("country", "B"), ("peru", 0.3)),
        (("", "Perú"), ("B", 0.3)),
        (("país", "B", "Nota"), ("peru", 0.3, "x")),
    ):
        assert changed(content, sheet(*rows)) == {"peru": {"ownership": "0.3"}}
    made = posted(content, sheet(("country", "A", "Z", "Note"), ("peru", 0.3, 0.4, 1)))
    assert [(str(one.place), str(one.message)) for one in made.problems] == [
        (f"scores.xlsx, Scores!{cell}1", f'"{name}" is not a category in this workspace.')
        for cell, name in (("C", "Z"), ("D", "Note"))
    ]


def test_the_first_row_of_a_list_may_be_the_faulty_one(content: Content) -> None:
    made = posted(
        content, sheet(("country", "category", "score"), ("peru", "A", "alto"), ("peru", "B", 0.5))
    )
    assert [(one.code, str(one.place)) for one in made.problems] == [
        ("INTAKE-NUMBER", "scores.xlsx, Scores!C2")
    ]


@pytest.mark.slow
def test_a_files_bytes_stay_but_for_the_scores(copy: Copy, run: Run) -> None:
    files = {
        country: copy.root / f"content/{country}/scores.yaml"
        for country in ("peru", "colombia", "brazil")
    }
    before = {country: file.read_text(encoding="utf-8") for country, file in files.items()}
    arguments = ("intake", str(DATA / "scores-es.csv"), "--workspace", str(copy.root))
    code, out, err = run(*arguments, "--dry-run")
    assert (code, err) == (0, "")
    assert "ownership                            0.8 → 0.7" in out
    assert {country: file.read_text(encoding="utf-8") for country, file in files.items()} == before
    assert run(*arguments)[0] == 0
    assert files["peru"].read_text(encoding="utf-8") == before["peru"].replace(
        "ownership: 0.8", "ownership: 0.7"
    ).replace("licences: 0.8", "licences: 0.85")
    assert files["colombia"].read_text(encoding="utf-8") == before["colombia"].replace(
        "country: CO\n",
        "country: CO\ncategories:\n  definitions: 0.9\n  ownership: 0.8\n  licences: 1\n "
        " machinery: 0.65\n",
    )
    assert files["brazil"].read_text(encoding="utf-8") == before["brazil"]
    code, out, _ = run(*arguments)
    assert (code, "no scores have changed" in out) == (0, True)


@pytest.mark.long
def test_scores_are_final_only_where_all_placeholders_come_in(copy: Copy, content: Content) -> None:
    categories = list(content.scoreboard.model.categories)
    whole = sheet(("", *categories), ("Perú", *[0.5] * 15))
    text = posted(content, whole, final=True).files["content/peru/scores.yaml"].decode()
    assert "\nprovisional: false\n" in text
    assert "{score: 0.5, provisional: false}" in text
    part = posted(content, sheet(("", "B", "C"), ("Perú", 0.5, 0.5)), final=True)
    assert "\nprovisional: true\n" in part.files["content/peru/scores.yaml"].decode()
    assert any("the table does not include machinery, mercury" in str(one) for one in part.remarks)
    kept = posted(content, whole)
    assert "\nprovisional: true\n" in kept.files["content/peru/scores.yaml"].decode()
    assert any("SCORE-PUBLISHED" in str(one) for one in kept.after)


def test_scores_of_criteria_go_to_their_category(copy: Copy) -> None:
    copy.edit(
        "content/scoreboard.yaml",
        "mercury: {letter: E}",
        "mercury: {letter: E, criteria: [use, trade]}",
    )
    content = load(copy.workspace).content
    assert content
    made = posted(content, sheet(("", "use", "trade"), ("Colombia", 0.5, 1)))
    assert (
        "categories:\n  mercury:\n    criteria:\n      use: 0.5\n      trade: 1\n"
        in made.files["content/colombia/scores.yaml"].decode()
    )
    both = posted(content, sheet(("", "use", "trade", "E"), ("Colombia", 0.5, 1, 1)))
    assert [one.code for one in both.problems] == ["INTAKE-TWICE"]
    clash = posted(content, sheet(("", "use", "trade"), ("Perú", 0.5, 1)))
    assert [one.code for one in clash.problems] == ["INTAKE-TWICE", "INTAKE-TWICE"]


@pytest.mark.parametrize(
    ("data", "name", "why"),
    [
        (docx(paragraph("Texto.")), "scores.xlsx", "a manuscript"),
        (sheet(("nothing", "here")), "scores.xlsx", "no table of scores"),
        (b"a,b\n1,2\n", "scores.csv", "no table of scores"),
        (b"\0\1;", "scores.csv", "not a plain text file"),
        (b"PK\x03\x04", "scores.csv", "damaged"),
        (sheet(*[("x",)] * 3_001), "scores.xlsx", "more than 3,000 rows"),
    ],
)
def test_a_file_that_is_no_table_is_refused_with_what_to_do(
    content: Content, data: bytes, name: str, why: str
) -> None:
    with pytest.raises(ReportCardError, match=why) as refused:
        posted(content, data, name)
    assert refused.value.code is ExitCode.UNREADABLE
    assert refused.value.advice


@pytest.mark.long
def test_a_faulty_table_ends_the_command_with_the_cells(copy: Copy, run: Run) -> None:
    file = copy.root / "scores.xlsx"
    file.write_bytes(FAULTY["out of range"][0])
    code, _, err = run("intake", str(file), "--workspace", str(copy.root))
    assert code == ExitCode.CONTENT
    assert "scores.xlsx, Scores!B2" in err
    assert "Nothing was written." in err


def test_a_table_takes_no_option_of_a_manuscript(copy: Copy, run: Run) -> None:
    for option in (("--country", "bolivia"), ("--language", "es"), ("--replace",)):
        code, _, err = run(
            "intake", str(DATA / "scores-es.csv"), *option, "--workspace", str(copy.root)
        )
        assert code == ExitCode.USAGE
        assert f"these options cannot be used with a table of scores: {option[0]}." in err


# --- names, fractions and sums as people type them ------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "BOL",
        "bol",
        "BO",
        "Bolivia (Plurinational State of)",
        "Bolivia (Estado Plurinacional de)",
        "Bolivie (État plurinational de)",
        "Bolívia",
        "Bolivia, Plurinational State of",
    ],
)
def test_a_country_is_known_by_its_codes_and_names_of_the_united_nations(
    content: Content, name: str
) -> None:
    assert changed(content, sheet(HEAD, (name, 0.1, 0.2, 0.3, 0.4))) == {
        "bolivia": {"definitions": "0.1", "ownership": "0.2", "licences": "0.3", "machinery": "0.4"}
    }


@pytest.mark.parametrize("name", ["ARG", "Argentine", "BOX", "Bolivien an"])
def test_a_country_that_the_workspace_does_not_have_is_none(content: Content, name: str) -> None:
    made = posted(content, sheet(HEAD, PERU, (name, 0.1, 0.2, 0.3, 0.4)))
    assert {problem.code for problem in made.problems} == {"INTAKE-NAME"}


def test_units_that_are_no_countries_have_no_codes(copy: Copy) -> None:
    copy.edit("content/scoreboard.yaml", "dimensions:\n", "assessed: other\ndimensions:\n")
    found = load(copy.workspace).content
    assert found
    made = posted(found, sheet(HEAD, ("Colombia", 0.9, 0.8, 1, 0.6), ("BOL", 0.1, 0.2, 0.3, 0.4)))
    assert {problem.code for problem in made.problems} == {"INTAKE-NAME"}


@pytest.mark.parametrize(
    ("typed", "score"),
    [
        ("3/4", "0.75"),
        ("3 / 4", "0.75"),
        ("3\u20444", "0.75"),
        ("½", "0.5"),
        ("0.5/1", "0.5"),
        ("0,5/1", "0.5"),
        ("1/1", "1"),
        ("⅛", "0.125"),
    ],
)
def test_a_fraction_that_is_a_score_is_taken_and_told(
    content: Content, typed: str, score: str
) -> None:
    data = sheet(HEAD[:3], ("Bolivia", typed, 0.2))
    assert changed(content, data)["bolivia"]["definitions"] == score
    assert f"Scores!B2: {typed} was imported as {score}." in map(str, posted(content, data).remarks)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("1/3", "has more than four decimal places"),
        ("1½", "is above the category maximum of 1"),
        ("5/4", "is above the category maximum of 1"),
        ("1/0", "is not a score"),
        ("3/4/25", "is not a score"),
    ],
)
def test_a_fraction_that_is_no_score_is_a_fault(content: Content, typed: str, words: str) -> None:
    made = posted(content, sheet(HEAD[:3], ("Bolivia", typed, 0.2)))
    (problem,) = made.problems
    assert (problem.code, str(problem.place)) == ("INTAKE-NUMBER", "scores.xlsx, Scores!B2")
    assert words in str(problem.message)
    assert dict(made.files) == {}


def test_a_fraction_of_another_maximum_is_taken_only_where_it_has_one_meaning(copy: Copy) -> None:
    copy.edit("content/scoreboard.yaml", "dimensions:\n", "category: {maximum: 4}\ndimensions:\n")
    found = load(copy.workspace).content
    assert found
    made = posted(found, sheet(HEAD[:3], ("Bolivia", "3/4", "1½")))
    (problem,) = made.problems
    assert str(problem.message) == "3/4 can mean 0.75, or 3 out of the maximum."
    (problem,) = posted(found, sheet(HEAD[:3], ("Bolivia", "4/4", "1½"))).problems
    assert str(problem.message) == "4/4 can mean 1, or 4 out of the maximum."
    assert changed(found, sheet(HEAD[:3], ("Bolivia", "1/2", "1½"))) == {
        "bolivia": {"definitions": "0.5", "ownership": "1.5"}
    }


LEGAL = ("País", "A", "B", "C", "D", "E")
SCORED = ("Bolivia", 0.5, 0.5, 1, 1, 0.75)


@pytest.mark.parametrize(
    ("head", "figure", "fault"),
    [
        ("Marcos legales", 3.75, ""),
        ("Total Marcos legales", 3.75, ""),
        ("Puntaje de Marcos legales", "3.8", ""),
        ("Legal total", "3.75/5", ""),
        ("Marcos legales", 3.7, "the other scores give 3.8"),
        ("Subtotal Marcos legales", 4, "the other scores give 3.8"),
        ("Marcos legales", "3/5", "the other scores give 3.8"),
        ("Marcos legales", "n/a", "is not applicable, but the other scores give 3.8"),
    ],
)
def test_a_dimension_in_the_sheet_is_compared_with_its_scores(
    content: Content, head: str, figure: object, fault: str
) -> None:
    made = posted(content, sheet((*LEGAL, head), (*SCORED, figure)))
    assert [problem.code for problem in made.problems] == (["INTAKE-SUM"] if fault else [])
    assert all(fault in str(problem.message) for problem in made.problems)
    assert bool(made.files) is not bool(fault)


@pytest.mark.long
def test_a_dimension_of_a_mean_in_percent_is_compared_as_it_is_printed(copy: Copy) -> None:
    copy.edit(
        "content/scoreboard.yaml",
        "dimensions:\n",
        'dimension: {combine: mean, maximum: 100, decimals: 0, suffix: "%"}\n'
        "total: {combine: mean, maximum: 100}\ndimensions:\n",
    )
    found = load(copy.workspace).content
    assert found
    scores = ("Bolivia", 0.5, 0.5, 1, 1, "n/a")
    for figure in (75, "75%", "75/100"):
        assert posted(found, sheet((*LEGAL, "Marcos legales"), (*scores, figure))).problems == ()
    data = sheet((*LEGAL, "Marcos legales"), (*scores, 0.75), formats={"G2": "0%"})
    assert posted(found, data).problems == ()
    (problem,) = posted(found, sheet((*LEGAL, "Marcos legales"), (*scores, "76%"))).problems
    assert problem.code == "INTAKE-SUM"


def test_a_dimension_to_which_nothing_applies_has_no_figure(content: Content) -> None:
    none = ("Bolivia", *["n/a"] * 5)
    head = (*LEGAL, "Marcos legales")
    assert posted(content, sheet(head, (*none, "N/A"))).problems == ()
    (problem,) = posted(content, sheet(head, (*none, 0))).problems
    assert "is 0, but the other scores give not applicable" in str(problem.message)
