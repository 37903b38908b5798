"""Pictures for pages that load nothing: as `data:` addresses, with twice the pixels that they are
shown in.
"""

from base64 import b64encode
from functools import cache
from io import BytesIO
from typing import Final

from PIL import Image, ImageOps

from reportcard.messages.message import message
from reportcard.page.styles import Styles
from reportcard.workspace.workspace import LOGOS

#: Screens of double density show so many pixels for one of the style sheet.
_DENSITY: Final = 2
#: A picture that is higher than so many times its width is no picture of a page.
_HIGHEST: Final = 4
#: Bytes of a picture that is left as it is. A page stays below 500 KB with three of them.
_HEAVY: Final = 90_000
_KINDS: Final = {"PNG": "png", "JPEG": "jpeg", "GIF": "gif", "WEBP": "webp"}


def embedded(styles: Styles, path: str) -> str:
    """The `data:` address of a picture of the workspace or theme, in the colours of its tokens if
    it is a drawing. One of pixels has twice as many as it is shown in (`web` in sizes.yaml).

    Raises ValueError or OSError if it cannot be read or shown.
    """
    data = styles.theme.read(path)
    if path.endswith(".svg"):
        return address(styles.coloured(data.decode("utf-8")).encode(), "svg+xml")
    shown = styles.sizes.web.logo if path.startswith(LOGOS) else styles.sizes.web.picture
    width = shown.width * _DENSITY
    return address(*_fitting(data, width, (shown.height or 0) * _DENSITY or width * _HIGHEST))


def address(data: bytes, kind: str) -> str:
    """The `data:` address of a picture."""
    return f"data:image/{kind};base64,{b64encode(data).decode()}"


@cache
def _fitting(data: bytes, width: int, height: int) -> tuple[bytes, str]:
    """A picture of pixels as browsers show it: as it is where it is small, else scaled down and
    written anew. One that moves stays as it is.
    """
    try:
        with Image.open(BytesIO(data)) as image:
            image.load()
            is_small = image.width <= width and image.height <= height and len(data) <= _HEAVY
            if image.format in _KINDS and (is_small or getattr(image, "n_frames", 1) > 1):
                return data, _KINDS[image.format]
            upright = ImageOps.exif_transpose(image)
            upright.thumbnail((width, height), Image.Resampling.LANCZOS)
            target = BytesIO()
            upright.convert("RGBA" if upright.has_transparency_data else "RGB").save(
                target, "WEBP", quality=80, method=4
            )
    except (OSError, SyntaxError, Image.DecompressionBombError) as error:
        raise ValueError(message("it is not in a recognized picture format")) from error
    return target.getvalue(), "webp"
