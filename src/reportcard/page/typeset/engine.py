"""HTML to laid-out pages to PDF, section by section; the only importer of WeasyPrint, which is
loaded when a page is set.

A section is laid out alone and joined to the others: page numbers are handed over, notes are
numbered in the HTML already.
"""

import ctypes.util
import sys
from collections.abc import Mapping, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass, replace
from functools import cache, cached_property
from hashlib import sha256
from importlib import import_module
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from importlib.resources import files
from importlib.util import spec_from_file_location
from types import CodeType, MappingProxyType, ModuleType
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote, urlsplit

from reportcard.errors import ExitCode, ReportCardError
from reportcard.page.compose.card import Composed
from reportcard.page.fonts import font_file
from reportcard.page.styles import Styles
from reportcard.page.typeset.geometry import (
    MM_PER_PX,
    Box,
    Raster,
    Shape,
    TextLine,
    lines,
    places,
    rasters,
    shapes,
)
from reportcard.page.typeset.notes import measured_notes
from reportcard.page.typeset.tags import mended_tags
from reportcard.problems.logs import repeat, set_aside
from reportcard.workspace.fingerprint import dotted, pango_version
from reportcard.workspace.workspace import BASE, Workspace

if TYPE_CHECKING:
    from logging import LogRecord

    from weasyprint import CSS, Document
    from weasyprint.text.fonts import FontConfiguration

_NO_WIDTH_PX: Final = 0.01
#: Hexadecimal digits of a digest: 96 bits.
_DIGEST: Final = 24
#: Parts of fontTools that the engine calls for fonts that HarfBuzz cannot subset, and for variable
#: ones.
_SELDOM_CALLED: Final = ("fontTools.subset", "fontTools.varLib", "fontTools.varLib.instancer")
#: Has `assert add('position', position)`.
_EXPANDERS: Final = "weasyprint.css.validation.expanders"
_NO_CHANGE: Final[Mapping[str, str]] = MappingProxyType({})


@dataclass(frozen=True)
class LaidOut:
    """Pages of a card: the first page (from 1) and the number of pages of each section, and what
    stands on them.

    `set_from` is what each section was laid out from: its HTML, its first page and its own rules.
    `boxes` are those of every HTML id; a block that goes on over pages has a box on each. `loaded`
    are the figures and fonts on the pages, by their path in the workspace.
    """

    documents: "Mapping[str, Document]"
    set_from: Mapping[str, tuple[str, int, str]]
    sections: Mapping[str, tuple[int, int]]
    boxes: Mapping[str, tuple[Box, ...]]
    lines: tuple[TextLine, ...]
    rasters: tuple[Raster, ...]
    shapes: tuple[Shape, ...]
    loaded: Mapping[str, bytes]

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
    def pdf(self) -> tuple[bytes, frozenset[str]]:
        """The card as one tagged PDF, from which its editions are made, and its fonts' names
        without their subset tags.
        """
        documents = list(self.documents.values())
        fonts: set[str] = set()

        def note_fonts(_document: object, pdf: Any) -> None:
            for thing in pdf.objects:
                if isinstance(thing, dict) and thing.get("Subtype") == "/Type0":
                    fonts.add(str(thing["BaseFont"]).rpartition("+")[2])

        pages = [page for document in documents for page in document.pages]
        for page in pages:
            page.links = [link for link in page.links if _is_link(link)]
        with mended_tags(_engine(), pages):
            data: bytes = (
                documents[0]
                .copy(pages)
                .write_pdf(uncompressed_pdf=True, pdf_variant="pdf/ua-1", finisher=note_fonts)
            )
        return data, frozenset(fonts)


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
        kept: LaidOut | None = None,
    ) -> LaidOut:
        """The pages of a card. `drawings` are the gauges by their address. What goes wrong is
        logged by WeasyPrint.

        `changes` are style rules for single sections. Of `kept`, an earlier layout by this
        typesetter, sections are taken over that are the same and begin on the same page: the
        figures in them must not have changed since.
        """
        CSS, HTML = _engine().CSS, _engine().HTML  # noqa: N806
        loaded = dict(kept.loaded if kept else {})
        fetcher = _fetcher(self.workspace, self.styles, drawings, loaded)
        images: dict[Any, Any] = {}
        documents: dict[str, Document] = {}
        set_from: dict[str, tuple[str, int, str]] = {}
        sections: dict[str, tuple[int, int]] = {}
        taken: list[str] = []
        first = 1
        sheet, remarks = self._sheet
        repeat(remarks)
        for section in card.sections:
            key = set_from[section.name] = (section.html, first, changes.get(section.name, ""))
            if kept and kept.set_from.get(section.name) == key:
                document = kept.documents[section.name]
                taken.append(section.name)
            else:
                number = CSS(string=f"@page :first {{ counter-set: page {first} }} {key[2]}")
                html = HTML(string=section.html, base_url=BASE, url_fetcher=fetcher)
                with measured_notes(_engine(), self._heights.setdefault(key[2], {})):
                    document = html.render(
                        font_config=self._fonts, stylesheets=[sheet, number], cache=images
                    )
            documents[section.name] = document
            sections[section.name] = (first, len(document.pages))
            first += len(document.pages)
        return _read_off(
            documents, set_from, sections, {**self._fonts_loaded, **loaded}, kept, taken
        )

    def plain(self, html: str) -> bytes:
        """A document that is no card, in the card's fonts and its own styles, as tagged
        PDF/UA-1.
        """
        fetcher = _fetcher(self.workspace, self.styles, {}, {})
        faces = _engine().CSS(
            string=self.styles.faces,
            base_url=f"{BASE}styles/",
            url_fetcher=fetcher,
            font_config=self._fonts,
        )
        document = (
            _engine()
            .HTML(string=html, base_url=BASE, url_fetcher=fetcher)
            .render(font_config=self._fonts, stylesheets=[faces])
        )
        with mended_tags(_engine(), document.pages):
            data: bytes = document.write_pdf(pdf_variant="pdf/ua-1")
        return data

    @cached_property
    def _fonts(self) -> "FontConfiguration":
        _engine()
        from weasyprint.text.fonts import FontConfiguration

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
        """The styles as the engine reads them, and what it says of them while it does: once, though
        it concerns every card.
        """
        fetcher = _fetcher(self.workspace, self.styles, {}, self._fonts_loaded)
        with set_aside() as remarks:
            sheet = _engine().CSS(
                string=self.styles.css,
                base_url=f"{BASE}styles/",
                url_fetcher=fetcher,
                font_config=self._fonts,
            )
        return sheet, remarks


def _is_link(link: Any) -> bool:
    """Whether a link of the engine is one to be written.

    What stands inside an `a` inherits its target and would be a link over it once more; one that
    begins with a break leaves an empty end on the line before.
    """
    _, _, (left, _, right, _), box = link
    return bool(box.element_tag == "a" and right - left > _NO_WIDTH_PX)


@dataclass(frozen=True, slots=True)
class Screened:
    """A section as a PDF to be looked at, and for each of its pages a digest of what it shows, its
    width and height in mm.
    """

    pdf: bytes
    pages: tuple[tuple[str, float, float], ...]


def screened(document: "Document") -> Screened:
    """A section for the eye alone: painted as in the card's PDF, without its tags, links and
    compression, in half the time.

    A digest holds what is painted on the page, and all drawings and pictures of the section; of the
    fonts, their names.
    """
    digests: list[str] = []

    def note_pages(_document: object, pdf: Any) -> None:
        drawings = sha256()
        streams = {thing.reference: thing for thing in pdf.objects if hasattr(thing, "stream")}
        for thing in streams.values():
            if thing.extra.get("Subtype") in ("/Form", "/Image") or "PatternType" in thing.extra:
                drawings.update(thing.data)
        for page in (
            thing
            for thing in pdf.objects
            if isinstance(thing, dict) and thing.get("Type") == "/Page"
        ):
            painted = drawings.copy()
            painted.update(streams[page["Contents"]].data)
            digests.append(painted.hexdigest()[:_DIGEST])

    pages = document.pages
    links = [page.links for page in pages]
    for page in pages:
        page.links = []  # those to other sections lead nowhere in this one
    try:
        data: bytes = document.write_pdf(uncompressed_pdf=True, finisher=note_pages)
    finally:
        for page, kept in zip(pages, links, strict=True):
            page.links = kept
    sizes = [(page.width * MM_PER_PX, page.height * MM_PER_PX) for page in pages]
    return Screened(
        data, tuple((digest, *size) for digest, size in zip(digests, sizes, strict=True))
    )


def joined(
    covers: LaidOut, cards: Mapping[str, LaidOut]
) -> tuple[LaidOut, Mapping[str, tuple[int, int]]]:
    """Several cards between one pair of covers, and the first page and number of pages of each, by
    its name.

    The cards' own covers are left out. Nothing is laid out again: each page is the one of its own
    card, its printed number too.
    """
    documents = {"cover": covers.documents["cover"]}
    sections = {"cover": (1, 1)}
    boxes = {id_: found for id_, found in covers.boxes.items() if found[0].page == 1}
    ranges: dict[str, tuple[int, int]] = {}
    first = 2
    for name, laid in cards.items():
        inner = [section for section in laid.sections if section not in ("cover", "back")]
        offset = first - laid.sections[inner[0]][0]
        for section in inner:
            start, count = laid.sections[section]
            documents[f"{name}.{section}"] = laid.documents[section]
            sections[f"{name}.{section}"] = (start + offset, count)
        last = laid.sections["back"][0]
        boxes |= {
            id_: moved
            for id_, found in laid.boxes.items()
            if (
                moved := tuple(
                    replace(box, page=box.page + offset) for box in found if 1 < box.page < last
                )
            )
        }
        ranges[name] = (first, last + offset - first)
        first = last + offset
    documents["back"] = covers.documents["back"]
    sections["back"] = (first, 1)
    boxes |= {
        id_: tuple(replace(box, page=first) for box in found)
        for id_, found in covers.boxes.items()
        if found[0].page == 2
    }
    loaded = {
        path: data for laid in (covers, *cards.values()) for path, data in laid.loaded.items()
    }
    whole = LaidOut(
        MappingProxyType(documents),
        MappingProxyType({}),
        MappingProxyType(sections),
        MappingProxyType(boxes),
        (),
        (),
        (),
        MappingProxyType(loaded),
    )
    return whole, ranges


def _read_off(
    documents: "Mapping[str, Document]",
    set_from: Mapping[str, tuple[str, int, str]],
    sections: Mapping[str, tuple[int, int]],
    loaded: Mapping[str, bytes],
    kept: LaidOut | None,
    taken: Sequence[str],
) -> LaidOut:
    """What stands on the pages; of sections taken over from an earlier layout, it is taken over
    too.
    """
    boxes: dict[str, list[Box]] = {}
    set_lines: list[TextLine] = []
    pictures: list[Raster] = []
    graphics: list[Shape] = []
    for name, document in documents.items():
        if kept and name in taken:
            first, count = sections[name]
            there = range(first, first + count)
            for id_, found in kept.boxes.items():
                if mine := [box for box in found if box.page in there]:
                    boxes.setdefault(id_, []).extend(mine)
            set_lines.extend(line for line in kept.lines if line.box.page in there)
            pictures.extend(picture for picture in kept.rasters if picture.box.page in there)
            graphics.extend(shape for shape in kept.shapes if shape.box.page in there)
            continue
        for number, page in enumerate(document.pages, start=sections[name][0]):
            for id_, box in places(page, number):
                boxes.setdefault(id_, []).append(box)
            set_lines.extend(lines(page, number))
            pictures.extend(rasters(page, number))
            graphics.extend(shapes(page, number))
    told = {id_: tuple(found) for id_, found in boxes.items()}
    return LaidOut(
        MappingProxyType(dict(documents)),
        MappingProxyType(dict(set_from)),
        MappingProxyType(dict(sections)),
        MappingProxyType(told),
        tuple(set_lines),
        tuple(pictures),
        tuple(graphics),
        MappingProxyType(dict(sorted(loaded.items()))),
    )


def engine_versions() -> dict[str, str]:
    """The versions of the libraries of the system that the engine sets text with."""
    return {
        "pango": (
            pango_version()
            or dotted(import_module(f"{_engine().__name__}.text.ffi").pango.pango_version())
        )
    }


def warm_up() -> None:
    """Loads the engine before it is needed."""
    _engine()


def screen_profile() -> bytes:
    """The ICC profile of sRGB that comes with WeasyPrint, for files that name the meaning of their
    colours.
    """
    return (files(_engine().__name__) / "pdf" / "sRGB2014.icc").read_bytes()


@cache
def _engine() -> Any:
    """WeasyPrint, imported. On Linux its libraries are looked up by their sonames alone.

    cffi asks `find_library` for 22 names first, and each question starts compilers and linkers:
    0.13 s of 0.33 s measured. WeasyPrint's own list ends with the soname, which the loader finds by
    itself. And it imports what subsets and instances fonts where HarfBuzz cannot, which is then
    imported when it is called: 0.05 s and 20 MB.

    Raises ReportCardError if a system library is missing.
    """

    def by_soname(name: str) -> str | None:  # noqa: ARG001
        return None

    asked = ctypes.util.find_library
    if sys.platform == "linux":
        ctypes.util.find_library = by_soname
    later = {name: _Later(name) for name in _SELDOM_CALLED if name not in sys.modules}
    sys.modules.update(later)
    sys.meta_path.insert(0, _WorksInAsserts)
    try:
        with redirect_stdout(None):  # its own advice, which is not ours
            import weasyprint
    except OSError as error:
        raise ReportCardError(
            f"the typesetting engine lacks a system library: {error}.".replace("\n", " "),
            code=ExitCode.LAYOUT,
            advice=(
                "Run make cards, or install Pango: libpango-1.0-0 libpangoft2-1.0-0"
                " libharfbuzz-subset0 (names as in Debian)."
            ),
        ) from error
    finally:
        sys.meta_path.remove(_WorksInAsserts)
        ctypes.util.find_library = asked
        for name in later:
            del sys.modules[name]
    return weasyprint


class _WorksInAsserts(MetaPathFinder):
    """Finds the module of WeasyPrint 70 whose asserts do work, for Python without asserts
    (PYTHONOPTIMIZE): there the position and size in a `background` would be lost. It is compiled
    with them, and never from or to a file that other programs share.
    """

    @classmethod
    def find_spec(
        cls, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """The module, if it is that one and asserts are off."""
        found = (
            PathFinder.find_spec(name, path, target)
            if name == _EXPANDERS and sys.flags.optimize
            else None
        )
        return found and spec_from_file_location(
            name, found.origin, loader=_Asserting(name, str(found.origin))
        )


class _Asserting(SourceFileLoader):
    def get_code(self, fullname: str) -> CodeType:  # noqa: ARG002  the loader's own signature
        return compile(self.get_data(self.path), self.path, "exec", dont_inherit=True, optimize=0)


class _Later(ModuleType):
    """Stands for a module while others import from it: its functions and classes import the module
    itself when they are called.
    """

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)

        def called(*args: Any, **named: Any) -> Any:
            return getattr(import_module(self.__name__), name)(*args, **named)

        return called


def _fetcher(
    workspace: Workspace, styles: Styles, drawings: Mapping[str, bytes], loaded: dict[str, bytes]
) -> Any:
    """What a page may load: fonts, figures and styles of the workspace, and the drawings. Nothing
    comes from a network.

    What is loaded from a file is put into `loaded`.
    """
    _engine()
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Fetcher(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> Any:  # noqa: ARG002  the engine's own signature
            parts = urlsplit(url)
            path = unquote(parts.path).lstrip("/")
            if f"{parts.scheme}://{parts.netloc}/" != BASE:
                raise ValueError(
                    f"{url} is not in the workspace, and nothing is loaded from elsewhere"
                )
            if path in drawings:
                data = drawings[path]
            elif path.startswith("styles/fonts/"):
                data = font_file(workspace, path.rpartition("/")[2]).read_bytes()
            elif path.startswith(("figures/", "styles/")):
                data = workspace.read(path)
            else:
                raise ValueError(f"{path} is not among figures/ and styles/")
            if path not in drawings:
                loaded[path] = data
            if path.endswith(".svg"):
                data = styles.coloured(data.decode("utf-8")).encode()
                return URLFetcherResponse(url, data, {"Content-Type": "image/svg+xml"})
            return URLFetcherResponse(url, data)

    return Fetcher()
