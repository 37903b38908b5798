"""The documentation: links and pages of the site are there, pages stay readable as files, and each
begins with what its reader can do.
"""

import re
import runpy
from collections.abc import Iterator
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from .conftest import ROOT

DOCS = ROOT / "docs"
SITE = runpy.run_path(str(DOCS / "pages.py"))
FILES = sorted(
    [*DOCS.rglob("*.md"), *(ROOT / name for name in ("README.md", *SITE["PAGES"].values()))]
)
#: Pages that the program writes, paragraph by paragraph.
WRITTEN = {"rules.md", "reglas.md"}
#: Reports to the authors of a library: each is one text to send, and README.md lists them.
REPORTS = DOCS / "upstream"
WIDTH = 100
_LINK = re.compile(r"!?\[(?:[^][]|\[[^]]*\])*\]\((?P<target>[^()\s]+)\)")
#: What a page says to its reader first.
_PROMISE = re.compile(
    r"\byou (can|know|will|publish)\b|\bthis page\b|\b(Find out|Look up)\b|shows you|"
    r"\busted (puede|podrá|sabrá)\b|\besta página\b|\bAverigüe\b|^Para saber\b"
)
#: Words of a translated English.
_STILTED = re.compile(r"(?<!here )\bis no (?!longer)| told\b|\bstands\b")

each_page = pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))


def lines(text: str) -> Iterator[tuple[int, str]]:
    """The numbered lines of a page that are not in a block of code."""
    is_code = False
    for number, line in enumerate(text.splitlines(), 1):
        if line.lstrip().startswith("```"):
            is_code = not is_code
        elif not is_code and not line.startswith("    "):
            yield number, line


def prose(text: str) -> str:
    """A page without its blocks and spans of code, in lines."""
    return re.sub(r"`[^`\n]*`", "`…`", "\n".join(line for _, line in lines(text)))


def anchors(path: Path) -> set[str]:
    """The anchors of a page's headings."""
    found: set[str] = set()
    for _, line in lines(path.read_text(encoding="utf-8")):
        if line.startswith("#"):
            name = SITE["anchor"](line.lstrip("#").replace("`", ""))
            found.add(
                next(
                    one
                    for one in (name, *(f"{name}-{n}" for n in range(1, 99)))
                    if one not in found
                )
            )
    return found


def broken_links(path: Path, text: str) -> Iterator[str]:
    """The links of a page that lead nowhere, in the repository or in the site."""
    for link in _LINK.finditer(prose(text)):
        if re.match(r"https?:|mailto:", link["target"]):
            continue
        name, _, anchor = link["target"].partition("#")
        target = (path.parent / name).resolve() if name else path
        is_there = target.is_file() and (not anchor or anchor in anchors(target))
        if not is_there or (DOCS in path.parents and not in_the_site(target)):
            yield link["target"]


def in_the_site(path: Path) -> bool:
    """Whether a file is in docs/, or a page that the site takes from the root."""
    return DOCS in path.parents or path.relative_to(ROOT).as_posix() in SITE["PAGES"].values()


def long_lines(text: str) -> Iterator[str]:
    """The lines that are too long and could be broken: not tables, and not an address alone."""
    for number, line in lines(text):
        bare = _LINK.sub(lambda link: link[0].replace(link["target"], ""), line)
        if len(bare) > WIDTH and not line.startswith("|"):
            yield f"{number}: {line}"


def beginning(text: str) -> str:
    """The first paragraph below a page's title."""
    title, paragraph = re.split(r"\n\s*\n", text.strip())[:2]
    assert title.startswith("# "), title
    return paragraph.replace("\n", " ")


@each_page
def test_every_link_resolves(path: Path) -> None:
    assert list(broken_links(path, path.read_text(encoding="utf-8"))) == []


@each_page
def test_lines_can_be_read_as_files(path: Path) -> None:
    if path.name not in WRITTEN:
        assert list(long_lines(path.read_text(encoding="utf-8"))) == []


@each_page
def test_the_english_is_plain(path: Path) -> None:
    found = [
        line
        for line in prose(path.read_text(encoding="utf-8")).splitlines()
        if _STILTED.search(line)
    ]
    assert found == []


@each_page
def test_a_page_begins_with_what_its_reader_can_do(path: Path) -> None:
    if path.parent != REPORTS or path.name == "README.md":
        assert _PROMISE.search(beginning(path.read_text(encoding="utf-8")))


def pages(entries: list[object]) -> Iterator[str]:
    """The pages of a navigation, in order."""
    for entry in entries:
        (value,) = entry.values()
        yield from pages(value) if isinstance(value, list) else [value]


def test_the_site_has_every_page() -> None:
    configuration = YAML(typ="safe").load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    listed = list(pages(configuration["nav"]))
    assert len(listed) == len(set(listed))
    written = {
        path.relative_to(DOCS).as_posix()
        for path in DOCS.rglob("*.md")
        if path.parent != REPORTS or path.name == "README.md"
    }
    assert set(listed) == written | set(SITE["PAGES"])
    for name, source in SITE["PAGES"].items():
        assert name in listed
        assert (ROOT / source).is_file()


def test_the_list_of_reports_has_every_report() -> None:
    listed = {link["target"] for link in _LINK.finditer((REPORTS / "README.md").read_text("utf-8"))}
    assert {path.name for path in REPORTS.glob("*.md")} - {"README.md"} <= listed


def test_pages_load_nothing_from_the_network() -> None:
    """The theme's fonts and the script of its searches would be."""
    configuration = YAML(typ="safe").load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    assert configuration["theme"]["font"] is False
    (script,) = configuration["extra"]["polyfills"]
    assert "iframe-worker" in script
    assert (DOCS / script).is_file()


def test_pictures_are_small() -> None:
    for path in DOCS.glob("*.png"):
        assert path.stat().st_size < 300_000, path.name


def test_planted_faults_are_seen() -> None:
    page = DOCS / "index.md"
    assert list(broken_links(page, "[a](nowhere.md) ![b](pages.png) [c](rules.md#no-such)")) == [
        "nowhere.md",
        "rules.md#no-such",
    ]
    assert list(broken_links(page, "[a](../pyproject.toml) `[b](c.md)`")) == ["../pyproject.toml"]
    assert len(list(long_lines(f"{'word ' * 21}\n| {'cell ' * 30}|\n```\n{'x' * 120}\n```"))) == 1
    assert _STILTED.search("This is no page.")
    assert not _STILTED.search("There is no page. One understands that it is no longer here.")
    assert not _PROMISE.search(beginning("# Title\n\nMeasured on one machine.\n"))
