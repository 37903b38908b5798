"""What WeasyPrint 70 imports of fontTools and seldom calls is imported when it is called.

Private: `weasyprint.pdf.fonts` imports the subsetter and the instancer at its head, and uses them
where HarfBuzz cannot subset a font, and for variable fonts: 0.05 s and 20 MB for nothing.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Any, Final

_SELDOM_CALLED: Final = ("fontTools.subset", "fontTools.varLib", "fontTools.varLib.instancer")


@contextmanager
def seldom_called_deferred() -> Iterator[None]:
    """While this lasts, modules that import those parts get what imports them later."""
    later = {name: _Later(name) for name in _SELDOM_CALLED if name not in sys.modules}
    sys.modules.update(later)
    try:
        yield
    finally:
        for name in later:
            del sys.modules[name]


class _Later(ModuleType):
    """Stands for a module while others import from it: its functions and classes import the module
    itself when they are called.
    """

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)

        def called(*args: Any, **named: Any) -> Any:
            return getattr(import_module(self.__name__), name)(*args, **named)

        return called
