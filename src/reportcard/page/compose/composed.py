"""A card as HTML, section by section, and where each id in it comes from: what is laid out."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal

from reportcard.page.compose.blocks import Called, Origin
from reportcard.page.gauges import Drawing

_FOLIO: Final = re.compile(r'(<span class="folio" data-section="([^"]+)"[^>]*>)\d+')


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the card that begins on a new page: its name (`overall`, `legal`) and its HTML
    document; whether it must be one page, whether it lists the pages where others begin, the names
    of hidden parts that may be shown to fill its last page, what it `lacks` for more of them (a
    `quote`, or the edition's leave: `fillers`), and whether it is a table of scores, as long as the
    framework makes it.
    """

    name: str
    html: str
    is_page: bool = False
    lists_pages: bool = False
    fillers: tuple[str, ...] = ()
    lacks: Literal["", "quote", "fillers"] = ""
    is_table: bool = False

    def with_folios(self, pages: Mapping[str, int]) -> str:
        """Its HTML with the numbers of the pages where sections begin, by their names."""
        return _FOLIO.sub(lambda match: f"{match[1]}{pages[match[2]]}", self.html)


@dataclass(frozen=True, slots=True)
class Composed:
    """A card in one language, ready to be laid out; `country` is `scoreboard` for that of all
    countries. `gauges` are the drawings it needs, by their address in the HTML; `scores` gives the
    address of each score's drawing. `addresses` is a section that lists where words lead that are
    links on a screen, for a print edition that is to have it.
    """

    country: str
    language: str
    title: str
    sections: tuple[Section, ...]
    origins: Mapping[str, Origin]
    calls: tuple[Called, ...]
    gauges: Mapping[str, Drawing]
    scores: Mapping[str, str]
    authors: tuple[str, ...]
    subtitle: str
    addresses: Section | None

    def with_addresses(self) -> "Composed":
        """The card with the list of addresses before the back cover."""
        if self.addresses is None:
            return self
        return replace(
            self, sections=(*self.sections[:-1], self.addresses, self.sections[-1]), addresses=None
        )
