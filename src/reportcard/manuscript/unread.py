"""What a manuscript came back with and no card takes from it: pictures, symbols, settings of words,
columns in another order. Each is told at its place.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from reportcard.intake.elements import child, get, name_of, value
from reportcard.intake.package import Element
from reportcard.manuscript.binding import block_at
from reportcard.manuscript.dispatch import Dispatch
from reportcard.manuscript.returned import BoundBlock, ReturnedManuscript
from reportcard.messages.message import Message, message

#: So many letters of a text are shown.
_SHOWN: Final = 80
#: By the kind of what was not taken.
_REMARKS: Final[Mapping[str, Message]] = MappingProxyType(
    {
        "picture": message(
            '{place}: the picture "{words}" was not imported. Put its file in figures/ and write '
            "![what it shows](figures/name.png)."
        ),
        "chart": message(
            '{place}: a chart was not imported ("{words}"). Save its numbers as a CSV file in the '
            "card's data/ folder and write ::: chart."
        ),
        "drawing": message(
            '{place}: a drawing was not imported ("{words}"). Save it as a picture in figures/ and '
            "write ![what it shows](figures/name.png)."
        ),
        "embedded": message(
            "{place}: an embedded document was not read. Paste its text into the manuscript."
        ),
        "equation": message(
            '{place}: an equation was read as plain text: "{words}". Check it in the content.'
        ),
        "symbol": message(
            "{place}: a character in the symbol font {words} was not imported. Type it as text."
        ),
        "struck": message(
            '{place}: words are struck through, but not deleted: "{words}". They stay in the '
            "content unless somebody deletes them."
        ),
        "raised": message(
            '{place}: "{words}" is raised or lowered. Cards cannot set that: type the character '
            "itself, such as ² or ₂."
        ),
        "underlined": message(
            '{place}: "{words}" is underlined. Cards cannot set that: use bold or italics.'
        ),
        "highlighted": message(
            '{place}: "{words}" is highlighted, which was not imported. Ask the author what it '
            "means."
        ),
        "hidden": message('{place}: hidden text was left out: "{words}".'),
        "columns": message(
            "{place}: the columns of this table are in another order, which was not imported. "
            "Reorder them in the content."
        ),
        "running": message("page headers and footers were left out: {words}."),
    }
)


def exhibit_in(element: Element) -> tuple[str, str]:
    """What a drawing, an object or an equation is, and its words; the first is empty if it has
    nothing but text, which is read.
    """
    if name_of(element) == "oMath":
        return "equation", "".join(one.text or "" for one in element.iter("{*}t"))
    if name_of(element) not in ("drawing", "pict", "object"):
        return "", ""
    found = {name_of(one): one for one in element.iter() if isinstance(one.tag, str)}
    described = (found[name] for name in ("docPr", "cNvPr", "shape", "rect") if name in found)
    texts = (get(one, name) for one in described for name in ("descr", "alt", "title", "name"))
    words = next(filter(None, texts), "")
    return _exhibit(name_of(element), found), words


def _exhibit(name: str, found: Mapping[str, Element]) -> str:
    """What an element of a name is, by the elements in it."""
    if "OLEObject" in found:
        return "embedded"
    if "blip" in found or "imagedata" in found:
        return "picture"
    if "chart" in found:
        return "chart"
    if name == "object":
        return "embedded"
    is_line = any(get(one, "hr") in ("t", "true", "1") for one in found.values())
    return "" if "txbxContent" in found or is_line else "drawing"


def settings_of(properties: Element | None, *, is_link: bool) -> Iterator[str]:
    """How a run is set that no card can have."""
    if child(properties, "strike") is not None or child(properties, "dstrike") is not None:
        names = ("strike", "dstrike")
        values = [value(properties, one) for one in names if child(properties, one) is not None]
        if any(one not in ("0", "false", "off") for one in values):
            yield "struck"
    if value(properties, "vertAlign") in ("superscript", "subscript"):
        yield "raised"
    if value(properties, "u") not in ("", "none") and not is_link:
        yield "underlined"
    if value(properties, "highlight") not in ("", "none"):
        yield "highlighted"


def remarks_on(
    manuscript: ReturnedManuscript, blocks: Sequence[BoundBlock], dispatch: Dispatch
) -> Iterator[Message]:
    """A remark on each thing that was not taken, at its place."""
    for one in manuscript.unread:
        block = block_at(one.note, one.line, manuscript, dispatch)
        yield _remark(one.kind, block, one.words, dispatch)
    for index in _tables_turned(blocks, dispatch):
        yield _remark("columns", index, "", dispatch)


def _remark(kind: str, index: int | None, words: str, dispatch: Dispatch) -> Message:
    path = () if index is None else dispatch.blocks[index].path
    place: Message | str = message("outside the card's fields")
    if index is not None and path:
        number = dispatch.indices(path).index(index) + 1
        place = message("{field}, block {number}", field=".".join(path), number=number)
    words = " ".join(words.split())
    shown = words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…"
    return replace(_REMARKS[kind], holes=(("place", place), ("words", shown or "–")))


def _tables_turned(blocks: Sequence[BoundBlock], dispatch: Dispatch) -> Iterator[int]:
    """The first cell of each table with cells in another order than they had in their row, by
    their bookmarks: cells found by their words may be one another.
    """
    there = {
        one.index: one.lines[0]
        for one in blocks
        if one.lines[0].is_cell
        and any(dispatch.index_of(name) == (one.index, False) for name in one.lines[0].names)
    }
    told: set[tuple[str, ...]] = set()
    for row in dispatch.rows:
        cells = [there[index] for index in row if index in there]
        columns = [one.column for one in cells if one.row == cells[0].row]
        path = dispatch.blocks[row[0]].path
        if columns != sorted(columns) and path not in told:
            told.add(path)
            yield row[0]
