"""Where the lines of a block break in its file: where they did before its text changed, and after
sentences if those of its field do.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Final

#: A word with its marks and note calls. A value and the address of a link are never broken.
_WORD: Final = re.compile(r"(?:\{\{.*?\}\}|\]\([^)]*\)|[^ ])+")
#: The last word of a sentence, and the first of the next: an initial ends none.
_END: Final = re.compile(r"(?<!\b[A-ZÁÉÍÓÚÑ])[.!?…](?:\[\^[^\]]*\]|[»”’\"')*\]])*$")
_START: Final = re.compile(r"[¿¡«“\"'(*\[]*(?:[^\W\d_]|\{\{|$)")
#: The last word of a part of a sentence.
_PAUSE: Final = re.compile(r"[,;:.!?…—–](?:\[\^[^\]]*\]|[»”’\"')*\]])*$")
#: What would begin another block at the start of a line.
_SIGN: Final = re.compile(
    r"(?:[-+*_=]+|#{1,6}|\d{1,9}[.)]|[|:-]+)$|>|\||:{3}|~{3}|`{3}|!\[|\[\^[^\]]*\]:"
)


@dataclass(frozen=True, slots=True)
class LineBreaks:
    """How the texts of a field are broken into lines: after each sentence, or nowhere but where a
    break was already.
    """

    at_sentences: bool

    @classmethod
    def of(cls, text: str) -> "LineBreaks | None":
        """Those of a field; None if no block of it has two sentences."""
        broken = whole = 0
        for lines in _blocks(text):
            joined, breaks = _joined(lines)
            words = list(_WORD.finditer(joined))
            for one, next_ in pairwise(words):
                if _is_end(one[0], next_[0]):
                    broken += one.end() in breaks
                    whole += one.end() not in breaks
        return cls(broken >= whole) if broken or whole else None

    def lines(self, text: str, before: Sequence[str] = ()) -> list[str]:
        """A text in lines. `before` are those of the text whose place it takes: where its words
        are the same, so are its breaks.
        """
        words = _WORD.findall(text)
        if " ".join(words) != text:
            return [text]
        made: list[str] = []
        start = 0
        for at in sorted(self._breaks(words, before)):
            if start <= at < len(words) - 1 and not _SIGN.match(words[at + 1]):
                made.append(" ".join(words[start : at + 1]))
                start = at + 1
        return [*made, " ".join(words[start:])]

    def _breaks(self, words: Sequence[str], before: Sequence[str]) -> Iterator[int]:
        """The words that a line ends with, by their number from 0."""
        joined, offsets = _joined(before)
        matches = list(_WORD.finditer(joined))
        old = [match[0] for match in matches]
        breaks = {number for number, match in enumerate(matches) if match.end() in offsets}
        kept: set[int] = set()
        matcher = SequenceMatcher(None, old, words, autojunk=False)
        for tag, i1, i2, j1, j2 in matcher.get_opcodes():
            if tag == "equal":
                kept.update(range(j1, j2 - 1))
                yield from (j1 + at - i1 for at in range(i1, i2) if at in breaks)
            else:
                inside = sorted(at for at in breaks if i1 <= at < i2)
                yield from _carried(inside, old[i1:i2], words[j1:j2], i1, j1)
        if self.at_sentences:
            yield from (
                at
                for at in range(len(words) - 1)
                if at not in kept and _is_end(words[at], words[at + 1])
            )


#: Those of a text that is one line.
UNBROKEN: Final = LineBreaks(at_sentences=False)


def _carried(
    breaks: Sequence[int], old: Sequence[str], new: Sequence[str], i1: int, j1: int
) -> Iterator[int]:
    """Where breaks go that were between words which others take the place of: to the end of a
    sentence, or of a part of one, as far along; what was broken at the edge is still. `i1` and `j1`
    are the numbers of the first words.
    """
    for at in breaks:
        place = at - i1
        if place == len(old) - 1:
            yield j1 + len(new) - 1
            continue
        is_kind = next((kind for kind in (_END, _PAUSE) if kind.search(old[place])), None)
        wanted = round((place + 1) / len(old) * len(new)) - 1
        fitting = [one for one in range(len(new)) if is_kind is None or is_kind.search(new[one])]
        if fitting:
            yield j1 + min(fitting, key=lambda one: abs(one - wanted))


def _blocks(text: str) -> Iterator[list[str]]:
    """The lines of each paragraph or item, as far as line by line can tell."""
    block: list[str] = []
    for line in (*text.split("\n"), ""):
        if not line.strip() or _SIGN.match(line.split(" ")[0] or line.lstrip().split(" ")[0]):
            yield block
            block = []
        block.append(line)


def _joined(lines: Sequence[str]) -> tuple[str, set[int]]:
    """Lines as one, and where in it they were broken."""
    joined, breaks = "", set()
    for line in lines:
        if joined:
            breaks.add(len(joined))
            joined += " "
        joined += re.sub(r"[ \t]+", " ", line).strip()
    return joined, breaks


def _is_end(word: str, next_: str) -> bool:
    return bool(_END.search(word) and _START.match(next_) and not next_[:1].islower())
