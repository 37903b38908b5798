"""Lines that libraries log become problems: WeasyPrint logs most faults and goes on.

A line is about the page, an error that withholds the card; about the machine, a note that is never
cached; or about nothing of interest. A line that is not in the table is a warning: whether it
affects the page is unknown.
"""

import logging
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import Enum, auto
from typing import Final

from reportcard.problems.problem import Place, Problem
from reportcard.problems.rules import LAYOUT_WARNING, LIBRARY_REMARK, MACHINE_REMARK
from reportcard.workspace.workspace import BASE

_LONGEST: Final = 300
#: A file of the workspace in a message.
_FILE: Final = re.compile(rf"{re.escape(BASE)}((?:figures|styles)/[^\s'\"<>]+)")
_LIBRARIES: Final = ("weasyprint", "fontTools", "matplotlib")


class Fault(Enum):
    """What a line of a log is about."""

    PAGE = auto()
    MACHINE = auto()
    UNKNOWN = auto()
    NONE = auto()


_RULES: Final = {
    Fault.PAGE: LAYOUT_WARNING,
    Fault.MACHINE: MACHINE_REMARK,
    Fault.UNKNOWN: LIBRARY_REMARK,
}


#: The first row whose library and beginning fit decides. WeasyPrint's are the warnings and errors
#: of its version 70, by their first words; those of matplotlib are of its fonts, settings and cache
#: folder, which the drawings do not depend on.
_TABLE: Final[tuple[tuple[str, str, Fault], ...]] = (
    (
        "weasyprint",
        r"Using fontTools instead of HarfBuzz|Please install HarfBuzz|Error when closing stream",
        Fault.MACHINE,
    ),
    (
        "weasyprint",
        (
            r"\.notdef glyph rendered|Font-face .* cannot be loaded|Unable to"
            r" (subset|instantiate|save)|Too many glyphs missing"
        ),
        Fault.PAGE,
    ),
    (
        "weasyprint",
        (
            r"Unknown |Unsupported |Invalid |Ignored |Deprecated |Missing |Malformed |Expected"
            r" |Empty |Error: |Parse error"
        ),
        Fault.PAGE,
    ),
    (
        "weasyprint",
        (
            r"Failed to |No anchor |No source |Anchor defined twice|Content discarded|Unable to"
            r" compute|Relative URI reference"
        ),
        Fault.PAGE,
    ),
    (
        "weasyprint",
        (
            r"Only strings are allowed|\"(string|element)\(|Subgrids|\"auto-fit\"|Baseline"
            r" alignment|Inline grids|This row has more"
        ),
        Fault.PAGE,
    ),
    (
        "weasyprint",
        (
            r"@import rule|@layer rule|In counter style|Image \".*\" has no required alt|.* unit"
            r" resolved before"
        ),
        Fault.PAGE,
    ),
    ("matplotlib", r"Glyph \d+ .* missing from|findfont: ", Fault.PAGE),
    (
        "matplotlib",
        r"Could not save font_manager cache|Matplotlib is building the font cache",
        Fault.MACHINE,
    ),
    ("matplotlib", r"Matplotlib created a temporary cache|mkdir -p failed for path", Fault.MACHINE),
    (
        "matplotlib",
        r"\s*(Bad|Missing|Duplicate) (key|value|colon)|Cannot decode configuration file",
        Fault.NONE,
    ),
    ("fontTools", r".*timestamp", Fault.NONE),
)


def sorted_as(library: str, line: str) -> Fault:
    """What a line of a library's log is about; `library` is the first part of the logger's name."""
    found = (
        fault for name, beginning, fault in _TABLE if name == library and re.match(beginning, line)
    )
    return next(found, Fault.UNKNOWN)


@contextmanager
def listening(about: str, problems: list[Problem]) -> Iterator[None]:
    """Every warning logged meanwhile is appended to `problems`; `about` is what is being made
    (`peru-report-card-en.pdf`).
    """
    handler = _Collector(about, problems)
    loggers = [logging.getLogger(name) for name in _LIBRARIES]
    before = [(logger.propagate, logger.level) for logger in loggers]
    for logger in loggers:
        logger.addHandler(handler)
        logger.propagate = False
        logger.setLevel(logging.WARNING)
    try:
        yield
    finally:
        for logger, (propagate, level) in zip(loggers, before, strict=True):
            logger.removeHandler(handler)
            logger.propagate = propagate
            logger.setLevel(level)


@contextmanager
def set_aside() -> Iterator[list[logging.LogRecord]]:
    """What WeasyPrint logs meanwhile, held back from listeners: `repeat` logs it again for each
    card that it concerns. Within another, the inner one has it.
    """
    records: list[logging.LogRecord] = []

    def kept(record: logging.LogRecord) -> bool:
        records.append(record)
        return False

    logger = logging.getLogger("weasyprint")
    logger.filters.insert(0, kept)
    try:
        yield records
    finally:
        logger.removeFilter(kept)


def repeat(records: Iterable[logging.LogRecord]) -> None:
    """Logs again what was set aside."""
    for record in records:
        if record.levelno >= logging.WARNING:
            logging.getLogger(record.name).handle(record)


class _Collector(logging.Handler):
    def __init__(self, about: str, problems: list[Problem]) -> None:
        super().__init__(logging.WARNING)
        self.about = about
        self.problems = problems

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        library = record.name.partition(".")[0]
        fault = sorted_as(library, message)
        if fault is Fault.NONE:
            return
        file = _FILE.search(message)
        line = _short(message.replace(BASE, "")).rstrip(" .:")
        place = getattr(record, "place", None) or Place(file[1] if file else self.about)
        problem = _RULES[fault].at(place, library=library, line=line)
        if problem not in self.problems:
            self.problems.append(problem)


def _short(message: str) -> str:
    """A message without the whole of a picture that is in an address."""
    return message if len(message) <= _LONGEST else f"{message[:_LONGEST]}…"
