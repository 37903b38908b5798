"""Whether a build has nothing to do: the same order, of the same files, by the same program, and
its PDFs where they were put.

It costs little: files are read and digested, and nothing is imported that only a build needs.
"""

import json
import os
import platform
import re
from collections.abc import Mapping
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import Final

from reportcard.build.request import Order, Outcome
from reportcard.errors import ExitCode, ReportCardError
from reportcard.page.fonts import font_file
from reportcard.problems.problem import problem_from
from reportcard.problems.rules import PASSING, UNSURE
from reportcard.workspace.fingerprint import inspectors, libraries, pango_version, program, tools
from reportcard.workspace.media import Medium
from reportcard.workspace.packages import versions
from reportcard.workspace.store import Store, key_of
from reportcard.workspace.theme import is_font
from reportcard.workspace.workspace import MARK, Workspace

_FOLDERS: Final = ("content", "styles", "figures")
_MANIFEST: Final = "manifest.json"
#: There as long as a publication that was interrupted waits to be finished.
_JOURNAL: Final = ".staging/journal.json"
#: An edition that names a profile of its own, which may lie anywhere in the workspace.
_PROFILE: Final = re.compile(rb"^\s+profile:[ \t]*[^\s#]", re.MULTILINE)


def order_key(workspace: Workspace, order: Order) -> str:
    """The name of a build: a digest of the order, of every file of the workspace that may bear on
    it, and of all tools.

    Empty if it is unknown: a file or a library cannot be read, or a profile is elsewhere. Such a
    build is not remembered.
    """
    pango = pango_version()
    try:
        if Medium.PRINT in order.media and _PROFILE.search((workspace.root / MARK).read_bytes()):
            return ""
        contents = {
            path: digest
            for folder in _FOLDERS
            for path, digest in _digests(workspace.root / folder, folder)
        }
    except OSError:
        return ""
    asked = [
        str(order.output),
        order.countries,
        order.languages,
        order.media,
        order.bilingual,
        order.all_or_nothing,
    ]
    made_with = [
        program(),
        tools(),
        pango,
        libraries(),
        dict(versions()),
        inspectors(order.media),
        platform.system(),
        os.environ.get("SOURCE_DATE_EPOCH"),
    ]
    return key_of([asked, made_with, contents, _profiles(order)]) if pango else ""


def remembered(store: Store, key: str, order: Order) -> Outcome | None:
    """What the build of a key came to, if all of it is still there and as it was."""
    found = store.get(key) if key else None
    if found is None:
        return None
    record, _ = found
    try:
        fonts_are = all(_font(name) == was for name, was in record["fonts"].items())
        if (
            not fonts_are
            or (order.output / _JOURNAL).exists()
            or not _are_there(order.output, record["files"])
        ):
            return None
        written = tuple(order.output / name for name in record["files"])
        return Outcome(
            written,
            tuple(record["withheld"]),
            tuple(map(problem_from, record["problems"])),
            ExitCode(record["code"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def remember(store: Store, key: str, outcome: Outcome) -> None:
    """Keeps what a build came to, if that is a success."""
    if (
        not key
        or outcome.code is not ExitCode.OK
        or any(one.code in PASSING | UNSURE for one in outcome.problems)
    ):
        return
    try:
        files = {path.name: _digest(path) for path in outcome.written}
        records = (
            json.loads((outcome.written[0].parent / _MANIFEST).read_bytes())["files"]
            if outcome.written
            else {}
        )
    except (OSError, ValueError, KeyError):
        return
    inputs = {path for name in files for path in records.get(name, {}).get("inputs", ())}
    fonts = sorted(Path(path).name for path in inputs if is_font(path))
    record = {
        "files": files,
        "fonts": {name: _font(name) for name in fonts},
        "withheld": outcome.withheld,
        "problems": [asdict(problem) for problem in outcome.problems],
        "code": outcome.code,
    }
    store.put(key, record)


def _are_there(output: Path, files: Mapping[str, str]) -> bool:
    """Whether a folder and its manifest have the files as they were published."""
    try:
        records = json.loads((output / _MANIFEST).read_bytes())["files"] if files else {}
        return all(
            _digest(output / name) == was == records[name]["sha256"] for name, was in files.items()
        )
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _digests(folder: Path, name: str) -> list[tuple[str, str]]:
    """Every file below a folder with its digest; a link by where it leads as well."""
    found = []
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        if path.is_file():
            found.append((f"{name}/{path.relative_to(folder).as_posix()}", _digest(path)))
        elif path.is_symlink():
            found.append((f"{name}/{path.relative_to(folder).as_posix()}", "a link to nothing"))
    return found


def _digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


def _font(name: str) -> str:
    """The digest of a font of a package; those of the workspace are among its files."""
    try:
        return _digest(font_file(None, name))
    except (OSError, ReportCardError):
        return ""


def _profiles(order: Order) -> list[str]:
    """The digests of the profiles that the system has for printing, if the order prints."""
    if Medium.PRINT not in order.media:
        return []
    from reportcard.pdf.profile import system_profiles

    return [_digest(path) for path in system_profiles()]
