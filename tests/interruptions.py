"""The calls of the system at which `kills` interrupts a command, and how."""

import errno
import os
import signal
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

#: The calls of the system that change a file or a name (Python's table of audit events).
_CHANGES: Final = frozenset(
    {"os.chmod", "os.link", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.truncate"}
)
#: One more that has no event: what is written is then on the disk, all or half of it.
FORCED: Final = "os.fsync"
#: Calls that need room on the disk.
_ROOM: Final = frozenset({"open", "os.mkdir", "os.link", FORCED})
#: Why the system may refuse a call, and the calls that it refuses from then on: a full disk lets
#: nothing be made, one that became read-only lets nothing be changed.
ERRORS: Final[Mapping[int, frozenset[str]]] = {
    errno.ENOSPC: _ROOM,
    errno.EROFS: _CHANGES | {"open"},
    errno.EIO: frozenset(),
    errno.EACCES: frozenset(),
    errno.EMFILE: frozenset(),
}
KILL, HALF = "killed", "killed, half written"
WAYS: Final = (KILL, HALF, *(errno.errorcode[one] for one in ERRORS))


def killed_at(action: Callable[[], object], at: int, root: Path) -> bool:
    """Whether a process that does something was killed before its `at`th change below a folder: it
    has fewer if not.
    """
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    left = at

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal left
        if not changes(event, arguments, root):
            return
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)
    try:
        action()
    finally:
        os._exit(0)


def changes(event: str, arguments: tuple[object, ...], root: Path) -> bool:
    """Whether an audit event is of a call that changes something below a folder."""
    if event not in _CHANGES and event != "open":
        return False
    if not arguments or not isinstance(arguments[0], str | bytes | os.PathLike):
        return False
    if event == "open" and not (
        isinstance(flags := arguments[2], int) and flags & (os.O_WRONLY | os.O_RDWR)
    ):
        return False
    path, folder = Path(os.fsdecode(os.fspath(arguments[0]))), arguments[-1]
    if not path.is_absolute() and isinstance(folder, int) and folder >= 0:
        path = Path(f"/proc/self/fd/{folder}").readlink() / path
    return path.is_relative_to(root)


def fits(way: str, event: str) -> bool:
    """Whether a call can end so."""
    return (way != "ENOSPC" or event in _ROOM) and (way != HALF or event == FORCED)
