"""Bullets that are typed with another sign than a hyphen and a space, and so print as text, or as a
list of their own.
"""

import re
from collections.abc import Iterator
from typing import Final

from reportcard.content.prose_rules import PROSE_LIST
from reportcard.content.tree import Text
from reportcard.problems.problem import Problem

#: Signs that begin a line as bullets do and nothing else does, before the bullet's words.
_ALWAYS: Final = re.compile(r" *(?:([•‣◦▪▫●○■□►▸➢✓])(?=\s*(?:\w|\*\*|[\[({«“¿¡]))|([*+])(?= ))")
#: Those that also stand for a dash within a sentence: here before a space, or a hyphen before a
#: word.
_DASH: Final = re.compile(
    r" *(?:([–—−·])(?=[ \u00a0]+(?:\w|\*\*|[\[({«“¿¡'\"<]))|(-)(?=[^\W\d]|\*\*))"
)
_BULLET: Final = re.compile(r" *- ")


def bullet_slips(text: Text, field: str) -> Iterator[Problem]:
    """The bullets of a field that are not written with a hyphen and a space, once a sign.

    A dash at the beginning of a line may belong to the sentence of the line before. It is a bullet
    where a paragraph begins, or right below a bullet that is indented alike, unless it has a
    counterpart in the same line.
    """
    told: set[str] = set()
    start = 0
    bullet: int | None = None
    is_new = True
    for line in str(text).split("\n"):
        indent = len(line) - len(line.lstrip(" "))
        match = _ALWAYS.match(line)
        dash = _DASH.match(line)
        if not match and dash and (is_new or bullet == indent) and not _is_aside(line, dash):
            match = dash
        if match and (sign := match[match.lastindex or 0]) not in told:
            told.add(sign)
            place = text.place_at(start + match.start(match.lastindex or 0))
            yield PROSE_LIST.at(place, "sign", field=field, sign=sign)
        if match or _BULLET.match(line):
            bullet = indent
        elif not line.strip() or indent < (bullet or 0):
            bullet = None
        is_new = not line.strip()
        start += len(line) + 1


def _is_aside(line: str, dash: re.Match[str]) -> bool:
    """Whether the dash opens an aside, which the same sign closes: “- so they say - ”, “-ríos-”."""
    sign = dash[1] or dash[2]
    rest = line[dash.end() :]
    if sign == "-":
        return re.search(r"\w-(?!\w)", rest) is not None
    return sign in rest
