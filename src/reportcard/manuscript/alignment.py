"""The letters of a block as they came back beside those that were written out: what was changed
without being tracked is found, and marks that a word processor does not know are kept.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from typing import Final

from reportcard.manuscript.document import property_name
from reportcard.manuscript.letters import Letter, Letters
from reportcard.manuscript.returned import ReturnedLine, Trace, TrackedLetter

#: What a word processor makes of quotes as they are typed; the card sets its own.
_STRAIGHT: Final = str.maketrans("’“”„", '\'"""')


def aligned(lines: Sequence[ReturnedLine], sent: Letters, saved: Trace) -> tuple[ReturnedLine, ...]:
    """The lines with letters whose originals are just those that were written out. What was not
    tracked counts as changed by whoever `saved` the file last.
    """
    lifted = _with_values(lines, sent)
    base = [one for line in lifted for one in line.letters if one.inserted is None]
    weaver = _Weaver(sent, saved, _is_restyled(base, sent))
    for tag, i1, i2, j1, j2 in _opcodes(list(map(_sign, sent)), [_sign(x.original) for x in base]):
        if tag == "equal":
            weaver.steps.extend(("same", sent[i1 + step], "") for step in range(i2 - i1))
        else:
            weaver.steps.extend(("new", None, "") for _ in range(j2 - j1))
            weaver.steps.extend(("gone", sent[at], "") for at in range(i1, i2))
    made = [line.with_letters(tuple(weaver.line(line))) for line in lifted]
    if made:
        rest = tuple(weaver.rest())
        made[-1] = made[-1].with_letters((*made[-1].letters, *rest))
    return tuple(made)


def _sign(letter: Letter) -> str:
    """What two letters have in common that are the same, however they are set."""
    if letter.note:
        return f"\0{letter.note}"
    if letter.value:
        return f"\1{property_name(letter.value)}"
    return letter.text.translate(_STRAIGHT)


def _prints(came: Letter, sent: Letter) -> bool:
    """Whether a value still prints what it did: nobody typed over it, untracked."""
    texts = (one.text.translate(_STRAIGHT).split() for one in (came, sent))
    return next(texts) == next(texts)


def _opcodes(sent: list[str], came: list[str]) -> Iterator[tuple[str, int, int, int, int]]:
    """What changed between two rows of signs, by whole words."""
    if sent == came:
        yield "equal", 0, len(sent), 0, len(came)
        return
    old, new = _words(sent), _words(came)
    starts, others = _starts(old), _starts(new)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        yield tag, starts[i1], starts[i2], others[j1], others[j2]


def _words(signs: list[str]) -> list[tuple[str, ...]]:
    found: list[list[str]] = []
    for sign in signs:
        if found and re.fullmatch(r"\w", sign) and re.fullmatch(r"\w", found[-1][-1]):
            found[-1].append(sign)
        else:
            found.append([sign])
    return [tuple(word) for word in found]


def _starts(words: Sequence[Sequence[str]]) -> list[int]:
    made = [0]
    for word in words:
        made.append(made[-1] + len(word))
    return made


def _is_restyled(base: Sequence[TrackedLetter], sent: Letters) -> bool:
    """Whether all letters are set bold or in italics though none was: that is a style's, and no
    author's.
    """
    signs = [one.original for one in base if one.original.is_sign and one.original.text.strip()]
    for mark in ("bold", "italic"):
        was = any(getattr(one, mark) for one in sent)
        if len(signs) > 1 and not was and all(getattr(one, mark) for one in signs):
            return True
    return False


@dataclass(slots=True)
class _Weaver:
    """Puts the letters that were written out and those that came back into one row."""

    sent: Letters
    saved: Trace
    is_restyled: bool
    steps: list[tuple[str, Letter | None, str]] = field(default_factory=list)
    at: int = 0
    before: Letter | None = None
    #: How the letter before is set now, if it was set otherwise.
    restyled: tuple[bool, bool] | None = None

    def line(self, line: ReturnedLine) -> Iterator[TrackedLetter]:
        """The letters of a line, with those that are gone from it."""
        for one in line.letters:
            if one.inserted is not None:
                yield replace(one, letter=self._inheriting(one.letter))
                continue
            yield from self._gone()
            kind, letter, _ = self.steps[self.at]
            self.at += 1
            if kind == "new":
                if one.deleted is None:
                    yield TrackedLetter(self._inheriting(one.letter), self.saved)
                continue
            assert letter is not None
            self.before = letter
            if letter.value and one.deleted is None and not _prints(one.letter, letter):
                yield TrackedLetter(letter, deleted=self.saved)
                for sign in one.letter.text:
                    typed = replace(one.letter, text=sign, value="")
                    yield TrackedLetter(self._inheriting(typed), self.saved)
                continue
            yield self._same(one, letter)

    def rest(self) -> Iterator[TrackedLetter]:
        """The letters that are gone from the end."""
        yield from self._gone()

    def _gone(self) -> Iterator[TrackedLetter]:
        while self.at < len(self.steps) and self.steps[self.at][0] == "gone":
            letter = self.steps[self.at][1]
            assert letter is not None
            self.at += 1
            self.before = letter
            yield TrackedLetter(letter, deleted=self.saved)

    def _inheriting(self, letter: Letter) -> Letter:
        """An inserted letter with the marks of the passage that it is in, as far as they cannot be
        seen.
        """
        after = next((one for _, one, _ in self.steps[self.at :] if one is not None), None)
        if self.before is None or after is None:
            return letter
        span = self.before.span if self.before.span == after.span else ""
        hidden = self.before.href if self.before.href == after.href else ""
        return replace(letter, span=span, href=letter.href or hidden)

    def _same(self, one: TrackedLetter, letter: Letter) -> TrackedLetter:
        """A letter that is still there, with how it is set now."""
        came = one.letter
        if came == letter and one.formatted is None:
            self.restyled = None
            return one
        bold, italic = (came.bold, came.italic) if not self.is_restyled else (False, False)
        href = came.href if came.href.startswith(("http", "mailto:")) else ""
        is_set = letter.is_sign and not self.is_restyled
        if not letter.text.strip() and (bold, italic) != self.restyled:
            is_set = False  # a space is set as the words beside it
        now = replace(
            letter,
            bold=bold if is_set or one.formatted else letter.bold,
            italic=italic if is_set or one.formatted else letter.italic,
            href=href or letter.href,
        )
        is_same = (now.bold, now.italic) == (letter.bold, letter.italic)
        self.restyled = None if is_same else (now.bold, now.italic)
        if not letter.is_sign or now == letter:
            return TrackedLetter(letter, deleted=one.deleted)
        return TrackedLetter(now, None, one.deleted, letter, one.formatted or self.saved)


# --- values that came back as text ----------------------------------------------------------------


def _with_values(lines: Sequence[ReturnedLine], sent: Letters) -> tuple[ReturnedLine, ...]:
    """The lines with values where a program made text of them."""
    kept = {_sign(one.original) for line in lines for one in line.letters if one.original.value}
    lost = [one for one in sent if one.value and _sign(one) not in kept]
    return tuple(line.with_letters(_lifted(line.letters, sent, lost)) for line in lines)


def _lifted(
    letters: tuple[TrackedLetter, ...], sent: Letters, lost: Sequence[Letter]
) -> tuple[TrackedLetter, ...]:
    """The letters with values in place of the words that these print, where the words before or
    after them are the same.
    """
    made = list(letters)
    for value in lost:
        place = next((at for at, one in enumerate(sent) if one == value), 0)
        head = "".join(one.text for one in sent[max(place - 8, 0) : place])
        tail = "".join(one.text for one in sent[place + 1 : place + 9])
        plain = "".join(one.original.text or "\0" for one in made)
        if len(plain) != len(made):
            plain = "".join((one.original.text or "\0")[0] for one in made)
        for match in re.finditer(re.escape(value.text), plain):
            start, end = match.span()
            run = made[start:end]
            if (
                (plain[:start].endswith(head[-4:]) or plain[end:].startswith(tail[:4]))
                and all(one.inserted is None and one.original.is_sign for one in run)
                and len({one.deleted for one in run}) == 1
            ):
                made[start:end] = [TrackedLetter(value, None, run[0].deleted)]
                break
    return tuple(made)
