"""HTML to laid-out pages to PDF, section by section.

A section is laid out alone and joined to the others: page numbers are handed over, notes are
numbered in the HTML already.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from reportcard.page.compose.composed import Composed, Section
from reportcard.page.styles import Styles
from reportcard.page.typeset.engine import engine
from reportcard.page.typeset.fetcher import fetcher
from reportcard.page.typeset.measures import Box, PageArea, Raster, Shape, TextLine
from reportcard.page.typeset.patches.geometry import area, lines, places, rasters, shapes
from reportcard.page.typeset.patches.links import is_link
from reportcard.page.typeset.patches.note_heights import measured_notes
from reportcard.page.typeset.patches.tags import mended_tags
from reportcard.page.typeset.remarks import located, missing_characters
from reportcard.problems.logs import repeat, set_aside
from reportcard.problems.problem import Place
from reportcard.workspace.system import is_memory_short
from reportcard.workspace.workspace import BASE, Workspace

if TYPE_CHECKING:
    from logging import LogRecord

    from weasyprint import CSS, Document
    from weasyprint.text.fonts import FontConfiguration

_NO_CHANGE: Final[Mapping[str, str]] = MappingProxyType({})


@dataclass(frozen=True)
class LaidOut:
    """Pages of a card: the first page (from 1) and the number of pages of each section, and what
    is on them.

    `set_from` is what each section was laid out from: its HTML, its first page and its own rules.
    `boxes` are those of every HTML id; a block that goes on over pages has a box on each. `areas`
    are the pages' own measures, by number. `loaded` are the figures and fonts on the pages, by
    their path in the workspace. `colours` says where the styles give each color.
    """

    documents: "Mapping[str, Document]"
    set_from: Mapping[str, tuple[str, int, str]]
    sections: Mapping[str, tuple[int, int]]
    boxes: Mapping[str, tuple[Box, ...]]
    lines: tuple[TextLine, ...]
    rasters: tuple[Raster, ...]
    shapes: tuple[Shape, ...]
    areas: Mapping[int, PageArea]
    loaded: Mapping[str, bytes]
    colours: Mapping[str, Place]

    @property
    def pages(self) -> int:
        """How many pages the card has."""
        return sum(count for _, count in self.sections.values())

    def section(self, page: int) -> str:
        """The section that a page belongs to."""
        return next(
            name for name, (first, count) in self.sections.items() if first <= page < first + count
        )

    @cached_property
    def pdf(self) -> tuple[bytes, Mapping[str, str]]:
        """The card as one tagged PDF, from which its editions are made, and its fonts: by their
        names without subset tags, the characters that each prints; by an empty name, those that no
        font has.
        """
        documents = list(self.documents.values())
        fonts: dict[str, str] = {}

        def note_fonts(_document: object, pdf: Any) -> None:
            streams = {thing.reference: thing for thing in pdf.objects if hasattr(thing, "stream")}
            for thing in pdf.objects:
                if isinstance(thing, dict) and thing.get("Subtype") == "/Type0":
                    name = str(thing["BaseFont"]).rpartition("+")[2]
                    printed = _characters(streams[thing["ToUnicode"]].stream)
                    fonts[name] = "".join(dict.fromkeys(fonts.get(name, "") + printed))

        pages = [page for document in documents for page in document.pages]
        for page in pages:
            page.links = [link for link in page.links if is_link(link)]
        with mended_tags(engine(), pages), set_aside() as records:
            data: bytes = (
                documents[0]
                .copy(pages)
                .write_pdf(uncompressed_pdf=True, pdf_variant="pdf/ua-1", finisher=note_fonts)
            )
        missing, others = missing_characters(records)
        repeat(others)
        if missing:
            fonts[""] = missing
        return data, MappingProxyType(fonts)


@dataclass(frozen=True)
class Typesetter:
    """Sets cards of one workspace in its styles; fonts and style sheets are read once for all of
    them.
    """

    workspace: Workspace
    styles: Styles

    def lay_out(
        self,
        card: Composed,
        drawings: Mapping[str, bytes],
        changes: Mapping[str, str] = _NO_CHANGE,
        kept: Sequence[LaidOut] = (),
        first: int = 1,
    ) -> LaidOut:
        """The pages of a card, from the page `first` on. `drawings` are the gauges by their
        address. What goes wrong is logged by WeasyPrint.

        `changes` are style rules for single sections. Of `kept`, earlier layouts by this
        typesetter, sections are taken over that are the same and begin on the same page: the
        figures in them must not have changed since.
        """
        job = _Job(self, drawings, changes, kept)
        repeat(self._sheet[1])
        sections = job.sections(card, first)
        everything = {**self._fonts_loaded, **job.loaded}
        return _read_off(sections, everything, self.styles.places)

    def set(
        self, html: str, first: int, rules: str, figures: Any, images: dict[Any, Any]
    ) -> "Document":
        """A section alone, from its first page on, with style rules of its own."""
        CSS, HTML = engine().CSS, engine().HTML  # noqa: N806
        number = CSS(string=f"@page :first {{ counter-set: page {first} }} {rules}")
        document = HTML(string=html, base_url=BASE, url_fetcher=figures)
        heights = self._heights.setdefault(rules, {})
        with measured_notes(engine(), heights), set_aside() as found:
            pages = document.render(
                font_config=self._fonts, stylesheets=[self._sheet[0], number], cache=images
            )
        repeat(located(found, self.styles))
        return pages

    def plain(self, html: str) -> bytes:
        """A document other than a card, in the card's fonts and its own styles, as tagged
        PDF/UA-1.
        """
        from_workspace = fetcher(self.styles, {}, {})
        faces = engine().CSS(
            string=self.styles.font_rules,
            base_url=self.styles.base,
            url_fetcher=from_workspace,
            font_config=self._fonts,
        )
        document = (
            engine()
            .HTML(string=html, base_url=BASE, url_fetcher=from_workspace)
            .render(font_config=self._fonts, stylesheets=[faces])
        )
        with mended_tags(engine(), document.pages):
            data: bytes = document.write_pdf(pdf_variant="pdf/ua-1")
        return data

    @cached_property
    def _fonts(self) -> "FontConfiguration":
        engine()
        from weasyprint.text.fonts import FontConfiguration

        if is_memory_short():
            raise MemoryError  # fontconfig would try again without end
        return FontConfiguration()

    @cached_property
    def _heights(self) -> dict[str, dict[bytes, float]]:
        """Of notes, by the rules of their section: they are the same when a paragraph beside them
        was edited.
        """
        return {}

    @cached_property
    def _fonts_loaded(self) -> dict[str, bytes]:
        return {}

    @cached_property
    def _sheet(self) -> "tuple[CSS, list[LogRecord]]":
        """The styles as the engine reads them, and what it logs about them meanwhile: once, though
        it concerns every card.
        """
        from_workspace = fetcher(self.styles, {}, self._fonts_loaded)
        with set_aside() as remarks:
            sheet = engine().CSS(
                string=self.styles.css,
                base_url=self.styles.base,
                url_fetcher=from_workspace,
                font_config=self._fonts,
            )
        return sheet, list(located(remarks, self.styles))


def _characters(to_unicode: list[bytes]) -> str:
    """The characters of a font's ToUnicode map (ISO 32000-1, 9.10.3) as WeasyPrint writes it."""
    pairs = (re.fullmatch(rb"<[0-9a-f]+> <([0-9a-f]+)>", line) for line in to_unicode)
    return "".join(
        bytes.fromhex(pair[1].decode()).decode("utf-16-be", "replace") for pair in pairs if pair
    )


@dataclass(frozen=True, slots=True)
class _SetSection:
    document: "Document"
    set_from: tuple[str, int, str]
    taken_from: LaidOut | None = None

    @property
    def pages(self) -> range:
        """Their numbers in the card."""
        return range(self.set_from[1], self.set_from[1] + len(self.document.pages))

    def page_of(self, id_: str) -> int:
        """The page on which what has an HTML id begins."""
        numbered = zip(self.pages, self.document.pages, strict=True)
        return next(number for number, page in numbered if id_ in page.anchors)


class _Job:
    """One card's way through a typesetter."""

    def __init__(
        self,
        typesetter: Typesetter,
        drawings: Mapping[str, bytes],
        changes: Mapping[str, str],
        kept: Sequence[LaidOut],
    ) -> None:
        self.loaded = {name: data for one in kept for name, data in one.loaded.items()}
        self._typesetter = typesetter
        self._changes = changes
        self._kept = kept
        self._fetcher = fetcher(typesetter.styles, drawings, self.loaded)
        self._images: dict[Any, Any] = {}

    def sections(
        self, card: Composed, start: int = 1, listing: int = 1
    ) -> dict[str, "_SetSection"]:
        """The sections on their pages, from page `start` on. One that lists the pages of others is
        set last; it is expected to have `listing` pages, and all is set anew if it has another
        number.
        """
        found: dict[str, _SetSection] = {}
        last: list[tuple[Section, int]] = []
        first = start
        for section in card.sections:
            if section.lists_pages:
                last.append((section, first))
                first += listing
            else:
                found[section.name] = self._set(section.name, section.html, first)
                first += len(found[section.name].pages)
        pages = {name: one.pages.start for name, one in found.items()}
        for section in card.sections:
            pages |= {name: found[section.name].page_of(id_) for name, id_ in section.begun}
        for section, page in last:
            one = self._set(section.name, section.with_folios(pages), page)
            if len(one.pages) != listing:
                return self.sections(card, start, len(one.pages))
            found[section.name] = one
        return {section.name: found[section.name] for section in card.sections}

    def _set(self, name: str, html: str, first: int) -> "_SetSection":
        set_from = (html, first, self._changes.get(name, ""))
        for kept in self._kept:
            if kept.set_from.get(name) == set_from:
                return _SetSection(kept.documents[name], set_from, kept)
        return _SetSection(self._typesetter.set(*set_from, self._fetcher, self._images), set_from)


@dataclass(slots=True)
class _PageFindings:
    """What is on the pages, as they are read off one by one."""

    boxes: dict[str, list[Box]] = field(default_factory=dict)
    lines: list[TextLine] = field(default_factory=list)
    rasters: list[Raster] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)
    areas: dict[int, PageArea] = field(default_factory=dict)

    def take_over(self, kept: LaidOut, there: range) -> None:
        """What is on some pages of an earlier layout."""
        for id_, found in kept.boxes.items():
            if mine := [box for box in found if box.page in there]:
                self.boxes.setdefault(id_, []).extend(mine)
        self.lines.extend(line for line in kept.lines if line.box.page in there)
        self.rasters.extend(picture for picture in kept.rasters if picture.box.page in there)
        self.shapes.extend(shape for shape in kept.shapes if shape.box.page in there)
        self.areas |= {number: kept.areas[number] for number in there}

    def read(self, page: Any, number: int) -> None:
        """What is on a page."""
        for id_, box in places(page, number):
            self.boxes.setdefault(id_, []).append(box)
        self.lines.extend(lines(page, number))
        self.rasters.extend(rasters(page, number))
        self.shapes.extend(shapes(page, number))
        self.areas[number] = area(page, number)


def _read_off(
    sections: Mapping[str, _SetSection],
    loaded: Mapping[str, bytes],
    colours: Mapping[str, Place],
) -> LaidOut:
    """What is on the pages; that of sections taken over from an earlier layout is taken over
    too.
    """
    found = _PageFindings()
    for section in sections.values():
        if section.taken_from:
            found.take_over(section.taken_from, section.pages)
            continue
        for number, page in zip(section.pages, section.document.pages, strict=True):
            found.read(page, number)
    return LaidOut(
        MappingProxyType({name: section.document for name, section in sections.items()}),
        MappingProxyType({name: section.set_from for name, section in sections.items()}),
        MappingProxyType(
            {name: (one.pages.start, len(one.pages)) for name, one in sections.items()}
        ),
        MappingProxyType({id_: tuple(boxes) for id_, boxes in found.boxes.items()}),
        tuple(found.lines),
        tuple(found.rasters),
        tuple(found.shapes),
        MappingProxyType(found.areas),
        MappingProxyType(dict(sorted(loaded.items()))),
        colours,
    )
