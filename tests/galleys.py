"""Sections that a test of this process has set already are not set again: of hundreds of cards that
differ in a line, all other pages are the same. The program does so in its preview, with `kept`.
"""

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from hashlib import sha256
from typing import Any, Final
from urllib.parse import quote

from reportcard.errors import ReportCardError
from reportcard.page.compose.composed import Composed
from reportcard.page.fonts import font_file
from reportcard.page.typeset.layout import LaidOut, Typesetter
from reportcard.workspace.theme import is_font

#: Sections that are kept in memory: of a card of thirteen, 25 MB.
MOST: Final = 200
MOST_FILES: Final = 12
#: What a typesetter reads once, which another of the same styles takes over.
READ_ONCE: Final = ("_fonts", "_sheet", "_heights", "_fonts_loaded")

set_anew = Typesetter.lay_out
write_anew = LaidOut.pdf.func
#: Layouts of single sections, by their styles, name and HTML; then by first page and rules.
_kept: dict[tuple[str, str, str], dict[tuple[int, str], LaidOut]] = {}
_read: dict[str, dict[str, Any]] = {}
#: The fonts that sections were set in, by their styles: no other gets the name of those.
_fonts: dict[str, object] = {}
#: Files of the same sections, which are kept with them.
_written: dict[tuple[int, ...], tuple[LaidOut, tuple[bytes, Mapping[str, str]]]] = {}


class _Heard:
    """Whether anything was logged, even if it is set aside afterwards."""

    anything = False

    def __call__(self, _: logging.LogRecord) -> bool:
        self.anything = True
        return True


@contextmanager
def _heard() -> Iterator[_Heard]:
    heard, logger = _Heard(), logging.getLogger("weasyprint")
    logger.filters.insert(0, heard)
    try:
        yield heard
    finally:
        logger.removeFilter(heard)


def write(self: LaidOut) -> tuple[bytes, Mapping[str, str]]:
    """In the place of `LaidOut.pdf`: the same file, written once."""
    key = tuple(map(id, self.documents.values()))
    if key in _written:
        return _written[key][1]
    with _heard() as heard:
        pdf = write_anew(self)
    if not heard.anything:
        _written[key] = (self, pdf)
        while len(_written) > MOST_FILES:
            del _written[next(iter(_written))]
    return pdf


def lay_out(
    self: Typesetter,
    card: Composed,
    drawings: Mapping[str, bytes],
    changes: Mapping[str, str] | None = None,
    kept: Sequence[LaidOut] = (),
    first: int = 1,
) -> LaidOut:
    """In the place of `Typesetter.lay_out`: the same pages, of sections set before where styles,
    fonts and figures are the same. What the engine remarked on is set again.
    """
    styles, now = self.styles, _Files(self)
    read = sha256("\0".join((styles.base, styles.css)).encode()).hexdigest()
    if read in _read and now.are(_read[read]["_fonts_loaded"]):
        for name, value in _read[read].items():
            self.__dict__.setdefault(name, value)
    # Sections of two sets of fonts would be printed with each font twice
    key = f"{read} {id(self._fonts)}"
    before = [
        one
        for section in card.sections
        for one in _kept.get((key, section.name, section.html), {}).values()
        if now.are(one.loaded)
    ]
    with _heard() as heard:
        laid = set_anew(self, card, drawings, changes or {}, [*kept, *before], first)
    printed = (styles.css, *(section.html for section in card.sections))
    own = {
        name: data
        for name, data in laid.loaded.items()
        if name in self._fonts_loaded or any(quote(name) in text for text in printed)
    }
    laid = replace(laid, loaded=own)
    if not heard.anything:
        _read.setdefault(read, {name: getattr(self, name) for name in READ_ONCE})
        _fonts[key] = self._fonts
        _keep(key, card, laid)
    return laid


def _keep(key: str, card: Composed, laid: LaidOut) -> None:
    for section in card.sections:
        name = section.name
        parts = _kept.pop((key, name, section.html), {})
        _kept[key, name, section.html] = parts
        parts[laid.set_from[name][1:]] = replace(
            laid,
            documents={name: laid.documents[name]},
            set_from={name: laid.set_from[name]},
            sections={name: laid.sections[name]},
        )
    while len(_kept) > MOST:
        del _kept[next(iter(_kept))]
    while len(_read) > MOST_FILES:
        del _read[next(iter(_read))]
    used = {name for name, *_ in _kept}
    for name in set(_fonts) - used:
        del _fonts[name]


class _Files:
    """The files of a typesetter's workspace and theme as they are now, each read once."""

    def __init__(self, typesetter: Typesetter) -> None:
        self._theme = typesetter.styles.theme
        self._read: dict[str, bytes | None] = {}

    def are(self, loaded: Mapping[str, bytes]) -> bool:
        """Whether they are as they were."""
        return all(self._now(path) == data for path, data in loaded.items())

    def _now(self, path: str) -> bytes | None:
        if path not in self._read:
            try:
                is_own = not is_font(path)
                self._read[path] = (
                    self._theme.read(path)
                    if is_own
                    else font_file(self._theme, path.rpartition("/")[2]).read_bytes()
                )
            except (OSError, ValueError, ReportCardError):
                self._read[path] = None
        return self._read[path]
