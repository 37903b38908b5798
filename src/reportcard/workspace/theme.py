"""Where the files of a theme are: in a folder of styles/, laid over the folder of a package."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Final

from reportcard.workspace.packages import Group, folders
from reportcard.workspace.workspace import Workspace, is_missing, read_within

STYLES: Final = "styles"
#: Folders of one theme, which are no themes where its files lie loose in styles/.
_PARTS: Final = frozenset({"art", "fonts", "templates"})


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme of a workspace: its folder there, and that of the package it comes from, if any. A
    file in the first takes the place of the one of its name in the second.

    Files are named by their paths in the workspace, also where only the package has them:
    `styles/atlas/tokens.yaml`.
    """

    workspace: Workspace
    folder: str = STYLES
    package: Path | None = None

    @property
    def is_loose(self) -> bool:
        """Whether its files lie in styles/ itself, as they did before there were folders."""
        return self.folder == STYLES

    def path(self, name: str) -> str:
        """The path of one of its files: `tokens.yaml`."""
        return f"{self.folder}/{name}"

    def file(self, path: str) -> Path:
        """The file at a path of the workspace, there or in the package.

        Raises ValueError if the path leads out of the workspace or the package.
        """
        own = self.workspace.path(path)
        if self.package is None or not path.startswith(f"{self.folder}/") or not is_missing(own):
            return own
        inside = (self.package / path.removeprefix(f"{self.folder}/")).resolve()
        return inside if inside.is_relative_to(self.package.resolve()) else own

    def exists(self, path: str) -> bool:
        """Whether there is a file at that path."""
        try:
            return self.file(path).is_file()
        except (ValueError, OSError):
            return False

    def is_missing(self, path: str) -> bool:
        """Whether there is nothing at that path; what may not be read is there."""
        try:
            return is_missing(self.file(path))
        except ValueError:
            return self.workspace.is_missing(path)
        except OSError:
            return False

    def read(self, path: str) -> bytes:
        """The bytes of the file at a path. Raises ValueError or OSError."""
        file = self.file(path)
        is_own = file == self.workspace.path(path)
        return self.workspace.read(path) if is_own else read_within(file)

    def paths(self, pattern: str) -> tuple[str, ...]:
        """The paths of its files that match a pattern of their names, sorted."""
        found = {
            self.path(file.relative_to(folder).as_posix())
            for folder in (self.workspace.root / self.folder, self.package)
            if folder is not None
            for file in folder.glob(pattern)
        }
        return tuple(sorted(found))


def packaged_themes() -> Mapping[str, Path]:
    """The folders of the themes that come with the program and with packages, by name."""
    own = Path(str(files("reportcard"))) / "themes"
    return {
        **{one.name: one for one in sorted(own.iterdir()) if one.is_dir()},
        **folders(Group.THEMES),
    }


def theme_names(workspace: Workspace) -> tuple[str, ...]:
    """The names of the theme folders in styles/, sorted."""
    return tuple(_names(workspace.root / STYLES))


def _names(folder: Path) -> Iterator[str]:
    for one in sorted(folder.iterdir()) if folder.is_dir() else ():
        if one.is_dir() and one.name not in _PARTS and _has_styles(one):
            yield one.name


def _has_styles(folder: Path) -> bool:
    return (folder / "tokens.yaml").exists() or any(folder.glob("*.css"))


def named_theme(workspace: Workspace, name: str) -> Theme | None:
    """The theme of a name: of the workspace, of a package, or of both. None if there is none."""
    package = packaged_themes().get(name)
    if package is None and name not in theme_names(workspace):
        return None
    return Theme(workspace, f"{STYLES}/{name}", package)


def default_theme(workspace: Workspace) -> Theme | None:
    """The theme of a workspace that names none: that of its only folder in styles/, or files that
    lie loose there. None if there are several, or none.
    """
    if _has_styles(workspace.root / STYLES):
        return Theme(workspace)
    names = theme_names(workspace)
    return named_theme(workspace, names[0]) if len(names) == 1 else None


def is_font(path: str) -> bool:
    """Whether a path of the workspace is that of a theme's font."""
    return path.startswith(f"{STYLES}/") and "/fonts/" in path
