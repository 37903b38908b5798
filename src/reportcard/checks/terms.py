"""Acronyms are spelled out before they are used and always alike, and the words of the house style
and the glossary are used.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from reportcard.checks.passages import PlainPassage, passages
from reportcard.content.loading import Content
from reportcard.language.glossary import avoided as avoided_terms
from reportcard.language.glossary import whole_word
from reportcard.language.packs import every_pack
from reportcard.problems.problem import Problem, Severity
from reportcard.problems.rule import Rule, Stage

ACRONYM_EARLY: Final = Rule(
    "ACRONYM-EARLY",
    Severity.WARNING,
    Stage.CONTENT,
    message="{acronym} is used here but not spelled out until later.",
    advice='Spell it out here: "{words} ({acronym})".',
    why="An acronym is used before it is spelled out.",
    wrong="OEFA reports … the Agency (OEFA)",
    right="the Agency (OEFA) … OEFA reports",
    is_waivable=True,
)
ACRONYM_TWICE: Final = Rule(
    "ACRONYM-TWICE",
    Severity.WARNING,
    Stage.CONTENT,
    message='{acronym} is spelled out as "{here}" here but as "{before}" earlier.',
    advice="Spell it out the same way each time.",
    why="An acronym is spelled out in two different ways.",
    wrong="Agency of Control (OEFA) … Office of Audit (OEFA)",
    right="Agency of Control (OEFA), twice",
    is_waivable=True,
)
HOUSE_WORD: Final = Rule(
    "HOUSE-WORD",
    Severity.WARNING,
    Stage.CONTENT,
    cases={
        "replace": (
            '"{word}" is on the house style\'s list of words to avoid.',
            'Write "{right}".',
        ),
        "avoid": (
            '"{word}" is on the house style\'s list of words to avoid.',
            "Choose another word.",
        ),
    },
    why="A word is on the edition's list of words to avoid.",
    is_waivable=True,
    is_fixable=True,
)
TERM_AVOIDED: Final = Rule(
    "TERM-AVOIDED",
    Severity.WARNING,
    Stage.CONTENT,
    cases={
        "replace": ('the glossary lists "{word}" as a term to avoid.', 'Write "{right}".'),
        "avoid": ('the glossary lists "{word}" as a term to avoid.', "Choose another term."),
    },
    why="A term is listed in the glossary as one to avoid.",
    wrong="la puntuación del Perú",
    right="el puntaje del Perú",
    is_waivable=True,
    is_fixable=True,
)

_ACRONYM: Final = r"[A-ZÁÉÍÓÚÑ]{2,}(?:-[A-ZÁ][\wáéíóú]+)?"
_DEFINED: Final = re.compile(rf"\s\(({_ACRONYM})\)")
#: Where the long form of an acronym cannot go on to the left.
_END: Final = re.compile(f"[().;:{chr(0xFFFC)}]")
_USED: Final = re.compile(rf"(?<![\w(-]){_ACRONYM}(?![\w-])")


def shared(content: Content) -> Iterator[Problem]:
    """House spellings of the wording."""
    for language, wording in content.wordings.items():
        yield from _house(content, language, list(passages(wording, language)))


def card(content: Content, country: str) -> Iterator[Problem]:
    """All rules on the terms of one card."""
    for language, sourced in content.cards[country].items():
        own = list(passages(sourced, language))
        yield from _house(content, language, own)
        yield from _acronyms(_reading_order(content, language, own))


def _reading_order(content: Content, language: str, own: list[PlainPassage]) -> list[PlainPassage]:
    """The running text as it is read: introduction, result, dimensions as the scoreboard orders
    them, context, the rest.
    """
    shared = [
        one
        for one in passages(content.wordings[language], language)
        if one.path == "overall.introduction"
    ]
    dimensions = list(content.scoreboard.model.dimensions)

    def rank(passage: PlainPassage) -> tuple[int, int]:
        first, _, rest = passage.path.partition(".")
        order = ["overall", "dimensions", "context", "recommendations", "institutions"]
        section = rest.partition(".")[0]
        return order.index(first) if first in order else -1, (
            dimensions.index(section) if section in dimensions else 0
        )

    return shared + sorted((one for one in own if rank(one)[0] >= 0), key=rank)


def _acronyms(text: list[PlainPassage]) -> Iterator[Problem]:
    first: dict[str, tuple[int, int]] = {}
    meanings: dict[str, frozenset[str]] = {}
    written: dict[str, str] = {}
    for index, passage in enumerate(text):
        for acronym, words, at in definitions(passage.text):
            meaning = frozenset(_stem(word) for word in words if word.lower() not in small_words())
            first.setdefault(acronym, (index, at))
            known = meanings.setdefault(acronym, meaning)
            written.setdefault(acronym, " ".join(words))
            if not (known <= meaning or meaning <= known):
                here = " ".join(words)
                yield passage.problem(
                    ACRONYM_TWICE,
                    offset=at - len(here) - 2,
                    acronym=acronym,
                    here=here,
                    before=written[acronym],
                )
    for acronym, (index, at) in first.items():
        pattern = re.compile(rf"(?<![\w-]){re.escape(acronym)}(?![\w-])")
        for number, passage in enumerate(text[: index + 1]):
            match_ = pattern.search(
                passage.text if number < index else passage.text[: max(at - 1, 0)]
            )
            if match_:
                yield passage.problem(
                    ACRONYM_EARLY, offset=match_.start(), acronym=acronym, words=written[acronym]
                )
                break


def definitions(text: str) -> Iterator[tuple[str, tuple[str, ...], int]]:
    """The acronyms that a text spells out before them: each with the words of its long form, and
    the offset of the acronym, which is in brackets after one space.
    """
    for match in _DEFINED.finditer(text):
        if words := _long_form(_END.split(text[: match.start()])[-1], match[1]):
            yield match[1], tuple(words), match.start(1)


def _long_form(before: str, acronym: str) -> list[str]:
    """The long form of an acronym in brackets: capitalized words, and small ones between them."""
    words = re.findall(r"[\w’'-]+", before)
    taken: list[str] = []
    for word in reversed(words):
        if word.isupper() and len(word) > 1:
            break
        if word[0].isupper() or word.lower() in small_words():
            taken.insert(0, word)
        else:
            break
    while taken and taken[0].lower() in small_words():
        taken.pop(0)
    if len(taken) < 2:
        return (
            words[-len(acronym) :]
            if len(words) >= 2 and acronym.isupper() and len(acronym) > 2
            else []
        )
    return taken


def _stem(word: str) -> str:
    return word.lower().rstrip("s").rstrip("e")


def _house(content: Content, language: str, own: list[PlainPassage]) -> Iterator[Problem]:
    avoided = content.edition.model.languages[language].avoid
    for passage in own:
        for wrong, right in avoided.items():
            for match in whole_word(str(wrong)).finditer(passage.own):
                yield _avoided(passage, HOUSE_WORD, match.start(), match[0], right)
        for start, wrong, right in avoided_terms(content, passage.own, language):
            yield _avoided(passage, TERM_AVOIDED, start, wrong, right)


def _avoided(passage: PlainPassage, rule: Rule, offset: int, word: str, right: str) -> Problem:
    if right:
        return passage.problem(rule, "replace", offset=offset, word=word, right=right)
    return passage.problem(rule, "avoid", offset=offset, word=word)


@cache
def small_words() -> frozenset[str]:
    """Words of a name that its acronym leaves out, in any language."""
    return frozenset({"&", *(word for known in every_pack() for word in known.small_words)})
