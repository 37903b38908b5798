"""The commands: parse, call, print, exit. No other room does any of these.

A command is imported when it is asked for: `reportcard --help` answers at once.
"""

import gc
import os
import signal
import sys
from errno import EBADF, EDQUOT, EFBIG, EIO, ENOSPC
from pathlib import Path
from typing import Final

import typer

from reportcard.cli import first_page
from reportcard.cli.app import app, say, say_error, silence
from reportcard.cli.language import speak_as_asked
from reportcard.cli.terminal import Channel
from reportcard.errors import ExitCode, ReportCardError
from reportcard.messages.message import message
from reportcard.workspace.system import is_memory_short, reason

__all__ = ["app", "first_page", "flush", "main", "run"]

#: Why a channel takes nothing more. Errors of files have the file's name; those of a channel, none.
_FULL: Final = frozenset({EBADF, EDQUOT, EFBIG, EIO, ENOSPC})


def main() -> None:
    """Runs the command line and raises SystemExit with its code."""
    sys.exit(run())


def run() -> int:
    """Runs the command line; whatever happens ends in an exit code and a message, never in a
    traceback.
    """
    # A closed channel (2>&-) is None in Python, and the next file opened would take its number.
    sys.stdout = sys.stdout or Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
    sys.stderr = sys.stderr or Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
    streams = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = Channel(sys.stdout), Channel(sys.stderr)
    try:
        code = _run()
    finally:
        sys.stdout, sys.stderr = streams
    # The system takes all memory back at once: looking through it first was 7 % of a build's time
    gc.freeze()
    return code


def flush() -> None:
    """Writes what both channels hold back: at its end, Python would complain of a closed one."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            silence(stream)


def _run() -> int:
    try:
        arguments = speak_as_asked(sys.argv[1:])
        code = int(app(arguments, prog_name="reportcard", standalone_mode=False) or ExitCode.OK)
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
        return _failed(error)
    if code == ExitCode.INTERRUPTED:  # typer, too, answers Ctrl-C with this code, and says nothing
        signal.signal(
            signal.SIGINT, signal.SIG_IGN
        )  # what is left to do takes a moment: a second one would break into it
        say(ExitCode.INTERRUPTED.meaning)
    return code


def _failed(error: Exception) -> ExitCode:
    """Says why the program could not go on: what the machine lacks, a full channel, no memory, or a
    bug. Raises the error again if it is a bug that somebody looks for.
    """
    if isinstance(error, MemoryError) or is_memory_short():
        say_error(
            message("there is not enough memory."),
            message(
                "Close other programs, or raise the limit set with `ulimit -v`, and run the "
                "command again. Existing files are unchanged."
            ),
        )
        return ExitCode.OUTPUT
    from reportcard.workspace.shortage import shortage

    if lacking := shortage(error):
        say_error(lacking.message, lacking.advice)
        return lacking.code
    if isinstance(error, OSError) and error.filename is None and error.errno in _FULL:
        silence(sys.stdout)
        say_error(
            message("cannot write the output: {reason}.", reason=reason(error)),
            message("Free up space, or send the output elsewhere."),
        )
        return ExitCode.OUTPUT
    if os.environ.get("REPORTCARD_DEBUG"):
        raise error
    say_error(
        message(
            "reportcard failed because of a bug: {kind}: {reason}",
            kind=type(error).__name__,
            reason=str(error),
        ),
        message(
            "Nothing was changed. Please report this message. Set REPORTCARD_DEBUG=1 to "
            "see where the error occurred."
        ),
    )
    return ExitCode.INTERNAL
