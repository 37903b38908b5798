"""How much ink lies on a page at most, measured on its separations as Ghostscript makes them."""

import shutil
import subprocess
from collections.abc import Iterator
from typing import Final

#: Fine enough for a letter's stem to fill a pixel, coarse enough to take half a second a card.
_DPI: Final = 72
_TIMEOUT_S: Final = 120


class CoverageError(Exception):
    """The pages could not be separated; says why."""


def program() -> str | None:
    """Where Ghostscript is, or None."""
    return shutil.which("gs") or shutil.which("gswin64c")


def coverage(data: bytes) -> tuple[float, ...]:
    """The most ink on each page, in percent of one plate's full tone (400 is the most there can be).

    The file goes in by standard input and pixels come out: no file is written. Ghostscript runs in its safe mode, in which
    a document reads and writes nothing. Raises CoverageError.
    """
    gs = program()
    if gs is None:
        raise CoverageError("Ghostscript is not installed")
    command = [gs, "-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", "-sDEVICE=pamcmyk32", f"-r{_DPI}", "-sOutputFile=%stdout", "-"]  # fmt: skip
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=_TIMEOUT_S, check=True)
    except subprocess.TimeoutExpired as error:
        raise CoverageError(f"Ghostscript took longer than {_TIMEOUT_S} s") from error
    except (OSError, subprocess.CalledProcessError) as error:
        raise CoverageError("Ghostscript could not draw the pages") from error
    return tuple(_most(done.stdout))


def _most(told: bytes) -> Iterator[float]:
    """The largest sum of four inks on each page of a run of PAM pictures, 8 bits an ink."""
    import numpy as np

    at = 0
    while at < len(told):
        end = told.index(b"ENDHDR\n", at) + len(b"ENDHDR\n")
        header = dict(line.split(None, 1) for line in told[at:end].splitlines() if len(line.split(None, 1)) == 2)
        size = int(header[b"WIDTH"]) * int(header[b"HEIGHT"])
        inks = np.frombuffer(told, np.uint8, size * 4, end).reshape(-1, 4)
        yield round(float(inks.sum(axis=1, dtype=np.int32).max()) / 2.55, 1)
        at = end + size * 4
