"""Figures that would print wrong are refused before a page is set, at their own file and line."""

from io import BytesIO

import pytest
from PIL import Image

from reportcard.build.pipeline import check
from reportcard.checks.drawings import Palette, drawing_problems
from reportcard.page.font_signs import FontSigns
from reportcard.pdf.pixels import picture_fault
from reportcard.problems.problem import Problem

from .conftest import Copy

LATIN = frozenset(range(0x20, 0x180))
PALETTE = Palette(frozenset({"gold"}), frozenset({"Source Sans Pro"}), FontSigns(LATIN, LATIN))
HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'


def drawing(inside: str, attributes: str = 'viewBox="0 0 200 100"') -> bytes:
    """A drawing with a shape that can be seen beside what is inside."""
    return f"{HEAD} {attributes}>\n{inside}\n<path d='M0 0h9v9'/></svg>\n".encode()


def told(data: bytes) -> list[Problem]:
    return list(drawing_problems(data, "figures/x.svg", PALETTE))


#: What is inside a drawing, its line and column, the code and words of the message.
WRONG = {
    "HTML": (
        "<g>\n <foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>Text</p></foreignObject></g>",
        (3, 2),
        "FIGURE-DRAWN",
        "<foreignObject> would be empty in print",
    ),
    "variable in a style sheet": (
        "<style>:root{--c:#a87214} rect{fill:var(--c)}</style><rect width='9'/>",
        (2, 1),
        "FIGURE-DRAWN",
        '"--c" is not recognized',
    ),
    "variable in an attribute": (
        '<rect id="bar" fill="var(--silver, red)"/>',
        (2, 1),
        "FIGURE-DRAWN",
        '<rect id="bar"> would print in black: the color "--silver"',
    ),
    "variable in a style": (
        '<rect style="stroke: var(--x)"/>',
        (2, 1),
        "FIGURE-DRAWN",
        '"--x" is not recognized',
    ),
    "filter": (
        '<defs><filter id="f"><feGaussianBlur/></filter></defs>\n<rect filter="url(#f)"/>',
        (3, 1),
        "FIGURE-DRAWN",
        "without its filter",
    ),
    "filter by a class": (
        "<style>.s { filter: drop-shadow(1px 1px red) }</style>\n<g class='a s'><path d=''/></g>",
        (3, 1),
        "FIGURE-DRAWN",
        "without its filter",
    ),
    "blending": (
        '<path style="mix-blend-mode:multiply"/>',
        (2, 1),
        "FIGURE-DRAWN",
        "without its blend mode",
    ),
    "text on a path": (
        '<text font-family="Source Sans Pro"><textPath href="#p">Río</textPath></text>',
        (2, 37),
        "FIGURE-DRAWN",
        "cut off",
    ),
    "marker": (
        '<path marker-end="url(#arrow)" d="M0 0L1 1"/>',
        (2, 1),
        "FIGURE-DRAWN",
        "without its marker #arrow",
    ),
    "marker that is none": (
        '<g id="arrow"/><path marker-end="url(#arrow)" d="M0 0L1 1"/>',
        (2, 16),
        "FIGURE-DRAWN",
        "without its marker #arrow",
    ),
    "picture": (
        '<image href="data:image/png;base64,AAAA" width="9"/>',
        (2, 1),
        "FIGURE-DRAWN",
        "cannot contain a picture",
    ),
    "copy of another file": (
        '<use xlink:href="icons.svg#a"/>',
        (2, 1),
        "FIGURE-DRAWN",
        "icons.svg#a, which is in another file",
    ),
    "gradient of another file": (
        '<rect fill="url(colors.svg#a)"/>',
        (2, 1),
        "FIGURE-DRAWN",
        "colors.svg#a, which is in another file",
    ),
    "imported style sheet": (
        "<style>@import url(https://example.org/a.css);</style>",
        (2, 1),
        "FIGURE-DRAWN",
        "<style> has no effect in print: @import",
    ),
    "condition": (
        "<style>@supports (fill: red) { rect { fill: red } }</style>",
        (2, 1),
        "FIGURE-DRAWN",
        "@supports (fill: red)",
    ),
    "script": ("<script>draw()</script>", (2, 1), "FIGURE-DRAWN", "<script> has no effect"),
    "animation": (
        '<rect>\n<animate attributeName="opacity"/></rect>',
        (3, 1),
        "FIGURE-DRAWN",
        "<animate> has no effect",
    ),
    "animation by a style": (
        '<rect style="animation: turn 2s"/>',
        (2, 1),
        "FIGURE-DRAWN",
        "<rect> has no effect",
    ),
    "view box inside": (
        '<svg viewBox="0 0 10"/>',
        (2, 1),
        "FIGURE-DRAWN",
        '"0 0 10"',
    ),
    "shape that clips": (
        '<rect width="9" height="9" style="clip-path: circle(3px)"/>',
        (2, 1),
        "FIGURE-DRAWN",
        'without its clip-path "circle(3px)"',
    ),
    "words that clip": (
        '<clipPath id="c"><text font-family="Source Sans Pro">ORO</text></clipPath>'
        '<path clip-path="url(#c)"/>',
        (2, 1),
        "FIGURE-DRAWN",
        'without its clip-path "<text>"',
    ),
    "hole in what clips": (
        '<clipPath id="c"><path clip-rule="evenodd" d="M0 0h9v9z M2 2h5v5z"/></clipPath>'
        '\n<path clip-path="url(#c)"/>',
        (2, 1),
        "FIGURE-DRAWN",
        'its clip-rule "evenodd"',
    ),
    "mask of a group": (
        '<mask id="m"><circle r="3"/></mask><g mask="url(#m)"><path d=""/></g>',
        (2, 36),
        "FIGURE-DRAWN",
        'its mask "url(#m)"',
    ),
    "mask in the units of a path": (
        '<mask id="m"><circle r="3"/></mask><path mask="url(#m)"/>',
        (2, 36),
        "FIGURE-DRAWN",
        'its mask "url(#m)"',
    ),
    "mask by its alpha": (
        '<mask id="m" style="mask-type: alpha"><path/></mask><rect mask="url(#m)"/>',
        (2, 1),
        "FIGURE-DRAWN",
        'its mask-type "alpha"',
    ),
    "mask by a picture": (
        '<rect style="mask-image: linear-gradient(#000, transparent)"/>',
        (2, 1),
        "FIGURE-DRAWN",
        "its mask-image",
    ),
    "capitals": (
        '<text font-family="Source Sans Pro" style="text-transform: uppercase">oro</text>',
        (2, 1),
        "FIGURE-DRAWN",
        'its text-transform "uppercase"',
    ),
    "words from top to bottom": (
        '<g writing-mode="vertical-rl"><text font-family="Source Sans Pro">oro</text></g>',
        (2, 1),
        "FIGURE-DRAWN",
        "its writing-mode",
    ),
    "underlined words": (
        '<text font-family="Source Sans Pro" text-decoration="underline">oro</text>',
        (2, 1),
        "FIGURE-DRAWN",
        "its text-decoration",
    ),
    "small capitals": (
        '<text font-family="Source Sans Pro" style="font-variant: small-caps">oro</text>',
        (2, 1),
        "FIGURE-DRAWN",
        "its font-variant",
    ),
    "halo": (
        '<path stroke="#fff" style="paint-order: stroke fill" d=""/>',
        (2, 1),
        "FIGURE-DRAWN",
        "its paint-order",
    ),
    "line that keeps its width": (
        '<path stroke="red" vector-effect="non-scaling-stroke" d=""/>',
        (2, 1),
        "FIGURE-DRAWN",
        "its vector-effect",
    ),
    "mixed color": (
        '<rect fill="color-mix(in srgb, red 50%, blue)"/>',
        (2, 1),
        "FIGURE-DRAWN",
        'its fill "color-mix(in srgb, red 50%, blue)"',
    ),
    "size that is worked out": (
        '<rect width="calc(100% - 3px)" height="9"/>',
        (2, 1),
        "FIGURE-DRAWN",
        'its width "calc(100% - 3px)"',
    ),
    "move by a property of its own": (
        '<rect style="translate: 3px 3px"/>',
        (2, 1),
        "FIGURE-DRAWN",
        "its translate",
    ),
    "nested rules": (
        "<style>rect { fill: red; .a { fill: blue } }</style>",
        (2, 1),
        "FIGURE-DRAWN",
        "<style> has no effect in print: rect",
    ),
    "languages to choose from": (
        '<switch><path systemLanguage="es" d=""/><path d=""/></switch>',
        (2, 1),
        "FIGURE-DRAWN",
        "all of its alternatives",
    ),
    "text in a flow": (
        '<flowRoot><flowRegion><rect width="9"/></flowRegion><flowPara>Río</flowPara></flowRoot>',
        (2, 1),
        "FIGURE-DRAWN",
        "flowRoot",
    ),
    "gradient from another file": (
        '<linearGradient id="g" href="lib.svg#a"/><rect fill="url(#g)"/>',
        (2, 1),
        "FIGURE-DRAWN",
        "lib.svg#a, which is in another file",
    ),
    "font": (
        '<text font-family="Arial">Madre de Dios</text>',
        (2, 1),
        "FIGURE-FONT",
        'the text "Madre de Dios" is in Arial',
    ),
    "font inherited": (
        "<g style=\"font-family:'Open Sans', sans-serif\"><text><tspan>Río</tspan></text></g>",
        (2, 54),
        "FIGURE-FONT",
        'the text "Río" is in Open Sans',
    ),
    "font of a style sheet": (
        "<style>#map .label { font-family: Roboto }</style>"
        '\n<g id="map"><text class="label">Río</text></g>',
        (3, 13),
        "FIGURE-FONT",
        "Roboto",
    ),
    "font by shorthand": (
        '<text style="font: 12px Verdana">Río</text>',
        (2, 1),
        "FIGURE-FONT",
        "Verdana",
    ),
    "sign that no font has": (
        '<text font-family="Source Sans Pro">Río ✗</text>',
        (2, 1),
        "FIGURE-FONT",
        '"✗" (U+2717 BALLOT X)',
    ),
    "no font": (
        "<text>Río</text>",
        (2, 1),
        "FIGURE-FONT",
        'no font is specified for the text "Río"',
    ),
    "font in a copy": (
        '<defs><text id="t" font-family="Arial">N</text></defs>\n<use href="#t"/>',
        (2, 7),
        "FIGURE-FONT",
        "Arial",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_drawn_wrong_is_refused_once_at_its_element(name: str) -> None:
    inside, place, code, words = WRONG[name]
    (problem,) = told(drawing(inside))
    assert (problem.place.line, problem.place.column) == place
    assert (problem.code, problem.place.file) == (code, "figures/x.svg")
    assert words in str(problem.message)
    assert problem.advice


def test_columns_count_characters() -> None:
    (problem,) = told(drawing('<!-- áéí --><text font-family="Arial">x</text>'))
    assert (problem.place.line, problem.place.column) == (2, 13)


@pytest.mark.parametrize(
    "inside",
    [
        '<rect fill="var(--gold)"/>',
        '<style>rect { fill: var(--gold); --a: 1 }</style><rect style="stroke:#fff"/>',
        '<text font-family="Source Sans Pro, Arial">Río</text>',
        "<text font-family=\"'source sans pro'\">Río</text>",
        '<style>text { font-family: "Source Sans Pro"; }</style><text>Río</text>',
        "<style>text{font-family:Arial}</style><text style='font-family:Source Sans Pro'>a</text>",
        '<g font-family="Arial"><path d="M0 0"/></g>',
        '<text display="none">Río</text><g style="display:none"><text>Río</text></g>',
        '<text visibility="hidden">Río</text>',
        "<text font-family='Arial'> \n </text>",
        "<defs><text>never drawn</text><filter id='f'><feFlood/></filter></defs>",
        "<symbol id='s'><text>never drawn</text></symbol>",
        '<rect filter="none" marker="none" mask="none" clip-path="none"/>',
        '<filter id="f"><feOffset dx="1"/></filter><rect filter="url(#f)"/>',
        '<rect filter="url(#gone)"/>',
        '<marker id="m"><path d=""/></marker><path marker-end="url(#m)" d="M0 0L1 1"/>',
        "<path marker-end='url(\"#m\")'/><defs><marker id='m'/></defs>",
        "<style>@media (prefers-color-scheme: dark) { rect { fill: #fff } }</style><rect/>",
        "<style>/* var(--x) */ @charset 'utf-8'; rect:hover { fill: red }</style>",
        "<switch><foreignObject requiredExtensions='x'><i ref='a'/></foreignObject><g/></switch>",
        '<a href="https://example.org/"><path d="M0 0"/></a>',
        '<symbol id="s" viewBox="0 0 8 8"><path d=""/></symbol><use href="#s"/><use href="#s"/>',
        "<metadata><x:a xmlns:x='y'>Arial</x:a></metadata><title>A map</title><desc>Río</desc>",
        '<linearGradient id="g"><stop offset="0"/></linearGradient><rect fill="url(#g) red"/>',
        '<text font-family="Source Sans Pro" style="text-transform:none;writing-mode:lr-tb;'
        "text-decoration:none;font-variant:normal;word-spacing:0px;letter-spacing:0px;"
        'mix-blend-mode:normal;vector-effect:none;paint-order:normal">Río</text>',
        '<path style="text-transform:uppercase;word-spacing:3px;writing-mode:tb" d=""/>',
        '<path fill="red" style="paint-order:stroke" vector-effect="non-scaling-stroke" d=""/>',
        '<path stroke="red" style="paint-order:markers fill stroke" d=""/>',
        '<path fill-rule="evenodd" clip-rule="evenodd" d="M0 0h9v9z M2 2h5v5z"/>',
        '<clipPath id="c"><path clip-rule="evenodd" d="M0 0h9v9z"/></clipPath>'
        '<path clip-path="url(#c)"/>',
        '<mask id="m"><circle r="3"/></mask><rect width="9" height="9" mask="url(#m)"/>',
        '<mask id="m" maskUnits="userSpaceOnUse"><path/></mask><path d="" mask="url(#m)"/>',
        '<linearGradient id="a"><stop/></linearGradient><linearGradient id="b" xlink:href="#a"/>'
        '<rect fill="url(#b)"/>',
        '<pattern id="p" patternTransform="rotate(45)"><path/></pattern><rect fill="url(#p)"/>',
        '<ellipse rx="4" ry="2" style="transform: rotate(30deg)"/><ellipse/>',
        '<rect transform="rotate(9)" visibility="visible" fill="rgb(1 2 3 / 50%)"/>',
    ],
)
def test_what_is_drawn_right_raises_no_alarm(inside: str) -> None:
    assert [str(problem) for problem in told(drawing(inside))] == []


@pytest.mark.parametrize(
    ("attributes", "right"),
    [
        ('viewBox="a b c"', False),
        ('viewBox=""', False),
        ('viewBox="0 0 10"', False),
        ('viewBox="0 0 10 0"', False),
        ('viewBox="0 0 nan 5"', False),
        ('viewBox="0 0 1e999 5"', False),
        ('width="1..2px" height="5"', False),
        ('width="wide"', False),
        ('width="0" height="5"', False),
        ('width="0.0mm" height="5"', False),
        (f'width="48" height="{"9" * 400}"', False),
        ('width="1e-400" height="5"', False),
        ('viewBox="0 0 1e-300 1e300"', False),
        ('width="0.05mm" height="1e3"', True),
        ('viewBox="0,0,10,5"', True),
        ('viewBox=" -1.5 0  1e2 5 "', True),
        ('width="100%" height="40mm"', True),
        ('width=".5in" height="12.5"', True),
        ("", True),
    ],
)
def test_sizes_are_numbers(attributes: str, right: bool) -> None:
    problems = told(drawing("<path/>", attributes))
    assert [one.code for one in problems] == ([] if right else ["FIGURE-DRAWN"])
    assert right or (problems[0].place.line, problems[0].place.column) == (1, 1)


def nested(levels: int, copies: int) -> bytes:
    """Symbols of copies of the one before."""
    groups = ['<g id="g0"><path d="M0 0h1"/></g>']
    groups += [
        f'<g id="g{level}">{f"""<use href="#g{level - 1}"/>""" * copies}</g>'
        for level in range(1, levels + 1)
    ]
    return drawing(f"<defs>{''.join(groups)}</defs><use href='#g{levels}'/>")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (nested(8, 10), "more than 50,000"),
        (nested(90, 2), "more than"),
        (nested(3000, 1), "refer to themselves"),
        (drawing('<g id="a"><use href="#a"/></g>'), "refer to themselves"),
        (
            drawing('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>'),
            "refer to themselves",
        ),
        (
            drawing(
                f'<marker id="m">{"<path/>" * 100}</marker>'
                f'<path marker-mid="url(#m)" d="M0 0{"L1 1" * 2000}"/>'
            ),
            "more than",
        ),
        (
            drawing('<mask id="m"><rect mask="url(#m)"/></mask><rect mask="url(#m)"/>'),
            "refer to themselves",
        ),
    ],
)
def test_copies_of_copies_are_counted_before_they_are_drawn(data: bytes, words: str) -> None:
    (problem,) = told(data)
    assert words in str(problem.message)


def test_copies_that_make_megabytes_are_refused() -> None:
    path = f'<symbol id="s"><path d="M0 0{"h1 " * 100_000}"/></symbol>'
    (problem,) = told(drawing(path + '<use href="#s"/>' * 40))
    assert "larger than 10 MB" in str(problem.message)
    assert told(drawing(path + '<use href="#s"/>' * 20)) == []


@pytest.mark.parametrize(
    ("inside", "is_seen"),
    [
        ("", False),
        ("<g/>", False),
        ("<path/>", False),
        ('<rect width="0" height="9"/>', False),
        ('<rect width="9" height="0.5"/>', True),
        ('<rect style="width: 9px; height: 9px"/>', True),
        ('<g fill="none"><path d="M0 0h1v1"/></g>', False),
        ('<g fill="none"><path d="M0 0h1v1" fill="red"/></g>', True),
        ('<g fill="none" stroke="red"><path d="M0 0h1v1"/></g>', True),
        ('<path d="M0 0h1v1" fill="none" stroke="red" stroke-width="0"/>', False),
        ('<g opacity="0"><path d="M0 0h1v1"/></g>', False),
        ('<g opacity="0.05"><path d="M0 0h1v1"/></g>', True),
        ('<path d="M0 0h1v1" fill="rgba(9, 9, 9, 0)"/>', False),
        ('<path d="M0 0h1v1" fill="rgba(9, 9, 0, 0.5)"/>', True),
        ('<g visibility="hidden"><path d="M0 0h1v1"/></g>', False),
        ('<g visibility="hidden"><path visibility="visible" d="M0 0h1v1"/></g>', True),
        ('<g display="none"><path d="M0 0h1v1"/></g>', False),
        ('<defs><path id="a" d="M0 0h1v1"/></defs>', False),
        ('<defs><path id="a" d="M0 0h1v1"/></defs><use href="#a"/>', True),
        ('<line x2="9"/>', False),
        ('<line x2="9" stroke="red"/>', True),
        ('<text font-family="Source Sans Pro"> </text>', False),
        ('<text font-family="Source Sans Pro">Oro</text>', True),
    ],
)
def test_a_drawing_that_shows_nothing_is_refused(inside: str, is_seen: bool) -> None:
    data = f'{HEAD} viewBox="0 0 9 9">{inside}</svg>'.encode()
    assert [one.code for one in told(data)] == ([] if is_seen else ["FIGURE-DRAWN"])


def test_copies_in_a_reasonable_number_are_drawn() -> None:
    symbol = f'<symbol id="s">{"<path/>" * 50}</symbol>'
    assert told(drawing(symbol + '<use href="#s"/>' * 500)) == []


@pytest.mark.parametrize(
    ("data", "line", "words"),
    [
        (b"<svg>\n<g>\n</svg>", 3, "not valid XML"),
        (b"", 1, "not valid XML"),
        (b"\x89PNG\r\n", 1, "not saved as UTF-8"),
        ("<svg>\n<title>R\xedo</title></svg>".encode("latin-1"), 2, "UTF-8"),
        ('<?xml version="1.0" encoding="ISO-8859-1"?><svg>í</svg>'.encode(), 1, "UTF-8"),
        (b'<!DOCTYPE svg [\n<!ENTITY a "b">]><svg>&a;</svg>', 1, "entities"),
        (b"<html/>", 1, 'begins with "html"'),
        (b"<svg>" + b"<g/>" * 100_001 + b"</svg>", 1, "more than 100,000 elements"),
        (b"<svg>" + b"\n<g>" * 200, 101, "nested more than 100 levels deep"),
        (b"<svg>" + b"<!-- -->" * 1_300_000 + b"</svg>", 0, "10.4 MB; the limit is 10 MB"),
    ],
)
def test_what_is_no_drawing_is_refused(data: bytes, line: int, words: str) -> None:
    (problem,) = told(data)
    assert (problem.code, problem.place.line) == ("FIGURE-FILE", line)
    assert words in str(problem.message)


@pytest.mark.parametrize(
    "head",
    [
        '<?xml version="1.0" encoding="utf-8" standalone="no"?>\n<!DOCTYPE svg PUBLIC'
        ' "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">\n',
        '<?xml version="1.0" encoding="ISO-8859-1"?>',
    ],
)
def test_what_programs_write_before_a_drawing_is_taken(head: str) -> None:
    assert told(head.encode() + drawing("<path/>")) == []


# --- in the workspace -----------------------------------------------------------------------------


def found(copy: Copy) -> list[str]:
    return [f"{one.place} {one.code}" for one in check(copy.workspace, (), layout=False)]


def put(copy: Copy, file: str, data: bytes) -> None:
    path = copy.root / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


ARIAL = drawing('<text font-family="Arial">x</text>')


@pytest.mark.long
def test_every_figure_that_is_shown_is_looked_at(copy: Copy) -> None:
    put(copy, "figures/maps/map.svg", ARIAL)
    put(copy, "figures/pictograms/compass.svg", ARIAL)
    put(copy, "figures/organisations/amazon-conservation.svg", ARIAL)
    put(copy, "figures/cover.svg", ARIAL)
    put(copy, "figures/hatch.svg", ARIAL)
    put(copy, "figures/not-shown.svg", ARIAL)
    for language in ("en", "es"):
        copy.edit(
            f"content/peru/{language}.yaml",
            "context: |\n",
            "context: |\n  ![A map](figures/maps/map.svg)\n\n",
        )
    assert sorted(set(found(copy))) == [
        "figures/cover.svg:2:1 FIGURE-FONT",
        "figures/hatch.svg:2:1 FIGURE-FONT",
        "figures/maps/map.svg:2:1 FIGURE-FONT",
        "figures/organisations/amazon-conservation.svg:2:1 FIGURE-FONT",
        "figures/pictograms/compass.svg:2:1 FIGURE-FONT",
    ]


ARTWORK = {
    "figures/cover.svg": "figures/cover.svg",
    "figures/hatch.svg": "styles/gold/4-parts.css:18:28",
}


@pytest.mark.long
def test_artwork_that_is_gone_is_told_once_before_a_page_is_set(copy: Copy) -> None:
    assert found(copy) == []
    for file in ARTWORK:
        (copy.root / file).unlink()
    told = {str(one.place): one for one in check(copy.workspace, (), layout=False)}
    assert sorted(told) == sorted(ARTWORK.values())
    for file, place in ARTWORK.items():
        assert told[place].code == "ARTWORK-MISSING"
        assert file in str(told[place].message)
        assert "reportcard init" in str(told[place].advice)


@pytest.mark.long
def test_a_style_sheet_loads_nothing_from_elsewhere(copy: Copy) -> None:
    sheet = copy.root / "styles/gold/6-pictures.css"
    lines = sheet.read_text(encoding="utf-8").count("\n")
    with sheet.open("a", encoding="utf-8") as file:
        file.write(".a { background: url(data:image/png;base64,AA) }\n/* url(gone.svg) */\n")
        file.write(".b { background: url(https://example.org/a.svg) }\n")
    assert found(copy) == [f"styles/gold/6-pictures.css:{lines + 3}:18 ARTWORK-MISSING"]


def picture(kind: str) -> bytes:
    target = BytesIO()
    noise = Image.effect_noise((120, 90), 80).convert("RGB")
    noise.save(target, kind)
    return target.getvalue()


@pytest.mark.long
@pytest.mark.parametrize("kind", ["png", "jpg"])
def test_a_logo_that_is_cut_off_is_refused_by_its_name(copy: Copy, kind: str) -> None:
    file = f"figures/organisations/amazon-conservation.{kind}"
    whole = picture({"jpg": "JPEG"}.get(kind, "PNG"))
    put(copy, file, whole)
    assert found(copy) == []
    put(copy, file, whole[: len(whole) // 3])
    assert found(copy) == [f"{file} FIGURE-FILE"]
    put(copy, file, b"not a picture")
    assert found(copy) == [f"{file} FIGURE-FILE"]


@pytest.mark.parametrize(
    ("mode", "kind", "fault"),
    [
        ("RGB", "PNG", ""),
        ("L", "JPEG", ""),
        ("P", "GIF", ""),
        ("RGBA", "WEBP", ""),
        ("CMYK", "JPEG", "inks"),
        ("I;16", "PNG", "depth"),
        ("F", "TIFF", "depth"),
        ("YCbCr", "TIFF", "depth"),
    ],
)
def test_pictures_of_pixels_that_would_print_wrong_are_refused(
    mode: str, kind: str, fault: str
) -> None:
    target = BytesIO()
    Image.new(mode, (20, 10)).save(target, kind)
    assert picture_fault(target.getvalue()) == fault


def test_an_end_over_which_the_engine_would_stumble_is_a_cut() -> None:
    target = BytesIO()
    Image.new("RGB", (20, 10)).save(target, "PNG")
    pixels = target.getvalue()[: -len(b"\0\0\0\0IEND....")]
    assert picture_fault(pixels + b"[[[[[[[[....") == "cut"


@pytest.mark.long
def test_a_picture_of_too_many_pixels_is_not_decoded() -> None:
    target = BytesIO()
    Image.new("1", (10_000, 8_001)).save(target, "PNG")
    assert picture_fault(target.getvalue()) == "pixels"


@pytest.mark.long
def test_a_logo_whose_view_box_is_no_numbers_is_an_error_with_its_file(copy: Copy) -> None:
    file = "figures/organisations/amazon-conservation.svg"
    put(copy, file, drawing("<path/>", 'viewBox="a b c"'))
    assert found(copy) == [f"{file}:1:1 FIGURE-DRAWN"]
