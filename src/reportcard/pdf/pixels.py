"""Whether a picture of pixels can be read to its end."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from io import BytesIO
from typing import Final

from PIL import Image, ImageFile, UnidentifiedImageError

#: Kinds that can be set on a page. Others would be read by programs of the system.
_KINDS: Final = ("PNG", "JPEG", "GIF", "WEBP", "TIFF", "BMP")


@lru_cache(maxsize=64)
def picture_fault(data: bytes) -> str:
    """What is wrong with a picture: it is `cut` off, too `large` to be read, or of no `kind` that
    can be set. Empty if it is whole.
    """
    try:
        with _whole_only(), Image.open(BytesIO(data), formats=_KINDS) as image:
            image.load()
    except UnidentifiedImageError:
        return "kind"
    except Image.DecompressionBombError:
        return "pixels"
    except (OSError, SyntaxError, ValueError, EOFError):
        return "cut"
    return ""


@contextmanager
def _whole_only() -> Iterator[None]:
    """Pillow without the leniency that WeasyPrint asks of it for the whole process: a picture that
    is cut off is no picture.
    """
    before = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before
