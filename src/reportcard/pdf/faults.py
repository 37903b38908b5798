"""Exceptions that say why a PDF cannot be used."""

from reportcard.messages.message import Message


class FaultError(Exception):
    """A PDF cannot be used: `message` says why, without a full stop."""

    def __init__(self, message: Message | str) -> None:
        super().__init__(message)
        self.message = message


class InvalidFileError(FaultError, ValueError):
    """A file is damaged, or is not of the kind that is needed."""
