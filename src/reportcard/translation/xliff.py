"""XLIFF 1.2 (OASIS, 2008), for translation tools like OmegaT, memoQ or Trados: out and in."""

from typing import Final

from lxml import etree

from reportcard.content.segments import folded
from reportcard.messages.message import message
from reportcard.translation.parcel import Parcel, Returned, ReturnedFileError
from reportcard.translation.status import State

_NAMESPACE: Final = "urn:oasis:names:tc:xliff:document:1.2"
_XML: Final = "http://www.w3.org/XML/1998/namespace"
#: The state of a target (XLIFF 1.2, 3.2.2, state).
_STATES: Final = {
    State.CURRENT: "translated",
    State.KEPT: "translated",
    State.STALE: "needs-review-translation",
    State.MISSING: "needs-translation",
}


def dumped(parcel: Parcel) -> bytes:
    """The parcel as XLIFF: one file element, a unit a block, the notes of each for the
    translator.
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
        unit = etree.SubElement(
            body, _name("trans-unit"), attrib={"id": item.id, f"{{{_XML}}}space": "preserve"}
        )
        if item.maximum:
            unit.set("maxwidth", str(item.maximum))
            unit.set("size-unit", "char")
        etree.SubElement(unit, _name("source")).text = item.source
        if item.target:
            target = etree.SubElement(unit, _name("target"), attrib={"state": _STATES[item.state]})
            target.text = item.target
        for note in item.notes:
            etree.SubElement(unit, _name("note"), attrib={"from": "reportcard"}).text = str(note)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def read(data: bytes) -> Returned:
    """What came back in an XLIFF file. Raises ReturnedFileError if export did not write it."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise ReturnedFileError(
            message("the file is not valid XML: see line {line}.", line=error.lineno or 1)
        ) from error
    file = root.find(_name("file"))
    if file is None or not file.get("category"):
        raise ReturnedFileError(
            message(
                "this XLIFF file was not exported by reportcard: its <file> element does not "
                "name a country."
            )
        )
    items = []
    for unit in file.iter(_name("trans-unit")):
        source, target = unit.find(_name("source")), unit.find(_name("target"))
        items.append((unit.get("id", ""), _text(source), _text(target)))
    return Returned(
        file.get("category", ""),
        file.get("source-language", ""),
        file.get("target-language", ""),
        tuple(items),
    )


def _text(element: etree._Element | None) -> str:
    """All text, that within inline tags and marks of segments included."""
    return "" if element is None else folded("".join(map(str, element.itertext())))


def _name(tag: str) -> str:
    return f"{{{_NAMESPACE}}}{tag}"
