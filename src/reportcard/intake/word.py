"""A Word document to a manuscript, from the document's own XML (ECMA-376, part 1, 17).

Text is read in whatever element it is: only what is known not to be text (deletions, field codes,
properties) is passed over. Converters that know elements by name lose the text of those they do not
know, and few have notes.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Final

from reportcard.intake.comments import CommentedRanges, read_comments
from reportcard.intake.manuscript import (
    Inline,
    Manuscript,
    ManuscriptCall,
    ManuscriptParagraph,
    ManuscriptRun,
    Marginalia,
    MarginaliaKind,
    ParagraphKind,
    stripped,
    text_of,
    tidied,
)
from reportcard.intake.package import Element, Package, unreadable
from reportcard.intake.remarks import remarks
from reportcard.intake.styles import ParagraphLook, StyleSheet, child, get, name_of
from reportcard.messages.message import message

#: A manuscript's length, so that one is read in a few seconds; that of the Peru card has 40,000
#: letters in 100 paragraphs.
MAXIMUM_LETTERS: Final = 300_000
MAXIMUM_PARAGRAPHS: Final = 5_000
#: Elements that have no text of the document.
_NO_TEXT: Final = frozenset(
    {
        "pPr",
        "rPr",
        "tblPr",
        "tblGrid",
        "trPr",
        "tcPr",
        "sectPr",
        "sdtPr",
        "sdtEndPr",
        "delText",
        "delInstrText",
        "softHyphen",
        "footnoteRef",
        "endnoteRef",
        "annotationRef",
        "rt",
        "fldData",
        "ffData",
    }
)
#: Elements that are a sign each.
_SIGNS: Final = {
    "tab": " ",
    "ptab": " ",
    "br": "\n",
    "cr": "\n",
    "noBreakHyphen": "\u2011",
    "sym": "•",
}


def read_word(package: Package) -> Manuscript:
    """The manuscript in a .docx. Raises ReportCardError (UNREADABLE) if it is damaged."""
    root = package.root(package.main)
    body = next((one for one in root if name_of(one) == "body"), None) if root is not None else None
    if body is None:
        raise unreadable(
            package.name,
            message("the file contains no text."),
            message("Open it in Word and save it again."),
        )
    letters = sum(len(one.text or "") for one in body.iter("{*}t"))
    if letters > MAXIMUM_LETTERS or sum(1 for _ in body.iter("{*}p")) > MAXIMUM_PARAGRAPHS:
        raise unreadable(
            package.name,
            message(
                "the file is too long to be a card ({letters} characters).", letters=f"{letters:,}"
            ),
            message("Import a file that contains only the card's text."),
        )
    related = package.related(package.main)
    parts = dict(related.values())
    sheet = StyleSheet.of(
        package.root(parts.get("styles", "")), package.root(parts.get("numbering", ""))
    )
    counts: Counter[str] = Counter()
    comments = CommentedRanges(read_comments(package.root(parts.get("comments", ""))))
    reader = _BodyReader(sheet, related, counts, comments)
    paragraphs = reader.read(body)
    asides = reader.asides
    notes: dict[str, tuple[ManuscriptParagraph, ...]] = {}
    for kind in ("footnote", "endnote"):
        part = parts.get(f"{kind}s", "")
        part_root = package.root(part)
        for note in part_root if part_root is not None else ():
            if name_of(note) == kind and get(note, "type") in ("", "normal"):
                reader = _BodyReader(sheet, package.related(part), counts, comments)
                notes[f"{kind}-{get(note, 'id')}"] = reader.read(note)
                asides += reader.asides
    running = tuple(_running_heads(package, related, sheet))
    return Manuscript(
        paragraphs,
        MappingProxyType(notes),
        remarks(counts, running),
        (*asides, *comments.left()),
    )


def _running_heads(
    package: Package, related: dict[str, tuple[str, str]], sheet: StyleSheet
) -> Iterator[str]:
    """The text of headers and footers of the pages, each once."""
    texts: dict[str, None] = {}
    for kind, target in related.values():
        root = package.root(target) if kind in ("header", "footer") else None
        if root is not None:
            reader = _BodyReader(sheet, {}, Counter(), CommentedRanges({}))
            texts |= dict.fromkeys(one.text for one in reader.read(root))
    yield from texts


@dataclass(slots=True)
class _WordField:
    """A field being read (17.16.18): its code, and whether its result has begun."""

    code: str = ""
    has_result: bool = False

    @property
    def href(self) -> str:
        words = self.code.split()
        is_link = bool(words) and words[0].upper() == "HYPERLINK" and "\\l" not in words
        return (
            next((word.strip('"') for word in words[1:] if not word.startswith("\\")), "")
            if is_link
            else ""
        )


@dataclass(slots=True)
class _BodyReader:
    sheet: StyleSheet
    related: dict[str, tuple[str, str]]
    counts: Counter[str]
    comments: CommentedRanges
    fields: list[_WordField] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    #: The text of paragraphs that have their end deleted: it goes on in the next.
    carried: list[Inline | Marginalia] = field(default_factory=list)
    #: What was found beside the text where there is no paragraph for it.
    asides: list[Marginalia] = field(default_factory=list)

    def read(self, element: Element) -> tuple[ManuscriptParagraph, ...]:
        """The paragraphs below an element, tidied."""
        found = list(self._paragraphs(element, framed=False))
        if self.carried:
            inlines, asides = _parted(self.carried)
            found.append(ManuscriptParagraph(ParagraphKind.TEXT, stripped(inlines), asides=asides))
        made: list[ManuscriptParagraph] = []
        beside: list[Marginalia] = []
        for one in found:
            beside += one.asides
            for part in tidied(replace(one, asides=())):
                made.append(replace(part, asides=tuple(beside)))
                beside = []
        self.counts["break"] += sum(one.text.count("\n") for one in made)
        if made and beside:
            made[-1] = replace(made[-1], asides=(*made[-1].asides, *beside))
            beside = []
        self.asides = beside
        return tuple(made)

    # Paragraphs.

    def _paragraphs(self, element: Element, *, framed: bool) -> Iterator[ManuscriptParagraph]:
        for one in element:
            name = name_of(one)
            if name == "p":
                yield from self._paragraph(one, framed=framed)
            elif name == "tbl":
                # A table of one column is only a frame around text.
                is_table = any(
                    sum(name_of(cell) == "tc" for cell in row) > 1
                    for row in one
                    if name_of(row) == "tr"
                )
                self.counts["table"] += is_table
                yield from self._paragraphs(one, framed=framed or is_table)
            elif name in ("commentRangeStart", "commentRangeEnd"):
                list(self._comment(one))
            elif name == "altChunk":
                self.counts["embedded"] += 1
            elif name == "AlternateContent":
                yield from self._paragraphs(_alternative(one), framed=framed)
            elif self._is_text(name) and not _is_deleted_row(one):
                yield from self._paragraphs(one, framed=framed)

    def _paragraph(self, element: Element, *, framed: bool) -> Iterator[ManuscriptParagraph]:
        properties = child(element, "pPr")
        look = self.sheet.paragraph(properties)
        self.comments.pieces.append(" ")
        read = [*self.carried, *self._inlines(element, look, "")]
        self.carried = []
        inlines, asides = _parted(read)
        mark = child(properties, "rPr")
        if mark is not None and child(mark, "del") is not None:
            self.carried = read
        elif framed:
            yield ManuscriptParagraph(ParagraphKind.FRAMED, stripped(inlines), asides=asides)
        else:
            self.counts["nested"] += (
                look.kind in (ParagraphKind.BULLET, ParagraphKind.NUMBERED) and look.level > 1
            )
            yield ManuscriptParagraph(look.kind, stripped(inlines), look.level, asides)
        boxes, self.boxes = self.boxes, []
        for box in boxes:
            self.counts["box"] += 1
            yield from self._paragraphs(box, framed=True)

    # Their content.

    def _inlines(
        self, element: Element, look: ParagraphLook, href: str
    ) -> Iterator[Inline | Marginalia]:
        for one in element:
            name = name_of(one)
            match name:
                case "t":
                    self.comments.pieces.append(one.text or "")
                    yield ManuscriptRun(
                        one.text or "", look.bold, look.italic, href or self._linked()
                    )
                case _ if name in _SIGNS:
                    self.counts["symbol"] += name == "sym"
                    sign = _SIGNS[name]
                    yield ManuscriptRun(sign, look.bold, look.italic, "" if sign == "\n" else href)
                case "footnoteReference" | "endnoteReference":
                    yield ManuscriptCall(f"{name.removesuffix('Reference')}-{get(one, 'id')}")
                case "txbxContent":
                    self.boxes.append(one)
                case "r":
                    yield from self._run(one, look, href)
                case "commentRangeStart" | "commentRangeEnd" | "commentReference":
                    yield from self._comment(one)
                case "hyperlink" | "fldSimple":
                    yield from self._inlines(one, look, self._target(one) or href)
                case "fldChar" | "instrText":
                    self._step(one, name)
                case "AlternateContent":
                    yield from self._inlines(_alternative(one), look, href)
                case _ if self._is_text(name):
                    yield from self._inlines(one, look, href)

    def _run(
        self, element: Element, look: ParagraphLook, href: str
    ) -> Iterator[Inline | Marginalia]:
        run = self.sheet.run(child(element, "rPr"), look)
        if run.hidden:
            self.counts["hidden"] += 1
            return
        for one in self._inlines(element, run, href):
            if run.struck and isinstance(one, ManuscriptRun) and one.text.strip():
                yield Marginalia(MarginaliaKind.STRUCK, one.text)
            elif not (run.struck and isinstance(one, ManuscriptCall)):
                yield one

    def _comment(self, element: Element) -> Iterator[Marginalia]:
        """Follows where a comment's words begin and end; gives the comment where it is called."""
        name, id_ = name_of(element), get(element, "id")
        if name != "commentReference":
            self.comments.turn(id_, is_start=name == "commentRangeStart")
        elif comment := self.comments.take(id_):
            yield comment
        else:
            self.counts["comment"] += 1

    def _is_text(self, name: str) -> bool:
        """Whether an element of a name can contain text; counts what remarks are made on."""
        match name:
            case "blip" | "imagedata" | "chart" | "relIds":
                self.counts["picture"] += 1
            case "oMath":
                self.counts["equation"] += 1
            case "ins" | "moveTo":
                self.counts["inserted"] += 1
            case "del" | "moveFrom":
                self.counts["deleted"] += 1
                return False
        return name not in _NO_TEXT

    def _linked(self) -> str:
        """The address of the innermost link field with its result being read."""
        return next((one.href for one in reversed(self.fields) if one.has_result and one.href), "")

    def _step(self, element: Element, name: str) -> None:
        """Follows a field from its beginning over its code to its result and end."""
        if name == "instrText":
            if self.fields and not self.fields[-1].has_result:
                self.fields[-1].code += element.text or ""
            return
        match get(element, "fldCharType"):
            case "begin":
                self.fields.append(_WordField())
            case "separate" if self.fields:
                address = self.fields[-1].href
                self.fields[-1] = replace(self.fields[-1], has_result=True)
                if address and not self._allowed(address):
                    self.fields[-1].code = ""
            case "end" if self.fields:
                self.fields.pop()

    def _target(self, element: Element) -> str:
        """Where a link leads, if a card may link to it."""
        if name_of(element) == "fldSimple":
            return self._allowed(_WordField(get(element, "instr")).href)
        return self._allowed(self.related.get(get(element, "id"), ("", ""))[1])

    def _allowed(self, address: str) -> str:
        """The address, if a card may link to it."""
        if address.lower().startswith(("https://", "http://", "mailto:")):
            return address
        self.counts["link"] += bool(address)
        return ""


def _parted(found: Sequence[Inline | Marginalia]) -> tuple[list[Inline], tuple[Marginalia, ...]]:
    """The text of a paragraph, and what is beside it. Struck-through words in a row are one aside;
    they part words that had spaces on both of their sides.
    """
    inlines: list[Inline] = []
    asides: list[Marginalia] = []
    is_after_struck = False
    for one in found:
        if not isinstance(one, Marginalia):
            inlines.append(one)
            is_after_struck = False
        elif one.kind is not MarginaliaKind.STRUCK:
            asides.append(one)
        elif is_after_struck:
            asides[-1] = replace(asides[-1], text=asides[-1].text + one.text)
        else:
            about = " ".join(text_of(inlines).split())
            asides.append(replace(one, about=about))
            is_after_struck = True
        if isinstance(one, Marginalia) and one.text[:1].isspace() and one.text[-1:].isspace():
            inlines.append(ManuscriptRun(" "))
    return inlines, tuple(asides)


def _alternative(element: Element) -> Element:
    """The branch of an alternative that has text: the first, or else what is there for older
    programs.
    """
    return next(
        (one for one in element if next(_texts(one), None) is not None),
        element[0] if len(element) else element,
    )


def _texts(element: Element) -> Iterator[Element]:
    return (one for one in element.iter() if name_of(one) == "t" and one.text)


def _is_deleted_row(element: Element) -> bool:
    properties = child(element, "trPr") if name_of(element) == "tr" else None
    return properties is not None and child(properties, "del") is not None
