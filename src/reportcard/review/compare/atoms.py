"""A passage in atoms, the smallest parts that are compared: a number with its unit, a word, a
sign.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from reportcard.review.compare.numerals import Numeral, Numerals
from reportcard.review.read.document import Passage
from reportcard.review.read.tokens import Token, offsets


@dataclass(frozen=True, slots=True)
class Atom:
    """Tokens of a passage by their numbers, and what they are compared by; `figure` is the number
    that they are, `tokens` those of it that are shown.
    """

    numbers: tuple[int, ...]
    tokens: tuple[Token, ...]
    key: str
    figure: Numeral | None = None

    @property
    def text(self) -> str:
        """As it is written, without spaces."""
        return "".join(token.text for token in self.tokens)

    @property
    def typed(self) -> str:
        """Sign and digits of a number, without its unit; of anything else all of it."""
        return self.figure.number.typed if self.figure else self.text

    @property
    def is_broken(self) -> bool:
        """Whether a hyphen in it may only be that of a line's end."""
        return any(token.broken for token in self.tokens)

    @property
    def is_number(self) -> bool:
        """Whether it is a number, read as one or by its digits alone."""
        return self.figure is not None or self.tokens[0].is_number

    @property
    def is_article(self) -> bool:
        """Whether it may be an article as well as a number: one, una."""
        number = self.figure.number if self.figure else None
        return bool(number and number.is_word and not number.is_rank and number.value == 1)

    @property
    def digits(self) -> str:
        """Its digits alone."""
        return "".join(sign for sign in self.text if sign.isdigit())

    @property
    def letters(self) -> str:
        """Its letters alone."""
        return "".join(sign for sign in self.text if sign.isalpha())

    @property
    def bare(self) -> tuple[int, ...]:
        """The numbers of the tokens of its digits, without unit and currency."""
        if self.figure is None or self.figure.number.is_rank:
            return self.numbers
        shown = tuple(
            number
            for number, token in zip(self.numbers, self.tokens, strict=True)
            if token.is_number
        )
        return shown or self.numbers


def atoms(passage: Passage, numerals: Numerals) -> tuple[Atom, ...]:
    """The atoms of a passage, in order."""
    tokens = passage.tokens
    return tuple(
        _compound(atom, passage, numerals)
        for atom in _atoms(tokens, numerals.figures(passage, passage.text))
    )


def _compound(atom: Atom, passage: Passage, numerals: Numerals) -> Atom:
    """A compound that begins with a number in words, as fourth-largest, is that number too."""
    first, hyphen, rest = atom.text.partition("-")
    if atom.figure or not (hyphen and first.isalpha()):
        return atom
    figures = numerals.figures(passage, first)
    if not figures:
        return atom
    return replace(atom, key=f"{rest.casefold()}\0{figures[0].said}", figure=figures[0])


def _atoms(tokens: Sequence[Token], figures: Sequence[Numeral]) -> Iterator[Atom]:
    starts, ends = offsets(tokens)
    at = 0
    for figure in figures:
        first = bisect_right(ends, figure.start)
        stop = bisect_left(starts, figure.end)
        if first < at or stop <= first:
            continue
        yield from (_single(number, tokens[number]) for number in range(at, first))
        own = tuple(range(first, stop))
        parts = tuple(tokens[first:stop])
        around = (figure.start - starts[first], ends[stop - 1] - figure.end)
        rest = parts[0].key[: max(around[0], 0)] + (
            parts[-1].key[-around[1] :] if around[1] > 0 else ""
        )
        yield Atom(own, parts, f"{rest}\0{figure.said}", figure)
        at = stop
    yield from (_single(number, tokens[number]) for number in range(at, len(tokens)))


def _single(number: int, token: Token) -> Atom:
    return Atom((number,), (token,), token.key)


def numbers(side: Sequence[Atom]) -> tuple[int, ...]:
    """The numbers of the tokens of some atoms."""
    return tuple(number for atom in side for number in atom.numbers)
