"""How much there is to translate, as agencies count it: words, less for what is like a text that is
translated already.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from reportcard.translation.status import BlockState

#: By the likeness from which it holds, in percent, the share at which words are counted: the scale
#: that agencies quote by most. Each agrees on its own.
BANDS: Final = ((100, 30), (95, 30), (85, 60), (75, 60), (0, 100))


@dataclass(frozen=True, slots=True)
class Weight:
    """A block to translate: its words, its likeness to what is translated, and the share at which
    its words are counted, both in percent.
    """

    words: int
    match: int
    share: int


def memory(blocks: Iterable[BlockState]) -> frozenset[str]:
    """The texts that are translated: of each translation the source that it was made from."""
    return frozenset(
        block.before or block.source.text
        for block in blocks
        if block.source and block.target and (block.before or block.state.is_done)
    )


def weights(blocks: Iterable[BlockState], known: Iterable[str]) -> Iterator[tuple[int, Weight]]:
    """The blocks to translate, by their number from 0 among those given. A text that is there twice
    is translated once.
    """
    seen = set(known)
    texts = [_words(text) for text in seen]
    counts = [Counter(words) for words in texts]
    for number, block in enumerate(blocks):
        if block.words and block.source:
            text = block.source.text
            match = 100 if text in seen else _best(_words(text), texts, counts)
            seen.add(text)
            yield number, Weight(block.words, match, _share(match))


def weighted(found: Iterable[Weight]) -> int:
    """The words of blocks as they are counted for a quote, rounded up."""
    return -(-sum(one.words * one.share for one in found) // 100)


def _share(match: int) -> int:
    return next(share for least, share in BANDS if match >= least)


def _best(
    words: Sequence[str], texts: Sequence[Sequence[str]], counts: Sequence[Counter[str]]
) -> int:
    """The likeness of the text that is most alike, below 100; 0 where that is below all bands."""
    least, own = BANDS[-2][0] / 100, Counter(words)
    best = 0.0
    for other, count in zip(texts, counts, strict=True):
        most = 2 * (own & count).total() / max(len(words) + len(other), 1)
        if most >= max(best, least):
            ratio = SequenceMatcher(None, words, other, autojunk=False).ratio()
            best = max(best, ratio)
    return min(int(best * 100), 99) if best >= least else 0


def _words(text: str) -> list[str]:
    return text.casefold().split()
