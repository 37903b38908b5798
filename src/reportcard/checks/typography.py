"""Signs of the language and the house: quotes, decimal marks, dashes, spaces, ordinals, doubled
words, brackets.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Final, Literal

from reportcard.checks.passages import HOLE, PlainPassage, passages
from reportcard.content.loading import Content
from reportcard.content.model import House
from reportcard.language.locales import Tongue
from reportcard.problems.problem import Problem, Severity
from reportcard.problems.rule import Rule, Stage

TYPE_QUOTE: Final = Rule(
    "TYPE-QUOTE",
    Severity.WARNING,
    Stage.CONTENT,
    why=(
        "A typographic quotation mark that is not the house's. Straight quotes become the "
        "right ones."
    ),
    wrong="„gold“",
    right='"gold"',
    is_waivable=True,
)
TYPE_DECIMAL: Final = Rule(
    "TYPE-DECIMAL",
    Severity.WARNING,
    Stage.CONTENT,
    why="A number has the decimal mark of another language or country.",
    wrong="11,7 (in English)",
    right="11.7",
    is_waivable=True,
)
TYPE_DASH: Final = Rule(
    "TYPE-DASH",
    Severity.WARNING,
    Stage.CONTENT,
    why="A hyphen or two stand for a dash.",
    wrong="gold - and mercury",
    right="gold—and mercury",
    is_waivable=True,
)
TYPE_SPACE: Final = Rule(
    "TYPE-SPACE",
    Severity.WARNING,
    Stage.CONTENT,
    why="Two spaces, or a space before a full stop or comma.",
    wrong="gold , mercury",
    right="gold, mercury",
    is_waivable=True,
)
TYPE_PERCENT: Final = Rule(
    "TYPE-PERCENT",
    Severity.WARNING,
    Stage.CONTENT,
    why="In Spanish a space stands before %, in English none.",
    wrong="9% (in Spanish)",
    right="9 %",
    is_waivable=True,
)
TYPE_ORDINAL: Final = Rule(
    "TYPE-ORDINAL",
    Severity.WARNING,
    Stage.CONTENT,
    why="Ordinals and “number” are abbreviated as the language does.",
    wrong="Ley Nº 27651",
    right="Ley N.º 27651",
    is_waivable=True,
)
TYPE_DOUBLED: Final = Rule(
    "TYPE-DOUBLED",
    Severity.WARNING,
    Stage.CONTENT,
    why="A word stands twice.",
    wrong="the the law",
    right="the law",
    is_waivable=True,
)
TYPE_BRACKET: Final = Rule(
    "TYPE-BRACKET",
    Severity.WARNING,
    Stage.CONTENT,
    why="A bracket or quotation mark has no other half in its paragraph.",
    wrong="(gold",
    right="(gold)",
    is_waivable=True,
)

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


_compiled: Final = cache(re.compile)


@dataclass(frozen=True, slots=True)
class _Habit:
    """Signs that people type and the language or the house does not write; `{0}` in the message is
    what was typed.
    """

    pattern: str
    code: str
    message: str
    hint: str

    def found(self, passage: PlainPassage) -> Iterator[Problem]:
        """The problems of a passage, white space before the signs passed over."""
        for match in _compiled(self.pattern).finditer(passage.own):
            yield passage.problem(
                self.code,
                self.message.format(match[0].strip()),
                self.hint,
                match.start() + len(match[0]) - len(match[0].lstrip()),
            )


_NOTE_DASH: Final = _Habit(
    r"\w--\w",
    "TYPE-DASH",
    "“{0}” stands for a dash.",
    "Type a dash: — (in Spanish one on each side, close to the words).",
)
#: Outside notes, signs between spaces too.
_DASH: Final = replace(_NOTE_DASH, pattern=r"(?<=\S) (?:-|--|–) (?=\S)|\w--\w")
_SPACES: Final = (
    _Habit(r" {2,}(?=\S)", "TYPE-SPACE", "two spaces stand here.", "Keep one."),
    _Habit(
        r"(?<=\w) [,;:.!?](?=\s|$)", "TYPE-SPACE", "a space stands before “{0}”.", "Take it out."
    ),
)
_HABITS: Final = {
    "es": (
        _Habit(
            r"\d%",
            "TYPE-PERCENT",
            "no space stands before “%”.",
            "Write 9 %: in Spanish a space parts them.",
        ),
        _Habit(
            r"(?<!\w)\d+(?:ro|do|ra|da|er|to|ta|vo|va)\b",
            "TYPE-ORDINAL",
            "“{0}” is not how an ordinal is written.",
            "Write 1.º, 2.ª, or the word.",
        ),
        _Habit(
            r"\bN[°º]\s?\d|\bN\.°|\bNro\.?\s?\d|\bNo\. ?\d",
            "TYPE-ORDINAL",
            "“{0}” is not how a number is announced.",
            "Write N.º.",
        ),
    ),
    "en": (
        _Habit(
            r"\d %",
            "TYPE-PERCENT",
            "a space stands before “%”.",
            "Write 9%: in English nothing parts them.",
        ),
        _Habit(r"\b[Nn]\.?º\s?\d", "TYPE-ORDINAL", "“{0}” is not English.", "Write No."),
    ),
}


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
    language = passage.language.partition("-")[0]
    if not passage.kind.is_label:
        yield from _foreign_quotes(passage, house)
        yield from _brackets(passage)
    yield from _foreign_decimals(passage, _mark(passage.language, country, house.decimal))
    yield from (_NOTE_DASH if passage.is_note else _DASH).found(passage)
    for habit in (*_SPACES, *_HABITS.get(language, ())):
        yield from habit.found(passage)
    yield from _doubled(passage, language)


def _foreign_quotes(passage: PlainPassage, house: House) -> Iterator[Problem]:
    foreign = "".join(sorted(set(_QUOTES) - set(house.quotes)))
    return _Habit(
        f"[{foreign}]",
        "TYPE-QUOTE",
        "“{0}” is not a quotation mark of this language.",
        'Type straight quotes, "…": the program sets the right ones.',
    ).found(passage)


def _foreign_decimals(passage: PlainPassage, mark: str) -> Iterator[Problem]:
    """Decimals with the mark of another language than `mark`, the numbers of versions aside."""
    other = "," if mark == "." else "."
    pattern = rf"(?<![\d.,/-])\d{{1,3}}{re.escape(other)}\d{{1,2}}(?![\d]|[.,]\d)"
    for match in _compiled(pattern).finditer(passage.own):
        if not _VERSION.search(passage.own, 0, match.start()):
            yield passage.problem(
                "TYPE-DECIMAL",
                f"{match[0]} has the decimal mark of another language.",
                f"Write it with “{mark}”.",
                match.start(),
            )


def _doubled(passage: PlainPassage, language: str) -> Iterator[Problem]:
    for match in re.finditer(r"\b(\w+) (\1)\b", passage.own, re.IGNORECASE):
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


def _brackets(passage: PlainPassage) -> Iterator[Problem]:
    """Every bracket and quote that opens closes, within the paragraph."""
    opened: list[tuple[str, int]] = []
    for match in _SIGN.finditer(passage.own):
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
