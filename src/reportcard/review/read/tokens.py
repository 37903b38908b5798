"""Text in words, numbers and signs, and when two of them are the same."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final
from unicodedata import normalize

from reportcard.language.literals import LITERAL, MARKED
from reportcard.pdf.glyphs import SOFT_HYPHEN, Word

_NUMBER: Final = rf"(?:(?<![\w.,)])[−-])?{MARKED}(?!\w)"
#: The digits before and after a space that parts thousands.
_FIRST_GROUP: Final = re.compile(r"[−-]?[1-9]\d{0,2}(?: \d{3})*", re.ASCII)
_NEXT_GROUP: Final = re.compile(r"\d{3}(?:[.,]\d+)?", re.ASCII)
_TOKEN: Final = re.compile(
    rf"(?:https?://|www\.)\S+|{_NUMBER}|\w+(?:[-‐‑'’{SOFT_HYPHEN}]\w+)*|[^\w\s]|_"
)
_HYPHENS: Final = re.compile(rf"(?<=\w)[-‐‑]|{SOFT_HYPHEN}")
_ALIKE: Final = str.maketrans(
    {
        **dict.fromkeys("“”„«»″", '"'),
        **dict.fromkeys("‘’‚‹›′`", "'"),
        **dict.fromkeys("–—−", "-"),
        "•": "·",
        "\u2026": "...",
    }
)
_ADDRESS: Final = re.compile(r"(?:https?://|www\.)\S*$")
#: Signs at which a long address is broken over lines: after them, or before.
_AT_BREAKS: Final = "/._?&=#%~-:+"


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or sign as written, and what it is compared by. `words` are the words of the
    page that it is part of, `spaced` whether a space comes before it, `broken` whether a hyphen in
    it may only be that of a line's end.
    """

    text: str
    key: str
    words: tuple[int, ...]
    spaced: bool
    broken: bool = False

    @property
    def is_number(self) -> bool:
        """Whether it is a number."""
        return re.fullmatch(rf"[−-]?{LITERAL}", self.text) is not None

    @property
    def is_word(self) -> bool:
        """Whether it is more than a sign."""
        return any(sign.isalnum() for sign in self.text)


def tokens(words: Sequence[Word]) -> tuple[Token, ...]:
    """The tokens of a passage's words. What the end of a line parted is joined: hyphened words,
    long addresses.
    """
    found: list[Token] = []
    for numbers, text, spaced, broken in _joined(words):
        is_spaced = spaced
        for match in _TOKEN.finditer(text):
            piece = match[0]
            if not piece.strip(SOFT_HYPHEN):
                continue
            found.append(
                Token(
                    piece.replace(SOFT_HYPHEN, ""),
                    comparable(piece),
                    tuple(numbers),
                    is_spaced,
                    broken,
                )
            )
            is_spaced = False
    return tuple(_grouped(found))


def _grouped(found: Sequence[Token]) -> Iterator[Token]:
    """The tokens with thousands that spaces part as one number: 139 169."""
    held: Token | None = None
    for token in found:
        if (
            held
            and token.spaced
            and _FIRST_GROUP.fullmatch(held.text)
            and _NEXT_GROUP.fullmatch(token.text)
        ):
            text = f"{held.text} {token.text}"
            held = replace(held, text=text, key=text, words=(*held.words, *token.words))
            continue
        if held:
            yield held
        held = token
    if held:
        yield held


def offsets(tokens: Sequence[Token]) -> tuple[list[int], list[int]]:
    """Where each token begins and ends in the passage's text."""
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    for number, token in enumerate(tokens):
        at += bool(number and token.spaced)
        starts.append(at)
        at += len(token.text)
        ends.append(at)
    return starts, ends


def comparable(text: str) -> str:
    """A text without what typography alone decides: capitals, hyphens, forms of quotes and
    dashes.
    """
    plain = normalize("NFKC", text).translate(_ALIKE).casefold()
    return _HYPHENS.sub("", plain) or plain


def _joined(words: Sequence[Word]) -> list[tuple[list[int], str, bool, bool]]:
    """The words' numbers, texts, whether a space comes before and whether a line's end broke them;
    parts joined to a whole.
    """
    found: list[tuple[list[int], str, bool, bool]] = []
    for number, word in enumerate(words):
        before = words[number - 1] if number else None
        if before is not None and found:
            numbers, text, spaced, broken = found[-1]
            new_line = (
                before.page != word.page
                or word.y > before.y + before.height / 2
                or word.right < before.x
            )
            hyphened = (
                text.endswith((SOFT_HYPHEN, "-", "‐"))
                and new_line
                and len(text) > 1
                and text[-2].isalpha()
            )
            if (
                (word.glued and not new_line)
                or hyphened
                or (new_line and _goes_on(text, word, before))
            ):
                found[-1] = ([*numbers, number], text + word.text, spaced, broken or hyphened)
                continue
        found.append(([number], word.text, True, False))
    return found


def _goes_on(text: str, word: Word, before: Word) -> bool:
    """Whether a word on the next line goes on with the address that the line before ended with."""
    if not _ADDRESS.search(text):
        return False
    if (
        word.link
        and word.link == before.link
        and (_ADDRESS.search(text) or [text])[0] + word.text in word.link + "/"
    ):
        return True
    return word.text[0] in _AT_BREAKS or (text[-1] in "/_?&=#%~-" and not word.text[0].isupper())
