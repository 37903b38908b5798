"""What goes along with the work: the translation memory (TMX 1.4b) and the terms (TBX, ISO
30042:2019, core dialect).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from lxml import etree

from reportcard.content.loading import Content
from reportcard.language.glossary import terms
from reportcard.messages.catalogue import reader
from reportcard.messages.message import message
from reportcard.translation.markup import XML
from reportcard.translation.parcel import Parcel

_TBX: Final = "urn:iso:std:iso:30042:ed-2"


@dataclass(frozen=True, slots=True)
class MemoryEntry:
    """A text and its translation, with the id of the block that it is of."""

    id: str
    source: str
    target: str


def tmx(parcel: Parcel, version: str) -> bytes:
    """Every block that is translated and fits its source, as a translation memory. `version` is the
    program's.
    """
    finished = (one for one in parcel.items if one.target and one.state.is_done)
    return tmx_of(
        [MemoryEntry(one.id, one.source, one.target) for one in finished], parcel, version
    )


def tmx_of(sentences: Iterable[MemoryEntry], parcel: Parcel, version: str) -> bytes:
    """A translation memory of some texts in the languages of a parcel."""
    root = etree.Element("tmx", attrib={"version": "1.4"})
    etree.SubElement(
        root,
        "header",
        attrib={
            "creationtool": "reportcard",
            "creationtoolversion": version,
            "segtype": "paragraph",
            "o-tmf": "reportcard",
            "adminlang": "en",
            "srclang": parcel.source_language,
            "datatype": "plaintext",
        },
    )
    body = etree.SubElement(root, "body")
    for sentence in sentences:
        unit = etree.SubElement(body, "tu", attrib={"tuid": sentence.id})
        for language, text in (
            (parcel.source_language, sentence.source),
            (parcel.language, sentence.target),
        ):
            variant = etree.SubElement(unit, "tuv", attrib={f"{{{XML}}}lang": language})
            etree.SubElement(variant, "seg").text = text
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def tbx(content: Content) -> bytes:
    """The glossary, with its variants marked as deprecated."""
    root = etree.Element(
        f"{{{_TBX}}}tbx",
        attrib={"type": "TBX-Core", "style": "dct", f"{{{XML}}}lang": reader()},
        nsmap={None: _TBX},
    )
    header = etree.SubElement(root, f"{{{_TBX}}}tbxHeader")
    description = etree.SubElement(
        etree.SubElement(header, f"{{{_TBX}}}fileDesc"), f"{{{_TBX}}}sourceDesc"
    )
    etree.SubElement(description, f"{{{_TBX}}}p").text = "content/glossary.yaml"
    body = etree.SubElement(etree.SubElement(root, f"{{{_TBX}}}text"), f"{{{_TBX}}}body")
    for id_, term in terms(content).items():
        entry = etree.SubElement(body, f"{{{_TBX}}}conceptEntry", attrib={"id": id_})
        if term.note:
            etree.SubElement(entry, f"{{{_TBX}}}note").text = str(term.note)
        for language, name in term.names.items():
            section = etree.SubElement(
                entry, f"{{{_TBX}}}langSec", attrib={f"{{{XML}}}lang": language}
            )
            _term(section, str(name), "")
            for variant in term.avoid.get(language, ()):
                _term(section, str(variant), str(message("Do not use.")))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _term(section: etree._Element, name: str, note: str) -> None:
    one = etree.SubElement(section, f"{{{_TBX}}}termSec")
    etree.SubElement(one, f"{{{_TBX}}}term").text = name
    if note:
        etree.SubElement(one, f"{{{_TBX}}}note").text = note
