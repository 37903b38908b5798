"""Quotation marks at the right level, with their other halves, and signs that open a question."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from reportcard.checks.passages import PlainPassage, passages
from reportcard.checks.typography import TYPE_BRACKET, TYPE_QUOTE
from reportcard.content.loading import Content
from reportcard.content.model import House
from reportcard.content.shelf import Sourced, texts
from reportcard.language.packs import pack
from reportcard.problems.problem import Problem, Severity
from reportcard.problems.rule import Rule, Stage

TYPE_OPENING: Final = Rule(
    "TYPE-OPENING",
    Severity.WARNING,
    Stage.CONTENT,
    cases={
        "opening": (
            'this sentence ends in "{sign}" without an opening "{opening}".',
            'Put "{opening}" where the question or exclamation begins.',
        ),
        "closing": (
            '"{opening}" has no closing "{sign}".',
            'Put "{sign}" where the question or exclamation ends.',
        ),
    },
    why=(
        "In Spanish, questions and exclamations need both an opening and a closing "
        "mark. Mark a sentence in another language like this: [Why?]{lang=en}."
    ),
    wrong="Por qué sube el precio?",
    right="¿Por qué sube el precio?",
    is_waivable=True,
)

#: Inner marks that are no apostrophes.
_CLEAR: Final = "“«„‹"
#: A straight quotation mark that found no other half: one after a figure is a sign of inches or
#: seconds.
_STRAIGHT: Final = re.compile(r"(?<!\d)\"")


def shared(content: Content) -> Iterator[Problem]:
    """The wording's quotation marks and opening signs."""
    for language, wording in content.wordings.items():
        yield from _file(content, wording, language)


def card(content: Content, country: str) -> Iterator[Problem]:
    """Those of one card."""
    for language, sourced in content.cards[country].items():
        yield from _file(content, sourced, language)


def _file(content: Content, sourced: Sourced[Any], language: str) -> Iterator[Problem]:
    house = content.edition.model.languages[language]
    known = pack(language)
    typed = {".".join(path): str(text) for path, text in texts(sourced.model)}
    for passage in passages(sourced, language):
        if passage.kind.is_label:
            continue
        if not passage.is_note:
            yield from _inner_outside(passage, house, typed.get(passage.path, ""))
            yield from _openings(passage, known.openings if known else {})
        for match in _STRAIGHT.finditer(passage.own):
            yield passage.problem(TYPE_BRACKET, offset=match.start(), sign='"')


def _inner_outside(passage: PlainPassage, house: House, typed: str) -> Iterator[Problem]:
    """Inner marks where outer ones belong, if they were typed: straight ones are turned."""
    opening, closing, inner = list(house.quotes)[:3]
    if inner not in _CLEAR or inner not in typed or inner == opening:
        return
    depth = 0
    for match in re.finditer(re.escape(opening) + "|" + closing + "|" + inner, passage.own):
        sign = match[0]
        depth = max(depth + {opening: 1, closing: -1}.get(sign, 0), 0)
        if sign == inner and not depth:
            yield passage.problem(
                TYPE_QUOTE, "level", offset=match.start(), sign=sign, outer=opening + closing
            )


def _openings(passage: PlainPassage, openings: Mapping[str, str]) -> Iterator[Problem]:
    """Questions and exclamations that are not opened, or not closed. Either sign opens for either,
    as in ¡Qué dices?
    """
    if not openings:
        return
    signs = re.escape("".join((*openings, *openings.values())))
    opened: tuple[str, int] | None = None
    for match in re.finditer(f"[{signs}]+", passage.own):
        sign = match[0][0]
        if sign in openings.values():
            if opened:
                yield _unclosed(passage, opened, openings)
            opened = sign, match.start()
            continue
        if opened is None and _ends_sentence(passage.own, match):
            holes = {"sign": sign, "opening": openings[sign]}
            yield passage.problem(TYPE_OPENING, "opening", offset=match.start(), **holes)
        opened = None
    if opened:
        yield _unclosed(passage, opened, openings)


def _unclosed(
    passage: PlainPassage, opened: tuple[str, int], openings: Mapping[str, str]
) -> Problem:
    opening, offset = opened
    sign = next(close for close, one in openings.items() if one == opening)
    return passage.problem(TYPE_OPENING, "closing", offset=offset, sign=sign, opening=opening)


def _ends_sentence(text: str, match: re.Match[str]) -> bool:
    """Whether a sign ends words of this language: not alone in brackets (?), not within a name."""
    before, after = text[: match.start()], text[match.end() : match.end() + 1]
    return bool(re.search(r"[^\W_][\"'»”’)\]]*$", before)) and not after.isalnum()
