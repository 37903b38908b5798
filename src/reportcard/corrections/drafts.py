"""Content with other bytes of some files, read from those and not from the disk."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from reportcard.content.loading import Content
from reportcard.content.model import Card
from reportcard.content.scalars import Frozen
from reportcard.content.shelf import ContentFile, Shelf, Sourced
from reportcard.content.wording import Wording


def files_of(content: Content, scope: str) -> Mapping[str, Sourced[Any]]:
    """The files of a scope (a country, `wording`) by language."""
    return content.cards.get(scope, content.wordings)


def redrafted(content: Content, scope: str, changed: Mapping[str, bytes]) -> Content:
    """The content as it would be with new bytes of some files of a scope. They must be readable."""
    is_card = scope in content.cards
    files = files_of(content, scope)
    kind: type[Frozen] = Card if is_card else Wording
    first = content.source_language(scope)
    made: dict[str, Sourced[Any]] = {}
    # The source language first: others may take fields from it
    for language in sorted(files, key=lambda name: name != first):
        house, path = content.edition.model.languages[language], files[language].tree.file
        fallback = made.get(first) if house.fallback else None
        file = ContentFile(path, kind, scope, house.quotes, fallback)
        read, _ = Shelf().read(file, changed.get(path, files[language].data))
        assert read is not None, "a text was replaced, and nothing else"
        made[language] = read
    ordered = {language: made[language] for language in files}
    if not is_card:
        return replace(content, wordings=ordered)
    return replace(content, cards=MappingProxyType({**content.cards, scope: ordered}))
