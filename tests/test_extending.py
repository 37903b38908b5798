"""The example packages are installed as anybody's would be, and work: what each adds is there by
the name of its entry point, with messages of its own, and no file of the program knows of it.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import cast

import pikepdf
import pytest

from reportcard.build.card import CardFiles
from reportcard.build.inventory import SoundWorkspace, read_workspace
from reportcard.build.request import Order, Tell
from reportcard.checks import framework
from reportcard.errors import ReportCardError
from reportcard.language import packs
from reportcard.release import beside, bundle
from reportcard.release.bundle import Wanted
from reportcard.workspace import media
from reportcard.workspace.card_files import CardFile, card_file

from .conftest import ROOT, Built, Copy, once, shortened
from .test_third_language import with_portuguese

PACKAGES = ROOT / "examples/packages"
EN, ES = "content/peru/en.yaml", "content/peru/es.yaml"
EDITION = "content/edition.yaml"

Run = Callable[..., tuple[int, str, str]]


def target(*names: str) -> Path:
    """A folder with packages installed in it, as pip does without a network."""

    def install(folder: Path) -> Path:
        call = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index"]
        where = [str(PACKAGES / name) for name in names]
        subprocess.run([*call, "--no-build-isolation", "--target", str(folder), *where], check=True)
        return folder

    return once(f"packages-{'-'.join(names)}", install)


@pytest.fixture
def run(copy: Copy) -> Run:
    def program(names: str, *arguments: str, language: str = "en") -> tuple[int, str, str]:
        path = os.pathsep.join([str(target(*names.split())), str(ROOT / "src")])
        done = subprocess.run(
            [sys.executable, "-m", "reportcard", *arguments],
            capture_output=True,
            text=True,
            cwd=copy.root,
            env={**os.environ, "PYTHONPATH": path, "REPORTCARD_LANGUAGE": language},
        )
        return done.returncode, done.stdout, done.stderr

    return program


@pytest.mark.slow
def test_a_rule_of_a_package_finds_its_fault_in_both_languages(copy: Copy, run: Run) -> None:
    line, column = copy.edit(
        EN, "On paper, the country has", "On paper, the country DEFINITELY has"
    )
    code, out, _ = run("house-rules", "check", "peru", "--strict")
    assert code == 4
    place = f"{EN}:{line}:{column + len('On paper, the country ')}"
    assert f'warning: {place}: "DEFINITELY" is in capitals. [HOUSE-CAPITALS]' in out
    _, out, _ = run("house-rules", "check", "peru", language="es")
    assert '"DEFINITELY" está en mayúsculas. [HOUSE-CAPITALS]' in out
    assert "Escríbala en minúsculas" in out


@pytest.mark.slow
def test_it_is_explained_and_waived_like_any_other(copy: Copy, run: Run) -> None:
    code, out, _ = run("house-rules", "explain", "HOUSE-CAPITALS")
    assert code == 0
    assert "screen readers may spell them out" in out
    copy.edit(EN, "On paper, the country has", "On paper, the country DEFINITELY has")
    with (copy.root / EN).open("a", encoding="utf-8") as file:
        file.write("waivers:\n  context:\n    HOUSE-CAPITALS: It is quoted.\n")
    code, out, _ = run("house-rules", "check", "peru", "--strict")
    assert (code, out) == (0, "")


@pytest.mark.slow
def test_without_the_package_its_rule_is_unknown(copy: Copy, run: Run) -> None:
    code, _, err = run("csv-exchange", "explain", "HOUSE-CAPITALS")
    assert code == 2
    assert "HOUSE-CAPITALS" in err


@pytest.mark.slow
def test_translations_go_out_and_come_back_in_the_format_of_a_package(
    copy: Copy, run: Run, tmp_path: Path
) -> None:
    file = tmp_path / "peru-es.csv"
    export = ("translations", "export", "peru", "--language", "es", "--format")
    assert run("csv-exchange", *export, "csv", "--output", str(file))[0] == 0
    text = file.read_text(encoding="utf-8")
    assert text.startswith("reportcard,peru,en,es\n")
    assert text.count("En el papel, el país dispone") == 1
    file.write_text(text.replace("En el papel, el país dispone", "En el papel, el Perú dispone"))
    assert run("csv-exchange", "translations", "import", str(file), "--by", "Ana")[0] == 0
    assert "En el papel, el Perú dispone" in (copy.root / ES).read_text(encoding="utf-8")
    file.write_text("reportcard,peru,en,es\nonly two,cells\n", encoding="utf-8")
    code, _, err = run("csv-exchange", "translations", "import", str(file), language="es")
    assert code == 8
    assert "la fila 2 necesita tres celdas" in err


@pytest.mark.slow
def test_a_format_that_nothing_adds_is_wrong_usage(run: Run, tmp_path: Path) -> None:
    export = ("translations", "export", "peru", "--language", "es", "--format", "csv")
    code, _, err = run("house-rules", *export, "--output", str(tmp_path / "a.csv"))
    assert code == 2
    assert 'there is no exchange format "csv". Available formats: po, xliff, xliff2, xlsx.' in err


@pytest.mark.slow
@pytest.mark.thorough  # ten seconds and more; its neighbours build the same
def test_a_build_is_made_again_when_a_package_comes_or_goes(run: Run) -> None:
    build = ("build", "peru", "--language", "es")
    assert run("csv-exchange", *build)[0] == 0
    assert "1/1" in run("house-rules csv-exchange", *build)[2]
    assert "1/1" not in run("house-rules csv-exchange", *build)[2]


def broken(folder: Path, code: str) -> Path:
    """A package whose rule is this code, with nothing but its entry point."""
    (folder / "broken.py").write_text(code, encoding="utf-8")
    information = folder / "broken-1.dist-info"
    information.mkdir()
    (information / "METADATA").write_text("Name: broken\nVersion: 1\n", encoding="utf-8")
    (information / "entry_points.txt").write_text("[reportcard.rules]\nbroken = broken\n")
    return folder


@pytest.mark.slow
@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("import nowhere", "ModuleNotFoundError: No module named 'nowhere'"),
        ("def card(content, country):\n    yield 1 / 0", "ZeroDivisionError: division by zero"),
    ],
)
def test_a_package_that_fails_is_named(copy: Copy, tmp_path: Path, code: str, said: str) -> None:
    path = os.pathsep.join([str(broken(tmp_path, code)), str(ROOT / "src")])
    done = subprocess.run(
        [sys.executable, "-m", "reportcard", "check"],
        capture_output=True,
        text=True,
        cwd=copy.root,
        env={**os.environ, "PYTHONPATH": path},
    )
    assert done.returncode == 2
    assert f'the package that adds "broken" failed: {said}.' in done.stderr
    assert "Traceback" not in done.stderr


# --- gauges ---------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.thorough  # ten seconds and more; its neighbours build the same
def test_the_edition_chooses_the_gauge_of_a_package(copy: Copy, run: Run) -> None:
    ring = ("gauges", "peru", "--language", "en")
    assert run("bar-gauge", *ring, "--output", "rings")[0] == 0
    copy.edit(EDITION, "repeated_notes: again", "gauge: bar\nrepeated_notes: again")
    assert run("bar-gauge", *ring, "--output", "bars")[0] == 0
    for name in ("peru-total-en.svg", "peru-legal-en.svg"):
        bar = (copy.root / "bars" / name).read_text(encoding="utf-8")
        assert bar != (copy.root / "rings" / name).read_text(encoding="utf-8")
        assert bar.count("<path") > 2
    code, _, err = run("bar-gauge", "build", "peru", "--language", "en")
    assert code == 0, err
    assert run("bar-gauge", "verify", "output/peru-report-card-en.pdf")[0] == 0


@pytest.mark.slow
def test_a_gauge_that_nothing_adds_is_a_problem_at_its_line(copy: Copy, run: Run) -> None:
    line, column = copy.edit(EDITION, "repeated_notes: again", "gauge: bar\nrepeated_notes: again")
    code, out, _ = run("house-rules", "check")
    assert code == 4
    place = f"{EDITION}:{line}:{column + len('gauge: ')}"
    assert f'error: {place}: unknown gauge shape "bar". [EDITION-GAUGE]' in out
    assert "Choose from: half-ring." in out
    copy.edit(EDITION, "gauge: bar", "gauge: ring")
    assert "Choose from: bar, half-ring." in run("bar-gauge", "check")[1]


@pytest.mark.slow
def test_a_gauge_of_a_package_says_what_it_cannot_draw(run: Run, copy: Copy) -> None:
    code = (
        "from dataclasses import replace; from reportcard.messages.catalogue import speak;"
        "from reportcard.page.gauges import draw; from reportcard.workspace import packages;"
        "from tests.test_gauges import GAUGE; packages.add_messages(); speak('es');\n"
        "try: draw(replace(GAUGE, form='bar', score='123456789'), 'svg')\n"
        "except Exception as error: print(error)"
    )
    path = os.pathsep.join([str(target("bar-gauge")), str(ROOT / "src")])
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": path},
    )
    assert done.stdout.strip() == '"123456789" es demasiado largo para una barra.', done.stderr


def test_another_version_of_a_package_draws_its_gauge_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from reportcard.page import gauges

    from .test_gauges import GAUGE

    key, other = replace(GAUGE, form="bar").key, GAUGE.key
    gauges._drawn_by.cache_clear()
    monkeypatch.setattr(gauges, "versions", lambda: {"reportcard.gauges bar": "2.0"})
    assert replace(GAUGE, form="bar").key != key
    assert GAUGE.key == other
    gauges._drawn_by.cache_clear()


# --- files of a release ---------------------------------------------------------------------------

#: Prints the files that packages add to a release of the Peru card, and the problems.
RELEASED = """\
import json, sys
from reportcard.build.inventory import read_workspace
from reportcard.messages.catalogue import speak
from reportcard.release import beside
from reportcard.workspace import packages
from reportcard.workspace.workspace import Workspace
packages.add_messages()
speak(sys.argv[2])
for name in ("web_edition", "pictures", "gauge_files"):
    setattr(beside, name, lambda *_, **__: ({}, ()))
read = read_workspace(Workspace.find(__import__("pathlib").Path(sys.argv[1])))
files, found = beside.beside(read, ("peru",), ("en", "es"))
print(json.dumps([{name: data.decode() for name, data in files.items()}, [*map(str, found)]]))
"""


def released(copy: Copy, names: str, language: str = "en") -> tuple[dict[str, str], list[str]]:
    path = os.pathsep.join([str(target(names)), str(ROOT / "src")])
    done = subprocess.run(
        [sys.executable, "-c", RELEASED, str(copy.root), language],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": path},
    )
    assert done.returncode == 0, done.stderr
    files, problems = json.loads(done.stdout)
    return files, problems


@pytest.mark.slow
def test_a_package_puts_files_into_a_folder_of_the_release(copy: Copy) -> None:
    copy.edit(EDITION, "\ncontact:", "\ncontact: cards@example.org")
    files, problems = released(copy, "open-data")
    assert (list(files), problems) == (["open-data/scores.json"], [])
    data = json.loads(files["open-data/scores.json"])
    assert data["countries"]["peru"]["scores"]["total"]["score"] == 11.7
    assert data["countries"]["peru"]["ranks"]["total"] == 2


@pytest.mark.slow
def test_what_a_package_finds_wrong_with_a_release_is_a_problem(copy: Copy, run: Run) -> None:
    files, (fault,) = released(copy, "open-data", "es")
    assert files == {}
    assert "los datos abiertos no indican a quién preguntar." in fault
    code, out, _ = run("open-data", "explain", "OPEN-DATA-CONTACT")
    assert code == 0
    assert "whom to ask about them" in out


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("web", "index.html"),
        ("..", "a"),
        ("Data", "a"),
        ("data", "../a"),
        ("data", "/a"),
        ("data", "a//b"),
        ("data", "a\\b"),
        ("data", ""),
    ],
)
def test_a_package_writes_into_its_own_folder_alone(
    monkeypatch: pytest.MonkeyPatch, name: str, path: str
) -> None:
    def output(*_: object) -> tuple[dict[str, bytes], tuple[()]]:
        return {path: b""}, ()

    monkeypatch.setattr(beside, "additions", lambda _: {name: output})
    read = cast("SoundWorkspace", None)
    with pytest.raises(ReportCardError, match="writes outside its folder"):
        list(beside._added(read, (), ()))


# --- languages ------------------------------------------------------------------------------------


@pytest.fixture
def portuguese(copy: Copy) -> Copy:
    """A workspace with a third language, in which something is wrong."""
    copy = with_portuguese(copy)
    copy.edit("content/peru/pt-BR.yaml", "No conjunto,", "Com 9 % em muito muito pouco,")
    return copy


@pytest.mark.slow
def test_a_language_that_nobody_knows_is_noted_once_with_what_is_not_checked(
    copy: Copy, run: Run
) -> None:
    with_portuguese(copy, "qu")
    copy.edit("content/peru/qu.yaml", "No conjunto,", "Com 9 % em muito muito pouco,")
    _, out, _ = run("house-rules", "check")
    line = (copy.root / EDITION).read_text(encoding="utf-8").split("\n").index("  qu:") + 1
    rules = (
        "CLAIM-CHANGE, CLAIM-ORDER, SCORE-CONTRADICTED, SCORE-TYPED, LAW-CONFLICT, TYPE-ORDINAL, "
        "TYPE-PERCENT"
    )
    assert (
        f'note: {EDITION}:{line}:3: these rules cannot be checked in the language "qu": {rules}.'
        in out
    )
    assert out.count("EDITION-HABITS") == 2
    assert "TYPE-PERCENT]" not in out
    assert '"muito" is repeated.' in out


@pytest.mark.slow
def test_a_package_says_what_is_known_of_a_language_without_code(
    portuguese: Copy, run: Run
) -> None:
    _, out, _ = run("portuguese", "check", "peru")
    assert "cannot be checked in pt-BR" not in out
    assert (
        'warning: content/peru/pt-BR.yaml:5:9: there is an extra space before "%". [TYPE-PERCENT]'
        in out
    )
    assert "repeated" not in out
    _, out, _ = run("portuguese", "check", "peru", language="pt")
    assert 'aviso: content/peru/pt-BR.yaml:5:9: espaço antes de "%". [TYPE-PERCENT]' in out


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("sings: []", "pt.yaml:1:1"),
        ("signs: [{fault: comma, pattern: x}]", "pt.yaml:1:17"),
        ("signs: [{fault: ordinal, pattern: '('}]", "pt.yaml:1:36: missing ), unterminated"),
        ("small_words: &a [x]", "pt.yaml:1"),
        (None, "pt.yaml: no such file"),
    ],
)
def test_a_wrong_file_of_a_language_is_named_with_its_line(
    tmp_path: Path, text: str | None, said: str
) -> None:
    file = tmp_path / "pt.yaml"
    if text is not None:
        file.write_text(text, encoding="utf-8")
    with pytest.raises(ReportCardError) as caught:
        packs._read("pt", file)
    assert said in str(caught.value)


def test_the_languages_of_the_program_are_known_whole() -> None:
    for language in ("en", "es", "es-PE"):
        known = packs.pack(language)
        assert known
        # English opens no question with a sign and joins no article; in Spanish the article before
        # a number goes by its noun, not by its sound; French alone sets signs apart
        lacking = {"openings", "contractions"} if language == "en" else {"indefinite"}
        fields = set(type(known).model_fields) - lacking - {"spaced"}
        assert all(getattr(known, name) for name in fields)
    assert packs.pack("qu") is None


@pytest.mark.parametrize("language", ["pt", "pt-BR", "fr", "nl", "de"])
def test_of_other_languages_names_of_countries_and_numbers_are_known(language: str) -> None:
    known = packs.pack(language)
    assert known
    assert known.names
    assert known.numbers


# --- editions -------------------------------------------------------------------------------------

PROOF = "output/peru-report-card-es-proof.pdf"


@pytest.mark.slow
def test_an_edition_of_a_package_is_built_verified_and_kept(copy: Copy, run: Run) -> None:
    shortened(copy)
    build = ("build", "peru", "--language", "es", "--edition", "screen", "--edition", "proof")
    code, out, err = run("proof-edition", *build)
    assert code == 0, err
    assert out.split() == ["output/peru-report-card-es.pdf", PROOF]
    record = json.loads((copy.root / "output/manifest.json").read_bytes())["files"][
        Path(PROOF).name
    ]
    assert (record["edition"], record["language"]) == ("proof", "es")
    with pikepdf.open(copy.root / PROOF) as pdf, pikepdf.open(copy.root / out.split()[0]) as screen:
        pairs = zip(pdf.pages, screen.pages, strict=True)
        assert {float(one.mediabox[2] - two.mediabox[2]) for one, two in pairs} == {200}
        assert b"peru-report-card-es-proof" in pdf.Root.Metadata.read_bytes()
    assert run("proof-edition", "verify", PROOF)[0] == 0
    last = run("proof-edition", *build)[2].splitlines()[-1]
    assert last == "peru: clean"
    code, out, _ = run("proof-edition", "preflight", PROOF)
    assert code == 0
    assert "proof    PDF/UA-1  met (according to the file)" in out


@pytest.mark.slow
def test_an_edition_of_a_package_has_its_own_inspection(built: Built, run: Run) -> None:
    preflight = ("preflight", str(built.pdf("en")), "--edition", "proof")
    code, out, err = run("proof-edition", *preflight, language="es")
    assert code == 7
    assert "la página 1 no tiene margen para observaciones." in out + err
    assert run("house-rules", *preflight)[0] == 2


@pytest.mark.slow
def test_an_edition_for_a_release_that_nothing_adds_is_a_problem_at_its_line(
    copy: Copy, run: Run
) -> None:
    line, _ = copy.edit(
        EDITION, "repeated_notes: again", "release: {editions: [proof]}\nrepeated_notes: again"
    )
    assert "EDITION-ADDED" not in run("proof-edition", "check")[1]
    code, out, _ = run("house-rules", "check")
    assert code == 4
    assert (
        f'error: {EDITION}:{line}:22: no installed package adds the edition "proof". [EDITION-'
        in out
    )
    assert "Editions available from packages: none." in out


@pytest.mark.parametrize("name", ["es", "screen", "bilingual", "Proof", "proof-a", "a" * 21])
def test_a_name_that_is_not_one_of_an_edition_is_refused(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(media, "names", lambda _: (name,))
    media.added_editions.cache_clear()
    with pytest.raises(ReportCardError, match="not a valid name"):
        media.known_editions()
    media.added_editions.cache_clear()


def test_a_file_of_an_edition_is_known_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(media, "added_editions", lambda: ("proof",))
    assert card_file(Path(PROOF).stem) == CardFile("peru", ("es",), "proof")
    assert card_file("scoreboard-es-PE-proof") == CardFile("scoreboard", ("es-PE",), "proof")
    for name in ("peru-report-card-es-poster", "peru-report-card-es-screen"):
        assert card_file(name) is None


@pytest.mark.parametrize(
    ("listed", "made"),
    [("", ("screen", "print", "archive")), ("proof", ("screen", "print", "archive", "proof"))],
)
def test_a_release_makes_an_edition_of_a_package_if_the_edition_lists_it(
    copy: Copy, monkeypatch: pytest.MonkeyPatch, listed: str, made: tuple[str, ...]
) -> None:
    asked: list[Order] = []

    def assemble(_: SoundWorkspace, order: Order, __: Tell) -> dict[str, CardFiles]:
        asked.append(order)
        return {}

    monkeypatch.setattr(framework, "added_editions", lambda: ("proof",))
    monkeypatch.setattr(bundle, "assemble", assemble)
    copy.edit(
        EDITION,
        "repeated_notes: again",
        f"release: {{editions: [{listed}]}}\nrepeated_notes: again",
    )
    read = read_workspace(copy.workspace)
    assert isinstance(read, SoundWorkspace)
    bundle._cards(read, Wanted("1.0"), ("peru",), ("en",), lambda *_: None)
    assert asked[0].media == made
