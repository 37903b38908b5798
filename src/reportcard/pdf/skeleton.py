"""What a PDF has beside what it paints: boxes, particulars, tags, links, bookmarks; of any file,
whole or odd.
"""

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

import pikepdf
from pikepdf import Array, Dictionary, Name

from reportcard.errors import FaultError
from reportcard.messages.message import message
from reportcard.pdf.paper import MM_PER_PT, Sheet
from reportcard.pdf.preflight import ODD, properties

#: More pages, elements of structure or bookmarks than a book has: a file made to tire its reader.
MOST_PAGES: Final = 2_000
_MOST_ELEMENTS: Final = 1_000_000
_MOST_BOOKMARKS: Final = 10_000
_MOST_LINKS: Final = 100_000
#: Structure types inside a line of text (ISO 32000-1, 14.8.4.4), and those that group
#: nothing.
_INLINE: Final = frozenset(
    {
        "Span",
        "Quote",
        "Code",
        "Link",
        "Annot",
        "Ruby",
        "Warichu",
        "Em",
        "Strong",
        "Sub",
        "NonStruct",
        "Private",
        "Reference",
        "BibEntry",
        "Lbl",
    }
)
#: Blocks that pass their name on to nameless blocks in them; groups do not.
_LEAVES: Final = frozenset({"P", "LI", "LBody", "Note"})
#: Calls and links have names of their own in our files, but are inside a block that has one.
_PASSING: Final = re.compile(r"[^.]+\.[^.]+\.(call|link)\.")


class SkeletonError(FaultError):
    """A file cannot be read."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A passage of marked content, in the order of reading: the block it belongs to (its ID, or a
    number), the structure type of that block, the name of the place (an ID), its language, whether
    it is a call, and the figure it is in (-1: none).
    """

    page: int
    mcid: int
    block: str
    role: str
    name: str
    language: str
    is_call: bool
    figure: int


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture in the tags: its alternative text, its name, its page (0: unknown) and its box in
    points, if it has one.
    """

    alt: str
    name: str
    page: int
    box: tuple[float, float, float, float] | None
    language: str


@dataclass(frozen=True, slots=True)
class Hyperlink:
    """A link's page, its rectangle in points, where it leads (an address, `#name`, or `page 3`) and
    its description.
    """

    page: int
    box: tuple[float, float, float, float]
    target: str
    description: str


@dataclass(frozen=True, slots=True)
class Skeleton:
    """All of it. `particulars` are title, author and the like by name; `bookmarks` a level and a
    title each; `spoken` what screen readers say in place of text; `laid_over` annotations
    other than links, each as a text.
    """

    sheets: tuple[Sheet, ...]
    particulars: Mapping[str, str]
    marked: tuple[Marked, ...]
    figures: tuple[Figure, ...]
    links: tuple[Hyperlink, ...]
    bookmarks: tuple[tuple[int, str], ...]
    spoken: tuple[str, ...] = ()
    laid_over: tuple[str, ...] = ()


def skeleton(data: bytes) -> Skeleton:
    """Reads it. Raises SkeletonError if the file cannot be opened or has no pages."""
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            if not len(pdf.pages):
                raise SkeletonError(message("it has no pages"))
            if len(pdf.pages) > MOST_PAGES:
                raise SkeletonError(
                    message("it has more than {most} pages", most=f"{MOST_PAGES:,}")
                )
            numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, start=1)}
            tags = _Tags(pdf, numbers)
            marked, figures = tags.read()
            laid_over = tuple(_within(_laid_over(pdf), _MOST_LINKS))
            links = tuple(_within(_links(pdf, numbers), _MOST_LINKS))
            return Skeleton(
                tuple(map(_sheet, pdf.pages)),
                _particulars(pdf),
                marked,
                figures,
                links,
                tuple(_bookmarks(pdf)),
                tuple(tags.spoken),
                laid_over,
            )
    except pikepdf.PasswordError:
        raise SkeletonError(message("it needs a password")) from None
    except ODD as error:
        raise SkeletonError(message("it is damaged or not a PDF")) from error


def _within(items: Iterator[Any], most: int) -> Iterator[Any]:
    for count, item in enumerate(items):
        if count >= most:
            return
        yield item


def _sheet(page: pikepdf.Page) -> Sheet:
    media = _rectangle(page.mediabox) or (0.0, 0.0, 612.0, 792.0)
    boxes = {"media": media}
    for name, key in (
        ("crop", Name.CropBox),
        ("bleed", Name.BleedBox),
        ("trim", Name.TrimBox),
        ("art", Name.ArtBox),
    ):
        if box := _rectangle(page.obj.get(key)):
            boxes[name] = box
    trim = boxes.get("trim") or boxes.get("crop") or media
    turned = page.obj.get(Name.Rotate, 0)
    sides = {
        name: tuple(
            round(side * MM_PER_PT, 2)
            for side in (box[0], box[1], box[2] - box[0], box[3] - box[1])
        )
        for name, box in boxes.items()
    }
    unit = page.obj.get("/UserUnit", 1)
    if isinstance(unit, int | float | Decimal) and unit != 1:
        sides["unit"] = (0.0, 0.0, float(unit), float(unit))
    return Sheet(sides, trim, int(turned) % 360 if isinstance(turned, int) else 0)  # type: ignore[arg-type]


def _rectangle(box: Any) -> tuple[float, float, float, float] | None:
    try:
        x0, y0, x1, y1 = (float(side) for side in box)
    except ODD:
        return None
    return (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)) if x0 != x1 and y0 != y1 else None


def _particulars(pdf: pikepdf.Pdf) -> dict[str, str]:
    """The metadata that readers show. Dates and producers are left out: they are about the making
    of the file, not its content.
    """
    xmp = properties(pdf)
    info = pdf.trailer.get(Name.Info)
    info = info if isinstance(info, Dictionary) else Dictionary()
    found = {
        "title": _words(info.get(Name.Title)) or xmp.get("dc:title", ""),
        "author": _words(info.get(Name.Author)) or xmp.get("dc:creator", ""),
        "subject": _words(info.get(Name.Subject)) or xmp.get("dc:description", ""),
        "keywords": _words(info.get(Name.Keywords)) or xmp.get("pdf:Keywords", ""),
        "language": _words(pdf.Root.get(Name.Lang)),
        "identifier": xmp.get("dc:identifier", ""),
        "PDF/UA": xmp.get("pdfuaid:part", ""),
        "PDF/A": xmp.get("pdfaid:part", "") + xmp.get("pdfaid:conformance", ""),
        "PDF/X": xmp.get("pdfxid:GTS_PDFXVersion", ""),
    }
    marks, names = pdf.Root.get(Name.MarkInfo), pdf.Root.get(Name.Names)
    found["tagged"] = (
        "yes" if isinstance(marks, Dictionary) and bool(marks.get(Name.Marked)) else ""
    )
    opening = pdf.Root.get(Name.OpenAction)
    found["opening action"] = (
        str(opening.get(Name.S, "")).removeprefix("/") if isinstance(opening, Dictionary) else ""
    )
    if isinstance(names, Dictionary) and Name.JavaScript in names:
        found["scripts"] = "yes"
    found["attachments"] = ", ".join(sorted(pdf.attachments.keys()))
    return {name: value for name, value in found.items() if value}


def _words(value: Any) -> str:
    return str(value)[:10_000] if isinstance(value, pikepdf.String | str) else ""


def _links(pdf: pikepdf.Pdf, numbers: Mapping[tuple[int, int], int]) -> Iterator[Hyperlink]:
    for number, page in enumerate(pdf.pages, start=1):
        annotations = page.obj.get(Name.Annots)
        for annotation in annotations if isinstance(annotations, Array) else ():
            if not isinstance(annotation, Dictionary) or annotation.get(Name.Subtype) != Name.Link:
                continue
            box, target = _rectangle(annotation.get(Name.Rect)), _target(annotation, numbers)
            if box and target:
                yield Hyperlink(number, box, target, _words(annotation.get(Name.Contents)))


def _laid_over(pdf: pikepdf.Pdf) -> Iterator[str]:
    for number, page in enumerate(pdf.pages, start=1):
        annotations = page.obj.get(Name.Annots)
        for one in annotations if isinstance(annotations, Array) else ():
            if isinstance(one, Dictionary) and one.get(Name.Subtype) not in (Name.Link, Name.Popup):
                box = _rectangle(one.get(Name.Rect)) or (0.0, 0.0, 0.0, 0.0)
                words = filter(
                    None, (_words(one.get(key)) for key in (Name.T, Name.Contents, Name.V))
                )
                yield (
                    f"page {number}: {str(one.get(Name.Subtype, '')).removeprefix('/')} at"
                    f" {', '.join(f'{side:.0f}' for side in box)} {' '.join(words)}".rstrip()
                )


def _target(annotation: Any, numbers: Mapping[tuple[int, int], int]) -> str:
    action = annotation.get(Name.A)
    if isinstance(action, Dictionary):
        if uri := _words(action.get(Name.URI)):
            return uri
        destination = action.get(Name.D)
        if destination is None or action.get(Name.S) not in (Name.GoTo, Name.GoToR):
            kind = str(action.get(Name.S, "")).removeprefix("/")
            parts = (_words(action.get(key)) for key in (Name.F, Name.JS, Name.N))
            return f"{kind}: {next(filter(None, parts), '')}"
    else:
        destination = annotation.get(Name.Dest)
    if (
        isinstance(destination, Array)
        and len(destination)
        and isinstance(destination[0], Dictionary)
    ):
        return f"page {numbers.get(destination[0].objgen, 0)}"
    name = str(destination) if isinstance(destination, pikepdf.String | Name | str) else ""
    return f"#{name.removeprefix('/')}" if name else ""


def _bookmarks(pdf: pikepdf.Pdf) -> Iterator[tuple[int, str]]:
    outlines = pdf.Root.get(Name.Outlines)
    stack = [(outlines.get(Name.First), 1)] if isinstance(outlines, Dictionary) else []
    seen: set[tuple[int, int]] = set()
    while stack and len(seen) < _MOST_BOOKMARKS:
        item, level = stack.pop()
        if not isinstance(item, Dictionary) or item.objgen in seen:
            continue
        seen.add(item.objgen)
        yield level, _words(item.get(Name.Title))
        stack.extend(((item.get(Name.Next), level), (item.get(Name.First), level + 1)))


class _Tags:
    """The tree of structure, flattened to what has content, in the order of reading."""

    def __init__(self, pdf: pikepdf.Pdf, numbers: Mapping[tuple[int, int], int]) -> None:
        self.root = pdf.Root.get(Name.StructTreeRoot)
        self.numbers = numbers
        roles = self.root.get(Name.RoleMap) if isinstance(self.root, Dictionary) else None
        self.roles = (
            {str(key): str(value) for key, value in roles.items()}
            if isinstance(roles, Dictionary)
            else {}
        )
        self.marked: list[Marked] = []
        self.figures: list[Figure] = []
        self.spoken: list[str] = []
        self.blocks = 0

    def read(self) -> tuple[tuple[Marked, ...], tuple[Figure, ...]]:
        if not isinstance(self.root, Dictionary):
            return (), ()
        start = Marked(0, -1, "", "", "", "", is_call=False, figure=-1)
        stack: list[tuple[Any, Marked]] = [(self.root.get(Name.K), start)]
        seen: set[tuple[int, int]] = set()
        steps = 0
        while stack and steps < _MOST_ELEMENTS:
            steps += 1
            item, inside = stack.pop()
            if isinstance(item, Array):
                if item.is_indirect:
                    if item.objgen in seen:
                        continue
                    seen.add(item.objgen)
                stack.extend((kid, inside) for kid in reversed(list(item)))
            elif isinstance(item, int):
                self._mark(int(item), inside.page, inside)
            elif isinstance(item, Dictionary):
                if item.get(Name.Type) == Name.MCR and isinstance(mcid := item.get(Name.MCID), int):
                    self._mark(int(mcid), self._page(item) or inside.page, inside)
                elif Name.S in item:
                    if item.is_indirect:
                        if item.objgen in seen:
                            continue
                        seen.add(item.objgen)
                    stack.append((item.get(Name.K), self._enter(item, inside)))
        return tuple(self.marked), tuple(self.figures)

    def _mark(self, mcid: int, page: int, inside: Marked) -> None:
        self.marked.append(
            Marked(
                page,
                mcid,
                inside.block,
                inside.role,
                inside.name,
                inside.language,
                inside.is_call,
                inside.figure,
            )
        )

    def _page(self, item: Any) -> int:
        page = item.get(Name.Pg)
        return self.numbers.get(page.objgen, 0) if isinstance(page, Dictionary) else 0

    def _enter(self, element: Any, inside: Marked) -> Marked:
        """What holds inside an element."""
        role = str(element.get(Name.S)).removeprefix("/")
        role = self.roles.get(f"/{role}", f"/{role}").removeprefix("/")
        named = _words(element.get(Name.ID)).rstrip("+")
        own = named if named.count(".") >= 3 and not _PASSING.match(named) else ""
        inherits = role in _INLINE or role == "Figure" or inside.role in _LEAVES
        name = own or (inside.name if inherits else "")
        language = _words(element.get(Name.Lang)) or inside.language
        block, kind = inside.block, inside.role
        # A caption is text, though it is in its figure.
        figure = {"Caption": -1, "Figure": len(self.figures)}.get(role, inside.figure)
        page = self._page(element) or inside.page
        if role not in _INLINE:
            self.blocks += 1
            block, kind = (
                name if name and (own or inside.role in _LEAVES) else str(self.blocks),
                role,
            )
        for key in (Name.Alt, Name.ActualText):
            if (words := _words(element.get(key))) and (role != "Figure" or key == Name.ActualText):
                self.spoken.append(f"{name or role}: {words}")
        if role == "Figure":
            self.figures.append(
                Figure(_words(element.get(Name.Alt)), name, page, _box(element), language)
            )
        return Marked(
            page, -1, block, kind, name, language, inside.is_call or role == "Reference", figure
        )


def _box(element: Any) -> tuple[float, float, float, float] | None:
    attributes = element.get(Name.A)
    for one in attributes if isinstance(attributes, Array) else (attributes,):
        if isinstance(one, Dictionary) and Name.BBox in one:
            return _rectangle(one.BBox)
    return None
