"""What is printed is text: a file's name or a sentence of the content cannot command the terminal.

Content and files are anybody's. A terminal obeys control characters (ECMA-48): it would rename its
window, hide what was printed, or answer by typing.
"""

import re
from collections.abc import Iterable
from typing import Any, Final, TextIO

#: Control characters but for tab and line feed, marks that turn the direction of the text around
#: (Unicode Standard Annex 9), and bytes of a file's name that are no letters.
_CONTROL: Final = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


def shown(text: str) -> str:
    r"""A text with its control characters as Python writes them: `\x1b`, `\u202e`. Those that JSON
    does not escape by itself are written as JSON does.
    """
    return _CONTROL.sub(_escape, text)


def as_file(text: str) -> bytes:
    """A text for a file that people may print on a terminal."""
    return shown(text).encode()


def _escape(match: re.Match[str]) -> str:
    number = ord(match[0])
    return f"\\x{number:02x}" if number < 0x20 else f"\\u{number:04x}"


class Channel:
    """Standard output or standard error, where every control character is shown. `stream` is the
    terminal itself, for a bar that moves.
    """

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream

    def write(self, text: str) -> int:
        return self.stream.write(shown(text))

    def writelines(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)


def terminal(stream: TextIO) -> TextIO:
    """The stream behind a channel."""
    return getattr(stream, "stream", stream)
