"""Text by its tags: what is under one name or in one block of the structure belongs together."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from reportcard.pdf.area import Area
from reportcard.pdf.glyphs import Word
from reportcard.pdf.skeleton import Marked, Skeleton
from reportcard.review.read.document import PageContents, PlacedPicture, area_of
from reportcard.review.read.names import named
from reportcard.review.read.passages import TextBlock, passages_of, with_notes

#: Parts of a line are farther apart than so many heights of it.
_APART: Final = 2.0


def tagged(skeleton: Skeleton, pages: Sequence[Sequence[Word]]) -> PageContents:
    """What pages hold, by their tags; `pages` are their words. Untagged lines are runners."""
    by_mark: dict[tuple[int, int], list[Word]] = {}
    for page in pages:
        for word in page:
            by_mark.setdefault((word.page, word.mcid), []).append(word)
    boxes = [area_of(number, skeleton) for number in range(len(skeleton.figures))]
    inside: dict[int, list[Word]] = {}
    marked: list[tuple[Marked, list[Word]]] = []
    for mark in skeleton.marked:
        words = by_mark.pop((mark.page, mark.mcid), [])
        if mark.figure >= 0:
            inside.setdefault(mark.figure, []).extend(words)
        else:
            marked.append(
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
    is_ours = any(named(mark.name).field for mark, _ in marked if mark.name)
    language = skeleton.particulars.get("language", "")
    blocks = passages_of(with_notes(_gathered(marked, language, lambda mark: mark.block)))
    passages = (
        passages_of(_gathered(marked, language, lambda mark: mark.name or mark.block))
        if is_ours
        else blocks
    )
    pictures = tuple(
        PlacedPicture(named(figure.name), figure.alt, tuple(inside.get(number, ())), boxes[number])
        for number, figure in enumerate(skeleton.figures)
    )
    runners = tuple(part for line in lines.values() for part in _parts(line))
    return PageContents(passages, blocks, pictures, runners, is_ours)


def _parts(line: Sequence[Word]) -> Iterator[tuple[Word, ...]]:
    """What is apart in a line, as a status beside a heading that runs."""
    part: list[Word] = []
    for word in line:
        if part and not 0 <= word.x - part[-1].right + 1 < _APART * max(word.height, 1):
            yield tuple(part)
            part = []
        part.append(word)
    if part:
        yield tuple(part)


def _gathered(
    marked: Iterable[tuple[Marked, list[Word]]], language: str, key: Callable[[Marked], str]
) -> list[TextBlock]:
    """Words of the same name or block together, in the order of its first."""
    found: dict[str, TextBlock] = {}
    for mark, words in marked:
        if words:
            name = named(mark.name)
            block = found.setdefault(
                key(mark), TextBlock(name, mark.role, name.language or language, [])
            )
            block.words.extend((mark.language, word) for word in words)
    return list(found.values())


def _is_in(word: Word, area: Area) -> bool:
    page, left, top, width, height = area
    return (
        word.page == page
        and left <= word.x + word.width / 2 <= left + width
        and top <= word.y + word.height / 2 <= top + height
    )
