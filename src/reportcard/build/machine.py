"""What this machine has for cards, and what it lacks, with the remedy: versions, libraries, fonts,
profiles, dictionaries, disk, cache, and what interrupted commands left.

Nothing is changed. A workspace need not be sound, nor be there at all.
"""

import platform
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Final

from reportcard import __version__
from reportcard.build.inventory import ReadWorkspace, read_workspace
from reportcard.errors import ReportCardError
from reportcard.language.dictionaries import debian_package, dictionary
from reportcard.messages.message import Message, message
from reportcard.page.fonts import font_file
from reportcard.page.typeset.engine import engine
from reportcard.pdf.profile import system_profiles
from reportcard.problems.problem import Severity
from reportcard.workspace.fingerprint import ghostscript, libraries, pango_version, verapdf
from reportcard.workspace.owner import is_kept
from reportcard.workspace.store import Store
from reportcard.workspace.workspace import Workspace

#: What a release of ten cards in two languages takes with all its editions is some 250 MB; twice.
ENOUGH: Final = 500_000_000
_SOURCES: Final = ("en", "es")
_MB: Final = 1_000_000


class Health(Enum):
    """How a part is: as it should be, missing where some command will do less, or missing so that
    no card can be made.
    """

    SOUND = message("ok")
    LESSER = message("note")
    BROKEN = message("missing")


@dataclass(frozen=True, slots=True)
class MachinePart:
    """A part of the machine, what was found of it, and the remedy if it is not sound."""

    name: Message | str
    found: Message | str
    health: Health = Health.SOUND
    remedy: Message | str = ""


def parts(workspace: Workspace | None) -> Iterator[MachinePart]:
    """Every part, for a workspace or in general."""
    yield MachinePart("reportcard", f"{__version__}, Python {platform.python_version()}")
    yield from _libraries()
    yield _ghostscript()
    yield MachinePart("veraPDF", verapdf() or message("not installed (optional)"))
    yield _profile()
    read = read_workspace(workspace) if workspace else None
    known = read if isinstance(read, ReadWorkspace) else None
    yield from _fonts(known)
    yield from _dictionaries(known)
    if workspace:
        yield from _disk(workspace)
        yield _cache(workspace)
        yield _leftovers(workspace)


def _libraries() -> Iterator[MachinePart]:
    remedy = message("Run `make cards`, or install the packages that README.md lists.")
    try:
        yield MachinePart("WeasyPrint", str(engine().__version__))
    except ReportCardError as error:
        yield MachinePart("WeasyPrint", error.message, Health.BROKEN, error.advice)
    pango = pango_version()
    found: Message | str = pango or message("not found")
    yield MachinePart(
        "Pango", found, Health.SOUND if pango else Health.BROKEN, "" if pango else remedy
    )
    harfbuzz = libraries().get("harfbuzz")
    yield (
        MachinePart("HarfBuzz", harfbuzz)
        if harfbuzz
        else MachinePart(
            "HarfBuzz",
            message("its font subsetter was not found, so PDFs will be larger"),
            Health.LESSER,
            message("On Debian, install libharfbuzz-subset0."),
        )
    )


def _ghostscript() -> MachinePart:
    if found := ghostscript():
        return MachinePart("Ghostscript", found)
    return MachinePart(
        "Ghostscript",
        message("not installed: the ink of print editions cannot be measured"),
        Health.LESSER,
        message("Install the ghostscript package."),
    )


def _profile() -> MachinePart:
    name = message("press profile")
    if found := next(iter(system_profiles()), None):
        return MachinePart(name, str(found))
    return MachinePart(
        name,
        message("none on this system"),
        Health.LESSER,
        message("Install libgs-common, or set print › profile in content/edition.yaml."),
    )


def _fonts(read: ReadWorkspace | None) -> Iterator[MachinePart]:
    """The fonts of the styles, each there and whole, or else what is wrong with the styles."""
    if read is None:
        return
    if read.styles is None:
        for one in read.shared:
            if one.code.startswith("STYLE-") and one.severity is Severity.ERROR:
                yield MachinePart(str(one.place), one.message, Health.BROKEN, one.advice)
        return
    faces = read.styles.faces
    for face in faces:
        try:
            font_file(read.styles.theme, face.file)
        except ReportCardError as error:
            yield MachinePart(face.file, error.message, Health.BROKEN, error.advice)
    yield MachinePart(message("fonts"), ", ".join(sorted({face.family for face in faces})))


def _dictionaries(read: ReadWorkspace | None) -> Iterator[MachinePart]:
    for language in read.content.edition.model.languages if read else _SOURCES:
        name = message("dictionary {language}", language=language)
        if dictionary(language, ""):
            yield MachinePart(name, message("found"))
        else:
            yield MachinePart(
                name,
                message("not found: spelling is not checked"),
                Health.LESSER,
                message(
                    "Install {package} (Debian), or run: pip install 'reportcard[spelling]'",
                    package=debian_package(language),
                ),
            )


def _disk(workspace: Workspace) -> Iterator[MachinePart]:
    name = message("space for temporary files")
    places = [(message("space for output"), workspace.root)]
    try:
        places.append((name, Path(tempfile.gettempdir())))
    except OSError:
        remedy = message("Make /tmp writable, or set TMPDIR to a folder that is.")
        yield MachinePart(name, message("no folder is writable"), Health.BROKEN, remedy)
    for name, folder in places:
        free = shutil.disk_usage(folder).free
        found = message("{size} MB free", size=f"{free // _MB:,}")
        yield (
            MachinePart(name, found)
            if free >= ENOUGH
            else MachinePart(name, found, Health.LESSER, message("Free up space."))
        )


def _cache(workspace: Workspace) -> MachinePart:
    name, store = message("cache"), Store(workspace.cache)
    size, strange = store.survey()
    found = message("{size} MB", size=f"{size / _MB:.0f}")
    if strange:
        return MachinePart(
            name,
            message(
                "{n} entry is ignored: it is damaged or was not created by you on this computer",
                "{n} entries are ignored: they are damaged or were not created by you on this "
                "computer",
                n=strange,
            ),
            Health.LESSER,
            message("Run `reportcard cache clear`."),
        )
    if not is_kept():
        return MachinePart(
            name,
            message("its key cannot be stored, so every build starts from scratch"),
            Health.LESSER,
            message("Make ~/.local/state writable, or set XDG_STATE_HOME to a folder that is."),
        )
    return MachinePart(name, found)


def _leftovers(workspace: Workspace) -> MachinePart:
    """What a killed command left: builds finish it by themselves, other files stay."""
    name = message("interrupted commands")
    found = [
        path.relative_to(workspace.root).as_posix()
        for folder in ("content", "styles", "figures", "schema", "output")
        for path in sorted((workspace.root / folder).rglob("*.part"))
    ]
    if any((workspace.root / "output").rglob(".staging/journal.json")):
        return MachinePart(
            name,
            message("a build was interrupted while its files were being written"),
            Health.LESSER,
            message("Run `reportcard build` to finish it."),
        )
    if found:
        return MachinePart(
            name,
            message("these files were left behind: {files}", files=tuple(found[:5])),
            Health.LESSER,
            message("Delete them when no other command is running."),
        )
    return MachinePart(name, message("none"))
