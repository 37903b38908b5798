"""From blocks of words to passages: calls, the numbers of notes, links and words of other languages
are separated.
"""

import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import Final

from reportcard.pdf.glyphs import Word
from reportcard.review.read.document import Passage, areas
from reportcard.review.read.names import Named, named

_BULLETS: Final = frozenset("•·▪▫◦‣■●○*–—-\uf0b7")
_OCCURRENCE: Final = re.compile(r"\.\d+$")
#: The number of an item, which follows from those before it.
_ITEM_NUMBER: Final = re.compile(r"\d{1,3}[.)]")
_NOTE_NUMBER: Final = re.compile(r"\[?\d{1,3}[.)\]]?")
#: A raised call is set smaller than this share of the words before it, and its foot higher by that
#: share of their height.
_RAISED: Final = (0.9, 0.15)


@dataclass(slots=True)
class TextBlock:
    """What is set as one: the name of its place, its structure type, its language, and its words,
    each with its own language (empty: the block's).
    """

    name: Named
    role: str
    language: str
    words: list[tuple[str, Word]]


def with_notes(blocks: list[TextBlock]) -> list[TextBlock]:
    """Blocks of a file without tags for notes: raised numbers are calls, small blocks
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
    return [one for block in blocks for one in _single_notes(block, calls)]


def _single_notes(block: TextBlock, calls: Container[str]) -> list[TextBlock]:
    """The notes of a block one by one: each begins a line, with the number after that of the one
    before it.
    """
    if block.role != "Note":
        return [block]
    number = int(block.words[0][1].text.strip("[]()."))
    starts = [0]
    for at in range(1, len(block.words)):
        before, word = block.words[at - 1][1], block.words[at][1]
        is_first = word.page != before.page or word.x < before.x
        own = word.text.strip("[]().")
        if is_first and own == str(number + 1) and own in calls:
            starts.append(at)
            number += 1
    ends = [*starts[1:], len(block.words)]
    return [
        replace(block, words=block.words[start:end])
        for start, end in zip(starts, ends, strict=True)
    ]


def passages_of(blocks: Iterable[TextBlock]) -> tuple[Passage, ...]:
    """The passages of some blocks, without those that only number or part others."""
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


def _passage(block: TextBlock) -> Passage | None:
    """A block with its calls and its number separated from its words; None if it has no words."""
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
        elif not kept and block.role == "LI" and _ITEM_NUMBER.fullmatch(word.text):
            label = word.text[:-1]
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


def _targets(block: TextBlock) -> tuple[str, ...]:
    """Where the links of a block lead: addresses, and of places in the file the field; pages have
    no number, they flow.
    """
    found: list[str] = []
    for _, word in block.words:
        # How often a place was named before follows from what comes before.
        inside = (
            named(word.link[1:]).field or _OCCURRENCE.sub("", word.link)
            if word.link.startswith("#")
            else word.link
        )
        target = "page" if inside.startswith("page ") else inside
        if target and (not found or found[-1] != target):
            found.append(target)
    return tuple(dict.fromkeys(found))
