"""How much ink lies on a page at most, measured on its separations as Ghostscript makes them."""

import subprocess
import tempfile
import threading
from collections.abc import Iterator
from typing import IO, Final

from reportcard.errors import FaultError
from reportcard.messages.message import message
from reportcard.workspace.fingerprint import ghostscript

#: Fine enough for a letter's stem to fill a pixel, coarse enough to take half a second a card.
_DPI: Final = 72
_TIMEOUT_S: Final = 60


class CoverageError(FaultError):
    """The pages cannot be separated."""


def coverage(data: bytes) -> tuple[float, ...]:
    """The most ink on each page, in percent of one plate's full tone (400 is the most there can
    be).

    The file goes in by standard input and pixels come out. Ghostscript runs in its safe mode, in
    which a document reads and writes nothing. Raises CoverageError.
    """
    gs = ghostscript()
    if gs is None:
        raise CoverageError(message("Ghostscript is not installed"))
    command = [
        gs,
        "-q",
        "-dSAFER",
        "-dBATCH",
        "-dNOPAUSE",
        "-sDEVICE=pamcmyk32",
        f"-r{_DPI}",
        "-sOutputFile=%stdout",
        "-",
    ]
    with tempfile.TemporaryFile() as source:
        source.write(data)
        source.seek(0)
        try:
            process = subprocess.Popen(
                command, stdin=source, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
        except OSError as error:
            raise CoverageError(message("Ghostscript cannot be started")) from error
        timer = threading.Timer(_TIMEOUT_S, process.kill)
        timer.start()
        try:
            assert process.stdout
            most = tuple(_most(process.stdout))
        except ValueError as error:
            raise CoverageError(message("Ghostscript stopped before the last page")) from error
        finally:
            in_time = timer.is_alive()
            timer.cancel()
            process.kill()
            process.communicate()
    if not in_time:
        raise CoverageError(message("Ghostscript took more than {seconds} s", seconds=_TIMEOUT_S))
    if not most:
        raise CoverageError(message("Ghostscript cannot render the pages"))
    return most


def _most(pipe: IO[bytes]) -> Iterator[float]:
    """The largest sum of four inks on each page of a run of PAM pictures, 8 bits an ink; one page
    at a time is in memory.

    Raises ValueError if the run ends within a picture.
    """
    import numpy as np

    while line := pipe.readline():
        header = {}
        while line.strip() != b"ENDHDR":
            name, _, value = line.strip().partition(b" ")
            header[name] = value
            line = pipe.readline()
            if not line:
                raise ValueError("no picture")
        size = int(header.get(b"WIDTH", b"0")) * int(header.get(b"HEIGHT", b"0")) * 4
        pixels = pipe.read(size)
        if len(pixels) < size:
            raise ValueError("half a picture")
        inks = np.frombuffer(pixels, np.uint8).reshape(-1, 4)
        yield round(float(inks.sum(axis=1, dtype=np.int32).max()) / 2.55, 1)
