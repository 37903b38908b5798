"""What changed in the text of a passage, by what it means: words, numbers, scores, notes."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Final

from reportcard.language.literals import same_number
from reportcard.pdf.area import Area
from reportcard.review.changes import Act, Change, Fact, Kind
from reportcard.review.compare.atoms import Atom, atoms, numbers
from reportcard.review.compare.number_roles import (
    is_replaced,
    is_said_alike,
    is_score,
    is_thing,
)
from reportcard.review.compare.numerals import Numerals
from reportcard.review.compare.pairs import PassagePair
from reportcard.review.compare.phrase_pairs import PhrasePair, Tokens, merged
from reportcard.review.compare.phrases import NumberPhrases
from reportcard.review.compare.reversals import WordSpan, turns
from reportcard.review.read.document import Passage, areas
from reportcard.review.read.names import Named, named
from reportcard.review.read.tokens import Token

#: So many words at most between two that were exchanged.
_EXCHANGED: Final = 2
#: Kinds of which each difference is a change by itself.
_EACH: Final = frozenset({Kind.NUMBER, Kind.SCORE, Kind.MEANING})
#: Between words that changed at different places of a passage.
_MORE: Final = " … "
#: What a sentence ends or begins with.
_ENDS: Final = frozenset(".:;!?¿¡•—«“")


def text_changes(
    pair: PassagePair, numerals: tuple[Numerals, Numerals], *, by_name: bool
) -> Iterator[Change]:
    """The changes of a pair's text, without the calls in it. `numerals` are how the numbers of both
    files are read.

    Without names (`by_name`), the files come from different programs: capitals, quotes and dashes
    that differ are layout.
    """
    if pair.both:
        if pair.both[0].text != pair.both[1].text:
            yield from _TwoTexts(*pair.both, numerals, by_name=by_name).changes()
    else:
        yield _whole(pair.old, pair.new)


def _whole(old: Passage | None, new: Passage | None) -> Change:
    """A passage that came or went."""
    there = new or old
    assert there is not None
    kind = Kind.NOTE if there.is_note else Kind.WORDING
    if all(token.is_number for token in there.tokens):
        kind = Kind.SCORE if there.name.is_score else Kind.NUMBER
    place = there.name if there.name.field else named(there.words[0].place)
    return Change(
        kind,
        Act.ADDED if new else Act.REMOVED,
        field=place.field,
        name=place.id,
        language=there.language,
        old=old.text if old else "",
        new=new.text if new else "",
        runs=(("new" if new else "gone", there.text),),
        old_areas=areas(old.words) if old else (),
        new_areas=areas(new.words) if new else (),
    )


@dataclass(frozen=True, slots=True)
class _Difference:
    """Tokens that differ, by their numbers in the old text and in the new one, and what kind of
    change that is.
    """

    kind: Kind
    then: tuple[int, ...]
    now: tuple[int, ...]


class _TwoTexts:
    """Two texts of a passage, atom by atom."""

    def __init__(
        self, old: Passage, new: Passage, numerals: tuple[Numerals, Numerals], *, by_name: bool
    ) -> None:
        self.old, self.new = old, new
        self.numerals = numerals
        self.atoms = atoms(old, numerals[0]), atoms(new, numerals[1])
        self.phrases = PhrasePair(
            (NumberPhrases(old, numerals[0]), NumberPhrases(new, numerals[1])), self.atoms
        )
        self.by_name = by_name
        #: What a change of form alone is; between programs, that is their
        #: design.
        self.form = Kind.LAYOUT if not by_name else Kind.NOTE if new.is_note else Kind.WORDING
        self.differences: list[_Difference] = []
        self.runs: list[tuple[str, str]] = []

    def changes(self) -> Iterator[Change]:
        """One change of each kind that there is."""
        then, now = self.atoms
        keys = [[atom.key for atom in side] for side in self.atoms]
        for tag, i1, i2, j1, j2 in _opcodes(keys[0], keys[1]):
            if tag == "equal":
                for at, (one, other) in enumerate(zip(then[i1:i2], now[j1:j2], strict=True)):
                    # A capital that the word took over, as the first of the sentence now
                    is_first = not at and bool(self.differences) and self._begins(one, other)
                    self._alike(one, other, is_first=is_first)
            else:
                self._run("gone", [token for atom in then[i1:i2] for token in atom.tokens])
                self._run("new", [token for atom in now[j1:j2] for token in atom.tokens])
                self._differ((i1, i2), (j1, j2))
        differences = self._merged()
        for kind in dict.fromkeys(one.kind for one in differences):
            of_kind = [one for one in differences if one.kind == kind]
            if kind in _EACH:
                yield from (self._change(kind, [one]) for one in of_kind)
            else:
                yield self._change(kind, of_kind)

    def _merged(self) -> list[_Difference]:
        """The differences, of which those of one date or one identifier are one."""
        dates = Counter(self._date(one) for one in self.differences)
        found = []
        for one in self.differences:
            date = self._date(one)
            is_parted = date is not None and dates[date] > 1
            found.append(_Difference(one.kind, *date) if is_parted and date else one)
        figures = [one for one in found if one.kind is Kind.NUMBER]
        inside = {id(figures[at]) for at in merged((one.then, one.now) for one in figures)}
        return [one for one in found if id(one) not in inside]

    def _date(self, one: _Difference) -> Tokens | None:
        return self.phrases.date(one.then, one.now) if one.kind is Kind.NUMBER else None

    def _change(self, kind: Kind, differences: Sequence[_Difference]) -> Change:
        """A change of all differences of a kind; of numbers and meaning each is one by itself."""
        before = _MORE.join(filter(None, (_joined(_at(self.old, one.then)) for one in differences)))
        after = _MORE.join(filter(None, (_joined(_at(self.new, one.now)) for one in differences)))
        is_look = kind is Kind.LAYOUT
        place = _place(self.new, [one.now for one in differences]) or _place(
            self.old, [one.then for one in differences]
        )
        place = place or (self.new.name if self.new.name.field else self.old.name)
        return Change(
            kind,
            Act.CHANGED,
            field=place.field,
            name=place.id,
            language=self.new.language,
            old=before,
            new=after,
            runs=() if is_look else tuple(self.runs),
            facts=(Fact("signs", before, after),) if is_look else (),
            old_areas=_areas(self.old, [number for one in differences for number in one.then]),
            new_areas=_areas(self.new, [number for one in differences for number in one.now]),
        )

    def _run(self, tag: str, tokens: Sequence[Token]) -> None:
        for token in tokens:
            space = " " if token.spaced and self.runs else ""
            if self.runs and self.runs[-1][0] == tag:
                self.runs[-1] = (tag, self.runs[-1][1] + space + token.text)
            else:
                self.runs.append((tag, space + token.text))

    def _begins(self, one: Atom, other: Atom) -> bool:
        """Whether a word begins a sentence in one of the texts alone, and has its capital there."""
        first = [
            not atom.numbers[0] or side.tokens[atom.numbers[0] - 1].text in _ENDS
            for side, atom in ((self.old, one), (self.new, other))
        ]
        capital, small = (one, other) if first[0] else (other, one)
        return first[0] != first[1] and capital.text == small.text[:1].upper() + small.text[1:]

    def _alike(self, one: Atom, other: Atom, *, is_first: bool = False) -> None:
        """The same words may still be written differently, and the same number with other marks."""
        if one.text == other.text or one.is_broken or other.is_broken or is_first:
            self._run("same", other.tokens)
            return
        kind = self.form
        if one.figure and one.letters.casefold() != other.letters.casefold():
            kind = Kind.NOTE if self.new.is_note else Kind.WORDING
        elif one.figure and one.letters == other.letters and not self.new.is_note:
            kind = Kind.LAYOUT
        self.differences.append(_Difference(kind, one.numbers, other.numbers))
        self._run("gone", one.tokens)
        self._run("new", other.tokens)

    def _differ(self, old: tuple[int, int], new: tuple[int, int]) -> None:
        """What went from one atom on up to another, and what came. Numbers are set against numbers,
        in order; the rest are words. In a note, all is the note's.
        """
        then, now = self.atoms[0][slice(*old)], self.atoms[1][slice(*new)]
        if self.new.is_note:
            self.differences.append(_Difference(Kind.NOTE, numbers(then), numbers(now)))
            return
        if self.form is Kind.LAYOUT and _keys(then) == _keys(now):
            # A drop cap, a hyphen that only another program has.
            self.differences.append(_Difference(Kind.LAYOUT, numbers(then), numbers(now)))
            return
        if phrase := self.phrases.part(then, now) or self.phrases.name(old, new):
            self.differences.append(_Difference(Kind.NUMBER, *phrase))
            return
        figures = [pair for pair in set_numbers(then, now) if not self._is_thing(*pair)]
        if len(figures) == 1 and is_replaced(figures[0], then, now):
            self._number(*figures[0], (numbers(then), numbers(now)))
            return
        for one, other in figures:
            self._number(one, other)
        taken = {id(atom) for pair in figures for atom in pair}
        self._words(
            [atom for atom in then if id(atom) not in taken],
            [atom for atom in now if id(atom) not in taken],
            (old, new),
            has_numbers=bool(figures),
        )

    def _is_thing(self, one: Atom | None, other: Atom | None) -> bool:
        """Whether what came or went alone is no number, though it could be an ordinal."""
        passage, atom = (self.old, one) if one else (self.new, other)
        return not (one and other) and is_thing(passage, atom, self.numerals[1].language)

    def _words(
        self,
        then: Sequence[Atom],
        now: Sequence[Atom],
        spans: tuple[tuple[int, int], tuple[int, int]],
        *,
        has_numbers: bool,
    ) -> None:
        """What is left beside the numbers that differ: words, and signs that are not part of these,
        as those of "(12.5)" are. `spans` are all atoms that differ.
        """
        keys = [[atom.key for atom in side] for side in (then, now)]
        if has_numbers:
            is_word = any(token.is_word for atom in (*then, *now) for token in atom.tokens)
            differs = keys[0] != keys[1] and is_word
        else:
            differs = bool(then or now)
        if not differs:
            return
        kind = Kind.WORDING
        old, new = (
            WordSpan([atom.key for atom in side], *span)
            for side, span in zip(self.atoms, spans, strict=True)
        )
        if turns(old, new, self.new.language or self.numerals[1].language):
            kind = Kind.MEANING
        elif self._is_other_time(then, now):
            kind = Kind.NUMBER
        self.differences.append(_Difference(kind, numbers(then), numbers(now)))

    def _is_other_time(self, then: Sequence[Atom], now: Sequence[Atom]) -> bool:
        """Whether a month or a day is another; or years are months, after a number."""
        if len(then) != 1 or len(now) != 1:
            return False
        first = then[0].numbers[0]
        before = "".join(token.text for token in self.old.tokens[max(first - 2, 0) : first])
        is_counted = re.search(r"\d[-‐‑]?$", before) is not None
        names = zip(self.numerals[0].times(self.old), self.numerals[1].times(self.new), strict=True)
        return any(
            then[0].key in old and now[0].key in new
            for old, new in (names if is_counted else list(names)[:2])
        )

    def _number(self, one: Atom | None, other: Atom | None, whole: Tokens | None = None) -> None:
        """A number that came, went or is another: its digits, or all of it where its unit is; or
        the `whole` that it is part of.
        """
        sides = [side for side in (one, other) if side]
        is_same = (
            one is not None
            and other is not None
            and not (self.numerals[0].knows(self.old) and self.numerals[1].knows(self.new))
            and same_number(one.typed, other.typed)
        )
        units = {atom.figure.unit if atom.figure else "" for atom in sides}
        powers = {atom.figure.number.power if atom.figure else 0 for atom in sides}
        one_unit = len(units) == len(powers) == 1
        then, now = (
            () if atom is None else atom.bare if one_unit else atom.numbers for atom in (one, other)
        )
        scored = all(
            is_score(passage, atom)
            for passage, atom in ((self.old, one), (self.new, other))
            if atom
        )
        kind = Kind.LAYOUT if is_same else Kind.SCORE if scored else Kind.NUMBER
        if is_said_alike(one, other):
            kind = Kind.WORDING  # only what it is joined to is another: COVID-19-related
        self.differences.append(_Difference(kind, *(whole or (then, now))))


def set_numbers(then: Sequence[Atom], now: Sequence[Atom]) -> list[tuple[Atom | None, Atom | None]]:
    """Numbers that went against numbers that came, in order; then names with digits, as of a law,
    that differ in the digits alone.
    """
    old, new = ([atom for atom in side if atom.is_number] for side in (then, now))
    if len(old) != len(new):
        old, new = ([atom for atom in side if not atom.is_article] for side in (old, new))
    found = list(zip_longest(old, new))
    rest = ([atom for atom in side if not atom.is_number] for side in (then, now))
    found += [
        (one, other)
        for one, other in zip(*rest, strict=False)
        if one.digits and other.digits and one.letters.casefold() == other.letters.casefold()
    ]
    return found


def _keys(side: Sequence[Atom]) -> str:
    return "".join(token.key for atom in side for token in atom.tokens)


def _opcodes(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, int, int, int, int]]:
    """The differences of two texts; what went before a word and came after it, or the reverse, was
    exchanged.
    """
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    at = 0
    while at < len(codes):
        three = codes[at : at + 3]
        if [code[0] for code in three] in (
            ["insert", "equal", "delete"],
            ["delete", "equal", "insert"],
        ) and three[1][2] - three[1][1] <= _EXCHANGED:
            yield "replace", three[0][1], three[2][2], three[0][3], three[2][4]
            at += 3
        else:
            yield codes[at]
            at += 1


def _place(passage: Passage, differences: Sequence[tuple[int, ...]]) -> Named | None:
    """The place of the first of some tokens, if it has a name."""
    first = next((number for numbers in differences for number in numbers), None)
    word = None if first is None else passage.words[passage.tokens[first].words[0]]
    return named(word.place) if word and word.place else None


def _at(passage: Passage, numbers: Sequence[int]) -> list[Token]:
    return [passage.tokens[number] for number in numbers]


def _joined(tokens: Sequence[Token]) -> str:
    return "".join(
        (" " if token.spaced and number else "") + token.text for number, token in enumerate(tokens)
    )


def _areas(passage: Passage, numbers: Sequence[int]) -> tuple[Area, ...]:
    """The areas of some tokens."""
    words = sorted({word for number in numbers for word in passage.tokens[number].words})
    return areas(passage.words[number] for number in words)
