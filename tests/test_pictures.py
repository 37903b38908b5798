"""Pictures for social media: their pixels, what they say and to whom, and that no text is cut."""

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from reportcard.build.inventory import SoundWorkspace, read_workspace
from reportcard.content.sizes import GaugeSize, PictureSizes
from reportcard.errors import ExitCode
from reportcard.outputs.pictures import Pictures, each_text_once, lost_words, pictures
from reportcard.outputs.rules import PICTURE_CUT
from reportcard.page.compose.compositor import Compositor
from reportcard.page.gauges import Gallery
from reportcard.page.proof.colour import contrast
from reportcard.page.sheets import shared_sheets
from reportcard.page.typeset.layout import LaidOut
from reportcard.problems.problem import Place, Problem
from reportcard.problems.rules import LAYOUT_WARNING
from reportcard.scores.values import values_of
from reportcard.workspace.store import Store

from .conftest import LANGUAGES, Copy, copy_workspace

Run = Callable[..., tuple[int, str, str]]
_PX_PER_MM = 96 / 25.4
SHAPES = tuple(PictureSizes.model_fields)
SIZES = ("1200x630", "1080x1350", "1080x1080", "1080x1920")


@dataclass(frozen=True)
class Drawn:
    """The pictures of the Peru card."""

    read: SoundWorkspace
    files: dict[str, bytes]


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Drawn:
    copy = copy_workspace(tmp_path_factory.mktemp("pictures") / "workspace")
    read = read_workspace(copy.workspace)
    files, problems = pictures(read, ["peru"], LANGUAGES, Gallery(Store(copy.workspace.cache)))
    assert problems == ()
    return Drawn(read, files)


def fitted(read: SoundWorkspace, language: str, name: str) -> tuple[LaidOut, tuple[Problem, ...]]:
    """A picture on its page, with what has no room."""
    assert read.content
    prose = Compositor(read.content, values_of(read.content, "peru", language), language)
    return Pictures(read, prose).fitted(
        name, getattr(read.styles.sizes.pictures, name), Gallery(Store(read.workspace.cache))
    )


def test_every_card_has_its_pictures_and_a_text_in_each_language(drawn: Drawn) -> None:
    assert sorted(drawn.files) == sorted(
        f"peru-{language}-{name}"
        for language in LANGUAGES
        for name in (*(f"{size}.png" for size in SIZES), "alt.txt")
    )


@pytest.mark.parametrize(("width", "height"), [tuple(map(int, size.split("x"))) for size in SIZES])
def test_the_pixels_are_as_asked_few_bytes_and_in_srgb(
    drawn: Drawn, width: int, height: int
) -> None:
    for language in LANGUAGES:
        data = drawn.files[f"peru-{language}-{width}x{height}.png"]
        picture = Image.open(io.BytesIO(data))
        assert (picture.format, picture.mode, picture.size) == ("PNG", "P", (width, height))
        assert len(data) < 200_000
        assert data.count(b"sRGB") == 1
        counted = picture.convert("RGB").getcolors(256) or []
        most = [
            f"#{red:02x}{green:02x}{blue:02x}"
            for _, (red, green, blue) in sorted(counted, reverse=True)[:5]
        ]  # type: ignore[misc]
        assert drawn.read.styles
        assert set(most) <= {token.screen for token in drawn.read.styles.tokens.values()}


def test_the_same_content_gives_the_same_bytes(drawn: Drawn, tmp_path: Path) -> None:
    again, _ = pictures(drawn.read, ["peru"], ["es"], Gallery(Store(tmp_path)))
    assert again == {name: data for name, data in drawn.files.items() if "-es-" in name}


def test_the_alternative_text_says_what_the_pictures_show(drawn: Drawn) -> None:
    english = (
        "Peru Report Card, Amazon Gold Governance Review (Draft). Total score: 11.7 of 15. Rank 2"
        " of 5. Legal Frameworks: 3.9 of 5 (provisional). Mining Policies: 3.3 of 5 (provisional)."
        " Investigation and Enforcement: 4.5 of 5 (provisional). Amazon Conservation, Conservación"
        " Amazónica, Earth Genome."
    )
    assert drawn.files["peru-en-alt.txt"].decode() == "\n".join(
        f"peru-en-{size}.png\n{english}\n" for size in SIZES
    )
    spanish = drawn.files["peru-es-alt.txt"].decode()
    assert (
        "Ficha de evaluación del Perú, Revisión de la Gobernanza del Oro en la Amazonía (Borrador)."
        in spanish
    )
    assert (
        "Puntaje total: 11.7 de 15. Puesto 2 de 5. Marcos legales: 3.9 de 5 (provisional)."
        in spanish
    )


@pytest.mark.parametrize("name", SHAPES)
def test_what_is_provisional_and_a_draft_says_so_and_all_can_be_read_on_a_thumbnail(
    drawn: Drawn, name: str
) -> None:
    laid, faults = fitted(drawn.read, "en", name)
    assert faults == ()
    texts = [line.text.strip() for line in laid.lines]
    assert texts.count("provisional") == 3
    assert any("Rank 2 of 5" in text for text in texts)
    assert any("Draft" in text for text in texts)
    for line in laid.lines:
        for ink in line.inks:
            assert ink.size >= 18, line.text  # 24 px
            assert contrast(ink.colour, ink.background) >= 3, line.text
    styles = shared_sheets()
    for kind, part in (("total", "whole"), ("picture", "part")):
        match = re.search(rf"^\.{name} \.{part} img {{ width: (\d+)px", styles, re.MULTILINE)
        assert match
        size: GaugeSize = getattr(drawn.read.styles.sizes.gauges, kind)
        scale = int(match[1]) / (size.width * _PX_PER_MM)
        assert size.maximum * 96 / 72 * scale >= 24


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "Plurinational State of Bolivia Report Card"),
        ("es", "Ficha de evaluación del Estado Plurinacional de Bolivia"),
        ("es", "Ficha de evaluación de la República Bolivariana de Venezuela, segunda edición"),
    ],
)
@pytest.mark.slow
def test_the_longest_names_have_room(copy: Copy, language: str, title: str) -> None:
    copy.edit(
        f"content/peru/{language}.yaml",
        {"en": "title: Peru Report Card", "es": "title: Ficha de evaluación del Perú"}[language],
        f"title: {title}",
    )
    read = read_workspace(copy.workspace)
    for name in SHAPES:
        laid, faults = fitted(read, language, name)
        assert faults == ()
        assert title.rsplit(maxsplit=1)[-1] in " ".join(line.text for line in laid.lines)


LOGO = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} {1}" width="{0}" height="{1}">\
<rect width="{0}" height="{1}" fill="#ff00ff"/></svg>
"""


@pytest.mark.slow
def test_logos_of_any_form_have_room_and_names_stand_in_for_those_that_are_missing(
    copy: Copy,
) -> None:
    folder = copy.root / "figures/organisations"
    names = ("Amazon Conservation", "Conservación Amazónica", "Earth Genome")

    def feet() -> Iterator[tuple[str, tuple[int, ...]]]:
        """What the foot of each shape says, and the box of the logos' colour on it in px."""
        read = read_workspace(copy.workspace)
        files, _ = pictures(read, ["peru"], ["en"], Gallery(Store(copy.workspace.cache)))
        for name in SHAPES:
            laid, faults = fitted(read, "en", name)
            assert faults == ()
            size = read.styles.sizes.pictures.shapes[name]
            image = Image.open(io.BytesIO(files[f"peru-en-{size.name}.png"])).convert("RGB")
            red, green, blue = image.split()
            pink = ImageChops.multiply(ImageChops.multiply(red, blue), ImageChops.invert(green))
            part = laid.boxes["foot"][0]
            box = pink.point(lambda value: 255 if value > 200 else 0).getbbox() or ()
            if box:
                assert box[0] >= part.x * _PX_PER_MM
                assert box[1] >= part.y * _PX_PER_MM
                assert box[2] <= (part.x + part.width) * _PX_PER_MM + 1
                assert box[3] <= (part.y + part.height) * _PX_PER_MM + 1
                assert box[3] - box[1] >= 36, "a logo is no smaller than a line of names"
            yield " ".join(line.text for line in laid.lines if line.id == "foot"), box

    for text, box in feet():
        assert all(one in text for one in names)
        assert box == ()
    (folder / "earth-genome.svg").write_text(LOGO.format(60, 90), encoding="utf-8")
    for text, box in feet():
        assert [one in text for one in names] == [True, True, False]
        assert box
    (folder / "amazon-conservation.svg").write_text(LOGO.format(900, 90), encoding="utf-8")
    (folder / "conservacion-amazonica.svg").write_text(LOGO.format(80, 80), encoding="utf-8")
    assert not any(text.strip() for text, _ in feet())


@pytest.mark.slow
def test_an_older_workspace_has_the_shapes_that_its_styles_have(copy: Copy) -> None:
    sheet = copy.root / "styles/gold/6-pictures.css"
    text = re.sub(r"^.*\bpicture-(?:square|story)\b.*\n", "", sheet.read_text(), flags=re.MULTILINE)
    sheet.write_text(text)
    (copy.root / "styles/gold/sizes.yaml").unlink()
    files, problems = pictures(
        read_workspace(copy.workspace), ["peru"], ["en"], Gallery(Store(copy.workspace.cache))
    )
    assert problems == ()
    assert list(files) == [*(f"peru-en-{size}.png" for size in SIZES[:2]), "peru-en-alt.txt"]


def test_a_text_that_has_no_room_on_several_pictures_is_one_problem() -> None:
    title, other = Place("content/peru/en.yaml", 2, 8), LAYOUT_WARNING.at(Place("x"), line="y")
    cut = [
        PICTURE_CUT.at(place, field="f", text="Peru", pictures=(name,))
        for place in (title, replace(title, line=3))
        for name in ("a.png", "b.png")
    ]
    first, *told = each_text_once([cut[0], other, *cut[1:]])
    assert first == other
    assert [(one.place.line, one.severity) for one in told] == [(2, "error"), (3, "error")]
    assert all(str(one.message).endswith("smallest size, on a.png, b.png.") for one in told)


@pytest.mark.parametrize(
    ("lines", "lost"),
    [
        (["1 Wasserver-", "sorgung und", "Abwasser"], []),
        (["Wasserver-", "1", "sorgung und Abwas-", "ser"], []),
        (["1 Wasser\u00adversorgung", "und Abwasser"], []),
        (["1 Wasserver-", "sorgung", "Abwasser"], ["und"]),
        (["1 Wasserver-", "und Abwasser"], ["wasserversorgung"]),
        (["1 Wasserver-", "und sorgung", "Abwasser"], ["wasserversorgung"]),
    ],
)
def test_a_word_that_is_divided_between_lines_is_not_lost(
    lines: list[str], lost: list[str]
) -> None:
    assert lost_words(["Wasserversorgung und Abwasser"], lines) == lost


@pytest.mark.slow
def test_a_dimension_that_does_not_apply_says_so_below_its_gauge(copy: Copy) -> None:
    path = copy.root / "content/peru/scores.yaml"
    text = path.read_text(encoding="utf-8").partition("published:")[0]
    for one in ("minamata", "monitoring", "participation", "support", "remediation"):
        text = re.sub(rf"{one}: [\d.]+", f"{one}: not applicable", text)
    path.write_text(text, encoding="utf-8")
    read = read_workspace(copy.workspace)
    assert isinstance(read, SoundWorkspace)
    laid, faults = fitted(read, "es", SHAPES[0])
    assert faults == ()
    lines = [line.text.strip() for line in laid.lines if line.id == "panel"]
    assert lines.count("no aplica") == 1
    words = Compositor(read.content, values_of(read.content, "peru", "es"), "es")
    assert Pictures(read, words).alt().count("n/a") == 1


@pytest.mark.slow
def test_a_text_without_room_is_told_and_no_picture_is_cut(copy: Copy) -> None:
    title = (
        "The Report Card on the Governance of Artisanal and Small-Scale Gold Mining in Peru, " * 5
    )
    line, column = copy.edit("content/peru/en.yaml", "title: Peru Report Card", f'title: "{title}"')
    read = read_workspace(copy.workspace)
    files, problems = pictures(read, ["peru"], ["en"], Gallery(Store(copy.workspace.cache)))
    assert files == {}
    assert {problem.code for problem in problems} == {"PICTURE-CUT"}
    assert (problems[0].place.line, problems[0].field) == (line, "peru/title")
    assert column == 1


@pytest.mark.slow
def test_a_final_card_with_published_scores_bears_no_mark(copy: Copy) -> None:
    for language in LANGUAGES:
        copy.edit(f"content/peru/{language}.yaml", "status: draft", "status: final")
    copy.edit("content/peru/scores.yaml", "\nprovisional: true", "\nprovisional: false")
    read = read_workspace(copy.workspace)
    laid, _ = fitted(read, "es", "wide")
    texts = " ".join(line.text for line in laid.lines)
    assert "provisional" not in texts
    assert "Borrador" not in texts


def test_a_workspace_without_their_words_says_which_are_missing(drawn: Drawn, copy: Copy) -> None:
    path = copy.root / "content/wording/es.yaml"
    path.write_text(re.sub(r"^pictures:\n(?:  .*\n)+", "", path.read_text(), flags=re.MULTILINE))
    files, (problem,) = pictures(
        read_workspace(copy.workspace), ["peru"], ["es"], Gallery(Store(copy.workspace.cache))
    )
    assert files == {}
    assert str(problem).startswith(
        'error: content/wording/es.yaml: the group "pictures" is missing. Add `pictures:` with'
        " these keys below it: total, rank"
    )


@pytest.mark.slow
def test_the_command_writes_them_beside_the_cards(copy: Copy, run: Run) -> None:
    code, told, _ = run("pictures", "peru", "--language", "en", "--workspace", str(copy.root))
    assert code == ExitCode.OK
    names = [*(f"peru-en-{size}.png" for size in SIZES), "peru-en-alt.txt"]
    assert [Path(line).name for line in told.split()] == names
    assert all((copy.root / "output/pictures" / name).is_file() for name in names)
    assert run("pictures", "ecuador", "--workspace", str(copy.root))[0] == ExitCode.USAGE
