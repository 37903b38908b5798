"""Numbers of calls that another program has written as if they were part of the word before: 2030
with call 9 as 20309.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from reportcard.pdf.glyphs import Word
from reportcard.review.read.document import Document
from reportcard.review.read.reader import PageWords


def parted(read: PageWords, other: Document) -> PageWords:
    """The words of a file with those parted that are a word and its call in the other file, and
    that this one never has as such.
    """
    wanted = _fused(other)
    there = {word.text for passage in other.passages for word in passage.words}
    if not any(
        word.text in wanted and word.text not in there for page in read.pages for word in page
    ):
        return read
    left = Counter({text: len(pairs) for text, pairs in wanted.items() if text not in there})
    pages = tuple(tuple(_parted(page, wanted, left)) for page in read.pages)
    return replace(read, pages=pages)


def _fused(document: Document) -> dict[str, list[tuple[str, str]]]:
    """Words with the number of their call put after them, and what they are."""
    found: dict[str, list[tuple[str, str]]] = {}
    for passage in document.passages:
        for at, number in passage.calls:
            if at:
                word = passage.words[at - 1].text
                found.setdefault(word + number, []).append((word, number))
    return found


def _parted(
    words: Sequence[Word], wanted: dict[str, list[tuple[str, str]]], left: Counter[str]
) -> Iterator[Word]:
    for word in words:
        if left[word.text] <= 0:
            yield word
            continue
        left[word.text] -= 1
        text, number = wanted[word.text][0]
        share = word.width * len(text) / len(word.text)
        yield replace(word, text=text, width=round(share, 2))
        yield replace(
            word,
            text=number,
            x=round(word.x + share, 2),
            width=round(word.width - share, 2),
            glued=True,
            is_call=True,
        )
