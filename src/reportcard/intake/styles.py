"""What the styles and lists of a Word document make of a paragraph or run: heading, bullet, bold,
italics (ECMA-376, part 1, 17.7, 17.9).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final, Self

from reportcard.intake.manuscript import ParagraphKind
from reportcard.intake.package import Element

_HEADING: Final = re.compile(r"heading ([1-9])")
#: The level of body text among outline levels.
_BODY: Final = 9


@dataclass(frozen=True, slots=True)
class ParagraphLook:
    """What a paragraph is, and how words in it are set."""

    kind: ParagraphKind = ParagraphKind.TEXT
    level: int = 1
    bold: bool = False
    italic: bool = False
    hidden: bool = False
    struck: bool = False


@dataclass(frozen=True, slots=True)
class _Style:
    """A style with what it takes over from those that it is based on."""

    name: str = ""
    outline: int = _BODY
    numbering: tuple[str, int] = ("", 0)
    bold: bool | None = None
    italic: bool | None = None
    struck: bool | None = None


@dataclass(frozen=True, slots=True)
class StyleSheet:
    """A document's styles by id, and the format of each level of each list."""

    styles: Mapping[str, _Style]
    formats: Mapping[tuple[str, int], str]

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
            MappingProxyType(_formats(numbering)),
        )

    def paragraph(self, properties: Element | None) -> ParagraphLook:
        """What a paragraph with these properties is."""
        style = self.styles.get(value(properties, "pStyle"), _Style())
        outline = whole(value(properties, "outlineLvl"), style.outline)
        name = style.name.lower()
        look = ParagraphLook(
            bold=style.bold or False, italic=style.italic or False, struck=style.struck or False
        )
        if name == "title":
            return ParagraphLook(ParagraphKind.TITLE)
        if name.startswith(("toc ", "contents ")):
            return replace(look, kind=ParagraphKind.LISTED)
        if (heading := _HEADING.fullmatch(name)) or outline < _BODY:
            return ParagraphLook(ParagraphKind.HEADING, int(heading[1]) if heading else outline + 1)
        own = child(properties, "numPr")
        number, level = (
            (value(own, "numId") or style.numbering[0], whole(value(own, "ilvl")))
            if own is not None
            else style.numbering
        )
        format_ = self.formats.get((number, level), "bullet" if number not in ("", "0") else "")
        if format_ in ("", "none"):
            return look
        return replace(
            look,
            kind=ParagraphKind.BULLET if format_ == "bullet" else ParagraphKind.NUMBERED,
            level=level + 1,
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
            whole(value(paragraph, "outlineLvl"), made.outline),
            (number or made.numbering[0], whole(value(numbering, "ilvl")))
            if numbering is not None
            else made.numbering,
            made.bold if bold is None else bold,
            made.italic if italic is None else italic,
            made.struck if struck is None else struck,
        )
    return made


def _formats(numbering: Element | None) -> dict[tuple[str, int], str]:
    if numbering is None:
        return {}
    kinds = {
        get(one, "abstractNumId"): {
            whole(get(level, "ilvl")): value(level, "numFmt")
            for level in one
            if name_of(level) == "lvl"
        }
        for one in numbering
        if name_of(one) == "abstractNum"
    }
    return {
        (get(one, "numId"), level): kind
        for one in numbering
        if name_of(one) == "num"
        for level, kind in kinds.get(value(one, "abstractNumId"), {}).items()
    }


def _toggle(properties: Element | None, name: str) -> bool | None:
    """A property that is on, off, or not given."""
    found = child(properties, name)
    return None if found is None else get(found, "val") not in ("0", "false", "off")


def _struck(properties: Element | None) -> bool | None:
    """Whether words are struck through, once or twice."""
    given = [_toggle(properties, name) for name in ("strike", "dstrike")]
    return None if given == [None, None] else any(given)


def name_of(element: Element) -> str:
    """An element's name without its name space: documents of the strict kind have others."""
    return str(element.tag).rpartition("}")[2]


def child(element: Element | None, name: str) -> Element | None:
    """The first child of a name."""
    return (
        next((one for one in element if name_of(one) == name), None)
        if element is not None
        else None
    )


def get(element: Element, name: str) -> str:
    """An attribute by its name without its name space; empty if there is none."""
    return next(
        (
            str(given)
            for key, given in element.attrib.items()
            if str(key).rpartition("}")[2] == name
        ),
        "",
    )


def value(element: Element | None, name: str) -> str:
    """The attribute `val` of the first child of a name."""
    found = child(element, name)
    return get(found, "val") if found is not None else ""


def whole(text: str, otherwise: int = 0) -> int:
    """A whole number as it is typed, or another if it is not one."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else otherwise
