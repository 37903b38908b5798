"""Rules on styles and templates."""

from typing import Final

from reportcard.problems.problem import Severity
from reportcard.problems.rule import Rule, Stage

STYLE_MISSING: Final = Rule(
    "STYLE-MISSING",
    Severity.ERROR,
    Stage.CONTENT,
    cases={
        "tokens": ("this file is missing.", "Copy it from a new workspace (`reportcard init`)."),
        "web": (
            "this style sheet is missing; the web edition requires it.",
            "Copy it from a new workspace (`reportcard init`).",
        ),
        "sheets": (
            "this folder has no style sheet.",
            "Copy the style sheets of a theme from a new workspace (`reportcard init`).",
        ),
        "theme": (
            "this folder has no theme.",
            "Copy a theme folder from styles/ in a new workspace (`reportcard init`), or name a "
            "theme with `theme:` in content/edition.yaml.",
        ),
    },
    why="Every card needs the style sheets and the color tokens of a theme.",
)
STYLE_THEME: Final = Rule(
    "STYLE-THEME",
    Severity.ERROR,
    Stage.CONTENT,
    cases={
        "unknown": (
            'there is no theme "{name}".',
            "Choose from: {names}. A theme is a folder in styles/, or comes from a package.",
        ),
        "several": (
            "styles/ contains several themes: {names}.",
            "Add a line that names one of them, such as `theme: name`.",
        ),
    },
    why=(
        "A theme is a folder in styles/, so a workspace can have several. The edition names the "
        "one that its cards use."
    ),
    wrong="theme: goold",
    right="theme: gold",
)
STYLE_LOOSE: Final = Rule(
    "STYLE-LOOSE",
    Severity.NOTE,
    Stage.CONTENT,
    message=(
        "this theme is not in a folder of its own. A later version of Report Card will not read it."
    ),
    advice="Run `reportcard migrate`.",
    why="A theme is a folder in styles/, so a workspace can have several.",
)
STYLE_FONT: Final = Rule(
    "STYLE-FONT",
    Severity.ERROR,
    Stage.CONTENT,
    cases={
        "family": (
            'no style sheet declares the font "{name}".',
            "Add an @font-face rule with its file, or correct the name.",
        ),
        "file": (
            "there is no font file {name}.",
            "Put it in {folder}/fonts/, or install the package that contains it.",
        ),
        "unreadable": (
            "cannot read the font file {name}: {reason}.",
            "Correct the file's permissions, or replace it with a readable file.",
        ),
        "damaged": (
            "the font file {name} is damaged: {reason}.",
            "Copy it again from its original source, or save it again in a font editor.",
        ),
    },
    why=(
        "Pages, gauges and figures use the fonts that the style sheets declare. A missing font "
        "is replaced by one from this computer."
    ),
    wrong="fonts: {text: Source Srif Pro}",
    right="fonts: {text: Source Serif Pro}",
)
STYLE_UNREADABLE: Final = Rule(
    "STYLE-UNREADABLE",
    Severity.ERROR,
    Stage.CONTENT,
    message="cannot read this style sheet: {error}.",
    advice="Save it as UTF-8 text.",
    why="A style sheet that is not readable as UTF-8 text has no effect.",
)
STYLE_SYNTAX: Final = Rule(
    "STYLE-SYNTAX",
    Severity.ERROR,
    Stage.CONTENT,
    cases={
        "open": (
            "the curly bracket that opens here is not closed.",
            "Close it where the rule ends.",
        ),
        "close": (
            "this curly bracket closes nothing.",
            "Delete it, or add the opening bracket of its rule.",
        ),
        "comment": (
            "the comment that begins here is not closed.",
            "Write */ where it ends.",
        ),
        "string": (
            "the quotation mark that opens here is not closed on its line.",
            "Close it on the same line.",
        ),
        "import": (
            "@import has no effect.",
            "Delete it. All style sheets in the theme's folder are used, in the order of their "
            "names.",
        ),
    },
    why=(
        "A style sheet is read up to a mark without its other half; what follows is skipped, and "
        "pages lose their look."
    ),
    wrong="p { color: var(--ink);",
    right="p { color: var(--ink); }",
)
STYLE_TOKEN: Final = Rule(
    "STYLE-TOKEN",
    Severity.ERROR,
    Stage.CONTENT,
    cases={
        "screen": (
            'color "{name}" needs a screen value such as "#1d2a26".',
            'Write {screen: "#rrggbb", print: [c, m, y, k]}.',
        ),
        "inks": (
            'color "{name}" needs four CMYK values for print.',
            'Write {screen: "#rrggbb", print: [c, m, y, k]}.',
        ),
        "heavy": (
            'color "{name}" uses too much ink.',
            "Use at most 100% of each ink and {maximum}% in total.",
        ),
        "dimension": (
            'color "{name}" is missing.',
            "Add it: a scoreboard with {dimensions} dimensions needs two colors for each.",
        ),
        "shared": (
            'color "{name}" is missing.',
            "Add it: pages of every theme use it.",
        ),
        "alike": (
            (
                'color "{name}" is {screen} on screen, like "{other}", but has a different '
                "print value."
            ),
            "Use the same print value for both, or change one of the screen values.",
        ),
        "unknown": (
            'color "{name}" is not defined.',
            "Add the color to {file}, or correct the name.",
        ),
        "heat": (
            'color "{name}" for the scoreboard\'s heat map is missing.',
            "Copy the colors heat-1 to heat-5, 5-scoreboard.css and figures/hatch.svg from a new "
            "workspace (`reportcard init`).",
        ),
    },
    why=(
        "Each color needs one value for screen and one for print, with at most 300% "
        "ink. For the print edition, screen colors are converted to their print values."
    ),
    wrong="gold: red",
    right='gold: {screen: "#a87214", print: [20, 50, 100, 16]}',
)
STYLE_APART: Final = Rule(
    "STYLE-APART",
    Severity.WARNING,
    Stage.CONTENT,
    message='color "{name}" looks different in print than on screen.',
    advice=(
        "If only one of the two values was changed, change the other. The print value closest to "
        "the screen color is {inks}."
    ),
    why=(
        "The screen and print editions of a card show the same colors. If a color is changed in "
        "only one of them, the two editions look different."
    ),
    wrong='gold: {screen: "#b24a2a", print: [20, 50, 100, 16]}',
    right='gold: {screen: "#b24a2a", print: [10, 82, 92, 14]}',
)
STYLE_TEMPLATE: Final = Rule(
    "STYLE-TEMPLATE",
    Severity.ERROR,
    Stage.CONTENT,
    cases={
        "unreadable": (
            "cannot read this template: {error}.",
            "Save it in this folder as UTF-8 text of at most {maximum} KB.",
        ),
        "syntax": ("syntax error: {error}.", "Correct this line of the template."),
        "unused": (
            "no page uses this template.",
            "Rename it to match a built-in template, or include it in another template.",
        ),
        "missing": (
            'there is no template "{error}".',
            "Use the name of a template in this folder or of a built-in template.",
        ),
        "failed": (
            "cannot fill in this template: {error}.",
            ("Correct this line. See docs/templates.md for the data available to each template."),
        ),
        "key": (
            'there is no text or color named "{error}".',
            ("Correct the name. See docs/templates.md for the data available to each template."),
        ),
        "refused": (
            "this template cannot be used: {error}.",
            "Use only the features listed in docs/templates.md.",
        ),
        "endless": (
            "this template runs forever.",
            (
                "Remove the infinite loop, or the code that makes the template include or call "
                "itself."
            ),
        ),
    },
    why=(
        "A template in the theme's templates/ folder replaces the built-in template of the same "
        "name. It can use the same data, but not files, the network or Python."
    ),
    wrong="<h2>{{ headng }}</h2>",
    right="<h2>{{ heading }}</h2>",
)
