"""Where releases stand: a folder each, put there whole by one rename, and never again."""

import io
import os
import shutil
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from reportcard.build.publish import alone_in, sync_folder, write
from reportcard.errors import ExitCode, ReportCardError
from reportcard.versions import is_version

SUMS: Final = "SHA256SUMS"
#: A folder begins so while it is made: hidden, so that nobody takes it for a release.
_MAKING: Final = ".making-"
#: The days that a zip can tell: PKWARE's APPNOTE 4.4.6 counts years from 1980, in seven bits.
_DAYS: Final = (datetime(1980, 1, 1, tzinfo=UTC), datetime(2107, 12, 31, tzinfo=UTC))
#: Files that are compressed already.
_COMPRESSED: Final = frozenset({".pdf", ".png"})


def check_version(folder: Path, version: str) -> None:
    """Refuses a version that is no name for a folder or that there is already (USAGE), and a folder
    that cannot be written (OUTPUT).
    """
    if not is_version(version):
        raise ReportCardError(
            f"“{version}” is no version.",
            code=ExitCode.USAGE,
            advice="Write letters, digits, points and hyphens: 1.0 or 2026-11",
        )
    there = next(place for place in (folder, *folder.parents) if os.path.lexists(place))
    if not there.is_dir() or not os.access(there, os.W_OK | os.X_OK):
        raise ReportCardError(
            f"releases cannot be written into {folder}: {there}"
            f" {'may not be written' if there.is_dir() else 'is no folder'}.",
            code=ExitCode.OUTPUT,
            advice="Give the right to write there, or move what stands in the way.",
        )
    if os.path.lexists(folder / version):
        raise ReportCardError(
            f"there is a release {version} already, and it stays as it is.",
            code=ExitCode.USAGE,
            advice="Give the new one another version.",
        )


def put_release(folder: Path, version: str, files: Mapping[str, bytes], date: datetime) -> Path:
    """Puts the files, by their path in the release, into `folder/version`, with their sums and a
    zip of all; gives that folder.

    `date` is the one that files in the zip bear. Until the last rename nothing there looks like a
    release; what was left by one that was killed goes. Raises ReportCardError: USAGE if there is
    such a release, OUTPUT if it cannot be written.
    """
    whole = {**files, SUMS: sums(files)}
    target, making = folder / version, folder / f"{_MAKING}{version}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with alone_in(folder):
            check_version(folder, version)
            for left in folder.glob(f"{_MAKING}*"):
                left.unlink() if left.is_symlink() else shutil.rmtree(left)
            try:
                _fill(
                    making,
                    {**whole, f"{zip_name(version)}.zip": zipped(whole, zip_name(version), date)},
                )
                making.rename(target)
            except OSError:
                shutil.rmtree(making, ignore_errors=True)
                raise
            sync_folder(folder)
    except OSError as error:
        raise ReportCardError(
            f"cannot write {error.filename or folder}: {error.strerror or error}.",
            code=ExitCode.OUTPUT,
            advice=(
                "Make room or give the right to write there. There is no release of this version."
            ),
        ) from error
    return target


def sums(files: Mapping[str, bytes]) -> bytes:
    """A line a file, as `sha256sum --check` reads them."""
    return "".join(
        f"{sha256(data).hexdigest()}  {name}\n" for name, data in sorted(files.items())
    ).encode()


def zip_name(version: str) -> str:
    """What the zip is called, and the folder in it."""
    return f"report-cards-{version}"


def zipped(files: Mapping[str, bytes], folder: str, date: datetime) -> bytes:
    """The files in one folder of a zip; the same files and date give the same bytes."""
    target = io.BytesIO()
    date = min(max(date, _DAYS[0]), _DAYS[1])
    with ZipFile(target, "w") as archive:
        for name, data in sorted(files.items()):
            entry = ZipInfo(f"{folder}/{name}", date.timetuple()[:6])
            entry.external_attr = 0o644 << 16
            entry.create_system = 3
            entry.compress_type = (
                ZIP_STORED if PurePosixPath(name).suffix in _COMPRESSED else ZIP_DEFLATED
            )
            archive.writestr(entry, data)
    return target.getvalue()


def _fill(folder: Path, files: Mapping[str, bytes]) -> None:
    folder.mkdir()
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write(path, data)
    for place, _, _ in os.walk(folder, topdown=False):
        sync_folder(Path(place))
