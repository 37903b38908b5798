"""The lines of a YAML file as a person sees them: keys, bullets, and what is neither; without
comments and the text of blocks. It reads what the parser refuses, too.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

#: A bullet or several, and a key with its colon and a space, or the end of the line.
_BULLETS: Final = re.compile(r"(?:-(?: +|$))*")
_KEY: Final = re.compile(r"(?P<key>[^\s:#'\"\[\]{}]+(?: +[^\s:#'\"\[\]{}]+)*) *:(?:[ \t]+|$)")
_BLOCK: Final = re.compile(r"[|>][-+1-9]{0,2}(?: +#.*)? *$")
#: What a line begins with that belongs to no text: a key or a bullet.
_BEGINNING: Final = re.compile(r" *(?:- |[A-Za-z][\w-]*:(?: |$))")


@dataclass(frozen=True, slots=True)
class BlockText:
    """The text below `key: |`: the line of its key, its indentation (0 if it has no text), and the
    number of its lines.
    """

    key_line: int
    indent: int
    lines: int


@dataclass(frozen=True, slots=True)
class OutlineLine:
    """A line outside of texts. `number` counts from 1, `indent` is its spaces."""

    number: int
    text: str
    indent: int
    bullets: str
    key: str
    value: str
    """What follows the key, or the bullet, on the line."""
    column: int
    """Where the value begins, from 1."""
    after: BlockText | None = None
    """The text that ended before this line, if one did."""

    @property
    def inner(self) -> int:
        """The indentation of the key, behind the bullets."""
        return self.indent + len(self.bullets)

    @property
    def opens(self) -> bool:
        """Whether what belongs to it is below."""
        return not _uncommented(self.value)

    @property
    def plain(self) -> str:
        """The value without quotes, brackets or a bar, and without a comment; or nothing."""
        value = _uncommented(self.value)
        return "" if value[:1] in "\"'[{" or _BLOCK.match(self.value) else value


def outline(source: str) -> Iterator[OutlineLine]:
    """The lines outside of texts, in order."""
    lines = [line.rstrip("\r") for line in source.split("\n")]
    number = 0
    after: BlockText | None = None
    while number < len(lines):
        text = lines[number]
        number += 1
        if not text.strip() or text.lstrip(" ").startswith("#"):
            continue
        line = _read(number, text, after)
        after = None
        yield line
        if _BLOCK.match(line.value):
            after = _block(lines, line)
            number += after.lines
        elif line.value[:1] in ("'", '"', "[", "{"):
            number = closing_line(lines, line) or number


def closing_line(lines: Sequence[str], line: OutlineLine) -> int:
    """The number of the line where a quotation or bracket of a value ends; 0 if the next key or
    bullet comes first.
    """
    scan = _Scan()
    if scan.end(line.value) is not None:
        return line.number
    for number, row in enumerate(lines[line.number :], start=line.number + 1):
        if _BEGINNING.match(row) and _spaces(row) <= line.inner:
            return 0
        if scan.end(row) is not None:
            return number
    return 0


def rest(value: str) -> str | None:
    """What follows the quotation or bracket that a value begins with; None if it does not end."""
    end = _Scan().end(value)
    return None if end is None else value[end:]


@dataclass(slots=True)
class _Scan:
    """Looks for the end of a quotation or bracket, a line at a time."""

    quote: str = ""
    depth: int = 0

    def end(self, row: str) -> int | None:
        """After which character of a line it ends, or None if it goes on."""
        at = 0
        while at < len(row):
            at += self._step(row, at)
            if not self.quote and self.depth <= 0:
                return at
        return None

    def _step(self, row: str, at: int) -> int:
        """Takes in a sign; gives how many characters it has."""
        sign = row[at]
        if self.quote:
            if sign == "\\" and self.quote == '"':
                return 2
            if sign == self.quote:
                if sign == "'" and row[at + 1 : at + 2] == "'":
                    return 2
                self.quote = ""
        elif sign in "\"'" and (at == 0 or row[at - 1] in "[{,: "):
            self.quote = sign
        else:
            self.depth += (sign in "[{") - (sign in "]}")
        return 1


def _read(number: int, text: str, after: BlockText | None) -> OutlineLine:
    indent = _spaces(text)
    bullets = _BULLETS.match(text, indent)
    begins = bullets.end() if bullets else indent
    key = _KEY.match(text, begins)
    value_at = key.end() if key else begins
    return OutlineLine(
        number,
        text,
        indent,
        text[indent:begins],
        key["key"] if key else "",
        text[value_at:],
        value_at + 1,
        after,
    )


def _block(lines: Sequence[str], line: OutlineLine) -> BlockText:
    """The text of a block: lines that are indented more than its key, and like its first line."""
    least = line.inner if line.key else line.indent
    indent = count = 0
    for row in lines[line.number :]:
        spaces = _spaces(row)
        if row.strip(" "):
            if spaces <= least or (indent and spaces < indent):
                break
            indent = indent or spaces
        count += 1
    return BlockText(line.number, indent, count)


def _spaces(row: str) -> int:
    """The spaces that a line begins with."""
    return len(row) - len(row.lstrip(" "))


def _uncommented(value: str) -> str:
    return re.split(r"(?:^| )#", value, maxsplit=1)[0].strip()
