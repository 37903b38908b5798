"""Content to HTML: every block with an id of its own, numbers in order, nothing of the content
taken for markup.
"""

import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportcard.build.cards import card_named
from reportcard.build.inventory import ReadWorkspace, read_workspace
from reportcard.content.model import House
from reportcard.language.locales import Tongue
from reportcard.language.names import country_code
from reportcard.language.packs import every_pack
from reportcard.page.compose.blocks import Span, Words
from reportcard.page.compose.breaks import parts, with_last_words_tied
from reportcard.page.compose.card import compose
from reportcard.page.compose.composed import Composed
from reportcard.problems.problem import Severity
from reportcard.scores.values import values_of
from reportcard.workspace.workspace import Workspace

from .conftest import LANGUAGES, ROOT, Copy

PUBLISHED = """published:
  dimensions: {legal: 4.5}"""


def composed(copy: Copy, language: str) -> Composed:
    read = read_workspace(copy.workspace)
    assert [problem for problem in read.problems if problem.severity is Severity.ERROR] == []
    assert read.content
    assert read.styles
    return compose(
        copy.workspace,
        read.content,
        values_of(read.content, "peru", language),
        language,
        read.styles,
    )


def html(card: Composed) -> str:
    return "\n".join(section.html for section in card.sections)


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("datos —indicadores, mapas— a partir", ["—indicadores,", "mapas—"]),
        ("areas—even in the Corridor", ["areas—"]),
        ("a long-term—and costly—plan", ["long-term—", "costly—"]),
        ("from 2022–2025, 3–4 times", ["2022–2025", "3–4"]),
        ("the GEO-CAT, a – b, Lima–Cusco", ["GEO-CAT"]),
        ("— alone", []),
    ],
)
def test_a_dash_stays_with_its_word(text: str, whole: list[str]) -> None:
    found = list(parts(Words(text, bold=False, italic=False, lang=""), is_address=False))
    pieces = [one for one in found if isinstance(one, Words)]
    assert "".join(one.text for one in pieces) == text
    assert [one.text for one in pieces if one.whole] == whole


@pytest.mark.long
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sections_in_the_order_of_the_page(copy: Copy, language: str) -> None:
    names = [section.name for section in composed(copy, language).sections]
    assert names == [
        "cover",
        "overall",
        "glance",
        "legal",
        "policies",
        "enforcement",
        "context",
        "recommendations",
        "back",
    ]


@pytest.mark.long
def test_no_id_stands_twice_in_two_languages(copy: Copy) -> None:
    ids = Counter(
        id_
        for language in LANGUAGES
        for id_ in re.findall(r' id="([^"]+)"', html(composed(copy, language)))
    )
    assert [id_ for id_, count in ids.items() if count > 1] == []
    assert len(ids) > 300


@pytest.mark.long
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_block_tells_its_field_and_place(copy: Copy, language: str) -> None:
    card = composed(copy, language)
    ids = set(re.findall(r'<(?!body)\w+[^>]* id="([^"]+)"', html(card)))
    known = {id_ for id_, origin in card.origins.items() if not origin.words}
    assert ids <= known
    # What a page says once for all gauges, or beside a definition, the web says at each.
    assert all(re.search(r"\.(labels\.provisional|name)\.line", id_) for id_ in known - ids)
    lines = (copy.root / f"content/peru/{language}.yaml").read_text(encoding="utf-8").split("\n")
    for id_, origin in card.origins.items():
        if ".call." in id_:
            assert origin.place.file == f"content/peru/{language}.yaml"
            assert lines[origin.place.line - 1][origin.place.column - 1 :].startswith("[^")
        assert origin.place.line > 0


@pytest.mark.long
@pytest.mark.parametrize("language", LANGUAGES)
def test_notes_are_numbered_in_order_and_a_repeated_one_anew(copy: Copy, language: str) -> None:
    calls = composed(copy, language).calls
    assert [called.number for called in calls] == list(range(1, 18))
    assert [called.note for called in calls] == [
        "dl-1100",
        "mining-law",
        "law-27651",
        "dl-1107",
        "law-27651-registries",
        "yearbook-2024",
        "yearbook-2024",
        "maap-223",
        "ds-003-2025",
        "mining-watch",
        "maap-233",
        "maap-208",
        "stalled-formalization",
        "bringas-2025",
        "al-margen",
        "balbuena-2026",
        "balbuena-2026",
    ]


@pytest.mark.long
def test_a_repeated_note_keeps_its_number_if_the_edition_says_so(copy: Copy) -> None:
    copy.edit("content/edition.yaml", "repeated_notes: again", "repeated_notes: same ")
    card = composed(copy, "en")
    assert [called.number for called in card.calls][5:7] == [6, 6]
    assert card.calls[-1].number == 15
    assert html(card).count('class="note"') == 15


@pytest.mark.long
def test_links_of_calls_and_notes_go_both_ways(copy: Copy) -> None:
    card = composed(copy, "en")
    page = html(card)
    for called in card.calls:
        assert f'href="#{called.note_id}"' in page
        assert f'href="#{called.call_id}"' in page


@pytest.mark.long
def test_a_citation_leads_to_its_note(copy: Copy) -> None:
    page = html(composed(copy, "en"))
    targets = re.findall(r'<a href="(#[^"]+)" title="Note 1[67]">Balbuena\u00a0et', page)
    assert targets == [
        "#peru.en.notes.balbuena-2026.1",
        "#peru.en.notes.balbuena-2026.2",
        "#peru.en.notes.balbuena-2026.2",
    ]


@pytest.mark.long
def test_content_is_never_markup(copy: Copy) -> None:
    copy.edit(
        "content/peru/en.yaml", "title: Peru Report Card", 'title: "Peru <script>alert(x)</script>"'
    )
    copy.edit(
        "content/peru/en.yaml",
        "On paper, the country has",
        "On {% raw %} <img src=x onerror=x> the country has",
    )
    copy.edit(
        "content/peru/en.yaml",
        "notes:\n",
        "waivers:\n  title: {PROSE-MARKDOWN: A test.}\n  context: {PROSE-MARKDOWN: A test.}\n"
        "notes:\n",
    )
    page = html(composed(copy, "en"))
    assert "<script" not in page
    assert "<img src=x" not in page
    assert "{% raw %} &lt;img src=x onerror=x&gt;" in page


@pytest.mark.long
def test_an_empty_address_leaves_the_words_and_a_given_one_links_them(copy: Copy) -> None:
    assert "edition:" not in html(composed(copy, "en"))
    assert "Amazon Mining Policy Scoreboard" in html(composed(copy, "en"))
    copy.edit("content/edition.yaml", "scoreboard:\n", "scoreboard: https://example.org/board\n")
    assert html(composed(copy, "en")).count('href="https://example.org/board"') == 2


@pytest.mark.long
@pytest.mark.parametrize(
    ("status", "label"), [("draft", "Draft"), ("review", "In review"), ("final", "")]
)
def test_a_card_that_is_not_final_says_so(copy: Copy, status: str, label: str) -> None:
    copy.edit("content/peru/en.yaml", "status: draft", f"status: {status}")
    for section in composed(copy, "en").sections:
        assert f'data-status="{label}"' in section.html


@pytest.mark.long
def test_the_alternative_text_of_a_gauge_says_the_score(copy: Copy) -> None:
    page = html(composed(copy, "es"))
    assert 'alt="Definiciones legales y reconocimiento de derechos: 1.0 de 1"' in page
    assert 'alt="Regulación del mercurio: 0.8 de 1 (provisional)"' in page
    assert 'alt="Puntaje total de todas las dimensiones: 11.7 de 15"' in page


@pytest.mark.long
def test_an_absent_score_is_said_to_be_absent(copy: Copy) -> None:
    copy.edit("content/peru/scores.yaml", "  mercury: 0.8\n", "  mercury:\n")
    page = html(composed(copy, "en"))
    assert 'alt="Mercury Regulation: score not published"' in page
    assert "not published" in page


@pytest.mark.long
def test_values_follow_country_and_language(copy: Copy) -> None:
    (copy.root / "content/colombia/es.yaml").write_text(
        "title: Colombia\nstatus: draft\noverall:\n  result: |\n    {{ country.the }}: {{"
        " score.total }}, {{ rank.total | ordinal('f') }}, {{ scores.peru.total }}.\ndimensions:\n"
        + "".join(
            f"  {name}:\n    findings: |\n      Texto.\n"
            for name in ("legal", "policies", "enforcement")
        ),
        encoding="utf-8",
    )
    (copy.root / "content/colombia/en.yaml").write_bytes(
        (copy.root / "content/colombia/es.yaml").read_bytes()
    )
    read = read_workspace(copy.workspace)
    assert read.content
    assert read.styles
    card = compose(
        copy.workspace, read.content, values_of(read.content, "colombia", "es"), "es", read.styles
    )
    assert "Colombia: 12,5, primera, 11,7." in card.sections[1].html


def test_a_number_stays_with_its_unit() -> None:
    tongue = Tongue("es", "PE", House(units=("%", "hectáreas"), before_numbers=("N.º",)))
    assert (
        tongue.tie("66.9 % de 139,169 hectáreas; Ley N.º 27651")
        == "66.9\u00a0% de 139,169\u00a0hectáreas; Ley N.º\u00a027651"
    )
    assert tongue.tie("(Balbuena et al., 2026)") == "(Balbuena\u00a0et\u00a0al.,\u00a02026)"


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Oui : «mot» et « deux » !", "Oui~: «~mot~» et «~deux~»~!"),
        ("«", "«~"),
        ("», puis ?", "~», puis~?"),
        ("à 10:30 (non ?)", "à 10:30 (non~?)"),
        ("déjà~: oui", "déjà~: oui"),
    ],
)
def test_french_sets_some_signs_apart_and_no_line_ends_there(typed: str, printed: str) -> None:
    french = Tongue("fr-CA", "CA", House())
    assert french.tie(typed.replace("~", "\u00a0")) == printed.replace("~", "\u00a0")
    assert Tongue("de", "DE", House()).tie(typed) == typed


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "a 4100_metros; 12_metros cúbicos; 3,5_millones de hectáreas; 40_km; 9_por ciento"),
        ("es", "de 2024 metropolitano, en 2025 por, 3 mineros"),
        ("en", "4,100_meters, 3.5_million hectares, 12_cubic meters, 5_dollars; 3 kmX, 12 miners"),
        ("de", "4100_Meter, 3,5_Millionen Hektar"),
        ("qu", "12_km, 12 metros"),
    ],
)
def test_a_number_stays_with_units_that_its_language_knows(language: str, text: str) -> None:
    tongue = Tongue(language, "PE", House())
    assert tongue.tie(text.replace("_", " ")) == text.replace("_", "\u00a0")


@pytest.mark.parametrize(
    ("texts", "least", "tied"),
    [
        (["and what is built in the river bed."], 8, "and what is built in the river_bed."),
        (["by whom, and who is to blame for it."], 18, "by whom, and who is_to_blame_for_it."),
        (["Available at ", "|https://example.org/a"], 18, "Available at https://example.org/a"),
        (["a line that ends in ", "|IX-B"], 8, "a line that ends_in_IX-B"),
        (["a line that ends in ", "|anti-money"], 8, "a line that ends in anti-money"),
        (["one line"], 8, "one line"),
    ],
)
def test_a_last_line_is_not_a_short_word_alone(texts: list[str], least: int, tied: str) -> None:
    items = tuple(
        Words(one.lstrip("|"), False, False, "", whole=one.startswith("|")) for one in texts
    )
    (span,) = with_last_words_tied([Span("", items)], shortest=20, least=least)
    assert "".join(one.text for one in span.items if isinstance(one, Words)) == tied.replace(
        "_", "\u00a0"
    )


@pytest.mark.parametrize(
    ("name", "code"),
    [("peru", "PE"), ("Perú", "PE"), ("costa-rica", "CR"), ("gy", "GY"), ("atlantis", None)],
)
def test_a_country_is_known_by_its_name(name: str, code: str | None) -> None:
    assert country_code(name, ("en", "es")) == code


@given(st.decimals(min_value=0, max_value=99999, places=1))
def test_a_number_keeps_its_decimals(value: object) -> None:
    from decimal import Decimal

    assert isinstance(value, Decimal)
    for country, mark in (("PE", "."), ("CO", ",")):
        told = Tongue("es", country, House()).number(value)
        whole, _, decimals = told.rpartition(mark)
        assert Decimal(f"{re.sub('[^0-9]', '', whole)}.{decimals}") == value


@pytest.mark.slow
def test_templates_stay_compiled_where_python_keeps_modules_and_nowhere_if_it_cannot(
    tmp_path: Path,
) -> None:
    call = [
        sys.executable,
        "-c",
        (
            "from reportcard.page.compose.templates import _templates;"
            " _templates().get_template('section.html')"
        ),
    ]
    for prefix in (tmp_path, tmp_path, Path(os.devnull) / "none"):
        for compiled in tmp_path.rglob("template-*"):
            compiled.write_bytes(compiled.read_bytes()[:15])
        told = {**os.environ, "PYTHONPYCACHEPREFIX": str(prefix), "PYTHONDONTWRITEBYTECODE": ""}
        subprocess.run(call, env=told, check=True)
    assert len(list(tmp_path.rglob("template-*"))) == 1


def with_authors(copy: Copy, count: int) -> None:
    for language in LANGUAGES:
        file = copy.root / f"content/peru/{language}.yaml"
        names = "".join(f"  - Ana Nombre {number}\n" for number in range(1, count + 1))
        text = file.read_text(encoding="utf-8")
        file.write_text(
            re.sub(r"authors:\n(?:  - .*\n)+", f"authors:\n{names}", text), encoding="utf-8"
        )


def section(card: Composed, name: str) -> str:
    return next(one.html for one in card.sections if one.name == name)


@pytest.mark.long
@pytest.mark.parametrize("language", LANGUAGES)
def test_of_more_than_eight_authors_the_back_cover_names_all(copy: Copy, language: str) -> None:
    with_authors(copy, 8)
    card = composed(copy, language)
    assert section(card, "cover").count("Ana Nombre") == 8 + 8  # in the head of the file too
    assert "Ana Nombre" not in section(card, "back").partition("<body")[2]
    with_authors(copy, 20)
    card = composed(copy, language)
    cover, back = (section(card, name).partition("<body")[2] for name in ("cover", "back"))
    assert re.findall(r"Ana Nombre (\d+)", cover) == [str(number) for number in range(1, 9)]
    words = {"en": "and 12 more: see the last page", "es": "y 12 más: véase la última página"}
    assert words[language] in cover.replace("\N{NO-BREAK SPACE}", " ")
    assert re.findall(r"Ana Nombre (\d+)", back) == [str(number) for number in range(1, 21)]


@pytest.mark.long
def test_without_words_for_the_others_the_cover_names_all_authors(copy: Copy) -> None:
    with_authors(copy, 20)
    for language in LANGUAGES:
        file = copy.root / f"content/wording/{language}.yaml"
        text = file.read_text(encoding="utf-8")
        file.write_text(re.sub(r"  more_authors: .*\n", "", text), encoding="utf-8")
    card = composed(copy, "en")
    assert section(card, "cover").partition("<body")[2].count("Ana Nombre") == 20
    assert "Ana Nombre" not in section(card, "back").partition("<body")[2]


@pytest.mark.long
@pytest.mark.parametrize("language", LANGUAGES)
def test_quotes_are_spread_over_the_context(copy: Copy, language: str) -> None:
    page = section(composed(copy, language), "context")
    blocks = re.findall(r'<p (class="pulled"|id="[^"]*context\.[^"]*")', page)
    at = [number for number, block in enumerate(blocks) if "pulled" in block]
    assert len(at) == 4
    assert at[0] == 0
    gaps = [there - here - 1 for here, there in zip(at, [*at[1:], len(blocks)], strict=True)]
    assert max(gaps) - min(gaps) <= 1


@pytest.mark.long
def test_the_published_parts_have_no_quotes(copy: Copy) -> None:
    file = copy.root / "content/edition.yaml"
    file.write_text(f"{file.read_text(encoding='utf-8')}\nparts: published\n", encoding="utf-8")
    assert "pulled" not in section(composed(copy, "en"), "context")


@pytest.mark.long
def test_the_letters_beside_recommendations_have_a_key_where_there_are_any(copy: Copy) -> None:
    words = "A category whose score the recommendation would raise"
    assert words in section(composed(copy, "en"), "recommendations")
    for language in LANGUAGES:
        file = copy.root / f"content/peru/{language}.yaml"
        text = file.read_text(encoding="utf-8")
        file.write_text(re.sub(r"    categories: .*\n", "", text), encoding="utf-8")
    assert words not in section(composed(copy, "en"), "recommendations")


@pytest.mark.parametrize(("language", "meaning"), [("en", "not applicable"), ("es", "no aplica")])
def test_legends_say_what_is_not_applicable(copy: Copy, language: str, meaning: str) -> None:
    copy.edit("content/peru/scores.yaml", "mercury: 0.8", "mercury: not applicable")
    card = composed(copy, language)
    pages = {section.name: section.html for section in card.sections}
    assert re.search(rf'<p class="key">n/a <span id="[^"]+">{meaning}</span>', pages["legal"])
    assert re.search(rf'n/a <span id="[^"]+">{meaning}</span></p>', pages["glance"])
    assert meaning not in pages["policies"]
    (gauge,) = (one for one in card.gauges.values() if one.score == "n/a")
    assert gauge.maximum == ""


def test_a_language_without_own_wording_has_a_sign_and_its_meaning() -> None:
    assert all(known.not_applicable for known in every_pack())


@pytest.mark.long
@pytest.mark.parametrize(("place", "shown"), [(ROOT, True), (ROOT / "examples/rivers", False)])
def test_a_scoreboard_explains_only_the_signs_that_are_on_it(place: Path, shown: bool) -> None:
    read = read_workspace(Workspace(place))
    assert isinstance(read, ReadWorkspace)
    card = card_named("scoreboard").compose(read, "en")
    pages = {section.name: section.html for section in card.sections}
    for name in ("ranking", "categories"):
        assert ("provisional</span>" in pages[name]) is shown
        assert ("not published</span>" in pages[name]) is shown


@pytest.mark.long
@pytest.mark.parametrize(
    ("edition", "rule", "expected"),
    [
        ("", "", ["recommendations"]),
        ("fillers: [strengths, quote]", "", []),
        ("", ".run-on", []),
    ],
    ids=["allowed", "not by the edition", "not by the theme"],
)
def test_only_the_recommendations_may_begin_below_another_section(
    copy: Copy, edition: str, rule: str, expected: list[str]
) -> None:
    file = copy.root / "content/edition.yaml"
    file.write_text(f"{file.read_text(encoding='utf-8')}\n{edition}\n", encoding="utf-8")
    styles = copy.root / "styles/gold/4-parts.css"
    text = styles.read_text(encoding="utf-8")
    styles.write_text(text.replace(rule or "\0", ".other"), encoding="utf-8")
    card = composed(copy, "en")
    assert [one.name for one in card.sections if one.runs_on] == expected
    lacking = [one.name for one in card.sections if one.lacks == "run-on"]
    assert lacking == (["context"] if edition else [])


@pytest.mark.long
@pytest.mark.parametrize("others", [("colombia", "brazil"), ("colombia",)])
def test_countries_with_a_score_in_a_dimension_may_be_ranked_at_its_end(
    copy: Copy, others: tuple[str, ...]
) -> None:
    """If there are three of them; those without one are left out."""
    for country in others:
        copy.edit(f"content/{country}/scores.yaml", "published:", PUBLISHED)
    pages = {one.name: one for one in composed(copy, "en").sections}
    _, _, ranking = pages["legal"].html.partition('class="filler countries"')
    assert bool(ranking) is (len(others) == 2)
    assert ("countries" in pages["legal"].fillers) is bool(ranking)
    assert "countries" not in pages["policies"].fillers
    if ranking:
        rows = re.findall(r'<th class="country"[^>]*><span[^>]*>(\w+)<', ranking)
        assert rows == ["Brazil", "Colombia", "Peru"]
        assert 'id="peru.en.scores.brazil.legal">4.5<' in ranking
        assert 'id="peru.en.scores.brazil.legal.rank">–<' in ranking, "Ecuador may be ahead"
        assert 'id="peru.en.scores.peru.legal.rank">4<' in ranking
