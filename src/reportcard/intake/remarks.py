"""Remarks on what a Word document has and a card does not take over as it is."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from reportcard.messages.message import Message, message

#: By the kind of thing that is counted.
_REMARKS: Final[Mapping[str, Message]] = {
    "note-picture": message(
        "{n} picture in a note was left out: notes can contain only text.",
        "{n} pictures in notes were left out: notes can contain only text.",
    ),
    "svg": message(
        "{n} drawing was saved as a PNG. If it looks pixelated in print, save it from Word as an "
        "SVG in figures/. Then replace the name of the PNG in the text with that of the SVG.",
        "{n} drawings were saved as PNGs. If they look pixelated in print, save them from Word "
        "as SVGs in figures/. Then replace the names of the PNGs in the text with those of the "
        "SVGs.",
    ),
    "comment": message(
        "{n} comment has no text in the file.",
        "{n} comments have no text in the file.",
    ),
    "inserted": message(
        "{n} tracked insertion was imported as text.",
        "{n} tracked insertions were imported as text.",
    ),
    "deleted": message(
        "{n} tracked deletion was left out.",
        "{n} tracked deletions were left out.",
    ),
    "hidden": message(
        "{n} passage of hidden text was left out.",
        "{n} passages of hidden text were left out.",
    ),
    "equation": message(
        "{n} equation was imported as plain text.",
        "{n} equations were imported as plain text.",
    ),
    "embedded": message(
        "{n} embedded document was not read.",
        "{n} embedded documents were not read.",
    ),
    "symbol": message(
        "{n} character in a symbol font was replaced with •.",
        "{n} characters in a symbol font were replaced with •.",
    ),
    "link": message(
        (
            "{n} link was removed and its text kept: a card can link only to https, http "
            "and mailto addresses."
        ),
        (
            "{n} links were removed and their text kept: a card can link only to https, "
            "http and mailto addresses."
        ),
    ),
    "layout": message(
        "{n} table used only for layout was imported as text and pictures in the same order.",
        "{n} tables used only for layout were imported as text and pictures in the same order.",
    ),
    "merged": message(
        "{n} merged cell was split: its text is repeated in each row or column that it covered.",
        "{n} merged cells were split: their text is repeated in each row or column that they "
        "covered.",
    ),
    "heads": message(
        "in {n} table, the header rows were joined into one.",
        "in {n} tables, the header rows were joined into one per table.",
    ),
    "headless": message(
        '{n} column has no heading. "…" was inserted instead.',
        '{n} columns have no heading. "…" was inserted instead.',
    ),
    "nested-table": message(
        "{n} table inside another table was moved below it.",
        "{n} tables inside other tables were moved below them.",
    ),
    "in-cell": message(
        "{n} picture, box or table inside a cell was moved below its table.",
        "{n} pictures, boxes or tables inside cells were moved below their tables.",
    ),
    "call": message(
        "{n} note reference in a table was moved to the text before the table.",
        "{n} note references in tables were moved to the text before the table.",
    ),
    "caption": message(
        "{n} caption is not beside a table or picture. It was imported as text.",
        "{n} captions are not beside a table or picture. They were imported as text.",
    ),
    "nested": message(
        "{n} list item at the third level or deeper was moved to the second level.",
        "{n} list items at the third level or deeper were moved to the second level.",
    ),
    "lettered": message(
        "{n} list item had a letter or Roman numeral. It now has an Arabic numeral.",
        "{n} list items had letters or Roman numerals. They are now numbered 1, 2, 3.",
    ),
    "page-reference": message(
        "{n} reference to a page was imported as plain text. The pages of the card are numbered "
        "differently.",
        "{n} references to pages were imported as plain text. The pages of the card are numbered "
        "differently.",
    ),
    "break": message(
        "{n} line break inside a paragraph will print as a space.",
        "{n} line breaks inside paragraphs will print as spaces.",
    ),
}


def remarks(counts: Mapping[str, int], running: Sequence[str]) -> tuple[Message, ...]:
    """A remark on each kind of thing that was counted, and one on the headers and footers of the
    pages.
    """
    found = [
        replace(remark, holes=(("n", counts[kind]),))
        for kind, remark in _REMARKS.items()
        if counts.get(kind)
    ]
    if running:
        texts = "; ".join(f'"{text}"' for text in running)
        found.append(message("page headers and footers were left out: {texts}.", texts=texts))
    return tuple(found)
