"""Catalogues of messages, one gettext file for a language, and the reader's language.

English is in the code. A package brings messages of its own as `messages/<language>.po` beside the
module that an entry point of it names.
"""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from gettext import NullTranslations

SOURCE: Final = "en"
#: The environment variable that names the language; it comes before the locale's.
VARIABLE: Final = "REPORTCARD_LANGUAGE"
#: Where POSIX keeps the language of messages, the first that is set (IEEE Std 1003.1, 8.2).
_LOCALE: Final = ("LC_ALL", "LC_MESSAGES", "LANG")

#: For what is written in another language than the process's: a request, a program's format.
_SPOKEN: Final[ContextVar[str]] = ContextVar("spoken", default="")
_process = SOURCE
_folders: list[Path] = [Path(__file__).parent]


def reader() -> str:
    """The language that messages are written in now."""
    return _SPOKEN.get() or _process


def speak(language: str) -> None:
    """Has this process write messages in a language from now on."""
    global _process  # noqa: PLW0603  the one choice of a process, made at its start
    _process = language


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Writes messages in a language inside this `with` block, in this thread only."""
    token = _SPOKEN.set(language)
    try:
        yield
    finally:
        _SPOKEN.reset(token)


def languages() -> tuple[str, ...]:
    """The languages that messages exist in, English first; with those of packages, if they were
    added.
    """
    found = {file.stem for folder in _folders for file in folder.glob("*.po")}
    return (SOURCE, *sorted(found))


def chosen(environment: Mapping[str, str] = os.environ) -> str:
    """The language that the environment or the locale asks for; the source's if there are no
    messages in it.
    """
    language = wished(environment)
    return language if language != SOURCE and language in languages() else SOURCE


def wished(environment: Mapping[str, str] = os.environ) -> str:
    """The language that the environment or the locale asks for, whether or not there are messages
    in it. C and POSIX, the locales of no language, are the source's.
    """
    wish = next((environment[name] for name in (VARIABLE, *_LOCALE) if environment.get(name)), "")
    language = language_of(wish)
    return SOURCE if language in ("", "c", "posix") else language


def language_of(locale: str) -> str:
    """The language of a locale's name: that of `es_PE.UTF-8` and of `es-PE` is es."""
    return locale.replace("-", "_").partition("_")[0].partition(".")[0].lower()


def add_folder(folder: Path) -> None:
    """Has a package's messages looked up, too."""
    if folder.is_dir() and folder not in _folders:
        _folders.append(folder)
        _catalogue.cache_clear()


def translated(text: str, plural: str, count: int, language: str) -> str:
    """The text in a language, in the form that a number asks for if there are two; the text itself
    where the language has none.
    """
    if language == SOURCE:
        return plural if plural and count != 1 else text
    catalogue = _catalogue(language)
    return catalogue.ngettext(text, plural, count) if plural else catalogue.gettext(text)


@cache
def _catalogue(language: str) -> "NullTranslations":
    """The program's messages and those of packages; unfinished ones (fuzzy) are left out."""
    from gettext import GNUTranslations, NullTranslations
    from io import BytesIO

    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    found = NullTranslations()
    for folder in _folders:
        file = folder / f"{language}.po"
        if file.is_file():
            compiled = BytesIO()
            with file.open("rb") as source:
                write_mo(compiled, read_po(source, locale=language))
            compiled.seek(0)
            found.add_fallback(GNUTranslations(compiled))
    return found
