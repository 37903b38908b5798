"""How the program ends, and the one exception that says so.

The codes are a promise to scripts and CI: docs/exit-codes.md lists them, and a test compares that
list with this one.
"""

from enum import IntEnum

from reportcard.messages.message import Message


class ExitCode(IntEnum):
    """What the shell gets back. 2 is the shell convention for wrong usage, 130 for Ctrl-C (128 +
    SIGINT), 141 for a closed pipe (128 + SIGPIPE).
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
    def meaning(self) -> str:
        """One line for people: what happened and what was written."""
        return _MEANINGS[self]


_MEANINGS = {
    ExitCode.OK: "Everything asked for was done.",
    ExitCode.WITHHELD: (
        "Done, with a finding: a build withheld at least one card and wrote the others; a"
        " comparison or verification found a difference; a release was refused."
    ),
    ExitCode.USAGE: (
        "The command line was wrong (unknown option, country or language). Nothing was written."
    ),
    ExitCode.NO_WORKSPACE: (
        "No workspace here: no folder with content/edition.yaml was found. Nothing was written."
    ),
    ExitCode.CONTENT: "The content has problems and no card could be built. Nothing was written.",
    ExitCode.LAYOUT: (
        "The content is right, but no page could be laid out as it should be. Nothing was written."
    ),
    ExitCode.OUTPUT: (
        "A file could not be written (permission, space). Files already there are unchanged."
    ),
    ExitCode.PREFLIGHT: (
        "A PDF does not meet the rules of its edition. A build writes nothing then."
    ),
    ExitCode.UNREADABLE: (
        "A file given cannot be read or compared, is of another kind, or is no PDF that this"
        " workspace makes."
    ),
    ExitCode.INTERNAL: "A fault of the program itself. Please report it with the message shown.",
    ExitCode.INTERRUPTED: "Stopped by Ctrl-C. Files already there are unchanged.",
    ExitCode.PIPE: (
        "What read the output went away before all was said, as `head` does. No file is half"
        " written."
    ),
}


class ReportCardError(Exception):
    """Something that ends the command: `message` says what, `advice` what to do next, `code` how
    the program exits.
    """

    def __init__(
        self, message: Message | str, *, code: ExitCode, advice: Message | str = ""
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.advice = advice
