"""Rules on the web edition."""

from typing import Final

from reportcard.problems.problem import Severity
from reportcard.problems.rule import Rule, Stage

WEB_FILE: Final = Rule(
    "WEB-FILE",
    Severity.ERROR,
    Stage.COMMAND,
    cases={
        "picture": (
            "browsers cannot show {file}: {reason}.",
            "Save it as PNG, JPEG, WebP, GIF or SVG.",
        ),
        "font": (
            "browsers cannot use the font {file}: {reason}.",
            "Replace it with a TrueType font.",
        ),
        "missing": (
            "cannot find {file}.",
            "Add it to the theme's fonts/ folder or to figures/, or remove it from the style "
            "sheet.",
        ),
        "elsewhere": (
            '"{address}" is not in fonts/ or ../figures/.',
            (
                "Copy the file there, or remove it from the style sheet: a web page cannot "
                "load other files."
            ),
        ),
    },
    why=(
        "Each page of the web edition is a single file that loads nothing else. A font "
        "or picture used in the style sheet or text is missing, or browsers cannot "
        "display it."
    ),
)
WEB_WEIGHT: Final = Rule(
    "WEB-WEIGHT",
    Severity.WARNING,
    Stage.COMMAND,
    message="this page is {size} KB; the limit is {limit} KB.",
    advice="Use fewer or smaller pictures.",
    why=(
        "A page of the web edition is larger than 500 KB, so it takes a long time to "
        "load over a slow connection."
    ),
)
