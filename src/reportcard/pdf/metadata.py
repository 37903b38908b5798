"""The metadata of a file: title, authors, dates, identifiers and the standards it meets, in XMP
and the information dictionary.

Nothing here is made up on the day: dates are given, identifiers follow from name and content.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import NAMESPACE_URL, uuid5
from xml.etree.ElementTree import Element, QName, SubElement, register_namespace, tostring

import pikepdf
from pikepdf import Name

_NAMESPACES: Final = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "pdfxid": "http://www.npes.org/pdfx/ns/id/",
    "pdfaExtension": "http://www.aiim.org/pdfa/ns/extension/",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
    "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
}
_XML: Final = "http://www.w3.org/XML/1998/namespace"
for _prefix, _uri in _NAMESPACES.items():
    register_namespace(_prefix, _uri)


@dataclass(frozen=True, slots=True)
class Particulars:
    """The metadata of every edition of a card.

    `name` is the file's name without its ending, `date` a time in UTC, `labels` the names of pages:
    from which page on (from 0), a word, and the number that counting begins with after it (None: no
    number). `languages` are those of the text, the document's own first.
    """

    name: str
    title: str
    authors: tuple[str, ...]
    subject: str
    languages: tuple[str, ...]
    creator: str
    producer: str
    date: datetime
    labels: tuple[tuple[int, str, int | None], ...]


@dataclass(frozen=True, slots=True)
class Standards:
    """The standards that a file is marked as meeting."""

    ua: bool = False
    a: str = ""
    x: bool = False


def describe(pdf: pikepdf.Pdf, particulars: Particulars, standards: Standards) -> None:
    """Writes the particulars into a PDF, both ways that readers look for them."""
    pdf.Root.Metadata = pdf.make_stream(
        _xmp(particulars, standards), Type=Name.Metadata, Subtype=Name.XML
    )
    stamp = particulars.date.strftime("D:%Y%m%d%H%M%SZ")
    info = {
        "/Title": particulars.title,
        "/Subject": particulars.subject,
        "/Creator": particulars.creator,
        "/Producer": particulars.producer,
        "/CreationDate": stamp,
        "/ModDate": stamp,
    }
    if (
        not standards.a
    ):  # ISO 19005 wants one author there, and a card has several: XMP names them one by one
        info["/Author"] = ", ".join(particulars.authors)
    entries = pikepdf.Dictionary({key: value for key, value in info.items() if value})
    if standards.x:
        entries.Trapped = Name("/False")
    pdf.trailer.Info = pdf.make_indirect(entries)
    pdf.Root.Lang = particulars.languages[0]


def label_pages(pdf: pikepdf.Pdf, particulars: Particulars) -> None:
    """Readers show the numbers printed on the pages, and a word for the covers, which have none
    (ISO 32000-1, 12.4.2).
    """
    numbers = pikepdf.Array()
    for first, before, number in particulars.labels:
        label = pikepdf.Dictionary(P=before) if before else pikepdf.Dictionary()
        if number is not None:
            label.S, label.St = Name.D, number
        numbers.append(first)
        numbers.append(label)
    pdf.Root.PageLabels = pikepdf.Dictionary(Nums=numbers)


def _xmp(particulars: Particulars, standards: Standards) -> bytes:
    """The packet (ISO 16684-1). Its identifiers are made from the name: the document stays, its
    instances differ by date.
    """
    rdf = Element(_name("rdf", "RDF"))
    about = SubElement(rdf, _name("rdf", "Description"), {_name("rdf", "about"): ""})

    def put(prefix: str, key: str, text: str) -> None:
        SubElement(about, _name(prefix, key)).text = text

    def listed(
        prefix: str, key: str, kind: str, items: tuple[str, ...], language: str = ""
    ) -> None:
        container = SubElement(SubElement(about, _name(prefix, key)), _name("rdf", kind))
        for item in items:
            entry = SubElement(container, _name("rdf", "li"))
            entry.text = item
            if language:
                entry.set(f"{{{_XML}}}lang", language)

    listed("dc", "title", "Alt", (particulars.title,), "x-default")
    if particulars.authors:
        listed("dc", "creator", "Seq", particulars.authors)
    if particulars.subject:
        listed("dc", "description", "Alt", (particulars.subject,), "x-default")
    listed("dc", "language", "Bag", particulars.languages)
    put("dc", "format", "application/pdf")
    put("dc", "identifier", particulars.name)
    stamp = particulars.date.strftime("%Y-%m-%dT%H:%M:%SZ")
    for key in ("CreateDate", "ModifyDate", "MetadataDate"):
        put("xmp", key, stamp)
    put("xmp", "CreatorTool", particulars.creator)
    put("pdf", "Producer", particulars.producer)
    put("xmpMM", "DocumentID", f"uuid:{uuid5(NAMESPACE_URL, particulars.name)}")
    put("xmpMM", "InstanceID", f"uuid:{uuid5(NAMESPACE_URL, f'{particulars.name} {stamp}')}")
    put("xmpMM", "RenditionClass", "default")
    put("xmpMM", "VersionID", "1")
    if standards.ua:
        put("pdfuaid", "part", "1")
    if standards.a:
        put("pdfaid", "part", standards.a[0])
        put("pdfaid", "conformance", standards.a[1].upper())
    if standards.x:
        put("pdfxid", "GTS_PDFXVersion", "PDF/X-4")
        put("pdf", "Trapped", "False")
    if standards.a and standards.ua:
        _declare_ua(about)
    packet = tostring(rdf, encoding="unicode")
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n<x:xmpmeta'
        f' xmlns:x="adobe:ns:meta/">\n{packet}\n</x:xmpmeta>\n<?xpacket end="r"?>'.encode()
    )


def _declare_ua(about: Element) -> None:
    """PDF/A knows no `pdfuaid`, so the file brings its description (ISO 19005-3, 6.6.2.3.3)."""

    def node(parent: Element, prefix: str, key: str, text: str = "", **attributes: str) -> Element:
        made = SubElement(
            parent,
            _name(prefix, key),
            {_name("rdf", name): value for name, value in attributes.items()},
        )
        made.text = text or None
        return made

    bag = node(node(about, "pdfaExtension", "schemas"), "rdf", "Bag")
    schema = node(bag, "rdf", "li", parseType="Resource")
    node(schema, "pdfaSchema", "schema", "PDF/UA identification schema")
    node(schema, "pdfaSchema", "namespaceURI", _NAMESPACES["pdfuaid"])
    node(schema, "pdfaSchema", "prefix", "pdfuaid")
    entry = node(
        node(node(schema, "pdfaSchema", "property"), "rdf", "Seq"),
        "rdf",
        "li",
        parseType="Resource",
    )
    node(entry, "pdfaProperty", "name", "part")
    node(entry, "pdfaProperty", "valueType", "Integer")
    node(entry, "pdfaProperty", "category", "internal")
    node(entry, "pdfaProperty", "description", "Part of ISO 14289 that the file conforms to")


def _name(prefix: str, key: str) -> str:
    return QName(_NAMESPACES[prefix], key).text
