"""Captions and sources of tables and pictures, as people write them above or below: in a style for
captions, with a number that Word counts, or typed: “Table 2. Steps”, “Fuente: …”.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile, zip_longest
from typing import Final

from reportcard.intake.blocks import (
    ManuscriptBlock,
    ManuscriptBox,
    ManuscriptExhibit,
    ManuscriptFigure,
    ManuscriptLegend,
    ManuscriptTable,
    changed,
    paragraphs_of,
)
from reportcard.intake.manuscript import (
    ManuscriptCall,
    ManuscriptParagraph,
    ManuscriptRun,
    ParagraphKind,
    plain,
    stripped,
    without,
)

#: What tables and figures are called, in English, Spanish, Portuguese and French; one that is not
#: called a table is a figure.
TABLES: Final = frozenset({"table", "tabla", "cuadro", "tabela", "quadro", "tableau"})
FIGURES: Final = frozenset(
    {
        "figure",
        "fig",
        "figura",
        "grafico",
        "grafica",
        "chart",
        "graph",
        "graphic",
        "ilustracion",
        "illustration",
        "image",
        "imagen",
        "imagem",
        "foto",
        "fotografia",
        "photo",
        "photograph",
        "photographie",
        "mapa",
        "map",
        "carte",
        "diagrama",
        "diagram",
        "diagramme",
        "esquema",
        "lamina",
        "plate",
        "ilustracao",
        "graphique",
        "schema",
    }
)
_LETTER: Final = r"[^\W\d_]"
NUMBER: Final = r"\d{1,3}(?:[.-]\d{1,3})*[a-z]?|[IVX]{1,6}"
#: A label and its number, and what parts them from the words of a caption.
_LABEL: Final = re.compile(
    rf"\s*({_LETTER}{{3,15}})\.?\s*(?:n\.?\s?[º°o]\.?\s*)?({NUMBER})(?!\w)\s*([.:–—|-]+\s*|\n|$)?",
    re.IGNORECASE,
)
_SOURCE: Final = re.compile(
    r"\s*(?:(?:sources?|fuentes?|fontes?)(?:\s+and\s+\w+|\s+y\s+\w+)?\s*[:.]"
    r"|(?:nota|notas|notes?)\s*[:.]|elaboraci[oó]n(?:\s+propia)?\s*(?:[:.,]|$))",
    re.IGNORECASE,
)
#: A typed caption, and a title below a label, have at most so many letters.
_LONGEST: Final = 300
_LONGEST_TITLE: Final = 200


def kind_of_label(word: str) -> str:
    """What a word calls: `table`, `figure`, or neither (empty); the plural counts, too."""
    bare = plain(word)
    for one in (bare, bare.removesuffix("s"), bare.removesuffix("es")):
        if one in TABLES:
            return "table"
        if one in FIGURES:
            return "figure"
    return ""


def is_label(text: str) -> bool:
    """Whether a line begins with a label and a number, as captions do."""
    match = _LABEL.match(text)
    return match is not None and bool(kind_of_label(match[1])) and match[3] is not None


def is_source(text: str) -> bool:
    """Whether a line says where a table or picture is from, or is a note to it."""
    return _SOURCE.match(text) is not None


def with_legends(blocks: Sequence[ManuscriptBlock]) -> tuple[ManuscriptBlock, ...]:
    """Blocks with the captions and sources that are beside their tables and pictures."""
    joined = _titled(blocks)
    taken = _captions(joined)
    of_exhibit = {exhibit: caption for caption, exhibit in taken.items()}
    made: list[ManuscriptBlock] = []
    is_source_of: set[int] = set()
    for at, one in enumerate(joined):
        if at in taken or at in is_source_of:
            continue
        caption = joined[of_exhibit[at]] if at in of_exhibit else None
        if isinstance(one, ManuscriptTable | ManuscriptFigure) and caption:
            begin = at + 1 + (of_exhibit[at] == at + 1)
            sources = list(takewhile(_is_source, joined[begin:]))
            is_source_of |= set(range(begin, begin + len(sources)))
            made.append(_with_legend(one, caption, sources))
        else:
            made.append(one)
    return tuple(made)


def settled(blocks: Sequence[ManuscriptBlock], counts: Counter[str]) -> tuple[ManuscriptBlock, ...]:
    """Blocks in which a caption beside no table or picture is a paragraph, and tables call no
    notes: they are called at the end of the paragraph before.
    """
    texts = (_as_text(one, counts) for one in blocks)
    return tuple(
        replace(one, blocks=settled(one.blocks, counts)) if isinstance(one, ManuscriptBox) else one
        for one in _with_calls_before(list(texts), counts)
    )


def _titled(blocks: Sequence[ManuscriptBlock]) -> list[ManuscriptBlock]:
    """Blocks with a label alone on its line joined to the title on the next one, before a table or
    picture; and a caption to the first row of a table that is its title.
    """
    made: list[ManuscriptBlock] = []
    for one, after in zip_longest(blocks, blocks[1:]):
        last = made[-1] if made else None
        if (
            isinstance(one, ManuscriptParagraph)
            and isinstance(last, ManuscriptParagraph)
            and isinstance(after, ManuscriptTable | ManuscriptFigure)
            and is_label(last.text)
            and _is_title(last, one)
        ):
            between = ManuscriptRun("\n" if not _words(last.text) else ". ")
            made[-1] = replace(
                last,
                kind=ParagraphKind.CAPTION,
                inlines=(*last.inlines, between, *one.inlines),
                asides=(*last.asides, *one.asides),
            )
        else:
            made.append(one)
    return made


def _is_title(label: ManuscriptParagraph, one: ManuscriptParagraph) -> bool:
    """Whether a line goes on with the caption that a label begins above it."""
    if is_label(one.text) or is_source(one.text) or one.is_listed:
        return False
    is_alone = not _words(label.text)
    return len(one.text) <= _LONGEST_TITLE and (is_alone or one.kind is ParagraphKind.CAPTION)


def _words(text: str) -> str:
    """What is left of a caption without its label."""
    match = _LABEL.match(text)
    return text[match.end() :].strip() if match and kind_of_label(match[1]) else text.strip()


# --- which caption is whose -----------------------------------------------------------------------


def _captions(blocks: Sequence[ManuscriptBlock]) -> dict[int, int]:
    """The place of each caption, with that of its table or picture: the one that is left to it,
    else the one that its label fits, and for a table the one below.
    """
    near = {at: found for at in range(len(blocks)) if (found := list(_candidates(blocks, at)))}
    taken: dict[int, int] = {}
    while near:
        free = {
            at: [one for one in found if one not in taken.values()] for at, found in near.items()
        }
        free = {at: found for at, found in free.items() if found}
        if not free:
            break
        sure = [at for at, found in free.items() if len(found) == 1] or [min(free)]
        at = sure[0]
        taken[at] = free[at][0]
        near = {one: found for one, found in free.items() if one != at}
    return taken


def _candidates(blocks: Sequence[ManuscriptBlock], at: int) -> list[int]:
    """The tables and pictures beside a caption, the likeliest first; none if it is no caption."""
    caption = blocks[at]
    if not isinstance(caption, ManuscriptParagraph) or not _is_caption(caption):
        return []
    above = at - 1
    # Below a picture may be its source, and then its caption
    while above > 0 and _is_source(blocks[above]):
        above -= 1
    match = _LABEL.match(caption.text)
    kind = kind_of_label(match[1]) if match else ""
    order = [above, at + 1] if kind == "figure" else [at + 1, above]
    found = [
        place
        for place in order
        if 0 <= place < len(blocks)
        and isinstance(one := blocks[place], ManuscriptTable | ManuscriptFigure)
        and not one.legend.caption
    ]
    fitting = [place for place in found if _kind(blocks[place]) == kind]
    return [*fitting, *(place for place in found if place not in fitting)]


def _is_caption(one: ManuscriptParagraph) -> bool:
    """Whether a paragraph is a caption: by its style, or typed as one."""
    if not _words(one.text) or one.is_listed:
        return False
    if one.kind is ParagraphKind.CAPTION:
        return not is_source(one.text)
    return (
        one.kind in (ParagraphKind.TEXT, ParagraphKind.HEADING)
        and is_label(one.text)
        and len(one.text) <= _LONGEST
    )


def _is_source(block: ManuscriptBlock) -> bool:
    return (
        isinstance(block, ManuscriptParagraph)
        and block.kind in (ParagraphKind.TEXT, ParagraphKind.CAPTION)
        and is_source(block.text)
    )


def _kind(block: ManuscriptBlock) -> str:
    return "table" if isinstance(block, ManuscriptTable) else "figure"


# --- legends --------------------------------------------------------------------------------------


def _with_legend(
    block: ManuscriptExhibit,
    caption: ManuscriptBlock | None,
    sources: Sequence[ManuscriptBlock],
) -> ManuscriptExhibit:
    if not isinstance(caption, ManuscriptParagraph):
        return block
    match = _LABEL.match(caption.text)
    is_labelled = match is not None and bool(kind_of_label(match[1]))
    typed = match[0] if match and is_labelled else ""
    legend = ManuscriptLegend(
        _plainly(replace(caption, inlines=stripped(without(caption.inlines, len(typed))))),
        _joined([one for one in sources if isinstance(one, ManuscriptParagraph)]),
        " ".join(typed.split()),
        match[1] if match and is_labelled else "",
        match[2] if match and is_labelled else "",
        caption.anchors,
    )
    return replace(block, legend=legend)


def _joined(sources: Sequence[ManuscriptParagraph]) -> ManuscriptParagraph | None:
    if not sources:
        return None
    inlines = [part for one in sources for part in (ManuscriptRun(" "), *one.inlines)]
    asides = tuple(aside for one in sources for aside in one.asides)
    return _plainly(replace(sources[0], inlines=stripped(inlines), asides=asides))


def _plainly(one: ManuscriptParagraph) -> ManuscriptParagraph:
    """A caption or source as a line of text; bold or italics of the whole are its style's."""
    runs = [part for part in one.inlines if isinstance(part, ManuscriptRun) and part.text.strip()]
    bold, italic = all(part.bold for part in runs), all(part.italic for part in runs)
    inlines = tuple(
        replace(
            part,
            text=part.text.replace("\n", " "),
            bold=part.bold and not bold,
            italic=part.italic and not italic,
        )
        if isinstance(part, ManuscriptRun)
        else part
        for part in one.inlines
    )
    return replace(one, kind=ParagraphKind.TEXT, inlines=inlines)


def _as_text(block: ManuscriptBlock, counts: Counter[str]) -> ManuscriptBlock:
    """A caption beside no table or picture as a paragraph."""
    if not isinstance(block, ManuscriptParagraph) or block.kind is not ParagraphKind.CAPTION:
        return block
    counts["caption"] += 1
    return replace(block, kind=ParagraphKind.TEXT)


def _with_calls_before(
    blocks: Sequence[ManuscriptBlock], counts: Counter[str]
) -> list[ManuscriptBlock]:
    """Blocks whose tables call no notes: they are called at the end of the paragraph before."""
    made: list[ManuscriptBlock] = []
    for one in blocks:
        calls = [call for part in paragraphs_of([one]) for call in part.calls]
        if not isinstance(one, ManuscriptTable) or not calls:
            made.append(one)
            continue
        last = made[-1] if made else None
        counts["call"] += len(calls)
        if isinstance(last, ManuscriptParagraph) and last.kind is not ParagraphKind.HEADING:
            own = (ManuscriptCall(note) for note in dict.fromkeys(calls))
            made[-1] = replace(last, inlines=(*last.inlines, *own))
        made.append(changed(one, _without_calls))
    return made


def _without_calls(one: ManuscriptParagraph) -> ManuscriptParagraph:
    inlines = (part for part in one.inlines if not isinstance(part, ManuscriptCall))
    return replace(one, inlines=stripped(inlines))
