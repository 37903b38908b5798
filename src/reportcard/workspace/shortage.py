"""What the machine lacks or forbids, where no caller expected it: room for temporary files, open
files, processes, permissions.
"""

import errno
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from reportcard.errors import ExitCode, ReportCardError
from reportcard.messages.message import Message, message
from reportcard.workspace.system import reason

_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT})
#: A disk that has less is full, whatever a file that did not fit has left of it.
_ROOM: Final = 1_000_000
_WRITING: Final = _FULL | {errno.EROFS, errno.EFBIG}
#: What access to a file ends in, whatever was to be done with it.
_ACCESS: Final = frozenset(
    {errno.EACCES, errno.EPERM, errno.EIO, errno.ELOOP, errno.ENAMETOOLONG, errno.ESTALE}
)
#: Limits of a process or a user, each with what raises it.
_LIMITS: Final[Mapping[int, Message]] = {
    errno.EMFILE: message("Raise the limit set with `ulimit -n`, and run the command again."),
    errno.ENFILE: message("Close other programs, and run the command again."),
    errno.EAGAIN: message(
        "Close other programs, or raise the limit set with `ulimit -u`, and run the command again."
    ),
    errno.ENOMEM: message(
        "Close other programs, or raise the limit set with `ulimit -v`, and run the command again."
    ),
}


def shortage(error: BaseException) -> ReportCardError | None:
    """What the machine lacks, if that is why something failed; None if the program is at fault."""
    if isinstance(error, RuntimeError) and "start new thread" in str(error):
        error = OSError(errno.EAGAIN, "")
    if not isinstance(error, OSError):
        return None
    number, file = error.errno or 0, error.filename
    if lacking := _temporary(number, file):
        return lacking
    why = reason(OSError(number, error.strerror or str(error)))
    if number in _LIMITS:
        return ReportCardError(
            message("the command cannot go on: {reason}.", reason=why),
            code=ExitCode.OUTPUT,
            advice=_LIMITS[number],
        )
    if file and number in _WRITING:
        return ReportCardError(
            message("cannot write {path}: {reason}.", path=_path(file), reason=why),
            code=ExitCode.OUTPUT,
            advice=message("Free up space or grant write permission, then run the command again."),
        )
    if file and number in _ACCESS:
        return ReportCardError(
            message("cannot access {path}: {reason}.", path=_path(file), reason=why),
            code=ExitCode.UNREADABLE,
            advice=message("Grant permission, or check the disk, then run the command again."),
        )
    return None


def _temporary(number: int, file: object) -> ReportCardError | None:
    """What is wrong with the folder for temporary files, if it can be what an error is about."""
    try:
        folder = Path(tempfile.gettempdir())
    except OSError:
        if file or number != errno.ENOENT:
            return None
        return ReportCardError(
            message("no folder for temporary files is writable."),
            code=ExitCode.OUTPUT,
            advice=message("Make /tmp writable, or set TMPDIR to a folder that is."),
        )
    if file and not Path(_path(file)).is_relative_to(folder):
        return None
    try:
        is_full = number in _FULL and shutil.disk_usage(folder).free < _ROOM
    except OSError:
        is_full = False
    if not is_full:
        return None
    return ReportCardError(
        message("the folder for temporary files, {folder}, is full.", folder=str(folder)),
        code=ExitCode.OUTPUT,
        advice=message("Free up space there, or set TMPDIR to a folder on another disk."),
    )


def _path(file: object) -> str:
    return file.decode("utf-8", "surrogateescape") if isinstance(file, bytes) else str(file)
