"""A card as HTML, section by section, and where each id in it comes from: what is laid out."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final, Literal

from reportcard.page.compose.blocks import Called, Origin
from reportcard.page.gauges import Drawing
from reportcard.page.styles import RUN_ON

_FOLIO: Final = re.compile(r'(<span class="folio" data-section="([^"]+)"[^>]*>)\d+')
#: The body of a section's document with its attributes.
_BODY: Final = re.compile(r"<body\b([^>]*)>(.*)</body>", re.DOTALL)
_ID: Final = re.compile(r'\sid="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the card that begins on a new page: its name (`overall`, `legal`) and its HTML
    document; whether it must be one page, whether it lists the pages where others begin, the names
    of hidden parts that may be shown to fill its last page, what it `lacks` for more of them (a
    `quote`, or the edition's leave: `fillers`, `run-on`), whether it is a table of scores, as
    long as the framework makes it, and whether its text may be arranged in another way where a page
    would be half empty.

    `runs_on` is whether it may begin below the end of the section before it. `begun` are the names
    of the sections that begin so in this one, each with its HTML id.
    """

    name: str
    html: str
    is_page: bool = False
    lists_pages: bool = False
    fillers: tuple[str, ...] = ()
    lacks: Literal["", "quote", "fillers", "run-on"] = ""
    is_table: bool = False
    is_flexible: bool = False
    runs_on: bool = False
    begun: tuple[tuple[str, str], ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Its name, and those of the sections that begin in it."""
        return (self.name, *(name for name, _ in self.begun))

    def with_folios(self, pages: Mapping[str, int]) -> str:
        """Its HTML with the numbers of the pages where sections begin, by their names."""
        return _FOLIO.sub(lambda match: f"{match[1]}{pages[match[2]]}", self.html)

    def running_on(self, following: "Section") -> "Section | None":
        """This section with the one after it below its end, as one document: each part keeps the
        attributes of its body. None if a theme's own template of sections gives one of them no
        body.
        """
        own, other = _BODY.search(self.html), _BODY.search(following.html)
        id_ = other and _ID.search(other[1])
        if not own or not other or not id_:
            return None
        body = (
            f'<body class="joined"{own[1]}>\n<section{_ID.sub("", own[1])}>{own[2]}</section>\n'
            f'<section class="{RUN_ON}"{other[1]}>{other[2]}</section>\n</body>'
        )
        html = f"{self.html[: own.start()]}{body}{self.html[own.end() :]}"
        return replace(self, html=html, begun=(*self.begun, (following.name, id_[1])))


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

    @property
    def fillable(self) -> tuple[Section, ...]:
        """The sections whose last pages may be filled, and those that may fill them."""
        after = {one.name for one, other in pairwise(self.sections) if other.runs_on}
        return tuple(
            one for one in self.sections if one.fillers or one.runs_on or one.name in after
        )

    def joined_as(self, before: "Composed") -> "Composed":
        """The card with each section below the end of the one before it where that is so in
        `before`.
        """
        begun = {name: one.name for one in before.sections for name, _ in one.begun}
        sections: list[Section] = []
        for section in self.sections:
            above = sections[-1] if sections else None
            if above and begun.get(section.name) == above.name:
                joined = above.running_on(section)
                sections[-1:] = [joined] if joined else [above, section]
            else:
                sections.append(section)
        return replace(self, sections=tuple(sections))

    def with_addresses(self) -> "Composed":
        """The card with the list of addresses before the back cover."""
        if self.addresses is None:
            return self
        return replace(
            self, sections=(*self.sections[:-1], self.addresses, self.sections[-1]), addresses=None
        )
