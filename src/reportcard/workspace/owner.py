"""The key of the person who runs the program, with which the program knows its own work again.

It is in the user's folder of state (XDG Base Directory Specification), not in a workspace: a key
beside the entries would come along with entries that somebody else made.
"""

import getpass
import os
import secrets
import stat
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Final

from reportcard.errors import ExitCode, ReportCardError
from reportcard.messages.message import message

_BYTES: Final = 32
_HOMELESS: Final = secrets.token_bytes(_BYTES)
_VARIABLE: Final = "XDG_STATE_HOME"


def owner_folder() -> Path:
    """Where the program keeps what is the user's alone. Raises RuntimeError if the user has no home
    folder.
    """
    given = Path(os.environ.get(_VARIABLE) or "")
    # A relative path is to be ignored, says the specification.
    return (given if given.is_absolute() else Path("~/.local/state").expanduser()) / "reportcard"


def owner_key() -> bytes:
    """The key, 32 bytes, made when it is first needed. If it cannot be kept, it is this process's
    alone, and the next process makes everything again.
    """
    try:
        return _key(owner_folder() / "cache.key")
    except RuntimeError:  # a user without a home, as in a container
        return _HOMELESS


def is_kept() -> bool:
    """Whether the key will be there for the next process."""
    with suppress(OSError, RuntimeError):
        return owner_key() == _read(owner_folder() / "cache.key")
    return False


@lru_cache(maxsize=8)
def _key(file: Path) -> bytes:
    with suppress(OSError, RuntimeError):
        if found := _read(file):
            return found
        _write(file)
        if found := _read(file):
            return found
    return secrets.token_bytes(_BYTES)


def _read(file: Path) -> bytes:
    """The key in a file; none if others may read it or could have written it."""
    try:
        with file.open("rb") as source:
            known = os.fstat(source.fileno())
            is_ours = not hasattr(os, "getuid") or known.st_uid == os.getuid()
            is_private = not known.st_mode & (stat.S_IRWXG | stat.S_IRWXO) or os.name == "nt"
            key = source.read(_BYTES + 1)
    except FileNotFoundError:
        return b""
    return key if is_ours and is_private and len(key) == _BYTES else b""


def user_name(given: str | None = None) -> str:
    """The name of the user who runs the program, as typed or as the system has it: one line of
    printed letters, since it is written into files. Raises ReportCardError (USAGE) if the system
    has none, as for a number without an account in a container.
    """
    try:
        if name := _printed(given or "") or _printed(getpass.getuser()):
            return name
    except (KeyError, OSError, ImportError) as error:
        raise _nameless() from error
    raise _nameless()


def _printed(name: str) -> str:
    line = " ".join(name.split())
    return "".join(sign for sign in line if sign.isprintable())


def _nameless() -> ReportCardError:
    return ReportCardError(
        message("the system has no name for the current user."),
        code=ExitCode.USAGE,
        advice=message("Add --by NAME, or set the environment variable USER."),
    )


def _is_good(file: Path) -> bool:
    try:
        return bool(_read(file))
    except OSError:
        return False


def _write(file: Path) -> None:
    """Puts a new key there, whole. Of two processes that do so at once, the first one's stays."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = file.with_name(f"{secrets.token_hex(8)}.part")
    try:
        number = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(number, "wb") as target:
            target.write(secrets.token_bytes(_BYTES))
        try:
            os.link(part, file)
        except OSError:  # there is one, or the disk knows no links
            if not _is_good(file):
                part.replace(file)
    finally:
        part.unlink(missing_ok=True)
