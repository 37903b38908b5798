"""The commands: parse, call, print, exit. The only room that does any of these.

Nothing heavy is imported before a command needs it: `reportcard --help` answers at once.
"""

import os
import sys

import typer

from reportcard.cli import cards, files, intake, preview, reviews, translations
from reportcard.cli.app import app, say_error
from reportcard.errors import ExitCode, ReportCardError

__all__ = ["cards", "files", "intake", "main", "preview", "reviews", "translations"]


def main() -> None:
    """Runs the command line; whatever happens ends in an exit code and a message, never in a traceback."""
    try:
        sys.exit(app(standalone_mode=False) or ExitCode.OK)
    except ReportCardError as error:
        say_error(error.message, error.advice)
        sys.exit(error.code)
    except (KeyboardInterrupt, typer.Abort):
        say_error("stopped.", ExitCode.INTERRUPTED.meaning)
        sys.exit(ExitCode.INTERRUPTED)
    except BrokenPipeError:
        # The reader of a pipe went away (… | head): there is nobody to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(ExitCode.OK)
    except Exception as error:
        if hasattr(error, "format_message"):  # how click tells wrong usage
            say_error(f"{error.format_message()}".rstrip("."), "See reportcard --help.")
            sys.exit(ExitCode.USAGE)
        if os.environ.get("REPORTCARD_DEBUG"):
            raise
        say_error(
            f"a fault of the program itself: {type(error).__name__}: {error}",
            "Nothing was changed. Please report it; REPORTCARD_DEBUG=1 shows where it happened.",
        )
        sys.exit(ExitCode.INTERNAL)
