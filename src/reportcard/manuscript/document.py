"""A manuscript as a Word document: each block a paragraph with a bookmark around it, notes as
footnotes, values as fields of the document's properties.

What LibreOffice, Word and Google Docs keep decides what is used: bookmarks and custom properties
come back, content controls do not.
"""

import io
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from reportcard.manuscript import parts
from reportcard.manuscript.dispatch import Dispatch, SentBlock, packed
from reportcard.manuscript.letters import Letter, Letters

#: A zip's files bear a date; the earliest there can be means none.
_NO_DATE: Final = (1980, 1, 1, 0, 0, 0)
_STYLES: Final[Mapping[str, str]] = {
    "chapter": "Heading1",
    "section": "Heading2",
    "label": "CardLabel",
    "hint": "CardHint",
    "heading": "Heading3",
    "caption": "Caption",
    "title": "Heading3",
    "name": "Caption",
    "picture": "CardFigure",
    "bullet": "ListBullet",
    "inner-bullet": "ListBullet",
    "number": "ListNumber",
    "inner-number": "ListNumber",
}
#: Footnotes with a smaller id are lines that separate them from the text.
_FIRST_NOTE: Final = 2


def document(dispatch: Dispatch, locale: str) -> bytes:
    """The .docx of a manuscript in a language, `es-PE`: the same bytes each time."""
    writer = _DocumentWriter(dispatch)
    body = writer.body()
    notes = writer.footnotes()
    title = next((block.text for block in dispatch.blocks if block.path == ("title",)), "")
    named = {**writer.values, **dict(packed(dispatch))}
    files = {
        "[Content_Types].xml": parts.content_types(),
        "_rels/.rels": parts.relations(
            {
                "officeDocument": "word/document.xml",
                "core-properties": "docProps/core.xml",
                "custom-properties": "docProps/custom.xml",
            }
        ),
        "word/document.xml": body,
        "word/_rels/document.xml.rels": parts.relations(
            {name: f"{name}.xml" for name in ("styles", "numbering", "settings", "footnotes")},
            writer.links,
        ),
        "word/footnotes.xml": notes,
        "word/_rels/footnotes.xml.rels": parts.relations({}, writer.links),
        "word/styles.xml": parts.styles(locale),
        "word/numbering.xml": parts.numbering(writer.lists),
        "word/settings.xml": parts.settings(),
        "docProps/core.xml": parts.core(title),
        "docProps/custom.xml": parts.properties(named),
    }
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(zipfile.ZipInfo(name, _NO_DATE), text.encode(), zipfile.ZIP_DEFLATED)
    return target.getvalue()


def property_name(value: str) -> str:
    """The name of the property that a value is a field of: the value without its braces."""
    return " ".join(value.strip("{} ").replace('"', "'").split())


@dataclass
class _DocumentWriter:
    dispatch: Dispatch
    links: list[str] = field(default_factory=list)
    values: dict[str, str] = field(default_factory=dict)
    lists: int = 0
    bookmarks: int = 0
    #: The notes of the footnotes so far, in order.
    called: list[str] = field(default_factory=list)

    def body(self) -> str:
        """The part of the text."""
        numbered = [
            (index, block)
            for index, block in enumerate(self.dispatch.blocks)
            if block.note not in self.dispatch.called
        ]
        inner = "".join(
            self._table(list(group)) if table else "".join(self._lines(list(group)))
            for table, group in groupby(numbered, _table_of(numbered))
        )
        page = (
            '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1418" w:right="1418"'
            ' w:bottom="1418" w:left="1418" w:header="709" w:footer="709" w:gutter="0"/></w:sectPr>'
        )
        text = f"<w:body>{inner}{page}</w:body>"
        return f"{parts.HEAD}<w:document {parts.NAMESPACES}>{text}</w:document>"

    def footnotes(self) -> str:
        """The part of footnotes: after the text, which calls them."""
        separators = "".join(
            f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{kind}/></w:r></w:p>'
            "</w:footnote>"
            for number, kind in ((-1, "separator"), (0, "continuationSeparator"))
        )
        listed = "".join(
            f'<w:footnote w:id="{number}">{"".join(self._note(note))}</w:footnote>'
            for number, note in enumerate(self.called, start=_FIRST_NOTE)
        )
        return f"{parts.HEAD}<w:footnotes {parts.NAMESPACES}>{separators}{listed}</w:footnotes>"

    def _note(self, note: str) -> Iterator[str]:
        indices = self.dispatch.indices(("notes", note))
        for number, index in enumerate(indices):
            sign = (
                '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>'
                '<w:r><w:t xml:space="preserve"> </w:t></w:r>'
            )
            runs = "".join(self._runs(self.dispatch.letters(index)))
            style = '<w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr>'
            yield f"<w:p>{style}{'' if number else sign}{runs}</w:p>"

    def _lines(self, numbered: Sequence[tuple[int, SentBlock]]) -> Iterator[str]:
        before = ""
        for index, block in numbered:
            if block.kind == "number" and before not in ("number", "inner-bullet", "inner-number"):
                self.lists += 1
            yield self._paragraph(index, block)
            before = block.kind

    def _paragraph(self, index: int, block: SentBlock) -> str:
        style = _STYLES.get(block.kind, "")
        if block.path == ("title",):
            style = "Title"
        elif block.path[:1] == ("recommendations",) and block.kind == "line":
            style = "Heading2"
        properties = f'<w:pStyle w:val="{style}"/>' if style else ""
        if style.startswith("List"):
            number = 1 if block.kind.endswith("bullet") else self.lists + 1
            level = int(block.kind.startswith("inner-"))
            properties += f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
        return f"<w:p><w:pPr>{properties}</w:pPr>{self._bound(index)}</w:p>"

    def _bound(self, index: int) -> str:
        """A block's runs within its bookmark."""
        inner = "".join(self._runs(self.dispatch.letters(index)))
        return self._marked(self.dispatch.name(index), inner)

    def _marked(self, name: str, inner: str) -> str:
        self.bookmarks += 1
        id_ = self.bookmarks
        return (
            f'<w:bookmarkStart w:id="{id_}" w:name="{name}"/>{inner}<w:bookmarkEnd w:id="{id_}"/>'
        )

    def _table(self, numbered: Sequence[tuple[int, SentBlock]]) -> str:
        rows: dict[int, dict[int, int]] = {}
        for index, block in numbered:
            place = block.cell or (0, 0)
            rows.setdefault(place[0], {})[place[1]] = index
        width = max(max(row) for row in rows.values()) + 1
        made = []
        for number, row in enumerate(rows.values()):
            cells = "".join(
                f'<w:tc><w:tcPr><w:tcW w:w="{9000 // width}" w:type="dxa"/></w:tcPr><w:p>'
                f"{self._bound(row[column]) if column in row else ''}</w:p></w:tc>"
                for column in range(width)
            )
            head = "" if number else "<w:trPr><w:tblHeader/></w:trPr>"
            made.append(f"<w:tr>{head}{cells}</w:tr>")
        grid = f'<w:gridCol w:w="{9000 // width}"/>' * width
        return (
            '<w:tbl><w:tblPr><w:tblStyle w:val="CardTable"/><w:tblW w:w="9000" w:type="dxa"/>'
            f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(made)}</w:tbl>"
        )

    # Words.

    def _runs(self, letters: Letters) -> Iterator[str]:
        for marks, group in groupby(letters, lambda one: replace(one, text="")):
            run = list(group)
            if marks.note:
                for _ in run:
                    yield self._call(marks.note)
                continue
            if marks.value:
                inner = "".join(self._value(one) for one in run)
            else:
                inner = _run("".join(one.text for one in run), marks)
            if marks.href.startswith(("http://", "https://", "mailto:")):
                if marks.href not in self.links:
                    self.links.append(marks.href)
                number = self.links.index(marks.href) + 1
                inner = f'<w:hyperlink r:id="link{number}">{inner}</w:hyperlink>'
            yield inner

    def _value(self, letter: Letter) -> str:
        name = property_name(letter.value)
        self.values[name] = letter.text
        code = quoteattr(f' DOCPROPERTY "{name}" ')[1:-1]
        return (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve">'
            f'{code}</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
            f"{_run(letter.text, letter)}"
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        )

    def _call(self, note: str) -> str:
        if note not in self.dispatch.notes:
            return _run(f"[^{note}]", Letter(""))
        self.called.append(note)
        number = len(self.called) + _FIRST_NOTE - 1
        name = self.dispatch.call_name(note, self.called.count(note))
        run = (
            '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>'
            f'<w:footnoteReference w:id="{number}"/></w:r>'
        )
        return self._marked(name, run)


def _table_of(
    numbered: Sequence[tuple[int, SentBlock]],
) -> Callable[[tuple[int, SentBlock]], int]:
    """For each block the number of the table that it is in, from 1; 0 if it is in none."""
    tables: dict[int, int] = {}
    count = 0
    before: tuple[tuple[str, ...], int] | None = None
    for index, block in numbered:
        if block.cell is None:
            before = None
            continue
        row = (block.path, block.cell[0])
        if before is None or before[0] != row[0] or row[1] - before[1] > 2:
            count += 1
        before = row
        tables[index] = count
    return lambda one: tables.get(one[0], 0)


def _run(text: str, marks: Letter) -> str:
    """Words set alike. A character that XML cannot have is left out by the reader of content."""
    style = ""
    if marks.value:
        style = '<w:rStyle w:val="CardValue"/>'
    elif marks.span.startswith("cites="):
        style = '<w:rStyle w:val="CardCitation"/>'
    elif marks.href:
        style = '<w:rStyle w:val="Hyperlink"/>'
    language = (
        f"<w:lang w:val={quoteattr(marks.span.removeprefix('lang='))}/>"
        if marks.span.startswith("lang=")
        else ""
    )
    bold = "<w:b/>" * marks.bold
    italic = "<w:i/>" * marks.italic
    return (
        f"<w:r><w:rPr>{style}{bold}{italic}{language}</w:rPr>"
        f'<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
    )
