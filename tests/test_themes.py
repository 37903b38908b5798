"""Themes: a folder of styles/, one that ships, one of a package; files of a workspace over them."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from reportcard.build.inventory import ReadWorkspace, SoundWorkspace, read_workspace
from reportcard.page.colorimetry import difference, nearest_inks, print_lab, screen_lab
from reportcard.page.gauges import gauge_of
from reportcard.page.styles import read_styles
from reportcard.pdf.sheet import PT_PER_MM
from reportcard.problems.problem import Severity
from reportcard.scores.values import values_of
from reportcard.workspace.theme import default_theme, named_theme
from reportcard.workspace.workspace import Workspace

from .conftest import ROOT, Copy, once

EDITION = "content/edition.yaml"
ATLAS = ROOT / "src/reportcard/themes/atlas"
LETTER_MM = (215.9, 279.4)

Run = Callable[..., tuple[int, str, str]]


def use(copy: Copy, name: str) -> None:
    """Has the edition name a theme."""
    copy.edit(EDITION, "source_language: en\n", f"source_language: en\ntheme: {name}\n")


def codes(copy: Copy) -> list[tuple[str, str]]:
    """What is wrong with the styles: the rule and its place."""
    found = read_workspace(copy.workspace).shared
    return [(one.code, str(one.place)) for one in found if one.code.startswith("STYLE")]


# --- where a theme is ------------------------------------------------------------------------


@pytest.mark.long
def test_the_only_folder_is_the_theme_and_several_need_a_name(copy: Copy) -> None:
    assert codes(copy) == []
    shutil.copytree(copy.root / "styles/gold", copy.root / "styles/blue")
    assert codes(copy) == [("STYLE-THEME", EDITION)]
    use(copy, "blue")
    read = read_workspace(copy.workspace)
    assert isinstance(read, SoundWorkspace)
    assert read.styles.theme.folder == "styles/blue"
    assert all(path.startswith("styles/blue/") for path in read.styles.sources)


@pytest.mark.long
def test_a_theme_that_does_not_exist_is_reported_at_its_line(copy: Copy) -> None:
    use(copy, "goold")
    line = (copy.root / EDITION).read_text().splitlines().index("theme: goold") + 1
    (problem,) = [one for one in read_workspace(copy.workspace).shared if "STYLE" in one.code]
    assert (problem.code, problem.place.file, problem.place.line) == ("STYLE-THEME", EDITION, line)
    assert "atlas" in str(problem.advice)
    assert "gold" in str(problem.advice)


@pytest.mark.long
def test_a_workspace_without_a_theme_is_told_so(copy: Copy) -> None:
    shutil.rmtree(copy.root / "styles")
    assert codes(copy) == [("STYLE-MISSING", "styles")]


def loose(copy: Copy) -> None:
    """The styles as they lay before there were folders."""
    for path in sorted((copy.root / "styles/gold").iterdir()):
        text = path.read_text(encoding="utf-8").replace("../../figures", "../figures")
        (copy.root / "styles" / path.name).write_text(text, encoding="utf-8")
    shutil.rmtree(copy.root / "styles/gold")


@pytest.mark.long
def test_loose_styles_are_read_with_a_note(copy: Copy) -> None:
    loose(copy)
    read = read_workspace(copy.workspace)
    assert isinstance(read, SoundWorkspace)
    assert codes(copy) == [("STYLE-LOOSE", "styles/tokens.yaml")]
    assert read.shared[0].severity is Severity.NOTE


def test_a_folder_beside_loose_styles_does_not_take_their_place(copy: Copy) -> None:
    loose(copy)
    (copy.root / "styles/older").mkdir()
    shutil.copy(copy.root / "styles/2-page.css", copy.root / "styles/older")
    theme = default_theme(copy.workspace)
    assert theme is not None
    assert theme.is_loose


# --- a theme that ships, and files over it -------------------------------------------------------


@pytest.mark.long
def test_a_file_of_the_workspace_takes_the_place_of_one_of_the_package(copy: Copy) -> None:
    shutil.rmtree(copy.root / "styles")
    use(copy, "atlas")
    read = read_workspace(copy.workspace)
    assert isinstance(read, SoundWorkspace)
    before = dict(read.styles.sources)
    assert "styles/atlas/tokens.yaml" in before
    (copy.root / "styles/atlas").mkdir(parents=True)
    tokens = (ATLAS / "tokens.yaml").read_text(encoding="utf-8")
    (copy.root / "styles/atlas/tokens.yaml").write_text(
        tokens.replace('gold: {screen: "#b24a2a"', 'gold: {screen: "#b24b2a"'), encoding="utf-8"
    )
    (copy.root / "styles/atlas/8-own.css").write_text("h3 { top: 0 }\n", encoding="utf-8")
    styles, problems = read_styles(copy.workspace, 3, "atlas")
    assert problems == ()
    assert styles
    assert styles.colour("gold") == "#b24b2a"
    assert {name for name, data in styles.sources.items() if before.get(name) != data} == {
        "styles/atlas/tokens.yaml",
        "styles/atlas/8-own.css",
    }


@pytest.mark.parametrize("name", ["../gold", "/etc", "gold/../gold"])
def test_a_name_that_leads_elsewhere_is_refused(copy: Copy, name: str) -> None:
    use(copy, f'"{name}"')
    assert not isinstance(read_workspace(copy.workspace), SoundWorkspace)


def test_no_file_of_a_theme_lies_outside_of_it(copy: Copy) -> None:
    theme = named_theme(copy.workspace, "atlas")
    assert theme is not None
    assert theme.exists("styles/atlas/art/cover.svg")
    assert not theme.exists("styles/atlas/../../pyproject.toml")
    assert not theme.exists("styles/atlas/../../../pyproject.toml")
    assert not theme.exists("styles/atlas/../gold2/tokens.yaml")


@pytest.mark.slow
def test_a_theme_on_letter_in_serif_builds_both_languages_without_a_problem(brief: Copy) -> None:
    shutil.rmtree(brief.root / "styles")
    use(brief, "atlas")
    own = brief.root / "styles/atlas"
    (own / "templates").mkdir(parents=True)
    sizes = (ATLAS / "sizes.yaml").read_text(encoding="utf-8")
    wider = sizes.replace("category: {width: 24, score: 13.4", "category: {width: 22, score: 12.6")
    assert wider != sizes
    (own / "sizes.yaml").write_text(wider, encoding="utf-8")
    (own / "9-margins.css").write_text(
        "@page { margin-top: 22mm } .strip .gauge img { width: 22mm }\n", encoding="utf-8"
    )
    context = ROOT / "src/reportcard/page/compose/templates/context.html"
    text = context.read_text(encoding="utf-8").replace(
        "{% block body %}", '{% block body %}<div class="overridden"></div>', 1
    )
    assert "overridden" in text
    (own / "templates/context.html").write_text(text, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "reportcard", "build", "peru", "--messages", "en"],
        capture_output=True,
        text=True,
        cwd=brief.root,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert not re.search(r"^(error|warning):", done.stdout + done.stderr, re.M), done.stderr
    for language in ("en", "es"):
        with pikepdf.open(brief.root / f"output/peru-report-card-{language}.pdf") as pdf:
            for page in pdf.pages:
                size = [float(side) / float(PT_PER_MM) for side in page.mediabox[2:]]
                assert size == pytest.approx(LETTER_MM, abs=0.05)
            fonts = {
                str(font.BaseFont).rpartition("+")[2]
                for page in pdf.pages
                for font in page.Resources.get("/Font", {}).values()
            }
        assert any(name.startswith("Source-Serif") or "SourceSerif" in name for name in fonts)


@pytest.mark.parametrize(
    ("size", "turned"),
    [("210mm 297mm", "297mm 210mm"), ("letter", "letter landscape"), ("8.5in 11in", "11in 8.5in")],
)
def test_a_page_on_its_side_has_the_size_of_the_theme(copy: Copy, size: str, turned: str) -> None:
    copy.edit("styles/gold/2-page.css", "size: 210mm 297mm;", f"size: {size};")
    styles, _ = read_styles(copy.workspace, 3)
    assert styles
    assert styles.turned_page == turned


# --- fonts ------------------------------------------------------------------------------------


@pytest.mark.long
def test_gauges_are_lettered_in_the_family_of_the_text(copy: Copy) -> None:
    read = read_workspace(copy.workspace)
    assert isinstance(read, SoundWorkspace)
    values = values_of(read.content, "peru", "en")
    styles, _ = read_styles(copy.workspace, 3, "atlas")
    assert styles
    gold, atlas = (gauge_of(values, one, "total", "total", 0) for one in (read.styles, styles))
    assert gold.typeface.family == "Source Sans Pro"
    assert atlas.typeface.family == "Source Serif Pro"
    assert atlas.typeface.bold.name == "SourceSerifPro-Bold.ttf"
    assert gold.key != atlas.key


@pytest.mark.long
def test_a_font_of_the_theme_comes_before_that_of_a_package(copy: Copy) -> None:
    read = read_workspace(copy.workspace)
    assert isinstance(read, ReadWorkspace)
    assert read.styles
    theirs = read.styles.typeface
    (copy.root / "styles/gold/fonts").mkdir()
    mine = copy.root / "styles/gold/fonts/SourceSansPro-Bold.ttf"
    mine.write_bytes(theirs.regular.read_bytes())
    assert read.styles.typeface.bold == mine
    assert read.styles.typeface.key != theirs.key


@pytest.mark.long
def test_a_font_without_a_file_and_an_undeclared_family_are_errors_at_their_place(
    copy: Copy,
) -> None:
    line, _ = copy.edit("styles/gold/1-fonts.css", "SourceSansPro-Light.ttf", "Absent.ttf")
    assert codes(copy) == [("STYLE-FONT", f"styles/gold/1-fonts.css:{line}:1")]
    copy.edit("styles/gold/1-fonts.css", "Absent.ttf", "SourceSansPro-Light.ttf")
    tokens = copy.root / "styles/gold/tokens.yaml"
    tokens.write_text(tokens.read_text() + "fonts: {text: Source Srif Pro}\n", encoding="utf-8")
    ((code, place),) = codes(copy)
    assert code == "STYLE-FONT"
    assert place.startswith("styles/gold/tokens.yaml:")
    copy.edit("styles/gold/tokens.yaml", "Source Srif Pro", "Source Sans Pro")
    assert codes(copy) == []


# --- colors ------------------------------------------------------------------------------------


@pytest.mark.long
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('gold: {screen: "#a87214"', 'gold: {screen: "#b24a2a"'),
        ("print: [85, 40, 75, 60]", "print: [100, 60, 10, 20]"),
        ("print: [0, 0, 0, 70]", "print: [0, 0, 0, 40]"),
        ('tint-1: {screen: "#e3eff3"', 'tint-1: {screen: "#f7d9d9"'),
    ],
)
def test_a_color_changed_for_one_edition_alone_is_a_warning(copy: Copy, old: str, new: str) -> None:
    line, _ = copy.edit("styles/gold/tokens.yaml", old, new)
    ((code, place),) = codes(copy)
    assert code == "STYLE-APART"
    assert place.startswith(f"styles/gold/tokens.yaml:{line}:")
    assert isinstance(read_workspace(copy.workspace), SoundWorkspace), "a warning withholds nothing"


@pytest.mark.long
def test_colors_that_are_one_raise_no_alarm(copy: Copy) -> None:
    assert codes(copy) == []
    use(copy, "atlas")
    assert codes(copy) == []


@pytest.mark.parametrize("colour", ["#12372a", "#5b1a4a", "#0b3d91", "#7d2813", "#2f2f2f"])
def test_the_nearest_inks_print_a_color_as_it_looks(colour: str) -> None:
    inks = nearest_inks(colour, 300)
    assert sum(inks) <= 300
    assert all(0 <= ink <= 100 for ink in inks)
    assert difference(screen_lab(colour), print_lab(inks)) < 8


@pytest.mark.long
def test_a_color_that_no_press_prints_is_no_fault_of_its_inks(copy: Copy) -> None:
    inks = list(nearest_inks("#00ff40", 300))
    assert difference(screen_lab("#00ff40"), print_lab((*inks,))) > 12  # type: ignore[arg-type]
    with (copy.root / "styles/gold/tokens.yaml").open("a", encoding="utf-8") as file:
        file.write(f'neon: {{screen: "#00ff40", print: {inks}}}\n')
    assert codes(copy) == []


def test_paper_is_white_and_black_is_dark() -> None:
    assert print_lab((0, 0, 0, 0)) == pytest.approx((100, 0, 0), abs=1e-6)
    assert print_lab((0, 0, 0, 100))[0] < 20


# --- theme new ---------------------------------------------------------------------------------


@pytest.mark.long
def test_theme_new_copies_the_theme_in_use_and_names_it(
    copy: Copy, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(copy.root)
    before = (copy.root / EDITION).read_bytes()
    code, out, err = run("theme", "new", "river-blue")
    assert code == 0, err
    assert "styles/river-blue/tokens.yaml" in out.splitlines()
    old, new = (copy.root / "styles" / name for name in ("gold", "river-blue"))
    assert {path.name: path.read_bytes() for path in old.iterdir()} == {
        path.name: path.read_bytes() for path in new.iterdir()
    }
    after = (copy.root / EDITION).read_bytes()
    assert after.replace(b"theme: river-blue\n", b"") == before
    assert codes(copy) == []


@pytest.mark.long
def test_theme_new_of_a_packaged_theme_is_whole(
    copy: Copy, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(copy, "atlas")
    monkeypatch.chdir(copy.root)
    assert run("theme", "new", "mine")[0] == 0
    there = {path.relative_to(ATLAS) for path in ATLAS.rglob("*") if path.is_file()}
    mine = copy.root / "styles/mine"
    assert {path.relative_to(mine) for path in mine.rglob("*") if path.is_file()} == there
    assert "\ntheme: mine\n" in (copy.root / EDITION).read_text(encoding="utf-8")
    assert isinstance(read_workspace(copy.workspace), SoundWorkspace)


@pytest.mark.long
def test_theme_new_moves_loose_styles_into_a_folder(
    copy: Copy, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    gold = {path.name: path.read_bytes() for path in (copy.root / "styles/gold").iterdir()}
    loose(copy)
    monkeypatch.chdir(copy.root)
    assert run("theme", "new", "gold")[0] == 0
    folder = copy.root / "styles/gold"
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == gold
    for path in (copy.root / "styles").glob("*.*"):
        path.unlink()
    assert codes(copy) == []


@pytest.mark.long
@pytest.mark.parametrize("name", ["gold", "atlas", "Blue", "../x", "fonts", "aux", "a b", ""])
def test_theme_new_refuses_a_name_and_writes_nothing(
    copy: Copy, run: Run, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(copy.root)
    before = {path: path.read_bytes() for path in copy.root.rglob("*") if path.is_file()}
    code, _, err = run("theme", "new", name)
    assert code == 2
    assert "theme" in err
    assert before == {path: path.read_bytes() for path in copy.root.rglob("*") if path.is_file()}


def test_theme_new_takes_back_what_it_wrote_if_the_edition_cannot_be_changed(
    copy: Copy, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    outside = tmp_path / "edition.yaml"
    (copy.root / EDITION).rename(outside)
    (copy.root / EDITION).symlink_to(outside)
    monkeypatch.chdir(copy.root)
    code, _, _ = run("theme", "new", "blue")
    assert code != 0
    assert [path.name for path in (copy.root / "styles").iterdir()] == ["gold"]


# --- a theme of a package ------------------------------------------------------------------------

#: The project file that the documentation shows.
_PROJECT = re.findall(r"```toml\n(.*?)```", (ROOT / "docs/themes.md").read_text("utf-8"), re.DOTALL)


def packaged() -> Path:
    """A folder with a package in it that adds the theme `slate`."""

    def install(folder: Path) -> Path:
        source = folder.with_name(f"{folder.name}-source")
        module = source / "src/slate_theme"
        shutil.copytree(ROOT / "styles/gold", module)
        tokens = (module / "tokens.yaml").read_text(encoding="utf-8")
        (module / "tokens.yaml").write_text(
            tokens.replace('forest: {screen: "#12372a"', 'forest: {screen: "#1f3a2c"'),
            encoding="utf-8",
        )
        (module / "__init__.py").write_text("", encoding="utf-8")
        (source / "pyproject.toml").write_text(_PROJECT[-1], encoding="utf-8")
        call = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index"]
        where = ["--no-build-isolation", "--target", str(folder), str(source)]
        subprocess.run([*call, *where], check=True)
        return folder

    return once("packages-slate-theme", install)


@pytest.mark.slow
def test_a_package_adds_a_theme_and_the_workspace_files_over_it(brief: Copy) -> None:
    shutil.rmtree(brief.root / "styles")
    use(brief, "slate")

    def program(*arguments: str) -> tuple[int, str]:
        done = subprocess.run(
            [sys.executable, "-m", "reportcard", *arguments],
            capture_output=True,
            text=True,
            cwd=brief.root,
            env={
                **os.environ,
                "PYTHONPATH": os.pathsep.join([str(packaged()), *sys.path]),
                "REPORTCARD_LANGUAGE": "en",
            },
        )
        return done.returncode, done.stdout + done.stderr

    assert program("check", "peru", "--strict")[0] == 0
    own = brief.root / "styles/slate"
    own.mkdir(parents=True)
    (own / "2-page.css").write_text("html { color: var(--inc) }\n", encoding="utf-8")
    code, said = program("check", "peru")
    assert code == 4
    assert 'styles/slate/2-page.css:1:15: color "inc" is not defined' in said
    (own / "2-page.css").unlink()
    code, said = program("theme", "new", "mine")
    assert code == 0, said
    assert not (brief.root / "styles/mine/__init__.py").exists()
    assert program("check", "peru", "--strict")[0] == 0


@pytest.mark.long
def test_without_its_package_a_theme_is_unknown(copy: Copy) -> None:
    use(copy, "slate")
    assert [code for code, _ in codes(copy)] == ["STYLE-THEME"]


def test_the_repository_has_one_theme_and_its_workspace_needs_no_name() -> None:
    theme = default_theme(Workspace(ROOT))
    assert theme is not None
    assert theme.folder == "styles/gold"
