"""How the program ends, the one exception that says so, and the one that says why a file cannot be
used.

The codes are a promise to scripts and CI: docs/exit-codes.md lists them, and a test compares that
list with this one.
"""

from collections.abc import Mapping
from enum import IntEnum
from typing import Final

from reportcard.messages.message import Message, message


class ExitCode(IntEnum):
    """How the program ends. By convention of shells, 2 is wrong usage, 130 is Ctrl-C (128 +
    SIGINT), and 141 is a closed pipe (128 + SIGPIPE).
    """

    OK = 0
    WITHHELD = 1
    DIFFERENT = 1
    USAGE = 2
    NO_WORKSPACE = 3
    CONTENT = 4
    LAYOUT = 5
    OUTPUT = 6
    PREFLIGHT = 7
    UNREADABLE = 8
    INTERNAL = 70
    INTERRUPTED = 130
    PIPE = 141

    @property
    def meaning(self) -> Message:
        """What happened and what was written, for people."""
        return _MEANINGS[self]


_MEANINGS: Final[Mapping[ExitCode, Message]] = {
    ExitCode.OK: message("The command completed successfully."),
    ExitCode.WITHHELD: message(
        "The command finished but found a problem: a card was not published, files "
        "differ, or a release was refused. A build still writes every card that has no "
        "errors."
    ),
    ExitCode.USAGE: message(
        "The command line is invalid, for example because of an unknown option, "
        "country or language. Nothing was written."
    ),
    ExitCode.NO_WORKSPACE: message(
        "There is no workspace here: neither this folder nor any folder above it "
        "contains content/edition.yaml. Nothing was written."
    ),
    ExitCode.CONTENT: message(
        "The content has errors or, with --strict, warnings. Nothing was written."
    ),
    ExitCode.LAYOUT: message(
        "The content is correct, but its pages have errors. Nothing was written."
    ),
    ExitCode.OUTPUT: message(
        "A file cannot be written because permission is denied, or space or memory has run out. "
        "Earlier files are unchanged."
    ),
    ExitCode.PREFLIGHT: message(
        "A PDF does not meet the standard for its edition. If this happens during a "
        "build, nothing is written."
    ),
    ExitCode.UNREADABLE: message(
        "A file cannot be read or compared, is the wrong type, or was not produced "
        "from this workspace."
    ),
    ExitCode.INTERNAL: message(
        "The program failed because of a bug. Please report it with the message shown."
    ),
    ExitCode.INTERRUPTED: message("Stopped by Ctrl-C. Earlier files are unchanged."),
    ExitCode.PIPE: message(
        "The program that was reading the output, such as head, stopped early. No "
        "files were left incomplete."
    ),
}


class ReportCardError(Exception):
    """A fault that ends the command: what is wrong (`message`), what to do (`advice`), and the exit
    code.
    """

    def __init__(
        self, message: Message | str, *, code: ExitCode, advice: Message | str = ""
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.advice = advice

    def __reduce__(self) -> tuple[object, ...]:
        """As an error of a worker process comes back: Exception itself would forget the code."""
        return _again, (self.message, self.code, self.advice)


def _again(message: Message | str, code: ExitCode, advice: Message | str) -> ReportCardError:
    return ReportCardError(message, code=code, advice=advice)


class FaultError(Exception):
    """A file cannot be used: `message` says why, without a full stop."""

    def __init__(self, message: Message | str) -> None:
        super().__init__(message)
        self.message = message
