"""The paragraphs of a Word document letter by letter, with tracked changes (ECMA-376, part 1,
17.13.5), fields of properties and note calls.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from reportcard.content.signs import printed
from reportcard.intake.elements import child, get, name_of, value, whole
from reportcard.intake.manuscript import ParagraphKind, allowed
from reportcard.intake.package import Element
from reportcard.intake.styles import ParagraphLook, StyleSheet
from reportcard.intake.symbols import symbol_of, with_symbols
from reportcard.manuscript.letters import Letter, words_of
from reportcard.manuscript.returned import ReturnedLine, Trace, TrackedLetter, Unread
from reportcard.manuscript.unread import exhibit_in, settings_of

#: Elements that have no text of the document, or none that is the author's.
_NO_TEXT: Final = frozenset(
    {
        *("pPr", "rPr", "tblPr", "tblGrid", "trPr", "tcPr", "sectPr", "sdtPr", "sdtEndPr", "rt"),
        *("softHyphen", "footnoteRef", "endnoteRef", "annotationRef", "fldData", "ffData"),
    }
)
_SIGNS: Final = {"tab": " ", "ptab": " ", "br": " ", "cr": " ", "noBreakHyphen": "-", "sym": ""}


@dataclass(slots=True)
class Anchor:
    """Where a comment begins, and the words that it is on."""

    note: str
    line: int
    words: str = ""
    is_open: bool = True


@dataclass(slots=True)
class _FieldResult:
    """A field being read (17.16.18): its code, and where its result begins among the letters of its
    line.
    """

    inserted: Trace | None
    deleted: Trace | None
    code: str = ""
    start: int | None = None

    @property
    def href(self) -> str:
        words = self.code.split()
        is_link = bool(words) and words[0].upper() == "HYPERLINK" and "\\l" not in words
        found = (one.strip('"') for one in words[1:] if not one.startswith("\\"))
        return next(found, "") if is_link else ""

    @property
    def value(self) -> str:
        """The property that it is a field of."""
        name, _, rest = self.code.strip().partition(" ")
        return rest.strip().partition("\\")[0].strip().strip('"') if name == "DOCPROPERTY" else ""


@dataclass(slots=True)
class LineReader:
    sheet: StyleSheet
    links: Mapping[str, str]
    #: By the key of a footnote, the bookmark at its call.
    calls: dict[str, str]
    anchors: dict[str, Anchor]
    #: The footnote that is read; empty for the text.
    note: str = ""
    found: list[ReturnedLine] = field(default_factory=list)
    letters: list[TrackedLetter] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    fields: list[_FieldResult] = field(default_factory=list)
    inserted: Trace | None = None
    deleted: Trace | None = None
    #: The row of a table that is read (0: none), how many there were so far, and the column.
    row: int = 0
    rows: int = 0
    column: int = 0
    #: Text boxes at a paragraph, with who inserted or deleted each.
    boxes: list[tuple[Element, Trace | None, Trace | None]] = field(default_factory=list)
    #: The bookmark that begins right before a call.
    waiting: str = ""
    #: What no card takes.
    unread: list[Unread] = field(default_factory=list)
    #: By its kind and line, where the last of it ends among the letters.
    set_until: dict[tuple[str, int], int] = field(default_factory=dict)

    def lines(self, element: Element) -> tuple[ReturnedLine, ...]:
        """The lines below an element."""
        self._blocks(element)
        return tuple(self.found)

    def _blocks(self, element: Element) -> None:
        for one in element:
            name = name_of(one)
            if name == "p":
                self._paragraph(one)
            elif name == "tr":
                self._row(one)
            elif name in ("bookmarkStart", "commentRangeStart", "commentRangeEnd"):
                self._mark(one, name)
            elif name == "AlternateContent":
                self._blocks(_first(one))
            elif name == "tc":
                self._blocks(one)
                self.column += whole(value(child(one, "tcPr"), "gridSpan")) or 1
            elif name not in _NO_TEXT:
                self._leave(*(("embedded", "") if name == "altChunk" else exhibit_in(one)))
                self._blocks(one)

    def _row(self, row: Element) -> None:
        properties = child(row, "trPr")
        before = self.inserted, self.deleted
        if (change := child(properties, "ins")) is not None:
            self.inserted = trace_of(change)
        if (change := child(properties, "del")) is not None:
            self.deleted = trace_of(change)
        around = self.row, self.column
        self.rows += 1
        self.row, self.column = self.rows, 0
        self._blocks(row)
        self.row, self.column = around
        self.inserted, self.deleted = before

    def _paragraph(self, element: Element) -> None:
        properties = child(element, "pPr")
        look = self.sheet.paragraph(properties)
        self.letters = []
        self._inlines(element, look, "")
        mark = child(properties, "rPr")
        inserted, deleted = (
            self._end(mark, ("ins", "moveTo")),
            self._end(mark, ("del", "moveFrom")),
        )
        names, self.names = tuple(self.names), []
        change = child(properties, "pPrChange")
        self.found.append(
            ReturnedLine(
                tuple(self.letters),
                _kind(look),
                names,
                inserted or self.inserted,
                deleted or self.deleted,
                self.row,
                self.column,
                None if change is None else trace_of(change),
            )
        )
        before, boxes = (self.inserted, self.deleted), self.boxes
        self.boxes = []
        for box, self.inserted, self.deleted in boxes:
            self._blocks(box)  # its paragraphs follow that which it is at
        self.inserted, self.deleted = before

    @staticmethod
    def _end(mark: Element | None, names: tuple[str, str]) -> Trace | None:
        """Who changed the end of a paragraph."""
        found = (child(mark, name) for name in names)
        return next((trace_of(one) for one in found if one is not None), None)

    def _inlines(self, element: Element, look: ParagraphLook, href: str) -> None:
        for one in element:
            name = name_of(one)
            match name:
                case "t" | "delText":
                    self._text(one.text or "", look, href)
                case _ if name in _SIGNS:
                    self._sign(one, name, look, href)
                case "r":
                    self._run(one, look, href)
                case "ins" | "moveTo" | "del" | "moveFrom":
                    self._changed(one, name, look, href)
                case "hyperlink":
                    self._inlines(one, look, self.links.get(get(one, "id"), "") or href)
                case "footnoteReference" | "endnoteReference":
                    self._call(f"{name.removesuffix('Reference')}-{get(one, 'id')}", look)
                case "fldChar" | "instrText" | "delInstrText":
                    self._step(one, name)
                case "fldSimple":
                    self._simple_field(one, look, href)
                case "bookmarkStart" | "commentRangeStart" | "commentRangeEnd" | "txbxContent":
                    self._mark(one, name)
                case _ if name not in _NO_TEXT:
                    self._leave(*exhibit_in(one))
                    self._inlines(_first(one) if name == "AlternateContent" else one, look, href)

    def _changed(self, element: Element, name: str, look: ParagraphLook, href: str) -> None:
        before = self.inserted, self.deleted
        if name in ("ins", "moveTo"):
            self.inserted = trace_of(element)
        else:
            self.deleted = trace_of(element)
        self._inlines(element, look, href)
        self.inserted, self.deleted = before

    def _run(self, element: Element, look: ParagraphLook, href: str) -> None:
        properties = child(element, "rPr")
        run = self.sheet.run(properties, look)
        if run.hidden:
            self._leave("hidden", "".join(one.text or "" for one in element.iter("{*}t")))
            return
        start = len(self.letters)
        for text in element.iter("{*}t", "{*}delText"):
            text.text = with_symbols(text.text or "", properties)
        self._inlines(element, run, href)
        self._leave_settings(properties, href, start)
        change = child(properties, "rPrChange")
        if change is None:
            return
        old = self.sheet.run(child(change, "rPr"), look)
        if (old.bold, old.italic) == (run.bold, run.italic):
            return
        for at in range(start, len(self.letters)):
            one = self.letters[at]
            before = replace(one.letter, bold=old.bold, italic=old.italic)
            self.letters[at] = replace(one, before=before, formatted=trace_of(change))

    def _leave(self, kind: str, words: str = "") -> None:
        """Notes what no card takes, unless it is deleted."""
        if kind and not self.deleted:
            self.unread.append(Unread(kind, len(self.found), self.note, allowed(words)))

    def _leave_settings(self, properties: Element | None, href: str, start: int) -> None:
        """Notes how the letters from `start` are set that no card can have."""
        words = words_of([one.letter for one in self.letters[start:] if not one.deleted])
        if not words.strip():
            return
        is_link = bool(href or value(properties, "rStyle") or any(one.href for one in self.fields))
        for kind in settings_of(properties, is_link=is_link):
            place = (kind, len(self.found))
            if self.set_until.get(place) == start:
                before = next(one for one in reversed(self.unread) if one.kind == kind)
                at = self.unread.index(before)
                self.unread[at] = replace(before, words=before.words + allowed(words))
            else:
                self._leave(kind, words)
            self.set_until[place] = len(self.letters)

    def _sign(self, element: Element, name: str, look: ParagraphLook, href: str) -> None:
        """An element that is a sign; a space that begins a paragraph is none."""
        sign = symbol_of(element) if name == "sym" else _SIGNS[name]
        if not sign:
            self._leave("symbol", get(element, "font"))
        elif self.letters or not sign.isspace():
            self._text(sign, look, href)

    def _text(self, text: str, look: ParagraphLook, href: str) -> None:
        clean = printed(allowed(text.replace("\n", " ")))
        link = href or next((one.href for one in reversed(self.fields) if one.href), "")
        for sign in clean:
            self._put(Letter(sign, look.bold, look.italic, link))
        if clean:
            self.waiting = ""
        for anchor in self.anchors.values():
            if anchor.is_open:
                anchor.words += clean

    def _put(self, letter: Letter) -> None:
        """Appends a letter; what one author inserted and deleted was never there."""
        inserted, deleted = self.inserted, self.deleted
        if inserted and deleted and inserted.author == deleted.author:
            return
        self.letters.append(TrackedLetter(letter, inserted, deleted))

    def _call(self, key: str, look: ParagraphLook) -> None:
        self.calls[key] = self.waiting
        self.waiting = ""
        self._put(Letter("", look.bold, look.italic, note=key))

    def _mark(self, element: Element, name: str) -> None:
        """A bookmark or a text box begins, or a comment begins or ends."""
        if name == "txbxContent":
            self.boxes.append((element, self.inserted, self.deleted))
            return
        if name == "bookmarkStart":
            bookmark = get(element, "name")
            if bookmark.startswith("RCN_"):
                self.waiting = bookmark
            else:
                self.names.append(bookmark)
            return
        id_ = get(element, "id")
        if name == "commentRangeStart":
            self.anchors[id_] = Anchor(self.note, len(self.found))
        elif id_ in self.anchors:
            self.anchors[id_].is_open = False

    # Fields.

    def _step(self, element: Element, name: str) -> None:
        """Follows a field from its beginning over its code to its result and end."""
        if name != "fldChar":
            if self.fields and self.fields[-1].start is None:
                self.fields[-1].code += element.text or ""
            return
        match get(element, "fldCharType"):
            case "begin":
                self.fields.append(_FieldResult(self.inserted, self.deleted))
            case "separate" if self.fields:
                self.fields[-1].start = len(self.letters)
            case "end" if self.fields:
                self._close()

    def _simple_field(self, element: Element, look: ParagraphLook, href: str) -> None:
        opened = _FieldResult(self.inserted, self.deleted, get(element, "instr"), len(self.letters))
        self.fields.append(opened)
        self._inlines(element, look, opened.href or href)
        self._close()

    def _close(self) -> None:
        """Takes the result of a field of a property for a value; what was typed within it is text
        beside it.
        """
        closed = self.fields.pop()
        if not closed.value or closed.start is None:
            return
        result, self.letters = self.letters[closed.start :], self.letters[: closed.start]
        own = [one for one in result if one.inserted == closed.inserted]
        if not own and not closed.inserted:
            self.letters += result
            return
        typed = [one for one in result if one.inserted and one.inserted != closed.inserted]
        gone = next((one.deleted for one in own if one.deleted), closed.deleted)
        if closed.inserted and gone and closed.inserted.author == gone.author:
            return
        words = "".join(one.letter.text for one in own)
        marks = own[0].letter if own else Letter("")
        letter = replace(marks, text=words, value=f"{{{{ {closed.value} }}}}")
        self.letters.append(TrackedLetter(letter, closed.inserted, gone))
        self.letters += typed


def _kind(look: ParagraphLook) -> str:
    inner = "inner-" if look.level > 1 else ""
    match look.kind:
        case ParagraphKind.BULLET:
            return f"{inner}bullet"
        case ParagraphKind.NUMBERED:
            return f"{inner}number"
        case ParagraphKind.HEADING:
            return "heading"
    return "paragraph"


def _first(element: Element) -> Element:
    """The first branch of an alternative."""
    return element[0] if len(element) else element


def trace_of(element: Element) -> Trace:
    return Trace(" ".join(get(element, "author").split()), get(element, "date"))
