"""A content file by lines, and the lines that take the place of some of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass
class EditedLines:
    """The file by lines; replacements are collected by the lines they concern and put in from the
    end.
    """

    data: bytes
    edits: list[tuple[int, int, list[bytes]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.mark = b"\xef\xbb\xbf" if self.data.startswith(b"\xef\xbb\xbf") else b""
        self.lines = self.data.removeprefix(self.mark).split(b"\n")
        self.end = b"\r" if len(self.lines) > 1 and self.lines[0].endswith(b"\r") else b""

    def text(self, line: int) -> str:
        """A line (from 1) without its end."""
        return self.lines[line - 1].rstrip(b"\r").decode()

    def put(self, first: int, last: int, texts: Sequence[str]) -> None:
        """Puts lines in the place of those from `first` to before `last` (from 1); none in between
        inserts them.
        """
        ends = (
            self.lines[first - 1].endswith(b"\r")
            if first <= len(self.lines) and last > first
            else bool(self.end)
        )
        self.edits.append(
            (first, last, [text.encode() + (b"\r" if ends else b"") for text in texts])
        )

    def bytes(self) -> bytes:
        """The file with all replacements."""
        lines = list(self.lines)
        # What is inserted before a line that is replaced stays before it, in the order it was put
        numbered = sorted((one[0], one[1] > one[0], at) for at, one in enumerate(self.edits))
        for _, _, at in reversed(numbered):
            first, last, texts = self.edits[at]
            lines[first - 1 : last - 1] = texts
        return self.mark + b"\n".join(lines)
