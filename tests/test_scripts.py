"""The scripts that run in browsers: what their pages have in common is written once, and typed."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from .conftest import ROOT

PACKAGE = ROOT / "src/reportcard"
SHARED = PACKAGE / "page/compose/templates/ui.js"
#: The folders of the pages that have the shared script in front of their own.
PAGES = ("preview/page", "review/tell/page")
#: A function of a script: its name, and all that is written of it after that.
FUNCTION = re.compile(
    r"^(?:async )?function (\w+)(.*?^\})|^const (\w+) = ((?:async )?\([^\n]*?\) =>.*?;)$",
    re.DOTALL | re.MULTILINE,
)


def functions(path: Path) -> list[tuple[str, str]]:
    found = FUNCTION.findall(path.read_text("utf-8"))
    return [(name or arrow, body or value) for name, body, arrow, value in found]


def test_what_pages_share_is_used_by_each() -> None:
    shared = SHARED.read_text("utf-8")
    names = [name for name, _ in functions(SHARED)]
    assert {"make", "t", "store"} <= set(names)
    for page in PAGES:
        text = "".join(path.read_text("utf-8") for path in (PACKAGE / page).glob("*.js"))
        for name in names:
            uses = re.compile(rf"(?<!function )(?<!\.)\b{name}\(")
            assert uses.search(text) or uses.search(shared), f"{page} does not use {name}"


def test_no_function_is_written_twice() -> None:
    scripts = sorted(PACKAGE.rglob("*.js"))
    bodies = Counter(re.sub(r"\s+", " ", body) for path in scripts for _, body in functions(path))
    assert [body for body, count in bodies.items() if count > 1] == []
    names = {name for name, _ in functions(SHARED)}
    for path in scripts:
        if path != SHARED:
            assert names.isdisjoint(name for name, _ in functions(path)), path


@pytest.mark.parametrize("script", sorted(PACKAGE.rglob("*.js")), ids=lambda path: path.name)
def test_every_script_has_its_types_checked(script: Path) -> None:
    checked = {
        path.resolve()
        for config in PACKAGE.rglob("jsconfig.json")
        for pattern in json.loads(config.read_text("utf-8"))["include"]
        for path in config.parent.glob(pattern)
    }
    assert script.resolve() in checked
    assert not re.search(r"@ts-|\bany\b(?=[^\n]*\})", script.read_text("utf-8"))
