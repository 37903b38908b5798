"""A file from anywhere, read in a process of its own: the time and memory of a hostile file are
limited, and what a library does with it ends there.
"""

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Final, TypeVar

from reportcard.errors import FaultError, ReportCardError
from reportcard.messages.message import Message, message
from reportcard.workspace.system import reason

T = TypeVar("T")
#: What one file may take: a 1,000-page book stays below both.
SECONDS: Final = 180
MEGABYTES: Final = 3072
MAXIMUM_SIZE: Final = 500_000_000


class UnreadableError(FaultError):
    """A file cannot be read within its bounds."""


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


def apart(function: Callable[..., T], *arguments: Any) -> T:
    """What a function gives in a process of its own, bounded in time and memory. The function, its
    arguments and what it gives go through pickle. Raises UnreadableError if it gives nothing, and
    the ReportCardError that it raised.
    """
    # Not forked: libraries of this process may hold locks in threads, which a child would wait for
    # without end.
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    worker = context.Process(target=_work, args=(theirs, function, arguments), daemon=True)
    worker.start()
    theirs.close()
    try:
        if not ours.poll(SECONDS):
            raise UnreadableError(message("reading it took more than {seconds} s", seconds=SECONDS))
        result, fault = ours.recv()
    except EOFError:
        raise UnreadableError(
            message(
                "the process reading it crashed or used more than {megabytes} MB",
                megabytes=MEGABYTES,
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


def _end(worker: Any) -> None:
    """Ends the process and what it has started: Ghostscript would go on."""
    if sys.platform != "win32" and worker.pid:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(worker.pid, signal.SIGKILL)
    worker.kill()
    worker.join()


def _work(pipe: Connection, function: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    if sys.platform != "win32":
        import resource

        os.setpgid(0, 0)
        resource.setrlimit(resource.RLIMIT_AS, (MEGABYTES * 1_000_000,) * 2)
    made = None
    fault: ReportCardError | Message | str = ""
    try:
        made = function(*arguments)
    except MemoryError:
        fault = message("reading it used more than {megabytes} MB", megabytes=MEGABYTES)
    except ReportCardError as error:
        fault = error
    except FaultError as error:
        fault = error.message
    except Exception as error:  # whatever a hostile file makes a library do, it ends here
        fault = message("it could not be read ({error})", error=type(error).__name__)
    pipe.send((made, fault))
