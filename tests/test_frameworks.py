"""Pages of frameworks of any size: rows without a lonely item, one page for twelve dimensions,
short text undivided. Those of whole workspaces are tried by `python -m benchmarks.frameworks`.
"""

import re
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from reportcard.build import beginning, starter
from reportcard.build.inventory import SoundWorkspace, read_workspace
from reportcard.build.plan import Framework, NamedCategory, NamedDimension
from reportcard.page.charts import ChartPlot, drawing_of
from reportcard.page.compose.blocks import Block, Span, Words
from reportcard.page.compose.breaks import is_brief
from reportcard.page.compose.card import compose
from reportcard.page.compose.composed import Composed
from reportcard.page.compose.rows import balanced, ticks
from reportcard.page.compose.scoreboard import mast
from reportcard.page.gauges import Gallery, draw, fifths
from reportcard.scores.values import scoreboard_values, values_of
from reportcard.workspace.store import Store
from reportcard.workspace.workspace import Workspace

from .conftest import ROOT


def begun(folder: Path, dimensions: int, categories: int, **more: object) -> SoundWorkspace:
    """A workspace with one card whose scores are all 0.5."""
    parts = tuple(
        NamedDimension(
            f"Dimension {d}", tuple(NamedCategory(f"Category {d}.{c}") for c in range(categories))
        )
        for d in range(dimensions)
    )
    plan = replace(Framework("Index", ("en", "es"), parts), **more)  # type: ignore[arg-type]
    files = beginning.begun(plan, starter.tokens(plan.theme))
    starter.init(folder, starter.shell(plan.theme), files)
    workspace = Workspace.find(folder)
    starter.begin_card(workspace, "Peru", None)
    scores = folder / "content/peru/scores.yaml"
    text = scores.read_text(encoding="utf-8")
    scores.write_text(re.sub(r"(?m)^(  [a-z0-9-]+):$", r"\1: 0.5", text), encoding="utf-8")
    read = read_workspace(workspace)
    assert isinstance(read, SoundWorkspace)
    return read


def card_of(read: SoundWorkspace, language: str = "en") -> Composed:
    values = values_of(read.content, "peru", language)
    return compose(read.workspace, read.content, values, language, read.styles)


def section(card: Composed, name: str) -> str:
    return next(one.html for one in card.sections if one.name == name)


@pytest.mark.parametrize(
    ("count", "widest", "rows"),
    [
        (4, 3, [2, 2]),
        (5, 3, [3, 2]),
        (7, 3, [3, 2, 2]),
        (10, 3, [3, 3, 2, 2]),
        (6, 5, [3, 3]),
        (14, 5, [5, 5, 4]),
        (1, 3, [1]),
    ],
)
def test_no_row_has_a_lonely_item(count: int, widest: int, rows: list[int]) -> None:
    assert [len(row) for row in balanced(range(count), widest)] == rows


@pytest.mark.parametrize(
    ("maximum", "numbers"),
    [
        ("15", "0 3 6 9 12 15"),
        ("1", "0 0.2 0.4 0.6 0.8 1"),
        ("100", "0 20 40 60 80 100"),
        ("24", "0 6 12 18 24"),
        ("144", "0 36 72 108 144"),
        ("6", "0 1 2 3 4 5 6"),
        ("9", "0 3 6 9"),
        ("7", "0 1.4 2.8 4.2 5.6 7"),
        ("0.07", "0 0.07"),  # its fifths would not be printed as they are
        ("0.001", "0 0.001"),
    ],
)
def test_the_numbers_below_bars_are_short_and_exact(maximum: str, numbers: str) -> None:
    assert ticks(Fraction(maximum)) == [Fraction(number) for number in numbers.split()]


@pytest.mark.long
def test_four_dimensions_are_two_by_two_at_a_glance(tmp_path: Path) -> None:
    glance = section(card_of(begun(tmp_path / "mine", 4, 3)), "glance")
    assert 'class="categories of-2"' in glance
    assert glance.count('class="column last"') == 2
    assert 'class="cells"' not in glance


@pytest.mark.long
@pytest.mark.parametrize(
    ("dimensions", "categories", "is_compact"),
    [(1, 12, False), (3, 5, False), (5, 3, False), (12, 3, True), (4, 12, True)],
)
def test_names_of_categories_are_left_out_where_they_have_no_room(
    tmp_path: Path, dimensions: int, categories: int, is_compact: bool
) -> None:
    glance = section(card_of(begun(tmp_path / "mine", dimensions, categories)), "glance")
    assert ('class="cells"' in glance) is is_compact


@pytest.mark.slow
@pytest.mark.parametrize("theme", ["gold", "atlas"])
def test_twelve_dimensions_of_twelve_categories_have_one_page_each_way(
    tmp_path: Path, theme: str
) -> None:
    """The overall assessment, and the page At a glance, which gives letters, scores and pages."""
    read = begun(tmp_path / "mine", 12, 12, theme=theme)
    card = card_of(read)
    glance = section(card, "glance")
    assert glance.count('class="cell"') == 144
    assert glance.count('class="folio"') == 12
    drawings = Gallery(Store(read.workspace.cache)).draw(card.gauges.values())
    laid = read.typesetter.lay_out(card, dict(zip(card.gauges, drawings, strict=True)))
    assert (laid.sections["overall"][1], laid.sections["glance"][1]) == (1, 1)


def block(text: str, kind: str = "p") -> Block:
    return Block(kind, "", (Span("", (Words(text, bold=False, italic=False, lang=""),)),))


@pytest.mark.long
def test_a_line_or_two_are_not_divided_into_columns(tmp_path: Path) -> None:
    assert is_brief([block("x" * 160)])
    assert not is_brief([block("x" * 100), block("x" * 61)])
    assert not is_brief([block("x", "ul")])
    card = card_of(begun(tmp_path / "mine", 1, 1), "es")
    assert 'class="assesses brief"' in section(card, "dimension-0")
    assert "comprende la categoría\u00a0siguiente." in section(card, "dimension-0")
    assert "La única dimensión es" in section(card, "overall")


@pytest.mark.long
def test_where_a_lower_score_is_better_the_wording_says_so(tmp_path: Path) -> None:
    read = begun(tmp_path / "mine", 2, 2, is_lower_better=True)
    text = (read.workspace.root / "content/wording/es.yaml").read_text(encoding="utf-8")
    assert text.count("Un puntaje más bajo es mejor.") == 2
    assert "más bajo" not in "".join(
        text for _, text in beginning.begun(Framework("I", ("es",), ()), "")
    )


@pytest.mark.long
@pytest.mark.parametrize(("around", "half"), [("", "0,5"), ("PE", "0.5")])
def test_numbers_of_the_scoreboard_are_written_as_in_the_cards(
    tmp_path: Path, around: str, half: str
) -> None:
    unit = {"es": ("cuenca", "cuencas")}
    read = begun(tmp_path / "mine", 1, 1, languages=("es",), unit=unit)
    scores = read.workspace.root / "content/peru/scores.yaml"
    text = scores.read_text(encoding="utf-8")
    if around:
        scores.write_text(f"country: {around}\n{text}", encoding="utf-8")
    again = read_workspace(read.workspace)
    assert isinstance(again, SoundWorkspace)
    for values in (values_of(again.content, "peru", "es"), scoreboard_values(again.content, "es")):
        assert values.tongue.number(Decimal("0.5")) == half


@pytest.mark.long
@pytest.mark.parametrize("is_everywhere", [True, False])
def test_the_strongest_category_is_the_lowest_where_lower_is_better(
    tmp_path: Path, is_everywhere: bool
) -> None:
    """In the whole framework, or in that category alone."""
    folder = tmp_path / "mine"
    read = begun(folder, 1, 3, is_lower_better=is_everywhere)
    if not is_everywhere:
        board = read.workspace.root / "content/scoreboard.yaml"
        text = board.read_text(encoding="utf-8")
        assert "{letter: B}" in text
        board.write_text(text.replace("{letter: B}", "{letter: B, direction: lower}"), "utf-8")
    scores = read.workspace.root / "content/peru/scores.yaml"
    text = scores.read_text(encoding="utf-8").replace("category-0-1: 0.5", "category-0-1: 0.1")
    scores.write_text(text, encoding="utf-8")
    again = read_workspace(read.workspace)
    assert isinstance(again, SoundWorkspace)
    listed = section(card_of(again), "dimension-0").partition("strengths")[2]
    assert re.findall(r'class="letter"[^>]*>(\w)<', listed) == ["B", "A", "C"]


@pytest.mark.long
@pytest.mark.parametrize("categories", [1, 2])
def test_one_category_alone_is_in_no_order(tmp_path: Path, categories: int) -> None:
    read = begun(tmp_path / "mine", 1, categories)
    assert ("strengths" in section(card_of(read), "dimension-0")) is (categories > 1)


@pytest.mark.parametrize(
    ("maximum", "out_of", "decimals", "expected"),
    [("1", "100", 0, 1), ("100", "100", 0, 0), ("4", "", 0, 0), ("1", "100", 2, 2)],
)
def test_a_total_without_decimals_leaves_those_of_a_small_category(
    maximum: str, out_of: str, decimals: int, expected: int
) -> None:
    parts = (NamedDimension("A", (NamedCategory("B"),)),)
    plan = Framework(
        "Index", ("en",), parts, maximum=maximum, out_of=out_of, decimals=decimals, formula="mean"
    )
    scoreboard = dict(beginning.begun(plan, ""))["content/scoreboard.yaml"]
    assert f"category: {{maximum: {maximum}, decimals: {expected}}}" in scoreboard
    assert f"decimals: {decimals}}}" in scoreboard.partition("total:")[2]


@pytest.mark.parametrize(
    ("share", "marks"),
    [
        (Fraction(37, 60), [1, 2, 4]),
        (Fraction(59, 100), [1, 2, 4]),
        (Fraction(3, 5), [1, 2, 3, 4]),
        (Fraction(62, 100), [1, 2, 3, 4]),
        (None, [1, 2, 3, 4]),
    ],
)
def test_no_mark_leaves_a_sliver_of_the_fill(share: Fraction | None, marks: list[int]) -> None:
    assert fifths(share) == marks


def chart(names: tuple[str, ...], form: str = "lines") -> ChartPlot:
    rows = (("2022", "1", "4"), ("2023", "3", "4.1"))
    numbers = tuple(tuple(map(Decimal, row[1:])) for row in rows)
    return ChartPlot(form, False, 1, ("Year", *names), rows, numbers, str)


@pytest.mark.long
def test_lines_have_their_names_at_their_ends() -> None:
    styles = read_workspace(Workspace(ROOT)).styles
    assert styles
    drawing = drawing_of(chart(("Forest", "Rivers")), styles)
    keyed = drawing_of(chart(("Forest", "Rivers" * 20)), styles)
    assert drawing.extent[1] < keyed.extent[1]
    drawn = draw(drawing, "svg").decode()
    ends = {name: float(y) for y, name in re.findall(r' y="([\d.]+)"[^>]*>(Forest|Rivers)<', drawn)}
    assert ends["Forest"] - ends["Rivers"] > 7.4
    assert drawing.series[1] == styles.colour("gold") != drawing.muted


@pytest.mark.parametrize(
    ("letters", "dimensions", "height"), [(30, 12, 28), (30, 5, 28), (59, 12, 54), (60, 6, 28)]
)
def test_upright_names_have_the_height_that_their_lines_need(
    letters: int, dimensions: int, height: int
) -> None:
    assert mast(["x" * letters] * dimensions) == height
