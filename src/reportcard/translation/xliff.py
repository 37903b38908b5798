"""XLIFF 1.2 (OASIS, 2008), for translation tools like OmegaT, memoQ or Trados: out and in."""

import re
from dataclasses import replace
from typing import Final

from lxml import etree

from reportcard.content.segments import folded
from reportcard.messages.message import Message, message
from reportcard.translation.codes import Piece, coded, half_id, numbered_like
from reportcard.translation.dialects import STATES, mark_1
from reportcard.translation.inline import CutSegment, joined, pieces, text_of
from reportcard.translation.markup import (
    OWN,
    XML,
    child,
    children,
    comments,
    local,
    named,
    written,
)
from reportcard.translation.parcel import (
    Item,
    Parcel,
    Returned,
    ReturnedFileError,
    ReturnedItem,
    ToolMark,
    TranslatorComment,
)
from reportcard.translation.stamps import stamp_in

_NAMESPACE: Final = "urn:oasis:names:tc:xliff:document:1.2"
#: The unit that converters make of the head of a PO file, and what that says.
_GETTEXT_HEAD: Final = "x-gettext-domain-header"
_PROJECT: Final = re.compile(r"^Project-Id-Version: report-card/([a-z][a-z0-9-]*) (\S+)", re.M)
#: Elements that hold text.
_MIXED: Final = ("source", "target", "note")
_HALVES: Final = {"": "ph", "open": "bpt", "close": "ept"}
#: Codes with paired elements; the two ends of a link are codes of their own.
_PAIRED: Final = ("bold", "italic", "x-span", "image")


def dumped(parcel: Parcel, *, with_copies: bool = False) -> bytes:
    """The parcel as XLIFF: one file element, a unit a block, the notes of each for the translator.

    `with_copies` puts the source in the place of each translation, as OmegaT needs it: it takes a
    target for what is to be translated.
    """
    root = etree.Element(_name("xliff"), attrib={"version": "1.2"}, nsmap={None: _NAMESPACE})
    file = etree.SubElement(
        root,
        _name("file"),
        attrib={
            "original": f"content/{parcel.scope}/{parcel.source_language}.yaml",
            "source-language": parcel.source_language,
            "target-language": parcel.language,
            "datatype": "plaintext",
            "category": parcel.scope,
        },
    )
    body = etree.SubElement(file, _name("body"))
    for item in parcel.items:
        _write_unit(body, item, with_copies=with_copies)
    return written(root, _MIXED)


def _write_unit(body: etree._Element, item: Item, *, with_copies: bool) -> None:
    approved, state = STATES[item.state]
    unit = etree.SubElement(
        body,
        _name("trans-unit"),
        attrib={"id": item.id, f"{{{XML}}}space": "preserve", "extradata": str(item.stamp)},
    )
    if approved and not with_copies:
        unit.set("approved", approved)
    if item.maximum:
        unit.set("maxwidth", str(item.maximum))
        unit.set("size-unit", "char")
    source = coded(item.source)
    _write(etree.SubElement(unit, _name("source")), source)
    target = etree.SubElement(unit, _name("target"))
    if with_copies:
        _write(target, source)
    else:
        target.set("state", state)
        _write(target, numbered_like(coded(item.target), source))
    for note in item.notes:
        etree.SubElement(unit, _name("note"), attrib={"from": OWN}).text = str(note)
    for text, author in item.comments:
        signed = {"from": author} if author else {}
        etree.SubElement(unit, _name("note"), attrib=signed).text = text


def _write(element: etree._Element, text: tuple[Piece, ...]) -> None:
    for piece in text:
        if isinstance(piece, str):
            if len(element):
                element[-1].tail = (element[-1].tail or "") + piece
            else:
                element.text = (element.text or "") + piece
            continue
        is_paired = piece.kind in _PAIRED
        number = str(piece.number) if is_paired else half_id(piece)
        code = etree.SubElement(
            element, _name(_HALVES[piece.end if is_paired else ""]), attrib={"id": number}
        )
        if piece.end != "close" or not is_paired:
            code.set("ctype", str(piece.kind))
        code.text = piece.text


def read(root: etree._Element) -> tuple[Returned, ...]:
    """What came back in an XLIFF file: one for each file element."""
    files = list(children(root, "file"))
    if not files:
        raise ReturnedFileError(message("this XLIFF file has no <file> element."))
    return tuple(map(_read_file, files))


def _read_file(file: etree._Element) -> Returned:
    units = [unit for unit in file.iter() if local(unit) == "trans-unit"]
    head = next((unit for unit in units if named(unit, "restype") == _GETTEXT_HEAD), None)
    source = child(head, "source") if head is not None else None
    if source is not None and (match := _PROJECT.search(source.text or "")):
        items = tuple(_from_gettext(unit) for unit in units if unit is not head)
        return Returned(match[1], match[2], named(file, "target-language"), items)
    return Returned(
        named(file, "category"),
        named(file, "source-language"),
        named(file, "target-language"),
        tuple(map(_read_unit, units)),
    )


def _from_gettext(unit: etree._Element) -> ReturnedItem:
    """A unit of a file that a tool made of a PO file: ids are lost, stamps are in notes, and marks
    are no codes.
    """
    notes = [note for note in unit if local(note) == "note"]
    stamps = (stamp_in(note.text or "") for note in notes)
    own = (note.text or "" for note in notes if named(note, "from") == "po-translator")
    read = _read_unit(unit)
    return replace(
        read,
        mark=ToolMark.DONE if read.mark is ToolMark.APPROVED else read.mark,
        stamp=next(filter(None, stamps), None),
        is_coded=False,
        comments=tuple(TranslatorComment(text) for text in own if text.strip()),
    )


def _read_unit(unit: etree._Element) -> ReturnedItem:
    source, target = child(unit, "source"), child(unit, "target")
    cut_source = child(unit, "seg-source")
    source_pieces = pieces(source if cut_source is None else cut_source)
    target_pieces = pieces(target)
    id_ = next(
        (
            value
            for name in ("resname", "id")
            if "/" in (value := named(unit, name)) or name == "id"
        ),
        "",
    )
    stamp = stamp_in(named(unit, "extradata"))
    typed = folded(joined(target_pieces, source_pieces))
    return ReturnedItem(
        id_,
        folded(text_of(source)),
        typed,
        stamp,
        ToolMark.NOTHING if target is None else mark_1(unit, target, stamp.state if stamp else ""),
        fault_of_segments(target_pieces, source_pieces, typed),
        is_coded=True,
        comments=comments(unit),
    )


def fault_of_segments(
    target: list[CutSegment], source: list[CutSegment], typed: str
) -> Message | None:
    """Why a block that a tool has cut into segments cannot be taken: one of them is empty while
    others are not, or still is its source.
    """
    texts = {piece.number: folded(piece.text) for piece in source if piece.number}
    cut = [piece for piece in target if piece.number]
    missing = [
        (number, text)
        for number, text in texts.items()
        if cut and text and not any(one.number == number and folded(one.text) for one in cut)
    ]
    if not typed or not (cut or missing):
        return None
    if missing:
        number, text = missing[0]
        return message(
            'this block is only partly translated: segment {number}, "{sentence}", is empty.',
            number=number,
            sentence=text,
        )
    return None


def _name(tag: str) -> str:
    return f"{{{_NAMESPACE}}}{tag}"
