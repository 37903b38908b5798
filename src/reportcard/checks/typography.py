"""Signs of the language and the house style: quotes, decimal marks, dashes, spaces, ordinals,
doubled words, brackets.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from reportcard.checks.numbers import style
from reportcard.checks.passages import HOLE, PlainPassage, passages
from reportcard.content.loading import Content
from reportcard.content.model import House
from reportcard.language.numbers import NumberStyle
from reportcard.language.packs import pack
from reportcard.problems.problem import Problem, Severity
from reportcard.problems.rule import Rule, Stage

TYPE_QUOTE: Final = Rule(
    "TYPE-QUOTE",
    Severity.WARNING,
    Stage.CONTENT,
    cases={
        "foreign": (
            "{sign} is not a quotation mark in this language.",
            "Type straight quotes: they are converted automatically.",
        ),
        "level": (
            "{sign} is only for a quotation within a quotation in this language.",
            "Use {outer}, or type straight quotes: they are converted automatically.",
        ),
    },
    why=(
        "A typographic quotation mark is not one that the language or house style uses, or not one "
        "that it uses at this level. Straight quotes are converted automatically."
    ),
    wrong="„gold“",
    right='"gold"',
    is_waivable=True,
    is_fixable=True,
)
TYPE_DECIMAL: Final = Rule(
    "TYPE-DECIMAL",
    Severity.WARNING,
    Stage.CONTENT,
    cases={
        "decimal": (
            "{number} uses the decimal separator of another language.",
            'Use "{mark}" as the decimal separator.',
        ),
        "thousands": (
            "{number} uses the thousands separator of another language.",
            "Write {right}.",
        ),
    },
    why=("A number uses the decimal or thousands separator of another language or country."),
    wrong="11,7 (in English)",
    right="11.7",
    is_waivable=True,
)
TYPE_DASH: Final = Rule(
    "TYPE-DASH",
    Severity.WARNING,
    Stage.CONTENT,
    message='"{sign}" is used as a dash.',
    advice=(
        "Type a dash (—). In Spanish, put one directly before the phrase and one directly after it."
    ),
    why="One or two hyphens are used as a dash.",
    wrong="gold - and mercury",
    right="gold—and mercury",
    is_waivable=True,
)
TYPE_SPACE: Final = Rule(
    "TYPE-SPACE",
    Severity.WARNING,
    Stage.CONTENT,
    cases={
        "double": ("there are two spaces in a row.", "Delete one."),
        "before": ('there is an extra space before "{sign}".', "Delete the space."),
    },
    why="There is a double space, or a space before a period or comma.",
    wrong="gold , mercury",
    right="gold, mercury",
    is_waivable=True,
    is_fixable=True,
)
TYPE_PERCENT: Final = Rule(
    "TYPE-PERCENT",
    Severity.WARNING,
    Stage.CONTENT,
    cases={
        "missing": (
            'a space is missing before "%".',
            'In this language, put a space before %, as in "9 %".',
        ),
        "extra": (
            'there is an extra space before "%".',
            'In this language, do not put a space before %, as in "9%".',
        ),
    },
    why="Spanish uses a space before %; English does not.",
    wrong="9% (in Spanish)",
    right="9 %",
    is_waivable=True,
    is_fixable=True,
)
TYPE_ORDINAL: Final = Rule(
    "TYPE-ORDINAL",
    Severity.WARNING,
    Stage.CONTENT,
    cases={
        "ordinal": (
            '"{sign}" is not used for ordinals in this language.',
            "Write {right}, or spell out the ordinal.",
        ),
        "number": (
            '"{sign}" is not the abbreviation for "number" in this language.',
            'Write "{right}".',
        ),
    },
    why=('Abbreviations of ordinals and of "number" must follow the conventions of the language.'),
    wrong="Ley Nº 27651",
    right="Ley N.º 27651",
    is_waivable=True,
    is_fixable=True,
)
TYPE_DOUBLED: Final = Rule(
    "TYPE-DOUBLED",
    Severity.WARNING,
    Stage.CONTENT,
    message='"{word}" is repeated.',
    advice="Delete one.",
    why="A word is repeated.",
    wrong="the the law",
    right="the law",
    is_waivable=True,
)
TYPE_BRACKET: Final = Rule(
    "TYPE-BRACKET",
    Severity.WARNING,
    Stage.CONTENT,
    message='unmatched "{sign}".',
    advice="Add the matching sign, or delete this one.",
    why="A bracket or quotation mark is unmatched in its paragraph.",
    wrong="(gold",
    right="(gold)",
    is_waivable=True,
)

_QUOTES: Final = "«»“”„‟‹›"
_PAIRS: Final = {"(": ")", "[": "]"}
#: The mark that is an apostrophe, too.
_APOSTROPHE: Final = "’"


_compiled: Final = cache(re.compile)


@dataclass(frozen=True, slots=True)
class _Habit:
    """Signs that people type and that are wrong in the language or house style, and the rule and
    case that they break; the hole `sign` is what was typed, `right` what to write instead.
    """

    pattern: str
    rule: Rule
    case: str = ""
    right: str = ""

    def found(self, passage: PlainPassage) -> Iterator[Problem]:
        """The problems of a passage, each at the first sign that is not white space."""
        for match in _compiled(self.pattern).finditer(passage.own):
            offset = match.start() + len(match[0]) - len(match[0].lstrip())
            holes = {"right": self.right} if self.right else {}
            sign = match[0].strip()
            yield passage.problem(self.rule, self.case, offset=offset, sign=sign, **holes)


_NOTE_DASH: Final = _Habit(r"\w--\w", TYPE_DASH)
#: Outside notes, signs between spaces too.
_DASH: Final = _Habit(r"(?<=\S) (?:-|--|–) (?=\S)|\w--\w", TYPE_DASH)
_DOUBLE: Final = _Habit(r" {2,}(?=\S)", TYPE_SPACE, "double")
#: Signs that no space comes before, but for those that a language sets apart.
_CLOSE: Final = ",;:.!?"
#: The rules on wrong signs, by what is wrong with them.
_FAULTS: Final[Mapping[str, tuple[Rule, str]]] = {
    "percent-missing": (TYPE_PERCENT, "missing"),
    "percent-extra": (TYPE_PERCENT, "extra"),
    "ordinal": (TYPE_ORDINAL, "ordinal"),
    "number": (TYPE_ORDINAL, "number"),
}


def shared(content: Content) -> Iterator[Problem]:
    """The wording's signs."""
    for language, wording in content.wordings.items():
        for passage in passages(wording, language):
            yield from _signs(content, passage, style(content, language))


def card(content: Content, country: str) -> Iterator[Problem]:
    """One card's signs."""
    for language, sourced in content.cards[country].items():
        for passage in passages(sourced, language):
            yield from _signs(content, passage, style(content, language, country))


def _signs(content: Content, passage: PlainPassage, numbers: NumberStyle) -> Iterator[Problem]:
    house = content.edition.model.languages[passage.language]
    if not passage.kind.is_label:
        yield from _foreign_quotes(passage, house)
        yield from _brackets(passage, house)
    yield from _foreign_marks(passage, numbers)
    yield from (_NOTE_DASH if passage.is_note else _DASH).found(passage)
    for habit in (_DOUBLE, *_habits(passage.language)):
        yield from habit.found(passage)
    yield from _doubled(passage)


@cache
def _habits(language: str) -> tuple[_Habit, ...]:
    """Those of a language, as far as it is known."""
    known = pack(language)
    close = "".join(sign for sign in _CLOSE if not known or sign not in known.spaced)
    return (
        _Habit(rf"(?<=\w) [{close}](?=\s|$)", TYPE_SPACE, "before"),
        *(
            _Habit(sign.pattern, *_FAULTS[sign.fault], sign.right)
            for sign in (known.signs if known else ())
        ),
    )


def _foreign_quotes(passage: PlainPassage, house: House) -> Iterator[Problem]:
    foreign = "".join(sorted(set(_QUOTES) - set(house.quotes)))
    return _Habit(f"[{foreign}]", TYPE_QUOTE, "foreign").found(passage)


def _foreign_marks(passage: PlainPassage, numbers: NumberStyle) -> Iterator[Problem]:
    """Numbers with the marks of another language, those of versions and laws aside."""
    for number in numbers.read(passage.own):
        if number.is_foreign and not number.is_name:
            case = "decimal" if number.has_decimals else "thousands"
            yield passage.problem(
                TYPE_DECIMAL,
                case,
                offset=number.offset,
                number=number.typed,
                **{"mark": numbers.marks.decimal}
                if number.has_decimals
                else {"right": numbers.write(number.mantissa)},
            )


def _doubled(passage: PlainPassage) -> Iterator[Problem]:
    known = pack(passage.language)
    for match in re.finditer(r"\b(\w+) (\1)\b", passage.own, re.IGNORECASE):
        if (
            not (known and match[1].lower() in known.may_repeat)
            and not match[1].isdigit()
            and HOLE not in match[0]
            and not match[1].istitle()
        ):
            yield passage.problem(TYPE_DOUBLED, offset=match.start(2), word=match[1])


def _brackets(passage: PlainPassage, house: House) -> Iterator[Problem]:
    """Brackets and quotes without their other half in the paragraph."""
    quotes = zip(house.quotes[::2], house.quotes[1::2], strict=True)
    pairs = _PAIRS | {one: other for one, other in quotes if _APOSTROPHE not in (one, other)}
    signs = re.escape("".join((*pairs, *pairs.values())))
    opened: list[tuple[str, int]] = []
    for match in _compiled(f"[{signs}]").finditer(passage.own):
        sign, offset = match[0], match.start()
        if opened and pairs[opened[-1][0]] == sign:
            opened.pop()
        elif sign in pairs:
            opened.append((sign, offset))
        else:
            yield passage.problem(TYPE_BRACKET, offset=offset, sign=sign)
            return
    if opened:
        sign, offset = opened[-1]
        yield passage.problem(TYPE_BRACKET, offset=offset, sign=sign)
