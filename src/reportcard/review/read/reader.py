"""Reads a PDF as what is compared: by its tags, or without them by the places of its words."""

import re
from collections import Counter
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from reportcard.pdf.area import Area
from reportcard.pdf.faults import InvalidFileError
from reportcard.pdf.glyphs import Glyphs, Word
from reportcard.pdf.paper import placed
from reportcard.pdf.skeleton import Hyperlink, Skeleton
from reportcard.review.read.document import Document, areas
from reportcard.review.read.tagged import tagged
from reportcard.review.read.untagged import untagged

#: With less of its words in tags than this share, a file's tags say nothing of its order.
_TAGGED: Final = 0.6
#: On how large a part of the pages a folio is.
_FOLIOS: Final = 0.3
_DIGITS: Final = re.compile(r"\d+")
#: So many texts that differ in numbers alone count the pages.
_COUNTING: Final = 3
_LATIN: Final = re.compile("[A-Za-zÀ-ɏ]")
#: The small letters of ASCII, each of which has its two bytes of UTF-16 exchanged.
_EXCHANGED: Final = re.compile(f"[{''.join(chr(code << 8) for code in range(0x61, 0x7B))}]")
#: Links are looked up by rows of a page, of so many mm.
_ROW: Final = 5.0


@dataclass(frozen=True, slots=True)
class PageWords:
    """The words of all pages of a file, with where they lead. `has_tags` tells whether its tags
    cover them.
    """

    skeleton: Skeleton
    pages: tuple[tuple[Word, ...], ...]
    has_tags: bool


def page_words(skeleton: Skeleton, glyphs: Glyphs) -> PageWords:
    """Reads all pages, each as its text is read; a damaged one has no words."""
    links: dict[int, list[Hyperlink]] = {}
    for link in skeleton.links:
        links.setdefault(link.page, []).append(link)
    plain = [_whole(glyphs, number) for number in range(1, len(skeleton.sheets) + 1)]
    skeleton = replace(skeleton, sheets=tuple(glyphs.sheets))
    words = tuple(
        tuple(_linked(page, links.get(number, ()), skeleton))
        for number, page in enumerate(plain, start=1)
    )
    marks = {(mark.page, mark.mcid) for mark in skeleton.marked}
    in_tags = sum((word.page, word.mcid) in marks for page in words for word in page)
    return PageWords(skeleton, words, bool(marks) and in_tags >= _TAGGED * sum(map(len, words)))


def _whole(glyphs: Glyphs, number: int) -> list[Word]:
    try:
        words = glyphs.words(number)
    except InvalidFileError:
        return []
    return [
        word if word.text.isascii() else replace(word, text=in_order(word.text)) for word in words
    ]


def in_order(text: str) -> str:
    """A word with the letters of a ligature whose two bytes each Ghostscript has exchanged in its
    table of signs: o昀昀ice for office. Words in other scripts alone stay as they are.
    """
    if not _LATIN.search(text):
        return text
    return _EXCHANGED.sub(lambda match: chr(ord(match[0]) >> 8), text)


def read_document(read: PageWords, *, by_tags: bool) -> Document:
    """What the words of a file are: by its tags, or as their places show them."""
    skeleton, words = read.skeleton, read.pages
    contents = (tagged if by_tags else untagged)(skeleton, words)
    heads, margins = _running(contents.runners)
    return Document(
        skeleton,
        contents.passages,
        contents.blocks,
        contents.pictures,
        heads,
        margins,
        _loose_links(skeleton, words),
        read.has_tags,
        contents.is_ours,
    )


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


def _running(lines: Iterable[Sequence[Word]]) -> tuple[tuple[str, ...], tuple[Area, ...]]:
    """What runs on the pages, without folios, and where. A folio counts the pages from one number
    on; any other is text. What differs in its numbers alone, page by page, is there once.
    """
    kept = list(lines)
    counts = Counter(
        int(word.text) - word.page
        for line in kept
        for word in line
        if word.text.isdecimal() and len(word.text) < 5
    )
    pages = {word.page for line in kept for word in line}
    offsets = {offset for offset, count in counts.items() if count > max(1, _FOLIOS * len(pages))}
    texts = [_without_folio(line, offsets) for line in kept]
    return _once(dict.fromkeys(filter(None, texts))), tuple(
        area for line in kept for area in areas(line)
    )


def _without_folio(line: Sequence[Word], offsets: Container[int]) -> str:
    at = next(
        (
            number
            for number, word in enumerate(line)
            if word.text.isdecimal() and int(word.text[:9]) - word.page in offsets
        ),
        -1,
    )
    return " ".join(word.text for number, word in enumerate(line) if number != at)


def _once(texts: Iterable[str]) -> tuple[str, ...]:
    """Texts without those that count on: page 2 of 14, page 3 of 14."""
    alike: dict[str, list[str]] = {}
    for text in texts:
        alike.setdefault(_DIGITS.sub("#", text), []).append(text)
    return tuple(
        text for ones in alike.values() for text in (ones[:1] if len(ones) >= _COUNTING else ones)
    )


def _loose_links(
    skeleton: Skeleton, pages: Sequence[Sequence[Word]]
) -> tuple[tuple[str, Area], ...]:
    linked = {(word.page, word.link) for page in pages for word in page if word.link}
    return tuple(
        (link.target, (link.page, *placed(link.box, skeleton.sheets[link.page - 1])))
        for link in skeleton.links
        if (link.page, link.target) not in linked
    )
