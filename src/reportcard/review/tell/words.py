"""The words of reports, by language: `words.json`."""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def words() -> Mapping[str, Mapping[str, Any]]:
    """All of them: by language, then by group (`texts`, `kinds`, `acts`, `facts`, `values`)."""
    text = files("reportcard.review.tell").joinpath("words.json").read_text("utf-8")
    found: dict[str, Mapping[str, Any]] = json.loads(text)
    return found


def known(language: str) -> str:
    """The language itself, of `es-PE` es, if reports have words in it; else English."""
    base = language.partition("-")[0]
    return base if base in words() else "en"


def name(group: str, key: str, language: str) -> str:
    """What a kind, an act, a fact or a value is called in a language; the key if it has no name."""
    return str(words()[known(language)][group].get(key, key))
