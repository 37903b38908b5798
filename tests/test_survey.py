"""The survey of generated cards: each fault planted on a page and found by geometry, beside a page
that is only like it; and a few cards, small, on the whole way.
"""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from benchmarks.survey.builds import is_reported, surveyed_cards, unconfirmed
from benchmarks.survey.faults import Fault, Kind
from benchmarks.survey.pages import Book, Margins, read_book
from benchmarks.survey.plans import LANGUAGES, plan
from benchmarks.survey.reports import listing, table
from benchmarks.survey.sheets import write_sheets
from benchmarks.survey.space import space_faults
from benchmarks.survey.type import Habits, type_faults
from benchmarks.survey.workspaces import write_workspace
from PIL import Image

from reportcard.build.pipeline import check
from reportcard.page.styles import read_styles
from reportcard.page.typeset.layout import Typesetter
from reportcard.problems.problem import Place, Problem, Severity
from reportcard.workspace.workspace import Workspace

from .conftest import ROOT, copy_content

MARGINS = Margins(22, 20, 20, 20)
HABITS = Habits(frozenset({"hectares", "%"}), frozenset({"No."}))
STYLE = """\
@page { size: 210mm 297mm; margin: 22mm 20mm 20mm; font: 7pt "Source Sans Pro"; @top-left { width: \
50mm; vertical-align: top; padding-top: 10mm; content: "Report card" } }
html { font: 9.5pt/1.45 "Source Sans Pro" }
body, p, figure, h2 { margin: 0 }
p { margin-bottom: 2mm }
figure { display: inline-block; width: 42mm; vertical-align: top; text-align: center }
figure img { width: 27mm; display: block; margin: auto }
"""
GAUGE = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 60"><rect width="100" height="60" \
fill="#dddddd"/><text x="40" y="40" font-size="20" font-family="Source Sans Pro">0.8</text></svg>
"""
SENTENCE = "The rivers of the plain follow the wide and quiet banks in the dry months of the year. "


def text(sentences: int, style: str = "", name: str = "text") -> str:
    return f'<p id="x.en.{name}.p" style="{style}">{SENTENCE * sentences}</p>'


def gap(height: float) -> str:
    return f'<div style="height: {height}mm"></div>'


def placed(left: float, top: float, words: str) -> str:
    return f'<div style="position: absolute; left: {left}mm; top: {top}mm">{words}</div>'


def inline(words: str, style: str = "") -> str:
    return f'<div style="display: inline-block; {style}">{words}</div>'


def names(style: str) -> str:
    rows = "".join(
        f'<tr><th style="{style}" scope="row">{name}</th><td>&emsp;&emsp;0.8</td></tr>'
        for name in ("Forest<br>Office", "River<br>Office", "Harbor")
    )
    return f'<table style="border-spacing: 0">{rows}</table>'


def sources(count: int) -> str:
    return "".join(
        f'<div data-tag="Note" id="x.en.notes.one.{number}">{number} A source.</div>'
        for number in range(1, count + 1)
    )


def gauges(*labels: str, style: str = "") -> str:
    return "".join(
        f'<figure style="{style if number else ""}"><img src="figures/gauge.svg" alt="0.8">'
        f"<figcaption>{label}</figcaption></figure>"
        for number, label in enumerate(labels)
    )


def column(body: str) -> str:
    return f'<div style="columns: 2; column-gap: 8mm; column-fill: auto; height: 80mm">{body}</div>'


def call(note: str) -> str:
    return (
        '<p>A river<sup data-tag="Reference" id="x.en.call.one.1"><a href="#x.en.notes.one.1">1</a>'
        f'</sup></p>{note}<div data-tag="Note" id="x.en.notes.one.1">1 A source.</div>'
    )


def boxed(words: str) -> str:
    return (
        '<div style="background: #eeeeee; width: 40mm; height: 9mm; white-space: nowrap">'
        f"{words}</div>"
    )


def headed(head: str) -> str:
    return f'<style>@page {{ @top-left {{ content: "{head}" }} }}</style>{text(30)}'


def numbered(style: str) -> str:
    sentence = SENTENCE.replace("banks", f'banks<sup style="{style}">1</sup>', 1)
    return f"<p>{SENTENCE * 2}{sentence}{SENTENCE * 3}</p>"


HEADING = "<h2>The upper basin</h2>"
NEXT_PAGE = '<div style="break-before: page"></div>'
#: By name: the kind of fault, a page that has it, and one that is only like it.
PLANTED = {
    "a page of one line": (Kind.QUARTER, text(1), text(40)),
    "a page of some lines": (Kind.HALF, gap(100) + text(1), gap(130) + text(1)),
    "notes that leave a hole": (
        Kind.HALF,
        text(2) + gap(200) + sources(1),
        text(2) + gap(90) + sources(30),
    ),
    "text over text": (
        Kind.COLLISION,
        placed(0, 20, "The first list of names") + placed(10, 21, "A title that is long"),
        placed(0, 20, "The first list of names") + placed(10, 25, "A title that is long"),
    ),
    "text over a picture": (
        Kind.COLLISION,
        gauges("A label") + placed(10, 8, "A title"),
        gauges("A label") + placed(60, 8, "A title"),
    ),
    "a line past the margin": (
        Kind.OUTSIDE,
        text(2, "white-space: nowrap"),
        text(2),
    ),
    "a label in its neighbor's column": (
        Kind.CLIPPED,
        gauges("Moor", "Flussbeobachtungssystembeschreibung<br>und mehr", "Moor"),
        gauges("Moor", "Flussbeobachtungs-<br>system", "Moor"),
    ),
    "a label wider than its box": (
        Kind.CLIPPED,
        boxed("A name that is longer than its box"),
        boxed("A shorter name"),
    ),
    "a head on two lines": (
        Kind.HEAD,
        headed("Report card of a country with a rather long name, in full"),
        headed("Report card of a country"),
    ),
    "a heading at the foot": (
        Kind.STRANDED,
        gap(240) + HEADING + NEXT_PAGE + text(20),
        gap(240) + HEADING + text(1),
    ),
    "a heading at the foot of a column": (
        Kind.STRANDED,
        column(text(8) + HEADING + text(8, "break-before: column", "more")),
        column(text(8) + HEADING + text(8, "", "more")),
    ),
    "a heading beside its text": (
        Kind.STRANDED,
        gap(200) + HEADING,
        gap(200) + f'<div style="float: left; width: 40mm">{HEADING}</div>' + text(1),
    ),
    "a line alone at the foot": (
        Kind.WIDOW,
        gap(248) + text(3, "orphans: 1; widows: 1"),
        gap(243) + text(4, "orphans: 2; widows: 2"),
    ),
    "a line alone at the foot of a column": (
        Kind.WIDOW,
        column(gap(73) + text(4, "orphans: 1; widows: 1")),
        column(gap(68) + text(4, "orphans: 2; widows: 2")),
    ),
    "a note on the next page": (Kind.NOTE, call(NEXT_PAGE), call("")),
    "a score lower than the others": (
        Kind.CROOKED,
        gauges("A", "B", style="margin-top: 1mm"),
        gauges("A", "B"),
    ),
    "one gauge in the last row": (
        Kind.LONELY,
        gauges("A", "B", "C", "D", "E"),
        gauges("A", "B", "C", "D", "E", "F"),
    ),
    "names without a space": (
        Kind.TOUCHING,
        inline("Forest Office") + inline("River Office"),
        inline("Forest Office") + inline("River Office", "margin-left: 3mm"),
    ),
    "names set too tightly": (
        Kind.TOUCHING,
        placed(0, 20, "Forest Office") + placed(0, 22.5, "River Office"),
        placed(0, 20, "Forest Office") + placed(0, 23.6, "River Office"),
    ),
    "names of two lines that run together": (
        Kind.TOUCHING,
        names("padding: 0"),
        names("padding: 0 0 1mm"),
    ),
    "a line of 117 letters": (Kind.MEASURE, text(6), text(6, "width: 112mm")),
    "a line made higher by a call": (
        Kind.PITCH,
        numbered("font-size: 9pt; vertical-align: super"),
        numbered("font-size: 7pt; line-height: 0; vertical-align: .3em"),
    ),
    "a number without its unit": (
        Kind.UNIT,
        f"<p>{SENTENCE * 4}Some 120<br>hectares of wood.</p>",
        f"<p>{SENTENCE * 4}Some<br>120\u00a0hectares of wood.</p>",
    ),
    "a word before a number": (
        Kind.UNIT,
        f"<p>{SENTENCE * 4}By Law No.<br>27 of that year.</p>",
        f"<p>{SENTENCE * 4}By Law<br>No.\u00a027 of that year.</p>",
    ),
    "a line that ends early": (
        Kind.EARLY,
        f"<p>By<br>{SENTENCE * 4}</p>",
        f"<p>{SENTENCE * 4}</p>",
    ),
    "a last line that ends what was said early": (
        Kind.EARLY,
        f"<p>{SENTENCE * 2}The rivers<br>of the plain are wide.</p>",
        f"<p>{SENTENCE * 2}The rivers<br>are wide.</p>",
    ),
    "a last line of a word": (
        Kind.RUNT,
        f"<p>{SENTENCE}<br>It is.</p>",
        f"<p>{SENTENCE}<br>It is so to this day.</p>",
    ),
}


@pytest.fixture(scope="module")
def typesetter(tmp_path_factory: pytest.TempPathFactory) -> Typesetter:
    copy = copy_content(tmp_path_factory.mktemp("planted") / "workspace")
    (copy.root / "figures/gauge.svg").write_text(GAUGE, encoding="utf-8")
    styles, _ = read_styles(copy.workspace, 3)
    assert styles
    return Typesetter(copy.workspace, styles)


def read(typesetter: Typesetter, body: str) -> Book:
    html = (
        '<html lang="en"><head><meta charset="utf-8"><title>Planted</title>'
        f"<style>{STYLE}</style></head><body>{body}</body></html>"
    )
    return read_book(typesetter.plain(html), MARGINS)


def kinds(book: Book) -> set[Kind]:
    return {fault.kind for fault in (*space_faults(book), *type_faults(book, HABITS))}


@pytest.mark.slow
@pytest.mark.parametrize("name", PLANTED)
def test_geometry_finds_a_planted_fault_and_not_its_twin(typesetter: Typesetter, name: str) -> None:
    kind, faulty, sound = PLANTED[name]
    assert kind in kinds(read(typesetter, faulty))
    assert kind not in kinds(read(typesetter, sound))


def test_every_kind_of_fault_is_planted() -> None:
    assert {kind for kind, _, _ in PLANTED.values()} == set(Kind)


def test_margins_are_read_off_the_styles() -> None:
    css = "@page {\n  size: 210mm 297mm;\n  margin: 22mm 20mm 18mm 24mm;\n}"
    assert Margins.of(css) == Margins(22, 20, 18, 24)
    assert Margins.of("@page { margin: 22mm 20mm }") == Margins(22, 20, 22, 20)
    with pytest.raises(ValueError, match="no @page rule"):
        Margins.of("p { margin: 2mm }")


@pytest.mark.parametrize(
    ("code", "page", "severity", "expected"),
    [
        ("PAGE-TAIL", 3, Severity.WARNING, True),
        ("PAGE-TAIL", 0, Severity.WARNING, True),
        ("PAGE-TAIL", 4, Severity.WARNING, False),
        ("PAGE-TAIL", 3, Severity.NOTE, False),
        ("PAGE-WIDOW", 3, Severity.WARNING, False),
    ],
)
def test_a_fault_is_reported_by_a_rule_for_it_on_its_page(
    code: str, page: int, severity: Severity, expected: bool
) -> None:
    problem = Problem(code, "a fault", "", Place("content/x.yaml", 1, page=page), severity)
    fault = Fault(3, Kind.QUARTER, "")
    assert is_reported(fault, (problem,)) is expected
    alarm = code == "PAGE-WIDOW" or page == 4
    assert list(unconfirmed((problem,), [fault])) == ([problem] if alarm else [])


def test_a_seed_gives_the_same_plans_and_another_seed_others() -> None:
    plans = [plan(1, number) for number in range(1, 61)]
    assert plans == [plan(1, number) for number in range(1, 61)]
    assert plans != [plan(2, number) for number in range(1, 61)]
    lengths = [one.length for one in plans]
    assert min(lengths) < 0.3
    assert max(lengths) > 2.5
    assert {one.language for one in plans} == set(LANGUAGES)
    assert {len(one.categories) for one in plans} == set(range(1, 7))
    assert {1, 12} <= {count for one in plans for count in one.categories}
    assert {one.organisations for one in plans} == set(range(1, 7))
    assert any(one.missing for one in plans)
    assert any(one.logos for one in plans)


@pytest.mark.long
@pytest.mark.parametrize("number", range(1, 7))
def test_the_content_of_a_generated_card_has_no_error(tmp_path: Path, number: int) -> None:
    """One in each language; a workspace of the same plan has the same bytes."""
    folders = []
    for name in ("one", "two"):
        folder = tmp_path / name
        folder.mkdir()
        write_workspace(plan(7, number), folder, ROOT)
        folders.append({path.name: path.read_bytes() for path in folder.rglob("*.yaml")})
    assert folders[0] == folders[1]
    found = check(Workspace(tmp_path / "one"), (), layout=False)
    assert [str(problem) for problem in found if problem.severity is Severity.ERROR] == []


#: Kinds of which the proof reports every fault.
REPORTED = (Kind.QUARTER, Kind.NOTE, Kind.CROOKED, Kind.STRANDED)


@pytest.mark.slow
def test_a_survey_of_small_cards(tmp_path: Path) -> None:
    """A tenth of a survey takes minutes of processor time: these are fewer and smaller."""
    plans = [
        replace(
            one,
            length=min(one.length, 0.3),
            notes=min(one.notes, 0.5),
            categories=tuple(min(count, 6) for count in one.categories[:2]),
            recommendations=2,
        )
        for one in (plan(1, number) for number in range(1, 6))
    ]
    cards = list(surveyed_cards(plans, tmp_path, ROOT, 1))
    assert [card.plan for card in cards] == plans
    assert all(card.pdf.exists() for card in cards)
    faults = [(fault, told) for card in cards for fault, told in card.faults]
    assert [fault for fault, told in faults if fault.kind in REPORTED and not told] == []
    lines = list(table(cards))
    for kind in Kind:
        (row,) = [line for line in lines if line.startswith(f"{kind.value} ")]
        numbers = re.findall(r" (\d+)(?= |$)", row.removeprefix(kind.value))
        assert numbers[0] == str(sum(fault.kind is kind for fault, _ in faults))
    assert sum(line.startswith("  page ") for line in listing(cards)) == len(faults)
    (sheet,) = write_sheets([replace(card, withheld=()) for card in cards[:2]], tmp_path)
    with Image.open(sheet) as picture:
        assert picture.width > 1000
