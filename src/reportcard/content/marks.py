"""Where Markdown sees bold, italics and links in a text that is written letter by letter, and which
letters it would take for them (CommonMark 0.31: 6.2, delimiter runs; 2.4, backslash escapes).
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

_ENTITY: Final = re.compile(r"&#?\w+;")


def lost_ends(texts: Sequence[str], values: Sequence[object], *, is_flanked: bool) -> Iterator[int]:
    """The letters at the ends of a mark that have to lose it: white space and, of a flanked mark
    (bold, italics), punctuation beyond which a letter follows or precedes.

    `texts` are the letters, empty for what is none, such as a call; `values` what each has of the
    mark, false for nothing.
    """
    at = 0
    while at < len(texts):
        end = at + 1
        while end < len(texts) and values[end] == values[at]:
            end += 1
        if values[at]:
            first, last = at, end
            while first < last and (
                texts[first].isspace() or (is_flanked and _is_stuck(texts, first, first - 1))
            ):
                first += 1
            while last > first and (
                texts[last - 1].isspace() or (is_flanked and _is_stuck(texts, last - 1, last))
            ):
                last -= 1
            yield from range(at, first)
            yield from range(last, end)
        at = end


def _is_stuck(texts: Sequence[str], inner: int, outer: int) -> bool:
    """Whether a mark between two letters has punctuation inside and a letter outside."""
    if not 0 <= outer < len(texts) or not (texts[inner] and texts[outer]):
        return False
    return not texts[inner].isalnum() and texts[outer].isalnum()


def escaped(text: str) -> list[str]:
    """Each letter of a text as it is typed: with a backslash where Markdown or a value would begin
    within a line.
    """
    typed = list(text)
    for at, sign in enumerate(text):
        before, after = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
        if (
            sign in "\\*[]`"
            or (sign == "_" and not (before.isalnum() and after.isalnum()))
            or (sign in "{}~" and sign in (before, after))
            or (sign == "<" and (after.isalpha() or after in ("/", "!")))
            or (sign == "&" and _ENTITY.match(text, at))
        ):
            typed[at] = f"\\{sign}"
    return typed
