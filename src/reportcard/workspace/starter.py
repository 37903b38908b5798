"""The workspace that new ones are copied from."""

from importlib.resources import files
from pathlib import Path
from typing import Final

#: The theme of the starter.
STARTER_THEME: Final = "gold"


def starter_theme() -> Path:
    """The folder of the starter's theme."""
    return starter_folder() / "styles" / STARTER_THEME


def starter_folder() -> Path:
    """Where it is: beside the code of an installed package; a checkout is itself that workspace."""
    package = Path(str(files("reportcard")))
    starter = package / "starter"
    return starter if starter.is_dir() else package.parents[1]
