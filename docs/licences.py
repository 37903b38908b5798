"""What the program is made with, and under which licenses:

    python docs/licences.py

writes docs/licences.md, for people, and docs/sbom.cdx.json (CycloneDX 1.6), which the wheel takes
along (PEP 770), from constraints.txt and the metadata of what is installed.
"""

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parent.parent
CONSTRAINTS: Final = ROOT / "constraints.txt"
_PIN: Final = re.compile(r"^(?P<name>[\w.-]+)==(?P<version>\S+)", re.M)
#: As the packages write them, in the words of SPDX.
_SPDX: Final = {
    "MIT License": "MIT",
    "BSD License": "BSD-3-Clause",
    "Apache Software License": "Apache-2.0",
    "ISC License (ISCL)": "ISC",
    "Python Software Foundation License": "PSF-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Mozilla Public License 1.1 (MPL 1.1)": "MPL-1.1",
    "GNU General Public License v2 or later (GPLv2+)": "GPL-2.0-or-later",
    "GNU Lesser General Public License v2 or later (LGPLv2+)": "LGPL-2.1-or-later",
    "SIL Open Font License 1.1 (OFL-1.1)": "OFL-1.1",
}
#: What a package's metadata do not say, from the license file that it has.
_READ: Final = {
    "chunspell": "MIT AND (MPL-1.1 OR GPL-2.0-or-later OR LGPL-2.1-or-later)",
    "pypdfium2": "BSD-3-Clause AND Apache-2.0",
}
#: What is not installed where this runs.
_ELSEWHERE: Final = {"brotlicffi": "MIT", "colorama": "BSD-3-Clause"}
#: Licenses that the package may not depend on, unless there is a choice of another.
FORBIDDEN: Final = re.compile(r"\bA?GPL-")


@dataclass(frozen=True, slots=True)
class Dependency:
    """A package, its version, and its license in the words of SPDX."""

    name: str
    version: str
    licence: str

    @property
    def is_allowed(self) -> bool:
        """Whether an MIT project may import it: there is a choice without the GPL."""
        parts = self.licence.split(" AND ")
        return all(
            any(not FORBIDDEN.search(choice) for choice in part.strip("()").split(" OR "))
            for part in parts
        )


def dependencies() -> Iterator[Dependency]:
    """All that `make cards` installs."""
    for pin in _PIN.finditer(CONSTRAINTS.read_text(encoding="utf-8")):
        yield Dependency(pin["name"], pin["version"], _licence(pin["name"]))


def _licence(name: str) -> str:
    if name in _READ:
        return _READ[name]
    try:
        found = metadata(name)
    except PackageNotFoundError:
        return _ELSEWHERE[name]
    if expression := found.get("License-Expression"):
        return str(expression)
    classifiers = [
        one.rpartition(" :: ")[2]
        for one in found.get_all("Classifier") or ()
        if one.startswith("License ::")
    ]
    return " OR ".join(_SPDX[one] for one in classifiers if one in _SPDX) or str(found["License"])


#: What the program runs or reads and does not import: name, what for, license.
_BESIDE: Final = (
    ("Pango, HarfBuzz, fontconfig", "WeasyPrint loads them", "LGPL-2.1-or-later; MIT; MIT"),
    ("Ghostscript", "run as a program, for the ink of print editions", "AGPL-3.0-or-later"),
    (
        "default_cmyk.icc (libgs-common)",
        "embedded in print editions, if the workspace names no other profile",
        "AGPL-3.0-or-later, as Ghostscript",
    ),
    ("hunspell-en-us", "read by the spelling check", "SCOWL's, free for any purpose"),
    (
        "hunspell-es",
        "read by the spelling check",
        "MPL-1.1 OR GPL-3.0-or-later OR LGPL-3.0-or-later",
    ),
    (
        "dictionaries of pyphen",
        "hyphenation; English and Spanish are used",
        "as in their files: LGPL, MPL or public domain",
    ),
    ("git", "run as a program, for revisions", "GPL-2.0-only"),
    ("veraPDF", "run as a program, if it is there", "GPL-3.0-or-later OR MPL-2.0"),
)
_HEAD: Final = """\
# Licenses

After reading this page you know under which licenses the parts of the program are, and where its
bill of materials is. `python docs/licences.py` writes the page.

The program itself is under the MIT license (`LICENSE`). It imports nothing that is only under the
GPL or AGPL; a test checks that. `docs/sbom.cdx.json` lists the same packages in the format
CycloneDX 1.6; a wheel has it in `reportcard-*.dist-info/sboms/` (PEP 770).

## Packages

What `make cards` installs, each file checked against the hashes in `constraints.txt`.

| package | version | license |
|---|---|---|
"""
_BESIDE_HEAD: Final = """
## Programs and data beside it

These come from the system, not with the program. None is imported.

| name | use | license |
|---|---|---|
"""


def page(found: tuple[Dependency, ...]) -> str:
    """The page for people."""
    rows = (f"| {one.name} | {one.version} | {one.licence} |\n" for one in found)
    beside = (f"| {name} | {use} | {licence} |\n" for name, use, licence in _BESIDE)
    return _HEAD + "".join(rows) + _BESIDE_HEAD + "".join(beside)


def bill(found: tuple[Dependency, ...]) -> str:
    """The bill of materials: CycloneDX 1.6, in JSON."""
    components = [_component(one) for one in found]
    return (
        json.dumps(
            {
                "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
                "bomFormat": "CycloneDX",
                "specVersion": "1.6",
                "version": 1,
                "metadata": {
                    "component": {
                        "type": "application",
                        "bom-ref": "reportcard",
                        "name": "reportcard",
                        "licenses": [{"license": {"id": "MIT"}}],
                    }
                },
                "components": components,
                "dependencies": [
                    {"ref": "reportcard", "dependsOn": [one["bom-ref"] for one in components]}
                ],
            },
            indent=1,
        )
        + "\n"
    )


def _component(one: Dependency) -> dict[str, Any]:
    address = f"pkg:pypi/{one.name.lower()}@{one.version}"
    return {
        "type": "library",
        "bom-ref": address,
        "name": one.name,
        "version": one.version,
        "purl": address,
        "licenses": [{"expression": one.licence}],
    }


def main() -> None:
    found = tuple(dependencies())
    (ROOT / "docs" / "licences.md").write_text(page(found), encoding="utf-8")
    (ROOT / "docs" / "sbom.cdx.json").write_text(bill(found), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
