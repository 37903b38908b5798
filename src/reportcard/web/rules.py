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
            "Add it to styles/fonts/ or figures/, or remove it from the style sheet.",
        ),
        "elsewhere": (
            '"{address}" is not in fonts/ or ../figures/.',
            "Copy it there or remove it: a web page loads no other files.",
        ),
    },
    why=(
        "A page of the web edition is one file that loads nothing else. A font or picture of the "
        "style sheet or a text is missing, or browsers cannot show it."
    ),
)
WEB_WEIGHT: Final = Rule(
    "WEB-WEIGHT",
    Severity.WARNING,
    Stage.COMMAND,
    message="this page has {size} KB, more than {limit} KB.",
    advice="Use fewer or smaller pictures.",
    why=(
        "A page of the web edition has more than 500 KB, which takes long to load over slow "
        "connections."
    ),
)
