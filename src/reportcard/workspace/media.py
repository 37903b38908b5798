"""The editions of a card: the program's own, and those that packages add. An edition is known by
its name, which `--edition` takes and files bear.
"""

import re
from enum import StrEnum
from functools import cache
from typing import Final

from reportcard.errors import ExitCode, ReportCardError
from reportcard.messages.message import message
from reportcard.workspace.packages import Group, names

#: A name that cannot be taken for a language in that of a file.
_NAME: Final = re.compile(r"[a-z]{4,20}")
#: What a manifest calls the file of several languages.
BILINGUAL: Final = "bilingual"


class Medium(StrEnum):
    """The program's own editions."""

    SCREEN = "screen"
    PRINT = "print"
    ARCHIVE = "archive"

    @property
    def standard(self) -> str:
        """The standard that such a file meets."""
        return {"screen": "PDF/UA-1", "print": "PDF/X-4", "archive": "PDF/A-3a"}[self]


@cache
def added_editions() -> tuple[str, ...]:
    """The names of the editions that packages add.

    Raises ReportCardError (USAGE) if one is not a name for an edition.
    """
    added = names(Group.EDITIONS)
    for name in added:
        if not _NAME.fullmatch(name) or name in (*Medium, BILINGUAL):
            raise ReportCardError(
                message(
                    '"{name}" is not a valid name for an edition added by a package.', name=name
                ),
                code=ExitCode.USAGE,
                advice=message(
                    "An edition name must have 4 to 20 lowercase letters. Report this to the "
                    "package's authors, and uninstall the package for now."
                ),
            )
    return added


def known_editions() -> tuple[str, ...]:
    """The names of all editions, the program's own first."""
    return (*map(str, Medium), *added_editions())


def edition_named(name: str) -> str:
    """An edition by its name. Raises ReportCardError (USAGE) if there is none."""
    if name not in known_editions():
        raise ReportCardError(
            message('there is no edition "{name}".', name=name),
            code=ExitCode.USAGE,
            advice=message("Available editions: {editions}.", editions=known_editions()),
        )
    return name
