"""Contact sheets of what was made from a workspace."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import pypdfium2
from benchmarks.frameworks.trials import LANGUAGES
from PIL import Image

#: Width of a page on a contact sheet in px, pages beside each other, and the space around them.
_WIDTH, _ACROSS, _GAP = 330, 6, 12
_GROUND: Final = "#b9bec4"


def sheets(root: Path, stem: Path) -> None:
    """A contact sheet per language of the PDFs and pictures, and one of the gauges."""
    output = root / "output"
    for language in LANGUAGES:
        pages = [page for pdf in sorted(output.glob(f"*-{language}.pdf")) for page in _pages(pdf)]
        for picture in sorted((output / "pictures").rglob(f"*-{language}*.png")):
            pages.append(Image.open(picture).convert("RGB"))
        if pages:
            _sheet(pages).save(stem.with_name(f"{stem.name}-{language}.png"), optimize=True)
    gauges = [Image.open(path) for path in sorted((output / "gauges").glob("*.png"))]
    if gauges:
        _sheet(gauges[: 4 * _ACROSS]).save(stem.with_name(f"{stem.name}-gauges.png"), optimize=True)


def _pages(pdf: Path) -> Iterator[Image.Image]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        for number in range(len(document)):
            page = document[number]
            yield page.render(scale=_WIDTH / page.get_width()).to_pil().convert("RGB")
    finally:
        document.close()


def _sheet(pictures: Sequence[Image.Image]) -> Image.Image:
    small = []
    for one in pictures:
        picture = one.convert("RGBA")
        ground = Image.new("RGBA", picture.size, "white")
        ground.alpha_composite(picture)
        small.append(ground.convert("RGB").resize((_WIDTH, round(one.height * _WIDTH / one.width))))
    rows = [small[at : at + _ACROSS] for at in range(0, len(small), _ACROSS)]
    heights = [max(one.height for one in row) + _GAP for row in rows]
    sheet = Image.new("RGB", (_ACROSS * (_WIDTH + _GAP) + _GAP, sum(heights) + _GAP), _GROUND)
    for number, row in enumerate(rows):
        for at, one in enumerate(row):
            sheet.paste(one, (_GAP + at * (_WIDTH + _GAP), _GAP + sum(heights[:number])))
    return sheet
