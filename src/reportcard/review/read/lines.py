"""Text without tags in lines, blocks, and running heads and feet, by its places on the pages
alone.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from statistics import median
from typing import Final

from reportcard.pdf.glyphs import Word
from reportcard.pdf.paper import MM_PER_PT

#: Words farther apart than this many ems are in different columns or cells; in a justified line
#: they are nearer.
_COLUMN_GAP: Final = 1.5
#: A page painted in more parts than these is a drawing: only neighbours are joined.
_MOST_PARTS: Final = 600
#: Lines of one block are not farther apart than this many ems, and their sizes differ by no more
#: than this share.
_LEADING: Final = 1.85
_ALIKE: Final = 0.1
#: Words of a line are not so many times as large as those beside them: a watermark is.
_ONE_LINE: Final = 5.0
#: The height of a box of text in ems, in most fonts.
_BOX: Final = 1.25
#: The part of a page's height, above and below, in which heads and feet run.
_EDGE: Final = 0.13
#: On how large a part of the pages, and on how many at least, a line comes back that runs.
_RUNS: Final = (0.4, 3)
#: On how large a part of the pages, and on how many at least, a stamp is.
_STAMPED: Final = (0.6, 3)
_BULLET: Final = re.compile(r"[•·▪▫◦‣–—*■●○-]|\(?[a-z0-9]{1,2}[.)]")

Block = list[Word]


def untagged_blocks(
    pages: Sequence[Sequence[Word]], sizes: Sequence[tuple[float, float]]
) -> tuple[list[Block], list[Block]]:
    """The blocks of all pages in the order in which they are painted, and the lines that run.

    `sizes` are the pages' widths and heights in mm.
    """
    lines = [list(_lines(words)) for words in pages]
    running = _running(lines, sizes)
    stamps = _stamps(lines)
    blocks: list[Block] = []
    runners: list[Block] = []
    for number, page in enumerate(lines):
        kept: list[Block] = []
        for line in page:
            runs = _at_edge(line, sizes[number][1]) in running or _stamp(line) in stamps
            (runners if runs else kept).append(line)
        blocks.extend(_blocks(kept))
    return blocks, runners


def _lines(words: Sequence[Word]) -> Iterator[Block]:
    """Words beside each other: those painted one after the other, then the parts of a line that
    were painted apart.
    """
    parts: list[Block] = []
    for word in words:
        if parts and _is_beside(parts[-1], word):
            parts[-1].append(word)
        else:
            parts.append([word])
    lines: list[Block] = []
    for part in parts:
        near = lines if len(parts) <= _MOST_PARTS else lines[-3:]
        after = next((line for line in reversed(near) if _is_beside(line, part[0])), None)
        before = next((line for line in reversed(near) if _is_beside(part, line[0])), None)
        if after is not None:
            after.extend(part)
        elif before is not None:
            before[:0] = part
        else:
            lines.append(part)
    yield from lines


def _is_beside(line: Sequence[Word], right: Word) -> bool:
    """Whether a word follows the last one of a line: a raised number does, and a word or sign after
    it.
    """
    left = line[-1]
    em = max(_em(left), _em(right))
    if left.slant or right.slant or not 1 / _ONE_LINE < _em(left) / _em(right) < _ONE_LINE:
        return False
    overlaps = any(
        min(one.bottom, right.bottom) - max(one.y, right.y) > 0.4 * min(one.height, right.height)
        for one in line[-2:]
    )
    return overlaps and -0.3 * em < right.x - left.right < _COLUMN_GAP * em


def _at_edge(line: Sequence[Word], height: float) -> str:
    """What a line in the margin above or below has in common with its like on other pages; empty
    for any other line.
    """
    top = line[0].y
    if _EDGE * height < top < (1 - _EDGE) * height:
        return ""
    text = re.sub(r"\d+", "#", " ".join(word.text for word in line)).casefold()
    return f"{round(top / 3)}:{text}"


def _running(
    pages: Sequence[Sequence[Sequence[Word]]], sizes: Sequence[tuple[float, float]]
) -> frozenset[str]:
    found: dict[str, int] = {}
    for number, page in enumerate(pages):
        for key in {_at_edge(line, sizes[number][1]) for line in page}:
            found[key] = found.get(key, 0) + 1
    share, least = _RUNS
    return frozenset(
        key for key, count in found.items() if key and count >= max(least, share * len(pages))
    )


def _stamp(line: Sequence[Word]) -> tuple[str, int, int]:
    """What a line is wherever it is on a page: its text and its place."""
    text = " ".join(word.text for word in line).casefold()
    return text, round(line[0].x / 3), round(line[0].y / 3)


def _stamps(pages: Sequence[Sequence[Sequence[Word]]]) -> frozenset[tuple[str, int, int]]:
    """The lines that are at the same place of most pages: watermarks, and stamps of a print."""
    counts = Counter(one for page in pages for one in {_stamp(line) for line in page})
    share, least = _STAMPED
    return frozenset(
        one for one, count in counts.items() if count >= max(least, share * len(pages))
    )


def _blocks(lines: Sequence[Sequence[Word]]) -> Iterator[Block]:
    block: list[Sequence[Word]] = []
    for line in lines:
        if block and not _follows(line, block):
            yield [word for one in block for word in one]
            block = []
        block.append(line)
    if block:
        yield [word for one in block for word in one]


def _follows(line: Sequence[Word], block: Sequence[Sequence[Word]]) -> bool:
    """Whether a line goes on with the block that the line before it belongs to."""
    before = block[-1]
    size = median(map(_em, before))
    apart = line[0].bottom - before[0].bottom
    beside = min(line[-1].right, before[-1].right) - max(line[0].x, before[0].x)
    alike = abs(median(map(_em, line)) - size) < _ALIKE * size
    return (
        0 < apart < _LEADING * size
        and beside > 0
        and alike
        and line[0].slant == before[0].slant == 0
        and not _BULLET.fullmatch(line[0].text)
    )


def _em(word: Word) -> float:
    """The size of a word in mm; of a font that has none, by the height of its box."""
    return word.style.size * MM_PER_PT if word.style.size > 1 else max(word.height / _BOX, 0.1)
