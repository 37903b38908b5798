"""Files of a workspace replaced: all of them or none, whatever happens meanwhile.

Each new file is written beside the old one and forced to the disk. A list of them, the journal, is
there before the first, so that whoever comes next can clear them away; it is renamed when all are
whole. From that moment they count: whoever comes next finishes the renames if this process was
killed.
"""

import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from errno import EBADF, EINVAL, EISDIR, ENOLCK, ENOSYS, EOPNOTSUPP, EXDEV
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Final

from reportcard.errors import ExitCode, ReportCardError
from reportcard.messages.message import Message, message
from reportcard.workspace.system import reason

#: What is begun, and what counts; in the folder that the files are below.
_BEGUN: Final = ".reportcard-begun.json"
_JOURNAL: Final = ".reportcard-journal.json"
_PART: Final = ".part"
#: What systems answer where folders cannot be locked, such as over a network: then nothing is.
_NO_LOCKS: Final = (EBADF, EINVAL, ENOLCK, ENOSYS, EOPNOTSUPP)


def replace_files(root: Path, files: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Replaces files, by their path below `root`, all of them or none; gives their paths.

    A link is followed, but not out of `root`. Raises ReportCardError (OUTPUT) if one cannot be
    written: all are then unchanged, or, once all are on the disk, finished by the next command.
    """
    is_committed = False
    try:
        root.mkdir(parents=True, exist_ok=True)
        with _alone_among(root):
            _finish(root)
            places = {name: _followed(root, root / name) for name in files}
            news = {_part_of(root, path): files[name] for name, path in places.items()}
            try:
                if len(news) > 1:  # one is whole or not there by itself
                    _begin(root, news)
                for part, data in news.items():
                    _write_part(part, data)
                if len(news) > 1:
                    (root / _BEGUN).replace(root / _JOURNAL)
                    is_committed = True
                    sync_folder(root)
            except OSError:
                if not is_committed:
                    with suppress(OSError):
                        _clear(root, news)
                raise
            _put_in_place(news)
            if len(news) > 1:
                (root / _JOURNAL).unlink()
    except (OSError, RuntimeError) as error:  # the latter: 3.11, of links in a circle
        raise _unwritten(root, error, is_committed=is_committed) from error
    return tuple(root / name for name in files)


def finish_interrupted(root: Path) -> None:
    """Carries out what a killed process had written, and clears away what it had only begun.

    Raises ReportCardError (OUTPUT) if files that count cannot be put in their place.
    """
    if not (is_unfinished(root) or (root / _BEGUN).exists()):
        return
    try:
        with _alone_among(root):
            _finish(root)
    except OSError as error:
        if is_unfinished(root):
            raise _unwritten(root, error, is_committed=True) from error


def sweep(root: Path, folders: Iterable[Path]) -> None:
    """Deletes what killed processes left in folders below `root` while they wrote a single file."""
    left = [part for folder in folders for part in folder.glob(f".*{_PART}*")]
    if left:
        with suppress(OSError), _alone_among(root):
            _finish(root)
            for part in left:
                part.unlink(missing_ok=True)


def is_unfinished(root: Path) -> bool:
    """Whether files that count are not in their place yet."""
    return (root / _JOURNAL).exists()


def _begin(root: Path, news: Iterable[Path]) -> None:
    """Lists what will be written, each with the digest of the file that it replaces."""
    listed = {part.relative_to(root).as_posix(): _digest(_whole(part)) for part in news}
    write(root / _BEGUN, json.dumps(listed).encode())
    sync_folder(root)


def _write_part(part: Path, data: bytes) -> None:
    part.parent.mkdir(parents=True, exist_ok=True)
    part.unlink(missing_ok=True)  # of a process that was killed
    write(part, data)
    whole = _whole(part)
    if whole.exists():
        shutil.copymode(whole, part)


def _put_in_place(parts: Iterable[Path]) -> None:
    for part in parts:
        with suppress(FileNotFoundError):  # renamed before the interruption
            part.replace(_whole(part))
    for folder in {part.parent for part in parts}:
        sync_folder(folder)


def _part_of(root: Path, path: Path) -> Path:
    """Where a file is written before it counts. It is below `root`, since `path` is."""
    return root / path.relative_to(root.resolve()).with_name(f".{path.name}{_PART}")


def _whole(part: Path) -> Path:
    return part.with_name(part.name.removeprefix(".").removesuffix(_PART))


def _digest(path: Path) -> str:
    """That of a file's bytes; empty if there is none."""
    try:
        return sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def _finish(root: Path) -> None:
    """Brings the files to the state after the last replacement that counts. Raises OSError.

    What a person has written meanwhile is kept beside it.
    """
    with suppress(FileNotFoundError):
        listed = _listed(root, root / _JOURNAL)
        for part, before in listed.items():
            now = _digest(_whole(part))
            if part.exists() and now not in ("", before, _digest(part)):
                _whole(part).rename(_free(_whole(part)))
        _put_in_place(listed)
        (root / _JOURNAL).unlink()
    with suppress(FileNotFoundError):
        _clear(root, _listed(root, root / _BEGUN))


def _free(path: Path) -> Path:
    """A name beside a file for what it was before, that is not in use."""
    number = 1
    while (free := path.with_stem(f"{path.stem}.before{number if number > 1 else ''}")).exists():
        number += 1
    return free


def _clear(root: Path, parts: Iterable[Path]) -> None:
    """Deletes what was begun, and folders that were made for it. Raises OSError."""
    for part in parts:
        with suppress(FileNotFoundError, NotADirectoryError):  # the latter: never begun
            part.unlink()
        folder = part.parent
        while folder != root:
            try:
                folder.rmdir()
            except FileNotFoundError:
                pass
            except OSError:  # it holds something
                break
            folder = folder.parent
    (root / _BEGUN).unlink(missing_ok=True)


def _listed(root: Path, journal: Path) -> dict[Path, str]:
    """The parts that a journal names, and the digests beside them; none if one of them cannot be: a
    journal comes with a folder from anywhere, and names nothing outside it and nothing of git.
    """
    try:
        named = json.loads(journal.read_bytes())
    except (ValueError, RecursionError):
        return {}
    if not isinstance(named, dict) or not all(map(_is_part, named)):
        return {}
    parts = {root / name: str(digest) for name, digest in named.items()}
    inside = root.resolve()
    return parts if all(one.parent.resolve().is_relative_to(inside) for one in parts) else {}


def _is_part(name: str) -> bool:
    path = PurePosixPath(name)
    return (
        path.name.startswith(".")
        and path.name.endswith(_PART)
        and len(path.name) > len(_PART) + 1
        and not path.is_absolute()
        and not {"..", ".git", "\0"}.intersection((*path.parts, *name))
    )


def wait_for_lock(descriptor: int) -> None:
    """Locks an open file or folder once no other process does. Where nothing can be locked, such as
    over a network, it does nothing.
    """
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(descriptor, msvcrt.LK_LOCK, 1)
        return
    import fcntl

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
    except OSError as error:
        if error.errno not in _NO_LOCKS:
            raise


@contextmanager
def _alone_among(root: Path) -> Iterator[None]:
    """One process at a time replaces files below a folder; the others wait. Where folders cannot be
    locked, such as over a network, nobody does.
    """
    if sys.platform == "win32":
        name = sha256(str(root.resolve()).encode()).hexdigest()[:16]
        with Path(tempfile.gettempdir(), f"reportcard-{name}.lock").open("a+b") as lock:
            wait_for_lock(lock.fileno())
            yield
        return
    descriptor = os.open(root, os.O_RDONLY)
    try:
        wait_for_lock(descriptor)
        yield
    finally:
        os.close(descriptor)


class ObstacleError(OSError):
    """Something is in the way of a file."""

    def __init__(self, code: int, obstacle: Message, path: Path) -> None:
        super().__init__(code, os.strerror(code), str(path))
        self.obstacle = obstacle


def refuse_obstacle(path: Path) -> None:
    """Raises OSError if something else than a file is there: a folder, a device, a pipe."""
    if path.is_dir():
        raise IsADirectoryError(EISDIR, os.strerror(EISDIR), str(path))
    if path.exists() and not path.is_file():
        raise ObstacleError(EINVAL, message("it is a device or a pipe"), path)


def _followed(root: Path, path: Path) -> Path:
    found = path.resolve()
    if not found.is_relative_to(root.resolve()):
        outside = message("it is a link to a location outside {folder}", folder=str(root))
        raise ObstacleError(EXDEV, outside, path)
    refuse_obstacle(found)
    return found


def culprit(error: OSError | RuntimeError, otherwise: Path) -> str:
    """What could not be written: of a rename, where to."""
    named = (error.filename2 or error.filename) if isinstance(error, OSError) else None
    return str(named or otherwise)


def obstacle(error: OSError | RuntimeError) -> Message | str:
    """Why a file could not be written."""
    match error:
        case ObstacleError():
            return error.obstacle
        case FileExistsError():
            return message("a file or folder with this name already exists")
        case IsADirectoryError():
            return message("a folder with this name already exists")
        case NotADirectoryError():
            return message("there is a file where a folder is needed")
    return reason(error)


def _unwritten(root: Path, error: OSError | RuntimeError, *, is_committed: bool) -> ReportCardError:
    path = Path(culprit(error, root))
    if path.name.startswith(".") and path.name.endswith(_PART):
        path = _whole(path)
    state = (
        message("The next command will finish writing the files.")
        if is_committed
        else message("Nothing was changed.")
    )
    return ReportCardError(
        message("cannot write {path}: {reason}.", path=str(path), reason=obstacle(error)),
        code=ExitCode.OUTPUT,
        advice=message(
            "Free up space or grant write permission, then run the command again. {state}",
            state=state,
        ),
    )


def write(path: Path, data: bytes) -> None:
    """Writes a new file and forces it to the disk. Raises OSError: also if it is there."""
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Forces the names in a folder to the disk."""
    if sys.platform == "win32":
        return  # Windows cannot open a folder; NTFS journals renames by itself.
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
