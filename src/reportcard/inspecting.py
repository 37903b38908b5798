"""Preflight of a file from anywhere, in a process of its own: what a hostile PDF can take is bounded."""

import multiprocessing
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Final

from reportcard.errors import ExitCode, ReportCardError
from reportcard.pdf.editions import Medium
from reportcard.pdf.preflight import Inspection, preflight, unreadable

#: What one file may take: a 1,000-page book stays below both.
SECONDS: Final = 180
MEGABYTES: Final = 3072
MAXIMUM_SIZE: Final = 500_000_000


def inspect(file: Path, media: tuple[Medium, ...]) -> Inspection:
    """Inspects a PDF, ours or not, for some editions.

    Raises ReportCardError (UNREADABLE) if there is no such file.
    """
    try:
        if file.stat().st_size > MAXIMUM_SIZE:
            return unreadable(str(file), f"it is larger than {MAXIMUM_SIZE // 1_000_000} MB")
        data = file.read_bytes()
    except OSError as error:
        raise ReportCardError(f"{file} cannot be read: {error.strerror or error}.", code=ExitCode.UNREADABLE, advice="Name a file that is there.") from error  # fmt: skip
    result = _apart(preflight, data, str(file), media)
    if isinstance(result, Inspection):
        return result
    return unreadable(str(file), result)


def _apart(function: Callable[..., Inspection], *arguments: Any) -> Inspection | str:
    """What a function gives in a process of its own, or why it gave nothing."""
    # Not forked: libraries of this process may hold locks in threads, which a child would wait for without end.
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    worker = context.Process(target=_work, args=(theirs, function, arguments), daemon=True)
    worker.start()
    theirs.close()
    try:
        if not ours.poll(SECONDS):
            return f"it took more than {SECONDS} s"
        result: Inspection | str = ours.recv()
    except EOFError:
        return f"reading it ended the reader, or took more than {MEGABYTES} MB"
    finally:
        worker.kill()
        worker.join()
        ours.close()
    return result


def _work(pipe: Connection, function: Callable[..., Inspection], arguments: tuple[Any, ...]) -> None:
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEGABYTES * 1_000_000,) * 2)
    told: Inspection | str
    try:
        told = function(*arguments)
    except MemoryError:
        told = f"it took more than {MEGABYTES} MB"
    except Exception as error:  # whatever a hostile file makes a library do, it ends here
        told = f"reading it failed ({type(error).__name__})"
    pipe.send(told)
