"""XLIFF 2.1 (OASIS, 2018), for Weblate, memoQ and Okapi: out and in. Version 2.0 is read too."""

import re
from typing import Final

from lxml import etree

from reportcard.content.segments import folded
from reportcard.messages.message import message
from reportcard.translation.codes import CodeKind, Piece, coded, numbered_like
from reportcard.translation.dialects import STATES_2, mark_2
from reportcard.translation.inline import CutSegment, joined, text_of
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
from reportcard.translation.parcel import Item, Parcel, Returned, ReturnedFileError, ReturnedItem
from reportcard.translation.stamps import stamp_in
from reportcard.translation.xliff import fault_of_segments

_NAMESPACE: Final = "urn:oasis:names:tc:xliff:document:2.0"
_METADATA: Final = "urn:oasis:names:tc:xliff:metadata:2.0"
_MIXED: Final = ("source", "target", "note", "data", "meta")
#: `type` and `subType` of a pair of codes (4.3.1.34, 4.3.1.39).
_TYPES: Final = {
    CodeKind.BOLD: {"type": "fmt", "subType": "xlf:b"},
    CodeKind.ITALIC: {"type": "fmt", "subType": "xlf:i"},
    CodeKind.LINK: {"type": "link"},
    CodeKind.ADDRESS: {"type": "link"},
    CodeKind.PICTURE: {"type": "image"},
    CodeKind.SPAN: {"type": "other"},
    CodeKind.CALL: {"type": "other", "subType": "reportcard:note"},
    CodeKind.VALUE: {"type": "other", "subType": "reportcard:value"},
}


def dumped(parcel: Parcel) -> bytes:
    """The parcel as XLIFF 2.1: a unit a block, each of one segment."""
    root = etree.Element(
        _name("xliff"),
        attrib={
            "version": "2.1",
            "srcLang": parcel.source_language,
            "trgLang": parcel.language,
        },
        nsmap={None: _NAMESPACE, "mda": _METADATA},
    )
    original = f"content/{parcel.scope}/{parcel.source_language}.yaml"
    file = etree.SubElement(root, _name("file"), attrib={"id": parcel.scope, "original": original})
    for item in parcel.items:
        _write_unit(file, item)
    return written(root, _MIXED)


def _write_unit(file: etree._Element, item: Item) -> None:
    unit = etree.SubElement(
        file,
        _name("unit"),
        attrib={"id": re.sub("[/#]", ":", item.id), "name": item.id, f"{{{XML}}}space": "preserve"},
    )
    metadata = etree.SubElement(unit, f"{{{_METADATA}}}metadata")
    group = etree.SubElement(
        metadata, f"{{{_METADATA}}}metaGroup", attrib={"category": "reportcard"}
    )
    etree.SubElement(group, f"{{{_METADATA}}}meta", attrib={"type": "stamp"}).text = str(item.stamp)
    if item.notes or item.comments:
        notes = etree.SubElement(unit, _name("notes"))
        for note in item.notes:
            attributes = {"appliesTo": "source", "category": OWN}
            etree.SubElement(notes, _name("note"), attrib=attributes).text = str(note)
        for comment in item.comments:
            etree.SubElement(notes, _name("note")).text = comment.text
    data: dict[str, str] = {}
    texts = coded(item.source), numbered_like(coded(item.target), coded(item.source))
    segment = etree.Element(_name("segment"), attrib={"state": STATES_2[item.state]})
    _Writing(etree.SubElement(segment, _name("source")), data).write(texts[0])
    _Writing(etree.SubElement(segment, _name("target")), data).write(texts[1])
    if data:
        original = etree.SubElement(unit, _name("originalData"))
        for text, id_ in data.items():
            etree.SubElement(original, _name("data"), attrib={"id": id_}).text = text
    unit.append(segment)


class _Writing:
    """Writes the pieces of a text into a source or target; `data` gets the codes' texts."""

    def __init__(self, element: etree._Element, data: dict[str, str]) -> None:
        self.open = [element]
        self.data = data

    def write(self, text: tuple[Piece, ...]) -> None:
        """Writes all pieces."""
        for piece in text:
            if isinstance(piece, str):
                self._words(piece)
            elif piece.end == "close":
                self.open.pop().set("dataRefEnd", self._ref(piece.text))
            else:
                tag, ref = ("pc", "dataRefStart") if piece.end else ("ph", "dataRef")
                attributes = {"id": str(piece.number), ref: self._ref(piece.text)}
                made = etree.SubElement(
                    self.open[-1], _name(tag), attrib=attributes | _TYPES[piece.kind]
                )
                if piece.end:
                    self.open.append(made)

    def _words(self, text: str) -> None:
        parent = self.open[-1]
        if len(parent):
            parent[-1].tail = (parent[-1].tail or "") + text
        else:
            parent.text = (parent.text or "") + text

    def _ref(self, text: str) -> str:
        return self.data.setdefault(text, f"d{len(self.data) + 1}")


def read(root: etree._Element) -> tuple[Returned, ...]:
    """What came back in an XLIFF file of version 2: one for each file element."""
    files = list(children(root, "file"))
    if not files:
        raise ReturnedFileError(message("this XLIFF file has no <file> element."))
    return tuple(
        Returned(
            "",
            named(root, "srcLang"),
            named(root, "trgLang"),
            tuple(_read_unit(unit) for unit in file.iter() if local(unit) == "unit"),
        )
        for file in files
    )


def _read_unit(unit: etree._Element) -> ReturnedItem:
    original = child(unit, "originalData")
    data = {} if original is None else {named(one, "id"): text_of(one) for one in original}
    source: list[CutSegment] = []
    target: list[CutSegment] = []
    segments = []
    for number, part in enumerate(children(unit, "segment", "ignorable"), 1):
        is_segment = local(part) == "segment"
        name = str(number) if is_segment else ""
        text = text_of(child(part, "source"), data)
        source.append(CutSegment(name, text))
        translation = child(part, "target")
        if is_segment:
            segments.append(part)
            target.append(CutSegment(name, text_of(translation, data)))
        else:
            target.append(
                CutSegment("", text if translation is None else text_of(translation, data))
            )
    target = _in_order(unit, target)
    is_empty = not any(one.number and folded(one.text) for one in target)
    typed = "" if is_empty else folded(joined(target, source))
    found = (stamp_in(text_of(one)) for one in unit.iter() if local(one) == "meta")
    stamp = next(filter(None, found), None)
    return ReturnedItem(
        _id(unit),
        folded("".join(one.text for one in source)),
        typed,
        stamp,
        mark_2(unit, segments, stamp.state if stamp else ""),
        fault_of_segments(target, source, typed),
        is_coded=True,
        comments=comments(child(unit, "notes")),
    )


def _in_order(unit: etree._Element, target: list[CutSegment]) -> list[CutSegment]:
    """The segments and what is between them in the order that their targets name (4.3.1.21)."""
    parts = list(children(unit, "segment", "ignorable"))
    orders = []
    for number, part in enumerate(parts, 1):
        translation = child(part, "target")
        order = "" if translation is None else named(translation, "order")
        orders.append(int(order) if order.isdecimal() else number)
    return [one for _, one in sorted(zip(orders, target, strict=True), key=lambda pair: pair[0])]


def _id(unit: etree._Element) -> str:
    name, id_ = named(unit, "name"), named(unit, "id")
    return name if "/" in name else id_.replace(":", "/", 1).replace(":", "#", 1)


def _name(tag: str) -> str:
    return f"{{{_NAMESPACE}}}{tag}"
