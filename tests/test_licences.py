"""What the program is made with: pinned with hashes, under licenses that an MIT project can use, in
the wheel's bill of materials.
"""

import json
import re
import runpy
from importlib.metadata import version
from typing import Any

import pytest

from .conftest import ROOT

SCRIPT = runpy.run_path(str(ROOT / "docs/licences.py"))
FOUND = tuple(SCRIPT["dependencies"]())


@pytest.mark.parametrize(("file", "make"), [("licences.md", "page"), ("sbom.cdx.json", "bill")])
def test_the_lists_show_what_is_installed(file: str, make: str) -> None:
    kept = (ROOT / "docs" / file).read_text(encoding="utf-8")
    assert kept == SCRIPT[make](FOUND), "run: python docs/licences.py"


def test_nothing_is_under_the_gpl_alone() -> None:
    assert [one.name for one in FOUND if not one.is_allowed] == []
    assert not [one.name for one in FOUND if not re.search(r"[A-Z]", one.licence)]


@pytest.mark.parametrize(
    ("licence", "is_allowed"),
    [
        ("MIT", True),
        ("GPL-2.0-or-later OR MPL-1.1", True),
        ("LGPL-2.1-or-later", True),
        ("GPL-3.0-or-later", False),
        ("AGPL-3.0-only", False),
        ("MIT AND GPL-2.0-only", False),
        ("MIT AND (MPL-1.1 OR GPL-2.0-or-later)", True),
    ],
)
def test_a_license_is_judged_by_its_choices(licence: str, is_allowed: bool) -> None:
    assert SCRIPT["Dependency"]("name", "1", licence).is_allowed == is_allowed


def test_every_package_has_hashes_and_is_the_one_that_is_tested() -> None:
    text = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    pinned = re.findall(r"^([\w.-]+)==\S+[^\n]* \\\n +--hash=sha256:[0-9a-f]{64}", text, re.M)
    assert pinned == [one.name for one in FOUND]
    elsewhere = ("brotlicffi", "colorama")
    assert {one.name: one.version for one in FOUND if one.name not in elsewhere} == {
        one.name: version(one.name) for one in FOUND if one.name not in elsewhere
    }


@pytest.mark.slow
def test_the_wheel_has_the_bill_of_materials(installed: Any) -> None:
    (bill,) = installed.glob("reportcard-*.dist-info/sboms/**/*.json")
    found = json.loads(bill.read_text(encoding="utf-8"))
    assert found["bomFormat"] == "CycloneDX"
    assert "pkg:pypi/weasyprint@70.0" in {one["purl"] for one in found["components"]}
