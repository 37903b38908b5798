"""The same paragraph in all languages of a card."""

from collections.abc import Iterator, Mapping
from typing import Any

from reportcard.checks.passages import PlainPassage, passages
from reportcard.content.shelf import Sourced

Counterparts = Mapping[str, tuple[PlainPassage, ...]]
"""By language, the passages that say the same: one each, or all of a field that is divided in
another way in each.
"""


def counterparts(files: Mapping[str, Sourced[Any]]) -> Iterator[Counterparts]:
    """The passages of a card's files, by field and paragraph."""
    fields: dict[str, dict[str, list[PlainPassage]]] = {}
    for language, sourced in files.items():
        for passage in passages(sourced, language):
            fields.setdefault(passage.path, {}).setdefault(language, []).append(passage)
    for path, found in fields.items():
        shapes = {
            (len(mine), *(type(block) for block in files[language].prose[path].blocks))
            for language, mine in found.items()
        }
        if len(shapes) == 1:
            for number in range(len(next(iter(found.values())))):
                yield {language: (mine[number],) for language, mine in found.items()}
        else:
            yield {language: tuple(mine) for language, mine in found.items()}
