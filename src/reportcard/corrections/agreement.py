"""Typed scores and ranks that become values in every language of a paragraph, or in none: else a
number would be in one language and not in the other.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from reportcard.checks.passages import PlainPassage
from reportcard.content.loading import Content
from reportcard.content.prose import Value
from reportcard.corrections.counterparts import Counterparts, counterparts
from reportcard.corrections.typed_values import (
    TypedValue,
    lookalikes,
    occurrences,
    typed_value,
)
from reportcard.messages.message import Message
from reportcard.problems.problem import Place, Problem
from reportcard.scores.values import Values, values_of

#: The rule that finds what is typed.
CODE: Final = "SCORE-TYPED"


@dataclass(frozen=True, slots=True)
class ParallelParagraph:
    """What is typed in the counterparts of a paragraph, by language, and what each language may
    name.
    """

    passages: Counterparts
    found: Mapping[str, tuple[TypedValue, ...]]
    values: Mapping[str, Values]
    waived: frozenset[str]
    """The languages in which the rule is waived for this field."""


def agreed(
    content: Content, country: str, problems: Sequence[Problem], spared: frozenset[str]
) -> tuple[list[TypedValue], list[TypedValue]]:
    """What becomes a value in every language of its paragraph, and what is left of that which the
    rule found: all of it in the fields that are spared. The content is placed in its texts, and so
    are the problems.
    """
    files = content.cards[country]
    values = {language: values_of(content, country, language) for language in files}
    made: list[TypedValue] = []
    left: list[TypedValue] = []
    for passages in counterparts(files):
        path = next(iter(passages.values()))[0].path
        waived = frozenset(
            language
            for language, sourced in files.items()
            if CODE in sourced.model.waivers.get(path, {})
        )
        found = {
            language: () if language in waived else tuple(_found(mine, problems, values[language]))
            for language, mine in passages.items()
        }
        if any(found.values()):
            is_spared = f"{country}/{path}" in spared
            taken = (
                []
                if is_spared
                else list(_agreed(ParallelParagraph(passages, found, values, waived)))
            )
            spots = {(one.passage, one.start) for one in taken}
            made.extend(taken)
            left.extend(
                one
                for mine in found.values()
                for one in mine
                if (one.passage, one.start) not in spots
            )
    return made, left


def _found(
    passages: Sequence[PlainPassage], problems: Sequence[Problem], values: Values
) -> Iterator[TypedValue]:
    """What the rule found, and other numbers that are printed like a score."""
    for passage in passages:
        first, last = passage.place(0), passage.place(len(passage.text))
        spots = set()
        for problem in problems:
            if (
                problem.code == CODE
                and problem.field == passage.field
                and problem.place.file == first.file
                and first <= problem.place <= last
            ):
                at = _offset(passage, problem.place)
                typed, value = hole(problem, "typed"), hole(problem, "value")
                if found := typed_value(passage, at, typed, value, values):
                    spots.add(found.start)
                    yield found
        if not (passage.is_note or passage.kind.is_name):
            yield from (one for one in lookalikes(passage, values) if one.start not in spots)


def hole(problem: Problem, name: str) -> str:
    """The text in a hole of a problem's message; empty if it has none of that name."""
    found = problem.message
    filled = dict(found.holes).get(name, "") if isinstance(found, Message) else ""
    return filled if isinstance(filled, str) else ""


def _offset(passage: PlainPassage, place: Place) -> int:
    return next(
        (at for at in range(len(passage.text) + 1) if passage.place(at) >= place),
        len(passage.text),
    )


def _agreed(paragraph: ParallelParagraph) -> Iterator[TypedValue]:
    certain = [one for mine in paragraph.found.values() for one in mine if one.value]
    for name in dict.fromkeys(one.value.name for one in certain if one.value):
        value = next(one.value for one in certain if one.value and one.value.name == name)
        sides = [_side(paragraph, language, value) for language in paragraph.passages]
        if all(side is not None for side in sides):
            yield from (one for side in sides for one in side or ())


def _side(paragraph: ParallelParagraph, language: str, value: Value) -> list[TypedValue] | None:
    """Where a value is typed in one language; none if it is a value there already. None if it is
    not there, or cannot be told apart.
    """
    found = [one for one in paragraph.found[language] if one.value and one.value.name == value.name]
    if found:
        return found
    passages = paragraph.passages[language]
    if any(
        isinstance(inline, Value) and inline.name == value.name
        for passage in passages
        for inline in passage.inlines
    ):
        return []
    typed = [
        one
        for passage in passages
        for one in occurrences(passage, value, paragraph.values[language])
    ]
    return typed if len(typed) == 1 and language not in paragraph.waived else None
