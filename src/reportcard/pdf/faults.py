"""The exception that says why a PDF cannot be used."""

from reportcard.errors import FaultError


class InvalidFileError(FaultError, ValueError):
    """A file is damaged, or is not of the kind that is needed."""
