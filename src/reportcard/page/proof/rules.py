"""Rules on laid-out pages."""

from typing import Final

from reportcard.problems.problem import Severity
from reportcard.problems.rule import Rule, Stage

PAGE_NOTE: Final = Rule(
    "PAGE-NOTE",
    Severity.ERROR,
    Stage.LAYOUT,
    cases={
        "apart": (
            ("note {number} is on page {note_page}, but its reference is on page {call_page}."),
            (
                "Shorten the text on the page with the note reference by one line, or move the "
                "reference."
            ),
        ),
        "unprinted": (
            "note {number} is referenced here but not printed.",
            "Check whether a style sheet hides the note.",
        ),
        "uncalled": (
            ("note {number} is on page {note_page}, but its number does not appear in the text."),
            "Check whether a style sheet hides the note reference.",
        ),
    },
    why=("A note must begin on the same page as its reference, so that readers can find it."),
    is_waivable=True,
)
PAGE_NOTE_ORDER: Final = Rule(
    "PAGE-NOTE-ORDER",
    Severity.ERROR,
    Stage.LAYOUT,
    message="note {number} is printed above note {before}.",
    advice="Move the note reference so that the notes print in order.",
    why=("Notes must be printed in numerical order, both on each page and from page to page."),
    is_waivable=True,
)
PAGE_OVERFLOW: Final = Rule(
    "PAGE-OVERFLOW",
    Severity.ERROR,
    Stage.LAYOUT,
    message='"{text}" overflows its box.',
    advice="Shorten the text, add a space where the line can break, or give it more room in the "
    "style sheets of the theme.",
    why=(
        "Lines must stay within the text area of the page. A long word or an address "
        "that cannot be broken may extend beyond it."
    ),
    is_waivable=True,
)
PAGE_TRIM: Final = Rule(
    "PAGE-TRIM",
    Severity.ERROR,
    Stage.LAYOUT,
    message='"{text}" is {distance} mm from the edge of the page; the minimum is {least} mm.',
    advice="Enlarge the margins in the style sheets of the theme, or shorten the text.",
    why=(
        "Pages are cut after printing, and not to the millimeter. Text at the edge may be cut off, "
        "and text beyond it is never seen."
    ),
    is_waivable=True,
)
PAGE_HEADING: Final = Rule(
    "PAGE-HEADING",
    Severity.WARNING,
    Stage.LAYOUT,
    message='the heading "{text}" is stranded at the foot of the page.',
    advice="Shorten the text before it.",
    why="A heading must be followed by at least two lines of text on the same page.",
    is_waivable=True,
)
PAGE_WIDOW: Final = Rule(
    "PAGE-WIDOW",
    Severity.WARNING,
    Stage.LAYOUT,
    message='the line "{text}" is separated from the rest of its paragraph.',
    advice="Add or cut a few words.",
    why=(
        "The first line of a paragraph must not be left alone at the foot of a page or column, "
        "nor its last line at the top of the next."
    ),
    is_waivable=True,
)
PAGE_EARLY_LINE: Final = Rule(
    "PAGE-EARLY-LINE",
    Severity.WARNING,
    Stage.LAYOUT,
    message='the line ending in "{text}" breaks too early: the next word would fit.',
    advice="Add or cut a word in this paragraph.",
    why=(
        "A line that breaks too early, even though the next word would still fit, "
        "leaves a gap in the paragraph."
    ),
    is_waivable=True,
)
PAGE_RUNT: Final = Rule(
    "PAGE-RUNT",
    Severity.WARNING,
    Stage.LAYOUT,
    message='the last line of a paragraph, "{text}", is too short.',
    advice="Add or cut a word in this paragraph.",
    why="The last line of a paragraph must be at least 10 mm long, or it looks like a gap.",
    is_waivable=True,
)
PAGE_COLLISION: Final = Rule(
    "PAGE-COLLISION",
    Severity.ERROR,
    Stage.LAYOUT,
    message='"{text}" is printed over "{other}".',
    advice="Shorten one of the two texts.",
    why=(
        "Text must not be printed over other text. A name may be too long for the space available."
    ),
    is_waivable=True,
)
PAGE_COVER: Final = Rule(
    "PAGE-COVER",
    Severity.WARNING,
    Stage.LAYOUT,
    message="the space below the cover title is only {space} mm; the minimum is {least} mm.",
    advice="Shorten the title, or list fewer authors.",
    why=(
        "The title and subtitle must end well above the authors' names. The program tries "
        "smaller title sizes first."
    ),
    is_waivable=True,
)
PAGE_HEAD: Final = Rule(
    "PAGE-HEAD",
    Severity.WARNING,
    Stage.LAYOUT,
    message='"{text}" does not fit on one line at the head or foot of the page.',
    advice="Shorten the name or give it a short form.",
    why="Page headers and footers must each fit on one line and must not be cut off.",
    is_waivable=True,
)
PAGE_MEASURE: Final = Rule(
    "PAGE-MEASURE",
    Severity.WARNING,
    Stage.LAYOUT,
    message="a line has {letters} characters; the maximum is {most}.",
    advice="Narrow the text column or increase the font size in styles/.",
    why=(
        "Readers lose their place in long lines. A line of text can have at most 85 "
        "characters; a line of a note, at most 110."
    ),
    is_waivable=True,
)
PAGE_PITCH: Final = Rule(
    "PAGE-PITCH",
    Severity.WARNING,
    Stage.LAYOUT,
    message='the line "{text}" has more space above it than the other lines.',
    advice=("In styles/, set the line height to 0 for the element that makes this line taller."),
    why="The lines of a paragraph must be the same distance apart.",
    is_waivable=True,
)
PAGE_TAIL: Final = Rule(
    "PAGE-TAIL",
    Severity.WARNING,
    Stage.LAYOUT,
    message="the last page of this section is only {share}% full.",
    advice="Add or cut a few lines in this section.",
    why="The last page of a section must be at least a quarter full.",
    is_waivable=True,
)
PAGE_HOLE: Final = Rule(
    "PAGE-HOLE",
    Severity.WARNING,
    Stage.LAYOUT,
    cases={
        "text": (
            "the last page of this section is only {share}% full.",
            "Cut or add a few lines in this section.",
        ),
        "quote": (
            "the last page of this section is only {share}% full.",
            (
                "Cut or add a few lines in this section, or add a `quote` to this dimension, "
                "which is printed where the page has room."
            ),
        ),
        "off": (
            "the last page of this section is only {share}% full.",
            (
                "Cut or add a few lines in this section, or allow `quote` or `strengths` in the "
                "`fillers` of content/edition.yaml."
            ),
        ),
        "run-on": (
            "the last page of this section is only {share}% full.",
            (
                "Cut or add a few lines in this section, or allow `run-on` in the `fillers` of "
                "content/edition.yaml, so that the next section can begin on this page."
            ),
        ),
        "apart": (
            (
                "the last page of this section is only {share}% full. The next section cannot "
                "begin on it: in one of the languages it does not fit, or another page would be "
                "half empty."
            ),
            "Cut or add a few lines in this section or in the next.",
        ),
        "unfilled": (
            (
                "the last page of this section is only {share}% full. The parts that may fill it "
                "do not fit in every language."
            ),
            "Add a few lines to this section, or shorten it in the other languages.",
        ),
        "filled": (
            (
                "the last page of this section is only {share}% full, with the parts that may "
                "fill it."
            ),
            "Add a few lines to this section.",
        ),
    },
    why="A page of text must be at least half full.",
    is_waivable=True,
)
PAGE_GAP: Final = Rule(
    "PAGE-GAP",
    Severity.WARNING,
    Stage.LAYOUT,
    message="the page is only {share}% full, because the next block did not fit on it.",
    advice="Cut or add a few lines in this section.",
    why=(
        "A page of text must be at least half full. A column with notes moves to the next page "
        "in one piece if its notes do not fit."
    ),
    is_waivable=True,
)
PAGE_FILLED: Final = Rule(
    "PAGE-FILLED",
    Severity.NOTE,
    Stage.LAYOUT,
    message='the last page of the section "{section}" was filled with: {parts}.',
    advice="To leave the page as it was, change `fillers` in content/edition.yaml.",
    why=(
        "If the last page of a dimension is less than half full, the program fills it "
        "with the elements that the edition allows. Recommendations begin below the "
        "end of the context if this leaves fewer pages, or fewer that are half empty."
    ),
)
PAGE_FULL: Final = Rule(
    "PAGE-FULL",
    Severity.ERROR,
    Stage.LAYOUT,
    message='"{name}" is too long: it takes up {pages} pages.',
    advice="Shorten its text or the names in it, or set it smaller in the style sheets of the "
    "theme.",
    why=(
        "The scoreboard must fit on two pages, and a social media picture on "
        "one. There are too many rows, or the text is too long."
    ),
    is_waivable=True,
)
PAGE_GAUGES: Final = Rule(
    "PAGE-GAUGES",
    Severity.ERROR,
    Stage.LAYOUT,
    cases={
        "crooked": (
            'the gauge "{name}" is not level with "{other}".',
            "Correct the row's styles, or shorten the label.",
        ),
        "crossed": (
            'the gauge "{name}" overlaps "{other}".',
            "Shorten this label, or correct the row's styles.",
        ),
    },
    why="The gauges in a row must be level, and their labels must not overlap.",
    is_waivable=True,
)
PAGE_FONT: Final = Rule(
    "PAGE-FONT",
    Severity.ERROR,
    Stage.LAYOUT,
    cases={
        "characters": (
            "the fonts in styles/ do not contain {characters}; {font} is used instead.",
            "Use another character, or declare a font that contains this one.",
        ),
        "missing": (
            "no font contains {characters}.",
            "Use another character, or declare a font that contains this one.",
        ),
        "font": (
            "{font} is used but not declared in styles/.",
            "Declare it with @font-face, or use a declared font.",
        ),
    },
    why=(
        "Pages use the fonts declared in the style sheets. A character missing from "
        "those fonts is taken from a font on this computer, and may look different on "
        "another computer."
    ),
)
PAGE_CONTRAST: Final = Rule(
    "PAGE-CONTRAST",
    Severity.ERROR,
    Stage.LAYOUT,
    cases={
        "text": (
            (
                '"{text}" has a contrast of {ratio}:1 against its background; the minimum is '
                "{least}:1."
            ),
            "Choose a darker or lighter color in styles/.",
        ),
        "graphic": (
            (
                "{graphic} has a contrast of {ratio}:1 against its background; the minimum is "
                "{least}:1."
            ),
            "Choose a darker or lighter color in styles/.",
        ),
    },
    why=(
        "Text must have a contrast of at least 4.5:1 against its background. For text "
        "of at least 18 pt (or 14 pt bold), and for gauges and bars, 3:1 is enough "
        "(WCAG 2.2, success criteria 1.4.3 and 1.4.11)."
    ),
)
PAGE_SMALL: Final = Rule(
    "PAGE-SMALL",
    Severity.ERROR,
    Stage.LAYOUT,
    message='"{text}" is set at {size} pt; the minimum is {least} pt.',
    advice="Choose a larger font size in styles/.",
    why="Text smaller than 7 pt is hard to read in print.",
    is_waivable=True,
)
PAGE_RESOLUTION: Final = Rule(
    "PAGE-RESOLUTION",
    Severity.WARNING,
    Stage.LAYOUT,
    message="{picture} has {ppi} pixels per inch; the minimum is {least}.",
    advice="Use a higher-resolution picture or a vector graphic.",
    why="A picture must have at least 300 pixels per inch at its printed size.",
    is_waivable=True,
)
PAGE_PICTURE: Final = Rule(
    "PAGE-PICTURE",
    Severity.ERROR,
    Stage.LAYOUT,
    cases={
        "inks": (
            "{picture} is in CMYK.",
            "Save it as RGB. It is converted for print with the printer's profile.",
        ),
        "depth": (
            "{picture} has more than 8 bits per channel.",
            "Save it as RGB with 8 bits per channel.",
        ),
    },
    why=(
        "The screen, print and archive editions share one layout, so pictures must be "
        "RGB with 8 bits per channel."
    ),
)
PAGE_COUNT: Final = Rule(
    "PAGE-COUNT",
    Severity.WARNING,
    Stage.LAYOUT,
    message="the number of pages differs by language: {counts}.",
    advice="Shorten the text in the language with more pages.",
    why="The language versions of a card may differ in length by at most one page.",
)
PAGE_MENDED: Final = Rule(
    "PAGE-MENDED",
    Severity.NOTE,
    Stage.LAYOUT,
    message=(
        'to fix a layout problem in the section "{section}", {change}. The problem was: {fault}'
    ),
    why=(
        "To fix a layout problem, the program slightly changed the spacing, the font "
        "size or a line break in one section. This note describes the change."
    ),
    is_waivable=True,
)
