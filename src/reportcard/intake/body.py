"""The text of a Word document, from its own XML (ECMA-376, part 1, 17), as blocks in their order.

Text is read in whatever element it is: only what is known not to be text (deletions, field codes,
properties) is passed over. Converters that know elements by name lose the text of those they do not
know, and few have notes.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from reportcard.intake.blocks import ManuscriptBlock, ManuscriptFigure
from reportcard.intake.boxes import boxed, quoted
from reportcard.intake.captions import settled, with_legends
from reportcard.intake.comments import CommentedRanges
from reportcard.intake.elements import child, get, is_deleted_row, name_of
from reportcard.intake.manuscript import (
    Inline,
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
from reportcard.intake.numbering import ListCounter
from reportcard.intake.package import Element
from reportcard.intake.styles import ParagraphLook, StyleSheet
from reportcard.intake.symbols import symbol_of, with_symbols
from reportcard.intake.word_fields import WordField, WordFields
from reportcard.intake.word_pictures import WordPictures
from reportcard.intake.word_tables import read_table

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
#: What a text box has its paragraphs in.
_BOX: Final = "txbxContent"
#: How deep tables, boxes and controls may be in each other; Word itself stops before.
_DEEPEST: Final = 40


@dataclass(slots=True)
class BodyReader:
    """Reads a part of a document. `counts`, `comments`, `lists` and `pictures` are shared by its
    parts.
    """

    sheet: StyleSheet
    related: Mapping[str, tuple[str, str]]
    counts: Counter[str]
    comments: CommentedRanges
    lists: ListCounter
    pictures: WordPictures
    fields: WordFields = field(default_factory=WordFields)
    #: What was found in the paragraph that is being read: the pictures, each with whether it is
    #: after words, the text boxes, the bookmarks, whether it is a caption.
    figures: list[tuple[ManuscriptFigure, bool]] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    anchors: list[str] = field(default_factory=list)
    has_words: bool = False
    has_sequence: bool = False
    #: The text of paragraphs that have their end deleted: it goes on in the next.
    carried: list[Inline | Marginalia] = field(default_factory=list)
    #: What was found beside the text where there is no paragraph for it.
    asides: list[Marginalia] = field(default_factory=list)
    depth: int = 0

    def read(self, element: Element) -> tuple[ManuscriptBlock, ...]:
        """The blocks below an element, tidied, with their captions."""
        return settled(self._read(element), self.counts)

    def _read(self, element: Element) -> tuple[ManuscriptBlock, ...]:
        """The blocks of the document, of a cell or a box."""
        outer, self.carried = self.carried, []
        self.depth += 1
        found = list(self._blocks(element))
        if self.carried:
            inlines, asides = _parted(self.carried)
            found.append(ManuscriptParagraph(ParagraphKind.TEXT, stripped(inlines), asides=asides))
        self.depth -= 1
        self.carried = outer
        return tuple(quoted(with_legends(tuple(self._tidied(found)))))

    def _tidied(self, found: Sequence[ManuscriptBlock]) -> Iterator[ManuscriptBlock]:
        """Paragraphs as a reader sees them; what is beside an empty one goes to its neighbor."""
        made: list[ManuscriptBlock] = []
        beside: list[Marginalia] = []
        for one in found:
            if not isinstance(one, ManuscriptParagraph):
                made.append(one)
                continue
            beside += one.asides
            for part in tidied(replace(one, asides=())):
                self.counts["break"] += part.text.count("\n")
                made.append(replace(part, asides=tuple(beside)))
                beside = []
        if made and beside and isinstance(last := made[-1], ManuscriptParagraph):
            made[-1] = replace(last, asides=(*last.asides, *beside))
            beside = []
        self.asides += beside
        yield from made

    # Paragraphs, tables.

    def _blocks(self, element: Element) -> Iterator[ManuscriptBlock]:
        for one in element:
            name = name_of(one)
            if name == "p":
                yield from self._paragraph(one)
            elif name == "tbl":
                yield from self._table(one)
            elif name in ("commentRangeStart", "commentRangeEnd"):
                list(self._comment(one))
            elif name == "bookmarkStart":
                self.anchors.append(get(one, "name"))
            elif name == "altChunk":
                self.counts["embedded"] += 1
            elif name == "AlternateContent":
                yield from self._blocks(_alternative(one))
            elif self._is_text(name) and not is_deleted_row(one):
                yield from self._blocks(one)

    def _table(self, element: Element) -> Iterator[ManuscriptBlock]:
        if self.depth > _DEEPEST:
            yield from self._blocks(element)
        else:
            self.counts["nested-table"] += self.depth > 1 and _is_in_table(element)
            yield from read_table(element, self._read, self.counts)

    def _paragraph(self, element: Element) -> Iterator[ManuscriptBlock]:
        properties = child(element, "pPr")
        look = self.sheet.paragraph(properties)
        self.comments.pieces.append(" ")
        self.has_words = self.has_sequence = False
        read = [*self.carried, *self._inlines(element, look, "")]
        self.carried = []
        figures, self.figures = self.figures, []
        boxes, self.boxes = self.boxes, []
        yield from (figure for figure, is_after in figures if not is_after)
        mark = child(properties, "rPr")
        if mark is not None and child(mark, "del") is not None:
            self.carried = read
        else:
            yield self._made(look, read)
        yield from (figure for figure, is_after in figures if is_after)
        for box in boxes:
            yield from boxed(self._read(box), floats=True)

    def _made(self, look: ParagraphLook, read: list[Inline | Marginalia]) -> ManuscriptParagraph:
        inlines, asides = _parted(read)
        kind, number = look.kind, 0
        if kind is ParagraphKind.TEXT and self.has_sequence:
            kind = ParagraphKind.CAPTION
        if kind is ParagraphKind.NUMBERED:
            number = self.lists.next(look.listed, look.level - 1)
            is_number = self.sheet.numbering.is_number(look.listed, look.level - 1)
            self.counts["lettered"] += not is_number
        self.counts["nested"] += look.level > 2 and bool(look.listed)
        anchors, self.anchors = tuple(self.anchors), []
        return ManuscriptParagraph(kind, stripped(inlines), look.level, asides, number, anchors)

    # Their content.

    def _inlines(
        self, element: Element, look: ParagraphLook, href: str
    ) -> Iterator[Inline | Marginalia]:
        for one in element:
            name = name_of(one)
            match name:
                case "t":
                    yield self._words(one, look, href)
                case _ if name in _SIGNS:
                    sign = symbol_of(one) if name == "sym" else ""
                    self.counts["symbol"] += name == "sym" and not sign
                    sign = sign or _SIGNS[name]
                    yield ManuscriptRun(sign, look.bold, look.italic, "" if sign == "\n" else href)
                case "footnoteReference" | "endnoteReference":
                    yield ManuscriptCall(f"{name.removesuffix('Reference')}-{get(one, 'id')}")
                case "r":
                    yield from self._run(one, look, href)
                case "commentRangeStart" | "commentRangeEnd" | "commentReference":
                    yield from self._comment(one)
                case "hyperlink" | "fldSimple":
                    yield from self._linked(one, look, href)
                case "AlternateContent":
                    yield from self._inlines(_alternative(one), look, href)
                case _ if self._is_text(name):
                    self._follow(one, name)
                    yield from self._inlines(one, look, href) if name != _BOX else ()

    def _follow(self, element: Element, name: str) -> None:
        """Keeps what is in a paragraph besides words: text boxes, pictures, fields, bookmarks."""
        match name:
            case "txbxContent":
                self.boxes.append(element)
            case "drawing" | "pict" | "object":
                found = self.pictures.figures(element, self.related)
                self.figures += ((figure, self.has_words) for figure in found)
            case "fldChar" | "instrText":
                self._step(element)
            case "bookmarkStart":
                self.anchors.append(get(element, "name"))

    def _words(self, element: Element, look: ParagraphLook, href: str) -> ManuscriptRun:
        text = element.text or ""
        self.comments.pieces.append(text)
        self.has_words = self.has_words or bool(text.strip())
        href = href or self.fields.href
        return ManuscriptRun(text, look.bold, look.italic, href, self.fields.target)

    def _run(
        self, element: Element, look: ParagraphLook, href: str
    ) -> Iterator[Inline | Marginalia]:
        run = self.sheet.run(child(element, "rPr"), look)
        if run.hidden:
            self.counts["hidden"] += 1
            return
        for text in element.iter("{*}t"):
            text.text = with_symbols(text.text or "", child(element, "rPr"))
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
            case "oMath":
                self.counts["equation"] += 1
            case "ins" | "moveTo":
                self.counts["inserted"] += 1
            case "del" | "moveFrom":
                self.counts["deleted"] += 1
                return False
        return name not in _NO_TEXT

    # Links and other fields.

    def _linked(
        self, element: Element, look: ParagraphLook, href: str
    ) -> Iterator[Inline | Marginalia]:
        """The words of a link, or of a field in one element."""
        if name_of(element) == "fldSimple":
            one = WordField(get(element, "instr"), has_result=True)
        else:
            one = WordField(has_result=True)
            href = self._allowed(self.related.get(get(element, "id"), ("", ""))[1]) or href
            if anchor := get(element, "anchor"):
                one.code = f'HYPERLINK \\l "{anchor}"'
        self._note(one)
        outer = len(self.fields.open)
        self.fields.open.append(one)
        yield from self._inlines(element, look, href)
        # A field may have been left open in it
        del self.fields.open[outer:]

    def _step(self, element: Element) -> None:
        if begun := self.fields.step(element):
            self._note(begun)

    def _note(self, field_: WordField) -> None:
        """Notes what a field does where its result begins."""
        self.has_sequence = self.has_sequence or field_.name == "SEQ"
        self.counts["page-reference"] += field_.name == "PAGEREF"
        if field_.href and not self._allowed(field_.href):
            field_.code = ""

    def _allowed(self, address: str) -> str:
        """The address, if a card may link to it."""
        if address.lower().startswith(("https://", "http://", "mailto:")):
            return address
        self.counts["link"] += bool(address)
        return ""


def _is_in_table(element: Element) -> bool:
    return any(name_of(one) == "tc" for one in element.iterancestors())


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
