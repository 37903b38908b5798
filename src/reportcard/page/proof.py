"""The rules on laid-out pages, checked before a PDF is written: what a typesetter finds before a
printer does.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Final

from reportcard.messages.message import Hole, Message, message
from reportcard.page.compose.composed import Composed
from reportcard.page.origins import (
    character_place,
    file_of,
    hexadecimal,
    label_origin,
    line_origin,
    on_page,
    picture_origin,
    section_origin,
)
from reportcard.page.rules import (
    PAGE_CONTRAST,
    PAGE_COUNT,
    PAGE_EARLY_LINE,
    PAGE_FONT,
    PAGE_FULL,
    PAGE_GAUGES,
    PAGE_HEADING,
    PAGE_HOLE,
    PAGE_NOTE,
    PAGE_NOTE_ORDER,
    PAGE_OVERFLOW,
    PAGE_PICTURE,
    PAGE_RESOLUTION,
    PAGE_SMALL,
    PAGE_TAIL,
    PAGE_WIDOW,
)
from reportcard.page.styles import Styles
from reportcard.page.typeset.layout import LaidOut
from reportcard.page.typeset.measures import Colour, Ink, TextLine
from reportcard.problems.problem import Place, Problem
from reportcard.problems.rule import Rule
from reportcard.workspace.workspace import text_file

#: Sections that fill the sheet, without a text block.
_SHEETS: Final = ("cover", "back")
_HAIR: Final = 0.3
_SMALLEST_PT: Final = 7.0
#: WCAG 2.2, 1.4.3: large text is 18 pt, or 14 pt bold.
_CONTRAST, _CONTRAST_LARGE = 4.5, 3.0
QUARTER: Final = 0.25
#: A page that is less than half full looks like a mistake (docs/content-format.md).
HALF: Final = 0.5
_MODES: Final = ("RGB", "RGBA", "L", "LA")
_PPI: Final = 300
#: A font with more characters than this replaces no missing character: a style sheet names it.
_MOST_MISSING: Final = 20
#: What the HTML marks `data-graphic`.
_GRAPHICS: Final[Mapping[str, Message]] = {
    "bar": message("a bar"),
    "gauge": message("the filled part of a gauge"),
}


def proof(card: Composed, laid: LaidOut) -> Iterator[Problem]:
    """Every rule on the pages of one card in one language."""
    for rule in (
        _notes_with_calls,
        _notes_in_order,
        _overflow,
        _headings,
        _widows,
        _early_lines,
        _tails,
        _pages,
        _gauges,
        _inks,
        _graphics,
        _pictures,
    ):
        yield from rule(card, laid)


def proof_fonts(card: Composed, fonts: Mapping[str, str], styles: Styles) -> Iterator[Problem]:
    """Only fonts that the styles declare are in the PDF. `fonts` are those in it with the
    characters that each prints, and under an empty name those that no font has.
    """
    known = {_plain(family) for family in styles.families}
    for font, characters in sorted(fonts.items()):
        if not any(_plain(font).startswith(family) for family in known):
            listed = tuple(f'"{one}" (U+{ord(one):04X})' for one in characters)
            few = 0 < len(listed) <= _MOST_MISSING
            case = "missing" if not font else "characters" if few else "font"
            places = [
                *(character_place(card, character) for character in characters),
                styles.undeclared_font(),
            ]
            # A few characters are at fault themselves; many are in a font that a rule names.
            found = filter(None, places if few or not font else reversed(places))
            place = next(found, file_of(card))
            yield PAGE_FONT.at(place, case, font=font, characters=listed)


def _plain(family: str) -> str:
    """A font's name without spaces and hyphens, as PDFs and style sheets both have it."""
    return re.sub(r"[\s-]", "", family).lower()


def proof_counts(country: str, pages: Mapping[str, int]) -> Iterator[Problem]:
    """The languages of one card differ by one page at most; `pages` are their numbers of pages."""
    if pages and max(pages.values()) - min(pages.values()) > 1:
        longest = max(pages, key=lambda language: pages[language])
        counts = tuple(f"{language} {count}" for language, count in pages.items())
        yield PAGE_COUNT.at(Place(text_file(country, longest)), counts=counts)


def _at(card: Composed, line: TextLine, rule: Rule, case: str = "", /, **holes: Hole) -> Problem:
    """The problem of a line of text."""
    origin = line_origin(card, line)
    return rule.at(origin.place, case, field=origin.field, **holes)


def _notes_with_calls(card: Composed, laid: LaidOut) -> Iterator[Problem]:
    """A note begins on the page of its call. A call that repeats an earlier number has no note of
    its own.
    """
    printed = set()
    for called in card.calls:
        if called.note_id in printed:
            continue
        printed.add(called.note_id)
        call_page, note_page = (
            laid.boxes[id_][0].page if id_ in laid.boxes else 0
            for id_ in (called.call_id, called.note_id)
        )
        if call_page != note_page:
            origin = card.origins[called.call_id]
            yield PAGE_NOTE.at(
                on_page(origin.place, call_page or note_page),
                "uncalled" if not call_page else "apart" if note_page else "unprinted",
                field=origin.field,
                number=called.number,
                note_page=note_page,
                call_page=call_page,
            )


def _notes_in_order(card: Composed, laid: LaidOut) -> Iterator[Problem]:
    last, before = (0, 0.0), 0
    for note_id, number in {called.note_id: called.number for called in card.calls}.items():
        if note_id not in laid.boxes:
            continue
        box = laid.boxes[note_id][0]
        if (box.page, box.y) < last:
            origin = card.origins[note_id]
            place = on_page(origin.place, box.page)
            yield PAGE_NOTE_ORDER.at(place, field=origin.field, number=number, before=before)
        last, before = (box.page, box.y), number


def _overflow(card: Composed, laid: LaidOut) -> Iterator[Problem]:
    for line in laid.lines:
        if line.kind == "margin":
            continue
        sheet = laid.section(line.box.page) in _SHEETS
        area = laid.areas[line.box.page]
        left, width = (0.0, area.width) if sheet else (area.block.x, area.block.width)
        right = left + width
        out = (
            line.box.x < left - _HAIR
            or line.box.x + line.box.width > right + _HAIR
            or (line.room < -_HAIR and not sheet)
        )
        if out:
            yield _at(card, line, PAGE_OVERFLOW, text=_short(line.text))


def _headings(card: Composed, laid: LaidOut) -> Iterator[Problem]:
    for line in laid.lines:
        if line.tag in ("h2", "h3") and line.kind == "text" and _is_stranded(laid, line):
            yield _at(card, line, PAGE_HEADING, text=_short(line.text))


def _is_stranded(laid: LaidOut, heading: TextLine) -> bool:
    """Whether fewer than two lines of text follow a heading on its page, and the rest is on the
    next. A text that is no longer than that, or a heading at the head of its page, is sound.
    """
    here = heading.box.page
    first, count = laid.sections[laid.section(here)]
    others = [line for line in laid.lines if line.kind == "text" and line.block != heading.block]
    beside = [line.box.y for line in others if line.box.page == here]
    below = {y for y in beside if y > heading.box.y + 1}
    return (
        len(below) < 2
        and any(y < heading.box.y - 1 for y in beside)
        and any(here < line.box.page < first + count for line in others)
    )


def _paragraphs(laid: LaidOut) -> Iterator[list[TextLine]]:
    blocks: dict[int, list[TextLine]] = {}
    for line in laid.lines:
        if line.kind != "margin" and line.tag in ("p", "li", "span"):
            blocks.setdefault(line.block, []).append(line)
    yield from blocks.values()


def _widows(card: Composed, laid: LaidOut) -> Iterator[Problem]:
    for block in _paragraphs(laid):
        counts: dict[int, int] = {}
        for line in block:
            counts[line.box.page] = counts.get(line.box.page, 0) + 1
        if len(counts) > 1 and block[0].kind == "text" and 1 in counts.values():
            page = next(page for page, count in counts.items() if count == 1)
            lone = next(line for line in block if line.box.page == page)
            yield _at(card, lone, PAGE_WIDOW, text=_short(lone.text))


def early_lines(laid: LaidOut) -> Iterator[tuple[TextLine, TextLine]]:
    """Lines that end early though the first word of the next had room, with that next line."""
    for block in _paragraphs(laid):
        for line, following in pairwise(block):
            space = max(ink.size for ink in line.inks) * 0.25 * 0.3528
            # The first word's width is its share of its run, by letters: wide letters need a third
            # of slack.
            fits = line.room > following.first_word * 1.33 + space + 1
            if (
                fits
                and not line.forced
                and following.box.page == line.box.page
                and following.box.x <= line.box.x + _HAIR
            ):
                yield line, following


def _early_lines(card: Composed, laid: LaidOut) -> Iterator[Problem]:
    for line, _ in early_lines(laid):
        yield _at(card, line, PAGE_EARLY_LINE, text=f"…{line.text.strip()[-30:]}")


def filled(laid: LaidOut, section: str) -> float:
    """How much of a section's last page is filled, 0 to 1: the text down to its last line, beside
    the notes at the foot.
    """
    first, count = laid.sections[section]
    last = first + count - 1
    here = [line for line in laid.lines if line.box.page == last]
    block = laid.areas[last].block
    notes = [line.box.y for line in here if line.kind == "note"]
    text = [line.box.y + line.box.height for line in here if line.kind == "text"]
    room = (min(notes) if notes else block.y + block.height) - block.y
    return (max(text) - block.y) / room if text and room > 0 else 1


def _tails(card: Composed, laid: LaidOut) -> Iterator[Problem]:
    for name, (first, count) in laid.sections.items():
        last = first + count - 1
        text = [line for line in laid.lines if line.box.page == last and line.kind == "text"]
        if name in _SHEETS or not text or (share := filled(laid, name)) >= HALF:
            continue
        if share >= QUARTER:
            yield _at(card, text[0], PAGE_HOLE, share=round(share * 100))
        elif count > 1:
            yield _at(card, text[0], PAGE_TAIL, share=round(share * 100))


def _pages(card: Composed, laid: LaidOut) -> Iterator[Problem]:
    """A section that is planned as one page is one page."""
    for section in card.sections:
        first, count = laid.sections[section.name]
        if section.is_page and count > 1:
            origin = section_origin(card, section.name)
            place = on_page(origin.place, first)
            yield PAGE_FULL.at(place, field=origin.field, name=section.name, pages=count)


def _gauges(card: Composed, laid: LaidOut) -> Iterator[Problem]:
    drawn = [
        (id_, boxes[0])
        for id_, boxes in laid.boxes.items()
        if ".score." in id_ and not id_.endswith(".score.total")
    ]
    for index, (id_, box) in enumerate(drawn):
        for other_id, other in drawn[:index]:
            if (
                box.page != other.page
                or box.y >= other.y + other.height
                or other.y >= box.y + box.height
            ):
                continue
            crooked = abs(box.y - other.y) > 0.1
            crossed = box.x < other.x + other.width - _HAIR and other.x < box.x + box.width - _HAIR
            if crooked or crossed:
                pair = (other_id, id_) if other.width > box.width else (id_, other_id)
                origin = card.origins[pair[0]] if crooked else label_origin(card, pair[0])
                yield PAGE_GAUGES.at(
                    on_page(origin.place, box.page),
                    "crooked" if crooked else "crossed",
                    field=origin.field,
                    name=pair[0].rpartition(".")[2],
                    other=pair[1].rpartition(".")[2],
                )
                break


def _inks(card: Composed, laid: LaidOut) -> Iterator[Problem]:
    """Each way in which text is set is reported once, where it is first seen."""
    seen: set[tuple[str, Ink]] = set()
    for line in laid.lines:
        for ink in line.inks:
            large = ink.size >= 18 or (ink.size >= 14 and ink.bold)
            least = _CONTRAST_LARGE if large else _CONTRAST
            ratio = contrast(ink.colour, ink.background)
            if ratio < least and ("contrast", ink) not in seen:
                seen.add(("contrast", ink))
                origin = line_origin(card, line)
                yield PAGE_CONTRAST.at(
                    _styled_at(laid, ink.colour, line.box.page) or origin.place,
                    "text",
                    field=origin.field,
                    text=_short(line.text),
                    ratio=f"{ratio:.1f}",
                    least=f"{least:g}",
                )
            if ink.size < _SMALLEST_PT - 0.01 and ("small", ink) not in seen:
                seen.add(("small", ink))
                yield _at(
                    card,
                    line,
                    PAGE_SMALL,
                    text=_short(line.text),
                    size=f"{ink.size:g}",
                    least=f"{_SMALLEST_PT:g}",
                )


def _graphics(card: Composed, laid: LaidOut) -> Iterator[Problem]:
    """A gauge or a bar has enough contrast to its background (WCAG 2.2, 1.4.11)."""
    pairs: dict[tuple[Colour, Colour], str] = {}
    for gauge in card.gauges.values():
        if gauge.share:
            below = gauge.tint if gauge.provisional else gauge.track
            pairs.setdefault((_rgb(gauge.fill), _rgb(below)), "gauge")
    for shape in laid.shapes:
        pairs.setdefault((shape.colour, shape.background), shape.name)
    for (colour, background), name in pairs.items():
        if (ratio := contrast(colour, background)) < _CONTRAST_LARGE:
            yield PAGE_CONTRAST.at(
                _styled_at(laid, colour) or file_of(card),
                "graphic",
                graphic=_GRAPHICS.get(name, name),
                ratio=f"{ratio:.1f}",
                least=f"{_CONTRAST_LARGE:g}",
            )


def _styled_at(laid: LaidOut, colour: Colour, page: int = 0) -> Place | None:
    """Where the styles give a color."""
    place = laid.colours.get(hexadecimal(colour))
    return place and on_page(place, page)


def _rgb(colour: str) -> Colour:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return (red, green, blue)


def contrast(one: Colour, other: Colour) -> float:
    """The contrast of two sRGB colours, 1 to 21 (WCAG 2.2, “contrast ratio” and “relative
    luminance”).
    """
    bright, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def _luminance(colour: Colour) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _pictures(card: Composed, laid: LaidOut) -> Iterator[Problem]:
    for picture in laid.rasters:
        origin = picture_origin(card, picture)
        name = picture.source
        if picture.mode not in _MODES:
            case = "inks" if picture.mode == "CMYK" else "depth"
            yield PAGE_PICTURE.at(origin.place, case, field=origin.field, picture=name)
        if picture.ppi < _PPI - 0.5:
            yield PAGE_RESOLUTION.at(
                origin.place,
                field=origin.field,
                picture=name,
                ppi=round(picture.ppi),
                least=_PPI,
            )


def _short(text: str) -> str:
    text = text.strip()
    return text if len(text) <= 40 else f"{text[:38].rstrip()}…"
