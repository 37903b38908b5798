"""Calls of notes in a passage: which came, went, call another note or moved."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from reportcard.pdf.area import Area
from reportcard.review.changes import Act, Change, Fact, Kind
from reportcard.review.compare.pairs import PassagePair
from reportcard.review.read.document import Passage, areas

SameNote = Callable[[str, str], bool]
"""Whether a call's number then and another's now call the same note."""
Calls = Sequence[tuple[int, str]]
"""Calls of a passage: after how many of its words, and the number."""


#: So many signs of a note are its name.
_TITLE: Final = 70


@dataclass(frozen=True, slots=True)
class CallChange:
    """A change of calls, and the numbers of the notes that are not called any more in the old file,
    and called anew in the new one.
    """

    change: Change
    gone: frozenset[str]
    came: frozenset[str]


@dataclass(frozen=True, slots=True)
class NoteTitles:
    """The beginnings of the notes of both files by their numbers."""

    then: Mapping[str, str]
    now: Mapping[str, str]

    @classmethod
    def of(cls, pairs: Sequence[PassagePair]) -> "NoteTitles":
        """Those of all notes."""
        return cls(
            _titles(pair.old for pair in pairs if pair.old),
            _titles(pair.new for pair in pairs if pair.new),
        )


def _titles(passages: Iterable[Passage]) -> dict[str, str]:
    return {
        passage.label: _shortened(passage.text)
        for passage in passages
        if passage.is_note and passage.label
    }


def _shortened(text: str) -> str:
    return text if len(text) <= _TITLE else f"{text[:_TITLE].rpartition(' ')[0]} …"


def same_notes(pairs: Sequence[PassagePair]) -> Callable[[str, str], bool]:
    """Whether a call's number then and another's now call the same note."""
    same = {
        (pair.old.label, pair.new.label)
        for pair in pairs
        if pair.old and pair.new and pair.new.is_note
    }
    fields = [
        {
            passage.label: passage.name.field
            for pair in pairs
            if (passage := pair.old if side == 0 else pair.new) and passage.is_note
        }
        for side in (0, 1)
    ]

    def same_note(then: str, now: str) -> bool:
        known = then in fields[0] and now in fields[1]
        if known and fields[0][then] and fields[1][now]:
            return fields[0][then] == fields[1][now]
        return (then, now) in same if known else then == now

    return same_note


def call_changes(
    pair: PassagePair, same_note: SameNote, titles: NoteTitles
) -> Iterator[CallChange]:
    """The changes of the calls in a passage that is in both files. Another number, because a note
    came before, does not count as a change.
    """
    if not pair.both or pair.both[1].is_note:
        return
    old, new = pair.both
    then = _by_numbers_now(old, new, same_note)
    now = [(_signs_before(new, at), number) for at, number in new.calls]
    if old.key != new.key:
        # In other words, only which notes are called can be compared.
        then, now = [(0, number) for _, number in then], [(0, number) for _, number in now]
    if then == now:
        return
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, then, now, autojunk=False).get_opcodes():
        if tag != "equal":
            stay = [number for _, number in then[i1:i2]] == [number for _, number in now[j1:j2]]
            calls = old.calls[i1:i2], new.calls[j1:j2]
            gone, came = (frozenset(number for _, number in side) for side in calls)
            yield CallChange(_change(old, new, calls, titles, elsewhere=stay), gone, came)


def _change(
    old: Passage,
    new: Passage,
    calls: tuple[Calls, Calls],
    titles: NoteTitles,
    *,
    elsewhere: bool,
) -> Change:
    """The change from some calls to others, or of the same ones `elsewhere`."""
    gone, came = calls
    if elsewhere:
        then, now = _after_which(old, gone), _after_which(new, came)
    else:
        then, now = _which(gone, titles.then), _which(came, titles.now)
    return Change(
        Kind.NOTE,
        Act.MOVED if elsewhere else Act.of(then, now),
        field=new.name.field,
        name=new.name.id,
        language=new.language,
        old=then,
        new=now,
        facts=(Fact("call", then, now),),
        old_areas=_before_calls(old, gone),
        new_areas=_before_calls(new, came),
    )


def _which(calls: Calls, titles: Mapping[str, str]) -> str:
    """The notes that are called: their numbers, each with its note's beginning."""
    return "; ".join(
        f"{number}: {titles[number]}" if number in titles else number for _, number in calls
    )


def _by_numbers_now(old: Passage, new: Passage, same_note: SameNote) -> list[tuple[int, str]]:
    """The old calls with the numbers that their notes have now; a note that is not called any more
    keeps a mark of its own.
    """
    found = []
    rest = [(_signs_before(new, at), number) for at, number in new.calls]
    for at, number in old.calls:
        signs = _signs_before(old, at)
        # Of several calls of the note, the one at the same place
        same = sorted(
            (one for one in rest if same_note(number, one[1])), key=lambda one: one[0] != signs
        )
        if same:
            rest.remove(same[0])
        # A number by itself might be that of another note now
        found.append((signs, same[0][1] if same else f"-{number}"))
    return found


def _signs_before(passage: Passage, at: int) -> int:
    """How many letters and figures come before a word, however the words are divided."""
    return sum(sign.isalnum() for word in passage.words[:at] for sign in word.text)


def _after_which(passage: Passage, calls: Calls) -> str:
    return ", ".join(f"{number} ({passage.words[max(at - 1, 0)].text})" for at, number in calls)


def _before_calls(passage: Passage, calls: Calls) -> tuple[Area, ...]:
    """The words before calls."""
    return areas(passage.words[max(at - 1, 0)] for at, _ in calls if passage.words)
