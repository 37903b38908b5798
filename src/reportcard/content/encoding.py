"""A content file's bytes as text: UTF-8 and nothing else. What programs save instead is recognized,
and told once for a file.
"""

import re
from collections.abc import Iterator
from typing import Final

from reportcard.content.yaml_rules import YAML_CONTROL, YAML_EMPTY, YAML_SIZE, YAML_TEXT
from reportcard.problems.problem import Place, Problem

#: The Peru card, all of it, is 35 KB; the parser takes about 1 s a megabyte, so this bounds its
#: time as well.
MAXIMUM_BYTES: Final = 2_000_000

#: By their first bytes, files that are not text: the case of YAML-TEXT. Files of Word, Excel and
#: OpenDocument are ZIP archives, older ones OLE containers.
_FOREIGN: Final = (
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "office"),
    (b"\xd0\xcf\x11\xe0", "office"),
    (b"{\\rtf", "office"),
    (b"\xff\xfe", "wide"),
    (b"\xfe\xff", "wide"),
)
# Tab, line feed and CR+LF are text; all other C0 and C1 controls are not, nor are the line and
# paragraph separators, half of a surrogate pair, or the marks that make text run the other way (a
# reviewer would not see what is printed).
CONTROL: Final = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff\ud800-\udfff\u202a-\u202e\u2066-\u2069]"
)
_LONE_RETURN: Final = re.compile(r"\r(?!\n)")
#: The first byte of a sequence of UTF-8 that makes a Latin letter, a sign of Spanish (¿ º «) or a
#: typographical one (– ’ …), and the rest of it, as Windows-1252 shows them.
_CONTINUATION: Final = (
    "[\u0080-\u00bf\u20ac\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u017d"
    "\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u017e\u0178]"
)
_DAMAGED: Final = re.compile(f"[ÂÃÅ]{_CONTINUATION}|â€{_CONTINUATION}")
#: Signs that follow a word in capitals like AMANHÃ, and are no damage there.
_AFTER_WORDS: Final = "»›’”–—…™"


class UnsoundError(Exception):
    """Why a file is not read: its problems."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(problems)
        self.problems = problems


def decoded(data: bytes, file: str) -> str:
    """The text of a file's bytes, without its byte order mark. `file` is the path to name.

    Raises UnsoundError for more than `MAXIMUM_BYTES`, for what is not UTF-8 text, for letters that
    another encoding has damaged, and for control characters.
    """
    if len(data) > MAXIMUM_BYTES:
        size, limit = (f"{count / 1_000_000:.3g}" for count in (len(data), MAXIMUM_BYTES))
        raise UnsoundError(YAML_SIZE.at(Place(file), size=size, limit=limit))
    for start, case in _FOREIGN:
        if data.startswith(start):
            raise UnsoundError(YAML_TEXT.at(Place(file), case))
    if data[:200].count(0) > len(data[:200]) // 4:
        raise UnsoundError(YAML_TEXT.at(Place(file), "wide"))
    try:
        source = data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise UnsoundError(_undecoded(data, error.start, file)) from None
    if not source.strip():
        raise UnsoundError(YAML_EMPTY.at(Place(file)))
    if found := tuple(_damages(source, file)):
        raise UnsoundError(*found)
    return source


def code_point(sign: str) -> str:
    """A character's number as Unicode writes it: U+00AD."""
    return f"U+{ord(sign):04X}"


def _undecoded(data: bytes, start: int, file: str) -> Problem:
    """The problem of bytes that are not UTF-8, at the first of them."""
    before = data[:start].decode("utf-8")
    place = _place(file, before, len(before))
    line = data[start:].splitlines()[0]
    try:
        # Bytes that Windows-1252 has no sign for are of yet another encoding.
        is_windows = data.decode("cp1252")[: len(line)] is not None
    except UnicodeDecodeError:
        is_windows = False
    return YAML_TEXT.at(place, "windows" if is_windows else "encoding")


def _damages(source: str, file: str) -> Iterator[Problem]:
    """What an editor's wrong setting did to the whole file, or else each control character once."""
    if match := _LONE_RETURN.search(source):
        yield YAML_TEXT.at(_place(file, source, match.start()), "returns")
    elif (at := source.find("\ufffd")) >= 0:
        yield YAML_TEXT.at(_place(file, source, at), "lost")
    elif damage := _twice_encoded(source):
        match, meant = damage
        word = _word_around(source, match)
        yield YAML_TEXT.at(
            _place(file, source, match.start()),
            "twice",
            damaged=word,
            meant=word.replace(match[0], meant),
        )
    else:
        first: dict[str, int] = {}
        for match in CONTROL.finditer(source):
            first.setdefault(match[0], match.start())
        for sign, at in first.items():
            yield YAML_CONTROL.at(_place(file, source, at), "sign", code=code_point(sign))


def _twice_encoded(source: str) -> tuple[re.Match[str], str] | None:
    """The first letter of a text that was read as Windows-1252 and is UTF-8, and which it was."""
    for match in _DAMAGED.finditer(source):
        before = source[: match.start()][-1:]
        if match[0][-1] in _AFTER_WORDS and before.isupper() and match[0][0] != "â":
            continue
        raw = b"".join(
            sign.encode("cp1252") if ord(sign) > 255 else sign.encode("latin-1")
            for sign in match[0]
        )
        try:
            return match, raw.decode("utf-8")
        except UnicodeDecodeError:
            continue
    return None


def _word_around(source: str, match: re.Match[str]) -> str:
    start, end = match.span()
    while start and not source[start - 1].isspace() and match.start() - start < 20:
        start -= 1
    while end < len(source) and source[end].isalpha() and end - match.end() < 20:
        end += 1
    return source[start:end]


def _place(file: str, source: str, offset: int) -> Place:
    return Place(
        file,
        source.count("\n", 0, offset) + 1,
        offset - source.rfind("\n", 0, offset),
    )
