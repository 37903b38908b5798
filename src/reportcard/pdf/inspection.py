"""Preflight of a file from anywhere, within the bounds of a process of its own."""

from pathlib import Path

from reportcard.pdf.preflight import Inspection, preflight, unreadable
from reportcard.workspace.bounds import UnreadableError, apart, read


def inspect(file: Path, media: tuple[str, ...]) -> Inspection:
    """Inspects a PDF, ours or not, for some editions. One that does not exist, or is not a file,
    is reported as unreadable.
    """
    try:
        return apart(preflight, read(file), str(file), media)
    except UnreadableError as error:
        return unreadable(str(file), error.message)
