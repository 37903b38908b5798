"""Contact sheets: the pages of all cards small, side by side, the faulty ones in a frame."""

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Final

import pypdfium2
from benchmarks.survey.builds import Surveyed
from benchmarks.survey.faults import FINE
from PIL import Image, ImageDraw

#: Pages of a sheet, beside and below each other, and the width of each in px.
_ACROSS, _DOWN, _WIDTH = 8, 5, 240
_GAP, _LABEL = 14, 30
#: Frames: a fault that the proof did not report, one that it did, and one of fine type.
_UNREPORTED, _REPORTED, _FINE = "#c4001a", "#e08a00", "#8aa0b4"
_GROUND: Final = "#d9dcdf"

_Thumbnail = tuple[Image.Image, str, str]
"""A page, its label, and the color of its frame (empty: none)."""


def write_sheets(cards: Sequence[Surveyed], folder: Path) -> list[Path]:
    """Writes the sheets as PNG into the folder, and returns their paths."""
    written: list[Path] = []
    thumbnails = _thumbnails(cards)
    while pages := list(islice(thumbnails, _ACROSS * _DOWN)):
        path = folder / f"sheet-{len(written) + 1:02d}.png"
        _sheet(pages).save(path, optimize=True)
        written.append(path)
    return written


def _thumbnails(cards: Sequence[Surveyed]) -> Iterator[_Thumbnail]:
    for card in sorted(cards, key=lambda one: one.plan.number):
        document = pypdfium2.PdfDocument(card.pdf)
        try:
            for number in range(1, len(document) + 1):
                page = document[number - 1]
                picture = page.render(scale=_WIDTH / page.get_width()).to_pil().convert("RGB")
                page.close()
                label, frame = _verdict(card, number)
                yield picture, label, frame
        finally:
            document.close()


def _verdict(card: Surveyed, page: int) -> tuple[str, str]:
    """The label of a page and the color of its frame."""
    found = [(fault, told) for fault, told in card.faults if fault.page == page]
    grave = [(fault, told) for fault, told in found if fault.kind not in FINE]
    kinds = dict.fromkeys(fault.kind.value for fault, _ in grave or found)
    label = f"{card.plan.name} p. {page}\n{', '.join(kinds)[:44]}"
    if not found:
        return label, ""
    if not grave:
        return label, _FINE
    return label, _REPORTED if all(told for _, told in grave) else _UNREPORTED


def _sheet(pages: Sequence[_Thumbnail]) -> Image.Image:
    tallest = max(picture.height for picture, _, _ in pages)
    across, down = _WIDTH + _GAP, tallest + _GAP + _LABEL
    rows = -(-len(pages) // _ACROSS)
    sheet = Image.new("RGB", (_ACROSS * across + _GAP, rows * down + _GAP), _GROUND)
    draw = ImageDraw.Draw(sheet)
    for index, (picture, label, frame) in enumerate(pages):
        x, y = _GAP + index % _ACROSS * across, _GAP + index // _ACROSS * down
        sheet.paste(picture, (x, y))
        if frame:
            box = (x - 4, y - 4, x + picture.width + 3, y + picture.height + 3)
            draw.rectangle(box, outline=frame, width=4)
        draw.multiline_text((x, y + picture.height + 5), label, fill="#222222", spacing=1)
    return sheet
