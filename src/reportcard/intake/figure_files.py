"""The files of a manuscript's pictures, below figures/: each has a name of its own, and one that is
there already is used again.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from reportcard.intake.blocks import (
    Manuscript,
    ManuscriptExhibit,
    ManuscriptFigure,
    exhibits_changed,
    exhibits_of,
)
from reportcard.intake.names import slug
from reportcard.messages.message import Message, message
from reportcard.workspace.workspace import Workspace

_FOLDER: Final = "figures"


@dataclass(slots=True)
class _Shelves:
    """Pictures that were given a file so far."""

    workspace: Workspace
    country: str
    files: dict[str, bytes] = field(default_factory=dict)
    by_data: dict[bytes, str] = field(default_factory=dict)

    def filed(self, one: ManuscriptExhibit) -> ManuscriptExhibit:
        """A picture with its path in the workspace."""
        if not isinstance(one, ManuscriptFigure):
            return one
        if one.data not in self.by_data:
            caption = one.legend.caption.text if one.legend.caption else ""
            words = f"{self.country}-{slug(caption or one.alt, 'figure')}"
            self.by_data[one.data] = self._path(words, one)
        return replace(one, file=self.by_data[one.data])

    def _path(self, name: str, one: ManuscriptFigure) -> str:
        number = 1
        while True:
            path = f"{_FOLDER}/{name}{'' if number == 1 else f'-{number}'}.{one.ending}"
            if self._is_same(path, one.data):
                return path
            if path not in self.files and not self._is_taken(path):
                self.files[path] = one.data
                return path
            number += 1

    def _is_same(self, path: str, data: bytes) -> bool:
        """Whether the workspace has the same picture under that name."""
        try:
            return self.workspace.exists(path) and self.workspace.read(path) == data
        except (OSError, ValueError):
            return False

    def _is_taken(self, path: str) -> bool:
        """Whether something has that name; also a link that leads nowhere, or out."""
        return (self.workspace.root / path).is_symlink() or (self.workspace.root / path).exists()


def filed(
    manuscript: Manuscript, workspace: Workspace, country: str
) -> tuple[Manuscript, Mapping[str, bytes]]:
    """A manuscript with a path for each picture, and the files that are new, by their path."""
    shelves = _Shelves(workspace, country)
    blocks = tuple(exhibits_changed(one, shelves.filed) for one in manuscript.blocks)
    return replace(manuscript, blocks=blocks), shelves.files


def untold(manuscript: Manuscript) -> tuple[Message, ...]:
    """A remark on each picture without alternative text."""
    files = (
        one.file
        for one in exhibits_of(manuscript.blocks)
        if isinstance(one, ManuscriptFigure) and not one.alt
    )
    return tuple(
        message(
            '{file} has no alternative text. "…" was inserted instead: write what the picture '
            "shows.",
            file=file,
        )
        for file in dict.fromkeys(files)
    )
