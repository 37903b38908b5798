"""What is translated: the fields of a card, or of the shared wording, in the source language and in
another.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from reportcard.content.fields import kind_of
from reportcard.content.loading import Content
from reportcard.content.segments import Segment, segments
from reportcard.content.shelf import Sourced, texts
from reportcard.content.tree import Text
from reportcard.problems.problem import Place

#: The shared wording is translated like a country's card.
WORDING: Final = "wording"


@dataclass(frozen=True, slots=True)
class Unit:
    """A field as it is to be translated. `source` is None where the source language does not have
    it, `target` where the other does not.

    `name` is the path of its keys; `place` is in the translation, or in the source while that is
    missing.
    """

    scope: str
    name: str
    source: Text | None
    target: Text | None
    place: Place

    @property
    def field(self) -> str:
        """The field id, `peru/context`."""
        return f"{self.scope}/{self.name}"

    @property
    def is_translated(self) -> bool:
        """Whether both languages have it."""
        return self.source is not None and self.target is not None

    @property
    def source_segments(self) -> tuple[Segment, ...]:
        """The blocks of the source."""
        return segments(self.source) if self.source is not None else ()

    @property
    def target_segments(self) -> tuple[Segment, ...]:
        """The blocks of the translation."""
        return segments(self.target) if self.target is not None else ()


@dataclass(frozen=True, slots=True)
class Pair:
    """A scope (a country, or the wording) in its source language and in another, with its units in
    the order of the file format.
    """

    scope: str
    source_language: str
    language: str
    units: tuple[Unit, ...]

    @property
    def file(self) -> str:
        """The translation's file, by its path in the workspace."""
        return f"content/{self.scope}/{self.language}.yaml"

    @property
    def source_file(self) -> str:
        """The file that it is translated from."""
        return f"content/{self.scope}/{self.source_language}.yaml"

    @property
    def sidecar(self) -> str:
        """The file that keeps from which source text it was translated."""
        return f"content/{self.scope}/{self.language}.status.yaml"


def pairs(content: Content, scopes: tuple[str, ...], languages: tuple[str, ...]) -> Iterator[Pair]:
    """Every scope asked for (none: all) in every language asked for (none: all) that is not its
    source's.
    """
    for scope in scopes or (WORDING, *content.cards):
        files: Mapping[str, Sourced[Any]] = (
            content.wordings if scope == WORDING else content.cards[scope]
        )
        source_language = content.source_language(scope)
        source = _texts(files.get(source_language))
        for language in languages or tuple(content.edition.model.languages):
            if language != source_language:
                yield Pair(
                    scope, source_language, language, tuple(_units(scope, source, files, language))
                )


def _units(
    scope: str, source: Mapping[str, Text], files: Mapping[str, Sourced[Any]], language: str
) -> Iterator[Unit]:
    target = _texts(files.get(language))
    for name in dict.fromkeys((*source, *target)):
        one, other = source.get(name), target.get(name)
        place = other if other is not None else one
        assert place is not None
        yield Unit(scope, name, one, other, place.place)


def _texts(sourced: Sourced[Any] | None) -> dict[str, Text]:
    if sourced is None:
        return {}
    named = ((".".join(path), text) for path, text in texts(sourced.model))
    return {
        name: text
        for name, text in named
        if kind_of(name).is_exchanged and name not in sourced.fallen
    }
