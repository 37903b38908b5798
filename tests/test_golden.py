"""The text of both cards, page by page, against the text kept in tests/golden/.

After a change that is meant, write it anew: pytest tests/test_golden.py --update-golden. On a
difference, the changed pages are drawn to tests/differences/, the lines that are not in the golden
text framed in red.
"""

import difflib
import re
from pathlib import Path

import pypdfium2
import pytest
from PIL import ImageDraw

from .conftest import LANGUAGES, ROOT, Built

GOLDEN = ROOT / "tests/golden"
DIFFERENCES = ROOT / "tests/differences"
_SCALE = 1.5


def page_lines(path: Path) -> list[list[str]]:
    document = pypdfium2.PdfDocument(path)
    return [
        [" ".join(line.split()) for line in page.get_textpage().get_text_bounded().splitlines()]
        for page in document
    ]


def as_text(pages: list[list[str]]) -> str:
    return "".join(
        f"== page {number} ==\n" + "".join(f"{line}\n" for line in lines)
        for number, lines in enumerate(pages, start=1)
    )


def compare_with_golden(pdf: Path, golden: Path, request: pytest.FixtureRequest) -> None:
    """Fails where the text of a PDF differs from the kept one, or writes that anew."""
    text = as_text(page_lines(pdf))
    if request.config.getoption("--update-golden"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(text, encoding="utf-8", newline="\n")
    kept = golden.read_text(encoding="utf-8")
    if text != kept:
        drawn = draw_differences(pdf, kept, DIFFERENCES)
        changes = "\n".join(
            difflib.unified_diff(
                kept.splitlines(), text.splitlines(), "golden", "now", lineterm="", n=0
            )
        )
        pytest.fail(
            f"the text of {golden.stem} has changed; see"
            f" {', '.join(path.name for path in drawn)}\n{changes}"
        )


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_text_is_the_golden_text(
    built: Built, language: str, request: pytest.FixtureRequest
) -> None:
    golden = GOLDEN / f"peru-report-card-{language}.txt"
    compare_with_golden(built.pdf(language), golden, request)


def test_every_card_is_compared(built: Built) -> None:
    """In its screen edition; the others are held to be the same pages (test_editions.py)."""
    screen = {built.pdf(language).stem for language in LANGUAGES}
    assert screen == {path.stem for path in GOLDEN.glob("*.txt")}
    assert screen <= {path.stem for path in built.outcome.written}


def test_a_changed_word_is_drawn(built: Built, tmp_path: Path) -> None:
    kept = as_text(page_lines(built.pdf("en"))).replace("139,169", "139,619")
    (image,) = draw_differences(built.pdf("en"), kept, tmp_path)
    assert re.fullmatch(r"peru-report-card-en-page-\d\d\.png", image.name)


def draw_differences(pdf: Path, kept: str, folder: Path) -> list[Path]:
    """A picture of each page with a line that the kept text of that page has not, those lines
    framed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    parts = dict(
        zip(
            re.findall(r"== page (\d+) ==\n", kept),
            re.split(r"== page \d+ ==\n", kept)[1:],
            strict=True,
        )
    )
    drawn = []
    document = pypdfium2.PdfDocument(pdf)
    for number, lines in enumerate(page_lines(pdf), start=1):
        known = parts.get(str(number), "").splitlines()
        if changed := [line for line in lines if line not in known]:
            page = document[number - 1]
            image = page.render(scale=_SCALE).to_pil()
            pen = ImageDraw.Draw(image)
            textpage = page.get_textpage()
            for line in changed:
                found = textpage.search(line.split(" ")[0]) if line else None
                for index in (
                    range(textpage.count_rects(*(found.get_next() or (0, 0)))) if found else ()
                ):
                    left, bottom, right, top = textpage.get_rect(index)
                    height = page.get_height()
                    pen.rectangle(
                        (
                            left * _SCALE - 2,
                            (height - top) * _SCALE - 2,
                            right * _SCALE + 2,
                            (height - bottom) * _SCALE + 2,
                        ),
                        outline="red",
                        width=2,
                    )
            path = folder / f"{pdf.stem}-page-{number:02}.png"
            image.save(path)
            drawn.append(path)
    return drawn
