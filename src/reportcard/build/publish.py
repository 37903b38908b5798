"""Finished files into the output folder: all of them or none, whatever happens meanwhile.

New files are written beside the old ones in a hidden folder and forced to the disk; then a list of
them, the journal, is put there in one rename. From that moment they count: whoever comes next
finishes the renames if this process was killed.
"""

import json
import os
import shutil
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from errno import EINVAL, EISDIR, EXDEV
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO, Final

from reportcard.build.manifest import MANIFEST, Record, dumped, read_manifest
from reportcard.errors import ExitCode, ReportCardError
from reportcard.messages.message import Message, message
from reportcard.workspace.system import reason

_NO_RECORDS: Final[Mapping[str, Record]] = MappingProxyType({})
_STAGING: Final = ".staging"
_JOURNAL: Final = "journal.json"
_PART: Final = ".part-"
#: Seconds after which a part is given up where nobody can tell who holds it.
_ABANDONED: Final = 3600


def publish(
    folder: Path, files: Mapping[str, bytes], records: Mapping[str, Record] = _NO_RECORDS
) -> tuple[Path, ...]:
    """Puts the files, by name, into the folder, and gives their paths.

    With `records`, the folder's manifest comes with them: it keeps what it says of other files that
    are still there. A file that is there already, the same, is not touched. Raises ReportCardError
    (OUTPUT) if they cannot all be written; the files that were there are then unchanged.
    """
    is_committed = False
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with alone_in(folder):
            _finish_interrupted(folder)
            staging = folder / _STAGING
            wanted = {**files, MANIFEST: _manifest(folder, records)} if records else files
            staged = {
                name: data for name, data in wanted.items() if not _is_there(folder / name, data)
            }
            if not staged:
                return tuple(folder / name for name in files)
            for name in staged:
                _refuse_obstacle(folder / name)
            try:
                staging.mkdir()
                for name, data in staged.items():
                    write(staging / name, data)
                _commit(staging, list(staged))
            except OSError:
                shutil.rmtree(staging, ignore_errors=True)
                raise
            is_committed = True
            _finish_interrupted(folder)
    except OSError as error:
        state = (
            message("The next build will finish writing the files.")
            if is_committed
            else message("Nothing was changed.")
        )
        raise ReportCardError(
            message(
                "cannot write to {path}: {reason}.",
                path=_culprit(error, folder),
                reason=_reason(error),
            ),
            code=ExitCode.OUTPUT,
            advice=message(
                (
                    "Free up space, grant write permission, move whatever is in the way, or choose "
                    "another folder with --output. {state}"
                ),
                state=state,
            ),
        ) from error
    return tuple(folder / name for name in files)


class _ObstacleError(OSError):
    """Something is in the way of a file."""

    def __init__(self, code: int, obstacle: Message, path: Path) -> None:
        super().__init__(code, os.strerror(code), str(path))
        self.obstacle = obstacle


def _refuse_obstacle(path: Path) -> None:
    """Raises OSError if something else than a file is there: a folder, a device, a pipe."""
    if path.is_dir():
        raise IsADirectoryError(EISDIR, os.strerror(EISDIR), str(path))
    if path.exists() and not path.is_file():
        raise _ObstacleError(EINVAL, message("it is a device or a pipe"), path)


def _culprit(error: OSError, otherwise: Path) -> str:
    """What could not be written: of a rename, where to."""
    return str(error.filename2 or error.filename or otherwise)


def _reason(error: OSError | RuntimeError) -> Message | str:
    match error:
        case _ObstacleError():
            return error.obstacle
        case FileExistsError():
            return message("a file or folder with this name already exists")
        case IsADirectoryError():
            return message("a folder with this name already exists")
        case NotADirectoryError():
            return message("there is a file where a folder is needed")
    return reason(error)


def replace_files(root: Path, files: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Replaces files, by their path below `root`, each whole: written beside, then renamed.

    A link is followed, but not out of `root`. Raises ReportCardError (OUTPUT) if one cannot be
    written: the files after it are then unchanged, and it names those written before.
    """
    done: list[Path] = []
    for name, data in files.items():
        path = root / name
        try:
            _replace(_followed(root, path), data)
        except (OSError, RuntimeError) as error:  # the latter: 3.11, of links in a circle
            raise ReportCardError(
                message("cannot write {path}: {reason}.", path=str(path), reason=_reason(error)),
                code=ExitCode.OUTPUT,
                advice=message(
                    (
                        "Free up space or grant write permission, then run the "
                        "command again. Written "
                        "so far: {files}."
                    ),
                    files=tuple(map(str, done)) or message("nothing"),
                ),
            ) from error
        done.append(path)
    return tuple(done)


def _followed(root: Path, path: Path) -> Path:
    found = path.resolve()
    if not found.is_relative_to(root.resolve()):
        outside = message("it is a link to a location outside {folder}", folder=str(root))
        raise _ObstacleError(EXDEV, outside, path)
    _refuse_obstacle(found)
    return found


def _replace(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    sweep(path.parent)
    part = path.with_name(f".{path.name}{_PART}{os.getpid()}")
    try:
        with part.open("xb") as file:
            _hold(file)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
            if path.exists():
                shutil.copymode(path, part)
            if sys.platform != "win32":
                part.replace(path)
        if sys.platform == "win32":
            part.replace(path)  # an open file cannot be renamed there
    except OSError:
        with suppress(OSError):
            part.unlink()
        raise
    sync_folder(path.parent)


def sweep(folder: Path) -> None:
    """Deletes what a killed process left in a folder of files that it was replacing."""
    for part in folder.glob(f".*{_PART}*"):
        with suppress(OSError):
            if _is_left(part):
                part.unlink()


def _hold(file: BinaryIO) -> None:
    """Shows other processes that a file is being written, until this one closes it or ends."""
    if sys.platform != "win32":
        import fcntl

        with suppress(OSError):  # some network disks have no locks
            fcntl.flock(file, fcntl.LOCK_EX)


def _is_left(part: Path) -> bool:
    """Whether no process holds it."""
    if sys.platform == "win32":
        return time.time() - part.stat().st_mtime > _ABANDONED
    import fcntl

    with part.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True


def _manifest(folder: Path, records: Mapping[str, Record]) -> bytes:
    known: dict[str, Record] = {}
    with suppress(FileNotFoundError):
        known = read_manifest((folder / MANIFEST).read_bytes())
    return dumped(
        {name: record for name, record in known.items() if (folder / name).is_file()}
        | dict(records)
    )


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
    """Brings a folder to the state after its last commit: a journal is carried out, staged files
    without one are dropped.

    So are those of a journal that is damaged: where the disk lost a list, it may have lost pages
    too, and a build makes them again.
    """
    staging = folder / _STAGING
    with suppress(FileNotFoundError):
        for name in _listed((staging / _JOURNAL).read_bytes()):
            with suppress(FileNotFoundError):  # renamed before the interruption
                (staging / name).replace(folder / name)
        sync_folder(folder)
        (staging / _JOURNAL).unlink()
    shutil.rmtree(staging, ignore_errors=True)


def _listed(journal: bytes) -> list[str]:
    """The names of a journal; none if one of them is not a file name."""
    try:
        names = json.loads(journal)
    except (ValueError, RecursionError):
        return []
    is_whole = isinstance(names, list) and all(
        isinstance(name, str)
        and name
        and name == Path(name).name
        and name not in (".", "..")
        and "\0" not in name
        for name in names
    )
    return names if is_whole else []


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
