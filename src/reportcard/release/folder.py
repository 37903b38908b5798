"""Where releases are: a folder each, put there whole by one rename, and never changed."""

import io
import os
import shutil
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from reportcard.build.publish import alone_in
from reportcard.errors import ExitCode, ReportCardError
from reportcard.messages.message import message
from reportcard.versions import SUMS, is_version
from reportcard.workspace.replacement import sync_folder, write
from reportcard.workspace.system import reason

#: A folder begins so while it is made: hidden, so that nobody takes it for a release.
_MAKING: Final = ".making-"
#: The days that a zip can hold: PKWARE's APPNOTE 4.4.6 counts years from 1980, in seven bits.
_DAYS: Final = (datetime(1980, 1, 1, tzinfo=UTC), datetime(2107, 12, 31, tzinfo=UTC))
#: Files that are compressed already.
_COMPRESSED: Final = frozenset({".pdf", ".png"})


def check_version(folder: Path, version: str) -> None:
    """Refuses a version that cannot be the name of a folder or that exists already (USAGE), and a
    folder that cannot be written (OUTPUT).
    """
    if not is_version(version):
        raise ReportCardError(
            message('"{version}" is not a valid version.', version=version),
            code=ExitCode.USAGE,
            advice=message("Use letters, digits, periods and hyphens, such as 1.0 or 2026-11."),
        )
    there = next(place for place in (folder, *folder.parents) if os.path.lexists(place))
    names = {"folder": str(folder), "place": str(there)}
    if not there.is_dir() or not os.access(there, os.W_OK | os.X_OK):
        raise ReportCardError(
            message("cannot write releases to {folder}: {place} is not writable.", **names)
            if there.is_dir()
            else message("cannot write releases to {folder}: {place} is not a folder.", **names),
            code=ExitCode.OUTPUT,
            advice=message("Grant write permission, or move whatever is in the way."),
        )
    if os.path.lexists(folder / version):
        raise ReportCardError(
            message(
                "release {version} already exists, and releases cannot be changed.",
                version=version,
            ),
            code=ExitCode.USAGE,
            advice=message("Choose another version."),
        )


def put_release(folder: Path, version: str, files: Mapping[str, bytes], date: datetime) -> Path:
    """Puts the files, by their path in the release, into `folder/version`, with their sums and a
    zip of all; gives that folder.

    `date` is that of the files in the zip. Until the last rename nothing there looks like a
    release; what a killed process left there is deleted. Raises ReportCardError: USAGE if there is
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
            message(
                "cannot write {path}: {reason}.",
                path=str(error.filename or folder),
                reason=reason(error),
            ),
            code=ExitCode.OUTPUT,
            advice=message(
                "Free up space or grant write permission, then run the command again. There is "
                "no release of this version yet."
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
