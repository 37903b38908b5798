"""Text and drawings on their grounds."""

from collections.abc import Iterator, Mapping
from typing import Final

from reportcard.messages.message import Message, message
from reportcard.page.compose.composed import Composed
from reportcard.page.gauges import HALF_RING, Gauge
from reportcard.page.origins import file_of, hexadecimal, line_origin, on_page
from reportcard.page.proof.reports import at_line, short
from reportcard.page.proof.rules import PAGE_CONTRAST, PAGE_SMALL
from reportcard.page.typeset.layout import LaidOut
from reportcard.page.typeset.measures import Colour, Ink
from reportcard.problems.problem import Place, Problem

_SMALLEST_PT: Final = 7.0
#: WCAG 2.2, 1.4.3: large text is 18 pt, or 14 pt bold.
_CONTRAST, _CONTRAST_LARGE = 4.5, 3.0
#: What the HTML marks `data-graphic`.
_GRAPHICS: Final[Mapping[str, Message]] = {
    "bar": message("a bar"),
    "gauge": message("the filled part of a gauge"),
    "track": message("the outline of a gauge"),
}


def inks(card: Composed, laid: LaidOut) -> Iterator[Problem]:
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
                    text=short(line.text),
                    ratio=f"{ratio:.1f}",
                    least=f"{least:g}",
                )
            if ink.size < _SMALLEST_PT - 0.01 and ("small", ink) not in seen:
                seen.add(("small", ink))
                yield at_line(
                    card,
                    line,
                    PAGE_SMALL,
                    text=short(line.text),
                    size=f"{ink.size:g}",
                    least=f"{_SMALLEST_PT:g}",
                )


def graphics(card: Composed, laid: LaidOut) -> Iterator[Problem]:
    """A gauge or a bar has enough contrast to its background (WCAG 2.2, 1.4.11)."""
    pairs: dict[tuple[Colour, Colour], str] = {}
    for gauge in (one for one in card.gauges.values() if isinstance(one, Gauge)):
        if gauge.share:
            below = gauge.tint if gauge.provisional else gauge.track
            pairs.setdefault((_rgb(gauge.fill), _rgb(below)), "gauge")
        if gauge.form == HALF_RING:
            pairs.setdefault((_rgb(gauge.muted), _rgb(gauge.tint)), "track")
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
