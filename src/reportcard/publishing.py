"""Finished files into the output folder: all of them or none, whatever happens meanwhile.

New files are written beside the old ones in a hidden folder and forced to the disk; then a list of them, the journal, is put
there in one rename. From that moment they count: whoever comes next finishes the renames if this process was killed.
"""

import json
import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from types import MappingProxyType
from typing import Final

from reportcard.errors import ExitCode, ReportCardError
from reportcard.manifest import MANIFEST, Record, dumped, read_manifest

_NO_RECORDS: Final[Mapping[str, Record]] = MappingProxyType({})
_STAGING: Final = ".staging"
_JOURNAL: Final = "journal.json"


def publish(folder: Path, files: Mapping[str, bytes], records: Mapping[str, Record] = _NO_RECORDS) -> tuple[Path, ...]:
    """Puts the files, by name, into the folder, and gives their paths.

    With `records`, the folder's manifest comes with them: it keeps what it says of other files that are still there. A file that is
    there already, the same, is not touched.
    Raises ReportCardError (OUTPUT) if they cannot all be written; the files that were there are then unchanged.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with alone_in(folder):
            _finish_interrupted(folder)
            staging = folder / _STAGING
            wanted = {**files, MANIFEST: _manifest(folder, records)} if records else files
            staged = {name: data for name, data in wanted.items() if not _is_there(folder / name, data)}
            if not staged:
                return tuple(folder / name for name in files)
            try:
                staging.mkdir()
                for name, data in staged.items():
                    write(staging / name, data)
                _commit(staging, list(staged))
            except OSError:
                shutil.rmtree(staging, ignore_errors=True)
                raise
            _finish_interrupted(folder)
    except OSError as error:
        raise ReportCardError(
            f"cannot write to {folder}: {error.strerror or error}.",
            code=ExitCode.OUTPUT,
            advice="Make room or give the right to write there, or name another folder with --output. Nothing was changed.",
        ) from error
    return tuple(folder / name for name in files)


def replace_files(root: Path, files: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Puts content files, by their path below `root`, in the place of those there, each whole: written beside, then renamed.

    Raises ReportCardError (OUTPUT) if one cannot be written; the files after it are then unchanged, and told.
    """
    done: list[Path] = []
    for name, data in files.items():
        path = root / name
        part = path.with_name(f".{path.name}.part-{os.getpid()}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write(part, data)
            if path.exists():
                shutil.copymode(path, part)
            part.replace(path)
            sync_folder(path.parent)
        except OSError as error:
            part.unlink(missing_ok=True)
            written = ", ".join(map(str, done)) or "nothing"
            raise ReportCardError(
                f"cannot write {path}: {error.strerror or error}.",
                code=ExitCode.OUTPUT,
                advice=f"Make room or give the right to write there, and run it again. Written so far: {written}.",
            ) from error
        done.append(path)
    return tuple(done)


def _manifest(folder: Path, records: Mapping[str, Record]) -> bytes:
    known: dict[str, Record] = {}
    with suppress(FileNotFoundError):
        known = read_manifest((folder / MANIFEST).read_bytes())
    return dumped({name: record for name, record in known.items() if (folder / name).is_file()} | dict(records))


def _is_there(path: Path, data: bytes) -> bool:
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False


def write(path: Path, data: bytes) -> None:
    """Writes a new file and forces it to the disk. Raises OSError: also if it is there."""
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _commit(staging: Path, names: list[str]) -> None:
    part = staging / f"{_JOURNAL}.part"
    write(part, json.dumps(names).encode())
    part.replace(staging / _JOURNAL)
    sync_folder(staging)


def _finish_interrupted(folder: Path) -> None:
    """Brings a folder to the state after its last commit: a journal is carried out, staged files without one are dropped."""
    staging = folder / _STAGING
    with suppress(FileNotFoundError):
        for name in json.loads((staging / _JOURNAL).read_bytes()):
            with suppress(FileNotFoundError):  # renamed before the interruption
                (staging / Path(name).name).replace(folder / Path(name).name)
        sync_folder(folder)
        (staging / _JOURNAL).unlink()
    shutil.rmtree(staging, ignore_errors=True)


def sync_folder(folder: Path) -> None:
    """Forces the names in a folder to the disk."""
    if sys.platform == "win32":
        return  # Windows cannot open a folder; NTFS journals renames by itself.
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """One process at a time publishes into a folder; the others wait."""
    with (folder / ".lock").open("a+b") as lock:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(lock.fileno(), msvcrt.LK_LOCK, 1)
        else:
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
