"""Manuscripts and tables as people send them: web pages and sheets that LibreOffice saves, and
documents typed part by part.

`python -m tests.manuscripts` makes the files of tests/data/ anew, from content/peru/es.yaml; it
needs LibreOffice.
"""

import html
import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from ruamel.yaml import YAML

from .conftest import Copy

ROOT = Path(__file__).parents[1]
DATA = ROOT / "tests/data"
#: What the values of the card say, as its author would type them.
VALUES = {
    "rank.total | ordinal('m', short)": "segundo",
    "rank.legal | ordinal('m', short)": "cuarto",
    "score.total": "11.7",
    "max.total": "15",
    "scores.colombia.total": "12.5",
    "scores.brazil.total": "11.5",
    "scores.ecuador.total": "10.1",
    "scores.bolivia.total": "8.3",
    "countries.colombia.name": "Colombia",
    "countries.brazil.name": "Brasil",
    "countries.ecuador.name": "Ecuador",
    "countries.bolivia.name": "Bolivia",
    "ahead.legal | list": "Colombia, Brasil y Ecuador",
    "country.of": "del Perú",
}
Notes = list[str]


def peru_page() -> str:
    """The Spanish card of Peru as an author would write it, with the shared wording that authors
    leave in, as a web page.
    """
    card, wording = (
        YAML(typ="safe").load((ROOT / name).read_text(encoding="utf-8"))
        for name in ("content/peru/es.yaml", "content/wording/es.yaml")
    )
    notes: Notes = []

    def text(prose: str) -> str:
        return "".join(_blocks(prose, card["notes"], notes))

    def inline(prose: str) -> str:
        return _inline(prose, card["notes"], notes)

    parts = [
        f"<p class='title'>{inline(card['title'])}</p>",
        f"<p>Autores: {', '.join(card['authors'])}</p>",
    ]
    parts += [
        f"<h1>{wording['overall']['heading']}</h1>",
        text(wording["overall"]["introduction"]),
        text(card["overall"]["result"]),
    ]
    for number, (id_, dimension) in enumerate(card["dimensions"].items(), start=1):
        shared = wording["dimensions"][id_]
        parts += [
            f"<h1>Dimensión {number}: {shared['name'].upper()}</h1>",
            text(shared["assesses"]),
        ]
        categories = "".join(
            f"<li><b>{one['name']}</b> {one['definition']}</li>"
            for one in shared["categories"].values()
        )
        parts += [f"<ul>{categories}</ul>", text(dimension["findings"])]
    parts += [f"<h1>{wording['context']['heading']}</h1>", text(card["context"])]
    parts += [
        f"<h1>{wording['recommendations']['heading']}</h1>",
        text(wording["recommendations"]["introduction"]),
    ]
    for number, one in enumerate(card["recommendations"].values(), start=1):
        named = "; ".join(card["institutions"][id_] for id_ in one["institutions"])
        parts += [
            f"<h2>{number}. {inline(one['title'])}</h2>",
            text(one["text"]),
            f"<p>Instituciones responsables: {named}</p>",
        ]
    return page(parts, notes)


def page(parts: list[str], notes: Notes) -> str:
    """A web page whose notes LibreOffice takes for footnotes."""
    feet = "".join(
        f'<div id="sdfootnote{number}"><p><a class="sdfootnotesym" name="sdfootnote{number}sym"'
        f' href="#sdfootnote{number}anc">{number}</a> {note}</p></div>'
        for number, note in enumerate(notes, start=1)
    )
    return (
        "<html><head><meta"
        f' charset="utf-8"><title>x</title></head><body>{"".join(parts)}{feet}</body></html>'
    )


def _blocks(prose: str, known: dict[str, str], notes: Notes) -> Iterator[str]:
    for block in re.split(r"\n\s*\n", prose.strip()):
        if block.startswith("- "):
            items = re.split(r"\n- ", block[2:])
            yield (
                "<ul>"
                + "".join(f"<li>{_inline(item, known, notes)}</li>" for item in items)
                + "</ul>"
            )
        else:
            yield f"<p>{_inline(block, known, notes)}</p>"


def _inline(prose: str, known: dict[str, str], notes: Notes) -> str:
    text = " ".join(prose.split())
    text = re.sub(r"\{\{ *(.*?) *\}\}", lambda match: VALUES[match[1]], text)
    text = re.sub(r"<(https?://[^>]+)>", r"[\1](\1)", text)
    text = html.escape(text, quote=False)
    text = re.sub(r"\[([^\]]+)\]\{\w+=[\w-]+\}", r"\1", text)
    text = re.sub(r"\[([^\]^]+)\]\(edition:\w+\)", r"\1", text)
    text = re.sub(r"\[([^\]^]+)\]\(([^)]+)\)", r'<a href="\2">\1</a>', text)
    text = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", text)
    text = re.sub(r"\*(.+?)\*", r"<i>\1</i>", text)

    def call(match: re.Match[str]) -> str:
        blocks = re.split(r"\n\s*\n", known[match[1]].strip())
        notes.append("</p><p>".join(_inline(block, known, []) for block in blocks))
        number = len(notes)
        return (
            f'<sup><a class="sdfootnoteanc" name="sdfootnote{number}anc"'
            f' href="#sdfootnote{number}sym">{number}</a></sup>'
        )

    return re.sub(r"\[\^([\w-]+)\]", call, text)


# --- LibreOffice ----------------------------------------------------------------------------------

OFFICE = shutil.which("soffice")
#: The office of a colleague whose numbers have commas.
_SPANISH = (
    '<?xml version="1.0" encoding="UTF-8"?><oor:items'
    ' xmlns:oor="http://openoffice.org/2001/registry"><item'
    ' oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale"'
    ' oor:op="fuse"><value>es-ES</value></prop></item></oor:items>'
)


def saved(data: bytes, name: str, kind: str, source: str = "") -> bytes:
    """A file of a name as LibreOffice saves it in another kind; `source` is the filter that it is
    read with.
    """
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / name).write_bytes(data)
        (Path(folder) / "profile/user").mkdir(parents=True)
        (Path(folder) / "profile/user/registrymodifications.xcu").write_text(
            _SPANISH, encoding="utf-8"
        )
        profile = f"-env:UserInstallation=file://{folder}/profile"
        arguments = [
            str(OFFICE),
            profile,
            "--headless",
            *([f"--infilter={source}"] if source else []),
            "--convert-to",
            kind,
            "--outdir",
            folder,
            f"{folder}/{name}",
        ]
        subprocess.run(
            arguments,
            check=True,
            capture_output=True,
            timeout=180,
            env={**os.environ, "HOME": folder},
        )
        return (Path(folder) / name).with_suffix(f".{kind.partition(':')[0]}").read_bytes()


def peru_docx() -> bytes:
    """The manuscript of tests/data/peru-es.docx."""
    return saved(peru_page().encode(), "peru.html", "docx:MS Word 2007 XML", "HTML (StarWriter)")


#: Scores as a colleague in Lima types them: commas, names in Spanish, a sum, an empty cell.
SCORES = """Puntajes por país;;;;;
País;A. Definiciones legales y reconocimiento de derechos;Propiedad y asignación de derechos \
mineros;Licencias (C);Regulación de la maquinaria;Mercurio
Perú;1,0;0,7;0,85;0,5;0,8
Colombia;0,9;0,8;1;0,65;
""".replace("Licencias (C)", "C").replace(";Mercurio", ";E")
_CSV_IN = "Text - txt - csv (StarCalc):59,34,76,1,,3082"
_CSV_OUT = "csv:Text - txt - csv (StarCalc):59,34,76,1,,3082,false,true"


def scores_xlsx() -> bytes:
    """The sheet of tests/data/scores-es.xlsx."""
    return saved(SCORES.encode(), "scores.csv", "xlsx:Calc MS Excel 2007 XML", _CSV_IN)


def scores_csv() -> bytes:
    """The table of tests/data/scores-es.csv, as LibreOffice writes it again from the sheet."""
    return saved(scores_xlsx(), "scores.xlsx", _CSV_OUT)


# --- documents typed part by part -----------------------------------------------------------------

_W = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
    ' xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
)
_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def run(text: str, properties: str = "") -> str:
    """A run with properties like `<w:b/>`."""
    return (
        f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{html.escape(text)}</w:t></w:r>'
    )


def paragraph(*runs: str, style: str = "", properties: str = "") -> str:
    """A paragraph of runs, or of plain texts."""
    inner = "".join(one if one.startswith("<w:") else run(one) for one in runs)
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{inner}</w:p>"


def call(number: int, kind: str = "footnote") -> str:
    """A note call."""
    return f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'


BULLET = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
INNER_BULLET = '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>'
NUMBER = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr>'


def cell(*paragraphs: str, properties: str = "") -> str:
    """A cell of paragraphs, or of plain texts; properties like `<w:gridSpan w:val="2"/>`."""
    inner = "".join(one if one.startswith("<w:") else paragraph(one) for one in paragraphs)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner or paragraph()}</w:tc>"


def table(*rows: tuple[str, ...]) -> str:
    """A table of cells, or of plain texts."""
    inner = "".join(
        "".join(one if one.startswith("<w:tc>") else cell(one) for one in row).join(
            ("<w:tr>", "</w:tr>")
        )
        for row in rows
    )
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{inner}</w:tbl>"


def drawing(number: int, alt: str = "", more: str = "") -> str:
    """A run with a picture of the document."""
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="{number}" name="Imagen {number}"'
        f' descr="{html.escape(alt)}"/><a:graphic><a:graphicData><pic:pic><pic:blipFill>'
        f'<a:blip r:embed="picture{number}"/>{more}</pic:blipFill></pic:pic></a:graphicData>'
        "</a:graphic></wp:inline></w:drawing></w:r>"
    )


def text_box(*paragraphs: str) -> str:
    """A paragraph with a text box, twice: for Word, and for older programs."""
    inner = f"<w:txbxContent>{''.join(paragraphs)}</w:txbxContent>"
    return (
        "<w:p><w:r><mc:AlternateContent><mc:Choice><w:drawing><wp:anchor><wps:txbx>"
        f"{inner}</wps:txbx></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape>"
        f"<v:textbox>{inner}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent>"
        "</w:r></w:p>"
    )


def word_field(code: str, result: str) -> str:
    """A field with its result, as Word writes it."""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> {html.escape(code)} '
        '</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'{run(result)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def bookmarked(name: str, inner: str) -> str:
    """Runs in a bookmark."""
    return f'<w:bookmarkStart w:id="1" w:name="{name}"/>{inner}<w:bookmarkEnd w:id="1"/>'


def docx(
    body: str,
    footnotes: tuple[str, ...] = (),
    endnotes: tuple[str, ...] = (),
    links: tuple[str, ...] = (),
    pictures: Mapping[str, bytes] = MappingProxyType({}),
    **parts: bytes,
) -> bytes:
    """A .docx of these paragraphs; notes are numbered from 1, links are relations `link1`, `link2`,
    and pictures by their name `picture1`, `picture2`; more parts as `word_x_xml`.
    """
    heading = "".join(
        f'<w:style w:type="paragraph" w:styleId="H{level}"><w:name w:val="heading'
        f' {level}"/></w:style>'
        for level in (1, 2, 3)
    )
    strong = (
        '<w:style w:type="character" w:styleId="Strong"><w:name'
        ' w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>'
    )
    title = "".join(
        f'<w:style w:type="paragraph" w:styleId="{id_}"><w:name w:val="{name}"/></w:style>'
        for id_, name in (
            ("Title", "Title"),
            ("Caption", "caption"),
            ("Quote", "Quote"),
            ("IntenseQuote", "Intense Quote"),
        )
    )
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:numFmt w:val="bullet"/></w:lvl>' for level in (0, 1, 2)
    )
    numbering = (
        f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum><w:abstractNum'
        ' w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt'
        ' w:val="decimal"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId'
        ' w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    )
    notes = {
        kind: (
            f'<w:{kind}s {_W}><w:{kind} w:type="separator"'
            f' w:id="0"><w:p><w:r><w:separator/></w:r></w:p></w:{kind}>'
            + "".join(
                f"<w:{kind}"
                f' w:id="{number}">{note if note.startswith("<w:") else paragraph(note)}</w:{kind}>'
                for number, note in enumerate(texts, start=1)
            )
            + f"</w:{kind}s>"
        )
        for kind, texts in (("footnote", footnotes), ("endnote", endnotes))
    }
    related = "".join(
        f'<Relationship Id="{name}" Type="{_TYPE}/{name}" Target="{name}.xml"/>'
        for name in ("styles", "numbering", "footnotes", "endnotes")
    )
    related += "".join(
        f'<Relationship Id="link{number}" Type="{_TYPE}/hyperlink" Target="{html.escape(link)}"'
        ' TargetMode="External"/>'
        for number, link in enumerate(links, start=1)
    )
    related += "".join(
        f'<Relationship Id="picture{number}" Type="{_TYPE}/image" Target="media/{name}"/>'
        for number, name in enumerate(pictures, start=1)
    )
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    texts = {
        "_rels/.rels": (
            f'<Relationships xmlns="{package}"><Relationship Id="a" Type="{_TYPE}/officeDocument"'
            ' Target="word/document.xml"/></Relationships>'
        ),
        "word/_rels/document.xml.rels": (
            f'<Relationships xmlns="{package}">{related}</Relationships>'
        ),
        "word/document.xml": f"<w:document {_W}><w:body>{body}</w:body></w:document>",
        "word/styles.xml": f"<w:styles {_W}>{heading}{strong}{title}</w:styles>",
        "word/numbering.xml": f"<w:numbering {_W}>{numbering}</w:numbering>",
        "word/footnotes.xml": notes["footnote"],
        "word/endnotes.xml": notes["endnote"],
    }
    return zipped(
        {
            **{name: text.encode() for name, text in texts.items()},
            **{f"word/media/{name}": data for name, data in pictures.items()},
            **{name.replace("_", "/", 1).replace("_", "."): data for name, data in parts.items()},
        }
    )


def zipped(parts: dict[str, bytes]) -> bytes:
    """Parts as a zip, the same bytes each time."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(
                zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED
            )
    return target.getvalue()


def only_spanish(copy: Copy) -> Copy:
    """A copy of the workspace in Spanish alone, without a card."""
    for name in (
        "wording/en.yaml",
        "wording/es.status.yaml",
        "peru/en.yaml",
        "peru/es.yaml",
        "peru/es.status.yaml",
        "glossary.yaml",
    ):
        (copy.root / "content" / name).unlink()
    edition = copy.root / "content/edition.yaml"
    text = re.sub(r"  en:\n(    .*\n)+", "", edition.read_text(encoding="utf-8")).replace(
        "source_language: en", "source_language: es"
    )
    edition.write_text(text, encoding="utf-8")
    return copy


def main() -> None:
    """Makes the files of tests/data/ anew."""
    made: dict[str, Callable[[], bytes]] = {
        "peru-es.docx": peru_docx,
        "scores-es.xlsx": scores_xlsx,
        "scores-es.csv": scores_csv,
    }
    for name, make in made.items():
        (DATA / name).write_bytes(make())
        sys.stdout.write(f"tests/data/{name}\n")


if __name__ == "__main__":
    main()
