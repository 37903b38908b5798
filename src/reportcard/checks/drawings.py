"""What the typesetting engine draws wrong in an SVG, without a word: each kind is found before."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from reportcard.checks.drawing_properties import unknown_properties
from reportcard.content.signs import is_inked, sign_name
from reportcard.page.font_signs import FontSigns
from reportcard.page.svg.document import LARGEST, SvgElement, SvgError, read_svg
from reportcard.page.svg.drawn import REFERENCES, Drawn, SvgDrawing, target_of
from reportcard.page.svg.styles import without_comments
from reportcard.problems.problem import Place, Problem, Severity
from reportcard.problems.rule import Rule, Stage

FIGURE_FILE: Final = Rule(
    "FIGURE-FILE",
    Severity.ERROR,
    Stage.CONTENT,
    cases={
        "unreadable": ("cannot read this picture: {reason}.", "Replace it with a readable file."),
        "kind": (
            "this file is not in a recognized picture format.",
            "Save the picture as SVG, PNG or JPEG.",
        ),
        "cut": (
            "this picture is incomplete or damaged.",
            "Copy the file again from its original source.",
        ),
        "pixels": ("this picture has too many pixels.", "Save it with fewer pixels."),
        "inks": (
            "this picture is in CMYK.",
            "Save it as RGB. It is converted for print with the printer's profile.",
        ),
        "depth": (
            "this picture is not in RGB or grayscale with 8 bits per channel.",
            "Save it as RGB with 8 bits per channel.",
        ),
        "large": (
            "this drawing is {size} MB; the limit is {limit} MB.",
            "Simplify the drawing, and save it again.",
        ),
        "encoding": ("this drawing is not saved as UTF-8.", "Save it as UTF-8."),
        "xml": (
            "this file is not valid XML from here on.",
            "Export the drawing again, or copy the file again from its original source.",
        ),
        "entities": (
            "this drawing defines its own XML entities.",
            "Export it as plain SVG, without a document type declaration (DOCTYPE).",
        ),
        "root": (
            'this file is not an SVG drawing: it begins with "{name}".',
            "Save the picture as SVG, PNG or JPEG.",
        ),
        "many": (
            "this drawing has more than {limit} elements.",
            "Simplify the drawing, or save it as PNG.",
        ),
        "deep": (
            "elements are nested more than {limit} levels deep.",
            "Ungroup the drawing, and export it again.",
        ),
    },
    why=(
        "A picture, pictogram or logo that cannot be read completely would be printed "
        "only in part, or not at all."
    ),
)
FIGURE_DRAWN: Final = Rule(
    "FIGURE-DRAWN",
    Severity.ERROR,
    Stage.CONTENT,
    cases={
        "html": (
            "{element} would be empty in print: HTML in a drawing is not drawn.",
            "Export the drawing with its labels as SVG text or as outlines, or save it as PNG.",
        ),
        "variable": (
            '{element} would print in black: the color "{value}" is not recognized.',
            (
                "Write the color itself, or a token from the theme's tokens.yaml, such as "
                "var(--gold)."
            ),
        ),
        "property": (
            '{element} would print without its {property} "{value}", which is not supported.',
            "Convert the text or shape to outlines in the drawing program, or save it as PNG.",
        ),
        "alternatives": (
            "{element} would print all of its alternatives on top of each other.",
            "Keep only the one that should be printed.",
        ),
        "filter": (
            "{element} would print without its filter.",
            "Remove shadows and blurs, or save the drawing as PNG.",
        ),
        "blend": (
            "{element} would print without its blend mode.",
            "Flatten the transparency, or save the drawing as PNG.",
        ),
        "text-path": (
            "{element} would be cut off in print: text on a path is not drawn in full.",
            "Convert the text to outlines.",
        ),
        "marker": (
            "{element} would print without its marker {target}, which is not in this file.",
            "Add the marker, or draw the arrowhead or dot as a path.",
        ),
        "picture": (
            "{element} would not print: a drawing cannot contain a picture.",
            "Use the picture instead of the drawing, or save the drawing as PNG.",
        ),
        "external": (
            "{element} would print without {target}, which is in another file.",
            "Copy it into this file.",
        ),
        "script": (
            "{element} has no effect in print.",
            "Export the drawing without scripts, exactly as it should be printed.",
        ),
        "animation": (
            "{element} has no effect in print.",
            "Export the drawing without animation, exactly as it should be printed.",
        ),
        "rule": (
            "{element} has no effect in print: {rule}.",
            (
                "Move the declarations out of the rule, or export the drawing with "
                "presentation attributes."
            ),
        ),
        "view-box": (
            '{element} has a viewBox that is not four numbers: "{value}".',
            "Write left, top, width and height, for example 0 0 200 100.",
        ),
        "size": (
            '{element} has a size that is not a length: "{value}".',
            "Write a number with a unit, for example 40mm, or delete the size.",
        ),
        "copies": (
            "nested clones or symbols would add more than {limit} elements to this drawing.",
            "Use fewer copies, or save the drawing as PNG.",
        ),
        "bulk": (
            "nested clones or symbols would make this drawing larger than {limit} MB.",
            "Use fewer copies, or save the drawing as PNG.",
        ),
        "invisible": (
            "{element} shows nothing: no shape or text in it is visible.",
            "Export the drawing again with visible shapes, or delete it.",
        ),
        "endless": (
            "clones or symbols in this drawing refer to themselves, or are nested too deeply.",
            "Convert the copies (clones or symbols) to separate objects in the drawing program.",
        ),
    },
    why=(
        "The typesetting engine leaves out some SVG features, or draws them "
        "differently than a browser does, without any warning. Anything that would "
        "print incorrectly is reported with its element and line."
    ),
    wrong='<rect filter="url(#shadow)" …/>',
    right="<rect …/>",
)
FIGURE_FONT: Final = Rule(
    "FIGURE-FONT",
    Severity.ERROR,
    Stage.CONTENT,
    cases={
        "foreign": (
            'the text "{text}" is in {font}, which is not one of the card\'s fonts.',
            "Convert the text to outlines in the drawing program, or set it in {fonts}.",
        ),
        "none": (
            'no font is specified for the text "{text}".',
            "Convert the text to outlines in the drawing program, or set it in {fonts}.",
        ),
        "sign": (
            'the fonts in styles/ do not contain "{value}" ({name}).',
            ("Use a different character, or convert the text to outlines in the drawing program."),
        ),
    },
    why=(
        "A font that the styles do not declare is taken from the computer that builds "
        "the card, so the text may look different on another computer."
    ),
    wrong='<text font-family="Arial">',
    right='<text font-family="Source Sans Pro">',
)

#: How many elements copies may add. A symbol of 50 parts at 500 places adds 25,000.
_MOST_COPIES: Final = 50_000
_ANIMATIONS: Final = frozenset(
    {"animate", "animateColor", "animateMotion", "animateTransform", "set"}
)
#: What of a choice is not drawn: HTML, and what programs keep for themselves.
_UNDRAWN: Final = frozenset({"foreignObject", "title", "desc", "metadata", "defs"})
#: Elements that take something from another, which must be in the file.
_BORROWING: Final = frozenset({"use", "linearGradient", "radialGradient", "pattern"})
#: What the engine does of filters.
_PRIMITIVES: Final = frozenset({"feOffset", "feBlend"})
_VARIABLE: Final = re.compile(r"var\(\s*(--[^\s,)]*)[^)]*\)?")
_TOKEN: Final = re.compile(r"var\(--([a-z0-9-]+)\)")
_LENGTH: Final = re.compile(
    r"(?i)\s*[+]?(?![0.]*(?:[a-z%\s]|$))(?:\d{1,9}\.?\d{0,20}|\.\d{1,20})(?:e[-+]?\d)?\s*"
    r"(?:[a-z]{1,4}|%)?\s*"
)
_FRAMED: Final = frozenset({"svg", "symbol", "marker", "pattern"})
_LONGEST: Final = 40


@dataclass(frozen=True, slots=True)
class Palette:
    """What a drawing may use: the names of colors, the fonts of the card, and their signs (None if
    they are not known).
    """

    tokens: frozenset[str]
    families: frozenset[str]
    fonts: FontSigns | None


@dataclass(frozen=True, slots=True)
class _Fault:
    """A fault of a drawing: a rule, its case, the element, and what fills the message."""

    rule: Rule
    case: str
    element: SvgElement
    holes: Mapping[str, str]


def drawing_problems(data: bytes, file: str, palette: Palette) -> tuple[Problem, ...]:
    """What is wrong with an SVG file, each kind once, in the order of the file."""
    try:
        return _problems(data, file, palette)
    except SvgError as error:
        place = Place(file, error.line, error.column)
        return (FIGURE_FILE.at(place, error.case, **error.holes),)


@lru_cache(maxsize=256)
def _problems(data: bytes, file: str, palette: Palette) -> tuple[Problem, ...]:
    drawing = SvgDrawing(read_svg(data))
    found: dict[tuple[str, str], _Fault] = {}
    faults = list(_faults(drawing, palette))
    if not faults and not drawing.is_visible():
        faults.append(_drawn("invisible", drawing.root))
    for fault in faults:
        about = fault.holes.get("font") or fault.holes.get("target") or fault.holes.get("value")
        found.setdefault((fault.case, str(about or "")), fault)
    ordered = sorted(found.values(), key=lambda one: (one.element.line, one.element.column))
    return tuple(
        one.rule.at(Place(file, one.element.line, one.element.column), one.case, **one.holes)
        for one in ordered
    )


def _faults(drawing: SvgDrawing, palette: Palette) -> Iterator[_Fault]:
    copies = drawing.copies()
    if copies is None or copies.elements > _MOST_COPIES:
        case = "endless" if copies is None else "copies"
        yield _drawn(case, drawing.root, limit=f"{_MOST_COPIES:,}")
        return
    if copies.letters > LARGEST:
        yield _drawn("bulk", drawing.root, limit=f"{LARGEST / 1e6:g}")
        return
    yield from _sizes(drawing.root)
    for rule, element in drawing.styles.ignored:
        yield _drawn("rule", element, rule=_short(rule))
    for element in drawing.root.walk():
        if element.tag == "style":
            yield from _variables(element, without_comments(element.text), palette.tokens)
    for one in drawing.drawn():
        yield from _element_faults(drawing, one)
        for value in one.element.attributes.values():
            yield from _variables(one.element, value, palette.tokens)
        yield from _references(drawing, one)
        yield from _text(one, palette)


def _drawn(case: str, element: SvgElement, /, **holes: str) -> _Fault:
    return _Fault(FIGURE_DRAWN, case, element, {"element": element.shown, **holes})


def _sizes(root: SvgElement) -> Iterator[_Fault]:
    """Sizes that the engine cannot read, or with no ratio: it gives up the page with them."""
    for name in ("width", "height"):
        value = root.attributes.get(name, "100%")
        if not _LENGTH.fullmatch(value):
            yield _drawn("size", root, value=_short(value))
    for element in root.walk():
        box = element.attributes.get("viewBox")
        if box is not None and element.tag in _FRAMED and not _is_view_box(box):
            yield _drawn("view-box", element, value=_short(box))


def _is_view_box(value: str) -> bool:
    """Whether it is four numbers, of which the last two are a width and a height (SVG 2, 8.6)."""
    try:
        numbers = [float(part) for part in re.split(r"[\s,]+", value.strip())]
    except ValueError:
        return False
    return len(numbers) == 4 and all(abs(one) < 1e9 for one in numbers) and min(numbers[2:]) > 1e-9


def _element_faults(drawing: SvgDrawing, one: Drawn) -> Iterator[_Fault]:
    """What an element is, or what is set on it, that the engine leaves out."""
    element, styles = one.element, one.styles
    if element.tag == "foreignObject" and _has_content(element):
        yield _drawn("html", element)
    elif element.tag == "textPath":
        yield _drawn("text-path", element)
    elif element.tag == "script":
        yield _drawn("script", element)
    elif element.tag == "image":
        yield _drawn("picture", element)
    elif element.tag in _ANIMATIONS:
        yield _drawn("animation", element)
    elif element.tag == "switch" and sum(one.tag not in _UNDRAWN for one in element.children) > 1:
        yield _drawn("alternatives", element)
    for name, value in unknown_properties(drawing, one):
        yield _drawn("property", element, property=name, value=_short(value))
    if styles.get("animation-name", styles.get("animation", "none")) != "none":
        yield _drawn("animation", element)
    if styles.get("mix-blend-mode", "normal") != "normal":
        yield _drawn("blend", element)


def _has_content(element: SvgElement) -> bool:
    """Whether HTML in a drawing shows something. Some programs put their own data there."""
    return any(inner.text.strip() or inner.tag in ("img", "svg") for inner in element.walk())


def _variables(element: SvgElement, value: str, tokens: frozenset[str]) -> Iterator[_Fault]:
    """Colors by name that are not tokens."""
    if "var(" in value:
        left = _TOKEN.sub(lambda match: "" if match[1] in tokens else match[0], value)
        for match in _VARIABLE.finditer(left):
            yield _drawn("variable", element, value=match[1])


def _references(drawing: SvgDrawing, one: Drawn) -> Iterator[_Fault]:
    element, styles = one.element, one.styles
    href = styles.get("href", "")
    if element.tag in _BORROWING and href and not href.startswith("#"):
        yield _drawn("external", element, target=_short(href))
    for name in (*REFERENCES, "filter"):
        target = target_of(styles.get(name, ""))
        if target and not target.startswith("#"):
            yield _drawn("external", element, target=_short(target))
        elif target and name.startswith("marker"):
            found = drawing.by_id.get(target[1:])
            if found is None or found.tag != "marker":
                yield _drawn("marker", element, target=_short(target))
    if _is_filtered(drawing, styles.get("filter", "none")):
        yield _drawn("filter", element)


def _is_filtered(drawing: SvgDrawing, value: str) -> bool:
    """Whether a filter does what the engine does not; one that is not there does nothing."""
    if value in ("none", ""):
        return False
    if not (target := target_of(value)):
        return True
    found = drawing.by_id.get(target.removeprefix("#"))
    return found is not None and any(one.tag not in _PRIMITIVES for one in found.children)


def _text(one: Drawn, palette: Palette) -> Iterator[_Fault]:
    """Text in a font that is not the card's, the first that is named being the one that is used;
    or with a sign that the card's fonts do not have.
    """
    element, styles = one.element, one.styles
    words = " ".join(element.text.split())
    if (
        element.tag not in ("text", "tspan", "a", "tref")
        or not words
        or not palette.families
        or styles.get("visibility") == "hidden"
    ):
        return
    named = styles.get("font-family", "")
    if len(shorthand := styles.get("font", "").split(maxsplit=1)) == 2:
        named = shorthand[1]
    font = named.split(",")[0].strip().strip("\"'")
    if font.casefold() not in {family.casefold() for family in palette.families}:
        holes = {"text": _short(words), "font": font, "fonts": ", ".join(sorted(palette.families))}
        yield _Fault(FIGURE_FONT, "foreign" if font else "none", element, holes)
        return
    for sign in dict.fromkeys(words):
        if palette.fonts and is_inked(sign) and not palette.fonts.have(sign):
            yield _Fault(FIGURE_FONT, "sign", element, {"value": sign, "name": sign_name(sign)})


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
