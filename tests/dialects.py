"""Files as translators' tools send them back: each changes what export wrote as the tool's
documentation and files have it.
"""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from unicodedata import normalize

import openpyxl
from lxml import etree

XLIFF = "{urn:oasis:names:tc:xliff:document:1.2}"
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
SHARED = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
XLIFF_2 = "{urn:oasis:names:tc:xliff:document:2.0}"
#: A unit that is translated and confirmed, with bold; one that is not translated, with a note
#: call; and one whose source has changed since it was translated.
DONE = "peru/dimensions.legal.findings#bc8e32b5"
OPEN = "peru/context#f62ccc53"
STALE = "peru/context#5901a26e"
#: One whose translation alone has a dash.
DASHED = "peru/dimensions.policies.findings#429865a6"
NEW_DONE = (
    "En el indicador sobre {b}definiciones legales y reconocimiento de derechos{/b} de la MAPE, el"
    " país obtuvo el máximo. Lo respalda un marco jurídico sólido:"
)
NEW_OPEN = (
    "También en 2025 el Gobierno aprobó una estrategia contra la minería ilegal{n}. Hace hincapié"
    " en la fiscalización y la coordinación."
)
_NAMESPACES = {
    "sdl": "http://sdl.com/FileTypes/SdlXliff/1.0",
    "mq": "MQXliff",
    "m": "http://www.memsource.com/mxlf/2.0",
    "mtc": "https://www.matecat.com",
    "gs4tr": "http://www.gs4tr.org/schema/xliff-ext",
    "logoport": "urn:logoport:xliffeditor:xliff-extras:1.0",
    "okp": "okapi-framework:xliff-extensions",
    "its": "http://www.w3.org/2005/11/its",
    "sl": "https://www.smartling.com/xliff",
}

Edit = Callable[[bytes], bytes]


@dataclass(frozen=True)
class Dialect:
    """A file of a tool: how it comes of an exported one, in which format, and what becomes of its
    units: "taken", "review", "refused", or "untouched" by its id; a reason has `why` in it.
    """

    name: str
    kind: str
    edit: Edit
    outcome: str
    why: str = ""
    unit: str = OPEN


def parsed(markup: str) -> etree._Element:
    """An element of XLIFF 1.2 with the namespaces of tools."""
    names = " ".join(f'xmlns:{name}="{uri}"' for name, uri in _NAMESPACES.items())
    return etree.fromstring(f'<a xmlns="{XLIFF[1:-1]}" {names}>{markup}</a>')


def target(text: str, *, done: bool = False) -> str:
    """A translation with the codes of its unit."""
    if done:
        return text.replace("{b}", '<bpt id="1" ctype="bold">**</bpt>').replace(
            "{/b}", '<ept id="1">**</ept>'
        )
    return text.replace("{n}", '<ph id="1" ctype="x-note">[^ds-003-2025]</ph>')


def unit(
    markup: str = "", attributes: str = "", *, of: str = OPEN, extra: str = "", on: str = ""
) -> Edit:
    """Puts content into the target of a unit, attributes on it (`on`) and on the unit, and other
    elements beside it.
    """

    def edit(data: bytes) -> bytes:
        root = etree.fromstring(data)
        one = next(one for one in root.iter(f"{XLIFF}trans-unit") if one.get("id") == of)
        there = one.find(f"{XLIFF}target")
        assert there is not None
        given = parsed(f"<t {on}>{markup}</t><u {attributes}/>{extra}")
        if markup:
            for code in list(there):
                there.remove(code)
            there.text = given[0].text
            there.extend(list(given[0]))
        set_all(there, given[0])
        set_all(one, given[1])
        for index, element in enumerate(list(given)[2:]):
            if etree.QName(element).localname == "seg-source":
                one.insert(1, element)
            else:
                one.insert(len(one) - 1 + index, element)
        return etree.tostring(root, xml_declaration=True, encoding="UTF-8")

    return edit


def set_all(element: etree._Element, given: etree._Element) -> None:
    """Sets attributes; one that is "-" is removed."""
    for name, value in given.attrib.items():
        if value == "-":
            element.attrib.pop(name, None)
        else:
            element.set(name, value)


def then(*edits: Edit) -> Edit:
    """One edit after another."""

    def edit(data: bytes) -> bytes:
        for one in edits:
            data = one(data)
        return data

    return edit


def put(old: str, new: str) -> Edit:
    """Replaces a text in the file."""

    def edit(data: bytes) -> bytes:
        assert old.encode() in data, old
        return data.replace(old.encode(), new.encode())

    return edit


def bare(data: bytes) -> bytes:
    """Without notes and stamps, as platforms write a file anew."""
    root = etree.fromstring(data)
    for one in root.iter(f"{XLIFF}trans-unit"):
        one.attrib.pop("extradata", None)
        for note in one.findall(f"{XLIFF}note"):
            one.remove(note)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def numbered(data: bytes) -> bytes:
    """With numbers for ids, and the ids as names, as Crowdin exports."""
    root = etree.fromstring(data)
    for number, one in enumerate(root.iter(f"{XLIFF}trans-unit"), 70):
        one.set("resname", one.get("id"))
        one.set("id", str(number))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def nameless(data: bytes) -> bytes:
    """With numbers for ids alone, as a tool that makes a file of its own of the texts."""
    root = etree.fromstring(data)
    for number, one in enumerate(root.iter(f"{XLIFF}trans-unit"), 1):
        if one.get("id") == OPEN:
            one.set("id", str(number))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def twice(first: str, second: str) -> Edit:
    """The unit two times, with different texts."""

    def edit(data: bytes) -> bytes:
        root = etree.fromstring(unit(first)(data))
        one = next(one for one in root.iter(f"{XLIFF}trans-unit") if one.get("id") == OPEN)
        again = deepcopy(one)
        one.addnext(again)
        other = parsed(f"<t>{second}</t>")[0]
        there = again.find(f"{XLIFF}target")
        assert there is not None
        for code in list(there):
            there.remove(code)
        there.text = other.text
        there.extend(list(other))
        return etree.tostring(root, xml_declaration=True, encoding="UTF-8")

    return edit


def segments(first: str, second: str, between: str = " ") -> str:
    """Two segments of a target, as Trados, MateCat or Wordfast cut it."""
    return f'<mrk mtype="seg" mid="1">{first}</mrk>{between}<mrk mtype="seg" mid="2">{second}</mrk>'


def cut_source() -> str:
    """The source of the open unit in two segments."""
    call = '<ph id="1" ctype="x-note">[^ds-003-2025]</ph>'
    return "<seg-source>{}</seg-source>".format(
        segments(
            "Also in 2025, the government of Peru adopted a national strategy against illegal"
            f" mining that spans several years, through 2030{call}.",
            "It puts strong emphasis on oversight, investigation, regulation, and coordinated"
            " intervention.",
        )
    )


_FIRST, _SECOND = (f"{part}." for part in target(NEW_OPEN).rstrip(".").split(". Hace", 1))
FIRST, SECOND = _FIRST, f"Hace{_SECOND}"


def unit_2(markup: str, state: str = "", sub: str = "", *, cut: bool = False) -> Edit:
    """Sets target and state of the open unit of XLIFF 2."""

    def edit(data: bytes) -> bytes:
        root = etree.fromstring(data)
        one = next(one for one in root.iter(f"{XLIFF_2}unit") if one.get("name") == OPEN)
        segment = one.find(f"{XLIFF_2}segment")
        assert segment is not None
        there = segment.find(f"{XLIFF_2}target")
        assert there is not None
        given = etree.fromstring(f'<a xmlns="{XLIFF_2[1:-1]}">{markup}</a>')
        if cut:
            one.remove(segment)
            one.extend(list(given))
        else:
            there.text = given.text
            there.extend(list(given))
            if state:
                segment.set("state", state)
            if sub:
                segment.set("subState", sub)
        return etree.tostring(root, xml_declaration=True, encoding="UTF-8")

    return edit


def entry(text: str, flags: str = "", *, of: str = OPEN) -> Edit:
    """Sets translation and flags of an entry of a PO file."""

    def edit(data: bytes) -> bytes:
        found = re.sub(
            rf'(msgctxt "{re.escape(of)}"\nmsgid "[^\n]*"\nmsgstr )"[^\n]*"',
            lambda match: f'{match[1]}"{text}"',
            data.decode(),
        )
        assert text in found
        if flags:
            found = found.replace(f'msgctxt "{of}"', f'#, {flags}\nmsgctxt "{of}"')
        return found.encode()

    return edit


def cell(value: object, *, of: str = OPEN, column: int = 3) -> Edit:
    """Sets a cell of the row of a unit."""

    def edit(data: bytes) -> bytes:
        book = openpyxl.load_workbook(io.BytesIO(data))
        for row in book.active.iter_rows(min_row=2):
            if row[0].value == of:
                row[column - 1].value = value
        written = io.BytesIO()
        book.save(written)
        return written.getvalue()

    return edit


def in_markup(markup: str, kind: str, *, of: str = OPEN) -> Edit:
    """Sets the cell of the translation of a unit in the sheet's own XML, with a type: "s" for a
    string that is shared, "inlineStr" for one in the sheet, "str".
    """

    def edit(data: bytes) -> bytes:
        book = openpyxl.load_workbook(io.BytesIO(data)).active
        (row,) = (cells[0].row for cells in book.iter_rows(min_row=2) if cells[0].value == of)
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        space = f'xmlns="{SHEET[1:-1]}"'
        strings = etree.fromstring(f"<sst {space}/>")
        if kind == "s":
            strings.append(etree.fromstring(f"<si {space}>{markup}</si>"))
            markup_, tag = str(len(strings) - 1), "v"
        else:
            markup_, tag = markup, "v" if kind == "str" else "is"
        sheet = etree.fromstring(parts["xl/worksheets/sheet1.xml"])
        (cell,) = (one for one in sheet.iter(f"{SHEET}c") if one.get("r") == f"C{row}")
        for one in list(cell):
            cell.remove(one)
        cell.set("t", kind)
        cell.append(etree.fromstring(f"<{tag} {space}>{markup_}</{tag}>"))
        part = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{SHARED}"/></Types>'
        kinds = parts["[Content_Types].xml"].replace(b"</Types>", part.encode())
        parts |= {"[Content_Types].xml": kinds, "xl/sharedStrings.xml": etree.tostring(strings)}
        parts["xl/worksheets/sheet1.xml"] = etree.tostring(sheet)
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w") as archive:
            for name, part in parts.items():
                archive.writestr(name, part)
        return made.getvalue()

    return edit


def words_of(data: bytes, kind: str) -> Iterator[str]:
    """Every word in the translations of a file, deleted ones aside, read without the program."""
    if kind == "xlsx":
        for row in openpyxl.load_workbook(io.BytesIO(data)).active.iter_rows(min_row=2):
            if row[2].value != "translation":
                text = re.sub(r"_x[0-9A-F]{4}_", " ", str(row[2].value or ""))
                yield from re.findall(r"\w+", text)
    elif kind == "po":
        text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8")
        for found in re.findall(r'^msgstr ((?:"[^\n]*"\n?)+)', text.partition("\n\n")[2], re.M):
            yield from re.findall(r"\w+", "".join(re.findall(r'"(.*)"', found)))
    else:
        root = etree.fromstring(data)
        for one in root.iter("{*}target"):
            if one.getparent().tag.endswith("alt-trans"):
                continue
            for gone in list(one.iter("{*}mrk")):
                if str(gone.get("mtype")).endswith("deleted"):
                    gone.text = ""
            for code in list(one.iter("{*}ph", "{*}bpt", "{*}ept", "{*}it")):
                code.text = " "
            yield from re.findall(r"\w+", normalize("NFC", "".join(one.itertext())))
