"""Whether a change of words turns their meaning round: a negation that came or went, or a word that
gave way to its opposite.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from reportcard.language.packs import LanguagePack, known_languages, pack
from reportcard.review.read.tokens import comparable

#: A word after a beginning that negates has so many letters at least: legal, but not form.
_STEM: Final = 5
#: In longer texts that were written anew, a word and its opposite may be there by chance.
_MOST_WORDS: Final = 6
#: What only looks like a negation: No. 5.
_NUMBER_SIGN: Final = ("no", ".")

#: What a phrase says that denies; one with an opposite, the number of its list and of its side.
_DENIAL: Final = (-1, 0)

Phrase = tuple[str, ...]
"""Words by their keys."""
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class WordSpan:
    """Words of a text, by the keys of the whole text and where they begin and end in it."""

    text: Sequence[str]
    start: int
    end: int

    @property
    def words(self) -> Sequence[str]:
        """The keys of the words alone."""
        return self.text[self.start : self.end]

    def widened(self, before: int, after: int) -> "WordSpan":
        """The same with so many words more on both sides, as far as there are some."""
        start, end = max(self.start - before, 0), min(self.end + after, len(self.text))
        return WordSpan(self.text, start, end)


def turns(old: WordSpan, new: WordSpan, language: str) -> bool:
    """Whether words deny more, or less, than those that they replaced, or say the opposite: in
    their language, or in any where that is not known (empty).
    """
    return any(_turn(old, new, one) for one in ((language,) if language else known_languages()))


def _turn(old: WordSpan, new: WordSpan, language: str) -> bool:
    known = _sense(language)
    is_short = max(len(old.words), len(new.words)) <= _MOST_WORDS
    # A phrase may begin or end in what did not change: only the "no" of "no more than" came
    reach = [known.reach(side) for side in (old, new)]
    before, after = (max(sides) for sides in zip(*reach, strict=True))
    said = [list(known.said(side.widened(before, after))) for side in (old, new)]
    if said[0].count(_DENIAL) != said[1].count(_DENIAL):
        return True
    return is_short and (_are_opposed(*said) or known.has_negated(old.words, new.words))


def _are_opposed(old: Sequence[Pair], new: Sequence[Pair]) -> bool:
    """Whether something was said of a kind, and another side of it is said now."""
    gone, came = Counter(old) - Counter(new), Counter(new) - Counter(old)
    return any(kind == its and side != other for kind, side in gone for its, other in came)


@dataclass(frozen=True)
class _Sense:
    """What the words of a language deny, and which are opposites."""

    #: By their first words, the phrases that say something, the longest first. One that only looks
    #: like a negation says nothing.
    phrases: Mapping[str, Sequence[tuple[Phrase, Sequence[Pair]]]]
    endings: tuple[str, ...] = ()
    prefixes: Collection[str] = ()

    def said(self, span: WordSpan) -> Iterator[Pair]:
        """What the phrases of a span say."""
        for _, _, said in self._phrases(span):
            yield from said

    def reach(self, span: WordSpan) -> Pair:
        """By how many words the phrases of a span begin before it and end after it."""
        found = list(self._phrases(span))
        return (
            max([0, *(span.start - start for start, _, _ in found)]),
            max([0, *(end - span.end for _, end, _ in found)]),
        )

    def _phrases(self, span: WordSpan) -> Iterator[tuple[int, int, Sequence[Pair]]]:
        """The phrases that have words of a span, or are around it where it is empty: where each
        begins and ends, and what it says.
        """
        at = 0
        while at < span.end:
            length, said = self._longest(span.text, at)
            if said is not None and span.start < at + length:
                yield at, at + length, said
            at += length

    def _longest(self, text: Sequence[str], at: int) -> tuple[int, Sequence[Pair] | None]:
        for phrase, said in self.phrases.get(text[at], ()):
            if tuple(text[at : at + len(phrase)]) == phrase:
                return len(phrase), said
        return 1, (_DENIAL,) if self.endings and text[at].endswith(self.endings) else None

    def has_negated(self, old: Sequence[str], new: Sequence[str]) -> bool:
        """Whether a word is another with a beginning that negates: formal, informal."""
        gone = [word for word in old if word not in new]
        came = [word for word in new if word not in old]
        return any(self._is_negated(one, other) for one in gone for other in came)

    def _is_negated(self, one: str, other: str) -> bool:
        short, long = sorted((one, other), key=len)
        return (
            len(short) >= _STEM
            and long.endswith(short)
            and long.removesuffix(short).rstrip("-") in self.prefixes
        )


@cache
def _sense(language: str) -> _Sense:
    known = pack(language) or LanguagePack()
    said: dict[Phrase, list[Pair]] = {_NUMBER_SIGN: []}
    said.update((_phrase(text), []) for text in known.no_negations)
    listed = [(_DENIAL, text) for text in known.negations]
    for kind, sides in enumerate(known.opposites):
        listed += [((kind, side), text) for side, texts in enumerate(sides) for text in texts]
    for one, text in listed:
        said.setdefault(_phrase(text), []).append(one)
    phrases: dict[str, list[tuple[Phrase, Sequence[Pair]]]] = {}
    for phrase in sorted(said, key=len, reverse=True):
        phrases.setdefault(phrase[0], []).append((phrase, said[phrase]))
    endings = tuple(comparable(word) for word in known.negations if "'" in word)
    return _Sense(phrases, endings, known.negating_prefixes)


def _phrase(text: str) -> Phrase:
    return tuple(comparable(word) for word in text.split())
