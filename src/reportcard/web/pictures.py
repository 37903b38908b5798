"""Pictures for pages that load nothing: as `data:` addresses, no larger than a screen needs."""

from base64 import b64encode
from functools import cache
from io import BytesIO
from typing import Final

from PIL import Image, ImageOps

from reportcard.messages.message import message
from reportcard.page.styles import Styles
from reportcard.workspace.workspace import Workspace

#: Twice the width of the text on a wide screen, in pixels: enough for screens of double density.
_WIDEST: Final = 1360
#: Bytes of a picture that is left as it is. A page stays below 500 KB with three of them.
_HEAVY: Final = 90_000
_KINDS: Final = {"PNG": "png", "JPEG": "jpeg", "GIF": "gif", "WEBP": "webp"}


def embedded(workspace: Workspace, styles: Styles, path: str) -> str:
    """The `data:` address of a picture of the workspace, in the colours of its tokens if it is a
    drawing.

    Raises ValueError or OSError if it cannot be read or shown.
    """
    data = workspace.read(path)
    if path.endswith(".svg"):
        return address(styles.coloured(data.decode("utf-8")).encode(), "svg+xml")
    return address(*_fitting(data))


def address(data: bytes, kind: str) -> str:
    """The `data:` address of a picture."""
    return f"data:image/{kind};base64,{b64encode(data).decode()}"


@cache
def _fitting(data: bytes) -> tuple[bytes, str]:
    """A picture of pixels as browsers show it: as it is where it is small, else scaled down and
    written anew.
    """
    try:
        with Image.open(BytesIO(data)) as image:
            image.load()
            is_light = image.width <= _WIDEST and len(data) <= _HEAVY
            if image.format in _KINDS and (is_light or image.format == "GIF"):
                return data, _KINDS[image.format]
            upright = ImageOps.exif_transpose(image)
            upright.thumbnail((_WIDEST, _WIDEST * 4), Image.Resampling.LANCZOS)
            target = BytesIO()
            upright.convert("RGBA" if upright.has_transparency_data else "RGB").save(
                target, "WEBP", quality=80, method=4
            )
    except (OSError, SyntaxError, Image.DecompressionBombError) as error:
        raise ValueError(message("it is not in a recognized picture format")) from error
    return target.getvalue(), "webp"
