"""Where in the workspace something on a page comes from: the place of its text or picture."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from html.parser import HTMLParser
from typing import Final

from reportcard.page.compose.blocks import Origin
from reportcard.page.compose.composed import Composed
from reportcard.page.typeset.measures import Colour, Raster, TextLine
from reportcard.problems.problem import Place
from reportcard.workspace.workspace import text_file

_ID: Final = re.compile(r'\bid="([^"]+)"')
#: HTML elements that have no end tag (HTML Living Standard, 13.1.2).
_VOID: Final = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
)


def file_of(card: Composed) -> Place:
    """The file of the card's text."""
    return Place(text_file(card.country, card.language))


def line_origin(card: Composed, line: TextLine) -> Origin:
    """The field and place of a line of text; the card's file if it comes from no field."""
    origin = card.origins.get(line.id) or Origin("", file_of(card))
    return Origin(origin.field, on_page(origin.place, line.box.page))


def section_origin(card: Composed, name: str) -> Origin:
    """The field and place of a section's heading; the card's file if it has none."""
    section = next(section for section in card.sections if section.name == name)
    for origin in _origins(card, section.html):
        if name in origin.field.partition("/")[2].split("."):
            return origin
    return Origin(f"{card.country}/{name}", file_of(card))


def label_origin(card: Composed, gauge: str) -> Origin:
    """The field and place of a gauge's label; those of its score if it has none. `gauge` is the
    gauge's HTML id.
    """
    for section in card.sections:
        _, found, after = section.html.partition(f'id="{gauge}"')
        if found:
            return next(_origins(card, after.partition("</figure>")[0]), card.origins[gauge])
    return card.origins[gauge]


def picture_origin(card: Composed, picture: Raster) -> Origin:
    """The field and place that show a picture; the picture's own file if it is not in the text."""
    shown = re.compile(
        rf'<figure class="picture" id="([^"]+)"><img src="{re.escape(picture.source)}"'
    )
    for section in card.sections:
        if (match := shown.search(section.html)) and match[1] in card.origins:
            origin = card.origins[match[1]]
            return Origin(origin.field, on_page(origin.place, picture.box.page))
    return Origin("", Place(picture.source, page=picture.box.page))


def character_place(card: Composed, character: str) -> Place | None:
    """The place of the first text of a card that has a character; None if no field has it."""
    for section in card.sections:
        reader = _TextReader(card.origins, character)
        reader.feed(section.html)
        if reader.found:
            return card.origins[reader.found].place
    return None


def on_page(place: Place, page: int) -> Place:
    """A place in a file with the page that it is printed on."""
    return replace(place, page=page)


def hexadecimal(colour: Colour) -> str:
    """A color as style sheets write it, `#rrggbb`."""
    return "#" + "".join(f"{round(part * 255):02x}" for part in colour)


def _origins(card: Composed, html: str) -> Iterator[Origin]:
    return (card.origins[id_] for id_ in _ID.findall(html) if id_ in card.origins)


class _TextReader(HTMLParser):
    """Finds the element with an origin whose text has a character: its HTML id."""

    def __init__(self, origins: Mapping[str, Origin], character: str) -> None:
        super().__init__()
        self.origins = origins
        self.character = character
        self.found = ""
        self.around: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _VOID:
            id_ = dict(attrs).get("id") or ""
            before = self.around[-1] if self.around else ""
            self.around.append(id_ if id_ in self.origins else before)

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID and self.around:
            self.around.pop()

    def handle_data(self, data: str) -> None:
        if not self.found and self.around and self.character in data:
            self.found = self.around[-1]
