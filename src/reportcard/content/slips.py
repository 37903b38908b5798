"""What a person slipped on in a YAML file, at its line and in a person's words.

A parser reports where it can go no further, which is often far from the slip. This looks at a file
that has been refused already, so that a sound one is never accused.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

from reportcard.content.keys import KEYS
from reportcard.content.outline import OutlineLine, closing_line, outline, rest
from reportcard.content.yaml_rules import YAML_SYNTAX
from reportcard.messages.message import Hole
from reportcard.problems.problem import Place, Problem

#: Spaces that are none to YAML: no-break, typographical and ideographic ones.
_SPACES: Final = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_CONFLICT: Final = re.compile(r"(?:<{7}|\|{7}|={7}|>{7})(?: |$)")
_WIDE_COLON: Final = re.compile(r"[A-Za-z][\w-]*\s*([：﹕꞉∶])")
_TIGHT_COLON: Final = re.compile(rf"[A-Za-z][\w-]*:(?=[^\s/:]|[{_SPACES}])")
_TIGHT_IN_BRACES: Final = re.compile(r"[{,] *[A-Za-z][\w-]*:(?=[^\s/:,}])")
_BULLET: Final = re.compile(r"(-)(?=[^\s\-])|([–—−―－•·‣⁃●○◦▪■►*+]|\d{1,2}[.)])(?=\s)")
_SMALL_KEY: Final = re.compile(r"[a-z][a-z-]*$")
_CURLY: Final = "“”„«‘’"
#: Signs that no plain value begins with, and two before a space.
_SIGN: Final = re.compile(r"[@`%*&!,\]}]|[-?](?=\s)")
_BAR: Final = re.compile(r"[|>][-+1-9]{0,2} *(?=[^\s#])")
#: Two spaces lead to what is below a key, as in every file of a workspace.
_STEP: Final = 2


def slip(source: str, file: str, until: int) -> Problem | None:
    """The first slip of a file that the parser refuses at line `until`; None if none is known."""
    reading = _Reading(file, source)
    for line in outline(source):
        if line.number > until:
            return None
        for look in (*_ALWAYS, *_REFUSED):
            if found := next(look(reading, line), None):
                return found
        reading.enter(line)
    return None


def hidden_slip(source: str, file: str) -> Problem | None:
    """The first slip of a file that the parser takes and the model refuses: keys became text."""
    reading = _Reading(file, source)
    for line in outline(source):
        for look in (*_ALWAYS, _deeper_bullet):
            if found := next(look(reading, line), None):
                return found
        reading.enter(line)
    return None


@dataclass(slots=True)
class _Reading:
    """How far a file is read: its lines, the indentations that are open, each with the number of
    its lines so far and the first of them, and the line before.
    """

    file: str
    source: str
    lines: list[str] = field(init=False)
    levels: list[tuple[int, int, int]] = field(default_factory=list)
    before: OutlineLine | None = None

    def __post_init__(self) -> None:
        self.lines = [line.rstrip("\r") for line in self.source.split("\n")]

    def at(
        self, line: OutlineLine, column: int, case: str, /, number: int = 0, **holes: Hole
    ) -> Problem:
        place = Place(self.file, number or line.number, column)
        return YAML_SYNTAX.at(place, case, field="", **holes)

    def enter(self, line: OutlineLine) -> None:
        """Takes in a line that is sound."""
        if line.key or line.bullets:
            for indent in dict.fromkeys((line.indent, line.inner if line.key else line.indent)):
                while self.levels and self.levels[-1][0] > indent:
                    self.levels.pop()
                if not self.levels or self.levels[-1][0] < indent:
                    self.levels.append((indent, 0, line.number))
                _, count, number = self.levels.pop()
                self.levels.append((indent, count + 1, number))
        self.before = line


_Look = Callable[[_Reading, OutlineLine], Iterator[Problem]]


# --- what is a slip in every file -----------------------------------------------------------------


def _conflict(reading: _Reading, line: OutlineLine) -> Iterator[Problem]:
    if _CONFLICT.match(line.text):
        yield reading.at(line, 1, "conflict")


def _indented_by_others(reading: _Reading, line: OutlineLine) -> Iterator[Problem]:
    """Tabs and no-break spaces before a line."""
    sign = line.text[line.indent : line.indent + 1]
    if sign == "\t":
        yield reading.at(line, line.indent + 1, "tab")
    elif re.match(f"[{_SPACES}]", sign):
        yield reading.at(line, line.indent + 1, "space")


def _colon(reading: _Reading, line: OutlineLine) -> Iterator[Problem]:
    """A colon without a space, or one of another script."""
    if match := _WIDE_COLON.match(line.text, line.inner):
        yield reading.at(line, match.start(1) + 1, "wide-colon", sign=match[1])
    elif not line.key and (match := _TIGHT_COLON.match(line.text, line.inner)):
        yield reading.at(line, match.end() + 1, "tight-colon", key=match[0][:-1])
    elif line.value.startswith("{") and (match := _TIGHT_IN_BRACES.search(line.value)):
        key = match[0][1:-1].strip()
        yield reading.at(line, line.column + match.end(), "tight-colon", key=key)


def _bullet(reading: _Reading, line: OutlineLine) -> Iterator[Problem]:
    """A bullet without its space, or another sign in its place."""
    match = _BULLET.match(line.text, line.inner)
    if match and not line.key:
        yield reading.at(line, match.start() + 1, "bullet", sign=match[1] or match[2])


def _unclosed(reading: _Reading, line: OutlineLine) -> Iterator[Problem]:
    """A quotation or a bracket that does not end before the next key."""
    sign = line.value[:1]
    if not sign or sign not in "\"'[{" or line.value.startswith("{{"):
        return
    if not closing_line(reading.lines, line):
        case = "quote" if sign in "\"'" else "bracket"
        yield reading.at(line, line.column, case, sign=sign)


def _deeper_bullet(reading: _Reading, line: OutlineLine) -> Iterator[Problem]:
    """A bullet that is indented more than those before it, and so became part of their text."""
    before = reading.before
    if before is None or not line.bullets or line.indent <= before.indent:
        return
    if before.bullets and before.plain and not before.key:
        yield _misaligned(reading, line, before.indent)


# --- what is a slip where the parser stops --------------------------------------------------------


def _quoted(reading: _Reading, line: OutlineLine) -> Iterator[Problem]:
    """Text after a quotation or a bracket, and quotation marks that YAML does not know."""
    sign = line.value[:1]
    if sign and sign in "\"'[{":
        tail = rest(line.value)
        if tail is not None and tail.strip() and not re.match(r"\s+#", tail):
            column = line.column + len(line.value) - len(tail.lstrip())
            if sign in "[{":
                typed = "{{" if line.value.startswith("{{") else sign
                yield reading.at(line, line.column, "sign", sign=typed)
            elif not tail.lstrip().startswith(":"):
                yield reading.at(line, column, "after-quote")
        elif line.value.startswith("{{"):
            yield reading.at(line, line.column, "sign", sign="{{")
    elif sign and sign in _CURLY and (": " in line.value or line.value.endswith(":")):
        yield reading.at(line, line.column, "curly", sign=sign)


def _sign(reading: _Reading, line: OutlineLine) -> Iterator[Problem]:
    """A value that begins with a sign that means something to YAML."""
    if match := _BAR.match(line.value):
        yield reading.at(line, line.column, "bar", sign=match[0][0])
    elif (match := _SIGN.match(line.value)) and (line.key or line.bullets):
        yield reading.at(line, line.column, "sign", sign=match[0])


def _colon_in_text(reading: _Reading, line: OutlineLine) -> Iterator[Problem]:
    if match := re.search(r":(?: |$)", line.plain):
        yield reading.at(line, line.column + match.start(), "colon")


def _text(reading: _Reading, line: OutlineLine) -> Iterator[Problem]:
    """A line that is neither a key nor a bullet: text that is not indented, or a key without its
    colon.
    """
    before = reading.before
    if line.key or line.bullets:
        return
    is_level = any(indent == line.indent for indent, *_ in reading.levels)
    word = line.text.strip()
    first = re.split(r"[\s=;]", word, maxsplit=1)[0]
    if first in KEYS and (is_level or not before or before.opens):
        yield reading.at(line, line.indent + len(first) + 1, "no-colon", key=first)
    elif (is_level or not before) and _SMALL_KEY.match(word):
        yield reading.at(line, line.indent + len(word) + 1, "no-colon", key=word)
    elif line.after and before:
        yield _outdented(reading, line, before.inner)
    elif before and before.opens and line.indent > before.inner and before.key:
        yield reading.at(before, before.column, "no-bar", key=before.key)
    elif before is None or (before.key and line.indent <= before.inner):
        yield reading.at(line, line.indent + len(first) + 1, "no-colon", key=first)


def _outdented(reading: _Reading, line: OutlineLine, key: int) -> Problem:
    """A line of a text that is indented less than the line before it: that one is to blame if it is
    the only one. `key` is the indentation of the text's key.
    """
    text = line.after
    assert text is not None, "a text ended before this line"
    if text.indent and text.lines == 1 and line.indent > key:
        return reading.at(
            line, 1, "outdent", number=text.key_line + 1, given=text.indent, wanted=line.indent
        )
    wanted = text.indent or key + _STEP
    return reading.at(line, 1, "outdent", given=line.indent, wanted=wanted)


def _indentation(reading: _Reading, line: OutlineLine) -> Iterator[Problem]:
    """A key or a bullet that is at no indentation that is open."""
    before = reading.before
    if before is None or not (line.key or line.bullets):
        if before is None and line.indent:
            yield _misaligned(reading, line, 0)
        return
    if line.indent > before.inner:
        if not before.opens:
            yield _misaligned(reading, line, before.inner if line.key else before.indent)
        return
    open_levels = [indent for indent, *_ in reading.levels]
    if line.indent in open_levels or not open_levels:
        return
    near = min(open_levels, key=lambda indent: (abs(indent - line.indent), -indent))
    parent = max((indent for indent in open_levels if indent < line.indent), default=-_STEP)
    first = next((level for level in reading.levels if level[0] > parent), (near, 0, 0))
    if line.indent == parent + _STEP and first[1] == 1 and first[0] == near:
        yield reading.at(
            line, near + 1, "indentation", number=first[2], given=near, wanted=line.indent
        )
        return
    yield _misaligned(reading, line, near)


def _misaligned(reading: _Reading, line: OutlineLine, wanted: int) -> Problem:
    return reading.at(line, line.indent + 1, "indentation", given=line.indent, wanted=wanted)


_ALWAYS: Final[tuple[_Look, ...]] = (
    _conflict,
    _indented_by_others,
    _colon,
    _bullet,
    _unclosed,
)
_REFUSED: Final[tuple[_Look, ...]] = (
    _quoted,
    _sign,
    _deeper_bullet,
    _text,
    _indentation,
    _colon_in_text,
)
