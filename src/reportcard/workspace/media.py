"""The editions of a card."""

from enum import StrEnum


class Medium(StrEnum):
    """What an edition is for: the command line's `--edition`."""

    SCREEN = "screen"
    PRINT = "print"
    ARCHIVE = "archive"

    @property
    def standard(self) -> str:
        """The standard that such a file meets."""
        return {"screen": "PDF/UA-1", "print": "PDF/X-4", "archive": "PDF/A-3a"}[self]
