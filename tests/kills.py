"""A process killed at one of its calls that change files:  python -m tests.kills

Every command that writes more than one file is killed at every such call, is finished by the next
and sent again. A short run of it is a test (test_kills.py).
"""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

#: The calls of the system that change a file or a name (Python's table of audit events).
_CHANGES: Final = frozenset(
    {"os.chmod", "os.link", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.truncate"}
)
_KILLED: Final = 77


def killed_at(action: Callable[[], object], at: int, root: Path) -> bool:
    """Whether a process that does something was killed before its `at`th change below a folder: it
    has fewer if not.
    """
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == _KILLED
    left = at

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal left
        if not _changes(event, arguments, root):
            return
        left -= 1
        if left < 0:
            os._exit(_KILLED)

    sys.addaudithook(watch)
    try:
        action()
    finally:
        os._exit(0)


def _changes(event: str, arguments: tuple[object, ...], root: Path) -> bool:
    if not arguments or not isinstance(arguments[0], str | os.PathLike):
        return False
    is_write = (
        event == "open"
        and isinstance(flags := arguments[2], int)
        and bool(flags & (os.O_WRONLY | os.O_RDWR))
    )
    return (is_write or event in _CHANGES) and Path(arguments[0]).is_relative_to(root)


def state(root: Path) -> dict[str, bytes]:
    """All files below a folder, but for the cache."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and ".cache" not in path.parts
    }
