"""Blocks of a manuscript in the Markdown of content files: lists with their numbers, tables,
pictures, boxes, quotes, and the lines of captions below.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final, TypeGuard

from reportcard.content.segments import NOTHING
from reportcard.intake.blocks import (
    ManuscriptBlock,
    ManuscriptBox,
    ManuscriptFigure,
    ManuscriptLegend,
    ManuscriptQuote,
    ManuscriptTable,
)
from reportcard.intake.lists import Notes, listed
from reportcard.intake.manuscript import (
    ManuscriptParagraph,
    ParagraphKind,
    as_text,
    unbolded,
    unsigned,
)
from reportcard.intake.markdown import cell, line, lines

_DASHES: Final = {"": "---", "left": ":---", "right": "---:", "center": ":---:"}
#: What would be read as the name of a block at the end of a caption.
_NAME: Final = re.compile(r"\{(?=#[\w-]*\}\s*$)")
#: Signs that alternative text cannot have, and those that are written for them.
_ALT: Final = str.maketrans({"[": "(", "]": ")", "\\": "/", "\n": " "})


def prose(blocks: Sequence[ManuscriptBlock], notes: Notes) -> list[str]:
    """Blocks as lines of a field, calls by the names of `notes`; those that have no name there are
    left out.
    """
    made: list[str] = []
    before: ManuscriptBlock | None = None
    for part in _parts(blocks):
        written = listed(part, notes) if isinstance(part, list) else [*_block(part, notes)]
        first, last = (part[0], part[-1]) if isinstance(part, list) else (part, part)
        # A heading runs in to what is on the line below it
        runs_in = _is_heading(before) and not _is_heading(first)
        if made and written and not runs_in:
            made.append("")
        made += written
        before = last
    return made


def _parts(
    blocks: Sequence[ManuscriptBlock],
) -> Iterator[ManuscriptBlock | list[ManuscriptParagraph]]:
    """Blocks, items in a row as one."""
    items: list[ManuscriptParagraph] = []
    for one in blocks:
        if isinstance(one, ManuscriptParagraph) and one.is_listed:
            items.append(one)
            continue
        if items:
            yield items
            items = []
        yield one
    if items:
        yield items


def _block(block: ManuscriptBlock, notes: Notes) -> Iterator[str]:
    match block:
        case ManuscriptParagraph() if _is_heading(block):
            yield f"### {line(block.inlines, notes)}"
        case ManuscriptParagraph():
            yield from lines(unsigned(as_text(block)).inlines, notes)
        case ManuscriptTable():
            yield from _table(block, notes)
        case ManuscriptFigure():
            alt = " ".join(block.alt.translate(_ALT).split())
            # As large as it is, a picture from a camera is wider than its column
            yield f"![{alt or NOTHING}]({block.file}){{width=half}}"
            yield from _legend(block.legend, notes)
        case ManuscriptBox():
            yield from _box(block, notes)
        case ManuscriptQuote():
            yield from _quote(block, notes)


def _box(box: ManuscriptBox, notes: Notes) -> Iterator[str]:
    inner = prose([as_text(one) if _is_heading(one) else one for one in box.blocks], notes)
    title = line(unbolded(box.title).inlines, notes).lstrip(": ") if box.title else ""
    if inner:
        yield from (f"::: box {title}".rstrip(), *inner, ":::")
    elif title:
        yield f"**{title}**"


def _quote(quote: ManuscriptQuote, notes: Notes) -> Iterator[str]:
    said = prose(quote.paragraphs, notes)
    by = line(quote.by.inlines, notes) if quote.by else ""
    if said:
        yield from ("::: quote", *said, *((f": {by}",) if by else ()), ":::")
    elif by:
        yield by


def _is_heading(block: ManuscriptBlock | None) -> TypeGuard[ManuscriptParagraph]:
    return isinstance(block, ManuscriptParagraph) and block.kind is ParagraphKind.HEADING


# --- tables, captions -----------------------------------------------------------------------------


def _table(table: ManuscriptTable, notes: Notes) -> Iterator[str]:
    head, *rows = ([cell(one.inlines, notes) for one in row] for row in table.rows)
    for row in (head, [_DASHES[side] for side in table.sides], *rows):
        yield f"| {' | '.join(row)} |"
    yield from _legend(table.legend, notes)


def _legend(legend: ManuscriptLegend, notes: Notes) -> Iterator[str]:
    if legend.caption is None:
        return
    caption = _NAME.sub(r"\\{", line(legend.caption.inlines, notes))
    yield f": {caption}{f' {{#{legend.name}}}' if legend.name else ''}"
    if legend.source:
        yield f": {line(legend.source.inlines, notes)}"
