"""Rules on styles and on laid-out pages."""

from typing import Final

from reportcard.problems.problem import Severity
from reportcard.problems.rule import Rule, Stage

STYLE_MISSING: Final = Rule(
    "STYLE-MISSING",
    Severity.ERROR,
    Stage.CONTENT,
    cases={
        "tokens": ("this file is missing.", 'Copy it from a new workspace ("reportcard init").'),
        "web": (
            "the web edition needs this style sheet.",
            'Copy it from a new workspace ("reportcard init").',
        ),
        "sheets": (
            "this folder has no style sheet.",
            'Copy styles/ from a new workspace ("reportcard init").',
        ),
    },
    why="Every card needs the style sheets and the color tokens in styles/.",
)
STYLE_UNREADABLE: Final = Rule(
    "STYLE-UNREADABLE",
    Severity.ERROR,
    Stage.CONTENT,
    message="cannot read this style sheet: {error}.",
    advice="Save it as UTF-8 text.",
    why="A style sheet that cannot be read as UTF-8 text has no effect on any page.",
)
STYLE_TOKEN: Final = Rule(
    "STYLE-TOKEN",
    Severity.ERROR,
    Stage.CONTENT,
    cases={
        "screen": (
            'color "{name}" has no screen value such as "#1d2a26".',
            'Write {screen: "#rrggbb", print: [c, m, y, k]}.',
        ),
        "inks": (
            'color "{name}" does not have four inks for print.',
            'Write {screen: "#rrggbb", print: [c, m, y, k]}.',
        ),
        "heavy": (
            'color "{name}" has too much ink.',
            "Use at most 100% of each ink and {maximum}% in total.",
        ),
        "dimension": (
            'color "{name}" is missing.',
            "Add it: a scoreboard with {dimensions} dimensions needs two colors for each.",
        ),
        "alike": (
            'color "{name}" is {screen} on screen, as is "{other}", but has other inks in print.',
            "Give both the same inks, or change one of them on screen.",
        ),
        "unknown": ('color "{name}" is not defined.', "Add it to {file}, or correct its name."),
        "heat": (
            'color "{name}" of the scoreboard\'s heat map is missing.',
            "Copy the colors heat-1 to heat-5, styles/5-scoreboard.css and figures/hatch.svg from a"
            " new workspace (`reportcard init`).",
        ),
    },
    why=(
        "Each color has one value on screen and one in print, with at most 300% ink. The print "
        "edition is made from the screen colors."
    ),
    wrong="gold: red",
    right='gold: {screen: "#a87214", print: [20, 50, 100, 16]}',
)
STYLE_TEMPLATE: Final = Rule(
    "STYLE-TEMPLATE",
    Severity.ERROR,
    Stage.CONTENT,
    cases={
        "unreadable": (
            "cannot read this template: {error}.",
            "Save it as UTF-8 text of at most {maximum} KB, in this folder.",
        ),
        "syntax": ("syntax error: {error}.", "Correct this line of the template."),
        "unused": (
            "no page uses this template.",
            "Give it the name of one of the program's templates, or include it in another.",
        ),
        "missing": (
            'there is no template "{error}".',
            "Correct the name: templates are in this folder, or the program's own.",
        ),
        "failed": (
            "cannot fill in this template: {error}.",
            "Correct this line. docs/templates.md lists what each template gets.",
        ),
        "key": (
            'there is no text or color "{error}".',
            "Correct the name. docs/templates.md lists what each template gets.",
        ),
        "refused": (
            "a template may not do this: {error}.",
            "Use only what docs/templates.md lists.",
        ),
        "endless": (
            "this template never ends.",
            "Remove the endless loop, or what makes the template include or call itself.",
        ),
    },
    why=(
        "A template in styles/templates/ replaces the program's template of the same name. It sees "
        "the same data and nothing else: no files, no network, no Python."
    ),
    wrong="<h2>{{ headng }}</h2>",
    right="<h2>{{ heading }}</h2>",
)
PAGE_NOTE: Final = Rule(
    "PAGE-NOTE",
    Severity.ERROR,
    Stage.LAYOUT,
    cases={
        "apart": (
            "note {number} is on page {note_page}, but its call is on page {call_page}.",
            "Shorten the text on that page by a line, or move the note call.",
        ),
        "unprinted": (
            "note {number} is called here but not printed.",
            "Check whether a style sheet hides it.",
        ),
        "uncalled": (
            ("note {number} is on page {note_page}, but its number does not appear in the text."),
            "Check whether a style sheet hides the note call.",
        ),
    },
    why="A note begins on the page of its call, so that readers find it.",
    is_waivable=True,
)
PAGE_NOTE_ORDER: Final = Rule(
    "PAGE-NOTE-ORDER",
    Severity.ERROR,
    Stage.LAYOUT,
    message="note {number} is printed above note {before}.",
    advice="Move its note call.",
    why="Notes are printed in the order of their numbers, on each page and from page to page.",
    is_waivable=True,
)
PAGE_OVERFLOW: Final = Rule(
    "PAGE-OVERFLOW",
    Severity.ERROR,
    Stage.LAYOUT,
    message='"{text}" overflows its box.',
    advice="Shorten it or allow a break.",
    why=(
        "A line does not extend beyond the text block of its page. A long word or an address that "
        "cannot be broken does."
    ),
    is_waivable=True,
)
PAGE_HEADING: Final = Rule(
    "PAGE-HEADING",
    Severity.WARNING,
    Stage.LAYOUT,
    message='the heading "{text}" is stranded at the foot of the page.',
    advice="Shorten the text before it.",
    why="A heading has at least two lines of text after it on its page.",
    is_waivable=True,
)
PAGE_WIDOW: Final = Rule(
    "PAGE-WIDOW",
    Severity.WARNING,
    Stage.LAYOUT,
    message='the line "{text}" is separated from the rest of its paragraph.',
    advice="Add or cut a few words.",
    why=(
        "The first line of a paragraph is not left alone at the foot of a page, nor its last line "
        "at the head of the next."
    ),
    is_waivable=True,
)
PAGE_EARLY_LINE: Final = Rule(
    "PAGE-EARLY-LINE",
    Severity.WARNING,
    Stage.LAYOUT,
    message='the line ending in "{text}" breaks too early: the next word would fit.',
    advice="Add or cut a word in this paragraph.",
    why=("If a line breaks even though the next word would fit, it leaves a gap in the paragraph."),
    is_waivable=True,
)
PAGE_TAIL: Final = Rule(
    "PAGE-TAIL",
    Severity.WARNING,
    Stage.LAYOUT,
    message="the last page of this section is only {share}% full.",
    advice="Cut a few lines of this section, or add some.",
    why="The last page of a section is at least a quarter full.",
    is_waivable=True,
)
PAGE_HOLE: Final = Rule(
    "PAGE-HOLE",
    Severity.WARNING,
    Stage.LAYOUT,
    message="the last page of this section is only {share}% full.",
    advice="Cut or add some lines of this section, or give it a quote that fills the page.",
    why="A page of text is at least half full.",
    is_waivable=True,
)
PAGE_FILLED: Final = Rule(
    "PAGE-FILLED",
    Severity.NOTE,
    Stage.LAYOUT,
    message='the last page of the section "{section}" was filled with: {parts}.',
    advice="To leave it as it was, change `fillers` in content/edition.yaml.",
    why=(
        "Where the last page of a dimension is less than half full, the program adds the parts "
        "that the edition allows."
    ),
)
PAGE_FULL: Final = Rule(
    "PAGE-FULL",
    Severity.ERROR,
    Stage.LAYOUT,
    message='the page "{name}" takes up {pages} pages.',
    advice="Shorten its text or the names on it.",
    why=(
        "The scoreboard is a leaf of two pages, and a picture is one page. Too many countries or "
        "too long a text do not fit."
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
            "Correct the styles of the row, or shorten the label.",
        ),
        "crossed": (
            'the gauge "{name}" overlaps "{other}".',
            "Shorten this label, or correct the styles of the row.",
        ),
    },
    why="The gauges of a row are level, and their labels do not overlap.",
    is_waivable=True,
)
PAGE_FONT: Final = Rule(
    "PAGE-FONT",
    Severity.ERROR,
    Stage.LAYOUT,
    cases={
        "characters": (
            "the fonts of styles/ have no {characters}; {font} is used instead.",
            "Write another character, or declare a font that has this one.",
        ),
        "missing": (
            "no font has {characters}.",
            "Write another character, or declare a font that has this one.",
        ),
        "font": (
            "{font} is used but not declared in styles/.",
            "Declare it with @font-face, or use a declared font.",
        ),
    },
    why=(
        "Pages use the fonts that the style sheets declare. A character that they lack comes from "
        "a font of this machine, and looks different on another."
    ),
)
PAGE_CONTRAST: Final = Rule(
    "PAGE-CONTRAST",
    Severity.ERROR,
    Stage.LAYOUT,
    cases={
        "text": (
            '"{text}" has a contrast of {ratio}:1 to its background; {least}:1 is the minimum.',
            "Choose a darker or lighter color in styles/.",
        ),
        "graphic": (
            "{graphic} has a contrast of {ratio}:1 to its background; {least}:1 is the minimum.",
            "Choose a darker or lighter color in styles/.",
        ),
    },
    why=(
        "Text has a contrast of at least 4.5:1 to its background; from 18 pt, or 14 pt bold, 3:1 "
        "is enough. A gauge or bar has at least 3:1 (WCAG 2.2, success criteria 1.4.3 and 1.4.11)."
    ),
)
PAGE_SMALL: Final = Rule(
    "PAGE-SMALL",
    Severity.ERROR,
    Stage.LAYOUT,
    message='"{text}" is set in {size} pt; {least} pt is the minimum.',
    advice="Choose a larger font size in styles/.",
    why="Text smaller than 7 pt is hard to read in print.",
    is_waivable=True,
)
PAGE_RESOLUTION: Final = Rule(
    "PAGE-RESOLUTION",
    Severity.WARNING,
    Stage.LAYOUT,
    message="{picture} has {ppi} pixels per inch; {least} is the minimum.",
    advice="Use a larger picture or a vector one.",
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
            "Save it as RGB; the print edition converts it with the printer's profile.",
        ),
        "depth": (
            "{picture} has more than 8 bits per color.",
            "Save it as RGB with 8 bits per color.",
        ),
    },
    why=(
        "One layout serves screen, print and archive, so pictures are in RGB with 8 bits per color."
    ),
)
PAGE_COUNT: Final = Rule(
    "PAGE-COUNT",
    Severity.WARNING,
    Stage.LAYOUT,
    message="the number of pages differs by language: {counts}.",
    advice="Shorten the longer text.",
    why="The languages of a card differ by at most one page.",
)
PAGE_MENDED: Final = Rule(
    "PAGE-MENDED",
    Severity.NOTE,
    Stage.LAYOUT,
    message='{change} in the section "{section}", because {fault}',
    why=(
        "To fix a fault of the page, the program changed spacing, size or a line break of one "
        "section a little. This note says what it did."
    ),
    is_waivable=True,
)
