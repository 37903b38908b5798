"""A block of prose letter by letter, each with its marks, and back to the Markdown that it was
typed in.

A word processor knows letters and how they are set; content is Markdown. What was not changed in
between keeps the very signs that it was typed with.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Any, Final

from reportcard.content.grammar import Token, parser
from reportcard.content.markdown import parse_prose
from reportcard.content.marks import escaped, lost_ends
from reportcard.content.prose import Call, Inline, Run, Value
from reportcard.content.tree import BLOCK, Text

#: What begins a block and would make something else of it than text.
_BLOCK_SIGN: Final = re.compile(
    r"([-+])(?=\s|$)|(#{1,6})(?=\s|$)|(>)|(\|)|(`{3}|~{3}|:{3}|-{3}|={3}|_{3})"
    r"|(\d{1,9})([.)])(?=\s|$)|(:)(?=\s)"
)
#: Marks in the order in which they are opened.
_ORDER: Final = ("span", "href", "bold", "italic")


@dataclass(frozen=True, slots=True)
class Letter:
    """A sign of a block with its marks.

    `text` is one sign; of a value all that it prints; of a call nothing. `span` is what is set of a
    passage, `lang=es` or `cites=note`; `value` a value as it is typed, `{{ score.total }}`; `note`
    the note that is called.
    """

    text: str
    bold: bool = False
    italic: bool = False
    href: str = ""
    span: str = ""
    note: str = ""
    value: str = ""

    @property
    def is_sign(self) -> bool:
        """Whether it is a sign of the text, and neither a value nor a call."""
        return not (self.note or self.value)

    @property
    def unmarked(self) -> "Letter":
        """The same without its marks."""
        return Letter(self.text, note=self.note, value=self.value)


Letters = tuple[Letter, ...]
Shown = Callable[[str], str]
"""From a value as it is typed to what it prints."""


def as_typed(value: str) -> str:
    """A value that prints as it is typed."""
    return value


def letters(source: str, shown: Shown = as_typed) -> Letters:
    """A block's letters. One with marks that cannot be told from its letters again is taken sign by
    sign, its marks as text.
    """
    return tuple(
        replace(one, text=shown(one.value)) if one.value else one for one in _known(source)
    )


@lru_cache(maxsize=4096)
def _known(source: str) -> Letters:
    if is_plain(source):
        return tuple(Letter(sign) for sign in source)
    return tuple(_read(source))


@lru_cache(maxsize=4096)
def is_plain(source: str) -> bool:
    """Whether a block is taken sign by sign, its marks as text."""
    made = _written(tuple(_read(source)))
    return made != source and _meaning(made) != _meaning(source)


def rewritten(source: str, made: Letters) -> str:
    """The block of new letters in Markdown: what it has of `source` is typed as there."""
    if is_plain(source):
        return "".join(letter.text for letter in made)
    before, after = _written(tuple(_read(source))), _written(made)
    if before == after:
        return source
    if before == source:
        return after
    kept = _transplanted(source, before, after)
    return kept if _meaning(kept) == _meaning(after) else after


def written(made: Letters) -> str:
    """Letters in Markdown."""
    return _written(made)


def words_of(made: Sequence[Letter]) -> str:
    """The text of letters as it reads: values as they print, calls as nothing."""
    return "".join(letter.text for letter in made)


# --- reading --------------------------------------------------------------------------------------


def _read(source: str) -> Iterator[Letter]:
    marks = [Letter("")]
    for token in parser("").parseInline(source)[0].children or ():
        match token.type:
            case "text" | "text_special":
                on = marks[-1]
                yield from (
                    Letter(sign, on.bold, on.italic, on.href, on.span) for sign in token.content
                )
            case "softbreak" | "hardbreak":
                yield replace(marks[-1], text=" ")
            case "strong_open" | "em_open" | "link_open" | "span_open":
                marks.append(_opened(token, marks[-1]))
            case "strong_close" | "em_close" | "link_close" | "span_close":
                marks.pop()
            case "call":
                yield replace(marks[-1], note=token.info)
            case "value":
                typed = str(token.meta["source"])
                yield replace(marks[-1], text=typed, value=typed)


def _opened(token: Token, marks: Letter) -> Letter:
    match token.type:
        case "strong_open":
            return replace(marks, bold=True)
        case "em_open":
            return replace(marks, italic=True)
        case "link_open":
            return replace(marks, href=str(token.attrs.get("href", "")))
    ((name, value),) = token.attrs.items()
    return replace(marks, span=f"{name}={value}")


def _meaning(source: str) -> list[tuple[str, ...]]:
    """What a block says and how it is set, apart from how that is typed."""
    prose, problems = parse_prose(Text(source, "", BLOCK), "", "\"\"''", single_line=True)
    return [*_said(list(prose.inlines())), *((problem.code,) for problem in problems)]


def _said(inlines: list[Inline]) -> Iterator[tuple[str, ...]]:
    marks, text = "", ""
    for one in inlines:
        here = repr(one.marks)
        if isinstance(one, Run) and here == marks:
            text += one.text
            continue
        if text:
            yield marks, text
        marks, text = here, one.text if isinstance(one, Run) else ""
        if isinstance(one, Call):
            yield "call", one.note
        elif isinstance(one, Value):
            yield here, one.name, one.filter, one.argument, str(one.is_short)
    if text:
        yield marks, text


# --- writing --------------------------------------------------------------------------------------


def _written(made: Sequence[Letter]) -> str:
    drawn = list(made)
    _mark_calls(drawn)
    for mark in ("href", "span", "bold", "italic"):
        _draw_in(drawn, mark)
    writer = _MarkdownWriter()
    for letter, typed in zip(drawn, _escaped(drawn), strict=True):
        writer.turn(letter)
        writer.put(f"[^{letter.note}]" if letter.note else letter.value or typed)
        writer.words += letter.text if letter.is_sign else "\0"
    writer.turn(Letter(""))
    return "".join(writer.parts)


@dataclass(slots=True)
class _MarkdownWriter:
    """Opens and closes marks between letters, in the order of `_ORDER`."""

    parts: list[str] = field(default_factory=list)
    opened: list[tuple[str, str | bool]] = field(default_factory=list)
    #: Where the words of what is open in brackets begin.
    starts: list[int] = field(default_factory=list)
    words: str = ""

    def put(self, typed: str) -> None:
        """Writes a sign, a value or a call."""
        self.parts.append(typed)

    def turn(self, letter: Letter) -> None:
        """Closes the marks that a letter does not have, and opens those that it has."""
        wanted = [(mark, getattr(letter, mark)) for mark in _ORDER if getattr(letter, mark)]
        common = 0
        while common < len(self.opened) and self.opened[common] in wanted:
            common += 1
        while len(self.opened) > common:
            self._close(*self.opened.pop())
        for mark, value in wanted:
            if (mark, value) in self.opened:
                continue
            self.opened.append((mark, value))
            if mark in ("span", "href"):
                self.starts.append(len(self.parts))
                self.words = ""
            self.parts.append({"bold": "**", "italic": "*"}.get(mark, "["))

    def _close(self, mark: str, value: str | bool) -> None:
        if mark in ("bold", "italic"):
            self.parts.append("**" if mark == "bold" else "*")
            return
        start = self.starts.pop()
        if mark == "href" and self.words == value:
            self.parts[start:] = [f"<{value}>"]
        else:
            self.parts.append(f"]({value})" if mark == "href" else f"]{{{value}}}")


def _mark_calls(made: list[Letter]) -> None:
    """A call between words set alike is set as they are."""
    for at in range(1, len(made) - 1):
        before, after = made[at - 1], made[at + 1]
        if made[at].note:
            made[at] = replace(
                made[at],
                bold=before.bold and after.bold,
                italic=before.italic and after.italic,
                href=before.href if before.href == after.href else "",
                span=before.span if before.span == after.span else "",
            )
    for at in (0, len(made) - 1):
        if made and made[at].note:
            made[at] = made[at].unmarked


def _draw_in(made: list[Letter], mark: str) -> None:
    """Draws a mark's ends in to where Markdown sees them."""
    is_flanked = mark in ("bold", "italic")
    texts = [letter.text if letter.is_sign else "" for letter in made]
    values = [getattr(letter, mark) for letter in made]
    nothing: dict[str, Any] = {mark: False if is_flanked else ""}
    for number in lost_ends(texts, values, is_flanked=is_flanked):
        made[number] = replace(made[number], **nothing)


def _escaped(made: Sequence[Letter]) -> list[str]:
    """Each letter as it is typed: with a backslash where Markdown, a value or a block would
    begin.
    """
    text = "".join(letter.text if letter.is_sign else "\0" for letter in made)
    typed = escaped(text)
    if found := _BLOCK_SIGN.match(text):
        at = found.start(7) if found[7] else found.start()
        if not typed[at].startswith("\\"):
            typed[at] = f"\\{typed[at]}"
    return typed


def _transplanted(source: str, before: str, after: str) -> str:
    """What changed between two texts, changed alike in a third that differs from the first only in
    how it is typed.
    """
    places: list[int] = []
    for _, i1, i2, j1, j2 in SequenceMatcher(None, before, source, autojunk=False).get_opcodes():
        places.extend(min(j1 + step, j2) for step in range(i2 - i1))
    places.append(len(source))
    parts: list[str] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        is_same = tag == "equal"
        parts.append(source[places[i1] : places[i2]] if is_same else after[j1:j2])
    return "".join(parts)
