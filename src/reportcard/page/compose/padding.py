"""The pages that fill up a printed booklet: for notes, about the publication, blank."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain, islice, repeat
from types import MappingProxyType
from typing import Final

from reportcard.page.compose.card import Composer
from reportcard.page.compose.composed import Composed, Section
from reportcard.page.compose.templates import render

#: More lines than a page of A3 holds: those that have no room are cut off.
_LINES: Final = 60
_NAME: Final = "padding-"


def is_padding(field: str) -> bool:
    """Whether a field, or a section that stands for one, is on such a page."""
    return field.startswith("wording/booklet.") or f"/{_NAME}" in field


def with_padding(
    composer: Composer, card: Composed, kinds: Sequence[str], missing: int
) -> Composed:
    """The card with so many pages more before its back cover, in the order of `kinds`, and blank
    ones after these. The wording has the words for them; `composer` has set nothing else.
    """
    composer.prose.origins.update(card.origins)
    wanted = islice(chain(kinds, repeat("blank")), missing)
    pages = tuple(_page(composer, number, kind) for number, kind in enumerate(wanted, start=1))
    return replace(
        card,
        sections=(*card.sections[:-1], *pages, card.sections[-1]),
        origins=MappingProxyType(composer.prose.origins),
    )


def _page(composer: Composer, number: int, kind: str) -> Section:
    name = f"{_NAME}{number}"
    view = composer.view(
        name,
        "" if kind == "blank" else f"booklet.{kind}",
        kind=kind,
        lines=range(_LINES),
        text=composer.prose.shared("booklet.about_text") if kind == "about" else [],
    )
    return Section(name, render(composer.styles, "padding.html", **view), is_page=True)
