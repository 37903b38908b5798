"""The card's own fonts: TrueType files that come from packages, or from styles/fonts/ of the
workspace.
"""

from importlib.util import find_spec
from pathlib import Path
from typing import Final

from reportcard.errors import ExitCode, ReportCardError
from reportcard.messages.message import message
from reportcard.workspace.workspace import Workspace

FAMILY: Final = "Source Sans Pro"
#: Packages that carry the files. TrueType, not OpenType-CFF: validators report missing glyphs in
#: CFF subsets.
_PACKAGES: Final = ("font_source_sans_pro", "font_source_serif_pro")


def font_file(workspace: Workspace | None, name: str) -> Path:
    """The file of a font by its file name, `SourceSansPro-Bold.ttf`: the workspace's own before the
    package's.

    Raises ReportCardError if neither has it.
    """
    if workspace and workspace.exists(f"styles/fonts/{name}"):
        return workspace.path(f"styles/fonts/{name}")
    for package in _PACKAGES:
        spec = find_spec(package)
        for folder in (spec.submodule_search_locations or ()) if spec else ():
            if (path := Path(folder, "files", Path(name).name)).is_file():
                return path
    raise ReportCardError(
        message("cannot find the font file {name}.", name=name),
        code=ExitCode.LAYOUT,
        advice=message("Put it in styles/fonts/, or install the package font-source-sans-pro."),
    )


def font_version(data: bytes) -> str:
    """The version that a TrueType or OpenType font states (OpenType 1.9, table `head`,
    fontRevision: 16.16 fixed).
    """
    for index in range(int.from_bytes(data[4:6])):
        record = data[12 + 16 * index : 28 + 16 * index]
        if record[:4] == b"head":
            at = int.from_bytes(record[8:12])
            return f"{int.from_bytes(data[at + 4 : at + 8]) / 65536:.3f}"
    return ""
