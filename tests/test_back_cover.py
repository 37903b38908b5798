"""The back cover: the method, and the card's web address with a QR code that phones read."""

import pypdfium2
import pytest
import segno
from PIL import Image

from reportcard.build.inventory import read_workspace
from reportcard.build.pipeline import build
from reportcard.build.request import Order
from reportcard.content.loading import load
from reportcard.page.compose.address_code import LONGEST, QUIET_ZONE, address_code, card_address
from reportcard.page.sheets import shared_sheets
from reportcard.workspace.card_files import page_name

from .conftest import Copy, is_note

_MM = 25.4
_DPI = 300
ADDRESS = "https://example.org/cards/peru-en?from=print"


def last_page(copy: Copy, *, bilingual: bool = False) -> tuple[str, Image.Image]:
    """The text of the back cover, and the cover as it is drawn."""
    languages = ("en", "es") if bilingual else ("en",)
    order = Order(copy.root / "output", ("peru",), languages, bilingual=bilingual)
    outcome = build(copy.workspace, order)
    assert [str(problem) for problem in outcome.problems if not is_note(problem)] == []
    name = "peru-report-card-en-es.pdf" if bilingual else "peru-report-card-en.pdf"
    document = pypdfium2.PdfDocument(copy.root / "output" / name)
    page = document[len(document) - 1]
    text = " ".join(page.get_textpage().get_text_bounded().split())
    return text, page.render(scale=_DPI / 72).to_pil().convert("RGB")


def white(image: Image.Image) -> tuple[int, int, int, int] | None:
    """The box of what is purely white: nothing on a back cover but the ground of a QR code."""
    red, green, blue = (
        band.point(lambda value: 255 if value == 255 else 0) for band in image.split()
    )
    mask = Image.new("L", image.size, 0)
    mask.paste(red, mask=green)
    whole = Image.new("L", image.size, 0)
    whole.paste(mask, mask=blue)
    return whole.getbbox()


def read_off(image: Image.Image, side: int) -> list[list[bool]]:
    """The modules of the QR code on a page, by its place and the number of modules of its side with
    the clear ground.
    """
    box = white(image)
    assert box
    size = (box[2] - box[0]) / side
    assert abs(box[3] - box[1] - side * size) < 2, "it is square"

    def is_dark(column: int, row: int) -> bool:
        at = (int(box[0] + (column + 0.5) * size), int(box[1] + (row + 0.5) * size))
        return sum(image.getpixel(at)) < 380

    return [[is_dark(column, row) for column in range(side)] for row in range(side)]


@pytest.mark.slow
def test_the_address_is_printed_with_a_code_that_leads_there(brief: Copy) -> None:
    text, image = last_page(brief)
    assert white(image) is None, "without an address there is none"
    assert "How the scores are found" in text
    assert "15 points at most" in text

    brief.edit(
        "content/edition.yaml",
        "card_address:\n",
        "card_address: https://example.org/cards/{country}-{language}?from=print\n",
    )
    text, image = last_page(brief)
    assert "Readthiscardonlineexample.org/cards/peru-en?from=print" in text.replace(" ", "")
    matrix = [
        [bool(module) for module in row]
        for row in segno.make(ADDRESS, error="m", micro=False).matrix
    ]
    clear = [[False] * QUIET_ZONE] * QUIET_ZONE
    side = len(matrix) + 2 * QUIET_ZONE
    framed = [
        *([False] * side for _ in clear),
        *([*clear[0], *row, *clear[0]] for row in matrix),
        *([False] * side for _ in clear),
    ]
    assert read_off(image, side) == framed
    box = white(image)
    assert box
    assert (box[2] - box[0]) * len(matrix) / side * _MM / _DPI >= 18


@pytest.mark.slow
def test_the_file_of_several_languages_has_a_code_for_each(brief: Copy) -> None:
    brief.edit(
        "content/edition.yaml", "card_address:\n", "card_address: https://example.org/{language}\n"
    )
    text, image = last_page(brief, bilingual=True)
    assert "example.org/en" in text
    assert "example.org/es" in text
    box = white(image)
    assert box
    assert box[2] - box[0] > 60 / _MM * _DPI, "two, side by side"


@pytest.mark.slow
def test_a_wording_without_method_has_a_back_cover_without_it(brief: Copy) -> None:
    for language in ("en", "es"):
        path = brief.root / f"content/wording/{language}.yaml"
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        at = lines.index("  method: |\n")
        del lines[at : at + 5]
        kept = [line for line in lines if not line.startswith(("  method: ", "  online: "))]
        path.write_text("".join(kept), encoding="utf-8")
    (brief.root / "content/wording/es.status.yaml").unlink()
    text, _ = last_page(brief)
    assert "How the scores" not in text
    assert "Version 0.1" in text


def test_without_an_address_of_its_own_a_card_has_that_of_its_page(copy: Copy) -> None:
    def address() -> str:
        content = load(copy.workspace).content
        assert content
        return card_address(content.edition.model, "peru", "es")

    assert address() == ""
    copy.edit("content/edition.yaml", "web_address:\n", "web_address: https://example.org/c/\n")
    assert address() == "https://example.org/c/peru-report-card-es.html"
    assert address().endswith(page_name("peru", "es"))
    copy.edit("content/edition.yaml", "card_address:\n", "card_address: https://e.org/{country}\n")
    assert address() == "https://e.org/peru"


@pytest.mark.long
@pytest.mark.parametrize(
    ("key", "address", "told"),
    [
        ("card_address", "https://example.org/{country}/{language}?from=print#top", ""),
        ("card_address", "https://example.org/cards/peru.html", ""),
        ("card_address", "example.org/{country}", "is not a web address"),
        ("card_address", "https://example.org/{land}", "is not a web address"),
        ("card_address", "https://ana:secret@example.org/", "contains a user name"),
        ("card_address", f"https://example.org/{'a' * (LONGEST - 20)}", ""),
        (
            "card_address",
            f"https://example.org/{'a' * (LONGEST - 19)}",
            "is too long: 151 characters.",
        ),
        ("web_address", f"https://example.org/{'a' * 90}", ""),
        ("web_address", f"https://example.org/{'a' * 120}", "is too long: 165 characters."),
    ],
)
def test_the_address_is_one_that_a_phone_can_open(
    copy: Copy, key: str, address: str, told: str
) -> None:
    line, _ = copy.edit("content/edition.yaml", f"\n{key}:\n", f'\n{key}: "{address}"\n')
    found = [one for one in read_workspace(copy.workspace).shared if one.code == "EDITION-LINK"]
    assert len(found) == bool(told)
    assert all(told in str(one) and one.place.line == line + 1 for one in found)
    assert all("secret" not in str(one) for one in found)


def test_the_longest_address_has_modules_that_a_camera_tells_apart() -> None:
    code = address_code("https://example.org/".ljust(LONGEST, "a"), "", "#000000", "#ffffff")
    assert ".back .code { display: block; width: 26mm; height: 26mm;" in shared_sheets()
    assert 26 / int(code["side"]) >= 0.43
