"""What changed in the text of a passage, by what it means: words, numbers, scores, notes."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Final

from reportcard.language.literals import same_number, value_anywhere
from reportcard.pdf.area import Area
from reportcard.review.changes import Act, Change, Fact, Kind
from reportcard.review.compare.pairs import PassagePair
from reportcard.review.read.document import Passage, areas
from reportcard.review.read.names import Named, named
from reportcard.review.read.tokens import Token

#: A passage that speaks of points: a decimal in it is a score.
_OF_SCORES: Final = re.compile(
    r"\b(scor\w+|points?|puntajes?|puntos?|puntuaci\w+|pontos?|pontua\w+|calificaci\w+|notas?)\b",
    re.IGNORECASE,
)
#: So many words at most between two that were exchanged.
_EXCHANGED: Final = 2
#: Between words that changed at different places of a passage.
_MORE: Final = " … "
_POINTS: Final = frozenset({"point", "points", "punto", "puntos", "ponto", "pontos"})


def text_changes(pair: PassagePair, *, by_name: bool) -> Iterator[Change]:
    """The changes of a pair's text, without the calls in it.

    Without names (`by_name`), the files come from different programs: capitals, quotes and dashes
    that differ are layout.
    """
    if pair.both:
        yield from _TwoTexts(*pair.both, by_name=by_name).changes()
    else:
        yield _whole(pair.old, pair.new)


def _whole(old: Passage | None, new: Passage | None) -> Change:
    """A passage that came or went."""
    there = new or old
    assert there is not None
    kind = Kind.NOTE if there.is_note else Kind.WORDING
    if all(token.is_number for token in there.tokens):
        kind = Kind.SCORE if there.name.is_score else Kind.NUMBER
    return Change(
        kind,
        Act.ADDED if new else Act.REMOVED,
        field=there.name.field,
        name=there.name.id,
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
    """Two texts of a passage, word by word."""

    def __init__(self, old: Passage, new: Passage, *, by_name: bool) -> None:
        self.old, self.new = old, new
        #: What a change of form alone is; between programs, that is their
        #: design.
        self.form = Kind.LAYOUT if not by_name else Kind.NOTE if new.is_note else Kind.WORDING
        self.differences: list[_Difference] = []
        self.runs: list[tuple[str, str]] = []

    def changes(self) -> Iterator[Change]:
        """One change of each kind that there is."""
        keys = [[token.key for token in passage.tokens] for passage in (self.old, self.new)]
        for tag, i1, i2, j1, j2 in _opcodes(keys[0], keys[1]):
            if tag == "equal":
                for i, j in zip(range(i1, i2), range(j1, j2), strict=True):
                    self._alike(i, j)
            else:
                self._run("gone", self.old.tokens[i1:i2])
                self._run("new", self.new.tokens[j1:j2])
                self._differ(tuple(range(i1, i2)), tuple(range(j1, j2)))
        for kind in dict.fromkeys(one.kind for one in self.differences):
            of_kind = [one for one in self.differences if one.kind == kind]
            if kind in (Kind.NUMBER, Kind.SCORE):
                yield from (self._change(kind, [one]) for one in of_kind)
            else:
                yield self._change(kind, of_kind)

    def _change(self, kind: Kind, differences: Sequence[_Difference]) -> Change:
        """A change of all differences of a kind; each number that is another is one by itself."""
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

    def _alike(self, i: int, j: int) -> None:
        """The same words may still be written differently."""
        one, other = self.old.tokens[i], self.new.tokens[j]
        if one.text == other.text or one.broken or other.broken:
            self._run("same", [other])
            return
        self.differences.append(_Difference(self.form, (i,), (j,)))
        self._run("gone", [one])
        self._run("new", [other])

    def _differ(self, then: tuple[int, ...], now: tuple[int, ...]) -> None:
        """Numbers are set against numbers, in order; the rest are words. In a note, all is the
        note's.
        """
        if self.new.is_note:
            self.differences.append(_Difference(Kind.NOTE, then, now))
            return
        keys = [
            "".join(token.key for token in _at(side, numbers))
            for side, numbers in ((self.old, then), (self.new, now))
        ]
        if keys[0] == keys[1] and self.form is Kind.LAYOUT:
            # A drop cap, a hyphen that only another program has.
            self.differences.append(_Difference(Kind.LAYOUT, then, now))
            return
        old_numbers = [i for i in then if self.old.tokens[i].is_number]
        new_numbers = [j for j in now if self.new.tokens[j].is_number]
        for i, j in zip_longest(old_numbers, new_numbers):
            self._number(i, j)
        self._words(
            tuple(i for i in then if i not in old_numbers),
            tuple(j for j in now if j not in new_numbers),
            has_numbers=bool(old_numbers or new_numbers),
        )

    def _words(self, then: tuple[int, ...], now: tuple[int, ...], *, has_numbers: bool) -> None:
        """What is left beside the numbers that differ: words, and signs that are not part of these,
        as those of "(12.5)" are.
        """
        old, new = _at(self.old, then), _at(self.new, now)
        if has_numbers:
            is_same = [token.key for token in old] == [token.key for token in new]
            differs = not is_same and any(token.is_word for token in (*old, *new))
        else:
            differs = bool(old or new)
        if differs:
            self.differences.append(_Difference(Kind.WORDING, then, now))

    def _number(self, i: int | None, j: int | None) -> None:
        then, now = () if i is None else (i,), () if j is None else (j,)
        if (
            i is not None
            and j is not None
            and same_number(self.old.tokens[i].text, self.new.tokens[j].text)
        ):
            self.differences.append(_Difference(Kind.LAYOUT, then, now))
            return
        is_score = all(_is_score(self.old, one) for one in then) and all(
            _is_score(self.new, one) for one in now
        )
        self.differences.append(_Difference(Kind.SCORE if is_score else Kind.NUMBER, then, now))


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


def _is_score(passage: Passage, number: int) -> bool:
    """A number of a score's own place; a number of points; a decimal in a passage that speaks of
    points.
    """
    if (
        passage.name.is_score
        or {token.key for token in passage.tokens[number + 1 : number + 2]} & _POINTS
    ):
        return True
    value = value_anywhere(passage.tokens[number].text)
    has_decimals = value is not None and value != value.to_integral()
    return has_decimals and bool(_OF_SCORES.search(passage.text))


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
