"""Whether a picture of pixels can be read to its end."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from io import BytesIO
from typing import Final

from PIL import Image, ImageFile, UnidentifiedImageError

#: Kinds that can be set on a page. Others would be read by programs of the system.
_KINDS: Final = ("PNG", "JPEG", "GIF", "WEBP", "TIFF", "BMP")
#: The most pixels: a page of A3 at 600 dpi has 70 million. They take four bytes each when read.
_MOST_PIXELS: Final = 80_000_000
#: How pixels may be kept: with 8 bits per channel, or fewer.
_MODES: Final = ("1", "L", "LA", "P", "PA", "RGB", "RGBA", "RGBX")


@lru_cache(maxsize=64)
def picture_fault(data: bytes) -> str:
    """What is wrong with a picture: it is `cut` off, has too many `pixels`, is in `inks`, has more
    `depth` than can be printed, or is of no `kind` that can be set. Empty if it is whole.
    """
    try:
        # The engine reads leniently, and stumbles over ends that a strict reader never looks at
        for is_lenient in (False, True):
            with (
                _reading(is_lenient=is_lenient),
                Image.open(BytesIO(data), formats=_KINDS) as image,
            ):
                if image.width * image.height > _MOST_PIXELS:
                    return "pixels"
                image.load()
                if image.mode not in _MODES:
                    return "inks" if image.mode == "CMYK" else "depth"
    except UnidentifiedImageError:
        return "kind"
    except Image.DecompressionBombError:
        return "pixels"
    except Exception:  # whatever a damaged file makes the library do
        return "cut"
    return ""


@contextmanager
def _reading(*, is_lenient: bool) -> Iterator[None]:
    """Pillow with or without the leniency that WeasyPrint asks of it for the whole process: a
    picture that is cut off is no picture.
    """
    before = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = is_lenient
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before
