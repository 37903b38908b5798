"""A module of WeasyPrint 70 whose asserts do work is compiled with them, for Python without
asserts.

Private: `weasyprint.css.validation.expanders`, where the shorthand `background` is read by
`assert add('position', position)` and `assert add('size', …)`. With PYTHONOPTIMIZE both would be
lost.
"""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from importlib.util import spec_from_file_location
from types import CodeType, ModuleType
from typing import Final

_EXPANDERS: Final = "weasyprint.css.validation.expanders"


@contextmanager
def asserts_kept() -> Iterator[None]:
    """While this lasts, that module is imported with its asserts."""
    sys.meta_path.insert(0, _WorksInAsserts)
    try:
        yield
    finally:
        sys.meta_path.remove(_WorksInAsserts)


class _WorksInAsserts(MetaPathFinder):
    """Finds that module if asserts are off. It is compiled in memory, never from or to a file that
    other programs share.
    """

    @classmethod
    def find_spec(
        cls, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """The module, if it is that one and asserts are off."""
        found = (
            PathFinder.find_spec(name, path, target)
            if name == _EXPANDERS and sys.flags.optimize
            else None
        )
        return found and spec_from_file_location(
            name, found.origin, loader=_Asserting(name, str(found.origin))
        )


class _Asserting(SourceFileLoader):
    def get_code(self, fullname: str) -> CodeType:  # noqa: ARG002  the loader's own signature
        return compile(self.get_data(self.path), self.path, "exec", dont_inherit=True, optimize=0)
