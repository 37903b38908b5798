"""WeasyPrint, loaded when a page is set, and only if it is a version that the patches are made for.

Nothing outside this package imports it.
"""

from contextlib import redirect_stdout
from functools import cache
from importlib import import_module
from importlib.resources import files
from threading import Thread
from typing import Any, Final

from reportcard.errors import ExitCode, ReportCardError
from reportcard.messages.message import message
from reportcard.page.typeset.patches.asserts import asserts_kept
from reportcard.page.typeset.patches.imports import seldom_called_deferred
from reportcard.page.typeset.patches.sonames import libraries_by_soname
from reportcard.workspace.fingerprint import dotted, pango_version
from reportcard.workspace.system import is_memory_short

#: The version whose private parts the patches are made for.
_KNOWN: Final = 70
_REQUIREMENT: Final = f"'weasyprint>={_KNOWN},<{_KNOWN + 1}'"
#: Debian's packages of the libraries that it loads.
_PANGO: Final = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"


@cache
def engine() -> Any:
    """WeasyPrint, imported.

    Raises ReportCardError if a system library is missing, or if it is another version than 70.x,
    MemoryError if there is no room for one, RuntimeError if no thread can be started.
    """
    # Pango starts threads, and ends the process where it cannot
    one = Thread(target=int)
    one.start()
    one.join()
    try:
        with (
            redirect_stdout(None),  # it prints advice of its own
            asserts_kept(),
            seldom_called_deferred(),
            libraries_by_soname(),
        ):
            import weasyprint
    except OSError as error:
        if is_memory_short():
            raise MemoryError from error
        raise ReportCardError(
            message(
                "a system library that WeasyPrint needs is missing: {error}.",
                error=" ".join(str(error).split()),
            ),
            code=ExitCode.LAYOUT,
            advice=message(
                "Run `make cards`, or install Pango (on Debian: {packages}).", packages=_PANGO
            ),
        ) from error
    found = str(weasyprint.__version__)
    if found.partition(".")[0] != str(_KNOWN):
        raise ReportCardError(
            message(
                "WeasyPrint {found} is installed, but only {known}.x is supported.",
                found=found,
                known=_KNOWN,
            ),
            code=ExitCode.LAYOUT,
            advice=message("Run {command}.", command=f"pip install {_REQUIREMENT}"),
        )
    return weasyprint


def engine_versions() -> dict[str, str]:
    """The versions of the libraries of the system that the engine sets text with."""
    return {
        "pango": (
            pango_version()
            or dotted(import_module(f"{engine().__name__}.text.ffi").pango.pango_version())
        )
    }


def warm_up() -> None:
    """Loads the engine before it is needed."""
    engine()


def screen_profile() -> bytes:
    """The ICC profile of sRGB that comes with WeasyPrint, for files that name the meaning of their
    colours.
    """
    return (files(engine().__name__) / "pdf" / "sRGB2014.icc").read_bytes()
