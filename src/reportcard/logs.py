"""What the libraries say in their logs becomes problems: WeasyPrint reports most faults there and goes on."""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from reportcard.problems import Place, Problem
from reportcard.workspace import BASE

_LONGEST: Final = 300
#: matplotlib's list of fonts is kept in the cache, which may be deleted at any moment: that costs time, and no page.
_NOT_OF_THE_PAGE: Final = "Could not save font_manager cache"
#: A file of the workspace in a message.
_FILE: Final = re.compile(rf"{re.escape(BASE)}((?:figures|styles)/[^\s'\"<>]+)")
_LIBRARIES: Final = ("weasyprint", "fontTools", "matplotlib")


@contextmanager
def listening(about: str, problems: list[Problem]) -> Iterator[None]:
    """Every warning logged meanwhile is appended to `problems`; `about` says what was being made (`peru-report-card-en.pdf`)."""
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


class _Collector(logging.Handler):
    def __init__(self, about: str, problems: list[Problem]) -> None:
        super().__init__(logging.WARNING)
        self.about = about
        self.problems = problems

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        if message.startswith(_NOT_OF_THE_PAGE):
            return
        file = _FILE.search(message)
        told = _short(message.replace(BASE, "")).rstrip(" .:")
        self.problems.append(
            Problem(
                "LAYOUT-WARNING",
                f"{record.name.partition('.')[0]} says: {told}.",
                "The page would not be as the styles and figures ask: mend them.",
                Place(file[1] if file else self.about),
            )
        )


def _short(message: str) -> str:
    """A message without the whole of a picture that stands in an address."""
    return message if len(message) <= _LONGEST else f"{message[:_LONGEST]}…"
