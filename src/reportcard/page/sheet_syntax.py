"""Slips in a style sheet that make a reader of CSS skip what follows: brackets, remarks and
quotation marks without their other half; and imports, which no page is set with.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

#: Remarks, strings and addresses are passed over as wholes; what ends one may be missing.
_MARK: Final = re.compile(
    r"""(?six) (?P<comment>/\*.*?(?:\*/|\Z))
    | (?P<string>"(?:\\.|[^"\\\n])*"? | '(?:\\.|[^'\\\n])*'?)
    | url\(\s*[^"'\s)][^)\n]*\)
    | (?P<import>@import\b)
    | (?P<open>\{) | (?P<close>\})"""
)
_ENDS: Final[Mapping[str, str | tuple[str, ...]]] = {"comment": "*/", "string": ("'", '"')}


def sheet_faults(sheet: str) -> Iterator[tuple[int, str]]:
    """The slips of a style sheet: the character at which each is, and a case of STYLE-SYNTAX."""
    opened: list[int] = []
    for match in _MARK.finditer(sheet):
        kind = match.lastgroup
        if kind == "open":
            opened.append(match.start())
        elif kind == "close" and opened:
            opened.pop()
        elif kind in ("close", "import"):
            yield match.start(), kind
        elif kind and not (len(match[0]) > 1 and match[0].endswith(_ENDS[kind])):
            yield match.start(), kind
            if kind == "comment":
                return
    yield from ((offset, "open") for offset in opened)
