"""A manuscript edited as Word does: changes tracked in the document's own XML (ECMA-376, part 1,
17.13.5).
"""

import copy
import io
import re
import zipfile
from collections.abc import Iterator

from lxml import etree

from .manuscripts import zipped

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DATE = "2026-03-02T10:15:00Z"
AUTHOR = "A. Autora"
Element = etree._Element


def q(name: str) -> str:
    """A name in the name space of word processing."""
    return f"{{{W}}}{name}"


class TrackedFile:
    """A .docx that is being edited."""

    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist()}
        self.document = etree.fromstring(self.parts["word/document.xml"])
        self.footnotes = etree.fromstring(self.parts["word/footnotes.xml"])
        self.comments: list[str] = []
        self.count = 1000

    # Finding words.

    def paragraph(self, words: str) -> Element:
        """The paragraph with some words, in the text or in a footnote."""
        for tree in (self.document, self.footnotes):
            for one in tree.iter(q("p")):
                if words in _text(one):
                    return one
        raise AssertionError(f"{words!r} is in no paragraph")

    def runs(self, words: str) -> list[Element]:
        """The runs of some words, which are parted from the others."""
        paragraph = self.paragraph(words)
        start = _text(paragraph).index(words)
        end = start + len(words)
        at, found = 0, []
        for run in list(paragraph.iter(q("r"))):
            text = run.find(q("t"))
            if text is None or run.getparent().tag == q("del"):
                continue
            words_of = text.text or ""
            first, last = max(start - at, 0), min(end - at, len(words_of))
            at += len(words_of)
            if first >= last:
                continue
            for piece in (words_of[:first], words_of[first:last], words_of[last:]):
                if piece:
                    new = copy.deepcopy(run)
                    new.find(q("t")).text = piece
                    new.find(q("t")).set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
                    run.addprevious(new)
                    if piece is words_of[first:last] or piece == words_of[first:last]:
                        found.append(new)
            run.getparent().remove(run)
        return found

    # Tracked changes.

    def _change(self, name: str, author: str) -> Element:
        self.count += 1
        made = etree.Element(q(name))
        made.set(q("id"), str(self.count))
        made.set(q("author"), author)
        made.set(q("date"), DATE)
        return made

    def delete(self, words: str, author: str = AUTHOR) -> Element:
        """Deletes words; gives the last of what is deleted."""
        for run in self.runs(words):
            gone = self._change("del", author)
            run.addprevious(gone)
            gone.append(run)
            for text in run.iter(q("t")):
                text.tag = q("delText")
        return gone

    def replace(self, words: str, new: str, author: str = AUTHOR) -> None:
        """Types other words in place of some."""
        gone = self.delete(words, author)
        gone.addnext(self._inserted(new, author))

    def insert(self, before: str, new: str, author: str = AUTHOR) -> None:
        """Types words after some."""
        self.runs(before)[-1].addnext(self._inserted(new, author))

    def _inserted(self, new: str, author: str) -> Element:
        made = self._change("ins", author)
        run = etree.SubElement(made, q("r"))
        text = etree.SubElement(run, q("t"))
        text.text = new
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        return made

    def format(self, words: str, mark: str = "b", *, on: bool = True, author: str = AUTHOR) -> None:
        """Sets words bold or not, or in italics."""
        for run in self.runs(words):
            properties = run.find(q("rPr"))
            if properties is None:
                properties = etree.Element(q("rPr"))
                run.insert(0, properties)
            old = copy.deepcopy(properties)
            for one in properties.findall(q(mark)):
                properties.remove(one)
            if on:
                etree.SubElement(properties, q(mark))
            change = self._change("rPrChange", author)
            change.append(old)
            properties.append(change)

    def _mark(self, paragraph: Element, name: str, author: str) -> None:
        properties = paragraph.find(q("pPr"))
        if properties is None:
            properties = etree.Element(q("pPr"))
            paragraph.insert(0, properties)
        mark = properties.find(q("rPr"))
        if mark is None:
            mark = etree.SubElement(properties, q("rPr"))
        mark.append(self._change(name, author))

    def add_paragraph(self, after: str, new: str, author: str = AUTHOR) -> None:
        """Enter at the end of a paragraph, and new words: the new end is that of the old one."""
        paragraph = self.paragraph(after)
        made = etree.Element(q("p"))
        properties = paragraph.find(q("pPr"))
        if properties is not None:
            made.append(copy.deepcopy(properties))
        made.append(self._inserted(new, author))
        self._mark(paragraph, "ins", author)
        paragraph.addnext(made)

    def remove_paragraph(self, words: str, author: str = AUTHOR) -> Element:
        """Deletes a paragraph with its end."""
        paragraph = self.paragraph(words)
        for run in [one for one in paragraph.iter(q("r")) if one.getparent().tag != q("del")]:
            gone = self._change("del", author)
            run.addprevious(gone)
            gone.append(run)
            for text in run.iter(q("t")):
                text.tag = q("delText")
        self._mark(paragraph, "del", author)
        return paragraph

    def _row(self, words: str) -> Element:
        """The row of a table with some words."""
        return next(one for one in self.paragraph(words).iterancestors() if one.tag == q("tr"))

    def add_row(self, after: str, *cells: str, tracked: bool = True, author: str = AUTHOR) -> None:
        """A row of a table below another."""
        made = etree.Element(q("tr"))
        if tracked:
            etree.SubElement(made, q("trPr")).append(self._change("ins", author))
        for words in cells:
            paragraph = etree.SubElement(etree.SubElement(made, q("tc")), q("p"))
            if words:
                inserted = self._inserted(words, author)
                paragraph.append(inserted if tracked else inserted[0])
        self._row(after).addnext(made)

    def remove_row(self, words: str, *, tracked: bool = True, author: str = AUTHOR) -> None:
        """Deletes a row of a table."""
        row = self._row(words)
        if not tracked:
            row.getparent().remove(row)
            return
        properties = row.find(q("trPr"))
        if properties is None:
            properties = etree.Element(q("trPr"))
            row.insert(0, properties)
        properties.append(self._change("del", author))
        for run in list(row.iter(q("r"))):
            gone = self._change("del", author)
            run.addprevious(gone)
            gone.append(run)
            for text in run.iter(q("t")):
                text.tag = q("delText")

    def move(self, words: str, after: str, author: str = AUTHOR) -> None:
        """Moves a paragraph after another; its bookmark stays at the old place, and the new one has
        a copy of it, as LibreOffice does.
        """
        source, target = self.paragraph(words), self.paragraph(after)
        made = copy.deepcopy(source)
        for run in list(made.iter(q("r"))):
            there = self._change("moveTo", author)
            run.addprevious(there)
            there.append(run)
        for start in made.iter(q("bookmarkStart")):
            start.set(q("name"), f"{start.get(q('name'))}_Copy_1")
        self._mark(made, "moveTo", author)
        for run in list(source.iter(q("r"))):
            gone = self._change("moveFrom", author)
            run.addprevious(gone)
            gone.append(run)
        self._mark(source, "moveFrom", author)
        target.addnext(made)

    def drag(self, words: str, after: str) -> None:
        """Moves a paragraph with its bookmark after another, untracked."""
        self.paragraph(after).addnext(self.paragraph(words))

    def drag_row(self, words: str, after: str) -> None:
        """Moves a row of a table with its bookmarks below another, untracked."""
        self._row(after).addnext(self._row(words))

    def put_in(self, before: str, markup: str) -> None:
        """Inserts something into a run of its own before some words, tracked."""
        made = self._change("ins", AUTHOR)
        made.append(etree.fromstring(f'<w:r xmlns:w="{W}">{markup}</w:r>'))
        self.runs(before)[0].addprevious(made)

    def restyle(self, words: str, style: str, number: int = 0, *, author: str = "") -> None:
        """Gives a paragraph another style, and puts it into a list by its number; tracked if it has
        an author.
        """
        properties = self.paragraph(words).find(q("pPr"))
        old = copy.deepcopy(properties)
        for one in list(properties):
            properties.remove(one)
        etree.SubElement(properties, q("pStyle")).set(q("val"), style)
        if number:
            listed = etree.SubElement(properties, q("numPr"))
            etree.SubElement(listed, q("ilvl")).set(q("val"), "0")
            etree.SubElement(listed, q("numId")).set(q("val"), str(number))
        if author:
            change = self._change("pPrChange", author)
            change.append(old)
            properties.append(change)

    def set(self, words: str, name: str, value: str = "") -> None:
        """Gives words a setting, untracked."""
        for run in self.runs(words):
            setting = etree.SubElement(run.find(q("rPr")), q(name))
            if value:
                setting.set(q("val"), value)

    def type_over(self, words: str, new: str) -> None:
        """Types other words in place of some, untracked."""
        (run,) = self.runs(words)
        run.find(q("t")).text = new

    def swap_columns(self, words: str) -> None:
        """Puts the second column of a table after the third, with its bookmarks."""
        table = next(one for one in self.paragraph(words).iterancestors() if one.tag == q("tbl"))
        for row in table.iter(q("tr")):
            cells = row.findall(q("tc"))
            cells[2].addnext(cells[1])

    def curl_quotes(self) -> None:
        """Turns quotes as a word processor does, untracked."""
        for one in self.document.iter(q("t")):
            one.text = re.sub(r'"(?=\w)', "“", one.text or "").replace('"', "”")

    def split(self, words: str, author: str = AUTHOR) -> None:
        """Enter before some words."""
        first = self.runs(words)[0]
        paragraph = self.paragraph(words)
        made = etree.Element(q("p"))
        properties = paragraph.find(q("pPr"))
        if properties is not None:
            made.append(copy.deepcopy(properties))
        rest = [first, *first.itersiblings()]
        for one in rest:
            made.append(one)
        self._mark(paragraph, "ins", author)
        paragraph.addnext(made)

    def join(self, words: str, author: str = AUTHOR) -> None:
        """Deletes the end of a paragraph."""
        self._mark(self.paragraph(words), "del", author)

    def add_note(self, after: str, text: str, author: str = AUTHOR) -> None:
        """A footnote after some words."""
        self.count += 1
        note = etree.SubElement(self.footnotes, q("footnote"))
        note.set(q("id"), str(self.count))
        paragraph = etree.SubElement(note, q("p"))
        etree.SubElement(etree.SubElement(paragraph, q("r")), q("footnoteRef"))
        paragraph.append(self._inserted(f" {text}", author))
        there = self._change("ins", author)
        call = etree.SubElement(etree.SubElement(there, q("r")), q("footnoteReference"))
        call.set(q("id"), note.get(q("id")) or "")
        self.runs(after)[-1].addnext(there)

    def delete_call(self, before: str, author: str = AUTHOR) -> None:
        """Deletes the note call after some words."""
        run = self.runs(before)[-1]
        call = next(
            one for one in run.itersiblings() if one.find(q("footnoteReference")) is not None
        )
        gone = self._change("del", author)
        call.addprevious(gone)
        gone.append(call)

    def comment(self, words: str, text: str, author: str = AUTHOR) -> None:
        """A comment on some words."""
        id_ = str(len(self.comments))
        runs = self.runs(words)
        start = etree.Element(q("commentRangeStart"))
        end = etree.Element(q("commentRangeEnd"))
        for one in (start, end):
            one.set(q("id"), id_)
        runs[0].addprevious(start)
        runs[-1].addnext(end)
        reference = etree.SubElement(etree.Element(q("r")), q("commentReference"))
        reference.set(q("id"), id_)
        end.addnext(reference.getparent())
        self.comments.append(
            f'<w:comment w:id="{id_}" w:author="{author}" w:date="{DATE}"><w:p><w:r><w:t>{text}'
            "</w:t></w:r></w:p></w:comment>"
        )

    def bytes(self) -> bytes:
        """The file."""
        parts = dict(self.parts)
        parts["word/document.xml"] = etree.tostring(self.document)
        parts["word/footnotes.xml"] = etree.tostring(self.footnotes)
        if self.comments:
            inner = "".join(self.comments)
            parts["word/comments.xml"] = (
                f'<w:comments xmlns:w="{W}">{inner}</w:comments>'
            ).encode()
            relations = parts["word/_rels/document.xml.rels"].decode()
            relation = (
                '<Relationship Id="c" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
                'relationships/comments" Target="comments.xml"/></Relationships>'
            )
            parts["word/_rels/document.xml.rels"] = relations.replace(
                "</Relationships>", relation
            ).encode()
        return zipped(parts)


def _text(paragraph: Element) -> str:
    return "".join(_pieces(paragraph))


def _pieces(paragraph: Element) -> Iterator[str]:
    for run in paragraph.iter(q("r")):
        text = run.find(q("t"))
        if text is not None and run.getparent().tag != q("del"):
            yield text.text or ""
