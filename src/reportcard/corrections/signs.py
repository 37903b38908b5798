"""Signs, spaces and words that have one right answer, by the rule that finds them.

Each reads the text of the field where the rule's problem is, and changes nothing that it does not
recognize there.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from reportcard.content.model import House
from reportcard.language.locales import NO_BREAK_SPACE
from reportcard.language.packs import pack
from reportcard.messages.message import Hole

Edit = tuple[int, int, str]
"""Characters from one to before another, and what takes their place."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """What a rule found: the whole text of the field, the character of it where the flaw is, and
    what fills the holes of the rule's message.
    """

    text: str
    at: int
    holes: Mapping[str, Hole]
    language: str
    house: House

    def hole(self, name: str) -> str:
        """The text in a hole of the message; empty if it has none of that name."""
        found = self.holes.get(name, "")
        return found if isinstance(found, str) else ""


_SPACE: Final = f" {NO_BREAK_SPACE}\u202f"
_BEFORE: Final = re.compile(r"(?P<space> +)(?P<marks>[*\[]*)$")
_EXTRA: Final = re.compile(rf"\d([{_SPACE}]+)%")
#: Quotation marks that open, with those that close after them in one language or another.
_PAIRS: Final = {"„": "“”", "‟": "”", "“": "”", "«": "»", "‹": "›"}
_MARKS: Final = '«»“”„‟‹›"'
_PARAGRAPH: Final = re.compile(r"\n[ \t]*(?:\n|[-*+] )")
#: Languages in which no article or adjective follows the gender of a noun.
_WITHOUT_GENDER: Final = frozenset({"en"})


def is_mended(code: str) -> bool:
    """Whether problems of the rule with that code may have one right answer."""
    return code in _MENDS


def edits(code: str, flaw: Flaw) -> tuple[Edit, ...]:
    """What mends a problem of the rule with that code; nothing where its answer is not certain."""
    return tuple(_MENDS[code](flaw)) if code in _MENDS else ()


def _space(flaw: Flaw) -> Iterator[Edit]:
    """Two spaces are one; before a period or comma there is none. Bold or a link may begin between
    the spaces and the flaw's place.
    """
    found = _BEFORE.search(flaw.text, 0, flaw.at)
    if not found:
        return
    rest = flaw.text[flaw.at :]
    known = pack(flaw.language)
    is_apart = known is not None and rest[:1] in known.spaced
    is_mark = not found["marks"] and not is_apart and re.match(r"[,;:.!?](?=\s|$)", rest)
    word_before = re.search(r"\w$", flaw.text[: found.start()])
    if is_mark and word_before:
        yield found.start(), found.end("space"), ""
    elif len(found["space"]) > 1:
        yield found.start(), found.end("space"), " "


def _percent(flaw: Flaw) -> Iterator[Edit]:
    """The program keeps a space before % from breaking if % is a unit of the house; else it is
    typed as one that does not break.
    """
    if extra := _EXTRA.match(flaw.text, flaw.at):
        yield *extra.span(1), ""
    elif re.match(r"\d%", flaw.text[flaw.at :]):
        space = " " if "%" in flaw.house.units else NO_BREAK_SPACE
        yield flaw.at + 1, flaw.at + 2, f"{space}%"


def _ordinal(flaw: Flaw) -> Iterator[Edit]:
    sign, right = flaw.hole("sign"), flaw.hole("right")
    if not right or not flaw.text.startswith(sign, flaw.at):
        return
    if sign[:1].isdigit():
        yield from _digits(flaw, sign, right)
    elif sign[:1] == right[:1] and _is_abbreviation(flaw, sign):
        abbreviation = sign.rstrip("0123456789")
        stop = flaw.at + len(abbreviation)
        is_tied = flaw.text[stop : stop + 1].isdigit()
        bare = abbreviation.rstrip(_SPACE)
        tail = abbreviation[len(bare) :] or (" " if is_tied else "")
        yield flaw.at, stop, f"{right}{tail}"


def _digits(flaw: Flaw, sign: str, right: str) -> Iterator[Edit]:
    """An ordinal with the ending of its word, 1ro or 2da, by the examples of the language: 1.º,
    2.ª. Another ending (1er) has no example, and is left.
    """
    examples = re.findall(r"\d([^\d\s,]+)", right)
    ending = sign.lstrip("0123456789")
    if len(examples) == 2 and ending[-1:] in ("o", "a"):
        start = flaw.at + len(sign) - len(ending)
        yield start, start + len(ending), examples[ending[-1] == "a"]


def _is_abbreviation(flaw: Flaw, sign: str) -> bool:
    """Whether a sign stands for "number": No. may be the word no, at the beginning or end of a
    sentence.
    """
    return not sign.startswith("No.") or bool(re.search(r"\w $", flaw.text[: flaw.at]))


def _quote(flaw: Flaw) -> Iterator[Edit]:
    """A pair of marks of another language becomes straight quotes, which print as the right ones,
    unless there are other quotation marks in it or around it.
    """
    closing = _PAIRS.get(flaw.text[flaw.at : flaw.at + 1])
    found = re.compile(f"[{_MARKS}]").search(flaw.text, flaw.at + 1) if closing else None
    if not closing or not found or found[0] not in closing:
        return
    start = max((one.end() for one in _PARAGRAPH.finditer(flaw.text, 0, flaw.at)), default=0)
    before, inside = flaw.text[start : flaw.at], flaw.text[flaw.at + 1 : found.start()]
    after = flaw.text[found.end() : found.end() + 1]
    opens = not re.search(r"[\w.,;]$", before) and re.match(r"\S", inside)
    closes = re.search(r"\S$", inside) and not re.match(r"\w", after)
    if opens and closes and not _PARAGRAPH.search(inside) and _is_outside(before):
        if "\n" not in inside:
            yield flaw.at, found.end(), f'"{inside}"'
        else:
            yield flaw.at, flaw.at + 1, '"'
            yield *found.span(), '"'


def _is_outside(before: str) -> bool:
    """Whether no quotation is open after these words."""
    pairs = (("«", "»"), ("“", "”"), ("‹", "›"))
    return (
        before.count('"') % 2 == 0
        and all(before.count(one) == before.count(other) for one, other in pairs)
        and not set(before) & set("„‟")
    )


def _word(flaw: Flaw) -> Iterator[Edit]:
    """The word to write, where nothing around it has to follow: an article, a gender, a capital."""
    word, right = flaw.hole("word"), flaw.hole("right")
    if not right or not flaw.text.startswith(word, flaw.at):
        return
    if word[1:] != word[1:].lower():
        return
    if word[:1].isupper():
        right = right[:1].upper() + right[1:]
    language = flaw.language.partition("-")[0]
    if language in _WITHOUT_GENDER:
        article = re.search(r"\ban? $", flaw.text[: flaw.at], re.IGNORECASE)
        vowels = [one[:1].lower() in "aeiou" for one in (word, right)]
        is_certain = not article or vowels[0] == vowels[1]
    else:
        is_certain = _have_one_head(word, right)
    if is_certain:
        yield flaw.at, flaw.at + len(word), right


def _have_one_head(word: str, right: str) -> bool:
    """Whether one ends with the other, as medioambiental with ambiental: gender and number are the
    same.
    """
    one, other = word.lower(), right.lower()
    return one.endswith(other) or other.endswith(f" {one}")


#: What mends a flaw, by the code of its rule.
_MENDS: Final[Mapping[str, Callable[[Flaw], Iterator[Edit]]]] = {
    "TYPE-SPACE": _space,
    "TYPE-PERCENT": _percent,
    "TYPE-ORDINAL": _ordinal,
    "TYPE-QUOTE": _quote,
    "HOUSE-WORD": _word,
    "TERM-AVOIDED": _word,
}
