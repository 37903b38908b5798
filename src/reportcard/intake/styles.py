"""What the styles and lists of a Word document make of a paragraph or run: heading, bullet, bold,
italics (ECMA-376, part 1, 17.7, 17.9).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final, Self

from reportcard.intake.elements import child, get, name_of, value, whole
from reportcard.intake.manuscript import ParagraphKind
from reportcard.intake.numbering import Numbering
from reportcard.intake.package import Element

_HEADING: Final = re.compile(r"heading ([1-9])")
#: The level of body text among outline levels.
_BODY: Final = 9
#: How the names of styles begin that lists of headings, tables and pictures have.
_LISTINGS: Final = (
    "toc ",
    "contents ",
    "table of figures",
    "illustration index",
    "table index",
    "figure index",
)
#: Styles of captions and quotes: those of Word, by their names in its files in any language, and
#: those of other programs.
_CAPTIONS: Final = frozenset(
    {"caption", "epígrafe", "epigrafe", "descripción", "leyenda", "legenda", "légende"}
)
_QUOTES: Final = frozenset(
    {
        "quote",
        "intense quote",
        "quotations",
        "cita",
        "cita destacada",
        "cita intensa",
        "citação",
        "citação intensa",
        "citation",
        "citation intense",
    }
)


@dataclass(frozen=True, slots=True)
class ParagraphLook:
    """What a paragraph is, and how words in it are set; `listed` is the list that it is in, which
    `Numbering` knows.
    """

    kind: ParagraphKind = ParagraphKind.TEXT
    level: int = 1
    listed: str = ""
    bold: bool = False
    italic: bool = False
    hidden: bool = False
    struck: bool = False


@dataclass(frozen=True, slots=True)
class _Style:
    """A style with what it takes over from those that it is based on."""

    name: str = ""
    #: Its own name and those of the styles that it is based on, in small letters.
    names: frozenset[str] = frozenset()
    outline: int = _BODY
    numbering: tuple[str, int] = ("", 0)
    bold: bool | None = None
    italic: bool | None = None
    struck: bool | None = None


@dataclass(frozen=True, slots=True)
class StyleSheet:
    """A document's styles by id, and its lists."""

    styles: Mapping[str, _Style]
    numbering: Numbering

    @classmethod
    def of(cls, styles: Element | None, numbering: Element | None) -> Self:
        """The sheet of the two parts; either may be missing."""
        elements = (
            {get(one, "styleId"): one for one in styles if name_of(one) == "style"}
            if styles is not None
            else {}
        )
        return cls(
            MappingProxyType({id_: _style(id_, elements) for id_ in elements}),
            Numbering.of(numbering),
        )

    def paragraph(self, properties: Element | None) -> ParagraphLook:
        """What a paragraph with these properties is."""
        style = self.styles.get(value(properties, "pStyle"), _Style())
        outline = whole(value(properties, "outlineLvl"), style.outline)
        name = style.name.lower()
        look = ParagraphLook(
            bold=style.bold or False, italic=style.italic or False, struck=style.struck or False
        )
        kind = _kind(style)
        if kind in (ParagraphKind.TITLE, ParagraphKind.CAPTION, ParagraphKind.QUOTE):
            # How these are set on the page is their own matter
            return ParagraphLook(kind)
        if kind is ParagraphKind.LISTED:
            return replace(look, kind=kind)
        if (heading := _HEADING.fullmatch(name)) or outline < _BODY:
            level = int(heading[1]) if heading else outline + 1
            return ParagraphLook(ParagraphKind.HEADING, level)
        own = child(properties, "numPr")
        number, level = (
            (value(own, "numId") or style.numbering[0], whole(value(own, "ilvl")))
            if own is not None
            else style.numbering
        )
        format_ = self.numbering.format(number, level)
        if format_ in ("", "none"):
            return look
        return replace(
            look,
            kind=ParagraphKind.BULLET if format_ == "bullet" else ParagraphKind.NUMBERED,
            level=level + 1,
            listed=number,
        )

    def run(self, properties: Element | None, look: ParagraphLook) -> ParagraphLook:
        """How the words of a run with these properties are set in a paragraph of that look."""
        style = self.styles.get(value(properties, "rStyle"), _Style())
        bold, italic = _toggle(properties, "b"), _toggle(properties, "i")
        struck = _struck(properties)
        return replace(
            look,
            # A character style toggles the setting of the paragraph's style (17.7.3); a setting of
            # the run itself counts alone.
            bold=bold if bold is not None else look.bold != (style.bold or False),
            italic=italic if italic is not None else look.italic != (style.italic or False),
            hidden=_toggle(properties, "vanish") or False,
            struck=struck if struck is not None else look.struck != (style.struck or False),
        )


def _kind(style: _Style) -> ParagraphKind:
    """What the name of a style says that a paragraph is."""
    name = style.name.lower()
    if name == "title":
        return ParagraphKind.TITLE
    if name.startswith(_LISTINGS):
        return ParagraphKind.LISTED
    if style.names & _CAPTIONS:
        return ParagraphKind.CAPTION
    return ParagraphKind.QUOTE if style.names & _QUOTES else ParagraphKind.TEXT


def _style(id_: str, elements: Mapping[str, Element]) -> _Style:
    chain: list[str] = []
    while id_ in elements and id_ not in chain:
        chain.append(id_)
        id_ = value(elements[id_], "basedOn")
    made = _Style()
    for one in reversed(chain):
        element = elements[one]
        paragraph, run = child(element, "pPr"), child(element, "rPr")
        numbering = child(paragraph, "numPr")
        number = value(numbering, "numId")
        bold, italic, struck = _toggle(run, "b"), _toggle(run, "i"), _struck(run)
        made = _Style(
            value(element, "name"),
            made.names | {value(element, "name").lower()},
            whole(value(paragraph, "outlineLvl"), made.outline),
            (number or made.numbering[0], whole(value(numbering, "ilvl")))
            if numbering is not None
            else made.numbering,
            made.bold if bold is None else bold,
            made.italic if italic is None else italic,
            made.struck if struck is None else struck,
        )
    return made


def _toggle(properties: Element | None, name: str) -> bool | None:
    """A property that is on, off, or not given."""
    found = child(properties, name)
    return None if found is None else get(found, "val") not in ("0", "false", "off")


def _struck(properties: Element | None) -> bool | None:
    """Whether words are struck through, once or twice."""
    given = [_toggle(properties, name) for name in ("strike", "dstrike")]
    return None if given == [None, None] else any(given)
