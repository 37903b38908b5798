"""WeasyPrint 70 finds its system libraries at once, instead of asking compilers for them.

Private: the lists of names in `weasyprint.text.ffi`, of which each ends with the soname on Linux.
`_dlopen` there tries each name with cffi, and cffi hands one without a slash or a dot to
`ctypes.util.find_library`: 22 questions, each of which starts compilers and linkers, 0.13 s of
0.33 s measured. Unanswered, the next name is tried; the soname is what the loader finds by itself.
"""

import ctypes.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def libraries_by_soname() -> Iterator[None]:
    """While this lasts, `find_library` finds nothing, on Linux."""

    def nothing(name: str) -> str | None:  # noqa: ARG001
        return None

    asked = ctypes.util.find_library
    if sys.platform == "linux":
        ctypes.util.find_library = nothing
    try:
        yield
    finally:
        ctypes.util.find_library = asked
