"""A PDF as what is compared: passages of text in the order of reading, pictures, and running heads
set aside.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from reportcard.pdf.area import Area
from reportcard.pdf.glyphs import Word
from reportcard.pdf.paper import placed
from reportcard.pdf.skeleton import Skeleton
from reportcard.review.read.names import Named
from reportcard.review.read.tokens import Token, tokens

_LABEL: Final = re.compile(r"[\W_]*|\W?\d{1,3}\W?|[A-Z]\.")


@dataclass(frozen=True)
class Passage:
    """A paragraph, heading, bullet, cell or note: its words in order, without the calls in it and a
    note's own number.

    `calls` are the calls in it: after how many of its words, and the number. `role` is its
    structure type (P, H2, LI …), empty in a file without tags; `label` is the number of a note or
    an item; `foreign` are the passages in another language than the file's: language and words;
    `figures` are the areas of the numbers of calls, notes and items, which follow from what comes
    before; `targets` is where its links lead, in order.
    """

    name: Named
    role: str
    language: str
    words: tuple[Word, ...]
    calls: tuple[tuple[int, str], ...] = ()
    label: str = ""
    foreign: tuple[tuple[str, str], ...] = ()
    figures: tuple[Area, ...] = ()
    targets: tuple[str, ...] = ()
    #: The tokens of a piece of a passage, whose first and last word may have others.
    held: tuple[Token, ...] = ()

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """Its words, numbers and signs."""
        return self.held or tokens(self.words)

    @cached_property
    def key(self) -> str:
        """Its words without capitals, spaces, hyphens and forms of quotes, for comparing."""
        return "".join(token.key for token in self.tokens)

    @cached_property
    def text(self) -> str:
        """Its text, as one reads it."""
        return "".join(
            (" " if token.spaced and number else "") + token.text
            for number, token in enumerate(self.tokens)
        )

    @property
    def is_note(self) -> bool:
        """Whether it is a note."""
        return self.name.is_note or self.role == "Note"

    @property
    def is_label(self) -> bool:
        """Whether it only numbers or parts others: "3.", "A." or "; ; ." alone."""
        return _LABEL.fullmatch(self.text) is not None

    @property
    def page(self) -> int:
        """The page that it begins on."""
        return self.words[0].page


@dataclass(frozen=True, slots=True)
class PlacedPicture:
    """A picture or gauge: its alternative text, the words in it, and its area (None: unknown)."""

    name: Named
    alt: str
    words: tuple[Word, ...]
    area: Area | None


@dataclass(frozen=True, slots=True)
class PageContents:
    """What the pages of a file hold: `passages` by the names of places, where it has some, and
    `blocks` as they are set, in which a place may lie inside another; the pictures; and the
    `runners`, the lines of heads and feet. `is_ours` tells whether its passages have names.
    """

    passages: tuple[Passage, ...]
    blocks: tuple[Passage, ...]
    pictures: tuple[PlacedPicture, ...]
    runners: tuple[tuple[Word, ...], ...]
    is_ours: bool


@dataclass(frozen=True, slots=True)
class Document:
    """All of a PDF that is compared: `passages` by the names of places, where it has some, and
    `blocks` as they are set, in which a place may lie inside another. `running` are the heads and
    feet without the folios, once each, `margins` their areas; `loose_links` are those over no
    word. `is_ours` tells whether its passages have names.
    """

    skeleton: Skeleton
    passages: tuple[Passage, ...]
    blocks: tuple[Passage, ...]
    pictures: tuple[PlacedPicture, ...]
    running: tuple[str, ...]
    margins: tuple[Area, ...]
    loose_links: tuple[tuple[str, Area], ...]
    is_tagged: bool
    is_ours: bool

    @property
    def language(self) -> str:
        """The language of the text, as the file says."""
        return self.skeleton.particulars.get("language", "")

    @property
    def sizes(self) -> tuple[tuple[float, float], ...]:
        """Width and height of each trimmed page in mm, as seen when turned."""
        return tuple(placed(sheet.trim, sheet)[2:] for sheet in self.skeleton.sheets)

    @property
    def has_text(self) -> bool:
        """Whether there are words at all: a scan has none."""
        return bool(
            self.passages or self.running or any(picture.words for picture in self.pictures)
        )


def areas(words: Iterable[Word]) -> tuple[Area, ...]:
    """The lines of some words, as areas: words beside each other are one."""
    found: list[tuple[int, float, float, float, float]] = []
    for word in words:
        last = found[-1] if found else None
        if (
            last
            and last[0] == word.page
            and abs(last[2] - word.y) < word.height / 2
            and -1 < word.x - last[3] < 4
        ):
            found[-1] = (
                last[0],
                last[1],
                min(last[2], word.y),
                word.right,
                max(last[4], word.bottom),
            )
        else:
            found.append((word.page, word.x, word.y, word.right, word.bottom))
    return tuple(
        (page, x, y, round(right - x, 2), round(bottom - y, 2))
        for page, x, y, right, bottom in found
    )


def area_of(number: int, skeleton: Skeleton) -> Area | None:
    """Where a picture of a file is; None if the file has no place for it."""
    figure = skeleton.figures[number]
    if not figure.box or not figure.page:
        return None
    return (figure.page, *placed(figure.box, skeleton.sheets[figure.page - 1]))
