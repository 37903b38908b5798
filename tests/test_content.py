"""Content that is wrong is refused: what, where, and what to do; every problem at once."""

import errno
import json
import os
import pickle
import shutil
import subprocess
import sys
from collections.abc import Callable
from copy import deepcopy
from dataclasses import asdict
from pathlib import Path

import pytest

from reportcard.build.inventory import read_workspace
from reportcard.content.loading import load, read_edition
from reportcard.content.schema import SCHEMAS, json_schema
from reportcard.content.tree import Branch, Text
from reportcard.content.yaml import read_tree
from reportcard.messages.message import message
from reportcard.problems.problem import Place, problem_from
from reportcard.workspace.system import reason
from reportcard.workspace.workspace import Workspace

from .conftest import ROOT, Copy


def problems(copy: Copy) -> list[str]:
    return [str(problem) for problem in read_workspace(copy.workspace).problems]


@pytest.mark.long
def test_the_real_workspace_has_no_problem(copy: Copy) -> None:
    assert problems(copy) == []


CARD = "content/peru/en.yaml"
SCORES = "content/peru/scores.yaml"

#: File, what stands there, what is put instead, how many characters into it the fault stands, and
#: what is said.
FAULTS = {
    "unknown key": (
        CARD,
        "context: |",
        "kontext: |",
        0,
        'unknown key "kontext". Did you mean "context"?',
    ),
    "missing note": (
        CARD,
        "ASGM[^dl-1100].",
        "ASGM[^dl-1101].",
        4,
        'note "dl-1101" is referenced here but not defined.',
    ),
    "unused note": (
        CARD,
        "notes:\n",
        "notes:\n  spare: A note.\n",
        9,
        'note "spare" is never referenced.',
    ),
    "two notes with one id": (
        CARD,
        "notes:\n",
        "notes:\n  dl-1107: Again.\n",
        None,
        'key "dl-1107" is repeated; the first is on line ',
    ),
    "score over the maximum": (
        SCORES,
        "ownership: 0.8",
        "ownership: 1.3",
        11,
        'the score for "ownership" is above the maximum of 1.',
    ),
    "score with a comma": (
        SCORES,
        "ownership: 0.8",
        'ownership: "0,8"',
        12,
        '"0,8" is not a valid number. Write 0.8.',
    ),
    "score with an exponent": (
        SCORES,
        "ownership: 0.8",
        "ownership: 8e-1",
        11,
        '"8e-1" is not a valid number. Write 0.8.',
    ),
    "score without a zero": (
        SCORES,
        "ownership: 0.8",
        "ownership: .8",
        11,
        '".8" is not a valid number. Write 0.8.',
    ),
    "hexadecimal score": (
        SCORES,
        "ownership: 0.8",
        "ownership: 0x1",
        11,
        '"0x1" is not a valid number. Use a number of 0 or more, with a decimal point, as in 0.8.',
    ),
    "negative score": (
        SCORES,
        "ownership: 0.8",
        "ownership: -0.8",
        11,
        '"-0.8" is not a valid number. Use a number of 0 or more, with a decimal point, as in 0.8.',
    ),
    "scores that do not add up": (
        SCORES,
        "sanctions: 0.9",
        "sanctions: 0.4",
        None,
        "is 11.7, but the score computed from the categories is 11.2.",
    ),
    "wrong published rank": (
        SCORES,
        "total: 2",
        "total: 3",
        7,
        'rank in "total" is 3, but according to the scores it is 2.',
    ),
    "wrong order of countries": (
        SCORES,
        "total: [colombia]",
        "total: [brazil]",
        None,
        'according to the scores, these are ahead in "total": colombia.',
    ),
    "unclosed bold": (
        CARD,
        "**defines precisely**",
        "**defines precisely",
        0,
        "unmatched ** (bold).",
    ),
    "unclosed italics": (
        CARD,
        "*Anuario Minero 2024*",
        "*Anuario Minero 2024",
        0,
        "unmatched * (italics).",
    ),
    "unknown value": (
        CARD,
        "{{ max.total }}",
        "{{ max.totall }}",
        0,
        'unknown value "max.totall".',
    ),
    "unclosed value": (
        CARD,
        "{{ max.total }}",
        "{{ max.total }",
        0,
        "unmatched {{ or }} (value).",
    ),
    "expression": (
        CARD,
        "{{ max.total }}",
        "{{ 7 * 7 }}",
        0,
        '"{{ 7 * 7 }}" is not a valid value.',
    ),
    "script address": (
        CARD,
        "<https://www.maaprogram.org/gold-mining-peru-amazon/>",
        "[x](javascript:alert(1))",
        0,
        'a card cannot link to "javascript:alert(1)".',
    ),
    "file address": (
        CARD,
        "<https://www.maaprogram.org/gold-mining-peru-amazon/>",
        "[x](file:///etc/passwd)",
        0,
        'a card cannot link to "file:///etc/passwd".',
    ),
    "remote picture": (
        CARD,
        "  On paper, the country has",
        "  ![x](https://example.org/x.png)\n\n  On paper, the country has",
        2,
        "is outside this workspace",
    ),
    "picture outside": (
        CARD,
        "  On paper, the country has",
        "  ![x](figures/../../x.png)\n\n  On paper, the country has",
        2,
        "is outside this workspace",
    ),
    "heading": (
        CARD,
        "  On paper, the country has",
        "  # Title\n\n  On paper, the country has",
        2,
        "text cannot contain headings of this kind.",
    ),
    "third level of bullets": (
        CARD,
        "      - Law No. 27651 lays down",
        "        - Law.\n          - Law No. 27651 lays down",
        None,
        "this list is inside a list that is already inside another list.",
    ),
    "institution": (
        CARD,
        "[mtc, sutran, minem]",
        "[mtc, sutran, minam, mined]",
        21,
        'institution "mined" is not defined.',
    ),
    "pictogram": (
        CARD,
        "pictogram: compass",
        "pictogram: kompass",
        11,
        "cannot find figures/pictograms/kompass.svg.",
    ),
    "status": (
        CARD,
        "status: draft",
        "status: done",
        8,
        '"done" is not a valid value. Write one of these: "draft", "review", "final".',
    ),
    "anchor": (CARD, "status: draft", "status: &a draft", 8, "anchor"),
    "tag": (CARD, "status: draft", "status: !!str draft", 8, "tag"),
    "merge key": (SCORES, "country: PE", "<<: {country: PE}", 0, "cannot contain merge keys (<<)"),
    "cut by a comment": (
        CARD,
        "title: Peru Report Card",
        "title: Peru #1 Report Card",
        None,
        'YAML cuts this text off at " #".',
    ),
    "colon in plain text": (
        CARD,
        "title: Peru Report Card",
        "title: Peru: Report Card",
        None,
        'this value contains ": "',
    ),
    "citation": (
        CARD,
        "miners have declared, finds",
        "miners have [X, 2020]{cites=x-2020} declared, finds",
        13,
        'refers to note "x-2020", which is not defined.',
    ),
    "language of a passage": (
        CARD,
        "[Decreto Supremo N.º 003-2025-IN]{lang=es}",
        "[Decreto Supremo N.º 003-2025-IN]{lang=zz}",
        1,
        '"zz" is not a known language code.',
    ),
    "missing dimension": (
        CARD,
        "  policies:\n    quote: ",
        "  politics:\n    quote: ",
        2,
        'unknown dimension "politics".',
    ),
    "unknown country code": (
        SCORES,
        "country: PE",
        "country: ZZ",
        9,
        '"ZZ" is not a country code.',
    ),
}


@pytest.mark.long
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_told_at_its_place_and_alone(copy: Copy, fault: str) -> None:
    file, old, new, offset, message = FAULTS[fault]
    line, column = copy.edit(file, old, new)
    told = [problem for problem in problems(copy) if message in problem]
    assert len(told) == 1, problems(copy)
    if offset is not None:
        before = new[:offset]
        line += before.count("\n")
        column = column + offset if "\n" not in before else offset - before.rfind("\n")
        assert told[0].startswith(f"error: {file}:{line}:{column}: ")
    else:
        assert told[0].startswith(f"error: {file}:")


def test_many_faults_are_told_at_once(copy: Copy) -> None:
    copy.edit(CARD, "status: draft", "status: done")
    copy.edit(SCORES, "ownership: 0.8", 'ownership: "0,8"')
    line, column = copy.edit(
        "content/peru/es.yaml", "**define con precisión**", "**define con precisión"
    )
    told = " ".join(problems(copy))
    assert all(part in told for part in ('"done"', '"0,8"', f"es.yaml:{line}:{column}: "))


BROKEN = {
    "empty file": (b"", "this file is empty"),
    "a PDF": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "this file is a PDF"),
    "Latin-1": ("título: Perú\n".encode("latin-1"), "UTF-8"),
    "a list": (b"- one\n- two\n", "must consist of keys and values"),
    "two documents": (b"a: 1\n---\nb: 2\n", "second document"),
    "directive": (b"%YAML 1.1\n---\na: 1\n", "directive"),
    "line separator": ("a: one\u2028two\n".encode(), "U+2028"),
    "half a pair": (b'a: "one \\ud800 two"\n', "U+D800"),
    "deep nesting": (b"a: " + b"[" * 5000 + b"]" * 5000, "deep"),
    "alias bomb": (b"a: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]\n", "anchor"),
    "too large": (b"a: " + b"x" * 5_000_000, "is 5 MB; the limit is 2 MB"),
    "tab": (b"a:\n\tb: 1\n", "tab"),
}


#: Where a fault concerns a line; the others concern the whole file.
PLACES = {
    "Latin-1": "content/peru/en.yaml:1:2",
    "a list": "content/peru/en.yaml:1:1",
    "two documents": "content/peru/en.yaml:2:1",
    "directive": "content/peru/en.yaml:1:1",
    "line separator": "content/peru/en.yaml:1:7",
    "half a pair": "content/peru/en.yaml:1:4",
    "deep nesting": "content/peru/en.yaml:1:15",
    "alias bomb": "content/peru/en.yaml:1:4",
    "tab": "content/peru/en.yaml:2:1",
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_file_is_told_in_one_message(kind: str) -> None:
    data, message = BROKEN[kind]
    tree, found = read_tree(data, "content/peru/en.yaml")
    assert tree is None
    assert len(found) == 1
    assert message in str(found[0])
    assert str(found[0].place) == PLACES.get(kind, "content/peru/en.yaml")


def test_a_missing_language_is_told(copy: Copy) -> None:
    (copy.root / "content/peru/es.yaml").unlink()
    assert problems(copy) == [
        "error: content/peru/es.yaml: this card does not exist in this language yet. "
        "Translate it (`reportcard translations export peru --language es`), or remove the "
        "language from content/edition.yaml. [FILE-MISSING]"
    ]


def test_a_link_out_of_the_workspace_is_not_followed(copy: Copy, tmp_path: Path) -> None:
    outside = tmp_path / "outside.yaml"
    outside.write_bytes((ROOT / CARD).read_bytes())
    (copy.root / CARD).unlink()
    (copy.root / CARD).symlink_to(outside)
    assert "points outside the workspace" in problems(copy)[0]


@pytest.mark.long
def test_line_ends_of_windows_are_read(copy: Copy) -> None:
    path = copy.root / CARD
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert problems(copy) == []
    line, column = copy.edit(CARD, "status: draft", "status: done")
    assert problems(copy)[0].startswith(f"error: {CARD}:{line}:{column + 8}: ")


def test_dimensions_and_categories_are_data(copy: Copy) -> None:
    """Two dimensions of two categories load as well as three of five."""
    board = copy.root / "content/scoreboard.yaml"
    board.write_text(
        "category_maximum: 2\ndimensions:\n  legal:\n    categories:\n      definitions: {letter:"
        " A}\n      ownership: {letter: B}\n",
        encoding="utf-8",
    )
    loaded = load(copy.workspace)
    assert loaded.content is not None
    assert list(loaded.content.scoreboard.model.categories) == ["definitions", "ownership"]


@pytest.mark.parametrize("kind", SCHEMAS)
def test_the_schemas_are_fresh(kind: str) -> None:
    kept = json.loads((ROOT / "schema" / f"{kind}.json").read_text(encoding="utf-8"))
    assert kept == json_schema(kind), "write them anew with: reportcard schema"


def code_of(problem: str) -> str:
    return problem.rpartition("[")[2].rstrip("]")


BOARD = "content/scoreboard.yaml"
EDITION = "content/edition.yaml"
ES = "content/peru/es.yaml"
WORDING = "content/wording/en.yaml"
CRITERIA = "minamata: {letter: F, criteria: [ratified, reported]}"

#: The code that a change must bring about, and no other: the changes, as file, what stands there,
#: what is put instead.
ONLY = {
    "YAML-SYNTAX": [(CARD, "title: Peru Report Card", 'title: "Peru Report Card')],
    "YAML-KEY": [(CARD, "title: Peru Report Card", "? [a, b]\n: x\ntitle: Peru Report Card")],
    "YAML-DUPLICATE": [(CARD, "status: draft", "status: draft\nstatus: draft")],
    "YAML-MACHINERY": [(CARD, "status: draft", "status: &a draft")],
    "CONTENT-MISSING": [(CARD, "status: draft\n", "")],
    "CONTENT-UNKNOWN": [(CARD, "status: draft", "status: draft\nstate: draft")],
    "CONTENT-EMPTY": [(CARD, "title: Peru Report Card", "title:")],
    "CONTENT-VALUE": [(SCORES, "country: PE", "country: Peru")],
    "EDITION-LANGUAGE": [(EDITION, "source_language: en", "source_language: fr")],
    "EDITION-REVIEWERS": [
        (
            EDITION,
            "repeated_notes: again",
            "release: {reviewers: [A], quorum: 2}\nrepeated_notes: again",
        )
    ],
    "EDITION-ORGANISATION": [(EDITION, "back: [amazon-conservation,", "back: [amazon-watch,")],
    "EDITION-LINK": [
        (
            WORDING,
            "[Amazon Mining Policy Scoreboard](edition:scoreboard)",
            "[Amazon Mining Policy Scoreboard](edition:board)",
        )
    ],
    "FRAMEWORK-ID": [(BOARD, "  enforcement:\n", "  definitions:\n")],
    "FRAMEWORK-LETTER": [(BOARD, "ownership: {letter: B}", "ownership: {letter: A}")],
    "FRAMEWORK-UNKNOWN": [(SCORES, "  ownership: 0.8\n", "  ownership: 0.8\n  owners: 0.8\n")],
    "SCORE-RANGE": [
        (
            SCORES,
            "published:\n  total: 11.7\n",
            "published:\n  total: 11.7\n  dimensions: {legal: 6}\n",
        )
    ],
    "SCORE-FORMULA": [(BOARD, "definitions: {letter: A}", "definitions: {letter: A, weight: 2}")],
    "SCORE-TWICE": [
        (BOARD, "minamata: {letter: F}", CRITERIA),
        (
            SCORES,
            "minamata: 0.7",
            "minamata: {score: 0.7, criteria: {ratified: 0.7, reported: 0.7}}",
        ),
    ],
    "SCORE-CRITERION": [
        (BOARD, "minamata: {letter: F}", CRITERIA),
        (SCORES, "minamata: 0.7", "minamata: {criteria: {ratified: 0.7}}"),
    ],
    "SCORE-COUNTRY": [(SCORES, "country: PE", "country: ZZ")],
    "SCORE-PUBLISHED": [(SCORES, "sanctions: 0.9", "sanctions: 0.8")],
    "SCORE-RANK": [(SCORES, "total: 2", "total: 3")],
    "SCORE-AHEAD": [(SCORES, "legal: [colombia, brazil, ecuador]", "legal: [colombia, brazil]")],
    "NOTE-MISSING": [(CARD, "ASGM[^dl-1100].", "ASGM[^dl-1101].")],
    "NOTE-NESTED": [
        (
            CARD,
            "  dl-1100: Peru. Legislative Decree No. 1100.",
            "  dl-1100: Peru. Legislative Decree No. 1100[^dl-1107].",
        )
    ],
    "NOTE-SHARED": [
        (
            WORDING,
            "that gravely affects the environment and public health.",
            "that gravely affects the environment and public health[^x].",
        )
    ],
    "NOTE-CITED": [
        (
            CARD,
            "[Balbuena et al., 2026]{cites=balbuena-2026})[^",
            "[Balbuena et al., 2026]{cites=balbuena})[^",
        )
    ],
    "INSTITUTION-MISSING": [(CARD, "[mtc, sutran, minem]", "[mtc, sutran, mine]")],
    "PICTURE-MISSING": [(CARD, "pictogram: compass", "pictogram: rose")],
    "PROSE-LANGUAGE": [
        (
            CARD,
            "[Decreto Supremo N.º 003-2025-IN]{lang=es}",
            "[Decreto Supremo N.º 003-2025-IN]{lang=xx}",
        )
    ],
    "LANG-MISSING": [
        (
            ES,
            "  uif: Unidad de Inteligencia Financiera (UIF-Perú)",
            "  uif2: Unidad de Inteligencia Financiera (UIF-Perú)",
        ),
        (ES, "[uif, attorney", "[uif2, attorney"),
    ],
    "STYLE-TOKEN": [
        ("styles/gold/tokens.yaml", 'gold: {screen: "#a87214"', 'gold: {screen: "gold"')
    ],
}


#: What follows from the fault: a framework that lacks a dimension has texts too many and too few,
#: and so on.
BESIDE = {
    "FRAMEWORK-ID": {"FRAMEWORK-MISSING", "FRAMEWORK-UNKNOWN", "CLAIM-ORDER"},
    "SCORE-RANGE": {"SCORE-PUBLISHED"},
    "SCORE-COUNTRY": {"NUMBER-LANGUAGES", "TYPE-DECIMAL"},
    "NOTE-NESTED": {"NOTE-LANGUAGES"},
    "NOTE-SHARED": {"NOTE-LANGUAGES"},
    "NOTE-MISSING": {"NOTE-UNUSED", "NOTE-LANGUAGES"},
}


@pytest.mark.long
@pytest.mark.parametrize("code", ONLY)
def test_a_fault_brings_its_code(copy: Copy, code: str) -> None:
    for file, old, new in ONLY[code]:
        copy.edit(file, old, new)
    told = {code_of(problem) for problem in problems(copy)}
    beside = BESIDE.get(code, set())
    assert code in told
    assert told - beside == {code}, problems(copy)


@pytest.mark.long
def test_files_that_are_not_as_they_should_be(copy: Copy) -> None:
    (copy.root / "content/peru/fr.yaml").write_text("title: x\n", encoding="utf-8")
    assert [code_of(problem) for problem in problems(copy)] == ["CARD-LANGUAGE"]
    (copy.root / "content/peru/fr.yaml").unlink()
    (copy.root / "styles/gold/3-text.css").write_bytes(b"\xff\xfe")
    assert [code_of(problem) for problem in problems(copy)] == ["STYLE-UNREADABLE"]
    for path in (copy.root / "styles/gold").glob("*.css"):
        path.unlink()
    assert [code_of(problem) for problem in problems(copy)] == ["STYLE-MISSING"]
    (copy.root / "content/colombia/scores.yaml").unlink()
    (copy.root / "content/colombia/scores.yaml").mkdir()
    assert "FILE-UNREADABLE" in {code_of(problem) for problem in problems(copy)}


#: Reads and tells, bound by the rights of files even if the tests run as the administrator.
_READ = """
import sys
from pathlib import Path
from reportcard.content.loading import load
from reportcard.workspace.workspace import Workspace
loaded = load(Workspace(Path(sys.argv[1])))
print(*loaded.shared, *loaded.by_country["peru"], sep="\\n")
print(sorted(loaded.content.unread) if loaded.content else "")
"""


@pytest.mark.skipif(
    os.geteuid() == 0 and not shutil.which("setpriv"), reason="an administrator may look anywhere"
)
@pytest.mark.parametrize("rights", [0o000, 0o100])
@pytest.mark.slow
def test_a_country_s_folder_that_nobody_may_look_into_does_not_disappear(
    copy: Copy, rights: int
) -> None:
    bound = (
        ["setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all"]
        if os.geteuid() == 0
        else []
    )
    folder = copy.root / "content/peru"
    folder.chmod(rights)
    told = subprocess.run(
        [*bound, sys.executable, "-c", _READ, str(copy.root)],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": ":".join(sys.path)},
    )
    folder.chmod(0o700)
    assert "content/peru: this folder cannot be read: permission denied." in told.stdout, (
        told.stderr
    )
    assert ("content/peru/es.yaml: this file cannot be read" in told.stdout) is (rights == 0)
    assert ("['content/peru/en.yaml', 'content/peru/es.yaml']" in told.stdout) is (rights == 0)


def test_a_country_s_folder_that_is_a_link_to_nowhere_does_not_disappear(copy: Copy) -> None:
    shutil.move(copy.root / "content/peru", copy.root / "moved")
    (copy.root / "content/peru").symlink_to("../unmounted")
    assert any(
        problem.startswith("error: content/peru: this folder cannot be read")
        for problem in problems(copy)
    )


@pytest.mark.parametrize(
    ("folder", "told"),
    [
        ("con", 'error: content/con: a card cannot be named "con": Windows allows no folder'),
        ("nul.old", "error: content/nul.old: a card cannot be named"),
        ("a:b", "error: content/a:b: a card cannot be named"),
        ("Peru", 'error: content/Peru: this folder differs from "content/peru" only in'),
        ("suriname", ""),
    ],
)
def test_a_folder_s_name_is_one_on_every_system(copy: Copy, folder: str, told: str) -> None:
    shutil.copytree(copy.root / "content/bolivia", copy.root / "content" / folder)
    found = [one for one in problems(copy) if "COUNTRY-RESERVED" in one]
    assert [one.startswith(told) for one in found] == ([True] if told else [])


@pytest.mark.parametrize(
    ("area", "told"),
    [
        (
            "left: 1, top: 1e999, width: 3, height: 4",
            '"ignored_changes.areas.1.top" must be a number, not "1e999"',
        ),
        ("left: 1, top: .nan, width: 3, height: 4", 'must be a number, not ".nan"'),
        (
            "left: x, top: 1, width: 3, height: 4",
            '"ignored_changes.areas.1.left" must be a number, not "x"',
        ),
        (
            "left: 1, top: 1, width: -3, height: 4",
            '"ignored_changes.areas.1.width" must be greater than 0, not -3',
        ),
        ("left: 1, top: 1, width: 3, height: 20000", "must be at most 10,000, not 20000"),
        ("left: 1, top: 1, width: 3, height: 4, page: 1.5", 'must be a whole number, not "1.5"'),
        (
            f"left: 1, top: 1, width: 3, height: 4, page: {'9' * 5000}",
            'must be a whole number, not "9999',
        ),
    ],
)
def test_an_area_to_pass_over_is_an_area(copy: Copy, area: str, told: str) -> None:
    with (copy.root / "content/edition.yaml").open("a", encoding="utf-8") as file:
        file.write(f"\nignored_changes:\n  areas:\n    - {{{area}}}\n")
    edition, found = read_edition(copy.workspace)
    assert edition is None
    (problem,) = found
    assert told in str(problem.message)
    assert (problem.code, problem.place.file) == ("CONTENT-VALUE", "content/edition.yaml")
    assert len(str(problem.message)) < 200


#: File, what it holds instead, where the fault is, and what is said of it.
WORDS = {
    "a key that every file has": (
        CARD,
        ("status: draft\n", ""),
        (CARD, 0),
        'the key "status" is missing. Add `status: …` to this file.',
    ),
    "a key of a group": (
        SCORES,
        ("  total: 11.7\n", "  totl: 11.7\n"),
        (SCORES, 2),
        'unknown key "totl". Did you mean "total"?',
    ),
    "a key like no other": (
        SCORES,
        ("  total: 11.7\n", "  zzz: 11.7\n"),
        (SCORES, 2),
        'unknown key "zzz". Correct the spelling or indentation, or delete the key.',
    ),
    "a list for a score": (
        SCORES,
        ("ownership: 0.8", "ownership: [0.8]"),
        (SCORES, 11),
        '"categories.ownership.score" must be a single value, not a list or a group of keys.',
    ),
    "no entries": (
        "content/scoreboard.yaml",
        None,
        ("content/scoreboard.yaml", 12),
        '"dimensions" has no entries. Add at least one entry.',
    ),
    "a date in words": (
        "content/edition.yaml",
        ("date: 2026-11-24", "date: today"),
        ("content/edition.yaml", 6),
        '"date" must be a date, not "today". Write the date as year-month-day, like 2026-11-24.',
    ),
    "a blank letter": (
        "content/scoreboard.yaml",
        ("ownership: {letter: B}", 'ownership: {letter: ""}'),
        ("content/scoreboard.yaml", 21),
        'letter" is empty. Add a value, or delete the key.',
    ),
    "a letter that is a word": (
        "content/scoreboard.yaml",
        ("ownership: {letter: B}", "ownership: {letter: Bold}"),
        ("content/scoreboard.yaml", 20),
        'letter" is too long. Use at most 3 characters.',
    ),
    "a language's name": (
        "content/edition.yaml",
        ("source_language: en", "source_language: English"),
        ("content/edition.yaml", 17),
        '"English" is not a language code. Write a code like "es" or "pt-BR".',
    ),
}


@pytest.mark.parametrize("fault", WORDS)
def test_what_does_not_fit_the_model_is_told_at_its_place_in_plain_words(
    copy: Copy, fault: str
) -> None:
    file, edit, (where, offset), words = WORDS[fault]
    line, column = copy.edit(file, *edit) if edit else (2, 1)
    if edit is None:
        (copy.root / file).write_text("category_maximum: 1\ndimensions: {}\n", encoding="utf-8")
    loaded = load(copy.workspace)
    found = (*loaded.shared, *loaded.by_country["peru"])
    (problem,) = (one for one in found if words in str(one))
    at = f"{where}:{line}:{column + offset}" if offset else where
    assert str(problem).startswith(f"error: {at}: ")


@pytest.mark.long
def test_a_problem_outlives_a_journey_by_json(copy: Copy) -> None:
    copy.edit(CARD, "status: draft", "status: done")
    copy.edit(CARD, "{{ max.total }}", "{{ max.total }")
    copy.edit(EDITION, "source_language: en", "source_language: fr")
    found = read_workspace(copy.workspace).problems
    assert found
    for problem in found:
        assert problem_from(json.loads(json.dumps(asdict(problem)))) == problem


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (PermissionError(errno.EACCES, "Permission denied"), "permission denied"),
        (OSError(errno.ENOSPC, "No space left on device"), "the disk is full"),
        (OSError(errno.EPIPE, "Broken pipe"), "Broken pipe"),
        (ValueError(message("{path} is not a file", path="x")), "x is not a file"),
        (ValueError("bad"), "bad"),
        (ValueError(), ""),
    ],
)
def test_why_a_file_cannot_be_read_is_said_in_a_few_words(error: Exception, words: str) -> None:
    assert str(reason(error)) == words


def _hole(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(10**10)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (_hole, "it is larger than 500 MB"),
        (os.mkfifo, "a/b is not a file"),
        (Path.mkdir, "a/b is not a file"),
        (lambda path: path.symlink_to("b"), "the symbolic links in a/b form a loop"),
        (lambda path: path.symlink_to("/dev/zero"), "a/b points outside the workspace"),
    ],
)
def test_what_is_there_is_not_missing_and_is_not_read_for_ever(
    make: Callable[[Path], object], words: str, tmp_path: Path
) -> None:
    (tmp_path / "a").mkdir()
    make(tmp_path / "a/b")
    workspace = Workspace(tmp_path.resolve())
    assert not workspace.is_missing("a/b")
    with pytest.raises(ValueError, match=words):
        workspace.read("a/b")
    assert all(map(workspace.is_missing, ("a/c", "a/../../b", "/dev/zero", "a/b/c\0")))


CODES = {
    "empty file": "YAML-EMPTY",
    "a PDF": "YAML-TEXT",
    "Latin-1": "YAML-TEXT",
    "a list": "YAML-MAPPING",
    "two documents": "YAML-DOCUMENTS",
    "directive": "YAML-DIRECTIVE",
    "line separator": "YAML-CONTROL",
    "half a pair": "YAML-CONTROL",
    "deep nesting": "YAML-DEPTH",
    "alias bomb": "YAML-MACHINERY",
    "too large": "YAML-SIZE",
    "tab": "YAML-SYNTAX",
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_file_has_its_code(kind: str) -> None:
    _, (problem,) = read_tree(BROKEN[kind][0], "content/peru/en.yaml")
    assert problem.code == CODES[kind]


@pytest.mark.long
def test_a_text_that_is_a_whole_file_is_refused(copy: Copy) -> None:
    copy.edit(CARD, "title: Peru Report Card", f"title: {'Peru ' * 30_000}")
    assert "more than 100,000 characters" in problems(copy)[0]


def test_a_yes_that_is_none_and_a_list_where_keys_belong_are_told_in_plain_words(
    copy: Copy,
) -> None:
    at = copy.edit("content/edition.yaml", "  booklet: false", "  booklet: maybe")
    (problem,) = load(copy.workspace).shared
    assert (str(problem.message), str(problem.advice)) == (
        'the value must be true or false, not "maybe".',
        "Write true or false.",
    )
    assert problem.place.line == at[0]
    copy.edit("content/edition.yaml", "  booklet: maybe", "  booklet: false")
    copy.edit("content/glossary.yaml", "    avoid: {es: [marcador]}", "    avoid: [marcador]")
    (problem,) = load(copy.workspace).shared
    assert str(problem.message) == '"terms.scoreboard.avoid" must be a group of keys.'


def test_a_copy_of_a_text_keeps_its_place() -> None:
    """The manifest copies problems, workers send them, and one may name a text of a file."""
    tree, _ = read_tree(b"title: Peru\nstatus: draft\n", "content/peru/en.yaml")
    assert tree
    assert isinstance(tree.root, Branch)
    (_, status) = tree.root.entries.values()
    assert isinstance(status, Text)
    for copied in (deepcopy(status), pickle.loads(pickle.dumps(status))):
        assert (copied, copied.place) == ("draft", Place("content/peru/en.yaml", 2, 9))
