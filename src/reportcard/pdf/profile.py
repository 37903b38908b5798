"""The ICC profile of a printing condition: found, and read as far as a print edition needs it
(ICC.1:2010, clause 7.2).
"""

from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Final

from PIL import ImageCms

from reportcard.messages.message import Message, message
from reportcard.pdf.faults import InvalidFileError
from reportcard.workspace.system import reason
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
    """No profile can be used to print with: `message` says why, `advice` what to do."""

    def __init__(self, message: Message, advice: Message) -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice


def read_profile(data: bytes, name: str) -> Profile:
    """A profile from its bytes. Raises InvalidFileError if they are not one, or not all of it."""
    if len(data) < 128 or data[36:40] != b"acsp":
        raise InvalidFileError(message("it is not an ICC profile"))
    if int.from_bytes(data[:4]) != len(data):
        raise InvalidFileError(message("it is truncated or has extra data at the end"))
    return Profile(data, name, data[12:16].decode("latin-1"), _SPACES.get(data[16:20], 0))


def system_profiles() -> tuple[Path, ...]:
    """The CMYK profiles that the system has, the one that is taken first."""
    return tuple(
        path for pattern in _SYSTEM for path in sorted(Path("/").glob(pattern.removeprefix("/")))
    )


def press_profile(workspace: Workspace, path: str | None) -> Profile:
    """The profile that the edition names by its path in the workspace, or the system's.

    Raises ProfileError if it is missing or is not for printing in four inks.
    """
    if path:
        try:
            data = workspace.read(path)
        except (OSError, ValueError) as error:
            raise ProfileError(
                message(
                    "cannot read the ICC profile {path}: {error}.", path=path, error=reason(error)
                ),
                message(
                    "Copy the profile to that path, or correct print › profile in "
                    "content/edition.yaml."
                ),
            ) from error
    else:
        found = next(iter(system_profiles()), None)
        if found is None:
            raise ProfileError(
                message("cannot find an ICC profile for the print edition."),
                message(
                    "Install libgs-common (Debian) or ghostscript (Homebrew), or set a profile in "
                    "content/edition.yaml under print › profile."
                ),
            )
        path, data = str(found), found.read_bytes()
    try:
        profile = read_profile(data, Path(path).name)
    except InvalidFileError as error:
        raise ProfileError(
            message(
                "cannot use the ICC profile {path}: {reason}.", path=path, reason=error.message
            ),
            message("Use the profile from your printer."),
        ) from error
    if not profile.is_press:
        raise ProfileError(
            message("{path} is not a CMYK profile.", path=path),
            message("Use the CMYK profile from your printer."),
        )
    try:
        ImageCms.buildTransform(
            ImageCms.createProfile("sRGB"), ImageCms.ImageCmsProfile(BytesIO(data)), "RGB", "CMYK"
        )
    except (ImageCms.PyCMSError, OSError) as error:
        raise ProfileError(
            message("cannot convert colors with the ICC profile {path}.", path=path),
            message("Ask your printer for a new copy of the profile."),
        ) from error
    return profile
