"""Releases by their versions: where they stand, and in which order."""

import re
from hashlib import sha256
from pathlib import Path
from typing import Final

#: Releases stand in the output folder, a folder each.
RELEASES: Final = "releases"
#: The sums of a release's files, in its folder.
SUMS: Final = "SHA256SUMS"
_VERSION: Final = re.compile(r"[0-9A-Za-z][0-9A-Za-z._+-]{0,63}")
_PARTS: Final = re.compile(r"(\d+)")


def is_version(name: str) -> bool:
    """Whether a release may be called so: a name for a folder on every system, which is not
    `last`.
    """
    return bool(_VERSION.fullmatch(name)) and not name.endswith(".") and name != "last"


def releases(folder: Path) -> list[Path]:
    """The releases in a folder, the last one last. Links, and what is still being made, are
    none.
    """
    found = (
        one
        for one in folder.glob("*")
        if is_version(one.name) and not one.is_symlink() and any(one.glob("*.pdf"))
    )
    return sorted(found, key=lambda one: in_order(one.name))


def before(folder: Path, version: str) -> list[Path]:
    """The releases before a version, the nearest one first."""
    return [one for one in reversed(releases(folder)) if in_order(one.name) < in_order(version)]


def is_altered(file: Path) -> bool:
    """Whether a file of a release has another SHA-256 than the release's sums name for it. What
    they do not name, or a release without sums, cannot be told. Raises OSError.
    """
    try:
        lines = (file.parent / SUMS).read_text(encoding="utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        return False
    sums = {name: found for found, _, name in (line.partition("  ") for line in lines)}
    named = sums.get(file.name)
    return named is not None and named != sha256(file.read_bytes()).hexdigest()


def in_order(version: str) -> tuple[list[tuple[int, str]], int, list[tuple[int, str]]]:
    """What versions are sorted by: 2.10 follows 2.9, and 1.2-rc1 comes before 1.2."""
    final, mark, candidate = re.fullmatch(r"(.*?)(?:(-)([A-Za-z].*))?", version, re.DOTALL).groups()  # type: ignore[union-attr]
    return _numbered(final), 0 if mark else 1, _numbered(candidate or "")


def _numbered(text: str) -> list[tuple[int, str]]:
    return [
        (int(part), "") if part.isdecimal() else (-1, part) for part in _PARTS.split(text) if part
    ]
