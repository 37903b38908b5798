"""The commands: parse, call, print, exit. The only room that does any of these.

Nothing heavy is imported before a command needs it: `reportcard --help` answers at once.
"""

import gc
import os
import signal
import sys
from errno import EBADF, EDQUOT, EFBIG, EIO, ENOSPC
from pathlib import Path
from typing import Final

import typer

from reportcard.cli import (
    cards,
    check,
    files,
    intake,
    preview,
    release,
    reviews,
    sign_off,
    translations,
    web,
    workspace,
)
from reportcard.cli.app import app, say_error, silence
from reportcard.errors import ExitCode, ReportCardError

__all__ = [
    "cards",
    "check",
    "files",
    "flush",
    "intake",
    "main",
    "preview",
    "release",
    "reviews",
    "run",
    "sign_off",
    "translations",
    "web",
    "workspace",
]

#: Why a channel takes nothing more. Faults of files bear the file's name; a channel has none.
_FULL: Final = frozenset({EBADF, EDQUOT, EFBIG, EIO, ENOSPC})


def main() -> None:
    """Runs the command line and raises SystemExit with its code."""
    sys.exit(run())


def run() -> int:
    """Runs the command line; whatever happens ends in an exit code and a message, never in a
    traceback.
    """
    # A channel that was closed (2>&-) is none to Python, and its number would be that of the next
    # file opened.
    sys.stdout = sys.stdout or Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
    sys.stderr = sys.stderr or Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
    code = _run()
    # The system takes all memory back at once: looking through it first was 7 % of a build's time
    gc.freeze()
    return code


def flush() -> None:
    """Writes what both channels keep back, so that nothing is left for Python's own end, which
    would complain of a channel closed.
    """
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            silence(stream)


def _run() -> int:
    try:
        code = int(app(standalone_mode=False) or ExitCode.OK)
    except ReportCardError as error:
        say_error(error.message, error.advice)
        return error.code
    except (KeyboardInterrupt, typer.Abort):
        code = ExitCode.INTERRUPTED
    except SystemExit as stop:  # how typer ends when the reader of a pipe went away
        if not isinstance(stop.__context__, BrokenPipeError):
            raise
        silence(sys.stdout)
        return ExitCode.PIPE
    except Exception as error:
        if hasattr(error, "format_message"):  # how click tells wrong usage
            told = f"{error.format_message()}".replace(": Value error, ", ": ")
            say_error(f"{told.rstrip('.')}.", "See reportcard --help.")
            return ExitCode.USAGE
        if isinstance(error, OSError) and error.filename is None and error.errno in _FULL:
            silence(sys.stdout)
            say_error(
                f"cannot write what is to be printed: {error.strerror or error}.",
                "Make room, or send it to another place.",
            )
            return ExitCode.OUTPUT
        if os.environ.get("REPORTCARD_DEBUG"):
            raise
        say_error(
            f"a fault of the program itself: {type(error).__name__}: {error}",
            "Nothing was changed. Please report it; REPORTCARD_DEBUG=1 shows where it happened.",
        )
        return ExitCode.INTERNAL
    if code == ExitCode.INTERRUPTED:  # typer, too, answers Ctrl-C with this code, and says nothing
        signal.signal(
            signal.SIGINT, signal.SIG_IGN
        )  # what is left to do takes a moment: a second one would break into it
        say_error("stopped by Ctrl-C.", "Files already there are unchanged.")
    return code
