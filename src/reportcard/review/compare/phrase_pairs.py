"""Which phrase of a text replaced which: identifiers, laws, dates, parts in words."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from reportcard.review.compare.atoms import Atom, numbers
from reportcard.review.compare.phrases import NumberPhrase, NumberPhrases

#: Letters of an identifier are capitals, or no more than these.
_MOST_SMALL: Final = 3
#: What is one number is told in no more words.
_MOST_WORDS: Final = 5

Tokens = tuple[tuple[int, ...], tuple[int, ...]]
"""Tokens of the old text and of the new one, by their numbers."""


@dataclass(frozen=True, slots=True)
class PhrasePair:
    """The phrases of two texts, and the atoms of both."""

    phrases: tuple[NumberPhrases, NumberPhrases]
    atoms: tuple[tuple[Atom, ...], tuple[Atom, ...]]

    def part(self, then: Sequence[Atom], now: Sequence[Atom]) -> Tokens | None:
        """Words for a part or a multiple that replaced such words, or a number: a third of, a
        quarter of; twice, three times.
        """
        sides = numbers(then), numbers(now)
        if _is_roman_one(then, now) or _is_roman_one(now, then):
            return sides
        has_part = [one.has_part(side) for one, side in zip(self.phrases, sides, strict=True)]
        counts = [
            sum(atom.is_number and not atom.is_article for atom in side) or is_part
            for side, is_part in zip((then, now), has_part, strict=True)
        ]
        if any(has_part) and counts == [1, 1] and _is_short(*sides):
            return sides
        return None

    def name(self, old: tuple[int, int], new: tuple[int, int]) -> Tokens | None:
        """An identifier, a law or a time that is another, not by its digits alone: by itself, or
        with the word before or after it, where words only came or went.
        """
        sides = [self.atoms[0][slice(*old)], self.atoms[1][slice(*new)]]
        if all(atom.is_number for side in sides for atom in side):
            return None
        for is_whole in (False, True):
            for before, after in ((0, 0),) if all(sides) else ((1, 0), (0, 1)):
                phrases = [
                    one.around(
                        numbers(its[max(start - before, 0) : end + after]), is_whole=is_whole
                    )
                    for one, its, (start, end) in zip(
                        self.phrases, self.atoms, (old, new), strict=True
                    )
                ]
                if not is_whole:
                    self._complete(phrases, sides)
                first, second = phrases
                if first and second and _is_one_name(first, second):
                    return tuple(first.tokens), tuple(second.tokens)
        return None

    def _complete(
        self, phrases: list[NumberPhrase | None], sides: Sequence[Sequence[Atom]]
    ) -> None:
        """Where digits came to letters, or left them (CO, CO2), the letters alone are a phrase."""
        for number in (0, 1):
            other = phrases[1 - number]
            if phrases[number] is None and other and len(sides[number]) == 1:
                word = self.phrases[number].word(sides[number][0].numbers[0])
                phrases[number] = word if word.letters == other.letters else None

    def date(self, then: Sequence[int], now: Sequence[int]) -> Tokens | None:
        """The tokens of the dates that some tokens are part of."""
        old, new = self.phrases[0].date(then), self.phrases[1].date(now)
        return (tuple(old.tokens), tuple(new.tokens)) if old and new else None


def merged(differences: Iterable[tuple[tuple[int, ...], tuple[int, ...]]]) -> Iterator[int]:
    """The places, in a list of pairs of tokens before and after, of those that another one of the
    list contains, or that come twice.
    """
    pairs = [(set(then), set(now)) for then, now in differences]
    for place, (then, now) in enumerate(pairs):
        for other, (old, new) in enumerate(pairs):
            is_inside = place != other and then <= old and now <= new
            if is_inside and ((then, now) != (old, new) or other < place):
                yield place
                break


def _is_one_name(old: NumberPhrase, new: NumberPhrase) -> bool:
    """Whether two phrases are an identifier before and after: their letters or words differ, not
    their digits alone.
    """
    if old.signs == new.signs:
        return False
    if old.is_whole:
        return not _is_abbreviated(old, new)
    if not (old.is_mixed or new.is_mixed):
        return False
    differing = set(old.letters) ^ set(new.letters)
    return not any(run.islower() and len(run) > _MOST_SMALL for run in differing)


def _is_abbreviated(one: NumberPhrase, other: NumberPhrase) -> bool:
    """Whether a law is the same in fewer letters: D. S. N.º 5, DS 5, Decreto Supremo N.º 5."""
    if re.findall(r"\d+", one.text) != re.findall(r"\d+", other.text):
        return False
    short, long = sorted((one.own_words, other.own_words), key=lambda words: len("".join(words)))
    if len(short) != len(long):
        short = tuple("".join(short))
    return 0 < len(short) == len(long) and all(map(str.startswith, long, short))


def _is_short(*sides: Sequence[int]) -> bool:
    """Whether either side may be one number in words."""
    return all(0 < len(side) <= _MOST_WORDS for side in sides)


def _is_roman_one(one: Sequence[Atom], other: Sequence[Atom]) -> bool:
    """Whether a word alone is the Roman number one beside another Roman number."""
    figure = other[0].figure if len(one) == len(other) == 1 else None
    return bool(figure and figure.number.is_name and figure.number.is_word and one[0].text == "I")
