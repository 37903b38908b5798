"""A PDF as what is compared: passages of text in the order of reading, pictures, and running heads
set aside.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from statistics import median
from typing import Final

from reportcard.pdf.area import Area
from reportcard.pdf.glyphs import Glyphs, Word, placed
from reportcard.pdf.skeleton import Hyperlink, Marked, Skeleton
from reportcard.review.read.lines import untagged_blocks
from reportcard.review.read.names import UNNAMED, Named, named
from reportcard.review.read.tokens import Token, tokens

#: With less of its words in tags than this share, a file's tags say nothing of its order.
_TAGGED: Final = 0.6
_LABEL: Final = re.compile(r"[\W_]*|\W?\d{1,3}\W?|[A-Z]\.")
_BULLETS: Final = frozenset("•·▪▫◦‣■●○*–—-\uf0b7")
_OCCURRENCE: Final = re.compile(r"\.\d+$")
_NOTE_NUMBER: Final = re.compile(r"\[?\d{1,3}[.)\]]?")
#: Links are looked up by rows of a page, of so many mm.
_ROW: Final = 5.0
#: A raised call is set smaller than this share of the words before it, and its foot higher by that
#: share of their height.
_RAISED: Final = (0.9, 0.15)


@dataclass(frozen=True)
class Passage:
    """A paragraph, heading, bullet, cell or note: its words in order, without the calls in it and a
    note's own number.

    `calls` are the calls in it: after how many of its words, and the number. `role` is its
    structure type (P, H2, LI …), empty in a file without tags; `label` is a note's number;
    `foreign` are the passages in another language than the file's: language and words; `figures`
    are the areas of the numbers of calls and notes, which follow from what stands before; `targets`
    is where its links lead, in order.
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
        """What says the same: its words without capitals, spaces, hyphens and forms of quotes."""
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
        """Whether it only numbers or parts others: “3.”, “A.”, “; ; .”"""
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
class Document:
    """All of a PDF that is compared: `passages` by the names of places, where it has some, and
    `blocks` as they are set, in which a place may lie inside another. `running` are the heads and
    feet without the folios, once each, `margins` the areas where they stand; `loose_links` are
    those on which no word stands. `is_ours` tells whether its passages have names.
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
    """The lines that some words stand on, as areas: words beside each other are one."""
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


def read_document(skeleton: Skeleton, glyphs: Glyphs) -> Document:
    """Reads all pages. Raises ValueError if one is damaged."""
    numbers = range(1, len(skeleton.sheets) + 1)
    links: dict[int, list[Hyperlink]] = {}
    for link in skeleton.links:
        links.setdefault(link.page, []).append(link)
    words = [_linked(glyphs.words(number), links.get(number, ()), skeleton) for number in numbers]
    marks = {(mark.page, mark.mcid) for mark in skeleton.marked}
    tagged = sum((word.page, word.mcid) in marks for page in words for word in page)
    if tagged < _TAGGED * sum(map(len, words)):
        return _untagged(skeleton, words)
    return _tagged(skeleton, words)


def _linked(words: Sequence[Word], links: Sequence[Hyperlink], skeleton: Skeleton) -> list[Word]:
    rows: dict[int, list[tuple[tuple[float, float, float, float], str]]] = {}
    for link in links:
        box = placed(link.box, skeleton.sheets[link.page - 1])
        for row in range(
            int(box[1] // _ROW) - 1,
            min(int((box[1] + box[3]) // _ROW) + 1, int(box[1] // _ROW) + 200) + 1,
        ):
            rows.setdefault(row, []).append((box, link.target))
    return [
        (
            replace(word, link=target)
            if (target := _target(word, rows.get(int((word.y + word.height / 2) // _ROW), ())))
            else word
        )
        for word in words
    ]


def _target(word: Word, boxes: Sequence[tuple[tuple[float, float, float, float], str]]) -> str:
    x, y = word.x + word.width / 2, word.y + word.height / 2
    return next(
        (
            target
            for (left, top, width, height), target in boxes
            if left <= x <= left + width and top - 0.5 <= y <= top + height + 0.5
        ),
        "",
    )


# --- with tags ------------------------------------------------------------------------------------


def _tagged(skeleton: Skeleton, pages: Sequence[Sequence[Word]]) -> Document:
    by_mark: dict[tuple[int, int], list[Word]] = {}
    for page in pages:
        for word in page:
            by_mark.setdefault((word.page, word.mcid), []).append(word)
    boxes = [_area(number, skeleton) for number in range(len(skeleton.figures))]
    inside: dict[int, list[Word]] = {}
    told: list[tuple[Marked, list[Word]]] = []
    for mark in skeleton.marked:
        words = by_mark.pop((mark.page, mark.mcid), [])
        if mark.figure >= 0:
            inside.setdefault(mark.figure, []).extend(words)
        else:
            told.append(
                (mark, [replace(word, is_call=mark.is_call, place=mark.name) for word in words])
            )
    lines: dict[tuple[int, int], list[Word]] = {}
    for _, words in sorted(by_mark.items()):
        for word in words:
            figure = next((one for one, box in enumerate(boxes) if box and _is_in(word, box)), None)
            if figure is not None:
                inside.setdefault(figure, []).append(word)
            else:
                lines.setdefault((word.page, round(word.y)), []).append(word)
    is_ours = any(named(mark.name).field for mark, _ in told if mark.name)
    language = skeleton.particulars.get("language", "")
    blocks = _passages(_with_notes(_gathered(told, language, lambda mark: mark.block)))
    passages = (
        _passages(_gathered(told, language, lambda mark: mark.name or mark.block))
        if is_ours
        else blocks
    )
    pictures = tuple(
        PlacedPicture(named(figure.name), figure.alt, tuple(inside.get(number, ())), boxes[number])
        for number, figure in enumerate(skeleton.figures)
    )
    return Document(
        skeleton,
        passages,
        blocks,
        pictures,
        *_running(lines.values()),
        _loose_links(skeleton, pages),
        is_tagged=True,
        is_ours=is_ours,
    )


def _gathered(
    told: Iterable[tuple[Marked, list[Word]]], language: str, key: Callable[[Marked], str]
) -> "list[_Block]":
    """Words of the same name or block together, in the order of its first."""
    found: dict[str, _Block] = {}
    for mark, words in told:
        if words:
            name = named(mark.name)
            block = found.setdefault(
                key(mark), _Block(name, mark.role, name.language or language, [])
            )
            block.words.extend((mark.language, word) for word in words)
    return list(found.values())


def _area(number: int, skeleton: Skeleton) -> Area | None:
    figure = skeleton.figures[number]
    if not figure.box or not figure.page:
        return None
    return (figure.page, *placed(figure.box, skeleton.sheets[figure.page - 1]))


def _is_in(word: Word, area: Area) -> bool:
    page, left, top, width, height = area
    return (
        word.page == page
        and left <= word.x + word.width / 2 <= left + width
        and top <= word.y + word.height / 2 <= top + height
    )


# --- without --------------------------------------------------------------------------------------


def _untagged(skeleton: Skeleton, pages: Sequence[Sequence[Word]]) -> Document:
    blocks, lines = untagged_blocks(
        pages, [placed(sheet.trim, sheet)[2:] for sheet in skeleton.sheets]
    )
    language = skeleton.particulars.get("language", "")
    passages = _passages(
        _with_notes(
            [_Block(UNNAMED, "", language, [("", word) for word in block]) for block in blocks]
        )
    )
    pictures = tuple(
        PlacedPicture(named(figure.name), figure.alt, (), _area(number, skeleton))
        for number, figure in enumerate(skeleton.figures)
    )
    return Document(
        skeleton,
        passages,
        passages,
        pictures,
        *_running(lines),
        _loose_links(skeleton, pages),
        is_tagged=False,
        is_ours=False,
    )


# --- both -----------------------------------------------------------------------------------------


def _running(lines: Iterable[Sequence[Word]]) -> tuple[tuple[str, ...], tuple[Area, ...]]:
    """What runs on the pages, without folios, and where. A folio counts the pages from one number
    on; any other is told.
    """
    kept = list(lines)
    counts = Counter(
        int(word.text) - word.page
        for line in kept
        for word in line
        if word.text.isdecimal() and len(word.text) < 5
    )
    offsets = {offset for offset, count in counts.items() if count > 1}
    texts = (
        " ".join(
            word.text
            for word in line
            if not (word.text.isdecimal() and int(word.text[:9]) - word.page in offsets)
        )
        for line in kept
    )
    return tuple(dict.fromkeys(filter(None, texts))), tuple(
        area for line in kept for area in areas(line)
    )


@dataclass(slots=True)
class _Block:
    name: Named
    role: str
    language: str
    words: list[tuple[str, Word]]


def _with_notes(blocks: list[_Block]) -> list[_Block]:
    """Blocks of a file that does not tell which are notes: raised numbers are calls, small blocks
    that begin with one notes.
    """
    if any(block.role == "Note" for block in blocks):
        return blocks
    for block in blocks:
        block.words = [
            (language, replace(word, is_call=True) if _is_raised(block.words, number) else word)
            for number, (language, word) in enumerate(block.words)
        ]
    calls = {word.text for block in blocks for _, word in block.words if word.is_call}
    sizes = [word.style.size for block in blocks for _, word in block.words]
    body = median(sizes) if sizes else 0.0
    for block in blocks:
        is_small = median(word.style.size for _, word in block.words) < 0.95 * body
        if is_small and block.words[0][1].text.strip("[]().") in calls:
            block.role = "Note"
    return blocks


def _passages(blocks: Iterable[_Block]) -> tuple[Passage, ...]:
    found = (_passage(block) for block in blocks)
    return tuple(one for one in found if one and (one.name.field or not one.is_label))


def _is_raised(words: Sequence[tuple[str, Word]], number: int) -> bool:
    """Whether a word is the number of a call: set smaller, and higher, than the word before it."""
    word, before = words[number][1], words[number - 1][1] if number else None
    return (
        before is not None
        and word.text.isdigit()
        and word.style.size < _RAISED[0] * before.style.size
        and word.bottom < before.bottom - _RAISED[1] * before.height
        and word.y > before.y - before.height
    )


def _passage(block: _Block) -> Passage | None:
    """A block with its calls and its number told apart from its words; None if it has no words."""
    kept: list[Word] = []
    calls: list[tuple[int, str]] = []
    foreign: list[tuple[str, str]] = []
    figures: list[Word] = []
    label = ""
    is_note = block.name.is_note or block.role == "Note"
    for language, word in block.words:
        if word.is_call:
            calls.append((len(kept), word.text))
            figures.append(word)
        elif is_note and not kept and not label and _NOTE_NUMBER.fullmatch(word.text):
            label = word.text.strip("[]().")
            figures.append(word)
        elif not kept and word.text in _BULLETS:
            figures.append(word)
        else:
            kept.append(word)
            if language and language != block.language:
                before = foreign.pop() if foreign and foreign[-1][0] == language else (language, "")
                foreign.append((language, f"{before[1]} {word.text}".strip()))
    return (
        Passage(
            block.name,
            block.role,
            block.language,
            tuple(kept),
            tuple(calls),
            label,
            tuple(foreign),
            areas(figures),
            _targets(block),
        )
        if kept
        else None
    )


def _targets(block: _Block) -> tuple[str, ...]:
    """Where the links of a block lead: addresses, and of places in the file the field; pages are
    told by no number, they flow.
    """
    found: list[str] = []
    for _, word in block.words:
        # How often a place was named before follows from what stands before.
        inside = (
            named(word.link[1:]).field or _OCCURRENCE.sub("", word.link)
            if word.link.startswith("#")
            else word.link
        )
        target = "page" if inside.startswith("page ") else inside
        if target and (not found or found[-1] != target):
            found.append(target)
    return tuple(dict.fromkeys(found))


def _loose_links(
    skeleton: Skeleton, pages: Sequence[Sequence[Word]]
) -> tuple[tuple[str, Area], ...]:
    linked = {(word.page, word.link) for page in pages for word in page if word.link}
    return tuple(
        (link.target, (link.page, *placed(link.box, skeleton.sheets[link.page - 1])))
        for link in skeleton.links
        if (link.page, link.target) not in linked
    )
