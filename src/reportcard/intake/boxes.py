"""Boxes and quotes of a manuscript: text boxes, frames around text, paragraphs in a style for
quotes.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from reportcard.intake.blocks import (
    ManuscriptBlock,
    ManuscriptBox,
    ManuscriptQuote,
)
from reportcard.intake.manuscript import (
    Inline,
    ManuscriptParagraph,
    ManuscriptRun,
    ParagraphKind,
    stripped,
    without,
)

#: The title of a box has at most so many letters.
_LONGEST_TITLE: Final = 120
#: What begins the line that says who said something.
_SAID_BY: Final = re.compile(r"\s*[—–―-]\s*(?=\w)")


def boxed(
    blocks: Sequence[ManuscriptBlock], *, floats: bool = False, has_title: bool = False
) -> Iterator[ManuscriptBlock]:
    """What was in a frame, as a box; as it is if there is no text in it but a picture or table with
    its caption. With `has_title`, the first paragraph is the title even if it is not bold.
    """
    inner = list(_flat(blocks))
    if not inner or not any(
        isinstance(one, ManuscriptParagraph) and one.kind is not ParagraphKind.CAPTION
        for one in inner
    ):
        yield from blocks
        return
    if all(isinstance(one, ManuscriptQuote) for one in blocks):
        yield from blocks
        return
    title = None
    if len(inner) > 1 and _is_title(first := inner[0], has_title=has_title):
        assert isinstance(first, ManuscriptParagraph)
        title, inner = first, inner[1:]
    yield ManuscriptBox(title, tuple(inner), floats)


def _flat(blocks: Sequence[ManuscriptBlock]) -> Iterator[ManuscriptBlock]:
    """Blocks without boxes and quotes, which a box cannot have: what is in them is in it."""
    for one in blocks:
        if isinstance(one, ManuscriptBox):
            yield from one.all_blocks
        elif isinstance(one, ManuscriptQuote):
            said = (*one.paragraphs, *((one.by,) if one.by else ()))
            yield from (replace(part, kind=ParagraphKind.TEXT) for part in said)
        else:
            yield one


def _is_title(one: ManuscriptBlock, *, has_title: bool) -> bool:
    """Whether the first block of a box is its title: set as one, short, and without notes."""
    if not isinstance(one, ManuscriptParagraph) or one.calls or "\n" in one.text:
        return False
    stands_out = (
        one.kind in (ParagraphKind.HEADING, ParagraphKind.TITLE)
        or one.is_bold
        or one.text.isupper()
        or has_title
    )
    text = one.text.strip()
    return (
        stands_out
        and not one.is_listed
        and len(text) <= _LONGEST_TITLE
        and not text.endswith((".", ":"))
    )


def quoted(blocks: Sequence[ManuscriptBlock]) -> Iterator[ManuscriptBlock]:
    """Blocks with paragraphs in a style for quotes joined to quotes."""
    said: list[ManuscriptParagraph] = []
    for one in (*blocks, None):
        if isinstance(one, ManuscriptParagraph) and one.kind is ParagraphKind.QUOTE:
            said.append(one)
            continue
        if said:
            yield _quote(said)
            said = []
        if one is not None:
            yield one


def _quote(said: list[ManuscriptParagraph]) -> ManuscriptQuote:
    """A quote; its last line says by whom it is if it begins with a dash."""
    lines = [replace(said[-1], inlines=line) for line in _lines(said[-1].inlines)]
    last = lines[-1] if lines else said[-1]
    dash = _SAID_BY.match(last.text)
    if len(said) + len(lines) < 3 or dash is None or last.calls:
        return ManuscriptQuote(tuple(said))
    by = replace(last, inlines=stripped(without(last.inlines, dash.end())), asides=())
    before = replace(last, inlines=_joined([line.inlines for line in lines[:-1]]))
    rest = (*said[:-1], before) if before.inlines else (*said[:-2], _with(said[-2], last))
    return ManuscriptQuote(tuple(rest), by)


def _with(one: ManuscriptParagraph, other: ManuscriptParagraph) -> ManuscriptParagraph:
    """A paragraph with what is beside another one, too."""
    return replace(one, asides=(*one.asides, *other.asides))


def _lines(inlines: Sequence[Inline]) -> list[tuple[Inline, ...]]:
    made: list[list[Inline]] = [[]]
    for one in inlines:
        if not isinstance(one, ManuscriptRun):
            made[-1].append(one)
            continue
        for number, part in enumerate(one.text.split("\n")):
            if number:
                made.append([])
            if part:
                made[-1].append(replace(one, text=part))
    return [stripped(line) for line in made if stripped(line)]


def _joined(lines: Sequence[Sequence[Inline]]) -> tuple[Inline, ...]:
    made: list[Inline] = []
    for line in lines:
        made += [ManuscriptRun("\n"), *line] if made else line
    return stripped(made)
