"""Paragraphs of a manuscript in the Markdown of content files: what was typed prints as typed, bold
and links as they were set.

The result is read again by the program's own reader: where marks cannot be written so that they are
read back, words come first.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from reportcard.content.markdown import parse_prose
from reportcard.content.marks import escaped, lost_ends
from reportcard.content.prose import Call, Run
from reportcard.content.tree import BLOCK, Text
from reportcard.intake.manuscript import (
    Inline,
    ManuscriptCall,
    ManuscriptRun,
)

#: Where lines of the file end: after a sentence, or at the last space before this column.
_WIDTH: Final = 130
_SENTENCE_END: Final = re.compile(
    r"(?<=[.!?…»”])(?<!\bN\.º)(?:\[\^[\w-]+\])* (?=[\W\d_]*[A-ZÀ-ÞĀ-Ž¿¡])"
)
#: What begins a line and would make something else of it than text.
_LINE_SIGN: Final = re.compile(
    r"([-+])(?=\s|$|\w)|(#{1,6})(?=\s|$)|(>)|(\|)|(`{3}|~{3})|(\d{1,9})([.)])(?=\s|$)"
    r"|(:{3}|-{3}|={3}|_{3}|#{2}|:(?=\s))"
)
#: A bar that ends a cell.
_BAR: Final = re.compile(r"(?<!\\)\|")
_DANGER: Final = re.compile(r"[-+>#|=~`:]|\d{1,9}\\?[.)]")
_ADDRESS: Final = re.compile(r"(?:https?://|mailto:)[^\s<>\"{}|\\^`]+[^\s<>\"{}|\\^`.,;:!?)\]»”’]")
#: Characters that an address in content cannot have, by their codes; round brackets, too, which
#: would end a link.
_CODES: Final = {ord(sign): f"%{ord(sign):02X}" for sign in ' <>"{}|\\^`()'}
_QUOTES: Final = str.maketrans("", "", "\"'“”‘’«»‹›„")


@dataclass(slots=True)
class _Sign:
    """A character of a paragraph with its marks, or a call (`note`), or a value."""

    text: str
    bold: bool = False
    italic: bool = False
    href: str = ""
    note: str = ""
    value: str = ""


def lines(inlines: Sequence[Inline], notes: Mapping[str, str]) -> list[str]:
    """A paragraph as lines of a block, calls by the names of `notes`; those that have no name there
    are left out.
    """
    return list(_wrapped(marked(inlines, notes)))


def line(inlines: Sequence[Inline], notes: Mapping[str, str]) -> str:
    """Inlines as one line: a title, a name."""
    return marked(inlines, notes).replace("\n", " ")


def cell(inlines: Sequence[Inline], notes: Mapping[str, str]) -> str:
    """Inlines as a cell of a table."""
    return _BAR.sub(r"\\|", line(inlines, notes))


def marked(inlines: Sequence[Inline], notes: Mapping[str, str]) -> str:
    """A paragraph in Markdown. Marks that could not be read back are given up: italics first, then
    bold, then links.
    """
    signs = list(_signs(inlines, notes))
    wanted = "".join(sign.text for sign in signs)
    for simpler in (
        {},
        {"italic": False},
        {"italic": False, "bold": False},
        {"italic": False, "bold": False, "href": ""},
    ):
        made = _written([replace(sign, **simpler) for sign in signs])
        if _read(made) == _bare(wanted):
            return made
    return made


def _read(made: str) -> str:
    text = Text(made, "", BLOCK)
    found, problems = parse_prose(text, "", "“”‘’")
    words = [
        one.text if isinstance(one, Run) else ""
        for one in found.inlines()
        if isinstance(one, Run | Call)
    ]
    return "\0" if problems or len(found.blocks) > 1 else _bare("".join(words))


def _bare(text: str) -> str:
    """A text as it is compared: which marks straight quotes become, and where its lines break, does
    not count.
    """
    return " ".join(text.translate(_QUOTES).split())


def _signs(inlines: Sequence[Inline], notes: Mapping[str, str]) -> Iterator[_Sign]:
    """The characters with their marks; runs of spaces as one, addresses as links."""
    space, parted = True, False
    for one in inlines:
        if isinstance(one, ManuscriptCall):
            parted = one.note not in notes
            if not parted:
                yield _Sign("", note=notes[one.note])
            continue
        if parted and one.text[:1].isalnum() and not space:
            yield _Sign(" ")  # the call that is left out was between two words
        if one.value:
            yield _Sign("", one.bold, one.italic, value=one.value)
            space, parted = False, False
            continue
        for part, href in _linked(one):
            for sign in part:
                if not (sign == " " and space):
                    yield _Sign(sign, one.bold, one.italic, href)
                space = sign in " \n"
        parted = False


def _linked(run: ManuscriptRun) -> Iterator[tuple[str, str]]:
    """A run's text with where it leads: addresses lead to themselves."""
    if run.href:
        yield run.text, _address(run.href)
        return
    at = 0
    for match in _ADDRESS.finditer(run.text):
        end = match.end()
        if run.text[end : end + 1] == ")" and match[0].count("(") > match[0].count(")"):
            end += 1
        yield run.text[at : match.start()], ""
        yield run.text[match.start() : end], run.text[match.start() : end]
        at = end
    yield run.text[at:], ""


def _address(href: str) -> str:
    return href.strip().translate(_CODES)


# --- writing --------------------------------------------------------------------------------------


def _written(signs: list[_Sign]) -> str:
    _mark_calls(signs)
    for mark in ("href", "bold", "italic"):
        _drawn_in(signs, mark)
    writer = _MarkWriter(signs)
    for number, (sign, typed) in enumerate(zip(signs, _escapes(signs), strict=True)):
        writer.turn(sign, number)
        writer.put(f"[^{sign.note}]" if sign.note else sign.value or typed)
    writer.turn(_Sign(""), len(signs))
    return "".join(writer.parts)


def _mark_calls(signs: list[_Sign]) -> None:
    """A call between words set alike is set as they are."""
    for before, sign, after in zip(signs, signs[1:], signs[2:], strict=False):
        if sign.note:
            sign.bold, sign.italic = before.bold and after.bold, before.italic and after.italic
            sign.href = before.href if before.href == after.href else ""


@dataclass(slots=True)
class _MarkWriter:
    """Opens and closes marks between signs: links are outermost, then bold, then italics."""

    signs: list[_Sign]
    parts: list[str] = field(default_factory=list)
    #: The text of the link that is open.
    link: list[str] = field(default_factory=list)
    #: The sign before, whose marks are open.
    state: _Sign = field(default_factory=lambda: _Sign(""))

    def put(self, text: str) -> None:
        """Writes into the link that is open, or else after it."""
        (self.link if self.state.href else self.parts).append(text)

    def turn(self, sign: _Sign, number: int) -> None:
        """Closes the marks that a sign does not have, and opens those that it has."""
        before = self.state
        is_same_link = sign.href == before.href
        is_bold_on = before.bold and sign.bold and is_same_link
        is_italic_on = before.italic and sign.italic and sign.bold == before.bold and is_same_link
        if before.italic and not is_italic_on:
            self.put("*")
        if before.bold and not is_bold_on:
            self.put("**")
        if before.href and not is_same_link:
            self.parts.append(_link("".join(self.link), before.href, self.signs, number))
            self.link = []
        self.state = sign
        if sign.bold and not is_bold_on:
            self.put("**")
        if sign.italic and not is_italic_on:
            self.put("*")


def _link(inner: str, href: str, signs: list[_Sign], end: int) -> str:
    """A link; one whose words are its address is written as the address alone."""
    begin = end
    while begin and (signs[begin - 1].href == href or signs[begin - 1].note):
        begin -= 1
    words = "".join(sign.text for sign in signs[begin:end])
    has_more = any(not sign.text or sign.bold or sign.italic for sign in signs[begin:end])
    return f"<{href}>" if words == href and not has_more else f"[{inner}]({href})"


def _drawn_in(signs: list[_Sign], mark: str) -> None:
    """Draws a mark's ends in to where Markdown sees them."""
    texts = [sign.text for sign in signs]
    values = [getattr(sign, mark) for sign in signs]
    for number in lost_ends(texts, values, is_flanked=mark != "href"):
        setattr(signs[number], mark, "" if mark == "href" else False)


def _escapes(signs: list[_Sign]) -> list[str]:
    """Each sign as it is written: with a backslash where Markdown, a value or a list would
    begin.
    """
    text = "".join(sign.text or "\0" for sign in signs)
    made = escaped(text)
    for match in re.finditer(r"(?:^|\n) *\0(:)", text):
        made[match.start(1)] = "\\:"  # a call and a colon would begin the note itself
    for match in re.finditer(r"(?:^|\n) *", text):
        if sign_ := _LINE_SIGN.match(text, match.end()):
            at = sign_.start(7) if sign_[7] else sign_.start()
            if not made[at].startswith("\\"):
                made[at] = f"\\{made[at]}"
    return made


def _wrapped(text: str) -> Iterator[str]:
    """Lines as people wrap them: a sentence each, long ones at spaces; never so that a line begins
    with a sign of its own.
    """
    for given in text.split("\n"):
        for sentence in _sentences(given):
            line = ""
            for word in sentence.split(" "):
                if line and len(line) + 1 + len(word) > _WIDTH and not _DANGER.match(word):
                    yield line
                    line = word
                else:
                    line = f"{line} {word}" if line else word
            if line:
                yield line


def _sentences(text: str) -> Iterator[str]:
    at = 0
    for match in _SENTENCE_END.finditer(text):
        if _DANGER.match(text, match.end()) or match.end() - at < 40:
            continue
        yield text[at : match.end() - 1]
        at = match.end()
    yield text[at:]
