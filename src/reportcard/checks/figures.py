"""Pictures, pictograms, logos and artwork can be read to their end, and print as they are drawn."""

import re
from collections.abc import Iterator
from typing import Any, Final

from reportcard.checks.drawings import FIGURE_FILE, Palette, drawing_problems
from reportcard.content.loading import Content
from reportcard.content.prose import Picture
from reportcard.content.shelf import Sourced
from reportcard.page.font_signs import font_signs
from reportcard.page.styles import Styles
from reportcard.pdf.pixels import picture_fault
from reportcard.problems.problem import Place, Problem
from reportcard.workspace.system import reason
from reportcard.workspace.workspace import Workspace

#: Artwork that the program's own templates name.
_ARTWORK: Final = ("cover.svg", "back.svg")
_NAMED: Final = re.compile(r"figures/[\w./-]+\.(?:svg|png|jpe?g|gif|webp)")


def shared(workspace: Workspace, content: Content, styles: Styles | None) -> Iterator[Problem]:
    """The logos, the artwork of covers and styles, and the pictures of the wording."""
    edition = content.edition.model
    logos = (workspace.logo(one) for one in (*edition.cover, *edition.back))
    sheets = "\n".join((*styles.sheets.values(), *styles.templates.values())) if styles else ""
    named = _NAMED.findall(f"{sheets}\n{styles.web if styles else ''}")
    palette = _palette(styles)
    artwork = map(styles.artwork, _ARTWORK) if styles else ()
    own = styles.theme.paths("art/*.svg") if styles else ()
    for file in dict.fromkeys((*filter(None, logos), *artwork, *named, *own)):
        yield from _figure(styles, palette, file)
    for wording in content.wordings.values():
        yield from _pictures(styles, palette, wording)


def card(
    workspace: Workspace, content: Content, country: str, styles: Styles | None
) -> Iterator[Problem]:
    """The pictures of a country's texts and the pictograms of its recommendations."""
    palette = _palette(styles)
    for sourced in content.cards[country].values():
        yield from _pictures(styles, palette, sourced)
        for id_, recommendation in sourced.model.recommendations.items():
            if recommendation.pictogram:
                file = workspace.pictogram(recommendation.pictogram)
                yield from _figure(styles, palette, file, f"{country}/recommendations.{id_}")


def _palette(styles: Styles | None) -> Palette | None:
    if styles is None:
        return None
    fonts = font_signs(styles)
    return Palette(frozenset(styles.tokens), styles.families, fonts)


def _pictures(
    styles: Styles | None, palette: Palette | None, sourced: Sourced[Any]
) -> Iterator[Problem]:
    for prose in sourced.prose.values():
        for block in prose.exhibits():
            if isinstance(block, Picture):
                yield from _figure(styles, palette, block.file, prose.field)


def _figure(
    styles: Styles | None, palette: Palette | None, file: str, field: str = ""
) -> Iterator[Problem]:
    """What is wrong with a figure, at its own file; a missing one is another rule's matter."""
    if styles is None or palette is None or not styles.theme.exists(file):
        return
    try:
        data = styles.theme.read(file)
    except (OSError, ValueError) as error:
        yield FIGURE_FILE.at(Place(file), "unreadable", field=field, reason=reason(error))
        return
    if file.lower().endswith(".svg"):
        yield from drawing_problems(data, file, palette)
    elif fault := picture_fault(data):
        yield FIGURE_FILE.at(Place(file), fault, field=field)
