"""Rules on styles and on laid-out pages."""

from typing import Final

from reportcard.problems.problem import Severity
from reportcard.problems.rule import Rule, Stage

STYLE_MISSING: Final = Rule(
    "STYLE-MISSING",
    Severity.ERROR,
    Stage.CONTENT,
    why="A style sheet or the colour tokens are not in styles/.",
)
STYLE_UNREADABLE: Final = Rule(
    "STYLE-UNREADABLE",
    Severity.ERROR,
    Stage.CONTENT,
    why="A style sheet cannot be read.",
)
STYLE_TOKEN: Final = Rule(
    "STYLE-TOKEN",
    Severity.ERROR,
    Stage.CONTENT,
    why="A colour is not defined, or not as it should be, or has more than 300 % ink.",
    wrong="gold: red",
    right='gold: {screen: "#a87214", print: [20, 50, 100, 16]}',
    cases={
        "heat": (
            'color "{name}" of the scoreboard\'s heat map is missing.',
            "Copy the colors heat-1 to heat-5, styles/5-scoreboard.css and figures/hatch.svg from a"
            " new workspace (`reportcard init`).",
        ),
    },
)
PAGE_NOTE: Final = Rule(
    "PAGE-NOTE",
    Severity.ERROR,
    Stage.LAYOUT,
    why="A note begins on another page than its call.",
    is_waivable=True,
)
PAGE_NOTE_ORDER: Final = Rule(
    "PAGE-NOTE-ORDER",
    Severity.ERROR,
    Stage.LAYOUT,
    why=(
        "Notes do not follow each other down the page and from page to page in the order of "
        "their numbers."
    ),
    is_waivable=True,
)
PAGE_OVERFLOW: Final = Rule(
    "PAGE-OVERFLOW",
    Severity.ERROR,
    Stage.LAYOUT,
    why=(
        "A line of text reaches out of the page's text block: a word or an address that cannot "
        "be broken."
    ),
    is_waivable=True,
)
PAGE_HEADING: Final = Rule(
    "PAGE-HEADING",
    Severity.WARNING,
    Stage.LAYOUT,
    why="A heading has fewer than two lines of text after it on its page.",
    is_waivable=True,
)
PAGE_WIDOW: Final = Rule(
    "PAGE-WIDOW",
    Severity.WARNING,
    Stage.LAYOUT,
    why=(
        "The last line of a paragraph stands alone at the head of a page, or its first line "
        "alone at the foot."
    ),
    is_waivable=True,
)
PAGE_EARLY_LINE: Final = Rule(
    "PAGE-EARLY-LINE",
    Severity.WARNING,
    Stage.LAYOUT,
    why="A line ends early though the next word had room.",
    is_waivable=True,
)
PAGE_TAIL: Final = Rule(
    "PAGE-TAIL",
    Severity.WARNING,
    Stage.LAYOUT,
    why="A section's last page is less than a quarter full.",
    is_waivable=True,
)
PAGE_FULL: Final = Rule(
    "PAGE-FULL",
    Severity.ERROR,
    Stage.LAYOUT,
    why=(
        "A page of the scoreboard, which is a leaf of two pages, does not hold what stands on "
        "it: too many countries, or too long a text."
    ),
    is_waivable=True,
)
PAGE_GAUGES: Final = Rule(
    "PAGE-GAUGES",
    Severity.ERROR,
    Stage.LAYOUT,
    why="Gauges of one row do not stand on one line, or their labels reach into each other.",
    is_waivable=True,
)
PAGE_FONT: Final = Rule(
    "PAGE-FONT",
    Severity.ERROR,
    Stage.LAYOUT,
    why="A glyph comes from a font that the styles do not declare: the declared ones lack it.",
)
PAGE_CONTRAST: Final = Rule(
    "PAGE-CONTRAST",
    Severity.ERROR,
    Stage.LAYOUT,
    why=(
        "Text has less than 4.5 : 1 contrast to its background (3 : 1 from 18 pt, or from 14 "
        "pt bold), or a gauge or bar less than 3 : 1 to what it lies on: WCAG 2.2, success "
        "criteria 1.4.3 and 1.4.11."
    ),
    is_waivable=True,
)
PAGE_SMALL: Final = Rule(
    "PAGE-SMALL",
    Severity.ERROR,
    Stage.LAYOUT,
    why="Text is smaller than 7 pt.",
    is_waivable=True,
)
PAGE_RESOLUTION: Final = Rule(
    "PAGE-RESOLUTION",
    Severity.WARNING,
    Stage.LAYOUT,
    why="A picture has fewer than 300 pixels per inch at its printed size.",
    is_waivable=True,
)
PAGE_PICTURE: Final = Rule(
    "PAGE-PICTURE",
    Severity.ERROR,
    Stage.LAYOUT,
    why=(
        "A picture is in CMYK, or has more than 8 bits a colour. One layout serves screen, "
        "print and archive: pictures are given in RGB."
    ),
)
PAGE_COUNT: Final = Rule(
    "PAGE-COUNT",
    Severity.WARNING,
    Stage.LAYOUT,
    why="The languages of a card differ by more than one page.",
)
PAGE_MENDED: Final = Rule(
    "PAGE-MENDED",
    Severity.NOTE,
    Stage.LAYOUT,
    why=(
        "The typesetter changed spacing, size or a tie a little, in one section, to mend a "
        "fault of the page. It says what it did."
    ),
    is_waivable=True,
)
