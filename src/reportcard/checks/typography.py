"""Signs of the language and the house: quotes, decimal marks, dashes, spaces, ordinals, doubled
words, brackets.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Final, Literal

from reportcard.checks.passages import HOLE, PlainPassage, passages
from reportcard.content.loading import Content
from reportcard.content.model import House
from reportcard.language.locales import Tongue
from reportcard.problems.problem import Problem

_QUOTES: Final = "«»“”„‟‹›"
#: Words that a language may repeat: “had had”, “that that”.
_MAY_REPEAT: Final = {"en": {"had", "that", "is"}, "es": {"nos", "muy"}}
_PAIRS: Final = {"(": ")", "[": "]", "«": "»", "“": "”"}
#: What a version's number follows, in any language: a licence's name, “version”.
_VERSION: Final = re.compile(
    r"(?:\bCC(?:[ -](?:BY|NC|ND|SA))+|\bCreative Commons(?:"
    r" [\w-]+){0,4}|\b[Vv]ers(?:ion|ión|ão)|\b[Vv]\.?) $"
)
_SIGN: Final = re.compile(r"[()\[\]«»“”]")


def shared(content: Content) -> Iterator[Problem]:
    """The wording's signs."""
    written = next(iter(content.cards), next(iter(content.scores), ""))
    country = content.scores[written].model.country if written in content.scores else "US"
    for language, wording in content.wordings.items():
        for passage in passages(wording, language):
            yield from _signs(content, passage, country)


def card(content: Content, country: str) -> Iterator[Problem]:
    """One card's signs."""
    code = content.scores[country].model.country if country in content.scores else "US"
    for language, sourced in content.cards[country].items():
        for passage in passages(sourced, language):
            yield from _signs(content, passage, code)


def _signs(content: Content, passage: PlainPassage, country: str) -> Iterator[Problem]:
    house = content.edition.model.languages[passage.language]
    mark = _mark(passage.language, country, house.decimal)
    own = passage.own
    language = passage.language.partition("-")[0]
    if not passage.path.startswith("labels."):
        yield from _found(
            passage,
            own,
            rf"[{''.join(set(_QUOTES) - set(house.quotes))}]",
            "TYPE-QUOTE",
            "“{0}” is not a quotation mark of this language.",
            'Type straight quotes, "…": the program sets the right ones.',
        )
        yield from _brackets(passage, own)
    other = "," if mark == "." else "."
    for match in _compiled(
        rf"(?<![\d.,/-])\d{{1,3}}{re.escape(other)}\d{{1,2}}(?![\d]|[.,]\d)"
    ).finditer(own):
        if not _VERSION.search(own, 0, match.start()):
            yield passage.problem(
                "TYPE-DECIMAL",
                f"{match[0]} has the decimal mark of another language.",
                f"Write it with “{mark}”.",
                match.start(),
            )
    yield from _found(
        passage,
        own,
        r"(?<=\S) (?:-|--|–) (?=\S)|\w--\w" if not passage.is_note else r"\w--\w",
        "TYPE-DASH",
        "“{0}” stands for a dash.",
        "Type a dash: — (in Spanish one on each side, close to the words).",
    )
    yield from _found(
        passage, own, r" {2,}(?=\S)", "TYPE-SPACE", "two spaces stand here.", "Keep one."
    )
    yield from _found(
        passage,
        own,
        r"(?<=\w) [,;:.!?](?=\s|$)",
        "TYPE-SPACE",
        "a space stands before “{0}”.",
        "Take it out.",
    )
    if language == "es":
        yield from _found(
            passage,
            own,
            r"\d%",
            "TYPE-PERCENT",
            "no space stands before “%”.",
            "Write 9 %: in Spanish a space parts them.",
        )
        yield from _found(
            passage,
            own,
            r"(?<!\w)\d+(?:ro|do|ra|da|er|to|ta|vo|va)\b",
            "TYPE-ORDINAL",
            "“{0}” is not how an ordinal is written.",
            "Write 1.º, 2.ª, or the word.",
        )
        yield from _found(
            passage,
            own,
            r"\bN[°º]\s?\d|\bN\.°|\bNro\.?\s?\d|\bNo\. ?\d",
            "TYPE-ORDINAL",
            "“{0}” is not how a number is announced.",
            "Write N.º.",
        )
    elif language == "en":
        yield from _found(
            passage,
            own,
            r"\d %",
            "TYPE-PERCENT",
            "a space stands before “%”.",
            "Write 9%: in English nothing parts them.",
        )
        yield from _found(
            passage, own, r"\b[Nn]\.?º\s?\d", "TYPE-ORDINAL", "“{0}” is not English.", "Write No."
        )
    for match in re.finditer(r"\b(\w+) (\1)\b", own, re.IGNORECASE):
        if (
            match[1].lower() not in _MAY_REPEAT.get(language, ())
            and not match[1].isdigit()
            and HOLE not in match[0]
            and not match[1].istitle()
        ):
            yield passage.problem(
                "TYPE-DOUBLED", f"“{match[1]}” stands twice.", "Keep one.", match.start(2)
            )


@cache
def _mark(language: str, country: str, decimal: Literal[".", ","] | None) -> str:
    return Tongue(language, country, House(decimal=decimal)).decimal_mark


def _found(
    passage: PlainPassage, text: str, pattern: str, code: str, message: str, hint: str
) -> Iterator[Problem]:
    for match in _compiled(pattern).finditer(text):
        yield passage.problem(
            code,
            message.format(match[0].strip()),
            hint,
            match.start() + len(match[0]) - len(match[0].lstrip()),
        )


_compiled: Final = cache(re.compile)


def _brackets(passage: PlainPassage, own: str) -> Iterator[Problem]:
    """Every bracket and quote that opens closes, within the paragraph."""
    opened: list[tuple[str, int]] = []
    for match in _SIGN.finditer(own):
        sign, offset = match[0], match.start()
        if sign in _PAIRS:
            opened.append((sign, offset))
        elif opened and _PAIRS[opened[-1][0]] == sign:
            opened.pop()
        else:
            yield passage.problem(
                "TYPE-BRACKET",
                f"“{sign}” closes what was not opened.",
                "Put its other half, or delete it.",
                offset,
            )
            return
    if opened:
        yield passage.problem(
            "TYPE-BRACKET",
            f"“{opened[-1][0]}” is not closed.",
            "Put its other half, or delete it.",
            opened[-1][1],
        )
