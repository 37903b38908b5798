"""Why the operating system could not read or write a file, as a message; and what memory it has for
this process.
"""

import errno
import mmap
import sys
from collections.abc import Mapping
from typing import Final

from reportcard.messages.message import Message, message

#: The bytes of the largest file that is read at once.
MAXIMUM_SIZE: Final = 500_000_000
_REASONS: Final[Mapping[int, Message]] = {
    errno.EACCES: message("permission denied"),
    errno.EPERM: message("permission denied"),
    errno.ENOENT: message("no such file or folder"),
    errno.EISDIR: message("it is a folder"),
    errno.ENOTDIR: message("part of its path is a file, not a folder"),
    errno.ENAMETOOLONG: message("its name is too long"),
    errno.ELOOP: message("the symbolic links in its path form a loop"),
    errno.ENOSPC: message("the disk is full"),
    errno.EDQUOT: message("the disk is full"),
    errno.EROFS: message("the disk is read-only"),
    errno.EIO: message("a disk error occurred"),
    errno.EFBIG: message("the file is larger than the system allows"),
    errno.EMFILE: message("too many files are open"),
    errno.ENFILE: message("too many files are open"),
    errno.EAGAIN: message("no more processes can be started"),
    errno.ENOMEM: message("there is not enough memory"),
}


def reason(error: Exception) -> Message | str:
    """Why a file could not be read or written: the message that the exception carries, or the
    system's word for it. It has no full stop: it goes into another message.
    """
    if isinstance(error, OSError) and error.strerror:
        known = _REASONS.get(error.errno or 0)
        return known or error.strerror
    if isinstance(error, UnicodeDecodeError):
        return message("it is not saved as UTF-8")
    carried = error.args[0] if error.args else ""
    return carried if isinstance(carried, Message) else str(error)


#: More than a library of the program needs at once: OpenBLAS takes 35 MB.
_ROOM: Final = 64 * 1024 * 1024


def is_memory_limited() -> bool:
    """Whether the process has a limit of memory (`ulimit -v`): what libraries do at it is their own
    affair, and may end the process.
    """
    if sys.platform == "win32":
        return False
    import resource

    return resource.getrlimit(resource.RLIMIT_AS)[0] != resource.RLIM_INFINITY


def is_memory_short() -> bool:
    """Whether the process gets no 64 MB more: what loads a library then fails in words of its own,
    such as "failed to map segment".
    """
    try:
        mmap.mmap(-1, _ROOM).close()
    except (OSError, MemoryError):
        return True
    return False
