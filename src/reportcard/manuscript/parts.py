"""The parts of a Word document that are the same for every card: styles, lists, settings
(ECMA-376, part 1, 17; part 2).
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final
from xml.sax.saxutils import escape, quoteattr

W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATION: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_KIND: Final = "application/vnd.openxmlformats-officedocument"
HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
NAMESPACES: Final = f'xmlns:w="{W}" xmlns:r="{RELATION}"'
#: What every custom property bears (MS-OSHARED 2.3.3.2.3.1.1).
_PROPERTIES: Final = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_GRAY: Final = '<w:color w:val="767676"/>'
_BULLETS: Final = ("•", "–")

#: Styles of paragraphs: id, name, what it is based on, settings of paragraph and words.
_PARAGRAPHS: Final = (
    ("Title", "Title", "Normal", '<w:spacing w:after="240"/>', '<w:b/><w:sz w:val="40"/>'),
    (
        "Heading1",
        "heading 1",
        "Normal",
        '<w:keepNext/><w:spacing w:before="480" w:after="160"/><w:outlineLvl w:val="0"/>',
        f'<w:b/><w:sz w:val="32"/>{_GRAY}',
    ),
    (
        "Heading2",
        "heading 2",
        "Normal",
        '<w:keepNext/><w:spacing w:before="320" w:after="120"/><w:outlineLvl w:val="1"/>',
        '<w:b/><w:sz w:val="26"/>',
    ),
    (
        "Heading3",
        "heading 3",
        "Normal",
        '<w:keepNext/><w:spacing w:before="200" w:after="80"/><w:outlineLvl w:val="2"/>',
        "<w:b/>",
    ),
    (
        "CardLabel",
        "Card Label",
        "Normal",
        '<w:keepNext/><w:spacing w:before="200" w:after="60"/>',
        f'<w:sz w:val="18"/>{_GRAY}',
    ),
    (
        "CardHint",
        "Card Hint",
        "Normal",
        '<w:shd w:val="clear" w:color="auto" w:fill="F2F2F2"/><w:spacing w:after="0"/>',
        f'<w:sz w:val="18"/>{_GRAY}',
    ),
    ("Caption", "caption", "Normal", '<w:spacing w:before="60" w:after="120"/>', _GRAY),
    (
        "CardFigure",
        "Card Figure",
        "Normal",
        '<w:pBdr><w:left w:val="single" w:sz="24" w:space="8" w:color="BFBFBF"/></w:pBdr>',
        "",
    ),
    (
        "ListBullet",
        "List Bullet",
        "Normal",
        '<w:numPr><w:numId w:val="1"/></w:numPr><w:spacing w:after="80"/>',
        "",
    ),
    ("ListNumber", "List Number", "Normal", '<w:spacing w:after="80"/>', ""),
    ("FootnoteText", "footnote text", "Normal", '<w:spacing w:after="40"/>', '<w:sz w:val="18"/>'),
)
#: Styles of words: id, name, settings.
_WORDS: Final = (
    ("FootnoteReference", "footnote reference", '<w:vertAlign w:val="superscript"/>'),
    ("Hyperlink", "Hyperlink", '<w:color w:val="0563C1"/><w:u w:val="single"/>'),
    ("CardValue", "Card Value", '<w:shd w:val="clear" w:color="auto" w:fill="DDE8F0"/>'),
    ("CardCitation", "Card Citation", '<w:color w:val="0563C1"/>'),
)


def styles(language: str) -> str:
    """The part of styles, words being in a language, `es-PE`."""
    found = "".join(
        f'<w:style w:type="paragraph" w:styleId="{id_}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="{base}"/><w:qFormat/><w:pPr>{paragraph}</w:pPr>'
        f"<w:rPr>{words}</w:rPr></w:style>"
        for id_, name, base, paragraph, words in _PARAGRAPHS
    )
    found += "".join(
        f'<w:style w:type="character" w:styleId="{id_}"><w:name w:val="{name}"/>'
        f"<w:rPr>{words}</w:rPr></w:style>"
        for id_, name, words in _WORDS
    )
    return (
        f"{HEAD}<w:styles {NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr>"
        '<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:cs="Calibri"/><w:sz w:val="22"/>'
        f"<w:lang w:val={quoteattr(language)}/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>"
        '<w:spacing w:after="160" w:line="264" w:lineRule="auto"/></w:pPr></w:pPrDefault>'
        '</w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal">'
        '<w:name w:val="Normal"/><w:qFormat/></w:style>'
        '<w:style w:type="table" w:styleId="CardTable"><w:name w:val="Card Table"/><w:tblPr>'
        f"<w:tblBorders>{''.join(_borders())}</w:tblBorders></w:tblPr></w:style>{found}</w:styles>"
    )


def _borders() -> Iterator[str]:
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        yield f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="BFBFBF"/>'


def numbering(lists: int) -> str:
    """The part of lists: list 1 has bullets; each of so many more begins with 1 anew."""
    bullets = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="bullet"/>'
        f'<w:lvlText w:val="{sign}"/><w:lvlJc w:val="left"/>{_indent(level)}</w:lvl>'
        for level, sign in enumerate(_BULLETS)
    )
    numbers = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="%{level + 1}."/><w:lvlJc w:val="left"/>{_indent(level)}</w:lvl>'
        for level, form in enumerate(("decimal", "lowerLetter"))
    )
    own = "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        for number in range(2, lists + 2)
    )
    return (
        f'{HEAD}<w:numbering {NAMESPACES}><w:abstractNum w:abstractNumId="0">{bullets}'
        f'</w:abstractNum><w:abstractNum w:abstractNumId="1">{numbers}</w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>{own}</w:numbering>'
    )


def _indent(level: int) -> str:
    return f'<w:pPr><w:ind w:left="{360 * (level + 1)}" w:hanging="360"/></w:pPr>'


def settings() -> str:
    """The part of settings: changes are tracked from the start."""
    return (
        f"{HEAD}<w:settings {NAMESPACES}><w:trackRevisions/><w:footnotePr>"
        '<w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr><w:compat>'
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/'
        'word" w:val="15"/></w:compat></w:settings>'
    )


def properties(named: Mapping[str, str]) -> str:
    """The part of custom properties."""
    listed = "".join(
        f'<property fmtid="{_PROPERTIES}" pid="{number}" name={quoteattr(name)}>'
        f"<vt:lpwstr>{escape(text)}</vt:lpwstr></property>"
        for number, (name, text) in enumerate(named.items(), start=2)
    )
    office = "http://schemas.openxmlformats.org/officeDocument/2006"
    return (
        f'{HEAD}<Properties xmlns="{office}/custom-properties"'
        f' xmlns:vt="{office}/docPropsVTypes">{listed}</Properties>'
    )


def core(title: str) -> str:
    """The part with the document's title."""
    return (
        f'{HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(title)}</dc:title></cp:coreProperties>"
    )


def content_types() -> str:
    """What kind each part is of."""
    words = {
        "document": "document.main",
        **{name: name for name in ("styles", "numbering", "settings", "footnotes")},
    }
    kinds = {
        f"/word/{name}.xml": f"{_KIND}.wordprocessingml.{kind}+xml" for name, kind in words.items()
    }
    kinds["/docProps/custom.xml"] = f"{_KIND}.custom-properties+xml"
    kinds["/docProps/core.xml"] = "application/vnd.openxmlformats-package.core-properties+xml"
    listed = "".join(
        f'<Override PartName="{part}" ContentType="{kind}"/>' for part, kind in kinds.items()
    )
    return (
        f'{HEAD}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{listed}</Types>'
    )


def relations(targets: Mapping[str, str], links: Sequence[str] = ()) -> str:
    """What a part refers to: other parts by the last words of the relation's type, and addresses
    as `link1`, `link2` …
    """
    listed = "".join(
        f'<Relationship Id="part{number}" Type="{_type(kind)}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets.items(), start=1)
    )
    listed += "".join(
        f'<Relationship Id="link{number}" Type="{RELATION}/hyperlink"'
        f' Target={quoteattr(link)} TargetMode="External"/>'
        for number, link in enumerate(links, start=1)
    )
    return f'{HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'


def _type(kind: str) -> str:
    if kind == "core-properties":
        return f"{_PACKAGE}/relationships/metadata/core-properties"
    return f"{RELATION}/{kind}"
