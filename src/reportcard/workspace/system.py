"""Why the operating system could not read or write a file, as a message."""

import errno
from collections.abc import Mapping
from typing import Final

from reportcard.messages.message import Message, message

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
