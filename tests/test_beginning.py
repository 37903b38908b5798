"""A workspace begins with any framework: it is read without an error, and its cards build."""

import re
import subprocess
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest
from openpyxl import Workbook

from reportcard.build import beginning, starter
from reportcard.build import plan as plans
from reportcard.build.inventory import ReadWorkspace, read_workspace
from reportcard.build.phrases import PHRASES
from reportcard.build.plan import Framework, NamedCategory, NamedDimension
from reportcard.checks.placeholders import DEFINITION
from reportcard.cli import interview
from reportcard.content.loading import Content
from reportcard.errors import ExitCode, ReportCardError
from reportcard.problems.problem import has_errors
from reportcard.scores.formula import scales
from reportcard.workspace.workspace import Workspace

Run = Callable[..., tuple[int, str, str]]

#: Words of the demonstration's subject, in the languages that there is neutral wording in.
GOLD = re.compile(r"\b(?:gold|min(?:ing|ers?)|mercury|amazon|oro|miner[íi]a|mercurio)\b", re.I)


def uniform(dimensions: int, categories: int) -> tuple[NamedDimension, ...]:
    return tuple(
        NamedDimension(
            f"Dimension {d}",
            tuple(NamedCategory(f"Category {d}.{c}") for c in range(categories)),
        )
        for d in range(dimensions)
    )


def begin(folder: Path, plan: Framework, *cards: str) -> Content:
    files = beginning.begun(plan, starter.tokens(plan.theme))
    starter.init(folder, starter.shell(plan.theme), files)
    for name in cards:
        starter.begin_card(Workspace.find(folder), name, None)
    read = read_workspace(Workspace.find(folder))
    assert not has_errors(read.problems), [str(one.message) for one in read.problems]
    assert read.content
    return read.content


PLANS = {
    "1 x 1": Framework("Index", ("en", "es"), uniform(1, 1)),
    "1 x 12": Framework("Index", ("en",), uniform(1, 12)),
    "12 x 12": Framework("Index", ("en", "es"), uniform(12, 12)),
    "mean": Framework("Index", ("es",), uniform(2, 3), formula="mean", out_of="100", suffix="%"),
    "weights": Framework(
        "Index",
        ("en", "es"),
        (
            NamedDimension("Law", (NamedCategory("Law", "2"), NamedCategory("Courts")), "3"),
            NamedDimension("Law", (NamedCategory("Law"),)),
        ),
        formula="weighted",
        out_of="10",
    ),
    "lower": Framework("Index", ("en",), uniform(2, 2), is_lower_better=True, maximum="10"),
    "bands": Framework(
        'An index: "A & B"', ("en", "es"), uniform(2, 2), bands=(("So so", "2"), ("Good", ""))
    ),
    "another language": Framework("Indice", ("it", "en"), uniform(2, 2)),
    "all that have words": Framework("Index", tuple(PHRASES), uniform(2, 2)),
}


@pytest.mark.long
@pytest.mark.parametrize("plan", PLANS.values(), ids=PLANS)
def test_a_framework_is_read_without_an_error(tmp_path: Path, plan: Framework) -> None:
    content = begin(tmp_path / "mine", plan, "Peru", "Kenya")
    board = content.scoreboard.model
    assert len(board.dimensions) == len(plan.dimensions)
    assert set(content.cards) == {"peru", "kenya"}
    assert set(content.cards["peru"]) == set(plan.languages)
    letters = [category.letter for category in board.categories.values()]
    assert len(set(letters)) == len(letters)
    if plan.out_of:
        assert scales(board).total.maximum == int(plan.out_of)
    for path in (tmp_path / "mine/content").rglob("*.yaml"):
        assert not GOLD.search(path.read_text(encoding="utf-8")), path


@pytest.mark.parametrize("language", PHRASES)
def test_neutral_words_are_all_there_in_every_language(language: str) -> None:
    plan = Framework("Index", ("en", language), uniform(1, 1), unit={"en": ("basin", "basins")})
    files = dict(beginning.begun(plan, starter.tokens(plan.theme)))
    own, english = (files[f"content/wording/{one}.yaml"] for one in (language, "en"))

    def keys(text: str) -> list[str]:
        return re.findall(r"^ *[a-z_]+:", text, re.MULTILINE)

    def holes(text: str) -> list[str]:
        return sorted(re.findall(r"(?<!\{)\{[a-z]+\}", text))

    assert keys(own) == keys(english)
    assert holes(own) == holes(english)
    assert "$" not in own.replace("$schema", "")
    words = r"^ *(?:[a-z_]+: )?([A-Z][a-z]+ [a-z].*)"
    same = set(re.findall(words, own, re.M)) & set(re.findall(words, english, re.M))
    assert not same or language == "en"
    assert DEFINITION[language] in own


@pytest.mark.parametrize("language", PHRASES)
def test_neutral_words_name_what_is_assessed_and_no_country(language: str) -> None:
    def values(unit: dict[str, tuple[str, str]]) -> str:
        plan = Framework("Index", (language,), uniform(1, 1), unit=unit)
        text = dict(beginning.begun(plan, starter.tokens(plan.theme)))[
            f"content/wording/{language}.yaml"
        ]
        return re.sub(r"\{\{.*?\}\}|\{[a-z]+\}|#.*|^ *[a-z_]+:", "", text, flags=re.MULTILINE)

    one, many = PHRASES[language].countries
    country = re.compile(rf"\b(?:{one}|{many}|land\w*|länder\w*)\b", re.IGNORECASE)
    assert len(country.findall(values({}))) > 3
    assert country.findall(values({language: ("basin", "basins")})) == []


@pytest.mark.long
def test_neutral_words_have_the_signs_of_their_language(tmp_path: Path) -> None:
    water = NamedDimension("Aqua", (NamedCategory("Fons"), NamedCategory("Lacus")))
    content = begin(tmp_path / "mine", Framework("Index", tuple(PHRASES), (water,)), "Peru")
    houses = content.edition.model.languages
    assert [houses[one].quotes for one in ("en", "de", "fr")] == ["“”‘’", "„“‚‘", "«»“”"]
    found = read_workspace(Workspace.find(tmp_path / "mine")).problems
    assert not [str(one) for one in found if one.code.startswith("TYPE-")]
    wording = content.wordings["fr"]
    wrong = wording.data.replace(b"remedy: ", b'remedy: "Oui , non" # ')
    (tmp_path / "mine" / wording.tree.file).write_bytes(wrong)
    found = read_workspace(Workspace.find(tmp_path / "mine")).problems
    assert [one.code for one in found if one.code.startswith("TYPE-")] == ["TYPE-SPACE"]


@pytest.mark.long
def test_what_is_assessed_may_be_no_country(tmp_path: Path) -> None:
    unit = {"en": ("basin", "basins"), "es": ("cuenca", "cuencas")}
    plan = Framework("Rivers", ("en", "es"), uniform(2, 2), unit=unit)
    content = begin(tmp_path / "mine", plan, "North Basin", "Río Sur")
    assert {name: str(forms.name) for name, forms in content.wordings["es"].model.countries.items()}
    assert set(content.scores) == {"north-basin", "rio-sur"}
    assert content.scores["rio-sur"].model.country == ""
    assert "de {count} cuencas" in (tmp_path / "mine/content/wording/es.yaml").read_text("utf-8")


#: Two dimensions in two languages, of something that is not a country.
BASINS = (
    *("--programme", "Rivers", "--language", "es", "--language", "en"),
    *("--unit", "cuenca/cuencas", "--unit", "en=basin/basins"),
    *("--dimension", "Agua: Calidad; Acceso", "--dimension", "Ley: Derechos"),
    *("--dimension", "en=Water: Quality; Access", "--dimension", "en=Law: Rights"),
)
#: What is asked, in parts of the questions, and what is answered, one wrong answer before a right
#: one.
ANSWERS = (
    ("Name of the index", "Ríos"),
    ("Organizations", "A, B"),
    ("Languages", "es, xx"),
    ("Languages", "es, en"),
    ("What is assessed, if not", "cuenca"),
    ('The plural of "cuenca"', ""),
    ('The plural of "cuenca"', "cuencas"),
    ('What is assessed, in the language "en"', "basin/basins"),
    ("A dimension", "Agua"),
    ("A dimension", "Agua: Calidad; Acceso"),
    ("Another dimension", "Ley: Derechos"),
    ("Another dimension", ""),
    ('"Agua: Calidad; Acceso" in the language "en"', "Water: Quality"),
    ('"Agua: Calidad; Acceso" in the language "en"', "Water: Quality; Access"),
    ('"Ley: Derechos"', "Law: Rights"),
    ("Highest possible score for a category", "0"),
    ("Highest possible score for a category", "10"),
    ("Decimal places", "4"),
    ("Decimal places", "0"),
    ("How scores are combined", "product"),
    ("How scores are combined", "weighted mean"),
    ('Weight of "Agua"', "2"),
    ('Weight of "Agua: Calidad"', "0,5"),
    ('Weight of "Agua: Acceso"', ""),
    ('Weight of "Ley"', ""),
    ("Highest possible score for dimensions", "100"),
    ("Which scores are better", "lower"),
    ("Main color", "#fafafa"),
    ("Main color", "#14466b"),
    ("Page size", "Legal"),
    ("Page size", "letter"),
    ("Cards to start with", "Río Sur"),
    ("Other countries", "Río Norte, Río Este"),
)


@pytest.mark.long
def test_every_question_is_asked_and_what_is_made_has_no_error(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = list(ANSWERS)

    def answered(question: object, default: str | None = None) -> str:
        expected, answer = left.pop(0)
        assert str(question).startswith(expected)
        return answer or default or ""

    monkeypatch.setattr(interview, "is_on_terminal", lambda: True)
    monkeypatch.setattr(interview, "_asked", answered)
    folder = tmp_path / "mine"
    code, _, err = run("init", str(folder))
    assert (code, left) == (0, []), err
    read = read_workspace(Workspace.find(folder))
    assert not has_errors(read.problems), [str(one.message) for one in read.problems]
    assert isinstance(read, ReadWorkspace)
    assert not [one for one in read.problems if one.code == "LANG-FOREIGN"]
    board = read.content.scoreboard.model
    assert board.direction == "lower"
    assert read.content.edition.model.theme == "atlas"
    assert board.dimensions["agua"].weight == 2
    assert board.dimensions["agua"].categories["calidad"].weight == Fraction(1, 2)
    assert scales(board).category.maximum == 10
    assert scales(board).total.maximum == 100
    assert scales(board).total.decimals == 0
    assert read.content.wordings["en"].model.dimensions["ley"].name == "Law"
    assert set(read.content.cards) == {"rio-sur"}
    assert set(read.content.scores) == {"rio-sur", "rio-norte", "rio-este"}
    assert err.rstrip().splitlines()[-3:] == [
        "No card yet: Río Norte, Río Este. Create one with:",
        '  reportcard new "Río Norte"',
        '  reportcard new "Río Este"',
    ]


@pytest.mark.parametrize("typed", ["basin", "basin/", "/basins", "es=cuenca"])
def test_what_is_assessed_has_its_plural(tmp_path: Path, run: Run, typed: str) -> None:
    folder = tmp_path / "mine"
    named = ("--programme", "Index", "--dimension", "Water: Quality", "--unit", typed)
    code, _, err = run("init", str(folder), *named)
    assert code == ExitCode.USAGE
    assert f'the option --unit has no plural: "{typed}".' in err
    assert not folder.exists()


def test_a_main_color_that_is_too_light_is_refused_with_one_that_is_not() -> None:
    tokens = starter.tokens(Framework("Index", ("en",), ()).theme)
    with pytest.raises(ReportCardError) as refused:
        beginning.coloured(tokens, "#0b6e4f", 1)
    found = re.search(r"such as (#[0-9a-f]{6})\.", str(refused.value.advice))
    assert found
    assert beginning.coloured(tokens, found[1], 1)
    # Not darker than it has to be.
    assert int(found[1][3:5], 16) > 0x50


def test_an_unknown_country_is_refused_before_anything_is_written(tmp_path: Path, run: Run) -> None:
    folder = tmp_path / "mine"
    named = ("--dimension", "Water: Quality", "--card", "Atlantis", "--card", "Peru")
    code, out, err = run("init", str(folder), "--programme", "Index", *named)
    assert code == ExitCode.USAGE
    assert '"Atlantis" is not a known country.' in err
    assert not out
    assert not folder.exists()


def test_a_language_without_neutral_words_is_told_of(tmp_path: Path, run: Run) -> None:
    folder = tmp_path / "mine"
    named = ("--language", "it", "--language", "fr", "--dimension", "Acqua: Accesso")
    code, _, err = run("init", str(folder), "--programme", "Indice", *named)
    assert code == 0
    file = folder / "content/wording/it.yaml"
    assert f'none in the language "it": translate them in {file}' in err
    assert 'none in the language "fr"' not in err
    assert "{{ country.of }}" not in file.read_text(encoding="utf-8")


@pytest.mark.long
def test_a_language_without_names_is_told_of(tmp_path: Path, run: Run) -> None:
    _, _, err = run("init", str(tmp_path / "mine"), *BASINS)
    assert "no names" not in err
    without = [one for one in BASINS if "Law" not in one][:-1]
    _, _, err = run("init", str(tmp_path / "other"), *without)
    assert 'no names in the language "en" yet' in err
    assert str(tmp_path / "other/content/wording/en.yaml") in err


@pytest.mark.long
@pytest.mark.parametrize(
    ("options", "right"),
    [
        (("--weights", "Agua=2; calidad=3"), {"agua": (2, [3, 1]), "ley": (1, [1])}),
        (("--weights", "Agua: Acceso=0,5"), {"agua": (1, [1, Fraction(1, 2)]), "ley": (1, [1])}),
        (("--weights", "Ley=1"), {"agua": (1, [1, 1]), "ley": (1, [1])}),
    ],
)
def test_weights_make_a_weighted_mean_and_a_missing_one_is_1(
    tmp_path: Path,
    run: Run,
    options: tuple[str, ...],
    right: dict[str, tuple[float, list[float]]],
) -> None:
    assert run("init", str(tmp_path / "mine"), *BASINS, *options)[0] == 0
    read = read_workspace(Workspace.find(tmp_path / "mine"))
    assert not has_errors(read.problems)
    assert isinstance(read, ReadWorkspace)
    board = read.content.scoreboard.model
    assert (board.dimension.combine, board.total.combine) == ("weighted", "weighted")
    assert {
        id_: (one.weight, [each.weight for each in one.categories.values()])
        for id_, one in board.dimensions.items()
    } == right


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--weights", "Fuego=2"), 'there is no dimension or category "Fuego".'),
        (("--lower", "Fuego"), 'there is no dimension or category "Fuego".'),
        (("--weights", "Agua=no"), '"no" is not a number above zero.'),
        (("--weights", "Agua"), '"Agua" is not a number above zero.'),
        (("--weights", "Agua: Derechos=2"), 'no dimension or category "Agua: Derechos".'),
        (
            ("--formula", "mean", "--weights", "Acceso=2"),
            'the weights of "Agua" have no effect with the formula "mean".',
        ),
        (("--maximum", "x"), '"x" is not a number above zero.'),
        (("--out-of", "0"), '"0" is not a number above zero.'),
    ],
)
def test_what_would_make_errors_is_refused_before_anything_is_written(
    tmp_path: Path, run: Run, options: tuple[str, ...], said: str
) -> None:
    code, _, err = run("init", str(tmp_path / "mine"), *BASINS, *options)
    assert code == ExitCode.USAGE
    assert said in err
    assert not (tmp_path / "mine").exists()


def test_a_weight_of_a_name_that_is_there_twice_needs_its_dimension() -> None:
    twice = [plans.named_dimension("A: Law; B"), plans.named_dimension("C: Law")]
    with pytest.raises(ReportCardError, match='more than one "Law"'):
        plans.with_weights(twice, ["Law=2"])
    _, other = plans.with_weights(twice, ["C: Law=2"])
    assert other.categories[0].weight == "2"


def test_a_category_in_which_a_lower_score_is_better_is_named_by_itself_or_its_dimension() -> None:
    parts = [plans.named_dimension("Water: Law; Mercury"), plans.named_dimension("People: Law")]
    lower = plans.with_lower(parts, ["mercury", "People"])
    marks = [one.is_lower_better for part in lower for one in part.categories]
    assert marks == [False, True, True]
    files = dict(beginning.begun(Framework("Index", ("en", "es"), tuple(lower)), ""))
    assert "mercury: {letter: B, direction: lower}" in files["content/scoreboard.yaml"]
    said = "**Water** has the categories below. In **Mercury**, a lower score is better."
    assert said in files["content/wording/en.yaml"]
    assert "En **Mercury**, un puntaje más bajo es mejor." in files["content/wording/es.yaml"]


@pytest.mark.long
def test_scores_are_begun_without_a_card(tmp_path: Path, run: Run) -> None:
    folder = tmp_path / "mine"
    run("init", str(folder), *BASINS)
    new = ("new", "Río Norte", "--workspace", str(folder))
    code, out, _ = run(*new, "--scores-only")
    assert code == 0
    assert out.splitlines()[0] == "content/rio-norte/scores.yaml"
    assert [path.name for path in (folder / "content/rio-norte").iterdir()] == ["scores.yaml"]
    read = read_workspace(Workspace.find(folder))
    assert not has_errors(read.problems)
    assert isinstance(read, ReadWorkspace)
    assert read.content.wordings["en"].model.countries["rio-norte"].name == "Río Norte"
    code, _, err = run(*new, "--scores-only")
    assert code == ExitCode.USAGE
    assert "content/rio-norte/scores.yaml already exists." in err
    code, _, err = run("build", "rio-norte", "--workspace", str(folder))
    assert "Start the card with: reportcard new rio-norte" in err
    # Its name is translated before its card is begun
    wording = folder / "content/wording/en.yaml"
    text = wording.read_text(encoding="utf-8").replace("Río Norte", "North River")
    wording.write_text(text, encoding="utf-8")
    code, _, _ = run("new", "rio-norte", "--workspace", str(folder))
    assert code == 0
    titles = {
        language: (folder / f"content/rio-norte/{language}.yaml").read_text(encoding="utf-8")
        for language in ("es", "en")
    }
    assert "title: North River" in titles["en"]
    assert "title: Río Norte" in titles["es"]


def test_a_line_break_in_a_typed_name_is_a_space(tmp_path: Path, run: Run) -> None:
    folder = tmp_path / "mine"
    run("init", str(folder), *BASINS)
    at = ("--workspace", str(folder))
    assert run("new", "Río\nSur\n", *at)[0] == 0
    read = read_workspace(Workspace.find(folder))
    assert isinstance(read, ReadWorkspace)
    assert read.content.wordings["en"].model.countries["rio-sur"].name == "Río Sur"
    code, _, err = run("new", "Río \x1b[2JSur", *at)
    assert code == ExitCode.USAGE
    assert "cannot be used as a folder name" in err
    assert not (folder / "content/rio-2jsur").exists()


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("Water: Quality; Access", ("Water", "", [("Quality", ""), ("Access", "")])),
        ("Water *2: Quality*3;Access ;", ("Water", "2", [("Quality", "3"), ("Access", "")])),
        ("Law: 1.5 degrees *1.5", ("Law", "", [("1.5 degrees", "1.5")])),
    ],
)
def test_a_dimension_is_typed_in_one_line(
    typed: str, right: tuple[str, str, list[tuple[str, str]]]
) -> None:
    found = plans.named_dimension(typed)
    its = [(one.name, one.weight) for one in found.categories]
    assert (found.name, found.weight, its) == right


@pytest.mark.parametrize("typed", ["Water", "Water:", ": Quality", ""])
def test_a_dimension_without_categories_is_refused(typed: str) -> None:
    with pytest.raises(ReportCardError) as caught:
        plans.named_dimension(typed)
    assert caught.value.code is ExitCode.USAGE


#: Dimensions of a table with weights, and names in another language.
TABLE = (
    ("Dimension", "Category", "Weight", "Dimension weight", "Dimension es", "Category (es)"),
    ("Water", "Quality", "2", "", "", "Calidad"),
    ("", "Access", "50 %", "3", "Agua", "Acceso"),
    ("Law", "Rights", "", "", "Ley", "Derechos"),
)


@pytest.mark.long
@pytest.mark.parametrize("name", ["framework.csv", "framework.xlsx"])
def test_a_table_gives_dimensions_weights_and_names(tmp_path: Path, run: Run, name: str) -> None:
    table = tmp_path / name
    if name.endswith(".csv"):
        table.write_text("\n".join(map(";".join, TABLE)), encoding="utf-8-sig")
    else:
        book = Workbook()
        assert book.active
        for row in TABLE:
            book.active.append(row)
        book.save(table)
    languages = ("--language", "en", "--language", "es")
    folder = tmp_path / "mine"
    made = run("init", str(folder), "--programme", "I", "--framework", str(table), *languages)
    assert made[0] == 0, made[2]
    content = read_workspace(Workspace.find(folder)).content
    assert content
    named = {
        language: [
            (one.name, [each.name for each in one.categories.values()])
            for one in wording.model.dimensions.values()
        ]
        for language, wording in content.wordings.items()
    }
    assert named["en"] == [("Water", ["Quality", "Access"]), ("Law", ["Rights"])]
    assert named["es"] == [("Agua", ["Calidad", "Acceso"]), ("Ley", ["Derechos"])]
    board = content.scoreboard.model
    assert board.total.combine == "weighted"
    assert [one.weight for one in board.dimensions.values()] == [3, 1]
    assert [one.weight for one in board.categories.values()] == [2, 50, 1]


def test_a_cell_that_is_not_a_weight_is_refused() -> None:
    rows = [["Dimension", "Category", "Weight"], ["Water", "Quality", "high"]]
    with pytest.raises(ReportCardError, match='"high" in the column "weight" is not a weight'):
        plans.table_of_dimensions([rows], "x.csv")


def test_a_table_without_the_columns_is_refused() -> None:
    with pytest.raises(ReportCardError) as caught:
        plans.table_of_dimensions([[["Name", "Other"]], []], "x.csv")
    assert caught.value.code is ExitCode.UNREADABLE


def test_options_name_dimensions_in_other_languages() -> None:
    typed = ["es=Agua*2: Calidad; Acceso", "Water*2: Quality; Access", "Law: Rights", "es=Ley: A"]
    water, law = plans.named_dimensions(typed)
    assert (water.name, water.weight, water.named("es")) == ("Water", "2", "Agua")
    assert [one.named("es") for one in water.categories] == ["Calidad", "Acceso"]
    assert (law.named("es"), law.named("fr")) == ("Ley", "Law")


@pytest.mark.parametrize("other", ["es=Agua: Calidad", "es=Agua: A; B; C"])
def test_names_that_do_not_match_the_dimensions_are_refused(other: str) -> None:
    with pytest.raises(ReportCardError) as caught:
        plans.named_dimensions(["Water: Quality; Access", other])
    assert caught.value.code is ExitCode.USAGE
    with pytest.raises(ReportCardError):
        plans.named_dimensions(["es=Agua: Calidad; Acceso"])


@pytest.mark.parametrize("colour", ["#fafafa", "red", "#12", "#12372"])
def test_a_color_that_white_text_cannot_stand_on_is_refused(colour: str) -> None:
    with pytest.raises(ReportCardError):
        beginning.coloured(starter.tokens("gold"), colour, 3)


def test_colors_are_one_for_each_dimension_and_the_main_one() -> None:
    found = beginning.coloured(starter.tokens("gold"), "#14466B", 12)
    assert 'forest: {screen: "#14466b"' in found
    assert all(f"\ndimension-{number}: " in found for number in range(1, 13))
    assert beginning.coloured(starter.tokens("gold"), "", 3) == starter.tokens("gold")
    for inks in re.findall(r"print: \[([^]]*)\]", found):
        assert sum(map(float, inks.split(","))) <= 300


def test_without_a_terminal_what_is_missing_is_an_error(tmp_path: Path, run: Run) -> None:
    code, _, err = run("init", str(tmp_path / "mine"), "--programme", "Rivers")
    assert code == ExitCode.USAGE
    assert "--dimension" in err
    assert not (tmp_path / "mine").exists()


@pytest.mark.slow
@pytest.mark.parametrize(
    "flags",
    [
        ("--formula", "mean", "--out-of", "100", "--suffix", "%", "--card", "Peru"),
        ("--unit", "basin/basins", "--unit", "es=cuenca/cuencas", "--card", "North Basin"),
        ("--lower-is-better", "--band", "Good=1", "--band", "Bad", "--card", "Kenya"),
    ],
    ids=["mean", "basins", "lower"],
)
def test_everything_is_made_of_a_new_framework(
    tmp_path: Path, run: Run, flags: tuple[str, ...]
) -> None:
    folder = tmp_path / "mine"
    dimensions = ["A: One; Two", "B: Three", "C: Four; Five", "D: Six"]
    named = [part for one in dimensions for part in ("--dimension", one)]
    languages = ("--language", "en", "--language", "es")
    made = run("init", str(folder), "--programme", "Index", *languages, *named, *flags)
    assert made[0] == 0, made[2]
    for path in folder.glob("content/*/scores.yaml"):
        text = path.read_text(encoding="utf-8")
        path.write_text(re.sub(r"(?m)^(  [a-z-]+):$", r"\1: 0.5", text), encoding="utf-8")
    for command in (("build",), ("build", "scoreboard"), ("web",), ("pictures",)):
        code, _, err = run(*command, "--workspace", str(folder))
        assert code == 0, err


@pytest.mark.slow
def test_the_scoreboard_of_many_dimensions_continues_on_a_third_page(
    tmp_path: Path, run: Run
) -> None:
    folder = tmp_path / "mine"
    dimensions = [f"Dimension number {number}: Access; Quality" for number in range(1, 13)]
    named = [part for one in dimensions for part in ("--dimension", one)]
    scale = ("--maximum", "100", "--decimals", "0", "--formula", "mean", "--suffix", "%")
    made = run("init", str(folder), "--programme", "Index", *named, *scale, "--card", "Peru")
    assert made[0] == 0, made[2]
    scores = folder / "content" / "peru" / "scores.yaml"
    text = scores.read_text(encoding="utf-8")
    scores.write_text(re.sub(r"(?m)^(  [a-z0-9-]+):$", r"\1: 61", text), encoding="utf-8")
    code, _, err = run("build", "scoreboard", "--workspace", str(folder))
    assert code == 0, err
    # Nobody can fill the last page of a table.
    assert "PAGE-" not in err
    file = folder / "output" / "scoreboard-en.pdf"
    words = " ".join(
        subprocess.run(
            ["pdftotext", "-layout", str(file), "-"], capture_output=True, text=True, check=True
        ).stdout.split()
    )
    assert "Peru leads the ranking with 61%." in words
    assert "0–19 20–39 40–59 60–79 80–100" in words
    assert words.count("Category, out of 100") == 2


@pytest.mark.long
def test_a_definition_that_is_not_written_is_told(tmp_path: Path) -> None:
    content = begin(tmp_path / "mine", PLANS["1 x 1"], "Peru")
    assert content
    read = read_workspace(Workspace.find(tmp_path / "mine"))
    found = [str(one.place) for one in read.problems if one.code == "TEXT-PLACEHOLDER"]
    assert sum("wording/" in place for place in found) == 2
    for language, (old, new) in {
        "en": ("assesses …", "assesses the law."),
        "es": ("examina …", "examina la ley."),
    }.items():
        path = tmp_path / f"mine/content/wording/{language}.yaml"
        path.write_text(path.read_text("utf-8").replace(old, new), encoding="utf-8")
    read = read_workspace(Workspace.find(tmp_path / "mine"))
    found = [str(one.place) for one in read.problems if one.code == "TEXT-PLACEHOLDER"]
    assert not any("wording/" in place for place in found)


@pytest.mark.long
def test_errors_that_are_left_are_listed_once_and_the_cards_named(tmp_path: Path, run: Run) -> None:
    folder = tmp_path / "mine"
    named = ("--dimension", "Water: Quality", "--card", "Peru", "--card", "Kenya")
    bands = ("--band", "Good=0.9", "--band", "Fair=0.5", "--band", "Bad")
    code, _, err = run("init", str(folder), "--programme", "Index", *named, *bands)
    assert code == ExitCode.WITHHELD
    assert err.count("SCORE-FORMULA") == 1
    assert "No card yet: Peru, Kenya." in err
