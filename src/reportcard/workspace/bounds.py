"""A file from anywhere, read in a process of its own: the time and memory of a hostile file are
limited, and what a library does with it ends there.

PDFs, workbooks, Word documents and translators' files are read so. Others are read where they are
needed, since what they cost follows from their size: YAML (`content.encoding`), CSV and JSON are
read once from end to end, and drawings, pictures and color profiles have bounds of their own
(`page.svg`, `pdf.pixels`, `pdf.profile`).
"""

import copyreg
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, TypeVar

from reportcard.errors import ExitCode, FaultError, ReportCardError
from reportcard.messages.catalogue import reader, speak
from reportcard.messages.message import Message, message
from reportcard.workspace.processes import start_context
from reportcard.workspace.shortage import shortage
from reportcard.workspace.system import MAXIMUM_SIZE, reason

T = TypeVar("T")
#: Libraries that read files: what this process has of them, its children need not import again.
_LIBRARIES: Final = ("babel.messages.pofile", "lxml.etree", "openpyxl", "pikepdf")


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may take: seconds, and megabytes beside those that the process has when
    it begins.
    """

    seconds: int
    megabytes: int


#: A PDF: a 1,000-page book stays below both.
BOOK: Final = Limits(180, 3072)
#: A file that somebody worked in: the largest that are taken need 20 s and 500 MB.
SENT: Final = Limits(120, 1024)


class UnreadableError(FaultError):
    """A file cannot be read within its bounds."""


def _unchangeable(mapping: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(mapping)


# A mapping that nobody can change, which pickle does not know, goes through it as a copy.
copyreg.pickle(MappingProxyType, lambda mapping: (_unchangeable, (dict(mapping),)))


def read(file: Path, maximum: int = MAXIMUM_SIZE) -> bytes:
    """The bytes of a file that a person named. Raises UnreadableError if it is not a file, has more
    than `maximum`, or cannot be read.

    A pipe or a device is never opened: it may give nothing for ever, or never end.
    """
    try:
        if file.exists() and not file.is_file():
            raise UnreadableError(message("it is not a file"))
        if file.stat().st_size > maximum:
            raise UnreadableError(message("it is larger than {size} MB", size=maximum // 1_000_000))
        return file.read_bytes()
    except (OSError, ValueError) as error:
        raise UnreadableError(reason(error)) from error


def apart(function: Callable[..., T], *arguments: Any, limits: Limits | None = None) -> T:
    """What a function gives in a process of its own, bounded in time and memory (as a PDF, unless
    there are limits). The function, its arguments and what it gives go through pickle. Raises
    UnreadableError if it gives nothing, the ReportCardError that it raised, or one (OUTPUT) if no
    process can be started.
    """
    limits = limits or BOOK
    had = (name for name in _LIBRARIES if name in sys.modules)
    context = start_context(__name__, function.__module__, *had)
    ours, theirs = context.Pipe(duplex=False)
    worker: Any = context.Process(  # type: ignore[attr-defined]  # typeshed has it for subclasses
        target=_work,
        args=(theirs, limits, (reader(), dict(os.environ)), function, arguments),
        daemon=True,
    )
    try:
        worker.start()
    except (OSError, MemoryError) as error:
        ours.close()
        theirs.close()
        # The file is not at fault, and the next one could not be read either
        raise shortage(error) or error from None
    theirs.close()
    try:
        if not ours.poll(limits.seconds):
            raise UnreadableError(
                message("reading it took more than {seconds} s", seconds=limits.seconds)
            )
        result, fault = ours.recv()
    except (EOFError, OSError):
        raise UnreadableError(
            message(
                "the process reading it crashed or used more than {megabytes} MB",
                megabytes=limits.megabytes,
            )
        ) from None
    finally:
        _end(worker)
        ours.close()
    if isinstance(fault, ReportCardError):
        raise fault
    if fault:
        raise UnreadableError(fault)
    made: T = result
    return made


def taken(name: str, function: Callable[..., T], *arguments: Any) -> T:
    """What a function reads of a file that somebody sent, in a process of its own. Raises
    ReportCardError (UNREADABLE), which names the file, if it cannot be read within `SENT`.
    """
    try:
        return apart(function, *arguments, limits=SENT)
    except UnreadableError as error:
        raise ReportCardError(
            message("{file} cannot be read: {reason}.", file=name, reason=error.message),
            code=ExitCode.UNREADABLE,
            advice=message(
                "Open it in the program that created it, and save it again. Nothing was written."
            ),
        ) from error


def _end(worker: Any) -> None:
    """Ends the process and what it has started: Ghostscript would go on."""
    if sys.platform != "win32" and worker.pid:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(worker.pid, signal.SIGKILL)
    worker.kill()
    worker.join()


def _work(
    pipe: Connection,
    limits: Limits,
    surroundings: tuple[str, dict[str, str]],
    function: Callable[..., Any],
    arguments: tuple[Any, ...],
) -> None:
    made = None
    fault: ReportCardError | Message | str = ""
    try:
        _confine(limits)
        speak(surroundings[0])
        os.environ.update(surroundings[1])  # a server may have begun in others
        made = function(*arguments)
    except MemoryError:
        fault = message("reading it used more than {megabytes} MB", megabytes=limits.megabytes)
    except ReportCardError as error:
        fault = error
    except FaultError as error:
        fault = error.message
    except Exception as error:  # whatever a hostile file makes a library do, it ends here
        fault = message("it could not be read ({error})", error=type(error).__name__)
    pipe.send((made, fault))


def _confine(limits: Limits) -> None:
    """Puts the process into a group of its own, and keeps it from taking more memory."""
    if sys.platform == "win32":
        return
    import resource

    os.setpgid(0, 0)
    most = _address_space() + limits.megabytes * 1_000_000
    allowed = resource.getrlimit(resource.RLIMIT_AS)[1]
    if allowed != resource.RLIM_INFINITY:
        most = min(most, allowed)
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _address_space() -> int:
    """The bytes of memory that this process has reserved (Linux, proc(5): the first of statm)."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        return pages * os.sysconf("SC_PAGESIZE")
    except (OSError, ValueError):
        return 0
