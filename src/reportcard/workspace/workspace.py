"""The workspace: a folder with content/, styles/, figures/ and output/. Finds it, names its paths,
lets nothing out of it.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from unicodedata import normalize

from reportcard.errors import ExitCode, ReportCardError
from reportcard.messages.message import Message, message
from reportcard.workspace.replacement import finish_interrupted
from reportcard.workspace.system import MAXIMUM_SIZE, reason

#: The folder of the organizations' logos.
LOGOS: Final = "figures/organisations/"
MARK: Final = Path("content/edition.yaml")
#: The workspace in a page's addresses, so that no folder of this machine gets into a PDF.
BASE: Final = "https://report.invalid/"
#: The card of all countries, with its words in the shared wording; no country may be named so.
SCOREBOARD: Final = "scoreboard"
#: Folders of content/ that are not countries.
RESERVED: Final = frozenset({"wording", SCOREBOARD})
#: Names that Windows keeps for devices: it can have no such folder (Microsoft, "Naming Files,
#: Paths, and Namespaces"), and the workspace may be copied there.
DEVICES: Final = frozenset(
    {"con", "prn", "aux", "nul"}
    | {f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10)}
)

#: Signs and ends that no name has there.
_NOWHERE: Final = re.compile(r'[<>:"/\\|?*\x00-\x1f]|[. ]$')


def is_portable(name: str) -> bool:
    """Whether every system can have a folder of that name."""
    return not _NOWHERE.search(name) and name.partition(".")[0].lower() not in DEVICES


def like_others(name: str) -> str:
    """A folder's name as systems know it that do not tell capital letters apart (Windows, macOS),
    or the ways to write an accent (macOS).
    """
    return normalize("NFC", name).casefold()


def text_file(card: str, language: str) -> str:
    """The path of the file with a card's text: a country's own, or the shared wording."""
    return f"content/{'wording' if card == SCOREBOARD else card}/{language}.yaml"


def is_missing(path: Path) -> bool:
    """Whether there is nothing at a path. Where a folder may not be entered, nobody knows: no."""
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False


def _is_within(relative: str) -> bool:
    """Whether a path is one inside the workspace by its letters, whatever links make of it."""
    path = Path(relative)
    return not path.is_absolute() and ".." not in path.parts and "\0" not in relative


def read_within(path: Path, most: int = -1) -> bytes:
    """The bytes of a file, or so many of them at most. Raises OSError, or ValueError if it is a
    pipe or a device, or all of it is more than `MAXIMUM_SIZE`: a file may be a hole of terabytes.
    """
    if not path.is_dir() and not path.is_file() and path.exists():
        raise ValueError(message("it is not a file"))
    with path.open("rb") as file:
        if most < 0 and os.fstat(file.fileno()).st_size > MAXIMUM_SIZE:
            raise ValueError(message("it is larger than {size} MB", size=MAXIMUM_SIZE // 1_000_000))
        return file.read(most)


@dataclass(frozen=True, slots=True)
class Workspace:
    """An absolute, resolved folder. Paths inside it are relative to it, with `/`."""

    root: Path

    @classmethod
    def find(cls, start: Path) -> "Workspace":
        """The workspace at `start` or the nearest above it, as git does. What a killed command had
        written is put in its place first.

        Raises ReportCardError if there is none or its edition is no file (NO_WORKSPACE), or what
        was written cannot be finished (OUTPUT).
        """
        folder = start.resolve()
        for candidate in (folder, *folder.parents):
            finish_interrupted(candidate)
            if os.path.isfile(candidate / MARK):  # noqa: PTH113  no error for a closed folder
                return cls(candidate)
            _refuse_odd(candidate / MARK)
        raise ReportCardError(
            message(
                (
                    "there is no workspace in {folder} or any of its parent folders: {mark} is "
                    "missing."
                ),
                folder=str(start),
                mark=MARK.as_posix(),
            ),
            code=ExitCode.NO_WORKSPACE,
            advice=message(
                "Change to a workspace folder, specify one with --workspace, or create one "
                "with `reportcard init DIR`."
            ),
        )

    @property
    def output(self) -> Path:
        """Where finished files go by default."""
        return self.root / "output"

    @property
    def cache(self) -> Path:
        """Where finished work is stored (`workspace.store`); may be deleted at any moment."""
        return self.root / ".cache"

    @property
    def repository(self) -> Path:
        """The root of the git repository that the workspace is in, or else the workspace itself."""
        return next(
            (folder for folder in (self.root, *self.root.parents) if (folder / ".git").exists()),
            self.root,
        )

    def path(self, relative: str) -> Path:
        """The file at a path inside the workspace.

        Raises ValueError if the path, or a link on its way, leads out of the workspace.
        """
        try:
            path = (self.root / relative).resolve()
        except RuntimeError as error:
            raise ValueError(
                message("the symbolic links in {path} form a loop", path=relative)
            ) from error
        if not path.is_relative_to(self.root):
            raise ValueError(message("{path} points outside the workspace", path=relative))
        return path

    def exists(self, relative: str) -> bool:
        """Whether there is a file at that path, inside the workspace."""
        try:
            return self.path(relative).is_file()
        except (ValueError, OSError):
            return False

    def is_missing(self, relative: str) -> bool:
        """Whether there is nothing at that path, or it is outside the workspace. What may not be
        read, is a pipe or a folder, or is a link that leads out or in a circle, is there: reading
        it says what is wrong.
        """
        try:
            return is_missing(self.path(relative))
        except ValueError:
            return not _is_within(relative)
        except OSError:
            return False

    def closed_folder(self, relative: str) -> str:
        """The path of the folder that hides what is in it, on the way to a file; empty if all may
        be entered.
        """
        for folder in reversed(Path(relative).parents):
            try:
                (self.root / folder / "x").lstat()
            except PermissionError:
                return folder.as_posix()
            except (OSError, ValueError):
                continue
        return ""

    def read(self, relative: str, most: int = -1) -> bytes:
        """The bytes of a file inside the workspace, or so many of them at most. Raises ValueError
        or OSError, also for a pipe or a folder.
        """
        path = self.path(relative)
        if path.exists() and not path.is_file():
            raise ValueError(message("{path} is not a file", path=relative))
        return read_within(path, most)

    def countries(self) -> Iterator[str]:
        """The countries' folder names, sorted: every folder of content/ that holds a YAML file, but
        wording/ and scoreboard/.

        One that may not be read, or a link that leads nowhere, is a country too: its card must not
        be passed over.
        """
        for folder in sorted((self.root / "content").iterdir()):
            if (
                folder.name not in RESERVED
                and not folder.name.startswith(".")
                and _may_hold_yaml(folder)
            ):
                yield folder.name

    def is_taken(self, name: str) -> bool:
        """Whether a folder of content/ with files in it has that name."""
        return any((self.root / "content" / name).glob("*.yaml"))

    def languages(self, country: str) -> Iterator[str]:
        """The languages that a country's card is written in, sorted; `*.status.yaml` is never a
        language.

        Raises OSError if the folder may not be read.
        """
        for path in sorted(_yaml_files(self.root / "content" / country)):
            if path.name != "scores.yaml" and "." not in path.stem:
                yield path.stem

    @staticmethod
    def pictogram(name: str) -> str:
        """The path of a recommendation's pictogram, by its name."""
        return f"figures/pictograms/{name}.svg"

    def logo(self, organisation: str) -> str | None:
        """The path of an organization's own logo, if there is one."""
        return next(
            (
                name
                for ending in ("svg", "png", "jpg", "jpeg")
                if not self.is_missing(name := f"{LOGOS}{organisation}.{ending}")
            ),
            None,
        )


def _refuse_odd(mark: Path) -> None:
    """Raises ReportCardError (NO_WORKSPACE) if something is there under the name of the edition: a
    folder, a pipe, a link that leads nowhere.
    """
    why: Message | str = message("it is not a file")
    try:
        mark.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError as error:
        why = reason(error)
    else:
        if is_missing(mark):
            why = message("it is a link that leads nowhere")
    raise ReportCardError(
        message("{file} cannot be read: {reason}.", file=str(mark), reason=why),
        code=ExitCode.NO_WORKSPACE,
        advice=message("Replace it with a file, or restore it from a backup."),
    )


def _yaml_files(folder: Path) -> list[Path]:
    """Unlike `glob`, raises OSError if the folder cannot be read."""
    return [path for path in folder.iterdir() if path.suffix == ".yaml"]


def _may_hold_yaml(folder: Path) -> bool:
    try:
        if folder.is_dir():
            return bool(_yaml_files(folder))
    except OSError:
        return True
    return folder.is_symlink() and not folder.suffix and not folder.exists()
