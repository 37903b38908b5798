"""Whether a change of words turns their meaning round: a negation that came or went."""

from collections.abc import Iterable
from functools import cache
from typing import Final

from reportcard.language.packs import pack
from reportcard.review.read.tokens import comparable

#: A word after a beginning that negates has so many letters at least: legal, but not form.
_STEM: Final = 5


def turns(old: Iterable[str], new: Iterable[str], language: str) -> bool:
    """Whether words deny more, or less, than those that they replaced: `old` and `new` are their
    keys in order.
    """
    then, now = _without_abbreviations(old), _without_abbreviations(new)
    if _count(then, language) != _count(now, language):
        return True
    gone = [word for word in then if word not in now]
    came = [word for word in now if word not in then]
    return any(_is_opposite(one, other, language) for one in gone for other in came)


def _without_abbreviations(words: Iterable[str]) -> list[str]:
    """Words without what only looks like a negation: No. 5."""
    found: list[str] = []
    for word in words:
        if word == "." and found[-1:] == ["no"]:
            found.pop()
        else:
            found.append(word)
    return found


def _count(words: Iterable[str], language: str) -> int:
    whole, endings = _negations(language)
    return sum(word in whole or word.endswith(endings) for word in words)


def _is_opposite(one: str, other: str, language: str) -> bool:
    """Whether one word is the other with a beginning that negates: formal, informal."""
    short, long = sorted((one, other), key=len)
    known = pack(language)
    return (
        len(short) >= _STEM
        and long.endswith(short)
        and long.removesuffix(short).rstrip("-") in (known.negating_prefixes if known else ())
    )


@cache
def _negations(language: str) -> tuple[frozenset[str], tuple[str, ...]]:
    known = pack(language)
    words = [comparable(word) for word in (known.negations if known else ())]
    return frozenset(words), tuple(word for word in words if "'" in word)
