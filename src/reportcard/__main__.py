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
#: What `errors.ExitCode.INTERRUPTED` means, before there is a catalogue to look it up in.
_STOPPED = {
    "en": "Stopped by Ctrl-C. Earlier files are unchanged.\n",
    "es": "La orden se detuvo con Ctrl-C. Los archivos anteriores no cambiaron.\n",
}
_is_ready = False


def _interrupted(_: int, frame: FrameType | None) -> None:
    """Before there is anything to put in order, the program ends here. Workers are ended by the
    build that they are forked from.
    """
    if os.getpid() != _PROCESS:
        return
    if not _is_ready:
        _end()
    if _is_loading(frame):  # asked for again in 50 ms
        _signal.signal(_signal.SIGALRM, _interrupted)
        _signal.setitimer(_signal.ITIMER_REAL, 0.05)
        return
    raise KeyboardInterrupt


def _is_loading(frame: FrameType | None) -> bool:
    """Whether a library is being loaded that is not written in Python: some abort the process when
    their first lines are interrupted.
    """
    while frame is not None:
        if frame.f_code.co_name == "create_module" or (
            frame.f_code.co_name == "exec_module"
            and type(frame.f_locals.get("self")).__name__ == "ExtensionFileLoader"
        ):
            return True
        frame = frame.f_back
    return False


def _end() -> None:
    os.write(2, _STOPPED.get(_language(), _STOPPED["en"]).encode())
    os._exit(130)


def _language() -> str:
    """What `cli.language` and `messages.catalogue.chosen` choose, without an import."""
    asked = (
        after if word == "--messages" else word[len("--messages=") :]
        for word, after in zip(sys.argv, [*sys.argv[1:], ""], strict=True)
        if word == "--messages" or word.startswith("--messages=")
    )
    variables = ("REPORTCARD_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
    wishes = (*asked, *(os.environ.get(name) for name in variables))
    wish = next((wish for wish in wishes if wish), "")
    return wish.replace("-", "_").partition("_")[0].partition(".")[0].lower()


def _uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        _end()
    sys.__excepthook__(kind, error, trace)


def _unraisable(report: Any) -> None:
    """Raises Ctrl-C again if it came in code that Python lets raise nothing, such as an object's
    `__del__`.
    """
    if report.exc_type is not None and issubclass(report.exc_type, KeyboardInterrupt):
        _signal.raise_signal(_signal.SIGINT)
    else:
        sys.__unraisablehook__(report)


def _is_command() -> bool:
    """Whether Ctrl-C is this process's own to handle from the import of this module on: on a busy
    machine there is time for it before `main` is called. A shell has its background jobs ignore the
    signal; workers that are not forked import the command too.
    """
    processes = sys.modules.get("multiprocessing.process")
    is_worker = processes is not None and processes.parent_process() is not None
    return not is_worker and _signal.getsignal(_signal.SIGINT) is _signal.default_int_handler


def main() -> None:
    """Runs the command line and ends the process with its exit code."""
    global _is_ready  # noqa: PLW0603  what the handler of the signal reads
    from reportcard.cli import flush, run

    _is_ready = True
    code = run()
    _signal.signal(_signal.SIGINT, _signal.SIG_IGN)  # all is done and printed
    flush()
    sys.exit(code)


if _is_command():
    _signal.signal(_signal.SIGINT, _interrupted)
    sys.excepthook, sys.unraisablehook = _uncaught, _unraisable

if __name__ == "__main__":
    main()
