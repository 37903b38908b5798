"""The scoreboard of all countries: two pages that hold whatever countries there are, in every
edition, like any card.
"""

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from reportcard.build.cache import Job
from reportcard.build.card import Task, make_card
from reportcard.build.cards import card_named
from reportcard.build.editions import Kit
from reportcard.build.inventory import ordered, read_workspace
from reportcard.build.manifest import MANIFEST
from reportcard.build.pipeline import build
from reportcard.build.request import Order
from reportcard.errors import ExitCode, ReportCardError
from reportcard.page.compose.composed import Composed
from reportcard.page.gauges import Gallery
from reportcard.page.proof.proof import proof
from reportcard.workspace.card_files import file_name
from reportcard.workspace.media import Medium
from reportcard.workspace.store import Store
from reportcard.workspace.workspace import SCOREBOARD

from .conftest import LANGUAGES, Built, Copy, copy_workspace, is_note, whatever_the_checks_say

pytestmark = pytest.mark.slow

Run = Callable[..., tuple[int, str, str]]
#: Countries to be many: code, folder, and the longest names that they have.
MANY = {
    "bolivia": ("BO", "Plurinational State of Bolivia", "Estado Plurinacional de Bolivia"),
    "venezuela": ("VE", "Bolivarian Republic of Venezuela", "República Bolivariana de Venezuela"),
    "guyana": ("GY", "Co-operative Republic of Guyana", "República Cooperativa de Guyana"),
    "suriname": ("SR", "Suriname", "Surinam"),
    "french-guiana": ("GF", "French Guiana", "Guayana Francesa"),
}


@pytest.fixture(scope="module")
def scoreboard(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The scoreboard in both languages and all editions."""
    copy = copy_workspace(tmp_path_factory.mktemp("scoreboard") / "workspace")
    outcome = build(
        copy.workspace, Order(copy.root / "output", (SCOREBOARD,), media=tuple(Medium), jobs=1)
    )
    assert [str(problem) for problem in outcome.problems if not is_note(problem)] == []
    return Built(copy, outcome)


def words(file: Path) -> str:
    """What a PDF says, in the order of its lines."""
    told = subprocess.run(
        ["pdftotext", "-layout", str(file), "-"], capture_output=True, text=True, check=True
    ).stdout
    return " ".join(told.split())


def html(copy: Copy, language: str = "en") -> str:
    """The pages before they are laid out."""
    return "".join(section.html for section in card(copy, language).sections)


def card(copy: Copy, language: str = "en") -> Composed:
    return card_named(SCOREBOARD).compose(whatever_the_checks_say(copy.workspace), language)


def every_score(
    copy: Copy, country: str, code: str, score: float, *, provisional: bool = False
) -> None:
    """A country with the same score in all categories."""
    names = re.findall(
        r"^      ([a-z-]+): \{letter",
        (copy.root / "content/scoreboard.yaml").read_text(),
        re.MULTILINE,
    )
    assert len(names) == 15
    lines = [f"country: {code}", f"provisional: {str(provisional).lower()}", "categories:"]
    folder = copy.root / "content" / country
    folder.mkdir(exist_ok=True)
    (folder / "scores.yaml").write_text(
        "\n".join([*lines, *(f"  {name}: {score}" for name in names)]) + "\n"
    )


# --- what is made ---------------------------------------------------------------------------------


def test_every_language_and_edition_is_a_file_of_two_pages_that_passes_preflight(
    scoreboard: Built,
) -> None:
    """The build inspects each file and withholds one with a fault: these were published."""
    names = [path.name for path in scoreboard.outcome.written]
    assert names == [
        file_name(SCOREBOARD, language, medium) for language in LANGUAGES for medium in Medium
    ]
    assert names[:2] == ["scoreboard-en.pdf", "scoreboard-en-print.pdf"]
    records = json.loads((scoreboard.copy.root / "output" / MANIFEST).read_bytes())["files"]
    assert {record["pages"] for record in records.values()} == {2}
    assert "content/bolivia/scores.yaml" in records["scoreboard-es.pdf"]["inputs"]


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (
            "en",
            [
                "Regional Scoreboard",
                "Colombia leads the ranking with 12.5 of 15 points.",
                "Draft",
                "Total, out of 15",
                "Mercury Regulation",
                "* provisional",
                "– not published",
            ],
        ),
        (
            "es",
            [
                "Tablero regional",
                "Colombia encabeza la clasificación con 12.5 de 15 puntos.",
                "Borrador",
                "Total, sobre 15",
                "Regulación del mercurio",
                "* provisional",
                "– no publicado",
            ],
        ),
    ],
)
def test_the_pages_tell_ranking_and_scores(
    scoreboard: Built, language: str, told: list[str]
) -> None:
    said = words(scoreboard.copy.root / "output" / file_name(SCOREBOARD, language))
    for text in told:
        assert text in said
    brazil = {"en": "Brazil", "es": "Brasil"}[language]
    peru = {"en": "Peru", "es": "Perú"}[language]
    rows = [
        "1 Colombia 12.5 – – –",
        "3.9* 3.3* 4.5*",
        f"2 {peru} 11.7",
        f"3 {brazil} 11.5 – – –",
        "4 Ecuador 10.1 – – –",
        "5 Bolivia 8.3 – – –",
    ]
    assert sorted(rows, key=said.index) == rows
    assert f"Colombia {peru} {brazil} Ecuador Bolivia" in said
    assert " 12.5 11.7 11.5 10.1 8.3 " in said


def test_stripes_lie_on_provisional_scores_and_on_their_key_alone(scoreboard: Built) -> None:
    """The colors of the scale, in the legend, have none: their numbers could not be read."""
    _, page = card(scoreboard.copy).sections
    file = scoreboard.copy.root / "output" / file_name(SCOREBOARD, "en", Medium.SCREEN)
    with pikepdf.open(file) as pdf:
        drawn = [str(operator) for _, operator in pikepdf.parse_content_stream(pdf.pages[1], "Do")]
    assert len(drawn) == page.html.count('hatched"') == 15


def test_each_number_knows_the_score_it_comes_from(scoreboard: Built) -> None:
    places = json.loads((scoreboard.copy.root / "output" / MANIFEST).read_bytes())["files"][
        "scoreboard-en.pdf"
    ]["places"]
    by_id = {place["id"]: place for place in places}
    assert by_id["scoreboard.en.scores.brazil.total"]["field"] == "brazil/scores.total"
    assert by_id["scoreboard.en.map.peru.mercury"]["source"].startswith("content/peru/scores.yaml:")
    assert by_id["scoreboard.en.map.peru.mercury"]["boxes"][0][0] == 2
    content = read_workspace(scoreboard.copy.workspace).content
    assert content
    own = {
        prose.field
        for name, prose in content.wordings["en"].prose.items()
        if name.startswith("regional.")
    }
    assert own - {place["field"] for place in places} == {
        "wording/regional.leaders"
    }  # one country leads


def test_the_masthead_s_artwork_runs_into_the_bleed(scoreboard: Built, tmp_path: Path) -> None:
    """2 mm past the trim, strands are still there: at 127 dpi a mm is 5 pixels, and the sheet
    begins 10 mm before the trim.
    """
    file = scoreboard.copy.root / "output/scoreboard-en-print.pdf"
    subprocess.run(
        [
            "pdftoppm",
            "-r",
            "127",
            "-l",
            "1",
            "-singlefile",
            "-png",
            str(file),
            str(tmp_path / "page"),
        ],
        check=True,
    )
    strip = Image.open(tmp_path / "page.png").convert("RGB").crop((1110, 55, 1112, 380))
    colours = {colour for _, colour in strip.getcolors(10_000) or []}
    ground = min(colours, key=sum)  # type: ignore[arg-type]
    assert any(red - ground[0] > 100 for red, _, _ in colours)  # type: ignore[misc, index]


def test_a_file_can_be_verified_and_a_changed_score_is_found_by_comparison(
    scoreboard: Built, copy: Copy, run: Run
) -> None:
    file = scoreboard.copy.root / "output/scoreboard-es-archive.pdf"
    assert run("verify", str(file)) == (ExitCode.OK, f"{file}: matches the content\n", "")
    line, column = copy.edit("content/brazil/scores.yaml", "11.5", "11.6")
    outcome = build(copy.workspace, Order(copy.root / "output", (SCOREBOARD,), ("en",), jobs=1))
    old, new = scoreboard.copy.root / "output/scoreboard-en.pdf", outcome.written[0]
    code, told, _ = run("compare", str(old), str(new), "--format", "text")
    assert code == ExitCode.DIFFERENT
    assert f"brazil/scores.total  content/brazil/scores.yaml:{line}:{column}" in told
    assert "11.5 → 11.6" in told


def test_a_build_without_names_makes_the_countries_cards(scoreboard: Built) -> None:
    content = read_workspace(scoreboard.copy.workspace).content
    assert content
    assert ordered(content, (), (), scoreboard=True)[0] == ("peru",)
    with pytest.raises(
        ReportCardError, match="scoreboard cannot be used with this command or option"
    ):
        ordered(content, (SCOREBOARD,), ())


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("content/bolivia/scores.yaml", "8.3", "8.4"),
        ("content/wording/en.yaml", "Ranking by total score", "The ranking"),
        ("styles/gold/5-scoreboard.css", "font-size: 38pt", "font-size: 37pt"),
    ],
)
def test_what_was_kept_is_not_taken_over_when_an_input_changed(
    copy: Copy, file: str, old: str, new: str
) -> None:
    def key() -> str:
        kit = Kit.of(whatever_the_checks_say(copy.workspace), (Medium.SCREEN,))
        return Job.of(kit, Task(SCOREBOARD, ("en",))).key

    before = key()
    assert key() == before
    copy.edit(file, old, new)
    assert key() != before


# --- whatever countries there are -----------------------------------------------------------------


def test_nine_countries_with_the_longest_names_have_two_pages(copy: Copy) -> None:
    """Full scores, provisional ones, published dimensions alone, no total at all; names upright
    over narrow columns.
    """
    for number, (country, code) in enumerate(
        [("peru", "PE"), ("colombia", "CO"), ("brazil", "BR"), ("ecuador", "EC")]
    ):
        every_score(copy, country, code, 0.9 - number / 10, provisional=number == 1)
    for country, (code, *_) in MANY.items():
        every_score(copy, country, code, 0.3)
    (copy.root / "content/venezuela/scores.yaml").write_text(
        "country: VE\npublished: {dimensions: {legal: 2.5}}\n"
    )
    for language, number in (("en", 1), ("es", 2)):
        forms = "".join(
            f"  {country}: {{name: {names[number]}}}\n" for country, names in MANY.items()
        )
        path = copy.root / f"content/wording/{language}.yaml"
        path.write_text(re.sub(r"^  bolivia: .*\n", forms, path.read_text(), flags=re.MULTILINE))
    kit = Kit.of(whatever_the_checks_say(copy.workspace), (Medium.SCREEN,))
    made = make_card(kit, SCOREBOARD, LANGUAGES, Gallery(Store(copy.workspace.cache)))
    assert [str(problem) for problem in made.problems if problem.code != "PAGE-MENDED"] == []
    assert {record.pages for record in made.records.values()} == {2}
    es = card(copy, "es").sections[1].html
    assert "República Bolivariana de Venezuela" in es
    assert 'class="upright"' in es


def test_more_countries_than_two_pages_hold_are_told(copy: Copy) -> None:
    for number in range(40):
        every_score(copy, f"land-{number}", "SR", 0.5)
    many = card(copy)
    problems = list(
        proof(many, whatever_the_checks_say(copy.workspace).typesetter.lay_out(many, {}))
    )
    assert '"ranking" is too long: it takes up 2 pages.' in str(
        next(one for one in problems if one.code == "PAGE-FULL")
    )


def test_ties_share_a_rank_and_without_a_total_of_each_nobody_leads(copy: Copy) -> None:
    copy.edit("content/bolivia/scores.yaml", "8.3", "12.5")
    page = html(copy)
    ranks = re.findall(r'id="scoreboard\.en\.rank\.(\w+)">([^<]+)<', page)
    assert ranks == [
        ("bolivia", "1"),
        ("colombia", "1"),
        ("peru", "3"),
        ("brazil", "4"),
        ("ecuador", "5"),
    ]
    assert "Bolivia and Colombia share first place with 12.5 of 15 points." in page.replace(
        "\u00a0", " "
    )
    copy.edit("content/colombia/scores.yaml", "12.5", "12.4")
    assert "Bolivia leads the ranking" in html(copy)
    copy.edit("content/brazil/scores.yaml", "published:\n  total: 11.5", "published: {}")
    page = html(copy)
    ranks = re.findall(r'id="scoreboard\.en\.rank\.(\w+)">([^<]+)<', page)
    assert ranks[0] == ("bolivia", "–")
    assert ranks[-1] == ("brazil", "–")
    assert "the ranking with" not in page


def test_a_number_keeps_to_its_unit_and_to_its_maximum(copy: Copy) -> None:
    page = html(copy)
    assert "Colombia leads the ranking with\u00a012.5\u00a0of\u00a015\u00a0points." in page
    assert "total, 15\u00a0points at" in page
    assert page.count("out of\u00a015") == 2
    assert page.count("out of\u00a05") == 6
    assert not re.findall(r"[0-9] (?:points|of [0-9])|out of [0-9]", page)


def test_two_numbers_alike_are_of_one_colour(copy: Copy) -> None:
    """0.35 is printed 0.4 and has the colour of 0.4; an absent score has none, a provisional one
    stripes and a mark.
    """
    copy.edit("content/peru/scores.yaml", "  machinery: 0.5", "  machinery: 0.35")
    copy.edit("content/peru/scores.yaml", "  mercury: 0.8", "  mercury: 0.4")
    page = html(copy)
    fields = dict(
        re.findall(r'class="plate ([^"]+)" id="scoreboard\.en\.map\.peru\.(?:\w+)">([^<]+)<', page)[
            3:5
        ]
    )
    assert fields == {"heat-3": "0.4*"}
    assert re.search(
        r'class="heat heat-3 hatched"><span class="plate heat-3"'
        r' id="scoreboard.en.map.peru.mercury',
        page,
    )
    assert re.search(
        r'class="heat heat-5"><span class="plate heat-5 dark" id="scoreboard.en.map.peru.def', page
    )
    assert re.search(r'class="plate heat-0" id="scoreboard.en.map.brazil.mercury">–<', page)
    assert re.findall(r'swatch heat-\d[^"]*">([^<]+)<', page) == [
        "0–0.1",
        "0.2–0.3",
        "0.4–0.5",
        "0.6–0.7",
        "0.8–1",
    ]


# --- what keeps it from being made ----------------------------------------------------------------


def without(copy: Copy, language: str, group: str) -> None:
    """Takes a group with its comment out of a wording file, as in a workspace from before there was
    one.
    """
    path = copy.root / f"content/wording/{language}.yaml"
    path.write_text(
        re.sub(rf"^# [^\n]*\n{group}:\n(?:  .*\n)+", "", path.read_text(), flags=re.MULTILINE)
    )
    assert f"{group}:" not in path.read_text()


def test_a_workspace_without_its_words_loads_and_the_scoreboard_says_which_are_missing(
    copy: Copy,
) -> None:
    for language in LANGUAGES:
        without(copy, language, "regional")
    assert [str(problem) for problem in read_workspace(copy.workspace).problems] == []
    outcome = build(copy.workspace, Order(copy.root / "output", (SCOREBOARD,)))
    assert (outcome.written, outcome.code) == ((), ExitCode.CONTENT)
    assert [problem.place.file for problem in outcome.problems] == [
        "content/wording/en.yaml",
        "content/wording/es.yaml",
    ]
    assert "Add `regional:` with these keys below it: title, status, introduction, leader" in str(
        outcome.problems[0]
    )


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        (
            "content/wording/en.yaml",
            "  country: Country\n  total:",
            "  country: Country {{ country.name }}\n  total:",
            "PROSE-VALUE",
        ),
        (
            "content/wording/en.yaml",
            "  programme: Amazon",
            "  programme: The {{ rank.total }} Amazon",
            "PROSE-VALUE",
        ),
        (
            "styles/gold/tokens.yaml",
            'heat-2: {screen: "#bdd2c2", print: [24, 6, 22, 5]}\n',
            "",
            "STYLE-TOKEN",
        ),
    ],
)
def test_a_fault_of_the_scoreboard_is_told(
    copy: Copy, file: str, old: str, new: str, code: str
) -> None:
    copy.edit(file, old, new)
    if code == "STYLE-TOKEN":
        copy.edit(
            "styles/gold/5-scoreboard.css", ".heat-2 { background-color: var(--heat-2); }\n", ""
        )
    read = read_workspace(copy.workspace)
    assert [problem.code for problem in read.scoreboard] == [code]


def test_its_name_is_no_country_s(copy: Copy, run: Run) -> None:
    code, _, told = run("new", "Scoreboard", "--code", "SR", "--workspace", str(copy.root))
    assert code == ExitCode.USAGE
    assert 'a card cannot be named "scoreboard"' in told
    every_score(copy, SCOREBOARD, "SR", 0.5)
    (problem,) = read_workspace(copy.workspace).problems
    assert (problem.code, problem.place.file) == ("COUNTRY-RESERVED", "content/scoreboard")
