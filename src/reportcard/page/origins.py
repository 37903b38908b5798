"""Where in the workspace something on a page comes from: the place of its text or picture."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from html.parser import HTMLParser
from typing import Final

from reportcard.page.compose.blocks import Origin
from reportcard.page.compose.composed import Composed, Section
from reportcard.page.typeset.measures import Colour, Raster, TextLine
from reportcard.problems.problem import Place
from reportcard.workspace.workspace import text_file

_ID: Final = re.compile(r'\bid="([^"]+)"')
#: So few letters may be in any text.
_FEW: Final = 3
#: HTML elements that have no end tag (HTML Living Standard, 13.1.2).
_VOID: Final = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
)


def file_of(card: Composed) -> Place:
    """The file of the card's text."""
    return Place(text_file(card.country, card.language))


def line_origin(card: Composed, line: TextLine) -> Origin:
    """The field and place of a line of text: by its HTML id, else by its words; the card's file if
    it comes from no field.
    """
    if line.tag == "figcaption" and ".score." in line.id:
        origin = label_origin(card, line.id)
        return Origin(origin.field, on_page(origin.place, line.box.page))
    origin = card.origins.get(line.id) or _by_words(card, line.text) or Origin("", file_of(card))
    return Origin(origin.field, on_page(origin.place, line.box.page))


def text_origin(card: Composed, lines: Sequence[TextLine], section: str) -> Origin:
    """The field and place of the text on a page, where its length is at fault: the first of some
    lines that the card's own file has, else the first from another file, else the section's. A
    score is never it, and the title neither, which is above each heading: nobody can make a page
    fuller by them.
    """
    own, page = file_of(card).file, lines[0].box.page
    origins = (origin for line in lines if (origin := card.origins.get(line.id)))
    known = [origin for origin in origins if not origin.field.endswith("/title")]
    found = next((one for one in known if one.place.file == own), None)
    if found is None:
        by_words = (origin for line in lines if (origin := _by_words(card, line.text)))
        found = next((one for one in (*known, *by_words) if not _is_of_scores(one)), None)
    found = found or section_origin(card, section)
    return Origin(found.field, on_page(found.place, page))


def _is_of_scores(origin: Origin) -> bool:
    return origin.place.file.endswith("/scores.yaml")


def _by_words(card: Composed, text: str) -> Origin | None:
    """What a line says that is inside no block with an origin: a cell of a table, a name. Of those
    with such words, the one that is most like the line.
    """
    said = {origin: origin.words for origin in card.origins.values() if origin.words}
    for section in card.sections:
        said |= {card.origins[id_]: words for id_, words in _words(card, section).items()}
    shares = ((_share(_folded(text), _folded(words)), origin) for origin, words in said.items())
    share, found = max(shares, key=lambda one: one[0], default=(0.0, None))
    return found if share > 0 else None


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _share(line: str, words: str) -> float:
    """How much a line and some words have in common, of which one is a part of the other: 0 to
    1.
    """
    shorter, longer = sorted((line, words), key=len)
    if not shorter or (len(shorter) < _FEW and shorter != longer):
        return 0.0
    return len(shorter) / len(longer) if f" {shorter} " in f" {longer} " else 0.0


def section_origin(card: Composed, name: str) -> Origin:
    """The field and place of a section's heading; the card's file if it has none."""
    # While text is fitted, a card may have some of its sections alone.
    html = "".join(section.html for section in card.sections if section.name == name)
    for origin in _origins(card, html):
        is_named = name in origin.field.partition("/")[2].split(".")
        if is_named and not _is_of_scores(origin):
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
        for id_, words in _words(card, section).items():
            if character in words:
                return card.origins[id_].place
    return None


def on_page(place: Place, page: int) -> Place:
    """A place in a file with the page that it is printed on."""
    return replace(place, page=page)


def hexadecimal(colour: Colour) -> str:
    """A color as style sheets write it, `#rrggbb`."""
    return "#" + "".join(f"{round(part * 255):02x}" for part in colour)


def _origins(card: Composed, html: str) -> Iterator[Origin]:
    return (card.origins[id_] for id_ in _ID.findall(html) if id_ in card.origins)


def _words(card: Composed, section: Section) -> dict[str, str]:
    """The text of each element with an origin, by its HTML id; that of an element inside another
    belongs to the inner one.
    """
    words: dict[str, str] = {}
    for ids, text in _texts(section.html):
        if id_ := next((one for one in reversed(ids) if one in card.origins), None):
            words[id_] = words.get(id_, "") + text
    return words


@lru_cache(maxsize=32)
def _texts(html: str) -> tuple[tuple[tuple[str, ...], str], ...]:
    """The texts of a document, each with the ids of the elements around it, the outermost first.
    While a card is fitted, the same sections are read for many lines.
    """
    reader = _TextsReader()
    reader.feed(html)
    return tuple(reader.texts)


class _TextsReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.texts: list[tuple[tuple[str, ...], str]] = []
        self.around: list[tuple[str, ...]] = [()]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _VOID:
            id_ = dict(attrs).get("id")
            self.around.append((*self.around[-1], id_) if id_ else self.around[-1])

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID and len(self.around) > 1:
            self.around.pop()

    def handle_data(self, data: str) -> None:
        if self.around[-1]:
            self.texts.append((self.around[-1], data))
