"""How the colors of a card look to a deuteranope and on a mono printer:

    python docs/colours.py output/peru-report-card-en.pdf

writes docs/colours.md and docs/colours.png from styles/gold/tokens.yaml and pages of that PDF.
"""

import sys
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path
from typing import Final

import numpy as np
import pypdfium2
from PIL import Image

from reportcard.page.colorimetry import Lab, difference
from reportcard.page.styles import read_styles
from reportcard.workspace.workspace import Workspace

ROOT: Final = Path(__file__).resolve().parent.parent
#: What a deuteranope sees of linear sRGB, by Machado, Oliveira and Fernandes (2009), severity 1.
DEUTERANOPE: Final = np.array(
    [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ]
)
#: Linear sRGB to XYZ with white at D65 (IEC 61966-2-1).
_XYZ: Final = np.array(
    [
        [0.4124, 0.3576, 0.1805],
        [0.2126, 0.7152, 0.0722],
        [0.0193, 0.1192, 0.9505],
    ]
)
_WHITE: Final = np.array([0.9505, 1.0, 1.089])


def linear(values: np.ndarray) -> np.ndarray:
    """sRGB from 0 to 1 as light."""
    return np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)


def encoded(light: np.ndarray) -> np.ndarray:
    """Light as sRGB from 0 to 1."""
    light = np.clip(light, 0, 1)
    return np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055)


def rgb(colour: str) -> np.ndarray:
    """#rrggbb from 0 to 1."""
    return np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255


def seen_by_deuteranope(values: np.ndarray) -> np.ndarray:
    """sRGB as a deuteranope sees it."""
    return encoded(linear(values) @ DEUTERANOPE.T)


def lab(values: np.ndarray) -> Lab:
    """CIELAB of an sRGB color."""
    parts = _XYZ @ linear(values) / _WHITE
    x, y, z = (
        float(part) ** (1 / 3) if part > (6 / 29) ** 3 else float(part) * 841 / 108 + 4 / 29
        for part in parts
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colors (WCAG 2.2)."""
    light = sorted(float(_XYZ[1] @ linear(rgb(colour))) + 0.05 for colour in (one, other))
    return light[1] / light[0]


def table(colours: dict[str, str]) -> str:
    """The figures of the dimensions' colors: white on each, lightness, and the pairs."""
    rows = [
        "| color | screen | white text on it | lightness L* |",
        "|---|---|---|---|",
        *(
            f"| `{name}` | {colour} | {contrast(colour, '#ffffff'):.1f} : 1 | "
            f"{lab(rgb(colour))[0]:.0f} |"
            for name, colour in colours.items()
        ),
        "",
        "| pair | ΔE2000 to a deuteranope | difference in lightness |",
        "|---|---|---|",
    ]
    for (one, first), (other, second) in combinations(colours.items(), 2):
        seen = [lab(seen_by_deuteranope(rgb(colour))) for colour in (first, second)]
        apart = abs(lab(rgb(first))[0] - lab(rgb(second))[0])
        rows.append(f"| `{one}`, `{other}` | {difference(seen[0], seen[1]):.1f} | {apart:.0f} |")
    return "\n".join(rows)


def page_text() -> str:
    """docs/colours.md."""
    styles, _ = read_styles(Workspace(ROOT), 3)
    assert styles
    known = {name: token.screen for name, token in styles.tokens.items()}
    dimensions = {name: colour for name, colour in known.items() if name.startswith("dimension-")}
    this, others = known["forest"], known["bar"]
    return f"""# Colors

After reading this page you know how the colors of a card were chosen, and how to check others.

Up to four dimensions have colors that readers with a red-green deficiency and readers of a copy in
gray can distinguish: white text on each has a contrast of at least 4.5 : 1, each pair has a
difference of at least 10 (CIEDE2000) as a deuteranope sees it, and their lightness is at least 8
apart. With more dimensions, numbers and names do this.

{table(dimensions)}

The bar of the card's country has a contrast of {contrast(this, others):.1f} : 1 to the bars of the
others, so it is also recognized in gray. Gauges have an outline in the color of their
dimension on a white track, so that a half-filled gauge is not a broken arch on a mono printer.

![Two pages: in color, as a deuteranope sees them, in gray](colours.png)

From left to right: in color, as a deuteranope sees them (Machado, Oliveira and Fernandes, 2009),
and in gray. After a change of `styles/gold/tokens.yaml`, build the card and run:

```
python docs/colours.py output/peru-report-card-en.pdf
```
"""


def picture(file: Path, pages: Sequence[int]) -> Image.Image:
    """Pages of a PDF, from 1, below each other: in color, to a deuteranope, and in gray."""
    document = pypdfium2.PdfDocument(file)
    rows = []
    for number in pages:
        image = document[number - 1].render(scale=46 / 72).to_pil().convert("RGB")
        values = np.asarray(image) / 255
        gray = encoded(linear(values) @ _XYZ[1])
        views = (values, seen_by_deuteranope(values), np.repeat(gray[..., None], 3, axis=2))
        rows.append(np.concatenate(views, axis=1))
    whole = np.concatenate(rows, axis=0)
    return Image.fromarray((whole * 255).round().astype(np.uint8))


if __name__ == "__main__":
    (ROOT / "docs/colours.md").write_text(page_text(), encoding="utf-8")
    seen = picture(Path(sys.argv[1]), (2, 4))
    # Colors are few, but small: means of many keep them apart, where halves of all do not.
    drawn = seen.quantize(240, kmeans=3, dither=Image.Dither.NONE)
    drawn.save(ROOT / "docs/colours.png", optimize=True)
