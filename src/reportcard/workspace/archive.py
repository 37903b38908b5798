"""A workspace as one file, named by its digest: for machines that do not share its folder."""

import io
import zipfile
from collections.abc import Iterator
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

#: What cards are made from.
_FOLDERS: Final = ("content", "styles", "figures")
#: The earliest date that a zip can have (APPNOTE 4.4.6): the same files make the same archive.
_DATE: Final = (1980, 1, 1, 0, 0, 0)


def packed(root: Path) -> bytes:
    """The files of a workspace that cards are made from, as a zip, the same bytes for the same
    files. What leads out of the workspace is left out. Raises OSError.
    """
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in _files(root):
            name = path.relative_to(root).as_posix()
            archive.writestr(zipfile.ZipInfo(name, _DATE), path.read_bytes())
    return target.getvalue()


def address(root: Path) -> str:
    """The digest of what `packed` gives; empty if there is no workspace."""
    try:
        return sha256(packed(root)).hexdigest() if root.is_dir() else ""
    except OSError:
        return ""


@lru_cache(maxsize=2)
def _unpacked(archive: bytes) -> TemporaryDirectory[str]:
    folder = TemporaryDirectory(prefix="reportcard-workspace-")
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        opened.extractall(folder.name)
    return folder


def unpacked(archive: bytes) -> Path:
    """A folder with the files of an archive, unpacked once by a process and gone at its end. Raises
    OSError.
    """
    return Path(_unpacked(archive).name)


def _files(root: Path) -> Iterator[Path]:
    inside = root.resolve()
    for folder in _FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            is_part = path.name.startswith(".") or "__pycache__" in path.parts
            if path.is_file() and not is_part and path.resolve().is_relative_to(inside):
                yield path
