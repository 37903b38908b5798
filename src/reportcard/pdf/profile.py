"""The ICC profile of a printing condition: found, and read as far as a print edition needs it
(ICC.1:2010, clause 7.2).
"""

from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Final

from PIL import ImageCms

from reportcard.workspace.workspace import Workspace

#: Where systems keep the CMYK profile that comes with Ghostscript: Debian and Fedora, then
#: Homebrew.
_SYSTEM: Final = (
    "/usr/share/color/icc/ghostscript/default_cmyk.icc",
    "/opt/homebrew/share/ghostscript/**/default_cmyk.icc",
    "/usr/local/share/ghostscript/**/default_cmyk.icc",
)
_SPACES: Final = {b"CMYK": 4, b"RGB ": 3, b"GRAY": 1}


@dataclass(frozen=True, slots=True)
class Profile:
    """An ICC profile: its bytes, the file's name, its class (`prtr` is an output device) and how
    many inks or lights it has.
    """

    data: bytes
    name: str
    kind: str
    components: int

    @property
    def is_press(self) -> bool:
        """Whether it describes printing in cyan, magenta, yellow and black."""
        return self.kind == "prtr" and self.components == 4

    @property
    def sha256(self) -> str:
        """The digest of its bytes."""
        return sha256(self.data).hexdigest()


class ProfileError(Exception):
    """There is no profile to print with: `message` says why, `advice` what to do."""

    def __init__(self, message: str, advice: str) -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice


def read_profile(data: bytes, name: str) -> Profile:
    """A profile from its bytes. Raises ValueError if they are none, or not all of one."""
    if len(data) < 128 or data[36:40] != b"acsp":
        raise ValueError("this is no ICC profile")
    if int.from_bytes(data[:4]) != len(data):
        raise ValueError("this ICC profile is cut off, or has something after its end")
    return Profile(data, name, data[12:16].decode("latin-1"), _SPACES.get(data[16:20], 0))


def system_profiles() -> tuple[Path, ...]:
    """The CMYK profiles that the system has, the one that is taken first."""
    return tuple(
        path for pattern in _SYSTEM for path in sorted(Path("/").glob(pattern.removeprefix("/")))
    )


def press_profile(workspace: Workspace, path: str | None) -> Profile:
    """The profile that the edition names by its path in the workspace, or the system's.

    Raises ProfileError if it is missing or describes no printing in four inks.
    """
    if path:
        try:
            data = workspace.read(path)
        except (OSError, ValueError) as error:
            raise ProfileError(
                f"the ICC profile {path} cannot be read: {error}.",
                "Put it there, or mend print › profile in content/edition.yaml.",
            ) from error
    else:
        found = next(iter(system_profiles()), None)
        if found is None:
            raise ProfileError(
                "there is no ICC profile for the print edition.",
                "Install libgs-common (Debian) or ghostscript (Homebrew), or name a profile in"
                " content/edition.yaml under print › profile.",
            )
        path, data = str(found), found.read_bytes()
    try:
        profile = read_profile(data, Path(path).name)
    except ValueError as error:
        raise ProfileError(
            f"{path}: {error}.", "Take the profile that the printer gives."
        ) from error
    if not profile.is_press:
        raise ProfileError(
            f"{path} is no profile of printing in four inks.",
            "Take the CMYK profile that the printer gives.",
        )
    try:
        ImageCms.buildTransform(
            ImageCms.createProfile("sRGB"), ImageCms.ImageCmsProfile(BytesIO(data)), "RGB", "CMYK"
        )
    except (ImageCms.PyCMSError, OSError) as error:
        raise ProfileError(
            f"{path} cannot be used: no colour can be converted with it.",
            "Take the profile again from the printer.",
        ) from error
    return profile
