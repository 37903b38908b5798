"""What WeasyPrint logs of style sheets and fonts: the places and characters that it is about.

It reads all sheets as one, and names a line and column of that one.
"""

import logging
import re
from collections.abc import Iterable, Iterator
from typing import Final

from reportcard.page.styles import Styles
from reportcard.problems.problem import Place

_POSITION: Final = re.compile(r" at (\d+):(\d+)")
_MISSING: Final = re.compile(r"\.notdef glyph rendered .*\(U\+([0-9A-F]+)\)", re.DOTALL)
_FONT_FACE: Final = re.compile(r"Font-face '([^']+)' cannot be loaded")


def located(records: Iterable[logging.LogRecord], styles: Styles) -> Iterator[logging.LogRecord]:
    """The records, those about a place in a style sheet with it as their attribute `place`."""
    for record in records:
        words = record.getMessage()
        place: Place | None = None
        if position := _POSITION.search(words):
            place = styles.place(int(position[1]), int(position[2]))
            words = f"{words[: position.start()]}{words[position.end() :]}"
        elif face := _FONT_FACE.match(words):
            place = styles.font_face(face[1])
        if place:
            attributes = {**vars(record), "msg": words, "args": None, "place": place}
            yield logging.makeLogRecord(attributes)
        else:
            yield record


def missing_characters(
    records: Iterable[logging.LogRecord],
) -> tuple[str, list[logging.LogRecord]]:
    """The characters that no font has, each once, and the records that are about something else."""
    missing: dict[str, None] = {}
    others = []
    for record in records:
        if match := _MISSING.match(record.getMessage()):
            missing[chr(int(match[1], 16))] = None
        else:
            others.append(record)
    return "".join(missing), others
