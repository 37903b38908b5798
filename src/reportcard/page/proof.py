"""What must be true of the laid-out pages before a PDF is written: what a typesetter would find
before a printer does.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Final

from reportcard.page.compose.composed import Composed
from reportcard.page.typeset.layout import LaidOut
from reportcard.page.typeset.measures import Colour, Ink, TextLine
from reportcard.problems.problem import Place, Problem
from reportcard.workspace.workspace import text_file

#: Sections that fill the sheet, without a text block.
_SHEETS: Final = ("cover", "back")
_HAIR: Final = 0.3
_SMALLEST_PT: Final = 7.0
#: WCAG 2.2, 1.4.3: large text is 18 pt, or 14 pt bold.
_CONTRAST, _CONTRAST_LARGE = 4.5, 3.0
_QUARTER: Final = 0.25
_MODES: Final = ("RGB", "RGBA", "L", "LA")


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


def proof_fonts(card: Composed, fonts: Iterable[str], families: Iterable[str]) -> Iterator[Problem]:
    """Only fonts that the styles declare are in the PDF. A family is named without spaces or
    hyphens here.
    """
    known = {re.sub(r"[\s-]", "", family).lower() for family in families}
    for font in sorted(fonts):
        if not any(re.sub(r"[\s-]", "", font).lower().startswith(family) for family in known):
            yield Problem(
                "PAGE-FONT",
                f"glyphs of {font} are on the pages, which styles/ does not declare"
                f" ({card.language}).",
                "Find the sign that the declared fonts lack, and write another.",
                _file(card),
            )


def proof_counts(country: str, pages: Mapping[str, int]) -> Iterator[Problem]:
    """The languages of one card differ by one page at most; `pages` are their numbers of pages."""
    if pages and max(pages.values()) - min(pages.values()) > 1:
        counts = ", ".join(f"{language} {count}" for language, count in pages.items())
        longest = max(pages, key=lambda language: pages[language])
        yield Problem(
            "PAGE-COUNT",
            f"the languages differ in pages: {counts}.",
            "Shorten the longer text.",
            Place(text_file(country, longest), 1, 1),
        )


def _file(card: Composed) -> Place:
    return Place(text_file(card.country, card.language), 1, 1)


def _at(card: Composed, line: TextLine, code: str, message: str, hint: str) -> Problem:
    origin = card.origins.get(line.id)
    where = f" (page {line.box.page}, {card.language})."
    return Problem(
        code,
        message.removesuffix(".") + where,
        hint,
        origin.place if origin else _file(card),
        field=origin.field if origin else "",
    )


def _notes_with_calls(card: Composed, laid: LaidOut) -> Iterator[Problem]:
    """A note begins on the page of its call. A call that repeats an earlier number has no note of
    its own.
    """
    printed = set()
    for called in card.calls:
        if called.note_id in printed:
            continue
        printed.add(called.note_id)
        pages = [
            laid.boxes[id_][0].page if id_ in laid.boxes else 0
            for id_ in (called.call_id, called.note_id)
        ]
        if pages[0] != pages[1]:
            origin = card.origins[called.call_id]
            yield Problem(
                "PAGE-NOTE",
                f"note {called.number} stands on page {pages[1] or '?'}, its call on page"
                f" {pages[0] or '?'} ({card.language}).",
                "Shorten the text on that page by a line, or move the call.",
                origin.place,
                field=origin.field,
            )


def _notes_in_order(card: Composed, laid: LaidOut) -> Iterator[Problem]:
    last = (0, 0.0)
    for note_id in dict.fromkeys(called.note_id for called in card.calls):
        if note_id not in laid.boxes:
            continue
        box = laid.boxes[note_id][0]
        if (box.page, box.y) < last:
            origin = card.origins[note_id]
            yield Problem(
                "PAGE-NOTE-ORDER",
                f"a note stands above the one before it on page {box.page} ({card.language}).",
                "Move its call.",
                origin.place,
                field=origin.field,
            )
        last = (box.page, box.y)


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
            yield _at(
                card,
                line,
                "PAGE-OVERFLOW",
                f"“{_short(line.text)}” reaches out of its box",
                "Shorten it, or let it break.",
            )


def _headings(card: Composed, laid: LaidOut) -> Iterator[Problem]:
    for line in laid.lines:
        if line.tag in ("h2", "h3") and line.kind == "text":
            below = {
                other.box.y
                for other in laid.lines
                if other.kind == "text"
                and other.box.page == line.box.page
                and other.box.y > line.box.y + 1
                and other.block != line.block
            }
            if len(below) < 2:
                yield _at(
                    card,
                    line,
                    "PAGE-HEADING",
                    f"the heading “{_short(line.text)}” stands last",
                    "Shorten the text before it.",
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
            yield _at(
                card,
                lone,
                "PAGE-WIDOW",
                f"“{_short(lone.text)}” stands alone, parted from its paragraph",
                "Add or cut a few words.",
            )


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
        yield _at(
            card,
            line,
            "PAGE-EARLY-LINE",
            f"the line “…{line.text.strip()[-30:]}” ends early, though the next word had room",
            "Add or cut a word in this paragraph.",
        )


def _tails(card: Composed, laid: LaidOut) -> Iterator[Problem]:
    for name, (first, count) in laid.sections.items():
        last = first + count - 1
        on_page = [line for line in laid.lines if line.box.page == last and line.kind == "text"]
        if count < 2 or name in _SHEETS or not on_page:
            continue
        block = laid.areas[last].block
        filled = (max(line.box.y + line.box.height for line in on_page) - block.y) / block.height
        if filled < _QUARTER:
            yield _at(
                card,
                on_page[0],
                "PAGE-TAIL",
                f"the last page of this section is {filled:.0%} full",
                "Cut a few lines of this section, or add to it.",
            )


def _pages(card: Composed, laid: LaidOut) -> Iterator[Problem]:
    """What is one page by its plan is one page."""
    for section in card.sections:
        _, count = laid.sections[section.name]
        if section.is_page and count > 1:
            yield Problem(
                "PAGE-FULL",
                f"the page “{section.name}” needs {count} ({card.language}).",
                "Shorten its text, or the names on it.",
                _file(card),
                field=f"{card.country}/{section.name}",
            )


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
                fault = "does not stand in line with" if crooked else "reaches into"
                names = [name.rpartition(".")[2] for name in (id_, other_id)]
                origin = card.origins[id_]
                yield Problem(
                    "PAGE-GAUGES",
                    f"the gauge “{names[0]}” {fault} “{names[1]}” (page {box.page},"
                    f" {card.language}).",
                    "Mend the strip's styles, or shorten the label.",
                    origin.place,
                    field=origin.field,
                )
                break


def _inks(card: Composed, laid: LaidOut) -> Iterator[Problem]:
    told: set[tuple[str, Ink]] = set()
    for line in laid.lines:
        for ink in line.inks:
            large = ink.size >= 18 or (ink.size >= 14 and ink.bold)
            found = contrast(ink.colour, ink.background)
            if found < (_CONTRAST_LARGE if large else _CONTRAST) and ("contrast", ink) not in told:
                told.add(("contrast", ink))
                yield _at(
                    card,
                    line,
                    "PAGE-CONTRAST",
                    f"“{_short(line.text)}” has {found:.1f} : 1 contrast to its background",
                    "Choose a darker or lighter colour in styles/.",
                )
            if ink.size < _SMALLEST_PT - 0.01 and ("small", ink) not in told:
                told.add(("small", ink))
                yield _at(
                    card,
                    line,
                    "PAGE-SMALL",
                    f"“{_short(line.text)}” is set in {ink.size:g} pt",
                    f"Nothing may be smaller than {_SMALLEST_PT:g} pt.",
                )


def _graphics(card: Composed, laid: LaidOut) -> Iterator[Problem]:
    """What a gauge or a bar shows is told apart from what it lies on (WCAG 2.2, 1.4.11)."""
    pairs: dict[tuple[Colour, Colour], str] = {}
    for gauge in card.gauges.values():
        if gauge.share:
            below = gauge.tint if gauge.provisional else gauge.track
            pairs.setdefault((_rgb(gauge.fill), _rgb(below)), "a gauge's fill")
    for shape in laid.shapes:
        pairs.setdefault((shape.colour, shape.background), f"a {shape.name}")
    for (colour, background), name in pairs.items():
        if (found := contrast(colour, background)) < _CONTRAST_LARGE:
            yield Problem(
                "PAGE-CONTRAST",
                f"{name} has {found:.1f} : 1 contrast to what it lies on ({card.language}).",
                "Choose a darker or lighter colour in styles/tokens.yaml.",
                _file(card),
            )


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
        if picture.mode not in _MODES:
            what = (
                "is in inks (CMYK)" if picture.mode == "CMYK" else "has more than 8 bits a colour"
            )
            yield Problem(
                "PAGE-PICTURE",
                f"{picture.source} {what} on page {picture.box.page} ({card.language}).",
                "Save it as RGB with 8 bits a colour: for print it is converted with the printer's"
                " profile.",
                _file(card),
            )
        if picture.ppi < 299.5:
            yield Problem(
                "PAGE-RESOLUTION",
                f"{picture.source} has {picture.ppi:.0f} pixels per inch on page {picture.box.page}"
                f" ({card.language}).",
                "Give a larger picture, or a vector one.",
                _file(card),
            )


def _short(text: str) -> str:
    text = text.strip()
    return text if len(text) <= 40 else f"{text[:38].rstrip()}…"
