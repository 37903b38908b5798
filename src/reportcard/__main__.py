"""The `reportcard` command, and `python -m reportcard`: from its first line to its last, Ctrl-C
shows no line of Python's own.
"""

# Built in: `signal` takes 2 ms to import, in which Ctrl-C would show a traceback
import _signal  # type: ignore[import-not-found]
import os
import sys
from types import FrameType, TracebackType
from typing import Any

_PROCESS = os.getpid()
_is_ready = False


def _interrupted(_: int, __: FrameType | None) -> None:
    """Before there is anything to put in order, the program ends here. Workers are ended by the
    build that they are forked from.
    """
    if os.getpid() != _PROCESS:
        return
    if not _is_ready:
        _end()
    raise KeyboardInterrupt


def _end() -> None:
    os.write(2, b"reportcard: stopped by Ctrl-C. Files already there are unchanged.\n")
    os._exit(130)


def _uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        _end()
    sys.__excepthook__(kind, error, trace)


def _unraisable(told: Any) -> None:
    """Ctrl-C that fell into code whose faults Python only reports, such as that of an object being
    cleared away, is asked again.
    """
    if told.exc_type is not None and issubclass(told.exc_type, KeyboardInterrupt):
        _signal.raise_signal(_signal.SIGINT)
    else:
        sys.__unraisablehook__(told)


def main() -> None:
    """Runs the command line and ends the process with its exit code."""
    global _is_ready  # noqa: PLW0603  what the handler of the signal reads
    if (
        _signal.getsignal(_signal.SIGINT) is _signal.default_int_handler
    ):  # a shell has its background jobs ignore it
        _signal.signal(_signal.SIGINT, _interrupted)
        sys.excepthook, sys.unraisablehook = _uncaught, _unraisable
    from reportcard.cli import flush, run

    _is_ready = True
    code = run()
    _signal.signal(_signal.SIGINT, _signal.SIG_IGN)  # all is done and said
    flush()
    sys.exit(code)


if __name__ == "__main__":
    main()
