"""Content whose passages and problems are placed in the text of their field, not in the file: by
row and column of the text, however it is folded and quoted in its file.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from reportcard.content.loading import Content
from reportcard.content.markdown import parse_prose
from reportcard.content.scalars import Line
from reportcard.content.shelf import Sourced, texts
from reportcard.content.tree import Scalar, Text
from reportcard.problems.problem import Place


@dataclass(frozen=True, slots=True)
class FieldText:
    """The text of a field in one language, as typed, with the keys that lead to it."""

    path: tuple[str, ...]
    text: Text

    def offset(self, place: Place) -> int:
        """The character of the text at a row and column of it."""
        rows = str(self.text).split("\n")
        return sum(len(row) + 1 for row in rows[: place.line - 1]) + place.column - 1


def field_texts(sourced: Sourced[Any]) -> dict[str, FieldText]:
    """The texts of a file by the name of their field, without those of another language's file."""
    return {
        ".".join(path): FieldText(path, text)
        for path, text in texts(sourced.model)
        if text.file == sourced.tree.file
    }


def placed_in_texts(content: Content, scope: str) -> Content:
    """The content with the prose of a scope (a country, `wording`) placed in its texts."""
    if scope not in content.cards:
        return replace(content, wordings=_placed(content, scope, content.wordings))
    cards = {**content.cards, scope: _placed(content, scope, content.cards[scope])}
    return replace(content, cards=MappingProxyType(cards))


def _placed(
    content: Content, scope: str, files: Mapping[str, Sourced[Any]]
) -> dict[str, Sourced[Any]]:
    houses = content.edition.model.languages
    return {
        language: _sourced(sourced, scope, houses[language].quotes)
        for language, sourced in files.items()
    }


def _sourced(sourced: Sourced[Any], scope: str, quotes: str) -> Sourced[Any]:
    prose = dict(sourced.prose)
    for name, field in field_texts(sourced).items():
        rows = tuple((row, 1) for row in range(1, str(field.text).count("\n") + 2))
        text = type(field.text)(str(field.text), field.text.file, Scalar(rows, "|"))
        prose[name], _ = parse_prose(
            text, f"{scope}/{name}", quotes, single_line=isinstance(text, Line)
        )
    return replace(sourced, prose=MappingProxyType(prose))
