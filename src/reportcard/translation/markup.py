"""XML of translators' files: read without anything from outside it, laid out so that no space gets
into a text.
"""

from collections.abc import Iterator
from typing import Final, TypeAlias

from lxml import etree

from reportcard.messages.message import message
from reportcard.translation.parcel import ReturnedFileError, TranslatorComment

XML: Final = "http://www.w3.org/XML/1998/namespace"
#: An element, for those who only read it.
Element: TypeAlias = etree._Element
#: From whom the notes are that go out with a block.
OWN: Final = "reportcard"
_INDENT: Final = "  "


def parsed(data: bytes) -> etree._Element:
    """The root of an XML file. Raises ReturnedFileError if it is not well-formed, or has a document
    type: no tool writes one, and its entities would change what people typed.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        if _is_cut(error):
            raise ReturnedFileError(
                message("the file is incomplete: its last element is not closed.")
            ) from error
        raise ReturnedFileError(
            message("the file is not valid XML: see line {line}.", line=error.lineno or 1)
        ) from error
    except ValueError as error:
        raise ReturnedFileError(
            message("the file is not valid XML: see line {line}.", line=1)
        ) from error
    if root.getroottree().docinfo.doctype or root.getroottree().docinfo.internalDTD is not None:
        raise ReturnedFileError(
            message("the file declares a document type (DOCTYPE), which XLIFF does not allow.")
        )
    return root


def _is_cut(error: etree.XMLSyntaxError) -> bool:
    codes = (etree.ErrorTypes.ERR_TAG_NOT_FINISHED, etree.ErrorTypes.ERR_DOCUMENT_END)
    return error.code in codes


def local(element: etree._Element) -> str:
    """The name of an element without its namespace; none for comments and instructions."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def children(element: etree._Element, *names: str) -> Iterator[etree._Element]:
    """The children with one of some names, in whatever namespace: tools write XLIFF with and
    without it.
    """
    return (child for child in element if local(child) in names)


def child(element: etree._Element | None, name: str) -> etree._Element | None:
    """The first child of a name."""
    return None if element is None else next(children(element, name), None)


def comments(unit: etree._Element | None) -> tuple[TranslatorComment, ...]:
    """The notes of a unit, or of what holds them, but for those that say the program wrote them."""
    found = () if unit is None else children(unit, "note")
    return tuple(
        TranslatorComment(text, named(note, "from"))
        for note in found
        if OWN not in (named(note, "from"), named(note, "category"))
        and (text := "".join(map(str, note.itertext())).strip())
    )


def split_name(name: str) -> tuple[str, str]:
    """The namespace of an attribute, empty if it has none, and its name within that."""
    found = etree.QName(name)
    return found.namespace or "", found.localname


def named(element: etree._Element, name: str) -> str:
    """The value of an attribute in whatever namespace, empty if there is none."""
    for key, value in element.attrib.items():
        if etree.QName(str(key)).localname == name:
            return str(value)
    return ""


def written(root: etree._Element, mixed: tuple[str, ...]) -> bytes:
    """A document as bytes, an element on a line of its own, except within those with text."""
    _lay_out(root, 0, mixed)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n"


def _lay_out(element: etree._Element, level: int, mixed: tuple[str, ...]) -> None:
    if local(element) in mixed or not len(element):
        return
    element.text = "\n" + _INDENT * (level + 1)
    for one in element:
        _lay_out(one, level + 1, mixed)
        one.tail = element.text
    element[-1].tail = "\n" + _INDENT * level
