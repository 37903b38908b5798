"""Finished files into the output folder: all of them or none, whatever happens meanwhile.

New files are written beside the old ones in a hidden folder and forced to the disk; then a list of
them, the journal, is put there in one rename. From that moment they count: whoever comes next
finishes the renames if this process was killed.
"""

import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from types import MappingProxyType
from typing import Final

from reportcard.build.manifest import MANIFEST, Record, dumped, read_manifest
from reportcard.errors import ExitCode, ReportCardError
from reportcard.messages.message import message
from reportcard.workspace.replacement import (
    culprit,
    obstacle,
    refuse_obstacle,
    sync_folder,
    wait_for_lock,
    write,
)

_NO_RECORDS: Final[Mapping[str, Record]] = MappingProxyType({})
_STAGING: Final = ".staging"
_JOURNAL: Final = "journal.json"


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
                refuse_obstacle(folder / name)
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
                path=culprit(error, folder),
                reason=obstacle(error),
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


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """One process at a time publishes into a folder; the others wait."""
    with (folder / ".lock").open("a+b") as lock:
        wait_for_lock(lock.fileno())
        yield
