"""The requirements of a print shop: PDF/X-4, and the print edition's own rules, one function a
rule.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from reportcard.messages.message import Hole, Message, message
from reportcard.page.tokens import MAXIMUM_INK
from reportcard.pdf.coverage import CoverageError, coverage
from reportcard.pdf.pdfx import pdfx_problems
from reportcard.pdf.rules import (
    PDFX_COLOUR,
    PRINT_BLACK,
    PRINT_BLEED,
    PRINT_COLOUR,
    PRINT_HAIRLINE,
    PRINT_INK,
    PRINT_INK_ESTIMATE,
    PRINT_INK_UNKNOWN,
    PRINT_RESOLUTION,
)
from reportcard.pdf.sheet import BLEED_MM, PT_PER_MM
from reportcard.pdf.structures import SLACK_PT, Inspected, box_of
from reportcard.problems.problem import Problem
from reportcard.workspace.fingerprint import ghostscript

_PPI: Final = 300
#: Thinner lines break up on a plate.
_HAIRLINE_PT: Final = 0.25
#: Colours that an intent in four inks prints as they are: inks, black, and spot inks.
_INKS: Final = frozenset(
    {"DeviceCMYK", "DeviceGray", "Separation", "DeviceN", "ICCBased-4", "Pattern", "none"}
)
#: Kinds of paint.
_KINDS: Final[Mapping[str, Message]] = {
    "fill": message("fills"),
    "stroke": message("lines"),
    "text": message("text"),
    "image": message("pictures"),
    "shading": message("gradients"),
}


def press_problems(file: Inspected) -> Iterator[Problem]:
    """Every rule of the print edition."""
    for rule in (pdfx_problems, _colours, _ink, _black, _resolution, _hairlines, _bleed):
        yield from rule(file)


def _colours(file: Inspected) -> Iterator[Problem]:
    """Device colours must be the intent's; colours of a profile are allowed in PDF/X-4, but not in
    the print edition.
    """
    for (page, space), kinds in _grouped(
        (paint.page, paint.space, paint.kind) for paint in file.paints if paint.space not in _INKS
    ):
        rule = PDFX_COLOUR if space in ("DeviceRGB", "unknown") else PRINT_COLOUR
        named: Hole = message("an unknown color space") if space == "unknown" else space
        listed = tuple(_KINDS[kind] for kind in kinds)
        yield file.problem(rule, page=page, kinds=listed, space=named)


def _grouped(paints: Iterable[tuple[int, str, str]]) -> list[tuple[tuple[int, str], list[str]]]:
    found: dict[tuple[int, str], list[str]] = {}
    for page, space, kind in paints:
        found.setdefault((page, space), [])
        if kind not in found[page, space]:
            found[page, space].append(kind)
    return sorted(found.items())


def _ink(file: Inspected) -> Iterator[Problem]:
    """On the separations where Ghostscript is there; else on the colours as they are given."""
    heavy: dict[int, float] = {}
    for paint in file.paints:
        if paint.space == "DeviceCMYK" and sum(paint.values) * 100 > MAXIMUM_INK + 0.5:
            heavy[paint.page] = max(heavy.get(paint.page, 0.0), sum(paint.values) * 100)
    if ghostscript():
        try:
            for number, most in enumerate(coverage(file.data), start=1):
                # One step of 8 bits in each ink is rounding.
                if most > MAXIMUM_INK + 1.6:
                    heavy[number] = max(heavy.get(number, 0.0), most)
        except CoverageError as error:
            yield file.problem(PRINT_INK_UNKNOWN, reason=error.message)
    else:
        yield file.problem(PRINT_INK_ESTIMATE)
    for number, most in sorted(heavy.items()):
        yield file.problem(PRINT_INK, page=number, percent=round(most), maximum=MAXIMUM_INK)


def _black(file: Inspected) -> Iterator[Problem]:
    pages = set()
    for paint in file.paints:
        if paint.kind != "text" or paint.page in pages:
            continue
        is_black = (paint.space, paint.values) in (
            ("DeviceCMYK", (0.0, 0.0, 0.0, 1.0)),
            ("DeviceGray", (0.0,)),
        )
        is_rich = (
            paint.space == "DeviceCMYK"
            and len(paint.values) == 4
            and paint.values[3] > 0.9
            and sum(paint.values[:3]) > 0.5
        )
        if is_rich or (is_black and not paint.overprints):
            pages.add(paint.page)
            yield file.problem(PRINT_BLACK, "rich" if is_rich else "knockout", paint.page)


def _resolution(file: Inspected) -> Iterator[Problem]:
    for paint in file.paints:
        if paint.kind == "image" and paint.ppi < _PPI - 0.5:
            yield file.problem(PRINT_RESOLUTION, page=paint.page, ppi=round(paint.ppi), least=_PPI)


def _hairlines(file: Inspected) -> Iterator[Problem]:
    pages = set()
    for paint in file.paints:
        is_line = paint.kind == "stroke" or (paint.kind == "fill" and paint.width > 0)
        if is_line and paint.width < _HAIRLINE_PT - 0.005 and paint.page not in pages:
            pages.add(paint.page)
            yield file.problem(
                PRINT_HAIRLINE, page=paint.page, width=f"{paint.width:g}", least=f"{_HAIRLINE_PT}"
            )


def _bleed(file: Inspected) -> Iterator[Problem]:
    needed = float(BLEED_MM * PT_PER_MM) - SLACK_PT
    for number, page in enumerate(file.pdf.pages, start=1):
        trim, bleed = box_of(page.obj, "TrimBox"), box_of(page.obj, "BleedBox")
        if trim and (not bleed or any(abs(bleed[side] - trim[side]) < needed for side in range(4))):
            yield file.problem(PRINT_BLEED, page=number, bleed=BLEED_MM)
